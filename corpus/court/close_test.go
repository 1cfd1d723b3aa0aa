package court_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/corpus/court"
	"github.com/defacecheck/defacecheck/verify"
)

func TestABrowserThatHangsKeepsNobodyFromLeaving(t *testing.T) {
	site, ways := siteOf(t)
	c := court.Open(court.Config{Egress: ways, Verify: verify.Options{Program: "test", Live: true}})
	if _, err := c.Judge(t.Context(), claimOf(t, site.URL("/"), 0)); err != nil {
		t.Fatal(err)
	}
	hung := browsers()
	for _, pid := range hung {
		if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
			t.Fatal(err)
		}
	}
	began := time.Now()
	if err := c.Close(); err != nil || len(hung) == 0 {
		t.Errorf("%d processes of a browser; closed with %v", len(hung), err)
	}
	if took := time.Since(began); took > court.Closing+3*time.Second { // what a loaded machine may add
		t.Errorf("it took %s", took)
	}
	for end := time.Now().Add(30 * time.Second); len(browsers()) > 0; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("browsers were left behind: %v", browsers())
		}
	}
}

// browsers are the processes of Chrome that this process started.
func browsers() (all []int) {
	parents, chrome := map[int]int{}, []int{}
	dirs, _ := filepath.Glob("/proc/[0-9]*")
	for _, dir := range dirs {
		var pid, parent int
		stat, err := os.ReadFile(filepath.Join(dir, "stat"))
		if err != nil {
			continue
		}
		_, behind, _ := strings.Cut(string(stat), ") ")
		var state string
		if _, err := fmt.Sscan(filepath.Base(dir), &pid); err != nil {
			continue
		}
		if _, err := fmt.Sscan(behind, &state, &parent); err != nil || state == "Z" {
			continue
		}
		parents[pid] = parent
		if exe, err := os.Readlink(filepath.Join(dir, "exe")); err == nil && strings.Contains(exe, "chrom") {
			chrome = append(chrome, pid)
		}
	}
	for _, pid := range chrome {
		for p := pid; p > 1; p = parents[p] {
			if p == os.Getpid() {
				all = append(all, pid)
				break
			}
		}
	}
	return all
}
