package casebook

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/defacecheck/defacecheck/capture/browser"
)

// asMaker makes the test binary a run that is to be killed: its value are Options.
const asMaker = "DEFACECHECK_TEST_MAKE"

func TestMain(m *testing.M) {
	if raw := os.Getenv(asMaker); raw != "" {
		var o struct {
			Sites, Out string
			Seed       uint64
		}
		if err := json.Unmarshal([]byte(raw), &o); err != nil {
			panic(err)
		}
		_, err := Make(context.Background(), Options{Sites: []string{o.Sites}, Out: o.Out, Seed: o.Seed, Jobs: 1, Program: "test"})
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
	code := m.Run()
	if shared.root != "" {
		_ = os.RemoveAll(shared.root)
	}
	if code == 0 {
		if err := goleak.Find(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

// shared is a corpus of one claim of each class, which a killed run began.
var shared struct {
	once     sync.Once
	root     string
	manifest *Manifest
	early    []string // claims that the killed run left complete
	err      error
}

const testSeed = 11

// needsChrome skips a test where there is none, or no time for one.
func needsChrome(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("needs Chrome and a minute")
	}
	if _, err := browser.Find(); err != nil {
		t.Skipf("no browser: %v", err)
	}
}

func corpus(t *testing.T) (dir string, m *Manifest) {
	t.Helper()
	needsChrome(t)
	shared.once.Do(func() {
		if shared.root, shared.err = os.MkdirTemp("", "defacecheck-casebook-"); shared.err != nil {
			return
		}
		if shared.err = writeSites(filepath.Join(shared.root, "sites")); shared.err != nil {
			return
		}
		if shared.early, shared.err = killed(); shared.err != nil {
			return
		}
		shared.manifest, shared.err = Make(context.Background(), options())
	})
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	return filepath.Join(shared.root, "out"), shared.manifest
}

func options() Options {
	return Options{Sites: []string{filepath.Join(shared.root, "sites")}, Out: filepath.Join(shared.root, "out"), Seed: testSeed, Program: "test"}
}

// killed begins the corpus in a process that is killed when two claims are complete,
// and names them.
func killed() ([]string, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	args, err := json.Marshal(map[string]any{"Sites": options().Sites[0], "Out": options().Out, "Seed": testSeed})
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), asMaker+"="+string(args))
	var messages bytes.Buffer
	cmd.Stderr = &messages
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	gone := make(chan error, 1)
	go func() { gone <- cmd.Wait() }()
	for {
		left, err := filepath.Glob(filepath.Join(options().Out, claimsDir, "c*"))
		if err != nil {
			return nil, err
		}
		if len(left) >= 2 {
			_ = cmd.Process.Kill()
			<-gone
			left, err = filepath.Glob(filepath.Join(options().Out, claimsDir, "c*"))
			return left, err
		}
		select {
		case <-gone:
			return nil, fmt.Errorf("the run to be killed ended by itself: %s", messages.String())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// writeSites writes two small sites.
func writeSites(dir string) error {
	for i, s := range []struct{ name, about, colour string }{
		{"canal-walk", "The canal has eleven locks between the mill and the harbour", "#24507a"},
		{"bread_and_rye", "Rye is milled on Tuesdays and baked the night after in the old oven", "#7a4a24"},
	} {
		root := filepath.Join(dir, s.name)
		if err := os.MkdirAll(filepath.Join(root, "img"), 0o755); err != nil {
			return err
		}
		var b bytes.Buffer
		if err := png.Encode(&b, drawing(i)); err != nil {
			return err
		}
		var text strings.Builder
		for k := range 9 {
			fmt.Fprintf(&text, "<h3>Part %d of %s</h3>\n<p>%s, and number %d of its stories is told here at some length.</p>\n<ul><li>A remark on the weather of year %d and what became of it</li></ul>\n", k, s.name, s.about, k*7+i, 1900+k)
		}
		page := func(title string) string {
			return fmt.Sprintf(`<!doctype html><html><head><meta charset="utf-8"><title>%s</title><link rel="stylesheet" href="/style.css"><script src="https://elsewhere.example/x.js"></script></head><body><header>%s</header><img src="/img/a.png" width="420" height="160"><h2>%s</h2>%s<footer>&copy; 2019 %s</footer></body></html>`,
				title, title, title, text.String(), s.name)
		}
		for name, body := range map[string]string{"index.html": page("Welcome to " + s.name), "about.html": page("About " + s.name), "img/a.png": b.String(),
			"style.css": "@import url(https://elsewhere.example/f.css);body{margin:0 60px;font:17px/1.5 'Liberation Sans',sans-serif;color:#222}header{background:" + s.colour + ";color:#fff;padding:22px;font-size:26px}"} {
			if err := os.WriteFile(filepath.Join(root, name), []byte(body), 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

func drawing(n int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 420, 160))
	for y := range 160 {
		for x := range 420 {
			m.SetRGBA(x, y, color.RGBA{uint8(x * (n + 1) / 3), uint8(y + x/9*13), uint8(90 + (x^y)%120), 255})
		}
	}
	return m
}
