//go:build unix

package queue

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"recount"
	"recount/internal/shards"
	"recount/internal/store/storetest"
	"recount/internal/text"
)

// A worker of the tests is this program again, with the address in its
// environment.
const workerOf = "RECOUNT_TEST_WORKER"

func TestMain(m *testing.M) {
	if dsn := os.Getenv(workerOf); dsn != "" {
		err := Work(context.Background(), dsn, 1, short, logged{os.Getenv("RECOUNT_TEST_LOG")}, nil, slog.New(slog.DiscardHandler))
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	if started != nil {
		started.Stop()
	}
	os.Exit(code)
}

// short are the limits of the tests.
var short = Limits{Shard: 15 * time.Second, Part: 15 * time.Second, Rescue: 15 * time.Second}

// A logged reader writes one byte to a file for each page that it reads.
type logged struct{ path string }

func (r logged) Read(ctx context.Context, payload []byte, o text.Options) (text.Contents, error) {
	f, err := os.OpenFile(r.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return text.Contents{}, err
	}
	_, err = f.Write([]byte{'.'})
	if err = errors.Join(err, f.Close()); err != nil {
		return text.Contents{}, err
	}
	time.Sleep(2 * time.Millisecond)
	return text.Read(payload, o)
}

// started is the server of all tests, which use it one after the other: to make
// one takes longer than most of them.
var started *storetest.Server

// onServer returns the server.
func onServer(t *testing.T) *storetest.Server {
	t.Helper()
	if started == nil {
		s, none, err := storetest.Start()
		if err != nil {
			t.Fatal(err)
		}
		if none != "" {
			t.Skip(none + ": the queue is not tested")
		}
		started = s
	}
	return started
}

// postgres returns the address of an empty database.
func postgres(t *testing.T) string {
	t.Helper()
	return onServer(t).Database(t)
}

// pile writes n files with each some lines, a third of them reprints.
func pile(t *testing.T, n, each int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "in")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(4, 4))
	var texts []string
	for i := range n {
		var b bytes.Buffer
		for j := range each {
			var text strings.Builder
			for range 5 {
				fmt.Fprintf(&text, "The harbour of place%d waits for ship%d from coast%d and %d people left. ", rng.IntN(99999), rng.IntN(99999), rng.IntN(99999), 2+rng.IntN(90))
				fmt.Fprintf(&text, "“We saw light%d over hill%d,” said Vera Holm.\n", rng.IntN(99999), rng.IntN(99999))
			}
			s := text.String()
			if len(texts) > 0 && rng.IntN(3) == 0 {
				s = texts[rng.IntN(len(texts))]
			}
			texts = append(texts, s)
			line, err := json.Marshal(map[string]string{"title": fmt.Sprintf("Story %d of %d", j, i), "outlet": fmt.Sprintf("Outlet %d", rng.IntN(5)), "text": s})
			if err != nil {
				t.Fatal(err)
			}
			b.Write(append(line, '\n'))
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%03d.jsonl", i)), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func quiet(string, int, int) {}

func made(t *testing.T, dir, from string) *shards.Corpus {
	t.Helper()
	c, err := shards.Make(t.Context(), dir, []string{from}, nil, quiet)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// An end is how a scan ended.
type end struct {
	st  *shards.Status
	err error
}

// scanning scans a corpus by the workers that there are, and says how that ended.
func scanning(t *testing.T, dsn string, c *shards.Corpus) <-chan end {
	done := make(chan end, 1)
	go func() {
		st, err := Scan(t.Context(), dsn, c, quiet)
		done <- end{st, err}
	}()
	return done
}

// local makes the corpus in this process on some processors.
func local(t *testing.T, from string, processors int) string {
	t.Helper()
	old := runtime.GOMAXPROCS(processors)
	defer runtime.GOMAXPROCS(old)
	st, err := made(t, filepath.Join(t.TempDir(), "c"), from).Run(t.Context(), shards.NewReader(nil, nil), quiet)
	if err != nil {
		t.Fatal(err)
	}
	return st.Manifest
}

// Three workers make what this process makes by itself, on one processor or
// two, and what is done is not put into the queue again.
func TestQueueEqualsLocal(t *testing.T) {
	dsn := postgres(t)
	in := pile(t, 12, 8)
	want := local(t, in, 1)
	if two := local(t, in, 2); two != want {
		t.Fatalf("two processors give %.12s, one gives %.12s", two, want)
	}
	ctx, stop := context.WithCancel(t.Context())
	var workers sync.WaitGroup
	for range 3 {
		workers.Go(func() {
			if err := Work(ctx, dsn, 1, short, shards.NewReader(nil, nil), nil, slog.New(slog.DiscardHandler)); err != nil {
				t.Errorf("a worker ends with %v", err)
			}
		})
	}
	defer workers.Wait()
	defer stop()
	dir := filepath.Join(t.TempDir(), "c")
	for range 2 {
		st, err := Scan(t.Context(), dsn, made(t, dir, in), quiet)
		if err != nil {
			t.Fatal(err)
		}
		if st.Manifest != want || st.Articles != 96 {
			t.Errorf("three workers give %.12s with %d articles, want %.12s with 96", st.Manifest, st.Articles, want)
		}
	}
	// A folder that is lost is made again, although its job was completed.
	lost, err := filepath.Glob(filepath.Join(dir, "shards", "*"))
	if err != nil || len(lost) != 12 {
		t.Fatalf("%d shards lie there, %v", len(lost), err)
	}
	if err := os.RemoveAll(lost[3]); err != nil {
		t.Fatal(err)
	}
	if st, err := Scan(t.Context(), dsn, made(t, dir, in), quiet); err != nil || st.Manifest != want {
		t.Errorf("after a shard is lost a scan gives %+v, %v", st, err)
	}
}

// A scan that is stopped ends at once; a queue that cannot be reached says what
// to do.
func TestScanStops(t *testing.T) {
	dsn := postgres(t)
	in := pile(t, 2, 2)
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Second)
	defer stop()
	// No worker is there.
	if _, err := Scan(ctx, dsn, made(t, filepath.Join(t.TempDir(), "c"), in), quiet); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a scan that nobody works on ends with %v", err)
	}
	for _, bad := range []string{"postgres://nobody@127.0.0.1:1/none", "no address"} {
		if _, err := Scan(t.Context(), bad, made(t, filepath.Join(t.TempDir(), "c"), in), quiet); err == nil || !strings.Contains(recount.HintOf(err), "postgres://") {
			t.Errorf("a scan by %q ends with %v", bad, err)
		}
	}
}

// Who scans over a queue and forgot the workers is told so.
func TestNoWorkerIsSaid(t *testing.T) {
	dsn := postgres(t)
	c := made(t, filepath.Join(t.TempDir(), "c"), pile(t, 2, 2))
	said := make(chan string, 1000)
	done := make(chan error, 1)
	began := time.Now()
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	defer stop()
	go func() {
		_, err := Scan(ctx, dsn, c, func(step string, _, _ int) { said <- step })
		done <- err
	}()
	for step := range said {
		if step == nobody {
			break
		}
		if step != "shards" || time.Since(began) > time.Minute {
			t.Fatalf("without a worker it says %q", step)
		}
	}
	if time.Since(began) < alone {
		t.Errorf("that nobody works is said after %s", time.Since(began))
	}
	// A worker ends that.
	w := startWorker(t, dsn, filepath.Join(t.TempDir(), "log"))
	defer func() {
		_ = w.Process.Kill()
		_ = w.Wait()
	}()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	last := ""
	for len(said) > 0 {
		last = <-said
	}
	if last == nobody {
		t.Errorf("with a worker it says %q", last)
	}
}

// What PostgreSQL refuses is one sentence that says what to do.
func TestRefusedByTheServer(t *testing.T) {
	tests := []struct {
		code string
		want error
		says string
	}{
		{"3D000", recount.ErrNotFound, "createdb"},
		{"28000", recount.ErrInvalid, "PASSWORD"},
		{"28P01", recount.ErrInvalid, "PASSWORD"},
		{"42501", recount.ErrInvalid, "owns"},
	}
	for _, tt := range tests {
		err := refused(fmt.Errorf("reach: %w", &pgconn.PgError{Code: tt.code, Message: "said"}))
		if !errors.Is(err, tt.want) || !strings.Contains(recount.HintOf(err), tt.says) || !strings.Contains(err.Error(), "said") {
			t.Errorf("%s gives %v (%s)", tt.code, err, recount.HintOf(err))
		}
	}
	other := &pgconn.PgError{Code: "57P01"}
	if err := refused(other); err != error(other) {
		t.Errorf("another error becomes %v", err)
	}
	at, err := url.Parse(postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	at.Path = "/nowhere"
	if _, err := open(t.Context(), at.String()); !errors.Is(err, recount.ErrNotFound) || !strings.Contains(recount.HintOf(err), "createdb") {
		t.Errorf("a database that is not there gives %v (%s)", err, recount.HintOf(err))
	}
}

// A scan that is stopped takes its jobs back, so that no worker begins one; a
// second scan of the same corpus puts them in again, and the next one goes on.
func TestStoppedScanTakesItsJobsBack(t *testing.T) {
	for _, others := range []bool{false, true} {
		t.Run(fmt.Sprintf("others wait %t", others), func(t *testing.T) {
			dsn := postgres(t)
			in := pile(t, 5, 3)
			want := local(t, in, 2)
			dir := filepath.Join(t.TempDir(), "c")
			c := made(t, dir, in)
			stopped, stop := context.WithCancel(t.Context())
			defer stop()
			first := make(chan error, 1)
			go func() {
				_, err := Scan(stopped, dsn, c, quiet)
				first <- err
			}()
			pool, err := open(t.Context(), dsn)
			if err != nil {
				t.Fatal(err)
			}
			defer pool.Close()
			jobs := func() (n int) {
				if err := pool.QueryRow(t.Context(), "SELECT count(*) FROM river_job").Scan(&n); err != nil {
					t.Fatal(err)
				}
				return n
			}
			until := func(n int) {
				t.Helper()
				for began := time.Now(); jobs() != n; time.Sleep(20 * time.Millisecond) {
					if time.Since(began) > time.Minute {
						t.Fatalf("%d jobs are in the queue, want %d", jobs(), n)
					}
				}
			}
			until(5)
			var second <-chan end
			if others {
				second = scanning(t, dsn, c)
				time.Sleep(2 * pause)
			}
			stop()
			if err := <-first; !errors.Is(err, context.Canceled) {
				t.Errorf("the scan that was stopped ends with %v", err)
			}
			if !others {
				until(0)
				second = scanning(t, dsn, c)
			}
			until(5)
			ctx, end := context.WithCancel(t.Context())
			defer end()
			worker := make(chan error, 1)
			go func() {
				worker <- Work(ctx, dsn, 1, short, shards.NewReader(nil, nil), nil, slog.New(slog.DiscardHandler))
			}()
			if got := <-second; got.err != nil || got.st.Manifest != want {
				t.Errorf("the scan that goes on gives %+v, %v; want the manifest %.12s", got.st, got.err, want)
			}
			end()
			if err := <-worker; err != nil {
				t.Errorf("the worker ends with %v", err)
			}
		})
	}
}

// A file that went or changed after it was planned ends the scan soon, with what
// to do.
func TestAFileThatIsLost(t *testing.T) {
	for name, lose := range map[string]func(path string) error{
		"removed": os.Remove,
		"changed": func(path string) error { return os.WriteFile(path, []byte("{}"), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dsn := postgres(t)
			in := pile(t, 2, 3)
			c := made(t, filepath.Join(t.TempDir(), "c"), in)
			if err := lose(c.Plan.Shards[0].Path); err != nil {
				t.Fatal(err)
			}
			ctx, end := context.WithCancel(t.Context())
			defer end()
			worker := make(chan error, 1)
			go func() {
				worker <- Work(ctx, dsn, 1, short, shards.NewReader(nil, nil), nil, slog.New(slog.DiscardHandler))
			}()
			got := <-scanning(t, dsn, c)
			if !errors.Is(got.err, recount.ErrConflict) || !strings.Contains(got.err.Error(), "given up after 3 attempts") || !strings.Contains(got.err.Error(), "name the sources") {
				t.Errorf("the scan ends with %v", got.err)
			}
			end()
			if err := <-worker; err != nil {
				t.Errorf("the worker ends with %v", err)
			}
		})
	}
}

// startWorker starts a worker in a process of its own.
func startWorker(t *testing.T, dsn, log string) *exec.Cmd {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), workerOf+"="+dsn, "RECOUNT_TEST_LOG="+log)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c
}

// Whoever scans waits while PostgreSQL is started again, and so does a worker
// that has nothing in hand.
func TestScanWaitsForTheServer(t *testing.T) {
	server := onServer(t)
	dsn := server.Database(t)
	first, second := pile(t, 2, 2), pile(t, 3, 3)
	want := local(t, second, 2)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	worker := make(chan error, 1)
	go func() {
		worker <- Work(ctx, dsn, 1, short, shards.NewReader(nil, nil), nil, slog.New(slog.DiscardHandler))
	}()
	if _, err := Scan(ctx, dsn, made(t, filepath.Join(t.TempDir(), "c"), first), quiet); err != nil {
		t.Fatal(err)
	}
	server.Restart(t, syscall.SIGQUIT)
	once := sync.Once{}
	restart := func(string, int, int) { once.Do(func() { server.Restart(t, syscall.SIGINT) }) }
	st, err := Scan(ctx, dsn, made(t, filepath.Join(t.TempDir(), "c"), second), restart)
	if err != nil || st.Manifest != want {
		t.Errorf("after two restarts a scan gives %+v, %v; want the manifest %.12s", st, err, want)
	}
	stop()
	if err := <-worker; err != nil {
		t.Errorf("the worker ends with %v", err)
	}
}

// Only what a restart mends is waited for.
func TestAway(t *testing.T) {
	said := func(code string) error { return fmt.Errorf("list jobs: %w", &pgconn.PgError{Code: code}) }
	for _, tt := range []struct {
		name string
		err  error
		want bool
	}{
		{"going down", said("57P01"), true},
		{"crashed", said("57P02"), true},
		{"coming up", said("57P03"), true},
		{"too many connections", said("53300"), true},
		{"connection lost", said("08006"), true},
		{"nothing there", fmt.Errorf("dial: %w", syscall.ECONNREFUSED), true},
		{"cut off", io.ErrUnexpectedEOF, true},
		{"no such table", said("42P01"), false},
		{"not allowed", said("42501"), false},
		{"wrong password", said("28P01"), false},
		{"read only", said("25006"), false},
		{"no code", said(""), false},
		{"stopped", fmt.Errorf("list jobs: %w", context.Canceled), false},
		{"out of time", context.DeadlineExceeded, false},
	} {
		if got := away(tt.err); got != tt.want {
			t.Errorf("%s: away = %t, want %t", tt.name, got, tt.want)
		}
	}
}

// PostgreSQL is started again twenty times, half of them as after a crash, while
// three workers read: nothing is lost, nothing is doubled, the manifest is the
// same. RECOUNT_BARS=1, a minute for each rescue.
func TestRestartedServer(t *testing.T) {
	if os.Getenv("RECOUNT_BARS") == "" {
		t.Skip("takes minutes: RECOUNT_BARS=1")
	}
	const restarts, files, each = 20, 120, 10
	server := onServer(t)
	dsn := server.Database(t)
	in := pile(t, files, each)
	want := local(t, in, 2)
	log := filepath.Join(t.TempDir(), "log")
	for range 3 {
		w := startWorker(t, dsn, log)
		defer func() {
			_ = w.Process.Kill()
			_ = w.Wait()
		}()
	}
	dir := filepath.Join(t.TempDir(), "c")
	done := scanning(t, dsn, made(t, dir, in))
	rng := rand.New(rand.NewPCG(5, 5))
	var last end
	n, before := 0, 0
	for ended := false; !ended; {
		select {
		case last = <-done:
			ended = true
		case <-time.After(time.Duration(100+rng.IntN(900)) * time.Millisecond):
			there, _ := filepath.Glob(filepath.Join(dir, "shards", "*"))
			if n < restarts && len(there) > before { // something was read since
				before = len(there)
				server.Restart(t, []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT}[n%2])
				n++
			}
		}
	}
	if last.err != nil {
		t.Fatal(last.err)
	}
	if n < restarts {
		t.Errorf("it was ended after %d restarts, want %d", n, restarts)
	}
	if last.st.Manifest != want || last.st.Articles != files*each || last.st.Again != 0 {
		t.Errorf("after %d restarts: %d articles, %d twice, manifest %.12s; want %d, 0, %.12s", n, last.st.Articles, last.st.Again, last.st.Manifest, files*each, want)
	}
	b, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	if most := (files + 3*n) * each; len(b) > most || len(b) < files*each {
		t.Errorf("%d pages were read for %d, with %d restarts and three workers with shards of %d", len(b), files*each, n, each)
	}
	t.Logf("%d restarts, %d pages read again", n, len(b)-files*each)
}

// Workers that are killed cost the shards that they had in hand: nothing is
// lost, nothing is doubled, the manifest is the same. RECOUNT_BARS=1, a minute
// for each rescue.
func TestKilledWorkers(t *testing.T) {
	if os.Getenv("RECOUNT_BARS") == "" {
		t.Skip("takes minutes: RECOUNT_BARS=1")
	}
	kills := 4
	if n, err := strconv.Atoi(os.Getenv("RECOUNT_KILLS")); err == nil {
		kills = n
	}
	dsn := postgres(t)
	const each = 20
	files := max(30, kills)
	in := pile(t, files, each)
	want := local(t, in, 2)
	log := filepath.Join(t.TempDir(), "log")
	start := func() *exec.Cmd { return startWorker(t, dsn, log) }
	workers := []*exec.Cmd{start(), start(), start()}
	var mu sync.Mutex
	defer func() {
		mu.Lock()
		defer mu.Unlock()
		for _, w := range workers {
			_ = w.Process.Kill()
			_ = w.Wait()
		}
	}()
	dir := filepath.Join(t.TempDir(), "c")
	done := scanning(t, dsn, made(t, dir, in))
	killed := 0
	rng := rand.New(rand.NewPCG(9, 9))
	var last end
	for ended := false; !ended; {
		select {
		case last = <-done:
			ended = true
		case <-time.After(time.Duration(500+rng.IntN(2000)) * time.Millisecond):
			if b, err := os.ReadFile(log); killed < kills && err == nil && len(b) > 0 {
				mu.Lock()
				i := rng.IntN(len(workers))
				_ = workers[i].Process.Kill()
				_ = workers[i].Wait()
				workers[i] = start()
				mu.Unlock()
				killed++
			}
		}
	}
	if last.err != nil {
		t.Fatal(last.err)
	}
	if last.st.Manifest != want || last.st.Articles != files*each || last.st.Again != 0 {
		t.Errorf("after %d kills: %d articles, %d twice, manifest %.12s; want %d, 0, %.12s", killed, last.st.Articles, last.st.Again, last.st.Manifest, files*each, want)
	}
	if killed < kills {
		t.Errorf("it was ended after %d kills, want %d", killed, kills)
	}
	b, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	if most := (files + killed) * each; len(b) > most || len(b) < files*each {
		t.Errorf("%d pages were read for %d, with %d kills in shards of %d", len(b), files*each, killed, each)
	}
	t.Logf("%d kills, %d pages read again", killed, len(b)-files*each)
	left, err := filepath.Glob(filepath.Join(dir, "shards", "*"))
	if err != nil || len(left) != files || slices.ContainsFunc(left, func(p string) bool { _, err := os.Stat(filepath.Join(p, "manifest.json")); return err != nil }) {
		t.Errorf("%d folders of shards, want %d whole ones", len(left), files)
	}
}

// A worker that is killed in the last step, which has no limit of time, costs as
// long as one that is killed in another. RECOUNT_BARS=1, a minute for the rescue.
func TestKilledInTheLastStep(t *testing.T) {
	if os.Getenv("RECOUNT_BARS") == "" {
		t.Skip("takes a minute: RECOUNT_BARS=1")
	}
	dsn := postgres(t)
	in := pile(t, 6, 20)
	want := local(t, in, 2)
	pool, err := open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	dir, log := filepath.Join(t.TempDir(), "c"), filepath.Join(t.TempDir(), "log")
	for range 20 {
		w := startWorker(t, dsn, log)
		done := scanning(t, dsn, made(t, dir, in))
		caught := false
		for ended := false; !ended; {
			select {
			case got := <-done:
				if got.err != nil || got.st.Manifest != want {
					t.Fatalf("a scan gives %+v, %v; want the manifest %.12s", got.st, got.err, want)
				}
				ended = true
			case <-time.After(time.Millisecond):
				var running bool
				if err := pool.QueryRow(t.Context(), "SELECT EXISTS (SELECT FROM river_job WHERE kind = 'corpus_whole' AND state = 'running')").Scan(&running); err != nil {
					t.Fatal(err)
				}
				if there, _ := filepath.Glob(filepath.Join(dir, "whole", "*", "manifest.json")); running && !caught && len(there) == 0 {
					caught = true
					_ = w.Process.Kill()
					_ = w.Wait()
					w = startWorker(t, dsn, log)
				}
			}
		}
		_ = w.Process.Kill()
		_ = w.Wait()
		var tried int
		if err := pool.QueryRow(t.Context(), "SELECT max(attempt) FROM river_job WHERE kind = 'corpus_whole'").Scan(&tried); err != nil {
			t.Fatal(err)
		}
		if caught && tried > 1 {
			return
		}
		// It had ended already.
		if err := os.RemoveAll(filepath.Join(dir, "whole")); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(dir, "manifest.json")); err != nil {
			t.Fatal(err)
		}
	}
	t.Error("no worker was killed in the last step")
}

// Whoever does the last step says that it is at it, so that it is not given to
// another one meanwhile; of a job that another one has it says nothing.
func TestAliveIsSaid(t *testing.T) {
	dsn := postgres(t)
	pool, err := open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	put, err := client.Insert(t.Context(), wholeJob{"dir", "key"}, once())
	if err != nil {
		t.Fatal(err)
	}
	set := func(state string) {
		if _, err := pool.Exec(t.Context(), "UPDATE river_job SET state = $1, attempted_at = now() - interval '1 day' WHERE id = $2", state, put.Job.ID); err != nil {
			t.Fatal(err)
		}
	}
	late := func() (late bool) {
		if err := pool.QueryRow(t.Context(), "SELECT attempted_at < now() - interval '1 hour' FROM river_job WHERE id = $1", put.Job.ID).Scan(&late); err != nil {
			t.Fatal(err)
		}
		return late
	}
	set("running")
	go (&worker{limits: Limits{Rescue: 250 * time.Millisecond}, pool: pool}).alive(t.Context(), put.Job.ID)
	for began := time.Now(); late(); time.Sleep(20 * time.Millisecond) {
		if time.Since(began) > time.Minute {
			t.Fatal("nothing was said in a minute")
		}
	}
	set("retryable")
	time.Sleep(500 * time.Millisecond)
	if !late() {
		t.Error("it was said of a job that it has not")
	}
}

// Ctrl-C and SIGTERM end the real worker within a second, whatever it is at;
// what it had in hand goes to another one, nothing is lost or doubled, and the
// manifest is that of a corpus that nobody stopped.
func TestStoppedWorkers(t *testing.T) {
	dsn := postgres(t)
	exe := filepath.Join(t.TempDir(), "recount")
	if out, err := exec.Command("go", "build", "-o", exe, "../../cmd/recount").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	stops, files, each := 2, 12, 20
	if os.Getenv("RECOUNT_BARS") != "" {
		stops, files, each = 30, 90, 40
	}
	in := pile(t, files, each)
	want := local(t, in, 2)
	start := func() *exec.Cmd {
		w := exec.Command(exe, "worker", dsn, "--timeout", "15s", "--quiet")
		if err := w.Start(); err != nil {
			t.Fatal(err)
		}
		return w
	}
	workers := []*exec.Cmd{start(), start()}
	defer func() {
		for _, w := range workers {
			_ = w.Process.Kill()
			_ = w.Wait()
		}
	}()
	dir := filepath.Join(t.TempDir(), "c")
	done := scanning(t, dsn, made(t, dir, in))
	rng := rand.New(rand.NewPCG(16, 9))
	var took []time.Duration
	var last end
	for ended := false; !ended; {
		select {
		case last = <-done:
			ended = true
		case <-time.After(time.Duration(200+rng.IntN(800)) * time.Millisecond):
			if there, _ := filepath.Glob(filepath.Join(dir, "shards", "*")); len(took) == stops || len(there) == 0 {
				continue
			}
			i := rng.IntN(len(workers))
			began := time.Now()
			if err := workers[i].Process.Signal([]os.Signal{os.Interrupt, syscall.SIGTERM}[len(took)%2]); err != nil {
				t.Fatal(err)
			}
			err := workers[i].Wait()
			spent := time.Since(began)
			took = append(took, spent)
			if err != nil && workers[i].ProcessState.ExitCode() < 0 {
				t.Errorf("it was killed: %v", err)
			}
			// On a busy machine starting the program shows how much slower things are.
			began = time.Now()
			if err := exec.Command(exe, "version").Run(); err != nil {
				t.Fatal(err)
			}
			if limit := time.Second + 3*time.Since(began); spent > limit {
				t.Errorf("it ended after %v, over %v", spent.Round(time.Millisecond), limit.Round(time.Millisecond))
			}
			workers[i] = start()
		}
	}
	if last.err != nil {
		t.Fatal(last.err)
	}
	if last.st.Manifest != want || last.st.Articles != files*each || last.st.Again != 0 {
		t.Errorf("after %d stops: %d articles, %d twice, manifest %.12s; want %d, 0, %.12s", len(took), last.st.Articles, last.st.Again, last.st.Manifest, files*each, want)
	}
	if len(took) == 0 {
		t.Fatal("no worker was stopped")
	}
	slices.Sort(took)
	t.Logf("%d stops: median %v, most %v", len(took), took[len(took)/2].Round(time.Millisecond), took[len(took)-1].Round(time.Millisecond))
}
