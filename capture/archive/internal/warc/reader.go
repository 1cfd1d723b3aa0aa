package warc

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// ErrFormat says that bytes are not what a WARC file holds.
var ErrFormat = errors.New("not a WARC record")

// ErrARC says that the file is of the older ARC format, which is not read.
var ErrARC = errors.New("ARC file: not read here, convert it with `warcio recompress`")

// ErrCut says that the input ends inside a record.
var ErrCut = errors.New("the file ends inside a record")

// Record is one frame. Block is valid until the next call of Next.
type Record struct {
	Offset  int64  // of the record, or of the gzip member that holds it, in bytes of the file
	Inner   int64  // offset inside the decompressed member; 0 for plain files
	Skipped int64  // bytes of rubbish passed over before this record; blank lines do not count
	Version string // "1.0", "1.1"
	Header  Fields
	Length  int64     // bytes of the block
	Block   io.Reader // Length bytes, or fewer and ErrCut
}

// Type is the record's WARC-Type in lower case.
func (r *Record) Type() string { return strings.ToLower(r.Header.Get("WARC-Type")) }

// Reader reads records one after another from a plain or gzip-compressed
// stream. Not safe for concurrent use.
type Reader struct {
	file   *counter     // the file's own bytes
	cur    *counter     // where records are read from: file, or the open member
	gz     *gzip.Reader // kept for the next member
	inside *counter     // what gz gives
	member int64        // file offset of the open member
	block  *block
	form   form
}

// form is how the file is stored, decided by its first bytes.
type form int

const (
	unknown form = iota
	plain
	gzipped
)

// arcMagic begins the version block of every ARC file.
const arcMagic = "filedesc://"

// NewReader reads from r, whose first byte is a record's (or a member's).
func NewReader(r io.Reader) *Reader { return &Reader{file: newCounter(r, fileBuffer)} }

// fileBuffer is how much of the file is read at once.
const fileBuffer = 64 << 10

// Next gives the next record. io.EOF is the regular end. After any other error
// the reader may be asked again: it looks for the next record behind the
// damage, and gives io.EOF when there is none.
func (r *Reader) Next() (*Record, error) {
	if r.block != nil {
		told := r.block.told
		err := r.block.drain()
		r.block = nil
		if err != nil {
			r.leave()
		}
		if err != nil && !told {
			return nil, err
		}
	}
	skipped, err := r.findRecord()
	if err != nil {
		return nil, err
	}
	rec := &Record{Offset: r.file.n, Skipped: skipped}
	if r.form == gzipped {
		rec.Offset, rec.Inner = r.member, r.cur.n
	}
	if err := r.readHead(rec); err != nil {
		r.leave()
		return nil, err
	}
	return rec, nil
}

// leave gives up the open member, so that the search goes on behind it.
func (r *Reader) leave() { r.cur = nil }

func (r *Reader) readHead(rec *Record) error {
	line, err := r.cur.line(maxLine)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrFormat, asCut(err))
	}
	rec.Version = strings.TrimPrefix(strings.TrimSpace(string(line)), "WARC/")
	if rec.Header, err = readFields(r.cur); err != nil {
		return fmt.Errorf("%w: %w", ErrFormat, asCut(err))
	}
	rec.Length, err = strconv.ParseInt(rec.Header.Get("Content-Length"), 10, 64)
	if err != nil || rec.Length < 0 {
		return fmt.Errorf("%w: Content-Length %.20q", ErrFormat, rec.Header.Get("Content-Length"))
	}
	r.block = &block{r: r.cur, left: rec.Length}
	rec.Block = r.block
	return nil
}

// findRecord moves to the next version line. It returns how many bytes that
// are not blank lines were passed over.
func (r *Reader) findRecord() (skipped int64, err error) {
	for {
		if r.cur == nil {
			n, err := r.open()
			skipped += n
			if err != nil {
				return skipped, err
			}
		}
		n, err := seekVersion(r.cur)
		skipped += n
		switch {
		case err == nil:
			return skipped, nil
		case r.form == plain:
			return skipped, asCut(err)
		case err != io.EOF:
			r.leave()
			return skipped, asCut(err)
		}
		r.leave() // the member is finished; the next one follows
	}
}

// open finds the next gzip member, or takes the file as it is if it is plain.
func (r *Reader) open() (skipped int64, err error) {
	if r.form == unknown {
		head := r.file.peek(len(arcMagic))
		if string(head) == arcMagic {
			return 0, ErrARC
		}
		if r.form = plain; isGzip(head) {
			r.form = gzipped
		}
	}
	if r.form == plain {
		r.cur = r.file
		return 0, nil
	}
	if skipped, err = seekGzip(r.file); err != nil {
		return skipped, err
	}
	return skipped, r.openMember()
}

func (r *Reader) openMember() error {
	r.member = r.file.n
	if r.gz == nil {
		r.gz, r.inside = new(gzip.Reader), newCounter(nil, fileBuffer)
	}
	if err := r.gz.Reset(r.file); err != nil {
		return fmt.Errorf("%w: open gzip member: %w", ErrFormat, asCut(err))
	}
	r.gz.Multistream(false)
	r.inside.reset(r.gz)
	r.cur = r.inside
	if string(r.cur.peek(len(arcMagic))) == arcMagic {
		return ErrARC
	}
	return nil
}

func isGzip(b []byte) bool { return bytes.HasPrefix(b, []byte{0x1f, 0x8b, 8}) }

func asCut(err error) error {
	if err == io.ErrUnexpectedEOF || err == errCut {
		return ErrCut
	}
	return err
}
