package metadata

import (
	"slices"
	"strings"
	"unicode"
)

// class is what a program is to a picture.
type class string

const (
	editor    class = "image editor"
	generator class = "image generator"
	capturer  class = "screenshot program"
	converter class = "converter"
)

// program is one row of the table of programs: the words by which a file names
// it, in lower case, and why the row is there.
type program struct {
	words string
	name  string
	class class
	why   string
}

// programs is searched from the top: longer names stand before those they
// contain. A program that both takes and edits screenshots is a capturer,
// since its name alone does not say that anything was edited.
func programs() []program {
	const (
		agent    = "writes its name to EXIF Software or XMP CreatorTool on save"
		comment  = "writes a comment or PNG text on export"
		exiftool = "named as a writer in ExifTool's tag documentation"
		docs     = "says so in its own documentation or source"
		ai       = "stores its name or settings in PNG text or XMP"
	)
	return []program{
		{"photoshop lightroom", "Adobe Lightroom", editor, agent},
		{"lightroom", "Adobe Lightroom", editor, agent},
		{"photoshop express", "Photoshop Express", editor, agent},
		{"photoshop camera raw", "Adobe Camera Raw", editor, agent},
		{"photoshop", "Adobe Photoshop", editor, agent},
		{"imageready", "Adobe ImageReady or Save for Web", editor, "PNG text Software, written by Save for Web until today"},
		{"adobe illustrator", "Adobe Illustrator", editor, agent},
		{"adobe express", "Adobe Express", editor, agent},
		{"adobe fireworks", "Adobe Fireworks", editor, "PNG text Software"},
		{"adobe firefly", "Adobe Firefly", generator, ai},
		{"gimp", "GIMP", editor, comment},
		{"paint.net", "paint.net", editor, "EXIF Software"},
		{"paintshop pro", "PaintShop Pro", editor, agent},
		{"paint shop pro", "PaintShop Pro", editor, agent},
		{"affinity photo", "Affinity Photo", editor, agent},
		{"affinity designer", "Affinity Designer", editor, agent},
		{"pixelmator", "Pixelmator", editor, agent},
		{"pixlr", "Pixlr", editor, agent},
		{"photopea", "Photopea", editor, agent},
		{"picsart", "Picsart", editor, agent},
		{"canva", "Canva", editor, "XMP CreatorTool of its exports"},
		{"figma", "Figma", editor, agent},
		{"krita", "Krita", editor, comment},
		{"inkscape", "Inkscape", editor, "PNG text Software www.inkscape.org"},
		{"www.inkscape.org", "Inkscape", editor, "PNG text Software"},
		{"coreldraw", "CorelDRAW", editor, exiftool},
		{"corel photo-paint", "Corel PHOTO-PAINT", editor, exiftool},
		{"acorn", "Acorn", editor, agent},
		{"snapseed", "Snapseed", editor, "EXIF Software"},
		{"photoscape", "PhotoScape", editor, exiftool},
		{"photofiltre", "PhotoFiltre", editor, exiftool},
		{"fotor", "Fotor", editor, agent},
		{"befunky", "BeFunky", editor, agent},
		{"picmonkey", "PicMonkey", editor, agent},
		{"polarr", "Polarr", editor, agent},
		{"luminar", "Luminar", editor, agent},
		{"capture one", "Capture One", editor, agent},
		{"darktable", "darktable", editor, agent},
		{"rawtherapee", "RawTherapee", editor, agent},
		{"acdsee", "ACDSee", editor, exiftool},
		{"microsoft windows photo editor", "Windows Photo Editor", editor, exiftool},
		{"windows photo editor", "Windows Photo Editor", editor, exiftool},
		{"pinta", "Pinta", editor, docs},
		{"dall-e", "DALL-E", generator, ai},
		{"midjourney", "Midjourney", generator, ai},
		{"stable diffusion", "Stable Diffusion", generator, ai},
		{"trainedalgorithmicmedia", "an unnamed image generator", generator, "IPTC digital source type in XMP"},
		{"gnome-screenshot", "gnome-screenshot", capturer, "PNG text Software, gnome-screenshot's source"},
		{"greenshot", "Greenshot", capturer, "EXIF Software, greenshot issue 462"},
		{"sharex", "ShareX", capturer, docs},
		{"flameshot", "Flameshot", capturer, docs},
		{"spectacle", "KDE Spectacle", capturer, docs},
		{"lightshot", "Lightshot", capturer, docs},
		{"snagit", "Snagit", capturer, "PNG text Software"},
		{"shutter", "Shutter", capturer, docs},
		{"imagemagick", "ImageMagick", converter, docs},
		{"graphicsmagick", "GraphicsMagick", converter, docs},
		{"gd-jpeg", "GD", converter, "JPEG comment CREATOR: gd-jpeg"},
		{"libvips", "libvips", converter, docs},
		{"irfanview", "IrfanView", converter, exiftool},
		{"xnview", "XnView", converter, exiftool},
		{"lavc", "FFmpeg", converter, "JPEG comment Lavc"},
	}
}

// programTags are the tags in which a file names the programs that wrote it.
func programTags() map[Source][]string {
	return map[Source][]string{
		EXIF:    {"Software", "ProcessingSoftware", "HostComputer"},
		XMP:     {"xmp:CreatorTool", "stEvt:softwareAgent", "tiff:Software", "Iptc4xmpExt:DigitalSourceType"},
		IPTC:    {"OriginatingProgram"},
		Text:    {"Software", "Comment", "Description", "Source", "Creator"},
		Comment: {"COM", "GIF comment"},
		C2PA:    {"claim_generator", "softwareAgent", "digitalSourceType"},
	}
}

// programsIn lists the programs that a file names, each once, in the order of
// the tags.
func (f *Facts) programsIn() []program {
	table, where := programs(), programTags()
	var out []program
	add := func(p program, ok bool) {
		if ok && !slices.ContainsFunc(out, func(q program) bool { return q.name == p.name }) {
			out = append(out, p)
		}
	}
	for _, t := range f.Tags {
		if slices.Contains(where[t.Source], t.Name) {
			add(lookUp(table, t))
		}
	}
	if f.JPEG != nil {
		add(program{name: "Adobe Photoshop", class: editor}, slices.Contains(f.JPEG.Photoshop, qualityResource))
		add(program{name: "Adobe's Save for Web", class: editor}, f.JPEG.hasSegment(savedForWeb))
	}
	return out
}

// lookUp finds the program that a tag names. Free text counts only when it is
// short or says that something was created: a description that mentions a
// program is not a program's own mark.
func lookUp(table []program, t Tag) (program, bool) {
	text := strings.ToLower(t.Value)
	free := slices.Contains([]string{"Comment", "Description", "Source", "COM", "GIF comment"}, t.Name)
	if free && len(text) > 60 && !strings.HasPrefix(text, "creat") {
		return program{}, false
	}
	for _, p := range table {
		if containsWords(text, p.words) {
			return p, true
		}
	}
	return program{}, false
}

// containsWords says whether words stand in text, not as part of longer words.
func containsWords(text, words string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], words)
		if i < 0 {
			return false
		}
		from, to := at+i, at+i+len(words)
		if !letterBefore(text[:from]) && !letterAfter(text[to:]) {
			return true
		}
		at = to
	}
}

func letterBefore(s string) bool { return s != "" && unicode.IsLetter(rune(s[len(s)-1])) }
func letterAfter(s string) bool  { return s != "" && unicode.IsLetter(rune(s[0])) }
