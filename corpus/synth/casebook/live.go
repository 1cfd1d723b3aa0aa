package casebook

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
)

// writeLive writes what the site serves when the claim is judged: its page, and what
// belongs to a defacement, with the claim; the rest with the site.
func (m *maker) writeLive(w *writer, p *plan, c *Claim) error {
	if p.live == gone {
		c.Live.Gone = true
		return nil
	}
	s := state{place: p.page, look: p.live, at: p.now, visit: asJudge, variant: p.variant, seed: m.o.Seed}
	doc, err := s.document()
	if err != nil {
		return err
	}
	c.Live.Pages = map[string]string{p.page.path: livePage}
	w.write(livePage, doc)
	if c.Live.Turns, err = turns(w, s, doc); err != nil {
		return err
	}
	parts, err := s.parts()
	if err != nil {
		return err
	}
	if p.live == full {
		for name, a := range parts {
			file := "live/files" + name
			c.Live.Pages[name] = file
			w.write(file, a.body)
		}
		return nil
	}
	c.Live.Site = sitesDir + "/" + p.page.site.Name
	for name, a := range parts {
		if a.status != http.StatusOK {
			continue
		}
		if err := m.keepSiteFile(filepath.Join(m.o.Out, filepath.FromSlash(c.Live.Site+name)), a.body); err != nil {
			return err
		}
	}
	return nil
}

const (
	livePage = "live/page.html"
	// visits is how many looks at a page are told apart, where it is another at every
	// visit. A judge takes a dozen; the same comes again, as adverts do.
	visits = 5
)

// turns writes what further visitors find where that is something else than doc, which
// the first does; none where it is the same.
func turns(w *writer, s state, doc []byte) ([]string, error) {
	all := []string{livePage}
	for i := 1; i < visits; i++ {
		s.visit = asJudge + i
		next, err := s.document()
		if err != nil {
			return nil, err
		}
		if bytes.Equal(next, doc) {
			return nil, nil
		}
		name := fmt.Sprintf("live/page-%d.html", i+1)
		w.write(name, next)
		all = append(all, name)
	}
	return all, nil
}

// keepSiteFile writes a file that many claims share.
func (m *maker) keepSiteFile(name string, body []byte) error {
	if _, err := os.Stat(name); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return m.putInPlace(name, body)
}
