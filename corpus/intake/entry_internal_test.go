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
	for _, text := range []string{"", "a,b\n1,2", "picture\na.png", "url\nx.com", "picture,ur\"l\na.png,x.com", "picture,url\n" + strings.Repeat("x", MaxEntry+readAhead)} {
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
}

func TestALineThatIsTooLongIsToldWithItsNumberAndPassed(t *testing.T) {
	t.Parallel()
	var notes []string
	first, last := `{"picture":"a.png","url":"a.com"}`, `{"picture":"b.png","url":"b.com"}`
	for _, long := range []string{strings.Repeat("x", MaxEntry+1), strings.Repeat("x", 3*MaxEntry), `{"text":"` + strings.Repeat("y", MaxEntry) + `"}`} {
		all, err := linesOf(first+"\n"+long+"\n"+last, &notes)
		if err != nil || len(all) != 3 || all[0].pictures[0] != "a.png" || all[2].pictures[0] != "b.png" || all[2].posting.Origin != "claims.jsonl line 3" {
			t.Fatalf("%d messages, %v", len(all), err)
		}
		if l := all[1].left; len(l) != 1 || l[0].Reason != BadEntry || l[0].Origin != "claims.jsonl line 2" || !strings.Contains(l[0].Detail, "1048576 bytes") {
			t.Errorf("%+v", l)
		}
	}
	whole := `{"picture":"a.png","url":"a.com","text":"` + strings.Repeat("y", MaxEntry-100) + `"}`
	if all, err := linesOf(whole, &notes); err != nil || len(all) != 1 || len(all[0].left) != 0 {
		t.Errorf("a line that is not too long: %d messages, %v", len(all), err)
	}
}

func TestAStrayQuotationMarkCostsItsRowAndNoOther(t *testing.T) {
	t.Parallel()
	var notes []string
	for name, bad := range map[string]string{
		"within a cell":            `b.png,b.com,he said "hi"`,
		"within a quoted cell":     `b.png,b.com,"he said "hi" to us"`,
		"behind a quoted cell":     `b.png,b.com,"hi" there`,
		"in the column of picture": `"b".png,b.com,x`,
	} {
		all, err := tableOf("picture,url,text\na.png,a.com,x\n"+bad+"\nc.png,c.com,\"say \"\"hi\"\"\"\n", &notes)
		if err != nil || len(all) != 3 {
			t.Errorf("%s: %+v, %v", name, all, err)
			continue
		}
		if l := all[1].left; len(l) != 1 || l[0].Reason != BadEntry || l[0].Origin != "claims.csv line 3" || !strings.Contains(l[0].Detail, "quotation mark") || len(all[1].pictures) != 0 {
			t.Errorf("%s: %+v", name, all[1])
		}
		if m := all[2]; len(m.left) != 0 || m.posting.Text != `say "hi"` || m.posting.Origin != "claims.csv line 4" {
			t.Errorf("%s: %+v", name, m)
		}
	}
	// The rest of a broken cell of several lines is no row.
	all, err := tableOf("picture,url,text\nb.png,b.com,\"he said \"hi\n"+"c.png,c.com\nend,\nd.png,d.com,x\n", &notes)
	if err != nil || len(all) != 4 || len(all[3].pictures) != 1 {
		t.Fatalf("%+v, %v", all, err)
	}
	for i, m := range all[:3] {
		if len(m.left) != 1 || m.left[0].Reason != BadEntry {
			t.Errorf("row %d: %+v", i, m)
		}
	}
	// Without one, a row may be short.
	if all, err := tableOf("picture,url,text\na.png,a.com\n", &notes); err != nil || len(all) != 1 || len(all[0].left) != 0 {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestAQuotationMarkThatSwallowsLinesEndsTheTableAndSaysWhere(t *testing.T) {
	t.Parallel()
	var notes []string
	for name, c := range map[string]struct{ text, want string }{
		"to another":    {"picture,url,text\na.png,a.com,x\nb.png,b.com,\"open\nc.png,c.com,x\nd.png,d.com,\"other\"\ne.png,e.com,x\n", "line 3: a quotation mark opens a cell there that does not end well up to line 5; nothing from line 3 on is read"},
		"to the end":    {"picture,url,text\na.png,a.com,x\nb.png,b.com,\"open\nc.png,c.com,x\n", "line 3: "},
		"past the size": {"picture,url,text\na.png,a.com,x\nb.png,b.com,\"open\n" + strings.Repeat("c.png,c.com,x\n", MaxEntry/8), "the entry behind that of line 2: more than 1048576 bytes"},
	} {
		all, err := tableOf(c.text, &notes)
		if err == nil || !strings.Contains(err.Error(), c.want) || len(all) != 1 || all[0].pictures[0] != "a.png" {
			t.Errorf("%s: %d messages, %v", name, len(all), err)
		}
	}
}

func TestWhatCannotBeUnderstoodIsToldInPlainWords(t *testing.T) {
	t.Parallel()
	var notes []string
	for line, want := range map[string]string{
		`[1]`: "a list where an object belongs", `"x"`: "a text where an object belongs", `{"picture":`: "no JSON from byte 11 on",
		`nothing`: "no JSON from byte 2 on", `{"picture":{"a":1}}`: `"picture": neither a text nor a list of texts`,
	} {
		all, _ := linesOf(line, &notes)
		if len(all) != 1 || len(all[0].left) != 1 || all[0].left[0].Detail != want {
			t.Errorf("%s: %+v, want %q", line, all, want)
		}
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
