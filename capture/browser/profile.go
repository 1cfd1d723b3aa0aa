package browser

import (
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	profilePrefix = "defacecheck-chrome-"
	servant       = "nobody" // who runs the browser when we are root
	staleAge      = time.Minute
)

// unprivileged returns the user that the browser runs as: nil, ourselves,
// unless we are root. Chrome's sandbox does not start as root, and leaving it
// off is not ours to decide.
func unprivileged(cfg Config) (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup(servant)
	if err != nil {
		return nil, fmt.Errorf("find the user to run the browser as: %w", err)
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("read user id of %s: %w", servant, err)
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("read group id of %s: %w", servant, err)
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}

// makeProfile makes an empty profile and a lock file beside it that stays
// locked as long as the profile is in use.
func makeProfile(temp string, cred *syscall.Credential) (dir string, lock *os.File, err error) {
	if temp == "" {
		temp = os.TempDir()
	}
	clearStale(temp)
	if dir, err = os.MkdirTemp(temp, profilePrefix); err != nil {
		return "", nil, fmt.Errorf("make profile: %w", err)
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(dir)
		}
	}()
	if err = os.Mkdir(filepath.Join(dir, "tmp"), 0o700); err != nil {
		return "", nil, fmt.Errorf("make profile: %w", err)
	}
	if lock, err = os.Open(dir); err != nil {
		return "", nil, fmt.Errorf("lock profile: %w", err)
	}
	if err = syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = lock.Close()
		return "", nil, fmt.Errorf("lock profile %s: %w", dir, err)
	}
	if cred == nil {
		return dir, lock, nil
	}
	for _, d := range []string{filepath.Join(dir, "tmp"), dir} {
		if err = os.Chown(d, int(cred.Uid), int(cred.Gid)); err != nil {
			_ = lock.Close()
			return "", nil, fmt.Errorf("give profile to %s: %w", servant, err)
		}
	}
	return dir, lock, nil
}

// clearStale removes profiles whose owner is gone: those left when a machine
// lost its power, or when somebody killed keeper and browser together. A
// profile in use is locked by the process that made it.
func clearStale(temp string) {
	entries, err := os.ReadDir(temp)
	if err != nil {
		return
	}
	for _, e := range entries {
		if !e.IsDir() || !strings.HasPrefix(e.Name(), profilePrefix) {
			continue
		}
		// A young profile may belong to a process that is about to lock it.
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > staleAge {
			removeUnlocked(filepath.Join(temp, e.Name()))
		}
	}
}

func removeUnlocked(dir string) {
	f, err := os.Open(dir)
	if err != nil {
		return
	}
	defer f.Close()
	if syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil {
		_ = os.RemoveAll(dir)
	}
}
