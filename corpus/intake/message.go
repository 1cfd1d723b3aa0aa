package intake

import (
	"context"
	"iter"
	"os"
	"time"

	"github.com/defacecheck/defacecheck/corpus"
)

// message is one thing that somebody posted, as a reader found it. Nothing in it has
// been judged: which address belongs to which picture is for pair.
type message struct {
	posting   corpus.Posting // all but URL and Name
	pictures  []string       // paths of files in the source's folder, with slashes, in their order
	addresses []string       // as a field of their own gives them; nil where they are looked for in search
	search    string         // text in which addresses are looked for, with the targets of links in their places
	left      []Left         // what the reader itself could not take of it
}

// where is a Left about the message with a reason and a detail.
func (m message) where(why Reason, detail string) Left {
	return Left{Reason: why, Channel: m.posting.Channel, Message: m.posting.Message, Origin: m.posting.Origin, Detail: detail}
}

// source is what a reader reads from.
type source struct {
	root *os.Root // the only folder that is read
	name string   // the file within root that was named; "." for the folder itself
	now  time.Time
	note func(string) // tells something about the source as a whole
	read func(int)    // tells how many bytes of the named file were read
	chat []string     // of a Telegram export: the chats that are wanted; empty for all but personal ones
}

// reader gives the messages of a source in their order. After an error it ends.
type reader func(context.Context, *source) iter.Seq2[message, error]
