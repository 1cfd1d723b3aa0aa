package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
)

// evaluate runs an expression in an isolated world of the main frame's present
// document: it sees the page's elements and none of the page's scripts, so
// that nothing it reads can be forged by overriding a function.
func (v *visit) evaluate(ctx context.Context, expression string, await bool, out any) error {
	made, err := cdp.Call(ctx, v.page, page.CreateIsolatedWorld,
		page.CreateIsolatedWorldParams{FrameID: v.rec.mainFrame(), WorldName: world})
	if err != nil {
		return err
	}
	res, err := cdp.Call(ctx, v.page, runtime.Evaluate, runtime.EvaluateParams{
		Expression: expression, ContextID: made.ExecutionContextID,
		ReturnByValue: new(true), AwaitPromise: &await})
	if err != nil {
		return err
	}
	if res.ExceptionDetails != nil {
		return fmt.Errorf("read page: %w", exception(res.ExceptionDetails))
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(res.Result.Value, out); err != nil {
		return fmt.Errorf("read page: %w", err)
	}
	return nil
}

func exception(d *runtime.ExceptionDetails) error {
	if d.Exception != nil && d.Exception.Description != "" {
		return errors.New(clip(d.Exception.Description, 300))
	}
	return errors.New(d.Text)
}

func (r *recorder) mainFrame() cdp.FrameID {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.frame
}
