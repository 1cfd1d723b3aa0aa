package intake

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// mirror reads one folder of a tree in which a folder is a claim: a picture, and a file
// that tells of it. Folders below such a folder hold the page as it was served and are not
// looked into.
func mirror(dir string, files []fs.DirEntry, in *source, to give) error {
	m, claim := mirrored(dir, files, in)
	if !claim {
		return nil
	}
	if !to(m) {
		return errStopped
	}
	return fs.SkipDir
}

// mirrored reads one folder, and says whether it is a claim at all.
func mirrored(dir string, files []fs.DirEntry, in *source) (message, bool) {
	pictures, others := split(files)
	side := about(others)
	if len(pictures) == 0 && side == "" {
		return message{}, false
	}
	m := message{}
	m.posting.Origin = dir
	switch host := hostName(path.Base(dir)); {
	case side != "":
		m = besideMessage(dir, side, in)
	case host != "":
		m.addresses = []string{host}
	default:
		m.left = []Left{m.where(NoSidecar, "the folder has none of "+strings.Join(aboutNames(), ", ")+", and is not called as a host")}
		m.left[0].Picture = path.Join(dir, pictures[0])
		return m, true
	}
	if len(m.left) == 0 {
		choose(&m, dir, pictures)
	}
	return m, true
}

// choose takes the picture that is the screenshot: the only one, or the one so called.
func choose(m *message, dir string, pictures []string) {
	named := slices.DeleteFunc(slices.Clone(pictures), func(p string) bool {
		return !slices.Contains([]string{"screenshot", "screen", "shot", "mirror", "defacement"}, strings.ToLower(stem(p)))
	})
	if len(pictures) > 1 && len(named) == 1 {
		pictures = named
	}
	if len(pictures) > 1 {
		m.left = []Left{m.where(Ambiguous, fmt.Sprintf("%d pictures, and not one of them is called screenshot", len(pictures)))}
		return
	}
	for _, p := range pictures {
		m.pictures = append(m.pictures, path.Join(dir, p))
	}
}

// aboutNames are the names of a file that tells of a claim, the best first.
func aboutNames() []string {
	return []string{"claim.json", "metadata.json", "meta.json", "info.json", "claim.txt", "metadata.txt", "meta.txt", "info.txt"}
}

func about(files map[string]bool) string {
	for _, name := range aboutNames() {
		if files[name] {
			return name
		}
	}
	return ""
}

// hostName is the name of a folder if it is that of a host on the internet.
func hostName(name string) string {
	host := bareHost(name)
	if suffix, icann := publicsuffix.PublicSuffix(host); host == "" || !icann || suffix == host {
		return ""
	}
	return host
}
