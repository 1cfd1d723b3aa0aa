package registry

import (
	"os"
	"path/filepath"

	"github.com/defacecheck/defacecheck/corpus/synth"
)

// own is the kind of the sites that the program has itself.
const own = "own"

// writeOwn writes one of the program's own sites into dir.
func writeOwn(name, dir string) error {
	files, err := synth.Still(name)
	if err != nil {
		return err
	}
	for f, data := range files {
		full := filepath.Join(dir, filepath.FromSlash(f))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(full, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
