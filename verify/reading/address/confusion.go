package address

// confusion is a pair of letters or groups of letters that are read for each
// other, and how much of a whole letter the mistake counts.
type confusion struct {
	a, b string
	cost float64
}

// confusions are those of small sans-serif letters: the pairs that Unicode
// Technical Standard 39 calls confusable within ASCII, and those met in the
// measurement of this package. Pairs that look the same in common fonts cost
// least.
func confusions() []confusion {
	return []confusion{
		{"0", "o", 0.1}, {"1", "l", 0.1}, {"1", "i", 0.1}, {"l", "i", 0.1}, {"rn", "m", 0.1}, {"vv", "w", 0.1},
		{"cl", "d", 0.2}, {"j", "i", 0.3}, {"t", "l", 0.4}, {"t", "f", 0.4}, {"t", "i", 0.4}, {"f", "l", 0.5}, {"j", "l", 0.4},
		{"5", "s", 0.2}, {"8", "b", 0.3}, {"6", "b", 0.4}, {"6", "g", 0.5}, {"9", "g", 0.3}, {"9", "q", 0.3}, {"2", "z", 0.2},
		{"q", "g", 0.3}, {"4", "a", 0.5}, {"7", "t", 0.5}, {"7", "1", 0.4}, {"3", "8", 0.4}, {"0", "8", 0.5}, {"6", "8", 0.4}, {"5", "6", 0.5},
		{"e", "c", 0.4}, {"e", "o", 0.4}, {"c", "o", 0.4}, {"a", "o", 0.5}, {"a", "e", 0.5}, {"a", "s", 0.6}, {"a", "u", 0.6},
		{"u", "v", 0.4}, {"u", "n", 0.5}, {"n", "h", 0.5}, {"h", "b", 0.5}, {"n", "r", 0.6}, {"v", "y", 0.4}, {"x", "k", 0.5},
		{"m", "n", 0.5}, {"w", "v", 0.5}, {"nn", "m", 0.3}, {"ii", "u", 0.3}, {"ri", "n", 0.3}, {"li", "h", 0.4}, {"lc", "k", 0.4}, {"ci", "a", 0.4},
		{"tt", "n", 0.6}, {"tt", "u", 0.6}, {"fi", "h", 0.6}, {"ti", "u", 0.5}, {"ll", "u", 0.5}, {"il", "u", 0.5},
		{".", "-", 0.4}, {".", ",", 0}, {"_", "-", 0.3},
	}
}

// thin letters are lost or invented more easily than others: a point, a stroke.
func thin(c byte) float64 {
	switch c {
	case '.', '-':
		return 0.4
	case 'i', 'l', '1', 'j', 't', 'f', 'r':
		return 0.6
	}
	return 1
}

// Distance is how far apart two names are in letters that a reading gets wrong:
// 0 for equal ones, about 1 for each letter that no reading mistakes. It is the
// weighted edit distance with pairs of letters as units.
func Distance(a, b string) float64 {
	a, b = clip(a), clip(b)
	pairs := confusions()
	d := make([][]float64, len(a)+1)
	for i := range d {
		d[i] = make([]float64, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0 && j == 0:
				continue
			case i == 0:
				d[i][j] = d[i][j-1] + thin(b[j-1])
				continue
			case j == 0:
				d[i][j] = d[i-1][j] + thin(a[i-1])
				continue
			}
			best := min(d[i-1][j]+thin(a[i-1]), d[i][j-1]+thin(b[j-1]), d[i-1][j-1]+1)
			if a[i-1] == b[j-1] {
				best = min(best, d[i-1][j-1])
			}
			for _, p := range pairs {
				best = min(best, p.step(d, a[:i], b[:j]), confusion{p.b, p.a, p.cost}.step(d, a[:i], b[:j]))
			}
			d[i][j] = best
		}
	}
	return d[len(a)][len(b)]
}

// step is the distance when a ends with p.a where b ends with p.b.
func (p confusion) step(d [][]float64, a, b string) float64 {
	i, j := len(a)-len(p.a), len(b)-len(p.b)
	if i < 0 || j < 0 || a[i:] != p.a || b[j:] != p.b {
		return 1 << 20
	}
	return d[i][j] + p.cost
}

// maxName is the longest host name there is (RFC 1035); longer ones are no
// names, and are compared by their beginnings.
const maxName = 253

func clip(s string) string { return s[:min(len(s), maxName)] }
