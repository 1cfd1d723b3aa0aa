package imprint

import (
	"fmt"
	"strconv"
	"strings"
)

// Hex are the hashes of an imprint as lower-case hexadecimal without a prefix:
// 16 digits for 64 bits, 64 digits for 256. The first bit of a hash is the top
// left cell and the highest bit of the first digit.
type Hex struct {
	Average       string
	Difference    string
	Perception    string
	Difference256 string
}

// Hex returns the hashes in hexadecimal.
func (i Imprint) Hex() Hex {
	var wide strings.Builder
	for _, v := range i.Difference256 {
		wide.WriteString(hex64(v))
	}
	return Hex{hex64(i.Average), hex64(i.Difference), hex64(i.Perception), wide.String()}
}

func hex64(v uint64) string { return fmt.Sprintf("%016x", v) }

// Parse reads hashes back, together with the information that they were stored
// with.
func (h Hex) Parse(information float64) (Imprint, error) {
	if !(information >= 0 && information <= 1) {
		return Imprint{}, fmt.Errorf("parse imprint: information %v is not between 0 and 1", information)
	}
	i := Imprint{Information: information, Informative: information >= MinInformation}
	for _, f := range []struct {
		text string
		to   []*uint64
	}{
		{h.Average, []*uint64{&i.Average}},
		{h.Difference, []*uint64{&i.Difference}},
		{h.Perception, []*uint64{&i.Perception}},
		{h.Difference256, []*uint64{&i.Difference256[0], &i.Difference256[1], &i.Difference256[2], &i.Difference256[3]}},
	} {
		if err := parseHex(f.text, f.to); err != nil {
			return Imprint{}, err
		}
	}
	return i, nil
}

func parseHex(text string, to []*uint64) error {
	if len(text) != 16*len(to) {
		return fmt.Errorf("parse imprint: %q has not %d digits", text, 16*len(to))
	}
	for k, v := range to {
		n, err := strconv.ParseUint(text[16*k:16*k+16], 16, 64)
		if err != nil {
			return fmt.Errorf("parse imprint: %q is not hexadecimal", text)
		}
		*v = n
	}
	return nil
}

// String is the imprint on one line: the four hashes and the information,
// separated by colons. ParseString reads it back.
func (i Imprint) String() string {
	h := i.Hex()
	return strings.Join([]string{h.Average, h.Difference, h.Perception, h.Difference256,
		strconv.FormatFloat(i.Information, 'g', -1, 64)}, ":")
}

// ParseString is the reverse of String.
func ParseString(s string) (Imprint, error) {
	f := strings.Split(s, ":")
	if len(f) != 5 {
		return Imprint{}, fmt.Errorf("parse imprint: %q has not five parts", s)
	}
	information, err := strconv.ParseFloat(f[4], 64)
	if err != nil {
		return Imprint{}, fmt.Errorf("parse imprint: %q is not a number", f[4])
	}
	return Hex{f[0], f[1], f[2], f[3]}.Parse(information)
}
