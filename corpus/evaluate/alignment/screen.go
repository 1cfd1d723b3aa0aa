package alignment

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// screen is a virtual display that real windows of browsers are shown on: Xvfb,
// which keeps what it shows in a file.
type screen struct {
	name  string // for DISPLAY
	file  string
	close func()
}

// ErrNoScreen says that real windows cannot be shown.
var ErrNoScreen = errors.New("no Xvfb here")

const screenTime = 20 * time.Second // to open, on a busy machine

// onScreen opens a screen of this size, in pixels, for as long as do takes.
func onScreen(ctx context.Context, size image.Point, do func(*screen) error) error {
	dir, err := os.MkdirTemp("", "defacecheck-screen-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	s, err := openScreen(ctx, size, dir)
	if err != nil {
		return err
	}
	defer s.close()
	return do(s)
}

func openScreen(ctx context.Context, size image.Point, dir string) (*screen, error) {
	path, err := exec.LookPath("Xvfb")
	if err != nil {
		return nil, ErrNoScreen
	}
	told, tell, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer told.Close()
	c := exec.CommandContext(ctx, path, "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", size.X, size.Y), "-nolisten", "tcp", "-fbdir", dir)
	c.ExtraFiles = []*os.File{tell}
	c.Env = []string{"PATH=/usr/local/bin:/usr/bin:/bin"}
	c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	c.Cancel = func() error { return c.Process.Signal(syscall.SIGTERM) } // it removes its lock then
	c.WaitDelay = 5 * time.Second
	err = c.Start()
	_ = tell.Close()
	if err != nil {
		return nil, fmt.Errorf("open screen: %w", err)
	}
	end := func() { _ = c.Cancel(); _ = c.Wait() }
	_ = told.SetReadDeadline(time.Now().Add(screenTime))
	line, err := bufio.NewReader(io.LimitReader(told, 16)).ReadString('\n')
	number, bad := strconv.Atoi(strings.TrimSpace(line))
	if err = errors.Join(err, bad); err != nil {
		end()
		return nil, fmt.Errorf("open screen: %w", err)
	}
	return &screen{name: fmt.Sprintf(":%d", number), file: filepath.Join(dir, "Xvfb_screen0"), close: end}, nil
}

// patience says when a screen is taken to stand still.
type patience struct {
	every              time.Duration
	alike, least, most int // looks that must be alike, that are taken at least, and after which what moves is taken as it is
}

var (
	// slowly is for a browser that says nothing: its window is drawn long before its page on
	// a busy machine.
	slowly = patience{time.Second, 6, 15, 60}
	// soon is for a page that has said that it is ready.
	soon = patience{300 * time.Millisecond, 3, 4, 20}
)

// steady waits until what the screen shows stands still and is not one colour.
func (s *screen) steady(ctx context.Context, p patience) (*image.RGBA, error) {
	var last []byte
	alike := 0
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("look at the screen: %w", ctx.Err())
		case <-time.After(p.every):
		}
		data, err := os.ReadFile(s.file)
		if err != nil {
			return nil, fmt.Errorf("look at the screen: %w", err)
		}
		if alike++; !bytes.Equal(data, last) {
			alike, last = 0, data
		}
		if (alike < p.alike || n < p.least) && n < p.most {
			continue
		}
		img, err := readXWD(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		if !plain(img) {
			return img, nil
		}
	}
}

func plain(img *image.RGBA) bool {
	for i := range img.Pix {
		if img.Pix[i] != img.Pix[i%4] {
			return false
		}
	}
	return true
}

var errXWD = errors.New("not a true-colour XWD file as Xvfb writes it")

const (
	xwdWords   = 25      // of the header
	xwdColour  = 12      // bytes of an entry of the colour map
	maxScreen  = 1 << 13 // px of a side
	maxXWDHead = 1 << 16
	maxColours = 1 << 16
)

// readXWD reads what Xvfb keeps in its file: version 7 of the X window dump,
// 32 bits a pixel (XWDFile.h of X11's xorgproto).
func readXWD(r io.Reader) (*image.RGBA, error) {
	var h [xwdWords]uint32
	if err := binary.Read(r, binary.BigEndian, &h); err != nil {
		return nil, fmt.Errorf("read screen: %w", err)
	}
	size, version, format, width, height, lsbFirst := h[0], h[1], h[2], h[4], h[5], h[7] == 0
	bits, stride, colours := h[11], h[12], h[19]
	if version != 7 || format != 2 || bits != 32 || !lsbFirst || width > maxScreen || height > maxScreen || stride != 4*width ||
		size < 4*xwdWords || size > maxXWDHead || colours > maxColours {
		return nil, fmt.Errorf("read screen: %w", errXWD)
	}
	if _, err := io.CopyN(io.Discard, r, int64(size-4*xwdWords)+int64(colours)*xwdColour); err != nil {
		return nil, fmt.Errorf("read screen: %w", err)
	}
	img := image.NewRGBA(image.Rect(0, 0, int(width), int(height)))
	if _, err := io.ReadFull(r, img.Pix); err != nil {
		return nil, fmt.Errorf("read screen: %w", err)
	}
	for i := 0; i < len(img.Pix); i += 4 {
		p := img.Pix[i : i+4]
		p[0], p[2], p[3] = p[2], p[0], 255 // blue is first
	}
	return img, nil
}
