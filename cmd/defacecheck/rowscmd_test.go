package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/defacecheck/defacecheck/corpus/rows"
)

// cmdRows is "rows FILE SEED [swapped]": draws 1,200 judged claims about forty sites. With
// a given frequency an archive shows the picture (genuine claims 0.5, false ones
// 0.02), the page was made from an old copy (0.02, 0.4), and ordinary captures lie
// around the time. Swapped, the sides of the split change places.
func cmdRows(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: rows FILE SEED [swapped]")
	}
	seed, err := strconv.ParseUint(args[1], 10, 64)
	ts.Check(err)
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	ts.Check(enc.Encode(rows.Header{Schema: rows.Schema, Corpus: strings.Repeat("0123456789abcdef", 4)}))
	rng := rand.New(rand.NewPCG(seed, 0))
	for i := range 1200 {
		ts.Check(enc.Encode(drawnRow(rng, i, len(args) > 2)))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o644))
}

func drawnRow(rng *rand.Rand, i int, swapped bool) rows.Row {
	site := rng.IntN(40)
	r := rows.Row{Claim: fmt.Sprintf("c%04d", i), Site: fmt.Sprintf("site%02d", site), Word: "inconclusive", Program: version(),
		Class: "served", Truth: rows.Genuine, Split: rows.Train, Evidence: []rows.Evidence{}}
	if (site >= 28) != swapped {
		r.Split = rows.Test
	}
	r.Family = fmt.Sprintf("family%d", site/28*5+rng.IntN(5))
	archived, old, tight := 0.5, 0.02, 0.1
	if i%2 == 1 {
		r.Class, r.Truth, archived, old, tight = "spliced", rows.Edited, 0.02, 0.4, 0.6
	}
	witness := "witness.not_seen"
	if rng.Float64() < archived {
		witness = "witness.archive_same"
	}
	r.Evidence = append(r.Evidence, rows.Evidence{Group: "witness", Finding: witness})
	if rng.Float64() < old {
		r.Evidence = append(r.Evidence, rows.Evidence{Group: "version", Finding: "version.old_copy"})
	}
	if rng.Float64() < tight {
		x := -0.2 - 0.5*rng.Float64()
		r.Evidence = append(r.Evidence, rows.Evidence{Group: "brackets", Finding: "brackets.ordinary", Log10LR: &x})
	}
	return r
}
