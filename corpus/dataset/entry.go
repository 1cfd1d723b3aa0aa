package dataset

import (
	"encoding/json"
	"time"

	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/verify"
)

// Entry is one claim as a dataset has it: where it belongs, what is known of its truth,
// what the program found, and what the corpus keeps.
type Entry struct {
	ID       string      `json:"id"` // of the claim
	Split    rows.Split  `json:"split"`
	Site     string      `json:"site"`  // registrable domain of the claimed address
	Group    string      `json:"group"` // claims of one group share a site or a picture, and lie on one side of the split
	Label    rows.Truth  `json:"label"` // of the newest judgement of a person; "" where there is none
	Features *Features   `json:"features,omitempty"`
	Claim    claim       `json:"claim"`
	Picture  pictureFact `json:"picture"`
	Postings []posting   `json:"postings"`
	Edits    []edit      `json:"edits,omitempty"` // of their messages since

	Adjudications []adjudication    `json:"adjudications"`
	SetAside      *setback          `json:"set_aside,omitempty"`
	Verdicts      int               `json:"verdicts"`          // how many the corpus had
	Results       []json.RawMessage `json:"results,omitempty"` // they themselves; none in a dataset without images
	Digests       []string          `json:"digests,omitempty"` // of Results, in their order

	image []byte // the picture's bytes, beside the entry
}

// Features are what the program found about a claim, of its newest verdict. They hold
// nothing of the page but numbers.
type Features struct {
	Program     string            `json:"program"`
	Model       string            `json:"model"`
	ModelDigest string            `json:"model_digest"`
	Word        verify.Word       `json:"word"`
	Answer      verify.Answer     `json:"answer"`
	Log10LR     float64           `json:"log10_lr"`
	Leaning     verify.Leaning    `json:"leaning"`
	Evidence    []EvidenceFeature `json:"evidence"`
	Captures    []CaptureFeature  `json:"captures"`
}

// EvidenceFeature is one test. Its LR was looked up in the model, or computed and bounded
// by it.
type EvidenceFeature struct {
	ID      string   `json:"id"`
	Group   string   `json:"group"`
	Version string   `json:"version"`
	Ran     bool     `json:"ran"`
	Finding string   `json:"finding"`
	Value   *float64 `json:"value,omitempty"`
	Unit    string   `json:"unit,omitempty"`
	Log10LR float64  `json:"log10_lr"`
	Counted float64  `json:"counted"`
}

// CaptureFeature is a capture that was compared, and how the picture lies in it.
type CaptureFeature struct {
	Kind     string     `json:"kind"`
	SeenAt   time.Time  `json:"seen_at"`
	Validity string     `json:"validity"`
	Status   int        `json:"status"`
	State    string     `json:"state"`
	Ordinary bool       `json:"ordinary"`
	Missing  int        `json:"missing"`
	Match    *matchFact `json:"match,omitempty"`
	Words    *wordsFact `json:"words,omitempty"`
}

// matchFact are the measures of verify.Match; the places of changes are left out.
type matchFact struct {
	Located    bool    `json:"located"`
	Scale      float64 `json:"scale"`
	Confidence float64 `json:"confidence"`
	TilesSame  int     `json:"tiles_match"`
	TilesDiff  int     `json:"tiles_mismatch"`
	TilesFlat  int     `json:"tiles_flat"`
	Agreement  float64 `json:"agreement"`
	Changed    float64 `json:"changed"`
	Beyond     float64 `json:"beyond"`
}

// wordsFact are the measures of verify.Words; the words are left out.
type wordsFact struct {
	Read      float64 `json:"read"`
	Found     float64 `json:"found"`
	PageFound float64 `json:"page_found"`
	Placed    float64 `json:"placed"`
	Rare      float64 `json:"rare"`
	Unread    float64 `json:"unread"`
	Strange   int     `json:"strange"`
	Whole     bool    `json:"whole"`
}

// claim is verify.Claim without the picture.
type claim struct {
	Name      text         `json:"name"`
	URL       text         `json:"url"`
	ClaimedAt *verify.Span `json:"claimed_at,omitempty"`
	PostedAt  *verify.Span `json:"posted_at,omitempty"`
	Notifier  text         `json:"notifier"`
	Words     text         `json:"words"`
	ReadAt    *time.Time   `json:"read_at,omitempty"`
}

// pictureFact is corpus.Picture, its hashes in hexadecimal.
type pictureFact struct {
	SHA256 string            `json:"sha256"`
	Bytes  int64             `json:"bytes"`
	Format string            `json:"format"`
	Width  int               `json:"width"`
	Height int               `json:"height"`
	Hashes verify.HashValues `json:"hashes"`
	File   string            `json:"file,omitempty"` // where the bytes are, in JSON Lines
}

type posting struct {
	Notifier  text       `json:"notifier"`
	Words     text       `json:"words"`
	Channel   text       `json:"channel"`
	Message   text       `json:"message"`
	Text      text       `json:"text"`
	Forwarded text       `json:"forwarded"`
	EditedAt  *time.Time `json:"edited_at,omitempty"`
	Origin    text       `json:"origin"`
	Name      text       `json:"name"`
}

type edit struct {
	Channel text      `json:"channel"`
	Message text      `json:"message"`
	At      time.Time `json:"at"`
	Text    text      `json:"text"`
}

type adjudication struct {
	At     time.Time  `json:"at"`
	By     text       `json:"by"`
	Truth  rows.Truth `json:"truth"`
	Reason text       `json:"reason"`
}

type setback struct {
	At      time.Time `json:"at"`
	Program string    `json:"program"`
	Tries   int       `json:"tries"`
	Reason  text      `json:"reason"`
}
