// Package proctree looks at the processes that a test or benchmark started, as Linux
// lists them in /proc. Where there is no /proc there are none.
package proctree

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// Below lists the processes that came from pid, nearest first.
func Below(pid int) []int {
	children := map[int][]int{}
	dirs, _ := filepath.Glob("/proc/[0-9]*")
	for _, d := range dirs {
		data, err := os.ReadFile(filepath.Join(d, "stat"))
		if err != nil {
			continue // it has ended
		}
		// The name stands in brackets and may hold anything; behind it come
		// the state and the parent.
		if f := strings.Fields(string(data[strings.LastIndexByte(string(data), ')')+1:])); len(f) > 1 {
			child, _ := strconv.Atoi(filepath.Base(d))
			parent, _ := strconv.Atoi(f[1])
			children[parent] = append(children[parent], child)
		}
	}
	var all []int
	for todo := []int{pid}; len(todo) > 0; todo = todo[1:] {
		all = append(all, children[todo[0]]...)
		todo = append(todo, children[todo[0]]...)
	}
	return all
}

// Executable is the path of the program that a process runs; "" when it has ended.
func Executable(pid int) string {
	name, _ := os.Readlink(fmt.Sprintf("/proc/%d/exe", pid))
	return name
}

// Browser says whether a process is Chrome's.
func Browser(pid int) bool { return strings.Contains(filepath.Base(Executable(pid)), "chrom") }

// KillBrowsers kills the Chrome processes that came from pid, and counts them.
func KillBrowsers(pid int) (killed int) {
	for _, child := range Below(pid) {
		if Browser(child) && syscall.Kill(child, syscall.SIGKILL) == nil {
			killed++
		}
	}
	return killed
}

// Memory is what a process takes, in bytes: what it shares with others counts in
// part. It is 0 when the process has ended.
func Memory(pid int) int64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(data)) {
		if f := strings.Fields(line); len(f) == 3 && f[0] == "Pss:" {
			kb, _ := strconv.ParseInt(f[1], 10, 64)
			return kb << 10
		}
	}
	return 0
}
