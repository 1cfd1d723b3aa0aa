package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"mime"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/capturetest"
)

// cmdCode is "code N defacecheck ARG...": runs the program and wants exit code
// N. "defacecheck" may stand behind words like VAR=value.
func cmdCode(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: code N command [arg...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// cmdPicture is "picture KIND FILE": makes a picture, or what looks like one.
func cmdPicture(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: picture KIND FILE")
	}
	data, err := pictureOf(args[0])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), data, 0o644))
}

func pictureOf(kind string) ([]byte, error) {
	var b bytes.Buffer
	switch kind {
	case "png":
		err := png.Encode(&b, chequered(320, 240))
		return b.Bytes(), err
	case "gif":
		err := gif.Encode(&b, chequered(200, 400), nil)
		return b.Bytes(), err
	case "truncated":
		err := png.Encode(&b, chequered(320, 240))
		return b.Bytes()[:b.Len()/2], err
	case "animated":
		g := &gif.GIF{}
		for range 3 {
			g.Image, g.Delay = append(g.Image, chequered(320, 240)), append(g.Delay, 10)
		}
		err := gif.EncodeAll(&b, g)
		return b.Bytes(), err
	case "huge": // a JPEG header of 65,500 x 65,500, and nothing behind it
		return []byte("\xff\xd8\xff\xc2\x00\x0b\x08\xff\xdc\xff\xdc\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\xff\xd9"), nil
	}
	return nil, fmt.Errorf("no such kind of picture: %s", kind)
}

// chequered has enough in it to be told from other pictures.
func chequered(w, h int) *image.Paletted {
	m := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.White, color.Black, color.Gray{128}})
	for y := range h {
		for x := range w {
			m.SetColorIndex(x, y, uint8((x/13+y/7+x*y/501)%3))
		}
	}
	return m
}

// cmdSite is "site NAME KIND [FILE]": serves on loopback under the host name
// NAME.test and sets NAME_URL and NAME_RESOLVE. KIND is page (FILE at /),
// tls (the same over https, with the authority's certificate in NAME.pem),
// loop (redirects to itself for ever) or hang (never answers).
func cmdSite(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: site NAME KIND [FILE]")
	}
	name, kind := args[0], args[1]
	cfg := capturetest.SiteConfig{Host: name + ".test", TLS: kind == "tls", Pages: map[string]capturetest.Page{}}
	switch kind {
	case "page", "tls":
		cfg.Pages["/"] = capturetest.HTML(ts.ReadFile(args[2]))
	case "loop":
		cfg.Pages["/"] = capturetest.RedirectTo(302, "/")
	case "hang":
		cfg.Pages["/"] = capturetest.Page{Delay: time.Hour}
	default:
		ts.Fatalf("no such kind of site: %s", kind)
	}
	s, err := capturetest.NewSite(cfg)
	ts.Check(err)
	ts.Defer(func() { _ = s.Close() })
	if ca := s.CA(); ca != nil {
		ts.Check(os.WriteFile(ts.MkAbs(name+".pem"), ca, 0o644))
	}
	ts.Setenv(name+"_URL", s.URL("/"))
	ts.Setenv(name+"_RESOLVE", s.Resolve())
}

// cmdArchived is "archived WARC URL TIME FILE [TIME FILE]...": writes a WARC
// with captures of the URL.
func cmdArchived(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 4 {
		ts.Fatalf("usage: archived WARC URL TIME FILE [TIME FILE]...")
	}
	var pages []*capture.Capture
	for i := 2; i+1 < len(args); i += 2 {
		at, err := time.Parse(time.RFC3339, args[i])
		ts.Check(err)
		pages = append(pages, archivedPage(args[1], at, map[string][]byte{args[1]: []byte(ts.ReadFile(args[i+1]))}))
	}
	var b bytes.Buffer
	ts.Check(archive.WriteWARC(&b, pages, archive.Info{Software: "test"}))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o644))
}

// cmdWayback is "wayback NAME KIND URL TIME FILE...": serves captures of the URL
// as the Wayback Machine does and sets NAME_BASE. KIND is quirky, busy (asks for
// a pause that nobody waits out) or excluded.
func cmdWayback(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 5 {
		ts.Fatalf("usage: wayback NAME KIND URL TIME FILE...")
	}
	quirks, ok := map[string]capturetest.WaybackQuirks{
		"quirky":   {Gzip: true, Revisits: true, Duplicates: true, BadTimes: true, GzipRecords: true},
		"busy":     {Busy: 1000, RetryAfter: "86400"},
		"excluded": {Excluded: "AdministrativeAccessControlException"},
	}[args[1]]
	if !ok {
		ts.Fatalf("no such kind of archive: %s", args[1])
	}
	var records []capture.Record
	for i := 3; i+1 < len(args); i += 2 {
		at, err := time.Parse(time.RFC3339, args[i])
		ts.Check(err)
		records = append(records, capture.Record{URL: args[2], At: at, Status: 200,
			Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Body: []byte(ts.ReadFile(args[i+1]))})
	}
	w, err := capturetest.NewWayback(records, quirks)
	ts.Check(err)
	ts.Defer(func() { _ = w.Close() })
	ts.Setenv(args[0]+"_BASE", w.Base())
}

// archivedPage is a capture of url as an archive would have made it at a time,
// with all of its parts.
func archivedPage(url string, at time.Time, parts map[string][]byte) *capture.Capture {
	c := &capture.Capture{ID: "archived-" + at.Format(time.RFC3339), URL: url, FinalURL: url, SeenAt: at, TakenAt: at,
		Validity: capture.OK, Status: 200, Browser: "test"}
	for u, body := range parts {
		c.Requests = append(c.Requests, capture.Exchange{URL: u, Method: "GET", Status: 200, Started: at,
			Bytes: int64(len(body)), Body: body, Header: map[string]string{"Content-Type": contentType(u)}})
	}
	return c
}

// contentType tells a file's type by its name. In a directory of style sheets
// whatever is not a picture is one, as saved pages have them.
func contentType(at string) string {
	name, _, _ := strings.Cut(at, "?")
	known := mime.TypeByExtension(path.Ext(name))
	inCSS := path.Base(path.Dir(name)) == "css" || strings.Contains(at, "fonts.googleapis.com")
	switch {
	case inCSS && !strings.HasPrefix(known, "image/"), path.Ext(name) == ".css":
		return "text/css"
	case path.Ext(name) == ".js":
		return "text/javascript"
	case known != "" && path.Ext(name) != ".php":
		return known
	}
	return "text/html; charset=utf-8"
}

// cmdValid is "valid FILE": FILE (or stdout) is one JSON document that fits the
// published schema.
func cmdValid(ts *testscript.TestScript, neg bool, args []string) {
	schema, err := jsonschema.NewCompiler().Compile(filepath.Join(repositoryRoot(), schemaFile))
	ts.Check(err)
	doc, err := oneDocument(ts.ReadFile(args[0]))
	ts.Check(err)
	if err := schema.Validate(doc); (err != nil) != neg {
		ts.Fatalf("validate %s: %v", args[0], err)
	}
}

// oneDocument decodes s and refuses anything behind the document.
func oneDocument(s string) (any, error) {
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	var doc any
	if err := d.Decode(&doc); err != nil {
		return nil, err
	}
	if d.More() {
		return nil, errors.New("more than one document")
	}
	return doc, nil
}
