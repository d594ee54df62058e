package study

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"recount"
	"recount/internal/disk"
)

const lockFile = ".lock"

// How long a step waits for another program that changes the study, and how
// often it looks.
var lockPatience = 2 * time.Minute

const lockPause = 50 * time.Millisecond

// change runs f while no other program changes the study. Several programs may
// read at a time, and one change; the others wait. The system lets go of the
// lock when a program ends, however it ends.
func (s *Study) change(ctx context.Context, f func() error) error {
	if s.held {
		return f()
	}
	if s.store != nil && s.store.Full() {
		return recount.WithHint(fmt.Errorf("the disk of %s is full, so that nothing can be saved: %w", s.Dir, syscall.ENOSPC),
			"free some space on it and run the same command again; until then the study can be read")
	}
	path := filepath.Join(s.Dir, lockFile)
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("lock the study: %w", err)
	}
	defer file.Close()
	place := ""
	for began := time.Now(); ; {
		ours, err := disk.Lock(file)
		if errors.Is(err, errors.ErrUnsupported) {
			place = "a folder in which nothing can be locked"
			break
		}
		if err != nil {
			return fmt.Errorf("lock the study: %w", err)
		}
		if ours {
			break
		}
		if time.Since(began) > lockPatience {
			return recount.WithHint(fmt.Errorf("lock the study: %w: another recount is changing it", recount.ErrConflict), "wait until it is done, or stop it; nothing of this step was saved")
		}
		s.opts.Progress("waiting for another recount", 0, 0)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(lockPause):
		}
	}
	s.notePlace(file, place)
	s.held = true
	defer func() { s.held = false }()
	return f()
}

// notePlace says once of a study that it lies where locks do not reach everybody
// who may change it; what was said stands in the file of the lock.
func (s *Study) notePlace(file *os.File, place string) {
	if s.opts.Notice == nil || s.noted {
		return
	}
	s.noted = true
	if place = cmp.Or(place, disk.Shared(s.Dir)); place == "" {
		return
	}
	said, err := io.ReadAll(io.LimitReader(file, 1<<10))
	if err == nil && string(said) == place+"\n" {
		return
	}
	s.opts.Notice("the study lies in " + place + ", where two machines can change it at once and spoil it: work in it on one machine at a time, and let the other see all of it before it begins. " +
		"Better keep it on a disk of this machine, and pass on answers with `recount decisions export`")
	// If it cannot be kept, it is said again.
	if file.Truncate(0) == nil {
		_, _ = file.WriteAt([]byte(place+"\n"), 0)
	}
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
	if ours, _ := disk.Lock(file); ours {
		s.book.Pack(ctx)
	}
}
