package archive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/defacecheck/defacecheck/capture"
)

// maxPackageBytes bounds datapackage.json, which lists each member once.
const maxPackageBytes = 64 << 20

// resource is one member with its digest. Version 1.0 of WACZ keeps the hash
// under stats, 1.1 beside the path.
type resource struct {
	Path  string `json:"path"`
	Hash  string `json:"hash"`
	Stats struct {
		Hash string `json:"hash"`
	} `json:"stats"`
}

// checkPackage compares each member that datapackage.json lists with its
// SHA-256. A file that does not agree with itself is refused: it is damaged or
// was altered after it was packed. One without a list is taken with a warning.
func (w *wacz) checkPackage(ctx context.Context) error {
	m := w.members["datapackage.json"]
	if m == nil {
		w.a.warn("%s: no datapackage.json, so its members could not be checked", w.order[0].disk.base)
		return nil
	}
	resources, err := readPackage(m)
	if err != nil {
		return err
	}
	for _, res := range resources {
		if err := w.checkResource(ctx, res); err != nil {
			return err
		}
	}
	return nil
}

func readPackage(m *zipped) ([]resource, error) {
	r, err := m.from(0)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	var pkg struct {
		Resources []resource `json:"resources"`
	}
	if err := json.NewDecoder(io.LimitReader(r, maxPackageBytes)).Decode(&pkg); err != nil {
		return nil, fmt.Errorf("%w: datapackage.json: %w", capture.ErrMalformed, err)
	}
	return pkg.Resources, nil
}

func (w *wacz) checkResource(ctx context.Context, res resource) error {
	want := res.Hash
	setDefault(&want, res.Stats.Hash)
	label, value, labelled := strings.Cut(want, ":")
	if !labelled {
		label, value = "sha256", want
	}
	m := w.members[res.Path]
	switch {
	case m == nil:
		w.a.warn("%s: lists %.80q, which it does not hold", w.order[0].disk.base, res.Path)
		return nil
	case label != "sha256" || value == "":
		w.a.warn("%s: its digest could not be checked (%.20q)", m.name(), label)
		return nil
	}
	r, err := m.from(0)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	h := sha256.New()
	if _, err := io.Copy(h, contextReader{ctx, r}); err != nil {
		return fmt.Errorf("%w: read %s: %w", capture.ErrMalformed, m.name(), err)
	}
	if got := hex.EncodeToString(h.Sum(nil)); !strings.EqualFold(got, value) {
		return fmt.Errorf("%w: %s does not have the digest that datapackage.json states", capture.ErrMalformed, m.name())
	}
	return nil
}
