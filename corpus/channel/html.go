package channel

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"

	"github.com/defacecheck/defacecheck/verify/report"
)

//go:embed templates/channel.html.tmpl
var templates embed.FS

// What the page shows of long lists; claims.csv and sites.csv have all.
const (
	MaxClaims   = 200
	MaxClusters = 25
	MaxSites    = 40
	MaxMonths   = 120
	maxReasons  = 10
	maxInline   = 12 // sites named in a cluster
)

// View is what the page needs beside the figures.
type View struct {
	Pictures Pictures                  // nil shows none
	Link     func(claim string) string // relative address of a claim's own report, "" where there is none; nil has none
	Step     func(done, all int)       // after each picture; nil tells nobody
}

// HTML writes the record as one page without scripts, whose content security policy lets
// nothing be loaded. Nothing is written when it fails.
func (s *Study) HTML(ctx context.Context, w io.Writer, v View) error {
	p, err := s.page(ctx, v)
	if err != nil {
		return fmt.Errorf("make page: %w", err)
	}
	t, err := template.ParseFS(templates, "templates/channel.html.tmpl")
	if err != nil {
		return fmt.Errorf("make page: %w", err)
	}
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, "channel.html.tmpl", p); err != nil {
		return fmt.Errorf("make page: %w", err)
	}
	if _, err := w.Write(out.Bytes()); err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	return nil
}

// printed is a copy of what the page shows in which every string is harmless.
type printed struct {
	Study
	Listed []Claim
}

func (s *Study) printed(listed []Claim) (*printed, error) {
	short := printed{Study: *s, Listed: listed}
	short.Clusters = short.Clusters[:min(len(short.Clusters), MaxClusters)]
	short.Sites = short.Sites[:min(len(short.Sites), MaxSites)]
	short.SetAside = short.SetAside[:min(len(short.SetAside), maxReasons)]
	short.Months = short.Months[max(0, len(short.Months)-MaxMonths):]
	text, err := json.Marshal(short)
	if err != nil {
		return nil, err
	}
	c := &printed{}
	if err := json.Unmarshal(text, c); err != nil {
		return nil, err
	}
	report.MakeSafe(c)
	return c, nil
}
