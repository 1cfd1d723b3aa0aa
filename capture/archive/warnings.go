package archive

import (
	"fmt"
	"log/slog"
	"slices"
	"sync"
)

// maxWarnings bounds the list; a file can hold a million damaged places.
const maxWarnings = 200

// warnings collects what an archive's user should know, each once.
type warnings struct {
	log *slog.Logger

	mu    sync.Mutex
	texts []string
	more  int
}

func (w *warnings) warn(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case slices.Contains(w.texts, text):
		return
	case len(w.texts) == maxWarnings:
		w.more++
		return
	}
	w.texts = append(w.texts, text)
	w.log.Warn("archive", "problem", text)
}

// Warnings is documented at Archive.
func (w *warnings) Warnings() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := slices.Clone(w.texts)
	if w.more > 0 {
		out = append(out, fmt.Sprintf("%d more warnings", w.more))
	}
	return out
}
