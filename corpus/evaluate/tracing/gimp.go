package tracing

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// writeText is GIMP's batch language: a text layer over a picture, merged down.
const writeText = `(let* ((image (car (gimp-file-load RUN-NONINTERACTIVE "%s" "%s"))))
(gimp-context-set-foreground '(%s))
(gimp-text-fontname image -1 2 %d "%s" 0 TRUE %d PIXELS "Sans")
(gimp-image-merge-visible-layers image CLIP-TO-IMAGE)
(file-png-save RUN-NONINTERACTIVE image (car (gimp-image-get-active-drawable image)) "%s" "%s" 0 1 0 0 0 0 0)
(gimp-quit 1))`

func writtenByGIMP(ctx context.Context, w *work) error {
	if !w.tools.gimp {
		return errNotPossible
	}
	r, err := w.line()
	if err != nil {
		return err
	}
	ink, size := "32 32 32", fontSize(r)
	if w.blank(r) == "#f0f0f0" {
		ink = "240 240 240"
	}
	dir, err := os.MkdirTemp(w.tools.dir, "gimp-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	in, out := filepath.Join(dir, "in.png"), filepath.Join(dir, "out.png")
	if err := writePNG(in, cut(w.img, r)); err != nil {
		return err
	}
	script := fmt.Sprintf(writeText, in, in, ink, max(0, (r.Dy()-size*5/4)/2), words(r, size), size, out, out)
	c := exec.CommandContext(ctx, "gimp", "-i", "-d", "-s", "-b", script)
	c.Env = append(os.Environ(), "HOME="+w.tools.dir)
	if said, err := c.CombinedOutput(); err != nil {
		if _, made := os.Stat(out); made != nil {
			return fmt.Errorf("edit with GIMP: %w: %.300s", err, said)
		}
	}
	patch, err := readPNG(out)
	if err != nil {
		return fmt.Errorf("edit with GIMP: %w", err)
	}
	w.put(patch, r.Min)
	return nil
}
