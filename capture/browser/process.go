package browser

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"
)

// keeper is the program that owns the browser's process: it starts the
// browser, lets go of the pipes, waits, and removes the profile. It outlives a
// killed parent: Chrome leaves when its command pipe ends (the parent's death
// closes it), and if it does not leave within five seconds, the keeper kills
// it. $1 is the profile, fd 5 a pipe that ends with the parent.
const keeper = `
profile=$1; shift
"$@" 5<&- &
pid=$!
exec 3<&- 4>&-
( exec 1>&- 2>&-; read -r _ <&5; n=0
  while kill -0 $pid && [ $n -lt 50 ]; do n=$((n+1)); sleep 0.1; done
  kill -9 $pid ) 2>/dev/null &
watch=$!
exec 5<&-
wait $pid
status=$?
kill -9 $watch 2>/dev/null
n=0
while [ -e "$profile" ] && [ $n -lt 50 ]; do
  rm -rf "$profile" 2>/dev/null || sleep 0.1
  n=$((n+1))
done
exit $status
`

// process is a running browser and its pipes.
type process struct {
	cmd     *exec.Cmd
	profile string
	lock    *os.File // held for the profile's life; see clearStale
	in      *os.File // commands to the browser
	out     *os.File // its answers
	life    *os.File // write end of the keeper's pipe
	said    *tail
	exited  chan struct{} // closed after Wait
	err     error         // of Wait; valid after exited
}

// spawn starts the browser under its keeper.
func spawn(cfg Config, inst Installation) (*process, error) {
	cred, err := unprivileged(cfg)
	if err != nil {
		return nil, err
	}
	p := &process{said: &tail{max: 16 << 10}, exited: make(chan struct{})}
	if p.profile, p.lock, err = makeProfile(cfg.TempDir, cred); err != nil {
		return nil, err
	}
	if err := p.start(cfg, inst, cred); err != nil {
		p.release()
		return nil, fmt.Errorf("start %s: %w", inst.Path, err)
	}
	go func() {
		p.err = p.cmd.Wait()
		p.release()
		close(p.exited)
	}()
	return p, nil
}

func (p *process) start(cfg Config, inst Installation, cred *syscall.Credential) error {
	childIn, in, err := os.Pipe()
	if err != nil {
		return err
	}
	defer childIn.Close()
	p.in = in
	out, childOut, err := os.Pipe()
	if err != nil {
		return err
	}
	defer childOut.Close()
	p.out = out
	childLife, life, err := os.Pipe()
	if err != nil {
		return err
	}
	defer childLife.Close()
	p.life = life

	args := []string{"-c", keeper, "keeper", p.profile, inst.Path}
	p.cmd = exec.Command("/bin/sh", append(args, switches(cfg, inst, p.profile)...)...)
	p.cmd.ExtraFiles = []*os.File{childIn, childOut, childLife}
	p.cmd.Env = environment(p.profile)
	p.cmd.Dir = "/"
	p.cmd.Stdout, p.cmd.Stderr = p.said, p.said
	p.cmd.WaitDelay = 2 * time.Second
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Credential: cred}
	return p.cmd.Start()
}

// environment is all that Chrome gets of ours: every temporary file lands in
// the profile, and no secret of the caller's environment reaches it.
func environment(profile string) []string {
	return []string{
		"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=" + profile, "TMPDIR=" + profile + "/tmp",
		"XDG_CONFIG_HOME=" + profile, "XDG_CACHE_HOME=" + profile, "XDG_RUNTIME_DIR=" + profile,
		"LANG=C.UTF-8", "TZ=UTC", "DBUS_SESSION_BUS_ADDRESS=disabled:",
	}
}

// wait waits for the process to end by itself.
func (p *process) wait(ctx context.Context) error {
	select {
	case <-p.exited:
		return p.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// kill ends the browser and everything it started. The keeper, the leader of
// the session, survives long enough to remove the profile.
func (p *process) kill() {
	p.closePipes()
	select {
	case <-p.exited:
		return
	case <-time.After(time.Second):
	}
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
	<-p.exited
}

func (p *process) closePipes() {
	for _, f := range []*os.File{p.in, p.out, p.life} {
		if f != nil {
			_ = f.Close()
		}
	}
}

// release frees what the process held. It runs after the process ended, or
// when it never started, and repeats the keeper's work in case it was killed.
func (p *process) release() {
	p.closePipes()
	for range 20 {
		if os.RemoveAll(p.profile) == nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if p.lock != nil {
		_ = p.lock.Close()
	}
}

// complaint returns the browser's own last words: why it does not start, or ended.
func (p *process) complaint() string {
	var lines []string
	for line := range strings.Lines(p.said.String()) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) > 3 {
		lines = lines[len(lines)-3:]
	}
	return strings.Join(lines, " / ")
}

// ending tells how a process that has exited came to its end: its status, as
// its keeper passed it on, and its last words.
func (p *process) ending() string {
	status := "exit status 0"
	if p.err != nil {
		status = p.err.Error()
	}
	if said := p.complaint(); said != "" {
		status += "; it said: " + said
	}
	return status
}

// tail keeps the last max bytes written to it.
type tail struct {
	mu  sync.Mutex
	buf []byte
	max int
}

var _ io.Writer = (*tail)(nil)

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.buf = append(t.buf, b...)
	if over := len(t.buf) - t.max; over > 0 {
		t.buf = append(t.buf[:0], t.buf[over:]...)
	}
	return len(b), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.buf)
}
