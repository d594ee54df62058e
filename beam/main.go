// Recount-beam reads a corpus by Apache Beam: on Flink, on Beam's own runner
// for one machine (Prism), or on any other that speaks Beam's portable protocol.
//
// In: files, as of `recount corpus scan`. Out: the same folder of tables, with
// the same manifest. Method: steps of Beam call the functions of package shards
// (pipeline.go). It is a module and a program of its own, so that nobody else
// carries Beam. Limits: all workers reach sources and corpus under the same
// path, and run one build of this program.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/core/runtime/exec/optimized"
	beamlog "github.com/apache/beam/sdks/v2/go/pkg/beam/log"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/options/jobopts"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/runners/prism"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/runners/universal"

	"recount"
	"recount/internal/sandbox"
	"recount/internal/shards"
	"recount/stores"
)

// child is the argument that makes the program a child of itself, which reads
// pages that may be hostile.
const child = "read-as-child"

var (
	to     = flag.String("to", "", "Folder of the corpus; all workers reach it under this path.")
	runner = flag.String("runner", "prism", "Where it runs: prism (this machine, for trying out) or universal (Flink: with --endpoint).")
	debug  = flag.Bool("debug", false, "Print what Beam logs.")
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == child {
		signal.Ignore(os.Interrupt)
		if err := sandbox.ServeReader(os.Stdin, os.Stdout); err != nil {
			os.Exit(2)
		}
		return
	}
	flag.Usage = usage
	flag.Parse()
	if *provision != "" {
		os.Exit(fail(boot()))
	}
	beam.Init() // does not return in a worker
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	st, err := run(ctx, *to, flag.Args(), progress(os.Stderr))
	if err != nil {
		os.Exit(fail(err))
	}
	fmt.Printf("%d of %d shards read: %d pages, %d articles\n", st.Read, st.Shards, st.Pages, st.Articles)
	fmt.Printf("%d statements, %d speakers, %d figures, %d relations, %d independent originals\n", st.Statements, st.Speakers, st.Figures, st.Relations, st.Originals)
	for _, l := range st.Left {
		fmt.Printf("  left %s: %s\n", l.Name, l.Reason)
	}
	if st.Skipped > 0 {
		fmt.Printf("%d skipped; `recount corpus status %s --skipped` lists them\n", st.Skipped, *to)
	}
	fmt.Printf("manifest %s\n", st.Manifest)
	if len(st.Left)+st.Skipped > 0 {
		os.Exit(1)
	}
}

func usage() {
	fmt.Fprint(os.Stderr, `usage: recount-beam --to DIR [--runner NAME] [FLAGS OF BEAM] [SOURCE...]

Reads folders of web archives and JSON Lines into a corpus, as
recount corpus scan does, by Apache Beam. Without sources it goes on with
those of the last scan. On Flink:

  recount-beam --to DIR --runner universal --endpoint HOST:8099 --parallelism N \
    --environment_type PROCESS --environment_config '{"command":"/path/to/recount-beam"}' SOURCE...

docs/corpus.md says how a cluster is set up. Flags:

`)
	flag.PrintDefaults()
}

// fail prints an error for people and returns the exit code.
func fail(err error) int {
	if err == nil {
		return 0
	}
	fmt.Fprintf(os.Stderr, "recount-beam: %s\n", strings.TrimSpace(err.Error()))
	if hint := recount.HintOf(err); hint != "" {
		fmt.Fprintf(os.Stderr, "hint: %s\n", hint)
	}
	return 2
}

// progress prints each step as it goes on, at most once a second.
func progress(w io.Writer) func(step string, done, total int) {
	var last time.Time
	return func(step string, done, total int) {
		if now := time.Now(); now.Sub(last) >= time.Second {
			last = now
			fmt.Fprintf(w, "%s: %d of %d\n", step, done, total)
		}
	}
}

// A logger prints what Beam says: only what is wrong, unless --debug is given, as
// its lines may name files.
type logger struct{ w io.Writer }

// Log prints one line.
func (l logger) Log(_ context.Context, of beamlog.Severity, _ int, text string) {
	if *debug || of >= beamlog.SevError {
		fmt.Fprintln(l.w, text)
	}
}

// run makes the corpus in dir, of sources or of those that it was planned with,
// and returns when it is whole. Stopped and called again it goes on.
func run(ctx context.Context, dir string, sources []string, progress func(step string, done, total int)) (*shards.Status, error) {
	if dir == "" {
		return nil, recount.WithHint(fmt.Errorf("no folder for the corpus: %w", recount.ErrInvalid), "name one with --to")
	}
	if len(sources) == 0 {
		if _, err := shards.Open(dir, nil); err != nil {
			return nil, err
		}
	}
	release, err := shards.Hold(dir)
	if err != nil {
		return nil, err
	}
	defer release()
	corpus, err := planned(ctx, dir, sources, progress)
	if err != nil {
		return nil, err
	}
	beamlog.SetLogger(logger{os.Stderr})
	if !*debug {
		slog.SetDefault(slog.New(slog.DiscardHandler)) // by which Prism logs
	}
	if *jobopts.JobName == "" {
		*jobopts.JobName = fmt.Sprintf("recount-%d-%d", os.Getpid(), time.Now().UnixNano())
	}
	if *jobopts.WorkerBinary == "" {
		none, err := nothing()
		if err != nil {
			return nil, err
		}
		defer os.Remove(none)
		*jobopts.WorkerBinary = none
	}
	ended := make(chan error, 1)
	go func() {
		_, err := beam.Run(ctx, *runner, pipeline(corpus))
		ended <- err
	}()
	left := slices.Clone(corpus.Plan.Shards)
	for done := false; !done; {
		left = slices.DeleteFunc(left, func(s shards.Shard) bool {
			there, fault := corpus.There(corpus.ShardDir(&s))
			return there && fault == nil
		})
		progress("shards", len(corpus.Plan.Shards)-len(left), len(corpus.Plan.Shards))
		select {
		case err = <-ended:
			done = true
		case <-time.After(time.Second):
		}
	}
	if ctx.Err() != nil {
		return nil, errors.Join(fmt.Errorf("stopped; what is done is kept: %w", ctx.Err()), cancel(*jobopts.JobName))
	}
	if err != nil {
		return nil, recount.WithHint(fmt.Errorf("run by %s: %w", *runner, err), "do what the message says, then start it again: what is done is kept")
	}
	st, err := corpus.Status()
	if err == nil && st.Manifest == "" {
		err = recount.WithHint(fmt.Errorf("the workers made no whole corpus under %s: %w", dir, recount.ErrConflict), "let all of them reach the folder under the same path")
	}
	return st, err
}

func planned(ctx context.Context, dir string, sources []string, progress func(step string, done, total int)) (*shards.Corpus, error) {
	if len(sources) > 0 {
		store := stores.New()
		defer store.Close()
		return shards.Make(ctx, dir, sources, store, progress)
	}
	corpus, err := shards.Open(dir, nil)
	if err != nil {
		return nil, err
	}
	return corpus, corpus.Renew()
}
