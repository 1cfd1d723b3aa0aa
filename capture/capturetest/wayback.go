package capturetest

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

const stampLayout = "20060102150405"

// WaybackQuirks are habits of the Wayback Machine's servers. The zero value
// has none.
type WaybackQuirks struct {
	Gzip         bool // CDX answers are compressed
	PageRows     int  // most rows of one CDX answer; 0 is as asked
	NoHeaderRow  bool // rows without column names
	Revisits     bool // a payload seen before is warc/revisit with "-" as status
	ZeroMonth    bool // "00" pushed in where the month belongs, for times without seconds
	Duplicates   bool // every row twice
	Malformed    bool // originals that are no URL
	BadTimes     bool // one more row whose timestamp is no date
	GzipRecords  bool // records are served as they were: compressed
	PlainHeaders bool // archived fields are not labelled X-Archive-Orig-

	Busy       int    // so many requests are answered by 429 first
	RetryAfter string // with this Retry-After; "" is none
	Failing    int    // so many requests are answered by 503 first
	Excluded   string // every request is refused with this exception's name
	Elsewhere  string // records redirect to this base instead of being given
	NoDatetime bool   // records come without Memento-Datetime
	NoHosts    bool   // matchType is passed over: a host's list is that of its front page
}

// Wayback is an archive with a CDX server at /cdx/search/cdx and raw replay at
// /web/TIMESTAMPid_/URL, on loopback.
type Wayback struct {
	*server
	shelf shelf

	mu       sync.Mutex
	quirks   WaybackQuirks
	requests []string
}

// NewWayback starts an archive of records at a free port. Close it.
func NewWayback(records []capture.Record, quirks WaybackQuirks) (*Wayback, error) {
	w := &Wayback{shelf: newShelf(records), quirks: quirks}
	var err error
	w.server, err = listen("", w, nil)
	return w, err
}

// Base is the base URL of the archive.
func (w *Wayback) Base() string { return "http://" + w.addr.String() }

// Requests lists what was asked for since the start, as request URIs.
func (w *Wayback) Requests() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string(nil), w.requests...)
}

// ServeHTTP answers as the quirks say.
func (w *Wayback) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	q, trouble := w.turn(r)
	switch {
	case trouble != 0:
		if q.RetryAfter != "" {
			rw.Header().Set("Retry-After", q.RetryAfter)
		}
		http.Error(rw, http.StatusText(trouble), trouble)
	case q.Excluded != "":
		rw.WriteHeader(http.StatusForbidden)
		_, _ = io.WriteString(rw, "org.archive.util.io.RuntimeIOException: org.archive.wayback.exception."+q.Excluded+": Blocked Site Error\n")
	case r.URL.Path == "/cdx/search/cdx":
		w.cdx(rw, r, q)
	case strings.HasPrefix(r.URL.Path, "/web/"):
		w.replay(rw, r, q)
	default:
		http.NotFound(rw, r)
	}
}

// turn notes a request and counts down the troubles.
func (w *Wayback) turn(r *http.Request) (q WaybackQuirks, trouble int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.requests = append(w.requests, r.URL.RequestURI())
	q = w.quirks
	switch {
	case q.Busy > 0:
		w.quirks.Busy--
		return q, http.StatusTooManyRequests
	case q.Failing > 0:
		w.quirks.Failing--
		return q, http.StatusServiceUnavailable
	}
	return q, 0
}

func (w *Wayback) cdx(rw http.ResponseWriter, r *http.Request, q WaybackQuirks) {
	rows := w.rows(r.URL.Query(), q)
	limit, _ := strconv.Atoi(r.URL.Query().Get("limit"))
	if q.PageRows > 0 && (limit == 0 || limit > q.PageRows) {
		limit = q.PageRows
	}
	start, _ := strconv.Atoi(strings.TrimPrefix(r.URL.Query().Get("resumeKey"), "key "))
	start = min(max(start, 0), len(rows))
	end := len(rows)
	if limit > 0 {
		end = min(start+limit, len(rows))
	}
	out := [][]string{}
	if start < end && !q.NoHeaderRow {
		out = append(out, []string{"timestamp", "original", "mimetype", "statuscode", "digest", "urlkey"})
	}
	out = append(out, rows[start:end]...)
	if end < len(rows) && r.URL.Query().Get("showResumeKey") == "true" {
		out = append(out, []string{}, []string{"key " + strconv.Itoa(end)})
	}
	body, err := json.Marshal(out)
	if err != nil {
		http.Error(rw, err.Error(), http.StatusInternalServerError)
		return
	}
	body = append(body, '\n')
	if q.Gzip {
		rw.Header().Set("Content-Encoding", "gzip")
		body = gzipped(body)
	}
	_, _ = rw.Write(body)
}

// rows makes the CDX rows of a question.
func (w *Wayback) rows(v url.Values, q WaybackQuirks) [][]string {
	out := [][]string{}
	seen := map[string]bool{}
	records := w.shelf.of(v.Get("url"))
	if v.Get("matchType") == "host" {
		if records = w.shelf.at(v.Get("url")); q.NoHosts {
			records = w.shelf.of("http://" + v.Get("url") + "/")
		}
	}
	for _, r := range records {
		stamp := r.At.Format(stampLayout)
		if from := v.Get("from"); from != "" && stamp < from {
			continue
		}
		if to := v.Get("to"); to != "" && stamp > to {
			continue
		}
		row := []string{stamp, r.URL, mediaType(r), strconv.Itoa(r.Status), Digest(r.Body), urlKey(r.URL)}
		if q.Revisits && seen[row[4]] {
			row[2], row[3] = "warc/revisit", "-"
		}
		seen[row[4]] = true
		if q.ZeroMonth && strings.HasSuffix(stamp, "00") {
			row[0] = stamp[:4] + "00" + stamp[4:12]
		}
		if q.Malformed {
			row[1] = "http://http%3A//" + strings.TrimPrefix(r.URL, "http://")
		}
		out = append(out, row)
		if q.Duplicates {
			out = append(out, row)
		}
	}
	if q.BadTimes {
		out = append(out, []string{"20209999999999", v.Get("url"), "text/html", "200", "-", urlKey(v.Get("url"))})
	}
	return out
}

func mediaType(r capture.Record) string {
	t, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	return t
}

var replayPath = regexp.MustCompile(`^/web/(\d{1,14})(?:[a-z]{2}_)?/(.*)$`)

func (w *Wayback) replay(rw http.ResponseWriter, r *http.Request, q WaybackQuirks) {
	m := replayPath.FindStringSubmatch(r.URL.RequestURI())
	if m == nil {
		http.NotFound(rw, r)
		return
	}
	at, err := time.Parse(stampLayout, m[1])
	if err != nil {
		http.Error(rw, "bad timestamp", http.StatusBadRequest)
		return
	}
	rec, ok := w.shelf.nearest(m[2], at)
	switch stamp := rec.At.Format(stampLayout); {
	case !ok:
		http.Error(rw, "The Wayback Machine has not archived that URL.", http.StatusNotFound)
	case q.Elsewhere != "":
		http.Redirect(rw, r, q.Elsewhere+"/web/"+stamp+"id_/"+rec.URL, http.StatusFound)
	case stamp != m[1]:
		rw.Header().Set("X-Archive-Redirect-Reason", "found capture at "+stamp)
		rw.Header().Set("Location", w.Base()+"/web/"+stamp+"id_/"+rec.URL)
		rw.WriteHeader(http.StatusFound)
	default:
		w.give(rw, rec, q)
	}
}

// give writes an archived answer as raw replay does.
func (w *Wayback) give(rw http.ResponseWriter, rec capture.Record, q WaybackQuirks) {
	h := rw.Header()
	for name, values := range rec.Header {
		if q.PlainHeaders || name == "Content-Type" {
			h[name] = values
		}
		if !q.PlainHeaders {
			h["X-Archive-Orig-"+name] = values
		}
	}
	if loc := rec.Header.Get("Location"); loc != "" {
		h.Set("Location", w.Base()+"/web/"+rec.At.Format(stampLayout)+"id_/"+loc)
	}
	if !q.NoDatetime {
		h.Set("Memento-Datetime", rec.At.UTC().Format(http.TimeFormat))
	}
	h.Set("Link", fmt.Sprintf(`<%s>; rel="original"`, rec.URL))
	h.Set("X-Archive-Src", "test.warc.gz")
	body := rec.Body
	if q.GzipRecords && len(body) > 0 {
		h.Set("Content-Encoding", "gzip")
		body = gzipped(body)
	}
	rw.WriteHeader(rec.Status)
	_, _ = rw.Write(body)
}

func gzipped(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(b) // a bytes.Buffer does not fail
	_ = z.Close()
	return out.Bytes()
}
