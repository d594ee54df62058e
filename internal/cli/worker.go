package cli

// The verb worker: a program among several that read a corpus.

import (
	"errors"
	"fmt"
	"time"

	"recount"

	"recount/internal/queue"
	"recount/internal/shards"
)

type workerCmd struct {
	Queue   string        `arg:"" help:"Address of the PostgreSQL database with the jobs: postgres://USER@HOST/DATABASE."`
	Jobs    int           `help:"How many jobs it does at a time." default:"1" placeholder:"N"`
	Timeout time.Duration `help:"How long one shard may take. A job of a worker that was killed goes to another one after twice as long." default:"30m" placeholder:"TIME"`
}

// Run works until it is stopped.
func (c *workerCmd) Run(r *Console) error {
	if c.Jobs < 1 || c.Timeout < time.Second {
		return recount.WithHint(fmt.Errorf("%d jobs of at most %s: %w", c.Jobs, c.Timeout, recount.ErrInvalid), "give --jobs 1 or more and --timeout 1s or more")
	}
	reader := shards.NewReader(r.Opts.Child, r.Opts.Log)
	defer reader.Close()
	r.Printf("working until it is stopped\n")
	err := queue.Work(r.Ctx, c.Queue, c.Jobs, queue.LimitsFor(c.Timeout), reader, r.Store, r.Opts.Log)
	if err == nil || r.Ctx.Err() != nil && errors.Is(err, r.Ctx.Err()) {
		return nil
	}
	return err
}
