package reuse

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"time"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify/align"
	"github.com/defacecheck/defacecheck/verify/imprint"
	"github.com/defacecheck/defacecheck/verify/picture/frame"
)

// method is the version of landmarks and of Compare: what another one kept is not used.
const method = 1

// landmarksOf takes a picture's landmarks: none where it, and what its frame leaves of it, hold too
// little to be told from others.
func landmarksOf(img *image.NRGBA, take func(*image.Gray) []align.Landmark) []align.Landmark {
	if !imprint.Of(img.SubImage(frame.Find(img).Content)).Informative {
		return nil
	}
	return take(align.Luma(img))
}

// fill takes the landmarks that are missing, or of a wrong length. A run that was ended goes on
// where it was.
func (f *Finder) fill(ctx context.Context, p Progress) error {
	missing, err := f.strings(ctx, `SELECT f.sha256 FROM files f LEFT JOIN landmarks l
		ON l.picture = f.sha256 AND l.method = $1
		WHERE l.picture IS NULL OR length(l.data) % CAST($2 AS INTEGER) <> 0 ORDER BY f.sha256`, method, landmarkBytes)
	if err != nil {
		return err
	}
	for i, sum := range missing {
		if err := f.describe(ctx, sum); err != nil {
			return err
		}
		if p != nil {
			p(i+1, len(missing))
		}
	}
	return nil
}

// describe takes and keeps the landmarks of a picture. A file that is no picture has none. Of one
// that is damaged nothing is kept: what it was may be put back.
func (f *Finder) describe(ctx context.Context, sum string) error {
	data, err := f.file(ctx, sum)
	if data == nil || err != nil {
		return err
	}
	pic, err := f.read(ctx, sum, data)
	if err != nil {
		return err
	}
	var all []align.Landmark
	if pic != nil {
		all = landmarksOf(pic.Image, align.Landmarks)
	}
	return f.store.Do(ctx, func(tx *sql.Tx) error {
		// Another machine may be taking them at this moment.
		_, err := tx.ExecContext(ctx, `INSERT INTO landmarks (picture, method, added, data) VALUES ($1, $2, $3, $4)
			ON CONFLICT (picture) DO UPDATE SET method = excluded.method, added = excluded.added, data = excluded.data`,
			sum, method, corpus.Stamp(time.Now()), pack(all))
		return err
	})
}

// late is how far the clocks of machines that fill one corpus may be apart.
const late = 10 * time.Minute

// load learns the landmarks that were kept since the last time.
func (f *Finder) load(ctx context.Context) error {
	since := ""
	if !f.newest.IsZero() {
		since = corpus.Stamp(f.newest.Add(-late))
	}
	now := time.Now()
	rows, err := f.store.DB().QueryContext(ctx, `SELECT picture, data FROM landmarks
		WHERE method = $1 AND added >= $2 ORDER BY added, picture`, method, since)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var sum string
		var data []byte
		if err := rows.Scan(&sum, &data); err != nil {
			return err
		}
		all, err := unpack(data)
		if err != nil { // and its file, which fill would have taken them from, cannot be read
			f.note(sum, err)
			continue
		}
		f.learn(sum, all)
	}
	f.newest = now
	return rows.Err()
}

// landmarkBytes is the length of a landmark as it is kept.
const landmarkBytes = 32

func pack(all []align.Landmark) []byte {
	out := make([]byte, 0, landmarkBytes*len(all))
	for _, l := range all {
		for _, w := range l {
			out = binary.LittleEndian.AppendUint64(out, w)
		}
	}
	return out
}

// errNoLandmarks is what else may stand in their place.
var errNoLandmarks = errors.New("landmarks of a wrong length")

func unpack(data []byte) ([]align.Landmark, error) {
	if len(data)%landmarkBytes != 0 {
		return nil, fmt.Errorf("%w: %w", store.ErrDamaged, errNoLandmarks)
	}
	all := make([]align.Landmark, len(data)/landmarkBytes)
	for i := range all {
		for w := range all[i] {
			all[i][w] = binary.LittleEndian.Uint64(data[i*landmarkBytes+8*w:])
		}
	}
	return all, nil
}

// strings is a column of text.
func (f *Finder) strings(ctx context.Context, query string, args ...any) (all []string, err error) {
	rows, err := f.store.DB().QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, rows.Err()
}
