package archive_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/capturetest"
)

// waczOptions say what is unusual or wrong about a WACZ file.
type waczOptions struct {
	deflate   bool                     // members compressed
	plainIdx  bool                     // indexes/index.cdxj instead of index.cdx.gz
	index     func(string) string      // changes the index before it is packed
	damage    func(warc []byte)        // changes the WARC after its digest was taken
	noPackage bool                     // no datapackage.json
	names     func(name string) string // renames members
}

// waczOf packs records, one WARC file, index and package description.
func waczOf(t *testing.T, records []capture.Record, o waczOptions) []byte {
	t.Helper()
	var warc bytes.Buffer
	var index strings.Builder
	for _, r := range records {
		one := warcOf(t, capturetest.Captures([]capture.Record{r}))
		offset := int64(warc.Len()) + memberLength(t, one) // past its warcinfo record
		warc.Write(one)
		fmt.Fprintf(&index, "key %s {\"url\":%q,\"mime\":%q,\"status\":\"%d\",\"digest\":\"sha1:%s\",\"offset\":%d,\"filename\":\"data.warc.gz\"}\n",
			archive.Timestamp(r.At), r.URL, "text/html", r.Status, capturetest.Digest(r.Body), offset)
	}
	text := index.String()
	if o.index != nil {
		text = o.index(text)
	}
	name, idx := "indexes/index.cdx.gz", zipped(text)
	if o.plainIdx {
		name, idx = "indexes/index.cdxj", []byte(text)
	}
	return pack(t, o, []string{"archive/data.warc.gz", name}, [][]byte{warc.Bytes(), idx})
}

func memberLength(t *testing.T, b []byte) int64 {
	t.Helper()
	r := bytes.NewReader(b)
	z, err := gzip.NewReader(r)
	if err != nil {
		t.Fatal(err)
	}
	z.Multistream(false)
	if _, err := io.Copy(io.Discard, z); err != nil {
		t.Fatal(err)
	}
	return int64(len(b)) - int64(r.Len())
}

func zipped(s string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.WriteString(z, s)
	_ = z.Close()
	return b.Bytes()
}

func pack(t *testing.T, o waczOptions, names []string, contents [][]byte) []byte {
	t.Helper()
	var resources []map[string]any
	for i, name := range names {
		sum := sha256.Sum256(contents[i])
		resources = append(resources, map[string]any{"path": name, "hash": "sha256:" + hex.EncodeToString(sum[:]), "bytes": len(contents[i])})
	}
	if o.damage != nil {
		o.damage(contents[0])
	}
	if !o.noPackage {
		pkg, err := json.Marshal(map[string]any{"profile": "data-package", "wacz_version": "1.1.1", "resources": resources})
		if err != nil {
			t.Fatal(err)
		}
		names, contents = append(names, "datapackage.json"), append(contents, pkg)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i, name := range names {
		if o.names != nil {
			name = o.names(name)
		}
		method := zip.Store
		if o.deflate {
			method = zip.Deflate
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err == nil {
			_, err = w.Write(contents[i])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestUnusualWACZFilesAreRead(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]waczOptions{
		"compressed members":       {deflate: true},
		"plain index":              {plainIdx: true},
		"numbers instead of text":  {index: func(s string) string { return strings.ReplaceAll(s, `"status":"200"`, `"status":200`) }},
		"a header line":            {index: func(s string) string { return "!meta 0 {}\n" + s }},
		"no package description":   {noPackage: true},
		"a broken index":           {index: func(s string) string { return s + "what is this\n" }},
		"an index of another file": {index: func(s string) string { return strings.ReplaceAll(s, "data.warc.gz", "other.warc.gz") }},
		"an empty index":           {index: func(string) string { return "" }},
		"no index":                 {names: func(n string) string { return strings.Replace(n, "indexes/", "other/", 1) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := writeFile(t, t.TempDir(), "site.wacz", waczOf(t, capturetest.Fixture(), o))
			capturetest.TestSource(t, open(t, path, archive.Options{}), capturetest.Fixture())
		})
	}
}

func TestAWACZThatDisagreesWithItselfIsRefused(t *testing.T) {
	t.Parallel()
	flip := waczOptions{damage: func(warc []byte) { warc[len(warc)/2] ^= 1 }}
	path := writeFile(t, t.TempDir(), "site.wacz", waczOf(t, capturetest.Fixture(), flip))
	_, err := archive.Open(t.Context(), path, archive.Options{})
	if !errors.Is(err, capture.ErrMalformed) || !strings.Contains(err.Error(), "digest") {
		t.Errorf("Open = %v, want ErrMalformed about a digest", err)
	}
}

func TestAnIndexThatPointsAtAnotherPageIsNotBelieved(t *testing.T) {
	t.Parallel()
	swap := waczOptions{index: func(s string) string {
		return strings.Replace(s, `"url":"http://town.test/style.css"`, `"url":"http://bank.test/"`, 1)
	}}
	path := writeFile(t, t.TempDir(), "site.wacz", waczOf(t, capturetest.Fixture(), swap))
	got, err := open(t, path, archive.Options{}).Fetch(t.Context(), "http://bank.test/", day("2020-01-12"))
	if !errors.Is(err, capture.ErrMalformed) {
		t.Errorf("Fetch = %v, %v; want ErrMalformed", got, err)
	}
}

func TestAnIndexOffsetOutsideTheFileIsMalformed(t *testing.T) {
	t.Parallel()
	for _, offset := range []string{"999999999", "9223372036854775807", "1"} {
		far := waczOptions{index: func(s string) string {
			line, rest, _ := strings.Cut(s, "\n")
			i, j := strings.Index(line, `"offset":`), strings.Index(line, `,"filename"`)
			return line[:i] + `"offset":` + offset + line[j:] + "\n" + rest
		}}
		path := writeFile(t, t.TempDir(), "site.wacz", waczOf(t, capturetest.Fixture(), far))
		first := capturetest.Fixture()[0]
		got, err := open(t, path, archive.Options{}).Fetch(t.Context(), first.URL, first.At)
		if !errors.Is(err, capture.ErrMalformed) {
			t.Errorf("offset %s: Fetch = %v, %v; want ErrMalformed", offset, got, err)
		}
	}
}
