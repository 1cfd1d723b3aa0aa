package main

import (
	"bytes"
	"context"
	"image/png"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/defacecheck/defacecheck/corpus/reuse/reusetest"
)

// cmdWindows is "windows DIR": puts pictures of a browser's window into a folder: first.png, a copy of it
// as a messenger makes it (copy.jpg), another screenshot of the same page, at another address (other.png),
// and one of another page (lamp.png).
func cmdWindows(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: windows DIR")
	}
	shots, err := reusetest.Shots(context.Background(),
		reusetest.View{Title: "Kite was here", Address: "mill-valley.example", Clock: "14:05"},
		reusetest.View{Title: "Kite was here", Address: "www.ferry-house.example/index.html", Clock: "16:41"},
		reusetest.View{Address: "lamp.example", Clock: "09:10", Page: "<h1>Another hand</h1><p>wrote this on the wall of the mill, and went home by the stairs"})
	ts.Check(err)
	img, err := png.Decode(bytes.NewReader(shots[0]))
	ts.Check(err)
	copied, err := reusetest.Recompressed(img, 1, 85)
	ts.Check(err)
	for name, data := range map[string][]byte{"first.png": shots[0], "copy.jpg": copied, "other.png": shots[1], "lamp.png": shots[2]} {
		ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(args[0]), name), data, 0o644))
	}
}
