package calibrate

import (
	"context"
	"math"
	"reflect"

	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/verify/score"
)

// MaxRounds bounds how often it is looked again which findings count. Three are usual.
const MaxRounds = 10

// fit is what one fusion found: values of the design's variables.
type fit struct {
	beta   []float64
	counts []int // in how many claims each variable counted
}

// fuse fits the design's variables to rows, which hold both truths.
func (d *design) fuse(ctx context.Context, train []rows.Row, ridge float64) (fit, error) {
	p := d.problem(train, ridge)
	best, least := fit{}, math.Inf(1)
	m := d.base
	var before [][]term
	for range MaxRounds {
		if err := ctx.Err(); err != nil {
			return fit{}, err
		}
		var err error
		if p.claims, err = d.all(m, train); err != nil {
			return fit{}, err
		}
		if reflect.DeepEqual(p.claims, before) {
			break
		}
		before = p.claims
		beta := p.minimise()
		m = d.model(beta, 1)
		cost, err := d.cost(p, m, train, beta)
		if err != nil {
			return fit{}, err
		}
		if cost < least {
			best, least = fit{beta, d.counts(p.claims)}, cost
		}
	}
	return best, nil
}

func (d *design) problem(train []rows.Row, ridge float64) *problem {
	p := &problem{ridge: ridge, genuine: truths(train)}
	p.weight = balanced(p.genuine)
	for _, v := range d.variables {
		p.vars = append(p.vars, allowed{v.lo, v.hi, v.byHand})
	}
	return p
}

func truths(all []rows.Row) []bool {
	genuine := make([]bool, len(all))
	for i, r := range all {
		genuine[i] = r.Truth == rows.Genuine
	}
	return genuine
}

func (d *design) all(m *score.Model, train []rows.Row) ([][]term, error) {
	claims := make([][]term, len(train))
	for i, r := range train {
		var err error
		if claims[i], err = d.terms(m, r); err != nil {
			return nil, err
		}
	}
	return claims, nil
}

// cost is the penalised cost through the model as judging uses it.
func (d *design) cost(p *problem, m *score.Model, train []rows.Row, beta []float64) (float64, error) {
	sum := p.penalty(beta)
	for i, r := range train {
		s, err := r.Score(m)
		if err != nil {
			return 0, err
		}
		if !p.genuine[i] {
			s = -s
		}
		sum += p.weight[i] * loss(s*math.Ln10)
	}
	return sum, nil
}

func (d *design) counts(claims [][]term) []int {
	n := make([]int, len(d.variables))
	for _, terms := range claims {
		for _, t := range terms {
			n[t.column]++
		}
	}
	return n
}
