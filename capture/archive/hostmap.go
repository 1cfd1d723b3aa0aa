package archive

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

// HostLister is an Archive that can be asked once for all pages of a host: many claims
// of one host then cost one look-up of the few that archives allow.
type HostLister interface {
	Archive
	// HostMap lists the captures of everything at host, as host or host:port. No
	// captures is an empty HostMap that is whole. Errors are those of TimeMap.
	HostMap(ctx context.Context, host string) (*HostMap, error)
}

// HostMap is what an archive has of a host. It can be kept as JSON.
type HostMap struct {
	Archive string     `json:"archive"` // Name of the archive
	Host    string     `json:"host"`
	Whole   bool       `json:"whole"`  // false: the list was cut and tells what there is, but not what there is not
	Obeyed  bool       `json:"obeyed"` // the archive is known to list hosts; one that passes the question over lists the front page alone
	Rows    []HostLine `json:"rows"`

	once  sync.Once
	byKey map[string][]int // rows, by our Key
	filed map[string][]int // by the archive's
	bare  map[string]bool
	odd   bool // a row is of no web address, so that it may be of any page
}

// HostLine is one capture, with the archive's own key of what was captured.
type HostLine struct {
	capture.Memento
	Key string `json:"key"`
}

// hostRows bounds a host's list: some 10 MB of JSON. A host with more is asked for
// by address.
const hostRows = pageRows

// HostMap implements HostLister with matchType=host.
func (w *wayback) HostMap(ctx context.Context, host string) (*HostMap, error) {
	list := &HostMap{Archive: w.Name(), Host: host, Whole: true, Obeyed: w.Name() == WaybackMachine}
	rows, next, err := w.rows(ctx, listing{url: host, wholeHost: true, limit: hostRows})
	if errors.Is(err, capture.ErrNotArchived) {
		return list, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list captures of host %s at %s: %w", host, w.Name(), err)
	}
	list.Whole = next == "" && len(rows) < hostRows
	front := bareKey("http://" + host + "/")
	for _, r := range rows {
		list.Obeyed = list.Obeyed || bareKey(r.original) != front && bareKey(r.original) != ""
		m, err := r.memento(r.original)
		if err != nil {
			continue // TimeMap counts these
		}
		m.Archive = w.Name()
		m.URIM = w.layout().replay + r.timestamp + "/" + m.URL
		list.Rows = append(list.Rows, HostLine{m, r.key})
	}
	return list, nil
}

// TimeMap is what Archive.TimeMap would give for url, a page of the host; ok is false
// where the list cannot tell and the archive must be asked: when it was cut, or has
// something so like url that the archive may take it for the same. It is safe for
// concurrent use.
func (h *HostMap) TimeMap(url string, from, to time.Time) (tm capture.TimeMap, ok bool) {
	if !h.Whole {
		return nil, false
	}
	url = asked(url)
	h.once.Do(h.index)
	same := slices.Clone(h.byKey[Key(url)])
	if len(same) == 0 {
		return nil, h.Obeyed && !h.odd && !h.bare[bareKey(url)]
	}
	for _, key := range h.filedUnder(same) {
		same = append(same, h.filed[key]...)
	}
	for _, i := range same {
		if m := h.Rows[i].Memento; within(m.At, from, to) {
			if !sameHost(m.URL, url) {
				m.URL = url
			}
			tm = append(tm, m)
		}
	}
	return inOrder(tm), true
}

// filedUnder gives the archive's keys of rows.
func (h *HostMap) filedUnder(rows []int) (keys []string) {
	for _, i := range rows {
		if key := h.Rows[i].Key; key != "" && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

func (h *HostMap) index() {
	h.byKey, h.filed, h.bare = map[string][]int{}, map[string][]int{}, map[string]bool{}
	for i, l := range h.Rows {
		bare := bareKey(l.URL)
		h.byKey[Key(l.URL)] = append(h.byKey[Key(l.URL)], i)
		h.filed[l.Key] = append(h.filed[l.Key], i)
		h.bare[bare] = true
		h.odd = h.odd || bare == ""
	}
}

// bareKey is alike for any two addresses that an archive may file as one: without
// query, case, "www." and the slash at the end. It is "" for what is no web address.
func bareKey(rawURL string) string {
	u, err := parseURL(rawURL)
	if err != nil || !isHTTP(u) {
		return ""
	}
	path, _, _ := strings.Cut(strings.ToLower(tidyEscapes(u.Pathname())), ";") // ;jsessionid=...
	return withoutWWW(u.Host()) + strings.TrimRight(path, "/")
}

// withoutWWW takes off what archives do: www. and www2. and their like.
func withoutWWW(host string) string {
	first, rest, _ := strings.Cut(host, ".")
	if digits, ok := strings.CutPrefix(first, "www"); ok && strings.Trim(digits, "0123456789") == "" && rest != "" {
		return rest
	}
	return host
}
