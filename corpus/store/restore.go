package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/defacecheck/defacecheck/corpus"
)

// Kept is a claim with all that is known of it, in the form in which a corpus keeps it.
type Kept struct {
	Record  *corpus.Record
	Results [][]byte // the results of Record.Verdicts, in their order, byte for byte; nil where they are not to be had
	File    []byte   // the picture's bytes; nil where they are not to be had
}

// Keep gives what Restore needs of a record that this corpus gave.
func (s *Store) Keep(ctx context.Context, r *corpus.Record) (Kept, error) {
	k := Kept{Record: r}
	err := s.patiently(ctx, func() error {
		k.Results = nil
		for _, v := range r.Verdicts {
			var text []byte
			if err := s.db.QueryRowContext(ctx, "SELECT result FROM verdicts WHERE claim = $1 AND sha256 = $2", r.ID, v.SHA256).Scan(&text); err != nil {
				return err
			}
			k.Results = append(k.Results, text)
		}
		err := s.db.QueryRowContext(ctx, "SELECT data FROM files WHERE sha256 = $1", r.Picture.SHA256).Scan(&k.File)
		if err == sql.ErrNoRows { // claims that were only verified have none
			err = nil
		}
		return err
	})
	if err != nil {
		return k, fmt.Errorf("read claim %.12q of corpus %s: %w", r.ID, s.name, err)
	}
	return k, nil
}

// Restore puts claims into the corpus as another one kept them, all or none: with their
// postings, verdicts, judgements and setbacks. What is there already stays as it is.
// Errors wrap ErrIncomplete, ErrDamaged or ErrUnfounded where a claim contradicts itself.
func (s *Store) Restore(ctx context.Context, all ...Kept) (Added, error) {
	var a Added
	err := s.do(ctx, func(tx *sql.Tx) error {
		a = Added{}
		for i := range all {
			if err := s.restore(ctx, tx, &a, all[i]); err != nil {
				return fmt.Errorf("claim %.12q: %w", all[i].Record.ID, err)
			}
		}
		return nil
	})
	if err != nil {
		return Added{}, fmt.Errorf("restore to corpus %s: %w", s.name, err)
	}
	return a, nil
}

func (s *Store) restore(ctx context.Context, tx *sql.Tx, a *Added, k Kept) error {
	r := k.Record
	if err := k.check(); err != nil {
		return err
	}
	n, err := insertPicture(ctx, tx, r.Picture)
	if err != nil {
		return err
	}
	a.Pictures += n
	if n, err = insertFile(ctx, tx, r.Picture.SHA256, k.File); err != nil {
		return err
	}
	a.Files += n
	if n, err = insertClaim(ctx, tx, r.Picture.SHA256, r.Claim); err != nil {
		return err
	}
	a.Claims += n
	for _, p := range r.Postings {
		if n, err = insertPosting(ctx, tx, r.ID, p); err != nil {
			return err
		}
		a.Postings += n
		a.Known += 1 - n
	}
	if err := restoreEdits(ctx, tx, r.Edits); err != nil {
		return err
	}
	return s.restoreDecisions(ctx, tx, k)
}

// restoreDecisions puts back what was decided about a claim that is there.
func (s *Store) restoreDecisions(ctx context.Context, tx *sql.Tx, k Kept) error {
	r := k.Record
	for i, text := range k.Results {
		result, err := parseResult(r.Verdicts[i].SHA256, string(text))
		if err != nil {
			return err
		}
		e, err := entryOf(result)
		if err != nil {
			return err
		}
		if id := claimID(e.picture.SHA256, e.claim); id != r.ID {
			return fmt.Errorf("%w: the verdict %.12s is on another claim", ErrIncomplete, r.Verdicts[i].SHA256)
		}
		e.text, e.digest = string(text), r.Verdicts[i].SHA256
		if err := e.insertVerdict(ctx, tx); err != nil {
			return err
		}
	}
	for _, j := range r.Adjudications {
		err := checkAdjudication(j)
		if err == nil {
			err = insertAdjudication(ctx, tx, r.ID, j)
		}
		if err != nil {
			return err
		}
	}
	if r.SetAside == nil {
		return nil
	}
	return s.SetAsideTx(ctx, tx, r.ID, *r.SetAside)
}

// check refuses what would not come back as it went in.
func (k *Kept) check() error {
	r := k.Record
	if id := claimID(r.Picture.SHA256, r.Claim); id != r.ID {
		return fmt.Errorf("%w: its picture, address and times are those of %.12s", ErrIncomplete, id)
	}
	if k.Results != nil && len(k.Results) != len(r.Verdicts) {
		return fmt.Errorf("%w: %d results of %d verdicts", ErrIncomplete, len(k.Results), len(r.Verdicts))
	}
	postings := r.Postings
	if len(postings) == 0 {
		postings = []corpus.Posting{{URL: r.Claim.URL, ClaimedAt: r.Claim.ClaimedAt, PostedAt: r.Claim.PostedAt}}
	}
	for _, p := range postings {
		if p.URL != r.Claim.URL || p.ClaimedAt != r.Claim.ClaimedAt || p.PostedAt != r.Claim.PostedAt {
			return fmt.Errorf("%w: a posting of another claim", ErrIncomplete)
		}
		i := Item{Posting: p, Picture: r.Picture, File: k.File, ReadAt: r.Claim.ReadAt}
		if err := i.check(); err != nil {
			return err
		}
	}
	for _, e := range r.Edits {
		if err := checkEdit(e, r.Postings); err != nil {
			return err
		}
	}
	return nil
}
