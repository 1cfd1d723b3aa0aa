package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/defacecheck/defacecheck/verify"
)

// Posting is one time that somebody said "this picture is what that address
// showed". One message with two pictures and three addresses is six postings.
type Posting struct {
	URL       string      // the claimed address (URI-R), canonical
	ClaimedAt verify.Span // when the page is said to have looked so; zero when not said
	PostedAt  verify.Span // when it was posted; zero when not known
	Notifier  string      // who is said to have made it; "" when not said
	Words     string      // words that the picture is said to show; "" when not said

	Channel   string    // who posted it: a channel, a mirror, an account; "" when not known
	Message   string    // what the channel calls the message; "" when it has no name
	Text      string    // of the message, as it was posted
	Forwarded string    // whose message was forwarded; "" when it is the channel's own
	EditedAt  time.Time // of the message; zero when never
	Origin    string    // where it was read: the file and the place in it, for people
	Name      string    // of the picture's file as it was posted, never a path
}

// In names the message that a posting of a claim (its ID) was made in: what one message
// says of several pictures and addresses was said once. Where the channel has no name for
// the message, the place where it was read stands for it, and where that is not known
// either, the claim is taken for a message of its own.
func (p *Posting) In(claim string) string {
	switch {
	case p.Message != "":
		return Digest("message", p.Channel, p.Message)
	case p.Origin != "":
		return Digest("place", p.Channel, p.Origin)
	}
	return Digest("claim", claim)
}

// ID names the claim of a picture (SHA-256 of its file, hexadecimal), an address and its
// times: the same claim posted twice has one. It is a SHA-256 in hexadecimal.
func ID(picture, url string, claimed, posted verify.Span) string {
	return Digest(picture, url, Stamp(claimed.From), Stamp(claimed.To), Stamp(posted.From), Stamp(posted.To))
}

// TimeLayout has a fixed width, so that times in text sort by time.
const TimeLayout = "2006-01-02T15:04:05.000000000Z"

// Stamp writes a time in TimeLayout; the zero time is "".
func Stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(TimeLayout)
}

// Digest is the SHA-256 of the parts in hexadecimal, each with its length in front: no
// part can be mistaken for the end of another.
func Digest(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil))
}
