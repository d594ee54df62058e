package cli

import (
	"io"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// pipeOf returns the pipe that is written to, or nil if it is none.
func pipeOf(w io.Writer) *os.File {
	f, ok := w.(*os.File)
	if !ok {
		return nil
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		return nil
	}
	return f
}

// readersTime is how long the program waits at its end for a reader that has not yet
// taken what lies in the pipe.
const readersTime = time.Second

// abandoned reports whether the reader of a pipe ended before it took all that was
// written. It waits for a reader that is there, for a while.
func abandoned(f *os.File) bool {
	fd := int(f.Fd())
	for wait, until := time.Millisecond, time.Now().Add(readersTime); ; wait = min(2*wait, 20*time.Millisecond) {
		// What is unread is looked at last: a reader that takes the rest and ends in
		// between has taken all.
		ask := []unix.PollFd{{Fd: int32(fd)}}
		_, err := unix.Poll(ask, 0)
		gone := err == nil && ask[0].Revents&unix.POLLERR != 0
		unread, err := unix.IoctlGetInt(fd, unix.TIOCINQ)
		if err != nil || unread == 0 {
			return false
		}
		if gone {
			return true
		}
		if time.Now().After(until) {
			return false
		}
		time.Sleep(wait)
	}
}
