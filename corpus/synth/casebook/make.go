package casebook

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/defacecheck/defacecheck/corpus/crew"
	"github.com/defacecheck/defacecheck/corpus/synth/defacement"
	"github.com/defacecheck/defacecheck/corpus/synth/site"
)

// The named errors of making a corpus.
var (
	ErrOptions = errors.New("it cannot be made so")
	ErrAnother = errors.New("the directory holds another corpus")
)

// Options say what is made. Sites and Out are needed, and Classes where not all are
// wanted; the rest may be zero.
type Options struct {
	Sites       []string // folders of sites, and WARC and WACZ files; see package site
	Defacements string   // folder of further families; "" for the project's own alone
	Out         string   // directory of the corpus; made if there is none
	Seed        uint64   //
	Claims      int      // 0 is one of each class
	Classes     []string // names; none is all
	Jobs        int      // browsers side by side; 0 is DefaultJobs
	Camera      string   // executable; "" is a usual one
	NoSandbox   bool
	Program     string                           // version, for the manifest
	Progress    func(done, all int, what string) // called from one goroutine at a time; nil is nobody
}

// DefaultJobs suits two processors.
const DefaultJobs = 2

// maxClaims is what names of claims have room for.
const maxClaims = 999_999

type maker struct {
	o       Options
	classes []Class
	book    *book
	input   string
	shut    func() error // the files that sites are read from

	mu      sync.Mutex
	done    int
	browser string
}

// Make makes the corpus, or the part of it that is missing: claims that are complete
// are kept as they are, and a run that was ended in any way can be started again. A claim
// that cannot be made is tried once more with new browsers before it ends the run. The
// same options give the same files, byte for byte, with the same browser and fonts.
// Errors wrap ErrOptions, ErrAnother, those of package site, or capture's kinds where
// the browser is the trouble.
func Make(ctx context.Context, o Options) (*Manifest, error) {
	m, err := prepare(ctx, o)
	if err == nil {
		err = errors.Join(m.fill(ctx), m.shut())
	}
	if err == nil {
		var out *Manifest
		if out, err = m.manifest(); err == nil {
			return out, nil
		}
	}
	if ctx.Err() != nil {
		err = ctx.Err() // whatever a browser that was interrupted complained of
	}
	return nil, fmt.Errorf("make corpus: %w", err)
}

func prepare(ctx context.Context, o Options) (m *maker, err error) {
	m = &maker{o: o}
	if m.classes, err = pick(o.Classes); err != nil {
		return nil, err
	}
	if m.o.Claims == 0 {
		m.o.Claims = len(m.classes)
	}
	if m.o.Jobs == 0 {
		m.o.Jobs = DefaultJobs
	}
	if m.o.Claims < 0 || m.o.Claims > maxClaims || m.o.Jobs < 0 {
		return nil, fmt.Errorf("%w: %d claims with %d browsers", ErrOptions, m.o.Claims, m.o.Jobs)
	}
	sites, shut, err := site.LoadAll(ctx, o.Sites, site.Limits{})
	if err != nil {
		return nil, err
	}
	if err := m.draw(sites); err != nil {
		return nil, errors.Join(err, shut())
	}
	m.shut = shut
	return m, nil
}

// draw puts together what claims are drawn from.
func (m *maker) draw(sites []*site.Site) (err error) {
	if len(sites) < fewest {
		return fmt.Errorf("%w: some classes are about two sites, and %s has one", ErrOptions, strings.Join(m.o.Sites, ", "))
	}
	families := defacement.Own()
	if m.o.Defacements != "" {
		more, err := defacement.Folder(m.o.Defacements)
		if err != nil {
			return err
		}
		families = append(families, more...)
	}
	if m.input, err = digest(sites, families); err != nil {
		return err
	}
	m.book, err = split(sites, families)
	return err
}

// digest is of what is drawn from: names of sites and pages, and what they say.
func digest(sites []*site.Site, families []*defacement.Family) (string, error) {
	h := sha256.New()
	for _, s := range sites {
		for _, page := range s.Pages {
			doc, _, err := s.Read(page)
			if err != nil {
				return "", err
			}
			fmt.Fprintf(h, "%s\x00%s\x00%x\n", s.Name, page, sha256.Sum256(doc))
		}
	}
	for _, f := range families {
		doc, err := f.Text()
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%s\x00%x\n", f.Name, sha256.Sum256(doc))
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func (m *maker) work() string             { return filepath.Join(m.o.Out, workDir) }
func (m *maker) place(name string) string { return filepath.Join(m.o.Out, claimsDir, name) }

func (m *maker) name(i int) string { return fmt.Sprintf("c%06d", i+1) }

// class is that of claim i: they take turns.
func (m *maker) class(i int) Class { return m.classes[i%len(m.classes)] }

func (m *maker) fill(ctx context.Context) (err error) {
	for _, dir := range []string{m.work(), filepath.Join(m.o.Out, claimsDir), filepath.Join(m.o.Out, sitesDir)} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	unlock, err := m.lock()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	todo := m.missing()
	m.done = m.o.Claims - len(todo)
	if len(todo) == 0 {
		return nil
	}
	return crew.Work(ctx, m.o.Jobs, todo, m.openStudio, m.claim)
}

// missing lists the claims that are not there.
func (m *maker) missing() (todo []int) {
	for i := range m.o.Claims {
		if _, err := os.Stat(m.place(m.name(i))); err != nil {
			todo = append(todo, i)
		}
	}
	return todo
}

// claim makes claim i. A page that does not lend itself would not with new browsers.
func (m *maker) claim(ctx context.Context, tool *crew.Tool[*studio], i int) error {
	var unsuitable error
	err := tool.Use(ctx, func(s *studio) error {
		err := m.makeClaim(ctx, s, m.name(i), m.class(i))
		if errors.Is(err, errUnsuitable) {
			unsuitable, err = err, nil
		}
		return err
	})
	if err = cmp.Or(err, unsuitable); err != nil {
		return fmt.Errorf("claim %s, %s: %w", m.name(i), m.class(i).Name, err)
	}
	m.tell(m.name(i) + " " + m.class(i).Name)
	return nil
}

// openStudio opens a studio whose browsers are those that made the claims so far.
func (m *maker) openStudio(ctx context.Context) (*studio, error) {
	s, err := openStudio(ctx, m.o)
	if err != nil {
		return nil, err
	}
	if err := m.sameBrowser(s.grey.Version); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (m *maker) tell(what string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.done++
	if m.o.Progress != nil {
		m.o.Progress(m.done, m.o.Claims, what)
	}
}

// manifest lists what is there and writes it.
func (m *maker) manifest() (*Manifest, error) {
	out := &Manifest{Schema: Schema, Program: m.o.Program, Browser: m.browser, Seed: m.o.Seed, Input: m.input, Distributions: Distributions()}
	for _, c := range m.classes {
		out.Classes = append(out.Classes, c.Name)
	}
	for _, s := range m.book.sides {
		side := Side{Name: s.name}
		for _, x := range s.sites {
			side.Sites = append(side.Sites, x.Name)
		}
		for _, x := range s.families {
			side.Families = append(side.Families, x.Name)
		}
		slices.Sort(side.Sites)
		slices.Sort(side.Families)
		out.Splits = append(out.Splits, side)
	}
	var truths []Known
	for i := range m.o.Claims {
		e, k, err := m.entry(i)
		if err != nil {
			return nil, err
		}
		out.Claims, truths = append(out.Claims, e), append(truths, k)
	}
	var err error
	if out.LeftOut, err = apart(truths); err != nil {
		return nil, err
	}
	out.Claims = slices.DeleteFunc(out.Claims, func(e Entry) bool {
		return slices.ContainsFunc(out.LeftOut, func(l LeftOut) bool { return l.Claim == e.Name })
	})
	data, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return nil, err
	}
	return out, m.putInPlace(filepath.Join(m.o.Out, ManifestName), append(data, '\n'))
}

func (m *maker) entry(i int) (Entry, Known, error) {
	k, err := readJSON[Known](filepath.Join(m.place(m.name(i)), TruthName))
	if err != nil {
		return Entry{}, k, err
	}
	sum, err := sumOf(m.place(m.name(i)))
	return Entry{m.name(i), k.Class, k.Split, sum}, k, err
}

// sumOf is the digest of a claim's files.
func sumOf(dir string) (string, error) {
	h := sha256.New()
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		one := sha256.New()
		if _, err := io.Copy(one, f); err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		fmt.Fprintf(h, "%s %x\n", filepath.ToSlash(rel), one.Sum(nil))
		return err
	})
	return hex.EncodeToString(h.Sum(nil)), err
}
