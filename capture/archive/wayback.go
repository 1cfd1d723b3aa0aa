package archive

import "errors"

func newWayback(base string, opts Options) (Archive, error) { return nil, errors.ErrUnsupported }
func newMemento(base string, opts Options) (Archive, error) { return nil, errors.ErrUnsupported }
