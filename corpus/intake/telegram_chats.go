package intake

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/defacecheck/defacecheck/verify/report/plain"
)

// ErrNoChat says that an export has none of the chats that were asked for.
var ErrNoChat = errors.New("no chat has the name, id or type that --chat says")

// chatName is what an export says of a chat, before its messages.
type chatName struct {
	name, kind, id string
}

// called is how the chat is called in the corpus.
func (c chatName) called() string {
	if c.name != "" {
		return c.name
	}
	if c.id != "" {
		return c.kind + " " + c.id
	}
	return c.kind
}

// shown is the chat for people, with what --chat takes.
func (c chatName) shown() string {
	return fmt.Sprintf("%q (%s, id %s)", plain.Text(c.called(), maxShown), plain.Text(c.kind, maxShown), plain.Text(c.id, maxShown))
}

const (
	// maxShown bounds the names of chats in messages, in characters.
	maxShown = 60
	// maxChats is how many chats are named where none was meant.
	maxChats = 20
)

// named is which of the chats that were asked for an export has, and the first of the chats
// that it has.
type named struct {
	met   []string // of those that were asked for
	chats []string // as shown
	more  int      // that are not in chats
}

// ask says whether a chat is one of those that were asked for: by name, also in the form in
// which it is shown, by id, or by type.
func (n *named) ask(wanted []string, c chatName) bool {
	if len(n.chats) < maxChats {
		n.chats = append(n.chats, c.shown())
	} else {
		n.more++
	}
	met := false
	for _, w := range wanted {
		if w == c.name || w == c.id || w == c.kind || w == plain.Text(c.called(), maxShown) {
			n.met, met = append(n.met, w), true
		}
	}
	return met
}

// missed is the error where nothing that was asked for is there. What is missing beside
// others is noted.
func (n *named) missed(in *source) error {
	if len(in.chat) > 0 && len(n.met) == 0 {
		there := strings.Join(n.chats, ", ")
		if n.more > 0 {
			there += fmt.Sprintf(" and %d more", n.more)
		}
		return fmt.Errorf("%w; there is %s", ErrNoChat, there)
	}
	for _, w := range in.chat {
		if !slices.Contains(n.met, w) {
			in.note(fmt.Sprintf("no chat has the name, id or type %q", w))
		}
	}
	return nil
}
