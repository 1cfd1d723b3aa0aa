package verify

import (
	"context"
	"image"
	"slices"

	"github.com/defacecheck/defacecheck/verify/metadata"
	"github.com/defacecheck/defacecheck/verify/picture"
)

// PreviewFor is the preview inside the file where an item of evidence is about it,
// else nil.
func (j *Judgement) PreviewFor(e Evidence) image.Image {
	if e.Finding != metadata.KeyThumbnail {
		return nil
	}
	return j.Preview
}

// showPreview keeps the preview inside the file where a finding is about it.
func (j *Judgement) showPreview(f *metadata.Facts) {
	if !j.Result.found(metadata.KeyThumbnail) {
		return
	}
	if p := f.Preview(); p != nil { // not a nil picture in an interface
		j.Preview = p
	}
}

// found says whether a finding is among the evidence.
func (r *Result) found(key string) bool {
	return slices.ContainsFunc(r.Evidence, func(e Evidence) bool { return e.Finding == key })
}

// retellPreview reads the preview again that a finding is about.
func (j *Judgement) retellPreview(ctx context.Context, pic *picture.Picture, file []byte) error {
	if !j.Result.found(metadata.KeyThumbnail) {
		return nil
	}
	facts, err := metadata.Read(ctx, file)
	if err != nil {
		return err
	}
	if err := facts.CompareThumbnails(ctx, pic); err != nil {
		return err
	}
	j.showPreview(facts)
	return nil
}
