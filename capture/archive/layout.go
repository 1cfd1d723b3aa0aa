package archive

import (
	"net/url"
	"strconv"
	"strings"
	"time"
)

// layout is where a Wayback-like archive has its two services.
type layout struct {
	cdx    string // CDX server
	replay string // prefix of TIMESTAMPid_/URL
	plain  bool   // pywb's CDX server: it knows neither fl nor resume keys
}

// layouts lists what is tried for a base, in order: the Wayback Machine's
// BASE/cdx/search/cdx and BASE/web/, the same with "/web" already in BASE, and
// a pywb or OutbackCDX collection's BASE/cdx and BASE/.
func layouts(base string) []layout {
	root := strings.TrimSuffix(base, "/web")
	return []layout{
		{cdx: root + "/cdx/search/cdx", replay: root + "/web/"},
		{cdx: base + "/cdx", replay: base + "/", plain: true},
	}
}

// question is the URL of a CDX request.
func (l layout) question(target string, from, to time.Time, limit int, resume string) string {
	q := url.Values{"url": {target}, "output": {"json"}, "limit": {strconv.Itoa(limit)}}
	if !from.IsZero() {
		q.Set("from", Timestamp(from))
	}
	if !to.IsZero() {
		q.Set("to", Timestamp(to))
	}
	if !l.plain {
		q.Set("fl", strings.Join(cdxFields, ","))
		q.Set("showResumeKey", "true")
	}
	if resume != "" {
		q.Set("resumeKey", resume)
	}
	return l.cdx + "?" + q.Encode()
}
