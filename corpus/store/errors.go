package store

import "errors"

// Kinds of failure, each with what a person can do. They are wrapped with the
// name of the file; test with errors.Is. A missing parent directory is
// fs.ErrNotExist.
var (
	ErrNotFile     = errors.New("not a regular file: name a file; where there is none, a new corpus is made")
	ErrNotDatabase = errors.New("not a SQLite database: name another file; where there is none, a new corpus is made")
	ErrForeign     = errors.New("a database of another program: name another file; where there is none, a new corpus is made")
	ErrNewer       = errors.New("made by a newer version of this program: use that version, or name another file")
	ErrDamaged     = errors.New("damaged: go back to a copy, or save what can be read with sqlite3's .recover")
	ErrLocked      = errors.New("in use by another program: try again when it is done")
	ErrReadOnly    = errors.New("cannot be written: permit writing to the file and to its directory, where the journal is kept")
	ErrFull        = errors.New("no room left on the disk: make room and run again; what was recorded before is kept")
)
