package capture

import (
	"context"
	"net/http"
	"time"
)

// Memento is an archived version of a page that an archive says it has (RFC
// 7089), as one line of a CDX answer or a TimeMap tells it.
type Memento struct {
	URL     string    `json:"url"`              // URI-R as recorded
	At      time.Time `json:"at"`               // Memento-Datetime, UTC
	Status  int       `json:"status,omitempty"` // 0 when the archive does not say
	MIME    string    `json:"mime,omitempty"`
	Digest  string    `json:"digest,omitempty"`  // base32 SHA-1 of the payload, without "sha1:"
	Revisit bool      `json:"revisit,omitempty"` // same payload as an earlier capture
	Archive string    `json:"archive"`           // Name of the Source
	URIM    string    `json:"uri_m,omitempty"`   // where a person can look at it
}

// TimeMap is the list of mementos of one URI-R, oldest first.
type TimeMap []Memento

// Record is an archived response as it was received, transfer and content
// encodings undone.
type Record struct {
	URL    string
	At     time.Time // when it was archived; may differ from the time asked for
	Status int
	Header http.Header // as archived, without Content-Encoding, Transfer-Encoding and Content-Length
	Body   []byte
	Digest string // base32 SHA-1 of Body as archived, without "sha1:"; "" when unknown
}

// Source answers the requests of an archived page. Implementations are safe
// for concurrent use and pass capturetest.TestSource.
type Source interface {
	// Name is what reports call the source.
	Name() string
	// Fetch returns the record of url nearest to at. An archived redirect is
	// returned as such and not followed. Errors wrap ErrNotArchived,
	// ErrExcluded, ErrRateLimited, ErrDown or ErrMalformed.
	Fetch(ctx context.Context, url string, at time.Time) (*Record, error)
}

// Lister is a Source that knows what it has.
type Lister interface {
	Source
	// TimeMap returns the mementos of url within [from, to], oldest first; a
	// zero time is no bound. No captures is an empty TimeMap and no error.
	TimeMap(ctx context.Context, url string, from, to time.Time) (TimeMap, error)
}

// Trouble is a source that could not answer, and why.
type Trouble struct {
	Source string
	Err    error
}
