package shards

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
)

// Workers is how many shards this machine reads at a time: two, so that the
// cores have work while one of them writes; each is read on all cores.
func Workers() int { return min(2, runtime.GOMAXPROCS(0)) }

// Run makes the corpus in this process: shards, parts, and what rests on all of
// them. What is there is not made again, so a run that was ended goes on.
func (c *Corpus) Run(ctx context.Context, reader Reader, progress func(step string, done, total int)) (*Status, error) {
	const unit = 1 << 20
	var total, done atomic.Int64
	var todo []int
	for i := range c.Plan.Shards {
		s := &c.Plan.Shards[i]
		total.Add(s.Length)
		_, _, ok, err := made(c.ShardDir(s))
		if err != nil {
			return nil, err
		}
		if ok {
			done.Add(s.Length)
		} else {
			todo = append(todo, i)
		}
	}
	all := int(total.Load()/unit) + 1
	tell := func() { progress("MB of shards", min(int(done.Load()/unit), all-1), all) }
	tell()
	err := each(ctx, len(todo), func(ctx context.Context, n int) error {
		s := &c.Plan.Shards[todo[n]]
		at := int64(0)
		_, err := c.Map(ctx, todo[n], reader, func(bytes int64) {
			if bytes = min(bytes, s.Length); bytes > at {
				done.Add(bytes - at)
				at = bytes
				tell()
			}
		})
		done.Add(s.Length - at)
		tell()
		return err
	})
	if err != nil {
		return nil, err
	}
	progress("MB of shards", all, all)
	var parts atomic.Int64
	err = each(ctx, Parts, func(ctx context.Context, p int) error {
		progress("parts", int(parts.Load()), Parts)
		_, err := c.Reduce(ctx, p)
		parts.Add(1)
		return err
	})
	if err != nil {
		return nil, err
	}
	progress("parts", Parts, Parts)
	progress("relations", 0, 0)
	return c.Finish(ctx)
}

// each calls f for 0 to n-1 by Workers at a time, until one of them fails.
func each(ctx context.Context, n int, f func(ctx context.Context, i int) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var next atomic.Int64
	var wg sync.WaitGroup
	errs := make([]error, Workers())
	for w := range errs {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if errs[w] = ctx.Err(); errs[w] == nil {
					errs[w] = f(ctx, i)
				}
				if errs[w] != nil {
					stop()
					return
				}
			}
		})
	}
	wg.Wait()
	// What stopped the others says more than that they were stopped.
	var said error
	for _, err := range errs {
		if err != nil && (said == nil || errors.Is(said, context.Canceled)) {
			said = err
		}
	}
	return said
}
