package verify

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"

	"github.com/defacecheck/defacecheck/verify/align"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/picture/frame"
)

// lines draws a page of wide dark boxes with a line of small text under each,
// the eighth of which can be another.
func lines(top int, eighth string) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, 1000, 700))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	for i := range 11 {
		y := top + 56*i
		for k := range 6 {
			box := image.Rect(40+150*k, y, 40+150*k+70+9*((i*5+k*3)%7), y+24)
			draw.Draw(img, box, image.NewUniform(color.NRGBA{40, uint8(60 + 20*k), 120, 255}), image.Point{}, draw.Src)
		}
		text := fmt.Sprintf("Entry %d of the register: the keeper of the %dth gate reports calm water and no boats after dusk", i, 3*i+1)
		if i == 7 && eighth != "" {
			text = eighth
		}
		d := font.Drawer{Dst: img, Src: image.Black, Face: basicfont.Face7x13, Dot: fixed.P(40, y+40)}
		d.DrawString(text)
	}
	return img
}

// recompressed is what a messenger makes of a picture.
func recompressed(t *testing.T, img image.Image) *image.NRGBA {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 70}); err != nil {
		t.Fatal(err)
	}
	again, err := jpeg.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	return picture.ToNRGBA(again)
}

// apartBy is how many px apart the places are at which a line is tried: prime to the
// grids, so that it lies otherwise on each.
const apartBy = 3

func TestALineAcrossTheEdgeOfTilesCannotHide(t *testing.T) {
	hidden := 0
	for top := 0; top < align.TileSize; top += apartBy {
		page := lines(top, "")
		forged := lines(top, "HACKED by the paper kites, who were here and shall come again whenever the wind is in the west")
		e := newEye(&picture.Picture{Image: forged}, frame.Frame{Kind: frame.None, Content: forged.Rect}, nil)
		if c := e.compare(page, align.At(1, 0, 0), align.CompareOptions{}); c.State == align.Same {
			t.Errorf("with the first row at %d the forged line is not seen: %s", top, c.Why)
		}
		if align.Compare(forged, page, align.At(1, 0, 0), align.CompareOptions{}).State == align.Same {
			hidden++
		}
		copied := recompressed(t, page)
		honest := newEye(&picture.Picture{Image: copied}, frame.Frame{Kind: frame.None, Content: copied.Rect}, nil)
		if c := honest.compare(page, align.At(1, 0, 0), align.CompareOptions{}); c.State != align.Same {
			t.Errorf("with the first row at %d its own recompressed copy is not the same: %s", top, c.Why)
		}
	}
	t.Logf("one grid alone misses the line at %d of %d places", hidden, (align.TileSize+apartBy-1)/apartBy)
}

// dense draws lists of short lines, close below each other, in which one entry
// can be another.
func dense(top int, entry string) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, 1100, 700))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	for row := range 30 {
		for column := range 5 {
			text := fmt.Sprintf("Chapter %d-%d, %c", row, column, rune('A'+(7*row+3*column)%26))
			if row == 12 && column == 3 && entry != "" {
				text = entry
			}
			d := font.Drawer{Dst: img, Src: image.NewUniform(color.NRGBA{0, 80, 160, 255}), Face: basicfont.Face7x13,
				Dot: fixed.P(40+200*column, top+20+22*row)}
			d.DrawString(text)
		}
	}
	return img
}

func TestAShortLineBetweenOthersCannotHide(t *testing.T) {
	for top := 0; top < align.TileSize; top += apartBy {
		page, forged := dense(top, ""), dense(top, "Taken over by them")
		e := newEye(&picture.Picture{Image: forged}, frame.Frame{Kind: frame.None, Content: forged.Rect}, nil)
		if c := e.compare(page, align.At(1, 0, 0), align.CompareOptions{}); c.State == align.Same {
			t.Errorf("rewritten entry at %d: same (%s)", top, c.Why)
		}
		if c := align.Compare(forged, page, align.At(1, 0, 0), align.CompareOptions{}); c.Mismatch == 0 {
			t.Errorf("rewritten entry at %d: no tile of the first grid differs", top)
		}
		honest := newEye(&picture.Picture{Image: page}, frame.Frame{Kind: frame.None, Content: page.Rect}, nil)
		if c := honest.compare(page, align.At(1, 0, 0), align.CompareOptions{}); c.State != align.Same {
			t.Errorf("unchanged page at %d: %s (%s)", top, c.State, c.Why)
		}
	}
}
