package picture

import (
	"fmt"
	"time"
)

// Limits bound the pictures that are read. A zero field takes its default.
type Limits struct {
	Bytes  int           // of the file
	Pixels int           // width times height
	Side   int           // the longer of width and height
	Time   time.Duration // wall clock for decoding
}

const (
	// DefaultBytes is four times the largest honest screenshot seen.
	DefaultBytes = 32 << 20
	// DefaultPixels is a full page of 1280 pixels across and 50,000 down, or
	// two 8K screens: 256 MB when decoded.
	DefaultPixels = 64_000_000
	// DefaultSide is what GIF and JPEG can express; longer PNGs exist to break
	// programs.
	DefaultSide = 65_535
	// DefaultTime is ten times what the largest allowed picture takes on a slow
	// machine.
	DefaultTime = 60 * time.Second
)

func (l Limits) withDefaults() Limits {
	if l.Bytes <= 0 {
		l.Bytes = DefaultBytes
	}
	if l.Pixels <= 0 {
		l.Pixels = DefaultPixels
	}
	if l.Side <= 0 {
		l.Side = DefaultSide
	}
	if l.Time <= 0 {
		l.Time = DefaultTime
	}
	return l
}

// checkBytes refuses a file by its length alone.
func (l Limits) checkBytes(n int) error {
	if n > l.Bytes {
		return fmt.Errorf("%d bytes, at most %d: %w", n, l.Bytes, ErrTooManyBytes)
	}
	return nil
}

// checkSize refuses a picture by its declared size.
func (l Limits) checkSize(w, h int) error {
	switch {
	case w <= 0 || h <= 0:
		return fmt.Errorf("declared size %d x %d: %w", w, h, ErrDamaged)
	case w > l.Side || h > l.Side:
		return fmt.Errorf("%d x %d pixels, at most %d a side: %w", w, h, l.Side, ErrTooManyPixels)
	case int64(w)*int64(h) > int64(l.Pixels):
		return fmt.Errorf("%d x %d pixels, at most %d in all: %w", w, h, l.Pixels, ErrTooManyPixels)
	}
	return nil
}
