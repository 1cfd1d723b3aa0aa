package browser

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"github.com/defacecheck/defacecheck/capture"
)

//go:embed read.js
var readScript string

const (
	maxNodes = 300_000 // elements and texts looked at; 10 times an ordinary long page
	maxText  = 4 << 20 // UTF-16 units of visible text
)

// read takes the document's words, pictures and source off the frozen page.
func (v *visit) read(ctx context.Context, c *capture.Capture) error {
	b := v.cfg.Budgets
	limits := fmt.Sprintf(`{texts: %d, pictures: %d, html: %d, nodes: %d, bytes: %d}`,
		b.Texts, b.Pictures, b.HTML, maxNodes, maxText)
	var got struct {
		Title    string            `json:"title"`
		HTML     string            `json:"html"`
		Texts    []capture.TextBox `json:"texts"`
		Pictures []capture.Box     `json:"pictures"`
		Controls []capture.Box     `json:"controls"`
		Moving   []capture.Box     `json:"moving"`
		Ground   bool              `json:"ground"`
	}
	if err := v.evaluate(ctx, strings.Replace(readScript, "/*LIMITS*/", limits, 1), false, &got); err != nil {
		return err
	}
	c.Title, c.Text, c.StandingGround = got.Title, got.Texts, got.Ground
	c.Pictures, c.Controls, c.Moving = got.Pictures, got.Controls, got.Moving
	c.HTML = []byte(clip(got.HTML, b.HTML))
	return nil
}
