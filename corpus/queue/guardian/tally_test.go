package guardian

import "testing"

func TestEndsInARowAreCountedUntilSomethingCameOfOne(t *testing.T) {
	t.Parallel()
	died, began, judged := news{}, news{begun: true}, news{begun: true, judged: true}
	row := func(n int, all ...news) (list []news) {
		for range n {
			list = append(list, all...)
		}
		return list
	}
	for name, tc := range map[string]struct {
		ends []news
		last bool
	}{
		"twice before a claim":            {row(2, died), false},
		"thrice before a claim":           {row(3, died), true},
		"in turns":                        {row(6, died, died, began), false},
		"nine claims end it twice each":   {row(18, began), false},
		"no claim can be judged":          {row(MaxBarren, began), true},
		"for ever, with verdicts between": {row(100, began, began, judged), false},
		"at last no more verdicts come":   {append(row(100, began, judged), row(MaxBarren, began)...), true},
	} {
		var c tally
		last := ""
		for i, n := range tc.ends {
			if last = c.add(n); last != "" && i < len(tc.ends)-1 {
				t.Errorf("%s: it was given up after %d of %d", name, i+1, len(tc.ends))
				break
			}
		}
		if (last != "") != tc.last {
			t.Errorf("%s: %q", name, last)
		}
	}
}
