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

// listing is what a CDX request asks for.
type listing struct {
	url       string // or, for a whole host, host or host:port
	wholeHost bool
	from, to  time.Time // zero is no bound
	limit     int       // rows
	resume    string    // key of the row to go on from
}

// question is the URL of a CDX request.
func (l layout) question(ask listing) string {
	q := url.Values{"url": {ask.url}, "output": {"json"}, "limit": {strconv.Itoa(ask.limit)}}
	fields := cdxFields
	if ask.wholeHost {
		q.Set("matchType", "host")
		fields = hostFields
	}
	if !ask.from.IsZero() {
		q.Set("from", Timestamp(ask.from))
	}
	if !ask.to.IsZero() {
		q.Set("to", Timestamp(ask.to))
	}
	if !l.plain {
		q.Set("fl", strings.Join(fields, ","))
		q.Set("showResumeKey", "true")
	}
	if ask.resume != "" {
		q.Set("resumeKey", ask.resume)
	}
	return l.cdx + "?" + q.Encode()
}
