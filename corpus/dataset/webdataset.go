package dataset

import (
	"archive/tar"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/corpus/rows"
)

const (
	// shardClaims and shardBytes bound a shard: about what loaders of WebDataset like.
	shardClaims = 10_000
	shardBytes  = 512 << 20
)

// shards writes train-000000.tar and so on, in which each claim is a picture and an
// entry of the same name, as the WebDataset library reads it.
type shards struct {
	dir  string
	open map[rows.Split]*shard
	n    map[rows.Split]int
	done []File
}

type shard struct {
	*output
	tar *tar.Writer
}

func (s *shards) add(e *Entry) error {
	if sh := s.open[e.Split]; sh != nil && (sh.file.Claims >= shardClaims || sh.file.Bytes >= shardBytes) {
		if err := s.end(e.Split); err != nil {
			return err
		}
	}
	if s.open[e.Split] == nil {
		if err := s.begin(e.Split); err != nil {
			return err
		}
	}
	sh := s.open[e.Split]
	sh.file.Claims++
	data, err := json.Marshal(e)
	if err != nil {
		return err
	}
	if e.image != nil {
		if err := sh.write(e.ID+"."+e.extension(), e.image); err != nil {
			return err
		}
	}
	return sh.write(e.ID+".json", data)
}

func (s *shards) begin(split rows.Split) error {
	if s.open == nil {
		s.open, s.n = map[rows.Split]*shard{}, map[rows.Split]int{}
	}
	o, err := create(s.dir, fmt.Sprintf("%s-%06d.tar", split, s.n[split]), split)
	if err != nil {
		return err
	}
	s.n[split]++
	s.open[split] = &shard{output: o, tar: tar.NewWriter(o)}
	return nil
}

// write adds a file whose head says nothing of this machine.
func (sh *shard) write(name string, data []byte) error {
	err := sh.tar.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Mode: 0o644, Size: int64(len(data)), ModTime: time.Unix(0, 0)})
	if err == nil {
		_, err = sh.tar.Write(data)
	}
	return err
}

func (s *shards) end(split rows.Split) error {
	sh := s.open[split]
	delete(s.open, split)
	err := errors.Join(sh.tar.Close(), sh.output.close())
	s.done = append(s.done, sh.file)
	return err
}

func (s *shards) close() ([]File, error) {
	var errs []error
	for _, split := range []rows.Split{rows.Train, rows.Test} {
		if s.open[split] != nil {
			errs = append(errs, s.end(split))
		}
	}
	return s.done, errors.Join(errs...)
}

// readShard reads what shards wrote: files of one name up to its first dot are a claim.
func readShard(f io.Reader, give func(*Entry) error) error {
	r := tar.NewReader(f)
	var image []byte
	key := ""
	for {
		h, err := r.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		name, end, _ := strings.Cut(h.Name, ".")
		if h.Typeflag != tar.TypeReg || h.Size > MaxEntry {
			return fmt.Errorf("%w: %.100q is no file of a claim, or has more than %d bytes", ErrNotDataset, h.Name, MaxEntry)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		if name != key {
			key, image = name, nil
		}
		if end != "json" {
			image = data
			continue
		}
		e, err := parseEntry(data)
		if err != nil {
			return fmt.Errorf("%.100q: %w", h.Name, err)
		}
		e.image = image
		if err := give(e); err != nil {
			return err
		}
	}
}
