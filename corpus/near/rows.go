package near

// pageRows is how many hashes lie together: growing by pages copies nothing.
const pageRows = 1 << 14

// rows are all hashes in the order in which they came.
type rows[H Hash] struct {
	n      int
	hashes []*[pageRows]H
	ids    []*[pageRows]uint32
}

func (r *rows[H]) add(h H, id uint32) {
	if r.n%pageRows == 0 {
		r.hashes, r.ids = append(r.hashes, new([pageRows]H)), append(r.ids, new([pageRows]uint32))
	}
	r.hashes[r.n/pageRows][r.n%pageRows], r.ids[r.n/pageRows][r.n%pageRows] = h, id
	r.n++
}

func (r *rows[H]) hash(row int) *H { return &r.hashes[row/pageRows][row%pageRows] }

func (r *rows[H]) id(row int) uint32 { return r.ids[row/pageRows][row%pageRows] }
