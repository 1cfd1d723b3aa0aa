package queue

import (
	"bytes"
	"fmt"
	"os"
	"strings"
)

// process names a running process so that another on the same machine can tell
// whether it still runs.
type process struct {
	machine string // boot and process namespace; "" where that cannot be told
	name    string // number and start time
}

// thisProcess is the one that asks.
func thisProcess() process { return process{machine: machineName(), name: processName(os.Getpid())} }

// gone says that p ran on this machine and does so no more. Of another machine's, and
// where the machine has no /proc, it knows nothing and says false.
func (p process) gone() bool {
	if p.machine == "" || p.name == "" || p.machine != machineName() {
		return false
	}
	var pid int
	if _, err := fmt.Sscanf(p.name, "%d@", &pid); err != nil {
		return false
	}
	return processName(pid) != p.name
}

// machineName tells machines, their boots and their containers apart.
func machineName() string {
	boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return ""
	}
	space, err := os.Readlink("/proc/self/ns/pid")
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(boot)) + " " + space
}

// processName is the number of a process and the tick of the clock at which it
// started, "" when there is none: numbers are given again.
func processName(pid int) string {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return ""
	}
	const state, started = 0, 19 // fields behind the name, which may hold anything
	fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
	if len(fields) <= started || fields[state][0] == 'Z' || fields[state][0] == 'X' {
		return "" // what has ended and was not waited for runs no more
	}
	return fmt.Sprintf("%d@%s", pid, fields[started])
}
