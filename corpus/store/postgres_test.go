package store_test

import (
	"context"
	"database/sql"
	"errors"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/corpus/store/storetest"
	"github.com/defacecheck/defacecheck/corpus/store/storetest/pgtest"
)

// TestPostgreSQL has one server for all that does not end it.
func TestPostgreSQL(t *testing.T) {
	t.Parallel()
	server := pgtest.Start(t)
	for name, test := range map[string]func(*testing.T, *pgtest.Server){
		"the suite is passed":                                        passesTheSuite,
		"what cannot be used is named":                               namesWhatItCannotUse,
		"a schema that was made for a user becomes a corpus":         takesAnEmptySchema,
		"a corpus without edits learns which messages it has":        func(t *testing.T, s *pgtest.Server) { namesItsMessages(t, s.Database(t)) },
		"a full disk is named and nothing half is kept":              namesAFullDisk,
		"a table that another program holds is waited for and named": waitsForATable,
		"many who open a new database at once make one corpus":       manyOpenAtOnce,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, server)
		})
	}
}

func passesTheSuite(t *testing.T, server *pgtest.Server) {
	storetest.Run(t, func(t *testing.T) func() (storetest.Corpus, error) {
		address := server.Database(t)
		return func() (storetest.Corpus, error) {
			s, err := store.Open(t.Context(), address)
			if err != nil {
				return nil, err
			}
			return s, nil
		}
	})
}

// isKind wants a kind of failure, and no password in what is said of it.
func isKind(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%v; want %v", err, want)
	}
	if err != nil && (strings.Contains(err.Error(), pgtest.Password) || strings.Contains(err.Error(), "s3cret")) {
		t.Errorf("the message has the password: %v", err)
	}
}

func namesWhatItCannotUse(t *testing.T, server *pgtest.Server) {
	database := func(statements string) string {
		address := server.Database(t)
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		server.Exec(t, strings.Trim(u.Path, "/"), statements)
		return address
	}
	corpusWith := func(statements string) string {
		address := server.Database(t)
		opened(t, address)
		u, _ := url.Parse(address)
		server.Exec(t, strings.Trim(u.Path, "/"), statements)
		return address
	}
	as := func(user, address string) string {
		u, _ := url.Parse(address)
		u.User = url.UserPassword(user, "s3cret")
		return u.String()
	}
	server.Exec(t, "postgres", "CREATE ROLE guest LOGIN PASSWORD 's3cret'")
	server.Exec(t, "postgres", "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
	for name, c := range map[string]struct {
		address string
		want    error
	}{
		"another program's schema":  {database("CREATE SCHEMA defacecheck; CREATE TABLE defacecheck.claims (id int)"), store.ErrForeign},
		"another's list":            {database("CREATE SCHEMA defacecheck; CREATE TABLE defacecheck.migrations (version int)"), store.ErrForeign},
		"a newer schema":            {corpusWith("INSERT INTO defacecheck.migrations VALUES (9999, 'later')"), store.ErrNewer},
		"no such database":          {server.Address("nowhere"), store.ErrMissing},
		"another encoding":          {server.Address("latin"), store.ErrLetters},
		"an unknown user":           {as("nobody", server.Address("postgres")), store.ErrDenied},
		"a wrong password":          {as(pgtest.User, server.Address("postgres")), store.ErrDenied},
		"no permission":             {as("guest", server.Database(t)), store.ErrReadOnly},
		"no permission to write":    {as("guest", corpusWith("GRANT USAGE ON SCHEMA defacecheck TO guest; GRANT SELECT ON ALL TABLES IN SCHEMA defacecheck TO guest")), store.ErrReadOnly},
		"a server that only copies": {database("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$"), store.ErrReadOnly},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := store.Open(t.Context(), c.address)
			isKind(t, err, c.want)
			if s != nil {
				t.Error("and yet there is a store")
			}
		})
	}
}

func takesAnEmptySchema(t *testing.T, server *pgtest.Server) {
	address := server.Database(t)
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	name := strings.Trim(u.Path, "/")
	server.Exec(t, name, `CREATE ROLE analyst LOGIN PASSWORD 's3cret'; CREATE SCHEMA defacecheck AUTHORIZATION analyst;
		CREATE TABLE claims (another text); INSERT INTO claims VALUES ('program')`)
	u.User = url.UserPassword("analyst", "s3cret")
	for range 2 { // made, and opened again
		s, err := store.Open(t.Context(), u.String())
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Record(t.Context(), storetest.Result(1)); err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	server.Exec(t, name, "DO $$ BEGIN ASSERT (SELECT count(*) FROM public.claims) = 1; ASSERT (SELECT count(*) FROM defacecheck.claims) = 1; END $$")
}

func TestAnAddressThatIsNoneIsRefusedWithoutItsPassword(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"mysql://me:s3cret@host/db", "postgre://me:s3cret@host/db", "postgres://me:s3cret@host:notaport/db",
		"postgres://me:s3cret@host:99999/db", "postgres://me:s3cret%zz@host/db", "postgres://me:s3cret@ho st/db", "postgres://me:s3cret@[::1/db",
		"postgres://host/db?password=s3cret&sslmode=s3cret", "postgres://me:s3cret@host/db?connect_timeout=s3cret",
		"postgres://me:s3cret@host/db?sslmode=nonsense",
	} {
		s, err := store.Open(t.Context(), address)
		isKind(t, err, store.ErrAddress)
		if s != nil {
			t.Errorf("%s: and yet there is a store", address)
		}
	}
}

func TestAServerThatDoesNotAnswerIsNamed(t *testing.T) {
	t.Parallel()
	silent, err := net.Listen("tcp", "127.0.0.1:0") // takes the call and says nothing
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	for _, host := range []string{closed.Addr().String(), silent.Addr().String()} {
		_, err := store.OpenWaiting(t.Context(), "postgres://me:s3cret@"+host+"/db?sslmode=disable", 300*time.Millisecond)
		isKind(t, err, store.ErrGone)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err = store.OpenWaiting(ctx, "postgres://me:s3cret@"+silent.Addr().String()+"/db?sslmode=disable", time.Hour)
	isKind(t, err, context.DeadlineExceeded)
}

func TestAServerThatGoesAwayMidwayLosesNothingThatWasRecorded(t *testing.T) {
	t.Parallel()
	server := pgtest.Start(t)
	s := opened(t, server.Database(t))
	told := 0
	stop := time.AfterFunc(500*time.Millisecond, func() { server.Stop(t) })
	defer stop.Stop()
	for {
		if _, err := s.Add(t.Context(), storetest.Item(uint64(2*told)), storetest.Item(uint64(2*told+1))); err != nil {
			isKind(t, err, store.ErrGone)
			break
		}
		told++
	}
	_, err := s.Holdings(t.Context())
	isKind(t, err, store.ErrGone)
	for _, err := range s.Records(t.Context(), store.Filter{}) {
		isKind(t, err, store.ErrGone)
	}
	server.Stop(t) // until it has ended
	server.Resume(t)
	h, err := s.Holdings(t.Context()) // the same handle is good for more
	if err != nil || h.Claims != h.Postings || h.Claims != h.Files || h.Claims%2 != 0 || h.Claims < 2*told || h.Claims > 2*told+2 {
		t.Errorf("holds %+v, %v; %d pairs were told, and at most one more was under way", h, err, told)
	}
	again, err := s.Add(t.Context(), storetest.Item(uint64(2*told)), storetest.Item(uint64(2*told+1)))
	if err != nil || again.Postings+again.Known != 2 {
		t.Errorf("the last pair again: %+v, %v", again, err)
	}
}

// namesAFullDisk has the server say what it says of a full disk, in the
// middle of a transaction.
func namesAFullDisk(t *testing.T, server *pgtest.Server) {
	address := server.Database(t)
	s := opened(t, address)
	if _, err := s.DB().Exec(`CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
		$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
		CREATE TRIGGER full_disk BEFORE INSERT ON verdicts FOR EACH ROW EXECUTE FUNCTION full_disk()`); err != nil {
		t.Fatal(err)
	}
	isKind(t, s.Record(t.Context(), storetest.Result(1)), store.ErrFull)
	if h, err := s.Holdings(t.Context()); err != nil || h != (store.Holdings{}) {
		t.Errorf("holds %+v, %v", h, err)
	}
}

func waitsForATable(t *testing.T, server *pgtest.Server) {
	address := server.Database(t)
	holder := opened(t, address)
	other, err := store.OpenWaiting(t.Context(), address, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	err = holder.Do(t.Context(), func(tx *sql.Tx) error {
		if _, err := tx.Exec("LOCK TABLE verdicts"); err != nil {
			return err
		}
		isKind(t, other.Record(t.Context(), storetest.Result(1)), store.ErrLocked)
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		isKind(t, other.Record(ctx, storetest.Result(1)), context.DeadlineExceeded)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Record(t.Context(), storetest.Result(1)); err != nil {
		t.Errorf("record after the lock: %v", err)
	}
}

func manyOpenAtOnce(t *testing.T, server *pgtest.Server) {
	address := server.Database(t)
	failed := make(chan error)
	const openers = 8
	for n := range uint64(openers) {
		go func() {
			s, err := store.Open(t.Context(), address)
			if err == nil {
				err = errors.Join(s.Record(t.Context(), storetest.Result(n)), s.Close())
			}
			failed <- err
		}()
	}
	for range openers {
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
	if h, err := opened(t, address).Holdings(t.Context()); err != nil || h.Claims != openers {
		t.Errorf("holds %+v, %v", h, err)
	}
}
