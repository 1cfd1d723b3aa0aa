package metadata

import (
	"encoding/binary"
	"fmt"
	"strings"
)

// luma and chroma are the example tables of ITU T.81, annex K.1, row by row.
// The reference implementation of the Independent JPEG Group scales them by a
// quality from 1 to 100, and most programs took that over.
var luma = [64]int{
	16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55,
	14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
	18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
	49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
}

var chroma = [64]int{
	17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99,
	24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
	99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
	99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
}

// zigzag is where the k-th value of a stored table stands, row by row.
var zigzag = [64]int{
	0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5,
	12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
	35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51,
	58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
}

// quantTables reads a DQT payload: for each table precision and number, then
// 64 values of one or two bytes.
func quantTables(b []byte, tables *[4][]uint16) {
	for len(b) > 0 {
		id, wide := b[0]&15, b[0]>>4 != 0
		n := 64
		if wide {
			n = 128
		}
		if len(b) < 1+n || id > 3 {
			return
		}
		t := make([]uint16, 64)
		for k := range t {
			if wide {
				t[k] = binary.BigEndian.Uint16(b[1+2*k:])
			} else {
				t[k] = uint16(b[1+k])
			}
		}
		tables[id] = t
		b = b[1+n:]
	}
}

// quality tells whether the tables are the standard's, and at which quality.
// The first table is compared with the one for luma, the second with the one
// for chroma.
func quality(tables [4][]uint16) (q int, word string) {
	if tables[0] == nil {
		return 0, "none"
	}
	first := matching(tables[0], &luma)
	if tables[1] == nil || first == 0 {
		return first, map[bool]string{true: "standard", false: "not standard"}[first > 0]
	}
	if second := scaledEqual(tables[1], &chroma, first); !second {
		return 0, "mixed"
	}
	return first, "standard"
}

// nearest is the quality whose luma table differs least from t, by the sum of
// absolute differences; of equals the lower.
func nearest(t []uint16) (best int) {
	if t == nil {
		return 0
	}
	least := -1
	for q := 1; q <= 100; q++ {
		sum := 0
		for k, v := range t {
			sum += max(int(v)-scaled(&luma, k, q), scaled(&luma, k, q)-int(v))
		}
		if least < 0 || sum < least {
			least, best = sum, q
		}
	}
	return best
}

// asText writes the tables in the order of their numbers.
func asText(tables [4][]uint16) []string {
	text := []string{}
	for _, t := range tables {
		if t != nil {
			text = append(text, strings.Trim(fmt.Sprint(t), "[]"))
		}
	}
	return text
}

func matching(t []uint16, base *[64]int) int {
	for q := 100; q >= 1; q-- {
		if scaledEqual(t, base, q) {
			return q
		}
	}
	return 0
}

func scaledEqual(t []uint16, base *[64]int, q int) bool {
	for k, v := range t {
		if int(v) != scaled(base, k, q) {
			return false
		}
	}
	return true
}

// scaled is the k-th stored value of base at a quality, for which the IJG's
// formula is 5000/q below 50 and 200-2q from there, in per cent.
func scaled(base *[64]int, k, q int) int {
	scale := 200 - 2*q
	if q < 50 {
		scale = 5000 / q
	}
	return min(255, max(1, (base[zigzag[k]]*scale+50)/100))
}
