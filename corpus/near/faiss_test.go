package near_test

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// faissVersion is what is compared with.
const faissVersion = "1.15.1"

// BenchmarkAgainstFaiss compares a search, among as many hashes as BenchmarkSearch, with those of
// faiss on one thread: x-flat for its scan, x-multihash for its index of this kind. Both must find
// what is found here. It is skipped where faiss cannot be installed.
func BenchmarkAgainstFaiss(b *testing.B) {
	python := faiss(b)
	for words, radius := range radii {
		b.Run(fmt.Sprintf("%dbits/%d", 64*words, most()), func(b *testing.B) {
			r := rand.New(rand.NewPCG(4, uint64(words)))
			all := hashes(r, most(), 0)
			asked := make([][4]uint64, 51)
			x := indexes()[words]
			for id, h := range all {
				x.Add(h, uint32(id))
			}
			for i := range asked {
				asked[i] = turned(r, all[r.IntN(len(all))], r.IntN(radius))
			}
			theirs := python.search(b, words, radius, all, asked)
			var search time.Duration
			for b.Loop() {
				search = median(len(asked), func(i int) { sink += uint64(len(x.Within(asked[i], radius))) })
			}
			for name, t := range theirs {
				for i, n := range t.Found {
					if own := len(x.Within(asked[i], radius)); own != n {
						b.Errorf("search %d: %d hashes found, %d by faiss's %s", i, own, n, name)
					}
				}
				b.ReportMetric(t.US/float64(search.Nanoseconds())*1e3, "x-"+name)
			}
			b.ReportMetric(0, "ns/op") // of a round, which means nothing
			b.ReportMetric(float64(search.Nanoseconds())/1e3, "us/search")
		})
	}
}

// interpreter is a Python that has faiss.
type interpreter string

// faiss installs it for this run.
func faiss(b *testing.B) interpreter {
	b.Helper()
	dir := b.TempDir()
	python := filepath.Join(dir, "bin", "python")
	for _, args := range [][]string{{"python3", "-m", "venv", dir}, {python, "-m", "pip", "install", "--quiet", "faiss-cpu==" + faissVersion}} {
		if out, err := exec.CommandContext(b.Context(), args[0], args[1:]...).CombinedOutput(); err != nil {
			b.Skipf("skipped: faiss cannot be installed here: %v\n%.300s", err, out)
		}
	}
	return interpreter(python)
}

type theirSearch struct {
	US    float64 `json:"us"` // median of a search
	Found []int   `json:"found"`
}

func (p interpreter) search(b *testing.B, words, radius int, all, asked [][4]uint64) (told map[string]theirSearch) {
	b.Helper()
	out, err := exec.CommandContext(b.Context(), string(p), filepath.Join("testdata", "faiss_search.py"),
		written(b, words, all), written(b, words, asked), fmt.Sprint(64*words), fmt.Sprint(radius)).Output()
	if err != nil {
		b.Fatalf("search with faiss: %v", err)
	}
	if err := json.Unmarshal(out, &told); err != nil {
		b.Fatalf("search with faiss: %v: %.300s", err, out)
	}
	return told
}

// written is a file of hashes, one after another.
func written(b *testing.B, words int, hashes [][4]uint64) string {
	b.Helper()
	var data []byte
	for _, h := range hashes {
		for _, w := range h[:words] {
			data = binary.LittleEndian.AppendUint64(data, w)
		}
	}
	file := filepath.Join(b.TempDir(), "hashes")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		b.Fatal(err)
	}
	return file
}
