// Package pgtest starts throw-away PostgreSQL servers for tests, from the programs of
// Debian's package. Nothing of another server on the machine is touched: each has a
// directory and a Unix socket of its own, and ends with its test, even when the test
// is killed.
package pgtest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Password is that of the server's only user, User. Tests look for it in messages.
const (
	User     = "keeper"
	Password = "pw-9f3c-of-the-server"
)

// Server is a running server, or one that was stopped.
type Server struct {
	bin   string // directory of the programs
	dir   string // of data and socket
	ended chan struct{}
	hold  io.WriteCloser // the server lives as long as this is open
	made  atomic.Int64
}

// Start starts an empty server for the time of t. Where there is no PostgreSQL it
// skips t and says so.
func Start(t testing.TB) *Server {
	t.Helper()
	bin := programs()
	if bin == "" {
		t.Skip("skipped: no PostgreSQL here (Debian's package postgresql has it)")
	}
	// A socket's path has room for 107 bytes, which test names overrun.
	dir, err := os.MkdirTemp("", "pg")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	s := &Server{bin: bin, dir: dir}
	if err := s.begin(); err != nil {
		t.Fatal(err)
	}
	s.Resume(t)
	t.Cleanup(func() { s.Stop(t) })
	return s
}

// programs is the directory of the newest PostgreSQL, "" where there is none.
func programs() string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if path, err := exec.LookPath("initdb"); err == nil {
		found = append(found, path)
	}
	// By length first: 9.6 before 15.
	slices.SortFunc(found, func(a, b string) int { return cmp.Or(len(a)-len(b), cmp.Compare(a, b)) })
	for _, path := range slices.Backward(found) {
		if path, err := filepath.EvalSymlinks(path); err == nil && filepath.Base(path) == "initdb" {
			return filepath.Dir(path)
		}
	}
	return ""
}

// begin makes the server's directory.
func (s *Server) begin() error {
	pass := filepath.Join(s.dir, "pass")
	if err := os.WriteFile(pass, []byte(Password), 0o644); err != nil {
		return err
	}
	if err := giveAway(s.dir); err != nil {
		return err
	}
	cmd := exec.Command(filepath.Join(s.bin, "initdb"), "-D", filepath.Join(s.dir, "data"), "-U", User, "--pwfile", pass,
		"--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
	cmd.Dir = s.dir
	unprivileged(cmd)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	return nil
}

// Resume starts the server again after Stop.
func (s *Server) Resume(t testing.TB) {
	t.Helper()
	// The shell ends the server when its input ends, which happens however the test
	// does.
	cmd := exec.Command("sh", "-c", `"$@" </dev/null & read nothing; kill -QUIT $!; wait $!`, "sh",
		filepath.Join(s.bin, "postgres"), "-D", filepath.Join(s.dir, "data"), "-k", s.dir, "-c", "listen_addresses=",
		"-c", "fsync=off", "-c", "shared_buffers=16MB", "-c", "max_connections=100")
	cmd.Dir = s.dir
	unprivileged(cmd)
	log, err := os.Create(filepath.Join(s.dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	cmd.Stdout, cmd.Stderr = log, log
	if s.hold, err = cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	s.ended = ended
	go func() {
		_ = cmd.Wait() // a server that was ended says so by failing
		close(ended)
	}()
	for end := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		if err := s.exec("postgres", "SELECT 1"); err == nil {
			return
		} else if time.Now().After(end) {
			said, _ := os.ReadFile(log.Name())
			t.Fatalf("the server does not start: %v: %s", err, said)
		}
	}
}

// Stop ends the server at once, as a crash does; what was committed stays. Stopping
// it twice is stopping it once.
func (s *Server) Stop(t testing.TB) {
	t.Helper()
	_ = s.hold.Close()
	<-s.ended
}

// Database makes an empty database and returns its address.
func (s *Server) Database(t testing.TB) string {
	t.Helper()

	name := fmt.Sprintf("test_%d", s.made.Add(1))
	s.Exec(t, "postgres", "CREATE DATABASE "+name)
	return s.Address(name)
}

// Address is that of a database, with user and password.
func (s *Server) Address(database string) string {
	u := url.URL{Scheme: "postgres", User: url.UserPassword(User, Password), Path: "/" + database,
		RawQuery: url.Values{"host": {s.dir}}.Encode()}
	return u.String()
}

// Exec runs statements in a database.
func (s *Server) Exec(t testing.TB, database, statements string) {
	t.Helper()
	if err := s.exec(database, statements); err != nil {
		t.Fatalf("run %s: %v", statements, err)
	}
}

func (s *Server) exec(database, statements string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.Address(database))
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, statements)
	return errors.Join(err, conn.Close(ctx))
}
