package metadata

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/picture/confine"
)

// Read returns what the file says of itself, each part read in a child process.
// Errors are those of picture.Check, the context's, and confine.ErrNotServed
// when the program does not serve Jobs; a part that cannot be read is a note
// and no error. The pixels are not decoded.
func Read(ctx context.Context, data []byte) (*Facts, error) {
	h, err := picture.Check(data, picture.Limits{})
	if err != nil {
		return nil, fmt.Errorf("read metadata: %w", err)
	}
	f := &Facts{}
	found, err := ask(ctx, jobStructure, data, "the structure of the file")
	if err != nil {
		return nil, fmt.Errorf("read metadata: %w", err)
	}
	f.merge(found)
	if f.mayHold(h.Format) {
		if err := f.readTags(ctx, data); err != nil {
			return nil, fmt.Errorf("read metadata: %w", err)
		}
	}
	f.Format, f.Width, f.Height, f.Frames = string(h.Format), h.Width, h.Height, h.Frames
	f.Bytes = int64(len(data))
	if err := f.conclude(); err != nil {
		return nil, fmt.Errorf("read metadata: %w", err)
	}
	return f, nil
}

// conclude draws from what the children found what needs no reading of the file.
func (f *Facts) conclude() (err error) {
	f.Times = timesOf(f.Tags)
	for i := range f.Thumbnails {
		t := &f.Thumbnails[i]
		t.small, t.Data = t.Data, nil
	}
	f.noteLeftOut()
	f.settle()
	f.Encoder, err = f.encoder()
	return err
}

// mayHold says whether the libraries have anything to look for. Where the
// structure could not be read they are asked in any case.
func (f *Facts) mayHold(format picture.Format) bool {
	switch format {
	case picture.JPEG, picture.WebP:
		return true
	case picture.PNG:
		return f.PNG == nil || len(f.PNG.Chunks) == maxEntries || f.PNG.has("eXIf") || len(f.PNG.Profiles) > 0
	}
	return false
}

// readTags asks goexif and imagemeta, each in a child of its own. goexif's word
// goes first; of imagemeta's EXIF that is used which goexif does not name.
func (f *Facts) readTags(ctx context.Context, data []byte) error {
	var exif, library *Facts
	var err1, err2 error
	var wg sync.WaitGroup
	wg.Go(func() { exif, err1 = ask(ctx, jobEXIF, data, "EXIF") })
	wg.Go(func() { library, err2 = ask(ctx, jobLibrary, data, "IPTC and EXIF") })
	wg.Wait()
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	f.merge(exif)
	if len(exif.Tags) > 0 {
		library.dropNamed(exif.Tags)
	} else if len(exif.Notes) > 0 && library.count(EXIF) > 0 {
		f.note("EXIF as read here comes from the second reader, because the first failed.")
	}
	f.merge(library)
	return nil
}

// ask runs one job. What befalls the child is a note in the facts it returns;
// an error is only what makes further asking pointless.
func ask(ctx context.Context, job string, data []byte, what string) (*Facts, error) {
	f := &Facts{}
	out, err := confine.Run(ctx, job, data, confine.Limits{})
	switch {
	case err == nil:
		if err := json.Unmarshal(out, f); err != nil {
			f = &Facts{}
			f.note(fmt.Sprintf("Reading %s gave no usable answer.", what))
		}
	case ctx.Err() != nil, errors.Is(err, confine.ErrNotServed):
		return nil, err
	default:
		f.note(fmt.Sprintf("Reading %s failed: %s.", what, reason(err)))
	}
	return f, nil
}

// reason is a plain clause for what befell a child.
func reason(err error) string {
	switch {
	case errors.Is(err, confine.ErrTimedOut):
		return "it took too long and was stopped"
	case errors.Is(err, confine.ErrMemory):
		return "the file made the reader ask for more memory than it may have"
	case errors.Is(err, confine.ErrCrashed):
		return "the file made the reader crash"
	}
	return err.Error()
}

// merge takes over what another reader found.
func (f *Facts) merge(o *Facts) {
	f.mergeTags(o)
	for _, n := range o.Notes {
		f.note(n)
	}
	if o.PNG != nil {
		f.PNG = o.PNG
	}
	if o.JPEG != nil {
		f.JPEG = o.JPEG
	}
	if o.WebP != nil {
		f.WebP = o.WebP
	}
	if o.GIF != nil {
		f.GIF = o.GIF
	}
	if o.Lineage != nil {
		f.Lineage = o.Lineage
	}
	for _, t := range o.Thumbnails {
		f.addPreview(t)
	}
	if o.C2PA != nil {
		f.C2PA = o.C2PA
	}
	if o.Trailing > 0 { // one reader alone looks for it
		f.Trailing, f.TrailingEnd, f.TrailingLike = o.Trailing, o.TrailingEnd, o.TrailingLike
	}
}

func (f *Facts) count(s Source) (n int) {
	for _, t := range f.Tags {
		if t.Source == s {
			n++
		}
	}
	return n
}

// settle makes empty lists lists, so that JSON shows them as such.
func (f *Facts) settle() {
	if f.Tags == nil {
		f.Tags = []Tag{}
	}
	if f.LeftOut == nil {
		f.LeftOut = []LeftOut{}
	}
	if f.Times == nil {
		f.Times = []Time{}
	}
	if f.Notes == nil {
		f.Notes = []string{}
	}
}
