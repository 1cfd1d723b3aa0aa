package picture

import (
	"errors"
	"fmt"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/picture/confine"
)

// kind is an error that callers branch on with errors.Is; its text says what a
// person can do, and it is one of the kinds in package capture as well.
type kind struct {
	text string
	is   error
}

func (k *kind) Error() string { return k.text }
func (k *kind) Unwrap() error { return k.is }

// The reasons why a picture is not read.
var (
	// ErrNotPicture: no known picture format begins like this.
	ErrNotPicture error = &kind{"not a picture that can be read; give a PNG, JPEG, GIF, WebP or BMP file", capture.ErrMalformed}
	// ErrUnsupported: a picture, of a format or variant that is not decoded.
	ErrUnsupported error = &kind{"this kind of picture is not read; convert it to PNG or JPEG and say so, for the conversion removes traces", capture.ErrMalformed}
	// ErrTruncated: the file ends before the picture does.
	ErrTruncated error = &kind{"the file ends too early; get the whole file again", capture.ErrMalformed}
	// ErrDamaged: the content breaks the rules of its own format.
	ErrDamaged error = &kind{"the file is damaged; get it again from where it came", capture.ErrMalformed}
	// ErrTooManyBytes: the file is larger than Limits.Bytes.
	ErrTooManyBytes error = &kind{"the file is too large; give a smaller copy of the picture", capture.ErrTooLarge}
	// ErrTooManyPixels: the header declares more than Limits.Pixels or Limits.Side.
	ErrTooManyPixels error = &kind{"the picture has too many pixels; crop it or scale it down", capture.ErrTooLarge}
	// ErrTimedOut: decoding took longer than any honest picture does.
	ErrTimedOut error = &kind{"reading the picture took too long; save it anew as PNG and try again", capture.ErrTimeout}
	// ErrKilled: the decoder broke down or asked for more memory than the
	// declared size can need.
	ErrKilled error = &kind{"the picture broke the decoder, which ran apart from this program; treat the file as hostile", capture.ErrMalformed}
)

// kinds are the errors that cross from the child, by the word they cross as.
func kinds() map[string]error {
	return map[string]error{
		"unsupported": ErrUnsupported,
		"truncated":   ErrTruncated,
		"damaged":     ErrDamaged,
	}
}

// toJobError makes err cross the boundary with its kind.
func toJobError(err error) error {
	for word, k := range kinds() {
		if errors.Is(err, k) {
			return &confine.JobError{Kind: word, Message: err.Error()}
		}
	}
	return &confine.JobError{Kind: "damaged", Message: err.Error()}
}

// childError is an error as the child worded it, its kind restored.
type childError struct {
	text string
	kind error
}

func (e *childError) Error() string { return e.text }
func (e *childError) Unwrap() error { return e.kind }

// fromChild names what became of the child.
func fromChild(err error) error {
	var je *confine.JobError
	if errors.As(err, &je) {
		if k, ok := kinds()[je.Kind]; ok {
			return &childError{je.Message, k}
		}
	}
	switch {
	case errors.Is(err, confine.ErrTimedOut):
		return fmt.Errorf("%w (%w)", ErrTimedOut, err)
	case errors.Is(err, confine.ErrMemory), errors.Is(err, confine.ErrCrashed), errors.Is(err, confine.ErrOutput):
		return fmt.Errorf("%w (%w)", ErrKilled, err)
	}
	return err
}
