package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
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

// give hands over one message, and says whether more are wanted.
type give func(message) bool

// errStopped says that nobody wants more messages.
var errStopped = errors.New("stopped")

// reader gives the messages of a source in their order. After an error it ends.
type reader func(context.Context, *source) iter.Seq2[message, error]

// ofFile makes a reader of what parses one file.
func ofFile(parse func(context.Context, io.Reader, *source, give) error) reader {
	return reading(func(ctx context.Context, in *source, to give) error {
		f, err := in.root.Open(in.name)
		if err != nil {
			return err
		}
		defer f.Close()
		return parse(ctx, f, in, to)
	})
}

// ofTree makes a reader of what reads one folder, for a folder and those below it. dir
// returns fs.SkipDir where it wants none of these.
func ofTree(dir func(name string, files []fs.DirEntry, in *source, to give) error) reader {
	return reading(func(ctx context.Context, in *source, to give) error {
		return fs.WalkDir(in.root.FS(), in.name, func(name string, d fs.DirEntry, err error) error {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil || !d.IsDir() {
				return err
			}
			files, err := fs.ReadDir(in.root.FS(), name)
			if err != nil {
				return err
			}
			return dir(name, files, in, to)
		})
	})
}

// reading makes an iterator of a function that is given where messages go.
func reading(all func(context.Context, *source, give) error) reader {
	return func(ctx context.Context, in *source) iter.Seq2[message, error] {
		return func(yield func(message, error) bool) {
			err := all(ctx, in, func(m message) bool { return yield(m, nil) })
			if err != nil && !errors.Is(err, errStopped) {
				yield(message{}, fmt.Errorf("read %s: %w", in.name, err))
			}
		}
	}
}
