package reading

import (
	"errors"
	"fmt"

	"github.com/defacecheck/defacecheck/capture"
)

// howToInstall is what a person can do about ErrAbsent.
const howToInstall = "Debian: apt-get install tesseract-ocr tesseract-ocr-eng tesseract-ocr-chi-tra tesseract-ocr-chi-sim"

// The ways in which nothing is read.
var (
	// ErrAbsent: there is no Tesseract here, or one without the data of any
	// language. Its message says how to install it.
	ErrAbsent = errors.New("text recognition is not installed; " + howToInstall)
	// ErrFailed: Tesseract was stopped at a limit, broke down or refused.
	ErrFailed = errors.New("text recognition failed")
	// ErrMalformed: what Tesseract wrote is not the table it promises.
	ErrMalformed = fmt.Errorf("text recognition gave no usable table: %w", capture.ErrMalformed)
	// ErrSmall: the picture or the part of it holds no room for a letter.
	ErrSmall = errors.New("too small to hold text")
)
