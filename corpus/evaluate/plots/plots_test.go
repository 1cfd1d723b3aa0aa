package plots_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/corpus/evaluate/lr"
	"github.com/defacecheck/defacecheck/corpus/evaluate/plots"
)

// drawn makes the three plots of a sample.
func drawn(t *testing.T, genuine, untrue []float64) map[string][]byte {
	t.Helper()
	s, err := lr.NewSample(genuine, untrue)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	keep := func(name string, data []byte, err error) {
		if err != nil {
			t.Fatalf("%s of %v and %v: %v", name, genuine, untrue, err)
		}
		out[name] = data
	}
	g, f := s.Tippett()
	data, err := plots.Tippett(g, f)
	keep("tippett", data, err)
	data, err = plots.Reliability(s.Reliability(0))
	keep("reliability", data, err)
	data, err = plots.ROC(s.ROC())
	keep("roc", data, err)
	return out
}

// words are the texts of an SVG; reading to its end shows that it is XML.
func words(t *testing.T, svg []byte) string {
	t.Helper()
	var b strings.Builder
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		if c, ok := tok.(xml.CharData); ok {
			b.Write(c)
			b.WriteByte('\n')
		}
	}
}

func TestPlotsNameTheirAxesAndCurves(t *testing.T) {
	all := drawn(t, []float64{1, 0.5, -0.2}, []float64{-1, 0.1})
	for name, want := range map[string][]string{
		"tippett":     {"log10 likelihood ratio", "genuine claims", "false claims"},
		"reliability": {"probability said", "perfectly calibrated"},
		"roc":         {"share of false claims", "chance"},
	} {
		got := words(t, all[name])
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s has no %q in %q", name, w, got)
			}
		}
	}
}

func TestPlotsOfNoEvidenceAndOfTheGreatestAreDrawn(t *testing.T) {
	for _, xs := range [][2][]float64{
		{{0}, {0}}, {{1}, {1}}, {{lr.MaxLog10}, {-lr.MaxLog10}}, {{0, 1e-300}, {0}}, {{1}, {1 + 1e-15}},
	} {
		for name, svg := range drawn(t, xs[0], xs[1]) {
			words(t, svg)
			if bytes.Contains(svg, []byte("NaN")) || bytes.Contains(svg, []byte("Inf")) {
				t.Errorf("%s of %v has coordinates that are no numbers", name, xs)
			}
		}
	}
}

func TestTheSamePointsGiveTheSameBytes(t *testing.T) {
	first, again := drawn(t, []float64{1, 2}, []float64{-1, 0.5}), drawn(t, []float64{1, 2}, []float64{-1, 0.5})
	for name := range first {
		if !bytes.Equal(first[name], again[name]) {
			t.Errorf("%s differs", name)
		}
	}
}
