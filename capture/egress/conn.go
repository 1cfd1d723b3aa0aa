package egress

import (
	"errors"
	"io"
	"net"
	"sync"
	"time"
)

// conn is a connection to a server: it books what passes, cuts itself at the
// session's bound of bytes, and ends when nothing moves for too long.
type conn struct {
	net.Conn
	entry *entry
	idle  time.Duration
	once  sync.Once
	gone  func() // called once, on Close
}

// Read books after it has read, and hands on only what is within the bound.
func (c *conn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if n > 0 {
		c.touch()
	}
	if within := c.entry.spend(n, false); within < n {
		return within, c.cut()
	}
	return n, c.note(err)
}

// Write books before it writes: bytes beyond the bound do not leave.
func (c *conn) Write(p []byte) (int, error) {
	within := c.entry.spend(len(p), true)
	c.touch()
	n, err := c.Conn.Write(p[:within])
	if err == nil && within < len(p) {
		return n, c.cut()
	}
	return n, c.note(err)
}

// cut ends the connection because the session has had its share.
func (c *conn) cut() error {
	err := c.entry.l.tooMuch()
	c.entry.fail(err)
	c.Close()
	return err
}

// note records a connection that broke before the server had said anything.
// Later ends are in the nature of connections: kept-alive ones idle out.
func (c *conn) note(err error) error {
	if err == nil || errors.Is(err, io.EOF) || errors.Is(err, net.ErrClosed) {
		return err
	}
	err = classify(err)
	if c.entry.silent() {
		c.entry.fail(err)
	}
	return err
}

// touch puts the idle end off.
func (c *conn) touch() { c.Conn.SetDeadline(time.Now().Add(c.idle)) }

// CloseWrite passes the end of one direction on.
func (c *conn) CloseWrite() error { return closeWrite(c.Conn) }

func (c *conn) Close() error {
	c.once.Do(c.gone)
	return c.Conn.Close()
}
