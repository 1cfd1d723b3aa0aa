package frame

import "image"

// field is what may be an address bar: a plain rectangle, its ends rounded or
// not, that lies in a plain bar of another luma.
type field struct {
	rect     image.Rectangle
	luma     int
	bar      int // luma of the bar
	from, to int // columns that the bar spans, by its plain rows above or below the field
}

const (
	// fieldLeast is the least width of a field as a share of the picture: a
	// window of half the picture whose field takes a third of it.
	fieldLeast = 0.15
	// Heights of a field in pixels: 28 CSS px reduced to 0.6, and 48 at 3.
	fieldLow, fieldHigh = 16, 150
	// fieldAspect is the least width of a field in its heights: a phone's.
	fieldAspect = 4.5
	// rim is how many rows a field's border and its softened edge may take.
	rim = 5
	// fieldPlain is how much of each row of a field must be plain, text and
	// icons notwithstanding. On a phone an address fills its field.
	fieldPlain, fieldPlainTall = 0.5, 0.3
)

// fields lists the candidates from top to bottom. Rows of a page's own search
// fields are among them.
func (p *plane) fields() []field {
	least := max(100, int(fieldLeast*float64(p.w)))
	rows := make([][]run, p.h)
	for y := range rows {
		rows[y] = p.runs(y, least, nil)
	}
	var out []field
	for y := 1; y < p.h-fieldLow; y++ {
		for _, r := range rows[y] {
			bar, ok := p.enclosing(rows, y, -1, r)
			if !ok || p.taken(out, r, y) {
				continue
			}
			if f, ok := p.fieldFrom(rows, y, r, bar); ok {
				out = append(out, f)
			}
		}
	}
	return out
}

// enclosing finds the run of another luma that covers r from outside, within
// the rim above or below row y.
func (p *plane) enclosing(rows [][]run, y, step int, r run) (run, bool) {
	for k := 1; k <= rim; k++ {
		at := y + k*step
		if at < 0 || at >= len(rows) {
			break
		}
		for _, b := range rows[at] {
			if b.x0 < r.x0 && b.x1 > r.x1 && !near(b.luma, r.luma, p.faint()-1) {
				return b, true
			}
		}
	}
	return run{}, false
}

// taken says whether r is a row of a field already found. A field may begin
// within another candidate of another luma: a tab's lower end can look like one.
func (p *plane) taken(fs []field, r run, y int) bool {
	for _, f := range fs {
		in := y >= f.rect.Min.Y && y < f.rect.Max.Y && r.x0 < f.rect.Max.X && r.x1 > f.rect.Min.X
		if in && near(r.luma, f.luma, p.tol) {
			return true
		}
	}
	return false
}

// fieldFrom follows the field whose first row is y down to where its bar shows
// again.
func (p *plane) fieldFrom(rows [][]run, y int, r, bar run) (field, bool) {
	plain := fieldPlain
	if tall(p) {
		plain = fieldPlainTall
	}
	f := field{rect: image.Rect(r.x0, y, r.x1, y), luma: r.luma, bar: bar.luma, from: bar.x0, to: bar.x1}
	for at := y; at < min(p.h, y+fieldHigh); at++ {
		x0, x1 := f.rect.Min.X, f.rect.Max.X
		if b, ok := p.around(rows[at], x0, x1, f.bar); ok && at-y >= 2 {
			f.rect.Max.Y = at
			f.from, f.to = min(f.from, b.x0), max(f.to, b.x1)
			p.widen(&f, rows)
			return f, f.plausible()
		}
		if at-y >= fieldLow && p.ringing(at, x0, x1, f) {
			f.rect.Max.Y = at
			p.widen(&f, rows)
			return f, f.plausible()
		}
		for _, s := range rows[at] {
			if near(s.luma, f.luma, p.tol) && s.x0 < x1 && s.x1 > x0 && bar.x0 < s.x0 && bar.x1 > s.x1 {
				f.rect.Min.X, f.rect.Max.X = min(f.rect.Min.X, s.x0), max(f.rect.Max.X, s.x1)
			}
		}
		if p.filled(at, x0, x1, f.luma) < plain && at-y > rim && !p.barred(rows, at, f) {
			return f, false
		}
	}
	return f, false
}

// filled is how much of row y of a field is plain: all but the text, and where the
// picture is no exact one, what JPEG spreads around the text is plain as well.
func (p *plane) filled(y, x0, x1, luma int) float64 {
	if p.tol == exact {
		return p.share(y, x0, x1, luma)
	}
	return p.free(y, x0, x1, luma)
}

// ringing says whether the bar shows again in row y though it is nowhere plain,
// because the page lies in the same blocks of a JPEG.
func (p *plane) ringing(y, x0, x1 int, f field) bool {
	return p.tol >= rough && near(mean(p.row(y)[x0:x1]), f.bar, p.faint()/3) && p.free(y, x0, x1, f.bar) >= 0.98
}

// widen takes the bar's ends from all its rows near the field: what stands
// beside a field may be as high as it, and break the nearest rows.
func (p *plane) widen(f *field, rows [][]run) {
	h := f.rect.Dy() / 3
	for y := max(0, f.rect.Min.Y-h); y < min(len(rows), f.rect.Max.Y+h); y++ {
		if b, ok := p.around(rows[y], f.rect.Min.X, f.rect.Max.X, f.bar); ok {
			f.from, f.to = min(f.from, b.x0), max(f.to, b.x1)
		}
	}
}

// barred says whether the bar shows again within the rim below row y: then y is
// the field's own border.
func (p *plane) barred(rows [][]run, y int, f field) bool {
	for at := y; at < min(p.h, y+rim); at++ {
		if _, ok := p.around(rows[at], f.rect.Min.X, f.rect.Max.X, f.bar); ok {
			return true
		}
	}
	return false
}

func (f field) plausible() bool {
	h := f.rect.Dy()
	return h >= fieldLow && float64(f.rect.Dx()) >= fieldAspect*float64(h)
}
