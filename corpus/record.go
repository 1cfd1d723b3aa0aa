package corpus

import (
	"time"

	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/imprint"
)

// Picture is what is known of a picture beside its bytes, which are kept by SHA-256.
type Picture struct {
	SHA256 string // of the file as it was given, hexadecimal
	Bytes  int64
	Format string // as picture.Format has it
	Width  int    // pixels
	Height int
	Print  imprint.Imprint // of the whole picture
}

// Record is a claim and all that is known of it.
type Record struct {
	ID            string
	Claim         verify.Claim // without the picture's bytes; ReadAt is when the corpus learned of it
	Picture       Picture
	Postings      []Posting      // oldest first; empty for a claim that was only verified
	Edits         []Edit         // of the postings' messages since, oldest first
	Verdicts      []Verdict      // oldest first
	Adjudications []Adjudication // oldest first
	SetAside      *Setback       // why work on it was given up; nil when it was not, or was taken up again
}

// Edit is a later version of a message than the one that was kept first, which stays. What
// it claims then, if that is another address or picture, is a claim of its own.
type Edit struct {
	Channel string
	Message string
	At      time.Time // when it was edited
	Text    string    // as it was then
}

// Latest is the newest verdict; nil when there is none.
func (r *Record) Latest() *Verdict {
	if len(r.Verdicts) == 0 {
		return nil
	}
	return &r.Verdicts[len(r.Verdicts)-1]
}

// Adjudicated is the newest of people's judgements; nil when there is none.
func (r *Record) Adjudicated() *Adjudication {
	if len(r.Adjudications) == 0 {
		return nil
	}
	return &r.Adjudications[len(r.Adjudications)-1]
}

// Verdict is one judgement by the program.
type Verdict struct {
	SHA256 string         // of the result as it is kept
	Result *verify.Result // names the versions of program, model and methods
}

// Adjudication is what a person decided about a claim. It is never overwritten: who
// changes their mind adds another.
type Adjudication struct {
	At     time.Time
	By     string     // who decided, as they name themselves
	Truth  rows.Truth // Unclear where the person could not tell
	Reason string     // in the person's words; never empty
}

// Unclear is a person's answer that the truth cannot be told.
const Unclear rows.Truth = "unclear"

// Setback tells why a claim could not be judged by a batch.
type Setback struct {
	At      time.Time
	Program string // version that gave up
	Tries   int
	Reason  string
}
