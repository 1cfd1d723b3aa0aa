package main

import (
	"context"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/channel"
	"github.com/defacecheck/defacecheck/corpus/reuse"
	"github.com/defacecheck/defacecheck/corpus/store"
)

// comparing puts the pictures of a channel together by comparing them. It is a channel.Grouper.
type comparing struct {
	*program
	corpus *store.Store
}

func (comparing) Method() string { return reuse.Method() }

func (g comparing) Groups(ctx context.Context, pictures []corpus.Picture) ([]channel.Group, error) {
	sums, at := make([]string, len(pictures)), map[string]int{}
	for i, p := range pictures {
		sums[i], at[p.SHA256] = p.SHA256, i
	}
	sets, err := g.sets(ctx, sums)
	if err != nil {
		return nil, err
	}
	all := make([]channel.Group, 0, len(sets))
	for _, set := range sets {
		var group channel.Group
		for _, k := range set {
			group.Pictures, group.Relations = append(group.Pictures, at[k.SHA256]), append(group.Relations, k.Relation)
		}
		all = append(all, group)
	}
	return all, nil
}

// sets finds the pictures of one page, and tells how far it is.
func (g comparing) sets(ctx context.Context, sums []string) (sets [][]reuse.Kin, err error) {
	var f *reuse.Finder
	for _, step := range []struct {
		what string
		do   func(reuse.Progress) error
	}{
		{"pictures made ready for searching", func(p reuse.Progress) (err error) { f, err = reuse.Open(ctx, g.corpus, p); return err }},
		{"pictures compared with those like them", func(p reuse.Progress) error { return f.Search(ctx, sums, p) }},
		{"pictures compared with the first of their page", func(p reuse.Progress) (err error) { sets, err = f.Sets(ctx, sums, p); return err }},
	} {
		told, end := g.slowly(step.what)
		err := step.do(told)
		end()
		if err != nil {
			return nil, err
		}
	}
	g.tellUnreadable(f)
	return sets, nil
}
