package channel

import (
	"context"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/verify"
)

// Grouper says which pictures are one picture used again, or show one page. Groups is given
// each picture once, that which was posted first first; Method says in a sentence or two how they
// were found and what a group does not prove.
type Grouper interface {
	Groups(ctx context.Context, pictures []corpus.Picture) ([]Group, error)
	Method() string
}

// Group is at least two pictures that belong together. No picture is in two groups.
type Group struct {
	Pictures  []int      // places in what Groups was given, in order
	Relations []Relation // what each is to the first, which itself is the identical file
}

// Relation is what a picture is to the one of its group that was posted first. It is never Different, and
// what verify calls Unexamined has a name here.
type Relation = verify.Relation

// NotCompared is what a picture is to another where the two could not be laid beside each
// other: their hashes are alike.
const NotCompared Relation = "not compared"

// bySHA256 groups nothing: the very same file is one picture anyway.
type bySHA256 struct{}

func (bySHA256) Method() string {
	return "Pictures are put together when they are the same file. Two pictures of bare pages of one defacement can be " +
		"one file, so a picture that returns does not by itself speak against a claim."
}

func (bySHA256) Groups(context.Context, []corpus.Picture) ([]Group, error) { return nil, nil }
