package verify_test

import (
	"fmt"
	"image"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/verify"
)

// The page of the council in three designs of three years.
var (
	council2021 = edition("#f4f1ea", "#24506b", "Council of the lower valley", 0, []string{
		"The bridge at the mill is closed from Monday to Thursday while its planks are replaced. The detour leads over the weir.",
		"Minutes of the spring meeting are now in the reading room. Objections may be handed in until the end of the month.",
		"The ferry runs again on Sundays, every half hour from nine in the morning, and takes bicycles but no carts.",
		"Firewood lots seven to nineteen are drawn on Friday in the barn behind the school. Bring your own chalk.",
		"The library opens late on Wednesdays. A collection of pressed flowers from the high meadow is on show until July.",
		"Lost: a brass key with a green ribbon, between the well and the bakery. Found: one boot, left, rather small.",
	})
	council2024 = edition("#eef3f0", "#2c5a3c", "Lower valley: your council", 24, []string{
		"Broadband cables reach the upper hamlets this autumn. Households register through the counter or by telephone.",
		"Swimming lessons begin in August. Parents accompany children below seven years; towels are provided for everybody.",
		"Waste collection moves to alternating Tuesdays. Glass containers stand beside the fire station permanently.",
		"Musicians wanted: the brass band rehearses each Monday evening. Instruments can be borrowed without charge.",
		"Planning consent was granted for eleven dwellings along Orchard Lane, subject to drainage conditions.",
		"Elections: polling stations open until eight. Postal ballots must arrive before noon on polling day.",
	})
	council2026 = edition("#fbf7f2", "#5a3c2c", "The valley council today", 40, []string{
		"Charging points for electric vehicles are available behind the gymnasium, free during market hours.",
		"Allotment tenants report water pressure problems. Engineers inspect pumping equipment throughout Thursday.",
		"Photography exhibition: portraits of shepherds, weavers and millers, entrance opposite the chapel.",
		"Heating subsidies may be requested online. Documents required: income statement, tenancy agreement, meter reading.",
		"Footpath markings along the northern ridge were renewed by volunteers; maps are printed at cost.",
		"Vaccination clinics take place fortnightly. Appointments through the surgery, walk-in patients after eleven.",
	})
)

// edition is the page in one design.
func edition(ground, head, title string, indent int, news []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><title>Council</title><style>body{font:25px/1.5 sans-serif;margin:0;background:%s} header{background:%s;color:#fff;padding:30px 60px;font-size:34px}
main{padding:30px %dpx;columns:2;column-gap:60px} p{margin:0 0 16px}</style><header>%s</header><main>`, ground, head, 60+indent, title)
	for _, n := range news {
		b.WriteString("<p>" + n + "</p>")
	}
	return b.String() + "</main>"
}

// message is where a vandal's message is pasted.
var message = image.Rect(640, 260, 1240, 420)

func fitsOf(r *verify.Result) map[string]verify.Fitting {
	all := map[string]verify.Fitting{}
	for _, f := range r.Fits {
		all[f.SeenAt.Format("2006")] = f.Fitting
	}
	return all
}

func TestAPictureMadeFromAnOldCopyIsUnmaskedAndAnHonestOneIsNot(t *testing.T) {
	s := newStage(t)
	s.keep("2021-03-04 10:00", council2021)
	s.keep("2024-05-06 11:00", council2024)
	s.keep("2026-05-20 08:00", council2026)
	old := painted(t, s.picture("2021-03-10 12:00", council2021), message)
	honest := painted(t, s.picture("2025-01-10 12:00", council2024), message)

	r := s.claim(old, "2025-01-10 12:00", council2026).Result
	if e := findingOf(t, r, "version"); e.Finding != "version.old_copy" || r.Verdict.Word != verify.Contradicted {
		t.Errorf("a picture made from the page of 2021 and claimed for 2025: %s, %s", e.Finding, r.Verdict.Word)
	}
	if f := fitsOf(r); f["2021"] != verify.FitsBest || f["2024"] != verify.FitsNot || f["2026"] != verify.FitsNot {
		t.Errorf("%+v", r.Fits)
	}

	r = s.claim(honest, "2025-01-10 12:00", council2026).Result
	if e := findingOf(t, r, "version"); e.Finding != "version.nearest" {
		t.Errorf("a picture made from the page of the time: %s", e.Finding)
	}
	if f := fitsOf(r); f["2024"] != verify.FitsBest || f["2021"] != verify.FitsNot {
		t.Errorf("%+v", r.Fits)
	}
	if w := r.Verdict.Word; w == verify.Contradicted || w == verify.LeansFalse {
		t.Errorf("it is called %s", w)
	}
}

func TestAnOldVersionWithWhichTheNewOneAgreesInMostIsToldAsSuch(t *testing.T) {
	s := newStage(t)
	then, now := withMenu(council2021), withNews(withMenu(council2021), council2024)
	s.keep("2021-03-04 10:00", then)
	s.keep("2024-05-06 11:00", now)
	s.keep("2026-05-20 08:00", now)
	r := s.claim(painted(t, s.picture("2021-03-10 12:00", then), message), "2025-01-10 12:00", now).Result
	if e := findingOf(t, r, "version"); e.Finding != "version.old_part" || r.Verdict.Word != verify.LeansFalse {
		t.Errorf("%s, %s: %s", e.Finding, r.Verdict.Word, e.Sentence)
	}
}

func TestTheOldVersionIsSearchedForAmongManyCaptures(t *testing.T) {
	s := newStage(t)
	then, earlier, now := withMenu(council2021), withNews(withMenu(council2021), council2026), withNews(withMenu(council2021), council2024)
	for i := range 24 {
		page := now
		switch {
		case i < 9:
			page = earlier
		case i < 12:
			page = then
		}
		s.keep(fmt.Sprintf("%d-%02d-04 10:00", 2023+i/12, 1+i%12), page)
	}
	old := painted(t, s.picture("2023-11-10 12:00", then), message)
	for versions, want := range map[int]string{-1: "version.nearest", 0: "version.old_part"} {
		s.versions = versions
		r := s.claim(old, "2024-11-20 12:00", now).Result
		if e := findingOf(t, r, "version"); e.Finding != want {
			t.Errorf("with %d looks at older captures: %s, %s", versions, e.Finding, e.Sentence)
		}
		if most := verify.DefaultCaptures + verify.DefaultVersions; r.Effort.Captures > most+1 || versions < 0 && r.Effort.Captures > verify.DefaultCaptures+1 {
			t.Errorf("with %d looks at older captures %d were looked at", versions, r.Effort.Captures)
		}
	}
}

// withMenu is an edition with a menu under its head.
func withMenu(edition string) string {
	menu := "<nav style='padding:30px 60px;background:#ddd'>" + strings.Repeat("Offices and opening hours. Forms to print. Timetable of the ferry. Weather at the weir. Map of the footpaths. ", 9) + "</nav><main"
	return strings.Replace(edition, "<main", menu, 1)
}

// withNews is the edition of 2021 with most of the news of another.
func withNews(edition, other string) string {
	for i, old := range newsOf(council2021)[:4] {
		edition = strings.Replace(edition, old, newsOf(other)[i], 1)
	}
	return edition
}

// newsOf are the paragraphs of an edition.
func newsOf(edition string) (all []string) {
	for _, p := range strings.Split(edition, "<p>")[1:] {
		text, _, _ := strings.Cut(p, "</p>")
		all = append(all, text)
	}
	return all
}

func TestVersionsThatDifferInLittleAreNotToldApart(t *testing.T) {
	s := newStage(t)
	now := strings.Replace(council2021, "The bridge at the mill is closed from Monday to Thursday while", "The road by the weir is narrow through the whole of April until", 1)
	s.keep("2021-03-04 10:00", council2021)
	s.keep("2024-05-06 11:00", now)
	s.keep("2026-05-20 08:00", now)
	r := s.claim(painted(t, s.picture("2021-03-10 12:00", council2021), message), "2025-01-10 12:00", now).Result
	if e := findingOf(t, r, "version"); e.Finding != "version.nearest" || !strings.Contains(e.Sentence, "Too little differs") {
		t.Errorf("%s: %s", e.Finding, e.Sentence)
	}
	if r.Fits[0].Fitting != verify.FitsBest || r.Fits[1].Fitting != verify.FitsAsWell || r.Fits[1].ForBest == 0 {
		t.Errorf("%+v", r.Fits)
	}
}

func TestAPageThatGoesBackToAnEarlierVersionHasNoOldCopies(t *testing.T) {
	s := newStage(t)
	for i, page := range []string{council2021, council2024, council2021, council2024} {
		s.keep(fmt.Sprintf("202%d-03-04 10:00", i+1), page)
	}
	r := s.claim(painted(t, s.picture("2025-01-10 12:00", council2021), message), "2025-01-10 12:00", council2024).Result
	if e := findingOf(t, r, "version"); e.Finding != "version.nearest" || !strings.Contains(e.Sentence, "back before") {
		t.Errorf("%s: %s", e.Finding, e.Sentence)
	}
}
