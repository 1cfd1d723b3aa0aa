package guardian

import (
	"errors"
	"io"
	"os"
	"slices"
	"strconv"
	"syscall"
	"time"
)

// marker is the first argument of a ward. It is no command of the program, so that nobody
// types it by accident.
const marker = "guarded-child"

// order is what the guardian tells the ward on its command line.
type order struct {
	parent int           // process id of the guardian
	start  int           // 0 is the first
	spent  time.Duration // since the first start
}

// before puts the order behind the name of the program.
func (o order) before(args []string) []string {
	return slices.Concat(args[:1], []string{marker, strconv.Itoa(o.parent), strconv.Itoa(o.start), o.spent.String()}, args[1:])
}

var errNoOrder = errors.New("read order of a guardian: not one")

func parseOrder(args []string) (o order, err error) {
	if len(args) < 5 {
		return o, errNoOrder
	}
	var errs [3]error
	o.parent, errs[0] = strconv.Atoi(args[2])
	o.start, errs[1] = strconv.Atoi(args[3])
	o.spent, errs[2] = time.ParseDuration(args[4])
	if errors.Join(errs[:]...) != nil || o.parent != os.Getppid() || o.start < 0 || o.spent < 0 {
		return o, errNoOrder
	}
	return o, nil
}

// channel is the file on which a ward tells its guardian what it does.
const channel = 3

// What a ward tells, a byte each.
const (
	begun  = 'b'
	judged = 'j'
	left   = 'l'
)

// Ward is the process that judges, as seen by itself. All methods of nil, which is a process
// without a guardian, do nothing.
type Ward struct {
	order
	to io.Writer
}

// Adopted says whether a process with these arguments has a guardian, and gives the arguments
// without what the guardian put before them. It is called once, before any other process is
// started.
func Adopted(args []string) (rest []string, w *Ward, err error) {
	if len(args) < 2 || args[1] != marker {
		return args, nil, nil
	}
	o, err := parseOrder(args)
	if err != nil {
		return nil, nil, err
	}
	syscall.CloseOnExec(channel) // its end is to be that of this process
	return slices.Concat(args[:1], args[5:]), &Ward{order: o, to: os.NewFile(channel, "guardian")}, nil
}

// Restarted says that a process before this one did not end by itself.
func (w *Ward) Restarted() bool { return w != nil && w.start > 0 }

// Spent is the time since the first of these processes was started.
func (w *Ward) Spent() time.Duration {
	if w == nil {
		return 0
	}
	return w.spent
}

// Begun tells that a claim is about to be judged.
func (w *Ward) Begun() { w.tell(begun) }

// Judged tells that a verdict was recorded.
func (w *Ward) Judged() { w.tell(judged) }

// Left tells that this process ends by itself. Whoever calls it ends it then.
func (w *Ward) Left() { w.tell(left) }

func (w *Ward) tell(what byte) {
	if w != nil {
		_, _ = w.to.Write([]byte{what}) // a guardian that is gone takes this process with it
	}
}

// news is what a guardian heard of its ward.
type news struct{ begun, judged, left bool }

// listen hears all that a ward tells.
func listen(from io.Reader) (n news) {
	some := make([]byte, 512)
	for {
		k, err := from.Read(some)
		for _, what := range some[:k] {
			n.begun = n.begun || what == begun
			n.judged = n.judged || what == judged
			n.left = n.left || what == left
		}
		if err != nil {
			return n
		}
	}
}
