package report

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"math"
	"strings"

	"github.com/defacecheck/defacecheck/verify"
)

//go:embed templates/*.tmpl
var templates embed.FS

// HTML writes j as one self-contained file without scripts, whose content
// security policy lets nothing be loaded: pictures are embedded after being
// encoded anew. The file reads on a phone, on a desk, in the dark, on paper
// and without colours.
func HTML(w io.Writer, j *verify.Judgement) error {
	p, err := newPage(j)
	if err != nil {
		return fmt.Errorf("make report: %w", err)
	}
	t, err := template.ParseFS(templates, "templates/*.tmpl")
	if err != nil {
		return fmt.Errorf("make report: %w", err)
	}
	var out bytes.Buffer // a template that fails midway must leave nothing
	if err := t.ExecuteTemplate(&out, "report.html.tmpl", p); err != nil {
		return fmt.Errorf("make report: %w", err)
	}
	if _, err := w.Write(out.Bytes()); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

// Style is the style sheet of reports, for other pages that are to look like them. It
// knows screens of any width, the dark, and paper.
func Style() (template.CSS, error) {
	t, err := template.ParseFS(templates, "templates/style.html.tmpl")
	if err != nil {
		return "", fmt.Errorf("make style sheet: %w", err)
	}
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, "style", nil); err != nil {
		return "", fmt.Errorf("make style sheet: %w", err)
	}
	return template.CSS(out.String()), nil
}

// page is everything that the template prints, all of it safe.
type page struct {
	Title, Sentence, Examined, Program string

	Word, Tone, Strength, Answer, Ratio, Leaning, Log10LR, Probability, Prior string
	Scale                                                                     []bandOf

	Claim        []fact
	Picture      *shot
	Frame        *shot
	FrameText    string
	Exhibits     []exhibitView
	Closeups     []closeup
	MoreCloseups string
	Marked       bool
	Hatching     hatching
	MoreExhibits string
	TimeLine     *timeLine
	Evidence     evidenceSets
	Bars         []evidenceBar
	Neutral      []neutralItem
	Blind        []string

	Changes, Context, Limits, Notes []string
	Fits                            []fitRow
	FitsNote                        string
	Effort                          string
	Captures                        []captureRow
	MoreCaptures                    string
	Metadata, Versions, Digests     []fact
}

// bandOf is one of the five bands.
type bandOf struct {
	Word, Tone string
	Here       bool
}

func newPage(j *verify.Judgement) (*page, error) {
	if j == nil {
		return nil, ErrNoResult
	}
	r, err := safeCopy(j.Result)
	if err != nil {
		return nil, err
	}
	p := &page{Claim: claimFacts(r.Claim), TimeLine: newTimeLine(r), Blind: blindCaptures(r.Captures),
		Changes: r.Changes, Context: r.Context, Limits: r.Limits, Notes: r.Notes,
		Metadata: metadataFacts(r.Claim.Metadata), Versions: versionFacts(r.Versions), Digests: digestFacts(r)}
	p.setVerdict(r)
	p.setEvidence(r)
	p.Captures, p.MoreCaptures = captureRows(r.Captures)
	p.Fits, p.FitsNote, p.Effort = fitRows(r), fitsNote, effortText(r.Effort)
	return p, p.setExhibits(j, r)
}

func (p *page) setVerdict(r *verify.Result) {
	v := r.Verdict
	p.Sentence = v.Sentence
	if p.Sentence == "" {
		p.Sentence = "Verdict: " + string(v.Word)
	}
	p.Title = "Report on " + r.Claim.Image + ": " + string(v.Word)
	p.Examined, p.Program = timeText(r.Claim.ReadAt), r.Versions.Program
	p.Word, p.Tone, p.Strength = string(v.Word), tone(v.Word), v.Strength
	p.Answer, p.Leaning, p.Ratio = answerText(v.Answer), leaningText(v.Leaning), ratioText(v.Log10LR)
	p.Log10LR, p.Probability, p.Prior = minus(signed(v.Log10LR)), probability(v.Probability), probability(v.Prior)
	for _, w := range words() {
		p.Scale = append(p.Scale, bandOf{string(w), tone(w), w == v.Word})
	}
}

// tone is the colour class of a verdict word.
func tone(w verify.Word) string {
	switch w {
	case verify.Supported, verify.LeansGenuine:
		return "for"
	case verify.Contradicted, verify.LeansFalse:
		return "against"
	}
	return "even"
}

// minus sets the sign as printers do.
func minus(s string) string { return strings.Replace(s, "-", "−", 1) }

func (p *page) setExhibits(j *verify.Judgement, r *verify.Result) (err error) {
	if p.Picture, p.Exhibits, err = exhibits(j, r); err != nil {
		return err
	}
	if p.Closeups, p.MoreCloseups, err = closeups(j, r); err != nil {
		return err
	}
	if p.Frame, err = frameShot(j); err != nil {
		return err
	}
	p.FrameText = frameText(r.Claim.Frame)
	if p.Picture != nil {
		p.Hatching = newHatching(p.Picture.W)
	}
	for _, x := range p.Exhibits {
		p.Marked = p.Marked || x.Located
	}
	if n := len(j.Exhibits) - maxExhibits; n > 0 {
		p.MoreExhibits = fmt.Sprintf("The closest %d captures are shown; %d more are listed below.", maxExhibits, n)
	}
	return nil
}

// evidenceBar is one weighing item with its bar.
type evidenceBar struct {
	Weight, Side, Tone, Sentence, Note string
	X, Width                           string // percent of the rail
}

func (p *page) setEvidence(r *verify.Result) {
	p.Evidence = splitEvidence(r.Evidence)
	p.Neutral = neutralItems(p.Evidence.Neutral)
	full := 1.0 // the bar's half rail: one step of log10 at least
	for _, e := range p.Evidence.Weighing {
		full = math.Max(full, math.Abs(e.Counted))
	}
	for _, e := range p.Evidence.Weighing {
		p.Bars = append(p.Bars, newBar(e, full))
	}
}

// neutralItem is one item without weight. Its rate is told where there is one: that
// of what weighs nothing is mostly not measured.
type neutralItem struct{ Sentence, ID, Rate string }

func neutralItems(all []verify.Evidence) (items []neutralItem) {
	for _, e := range all {
		item := neutralItem{Sentence: e.Sentence, ID: e.ID}
		if e.FalseAlarms != notMeasured {
			item.Rate = falseAlarms(e)
		}
		items = append(items, item)
	}
	return items
}

func newBar(e verify.Evidence, full float64) evidenceBar {
	half := 50 * math.Abs(e.Counted) / full
	b := evidenceBar{Weight: minus(signed(e.Counted)), Side: "counts neither way", Tone: "even",
		Sentence: e.Sentence, Note: barNote(e), X: percent(50), Width: percent(half)}
	switch {
	case e.Counted > 0:
		b.Side, b.Tone = "for the claim", "for"
	case e.Counted < 0:
		b.Side, b.Tone, b.X = "against the claim", "against", percent(50-half)
	}
	return b
}

func barNote(e verify.Evidence) string {
	parts := []string{"Test " + e.ID + ", method " + strings.TrimSpace(e.Method+" "+e.Version)}
	if v := measured(e); v != "" {
		parts = append(parts, "measured "+v)
	}
	if n := minus(countedNote(e)); n != "" {
		parts = append(parts, n)
	}
	if len(e.Captures) > 0 {
		parts = append(parts, "rests on "+strings.Join(e.Captures, ", "))
	}
	parts = append(parts, grounds(e)...)
	return strings.Join(parts, "; ") + "."
}

// maxCaptures is how many captures the table shows; verify looks at a dozen.
const maxCaptures = 60

// captureRow is one capture of the table.
type captureRow struct {
	Time, Source, Validity, Status, Look string
	Details                              []fact
}

func captureRows(all []verify.CaptureView) (rows []captureRow, more string) {
	if n := len(all) - maxCaptures; n > 0 {
		all, more = all[:maxCaptures], fmt.Sprintf("%s more in verdict.json.", plural(n, "capture"))
	}
	for _, c := range all {
		row := captureRow{Time: timeText(c.SeenAt), Source: c.Source, Status: "none",
			Validity: join(validityText(c.Validity), c.Reason), Look: stateText(c), Details: captureDetails(c)}
		if c.Status != 0 {
			row.Status = fmt.Sprint(c.Status)
		}
		if c.Ordinary {
			row.Look += "; the page in its ordinary look"
		}
		rows = append(rows, row)
	}
	return rows, more
}
