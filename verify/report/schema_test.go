package report

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/invopop/jsonschema"
	validator "github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/defacecheck/defacecheck/verify"
)

const module = "github.com/defacecheck/defacecheck/"

// sources is what the comments and constants of our types say.
type sources struct {
	comments map[string]string // "path.Type" or "path.Type.Field"
	enums    map[string][]any  // "path.Type" of string types with constants
}

// readSources reads the packages that the types of a result come from.
func readSources(t *testing.T) sources {
	t.Helper()
	s := sources{map[string]string{}, map[string][]any{}}
	for _, dir := range []string{"verify", "capture"} {
		path := module + dir
		for _, typ := range parsed(t, filepath.Join("..", "..", dir), path).Types {
			s.comments[path+"."+typ.Name] = oneLine(typ.Doc)
			s.addFields(path+"."+typ.Name, typ.Decl)
			s.addEnum(path+"."+typ.Name, typ.Consts)
		}
	}
	return s
}

func parsed(t *testing.T, dir, path string) *doc.Package {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	fset, files := token.NewFileSet(), []*ast.File{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	p, err := doc.NewFromFiles(fset, files, path, doc.AllDecls)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (s sources) addFields(name string, d *ast.GenDecl) {
	ast.Inspect(d, func(n ast.Node) bool {
		f, ok := n.(*ast.Field)
		if !ok {
			return true
		}
		text := f.Doc.Text() + f.Comment.Text()
		for _, id := range f.Names {
			s.comments[name+"."+id.Name] = oneLine(text)
		}
		return true
	})
}

func (s sources) addEnum(name string, groups []*doc.Value) {
	for _, g := range groups {
		for _, spec := range g.Decl.Specs {
			for _, v := range spec.(*ast.ValueSpec).Values {
				lit, ok := v.(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING {
					continue
				}
				if word, err := strconv.Unquote(lit.Value); err == nil {
					s.enums[name] = append(s.enums[name], word)
				}
			}
		}
	}
}

// describe returns the comment of a type or a field; a field without one has
// its type's.
func (s sources) describe(typ reflect.Type, field string) string {
	if field == "" {
		return s.comments[typ.PkgPath()+"."+typ.Name()]
	}
	if text := s.comments[typ.PkgPath()+"."+typ.Name()+"."+field]; text != "" {
		return text
	}
	f, _ := typ.FieldByName(field)
	for f.Type.Kind() == reflect.Pointer || f.Type.Kind() == reflect.Slice {
		f.Type = f.Type.Elem()
	}
	return s.comments[f.Type.PkgPath()+"."+f.Type.Name()]
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// makeSchema generates the schema from the types.
func makeSchema(t *testing.T) []byte {
	t.Helper()
	src := readSources(t)
	r := jsonschema.Reflector{Anonymous: true}
	r.LookupComment = src.describe
	r.Mapper = func(typ reflect.Type) *jsonschema.Schema {
		key := typ.PkgPath() + "." + typ.Name()
		if words := src.enums[key]; words != nil && typ.Kind() == reflect.String {
			return &jsonschema.Schema{Type: "string", Enum: words, Description: src.comments[key]}
		}
		return nil
	}
	s := r.Reflect(&verify.Result{})
	s.ID = "https://" + module + "verify/report/verdict.schema.json"
	s.Title = verify.Schema
	if p, ok := s.Definitions["Result"].Properties.Get("schema"); ok {
		p.Const = verify.Schema
	}
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(b, '\n')
}

func TestThePublishedSchemaIsTheOneOfTheTypes(t *testing.T) {
	want := makeSchema(t)
	if *update {
		if err := os.WriteFile("verdict.schema.json", want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(Schema(), want) {
		t.Error("verdict.schema.json is not what the types give; run go generate ./verify/report")
	}
}

// compiled is a schema of ours ready to validate with.
func compiled(t *testing.T, b []byte) *validator.Schema {
	t.Helper()
	d, err := validator.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	c := validator.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("verdict.json", d); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("verdict.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func validate(t *testing.T, s *validator.Schema, doc []byte) error {
	t.Helper()
	v, err := validator.UnmarshalJSON(bytes.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(v)
}

func TestEverySampleResultFollowsTheSchema(t *testing.T) {
	s := compiled(t, makeSchema(t))
	for name, r := range samples() {
		if err := validate(t, s, encoded(t, r)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for i := range hostile {
		if err := validate(t, s, encoded(t, hostileResult(i))); err != nil {
			t.Errorf("hostile %d: %v", i, err)
		}
	}
	if err := validate(t, s, encoded(t, &verify.Result{Schema: verify.Schema})); err == nil {
		t.Error("a result without a verdict word follows the schema")
	}
}

func TestTheSchemaRefusesWhatIsNotInTheVocabulary(t *testing.T) {
	s := compiled(t, makeSchema(t))
	good := string(encoded(t, sampleResult()))
	for name, swap := range map[string][2]string{
		"another word":     {`"word": "supported"`, `"word": "proven"`},
		"another answer":   {`"answer": "judged"`, `"answer": "maybe"`},
		"another leaning":  {`"leaning": ""`, `"leaning": "left"`},
		"another state":    {`"state": "same"`, `"state": "similar"`},
		"another validity": {`"validity": "challenge"`, `"validity": "odd"`},
		"another kind":     {`"kind": "live"`, `"kind": "memory"`},
		"another schema":   {`"schema": "defacecheck/verdict/1"`, `"schema": "defacecheck/verdict/2"`},
		"an extra field":   {`"log10_lr"`, `"log10_xr"`},
		"text for a list":  {`"notes": []`, `"notes": ""`},
		"a broken time":    {`"read_at": "2025-06-02T08:13:00Z"`, `"read_at": "yesterday"`},
	} {
		bad := strings.Replace(good, swap[0], swap[1], 1)
		if bad == good {
			t.Fatalf("%s: the sample has no %s", name, swap[0])
		}
		if validate(t, s, []byte(bad)) == nil {
			t.Errorf("%s follows the schema", name)
		}
	}
}
