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

// acted is a statement of one action.
func acted(label, action string) []byte {
	return jumb(label, box("cbor", cbor(map[string]any{"actions": []any{map[string]any{"action": action}}})))
}

// naming is a claim's list of statements; labels and statements take turns.
func naming(pairs ...any) (list []any) {
	for i := 0; i < len(pairs); i += 2 {
		sum := sha256.Sum256(pairs[i+1].([]byte)[8:])
		list = append(list, map[string]any{"url": "self#jumbf=c2pa.assertions/" + pairs[i].(string), "hash": sum[:]})
	}
	return list
}

// claiming is a manifest of a claim and statements.
func claiming(label string, claim map[string]any, statements ...[]byte) []byte {
	return jumb(label, jumb("c2pa.assertions", statements...), jumb("c2pa.claim", box("cbor", cbor(claim))))
}

func TestStatementsThatWereRemovedOrAddedDoNotFit(t *testing.T) {
	t.Parallel()
	const fits, broken, unknown = metadata.BindingFits, metadata.BindingBroken, metadata.BindingUnknown
	done, forged, other := acted("c2pa.actions", "c2pa.opened"), acted("c2pa.actions__1", "c2pa.forged"), acted("c2pa.actions", "c2pa.forged")
	photo := jumb("c2pa.ingredient", box("cbor", cbor(map[string]any{"dc:title": "a.jpg"})))
	both := naming("c2pa.actions", done, "c2pa.ingredient", photo)
	removed := []any{"self#jumbf=/c2pa/urn:uuid:2/c2pa.assertions/c2pa.actions"}
	last := func(claim map[string]any, statements ...[]byte) []byte {
		return jumb("c2pa", claiming("urn:uuid:2", claim, statements...))
	}
	for name, c := range map[string]struct {
		store   []byte
		want    metadata.Binding
		actions string
	}{
		"as claimed":           {last(map[string]any{"assertions": both}, done, photo), fits, "c2pa.opened"},
		"in the second way":    {last(map[string]any{"created_assertions": both[:1], "gathered_assertions": both[1:]}, done, photo), fits, "c2pa.opened"},
		"removed":              {last(map[string]any{"assertions": both}, photo), broken, ""},
		"removed, second way":  {last(map[string]any{"created_assertions": both[1:], "gathered_assertions": both[:1]}, photo), broken, ""},
		"removed by itself":    {last(map[string]any{"assertions": both, "redacted_assertions": removed}, photo), broken, ""},
		"all removed":          {jumb("c2pa", jumb("urn:uuid:2", jumb("c2pa.claim", box("cbor", cbor(map[string]any{"assertions": both}))))), broken, ""},
		"added":                {last(map[string]any{"assertions": both}, done, photo, forged), broken, "c2pa.opened"},
		"replaced":             {last(map[string]any{"assertions": both}, forged, photo), broken, ""},
		"added under one name": {last(map[string]any{"assertions": both}, done, photo, other), broken, "c2pa.opened"},
		"added without a name": {last(map[string]any{"assertions": both}, done, photo, jumb("", box("cbor", cbor(1)))), broken, "c2pa.opened"},
		"removed by an earlier manifest": {jumb("c2pa", claiming("urn:uuid:1", map[string]any{"redacted_assertions": removed}),
			claiming("urn:uuid:2", map[string]any{"assertions": both}, photo)), broken, ""},
		"an earlier manifest lacks what the last removed": {jumb("c2pa", claiming("urn:uuid:1", map[string]any{"assertions": both}, photo),
			claiming("urn:uuid:2", map[string]any{"assertions": both, "redacted_assertions": []any{"self#jumbf=/c2pa/urn:uuid:1/c2pa.assertions/c2pa.actions"}}, done, photo)), fits, "c2pa.opened"},
		"a claim that names nothing": {last(map[string]any{}, done), unknown, ""},
		"a statement elsewhere":      {last(map[string]any{"assertions": append([]any{map[string]any{"url": "https://example.org/c2pa.ingredient"}}, both[:1]...)}, done, photo), unknown, "c2pa.opened"},
		"an unknown digest": {last(map[string]any{"assertions": []any{both[1], map[string]any{"url": "self#jumbf=c2pa.assertions/c2pa.actions",
			"alg": "md5", "hash": []byte{1}}}}, done, photo), unknown, "c2pa.opened"},
		"more boxes than are read": {last(map[string]any{"assertions": both}, append(slices.Repeat([][]byte{box("free")}, 2000), photo)...), unknown, ""},
	} {
		p := metadata.ReadStore(c.store, nil).C2PA
		if p == nil || p.Statements != c.want || strings.Join(p.Actions, " ") != c.actions {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

// TestADigestOfTheFileThatTheClaimDoesNotNameIsNotUsed: anyone can add one.
func TestADigestOfTheFileThatTheClaimDoesNotNameIsNotUsed(t *testing.T) {
	t.Parallel()
	file := []byte("a file")
	sum := sha256.Sum256(file)
	binding := jumb("c2pa.hash.data", box("cbor", cbor(map[string]any{"alg": "sha256", "hash": sum[:]})))
	done := acted("c2pa.actions", "c2pa.opened")
	for named, want := range map[bool]metadata.Binding{true: metadata.BindingFits, false: metadata.BindingUnknown} {
		list := naming("c2pa.actions", done)
		if named {
			list = naming("c2pa.actions", done, "c2pa.hash.data", binding)
		}
		store := jumb("c2pa", claiming("urn:uuid:1", map[string]any{"assertions": list}, done, binding))
		if p := metadata.ReadStore(store, file).C2PA; p.Binding != want {
			t.Errorf("named %t: %+v", named, p)
		}
	}
}

func TestThePreviewInAManifestIsOneOfTheFiles(t *testing.T) {
	t.Parallel()
	shown := jumb("c2pa.thumbnail.claim.jpeg", box("bfdb", []byte("\x00image/jpeg\x00")), box("bidb", make([]byte, 77)))
	unnamed := map[string]any{"assertions": naming("c2pa.actions", acted("c2pa.actions", "c2pa.opened"))}
	for name, c := range map[string]struct {
		claim map[string]any
		shown []byte
		want  int
	}{
		"named":      {map[string]any{"assertions": naming("c2pa.thumbnail.claim.jpeg", shown)}, shown, 77},
		"not named":  {unnamed, shown, 0},
		"without it": {unnamed, acted("c2pa.actions", "c2pa.opened"), 0},
	} {
		f := metadata.ReadStore(jumb("c2pa", claiming("urn:uuid:1", c.claim, c.shown)), nil)
		bytes := 0
		for _, p := range f.Thumbnails {
			bytes += p.Bytes
		}
		if bytes != c.want {
			t.Errorf("%s: %+v", name, f.Thumbnails)
		}
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
	preview := jumb("c2pa.thumbnail.claim", box("bfdb", []byte("\x00image/png\x00")), box("bidb", make([]byte, 9)))
	f.Add(jumb("c2pa", claiming("urn:uuid:1", map[string]any{"created_assertions": naming("c2pa.thumbnail.claim", preview)}, preview)))
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
	f := read(t, webpWith("ICCP", profile("desc\x00\x00\x00\x00\x00\x00\x00\x05Mine\x00")))
	if f.WebP.ICC != "Mine" {
		t.Errorf("in a WebP: %+v", f.WebP)
	}
	f = read(t, withSegment(jpegAt(t, 16, 16, 75), 0xe2, append([]byte("ICC_PROFILE\x00\x01\x01"), profile("desc\x00\x00\x00\x00\x00\x00\x00\x05Mine\x00")...)))
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
