package intake

import (
	"encoding/json"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/verify"
)

// telegramMessage has the fields of a message that matter here.
type telegramMessage struct {
	ID            int64         `json:"id"`
	Type          string        `json:"type"` // message, service or unsupported
	Date          string        `json:"date"` // on the clock of whoever exported
	DateUnix      string        `json:"date_unixtime"`
	Edited        string        `json:"edited"`
	EditedUnix    string        `json:"edited_unixtime"`
	FromID        string        `json:"from_id"`
	ForwardedFrom sourceName    `json:"forwarded_from"`
	Photo         string        `json:"photo"`
	File          string        `json:"file"`
	MIMEType      string        `json:"mime_type"`
	MediaType     string        `json:"media_type"`
	Text          telegramText  `json:"text"`
	Entities      *telegramText `json:"text_entities"` // since 2022
}

// sourceName is whose message was forwarded. Telegram writes null for an account that is gone.
type sourceName string

// unnamed stands for a source that the export does not name.
const unnamed = "(not named)"

func (s *sourceName) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*s = unnamed
		return nil
	}
	return json.Unmarshal(b, (*string)(s))
}

// telegramText is a text as one string, or as a list of strings and entities.
type telegramText []textPart

type textPart struct {
	Text string `json:"text"`
	Href string `json:"href"` // of a text_link
}

func (t *telegramText) UnmarshalJSON(b []byte) error {
	var whole string
	if json.Unmarshal(b, &whole) == nil {
		*t = telegramText{{Text: whole}}
		return nil
	}
	var parts []json.RawMessage
	if err := json.Unmarshal(b, &parts); err != nil {
		return err
	}
	*t = nil
	for _, raw := range parts {
		var p textPart
		if json.Unmarshal(raw, &p.Text) != nil {
			if err := json.Unmarshal(raw, &p); err != nil {
				return err
			}
		}
		*t = append(*t, p)
	}
	return nil
}

// plain is the text as it was posted.
func (t telegramText) plain() string {
	var b strings.Builder
	for _, p := range t {
		b.WriteString(p.Text)
	}
	return b.String()
}

// search is the text with the target of each link behind its words.
func (t telegramText) search() string {
	var b strings.Builder
	for _, p := range t {
		b.WriteString(p.Text)
		if p.Href != "" {
			b.WriteString(" " + p.Href + " ")
		}
	}
	return b.String()
}

// text is that of the entities where there are any: they are the later form.
func (m *telegramMessage) text() telegramText {
	if m.Entities != nil && len(*m.Entities) > 0 {
		return *m.Entities
	}
	return m.Text
}

// message turns a message of a chat into what can be paired.
func (m *telegramMessage) message(chat, file string, now time.Time) message {
	id := strconv.FormatInt(m.ID, 10)
	text := m.text()
	out := message{search: text.search(), posting: corpus.Posting{
		Channel: chat, Message: id, Text: text.plain(), Forwarded: string(m.ForwardedFrom),
		Origin: file + " message " + id,
	}}
	if m.Type != "message" {
		out.search = ""
		return out
	}
	m.media(&out)
	m.date(&out, now)
	return out
}

// date reads the moment of posting; without one that can be, nothing of the message is
// taken. An old export has only what a clock showed somewhere.
func (m *telegramMessage) date(out *message, now time.Time) {
	var err error
	out.posting.PostedAt, err = moment(m.DateUnix, m.Date, now)
	if err != nil {
		out.left = append(out.left, out.where(BadTime, "date: "+err.Error()))
		out.pictures = nil
	}
	if m.Edited == "" && m.EditedUnix == "" {
		return
	}
	edited, err := moment(m.EditedUnix, m.Edited, now)
	if err != nil {
		out.left = append(out.left, out.where(BadTime, "edited: "+err.Error()))
	}
	out.posting.EditedAt = edited.To
}

func moment(unix, local string, now time.Time) (verify.Span, error) {
	if unix == "" {
		return spanOf(local, now)
	}
	t, err := unixTime(unix)
	if err != nil {
		return verify.Span{}, err
	}
	s := verify.Span{From: t, To: t}
	return s, possible(s, now)
}

// media are the message's pictures. A file that was sent as it is counts where it
// says that it is a picture: whether it is one shows when it is read.
func (m *telegramMessage) media(out *message) {
	for _, p := range []string{m.Photo, m.pictureFile()} {
		switch {
		case p == "":
		case isPlaceholder(p):
			l := out.where(PictureMissing, p)
			out.left = append(out.left, l)
		default:
			out.pictures = append(out.pictures, p)
		}
	}
	if m.File != "" && m.pictureFile() == "" && m.MediaType != "sticker" {
		l := out.where(NotPicture, strings.TrimSpace(m.MediaType+" "+m.MIMEType))
		l.Picture = m.File
		out.left = append(out.left, l)
	}
}

// pictureFile is the file of the message if it is said to be a picture.
func (m *telegramMessage) pictureFile() string {
	if m.File == "" || m.MediaType != "" { // sticker, video_file, animation, voice_message, ...
		return ""
	}
	if strings.HasPrefix(m.MIMEType, "image/") || isPictureName(m.File) {
		return m.File
	}
	return ""
}

// isPlaceholder recognises the sentences that stand in place of a path.
func isPlaceholder(p string) bool {
	return strings.HasPrefix(p, "(") && strings.HasSuffix(p, ")") && !strings.Contains(p, "/")
}

// isPictureName says whether a file is called as pictures are.
func isPictureName(name string) bool {
	end := strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
	return slices.Contains(endings(), end)
}
