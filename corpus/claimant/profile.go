package claimant

import (
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// Profile makes an empty directory for a browser and says who runs the browser: as
// root somebody without rights, to whom the directory then belongs, since the
// sandbox does not start as root; else nil, ourselves. The name says what it is for.
func Profile(name string) (dir string, as *syscall.Credential, err error) {
	dir, err = os.MkdirTemp("", "defacecheck-"+name+"-")
	if err != nil || os.Geteuid() != 0 {
		return dir, nil, err
	}
	if as, err = nobody(); err == nil {
		err = os.Chown(dir, int(as.Uid), int(as.Gid))
	}
	if err != nil {
		return "", nil, errors.Join(fmt.Errorf("make profile: %w", err), os.RemoveAll(dir))
	}
	return dir, as, nil
}

func nobody() (*syscall.Credential, error) {
	u, err := user.Lookup("nobody")
	if err != nil {
		return nil, err
	}
	uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
	gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, errors.Join(err1, err2)
}

// Environment is all that a browser gets to see of ours, with its home at dir.
func Environment(dir string) []string {
	return []string{"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=" + dir, "TMPDIR=" + dir, "LANG=C.UTF-8", "TZ=UTC"}
}

// removeTries and removePause bound the wait for a browser's helpers, which
// outlive it by a moment and may still write into its profile.
const (
	removeTries = 20
	removePause = 50 * time.Millisecond
)

// Remove deletes a profile.
func Remove(dir string) {
	for range removeTries {
		if os.RemoveAll(dir) == nil {
			return
		}
		time.Sleep(removePause)
	}
}

// subpixel is what tells FreeType's users, Chrome among them, that the screen's
// sub-pixels lie side by side, red first, and how to smooth letters for them.
const subpixel = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><match target="font">
<edit name="antialias" mode="assign"><bool>true</bool></edit>
<edit name="rgba" mode="assign"><const>rgb</const></edit>
<edit name="lcdfilter" mode="assign"><const>lcddefault</const></edit>
</match><match target="pattern"><edit name="rgba" mode="assign"><const>rgb</const></edit></match></fontconfig>
`

// smoothForSubpixels sets up the home at dir so that its browser smooths so.
func smoothForSubpixels(dir string) error {
	at := filepath.Join(dir, ".config", "fontconfig")
	if err := os.MkdirAll(at, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(at, "fonts.conf"), []byte(subpixel), 0o644)
}
