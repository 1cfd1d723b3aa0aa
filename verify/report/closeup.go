package report

import (
	"fmt"
	"image"
	"slices"
	"strings"

	"github.com/defacecheck/defacecheck/verify"
)

// closeup is an item of evidence with the parts of the picture that it is about,
// enlarged so that a reader can check what was read or seen there.
type closeup struct {
	Method   string // what was tested
	Sentence string
	ID       string
	Parts    []part
	Pair     bool   // the two parts belong beside each other
	More     string // how many further parts are not shown; "" for none
}

// part is one part of the picture, enlarged. One that an earlier item of evidence
// is about as well is not embedded again.
type part struct {
	Caption string
	Shot    *shot
}

const (
	// closeupWidth and closeupHeight bound an enlarged part, in pixels: the column
	// on a fine screen, and half as high. A larger part is reduced to it.
	closeupWidth, closeupHeight = maxImageWidth, maxImageWidth / 2
	// mostCloser bounds the enlargement; more shows pixels and not letters.
	mostCloser = 8
	// maxCloseups bounds how many items are shown, and maxParts the parts of each:
	// with the exhibits the report stays below a few megabytes.
	maxCloseups, maxParts = 8, 3
	// maxCloseupBytes bounds what all of them take in the report.
	maxCloseupBytes = 4 << 20
	// maxFails ends the search for parts that are small enough for the room left:
	// each must be encoded to be measured.
	maxFails = 3
)

// closeups are the items of evidence that name parts of the picture, in the order
// of the evidence, and a sentence on those that are not shown; "" when all are.
func closeups(j *verify.Judgement, r *verify.Result) (all []closeup, more string, err error) {
	if j.Picture == nil {
		return nil, "", nil
	}
	l := &lens{img: j.Picture, room: maxCloseupBytes, shown: map[image.Rectangle]string{}}
	left := 0
	for _, e := range r.Evidence {
		preview := j.PreviewFor(e)
		if preview == nil && !anyInside(e.At, j.Picture.Bounds()) {
			continue
		}
		c := closeup{Method: upperFirst(e.Method), Sentence: e.Sentence, ID: e.ID}
		switch {
		case len(all) == maxCloseups || l.fails == maxFails:
		case preview != nil:
			err = l.beside(&c, preview)
		default:
			err = l.enlarge(&c, e.At)
		}
		if err != nil {
			return nil, "", fmt.Errorf("show what %s is about: %w", e.ID, err)
		}
		if len(c.Parts) == 0 {
			left++
			continue
		}
		all = append(all, c)
	}
	if left > 0 {
		more = fmt.Sprintf("Not shown enlarged, to keep this report small: %s of evidence about parts of the picture. Where they lie stands in verdict.json.", plural(left, "more item"))
	}
	return all, more, nil
}

// anyInside says whether any of the rectangles reaches into b.
func anyInside(at []verify.Rect, b image.Rectangle) bool {
	return slices.ContainsFunc(at, func(r verify.Rect) bool { return !inPicture(r, b).Empty() })
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
