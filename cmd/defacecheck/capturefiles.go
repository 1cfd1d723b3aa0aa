package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
)

// captureSchema names the shape of response.json.
const captureSchema = "defacecheck/capture/1"

// response is what response.json says of the page.
type response struct {
	Schema     string             `json:"schema"`
	Program    string             `json:"program"`
	Browser    string             `json:"browser"`
	URL        string             `json:"url"`
	FinalURL   string             `json:"final_url"`
	SeenAt     time.Time          `json:"seen_at"`
	Validity   capture.Validity   `json:"validity"`
	Reason     string             `json:"reason"`
	Status     int                `json:"status"`
	MIME       string             `json:"mime"`
	Title      string             `json:"title"`
	Redirects  []capture.Redirect `json:"redirects"`
	RemoteAddr string             `json:"remote_addr"`
	TLS        *capture.TLS       `json:"tls,omitempty"`
	Viewport   capture.Viewport   `json:"viewport"`
	PageHeight int                `json:"page_height"`
	Clipped    bool               `json:"clipped"`
	Settled    capture.Settlement `json:"settled"`
	Dialogs    []capture.Dialog   `json:"dialogs"`
}

func responseOf(c *capture.Capture) response {
	return response{
		Schema: captureSchema, Program: "defacecheck " + version(), Browser: c.Browser,
		URL: c.URL, FinalURL: c.FinalURL, SeenAt: c.SeenAt, Validity: c.Validity, Reason: c.Reason,
		Status: c.Status, MIME: c.MIME, Title: c.Title, Redirects: orEmpty(c.Redirects),
		RemoteAddr: c.RemoteAddr, TLS: c.TLS, Viewport: c.Viewport, PageHeight: c.PageHeight,
		Clipped: c.Clipped, Settled: c.Settled, Dialogs: orEmpty(c.Dialogs),
	}
}

// writeCapture writes the files of one capture into dir. A picture that could
// not be taken is left out; response.json says how the page was settled.
func writeCapture(dir *staged, c *capture.Capture) error {
	var warc bytes.Buffer
	info := archive.Info{Software: "defacecheck " + version()}
	if err := archive.WriteWARC(&warc, []*capture.Capture{c}, info); err != nil {
		return err
	}
	text := struct {
		Text     []capture.TextBox `json:"text"`
		Pictures []capture.Box     `json:"pictures"`
	}{orEmpty(c.Text), orEmpty(c.Pictures)}
	for _, f := range []struct {
		name string
		data []byte
		doc  any
	}{
		{"page.png", c.FullPage, nil},
		{"viewport.png", c.First, nil},
		{"page.html", c.HTML, nil},
		{"text.json", nil, text},
		{"requests.json", nil, orEmpty(c.Requests)},
		{"page.warc.gz", warc.Bytes(), nil},
		{"response.json", nil, responseOf(c)},
	} {
		if f.doc != nil {
			data, err := document(f.doc)
			if err != nil {
				return fmt.Errorf("write %s: %w", f.name, err)
			}
			f.data = data
		}
		if f.data == nil {
			continue
		}
		if err := dir.write(f.name, f.data); err != nil {
			return err
		}
	}
	return nil
}

// document is v as indented JSON with a newline at the end. Text of strangers
// stays as it is in files; what is printed goes through package plain.
func document(v any) ([]byte, error) {
	data, err := json.MarshalIndent(v, "", "  ")
	return append(data, '\n'), err
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// staged is a directory that appears whole or not at all: it is filled beside
// its place and put there at the end.
type staged struct{ temp, final string }

// stageDir prepares the directory final, which must not be there or be empty.
func stageDir(final string) (*staged, error) {
	entries, err := os.ReadDir(final)
	if err == nil && len(entries) > 0 {
		return nil, fmt.Errorf("make output directory %s: it is there and not empty", final)
	}
	if err != nil && !os.IsNotExist(err) {
		return nil, fmt.Errorf("make output directory: %w", err)
	}
	parent := filepath.Dir(filepath.Clean(final))
	if err := os.MkdirAll(parent, 0o777); err != nil {
		return nil, fmt.Errorf("make output directory: %w", err)
	}
	temp, err := os.MkdirTemp(parent, ".defacecheck.*.tmp")
	if err != nil {
		return nil, fmt.Errorf("make output directory: %w", err)
	}
	return &staged{temp: temp, final: final}, nil
}

func (s *staged) write(name string, data []byte) error {
	if err := os.WriteFile(filepath.Join(s.temp, name), data, 0o644); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// place puts the directory in its place.
func (s *staged) place() error {
	if err := os.Chmod(s.temp, 0o755); err != nil {
		return fmt.Errorf("write %s: %w", s.final, err)
	}
	_ = os.Remove(s.final) // an empty one; any other fails the rename
	if err := os.Rename(s.temp, s.final); err != nil {
		return fmt.Errorf("write %s: %w", s.final, err)
	}
	return nil
}

// drop removes what was not put in place.
func (s *staged) drop() { _ = os.RemoveAll(s.temp) }
