package picture_test

import (
	"bytes"
	"compress/lzw"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/realdata"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/picture/confine"
)

// hugeJPEG is the header of a progressive JPEG of w x h pixels and nothing
// after its scan header: a decoder makes room for all coefficients at once.
func hugeJPEG(w, h int) []byte {
	b := []byte{0xff, 0xd8}
	b = append(b, 0xff, 0xc2, 0, 17, 8, byte(h>>8), byte(h), byte(w>>8), byte(w), 3)
	b = append(b, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0)
	dht := append([]byte{0xff, 0xc4, 0, 20, 0, 1}, make([]byte, 15)...)
	b = append(append(b, dht...), 0)
	b = append(b, 0xff, 0xdb, 0, 67, 0)
	b = append(b, bytes.Repeat([]byte{1}, 64)...)
	return append(b, 0xff, 0xda, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 0, 0)
}

func pngChunk(name string, data []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, name...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// flatPNG is a 1-bit grey PNG of w x h pixels whose rows are all zero.
func flatPNG(w, h int) []byte {
	var idat bytes.Buffer
	z := zlib.NewWriter(&idat)
	row := make([]byte, 1+(w+7)/8)
	for range h {
		z.Write(row)
	}
	z.Close()
	ihdr := binary.BigEndian.AppendUint32(nil, uint32(w))
	ihdr = append(binary.BigEndian.AppendUint32(ihdr, uint32(h)), 1, 0, 0, 0, 0)
	b := []byte("\x89PNG\r\n\x1a\n")
	b = append(b, pngChunk("IHDR", ihdr)...)
	b = append(b, pngChunk("IDAT", idat.Bytes())...)
	return append(b, pngChunk("IEND", nil)...)
}

// flatGIF is a GIF of w x h pixels of one colour.
func flatGIF(w, h int) []byte {
	b := []byte("GIF89a")
	b = binary.LittleEndian.AppendUint16(b, uint16(w))
	b = binary.LittleEndian.AppendUint16(b, uint16(h))
	b = append(b, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2c, 0, 0, 0, 0)
	b = binary.LittleEndian.AppendUint16(b, uint16(w))
	b = binary.LittleEndian.AppendUint16(b, uint16(h))
	b = append(b, 0, 2)
	var data bytes.Buffer
	z := lzw.NewWriter(&data, lzw.LSB, 2)
	row := make([]byte, w)
	for range h {
		z.Write(row)
	}
	z.Close()
	for p := data.Bytes(); len(p) > 0; {
		n := min(255, len(p))
		b = append(append(b, byte(n)), p[:n]...)
		p = p[n:]
	}
	return append(b, 0, 0x3b)
}

func TestABombIsRefusedByItsHeader(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{
		"progressive JPEG of 65,500 x 65,500": hugeJPEG(65500, 65500),
		"1-bit PNG of 30,000 x 30,000":        flatPNG(30000, 30000),
		"GIF of 65,535 x 1,200":               flatGIF(65535, 1200),
		"PNG of 100,000 x 1":                  flatPNG(100000, 1),
	} {
		_, err := picture.Check(data, picture.Limits{})
		if !errors.Is(err, picture.ErrTooManyPixels) || !errors.Is(err, capture.ErrTooLarge) {
			t.Errorf("%s (%d bytes): %v", name, len(data), err)
		}
	}
}

// TestABombThatPassesTheHeaderCheckCostsOnlyAChild hands the decoder a file
// whose true size was hidden from the budget, as a flaw in a header reader would.
func TestABombThatPassesTheHeaderCheckCostsOnlyAChild(t *testing.T) {
	t.Parallel()
	small := picture.Header{Format: picture.JPEG, Width: 100, Height: 100, Frames: 1}
	err := picture.DecodeAs(t.Context(), hugeJPEG(65500, 65500), small)
	if !errors.Is(err, picture.ErrKilled) || !errors.Is(err, confine.ErrMemory) {
		t.Errorf("got %v", err)
	}
}

func TestTheLargestFlatPicturesAreRead(t *testing.T) {
	if testing.Short() {
		t.Skip("decodes 2 x 60 megapixels")
	}
	for name, data := range map[string][]byte{
		"PNG": flatPNG(7745, 7745),
		"GIF": flatGIF(65535, 900),
	} {
		p, err := picture.Read(t.Context(), data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if p.Width*p.Height < 58_000_000 {
			t.Errorf("%s: %d x %d", name, p.Width, p.Height)
		}
	}
}

// isNamed says whether err is one of the named kinds.
func isNamed(err error) bool {
	for _, k := range []error{picture.ErrNotPicture, picture.ErrUnsupported, picture.ErrTruncated, picture.ErrDamaged,
		picture.ErrTooManyBytes, picture.ErrTooManyPixels, picture.ErrTimedOut, picture.ErrKilled} {
		if errors.Is(err, k) {
			return true
		}
	}
	return false
}

// TestRealHostileFilesEndInPixelsOrANamedError reads every file of the robust
// and meta folders in the child.
func TestRealHostileFilesEndInPixelsOrANamedError(t *testing.T) {
	t.Parallel()
	files := append(realdata.Files(t, "robust"), realdata.Files(t, "meta")...)
	read, refused := 0, map[string]int{}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		p, err := picture.Read(t.Context(), data)
		switch {
		case err == nil:
			read++
			if len(p.Image.Pix) != 4*p.Width*p.Height {
				t.Errorf("%s: %d bytes of pixels for %d x %d", f, len(p.Image.Pix), p.Width, p.Height)
			}
		case isNamed(err):
			refused[filepath.Ext(f)]++
		default:
			t.Errorf("%s: %v", f, err)
		}
	}
	t.Logf("%d files: %d read, refused with a name: %v", len(files), read, refused)
	if read < 100 {
		t.Errorf("only %d files could be read", read)
	}
}

// TestEveryGoodPNGOfTheSuiteIsRead: the suite's pictures are valid, and a
// decoder that refuses one refuses somebody's screenshot.
func TestEveryGoodPNGOfTheSuiteIsRead(t *testing.T) {
	t.Parallel()
	n := 0
	for _, f := range realdata.Files(t, "robust/libpng-1.6.39/contrib/pngsuite") {
		if filepath.Ext(f) != ".png" {
			continue
		}
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := picture.Read(t.Context(), data); err != nil {
			t.Errorf("%s: %v", filepath.Base(f), err)
		}
		n++
	}
	if n < 60 {
		t.Errorf("the suite has only %d pictures", n)
	}
}

// TestMutantsNeverTakeTheParent changes bytes of generated samples at random,
// from a fixed seed, and reads each mutant through the child.
func TestMutantsNeverTakeTheParent(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	img := scene(40, 30)
	seeds := map[string][]byte{
		"png": encodePNG(t, img), "jpeg": encodeJPEG(t, img), "gif": encodeGIF(t, 3, img),
		"bmp": encodeBMP(t, img), "webp": stillWebP, "animated webp": animatedWebP(),
	}
	for name, seed := range seeds {
		for range 30 {
			data := mutate(r, seed)
			p, err := picture.Read(t.Context(), data)
			if err == nil && p.Image.Rect.Dx() == p.Width || isNamed(err) {
				continue
			}
			t.Errorf("mutant of %s: %v", name, err)
		}
	}
}

// TestMutantsOfRealPicturesNeverTakeTheParent does the same with one of each real picture.
func TestMutantsOfRealPicturesNeverTakeTheParent(t *testing.T) {
	t.Parallel()
	r, read, refused := rand.New(rand.NewPCG(5, 6)), 0, 0
	for _, name := range slices.Concat(realdata.Files(t, "meta"), realdata.Files(t, "tamper"), realdata.Files(t, "robust")) {
		seed, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := picture.Sniff(seed); err != nil {
			continue
		}
		p, err := picture.Read(t.Context(), mutate(r, seed))
		switch {
		case err == nil && p.Image.Rect.Dx() == p.Width:
			read++
		case isNamed(err):
			refused++
		default:
			t.Errorf("mutant of %s: %v", filepath.Base(name), err)
		}
	}
	t.Logf("%d mutants read, %d refused", read, refused)
	if read < 5 || refused < 100 {
		t.Errorf("the mutants tested little: %d read, %d refused", read, refused)
	}
}

func mutate(r *rand.Rand, seed []byte) []byte {
	b := bytes.Clone(seed)
	for range 1 + r.IntN(6) {
		switch i := r.IntN(len(b)); r.IntN(4) {
		case 0:
			b[i] ^= 1 << r.IntN(8)
		case 1:
			b[i] = byte(r.Uint32())
		case 2:
			b[i] = 0xff
		case 3:
			b = b[:max(i, 1)]
		}
	}
	return b
}

func TestAProgramThatForgetsToServeIsTold(t *testing.T) {
	t.Parallel()
	_, err := confine.Run(t.Context(), "picture.unknown", nil, confine.Limits{})
	if !errors.Is(err, confine.ErrNotServed) {
		t.Fatalf("got %v", err)
	}
}

func FuzzCheck(f *testing.F) {
	img := scene(9, 7)
	for _, b := range [][]byte{encodePNG(f, img), encodeJPEG(f, img), encodeGIF(f, 2, img), encodeBMP(f, img),
		stillWebP, animatedWebP(), hugeJPEG(65500, 65500), []byte("BM"), nil} {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		h, err := picture.Check(data, picture.Limits{})
		if err != nil {
			if !isNamed(err) {
				t.Fatalf("error without a name: %v", err)
			}
			return
		}
		if h.Width < 1 || h.Height < 1 || h.Width*h.Height > picture.DefaultPixels || h.Frames < 1 {
			t.Fatalf("let through %+v", h)
		}
	})
}
