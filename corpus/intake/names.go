package intake

import (
	"path"
	"strings"

	"github.com/defacecheck/defacecheck/verify/picture"
)

// endings are the endings of file names by which pictures are known in a folder. What
// a file is shows when it is read.
func endings() []string {
	var all []string
	for _, f := range []picture.Format{picture.PNG, picture.JPEG, picture.GIF, picture.WebP, picture.BMP} {
		all = append(all, f.Extensions()...)
	}
	return all
}

// stem is a file's name without its ending.
func stem(name string) string { return strings.TrimSuffix(name, path.Ext(name)) }
