package archive

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive/internal/warc"
)

// Info describes who wrote a WARC file and when.
type Info struct {
	Software string    // name and version; "" is "defacecheck"
	Operator string    // who ran it; "" leaves it out
	Created  time.Time // WARC-Date of the file; the zero time is the first page's TakenAt
}

// WriteWARC writes what the browser saw of pages as one WARC/1.1 file, gzip
// per record: a warcinfo record, request and response of each exchange,
// redirects included, and the screenshots as resource records named
// urn:view:URL and urn:fullPage:URL. The captures must have been taken with
// Request.Bodies.
//
// Bodies are stored decoded, so Content-Encoding is left out and
// Content-Length is that of the decoded body. An exchange whose body was not
// kept is left out rather than written empty: a replay would show a blank
// page. WARC-Date is when the exchange began; for a page that came from an
// archive it is the time of the memento, and the operator note says so. The
// same pages give the same bytes.
func WriteWARC(w io.Writer, pages []*capture.Capture, info Info) error {
	f := &warcFile{w: w}
	if err := f.info(pages, info); err != nil {
		return err
	}
	for _, p := range pages {
		if err := f.page(p); err != nil {
			return fmt.Errorf("write %s: %w", shown(p.URL), err)
		}
	}
	return nil
}

// warcFile numbers records, so that each has an id of its own that is the same
// every time.
type warcFile struct {
	w      io.Writer
	n      int
	infoID string
}

func (f *warcFile) id(parts ...string) string {
	f.n++
	name := fmt.Sprintf("%d\x00%s", f.n, strings.Join(parts, "\x00"))
	return "<urn:uuid:" + uuid.NewSHA1(uuid.NameSpaceURL, []byte(name)).String() + ">"
}

func (f *warcFile) info(pages []*capture.Capture, info Info) error {
	created := info.Created
	if created.IsZero() && len(pages) > 0 {
		created = pages[0].TakenAt
	}
	setDefault(&info.Software, "defacecheck")
	fields := warc.Fields{
		{Name: "software", Value: info.Software},
		{Name: "operator", Value: info.Operator},
		{Name: "format", Value: "WARC File Format 1.1"},
		{Name: "conformsTo", Value: "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"},
	}
	for _, p := range pages {
		fields = append(fields, warc.Field{Name: "description", Value: describe(p)})
	}
	var block bytes.Buffer
	for _, x := range fields {
		if x.Value != "" {
			fmt.Fprintf(&block, "%s: %s\r\n", x.Name, warc.OneLine(x.Value))
		}
	}
	f.infoID = f.id(warcDate(created), block.String())
	return warc.Write(f.w, warc.Fields{
		{Name: "WARC-Type", Value: "warcinfo"},
		{Name: "WARC-Record-ID", Value: f.infoID},
		{Name: "WARC-Date", Value: warcDate(created)},
		{Name: "WARC-Block-Digest", Value: "sha1:" + warc.SHA1(block.Bytes())},
		{Name: "Content-Type", Value: "application/warc-fields"},
	}, block.Bytes())
}

// describe says what a page is and, for one that came from an archive, that
// its records are copies.
func describe(p *capture.Capture) string {
	text := fmt.Sprintf("%s as rendered by %s at %s", shown(p.URL), p.Browser, warcDate(p.TakenAt))
	if p.Origin.Kind == capture.Archive {
		text += "; copied from the archive " + p.Origin.Name + ", records dated as there"
	}
	return text
}

func (f *warcFile) page(p *capture.Capture) error {
	for _, x := range p.Requests {
		at := dateOf(p, x)
		if at.IsZero() || !writable(x) {
			continue
		}
		if err := f.exchange(x, at); err != nil {
			return err
		}
	}
	return f.shots(p)
}

// dateOf is the time for which an exchange is evidence.
func dateOf(p *capture.Capture, x capture.Exchange) time.Time {
	switch {
	case p.Origin.Kind == capture.Archive && !x.MementoAt.IsZero():
		return x.MementoAt
	case p.Origin.Kind == capture.Archive || x.Started.IsZero():
		return p.SeenAt
	}
	return x.Started
}

// writable says whether x has an answer that a replay could give.
func writable(x capture.Exchange) bool {
	switch {
	case x.Status < 200 || x.Status > 999 || x.Status == http.StatusNotModified || x.Missing:
		return false
	case !strings.HasPrefix(x.URL, "http://") && !strings.HasPrefix(x.URL, "https://"):
		return false
	case x.Status >= 300 && x.Status < 400:
		return true
	}
	return x.Body != nil || x.Failed == "" && x.Bytes == 0
}

func (f *warcFile) shots(p *capture.Capture) error {
	for _, shot := range []struct {
		prefix string
		png    []byte
	}{{"urn:view:", p.First}, {"urn:fullPage:", p.FullPage}} {
		if len(shot.png) == 0 {
			continue
		}
		// A picture is made when the browser renders, whatever the page's age.
		date := warcDate(p.TakenAt)
		err := warc.Write(f.w, warc.Fields{
			{Name: "WARC-Type", Value: "resource"},
			{Name: "WARC-Record-ID", Value: f.id(shot.prefix, p.URL, p.ID)},
			{Name: "WARC-Target-URI", Value: shot.prefix + p.URL},
			{Name: "WARC-Date", Value: date},
			{Name: "WARC-Warcinfo-ID", Value: f.infoID},
			{Name: "WARC-Block-Digest", Value: "sha1:" + warc.SHA1(shot.png)},
			{Name: "WARC-Payload-Digest", Value: "sha1:" + warc.SHA1(shot.png)},
			{Name: "Content-Type", Value: "image/png"},
		}, shot.png)
		if err != nil {
			return err
		}
	}
	return nil
}

// warcDate writes whole seconds, which every reader understands.
func warcDate(t time.Time) string { return t.UTC().Truncate(time.Second).Format(time.RFC3339) }

// hostOnly takes the port off host:port.
func hostOnly(addr string) string {
	if i := strings.LastIndexByte(addr, ':'); i >= 0 && (strings.Count(addr, ":") == 1 || strings.HasPrefix(addr, "[")) {
		addr = addr[:i]
	}
	return strings.Trim(addr, "[]")
}
