package archive

import (
	"archive/zip"
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/defacecheck/defacecheck/capture"
)

const (
	// maxZipEntries bounds the members of a WACZ; a collection of a thousand
	// WARC files has a few more than that.
	maxZipEntries = 100_000
	// maxIndexBytes bounds the decompressed CDXJ index.
	maxIndexBytes = 4 << 30
)

// openWACZ indexes a WACZ file (version 1.1.1 of its specification) by its own
// CDXJ index. Without a usable index its WARC files are read through.
func (a *files) openWACZ(ctx context.Context, disk *diskFile) error {
	info, err := disk.f.Stat()
	if err != nil {
		return err
	}
	z, err := zip.NewReader(disk.f, info.Size())
	if err != nil {
		return fmt.Errorf("%w: %w", capture.ErrMalformed, err)
	}
	if len(z.File) > maxZipEntries {
		return fmt.Errorf("%w: more than %d members", capture.ErrTooLarge, maxZipEntries)
	}
	w := &wacz{a: a, warcs: map[string]*zipped{}}
	for _, f := range z.File {
		w.sort(&zipped{disk: disk, entry: f})
	}
	if len(w.warcs) == 0 {
		return fmt.Errorf("%w: a zip file without WARC files in archive/", capture.ErrMalformed)
	}
	if err := w.checkPackage(ctx); err != nil {
		return err
	}
	return w.load(ctx)
}

// wacz is one WACZ file while it is opened.
type wacz struct {
	a       *files
	warcs   map[string]*zipped // by the name that the index uses
	order   []*zipped
	indexes []*zipped
	members map[string]*zipped // by full name
}

func (w *wacz) sort(m *zipped) {
	if w.members == nil {
		w.members = map[string]*zipped{}
	}
	w.members[m.entry.Name] = m
	dir, name := path.Split(m.entry.Name)
	switch {
	case dir == "archive/" && archiveName(name):
		w.warcs[name] = m
		w.order = append(w.order, m)
	case dir == "indexes/" && isIndex(name):
		w.indexes = append(w.indexes, m)
	}
}

func isIndex(name string) bool {
	name = strings.TrimSuffix(name, ".gz")
	return strings.HasSuffix(name, ".cdx") || strings.HasSuffix(name, ".cdxj")
}

// load takes the entries of the index, or scans the WARC files if there is no
// index or it is broken.
func (w *wacz) load(ctx context.Context) error {
	before := len(w.a.index.entries)
	err := w.readIndexes(ctx)
	if err == nil || ctx.Err() != nil || errors.Is(err, capture.ErrTooLarge) {
		return err
	}
	w.a.warn("%s: %v: reading the WARC files themselves", w.order[0].disk.base, err)
	w.a.index.entries = w.a.index.entries[:before]
	for _, m := range w.order {
		if err := scan(ctx, m, &w.a.index, w.a.warn); err != nil {
			return fmt.Errorf("%s: %w", m.name(), err)
		}
	}
	return nil
}

func (w *wacz) readIndexes(ctx context.Context) error {
	n := len(w.a.index.entries)
	for _, m := range w.indexes {
		if err := w.readIndex(ctx, m); err != nil {
			return fmt.Errorf("index %s: %w", m.entry.Name, err)
		}
	}
	if len(w.a.index.entries) == n {
		return errors.New("no entry in an index")
	}
	return nil
}

func (w *wacz) readIndex(ctx context.Context, m *zipped) error {
	raw, err := m.from(0)
	if err != nil {
		return err
	}
	defer func() { _ = raw.Close() }()
	r, err := maybeGunzip(contextReader{ctx, raw})
	if err != nil {
		return err
	}
	limited := &io.LimitedReader{R: r, N: maxIndexBytes}
	lines := bufio.NewScanner(limited)
	lines.Buffer(nil, maxCDXLine)
	for lines.Scan() {
		if err := w.line(lines.Text()); err != nil {
			return err
		}
	}
	if limited.N == 0 {
		return fmt.Errorf("%w: index over %d bytes", capture.ErrTooLarge, int64(maxIndexBytes))
	}
	return lines.Err()
}

// line adds one CDXJ line. Lines about files that are not there, and about
// answers to other methods than GET, are passed over.
func (w *wacz) line(text string) error {
	if text = strings.TrimSpace(text); text == "" || strings.HasPrefix(text, "!") {
		return nil
	}
	c, err := parseCDXJ(text)
	if err != nil {
		return err
	}
	m, ok := w.warcs[path.Base(c.Filename)]
	if !ok {
		return fmt.Errorf("it names %.80q, which is not in archive/", c.Filename)
	}
	if c.Method != "" && c.Method != "GET" {
		return nil
	}
	e := c.entry()
	e.store = m
	return w.a.index.add(e)
}
