package capturetest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

// MementoStyle says how an archive speaks RFC 7089. The zero value redirects
// from /timegate/URL to mementos of the Wayback kind, with TimeMaps in link
// format.
type MementoStyle struct {
	Negotiate200 bool // the TimeGate gives the memento itself, with Content-Location
	GateAtRoot   bool // the TimeGate is /URL, not /timegate/URL
	JSONOnly     bool // TimeMaps as JSON only
	PageLinks    int  // most mementos of one TimeMap document; 0 is all
	Opaque       bool // addresses of mementos do not show URL and time
	Excluded     bool // every request is refused by the owner's wish
}

// Memento is an archive with TimeMaps and a TimeGate on loopback.
type Memento struct {
	*server
	shelf shelf
	style MementoStyle

	mu       sync.Mutex
	requests []string
}

// NewMemento starts an archive of records at a free port. Close it.
func NewMemento(records []capture.Record, style MementoStyle) (*Memento, error) {
	m := &Memento{shelf: newShelf(records), style: style}
	var err error
	m.server, err = listen("", m, nil)
	return m, err
}

// Base is the base URL of the archive.
func (m *Memento) Base() string { return "http://" + m.addr.String() }

// Requests lists what was asked for since the start, as request URIs.
func (m *Memento) Requests() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]string(nil), m.requests...)
}

// Banner is what replay adds to pages that are not asked for raw.
const Banner = "<!-- replayed -->"

// ServeHTTP answers as the style says.
func (m *Memento) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.mu.Lock()
	m.requests = append(m.requests, r.URL.RequestURI())
	m.mu.Unlock()
	uri := r.URL.RequestURI()
	target := func(prefix string) string { return strings.TrimPrefix(uri, prefix) }
	switch {
	case m.style.Excluded:
		http.Error(w, "AdministrativeAccessControlException", http.StatusForbidden)
	case strings.HasPrefix(uri, "/timemap/link/") && !m.style.JSONOnly:
		m.linkMap(w, target("/timemap/link/"))
	case strings.HasPrefix(uri, "/timemap/json/"):
		m.jsonMap(w, target("/timemap/json/"))
	case strings.HasPrefix(uri, "/timegate/") && !m.style.GateAtRoot:
		m.gate(w, r, target("/timegate/"))
	case strings.HasPrefix(uri, "/http") && m.style.GateAtRoot:
		m.gate(w, r, target("/"))
	case strings.HasPrefix(uri, "/web/"), strings.HasPrefix(uri, "/m/"):
		m.replay(w, uri)
	default:
		http.NotFound(w, r)
	}
}

// page cuts "N/URL" of a further TimeMap document apart.
func (m *Memento) page(target string) (url string, records []capture.Record, next int) {
	start := 0
	if n, rest, ok := strings.Cut(target, "/"); ok {
		if i, err := strconv.Atoi(n); err == nil {
			start, target = i, rest
		}
	}
	all := m.shelf.of(target)
	start = min(start, len(all))
	end := len(all)
	if m.style.PageLinks > 0 {
		end = min(start+m.style.PageLinks, len(all))
	}
	if end < len(all) {
		next = end
	}
	return target, all[start:end], next
}

func (m *Memento) linkMap(w http.ResponseWriter, target string) {
	url, records, next := m.page(target)
	if len(records) == 0 {
		http.Error(w, "no mementos", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/link-format")
	lines := []string{
		fmt.Sprintf(`<%s>; rel="original"`, url),
		fmt.Sprintf(`<%s/timegate/%s>; rel="timegate"`, m.Base(), url),
		fmt.Sprintf(`<%s/timemap/link/%s>; rel="self"; type="application/link-format"`, m.Base(), target),
	}
	if next > 0 {
		lines = append(lines, fmt.Sprintf(`<%s/timemap/link/%d/%s>; rel="timemap"; type="application/link-format"`, m.Base(), next, url))
	}
	for i, r := range records {
		rel := "memento"
		if i == 0 {
			rel = "first memento"
		}
		lines = append(lines, fmt.Sprintf(`<%s>; rel="%s"; datetime="%s"`, m.uriM(r), rel, r.At.UTC().Format(http.TimeFormat)))
	}
	_, _ = fmt.Fprintln(w, strings.Join(lines, ",\n"))
}

func (m *Memento) jsonMap(w http.ResponseWriter, target string) {
	url, records, next := m.page(target)
	if len(records) == 0 {
		http.Error(w, "no mementos", http.StatusNotFound)
		return
	}
	var list []map[string]string
	for _, r := range records {
		list = append(list, map[string]string{"datetime": r.At.UTC().Format(time.RFC3339), "uri": m.uriM(r)})
	}
	doc := map[string]any{"original_uri": url, "mementos": map[string]any{"list": list}}
	if next > 0 {
		doc["timemap_next"] = map[string]string{"uri": fmt.Sprintf("%s/timemap/json/%d/%s", m.Base(), next, url)}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(doc)
}

// uriM is the address of a record.
func (m *Memento) uriM(r capture.Record) string {
	if !m.style.Opaque {
		return m.Base() + "/web/" + r.At.Format(stampLayout) + "/" + r.URL
	}
	for i, x := range m.shelf.records {
		if x.At.Equal(r.At) && x.URL == r.URL {
			return m.Base() + "/m/" + strconv.Itoa(i)
		}
	}
	return ""
}

func (m *Memento) gate(w http.ResponseWriter, r *http.Request, target string) {
	w.Header().Set("Vary", "accept-datetime")
	at, err := http.ParseTime(r.Header.Get("Accept-Datetime"))
	if err != nil {
		http.Error(w, "bad Accept-Datetime", http.StatusBadRequest)
		return
	}
	rec, ok := m.shelf.nearest(target, at)
	switch {
	case !ok:
		http.Error(w, "no mementos", http.StatusNotFound)
	case m.style.Negotiate200:
		w.Header().Set("Content-Location", m.uriM(rec))
		m.give(w, rec, m.style.Opaque)
	default:
		w.Header().Set("Location", m.uriM(rec))
		w.WriteHeader(http.StatusFound)
	}
}

func (m *Memento) replay(w http.ResponseWriter, uri string) {
	if n, err := strconv.Atoi(strings.TrimPrefix(uri, "/m/")); err == nil && n >= 0 && n < len(m.shelf.records) {
		m.give(w, m.shelf.records[n], true)
		return
	}
	parts := replayPath.FindStringSubmatch(uri)
	if parts == nil {
		http.Error(w, "no such memento", http.StatusNotFound)
		return
	}
	at, _ := time.Parse(stampLayout, parts[1])
	rec, ok := m.shelf.nearest(parts[2], at)
	if !ok || !rec.At.Equal(at) {
		http.Error(w, "no such memento", http.StatusNotFound)
		return
	}
	m.give(w, rec, strings.HasPrefix(uri, "/web/"+parts[1]+"id_/"))
}

// give writes a memento; one that is not raw has the banner and rewritten
// addresses, as replay systems give them.
func (m *Memento) give(w http.ResponseWriter, rec capture.Record, raw bool) {
	for name, values := range rec.Header {
		w.Header()[name] = values
	}
	if loc := rec.Header.Get("Location"); loc != "" && !m.style.Opaque {
		w.Header().Set("Location", m.Base()+"/web/"+rec.At.Format(stampLayout)+"id_/"+loc)
	}
	w.Header().Set("Memento-Datetime", rec.At.UTC().Format(http.TimeFormat))
	w.Header().Set("Link", fmt.Sprintf(`<%s>; rel="original", <%s>; rel="memento"; datetime="%s"`,
		rec.URL, m.uriM(rec), rec.At.UTC().Format(http.TimeFormat)))
	w.WriteHeader(rec.Status)
	_, _ = w.Write(rec.Body)
	if !raw {
		_, _ = w.Write([]byte(Banner))
	}
}
