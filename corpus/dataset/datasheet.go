package dataset

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/verify/report/plain"
)

// maxListed is how many channels and versions a datasheet lists.
const maxListed = 20

// datasheet tells of a dataset under the headings of "Datasheets for Datasets" (Gebru and
// others, 2018, arXiv:1803.09010), as far as a program can know. What only people know
// is asked for in italics.
func datasheet(m *Manifest) string {
	var b strings.Builder
	p := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n\n", args...) }
	p("# Datasheet: %s", shown(m.Name))
	p("Written by defacecheck %s on %s. Sentences in italics wait for whoever publishes this.", shown(m.Program), m.MadeAt.Format(time.DateOnly))
	p("## Motivation")
	p("To study, and to learn to judge, claims of the form \"this picture is what that web address showed\": real ones, edited pictures, and pictures of another site or time.")
	p("Made by %s. *For whom, and who paid?*", shown(m.Creator))
	composition(p, m)
	p("## Collection process")
	p("Claims were taken from what was posted (exports of channels, tables, mirrors), or given to the program one by one. %s", spanOf(m.Counts))
	p("Channels, by postings:\n\n%s", list(m.Counts.Channels, "(not known)"))
	p("*Who chose the channels, and how? Were those concerned told?*")
	p("## Preprocessing, cleaning, labelling")
	p("Pictures are as they were posted. Addresses are in the spelling of browsers. Verdicts are those of a program and can be wrong; versions, by claims:\n\n%s", list(m.Counts.Programs, "(not known)"))
	p("Labels are what people decided; the newest counts, and earlier ones are kept. Claims by label:\n\n%s", list(m.Counts.Labels, "(nobody judged it)"))
	p("Claims by how the newest verdict has it; a page that was not seen, an ordinary page and one that was shown are no verdicts on the claim:\n\n%s", list(m.Counts.Outcomes, "(none)"))
	splits(p, m)
	uses(p, m)
	return b.String()
}

func composition(p func(string, ...any), m *Manifest) {
	c := m.Counts
	p("## Composition")
	p("An instance is a claim: a picture, an address, and the times at which the page is said to have looked so and at which it was posted.")
	p("| what | how many |\n|---|---|\n| claims | %d |\n| pictures, by content | %d |\n| pictures whose file is here | %d |\n| postings | %d |\n| claims with a verdict | %d |\n| verdicts in the corpus | %d |\n| sites (registrable domains) | %d |\n| claims that could not be judged and were set aside | %d |",
		c.Claims, c.Pictures, c.Files, c.Postings, c.Judged, c.Verdicts, c.Sites, c.SetAside)
	if m.Images {
		p("Pictures show pages of victims and of those who broke in; they, the texts and the full verdicts hold names, addresses and abuse. Treat files, texts and addresses as hostile.")
		return
	}
	p("Without images: there is no byte of a picture, and nothing that was read off one or copied from a page (no titles, texts, metadata, sentences of verdicts). What is left is who posted what address when and with what message, what people decided and why, digests and perceptual hashes of pictures, and numbers of the newest verdict. A digest tells whether somebody has the same picture; a perceptual hash, whether one resembles it. Messages, file names, reasons and addresses are people's words, and may hold names.")
}

func spanOf(c Counts) string {
	if c.First.IsZero() {
		return "The times of posting are not known."
	}
	return fmt.Sprintf("They were posted from %s to %s, as far as that is known.", c.First.Format(time.DateOnly), c.Last.Format(time.DateOnly))
}

func splits(p func(string, ...any), m *Manifest) {
	s := m.Counts.Splits
	p("Splits: %d claims to train, %d to test, in %d groups. Claims that share a registrable domain, a picture's file, or the 256-bit difference hash of a picture, directly or through others, are of one group and lie on one side; which side is decided by a digest of the group and by nothing else (about %d %% of groups test). Pictures that resemble each other less closely can lie on both sides.",
		s[rows.Train], s[rows.Test], m.Counts.Groups, int(100*TestShare))
}

func uses(p func(string, ...any), m *Manifest) {
	p("## Uses")
	p("Measuring and fitting methods that judge such claims. Not for counting how much is broken into: what is claimed is neither all that happened nor all true. Not for accusing anybody: a verdict is a likelihood ratio and a label is an opinion. Verdicts are no labels; who learns from them learns this program's mistakes.")
	p("## Distribution")
	p("Format: %s. Licence: %s. `croissant.json` describes the files for machines, `dataset.json` has their digests.", m.Format, shown(m.License))
	p("*Who may have it, and what does the law where the pictured people live say?*")
	p("## Maintenance")
	p("`defacecheck corpus import DIR` puts it back into a corpus. *Whom to write to, and how is it mended?*")
}

// shown makes a stranger's text harmless in Markdown.
func shown(s string) string {
	s = plain.Text(s, 200)
	return "`" + strings.Map(func(r rune) rune {
		if r == '`' || r == '|' {
			return '\''
		}
		return r
	}, s) + "`"
}

// list is a table of counts, the largest first.
func list[K ~string](counts map[K]int, none string) string {
	var keys []K
	for k := range counts {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b K) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(string(a), string(b))
	})
	var b strings.Builder
	b.WriteString("| which | how many |\n|---|---|\n")
	for i, k := range keys {
		if i == maxListed {
			fmt.Fprintf(&b, "| and %d more | |\n", len(keys)-maxListed)
			break
		}
		name := none
		if k != "" {
			name = shown(string(k))
		}
		fmt.Fprintf(&b, "| %s | %d |\n", name, counts[k])
	}
	return strings.TrimSuffix(b.String(), "\n")
}
