package exchange

import (
	"encoding/base64"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/verify/imprint"
)

// facts are what the object says, in a fixed order.
func facts(r *corpus.Record, o Options) []fact {
	c := r.Claim
	all := []fact{
		{relation: "target-url", value: address(c.URL)}, {relation: "target-host", value: hostname(r)},
		{relation: "claimed-from", value: datetime(c.ClaimedAt.From)}, {relation: "claimed-to", value: datetime(c.ClaimedAt.To)},
		{relation: "posted", value: datetime(c.PostedAt.From)}, {relation: "notifier", value: name(c.Notifier)},
		{relation: "screenshot-sha256", value: r.Picture.SHA256}, {relation: "screenshot-difference-hash", value: hash(r.Picture.Print)},
	}
	for _, p := range r.Postings {
		all = append(all, fact{relation: "channel", value: name(p.Channel)}, fact{relation: "posted", value: datetime(p.PostedAt.From)}, fact{relation: "post", value: text(p.Text)})
	}
	if o.Picture != nil {
		all = append(all, fact{relation: "screenshot", value: fileName(r), data: base64.StdEncoding.EncodeToString(o.Picture)})
	}
	return append(append(all, verdictFacts(r)...), peopleFacts(r)...)
}

// verdictFacts are the program's. A likelihood ratio stands only beside a verdict word.
func verdictFacts(r *corpus.Record) []fact {
	came := outcome.Of(r)
	all := []fact{{relation: "verdict", value: string(came)}}
	v := r.Latest()
	if v == nil || v.Result == nil {
		return all
	}
	x := v.Result
	all = append(all, fact{relation: "summary", value: text(x.Verdict.Sentence)},
		fact{relation: "method", value: name(fmt.Sprintf("%s, score model %s (SHA-256 %s)", x.Versions.Program, x.Versions.Model, x.Versions.ModelDigest))})
	if string(came) == string(x.Verdict.Word) {
		all = append(all, fact{relation: "log10-likelihood-ratio", value: strconv.FormatFloat(x.Verdict.Log10LR, 'f', -1, 64)},
			fact{relation: "leaning", value: name(string(x.Verdict.Leaning))})
	}
	return all
}

// peopleFacts are people's. The newest judgement decides whether the claim is valid.
func peopleFacts(r *corpus.Record) []fact {
	validity := "Unknown"
	var all []fact
	for _, a := range r.Adjudications {
		all = append(all, fact{relation: "judgement", value: text(fmt.Sprintf("%s, by %s on %s: %s", a.Truth, a.By, a.At.UTC().Format(time.DateOnly), a.Reason))})
		switch a.Truth {
		case rows.Genuine:
			validity = "Valid"
		case rows.Edited, rows.Misattributed, rows.NotDefaced:
			validity = "Invalid"
		default:
			validity = "Unknown"
		}
	}
	return append([]fact{{relation: "claim-validity", value: validity}}, all...)
}

// datetime is a time as MISP writes it; "" for none.
func datetime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05.000000-07:00")
}

// hostname is the host where it is a name: MISP refuses an address there.
func hostname(r *corpus.Record) string {
	h := host(r)
	if net.ParseIP(h) != nil || !strings.Contains(h, ".") || strings.ContainsAny(h, " /:‹") {
		return ""
	}
	return h
}

// hash is the difference hash of 256 bits; "" where it means nothing.
func hash(i imprint.Imprint) string {
	if !i.Informative {
		return ""
	}
	return i.Hex().Difference256
}

// fileName is a name for the picture that no system takes for a path.
func fileName(r *corpus.Record) string {
	return "claim-" + r.Picture.SHA256[:min(12, len(r.Picture.SHA256))] + "." + format(r)
}

// format is that of the picture in small letters and digits.
func format(r *corpus.Record) string {
	return strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			return c
		}
		return -1
	}, name(r.Picture.Format))
}
