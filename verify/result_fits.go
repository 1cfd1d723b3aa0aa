package verify

import "time"

// Fitting is how a capture fits the untouched part of the picture, beside the
// capture that fits best.
type Fitting string

// The fittings. A capture is told apart from the best only by the places in
// which the two captures differ from each other.
const (
	FitsBest    Fitting = "best"      // no capture fits better
	FitsAsWell  Fitting = "as_well"   // nothing within the picture tells it from the best, or not clearly
	FitsNot     Fitting = "not"       // what tells the two apart speaks for the best, beyond chance
	FitsUnknown Fitting = "not_known" // rendered for another window, or nothing was found to compare
)

// VersionFit is how the untouched part of an altered picture fits one capture.
type VersionFit struct {
	Capture   string    `json:"capture"` // id
	SeenAt    time.Time `json:"seen_at"`
	Agree     int       `json:"tiles_agree"`     // of the untouched textured tiles
	Untouched int       `json:"tiles_untouched"` // textured tiles outside the changed regions
	Telling   int       `json:"places_telling"`  // places in which this capture and the best differ
	ForBest   int       `json:"places_for_best"` // of them, those where the picture agrees with the best alone
	ForThis   int       `json:"places_for_this"` // and with this capture alone
	Chance    float64   `json:"chance"`          // probability of so uneven a split if both fitted alike, 0 to 1
	Fitting   Fitting   `json:"fitting"`
}

// Aside is what was left out of a comparison because it varies by itself from
// one capture of the unchanged page to the next.
type Aside struct {
	Share  float64 `json:"share"` // of the picture, 0 to 1
	Rects  []Rect  `json:"rects"` // in pixels of the picture
	Tiles  int     `json:"tiles"`
	Unseen float64 `json:"unseen"` // share of the picture where it shows there what no capture does, 0 to 1
}

// Effort is how many captures were asked for.
type Effort struct {
	Captures   int `json:"captures"`   // the live page and archived copies
	Renderings int `json:"renderings"` // times that our browser was asked to render one of them
}
