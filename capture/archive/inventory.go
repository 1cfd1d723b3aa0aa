package archive

import (
	"iter"

	"github.com/defacecheck/defacecheck/capture"
)

// Inventory is an Archive that can tell of every capture that it has, whatever its
// URL. Archives of files are one; those that are asked over HTTP are not.
type Inventory interface {
	Archive
	// Captures gives the captures, oldest first.
	Captures() iter.Seq[capture.Memento]
}

// Captures is documented at Inventory.
func (a *files) Captures() iter.Seq[capture.Memento] {
	return func(yield func(capture.Memento) bool) {
		for _, e := range a.index.entries {
			if !yield(a.memento(e)) {
				return
			}
		}
	}
}
