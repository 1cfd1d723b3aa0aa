package report

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/rivo/uniseg"
	nethtml "golang.org/x/net/html"

	"github.com/defacecheck/defacecheck/verify"
)

func terminal(t *testing.T, r *verify.Result, width int) string {
	t.Helper()
	var b bytes.Buffer
	if err := Terminal(&b, r, width, false); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func html(t *testing.T, j *verify.Judgement) string {
	t.Helper()
	var b bytes.Buffer
	if err := HTML(&b, j); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// unprintable is what must never reach a reader: this is written apart from
// package plain, to check it.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029' || r == '\u2800' || r == '\u3164'
}

// payload stands for embedded pictures, whose bytes change with Go's encoders.
var payload = regexp.MustCompile(`base64,[A-Za-z0-9+/=&#;]+`)

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs from what is shown now; look at the change and run with -update", path)
	}
}

func TestViewsOfTheSamplesAreAsTheyWere(t *testing.T) {
	for name, r := range samples() {
		golden(t, name+".txt", terminal(t, r, 80))
		j := sampleJudgement(t)
		j.Result = r
		if name != "supported" {
			j.Exhibits, j.Frame = nil, nil
		}
		golden(t, name+".html", payload.ReplaceAllString(html(t, j), "base64,PICTURE"))
	}
}

func TestTheSentenceComesFirst(t *testing.T) {
	t.Parallel()
	for name, r := range samples() {
		text := strings.Join(strings.Fields(terminal(t, r, 60)), " ")
		if !strings.HasPrefix(text, r.Verdict.Sentence) {
			t.Errorf("%s: terminal begins with %.60q", name, text)
		}
		h1 := regexp.MustCompile(`(?s)<h1>(.*?)</h1>`).FindStringSubmatch(html(t, &verify.Judgement{Result: r}))
		if h1 == nil || nethtml.UnescapeString(h1[1]) != r.Verdict.Sentence {
			t.Errorf("%s: headline is %q", name, h1)
		}
	}
}

func TestNotSeenAndOrdinaryAreToldApartFromJudged(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]map[string]bool{
		"supported":     {"could not be seen. That": false, "nothing in it that could be compared is defaced": false},
		"page_not_seen": {"could not be seen. That": true, "nothing in it that could be compared is defaced": false},
		"ordinary_page": {"could not be seen. That": false, "nothing in it that could be compared is defaced": true},
	} {
		r := samples()[name]
		for text, there := range want {
			for _, view := range []string{terminal(t, r, 100), html(t, &verify.Judgement{Result: r})} {
				if strings.Contains(strings.Join(strings.Fields(view), " "), text) != there {
					t.Errorf("%s: %q is there: %v", name, text, !there)
				}
			}
		}
	}
}

func TestTheTerminalKeepsToItsWidthAndToPrintableText(t *testing.T) {
	t.Parallel()
	for i := range hostile {
		for _, width := range []int{1, 63, 1000} {
			for _, line := range strings.Split(strings.TrimSuffix(terminal(t, hostileResult(i), width), "\n"), "\n") {
				if n := uniseg.StringWidth(line); n > clampWidth(width) {
					t.Errorf("width %d: line of %d columns: %q", width, n, line)
				}
				if strings.ContainsFunc(line, unprintable) {
					t.Errorf("hidden character in %q", line)
				}
			}
		}
	}
}

func TestColourAddsOnlyColour(t *testing.T) {
	t.Parallel()
	sequences := regexp.MustCompile("\x1b\\[[0-9;]*m")
	for i := range hostile {
		var b bytes.Buffer
		if err := Terminal(&b, hostileResult(i), 72, true); err != nil {
			t.Fatal(err)
		}
		if !sequences.MatchString(b.String()) {
			t.Error("no colour where colour was asked for")
		}
		if got := sequences.ReplaceAllString(b.String(), ""); got != terminal(t, hostileResult(i), 72) {
			t.Error("text with colours says something else than without")
		}
	}
}

func TestTheHTMLHasNoScriptNoHandlerAndNothingOutside(t *testing.T) {
	t.Parallel()
	for i := range hostile {
		j := hostileJudgement(t)
		if i > 0 {
			j = &verify.Judgement{Result: hostileResult(i)}
		}
		doc := html(t, j)
		if strings.ContainsFunc(strings.ReplaceAll(doc, "\n", ""), unprintable) {
			t.Error("the page holds hidden characters")
		}
		root, err := nethtml.Parse(strings.NewReader(doc))
		if err != nil {
			t.Fatal(err)
		}
		if n := checkNode(t, root); n < 100 {
			t.Errorf("only %d elements were looked at", n)
		}
	}
}

// checkNode refuses every element and attribute that could run or load
// something, and returns how many elements it saw.
func checkNode(t *testing.T, n *nethtml.Node) (seen int) {
	t.Helper()
	if n.Type == nethtml.ElementNode {
		seen++
		switch n.Data {
		case "script", "iframe", "object", "embed", "link", "base", "form", "audio", "video", "source", "image", "foreignObject", "animate", "set":
			t.Errorf("the page has a <%s>", n.Data)
		}
		for _, a := range n.Attr {
			checkAttr(t, n, a)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		seen += checkNode(t, c)
	}
	return seen
}

func checkAttr(t *testing.T, n *nethtml.Node, a nethtml.Attribute) {
	t.Helper()
	v := strings.ToLower(strings.TrimSpace(a.Val))
	switch {
	case strings.HasPrefix(a.Key, "on"), a.Key == "srcset", a.Key == "action", a.Key == "formaction":
		t.Errorf("<%s> has %s=%q", n.Data, a.Key, a.Val)
	case a.Key == "href" && !strings.HasPrefix(v, "#"):
		t.Errorf("<%s> leads to %q", n.Data, a.Val)
	case a.Key == "src" && !strings.HasPrefix(v, "data:image/png;base64,") && !strings.HasPrefix(v, "data:image/jpeg;base64,"):
		t.Errorf("<%s> loads %.60q", n.Data, a.Val)
	case a.Key == "style" && !regexp.MustCompile(`^width:[0-9.]+%$`).MatchString(v):
		t.Errorf("<%s> has style %q", n.Data, a.Val)
	case n.Data == "meta" && a.Key == "http-equiv" && v != "content-security-policy":
		t.Errorf("meta says %q", a.Val)
	case strings.Contains(v, "://"):
		if strings.Contains(v, "http://") || strings.Contains(v, "https://") {
			t.Errorf("<%s> %s holds a live address: %.80q", n.Data, a.Key, a.Val)
		}
	}
}

func TestThePageHasItsPolicyAndEveryPictureItsDescription(t *testing.T) {
	t.Parallel()
	doc := html(t, sampleJudgement(t))
	if !strings.Contains(doc, `content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"`) {
		t.Error("the content security policy is missing")
	}
	imgs := regexp.MustCompile(`<img [^>]*>`).FindAllString(doc, -1)
	if len(imgs) != 9 {
		t.Errorf("three exhibits, a frame and two parts show %d pictures", len(imgs))
	}
	for _, img := range imgs {
		if !regexp.MustCompile(` alt="[^"]{20,}"`).MatchString(img) {
			t.Errorf("picture without description: %.80s", payload.ReplaceAllString(img, ""))
		}
	}
}

func TestSectionsComeInTheOrderAReaderNeeds(t *testing.T) {
	t.Parallel()
	doc := html(t, sampleJudgement(t))
	at := -1
	for _, id := range []string{"verdict", "claim", "pictures", "time", "evidence", "closer", "unchecked", "changes", "context", "captures", "metadata", "limits", "versions"} {
		next := strings.Index(doc, `<h2 id="`+id+`"`)
		if next <= at {
			t.Errorf("section %s stands at %d, after %d", id, next, at)
		}
		at = next
	}
}

func TestNoLiveAddressIsPrinted(t *testing.T) {
	t.Parallel()
	for i := range hostile {
		r := hostileResult(i)
		for name, view := range map[string]string{"terminal": terminal(t, r, 100), "html": html(t, &verify.Judgement{Result: r})} {
			if m := regexp.MustCompile(`(?i)https?://[^\s]{0,40}|javascript:|secret@|token=abc`).FindString(view); m != "" {
				t.Errorf("%s shows %q", name, m)
			}
		}
	}
}
