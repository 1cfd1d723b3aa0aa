package tracing

import (
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strings"

	"github.com/defacecheck/defacecheck/corpus/evaluate/alignment"
)

// generic are families that CSS leaves to the browser, by fontconfig's names.
var generic = map[string]string{"serif": "serif", "sans-serif": "sans-serif", "monospace": "monospace"}

// standIns are names that fontconfig answers with fonts of the same measures, which a
// browser then takes.
var standIns = []string{"arial", "helvetica", "times new roman", "times", "courier new", "courier"}

// fontOf is the file of the font that the browser set a line in, "" where none of the
// families that the page wants is known here.
func fontOf(ctx context.Context, t alignment.Type) (string, error) {
	if t.Size == 0 {
		return "", nil
	}
	for _, family := range t.Families {
		asked, given := generic[family]
		if !given {
			asked = strings.NewReplacer(":", "", "-", `\-`, ",", "").Replace(family)
		}
		if t.Bold {
			asked += ":bold"
		}
		if t.Italic {
			asked += ":italic"
		}
		out, err := exec.CommandContext(ctx, "fc-match", "--format", "%{family}\n%{file}", "--", asked).Output()
		if err != nil {
			return "", fmt.Errorf("find the font %q: %w", family, err)
		}
		names, file, _ := strings.Cut(string(out), "\n")
		have := strings.Split(strings.ToLower(names), ",")
		if given || slices.Contains(have, strings.ToLower(family)) || slices.Contains(standIns, strings.ToLower(family)) {
			return file, nil
		}
	}
	return "", nil
}

// writtenAsSet writes words over a line in its own font, size and colour.
func writtenAsSet(ctx context.Context, w *work) error {
	fit := w.lines()
	w.rng.Shuffle(len(fit), func(i, j int) { fit[i], fit[j] = fit[j], fit[i] })
	for _, l := range fit {
		font, err := fontOf(ctx, l.Type)
		if err != nil {
			return err
		}
		if font == "" {
			continue
		}
		w.blank(l.Box)
		words := strings.TrimSpace(said[:min(len(said), l.Type.Letters*9/10)])
		patch, err := w.tools.magick(ctx, cut(w.img, l.Box), "-fill", l.Type.Colour, "-font", font, "-pointsize", fmt.Sprintf("%.2f", l.Type.Size),
			"-gravity", "West", "-annotate", "+0+0", words)
		if err != nil {
			return err
		}
		w.put(patch, l.Box.Min)
		return nil
	}
	return errNotPossible
}
