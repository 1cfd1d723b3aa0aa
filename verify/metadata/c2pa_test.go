package metadata_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture/realdata"
	"github.com/defacecheck/defacecheck/verify/metadata"
)

// cbor writes a value as RFC 8949 has it, shortest forms, keys sorted.
func cbor(v any) []byte {
	head := func(major byte, n int) []byte {
		switch {
		case n < 24:
			return []byte{major<<5 | byte(n)}
		case n < 1<<16:
			return binary.BigEndian.AppendUint16([]byte{major<<5 | 25}, uint16(n))
		}
		return binary.BigEndian.AppendUint32([]byte{major<<5 | 26}, uint32(n))
	}
	switch v := v.(type) {
	case int:
		return head(0, v)
	case []byte:
		return append(head(2, len(v)), v...)
	case string:
		return append(head(3, len(v)), v...)
	case []any:
		out := head(4, len(v))
		for _, e := range v {
			out = append(out, cbor(e)...)
		}
		return out
	case map[string]any:
		var keys []string
		for k := range v {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		out := head(5, len(v))
		for _, k := range keys {
			out = append(append(out, cbor(k)...), cbor(v[k])...)
		}
		return out
	}
	return []byte{0xf6}
}

func box(kind string, body ...[]byte) []byte {
	all := bytes.Join(body, nil)
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(len(all)+8)), kind...), all...)
}

func jumb(label string, body ...[]byte) []byte {
	return box("jumb", append([][]byte{box("jumd", make([]byte, 16), []byte{3}, []byte(label+"\x00"))}, body...)...)
}

// manifest is a store of one manifest whose digest leaves out the given stretch.
func manifest(hash []byte, start, length int, actions ...any) []byte {
	binding := jumb("c2pa.hash.data", box("cbor", cbor(map[string]any{"alg": "sha256", "hash": hash, "name": "jumbf manifest",
		"exclusions": []any{map[string]any{"start": start, "length": length}}})))
	done := jumb("c2pa.actions", box("cbor", cbor(map[string]any{"actions": actions})))
	digest := func(b []byte) []byte { s := sha256.Sum256(b[8:]); return s[:] }
	claim := cbor(map[string]any{"alg": "sha256", "claim_generator": "Adobe Photoshop 26.1", "assertions": []any{
		map[string]any{"url": "self#jumbf=c2pa.assertions/c2pa.hash.data", "hash": digest(binding)},
		map[string]any{"url": "self#jumbf=c2pa.assertions/c2pa.actions", "hash": digest(done)},
	}})
	return jumb("c2pa", jumb("urn:uuid:1", jumb("c2pa.assertions", binding, done), jumb("c2pa.claim", box("cbor", claim)),
		jumb("c2pa.signature", box("cbor", []byte{0xf6}))))
}

// signedPNG is a PNG with a manifest that fits it, which leaves out extra bytes
// behind itself.
func signedPNG(t testing.TB, extra int) []byte {
	t.Helper()
	actions := []any{map[string]any{"action": "c2pa.created", "when": "2025-03-01T10:00:00Z",
		"digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"}}
	size := len(chunk("caBX", string(manifest(make([]byte, 32), 1000, 1000, actions...))))
	size = len(chunk("caBX", string(manifest(make([]byte, 32), 33, size+extra, actions...)))) // a short number is shorter
	file := pngWith(t, chunk("caBX", string(manifest(make([]byte, 32), 33, size+extra, actions...))))
	sum := sha256.Sum256(append(bytes.Clone(file[:33]), file[33+size+extra:]...))
	return pngWith(t, chunk("caBX", string(manifest(sum[:], 33, size+extra, actions...))))
}

func TestAManifestThatFitsItsFileIsSaidToFitAndNotToBeTrue(t *testing.T) {
	t.Parallel()
	f := read(t, signedPNG(t, 0))
	p := f.C2PA
	if p == nil || p.Binding != metadata.BindingFits || p.Statements != metadata.BindingFits || p.Uncovered != 0 || p.Signature != "not validated" {
		t.Fatalf("%+v", p)
	}
	found := metadata.Findings(f, metadata.About{})
	if got, ok := find(found, metadata.KeyProvenance); !ok || !strings.Contains(got.Sentence, "signature was not checked") {
		t.Errorf("%+v", got)
	}
	if got, ok := find(found, metadata.KeyGenerator); !ok || got.Software != "an unnamed image generator" {
		t.Errorf("the source type is not found: %+v", found)
	}
	if got, ok := find(found, metadata.KeyEditor); !ok || got.Software != "Adobe Photoshop" {
		t.Errorf("the manifest's maker is not found: %+v", found)
	}
	if !slices.ContainsFunc(f.Times, func(x metadata.Time) bool { return x.Source == metadata.C2PA && x.Kind == metadata.Modified }) {
		t.Errorf("the action's time is not found: %+v", f.Times)
	}
}

func TestAChangeAfterTheManifestBreaksItsDigest(t *testing.T) {
	t.Parallel()
	data := signedPNG(t, 0)
	pixels := bytes.Clone(data)
	pixels[len(pixels)-20] ^= 1
	statement := bytes.Replace(data, []byte("c2pa.created"), []byte("c2pa.cropped"), 1)
	for name, c := range map[string]struct {
		data                []byte
		binding, statements metadata.Binding
	}{
		"pixels":      {pixels, metadata.BindingBroken, metadata.BindingFits},
		"a statement": {statement, metadata.BindingFits, metadata.BindingBroken},
	} {
		f := read(t, c.data)
		if f.C2PA == nil || f.C2PA.Binding != c.binding || f.C2PA.Statements != c.statements {
			t.Errorf("%s: %+v", name, f.C2PA)
		}
		if _, ok := find(metadata.Findings(f, metadata.About{}), metadata.KeyUnbound); !ok {
			t.Errorf("%s: no finding", name)
		}
	}
}

func TestADigestThatLeavesPixelsOutIsTold(t *testing.T) {
	t.Parallel()
	f := read(t, signedPNG(t, 40))
	if f.C2PA == nil || f.C2PA.Binding != metadata.BindingFits || f.C2PA.Uncovered != 40 {
		t.Fatalf("%+v", f.C2PA)
	}
	if got, _ := find(metadata.Findings(f, metadata.About{}), metadata.KeyProvenance); !strings.Contains(got.Sentence, "leaves out 40 bytes") {
		t.Errorf("%s", got.Sentence)
	}
}

// TestAManifestInPartsIsPutTogether: a JPEG segment holds 64 KiB at most, and
// the parts need not come in order.
func TestAManifestInPartsIsPutTogether(t *testing.T) {
	t.Parallel()
	store := manifest(make([]byte, 32), 0, 0)
	part := func(number uint32, body []byte) []byte {
		head := binary.BigEndian.AppendUint32([]byte("JP\x00\x01"), number)
		if number > 1 {
			head = append(head, store[:8]...)
		}
		return append(head, body...)
	}
	data := withSegment(withSegment(jpegAt(t, 16, 16, 75), 0xeb, part(1, store[:100])), 0xeb, part(2, store[100:]))
	f := read(t, data)
	if f.C2PA == nil || f.C2PA.Statements != metadata.BindingFits || f.C2PA.Binding != metadata.BindingBroken {
		t.Errorf("%+v", f.C2PA)
	}
}

// TestRealManifestsAreReadAsTheirReportsSay knows from the reports beside the
// files what their makers broke. A broken signature is not seen here.
func TestRealManifestsAreReadAsTheirReportsSay(t *testing.T) {
	t.Parallel()
	const fits, broken = metadata.BindingFits, metadata.BindingBroken
	for name, want := range map[string][2]metadata.Binding{
		"C": {fits, fits}, "CA": {fits, fits}, "E-sig-CA": {fits, fits}, "E-dat-CA": {broken, fits},
		"XCA": {broken, fits}, "E-uri-CA": {fits, broken}, "A": {}, "I": {},
	} {
		data, err := os.ReadFile(filepath.Join(realdata.Dir(t, ""), "tamper/c2pa/adobe-20220124-"+name+".jpg"))
		if err != nil {
			t.Fatal(err)
		}
		var got [2]metadata.Binding
		if p := read(t, data).C2PA; p != nil {
			got = [2]metadata.Binding{p.Binding, p.Statements}
			if p.Uncovered != 0 {
				t.Errorf("%s: %d bytes uncovered", name, p.Uncovered)
			}
		}
		if got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

func FuzzC2PA(f *testing.F) {
	f.Add(manifest(make([]byte, 32), 3, 5, map[string]any{"action": "c2pa.created"}))
	f.Add([]byte("\x00\x00\x00\x00jumb\x00\x00\x00\x01jumd\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, store []byte) {
		facts := metadata.ReadStore(store, make([]byte, 100))
		if p := facts.C2PA; p != nil && (p.Uncovered < 0 || p.Uncovered > 100) {
			t.Fatalf("%d bytes uncovered of 100", p.Uncovered)
		}
	})
}

func FuzzCBOR(f *testing.F) {
	f.Add(cbor(map[string]any{"a": []any{1, "b", []byte{2}}}))
	f.Add([]byte{0xbf, 0x61, 'a', 0x9f, 0x7f, 0x61, 'x', 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, data []byte) { _ = metadata.CheckCBOR(data) })
}

func TestCBORIsReadInBothFormsAndBrokenOnesAreRefused(t *testing.T) {
	t.Parallel()
	for _, good := range [][]byte{
		cbor(map[string]any{"a": []any{1, 70000, "b", []byte{2}}}),
		{0xbf, 0x61, 'a', 0x9f, 0x7f, 0x61, 'x', 0xff, 0xff, 0xff},
		{0xc1, 0x1b, 0, 0, 0, 0, 0, 0, 0, 1}, {0xfb, 0, 0, 0, 0, 0, 0, 0, 0}, {0x20},
	} {
		if err := metadata.CheckCBOR(good); err != nil {
			t.Errorf("%x: %v", good, err)
		}
	}
	for _, bad := range [][]byte{
		{}, {0x1c}, {0x5a, 0xff, 0xff, 0xff, 0xff}, {0x82, 1}, {0x81, 0xff}, {0x7f, 0x41, 'x', 0xff},
		bytes.Repeat([]byte{0x81}, 1000), {0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
	} {
		if err := metadata.CheckCBOR(bad); err == nil {
			t.Errorf("%x is accepted", bad[:min(len(bad), 10)])
		}
	}
}

func FuzzProfile(f *testing.F) {
	f.Add(profile("desc\x00\x00\x00\x00\x00\x00\x00\x05Mine\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if got := metadata.ProfileName(data); len(got) > 300 {
			t.Fatalf("%d bytes of name", len(got))
		}
	})
}

// profile is an ICC profile of one tag.
func profile(desc string) []byte {
	b := append(make([]byte, 128), 0, 0, 0, 1)
	b = append(b, "desc"...)
	b = binary.BigEndian.AppendUint32(b, 144)
	return append(binary.BigEndian.AppendUint32(b, uint32(len(desc))), desc...)
}

func TestAProfilesOwnNameIsReadInBothForms(t *testing.T) {
	t.Parallel()
	for want, desc := range map[string]string{
		"Mine":  "desc\x00\x00\x00\x00\x00\x00\x00\x05Mine\x00",
		"Größe": "mluc\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x0cdeDE\x00\x00\x00\x0a\x00\x00\x00\x1c\x00G\x00r\x00\xf6\x00\xdf\x00e",
		"":      "mluc\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x0cdeDE\xff\xff\xff\xff\x00\x00\x00\x1c\x00G",
	} {
		if got := metadata.ProfileName(profile(desc)); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	f := read(t, withSegment(jpegAt(t, 16, 16, 75), 0xe2, append([]byte("ICC_PROFILE\x00\x01\x01"), profile("desc\x00\x00\x00\x00\x00\x00\x00\x05Mine\x00")...)))
	if f.JPEG.ICC != "Mine" {
		t.Errorf("in a JPEG: %q", f.JPEG.ICC)
	}
}

// webpOf is a WebP of one pixel with a chunk before it.
func webpOf(name, body string) []byte {
	le := binary.LittleEndian
	b := "WEBP" + name + string(le.AppendUint32(nil, uint32(len(body)))) + body + strings.Repeat("\x00", len(body)%2) +
		"VP8L\x0a\x00\x00\x00/\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	return []byte("RIFF" + string(le.AppendUint32(nil, uint32(len(b)))) + b)
}

func TestAWebPsProfileNamesItself(t *testing.T) {
	t.Parallel()
	own := string(profile("desc\x00\x00\x00\x00\x00\x00\x00\x05Mine\x00"))
	for want, body := range map[string]string{"Mine": own, "": own[:100]} {
		if f := metadata.Structure(webpOf("ICCP", body)); f.WebP == nil || f.WebP.ICC != want {
			t.Errorf("%q: %+v", want, f.WebP)
		}
	}
}
