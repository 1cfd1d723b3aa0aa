package warc

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// frame makes a record with the line ends given.
func frame(eol, typ, body string) string {
	head := []string{"WARC/1.0", "WARC-Type: " + typ, fmt.Sprintf("Content-Length: %d", len(body)), "", ""}
	return strings.Join(head, eol) + body + eol + eol
}

func gz(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.WriteString(z, s)
	_ = z.Close()
	return b.String()
}

// walk reads everything and tells it in one line: types with offsets, bodies,
// and errors.
func walk(t testing.TB, input string) string {
	var out []string
	r := NewReader(strings.NewReader(input))
	for range 100 {
		rec, err := r.Next()
		if err == io.EOF {
			return strings.Join(out, " ")
		}
		if err != nil {
			out = append(out, "error")
			continue
		}
		body, err := io.ReadAll(rec.Block)
		if err != nil {
			body = []byte("cut")
		}
		out = append(out, fmt.Sprintf("%s@%d+%d:%s", rec.Type(), rec.Offset, rec.Inner, body))
		if rec.Skipped > 0 {
			out[len(out)-1] += fmt.Sprintf("(skipped %d)", rec.Skipped)
		}
	}
	t.Fatal("no end")
	return ""
}

func TestRecordsAreFoundWhateverTheFileLooksLike(t *testing.T) {
	t.Parallel()
	one, two := frame("\r\n", "warcinfo", "one"), frame("\r\n", "response", "two")
	for _, c := range []struct{ name, input, want string }{
		{"plain", one + two, "warcinfo@0+0:one response@59+0:two"},
		{"bare line feeds", frame("\n", "warcinfo", "one") + frame("\n", "response", "two"), "warcinfo@0+0:one response@53+0:two"},
		{"two carriage returns", frame("\r\r\n", "response", "two"), "response@0+0:two"},
		{"too many blank lines", one + "\r\n\n\r\n" + two, "warcinfo@0+0:one response@64+0:two"},
		{"no line end at the end", strings.TrimSpace(one), "warcinfo@0+0:one"},
		{"gzip per record", gz(one) + gz(two), fmt.Sprintf("warcinfo@0+0:one response@%d+0:two", len(gz(one)))},
		{"one member of two records", gz(one + two), "warcinfo@0+0:one response@0+59:two"},
		{"a length too small", strings.Replace(one, ": 3", ": 2", 1) + two, "warcinfo@0+0:on response@59+0:two(skipped 3)"},
		{"a length too large swallows the next", strings.Replace(one, ": 3", ": 9", 1) + two + two, "warcinfo@0+0:one\r\n\r\nWA response@118+0:two(skipped 53)"},
		{"no length", strings.Replace(one, "Content-Length", "Length", 1) + two, "error response@51+0:two(skipped 5)"},
		{"a negative length", strings.Replace(one, ": 3", ": -3", 1) + two, "error response@60+0:two(skipped 5)"},
		{"rubbish before", "rubbish\r\n" + two, "response@9+0:two(skipped 9)"},
		{"cut in a block", one + two[:len(two)-6], "warcinfo@0+0:one response@59+0:cut"},
		{"cut in a header", one + two[:20], "warcinfo@0+0:one error"},
		{"cut gzip", gz(one) + gz(two)[:40], fmt.Sprintf("warcinfo@0+0:one error")},
		{"a damaged member between good ones", gz(one) + gz(two)[:30] + gz(one), "warcinfo@0+0:one error"},
		{"nothing", "", ""},
		{"only blank lines", "\r\n\r\n\n", ""},
	} {
		got := walk(t, c.input)
		if c.name == "a damaged member between good ones" {
			// where deflate notices the damage is its own affair
			if !strings.HasPrefix(got, c.want) {
				t.Errorf("%s: got %s, want %s first", c.name, got, c.want)
			}
			continue
		}
		if got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestAWrongChecksumIsTold(t *testing.T) {
	t.Parallel()
	member := []byte(gz(frame("\r\n", "response", "two")))
	member[len(member)-6] ^= 1
	r := NewReader(bytes.NewReader(member))
	if _, err := r.Next(); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Next(); !errors.Is(err, gzip.ErrChecksum) {
		t.Errorf("Next = %v, want %v", err, gzip.ErrChecksum)
	}
}

func TestARecordIsReadFromItsOffset(t *testing.T) {
	t.Parallel()
	one, two := frame("\r\n", "warcinfo", "one"), frame("\r\n", "response", "two")
	for _, input := range []string{one + two, gz(one) + gz(two)} {
		r := NewReader(strings.NewReader(input))
		var last *Record
		for {
			rec, err := r.Next()
			if err != nil {
				break
			}
			last = rec
		}
		if got := walk(t, input[last.Offset:]); got != "response@0+0:two" {
			t.Errorf("from offset %d: %s", last.Offset, got)
		}
	}
}

func TestHeadersHaveLimits(t *testing.T) {
	t.Parallel()
	for name, input := range map[string]string{
		"one endless line":  "WARC/1.0\r\nX: " + strings.Repeat("x", maxLine),
		"endless lines":     "WARC/1.0\r\n" + strings.Repeat("X: y\r\n", maxFields+2),
		"an endless header": "WARC/1.0\r\n" + strings.Repeat("X: "+strings.Repeat("y", maxLine/2)+"\r\n", 10),
	} {
		if _, err := NewReader(strings.NewReader(input)).Next(); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v, want ErrFormat", name, err)
		}
	}
}

func TestARCFilesAreNamed(t *testing.T) {
	t.Parallel()
	arc := "filedesc://a.arc 0.0.0.0 20200101000000 text/plain 10\n"
	for _, input := range []string{arc, gz(arc)} {
		if _, err := NewReader(strings.NewReader(input)).Next(); !errors.Is(err, ErrARC) {
			t.Errorf("Next = %v, want ErrARC", err)
		}
	}
}

func FuzzReader(f *testing.F) {
	one, two := frame("\r\n", "warcinfo", "one"), frame("\n", "response", "HTTP/1.1 200 OK\nContent-Encoding: gzip\n\nbody")
	for _, seed := range []string{one + two, gz(one) + gz(two), gz(one + two), one[:30], gz(two)[:30], "filedesc://", "\x1f\x8b\x08", "WARC/"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		r := NewReader(bytes.NewReader(input))
		end := int64(-1)
		for n := 0; ; n++ {
			rec, err := r.Next()
			if err == io.EOF {
				return
			}
			if n > len(input)+2 {
				t.Fatal("more steps than bytes")
			}
			if err != nil {
				if errors.Is(err, ErrARC) {
					return
				}
				continue
			}
			at := rec.Offset<<20 + rec.Inner
			if rec.Offset > int64(len(input)) || at <= end && len(input) < 1<<20 && rec.Inner < 1<<20 {
				t.Fatalf("offset %d+%d after %d", rec.Offset, rec.Inner, end)
			}
			end = at
			if m, err := ReadResponse(rec.Block); err == nil {
				_, _ = ReadBody(m.Body, m.Header, 1<<16)
			}
		}
	})
}
