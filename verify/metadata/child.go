package metadata

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/picture/confine"
)

// The names of the children's jobs.
const (
	jobStructure = "metadata.structure"
	jobEXIF      = "metadata.exif"
	jobLibrary   = "metadata.library"
)

// Jobs are what the children of this package do; the program hands them to
// confine.Serve beside picture.Jobs.
func Jobs() []confine.Job {
	return []confine.Job{
		{Name: jobStructure, Run: job("the structure of the file", structure)},
		{Name: jobEXIF, Run: job("EXIF", readEXIF)},
		{Name: jobLibrary, Run: job("IPTC and EXIF", readLibrary)},
	}
}

// job runs one reader and writes what it found as JSON. A panic ends the reader
// and keeps what it had found till then.
func job(what string, read func(f *Facts, format picture.Format, data []byte)) func([]byte, io.Writer) error {
	return func(data []byte, out io.Writer) error {
		format, err := picture.Sniff(data)
		if err != nil {
			return err
		}
		f := &Facts{}
		guard(f, what, func() { read(f, format, data) })
		enc := json.NewEncoder(out)
		enc.SetEscapeHTML(false) // nothing shows it, and a packet of brackets would grow sixfold
		return enc.Encode(f)
	}
}

// guard turns a panic of a reader into a note.
func guard(f *Facts, what string, read func()) {
	defer func() {
		if r := recover(); r != nil {
			f.note(fmt.Sprintf("Reading %s failed: the reader broke down (%v).", what, r))
		}
	}()
	read()
}

// structure walks the container.
func structure(f *Facts, format picture.Format, data []byte) {
	switch format {
	case picture.PNG:
		walkPNG(f, data)
	case picture.JPEG:
		walkJPEG(f, data)
	case picture.WebP:
		walkWebP(f, data)
	case picture.GIF:
		walkGIF(f, data)
	}
}
