package store

import (
	"database/sql"

	"github.com/defacecheck/defacecheck/corpus"
)

// whole is all that is known of a claim.
func whole() []part[corpus.Record] {
	return append(posted(), []part[corpus.Record]{
		{`SELECT p.claim, p.channel, p.message, e.edited_at, e.text FROM postings p JOIN edits e ON e.post = p.post AND e.edited_at > p.edited_at WHERE `,
			"p.claim", " ORDER BY e.edited_at, p.channel, p.message", scanEdit},
		{`SELECT claim, sha256, result FROM verdicts WHERE `, "claim", " ORDER BY read_at, sha256", scanVerdict},
		{`SELECT claim, at, judge, truth, reason FROM adjudications WHERE `, "claim", " ORDER BY at, id", scanAdjudication},
		{`SELECT claim, at, program, tries, reason FROM setbacks WHERE taken_up = '' AND `, "claim", " ORDER BY at, id", scanSetback},
	}...)
}

// posted is what was claimed, and by whom.
func posted() []part[corpus.Record] {
	return []part[corpus.Record]{
		{`SELECT c.id, c.name, c.url, c.claimed_from, c.claimed_to, c.posted_from, c.posted_to, c.seen, c.notifier, c.words,
			p.sha256, p.bytes, p.format, p.width, p.height, p.average, p.difference, p.perception,
			p.wide_0, p.wide_1, p.wide_2, p.wide_3, p.information, p.informative
			FROM claims c JOIN pictures p ON p.sha256 = c.picture WHERE `, "c.id", "", scanClaim},
		{`SELECT claim, channel, message, text, forwarded, edited_at, origin, name, notifier, words FROM postings WHERE `,
			"claim", " ORDER BY channel, message, id", scanPosting},
	}
}

func scanClaim(rows *sql.Rows, known map[string]*corpus.Record) error {
	r := new(corpus.Record)
	c, p := &r.Claim, &r.Picture
	var h [3]int64
	var w [4]int64
	err := rows.Scan(&r.ID, &c.Name, &c.URL, moment{&c.ClaimedAt.From}, moment{&c.ClaimedAt.To},
		moment{&c.PostedAt.From}, moment{&c.PostedAt.To}, moment{&c.ReadAt}, &c.Notifier, &c.Words,
		&p.SHA256, &p.Bytes, &p.Format, &p.Width, &p.Height, &h[0], &h[1], &h[2],
		&w[0], &w[1], &w[2], &w[3], &p.Print.Information, &p.Print.Informative)
	p.Print.Average, p.Print.Difference, p.Print.Perception = uint64(h[0]), uint64(h[1]), uint64(h[2])
	p.Print.Difference256 = words(w)
	known[r.ID] = r
	return err
}

func scanPosting(rows *sql.Rows, known map[string]*corpus.Record) error {
	var claim string
	var p corpus.Posting
	err := rows.Scan(&claim, &p.Channel, &p.Message, &p.Text, &p.Forwarded, moment{&p.EditedAt}, &p.Origin, &p.Name, &p.Notifier, &p.Words)
	r := of(known, claim)
	p.URL, p.ClaimedAt, p.PostedAt = r.Claim.URL, r.Claim.ClaimedAt, r.Claim.PostedAt
	r.Postings = append(r.Postings, p)
	return err
}

func scanVerdict(rows *sql.Rows, known map[string]*corpus.Record) error {
	var claim, digest, text string
	if err := rows.Scan(&claim, &digest, &text); err != nil {
		return err
	}
	result, err := parseResult(digest, text)
	r := of(known, claim)
	r.Verdicts = append(r.Verdicts, corpus.Verdict{SHA256: digest, Result: result})
	return err
}

func scanAdjudication(rows *sql.Rows, known map[string]*corpus.Record) error {
	var claim string
	var a corpus.Adjudication
	err := rows.Scan(&claim, moment{&a.At}, &a.By, &a.Truth, &a.Reason)
	r := of(known, claim)
	r.Adjudications = append(r.Adjudications, a)
	return err
}

func scanSetback(rows *sql.Rows, known map[string]*corpus.Record) error {
	var claim string
	b := new(corpus.Setback)
	err := rows.Scan(&claim, moment{&b.At}, &b.Program, &b.Tries, &b.Reason)
	of(known, claim).SetAside = b
	return err
}
