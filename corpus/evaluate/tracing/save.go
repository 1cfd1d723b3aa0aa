package tracing

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
)

// chain is one way of saving a picture. It leaves the file, and in the work where
// everything came to lie.
type chain struct {
	name string
	save func(context.Context, *work) ([]byte, error)
}

// chains are the ways in which untouched pictures are saved, and, those marked in
// after, edited ones.
func chains() []chain {
	return []chain{
		{"png", savePNG},
		{"jpeg 60", saveJPEG(60)}, {"jpeg 75", saveJPEG(75)}, {"jpeg 85", saveJPEG(85)}, {"jpeg 92", saveJPEG(92)},
		{"webp", saveWebP},
		{"messenger", saveMessenger},
		{"jpeg, cropped, png", saveCropped},
		{"jpeg twice", saveTwice},
	}
}

// after are the chains that edited pictures are saved by; editors propose PNG.
func after() []chain {
	var out []chain
	for _, c := range chains() {
		switch c.name {
		case "png":
			out = append(out, c, c)
		case "jpeg 75", "jpeg 92", "webp", "messenger":
			out = append(out, c)
		}
	}
	return out
}

func savePNG(_ context.Context, w *work) ([]byte, error) {
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, w.img)
	return b.Bytes(), err
}

func saveJPEG(q int) func(context.Context, *work) ([]byte, error) {
	return func(ctx context.Context, w *work) ([]byte, error) {
		return w.tools.encode(ctx, w.img, ".jpg", "convert", "IN", "-quality", fmt.Sprint(q), "OUT")
	}
}

func saveWebP(ctx context.Context, w *work) ([]byte, error) {
	return w.tools.encode(ctx, w.img, ".webp", "cwebp", "-quiet", "-q", fmt.Sprint(70+w.rng.IntN(25)), "-o", "OUT", "--", "IN")
}

// saveMessenger makes the longest side 1280 px and compresses, as several
// messengers do.
func saveMessenger(ctx context.Context, w *work) ([]byte, error) {
	const longest = 1280
	if long := max(w.img.Rect.Dx(), w.img.Rect.Dy()); long > longest {
		k := float64(longest) / float64(long)
		small, err := w.tools.magick(ctx, w.img, "-resize", fmt.Sprintf("%dx%d", longest, longest))
		if err != nil {
			return nil, err
		}
		w.img = small
		w.step(k, image.Point{})
	}
	return saveJPEG(87)(ctx, w)
}

func saveCropped(ctx context.Context, w *work) ([]byte, error) {
	if err := w.recompress(ctx, 85); err != nil {
		return nil, err
	}
	by := image.Pt(1+w.rng.IntN(40), 1+w.rng.IntN(40))
	w.img = cut(w.img, image.Rectangle{Min: by, Max: w.img.Rect.Max})
	w.step(1, image.Pt(-by.X, -by.Y))
	return savePNG(ctx, w)
}

func saveTwice(ctx context.Context, w *work) ([]byte, error) {
	if err := w.recompress(ctx, 90); err != nil {
		return nil, err
	}
	return saveJPEG(75)(ctx, w)
}

// recompress makes the picture what it is after JPEG compression.
func (w *work) recompress(ctx context.Context, q int) (err error) {
	w.img, err = w.tools.recompress(ctx, w.img, q)
	return err
}

func (t *tools) recompress(ctx context.Context, img *image.NRGBA, q int) (*image.NRGBA, error) {
	data, err := t.encode(ctx, img, ".jpg", "convert", "IN", "-quality", fmt.Sprint(q), "OUT")
	if err != nil {
		return nil, err
	}
	back, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("read what was recompressed: %w", err)
	}
	return flat(back), nil
}

// encode writes the picture with a program, in whose arguments IN and OUT are the
// files.
func (t *tools) encode(ctx context.Context, img image.Image, ext string, args ...string) ([]byte, error) {
	dir, err := os.MkdirTemp(t.dir, "save-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	in, out := filepath.Join(dir, "in.png"), filepath.Join(dir, "out"+ext)
	if err := writePNG(in, img); err != nil {
		return nil, err
	}
	filled := make([]string, len(args))
	for i, a := range args {
		switch a {
		case "IN":
			a = in
		case "OUT":
			a = out
		}
		filled[i] = a
	}
	if said, err := exec.CommandContext(ctx, filled[0], filled[1:]...).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("save with %s: %w: %.300s", filled[0], err, said)
	}
	return os.ReadFile(out)
}
