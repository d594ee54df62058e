//go:build unix

package storetest

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// A Server is a PostgreSQL server on which the tests may make databases.
type Server struct {
	dsn   string
	run   *exec.Cmd // nil of a server that the tests did not start
	start func() (*exec.Cmd, error)
}

// made is how many databases were made.
var made atomic.Int64

// StartServer returns the server that RECOUNT_TEST_POSTGRES names, or one of
// its own in a temporary folder, reached by a socket in it alone. Where there
// can be none, the test is skipped, and says what that is without it.
func StartServer(t *testing.T, without string) *Server {
	t.Helper()
	if dsn := os.Getenv("RECOUNT_TEST_POSTGRES"); dsn != "" {
		return &Server{dsn: dsn}
	}
	bin := programs()
	if bin == "" {
		t.Skip("no PostgreSQL is installed (initdb, postgres) and RECOUNT_TEST_POSTGRES names none: " + without)
	}
	// Sockets want a short path, so this is not t.TempDir.
	dir, err := os.MkdirTemp("", "pg")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	attr := &syscall.SysProcAttr{}
	if os.Geteuid() == 0 { // PostgreSQL does not run as root
		uid, gid, ok := other()
		if !ok {
			t.Skip("PostgreSQL does not run as root, and there is no user postgres or nobody: " + without)
		}
		if err := os.Chown(dir, int(uid), int(gid)); err != nil {
			t.Skipf("PostgreSQL does not run as root, and a folder cannot be given away (%v): %s", err, without)
		}
		attr.Credential = &syscall.Credential{Uid: uid, Gid: gid}
	}
	command := func(name string, args ...string) *exec.Cmd {
		c := exec.Command(filepath.Join(bin, name), args...)
		c.SysProcAttr, c.Dir, c.Env = attr, dir, []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C"}
		return c
	}
	data := filepath.Join(dir, "data")
	if out, err := command("initdb", "-D", data, "--locale=C", "--encoding=UTF8", "-U", "recount", "-A", "trust", "--no-sync", "-k").CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	var log bytes.Buffer
	s := &Server{dsn: (&url.URL{Scheme: "postgres", Path: "/postgres", RawQuery: url.Values{"host": {dir}, "user": {"recount"}}.Encode()}).String()}
	s.start = func() (*exec.Cmd, error) {
		run := command("postgres", "-D", data, "-k", dir, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=100")
		log.Reset()
		run.Stderr = &log
		if err := run.Start(); err != nil {
			return nil, err
		}
		for tries := 0; ; tries++ {
			err := s.exec(context.Background(), "SELECT 1")
			if err == nil || tries == 600 {
				return run, err
			}
			time.Sleep(100 * time.Millisecond)
		}
	}
	if s.run, err = s.start(); err != nil {
		t.Fatalf("PostgreSQL does not start: %v\n%s", err, log.String())
	}
	t.Cleanup(func() {
		if err := s.run.Process.Signal(syscall.SIGINT); err != nil {
			t.Errorf("stop PostgreSQL: %v", err)
		}
		_ = s.run.Wait()
	})
	return s
}

// Restart ends the server by a signal, SIGINT or, as after a crash, SIGQUIT, and
// starts it again on what it had written.
func (s *Server) Restart(t *testing.T, by syscall.Signal) {
	t.Helper()
	if s.run == nil {
		t.Skip("the server that RECOUNT_TEST_POSTGRES names is not ours to restart")
	}
	err := s.run.Process.Signal(by)
	if err == nil {
		_ = s.run.Wait() // a crash has an exit code too
		s.run, err = s.start()
	}
	if err != nil {
		t.Fatalf("start PostgreSQL again: %v", err)
	}
}

// programs returns the folder with initdb and postgres in it, "" if there is
// none. Debian keeps one folder a version outside the path.
func programs() string {
	dirs, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	slices.SortFunc(dirs, func(a, b string) int { return len(b) - len(a) + strings.Compare(b, a) })
	for _, dir := range append(filepath.SplitList(os.Getenv("PATH")), dirs...) {
		if _, err := exec.LookPath(filepath.Join(dir, "initdb")); err != nil {
			continue
		}
		if _, err := exec.LookPath(filepath.Join(dir, "postgres")); err == nil {
			return dir
		}
	}
	return ""
}

// other returns a user that is not root.
func other() (uid, gid uint32, ok bool) {
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		id, errU := strconv.ParseUint(u.Uid, 10, 32)
		group, errG := strconv.ParseUint(u.Gid, 10, 32)
		if errU == nil && errG == nil {
			return uint32(id), uint32(group), true
		}
	}
	return 0, 0, false
}

func (s *Server) exec(ctx context.Context, text string) error {
	db, err := sql.Open("pgx", s.dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, text)
	return err
}

// Database makes an empty database and returns its address.
func (s *Server) Database(t *testing.T) string {
	t.Helper()
	name := fmt.Sprintf("recount_test_%d_%d", os.Getpid(), made.Add(1))
	if err := s.exec(t.Context(), "CREATE DATABASE "+name+" TEMPLATE template0 ENCODING 'UTF8'"); err != nil {
		t.Fatalf("make a database: %v", err)
	}
	t.Cleanup(func() {
		if err := s.exec(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("drop a database: %v", err)
		}
	})
	c, err := pgx.ParseConfig(s.dsn)
	if err != nil {
		t.Fatal(err)
	}
	return (&url.URL{Scheme: "postgres", Path: "/" + name, RawQuery: url.Values{"host": {c.Host}, "port": {strconv.Itoa(int(c.Port))},
		"user": {c.User}, "password": {c.Password}}.Encode()}).String()
}
