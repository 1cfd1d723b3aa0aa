package intake

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
)

// folder reads one folder in which a file beside each picture tells of it: shot.json or
// shot.png.json, an entry; or shot.txt or shot.png.txt, the text of a message. A sidecar
// whose picture is not there is a message without one.
func folder(dir string, files []fs.DirEntry, in *source, to give) error {
	pictures, others := split(files)
	used := map[string]bool{}
	for _, p := range pictures {
		m := message{}
		if side := sidecar(p, others); side != "" {
			used[side] = true
			m = besideMessage(dir, side, in)
			if len(m.left) == 0 {
				m.pictures = []string{path.Join(dir, p)}
			}
		} else {
			m.posting.Origin = path.Join(dir, p)
			m.left = []Left{m.where(NoSidecar, "")}
		}
		for i := range m.left {
			m.left[i].Picture = path.Join(dir, p)
		}
		if !to(m) {
			return errStopped
		}
	}
	for _, name := range sortedKeys(others) {
		if used[name] || !isSidecar(name) {
			continue
		}
		if !to(besideMessage(dir, name, in)) {
			return errStopped
		}
	}
	return nil
}

// split tells pictures from other files, by their names.
func split(files []fs.DirEntry) (pictures []string, others map[string]bool) {
	others = map[string]bool{}
	for _, f := range files {
		switch {
		case f.IsDir(), strings.HasPrefix(f.Name(), "."):
		case isPictureName(f.Name()):
			pictures = append(pictures, f.Name())
		default:
			others[f.Name()] = true
		}
	}
	return pictures, others
}

func isSidecar(name string) bool {
	end := strings.ToLower(path.Ext(name))
	return end == ".json" || end == ".txt"
}

// sidecar is the file that tells of a picture; "" when there is none.
func sidecar(picture string, others map[string]bool) string {
	for _, base := range []string{picture, stem(picture)} {
		for _, end := range []string{".json", ".txt"} {
			if others[base+end] {
				return base + end
			}
		}
	}
	return ""
}

// besideMessage reads a sidecar. Which picture it is about says its name.
func besideMessage(dir, name string, in *source) message {
	m := message{}
	m.posting.Origin = path.Join(dir, name)
	data, err := readSmall(in.root, path.Join(dir, name))
	if err != nil {
		m.left = []Left{m.where(BadEntry, cause(err))}
		return m
	}
	if strings.HasSuffix(strings.ToLower(name), ".txt") {
		m.posting.Text, m.search = string(data), string(data)
		return m
	}
	e, _, err := entryOf(data, fieldNames())
	if err != nil {
		m.left = []Left{m.where(BadEntry, inWords(err))}
		return m
	}
	delete(e, fieldPicture)
	return e.message(m.posting.Origin, in.now)
}

// readSmall reads a text file of at most MaxEntry bytes as UTF-8.
func readSmall(root *os.Root, name string) ([]byte, error) {
	f, err := openRegular(root, name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(decoded(f), MaxEntry+1))
	if len(data) > MaxEntry {
		return nil, fmt.Errorf("more than %d bytes: %w", MaxEntry, ErrTooLong)
	}
	return data, err
}
