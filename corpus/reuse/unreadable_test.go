package reuse

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	"image/color"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/image/draw"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/corpus/store/storetest/pgtest"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/picture"
)

// boxes is a picture full of boxes, another for every seed.
func boxes(t *testing.T, seed uint64) *picture.Picture {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 5))
	img := image.NewNRGBA(image.Rect(0, 0, 900, 600))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	for range 300 {
		at := image.Pt(r.IntN(880), r.IntN(580))
		box := image.Rectangle{at, at.Add(image.Pt(10+r.IntN(80), 10+r.IntN(50)))}
		draw.Draw(img, box, image.NewUniform(color.NRGBA{uint8(r.IntN(256)), uint8(r.IntN(256)), uint8(r.IntN(256)), 255}), image.Point{}, draw.Src)
	}
	return pictureOf(t, img)
}

func TestAFileThatCannotBeReadHarmsNoOther(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) { harmsNoOther(t, filepath.Join(t.TempDir(), "corpus")) })
	t.Run("postgresql", func(t *testing.T) { harmsNoOther(t, pgtest.Start(t).Database(t)) })
}

func harmsNoOther(t *testing.T, spec string) {
	views := []*picture.Picture{boxes(t, 1), boxes(t, 2), boxes(t, 3)}
	s, read := kept(t, spec, views...)
	damaged, sound, later := read[0].SHA256, read[1].SHA256, read[2].SHA256
	original, err := s.File(t.Context(), damaged)
	if err != nil {
		t.Fatal(err)
	}
	overwrite(t, s, "UPDATE files SET data = $2 WHERE sha256 = $1", damaged, append([]byte{0}, original...))
	none := noPicture(t, s)
	f := opened(t, s)
	if got := f.Unreadable(); len(got) != 2 || !unreadable(got, damaged, store.ErrDamaged) || !unreadable(got, none, picture.ErrNotPicture) {
		t.Errorf("it tells of %+v", got)
	}
	if !found(t, f, recompressed(t, views[1], 0.8, 75), sound) || found(t, f, recompressed(t, views[0], 0.8, 75), damaged) {
		t.Error("the sound picture is not found, or the damaged one is")
	}

	// Damaged after its landmarks were taken: what is found is not compared.
	overwrite(t, s, "UPDATE files SET data = $2 WHERE sha256 = $1", later, []byte{1})
	precedents, err := f.Examine(t.Context(), recompressed(t, views[2], 0.8, 75))
	if err != nil || len(precedents) == 0 || precedents[0].Picture != later || precedents[0].Relation != verify.Unexamined ||
		!unreadable(f.Unreadable(), later, store.ErrDamaged) {
		t.Errorf("found %+v, %v", precedents, err)
	}
	if _, err := f.Clusters(t.Context(), nil); err != nil {
		t.Error(err)
	}

	// What was put back from a copy is found again, and landmarks that were damaged are taken anew.
	overwrite(t, s, "UPDATE files SET data = $2 WHERE sha256 = $1", damaged, original)
	overwrite(t, s, "UPDATE landmarks SET data = $2 WHERE picture = $1", sound, []byte{1, 2, 3})
	overwrite(t, s, "UPDATE landmarks SET data = $2 WHERE picture = $1", later, []byte{1, 2, 3})
	f = opened(t, s)
	for i, sum := range []string{damaged, sound} {
		if !found(t, f, recompressed(t, views[i], 0.8, 75), sum) {
			t.Errorf("picture %d is not found", i)
		}
	}
	if got := f.Unreadable(); len(got) != 1 || !unreadable(got, later, store.ErrDamaged) {
		t.Errorf("it tells of %+v", got)
	}
}

// overwrite changes a row behind the corpus's back.
func overwrite(t *testing.T, s *store.Store, statement string, args ...any) {
	t.Helper()
	if _, err := s.DB().ExecContext(t.Context(), statement, args...); err != nil {
		t.Fatal(err)
	}
}

// noPicture keeps a file that is what it was and no picture, and returns its digest.
func noPicture(t *testing.T, s *store.Store) string {
	t.Helper()
	data := []byte("not a picture")
	raw := sha256.Sum256(data)
	sum := hex.EncodeToString(raw[:])
	if _, err := s.Add(t.Context(), store.Item{File: data, ReadAt: time.Now(), Posting: corpus.Posting{URL: "http://none.example/"},
		Picture: corpus.Picture{SHA256: sum, Bytes: int64(len(data)), Format: "png", Width: 9, Height: 9}}); err != nil {
		t.Fatal(err)
	}
	return sum
}

func unreadable(all []Unreadable, sum string, kind error) bool {
	for _, u := range all {
		if u.SHA256 == sum {
			return errors.Is(u.Err, kind)
		}
	}
	return false
}

// found says whether a picture has enough landmarks in common with that of a digest.
func found(t *testing.T, f *Finder, p *picture.Picture, sum string) bool {
	t.Helper()
	for _, c := range f.Candidates(p.Image) {
		if c.SHA256 == sum {
			return true
		}
	}
	return false
}
