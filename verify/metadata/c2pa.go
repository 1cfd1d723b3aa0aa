package metadata

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"fmt"
	"hash"
	"slices"
	"sort"
	"strings"
)

// Provenance is what the active C2PA manifest of a file says, and whether the
// digests in it fit the file. No signature is checked: anyone can write a
// manifest whose digests fit.
type Provenance struct {
	Manifests   int      `json:"manifests"`
	Label       string   `json:"label"`                // of the active one, which is the last
	Generator   string   `json:"claim_generator"`      // what made the manifest
	Actions     []string `json:"actions"`              // such as "c2pa.opened", in order
	SourceTypes []string `json:"digital_source_types"` // the last word of each address
	Ingredients int      `json:"ingredients"`          // other files that went in
	Binding     Binding  `json:"binding"`              // does the manifest's digest of the file fit
	Uncovered   int64    `json:"uncovered_bytes"`      // left out of the digest, and no part of the manifest
	Statements  Binding  `json:"statements"`           // are they those that the claim names, and do its digests fit
	Signature   string   `json:"signature"`            // always "not validated"
}

// Binding is how digests compare.
type Binding string

// How digests compare.
const (
	BindingFits    Binding = "fits"
	BindingBroken  Binding = "broken"
	BindingUnknown Binding = "unknown" // none there, or in a form that is not read
)

// readC2PA reads a store of manifests; own are the stretches of the file in
// which it lies.
func readC2PA(f *Facts, store []byte, own []span, file []byte) {
	if f.C2PA != nil {
		return // a file has one store
	}
	tops, whole := readJUMBF(store)
	for _, top := range tops {
		if top.label != "c2pa" {
			continue
		}
		p := &Provenance{Manifests: len(top.children), Binding: BindingUnknown, Statements: BindingUnknown, Signature: "not validated",
			Actions: []string{}, SourceTypes: []string{}}
		f.C2PA = p
		switch {
		case len(top.children) == 0:
			f.note("The C2PA manifest store of the file is empty or broken.")
		case !whole:
			f.note("The C2PA manifest store of the file holds more than is read, so that its manifest was not looked at.")
		default:
			active := &top.children[len(top.children)-1]
			p.Label = active.label
			p.readStatements(f, p.readClaim(f, active), own, file)
		}
		return
	}
}

// readClaim reads who made the manifest, compares the claim with the manifest's
// statements, and returns those that the claim names: any others are nobody's.
func (p *Provenance) readClaim(f *Facts, m *jumbfBox) (named []*jumbfBox) {
	claim, ok := cborMap(m.child("c2pa.claim"))
	if !ok {
		f.note("The claim of the file's C2PA manifest could not be read, so that its statements were not looked at.")
		return nil
	}
	p.Generator = cut(madeBy(claim), maxValue)
	f.tag(C2PA, "claim_generator", p.Generator)
	var all []jumbfBox
	if store := m.child("c2pa.assertions"); store != nil {
		all = store.children
	}
	named, p.Statements = compareClaim(claim, all)
	return named
}

// compareClaim holds the claim against the statements of its manifest, and
// returns those that it names, in its order. As the specification has it, a
// manifest does not hold whose statement is changed or missing, or that holds a
// statement which its claim does not name. That one was removed on purpose only
// a later manifest's claim may say, and none is later than the active one.
func compareClaim(claim map[string]any, all []jumbfBox) (named []*jumbfBox, fit Binding) {
	entries, places, left := namedIn(claim), placesOf(all), int64(maxHashed)
	if len(entries) == 0 {
		return nil, BindingUnknown
	}
	fit = BindingFits
	for _, e := range entries {
		box := places[e.label]
		fit = worse(fit, e.compare(box, &left))
		if box != nil && !slices.Contains(named, box) {
			named = append(named, box)
		}
	}
	unsaid := func(e namedStatement) bool { return e.label == "" }
	if len(named) < len(all) && !slices.ContainsFunc(entries, unsaid) {
		fit = BindingBroken
	}
	return named, fit
}

// worse is how two digests compare together.
func worse(a, b Binding) Binding {
	for _, bad := range []Binding{BindingBroken, BindingUnknown} {
		if a == bad || b == bad {
			return bad
		}
	}
	return BindingFits
}

// placesOf finds statements by their labels; of two with one label a claim can
// name the first alone, and one without a label it cannot name.
func placesOf(all []jumbfBox) map[string]*jumbfBox {
	places := map[string]*jumbfBox{}
	for i := range all {
		if label := all[i].label; label != "" && places[label] == nil {
			places[label] = &all[i]
		}
	}
	return places
}

// namedStatement is how a claim names a statement of its manifest.
type namedStatement struct {
	label string // "" in a form that is not read
	alg   string
	hash  []byte
}

// namedIn are the statements that a claim names: version 1 calls the list
// assertions, version 2 splits it.
func namedIn(claim map[string]any) (out []namedStatement) {
	for _, list := range []string{"assertions", "created_assertions", "gathered_assertions"} {
		for _, e := range listOf(claim[list]) {
			entry, _ := e.(map[string]any)
			n := namedStatement{alg: firstText(entry["alg"], claim["alg"])}
			n.hash, _ = entry["hash"].([]byte)
			if url, _ := entry["url"].(string); strings.HasPrefix(url, "self#jumbf=") {
				n.label = cut(url[strings.LastIndexByte(url, '/')+1:], maxLabel)
			}
			out = append(out, n)
		}
	}
	return out
}

// compare holds the digest against the statement, nil where there is none of
// that label; left are the bytes of which digests may still be taken.
func (n namedStatement) compare(box *jumbfBox, left *int64) Binding {
	switch {
	case n.label == "":
		return BindingUnknown
	case box == nil:
		return BindingBroken
	}
	sum := digest(n.alg)
	*left -= int64(len(box.whole))
	if sum == nil || len(n.hash) == 0 || *left < 0 {
		return BindingUnknown
	}
	sum.Write(box.whole)
	if !bytes.Equal(sum.Sum(nil), n.hash) {
		return BindingBroken
	}
	return BindingFits
}

// maxHashed bounds the bytes that digests of statements are taken of: a hostile
// claim could name one long statement thousands of times.
const maxHashed = 128 << 20

// readStatements reads the actions, the binding to the file, and what else the
// manifest holds.
func (p *Provenance) readStatements(f *Facts, named []*jumbfBox, own []span, file []byte) {
	for _, box := range named {
		switch {
		case box.label == "c2pa.hash.data":
			p.bind(box, own, file)
		case strings.HasPrefix(box.label, "c2pa.ingredient"):
			p.Ingredients++
		case strings.HasPrefix(box.label, "c2pa.actions"):
			p.readActions(f, box)
		case strings.HasPrefix(box.label, "c2pa.thumbnail.claim"):
			if small := box.part("bidb"); len(small) > 0 {
				f.addPreview(thumbnail(inC2PA, small))
			}
		}
	}
}

func (p *Provenance) readActions(f *Facts, box *jumbfBox) {
	statement, ok := cborMap(box)
	if !ok {
		return
	}
	for _, a := range listOf(statement["actions"]) {
		action, _ := a.(map[string]any)
		if name, ok := action["action"].(string); ok {
			p.Actions = listed(f, p.Actions, name)
			f.tag(C2PA, "action", name)
		}
		if kind, ok := action["digitalSourceType"].(string); ok {
			kind = kind[strings.LastIndexByte(kind, '/')+1:]
			p.SourceTypes = listed(f, p.SourceTypes, kind)
			f.tag(C2PA, "digitalSourceType", kind)
		}
		f.tag(C2PA, "softwareAgent", agent(action["softwareAgent"]))
		if when, ok := action["when"].(string); ok {
			f.tag(C2PA, "when", when)
		}
	}
}

// listed is a list of the manifest's with one entry more, if there is room.
func listed(f *Facts, all []string, name string) []string {
	if len(all) == maxEntries {
		f.note("The C2PA manifest lists more actions than are listed here.")
		return all
	}
	return append(all, cut(name, maxName))
}

// bind computes the digest of the file without the stretches that the
// statement leaves out (C2PA specification, section on data hashes).
func (p *Provenance) bind(box *jumbfBox, own []span, file []byte) {
	statement, ok := cborMap(box)
	if !ok {
		return
	}
	want, _ := statement["hash"].([]byte)
	sum := digest(firstText(statement["alg"], "sha256"))
	out, ok := exclusions(statement["exclusions"], int64(len(file)))
	if sum == nil || len(want) == 0 || !ok {
		return
	}
	at := int64(0)
	for _, e := range out {
		sum.Write(file[min(at, e.from):e.from])
		at = max(at, e.to)
	}
	sum.Write(file[at:])
	p.Uncovered = uncovered(out, own)
	p.Binding = BindingBroken
	if bytes.Equal(sum.Sum(nil), want) {
		p.Binding = BindingFits
	}
}

// exclusions reads stretches of the file, in order; false when they make no
// sense.
func exclusions(v any, size int64) ([]span, bool) {
	var out []span
	for _, e := range listOf(v) {
		m, _ := e.(map[string]any)
		start, ok1 := m["start"].(uint64)
		n, ok2 := m["length"].(uint64)
		if !ok1 || !ok2 || start > uint64(size) || n > uint64(size)-start {
			return nil, false
		}
		out = append(out, span{int64(start), int64(start + n)})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].from < out[j].from })
	return out, true
}

// uncovered counts the bytes left out that do not belong to the manifest
// itself: a digest that leaves pixels out vouches for nothing.
func uncovered(out, own []span) (n int64) {
	at := int64(0)
	for _, e := range out {
		from := max(e.from, at)
		at = max(at, e.to)
		inside := int64(0)
		for _, o := range own {
			inside += max(0, min(at, o.to)-max(from, o.from))
		}
		n += max(0, at-from-inside)
	}
	return n
}

// madeBy is the maker's name: claims of version 1 have it as text, those of
// version 2 as a record.
func madeBy(claim map[string]any) string {
	if s, ok := claim["claim_generator"].(string); ok && s != "" {
		return s
	}
	infos := listOf(claim["claim_generator_info"])
	if m, ok := claim["claim_generator_info"].(map[string]any); ok {
		infos = []any{m}
	}
	for _, i := range infos {
		if s := agent(i); s != "" {
			return s
		}
	}
	return ""
}

// agent is a program's name, as text or as a record of name and version.
func agent(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		name, _ := v["name"].(string)
		version, _ := v["version"].(string)
		return strings.TrimSpace(fmt.Sprintf("%s %s", name, version))
	}
	return ""
}

// cborMap is the content of a box as a table.
func cborMap(b *jumbfBox) (map[string]any, bool) {
	if b == nil || b.kind != "cbor" {
		return nil, false
	}
	v, err := readCBOR(b.content)
	m, ok := v.(map[string]any)
	return m, ok && err == nil
}

func listOf(v any) []any {
	l, _ := v.([]any)
	return l
}

// firstText is the first of the values that is a text.
func firstText(values ...any) string {
	for _, v := range values {
		if s, ok := v.(string); ok && s != "" {
			return s
		}
	}
	return ""
}

// digest is a new hash of the name that C2PA gives it, nil for others; "" is
// the specification's default.
func digest(alg string) hash.Hash {
	switch alg {
	case "sha256", "":
		return sha256.New()
	case "sha384":
		return sha512.New384()
	case "sha512":
		return sha512.New()
	}
	return nil
}
