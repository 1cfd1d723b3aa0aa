package metadata

import (
	"fmt"
	"slices"
	"strings"
)

// Lineage is what XMP says of how a file came to be (XMP specification part 1,
// section 8.6, and part 2 for Photoshop's list). Programs write it for
// themselves; nothing in it is checked.
type Lineage struct {
	Steps       []Step `json:"steps"`        // of xmpMM:History, in its order
	DerivedFrom string `json:"derived_from"` // id of the document that this one was made from, "" when not said
	Ancestors   int    `json:"ancestors"`    // documents of which parts were pasted or placed into this one
	Ingredients int    `json:"ingredients"`  // other files that the document names as its parts
}

// Step is an event of an edit history. Fields that the file does not give are
// empty.
type Step struct {
	Action     string `json:"action"` // such as "created", "converted", "saved"
	When       string `json:"when"`
	Agent      string `json:"software_agent"`
	Changed    string `json:"changed"` // which parts, "/" for all
	Parameters string `json:"parameters"`
}

// lineageOf gathers what the tags say; nil when they say nothing of it.
func lineageOf(tags []Tag) *Lineage {
	l := &Lineage{Steps: []Step{}}
	seen := map[string]bool{}
	for _, t := range tags {
		if t.Source != XMP {
			continue
		}
		if name, ok := strings.CutPrefix(t.Name, "stEvt:"); ok {
			// Events follow each other; one that gives a field again is the next.
			if len(l.Steps) == 0 || seen[name] {
				l.Steps, seen = append(l.Steps, Step{}), map[string]bool{}
			}
			seen[name] = true
			l.Steps[len(l.Steps)-1].set(name, t.Value)
		}
		l.count(t)
	}
	if len(l.Steps) == 0 && l.DerivedFrom == "" && l.Ancestors+l.Ingredients == 0 {
		return nil
	}
	return l
}

func (s *Step) set(name, value string) {
	switch name {
	case "action":
		s.Action = value
	case "when":
		s.When = value
	case "softwareAgent":
		s.Agent = value
	case "changed":
		s.Changed = value
	case "parameters":
		s.Parameters = value
	}
}

func (l *Lineage) count(t Tag) {
	switch t.Name {
	case "xmpMM:DerivedFrom/stRef:documentID", "xmpMM:DerivedFrom/stRef:instanceID":
		if l.DerivedFrom == "" {
			l.DerivedFrom = t.Value
		}
	case "photoshop:DocumentAncestors":
		l.Ancestors++
	case "xmpMM:Ingredients/stRef:documentID":
		l.Ingredients++
	}
}

// knownActions are the words that the XMP specification gives for events; only
// these are repeated in a sentence.
func knownActions() []string {
	return []string{"created", "opened", "derived", "converted", "copied", "cropped", "edited", "filtered", "formatted", "managed",
		"produced", "printed", "published", "resized", "saved", "version_updated"}
}

// lineageFindings report a history, and parts that came from other documents.
func lineageFindings(f *Facts) []Finding {
	l := f.Lineage
	if l == nil {
		return nil
	}
	var out []Finding
	if n := len(l.Steps); n > 0 {
		sentence := fmt.Sprintf("The file keeps a history of its own, such as creating, converting and saving; its length is %d.", n)
		if words := l.words(); words != "" {
			sentence += " It names: " + words + "."
		}
		out = append(out, Finding{Key: KeyEditHistory, Value: float64(n), Unit: "steps", Sentence: sentence})
	}
	if n := l.Ancestors + l.Ingredients; n > 0 {
		out = append(out, Finding{Key: KeyComposed, Value: float64(n), Unit: "documents",
			Sentence: fmt.Sprintf("The file lists documents of which parts were pasted or placed into it; their number is %d. What was pasted, and whether it is still to be seen, it does not say.", n)})
	}
	return out
}

// words lists the known actions, each once, in order.
func (l *Lineage) words() string {
	var words []string
	for _, s := range l.Steps {
		if slices.Contains(knownActions(), s.Action) && !slices.Contains(words, s.Action) {
			words = append(words, s.Action)
		}
	}
	return strings.ReplaceAll(strings.Join(words, ", "), "_", " ")
}
