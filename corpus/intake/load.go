package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/verify/imprint"
	"github.com/defacecheck/defacecheck/verify/picture"
)

// refusal is why a picture was not taken.
type refusal struct {
	why    Reason
	detail string
}

// loaded is a picture's file and what was found in it.
type loaded struct {
	name    string // its path, with slashes
	file    []byte
	picture corpus.Picture
	refused *refusal
}

// load reads a picture's file from the folder. Where there is none of that name, and it is a
// path as Windows writes it, that is tried with slashes.
func load(root *os.Root, name string) *loaded {
	data, refused := readPicture(root, name)
	if slashed := strings.ReplaceAll(name, `\`, "/"); refused != nil && refused.why == PictureMissing && slashed != name {
		name = slashed
		data, refused = readPicture(root, name)
	}
	return &loaded{name: name, file: data, refused: refused}
}

// readPicture reads a picture's file from the folder, and nothing outside of it.
func readPicture(root *os.Root, name string) ([]byte, *refusal) {
	if strings.Contains(name, "://") {
		return nil, &refusal{PictureMissing, "it is an address; nothing is downloaded"}
	}
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return nil, &refusal{PictureOutside, ""}
	}
	f, err := openRegular(root, filepath.FromSlash(name))
	if err != nil {
		return nil, &refusal{whyNot(err), cause(err)}
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.Size() > picture.DefaultBytes {
		return nil, &refusal{PictureRefused, fmt.Sprintf("%d bytes, at most %d", info.Size(), picture.DefaultBytes)}
	}
	data, err := io.ReadAll(io.LimitReader(f, picture.DefaultBytes+1))
	if err != nil {
		return nil, &refusal{PictureMissing, cause(err)}
	}
	return data, nil
}

// whyNot tells a path that leads out of the folder by a link from a file that is not there.
func whyNot(err error) Reason {
	if !errors.Is(err, fs.ErrNotExist) && strings.Contains(err.Error(), "escapes") { // package os has no name for it
		return PictureOutside
	}
	return PictureMissing
}

// cause is an error without the path of the folder.
func cause(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// look decodes a picture in a child and hashes it. The error is nil where the picture
// alone is at fault.
func look(ctx context.Context, data []byte) (corpus.Picture, *refusal, error) {
	p, err := picture.Read(ctx, data)
	switch {
	case err == nil:
	case ctx.Err() != nil:
		return corpus.Picture{}, nil, ctx.Err()
	case errors.Is(err, capture.ErrMalformed), errors.Is(err, capture.ErrTooLarge), errors.Is(err, capture.ErrTimeout):
		return corpus.Picture{}, &refusal{PictureRefused, err.Error()}, nil
	default:
		return corpus.Picture{}, nil, err
	}
	return corpus.Picture{SHA256: p.SHA256, Bytes: p.Bytes, Format: string(p.Format),
		Width: p.Width, Height: p.Height, Print: imprint.Of(p.Image)}, nil, nil
}
