package agree

import (
	"cmp"
	"slices"
)

// pair says that token i of the picture is token j of the page.
type pair struct{ i, j int }

// step is how a run goes on: over words that were not read, or read as others.
type step struct{ di, dj int }

// steps are tried in this order; the straight one costs nothing.
func steps() []step { return []step{{1, 1}, {1, 2}, {2, 1}, {2, 2}, {1, 3}, {3, 1}, {2, 3}, {3, 2}} }

// skipCost is what each word passed over takes from a run's score.
const skipCost = 0.2

// leastRun is the score below which words that follow each other in both texts
// are taken for chance: two long words, or four short ones and a long one.
const leastRun = 2

// match pairs the tokens of two texts by runs of words that follow each other
// in both, the heaviest runs first. Texts may hold their blocks in different
// orders; a word counts where its neighbours are, not wherever it stands. Words
// that each text holds once count without neighbours.
func match(a, b []token) []pair {
	of := partners(a, b)
	runs, score := chains(a, of)
	ends := make([]pair, 0, len(score))
	for p := range score {
		ends = append(ends, p)
	}
	slices.SortFunc(ends, func(p, q pair) int {
		return cmp.Or(cmp.Compare(score[q], score[p]), cmp.Compare(p.i, q.i), cmp.Compare(p.j, q.j))
	})
	taken := newLedger(len(a), len(b))
	for _, end := range ends {
		if score[end] < leastRun {
			break
		}
		taken.add(runs, a, end)
	}
	taken.addSingles(a, b, of)
	return taken.pairs()
}

// chains finds for every pair the best run that ends with it.
func chains(a []token, of [][]int) (before map[pair]pair, score map[pair]float64) {
	before, score = map[pair]pair{}, map[pair]float64{}
	for i, places := range of {
		for _, j := range places {
			p, best := pair{i, j}, 0.0
			for _, s := range steps() {
				from := pair{i - s.di, j - s.dj}
				if v := score[from] - skipCost*float64(s.di+s.dj-2); v > best {
					best = v
					before[p] = from
				}
			}
			score[p] = best + a[i].weight
		}
	}
	return before, score
}

// ledger notes which tokens have found their like.
type ledger struct{ ofA, ofB []int }

func newLedger(n, m int) *ledger {
	l := &ledger{make([]int, n), make([]int, m)}
	for i := range l.ofA {
		l.ofA[i] = -1
	}
	for j := range l.ofB {
		l.ofB[j] = -1
	}
	return l
}

// add takes the run that ends with a pair, as far back as its tokens are free.
// What is left of a run that lost its beginning must still weigh enough.
func (l *ledger) add(before map[pair]pair, a []token, end pair) {
	var run []pair
	weight := 0.0
	for p, ok := end, true; ok; p, ok = before[p] {
		if l.ofA[p.i] >= 0 || l.ofB[p.j] >= 0 {
			break
		}
		run = append(run, p)
		weight += a[p.i].weight
	}
	if weight < leastRun {
		return
	}
	for _, p := range run {
		l.ofA[p.i], l.ofB[p.j] = p.j, p.i
	}
}

// lonely is the length in characters from which a word that stands once in both
// texts is the same word without any neighbour.
const lonely = 6

func (l *ledger) addSingles(a, b []token, of [][]int) {
	times := map[string]int{}
	for _, t := range a {
		times[t.key]++
	}
	for i, places := range of {
		if l.ofA[i] < 0 && len(places) == 1 && l.ofB[places[0]] < 0 && times[a[i].key] == 1 && len([]rune(b[places[0]].key)) >= lonely {
			l.ofA[i], l.ofB[places[0]] = places[0], i
		}
	}
}

func (l *ledger) pairs() []pair {
	var all []pair
	for i, j := range l.ofA {
		if j >= 0 {
			all = append(all, pair{i, j})
		}
	}
	return all
}
