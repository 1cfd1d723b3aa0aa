package verify

import "testing"

func TestWhichRenderingExplainsThePictureBetter(t *testing.T) {
	fits := account{located: true, agrees: 100, differs: 10, inliers: 500, consistent: true}
	for name, c := range map[string]struct {
		a, b account
	}{
		"found, and not found":                              {fits, account{inliers: 900}},
		"much more agrees":                                  {account{located: true, agrees: 140, differs: 40}, fits},
		"its width follows from the scale":                  {fits, account{located: true, agrees: 105, differs: 10}},
		"nothing differs, as in a piece cut out":            {account{located: true, agrees: 105}, fits},
		"nothing differs in the little that lies alike":     {fits, account{located: true, agrees: 95}},
		"nothing differs, and nothing lies beyond the page": {account{located: true, agrees: 100}, account{located: true, agrees: 100, consistent: true, open: true}},
		"nothing differs, at a pixel ratio in use":          {account{located: true, agrees: 100, differs: 3, consistent: true, usual: true}, account{located: true, agrees: 100, consistent: true}},
		"clearly less differs":                              {fits, account{located: true, agrees: 101, differs: 14, consistent: true}},
		"more agrees":                                       {fits, account{located: true, agrees: 99, differs: 9, consistent: true}},
	} {
		if !c.a.over(c.b) || c.b.over(c.a) {
			t.Errorf("%s: over %v, the other way %v", name, c.a.over(c.b), c.b.over(c.a))
		}
	}
}
