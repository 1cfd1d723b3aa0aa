package archive

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
)

// inMemory is a store of bytes.
type inMemory []byte

func (m inMemory) name() string { return "memory" }

func (m inMemory) from(offset int64) (io.ReadCloser, error) {
	if offset < 0 || offset > int64(len(m)) {
		return nil, io.EOF
	}
	return io.NopCloser(bytes.NewReader(m[offset:])), nil
}

// indexed scans content as a file archive.
func indexed(content []byte, limit int) (*files, error) {
	a := &files{label: "memory", opts: Options{MaxBody: 1 << 16}.withDefaults(), index: index{limit: limit}}
	a.warnings.log = a.opts.Logger
	err := scan(context.Background(), inMemory(content), &a.index, a.warn)
	a.index.finish()
	return a, err
}

// many makes a WARC of n pages of about 4 kB.
func many(n int) []byte {
	var b bytes.Buffer
	page := strings.Repeat("<p>Some text of a page.</p>\n", 150)
	for i := range n {
		block := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
		fmt.Fprintf(&b, "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:%d>\r\nWARC-Target-URI: http://town.test/%d\r\n"+
			"WARC-Date: 2020-01-01T00:00:00Z\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", i, i, len(block), block)
	}
	return b.Bytes()
}

func TestWhatAHostileIndexCouldHoldIsBounded(t *testing.T) {
	t.Parallel()
	long := "http://town.test/" + strings.Repeat("x", maxURL)
	record := "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: " + long + "\r\nWARC-Date: 2020\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
	a, err := indexed(append([]byte(record), many(1)...), 10)
	if err != nil || len(a.index.entries) != 1 || len(a.Warnings()) != 1 {
		t.Errorf("%d entries, %q, %v", len(a.index.entries), a.Warnings(), err)
	}
	if _, err := indexed(many(12), 10); !errors.Is(err, capture.ErrTooLarge) {
		t.Errorf("scan = %v, want ErrTooLarge", err)
	}
	x := index{limit: 10, text: maxIndexText}
	if err := x.add(entry{url: "http://town.test/"}); !errors.Is(err, capture.ErrTooLarge) {
		t.Errorf("add = %v, want ErrTooLarge", err)
	}
}

func TestARecordWithAWrongChecksumIsGivenUp(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	for i := range 3 {
		var member bytes.Buffer
		z := gzip.NewWriter(&member)
		_, _ = z.Write(bytes.ReplaceAll(many(1), []byte("town.test/0"), fmt.Appendf(nil, "town.test/%d", i)))
		_ = z.Close()
		if i == 1 {
			member.Bytes()[member.Len()-6] ^= 1
		}
		b.Write(member.Bytes())
	}
	a, err := indexed(b.Bytes(), 10)
	var urls []string
	for _, e := range a.index.entries {
		urls = append(urls, e.url)
	}
	if err != nil || strings.Join(urls, " ") != "http://town.test/0 http://town.test/2" || len(a.Warnings()) == 0 {
		t.Errorf("%v, %q, %v", urls, a.Warnings(), err)
	}
}

func FuzzScan(f *testing.F) {
	f.Add(many(2))
	f.Add([]byte("WARC/1.0\nWARC-Type: revisit\nWARC-Target-URI: http://a/\nWARC-Date: 2014-01\nWARC-Refers-To: <urn:1>\nWARC-Payload-Digest: sha1:x\nContent-Length: 0\n\n\n\n" +
		"WARC/1.0\nWARC-Type: response\nWARC-Record-ID: <urn:1>\nWARC-Target-URI: http://a/\nWARC-Date: 2014-01\nContent-Type: application/http\nContent-Length: 19\n\nHTTP/1.1 200 OK\n\nhi\n\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		a, _ := indexed(b, 100)
		if len(a.index.entries) > 100 {
			t.Fatal("over the limit")
		}
		for _, e := range a.index.entries {
			rec, err := a.Fetch(context.Background(), e.url, e.at)
			if (rec == nil) == (err == nil) {
				t.Fatalf("Fetch = %v, %v", rec, err)
			}
			if err != nil && !errors.Is(err, capture.ErrMalformed) && !errors.Is(err, capture.ErrNotArchived) && !errors.Is(err, capture.ErrTooLarge) {
				t.Fatalf("an error without kind: %v", err)
			}
		}
	})
}

// BenchmarkIndex is the cost of opening a WARC file, per byte.
func BenchmarkIndex(b *testing.B) {
	content := many(2000)
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		if a, err := indexed(content, 10_000); err != nil || len(a.index.entries) != 2000 {
			b.Fatal(err)
		}
	}
}

// BenchmarkFetch is the cost of one record out of many.
func BenchmarkFetch(b *testing.B) {
	a, err := indexed(many(2000), 10_000)
	if err != nil {
		b.Fatal(err)
	}
	at := a.index.entries[0].at
	for b.Loop() {
		if _, err := a.Fetch(context.Background(), "http://town.test/1500", at); err != nil {
			b.Fatal(err)
		}
	}
}
