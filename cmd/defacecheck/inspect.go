package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/verify/metadata"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/report"
)

// inspectSchema names the shape of what "inspect --json" prints.
const inspectSchema = "defacecheck/inspect/1"

func (p *program) inspectCommand() *cli.Command {
	return &cli.Command{
		Name: "inspect", Usage: "tell what a picture file says of itself, offline",
		ArgsUsage: "IMAGE", HideHelpCommand: true,
		Description: "Everything a file says of itself can be written by anybody. What it does not\n" +
			"say means nothing: messengers and web sites remove such marks.",
		Flags:  append([]cli.Flag{jsonFlag()}, commonFlags()...),
		Action: p.inspect, OnUsageError: asUsage,
	}
}

// inspection is what a file says of itself, and what of it stands out.
type inspection struct {
	Schema   string          `json:"schema"`
	Image    string          `json:"image"`
	SHA256   string          `json:"sha256"`
	Facts    *metadata.Facts `json:"facts"`
	Findings []remark        `json:"findings"`
}

type remark struct {
	Key      string `json:"key"`
	Sentence string `json:"sentence"`
}

func (p *program) inspect(c *cli.Context) error {
	image, err := oneArgument(c, "IMAGE")
	if err != nil {
		return err
	}
	data, err := p.readPicture(image)
	if err != nil {
		return err
	}
	ctx, cancel, err := deadline(c)
	if err != nil {
		return err
	}
	defer cancel()
	facts, err := metadata.Read(ctx, data)
	if err != nil {
		return late(ctx, fmt.Errorf("inspect %s: %w", filepath.Base(image), err))
	}
	if len(facts.Thumbnails) > 0 {
		// A picture that cannot be decoded still has metadata to show.
		if whole, err := picture.Read(ctx, data); err == nil {
			if err := facts.CompareThumbnails(ctx, whole); err != nil {
				return late(ctx, fmt.Errorf("inspect %s: %w", filepath.Base(image), err))
			}
		}
	}
	sum := sha256.Sum256(data)
	seen := inspection{Schema: inspectSchema, Image: filepath.Base(image), SHA256: hex.EncodeToString(sum[:]),
		Facts: facts, Findings: []remark{}}
	for _, f := range metadata.Findings(facts, metadata.About{ReadAt: p.now(), Name: seen.Image}) {
		seen.Findings = append(seen.Findings, remark{f.Key, f.Sentence})
	}
	if !c.Bool("json") {
		return p.printInspection(seen)
	}
	doc, err := document(seen)
	if err != nil {
		return err
	}
	_, err = p.stdout.Write(doc)
	return err
}

// printInspection prints one line a statement, every word of the file's own
// made harmless.
func (p *program) printInspection(s inspection) error {
	f := s.Facts
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	line := func(label, format string, args ...any) {
		fmt.Fprintf(w, "%s\t%s\n", report.Safe(label), report.Safe(fmt.Sprintf(format, args...)))
	}
	line("file", "%s", s.Image)
	line("SHA-256", "%s", s.SHA256)
	line("format", "%s, %d x %d pixels, %d bytes", f.Format, f.Width, f.Height, f.Bytes)
	if f.Frames > 1 {
		line("frames", "%d; only the first is ever judged", f.Frames)
	}
	structureLines(line, f)
	for _, t := range f.Tags {
		line(string(t.Source)+" "+t.Name, "%s", t.Value)
	}
	for _, t := range f.Times {
		line("time "+string(t.Kind), "%s (%s %s)", t.Text, t.Source, t.Name)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	p.printRemarks("What stands out", s.Findings)
	var notes []remark
	for _, n := range f.Notes {
		notes = append(notes, remark{Sentence: n})
	}
	p.printRemarks("What could not be read", notes)
	return nil
}

// structureLines tell how the file is built.
func structureLines(line func(string, string, ...any), f *metadata.Facts) {
	if f.PNG != nil {
		var names []string
		for _, c := range f.PNG.Chunks {
			names = append(names, c.Name)
		}
		line("PNG chunks", "%s", strings.Join(names, " "))
	}
	if f.JPEG != nil {
		line("JPEG segments", "%s", strings.Join(f.JPEG.Segments, " "))
		quality := ""
		if f.JPEG.Quality > 0 {
			quality = fmt.Sprintf(", quality %d", f.JPEG.Quality)
		}
		line("JPEG tables", "%s%s, subsampling %s", f.JPEG.Tables, quality, f.JPEG.Subsampling)
	}
	if f.WebP != nil {
		line("WebP chunks", "%s", strings.Join(f.WebP.Chunks, " "))
	}
	if f.GIF != nil {
		line("GIF", "%s, extensions: %s", f.GIF.Version, strings.Join(f.GIF.Applications, " "))
	}
	for _, t := range f.Thumbnails {
		line("thumbnail", "%d x %d pixels, %d bytes, in %s", t.Width, t.Height, t.Bytes, t.Source)
	}
	if c := f.C2PA; c != nil {
		line("C2PA", "manifest by %s; actions: %s", c.Generator, strings.Join(c.Actions, " "))
		line("C2PA digests", "over the file %s, over its statements %s, signature %s", c.Binding, c.Statements, c.Signature)
	}
	if e := f.Encoder; e != nil {
		line("built like", "%s (%s, %s: %s)", e.Writer, e.Basis, e.Date, e.Source)
	}
	if f.Trailing > 0 {
		like := ""
		if f.TrailingLike != "" {
			like = ", like a file of the kind " + f.TrailingLike
		}
		line("trailing", "%d bytes after the picture's end%s", f.Trailing, like)
	}
}

func (p *program) printRemarks(title string, all []remark) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(p.stdout, "\n%s\n", title)
	for _, r := range all {
		fmt.Fprintf(p.stdout, "  - %s\n", report.Safe(r.Sentence))
	}
}
