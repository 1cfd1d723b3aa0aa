package store

import (
	"context"
	"database/sql"
	"iter"

	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/verify"
)

// Summary is a claim in a line.
type Summary struct {
	ID       string
	URL      string
	Picture  string // SHA-256 of the file
	PostedAt verify.Span
	Channels []string     // in which it was posted, each once
	Outcome  outcome.Kind // of the newest verdict; "" when there is none
	Truth    rows.Truth   // of people's newest judgement; "" when there is none
	SetAside bool
}

// Summaries gives the claims that f chooses, as Records does, without reading what
// every verdict found.
func (s *Store) Summaries(ctx context.Context, f Filter) iter.Seq2[*Summary, error] {
	return stream(ctx, s, f, []part[Summary]{
		{`SELECT id, url, picture, posted_from, posted_to FROM claims WHERE `, "id", "", func(rows *sql.Rows, known map[string]*Summary) error {
			one := new(Summary)
			err := rows.Scan(&one.ID, &one.URL, &one.Picture, moment{&one.PostedAt.From}, moment{&one.PostedAt.To})
			known[one.ID] = one
			return err
		}},
		{`SELECT DISTINCT claim, channel FROM postings WHERE `, "claim", " ORDER BY channel", told(func(one *Summary, channel string) {
			one.Channels = append(one.Channels, channel)
		})},
		{`SELECT claim, word, answer FROM verdicts WHERE `, "claim", " ORDER BY read_at, sha256", func(rows *sql.Rows, known map[string]*Summary) error {
			var claim, word, answer string
			err := rows.Scan(&claim, &word, &answer)
			of(known, claim).Outcome = outcome.From(verify.Word(word), verify.Answer(answer))
			return err
		}},
		{`SELECT claim, truth FROM adjudications WHERE `, "claim", " ORDER BY at, id", told(func(one *Summary, truth string) {
			one.Truth = rows.Truth(truth)
		})},
		{`SELECT claim, program FROM setbacks WHERE taken_up = '' AND `, "claim", "", told(func(one *Summary, _ string) {
			one.SetAside = true
		})},
	})
}

// told reads rows of a claim and a text, the last of which counts.
func told(put func(*Summary, string)) func(*sql.Rows, map[string]*Summary) error {
	return func(rows *sql.Rows, known map[string]*Summary) error {
		var claim, text string
		err := rows.Scan(&claim, &text)
		put(of(known, claim), text)
		return err
	}
}
