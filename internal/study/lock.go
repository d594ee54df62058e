package study

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"recount"
)

const lockFile = ".lock"

// How long a step waits for another program that changes the study, and how
// often it looks.
const (
	lockPatience = 2 * time.Minute
	lockPause    = 50 * time.Millisecond
)

var errLocked = errors.New("another recount is changing it")

// change runs f while no other program changes the study. Several programs may
// read at a time, and one change; the others wait. The system lets go of the
// lock when a program ends, however it ends.
func (s *Study) change(ctx context.Context, f func() error) error {
	if s.held {
		return f()
	}
	path := filepath.Join(s.Dir, lockFile)
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("lock the study: %w", err)
	}
	defer file.Close()
	for began := time.Now(); ; {
		err := tryLock(file)
		if err == nil {
			break
		}
		if !errors.Is(err, errLocked) {
			return fmt.Errorf("lock the study: %w", err)
		}
		if time.Since(began) > lockPatience {
			return recount.WithHint(fmt.Errorf("lock the study: %w: %w", recount.ErrConflict, err), "wait until it is done, or stop it; nothing of this step was saved")
		}
		s.opts.Progress("waiting for another recount", 0, 0)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(lockPause):
		}
	}
	s.held = true
	defer func() { s.held = false }()
	return f()
}

// pack keeps what opening the study needs in the form that is read fastest, if
// much has changed since that was done last. It is no step of anybody's: while
// another program changes the study, or if this one may not write, nothing is
// packed, and the next who opens the study reads rows.
func (s *Study) pack(ctx context.Context) {
	if s.book == nil {
		return
	}
	file, err := os.OpenFile(filepath.Join(s.Dir, lockFile), os.O_RDWR, 0)
	if err != nil {
		return
	}
	defer file.Close()
	if tryLock(file) == nil {
		s.book.Pack(ctx)
	}
}
