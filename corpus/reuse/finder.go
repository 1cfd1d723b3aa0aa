package reuse

import (
	"cmp"
	"context"
	"fmt"
	"image"
	"slices"
	"sync"
	"time"

	"github.com/defacecheck/defacecheck/corpus/near"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/align"
)

var (
	_ verify.Precedents = (*Finder)(nil)
	_ verify.Examiner   = (*Finder)(nil)
)

const (
	// Radius is in how many of 256 bits two landmarks of one place differ at most. Of
	// 33 crops, 33 recompressed copies and 33 copies with something around them of 11 real
	// screenshots, with 58 landmarks each, 15, 24 and 9 and more were found within it; of
	// the most alike of the other ten pictures 8, 15 and 13 at most, which Compare tells apart.
	Radius = 24
	// MinVotes is how many landmarks of a picture must be found.
	MinVotes = 6
	// MaxCompared bounds how many candidates are decoded and compared, the likeliest first:
	// each takes a second, and one defacement can stand in a corpus a thousand times.
	MaxCompared = 8
)

// Finder finds earlier pictures of a corpus. Its methods may be called from several
// goroutines.
type Finder struct {
	store *store.Store
	index *near.Index[[4]uint64] // of all landmarks, by number

	mu       sync.Mutex
	owners   []uint32          // the picture of each landmark
	pictures []string          // SHA-256
	known    map[string]uint32 // where in pictures
	newest   time.Time         // when the newest landmarks that are known were taken
	unread   map[string]error  // by SHA-256
}

// Progress is told how many pictures of how many are done; nil is nobody.
type Progress func(done, all int)

// Open prepares a corpus for searching: it takes the landmarks of pictures whose files are
// there and that have none yet, keeps them in the corpus, and loads them all. Landmarks take about
// 6 kB of memory a picture. A file that cannot be read harms no other: it has no landmarks, and
// Unreadable tells of it.
func Open(ctx context.Context, s *store.Store, p Progress) (*Finder, error) {
	f := &Finder{store: s, index: near.New256(), known: map[string]uint32{}, unread: map[string]error{}}
	return f, f.Refresh(ctx, p)
}

// Refresh takes in pictures that came since, from this program and from others.
func (f *Finder) Refresh(ctx context.Context, p Progress) error {
	if err := f.fill(ctx, p); err != nil {
		return fmt.Errorf("take landmarks of pictures: %w", err)
	}
	if err := f.load(ctx); err != nil {
		return fmt.Errorf("load landmarks: %w", err)
	}
	return nil
}

// Candidate is a picture that may be of the same page.
type Candidate struct {
	SHA256 string
	Votes  int // landmarks of it that were found
}

// Candidates are the pictures that have landmarks in common with one, those that have most first.
// A picture that holds too little has none.
func (f *Finder) Candidates(img *image.NRGBA) []Candidate {
	found := map[uint32]bool{}
	for _, l := range landmarksOf(img, align.LandmarksSought) {
		for _, m := range f.index.Within(l, Radius) {
			found[m.ID] = true
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	votes := map[uint32]int{}
	for l := range found {
		votes[f.owners[l]]++
	}
	var all []Candidate
	for p, n := range votes {
		if n >= MinVotes {
			all = append(all, Candidate{f.pictures[p], n})
		}
	}
	slices.SortFunc(all, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Votes, a.Votes), cmp.Compare(a.SHA256, b.SHA256))
	})
	return all
}

// learn puts a picture's landmarks into the index.
func (f *Finder) learn(picture string, all []align.Landmark) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, ok := f.known[picture]; ok {
		return
	}
	p := uint32(len(f.pictures))
	f.pictures, f.known[picture] = append(f.pictures, picture), p
	for _, l := range all {
		f.owners = append(f.owners, p)
		f.index.Add(l, uint32(len(f.owners)-1))
	}
}
