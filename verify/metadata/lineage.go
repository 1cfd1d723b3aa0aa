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
	Steps       []Step `json:"steps"`        // the first 500 of xmpMM:History, in its order
	Length      int    `json:"length"`       // steps of that history
	DerivedFrom string `json:"derived_from"` // id of the document that this one was made from, "" when not said
	Ancestors   int    `json:"ancestors"`    // documents of which parts were pasted or placed into this one
	Ingredients int    `json:"ingredients"`  // other files that the document names as its parts
	AtLeast     bool   `json:"at_least"`     // XMP was not read to its end, so that the numbers may be larger

	step, part entry // of the history and of the ingredients, that are being read
}

// entry is what an entry of a list has given of its fields; nil before the first.
type entry map[string]bool

// begins takes a field and says whether it is the first of another entry. Where
// nothing tells entries apart, one that gives a field again is the next.
func (e *entry) begins(field string) bool {
	next := *e == nil || (*e)[field]
	if next {
		*e = entry{}
	}
	(*e)[field] = true
	return next
}

// nextEntry says that an entry of a list begins.
func (f *Facts) nextEntry() {
	if l := f.Lineage; l != nil {
		l.step, l.part = nil, nil
	}
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

const (
	// maxSteps is above the longest honest history seen, some 200.
	maxSteps = 500
	// maxStepText keeps whole what programs write into a step's field.
	maxStepText = 200
)

// descend takes from a statement of XMP what it says of how the file came to
// be. It is told of all statements, whether or not they are kept as tags.
func (f *Facts) descend(name, value string) {
	field, event := strings.CutPrefix(name, "stEvt:")
	if !event && !slices.Contains(partsOfLineage(), name) {
		return
	}
	if f.Lineage == nil {
		f.Lineage = &Lineage{Steps: []Step{}}
	}
	l := f.Lineage
	if event {
		l.event(field, cut(value, maxStepText))
		return
	}
	l.count(name, cut(value, maxValue))
}

// event takes a field of an event.
func (l *Lineage) event(field, value string) {
	if l.step.begins(field) {
		l.Length++
		if l.Length <= maxSteps {
			l.Steps = append(l.Steps, Step{})
		}
	}
	if l.Length <= maxSteps {
		l.Steps[l.Length-1].set(field, value)
	}
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

func partsOfLineage() []string {
	return []string{"xmpMM:DerivedFrom/stRef:documentID", "xmpMM:DerivedFrom/stRef:instanceID",
		"photoshop:DocumentAncestors", "xmpMM:Ingredients/stRef:documentID", "xmpMM:Ingredients/stRef:instanceID"}
}

func (l *Lineage) count(name, value string) {
	switch name {
	case "photoshop:DocumentAncestors":
		l.Ancestors++
	case "xmpMM:Ingredients/stRef:documentID", "xmpMM:Ingredients/stRef:instanceID":
		if l.part.begins(name) {
			l.Ingredients++
		}
	default:
		if l.DerivedFrom == "" {
			l.DerivedFrom = value
		}
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
	least := ""
	if l.AtLeast {
		least = "at least "
	}
	if n := l.Length; n > 0 {
		sentence := fmt.Sprintf("The file keeps a history of its own, such as creating, converting and saving; its length is %s%d.", least, n)
		if words := l.words(); words != "" {
			sentence += " It names: " + words + "."
		}
		out = append(out, Finding{Key: KeyEditHistory, Value: float64(n), Unit: "steps", Sentence: sentence})
	}
	if n := l.Ancestors + l.Ingredients; n > 0 {
		out = append(out, Finding{Key: KeyComposed, Value: float64(n), Unit: "documents",
			Sentence: fmt.Sprintf("The file lists documents of which parts were pasted or placed into it; their number is %s%d. What was pasted, and whether it is still to be seen, it does not say.", least, n)})
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
