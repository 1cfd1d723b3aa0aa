// Package plots draws the plots of a measurement as SVG: Tippett, reliability and ROC
// (gonum/plot). The same points give the same bytes. Curves are told apart by dashes
// and by words, not by colour alone. Fonts are named in the SVG and not embedded;
// viewers without Liberation Sans take another.
package plots

import (
	"bytes"
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"

	"github.com/defacecheck/defacecheck/corpus/evaluate/lr"
)

// Width and height of a plot: half a page of A4.
const (
	width  = 15 * vg.Centimeter
	height = 11 * vg.Centimeter
)

// Colours that people with any usual colour vision tell apart (Okabe and Ito, 2008).
func blue() color.Color   { return color.RGBA{0, 114, 178, 255} }
func orange() color.Color { return color.RGBA{213, 94, 0, 255} }
func grey() color.Color   { return color.Gray{150} }

// Tippett draws the shares of genuine and of false claims with a log10 LR at or above
// each value.
func Tippett(genuine, untrue []lr.Point) ([]byte, error) {
	p := plot.New()
	p.Title.Text = "Share of claims at or above a likelihood ratio"
	p.X.Label.Text, p.Y.Label.Text = "log10 likelihood ratio", "share of claims"
	p.Y.Min, p.Y.Max = 0, 1
	p.Legend.Top, p.Legend.YOffs = true, -vg.Points(12)
	from, to := ends(genuine, untrue)
	if err := line(p, steps(genuine, from, to), blue(), nil, "genuine claims"); err != nil {
		return nil, err
	}
	if err := line(p, steps(untrue, from, to), orange(), dashes(), "false claims"); err != nil {
		return nil, err
	}
	return svg(p)
}

// Reliability draws what was said against what is true, bin by bin.
func Reliability(bins []lr.Bin) ([]byte, error) {
	p := unit("What is said against what is true (prior 0.5)", "probability said", "share of genuine claims")
	points := make(plotter.XYs, len(bins))
	for i, b := range bins {
		points[i] = plotter.XY{X: b.Said, Y: b.True}
	}
	if err := line(p, plotter.XYs{{X: 0, Y: 0}, {X: 1, Y: 1}}, grey(), dashes(), "perfectly calibrated"); err != nil {
		return nil, err
	}
	if err := line(p, points, blue(), nil, "bins of equal mass"); err != nil {
		return nil, err
	}
	dots, err := plotter.NewScatter(points)
	if err != nil {
		return nil, fmt.Errorf("draw points: %w", err)
	}
	dots.GlyphStyle = draw.GlyphStyle{Color: blue(), Radius: vg.Points(3), Shape: draw.CircleGlyph{}}
	p.Add(dots)
	return svg(p)
}

// ROC draws the share of genuine claims against that of false ones above a threshold.
func ROC(points []lr.Point) ([]byte, error) {
	p := unit("Genuine against false claims above a threshold", "share of false claims", "share of genuine claims")
	if err := line(p, plotter.XYs{{X: 0, Y: 0}, {X: 1, Y: 1}}, grey(), dashes(), "chance"); err != nil {
		return nil, err
	}
	if err := line(p, plain(points), blue(), nil, "all claims"); err != nil {
		return nil, err
	}
	return svg(p)
}

// unit is an empty plot of the unit square.
func unit(title, x, y string) *plot.Plot {
	p := plot.New()
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = title, x, y
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, 1, 0, 1
	p.Legend.Left, p.Legend.Top = false, false
	return p
}

func dashes() []vg.Length { return []vg.Length{vg.Points(5), vg.Points(3)} }

func line(p *plot.Plot, points plotter.XYs, c color.Color, dash []vg.Length, name string) error {
	l, err := plotter.NewLine(points)
	if err != nil {
		return fmt.Errorf("draw line of %s: %w", name, err)
	}
	l.LineStyle = draw.LineStyle{Color: c, Width: vg.Points(1.5), Dashes: dash}
	p.Add(l)
	p.Legend.Add(name, l)
	return nil
}

func plain(points []lr.Point) plotter.XYs {
	out := make(plotter.XYs, len(points))
	for i, q := range points {
		out[i] = plotter.XY{X: q.X, Y: q.Y}
	}
	return out
}

// ends are the least and the greatest X of the curves.
func ends(curves ...[]lr.Point) (from, to float64) {
	from, to = math.Inf(1), math.Inf(-1)
	for _, c := range curves {
		for _, q := range c {
			from, to = math.Min(from, q.X), math.Max(to, q.X)
		}
	}
	return from, to
}

// steps makes a staircase, falling between the ends from one to zero, of shares at or
// above X: a value's share holds up to it, and the next one's from there.
func steps(points []lr.Point, from, to float64) plotter.XYs {
	out := plotter.XYs{{X: from, Y: 1}}
	for i, q := range points {
		if i > 0 {
			out = append(out, plotter.XY{X: points[i-1].X, Y: q.Y})
		}
		out = append(out, plotter.XY{X: q.X, Y: q.Y})
	}
	if n := len(points); n > 0 {
		out = append(out, plotter.XY{X: points[n-1].X, Y: 0})
	}
	return append(out, plotter.XY{X: to, Y: 0})
}

func svg(p *plot.Plot) ([]byte, error) {
	p.Add(plotter.NewGrid())
	c := vgsvg.New(width, height)
	p.Draw(draw.New(c))
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("write SVG: %w", err)
	}
	return b.Bytes(), nil
}
