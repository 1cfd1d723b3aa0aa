package intake

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"syscall"
)

// Format is the form of a source.
type Format string

// The formats.
const (
	Auto     Format = "auto"
	Telegram Format = "telegram"
	CSV      Format = "csv"
	JSONL    Format = "jsonl"
	Folder   Format = "folder"
	Mirror   Format = "mirror"
)

// Formats are all formats, for help texts.
func Formats() []Format { return []Format{Auto, Telegram, CSV, JSONL, Folder, Mirror} }

// ErrUnknownFormat says that a source is of none of the formats.
var ErrUnknownFormat = errors.New("none of the known formats; name one with --format")

// ErrHTMLExport says that a source is a Telegram export made for reading, and not for programs.
var ErrHTMLExport = errors.New("Telegram's HTML export, which is for people: export the chat again as machine-readable JSON")

// isHTMLExport recognises the pages of such an export, of one chat or of many.
func isHTMLExport(name string) bool { return name == "messages.html" || name == "export_results.html" }

// find names the file within dir, or "." for dir itself, and its format. name is the
// file that was named, "." when it was the folder.
func find(root *os.Root, name string, want Format) (string, Format, error) {
	if name != "." {
		f, err := formatOf(name, want)
		return name, f, err
	}
	for _, c := range []struct {
		name string
		as   Format
	}{{"result.json", Telegram}, {"claims.csv", CSV}, {"claims.jsonl", JSONL}} {
		_, err := root.Stat(c.name)
		if err == nil && (want == Auto || want == c.as || want == Mirror && c.as != Telegram) {
			return c.name, c.as, nil
		}
	}
	switch want {
	case Folder, Mirror:
		return name, want, nil
	case Auto, Telegram:
		if err := asHTML(root); err != nil {
			return "", "", err
		}
	}
	if want == Auto {
		f, err := looks(root)
		return name, f, err
	}
	return "", "", fmt.Errorf("the folder has no %s: %w", map[Format]string{Telegram: "result.json", CSV: "claims.csv", JSONL: "claims.jsonl"}[want], fs.ErrNotExist)
}

// asHTML is ErrHTMLExport where that is in the folder.
func asHTML(root *os.Root) error {
	files, err := fs.ReadDir(root.FS(), ".")
	if err == nil && slices.ContainsFunc(files, func(f fs.DirEntry) bool { return isHTMLExport(f.Name()) }) {
		err = ErrHTMLExport
	}
	return err
}

// formatOf is the format of a file.
func formatOf(name string, want Format) (Format, error) {
	if want == Folder || want == Mirror {
		return "", fmt.Errorf("%s is a file, and a %s is a folder", name, want)
	}
	if want != Auto {
		return want, nil
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".csv", ".tsv":
		return CSV, nil
	case ".jsonl", ".ndjson":
		return JSONL, nil
	case ".json":
		return Telegram, nil
	}
	if isHTMLExport(name) {
		return "", ErrHTMLExport
	}
	return "", fmt.Errorf("%s: %w", name, ErrUnknownFormat)
}

// looks tells a folder with pictures beside their sidecars from one with a folder a claim.
func looks(root *os.Root) (Format, error) {
	files, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return "", err
	}
	if pictures, _ := split(files); len(pictures) > 0 {
		return Folder, nil
	}
	if slices.ContainsFunc(files, fs.DirEntry.IsDir) {
		return Mirror, nil
	}
	return "", fmt.Errorf("a folder without pictures and folders: %w", ErrUnknownFormat)
}

// readerOf is the reader of a format.
func readerOf(f Format) reader {
	return map[Format]reader{Telegram: ofFile(telegram), CSV: ofFile(table), JSONL: ofFile(lines),
		Folder: ofTree(folder), Mirror: ofTree(mirror)}[f]
}

// openRegular opens a file, and nothing else: a pipe would be waited for without end.
func openRegular(root *os.Root, name string) (*os.File, error) {
	f, err := root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("open %s: it is not a file: %w", name, fs.ErrInvalid)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}
