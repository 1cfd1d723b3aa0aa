package align

import "image"

// pointerSide is the side of the square, in frame px, that a mouse pointer fits in.
const pointerSide = 48

// pointed says whether all that differs fits in a mouse pointer's place: windows
// are photographed with the pointer over them.
func pointed(regions []region) bool {
	var all image.Rectangle
	for _, r := range regions {
		all = all.Union(r.rect)
	}
	return !all.Empty() && all.Dx() <= pointerSide && all.Dy() <= pointerSide
}
