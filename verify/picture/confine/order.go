package confine

import (
	"errors"
	"strconv"
	"time"
)

// marker is the first argument of a child. It is no command of the program, so
// that nobody types it by accident.
const marker = "confined-child"

// magic opens the output of a child that is ours: without it, what another
// program printed could be taken for a result.
const magic = "dfc1"

// failed is the exit code of a child whose job returned an error, which then
// stands on its standard error as JSON.
const failed = 9

// order is what the parent tells the child on its command line.
type order struct {
	job    string
	memory int64 // bytes beyond the start
	cpu    int64 // seconds
	input  int64 // bytes on standard input
	parent int   // process id of the parent
}

func (o order) args() []string {
	n := func(v int64) string { return strconv.FormatInt(v, 10) }
	return []string{marker, o.job, n(o.memory), n(o.cpu), n(o.input), n(int64(o.parent))}
}

func isOrder(args []string) bool { return len(args) > 1 && args[1] == marker }

func parseOrder(args []string) (order, error) {
	if len(args) != 7 {
		return order{}, errors.New("read child order: wrong number of arguments")
	}
	var v [4]int64
	for i := range v {
		n, err := strconv.ParseInt(args[3+i], 10, 62)
		if err != nil || n < 0 {
			return order{}, errors.New("read child order: not a number: " + strconv.Quote(args[3+i]))
		}
		v[i] = n
	}
	return order{job: args[2], memory: v[0], cpu: v[1], input: v[2], parent: int(v[3])}, nil
}

// seconds rounds up, because a limit of zero seconds would kill at once.
func seconds(d time.Duration) int64 { return int64((d + time.Second - 1) / time.Second) }
