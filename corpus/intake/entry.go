package intake

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// The fields of an entry: a row of CSV, a line of JSONL, a sidecar or a mirror's file.
const (
	fieldPicture   = "picture"
	fieldURL       = "url"
	fieldClaimedAt = "claimed_at"
	fieldPostedAt  = "posted_at"
	fieldNotifier  = "notifier"
	fieldWords     = "words"
	fieldChannel   = "channel"
	fieldMessage   = "message"
	fieldText      = "text"
	fieldForwarded = "forwarded"
	fieldEditedAt  = "edited_at"
)

// fieldNames are the names under which each field is known, in small letters with
// lines for blanks.
func fieldNames() map[string]string {
	names := map[string]string{}
	for field, all := range map[string]string{
		fieldPicture:   "picture pictures image images screenshot file path",
		fieldURL:       "url urls address domain site target",
		fieldClaimedAt: "claimed_at date_of_defacement defaced_at",
		fieldPostedAt:  "posted_at date posted",
		fieldNotifier:  "notifier claimant attacker defacer",
		fieldWords:     "words",
		fieldChannel:   "channel",
		fieldMessage:   "message message_id",
		fieldText:      "text caption",
		fieldForwarded: "forwarded forwarded_from",
		fieldEditedAt:  "edited_at edited",
	} {
		for _, n := range strings.Fields(all) {
			names[n] = field
		}
	}
	return names
}

// field is the field that a name stands for; "" for none.
func field(names map[string]string, name string) string {
	return names[strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), " ", "_")]
}

// entry is what an entry says, by field. A field may be said more than once.
type entry map[string][]string

func (e entry) add(field, value string) {
	trimmed := strings.TrimSpace(value)
	if trimmed == "" {
		return
	}
	if field == fieldText { // is kept as it was posted
		trimmed = value
	}
	e[field] = append(e[field], trimmed)
}

func (e entry) one(field string) string { return strings.Join(e[field], " ") }

// message makes a message of an entry. One of which a time cannot be read is left
// whole: without its time it would be another claim.
func (e entry) message(origin string, now time.Time) message {
	m := message{pictures: e[fieldPicture], addresses: e[fieldURL], search: e.one(fieldText)}
	p := &m.posting
	p.Origin, p.Channel, p.Message = origin, e.one(fieldChannel), e.one(fieldMessage)
	p.Text, p.Forwarded, p.Notifier, p.Words = e.one(fieldText), e.one(fieldForwarded), e.one(fieldNotifier), e.one(fieldWords)
	var errs [3]error
	p.ClaimedAt, errs[0] = spanOf(e.one(fieldClaimedAt), now)
	p.PostedAt, errs[1] = spanOf(e.one(fieldPostedAt), now)
	edited, err := spanOf(e.one(fieldEditedAt), now)
	p.EditedAt, errs[2] = edited.To, err
	for i, name := range []string{fieldClaimedAt, fieldPostedAt, fieldEditedAt} {
		if errs[i] != nil {
			return badTime(m, fmt.Sprintf("%s %q: %v", name, e.one(name), errs[i]))
		}
	}
	if !p.ClaimedAt.IsZero() && !p.PostedAt.IsZero() && p.PostedAt.To.Before(p.ClaimedAt.From) {
		return badTime(m, "it was posted before the page is said to have looked so")
	}
	return m
}

func badTime(m message, why string) message {
	l := m.where(BadTime, why)
	if len(m.pictures) > 0 {
		l.Picture = m.pictures[0]
	}
	return message{posting: m.posting, left: []Left{l}}
}

// entryOf reads a JSON object whose values are texts, numbers, or lists of them. It
// returns the names that are no fields.
func entryOf(data []byte, names map[string]string) (entry, []string, error) {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, nil, err
	}
	e, unknown := entry{}, []string(nil)
	for _, name := range sortedKeys(raw) {
		f := field(names, name)
		if f == "" {
			unknown = append(unknown, name)
			continue
		}
		values, err := texts(raw[name])
		if err != nil {
			return nil, nil, fmt.Errorf("%q: %w", name, err)
		}
		if len(values) > 1 && f != fieldPicture && f != fieldURL {
			return nil, nil, fmt.Errorf("%q: a list where one value belongs", name)
		}
		for _, v := range values {
			e.add(f, v)
		}
	}
	return e, unknown, nil
}

// texts reads a text, a number, null, or a list of texts.
func texts(raw json.RawMessage) ([]string, error) {
	var s *string
	if json.Unmarshal(raw, &s) == nil {
		if s == nil {
			return nil, nil
		}
		return []string{*s}, nil
	}
	var n json.Number
	if json.Unmarshal(raw, &n) == nil {
		return []string{n.String()}, nil
	}
	var list []string
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, fmt.Errorf("neither a text nor a list of texts")
	}
	return list, nil
}

func sortedKeys[K ~string, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
