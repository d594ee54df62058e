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
	dir   string    // "" of a server that the tests did not start
	run   *exec.Cmd // nil while it is not running, or is not ours
	start func() error
}

// made is how many databases were made.
var made atomic.Int64

// StartServer returns a server for one test. Where there can be none, the test is
// skipped, and says what that is without it.
func StartServer(t *testing.T, without string) *Server {
	t.Helper()
	s, none, err := Start()
	if err != nil {
		t.Fatal(err)
	}
	if none != "" {
		t.Skipf("%s: %s", none, without)
	}
	t.Cleanup(s.Stop)
	return s
}

// Start returns the server that RECOUNT_TEST_POSTGRES names, or one of its own in
// a temporary folder, reached by a socket in it alone, which Stop ends; or why
// there can be none.
func Start() (s *Server, none string, err error) {
	if dsn := os.Getenv("RECOUNT_TEST_POSTGRES"); dsn != "" {
		return &Server{dsn: dsn}, "", nil
	}
	bin := programs()
	if bin == "" {
		return nil, "no PostgreSQL is installed (initdb, postgres) and RECOUNT_TEST_POSTGRES names none", nil
	}
	// Sockets want a short path, so this is not t.TempDir.
	dir, err := os.MkdirTemp("", "pg")
	if err != nil {
		return nil, "", err
	}
	s = &Server{dir: dir}
	defer func() {
		if none != "" || err != nil {
			s.Stop()
		}
	}()
	attr := &syscall.SysProcAttr{}
	if os.Geteuid() == 0 { // PostgreSQL does not run as root
		uid, gid, ok := other()
		if !ok {
			return s, "PostgreSQL does not run as root, and there is no user postgres or nobody", nil
		}
		if err := os.Chown(dir, int(uid), int(gid)); err != nil {
			return s, fmt.Sprintf("PostgreSQL does not run as root, and a folder cannot be given away (%v)", err), nil
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
		return s, "", fmt.Errorf("initdb: %w\n%s", err, out)
	}
	var log bytes.Buffer
	s.dsn = (&url.URL{Scheme: "postgres", Path: "/postgres", RawQuery: url.Values{"host": {dir}, "user": {"recount"}}.Encode()}).String()
	s.start = func() error {
		run := command("postgres", "-D", data, "-k", dir, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=100")
		log.Reset()
		run.Stderr = &log
		if err := run.Start(); err != nil {
			return err
		}
		s.run = run
		for tries := 0; ; tries++ {
			err := s.exec(context.Background(), "SELECT 1")
			if err == nil || tries == 600 {
				return err
			}
			time.Sleep(100 * time.Millisecond)
		}
	}
	if err := s.start(); err != nil {
		_ = s.end(syscall.SIGINT) // its log is written until then
		return s, "", fmt.Errorf("PostgreSQL does not start: %w\n%s", err, log.String())
	}
	return s, "", nil
}

// end ends the program by a signal and waits for it.
func (s *Server) end(by syscall.Signal) error {
	err := s.run.Process.Signal(by)
	if err == nil {
		_ = s.run.Wait() // a crash has an exit code too
	}
	s.run = nil
	return err
}

// Stop ends a server that the tests started, and removes what it wrote.
func (s *Server) Stop() {
	if s.run != nil {
		_ = s.end(syscall.SIGINT)
	}
	if s.dir != "" {
		_ = os.RemoveAll(s.dir)
	}
}

// Restart ends the server by a signal, SIGINT or, as after a crash, SIGQUIT, and
// starts it again on what it had written.
func (s *Server) Restart(t *testing.T, by syscall.Signal) {
	t.Helper()
	if s.dir == "" {
		t.Skip("the server that RECOUNT_TEST_POSTGRES names is not ours to restart")
	}
	err := s.end(by)
	if err == nil {
		err = s.start()
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
