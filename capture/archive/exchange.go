package archive

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive/internal/warc"
)

func (f *warcFile) exchange(x capture.Exchange, at time.Time) error {
	response := responseBlock(x)
	respID := f.id("response", x.URL, warcDate(at))
	common := warc.Fields{
		{Name: "WARC-Target-URI", Value: x.URL},
		{Name: "WARC-Date", Value: warcDate(at)},
		{Name: "WARC-Warcinfo-ID", Value: f.infoID},
		{Name: "WARC-IP-Address", Value: hostOnly(x.RemoteAddr)},
	}
	err := warc.Write(f.w, slices.Concat(warc.Fields{
		{Name: "WARC-Type", Value: "response"},
		{Name: "WARC-Record-ID", Value: respID},
	}, common, warc.Fields{
		{Name: "WARC-Block-Digest", Value: "sha1:" + warc.SHA1(response)},
		{Name: "WARC-Payload-Digest", Value: "sha1:" + warc.SHA1(x.Body)},
		{Name: "Content-Type", Value: "application/http; msgtype=response"},
	}), response)
	if err != nil {
		return err
	}
	request := requestBlock(x)
	return warc.Write(f.w, slices.Concat(warc.Fields{
		{Name: "WARC-Type", Value: "request"},
		{Name: "WARC-Record-ID", Value: f.id("request", x.URL, warcDate(at))},
		{Name: "WARC-Concurrent-To", Value: respID},
	}, common, warc.Fields{
		{Name: "WARC-Block-Digest", Value: "sha1:" + warc.SHA1(request)},
		{Name: "Content-Type", Value: "application/http; msgtype=request"},
	}), request)
}

func responseBlock(x capture.Exchange) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", x.Status, http.StatusText(x.Status))
	writeHeader(&b, x.Header)
	fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n", len(x.Body))
	b.Write(x.Body)
	return b.Bytes()
}

func requestBlock(x capture.Exchange) []byte {
	method := x.Method
	setDefault(&method, http.MethodGet)
	target, host := "/", ""
	if u, err := parseURL(x.URL); err == nil {
		target, host = u.Pathname()+u.Search(), u.Host()
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\n", warc.OneLine(method), target, host)
	writeHeader(&b, x.ReqHeader)
	b.WriteString("\r\n")
	return b.Bytes()
}

// writeHeader writes fields in the order of their names. The DevTools protocol
// joins the values of a repeated field with line feeds.
func writeHeader(b *bytes.Buffer, header map[string]string) {
	for _, name := range slices.Sorted(maps.Keys(header)) {
		if !fieldName(name) || dropped[http.CanonicalHeaderKey(name)] || strings.EqualFold(name, "Host") {
			continue
		}
		for value := range strings.SplitSeq(header[name], "\n") {
			fmt.Fprintf(b, "%s: %s\r\n", name, warc.OneLine(strings.TrimSpace(value)))
		}
	}
}

// fieldName refuses what is no HTTP field name, HTTP/2's :status among it.
func fieldName(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool {
		return r <= ' ' || r >= 0x7f || strings.ContainsRune("()<>@,;:\\\"/[]?={}", r)
	}) < 0
}
