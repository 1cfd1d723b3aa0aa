package queue

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"sync"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/corpus/store"
)

const (
	// listLife is how long a host's list is believed. Claims of a batch are mostly
	// older; a capture that was made since is one among those after the claimed time.
	listLife = 6 * time.Hour
	// askingLife is how long the others wait for the one who asks.
	askingLife = 2 * time.Minute
	// fewest is from how many addresses of a host that wait on its whole list is
	// asked for. One address costs one look-up either way.
	fewest = 2
	// largestList bounds a list in memory, in bytes of JSON.
	largestList = 128 << 20
	// keptLists is how many lists a process keeps at hand; claims of a host often come
	// together.
	keptLists = 4
)

// Lists answers the look-ups of claims from lists of whole hosts, where several addresses
// of a host wait: the list is asked for once, kept in the corpus for all workers, and
// asked for again when it is old. Where an archive has no such lists, or one was cut or
// cannot tell, the archive is asked for the address itself.
type Lists struct {
	store *store.Store

	mu   sync.Mutex
	kept []shared // newest last
}

// shared is a list as it stands in the corpus.
type shared struct {
	archive, host string
	got           int64 // microseconds since 1970
	list          *archive.HostMap
}

// NewLists makes Lists.
func NewLists(s *store.Store) *Lists { return &Lists{store: s} }

// Of is the archive a with its TimeMaps from lists where there are.
func (l *Lists) Of(a archive.Archive) archive.Archive {
	if h, ok := a.(archive.HostLister); ok {
		return &listed{h, l}
	}
	return a
}

// listed is an archive whose lists are shared.
type listed struct {
	archive.HostLister
	lists *Lists
}

// TimeMap implements capture.Lister.
func (a *listed) TimeMap(ctx context.Context, address string, from, to time.Time) (capture.TimeMap, error) {
	list, err := a.lists.find(ctx, a.HostLister, address)
	if err != nil {
		return nil, err
	}
	if list != nil {
		if tm, ok := list.TimeMap(address, from, to); ok {
			return tm, nil
		}
	}
	return a.HostLister.TimeMap(ctx, address, from, to)
}

// find gives the list of the host of an address, and asks for it if that is worth it;
// nil where it is not.
func (l *Lists) find(ctx context.Context, a archive.HostLister, address string) (*archive.HostMap, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, nil
	}
	for {
		list, asked, err := l.stored(ctx, a.Name(), u.Host)
		if err != nil || list != nil {
			return list, err
		}
		if time.Since(time.UnixMicro(asked)) < askingLife { // somebody is asking
			if err := sleep(ctx, between); err != nil {
				return nil, err
			}
			continue
		}
		if worth, err := l.worth(ctx, u.Host); err != nil || !worth {
			return nil, err
		}
		if mine, err := l.reserve(ctx, a.Name(), u.Host, asked); err != nil || mine {
			if err != nil {
				return nil, err
			}
			return l.ask(ctx, a, u.Host)
		}
	}
}

// ask gets the list from the archive and keeps it. A list that cannot be had is kept
// as one that tells nothing; then addresses are asked for.
func (l *Lists) ask(ctx context.Context, a archive.HostLister, host string) (*archive.HostMap, error) {
	list, err := a.HostMap(ctx, host)
	switch {
	case err != nil && (ctx.Err() != nil || errors.Is(err, capture.ErrRateLimited)):
		return nil, errors.Join(err, l.keep(context.WithoutCancel(ctx), a.Name(), host, nil))
	case err != nil:
		list = &archive.HostMap{Archive: a.Name(), Host: host}
	}
	return list, l.keep(ctx, a.Name(), host, list)
}

// worth says whether enough addresses of the host wait.
func (l *Lists) worth(ctx context.Context, host string) (bool, error) {
	var n int
	err := l.store.Do(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT DISTINCT c.url FROM queue_tasks t
			JOIN claims c ON c.id = t.claim WHERE t.host = $1 LIMIT $2) AS addresses`, []byte(host), fewest).Scan(&n)
	})
	return n >= fewest, err
}

// reserve notes that this worker asks, unless another began to since.
func (l *Lists) reserve(ctx context.Context, name, host string, asked int64) (mine bool, err error) {
	err = l.store.Do(ctx, func(tx *sql.Tx) error {
		r, err := tx.ExecContext(ctx, `INSERT INTO queue_lists (archive, host, asked, got, list) VALUES ($1, $2, $3, 0, $4)
			ON CONFLICT (archive, host) DO UPDATE SET asked = excluded.asked WHERE queue_lists.asked = $5`,
			[]byte(name), []byte(host), time.Now().UnixMicro(), []byte{}, asked)
		if err != nil {
			return err
		}
		n, err := r.RowsAffected()
		mine = n > 0
		return err
	})
	return mine, err
}

// keep keeps a list; nil gives up asking for it.
func (l *Lists) keep(ctx context.Context, name, host string, list *archive.HostMap) error {
	var packed bytes.Buffer
	got := int64(0)
	if list != nil {
		got = time.Now().UnixMicro()
		z := gzip.NewWriter(&packed)
		if err := errors.Join(json.NewEncoder(z).Encode(list), z.Close()); err != nil {
			return fmt.Errorf("keep list of %s: %w", host, err)
		}
	}
	err := l.store.Do(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE queue_lists SET asked = 0, got = $3, list = $4 WHERE archive = $1 AND host = $2",
			[]byte(name), []byte(host), got, append([]byte{}, packed.Bytes()...))
		return err
	})
	if err == nil && list != nil {
		l.remember(shared{name, host, got, list})
	}
	return err
}

// stored gives the list if there is one that is still believed, and else when
// somebody set out to ask for it.
func (l *Lists) stored(ctx context.Context, name, host string) (list *archive.HostMap, asked int64, err error) {
	var got int64
	var packed []byte
	err = l.store.Do(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, "SELECT asked, got FROM queue_lists WHERE archive = $1 AND host = $2",
			[]byte(name), []byte(host)).Scan(&asked, &got)
		if errors.Is(err, sql.ErrNoRows) || err == nil && time.Since(time.UnixMicro(got)) > listLife {
			got = 0
			return nil
		}
		if list = l.remembered(name, host, got); err != nil || list != nil {
			return err
		}
		return tx.QueryRowContext(ctx, "SELECT list FROM queue_lists WHERE archive = $1 AND host = $2",
			[]byte(name), []byte(host)).Scan(&packed)
	})
	if err != nil || got == 0 || list != nil {
		return list, asked, err
	}
	if list, err = unpack(packed); err != nil {
		return nil, 0, fmt.Errorf("read list of %s: %w", host, err)
	}
	l.remember(shared{name, host, got, list})
	return list, 0, nil
}

func unpack(packed []byte) (*archive.HostMap, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	list := &archive.HostMap{}
	return list, json.NewDecoder(io.LimitReader(z, largestList)).Decode(list)
}

func (l *Lists) remembered(name, host string, got int64) *archive.HostMap {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, s := range l.kept {
		if s.archive == name && s.host == host && s.got == got {
			return s.list
		}
	}
	return nil
}

func (l *Lists) remember(s shared) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.kept = append(l.kept[max(0, len(l.kept)+1-keptLists):], s)
}

// sleep waits, unless ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
