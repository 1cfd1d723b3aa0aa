package metadata

import (
	"fmt"
	"slices"
	"strings"
)

// kind says which bound a tag falls under. A file may make any number of
// statements, and what matters must not be lost behind what does not.
type kind int

const (
	other   kind = iota
	telling      // names a program, a time, or the mark of a screenshot function
	history      // of editing: stEvt: and xmpMM:
	kinds
)

// bound is how much is kept of one kind from one source: honest files need a
// fraction of it, and what one child can find, escaped as JSON, stays below what
// it may write.
type bound struct{ tags, bytes int }

func bounds() [kinds]bound {
	return [kinds]bound{
		other:   {maxTags, 192 << 10},
		telling: {maxTelling, 64 << 10},
		history: {maxHistory, 256 << 10},
	}
}

const (
	// maxTags is above what cameras and raw converters write (about 300).
	maxTags = 500
	// maxTelling is some fifty times what a file says of programs and times.
	maxTelling = 500
	// maxHistory is four hundred steps of five statements each.
	maxHistory = 2_000
)

// LeftOut counts statements of a source that were read and are not among the
// tags. Two readers may have seen the same one, so it is a least number.
type LeftOut struct {
	Source Source `json:"source"`
	Kind   string `json:"kind"` // "program or time", "history" or "other"
	Least  int    `json:"least"`
}

func (k kind) String() string {
	return [kinds]string{other: "other", telling: "program or time", history: "history"}[k]
}

// keeper counts what was kept.
type keeper struct {
	names map[Source]map[string]bool // those that are telling
	used  map[Source]*[kinds]bound
}

func newKeeper() *keeper {
	k := &keeper{names: map[Source]map[string]bool{}, used: map[Source]*[kinds]bound{}}
	add := func(s Source, names ...string) {
		if k.names[s] == nil {
			k.names[s] = map[string]bool{}
		}
		for _, n := range names {
			k.names[s][n] = true
		}
	}
	for s, names := range programTags() {
		add(s, names...)
	}
	for s, times := range timeTags() {
		for name, t := range times {
			add(s, name, t.zone)
		}
	}
	add(EXIF, gpsDay, gpsClock)
	for s, names := range markTags() {
		add(s, names...)
	}
	return k
}

func (k *keeper) kind(t Tag) kind {
	switch {
	case t.Source == XMP && (strings.HasPrefix(t.Name, "stEvt:") || strings.HasPrefix(t.Name, "xmpMM:")):
		return history
	case k.names[t.Source][t.Name]:
		return telling
	}
	return other
}

// room says whether a tag may be kept, and counts it if so.
func (k *keeper) room(of kind, t Tag) bool {
	if k.used[t.Source] == nil {
		k.used[t.Source] = &[kinds]bound{}
	}
	most, used := bounds()[of], &k.used[t.Source][of]
	n := len(t.Name) + len(t.Value)
	if used.tags >= most.tags || used.bytes+n > most.bytes {
		return false
	}
	used.tags, used.bytes = used.tags+1, used.bytes+n
	return true
}

// tag adds a statement, cut to the limits; empty ones are left out, and so are
// those beyond the bounds, which are counted.
func (f *Facts) tag(s Source, name, value string) {
	value = strings.Trim(value, " \t\r\n\x00")
	if value == "" {
		return
	}
	t := Tag{s, cut(name, maxName), cut(value, maxValue)}
	if f.keeper == nil {
		f.keeper = newKeeper()
	}
	of := f.keeper.kind(t)
	if !f.keeper.room(of, t) {
		f.leaveOut(s, of.String(), 1)
		return
	}
	f.Tags = append(f.Tags, t)
}

// leaveOut counts n statements that are not kept.
func (f *Facts) leaveOut(s Source, kind string, n int) {
	for i := range f.LeftOut {
		if l := &f.LeftOut[i]; l.Source == s && l.Kind == kind {
			l.Least += n
			return
		}
	}
	f.LeftOut = append(f.LeftOut, LeftOut{s, kind, n})
}

// mergeTags takes over what another reader found. Two readers that agree count
// once; one reader's repetitions, such as the steps of a history, are kept.
func (f *Facts) mergeTags(o *Facts) {
	had, before := f.Tags, f.LeftOut
	f.LeftOut = slices.Clone(o.LeftOut)
	for _, t := range o.Tags {
		if !slices.Contains(had, t) {
			f.tag(t.Source, t.Name, t.Value)
		}
	}
	for _, l := range before { // what the two left out may be the same
		f.leaveOut(l.Source, l.Kind, 0)
		at := slices.IndexFunc(f.LeftOut, func(m LeftOut) bool { return m.Source == l.Source && m.Kind == l.Kind })
		f.LeftOut[at].Least = max(f.LeftOut[at].Least, l.Least)
	}
}

// dropNamed forgets what other tags of the same source name already: the two
// readers write values each in its way.
func (f *Facts) dropNamed(had []Tag) {
	type name struct {
		source Source
		name   string
	}
	known := map[name]bool{}
	for _, t := range had {
		known[name{t.Source, t.Name}] = true
	}
	f.Tags = slices.DeleteFunc(f.Tags, func(t Tag) bool { return known[name{t.Source, t.Name}] })
}

// noteLeftOut says, before all other notes, what is not among the tags.
func (f *Facts) noteLeftOut() {
	why := map[string]string{
		other.String():   "none of them is of a kind that names programs, times or steps of editing",
		telling.String(): "they are of a kind that names programs and times, and what they name was not looked at",
		history.String(): "they are of its history of editing, and programs and times that they name were not looked at",
	}
	var notes []string
	for _, l := range f.LeftOut {
		notes = append(notes, fmt.Sprintf("The file makes so many statements that at least %d of those in its %s part are left out here: %s.", l.Least, l.Source, why[l.Kind]))
	}
	f.Notes = append(notes, f.Notes...)
}
