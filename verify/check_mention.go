package verify

import (
	"fmt"

	"github.com/defacecheck/defacecheck/verify/reading/mention"
)

// checkMention looks in the picture for the name and the words that the claim
// gives. Who paints a defacement signs it as well as who makes one, so that their
// presence supports nobody; and names are drawn in ways that are not read, so that
// their absence says nothing.
func checkMention(c *Case) ([]finding, error) {
	var all []finding
	for _, m := range []struct{ key, what, phrase string }{
		{"mention.notifier", "The name", c.Claim.Notifier}, {"mention.words", "The claim's words", c.Claim.Words},
	} {
		if m.phrase != "" {
			all = append(all, mentioned(c, m.key, m.what, m.phrase))
		}
	}
	return all, nil
}

func mentioned(c *Case, key, what, phrase string) finding {
	switch {
	case c.Readout.text == nil:
		return notRun("%s %q could not be looked for: the picture's text was not read.", what, phrase)[0]
	case !mention.Searchable(phrase):
		return notRun("%s %q could not be looked for: too few letters.", what, phrase)[0]
	}
	m, ok := mention.Find(c.Readout.text, phrase)
	if !ok {
		return finding{key: key + "_absent", sentence: fmt.Sprintf("%s %q was not read in the picture. Much of what is drawn is not read, so this weighs nothing.", what, phrase)}
	}
	f := finding{
		key: key, value: value(m.Share), unit: "share of the letters",
		sentence: fmt.Sprintf("%s %q can be read in the picture, as %q. Who paints a defacement signs it as well, so this weighs nothing.", what, phrase, m.Read),
	}
	for _, r := range m.At {
		f.at = append(f.at, rect(r))
	}
	return f
}
