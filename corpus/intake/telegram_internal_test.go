package intake

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"
)

// readTelegram gives what a reader makes of an export.
func readTelegram(r io.Reader, chats ...string) (all []message, err error) {
	in := &source{name: "result.json", now: time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC), note: func(string) {}, read: func(int) {}, chat: chats}
	err = telegram(context.Background(), r, in, func(m message) bool { all = append(all, m); return true })
	return all, err
}

func export(messages ...string) io.Reader {
	return strings.NewReader(`{"name":"A channel","type":"public_channel","id":1234,"messages":[` + strings.Join(messages, ",") + `]}`)
}

func TestATelegramMessageIsReadWithItsTextItsLinksAndItsTimes(t *testing.T) {
	t.Parallel()
	all, err := readTelegram(export(`{"id":7,"type":"message","date":"2025-03-01T16:30:00","date_unixtime":"1740839400",
		"edited":"2025-03-01T17:00:00","edited_unixtime":"1740841200","from":"A channel","from_id":"channel1234","forwarded_from":null,
		"photo":"photos/photo_1.jpg","width":800,"height":600,
		"text":["Owned: ",{"type":"link","text":"victim.com"}," ",{"type":"text_link","text":"mirror","href":"https://zone-h.org/1"}],
		"text_entities":[{"type":"plain","text":"Owned: "},{"type":"link","text":"victim.com"},{"type":"plain","text":" "},{"type":"text_link","text":"mirror","href":"https://zone-h.org/1"}]}`))
	if err != nil || len(all) != 1 {
		t.Fatalf("%d messages, %v", len(all), err)
	}
	m := all[0]
	p := m.posting
	at := time.Date(2025, 3, 1, 14, 30, 0, 0, time.UTC)
	if p.Channel != "A channel" || p.Message != "7" || p.Text != "Owned: victim.com mirror" || p.Forwarded != unnamed ||
		!p.PostedAt.From.Equal(at) || !p.PostedAt.IsMoment() || !p.EditedAt.Equal(at.Add(30*time.Minute)) {
		t.Errorf("%+v", p)
	}
	if len(m.pictures) != 1 || m.pictures[0] != "photos/photo_1.jpg" || m.search != "Owned: victim.com mirror https://zone-h.org/1 " {
		t.Errorf("%+v", m)
	}
}

func TestAnOldExportSaysTheTimeOnlyToWithinADay(t *testing.T) {
	t.Parallel()
	all, err := readTelegram(export(`{"id":7,"type":"message","date":"2020-03-01T16:30:00","photo":"p.jpg","text":"victim.com"}`))
	if err != nil {
		t.Fatal(err)
	}
	s, local := all[0].posting.PostedAt, time.Date(2020, 3, 1, 16, 30, 0, 0, time.UTC)
	if !s.From.Equal(local.Add(-14*time.Hour)) || !s.To.Equal(local.Add(12*time.Hour)) {
		t.Errorf("%v", s)
	}
}

func TestAMessageWhoseTimeCannotBeIsNotTaken(t *testing.T) {
	t.Parallel()
	for _, date := range []string{`"date_unixtime":"4102444800"`, `"date_unixtime":"x"`, `"date":"yesterday"`, `"date":"1970-01-01T00:00:00"`} {
		all, err := readTelegram(export(`{"id":7,"type":"message",` + date + `,"photo":"p.jpg","text":"victim.com"}`))
		if err != nil || len(all) != 1 || len(all[0].pictures) != 0 || len(all[0].left) != 1 || all[0].left[0].Reason != BadTime {
			t.Errorf("%s: %+v, %v", date, all, err)
		}
	}
}

func TestMediaThatIsNoPictureIsToldOf(t *testing.T) {
	t.Parallel()
	for fields, want := range map[string]string{
		`"photo":"photos/a.jpg"`: "photos/a.jpg",
		`"file":"files/a.png","mime_type":"image/png","thumbnail":"files/a_thumb.jpg"`: "files/a.png",
		`"file":"files/a.PNG"`: "files/a.PNG",
		`"photo":"(File not included. Change data exporting settings to download.)"`:                                "picture_missing",
		`"file":"(File exceeds maximum size. Change data exporting settings to download.)","mime_type":"image/png"`: "picture_missing",
		`"file":"video_files/a.mp4","media_type":"video_file","mime_type":"video/mp4","thumbnail":"a.jpg"`:          "not_picture",
		`"file":"files/a.pdf","mime_type":"application/pdf"`:                                                        "not_picture",
		`"file":"(File not included. Change data exporting settings to download.)","media_type":"video_file"`:       "not_picture",
		`"file":"stickers/a.webp","media_type":"sticker"`:                                                           "",
	} {
		all, err := readTelegram(export(`{"id":7,"type":"message","date_unixtime":"1740839400",` + fields + `,"text":"victim.com"}`))
		if err != nil || len(all) != 1 {
			t.Fatal(err)
		}
		got := strings.Join(all[0].pictures, " ")
		for _, l := range all[0].left {
			got += string(l.Reason)
		}
		if got != want {
			t.Errorf("%s: %q, not %q", fields, got, want)
		}
	}
}

// album makes the messages of one second.
func moments(texts ...string) io.Reader {
	var all []string
	for i, text := range texts {
		all = append(all, fmt.Sprintf(`{"id":%d,"type":"message","date_unixtime":"1740839400","from_id":"channel1","photo":"photos/%d.jpg","text":%q}`, i+1, i+1, text))
	}
	return export(all...)
}

func TestPicturesOfOneSecondWithOneTextAreAnAlbum(t *testing.T) {
	t.Parallel()
	for _, texts := range [][]string{{"victim.com", "", ""}, {"", "", "victim.com"}} {
		all, err := readTelegram(moments(texts...))
		if err != nil || len(all) != 1 || len(all[0].pictures) != 3 || all[0].posting.Text != "victim.com" || all[0].search != "victim.com" || all[0].posting.Message != "1" {
			t.Errorf("%q: %+v, %v", texts, all, err)
		}
	}
}

func TestPicturesOfOneSecondWithSeveralTextsAreNoAlbum(t *testing.T) {
	t.Parallel()
	all, err := readTelegram(moments("a.com", "", "b.com"))
	if err != nil || len(all) != 3 {
		t.Fatalf("%+v, %v", all, err)
	}
	if len(all[0].pictures) != 1 || len(all[2].pictures) != 1 || len(all[1].pictures) != 0 || all[1].left[0].Reason != AmbiguousAlbum {
		t.Errorf("%+v", all)
	}
	many := make([]string, 11)
	many[0] = "a.com"
	if all, err = readTelegram(moments(many...)); err != nil || len(all) != 11 || all[5].left[0].Reason != AmbiguousAlbum {
		t.Errorf("eleven pictures, more than an album has: %+v, %v", all, err)
	}
	if all, err = readTelegram(moments("a.com", "b.com")); err != nil || len(all) != 2 || len(all[1].pictures) != 1 {
		t.Errorf("two messages with a text each: %+v, %v", all, err)
	}
}

func TestControlCharactersAreReadAsTelegramDesktopWritesThem(t *testing.T) {
	t.Parallel()
	all, err := readTelegram(export(`{"id":7,"type":"message","date_unixtime":"1740839400","text":"a\x1Bb\\x1B\x00\"c\n"}`))
	if err != nil || len(all) != 1 || all[0].posting.Text != "a\x1bb\\x1B\x00\"c\n" {
		t.Errorf("%+v, %v", all, err)
	}
}

const many = `{"about":"x","contacts":{"list":[{"a":[1,{"b":null}]}]},"chats":{"about":"","list":[
	{"name":"Ch","type":"public_channel","id":1,"messages":[{"id":1,"type":"message","date_unixtime":"1740839400","text":"a.com"}]},
	{"name":"Friend","type":"personal_chat","id":2,"messages":[{"id":2,"type":"message","date_unixtime":"1740839400","text":"b.com"}]},
	{"type":"saved_messages","id":3,"messages":[{"id":3,"type":"message","date_unixtime":"1740839400","text":"c.com"}]}]},
	"left_chats":{"list":[{"name":null,"type":"private_supergroup","id":4,"messages":[{"id":4,"type":"service","date_unixtime":"1740839400","text":""}]}]}}`

func TestOfManyChatsThePersonalOnesAreTakenOnlyByName(t *testing.T) {
	t.Parallel()
	for chats, want := range map[string]string{"": "Ch:a.com -Friend -saved_messages 3 private_supergroup 4:", "Friend": "-Ch Friend:b.com -saved_messages 3 -private_supergroup 4",
		"saved_messages": "-Ch -Friend saved_messages 3:c.com -private_supergroup 4"} {
		var named []string
		if chats != "" {
			named = []string{chats}
		}
		all, err := readTelegram(strings.NewReader(many), named...)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range all {
			if len(m.left) > 0 {
				got = append(got, "-"+m.posting.Channel)
				want := PersonalChat
				if chats != "" {
					want = OtherChat
				}
				if m.left[0].Reason != want {
					t.Errorf("%q: %+v", chats, m.left)
				}
				continue
			}
			got = append(got, m.posting.Channel+":"+m.search)
		}
		if have := strings.Join(got, " "); have != want {
			t.Errorf("%q: %q, not %q", chats, have, want)
		}
	}
}

func TestAChatThatIsNotThereIsAnErrorThatNamesThoseThatAre(t *testing.T) {
	t.Parallel()
	all, err := readTelegram(strings.NewReader(many), "Chh", "Fiend")
	if !errors.Is(err, ErrNoChat) || !strings.Contains(err.Error(), `there is "Ch" (public_channel, id 1), "Friend" (personal_chat, id 2), "saved_messages 3" (saved_messages, id 3), "private_supergroup 4"`) {
		t.Errorf("%v", err)
	}
	for _, m := range all {
		if len(m.left) != 1 || m.left[0].Reason != OtherChat || len(m.pictures) != 0 {
			t.Errorf("%+v", m)
		}
	}
	if _, err := readTelegram(export(`{"id":1,"type":"message"}`), "Another"); !errors.Is(err, ErrNoChat) {
		t.Errorf("of an export of one chat: %v", err)
	}
	// One of several is noted.
	var notes []string
	in := &source{name: "result.json", now: time.Now(), note: func(s string) { notes = append(notes, s) }, read: func(int) {}, chat: []string{"Ch", "Fiend"}}
	if err := telegram(context.Background(), strings.NewReader(many), in, func(message) bool { return true }); err != nil || len(notes) != 1 || !strings.Contains(notes[0], `"Fiend"`) {
		t.Errorf("%q, %v", notes, err)
	}
	// Names are a stranger's: they are shown harmless, many of them are not shown, and what is shown is taken.
	hostile := "\u202egnp.\x1b[2J"
	name, _ := json.Marshal(hostile)
	text := `{"chats":{"list":[` + strings.Repeat(`{"name":`+string(name)+`,"type":"public_channel","id":5,"messages":[]},`, maxChats+2) + `{"name":"Last","type":"public_channel","id":6,"messages":[]}]}}`
	_, err = readTelegram(strings.NewReader(text), "x")
	if err == nil || strings.ContainsAny(err.Error(), "\x1b\u202e") || !strings.HasSuffix(err.Error(), " and 3 more") {
		t.Errorf("%q", err)
	}
	for _, form := range []string{"‹U+202E›gnp.‹U+001B›[2J", hostile, "5"} {
		if _, err := readTelegram(strings.NewReader(text), form); err != nil {
			t.Errorf("%q: %v", form, err)
		}
	}
}

func TestWhatIsNoMessageIsToldOfAndTheRestIsRead(t *testing.T) {
	t.Parallel()
	all, err := readTelegram(export(`{"id":"x","type":"message"}`, `17`, `{"id":1,"type":"message","date_unixtime":"1740839400","text":{"a":1}}`,
		`{"id":2,"type":"unsupported"}`, `{"id":3,"type":"message","date_unixtime":"1740839400","text":"a.com"}`))
	if err != nil || len(all) != 5 || all[4].search != "a.com" {
		t.Fatalf("%+v, %v", all, err)
	}
	for i, m := range all[:3] {
		if len(m.left) != 1 || m.left[0].Reason != BadEntry || strings.Contains(m.left[0].Detail, "Go ") || strings.Contains(m.left[0].Detail, "unmarshal") {
			t.Errorf("message %d: %+v", i, m)
		}
	}
	if got, want := all[0].left[0].Detail, `"id": a text where a whole number belongs`; got != want {
		t.Errorf("%q, not %q", got, want)
	}
}

func TestAnExportThatBreaksOffGivesWhatStandsBeforeAndAnError(t *testing.T) {
	t.Parallel()
	whole := many
	for n := range len(whole) - 1 {
		_, err := readTelegram(strings.NewReader(whole[:n]))
		if err == nil {
			t.Fatalf("%d of %d bytes were taken for all", n, len(whole))
		}
	}
	for _, text := range []string{`[]`, `{}`, `{"messages":{}}`, `{"a":` + strings.Repeat("[", 1000) + strings.Repeat("]", 1000) + `}`, "\xff", `{"type":{"a":1},"messages":[]}`} {
		if all, err := readTelegram(strings.NewReader(text)); err == nil {
			t.Errorf("%.40q was taken: %+v", text, all)
		}
	}
}

// endless is an export that is made while it is read.
type endless struct {
	next  func(i int) string
	count int
	i     int
	rest  []byte
}

func (e *endless) Read(p []byte) (int, error) {
	for len(e.rest) == 0 {
		switch {
		case e.i == 0:
			e.rest = []byte(`{"name":"c","type":"public_channel","id":1,"messages":[`)
		case e.i <= e.count:
			e.rest = []byte(e.next(e.i))
		case e.i == e.count+1:
			e.rest = []byte(`]}`)
		default:
			return 0, io.EOF
		}
		e.i++
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

// TestAnExportOfAnySizeTakesLittleMemory reads 40 MB, of which no more than the bound
// of package intake may be alive at any time.
func TestAnExportOfAnySizeTakesLittleMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 40 MB")
	}
	text, _ := json.Marshal(strings.Repeat("x", 4000))
	r := &endless{count: 10_000, next: func(i int) string {
		comma := ","
		if i == 1 {
			comma = ""
		}
		return fmt.Sprintf(`%s{"id":%d,"type":"message","date_unixtime":"%d","text":%s}`, comma, i, 1740839400+i, text)
	}}
	alive := func() uint64 {
		runtime.GC()
		var s runtime.MemStats
		runtime.ReadMemStats(&s)
		return s.HeapAlloc
	}
	before, most, n := alive(), uint64(0), 0
	in := &source{name: "result.json", now: time.Now(), note: func(string) {}, read: func(int) {}}
	err := telegram(context.Background(), r, in, func(message) bool {
		if n++; n%2000 == 0 {
			most = max(most, alive())
		}
		return true
	})
	if err != nil || n != 10_000 {
		t.Errorf("%d messages, %v", n, err)
	}
	t.Logf("%.1f MB more than before", float64(int64(most)-int64(before))/1e6)
	if most > before+8*MaxEntry {
		t.Errorf("%d bytes were alive, %d before", most, before)
	}
}

// TestOneValueOfEndlessLengthIsRefused: a text of 2 GB is no message.
func TestOneValueOfEndlessLengthIsRefused(t *testing.T) {
	t.Parallel()
	for name, begin := range map[string]string{"message": `{"id":1,"text":"`, "part that is passed over": `],"x":"`} {
		made := 0
		r := &endless{count: 1 << 30, next: func(i int) string {
			if i == 1 {
				return begin
			}
			made++
			return strings.Repeat("y", 1<<16)
		}}
		_, err := readTelegram(r)
		if !errors.Is(err, ErrTooLong) || made > 100 {
			t.Errorf("%s: %v after %d blocks", name, err, made)
		}
	}
}

func FuzzTelegram(f *testing.F) {
	f.Add([]byte(many))
	whole, _ := io.ReadAll(moments("a.com", "", "b.com"))
	f.Add(whole)
	f.Add([]byte(`{"messages":[{"text":["a",{"text":"b","href":"c"}],"forwarded_from":null}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		all, err := readTelegram(bytes.NewReader(data))
		if again, err2 := readTelegram(bytes.NewReader(data)); len(again) != len(all) || (err == nil) != (err2 == nil) {
			t.Fatalf("read twice: %d and %d messages, %v and %v", len(all), len(again), err, err2)
		}
		for _, m := range all {
			if pairs, left := pair(m, newFinder(nil, nil).in(m.search), PairAll); len(pairs) == 0 && len(left) == 0 {
				t.Fatalf("nothing is said of %+v", m)
			}
		}
	})
}
