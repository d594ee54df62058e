package sandbox

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"

	"recount"
	"recount/internal/capture/feed"
	"recount/internal/text"
)

// The jobs that a child of a Reader does.
const (
	readJob = "read" // a file as articles
	lookJob = "look" // what kind of file it is, and which addresses it lists
	feedJob = "feed" // a feed or site map
)

// A Look is what a file is said to be before it is read.
type Look struct {
	MediaType string
	Leads     []text.Lead // addresses that it lists, with what it says of the pages
	Listed    int         // how many it lists, which may be more
}

// A Reader reads foreign bytes in child processes, whatever their format. A
// child is kept from one file to the next, so that a pile of small files costs
// one start for each processor. It is safe for use by several goroutines.
type Reader struct{ pool *Pool }

// NewReader returns a reader that has started nothing yet. child is the command
// line of a process that runs ServeReader; without one everything is read in
// this process. log hears at Debug how children end; it may be nil.
func NewReader(child []string, log *slog.Logger) *Reader {
	if len(child) == 0 {
		return &Reader{}
	}
	return &Reader{NewPool(Options{Command: child, Growth: memoryPerByte, Most: mostMemory, Log: log})}
}

// What one child may hold grows with the file, up to what the largest page of
// HTML needs (30 MiB: between 512 MiB and 1 GiB; TestReaderReadsLargeFiles). A
// small file that asks for more is made to.
const (
	memoryPerByte = 26
	mostMemory    = 1 << 30
)

// Close ends the child processes.
func (r *Reader) Close() {
	if r.pool != nil {
		r.pool.Close()
	}
}

// Read returns everything that a file holds, as text.Read does.
func (r *Reader) Read(ctx context.Context, payload []byte, o text.Options) (out text.Contents, err error) {
	return out, r.ask(ctx, readJob, o, payload, &out)
}

// Look recognises a file. It never refuses one: a file that breaks its reader
// is told so when it is read.
func (r *Reader) Look(ctx context.Context, payload []byte, o text.Options) (out Look, err error) {
	return out, r.ask(ctx, lookJob, o, payload, &out)
}

// A feedPlace is what feed.Parse is told besides the bytes.
type feedPlace struct {
	MediaType, Address string
	Announced          bool
}

// Feed reads a feed or site map, as feed.Parse does. With announced, a page
// that is neither and announces feeds is a Feed with their addresses as Maps.
func (r *Reader) Feed(ctx context.Context, payload []byte, mediaType, address string, announced bool) (out feed.Feed, err error) {
	return out, r.ask(ctx, feedJob, feedPlace{mediaType, address, announced}, payload, &out)
}

// ask does one job, in a child if there are any, and puts the answer into out.
func (r *Reader) ask(ctx context.Context, job string, options any, payload []byte, out any) error {
	o, err := json.Marshal(options)
	if err != nil {
		return err
	}
	var answer []byte
	if r.pool == nil {
		answer, err = doJob(job, o, payload)
	} else {
		answer, err = r.pool.Do(ctx, job, o, payload)
	}
	if err != nil {
		return err
	}
	return json.Unmarshal(answer, out)
}

// ServeReader is the child's side of a Reader: it reads files until in ends.
func ServeReader(in io.Reader, out io.Writer) error { return Serve(in, out, doJob) }

// doJob does one job of a Reader.
func doJob(job string, options, payload []byte) ([]byte, error) {
	var answer any
	var err error
	switch job {
	case readJob, lookJob:
		var o text.Options
		if err := json.Unmarshal(options, &o); err != nil {
			return nil, err
		}
		if job == readJob {
			answer, err = text.Read(payload, o)
			break
		}
		f := text.Recognise(payload, o.Name)
		leads, listed := f.Leads(o)
		answer = Look{f.MediaType(), leads, listed}
	case feedJob:
		var at feedPlace
		if err := json.Unmarshal(options, &at); err != nil {
			return nil, err
		}
		var f feed.Feed
		if f, err = feed.Parse(payload, at.MediaType, at.Address); err != nil && at.Announced {
			if f.Maps = feed.Find(payload, at.Address); len(f.Maps) > 0 {
				err = nil
			}
		}
		answer = f
	default:
		return nil, fmt.Errorf("a job of the kind %q: %w", job, recount.ErrInvalid)
	}
	if err != nil {
		return nil, err
	}
	return json.Marshal(answer)
}
