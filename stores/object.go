package stores

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"

	"recount"
	"recount/internal/shards"
)

// How much is asked for at a time: much of an object that is read on, little of
// one that is read here and there.
const (
	readOn = 8 << 20
	here   = 256 << 10
)

// attempts is how often a request is made that gives nothing.
const attempts = 6

// Open opens an object, if it is the one that was listed.
func (s *Store) Open(ctx context.Context, o shards.Object) (shards.OpenFile, error) {
	b, at, err := s.bucket(ctx, o.Address)
	if err != nil {
		return nil, err
	}
	f := &object{ctx: ctx, of: o, bucket: b, key: strings.TrimPrefix(at.Path, "/"), pause: s.pause}
	err = f.insist(func() error {
		a, err := b.Attributes(ctx, f.key)
		if err != nil {
			return err
		}
		return f.same(a.Size, a.ModTime)
	})
	if err != nil {
		return nil, err
	}
	return f, nil
}

// An object is one that is open for reading.
type object struct {
	ctx    context.Context
	of     shards.Object
	bucket *blob.Bucket
	key    string
	pause  time.Duration

	mu     sync.Mutex
	window []byte // what was read last
	from   int64  // where it begins in the object
}

// errChanged ends reading an object that is another one now.
var errChanged = errors.New("the object has changed since it was planned")

// same allows for two seconds, as a list and an answer do not always round alike.
func (f *object) same(size int64, changed time.Time) error {
	if size != f.of.Size || changed.Sub(f.of.Changed).Abs() > 2*time.Second {
		return recount.WithHint(fmt.Errorf("%s: %w", f.of.Name, errChanged), "scan the sources again")
	}
	return nil
}

// insist calls ask until it answers: at once if the store says no, after some
// attempts if it says nothing.
func (f *object) insist(ask func() error) error {
	pause := f.pause
	for n := 1; ; n++ {
		err := ask()
		switch code := gcerrors.Code(err); {
		case err == nil || errors.Is(err, errChanged):
			return err
		case f.ctx.Err() != nil:
			return f.ctx.Err()
		case code == gcerrors.NotFound || code == gcerrors.PermissionDenied || code == gcerrors.InvalidArgument || n == attempts:
			return said(f.of.Address, err)
		}
		select {
		case <-f.ctx.Done():
			return f.ctx.Err()
		case <-time.After(pause):
		}
		pause *= 2
	}
}

// ReadAt reads a stretch of the object.
func (f *object) ReadAt(p []byte, off int64) (n int, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if off < 0 {
		return 0, fmt.Errorf("read %s at %d: %w", f.of.Name, off, recount.ErrInvalid)
	}
	for n < len(p) {
		at := off + int64(n)
		if at >= f.of.Size {
			return n, io.EOF
		}
		end := f.from + int64(len(f.window))
		if at >= f.from && at < end {
			n += copy(p[n:], f.window[at-f.from:])
			continue
		}
		length := int64(here)
		if at == end {
			length = readOn
		}
		length = min(max(length, int64(len(p)-n)), readOn, f.of.Size-at)
		if err := f.fill(at, int(length)); err != nil {
			return n, err
		}
	}
	return n, nil
}

// fill reads the window anew. What arrived before a request broke off is kept.
func (f *object) fill(at int64, length int) error {
	if cap(f.window) < length {
		f.window = make([]byte, length)
	}
	b := f.window[:length]
	f.window, f.from = f.window[:0], at
	n := 0
	for n < length {
		before := n
		err := f.insist(func() error {
			r, err := f.bucket.NewRangeReader(f.ctx, f.key, at+int64(n), int64(length-n), nil)
			if err != nil {
				return err
			}
			defer r.Close()
			if err := f.same(r.Size(), r.ModTime()); err != nil {
				return err
			}
			got, err := io.ReadFull(r, b[n:])
			n += got
			if n > before || err == nil {
				return nil // it goes on from there
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	f.window = b
	return nil
}

// Close lets go of what was read.
func (f *object) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.window = nil
	return nil
}
