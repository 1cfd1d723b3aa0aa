package intake

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// telegram reads the result.json of a Telegram Desktop export, of one chat or of many,
// message by message.
func telegram(ctx context.Context, r io.Reader, in *source, to give) error {
	w := &walker{in: in, ctx: ctx, to: to}
	w.bytes = newBounded(&escapes{from: bufio.NewReader(r)}, in.read)
	w.json = json.NewDecoder(w.bytes)
	err := w.export()
	if err == nil && w.chats == 0 {
		err = errors.New("no chat in it: not the machine-readable export of Telegram Desktop")
	}
	if err == nil {
		err = w.named.missed(in)
	}
	return err
}

// walker goes through an export token by token. No more than one message is in memory.
type walker struct {
	ctx   context.Context
	in    *source
	json  *json.Decoder
	bytes *bounded
	to    give
	chats int
	named named
}

// export reads the outermost object: a chat, or lists of chats.
func (w *walker) export() error {
	if err := w.open('{'); err != nil {
		return err
	}
	return w.chat(false, func(key string) error {
		if key == "chats" || key == "left_chats" {
			return w.lists()
		}
		return w.skip()
	})
}

// lists reads the object that holds a list of chats.
func (w *walker) lists() error {
	if err := w.open('{'); err != nil {
		return err
	}
	return w.object(func(key string) error {
		if key != "list" {
			return w.skip()
		}
		if err := w.open('['); err != nil {
			return err
		}
		for w.json.More() {
			if err := w.open('{'); err != nil {
				return err
			}
			if err := w.chat(true, func(string) error { return w.skip() }); err != nil {
				return err
			}
		}
		return w.close()
	})
}

// chat reads an object that may have messages, one of many or the only one; other
// handles the fields that no chat has.
func (w *walker) chat(many bool, other func(key string) error) error {
	var c chatName
	return w.object(func(key string) (err error) {
		switch key {
		case "name":
			c.name, err = w.text()
		case "type":
			c.kind, err = w.text()
		case "id":
			c.id, err = w.text()
		case "messages":
			w.chats++
			err = w.messages(c, w.unwanted(c, many))
		default:
			err = other(key)
		}
		return err
	})
}

// unwanted says why the messages of a chat are not taken; "" where they are. In an export of
// many chats those with single persons and bots are the analyst's own.
func (w *walker) unwanted(c chatName, many bool) Reason {
	switch {
	case len(w.in.chat) > 0 && w.named.ask(w.in.chat, c):
		return ""
	case len(w.in.chat) > 0:
		return OtherChat
	case many && slices.Contains([]string{"personal_chat", "bot_chat", "saved_messages", "replies", "verify_codes"}, c.kind):
		return PersonalChat
	}
	return ""
}

// messages reads a chat's list of messages, which are all left where unwanted says why.
func (w *walker) messages(c chatName, unwanted Reason) error {
	if err := w.open('['); err != nil {
		return err
	}
	run := album{give: func(m message) error {
		if !w.to(m) {
			return errStopped
		}
		return nil
	}}
	for w.json.More() {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		if err := w.message(c, unwanted, &run); err != nil {
			return err
		}
	}
	if err := run.flush(); err != nil {
		return err
	}
	return w.close()
}

// message reads one message. One that is JSON, but not a message, is told of and passed.
func (w *walker) message(c chatName, unwanted Reason, run *album) error {
	w.bytes.next()
	var raw json.RawMessage
	if err := w.json.Decode(&raw); err != nil {
		return w.failed(err)
	}
	var m telegramMessage
	err := json.Unmarshal(raw, &m)
	out := m.message(c.called(), w.in.name, w.in.now)
	switch {
	case err != nil:
		out = message{posting: out.posting}
		out.left = []Left{out.where(BadEntry, inWords(err))}
	case unwanted != "":
		out = message{posting: out.posting}
		out.left = []Left{out.where(unwanted, "")}
	}
	return run.add(taken{message: out, from: m.FromID, at: m.DateUnix + m.Date, plain: m.Type == "message" && err == nil && unwanted == ""})
}

func (w *walker) failed(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return fmt.Errorf("the file ends too early, at byte %d: export it again", w.json.InputOffset())
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Errorf("at byte %d: what follows is no JSON, and not read: export it again", w.json.InputOffset())
	}
	return fmt.Errorf("at byte %d: %w", w.json.InputOffset(), err)
}

// text reads a value that is a string, a number or null.
func (w *walker) text() (string, error) {
	t, err := w.token()
	switch t := t.(type) {
	case string:
		return t, err
	case float64:
		return strconv.FormatFloat(t, 'f', -1, 64), err
	case json.Delim:
		return "", fmt.Errorf("at byte %d: %v where a text or a number was expected", w.json.InputOffset(), t)
	}
	return "", err
}
