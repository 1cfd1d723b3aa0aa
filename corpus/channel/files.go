package channel

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/defacecheck/defacecheck/verify/report"
)

// JSON writes the record with all its claims, one a line, in order of posting as the
// records came. Strangers' text is as it was; invisible characters are escaped.
func (s *Study) JSON(w io.Writer) error {
	head, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return fmt.Errorf("write record as JSON: %w", err)
	}
	head = append(head[:len(head)-2], ",\n  \"claim_list\": ["...)
	if _, err := w.Write(report.EscapeHidden(head)); err != nil {
		return fmt.Errorf("write record as JSON: %w", err)
	}
	lead := "\n    "
	for _, c := range s.claims {
		line, err := json.Marshal(c)
		if err == nil {
			_, err = w.Write(append([]byte(lead), report.EscapeHidden(line)...))
		}
		if err != nil {
			return fmt.Errorf("write claim %s as JSON: %w", c.ID, err)
		}
		lead = ",\n    "
	}
	if _, err := io.WriteString(w, "\n  ]\n}\n"); err != nil {
		return fmt.Errorf("write record as JSON: %w", err)
	}
	return nil
}

// ClaimsCSV writes a line a claim. No cell is taken for a formula, and addresses are
// defanged.
func (s *Study) ClaimsCSV(w io.Writer) error {
	return table(w, []string{"id", "url", "site", "posted", "postings", "message", "image", "outcome", "log10_lr", "leaning", "person", "opposed", "set_aside",
		"captures", "captures_a_year", "rank", "cluster", "picture_sha256", "relation"}, func(put func(...string) error) error {
		for _, c := range s.claims {
			if err := put(c.ID, c.URL, c.Site, timeCell(c.Posted), strconv.Itoa(c.Postings), c.Message, c.Image, string(c.Outcome), decimal(c.Log10LR), string(c.Leaning),
				string(c.Person), strconv.FormatBool(c.Opposed), c.Reason, optional(c.Captures), rate(c.PerYear, c.Captures != nil), nonzero(c.Rank), nonzero(c.Cluster), c.Picture, string(c.Relation)); err != nil {
				return err
			}
		}
		return nil
	})
}

// SitesCSV writes a line a site, as ClaimsCSV does.
func (s *Study) SitesCSV(w io.Writer) error {
	return table(w, []string{"site", "claims", "looked_up", "captures", "captures_a_year", "rank"}, func(put func(...string) error) error {
		for _, x := range s.Sites {
			captures := ""
			if x.Looked {
				captures = strconv.Itoa(x.Captures)
			}
			if err := put(x.Site, strconv.Itoa(x.Claims), strconv.FormatBool(x.Looked), captures, rate(x.PerYear, x.Looked), nonzero(x.Rank)); err != nil {
				return err
			}
		}
		return nil
	})
}

// table writes CSV whose cells are harmless.
func table(w io.Writer, head []string, rows func(put func(...string) error) error) error {
	out := csv.NewWriter(w)
	put := func(cells ...string) error {
		safe := make([]string, len(cells))
		for i, c := range cells {
			safe[i] = report.CSVCell(c)
		}
		return out.Write(safe)
	}
	err := put(head...)
	if err == nil {
		err = rows(put)
	}
	if out.Flush(); err == nil {
		err = out.Error()
	}
	if err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}

func timeCell(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func decimal(x *float64) string {
	if x == nil {
		return ""
	}
	return strconv.FormatFloat(*x, 'f', 3, 64)
}

func optional(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func nonzero(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func rate(x float64, known bool) string {
	if !known {
		return ""
	}
	return strconv.FormatFloat(x, 'f', 2, 64)
}
