package warc

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

func packed(t *testing.T, coding, s string) string {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	var err error
	switch coding {
	case "gzip":
		return gz(s)
	case "zlib":
		w = zlib.NewWriter(&b)
	case "flate":
		w, err = flate.NewWriter(&b, 6)
	case "br":
		w = brotli.NewWriter(&b)
	case "zstd":
		w, err = zstd.NewWriter(&b, zstd.WithEncoderConcurrency(1))
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, s); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestBodiesAreDecodedAsBrowsersDo(t *testing.T) {
	t.Parallel()
	page := strings.Repeat("<p>Guten Tag</p>", 50)
	chunked := "5\r\nGuten\r\n4; x=y\r\n Tag\r\n0\r\n\r\n"
	for _, c := range []struct{ name, raw, transfer, content, want string }{
		{"plain", page, "", "", page},
		{"identity", page, "", "identity", page},
		{"gzip", packed(t, "gzip", page), "", "gzip", page},
		{"x-gzip in capitals", packed(t, "gzip", page), "", "X-GZIP", page},
		{"gzip with rubbish behind", packed(t, "gzip", page) + "\n\n", "", "gzip", page},
		{"deflate is zlib", packed(t, "zlib", page), "", "deflate", page},
		{"deflate is bare", packed(t, "flate", page), "", "deflate", page},
		{"brotli", packed(t, "br", page), "", "br", page},
		{"zstd", packed(t, "zstd", page), "", "zstd", page},
		{"twice", packed(t, "br", packed(t, "gzip", page)), "", "gzip, br", page},
		{"chunked", chunked, "chunked", "", "Guten Tag"},
		{"chunked and gzip", "3\r\n" + gz(page)[:3] + "\r\nFFF\r\n" + gz(page)[3:], "chunked", "gzip", page},
		{"said to be chunked and is not", page, "chunked", "", page},
		{"said to be gzip and is not", page, "", "gzip", page},
		{"said to be brotli and is not", page, "", "br", page},
		{"an unknown encoding", page, "", "sdch", page},
		{"nothing, said to be gzip", "", "", "gzip", ""},
	} {
		h := Fields{{"Transfer-Encoding", c.transfer}, {"Content-Encoding", c.content}}
		b, err := ReadBody(strings.NewReader(c.raw), h, 1<<20)
		if err != nil || string(b.Decoded) != c.want {
			t.Errorf("%s: got %.60q, %v", c.name, b.Decoded, err)
		}
	}
}

func TestABodyThatBreaksOffKeepsWhatCameBefore(t *testing.T) {
	t.Parallel()
	page := strings.Repeat("0123456789abcdef", 10_000)
	whole := packed(t, "gzip", page)
	b, err := ReadBody(strings.NewReader(whole[:len(whole)-12]), Fields{{"Content-Encoding", "gzip"}}, 1<<20)
	if err != nil || b.Problem == nil || len(b.Decoded) == 0 || !strings.HasPrefix(page, string(b.Decoded)) {
		t.Errorf("%d bytes, problem %v, error %v", len(b.Decoded), b.Problem, err)
	}
}

func TestABombStopsAtTheLimit(t *testing.T) {
	t.Parallel()
	bomb := strings.Repeat("\x00", 8<<20)
	for _, coding := range []string{"gzip", "zlib", "br", "zstd"} {
		name := strings.Replace(coding, "zlib", "deflate", 1)
		_, err := ReadBody(strings.NewReader(packed(t, coding, bomb)), Fields{{"Content-Encoding", name}}, 1<<20)
		if !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %v, want ErrTooLarge", coding, err)
		}
	}
	if _, err := ReadBody(strings.NewReader(bomb), nil, 1<<20); !errors.Is(err, ErrTooLarge) {
		t.Errorf("plain: %v, want ErrTooLarge", err)
	}
	if _, err := ReadBody(strings.NewReader("x"), Fields{{"Content-Encoding", "gzip,gzip,gzip,gzip,gzip"}}, 10); !errors.Is(err, ErrFormat) {
		t.Errorf("five encodings: %v, want ErrFormat", err)
	}
}

func TestDigestsAreBroughtToOneSpelling(t *testing.T) {
	t.Parallel()
	const b32, hex40 = "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", "da39a3ee5e6b4b0d3255bfef95601890afd80709"
	hex64 := "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	for in, want := range map[string]string{
		"sha1:" + b32: b32, b32: b32, "SHA-1:" + strings.ToLower(b32): b32, hex40: b32, "sha1:" + hex40: b32,
		"sha256:" + hex64: "sha256:" + hex64, hex64: "sha256:" + hex64, "sha-256:" + strings.ToUpper(hex64): "sha256:" + hex64,
		"": "", "-": "", "sha1:": "",
	} {
		got := Digest(in)
		if got != want {
			t.Errorf("Digest(%q) = %q, want %q", in, got, want)
		}
		if match, known := Verify(got, nil); got != "" && (!match || !known) {
			t.Errorf("Verify(%q) of nothing = %v, %v", got, match, known)
		}
		if match, _ := Verify(got, []byte("x")); match {
			t.Errorf("Verify(%q) of another text holds", got)
		}
	}
}

func TestDatesOfEveryPrecisionAreRead(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"2014-01-27T17:12:38Z": "2014-01-27T17:12:38Z", "2014-02-10T00:00:01.000000002Z": "2014-02-10T00:00:01.000000002Z",
		"2014-01": "2014-01-01T00:00:00Z", "2014": "2014-01-01T00:00:00Z", "2014-02-03": "2014-02-03T00:00:00Z",
		"2014-02-03T04:05Z": "2014-02-03T04:05:00Z", "20140203040506": "2014-02-03T04:05:06Z", "2014-02-03T04:05:06+01:00": "2014-02-03T03:05:06Z",
		"": "", "yesterday": "", "2014-13-01": "",
	} {
		got, err := Date(in)
		if want == "" && !errors.Is(err, ErrFormat) || want != "" && (err != nil || got.Format("2006-01-02T15:04:05.999999999Z07:00") != want) {
			t.Errorf("Date(%q) = %s, %v; want %s", in, got, err, want)
		}
	}
}

func TestStatusLinesOfRealServersAreRead(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]int{
		"HTTP/1.1 200 OK": 200, "HTTP/1.0 302 ": 302, "HTTP/1.1 404": 404, "HTTP/2 200": 200, "HTTP/1.1  200  OK": 200,
		"HTTPX/1.1 200 OK": 0, "HTTP/1.": 0, "HTTP/1.1 abc": 0, "HTTP/1.1 20": 0, "": 0, "ICY 200 OK": 0,
	} {
		m, err := ReadResponse(strings.NewReader(line + "\r\nContent-Length: -1\r\nNo colon\r\n\r\nbody"))
		if want == 0 && !errors.Is(err, ErrFormat) || want > 0 && (err != nil || m.Status != want) {
			t.Errorf("%q: %v, %v; want %d", line, m, err, want)
		}
	}
}
