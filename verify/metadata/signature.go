package metadata

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Encoder is what a file's build says of the program that wrote it last. Many
// programs share a library, so it is a guess at a family, and anyone can build
// a file in any way.
type Encoder struct {
	Writer string   `json:"writer"` // in plain words
	Names  []string `json:"names"`  // the programs and systems that are known to build files so
	Class  Class    `json:"class"`
	Basis  string   `json:"basis"`  // "measured" or "source"
	Source string   `json:"source"` // on what the row of the table rests
	Date   string   `json:"date"`   // of that, year or year and month
}

// Class is the kind of program that an encoder belongs to.
type Class string

// The classes of encoders.
const (
	ClassPhone     Class = "phone"     // a phone's screenshot function
	ClassApple     Class = "apple"     // macOS or iOS
	ClassWindows   Class = "windows"   // the encoder of Windows, in the Snipping Tool and many programs
	ClassDesktop   Class = "desktop"   // programs of Linux desktops, where no library of servers writes alike
	ClassBrowser   Class = "browser"   // a browser's own capture, or a page renderer
	ClassEditor    Class = "editor"    // an image editor
	ClassTool      Class = "tool"      // a converter
	ClassLibrary   Class = "library"   // a library that many programs use
	ClassMessenger Class = "messenger" // a messenger or social network
)

// signature is a row of signatures.json: what a file must look like to be
// called the writer's. Conditions that are not given are not asked for. The
// first row that fits wins, so that narrow rows stand before wide ones.
type signature struct {
	Writer string   `json:"writer"`
	Names  []string `json:"names"`
	Class  Class    `json:"class"`
	Basis  string   `json:"basis"`
	Source string   `json:"source"`
	Date   string   `json:"date"`

	// Whoever doubts a row can go after these: at least one of them is given.
	Files    []string `json:"files,omitempty"`    // measured: where from, and the first 16 digits of the SHA-256
	Commands []string `json:"commands,omitempty"` // that make such a file OUT, of IN
	Readings []string `json:"readings,omitempty"` // who wrote so: an address, or a source file

	Format  string            `json:"format"`         // "png" or "jpeg"
	Blocks  string            `json:"blocks"`         // names in order, with ? * + | and brackets; of a JPEG up to the first SOS
	Text    map[string]string `json:"text,omitempty"` // a text of that name is there and begins so
	NoTags  bool              `json:"no_tags,omitempty"`
	Sides   []int             `json:"sides,omitempty"`        // the longer side is one of these
	ICC     string            `json:"icc,omitempty"`          // the profile's own name is this
	Profile string            `json:"icc_begins,omitempty"`   // or begins so
	IDAT    []int64           `json:"idat,omitempty"`         // least and greatest length of the first of several IDATs
	Single  bool              `json:"single,omitempty"`       // one IDAT up to that length is enough
	Least   int64             `json:"single_least,omitempty"` // and from that length on
	Last    int64             `json:"last_idat,omitempty"`    // length of the last of several IDATs
	Zlib    []string          `json:"zlib,omitempty"`
	Filters string            `json:"filters,omitempty"` // a word of filterWord, or "no paeth"
	Gamma   int               `json:"gamma,omitempty"`
	Metre   []int             `json:"per_metre,omitempty"` // pixels a metre, both ways
	Unit    []int             `json:"per_unit,omitempty"`  // pixels a unit that is not named, across and down
	Colour  []int             `json:"colour,omitempty"`

	Tables  string   `json:"tables,omitempty"`
	Huffman string   `json:"huffman,omitempty"`
	Quality []int    `json:"quality,omitempty"` // from, to
	Density string   `json:"density,omitempty"`
	Sub     []string `json:"subsampling,omitempty"`
	IDs     string   `json:"ids,omitempty"`
	Special string   `json:"special_instructions,omitempty"` // IPTC SpecialInstructions begin so

	order *regexp.Regexp
}

//go:embed signatures.json
var signatureTable []byte

// signatures reads the table. An error means that the program was built wrong.
func signatures() ([]signature, error) {
	d := json.NewDecoder(bytes.NewReader(signatureTable))
	d.DisallowUnknownFields()
	var rows []signature
	if err := d.Decode(&rows); err != nil {
		return nil, fmt.Errorf("read signatures.json: %w", err)
	}
	for i := range rows {
		order, err := regexp.Compile(blockPattern(rows[i].Blocks))
		if err != nil {
			return nil, fmt.Errorf("read order of %s in signatures.json: %w", rows[i].Writer, err)
		}
		rows[i].order = order
	}
	return rows, nil
}

// blockPattern makes an expression over names that each end in a space.
func blockPattern(blocks string) string {
	name := regexp.MustCompile(`[A-Za-z0-9]+`)
	return "^" + strings.ReplaceAll(name.ReplaceAllString(blocks, "(?:$0~)"), " ", "") + "$"
}

// encoder names the writer by the first row that fits, nil when none does.
func (f *Facts) encoder() (*Encoder, error) {
	rows, err := signatures()
	if err != nil {
		return nil, err
	}
	blocks := f.blocks()
	for _, s := range rows {
		if s.Format == f.Format && s.order.MatchString(blocks) && s.fits(f) {
			return &Encoder{s.Writer, s.Names, s.Class, s.Basis, s.Source, s.Date}, nil
		}
	}
	return nil, nil
}

// blocks are the names of a file's parts in order, as the table writes them.
func (f *Facts) blocks() string {
	var b strings.Builder
	switch {
	case f.PNG != nil:
		for _, c := range f.PNG.Chunks {
			b.WriteString(strings.Repeat(c.Name+"~", min(c.Count, 2))) // a run is one or several
		}
	case f.JPEG != nil:
		for _, s := range f.JPEG.Segments {
			name, _, _ := strings.Cut(s, " ")
			b.WriteString(name + "~")
			if name == "SOS" {
				return b.String()
			}
		}
	}
	return b.String()
}

// fits holds the conditions other than the order of blocks against a file.
func (s *signature) fits(f *Facts) bool {
	switch {
	case s.NoTags && len(f.Tags) > 0,
		s.Sides != nil && !slices.Contains(s.Sides, max(f.Width, f.Height)),
		s.Special != "" && !strings.HasPrefix(value(f.Tags, IPTC, "SpecialInstructions"), s.Special):
		return false
	}
	for name, begins := range s.Text {
		if v := value(f.Tags, Text, name); v == "" || !strings.HasPrefix(v, begins) {
			return false
		}
	}
	if f.PNG != nil {
		return s.fitsPNG(f.PNG)
	}
	return f.JPEG != nil && s.fitsJPEG(f.JPEG)
}

func (s *signature) fitsPNG(p *PNG) bool {
	z := p.Stream
	switch {
	case s.Zlib != nil && (z == nil || !slices.Contains(s.Zlib, z.Header)),
		s.Filters == "no paeth" && (z == nil || z.Rows == 0 || z.Filters[4] > 0),
		s.Filters != "" && s.Filters != "no paeth" && s.Filters != z.filterWord(),
		s.Gamma != 0 && s.Gamma != p.Gamma,
		!s.fitsICC(p.ICCDescribed),
		s.Colour != nil && !slices.Contains(s.Colour, p.ColourType),
		s.Metre != nil && !(p.PerMetre && p.PixelsPerUnit[0] == p.PixelsPerUnit[1] && slices.Contains(s.Metre, p.PixelsPerUnit[0])),
		s.Unit != nil && (p.PerMetre || !slices.Equal(s.Unit, p.PixelsPerUnit[:])):
		return false
	}
	return s.IDAT == nil || s.fitsIDAT(p)
}

// fitsIDAT compares the lengths of IDATs. A single one says little of where its
// writer would have cut, so it counts only where the row says so.
func (s *signature) fitsIDAT(p *PNG) bool {
	for _, c := range p.Chunks {
		if c.Name != "IDAT" {
			continue
		}
		if c.Count == 1 {
			return s.Single && c.First <= s.IDAT[1] && c.First >= s.Least
		}
		return c.First >= s.IDAT[0] && c.First <= s.IDAT[1] && (s.Last == 0 || s.Last == c.Last)
	}
	return false
}

// fitsICC compares the name that a file's profile gives itself.
func (s *signature) fitsICC(name string) bool {
	return (s.ICC == "" || s.ICC == name) && strings.HasPrefix(name, s.Profile)
}

func (s *signature) fitsJPEG(j *JPEG) bool {
	switch {
	case s.Tables != "" && s.Tables != j.Tables,
		s.Huffman != "" && s.Huffman != j.Huffman,
		s.Quality != nil && (j.Quality < s.Quality[0] || j.Quality > s.Quality[1]),
		s.Density != "" && s.Density != j.Density,
		s.Sub != nil && !slices.Contains(s.Sub, j.Subsampling),
		s.IDs != "" && s.IDs != j.ComponentID,
		!s.fitsICC(j.ICC):
		return false
	}
	return true
}
