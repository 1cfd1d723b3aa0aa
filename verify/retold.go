package verify

import (
	"context"

	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/picture/frame"
)

// Retold is a judgement as far as it can be had again from a result that was kept:
// with the picture, what surrounds the page in it and the preview inside the file
// that a finding is about, where the picture's file is there (nil is not), and
// without the pictures of captures, which no result holds. Errors are those of
// package picture, or ctx's.
func Retold(ctx context.Context, r *Result, file []byte) (*Judgement, error) {
	j := &Judgement{Result: r}
	if file == nil {
		return j, nil
	}
	pic, err := picture.Read(ctx, file)
	if err != nil {
		return nil, err
	}
	j.Picture = pic.Image
	if err := j.retellPreview(ctx, pic, file); err != nil {
		return nil, err
	}
	if r.Claim.Frame.Picture == "" {
		return j, nil
	}
	var around frame.Frame
	for _, s := range r.Claim.Frame.Strips {
		around.Strips = append(around.Strips, frame.Strip{Rect: s.image()})
	}
	if p := frame.Picture(pic.Image, around); p != nil { // not a nil picture in an interface
		j.Frame = p
	}
	return j, nil
}
