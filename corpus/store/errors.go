package store

import "errors"

// Kinds of failure, each with what a person can do. They are wrapped with the
// name of the corpus; test with errors.Is. A missing parent directory is
// fs.ErrNotExist. Of PostgreSQL the same kinds say in other words what to do.
var (
	ErrNotFile     = errors.New("not a regular file: name a file; where there is none, a new corpus is made")
	ErrNotDatabase = errors.New("not a SQLite database: name another file; where there is none, a new corpus is made")
	ErrForeign     = errors.New("a database of another program: name another file; where there is none, a new corpus is made")
	ErrNewer       = errors.New("made by a newer version of this program: use that version, or name another corpus")
	ErrDamaged     = errors.New("damaged: go back to a copy, or save what can be read with sqlite3's .recover")
	ErrLocked      = errors.New("in use by another program: try again when it is done")
	ErrReadOnly    = errors.New("cannot be written: permit writing to the file and to its directory, where the journal is kept")
	ErrFull        = errors.New("no room left on the disk: make room and run again; what was recorded before is kept")
)

// Kinds of failure that a database server has. ErrGone is that of a file, too, whose
// disk fails or that somebody took away.
var (
	ErrAddress = errors.New("not an address of a PostgreSQL database: write postgres://USER@HOST/DATABASE")
	ErrGone    = errors.New("the database server does not answer: see whether it runs, and run again; what was recorded before is kept")
	ErrDenied  = errors.New("the database server refuses the user: check name and password, which may also stand in ~/.pgpass")
	ErrMissing = errors.New("the server has no such database: make one with createdb")
	ErrLetters = errors.New("the database cannot hold every letter: make one with createdb --encoding=UTF8 --template=template0")
)

// What callers asked for or gave.
var (
	// ErrIncomplete says that a result or an item lacks what a claim is known by.
	ErrIncomplete = errors.New("not a complete claim")
	// ErrUnknown says that the corpus has no such claim or file.
	ErrUnknown = errors.New("not in the corpus")
	// ErrAmbiguous says that more than one claim begins so.
	ErrAmbiguous = errors.New("the beginning of more than one claim")
	// ErrUnfounded says that a person's judgement lacks what it must have.
	ErrUnfounded = errors.New("not a complete judgement")
)

// explained is a kind of failure in other words than its own.
type explained struct {
	kind  error
	words string
	cause error
}

func (e *explained) Error() string   { return e.words + " (" + e.cause.Error() + ")" }
func (e *explained) Unwrap() []error { return []error{e.kind, e.cause} }
