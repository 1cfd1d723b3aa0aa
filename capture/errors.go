package capture

import "errors"

// The kinds of failure that callers act on. They are wrapped with what was
// being done and to which URL; test with errors.Is.
var (
	ErrRefused     = errors.New("refused by the address policy")    // egress: loopback, private, metadata ...
	ErrNoHost      = errors.New("host name does not resolve")       //
	ErrConnect     = errors.New("connection failed")                // refused, reset, no route
	ErrTLS         = errors.New("TLS failed")                       // a finding, never ignored
	ErrRedirects   = errors.New("too many redirects")               //
	ErrTimeout     = errors.New("timed out")                        //
	ErrCrashed     = errors.New("browser tab crashed")              //
	ErrBrowserGone = errors.New("browser is gone")                  // killed or exited midway
	ErrNoBrowser   = errors.New("no usable Chrome was found")       //
	ErrSandbox     = errors.New("Chrome's sandbox does not start")  //
	ErrTooLarge    = errors.New("larger than the limit")            //
	ErrMalformed   = errors.New("malformed")                        // what arrived is not what it says it is
	ErrBadURL      = errors.New("not a usable web address")         //
	ErrNotArchived = errors.New("not archived")                     // the archive answered: it has none
	ErrExcluded    = errors.New("excluded from the archive")        // robots or owner's wish: not "no captures"
	ErrRateLimited = errors.New("the archive asks us to slow down") // 429
	ErrDown        = errors.New("the archive does not answer")      // 5xx, time-out, no connection
)
