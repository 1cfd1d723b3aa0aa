package capturetest

import (
	"crypto/sha1"
	"encoding/base32"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

// Fixture is what a source must hold for TestSource: a small site over some
// years, with a redirect, an archived error, a picture and a query.
func Fixture() []capture.Record {
	page := func(url, at string, body string) capture.Record {
		return record(url, at, 200, "text/html; charset=utf-8", body)
	}
	redirect := record("http://town.test/old", "2021-03-10T12:00:00Z", 302, "text/html", "")
	redirect.Header.Set("Location", "http://town.test/news")
	return []capture.Record{
		page("http://town.test/", "2020-01-12T08:30:00Z", "<title>Town</title><p>First version</p>"),
		page("http://town.test/", "2021-03-10T12:00:00Z", "<title>Town</title><p>Second version</p>"),
		page("http://town.test/", "2021-03-10T18:00:00Z", "<title>Town</title><p>Second version</p>"),
		page("http://town.test/", "2022-06-01T00:05:00Z", "<title>Town</title><p>Third version, ümlaut</p>"),
		record("http://town.test/style.css", "2020-01-12T08:31:00Z", 200, "text/css", "p { color: #123 }"),
		record("http://town.test/arms.png", "2020-01-12T08:32:00Z", 200, "image/png", "\x89PNG\r\n\x1a\n\x00\x01\x02\xff"),
		redirect,
		page("http://town.test/news", "2021-03-10T12:01:00Z", "<p>News</p>"),
		page("http://town.test/find?a=1&b=2", "2021-03-11T09:00:00Z", "<p>a then b</p>"),
		page("http://town.test/find?b=2&a=1", "2021-03-11T09:10:00Z", "<p>b then a</p>"),
		record("http://town.test/gone", "2022-06-01T00:06:00Z", 404, "text/html", "<p>Not here</p>"),
		record("http://town.test/busy", "2022-06-01T00:07:00Z", 503, "text/html", "<p>Too many visitors</p>"),
	}
}

func record(url, at string, status int, contentType, body string) capture.Record {
	t, err := time.Parse(time.RFC3339, at)
	if err != nil {
		panic(err) // a mistake in this file
	}
	return capture.Record{URL: url, At: t, Status: status, Body: []byte(body),
		Header: http.Header{"Content-Type": {contentType}}}
}

// Digest is the base32 SHA-1 that archives label payloads with.
func Digest(b []byte) string {
	sum := sha1.Sum(b)
	return base32.StdEncoding.EncodeToString(sum[:])
}

// Captures packs records as captures of one exchange each, in the form from
// which WARC files are written: as if a browser had seen them live then.
func Captures(records []capture.Record) []*capture.Capture {
	var out []*capture.Capture
	for _, r := range records {
		header := map[string]string{}
		for name, values := range r.Header {
			header[name] = strings.Join(values, "\n")
		}
		out = append(out, &capture.Capture{
			ID: "fixture", URL: r.URL, Origin: capture.Origin{Kind: capture.Live, Name: "live web"},
			SeenAt: r.At, TakenAt: r.At,
			Requests: []capture.Exchange{{URL: r.URL, Method: "GET", Status: r.Status, Started: r.At,
				Header: header, Body: append([]byte{}, r.Body...), Bytes: int64(len(r.Body))}},
		})
	}
	return out
}

// shelf is a sorted collection of records by URL without scheme.
type shelf struct{ records []capture.Record }

func newShelf(records []capture.Record) shelf {
	s := shelf{slices.Clone(records)}
	slices.SortStableFunc(s.records, func(a, b capture.Record) int { return a.At.Compare(b.At) })
	return s
}

// of lists the records of a URL, oldest first.
func (s shelf) of(rawURL string) []capture.Record {
	var out []capture.Record
	for _, r := range s.records {
		if sameAddress(r.URL, rawURL) {
			out = append(out, r)
		}
	}
	return out
}

// nearest finds the record of a URL nearest to at; of two the older.
func (s shelf) nearest(rawURL string, at time.Time) (capture.Record, bool) {
	all := s.of(rawURL)
	if len(all) == 0 {
		return capture.Record{}, false
	}
	return slices.MinFunc(all, func(a, b capture.Record) int {
		return int(a.At.Sub(at).Abs()/time.Second) - int(b.At.Sub(at).Abs()/time.Second)
	}), true
}

func sameAddress(a, b string) bool {
	ua, errA := url.Parse(a)
	ub, errB := url.Parse(b)
	return errA == nil && errB == nil && address(ua) == address(ub)
}

func address(u *url.URL) string {
	p := u.EscapedPath()
	if p == "" {
		p = "/"
	}
	return strings.ToLower(u.Hostname()) + p + "?" + u.RawQuery
}

// at lists the records of everything at host, oldest first.
func (s shelf) at(host string) []capture.Record {
	return slices.DeleteFunc(slices.Clone(s.records), func(r capture.Record) bool {
		u, err := url.Parse(r.URL)
		return err != nil || strings.TrimPrefix(u.Host, "www.") != strings.TrimPrefix(host, "www.")
	})
}

// urlKey is an address in the form that CDX servers sort by.
func urlKey(rawURL string) string {
	u, err := url.Parse(rawURL)
	if err != nil {
		return rawURL
	}
	labels := strings.Split(strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), ".")
	slices.Reverse(labels)
	key := strings.Join(labels, ",")
	if u.Port() != "" {
		key += ":" + u.Port()
	}
	return key + ")" + strings.TrimSuffix(strings.ToLower(u.EscapedPath()), "/") + "?" + u.RawQuery
}
