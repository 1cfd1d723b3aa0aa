package archive

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

// retryAfter reads Retry-After, as seconds or as a date; usual where there is
// none. Less than a second is a second: an archive that says 0 is busy still.
func retryAfter(h http.Header, usual time.Duration, now time.Time) time.Duration {
	text := strings.TrimSpace(h.Get("Retry-After"))
	if s, err := strconv.Atoi(text); err == nil && s >= 0 {
		return max(time.Second, time.Duration(min(s, 86400))*time.Second)
	}
	if t, err := http.ParseTime(text); err == nil {
		return min(max(time.Second, t.Sub(now)), 24*time.Hour)
	}
	return usual
}

// refusal turns an answer that is no list and no record into an error: what
// the archive says in its text, else what its status says.
func refusal(a *answer) error {
	text := a.body[:min(len(a.body), 4096)]
	switch {
	case excludes(string(text)), a.Status == http.StatusUnavailableForLegalReasons:
		return capture.ErrExcluded
	case a.Status == http.StatusNotFound:
		return capture.ErrNotArchived
	case a.Status == http.StatusBadRequest:
		return fmt.Errorf("%w: it refuses the question (HTTP status 400)", capture.ErrBadURL)
	case a.Status >= 400:
		return fmt.Errorf("%w: HTTP status %d", capture.ErrDown, a.Status)
	}
	return fmt.Errorf("%w: HTTP status %d, not a list or record: %.60q", capture.ErrMalformed, a.Status, text)
}

// excludes knows the words with which Wayback's servers tell an exclusion.
func excludes(text string) bool {
	for _, word := range []string{"AdministrativeAccessControl", "RobotAccessControl", "Blocked Site Error", "Blocked By Robots"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}
