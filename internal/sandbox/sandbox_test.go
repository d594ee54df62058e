package sandbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"recount"
)

// asChild is the argument that makes the test program a child.
const asChild = "sandbox-test-child"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == readerChild {
		if err := ServeReader(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if len(os.Args) > 1 && os.Args[1] == asChild {
		if err := Serve(os.Stdin, os.Stdout, misbehave); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// calls counts the calls of a child, to see that it is used again.
var calls int

// misbehave is the reader of the tests: kind says what it does.
func misbehave(kind string, options, payload []byte) ([]byte, error) {
	calls++
	switch kind {
	case "echo":
		return append(append([]byte{}, options...), payload...), nil
	case "calls":
		return []byte(strconv.Itoa(calls)), nil
	case "pid":
		return []byte(strconv.Itoa(os.Getpid())), nil
	case "environment":
		return []byte(strings.Join(os.Environ(), "\n")), nil
	case "refuse":
		return nil, recount.WithHint(fmt.Errorf("no text layer: %w", recount.ErrRefused), "type the text in")
	case "not found":
		return nil, fmt.Errorf("no paragraph there: %w", recount.ErrNotFound)
	case "error":
		return nil, errors.New("some error")
	case "panic":
		panic("a bug")
	case "nil map":
		var m map[string]int
		//lint:ignore SA5000 it is to fail
		m["x"] = 1
	case "exit":
		os.Exit(3)
	case "exit with 0":
		os.Exit(0)
	case "hang":
		for i := 0; ; i++ {
			if i < 0 {
				return nil, nil
			}
		}
	case "sleep":
		time.Sleep(time.Hour)
	case "late once": // options is a folder that shows whether it was called before
		if os.Mkdir(string(options)+"/late", 0o700) == nil {
			time.Sleep(time.Hour)
		}
		return []byte("in time"), nil
	case "one gigabyte at once":
		b := make([]byte, 1<<30)
		for i := 0; i < len(b); i += 4096 {
			b[i] = 1
		}
		return b[:1], nil
	case "one gigabyte in pieces":
		var all [][]byte
		for range 1 << 10 {
			b := make([]byte, 1<<20)
			for i := 0; i < len(b); i += 4096 {
				b[i] = 1
			}
			all = append(all, b)
		}
		return all[5][:1], nil
	case "300 MB, one after the other":
		n := 0
		for range 300 {
			b := make([]byte, 1<<20)
			b[rand.IntN(len(b))] = 1
			n += len(b)
		}
		return []byte(strconv.Itoa(n)), nil
	case "150 MB":
		b := make([]byte, 150<<20)
		for i := 0; i < len(b); i += 4096 {
			b[i] = 1
		}
		return b[:1], nil
	case "call itself":
		return []byte(strconv.Itoa(callItself(1))), nil
	case "print to standard output":
		os.Stdout.WriteString("hello, this is no answer")
		return nil, nil
	case "print a lot to standard error":
		for range 1000 {
			os.Stderr.WriteString(strings.Repeat("x", 1000))
		}
		os.Exit(4)
	case "write a file":
		return nil, os.WriteFile(os.TempDir()+"/sandbox-test-file", []byte("x"), 0o600)
	case "threads":
		var wg sync.WaitGroup
		for range 10_000 {
			wg.Add(1)
			go func() { defer wg.Done(); time.Sleep(time.Millisecond) }()
		}
		wg.Wait()
		return []byte("ok"), nil
	case "large answer":
		return bytes.Repeat([]byte("y"), 20<<20), nil
	}
	return nil, nil
}

func callItself(n int) int {
	var room [100]int
	room[n%100] = n
	//lint:ignore SA5007 it is to fail
	return callItself(n+1) + room[(n+1)%100]
}

func testPool(t testing.TB, change func(*Options)) *Pool {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Command: []string{program, asChild}, Workers: 1, Timeout: 500 * time.Millisecond}
	if change != nil {
		change(&o)
	}
	p := NewPool(o)
	t.Cleanup(p.Close)
	return p
}

func TestWhatAPayloadDoesBecomesARefusal(t *testing.T) {
	tests := []struct {
		kind   string
		reason string // beginning of the error; "" = no error
		hint   string
		kindOf error
	}{
		{"echo", "", "", nil},
		{"refuse", "no text layer: refused", "type the text in", recount.ErrRefused},
		{"not found", "no paragraph there: not found", "", recount.ErrNotFound},
		{"error", "some error", "", nil},
		{"panic", "reading it failed: a fault of the program", "supply its text", recount.ErrRefused},
		{"nil map", "reading it failed: a fault of the program", "supply its text", recount.ErrRefused},
		{"exit", "the program that read it ended without an answer", "supply its text", recount.ErrRefused},
		{"exit with 0", "the program that read it ended without an answer", "supply its text", recount.ErrRefused},
		{"hang", "reading it took longer than 0.5 s", "supply its text", recount.ErrRefused},
		{"sleep", "reading it took longer than 0.5 s", "supply its text", recount.ErrRefused},
		{"one gigabyte at once", "reading it took more than 224 MB of memory", "supply its text", recount.ErrRefused},
		{"one gigabyte in pieces", "reading it took more than 224 MB of memory", "supply its text", recount.ErrRefused},
		{"300 MB, one after the other", "", "", nil},
		{"150 MB", "", "", nil},
		{"call itself", "it is nested without end", "supply its text", recount.ErrRefused},
		{"print to standard output", "the program that read it ended without an answer", "supply its text", recount.ErrRefused},
		{"print a lot to standard error", "the program that read it ended without an answer", "supply its text", recount.ErrRefused},
		{"threads", "", "", nil},
		{"large answer", "", "", nil},
	}
	for _, reused := range []bool{false, true} {
		for _, tt := range tests {
			t.Run(fmt.Sprintf("%s, child used before %v", tt.kind, reused), func(t *testing.T) {
				p := testPool(t, func(o *Options) {
					if tt.reason == "" || strings.HasPrefix(tt.kind, "one gigabyte") { // on a busy machine, or under the race detector
						o.Timeout = time.Minute
					}
					if tt.kind == "sleep" {
						o.Patience = 2
					}
				})
				if reused {
					if _, err := p.Do(t.Context(), "echo", nil, nil); err != nil {
						t.Fatal(err)
					}
				}
				begun := time.Now()
				_, err := p.Do(t.Context(), tt.kind, nil, nil)
				t.Logf("%v: %v", time.Since(begun).Round(time.Millisecond), err)
				if tt.reason == "" {
					if err != nil {
						t.Fatalf("Do(%s) = %v, want no error", tt.kind, err)
					}
				} else if err == nil || !strings.HasPrefix(err.Error(), tt.reason) &&
					// A child that the system ends at once may not get to say why.
					!(tt.kind == "one gigabyte at once" && strings.HasPrefix(err.Error(), "the program that read it ended without an answer")) {
					t.Fatalf("Do(%s) = %v, want %q", tt.kind, err, tt.reason)
				}
				if tt.kindOf != nil && !errors.Is(err, tt.kindOf) {
					t.Errorf("Do(%s) = %v, want it to wrap %v", tt.kind, err, tt.kindOf)
				}
				if !strings.HasPrefix(recount.HintOf(err), tt.hint) {
					t.Errorf("hint of %s = %q, want %q", tt.kind, recount.HintOf(err), tt.hint)
				}
				if out, err := p.Do(t.Context(), "echo", []byte("op"), []byte("tions")); err != nil || string(out) != "options" {
					t.Errorf("echo after %s = %q, %v", tt.kind, out, err)
				}
			})
		}
	}
}

// A page is not refused because other programs held the processors for a while:
// a call that was not answered, although its time was not used up, is made once
// more.
func TestABusyMachineRefusesNothing(t *testing.T) {
	for _, used := range []bool{false, true} {
		p := testPool(t, func(o *Options) { o.Patience = 2 })
		if used {
			if _, err := p.Do(t.Context(), "echo", nil, nil); err != nil {
				t.Fatal(err)
			}
		}
		if out, err := p.Do(t.Context(), "late once", []byte(t.TempDir()), nil); err != nil || string(out) != "in time" {
			t.Errorf("a call that is late once, child used before %t = %q, %v", used, out, err)
		}
	}
}

func TestChildrenAreKeptAndReplaced(t *testing.T) {
	p := testPool(t, nil)
	for i := range 5 {
		out, err := p.Do(t.Context(), "calls", nil, nil)
		if err != nil || string(out) != strconv.Itoa(i+1) {
			t.Fatalf("call %d = %q, %v; want the same child", i+1, out, err)
		}
	}
	if _, err := p.Do(t.Context(), "exit", nil, nil); err == nil {
		t.Fatal("exit gave no error")
	}
	if out, err := p.Do(t.Context(), "calls", nil, nil); err != nil || string(out) != "1" {
		t.Fatalf("after exit = %q, %v; want a fresh child", out, err)
	}
}

func TestAChildThatWasKilledBetweenCallsIsReplaced(t *testing.T) {
	p := testPool(t, nil)
	out, err := p.Do(t.Context(), "pid", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	pid, _ := strconv.Atoi(string(out))
	proc, err := os.FindProcess(pid)
	if err != nil {
		t.Fatal(err)
	}
	if err := proc.Kill(); err != nil {
		t.Fatal(err)
	}
	if out, err := p.Do(t.Context(), "echo", nil, bytes.Repeat([]byte("z"), 1<<20)); err != nil || len(out) != 1<<20 {
		t.Fatalf("Do = %d bytes, %v", len(out), err)
	}
}

func TestManyCallsAtOnceAmongHostileOnes(t *testing.T) {
	p := testPool(t, func(o *Options) { o.Workers = 3; o.Timeout = 300 * time.Millisecond })
	var wg sync.WaitGroup
	for i := range 120 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			switch i % 30 {
			case 7:
				if _, err := p.Do(t.Context(), "hang", nil, nil); !errors.Is(err, recount.ErrRefused) {
					t.Errorf("hang = %v", err)
				}
			case 17:
				if _, err := p.Do(t.Context(), "exit", nil, nil); !errors.Is(err, recount.ErrRefused) {
					t.Errorf("exit = %v", err)
				}
			default:
				want := strings.Repeat(strconv.Itoa(i)+" ", i*1000)
				if out, err := p.Do(t.Context(), "echo", nil, []byte(want)); err != nil || string(out) != want {
					t.Errorf("echo %d = %d bytes, %v", i, len(out), err)
				}
			}
		}()
	}
	wg.Wait()
}

func TestACallCanBeCancelled(t *testing.T) {
	p := testPool(t, func(o *Options) { o.Timeout = time.Minute })
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	begun := time.Now()
	if _, err := p.Do(ctx, "sleep", nil, nil); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, recount.ErrRefused) {
		t.Fatalf("Do = %v, want the error of the context and no refusal", err)
	}
	if d := time.Since(begun); d > time.Minute {
		t.Errorf("cancelling took %v", d)
	}
	if _, err := p.Do(t.Context(), "echo", nil, nil); err != nil {
		t.Errorf("echo after it = %v", err)
	}
}

func TestClosingEndsARunningCall(t *testing.T) {
	p := testPool(t, func(o *Options) { o.Timeout = time.Minute })
	got := make(chan error, 1)
	go func() {
		_, err := p.Do(context.Background(), "sleep", nil, nil)
		got <- err
	}()
	time.Sleep(100 * time.Millisecond)
	p.Close()
	if err := <-got; err == nil || errors.Is(err, recount.ErrRefused) {
		t.Errorf("Do = %v, want an error that is no refusal", err)
	}
	if _, err := p.Do(context.Background(), "echo", nil, nil); err == nil {
		t.Error("a closed pool answered")
	}
}

func TestAChildInheritsNextToNothing(t *testing.T) {
	t.Setenv("RECOUNT_SECRET", "1")
	p := testPool(t, nil)
	out, err := p.Do(t.Context(), "environment", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(out), "RECOUNT_SECRET") || strings.Contains(string(out), "HOME=") {
		t.Errorf("the child sees %q", out)
	}
}

func TestAProgramThatIsNoChildIsAnError(t *testing.T) {
	for _, argv := range [][]string{nil, {"/no/such/program"}} {
		p := NewPool(Options{Command: argv})
		if _, err := p.Do(t.Context(), "echo", nil, nil); err == nil || errors.Is(err, recount.ErrRefused) {
			t.Errorf("Do with %q = %v, want an error that is no refusal", argv, err)
		}
		p.Close()
	}
}

func TestServeRefusesGarbage(t *testing.T) {
	for _, in := range []string{"x", "rci1", "garbage that is longer than a head of a message", "rci1" + strings.Repeat("\xff", 40)} {
		var out bytes.Buffer
		if err := Serve(strings.NewReader(in), &out, misbehave); err == nil {
			t.Errorf("Serve(%q) gave no error", in)
		}
	}
	if err := Serve(strings.NewReader(""), io.Discard, misbehave); err != nil {
		t.Errorf("Serve of nothing = %v", err)
	}
}

func FuzzFrames(f *testing.F) {
	var b bytes.Buffer
	c := call{memory: 1, cpu: 2, kind: "k", options: []byte("{}"), payload: []byte("payload")}
	if err := c.write(&b); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	b.Reset()
	if err := replyTo(errors.New("x")).write(&b); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, in []byte) {
		if c, err := readCall(bytes.NewReader(in)); err == nil {
			var back bytes.Buffer
			if err := c.write(&back); err != nil || !bytes.HasPrefix(in, back.Bytes()) {
				t.Errorf("a call read from %x is written as %x, %v", in, back.Bytes(), err)
			}
		}
		if a, err := readReply(bytes.NewReader(in)); err == nil {
			_ = a.err()
		}
	})
}

func BenchmarkStart(b *testing.B) {
	program, _ := os.Executable()
	for b.Loop() {
		p := NewPool(Options{Command: []string{program, asChild}, Workers: 1})
		if _, err := p.Do(b.Context(), "echo", nil, nil); err != nil {
			b.Fatal(err)
		}
		p.Close()
	}
}

func BenchmarkCall(b *testing.B) {
	p := testPool(b, nil)
	payload := make([]byte, 256<<10)
	if _, err := p.Do(b.Context(), "calls", nil, payload); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(payload)))
	for b.Loop() {
		if _, err := p.Do(b.Context(), "calls", nil, payload); err != nil {
			b.Fatal(err)
		}
	}
}
