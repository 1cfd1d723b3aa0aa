package archive

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

// entry is what the index knows of one archived response.
type entry struct {
	url     string
	at      time.Time
	status  int // 0 unknown
	mime    string
	digest  string // in the form of warc.Digest
	revisit bool
	refURL  string    // of a revisit: the original's URL, if told
	refAt   time.Time // of a revisit: the original's time, if told
	id      string    // WARC-Record-ID
	refID   string    // of a revisit: WARC-Refers-To

	store  store // the file that holds the record
	offset int64
	inner  int64
}

const (
	// maxIndexText bounds the text an index keeps, in bytes: URLs above all.
	maxIndexText = 1 << 30
	// maxURL is the longest URL that is indexed, in bytes. Servers refuse
	// longer ones.
	maxURL = 64 << 10
)

// index finds entries by URL and, for revisits, by digest. It does not change
// after finish.
type index struct {
	entries  []entry
	limit    int
	text     int
	byKey    map[string][]int // oldest first
	byDigest map[string][]int // originals only
	byID     map[string]int   // originals only, where revisits refer to them
}

// add takes an entry, within the limits.
func (x *index) add(e entry) error {
	if len(x.entries) >= x.limit {
		return fmt.Errorf("%w: more than %d records", capture.ErrTooLarge, x.limit)
	}
	x.text += len(e.url) + len(e.mime) + len(e.digest) + len(e.refURL) + len(e.id) + len(e.refID)
	if x.text > maxIndexText {
		return fmt.Errorf("%w: its index is over %d bytes", capture.ErrTooLarge, maxIndexText)
	}
	x.entries = append(x.entries, e)
	return nil
}

// finish builds the look-up tables and tells each revisit what its original was.
func (x *index) finish() {
	slices.SortStableFunc(x.entries, func(a, b entry) int { return a.at.Compare(b.at) })
	x.byKey, x.byDigest, x.byID = map[string][]int{}, map[string][]int{}, map[string]int{}
	for i, e := range x.entries {
		k := Key(e.url)
		x.byKey[k] = append(x.byKey[k], i)
		if e.revisit {
			continue
		}
		if e.digest != "" {
			x.byDigest[e.digest] = append(x.byDigest[e.digest], i)
		}
		if e.id != "" {
			x.byID[e.id] = i
		}
	}
	for i := range x.entries {
		if e := &x.entries[i]; e.revisit {
			x.describe(e)
		}
	}
}

func (x *index) describe(e *entry) {
	o := x.original(*e)
	if o == nil {
		return
	}
	if e.status == 0 || e.status == 304 {
		e.status = o.status
	}
	setDefault(&e.mime, o.mime)
	setDefault(&e.digest, o.digest)
}

// original finds the record that a revisit repeats: the one it names by URL and
// time, or by id (some writers give all records one id), else the nearest of the same payload, whatever its URL. A name without a matching
// payload is not followed when digests are known: that would show another page.
func (x *index) original(e entry) *entry {
	if e.refURL != "" && !e.refAt.IsZero() {
		for _, i := range x.byKey[Key(e.refURL)] {
			if o := &x.entries[i]; !o.revisit && o.at.Truncate(time.Second).Equal(e.refAt.Truncate(time.Second)) && agree(e, *o) {
				return o
			}
		}
	}
	if i, ok := x.byID[e.refID]; ok && e.refID != "" && agree(e, x.entries[i]) {
		return &x.entries[i]
	}
	if e.digest == "" {
		return nil
	}
	return x.nearestOf(x.byDigest[e.digest], e.at)
}

func agree(revisit, original entry) bool {
	return revisit.digest == "" || original.digest == "" || revisit.digest == original.digest
}

func (x *index) nearestOf(ids []int, at time.Time) *entry {
	if len(ids) == 0 {
		return nil
	}
	best := slices.MinFunc(ids, func(a, b int) int {
		return cmp.Or(cmp.Compare(apart(x.entries[a].at, at), apart(x.entries[b].at, at)), cmp.Compare(a, b))
	})
	return &x.entries[best]
}

// candidates are the entries of url, nearest to at first; of two equally near
// the one with the very same URL, then the older.
func (x *index) candidates(url string, at time.Time) []*entry {
	var out []*entry
	for _, i := range x.byKey[Key(url)] {
		out = append(out, &x.entries[i])
	}
	slices.SortStableFunc(out, func(a, b *entry) int {
		return cmp.Or(cmp.Compare(apart(a.at, at), apart(b.at, at)), cmp.Compare(other(a.url, url), other(b.url, url)))
	})
	return out
}

func other(a, b string) int {
	if sameURL(a, b) {
		return 0
	}
	return 1
}

// apart is the distance of two times. It saturates at some 292 years.
func apart(a, b time.Time) time.Duration { return a.Sub(b).Abs() }
