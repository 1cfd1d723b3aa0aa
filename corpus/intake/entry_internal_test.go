package intake

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"
)

func tableOf(text string, notes *[]string) (all []message, err error) {
	in := &source{name: "claims.csv", now: time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC), read: func(int) {}, note: func(s string) { *notes = append(*notes, s) }}
	err = table(context.Background(), strings.NewReader(text), in, func(m message) bool { all = append(all, m); return true })
	return all, err
}

func linesOf(text string, notes *[]string) (all []message, err error) {
	in := &source{name: "claims.jsonl", now: time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC), read: func(int) {}, note: func(s string) { *notes = append(*notes, s) }}
	err = lines(context.Background(), strings.NewReader(text), in, func(m message) bool { all = append(all, m); return true })
	return all, err
}

func TestATableIsReadWhateverSpreadsheetWroteIt(t *testing.T) {
	t.Parallel()
	utf16 := func(s string) string {
		out := "\xff\xfe"
		for _, r := range s {
			out += string([]byte{byte(r), byte(r >> 8)})
		}
		return out
	}
	for name, text := range map[string]string{
		"commas":             "picture,url,claimed_at,claimant\na.png,victim.com,2025-02-16,\"X, the \"\"great\"\"\"\n",
		"with a mark":        "\ufeffpicture,url,claimed_at,claimant\r\na.png,victim.com,2025-02-16,\"X, the \"\"great\"\"\"\r\n",
		"semicolons":         "Image;Address;Date of Defacement;Notifier\na.png;victim.com;2025-02-16;X, the \"great\"",
		"tabs and UTF-16":    utf16("picture\turl\tclaimed at\tattacker\r\na.png\tvictim.com\t2025-02-16\t\"X, the \"\"great\"\"\"\r\n"),
		"another order":      "url,claimed_at,notifier,picture\nvictim.com,2025-02-16,\"X, the \"\"great\"\"\",a.png",
		"empty cells behind": "picture,url,claimed_at,claimant\na.png,victim.com,2025-02-16,\"X, the \"\"great\"\"\",,\n",
	} {
		text := text
		if name == "semicolons" {
			text = strings.ReplaceAll(text, `X, the "great"`, `"X, the ""great"""`)
		}
		var notes []string
		all, err := tableOf(text, &notes)
		if err != nil || len(all) != 1 || len(notes) != 0 {
			t.Errorf("%s: %+v, %v, %q", name, all, err, notes)
			continue
		}
		m := all[0]
		if len(m.pictures) != 1 || m.pictures[0] != "a.png" || m.addresses[0] != "victim.com" || m.posting.Notifier != `X, the "great"` ||
			!m.posting.ClaimedAt.From.Equal(time.Date(2025, 2, 16, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("%s: %+v", name, m)
		}
	}
}

func TestARowThatCannotBeUnderstoodIsToldWithItsLine(t *testing.T) {
	t.Parallel()
	var notes []string
	all, err := tableOf("picture,url,claimed_at,posted_at,group\na.png,x.com,soon,,\nb.png,x.com,2025-03-01,2025-02-01,\nc.png,x.com,2030-01-01,,\nd.png,x.com,,,,more\n\ne.png,x.com,,2025-02-01 10:00,g", &notes)
	if err != nil || len(all) != 5 {
		t.Fatalf("%+v, %v", all, err)
	}
	for i, want := range []Reason{BadTime, BadTime, BadTime, BadEntry} {
		if l := all[i].left; len(l) != 1 || l[0].Reason != want || !strings.HasPrefix(l[0].Origin, "claims.csv line ") || len(all[i].pictures) != 0 {
			t.Errorf("row %d: %+v", i, all[i])
		}
	}
	if m := all[4]; m.posting.Origin != "claims.csv line 7" || m.posting.PostedAt.To.Sub(m.posting.PostedAt.From) != 26*time.Hour {
		t.Errorf("%+v", m)
	}
	if len(notes) != 1 || !strings.Contains(notes[0], "group") {
		t.Errorf("%q", notes)
	}
	for _, text := range []string{"", "a,b\n1,2", "picture\na.png", "url\nx.com", "picture,url\n\"a.png,x.com", "picture,url\n" + strings.Repeat("x", MaxEntry+readAhead)} {
		if all, err := tableOf(text, &notes); err == nil {
			t.Errorf("%.40q was taken: %+v", text, all)
		}
	}
}

func TestALineMayHaveSeveralPicturesAndAddresses(t *testing.T) {
	t.Parallel()
	var notes []string
	all, err := linesOf(`{"pictures":["a.png","b.png"],"url":"victim.com","message":17,"channel":null,"served":{"x":1}}`+"\n\n"+
		`{"picture":"c.png","urls":["a.com","b.com"],"Text":"hacked"}`+"\nnothing\n"+`{"picture":{"a":1}}`+"\n"+`{"notifier":["a","b"]}`, &notes)
	if err != nil || len(all) != 5 {
		t.Fatalf("%+v, %v", all, err)
	}
	if m := all[0]; len(m.pictures) != 2 || m.posting.Message != "17" || m.posting.Channel != "" {
		t.Errorf("%+v", m)
	}
	if m := all[1]; len(m.addresses) != 2 || m.posting.Text != "hacked" || m.posting.Origin != "claims.jsonl line 3" {
		t.Errorf("%+v", m)
	}
	for _, m := range all[2:] {
		if len(m.left) != 1 || m.left[0].Reason != BadEntry {
			t.Errorf("%+v", m)
		}
	}
	if len(notes) != 1 || !strings.Contains(notes[0], "served") {
		t.Errorf("%q", notes)
	}
	if _, err := linesOf(strings.Repeat("x", MaxEntry+1), &notes); err == nil {
		t.Error("an endless line was taken")
	}
}

func FuzzTable(f *testing.F) {
	f.Add("picture,url\na.png,victim.com\n")
	f.Add("\ufeffpicture;text;posted_at\n\"a\";\"b\n\";2025-01-01\n")
	f.Fuzz(func(t *testing.T, text string) {
		var notes []string
		all, _ := tableOf(text, &notes)
		everySaid(t, all)
	})
}

func FuzzLines(f *testing.F) {
	f.Add(`{"pictures":["a.png"],"urls":["victim.com"],"message":17}`)
	f.Add(`{"text":"a.com","posted_at":"2025-01-01 10:00"}`)
	f.Fuzz(func(t *testing.T, text string) {
		var notes []string
		all, err := linesOf(text, &notes)
		if n := bytes.Count([]byte(text), []byte("\n")) + 1; err == nil && len(all) > n {
			t.Fatalf("%d messages of %d lines", len(all), n)
		}
		everySaid(t, all)
	})
}

// everySaid checks that of each message something is taken or left.
func everySaid(t *testing.T, all []message) {
	t.Helper()
	find := newFinder(nil, nil)
	for _, m := range all {
		found := find.given(m.addresses)
		if m.addresses == nil {
			found = find.in(m.search)
		}
		if pairs, left := pair(m, found, PairSure); len(pairs) == 0 && len(left) == 0 {
			t.Fatalf("nothing is said of %+v", m)
		}
	}
}
