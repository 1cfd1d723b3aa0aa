package confine

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// nobody is the user and group that own nothing, by number because the child
// should not have to read a file to find it.
const nobody = 65534

// maxFiles leaves the three streams and what the Go runtime opens for itself.
const maxFiles = 32

// self is the running program. The link names the very file that runs, also
// when it was replaced or removed meanwhile.
func self() string { return "/proc/self/exe" }

// separate gives the child its own process group, ends it with the parent, and
// makes cancelling kill the group.
func separate(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.Cancel = func() error {
		err := syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		if errors.Is(err, syscall.ESRCH) {
			return os.ErrProcessDone
		}
		return err
	}
}

// restrict limits the calling process for the rest of its life.
func restrict(o order) error {
	now, err := addressSpace()
	if err != nil {
		return err
	}
	becomeNobody()
	if err := dieWithParent(o.parent); err != nil {
		return err
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("give up new privileges: %w", err)
	}
	for _, l := range []struct {
		what  int
		value uint64
	}{
		{unix.RLIMIT_CORE, 0},
		{unix.RLIMIT_FSIZE, 0},
		{unix.RLIMIT_NOFILE, maxFiles},
		{unix.RLIMIT_CPU, uint64(o.cpu)},
		{unix.RLIMIT_AS, now + uint64(o.memory)},
	} {
		if err := unix.Setrlimit(l.what, &unix.Rlimit{Cur: l.value, Max: l.value}); err != nil {
			return fmt.Errorf("set resource limit %d: %w", l.what, err)
		}
	}
	return nil
}

// becomeNobody gives up root. In a container whose user namespace holds root
// alone it cannot, and the other limits must do.
func becomeNobody() {
	if os.Geteuid() != 0 {
		return
	}
	_ = syscall.Setgroups(nil)
	_ = syscall.Setgid(nobody)
	_ = syscall.Setuid(nobody)
}

// dieWithParent renews the wish to be killed with the parent, which a change of
// user clears. It belongs to a thread, so the calling one is kept.
func dieWithParent(parent int) error {
	runtime.LockOSThread()
	if err := unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0); err != nil {
		return fmt.Errorf("tie child to its parent: %w", err)
	}
	if os.Getppid() != parent {
		return errors.New("tie child to its parent: the parent is gone")
	}
	return nil
}

// addressSpace is the size in bytes that the process has mapped so far. A Go
// program reserves about a gigabyte before main, so a limit must be set on top.
func addressSpace() (uint64, error) {
	b, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, fmt.Errorf("measure address space: %w", err)
	}
	pages, err := strconv.ParseUint(strings.Fields(string(b) + " 0")[0], 10, 40)
	if err != nil {
		return 0, fmt.Errorf("measure address space: %w", err)
	}
	return pages * uint64(os.Getpagesize()), nil
}

// disown has the program started as nobody when this process is root's. Where
// there is no other user, as in some containers, starting it would fail; the
// user of this process must then do.
func disown(cmd *exec.Cmd) {
	if os.Geteuid() != 0 || !hasNobody() {
		return
	}
	cmd.SysProcAttr.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
}

// hasNobody says whether this process's user namespace holds nobody.
func hasNobody() bool {
	b, err := os.ReadFile("/proc/self/uid_map")
	if err != nil {
		return false
	}
	for line := range strings.Lines(string(b)) {
		var inside, outside, count int64
		if n, _ := fmt.Sscan(line, &inside, &outside, &count); n == 3 && inside <= nobody && nobody < inside+count {
			return true
		}
	}
	return false
}

// limiter sets the limits of its first three arguments, in the units of ulimit,
// and becomes the program named after them. A shell does it because limits
// belong to a process and cannot be set from another one without privileges
// that root in a container lacks.
const limiter = `ulimit -c 0 && ulimit -f 0 && ulimit -n "$1" && ulimit -t "$2" && ulimit -v "$3" || exit 126; shift 3; exec "$@"`

// limited is the command that runs p within l.
func (p Program) limited(l Limits) (path string, args []string) {
	n := func(v int64) string { return strconv.FormatInt(v, 10) }
	return "/bin/sh", append([]string{"-c", limiter, "sh", n(maxFiles), n(seconds(l.CPU)), n(l.Memory >> 10), p.Path}, p.Args...)
}
