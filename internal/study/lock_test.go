package study

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"recount"
	"recount/internal/casebook"
	"recount/internal/disk"
)

// Who decides while another program changes the study waits and is told so, until
// the other is done, the wait is given up, or it has lasted too long; nothing is
// saved but in the first case.
func TestDecidersWait(t *testing.T) {
	ctx := context.Background()
	s, _ := studyOfCanaries(t, canaries())
	defer s.Close()
	entries := func() int64 {
		t.Helper()
		c, err := s.store.Checkpoint(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return c.Size
	}
	decide := func(ctx context.Context) error {
		_, err := s.Decide(ctx, By{}, casebook.Draft{Answer: recount.MemoBody{Text: "the pier was empty"}})
		return err
	}
	var other *os.File
	lock := func() {
		t.Helper()
		var err error
		if other, err = os.OpenFile(filepath.Join(s.Dir, lockFile), os.O_CREATE|os.O_RDWR, 0o600); err != nil {
			t.Fatal(err)
		}
		if ours, err := disk.Lock(other); !ours || err != nil {
			t.Fatalf("Lock = %v, %v", ours, err)
		}
	}
	told := 0
	hear := func(f func()) {
		told = 0
		once := sync.OnceFunc(f)
		s.opts.Progress = func(step string, done, total int) {
			if step == "waiting for another recount" {
				told++
				once()
			}
		}
	}

	lock()
	before := entries()
	hear(func() { other.Close() })
	if err := decide(ctx); err != nil || told == 0 || entries() == before {
		t.Errorf("once the other is done: %v, told %d times, %d entries before and %d now", err, told, before, entries())
	}

	lock()
	before = entries()
	stop, cancel := context.WithCancel(ctx)
	hear(cancel)
	if err := decide(stop); !errors.Is(err, context.Canceled) || told == 0 || entries() != before {
		t.Errorf("given up: %v, told %d times, %d entries before and %d now", err, told, before, entries())
	}

	patience := lockPatience
	defer func() { lockPatience = patience }()
	lockPatience = 3 * lockPause
	hear(func() {})
	err := decide(ctx)
	if !errors.Is(err, recount.ErrConflict) || !strings.Contains(recount.HintOf(err), "nothing of this step was saved") || told == 0 || entries() != before {
		t.Errorf("too long: %v, told %d times, %d entries before and %d now", err, told, before, entries())
	}
	if patience < time.Minute || patience > 10*time.Minute {
		t.Errorf("who decides waits for %v", patience)
	}
	other.Close()
	if err := decide(ctx); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
