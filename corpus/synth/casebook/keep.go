package casebook

import (
	"bytes"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
)

// neighbour is what an archive has that never saw the claim's page.
const neighbour = "http://www.neighbour.example:" + Port + "/"

// warc writes the archive of a plan: what the servers answered at each visit, as a
// crawler without a browser keeps it. A part is kept again when it is another than
// before, as archives that find duplicates do.
func (p *plan) warc(seed uint64) ([]byte, error) {
	var pages []*capture.Capture
	kept := map[string]string{}
	for _, v := range p.visits {
		s := state{place: p.page, look: v.Look, at: v.At, visit: asArchive, variant: p.variant, seed: seed}
		doc, err := s.document()
		if err != nil {
			return nil, err
		}
		c := crawled(s.URL(), v.At)
		c.Requests = append(c.Requests, exchange(s.URL(), answer{http.StatusOK, kindOf(doc), doc}, v.At))
		parts, err := s.parts()
		if err != nil {
			return nil, err
		}
		for i, name := range slices.Sorted(maps.Keys(parts)) {
			a := parts[name]
			if kept[name] == string(a.body) && len(a.body) > 0 {
				continue
			}
			kept[name] = string(a.body)
			url := place{host: p.page.host, path: name}.URL()
			c.Requests = append(c.Requests, exchange(url, a, v.At.Add(time.Duration(1+i/4)*time.Second)))
		}
		pages = append(pages, c)
	}
	if len(pages) == 0 {
		at := p.now.Add(-100 * day)
		c := crawled(neighbour, at)
		c.Requests = []capture.Exchange{exchange(neighbour, answer{http.StatusOK, "text/html; charset=utf-8",
			[]byte("<!doctype html><title>Neighbour</title><p>Nothing ever happens here.</p>")}, at)}
		pages = append(pages, c)
	}
	var b bytes.Buffer
	err := archive.WriteWARC(&b, pages, archive.Info{Operator: "a corpus of made claims"})
	return b.Bytes(), err
}

func crawled(url string, at time.Time) *capture.Capture {
	return &capture.Capture{URL: url, FinalURL: url, SeenAt: at, TakenAt: at, Validity: capture.OK, Status: http.StatusOK,
		Browser: "a crawler that does not render"}
}

func exchange(url string, a answer, at time.Time) capture.Exchange {
	return capture.Exchange{URL: url, Method: http.MethodGet, Status: a.status, Started: at, Bytes: int64(len(a.body)), Body: a.body,
		Header: map[string]string{"Content-Type": a.kind, "Server": "nginx", "Date": at.UTC().Format(http.TimeFormat)}}
}
