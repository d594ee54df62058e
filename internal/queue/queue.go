// Package queue spreads the work on a corpus over several programs and
// machines, by jobs in PostgreSQL (River).
//
// In: the plan of a corpus in a folder that all workers reach under the same
// path. Out: the folders that package shards makes of it. Method: one job is
// one shard, then one part of what all have in common, then the rest; whoever
// scans puts the jobs in and waits. A job says which folder is to be made and
// nothing else, so doing it twice does no harm: what is there is not made
// again. A job of a worker that died is given to another one after the time
// that its kind may take. Limits: PostgreSQL holds jobs only, no text; all
// workers run one version of recount.
package queue

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"

	"recount"
	"recount/internal/shards"
)

// name is the queue that the jobs stand in.
const name = "corpus"

// The kinds of jobs. Key is the folder that is to be made or, of the last one,
// a name for all shards; it says what a job is the same as.
type (
	shardJob struct {
		Dir string `json:"dir" river:"unique"`
		Key string `json:"key" river:"unique"`
	}
	partJob struct {
		Dir  string `json:"dir" river:"unique"`
		Key  string `json:"key" river:"unique"`
		Part int    `json:"part" river:"unique"`
	}
	wholeJob struct {
		Dir string `json:"dir" river:"unique"`
		Key string `json:"key" river:"unique"`
	}
)

func (shardJob) Kind() string { return "corpus_shard" }
func (partJob) Kind() string  { return "corpus_part" }
func (wholeJob) Kind() string { return "corpus_whole" }

// once makes a job one of its kind while it waits or is worked on. What was
// completed may be asked for again, as its folder may be gone since.
func once() *river.InsertOpts {
	return &river.InsertOpts{Queue: name, UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateRetryable, rivertype.JobStateScheduled}}}
}

// Limits says how long a job may take. What rests on all takes as long as
// comparing them, and so has no limit: its worker says from time to time that it
// is still at it.
type Limits struct {
	Shard, Part time.Duration
	Rescue      time.Duration // after which a job of a dead worker is given to another one
}

// LimitsFor are those of shards that take up to a given time. A part takes
// seconds for a million articles.
func LimitsFor(shard time.Duration) Limits {
	return Limits{Shard: shard, Part: shard, Rescue: 2 * shard}
}

// open connects to the database and makes the tables of the queue in it.
func open(ctx context.Context, dsn string) (*pgxpool.Pool, error) {
	pool, err := pgxpool.New(ctx, dsn)
	if err != nil {
		return nil, unreachable(err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, unreachable(err)
	}
	// One program at a time makes the tables.
	err = pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock(hashtext('recount queue'))"); err != nil {
			return err
		}
		m, err := rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
		if err == nil {
			_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
		}
		return err
	})
	if err != nil {
		pool.Close()
		return nil, refused(fmt.Errorf("make the tables of the queue: %w", err))
	}
	return pool, nil
}

// refused says what to do if PostgreSQL answers that there is no such database
// or that the user may not do it.
func refused(err error) error {
	var said *pgconn.PgError
	if !errors.As(err, &said) {
		return err
	}
	switch said.Code {
	case "3D000":
		return recount.WithHint(fmt.Errorf("the database of the queue is not there: %s: %w", said.Message, recount.ErrNotFound), "make it first: createdb --owner USER DATABASE")
	case "28000", "28P01":
		return recount.WithHint(fmt.Errorf("the queue lets nobody in under this name: %s: %w", said.Message, recount.ErrInvalid), "look at the user and the password in the address: postgres://USER:PASSWORD@HOST/DATABASE")
	case "42501":
		return recount.WithHint(fmt.Errorf("the user may not make the tables of the queue: %s: %w", said.Message, recount.ErrInvalid), "give a database that the user owns: createdb --owner USER DATABASE")
	}
	return err
}

func unreachable(err error) error {
	if said := refused(err); said != err {
		return said
	}
	return recount.WithHint(fmt.Errorf("reach the queue: %w", err), "give the address of a PostgreSQL database of its own: postgres://USER@HOST/DATABASE")
}

// A worker does jobs of all kinds.
type worker struct {
	limits  Limits
	reader  shards.Reader
	store   shards.Store
	pool    *pgxpool.Pool
	stopped context.Context // of the whole worker
}

// corpus opens the corpus of a job. A plan that another version made, or that
// this machine does not reach, is an error of the job, which is tried again.
func (w *worker) corpus(dir string) (*shards.Corpus, error) {
	c, err := shards.Open(dir, w.store)
	if err == nil && c.Plan.Form != shards.Form {
		err = fmt.Errorf("the corpus was planned as %q and this worker is %q: %w", c.Plan.Form, shards.Form, recount.ErrConflict)
	}
	return c, err
}

// answer is what a job ends with: work that was stopped because the worker
// ends waits for another one, and is no attempt.
func answer(ctx context.Context, err error) error {
	if err != nil && errors.Is(context.Cause(ctx), rivertype.ErrJobCancelledRemotely) {
		return river.JobCancel(err)
	}
	if err != nil && errors.Is(ctx.Err(), context.Canceled) {
		return river.JobSnooze(0)
	}
	if hint := recount.HintOf(err); err != nil && hint != "" {
		err = fmt.Errorf("%w; %s", err, hint) // the queue keeps the words alone
	}
	return err
}

// absent is how often a shard is tried whose file is not there or is another
// one: a second machine may reach it, and nobody is helped by more.
const absent = 3

// again is when a job is tried again that failed or whose worker was killed. The
// queue's own delays reach minutes after five attempts and hours after ten.
func again(attempt int) time.Time {
	return time.Now().Add(min(time.Duration(attempt)*2*time.Second, time.Minute))
}

func (w *shardWorker) NextRetry(job *river.Job[shardJob]) time.Time { return again(job.Attempt) }
func (w *partWorker) NextRetry(job *river.Job[partJob]) time.Time   { return again(job.Attempt) }
func (w *wholeWorker) NextRetry(job *river.Job[wholeJob]) time.Time { return again(job.Attempt) }

type shardWorker struct {
	river.WorkerDefaults[shardJob]
	*worker
}

func (w *shardWorker) Timeout(*river.Job[shardJob]) time.Duration { return w.limits.Shard }

func (w *shardWorker) Work(ctx context.Context, job *river.Job[shardJob]) error {
	c, err := w.corpus(job.Args.Dir)
	if err != nil {
		return err
	}
	for i := range c.Plan.Shards {
		if c.Plan.Shards[i].Key() == job.Args.Key {
			_, err := c.Map(ctx, i, w.reader, nil)
			lost := errors.Is(err, fs.ErrNotExist) || errors.Is(err, shards.ErrChanged)
			if err = answer(ctx, err); lost && job.Attempt >= absent {
				return river.JobCancel(err)
			}
			return err
		}
	}
	return river.JobCancel(errors.New("the plan of the corpus has no such shard any more"))
}

type partWorker struct {
	river.WorkerDefaults[partJob]
	*worker
}

func (w *partWorker) Timeout(*river.Job[partJob]) time.Duration { return w.limits.Part }

func (w *partWorker) Work(ctx context.Context, job *river.Job[partJob]) error {
	c, err := w.corpus(job.Args.Dir)
	if err == nil {
		_, err = c.Reduce(ctx, job.Args.Part)
	}
	return answer(ctx, err)
}

type wholeWorker struct {
	river.WorkerDefaults[wholeJob]
	*worker
}

// Timeout is no limit here: a job is not taken from a worker before it, and so
// it must be short if another one is to go on where this one was killed.
func (w *wholeWorker) Timeout(*river.Job[wholeJob]) time.Duration { return w.limits.Part }

func (w *wholeWorker) Work(ctx context.Context, job *river.Job[wholeJob]) error {
	c, err := w.corpus(job.Args.Dir)
	if err == nil {
		run, stop := context.WithCancelCause(context.WithoutCancel(ctx))
		defer stop(nil)
		defer context.AfterFunc(w.stopped, func() { stop(context.Canceled) })()
		defer context.AfterFunc(ctx, func() {
			if !errors.Is(ctx.Err(), context.DeadlineExceeded) {
				stop(context.Cause(ctx))
			}
		})()
		go w.alive(run, job.ID)
		_, err = c.Finish(run)
		ctx = run
	}
	return answer(ctx, err)
}

// alive says until ctx ends that a job has a worker.
func (w *worker) alive(ctx context.Context, job int64) {
	for tick := time.NewTicker(w.limits.Rescue / 5); ; {
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
			// One that cannot be said is said next time.
			_, _ = w.pool.Exec(ctx, "UPDATE river_job SET attempted_at = now() WHERE id = $1 AND state = 'running'", job)
		}
	}
}

// Work does jobs, jobs at a time, until ctx ends. What is being done then is
// stopped and waits for another worker. store is where sources in object stores
// are read from; it may be nil.
func Work(ctx context.Context, dsn string, jobs int, limits Limits, reader shards.Reader, store shards.Store, log *slog.Logger) error {
	pool, err := open(ctx, dsn)
	if err != nil {
		return err
	}
	defer pool.Close()
	// What the queue logs may name files, so it is heard at Debug only.
	if !log.Enabled(ctx, slog.LevelDebug) {
		log = slog.New(slog.DiscardHandler)
	}
	w := &worker{limits, reader, store, pool, ctx}
	workers := river.NewWorkers()
	river.AddWorker(workers, &shardWorker{worker: w})
	river.AddWorker(workers, &partWorker{worker: w})
	river.AddWorker(workers, &wholeWorker{worker: w})
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{
		Queues:               map[string]river.QueueConfig{name: {MaxWorkers: jobs}},
		Workers:              workers,
		JobTimeout:           limits.Shard,
		RescueStuckJobsAfter: limits.Rescue,
		FetchPollInterval:    time.Second,
		Logger:               log,
	})
	if err != nil {
		return err
	}
	// The client ends by StopAndCancel alone, so that what it does is kept whole.
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("start a worker: %w", err)
	}
	<-ctx.Done()
	ended, stop := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer stop()
	return client.StopAndCancel(ended)
}

// pause is how often whoever waits looks.
const pause = 300 * time.Millisecond

// Who waits for alone and sees no worker hears nobody.
const (
	alone  = 5 * time.Second
	nobody = "no worker has taken a job yet; start `recount worker URL` on a machine"
)

// Scan puts the work on a corpus into the queue and waits until workers have
// done it. Stopped, it takes back what no worker has in hand; called again it
// goes on.
func Scan(ctx context.Context, dsn string, c *shards.Corpus, progress func(step string, done, total int)) (*shards.Status, error) {
	pool, err := open(ctx, dsn)
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	for {
		left, step, all, err := next(c)
		if err != nil {
			return nil, err
		}
		if len(left) == 0 {
			return c.Status()
		}
		if err := do(ctx, client, left, step, all, progress); err != nil {
			return nil, err
		}
	}
}

// patience is how long PostgreSQL may be away before whoever waits gives up.
const patience = 2 * time.Minute

// insist calls f until it answers, if the database is away: it may be started
// again meanwhile.
func insist(ctx context.Context, f func() error) error {
	for began := time.Now(); ; {
		err := f()
		if err == nil || !away(err) || time.Since(began) > patience {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// away reports whether an error says that the database cannot be reached, is
// going down or is coming up, as against that it refused what it was asked.
func away(err error) bool {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	var said *pgconn.PgError
	if !errors.As(err, &said) {
		return true
	}
	// Classes of PostgreSQL: connection exception, too few resources, operator intervention.
	return slices.Contains([]string{"08", "53", "57"}, said.Code[:min(2, len(said.Code))])
}

// A task is a folder that is to be made.
type task struct {
	args  river.JobArgs
	there func() (bool, error)
}

// next returns the tasks of the first step that is not done.
func next(c *shards.Corpus) (left []task, step string, all int, err error) {
	for i := range c.Plan.Shards {
		s := &c.Plan.Shards[i]
		left = append(left, task{shardJob{c.Dir, s.Key()}, func() (bool, error) { return c.There(c.ShardDir(s)) }})
	}
	if left, err = rest(left); err != nil || len(left) > 0 {
		return left, "shards", len(c.Plan.Shards), err
	}
	key, err := c.Key()
	if err != nil {
		return nil, "", 0, err
	}
	for p := range shards.Parts {
		left = append(left, task{partJob{c.Dir, key, p}, func() (bool, error) { return c.There(c.PartDir(key, p)) }})
	}
	if left, err = rest(left); err != nil || len(left) > 0 {
		return left, "parts", shards.Parts, err
	}
	left, err = rest([]task{{wholeJob{c.Dir, key}, func() (bool, error) {
		hash, err := c.Manifest(key)
		return hash != "", err
	}}})
	return left, "relations", 1, err
}

// rest returns the tasks that are not done.
func rest(tasks []task) (left []task, err error) {
	for _, t := range tasks {
		if there, err := t.there(); err != nil {
			return nil, err
		} else if !there {
			left = append(left, t)
		}
	}
	return left, nil
}

// do puts jobs for the tasks left of all in and waits for them.
func do(ctx context.Context, client *river.Client[pgx.Tx], left []task, step string, all int, progress func(step string, done, total int)) (err error) {
	waits := map[int64]bool{}
	defer func() {
		if ctx.Err() != nil {
			err = errors.Join(err, takeBack(context.WithoutCancel(ctx), client, waits))
		}
	}()
	if err := put(ctx, client, left, waits); err != nil {
		return err
	}
	began, first, taken := time.Now(), len(left), false
	for {
		var err error
		if left, err = rest(left); err != nil {
			return err
		}
		var found *river.JobListResult
		if taken = taken || len(left) < first; !taken && time.Since(began) > alone {
			err = insist(ctx, func() (err error) {
				found, err = client.JobList(ctx, river.NewJobListParams().Queues(name).States(rivertype.JobStateRunning, rivertype.JobStateRetryable).First(1))
				return err
			})
			if err != nil {
				return fmt.Errorf("look at the queue: %w", err)
			}
			taken = len(found.Jobs) > 0
		}
		if !taken && time.Since(began) > alone {
			progress(nobody, 0, 0)
		} else {
			progress(step, all-len(left), all)
		}
		if len(left) == 0 {
			return nil
		}
		err = insist(ctx, func() (err error) {
			found, err = client.JobList(ctx, river.NewJobListParams().Queues(name).States(rivertype.JobStateDiscarded, rivertype.JobStateCancelled).OrderBy(river.JobListOrderByID, river.SortOrderDesc).First(some))
			return err
		})
		if err != nil {
			return fmt.Errorf("look at the queue: %w", err)
		}
		for _, j := range found.Jobs {
			if !waits[j.ID] {
				continue
			}
			why := "it was cancelled"
			if n := len(j.Errors); n > 0 {
				why = j.Errors[n-1].Error
			}
			return recount.WithHint(fmt.Errorf("job %d was given up after %d attempts: %s: %w", j.ID, j.Attempt, why, recount.ErrConflict), "do what the message says, then scan again: what is done is kept")
		}
		// Whoever scans the same corpus and is stopped takes jobs back that this
		// scan waits for, too.
		err = insist(ctx, func() (err error) {
			found, err = client.JobList(ctx, river.NewJobListParams().Queues(name).States(slices.Concat(waiting, []rivertype.JobState{rivertype.JobStateRunning})...).First(1))
			return err
		})
		if err == nil && len(found.Jobs) == 0 {
			err = put(ctx, client, left, waits)
		}
		if err != nil {
			return fmt.Errorf("look at the queue: %w", err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// some is how many jobs are named in one question to the database.
const some = 1000

// put puts jobs for tasks into the queue and notes their numbers. Those that
// are in it already are not put in again.
func put(ctx context.Context, client *river.Client[pgx.Tx], tasks []task, waits map[int64]bool) error {
	for part := range slices.Chunk(tasks, some) {
		var jobs []river.InsertManyParams
		for _, t := range part {
			jobs = append(jobs, river.InsertManyParams{Args: t.args, InsertOpts: once()})
		}
		var put []*rivertype.JobInsertResult
		err := insist(ctx, func() (err error) { put, err = client.InsertMany(ctx, jobs); return err })
		if err != nil {
			return fmt.Errorf("put jobs in: %w", err)
		}
		for _, p := range put {
			waits[p.Job.ID] = true
		}
	}
	return nil
}

// waiting are the states of jobs that no worker has in hand.
var waiting = []rivertype.JobState{rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable, rivertype.JobStateScheduled}

// takeBack takes the jobs out of the queue that no worker has in hand. It gives
// up soon, as somebody waits for the program to end: jobs that stay in do no harm.
func takeBack(ctx context.Context, client *river.Client[pgx.Tx], jobs map[int64]bool) error {
	ctx, stop := context.WithTimeout(ctx, 5*time.Second)
	defer stop()
	for part := range slices.Chunk(slices.Sorted(maps.Keys(jobs)), some) {
		if _, err := client.JobDeleteMany(ctx, river.NewJobDeleteManyParams().IDs(part...).States(waiting...).First(some)); err != nil {
			return fmt.Errorf("take jobs back: %w", err)
		}
	}
	return nil
}
