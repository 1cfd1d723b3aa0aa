package reading

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/verify/picture/confine"
)

// Config says how text is read. The zero value is usable.
type Config struct {
	Path   string        // the program; "" looks for tesseract
	Time   time.Duration // of processor and of wall clock that one reading may take; 0 is DefaultTime
	Memory int64         // bytes of address space; 0 is DefaultMemory
}

const (
	// DefaultTime is ten times what a page of dense text takes at the size to
	// which pages are enlarged.
	DefaultTime = 40 * time.Second
	// DefaultMemory is three times what the largest picture read needs (DefaultPixels
	// of enlarged picture, two languages).
	DefaultMemory = 2 << 30
	// maxOutput holds the table of 40,000 words.
	maxOutput = 4 << 20
	// probeTime bounds a question about version or languages.
	probeTime = 10 * time.Second
)

// Engine is an installed Tesseract. It holds no process and no state: every
// reading is a process of its own. It may be used from several goroutines.
type Engine struct {
	cfg       Config
	path      string
	version   string
	languages []Language
}

// Language is the data of one language or script.
type Language struct {
	Name   string // Tesseract's: eng, chi_tra
	SHA256 string // of its data file, lower-case hexadecimal
}

// Open looks for Tesseract and asks it for its version and its languages. It
// returns an error that wraps ErrAbsent where there is none, or the context's.
func Open(ctx context.Context, cfg Config) (*Engine, error) {
	if cfg.Time <= 0 {
		cfg.Time = DefaultTime
	}
	if cfg.Memory <= 0 {
		cfg.Memory = DefaultMemory
	}
	name := cfg.Path
	if name == "" {
		name = "tesseract"
	}
	path, err := exec.LookPath(name)
	if err != nil {
		return nil, fmt.Errorf("find %s: %w", name, ErrAbsent)
	}
	if path, err = filepath.Abs(path); err != nil {
		return nil, fmt.Errorf("find %s: %w", name, err)
	}
	e := &Engine{cfg: cfg, path: path}
	if e.version, err = e.askVersion(ctx); err != nil {
		return nil, err
	}
	if e.languages, err = e.askLanguages(ctx); err != nil {
		return nil, err
	}
	return e, nil
}

// Version is the program's name and version, as "tesseract 5.3.0".
func (e *Engine) Version() string { return e.version }

// Languages are the languages installed, by name, with digests of their data:
// the same version reads otherwise with other data.
func (e *Engine) Languages() []Language { return slices.Clone(e.languages) }

// Has says whether the data of a language is installed.
func (e *Engine) Has(name string) bool {
	return slices.ContainsFunc(e.languages, func(l Language) bool { return l.Name == name })
}

// Provenance names everything that a reading depends on but the picture.
func (e *Engine) Provenance() string {
	parts := []string{e.version}
	for _, l := range e.languages {
		parts = append(parts, l.Name+" "+l.SHA256[:12])
	}
	return strings.Join(parts, ", ")
}

func (e *Engine) ask(ctx context.Context, args ...string) (string, error) {
	out, err := e.program(args...).Execute(ctx, nil, confine.Limits{Memory: e.cfg.Memory, CPU: probeTime, Wall: 3 * probeTime, Output: 1 << 16})
	if err != nil {
		return "", fmt.Errorf("ask %s %s: %w", e.path, strings.Join(args, " "), err)
	}
	return string(out), nil
}

func (e *Engine) program(args ...string) confine.Program {
	// One thread: more gain little on one page, and the order in which results
	// are joined must not depend on the machine.
	return confine.Program{Path: e.path, Args: args, Env: []string{"OMP_THREAD_LIMIT=1", "LC_ALL=C"}}
}

var versionLine = regexp.MustCompile(`^tesseract v?(\d[0-9A-Za-z.\-]{0,30})`)

func (e *Engine) askVersion(ctx context.Context) (string, error) {
	out, err := e.ask(ctx, "--version")
	if err != nil {
		return "", err
	}
	m := versionLine.FindStringSubmatch(out)
	if m == nil {
		return "", fmt.Errorf("ask %s for its version: it is no Tesseract: %w", e.path, ErrAbsent)
	}
	return "tesseract " + m[1], nil
}

var (
	languagesIn  = regexp.MustCompile(`^List of available languages in "([^"]+)"`)
	languageName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{1,30}$`)
)

// maxLanguages is how many are looked at: Debian has 130.
const maxLanguages = 400

func (e *Engine) askLanguages(ctx context.Context) ([]Language, error) {
	out, err := e.ask(ctx, "--list-langs")
	if err != nil {
		return nil, err
	}
	head, rest, _ := strings.Cut(out, "\n")
	dir := ""
	if m := languagesIn.FindStringSubmatch(head); m != nil {
		dir = m[1]
	}
	var all []Language
	for _, name := range strings.Fields(rest) {
		// osd and equ recognise scripts and formulas, not text.
		if !languageName.MatchString(name) || name == "osd" || name == "equ" || len(all) == maxLanguages {
			continue
		}
		sum, err := fileDigest(filepath.Join(dir, name+".traineddata"))
		if err != nil {
			return nil, fmt.Errorf("read data of language %s: %w", name, err)
		}
		all = append(all, Language{name, sum})
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("ask %s for its languages: %w", e.path, ErrAbsent)
	}
	return all, nil
}

func fileDigest(name string) (string, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}
