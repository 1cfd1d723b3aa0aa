// Package defacement makes the pages that those who break into a site put there.
//
// Families are designs: two pages of a family share their look, two of different
// families do not. Own lists the project's own, with texts and drawings made for it
// by a group that does not exist, and drawn anew for each variant: name, words and
// colours. Folder reads further ones, one a sub-folder, each with an index.html (or
// one in html/), whose variants are the files index.html alone; they are a stranger's
// pages, so scripts are taken out of them and whatever they would load from elsewhere
// (package site).
//
// A page is whole (Page), or a part of the site's own page is replaced (Block, put in
// by Into), as when only a template or a piece of news was taken over.
package defacement

import (
	"fmt"
	"html"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"github.com/defacecheck/defacecheck/corpus/synth/drift"
	"github.com/defacecheck/defacecheck/corpus/synth/site"
)

// Family is one design.
type Family struct {
	Name   string
	layout string     // of an own one
	files  *site.Site // of one that was read
}

// Variant is one page of a family.
type Variant struct {
	Family *Family
	Draw   uint64
}

// Own lists the families of this package.
func Own() []*Family {
	var out []*Family
	for _, d := range designs {
		out = append(out, &Family{Name: "own-" + d.name, layout: d.page})
	}
	return out
}

// Folder reads families from the sub-folders of dir, in the order of their names.
// Errors are those of package site.
func Folder(dir string) ([]*Family, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("read defacements: %w", err)
	}
	var out []*Family
	for _, e := range entries {
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		root := filepath.Join(dir, e.Name())
		if _, err := os.Stat(filepath.Join(root, "index.html")); err != nil {
			root = filepath.Join(root, "html")
		}
		s, err := site.Open(root, e.Name(), site.Limits{Pages: 1})
		if err != nil {
			return nil, fmt.Errorf("read defacement %s: %w", e.Name(), err)
		}
		out = append(out, &Family{Name: "dir-" + s.Name, files: s})
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("read defacements: %s: no family in it", dir)
	}
	return out, nil
}

// Text is a document by which families are told apart: of an own one its layout, in
// which what all families say in common is left open.
func (f *Family) Text() ([]byte, error) {
	if f.files == nil {
		return []byte(f.layout), nil
	}
	return Variant{Family: f}.Page()
}

// Page is the whole page that replaces a site's.
func (v Variant) Page() ([]byte, error) {
	if v.Family.files != nil {
		doc, _, err := v.Family.files.Read("index.html")
		return site.Contain(doc, true), err
	}
	return v.words().fill(v.Family.layout), nil
}

// Files are what the page loads, by their paths beside it.
func (v Variant) Files() (map[string][]byte, error) {
	out := map[string][]byte{}
	if v.Family.files == nil {
		return out, nil
	}
	doc, err := v.Page()
	if err != nil {
		return nil, err
	}
	has, _ := v.Family.files.Needs("index.html", doc)
	for _, name := range has {
		if out[name], _, err = v.Family.files.Read(name); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Title is what the page says in its tab.
func (v Variant) Title() string { return "Hacked by " + v.words().who }

// blockMark marks the block, so that a camera can find it.
const blockMark = `data-part="block"`

// BlockSelector finds the block in a page that holds it.
const BlockSelector = "[" + blockMark + "]"

// Block is what stands in a page of the site that was only partly replaced.
func (v Variant) Block() string {
	w := v.words()
	return fmt.Sprintf(`<div %s style="box-sizing:border-box;width:100%%;padding:26px 30px;background:%s;color:%s;border:3px solid %s;font:17px/1.5 %s;text-align:center">`+
		`<div style="font-size:34px;line-height:1.25;font-weight:bold;color:%s">%s</div><div>%s</div><div style="margin-top:12px;font-size:14px">%s</div></div>`,
		blockMark, w.ground, w.ink, w.accent, w.font, w.accent, html.EscapeString(w.shout+" "+w.who), html.EscapeString(w.text), html.EscapeString(w.greets))
}

// Into puts the block before the first paragraph of a page and the shout into its
// title.
func (v Variant) Into(doc []byte) []byte {
	at := drift.First(doc)
	out := string(doc[:at]) + v.Block() + string(doc[at:])
	if i, j := strings.Index(out, "<title>"), strings.Index(out, "</title>"); i >= 0 && j > i {
		out = out[:i+len("<title>")] + html.EscapeString(v.Title()) + out[j:]
	}
	return []byte(out)
}

// words is what a variant says, and in which colours.
type words struct {
	who, shout, text, greets, ink, ground, accent, font string
	turn                                                int
}

func (v Variant) words() words {
	r := rand.New(rand.NewPCG(v.Draw, 7))
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	c := palettes[r.IntN(len(palettes))]
	return words{
		who:    pick("Paper Kite", "Tin Lantern", "Grey Heron", "Salt Moth", "Night Ferry", "Loose Anchor") + " " + pick("Crew", "Team", "Division", "Brigade", "Club"),
		shout:  pick("HACKED BY", "OWNED BY", "Defaced by", "Pwned by", "Seized by"),
		text:   pick("Your server was open for eleven days.", "We came through the back door that you left ajar.", "Nothing was deleted. Everything was read.", "This is a warning and not a greeting.") + " " + pick("Patch it, and think about what you publish.", "Tell your admin to wake up.", "Next time we take the backups with us.", "The key was under the mat."),
		greets: pick("Greetings to all who stay up late", "We are few, we are awake", "See you at the next door", "No system is ever finished") + " - " + pick("2025", "2026", "season four", "since forever"),
		ink:    c[0], ground: c[1], accent: c[2],
		font: pick("'DejaVu Sans Mono',monospace", "'Liberation Sans',Arial,sans-serif", "'DejaVu Serif',serif", "'DejaVu Sans',sans-serif"),
		turn: r.IntN(360),
	}
}

// palettes are ink, ground and accent.
var palettes = [...][3]string{
	{"#33ff66", "#000000", "#ff2d2d"}, {"#e8e8f0", "#12122b", "#c77dff"}, {"#1c1c1c", "#ffffff", "#b00000"},
	{"#ffd84a", "#141414", "#e33333"}, {"#dff6ff", "#06283d", "#47b5ff"}, {"#fff1e0", "#3b0a0a", "#ff8c42"},
}

func (w words) fill(layout string) []byte {
	e := html.EscapeString
	return []byte(strings.NewReplacer("{who}", e(w.who), "{shout}", e(w.shout), "{text}", e(w.text), "{greets}", e(w.greets),
		"{ink}", w.ink, "{ground}", w.ground, "{accent}", w.accent, "{font}", w.font, "{turn}", fmt.Sprint(w.turn)).Replace(head + layout))
}
