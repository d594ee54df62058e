// Package cli is the command line: one file per verb turns flags into calls of
// package study and the answers into lines. docs/ holds the manual, one page
// per verb; testdata/ holds its examples, which the tests run.
//
// Exit codes: 0 done; 1 done, but items were refused, differ or fail a check,
// and are listed; 2 wrong usage, an unreadable study or a step that could not
// be done, with one line that says what to do.
package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"recount"

	"recount/internal/shards"
	"recount/internal/study"
)

// Exit codes.
const (
	exitDone  = 0
	exitItems = 1
	exitUsage = 2
)

// commands are the verbs, in the order of the work.
type commands struct {
	Study string `help:"Folder of the study." default:"." placeholder:"DIR" type:"path"`
	As    string `help:"Who decides; written into every decision." default:"analyst" env:"RECOUNT_AS" placeholder:"NAME"`
	Round string `help:"Round of coding that the answers belong to; rounds that begin with \"calibration\" count for agreement only." placeholder:"NAME"`
	Keys  string `name:"vault-keys" help:"File of keys of the vault; the one beside the folder of the study if none is named." env:"RECOUNT_VAULT_KEYS" placeholder:"FILE" type:"path"`
	Free  bool   `name:"no-names" help:"What is typed about protected people names nobody, although no page of them prints it."`
	Quiet bool   `help:"No progress." short:"q"`
	Debug bool   `help:"Log on standard error what each step did." hidden:""`

	Demo     demoCmd     `cmd:"" help:"Copy the example study, run every step, print the counts and serve the report."`
	Run      runCmd      `cmd:"" help:"From a pile of pages to a report on what is in it."`
	Init     initCmd     `cmd:"" help:"Make a study."`
	Add      addCmd      `cmd:"" help:"Archive files, folders and pages of the web in the study."`
	Extract  extractCmd  `cmd:"" help:"Take text, copies, statements and figures out of what was added."`
	Watch    watchCmd    `cmd:"" help:"Ask feeds for new pages and archive them."`
	Attach   attachCmd   `cmd:"" help:"Supply a picture, recording, typed text or translation of a page that could not be read."`
	Searches searchesCmd `cmd:"" help:"List the search log."`
	Versions versionsCmd `cmd:"" help:"List what outlets changed in pages after they were captured."`
	Scope    scopeCmd    `cmd:"" help:"List who speaks, and decide who counts."`
	Link     linkCmd     `cmd:"" help:"List who may be one person, and decide."`
	Code     codeCmd     `cmd:"" help:"List statements, accept and code them."`
	Type     typeCmd     `cmd:"" help:"Type in a statement that the program missed."`

	Page       pageCmd       `cmd:"" help:"List pages, show one whole, and correct its title, byline, outlet or language."`
	Screen     screenCmd     `cmd:"" help:"List which pages belong to the study, and decide."`
	Owner      ownerCmd      `cmd:"" help:"List who owns which outlet, and decide."`
	Assign     assignCmd     `cmd:"" help:"List who codes which page, and decide."`
	Codes      codesCmd      `cmd:"" help:"List the codes with their counts; move, merge or split one."`
	Handout    handoutCmd    `cmd:"" help:"Write a file for a coder who works elsewhere: pages, codebook, assignment, nobody's answers; or open one."`
	Takeback   takebackCmd   `cmd:"" help:"Say what a coder's answers bring that come back, and take them in."`
	Memo       memoCmd       `cmd:"" help:"List memos, and write one."`
	Note       noteCmd       `cmd:"" help:"List what an editor or a lawyer asks, ask, and say what is done."`
	Agreement  agreementCmd  `cmd:"" help:"Compute how far coders agree."`
	People     peopleCmd     `cmd:"" help:"The dataset: one row a person, as CSV or a workbook."`
	Speaker    speakerCmd    `cmd:"" help:"Enter a person whom the program missed, correct one, or split one in two."`
	Assist     assistCmd     `cmd:"" help:"Ask a language model on this machine what the program missed; suggestion only."`
	Value      valueCmd      `cmd:"" help:"Record a value of a person with its sentence."`
	Tier       tierCmd       `cmd:"" help:"List how far people may be shown outside the team, and decide."`
	Vault      vaultCmd      `cmd:"" help:"Keep real names, contacts and notes about protected people sealed, and open them."`
	Aside      asideCmd      `cmd:"" help:"List what was set aside as other stories, and bring it back."`
	Reprint    reprintCmd    `cmd:"" help:"List which pages reprint which, and decide."`
	Date       dateCmd       `cmd:"" help:"List pages whose dates disagree, and decide."`
	Sample     sampleCmd     `cmd:"" help:"Draw articles to read to the end, for the miss rate."`
	Count      countCmd      `cmd:"" help:"Count the people, by a filter or a variable."`
	Figures    figuresCmd    `cmd:"" help:"List the figures that outlets report, and set them beside each other."`
	Report     reportCmd     `cmd:"" help:"Write the report with its evidence."`
	Diff       diffCmd       `cmd:"" help:"Say what changed between two versions, and why."`
	Serve      serveCmd      `cmd:"" help:"Do a study in a browser on this machine."`
	Open       openCmd       `cmd:"" help:"Show the studies of a folder in the browser; what recount does without a verb."`
	Disclosure disclosureCmd `cmd:"" help:"Say what the study, or files made of it, would give away about the people in it."`
	Publish    publishCmd    `cmd:"" help:"Make the public edition, or say what speaks against one."`
	Remove     removeCmd     `cmd:"" help:"Take a person who withdrew out of everything."`
	Recheck    recheckCmd    `cmd:"" help:"Hash, replay and count everything again."`
	Check      checkCmd      `cmd:"" help:"Ask whether a share can exist: recount check \"61% of 58\"."`

	Decisions decisionsCmd `cmd:"" help:"List, export, import, retract or erase decisions."`
	Rebuild   rebuildCmd   `cmd:"" help:"Drop what is derived and make it again."`
	Export    exportCmd    `cmd:"" help:"Write everything as JSON Lines, the same bytes for the same study."`
	Version   versionCmd   `cmd:"" help:"Print the version."`
	Help      helpCmd      `cmd:"" help:"Print the manual page of a verb."`

	Corpus corpusCmd `cmd:"" help:"Read folders of web archives that are too large for a study into tables, and take slices of them."`
	Worker workerCmd `cmd:"" help:"Be one of several programs that read a corpus together."`

	Text    textCmd    `cmd:"" group:"plumbing" help:"Files in, articles out as JSON Lines."`
	Quotes  quotesCmd  `cmd:"" group:"plumbing" help:"Articles in, statements, speakers and figures out."`
	Copies  copiesCmd  `cmd:"" group:"plumbing" help:"Articles in, related pairs out."`
	Origins originsCmd `cmd:"" group:"plumbing" help:"Articles in, where each sentence comes from out."`
	Propose proposeCmd `cmd:"" group:"plumbing" help:"Mentions of persons in, pairs that may be one person out."`
	Match   matchCmd   `cmd:"" group:"plumbing" help:"Pairs of names in, scores out."`
}

// A runner is what a verb needs of the world.
type runner = Console

// child is the argument that makes the program a child of itself: it reads
// files that may be hostile for the one that started it.
const child = "read-as-child"

// Main runs recount with args and returns its exit code.
func Main(args []string, in io.Reader, out, errOut io.Writer) int {
	return MainWith(nil, args, in, out, errOut)
}

// MainWith is Main where sources of a corpus may lie in object stores.
func MainWith(store shards.Store, args []string, in io.Reader, out, errOut io.Writer) int {
	if len(args) == 1 && args[0] == child {
		// A terminal sends Ctrl-C to all of its programs; the one that started
		// this one ends it when it has kept what is done.
		signal.Ignore(os.Interrupt)
		if err := study.ServeChild(in, out); err != nil {
			return exitUsage
		}
		return exitDone
	}
	defer leaveRoom()()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	written := &writer{to: out, pipe: pipeOf(out), stop: stop, before: func() {}}
	out = written
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)
	ended := make(chan struct{})
	defer close(ended)
	go interrupt(signals, ended, stop, errOut)
	// A pipe that nobody reads is an error like any other, and no silent end.
	signal.Ignore(syscall.SIGPIPE)
	var c commands
	code := -1
	parser, err := kong.New(&c, kong.Name("recount"),
		kong.Description("Turns a pile of news coverage into a counted, cited dataset of the people who speak in it."),
		kong.Writers(out, errOut), kong.Exit(func(n int) { code = n }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}))
	if err != nil {
		fmt.Fprintln(errOut, "recount:", err)
		return exitUsage
	}
	if len(args) == 0 || len(args) == 1 && args[0] == "--no-open" {
		args = append([]string{"open"}, args...)
	}
	k, err := parser.Parse(args)
	if code >= 0 { // --help was printed
		if err := written.unless(nil); err != nil {
			return report(errOut, "help", err)
		}
		return code
	}
	if err != nil {
		if written.failed() != nil {
			return report(errOut, "help", written.unless(nil))
		}
		said, hint := misuse(parser, args, err)
		fmt.Fprintf(errOut, "recount: %s\nhint: %s\n", recount.Visible(said), recount.Visible(hint))
		return exitUsage
	}
	if err := errEmpty(k); err != nil {
		return report(errOut, strings.Fields(k.Command())[0], err)
	}
	level := slog.LevelWarn
	if c.Debug {
		level = slog.LevelDebug
	}
	log := slog.New(slog.NewTextHandler(errOut, &slog.HandlerOptions{Level: level}))
	given := slices.ContainsFunc(args, func(a string) bool { return a == "--as" || strings.HasPrefix(a, "--as=") })
	if c.As = strings.TrimSpace(c.As); c.As == "" && !given { // RECOUNT_AS is set, to nothing
		c.As = anybody
	}
	if err := recount.CheckCoder(c.As); err != nil {
		return report(errOut, "", err)
	}
	c.As = Cell(c.As)
	p := newProgress(errOut, c.Quiet)
	now, err := clock()
	if err != nil {
		return report(errOut, "", err)
	}
	r := &runner{Ctx: ctx, Unnamed: c.As == anybody && !given && os.Getenv("RECOUNT_AS") == "", In: in, Out: out, Err: sequel{errOut, written}, Dir: c.Study, Round: c.Round, Store: store, Finish: p.Done,
		Opts: study.Options{Actor: c.As, Keys: c.Keys, NoNames: c.Free, Now: now, Progress: p.Step, Log: log}}
	if !c.Quiet {
		r.Opts.Notice = func(words string) {
			p.Say("note: " + recount.Visible(words))
		}
	}
	if exe, err := os.Executable(); err == nil {
		r.Opts.Child = []string{exe, child}
	}
	written.before = p.Yield
	quiet := p.Begin(strings.Fields(k.Command())[0])
	err = r.end(k.Run(r))
	quiet()
	p.Done()
	return report(errOut, strings.Fields(k.Command())[0], written.unless(err))
}

// unless returns what went wrong: that what was printed could not be written,
// unless the work failed for another reason.
func (w *writer) unless(err error) error {
	failed := w.failed()
	if failed == nil || err != nil && !errors.Is(err, errItems) && !errors.Is(err, context.Canceled) && !errors.Is(err, failed) {
		return err
	}
	if errors.Is(failed, syscall.EPIPE) || errors.Is(failed, os.ErrClosed) || errors.Is(failed, io.ErrClosedPipe) {
		return recount.WithHint(errors.New("what it prints could not be written: the program that reads it has ended"), "nothing is wrong with the study or the disk; what was saved is kept")
	}
	return recount.WithHint(fmt.Errorf("what it prints could not be written: %w", failed), cmp.Or(systemHint(failed), "look where the output goes")+"; what was saved in the study is kept")
}

// grace is how long a step that was stopped may take to end by itself. After
// it the program ends, as it may at any moment: what is saved is whole.
const grace = 700 * time.Millisecond

// interrupt stops the work at the first signal, and the program if the work
// has not ended in time or a second signal comes.
func interrupt(signals <-chan os.Signal, ended <-chan struct{}, stop func(), errOut io.Writer) {
	select {
	case <-ended:
		return
	case <-signals:
	}
	stop()
	select {
	case <-ended:
		return
	case <-signals:
	case <-time.After(grace):
	}
	fmt.Fprint(errOut, "recount: stopped\nhint: run it again to go on where it stopped\n")
	os.Exit(exitUsage)
}

// A writer keeps the first error of writing, and stops the work at it.
//
// Into a pipe it writes in blocks. Whether a reader that takes a first part and
// ends has left something unread then depends on how much is printed, and not on
// which of the two programs was faster: left unread is an error for every verb, and
// all of it taken is none.
type writer struct {
	to     io.Writer
	pipe   *os.File // to, if it is a pipe whose reader can be asked for
	stop   func()
	before func() // is called before anything is written

	mu    sync.Mutex
	block []byte // for the pipe, not yet written
	late  *time.Timer
	err   error
}

// A block is written when it is full, when the program ends, or when its oldest
// words have waited for so long: who reads what a server says must not wait.
const (
	blockSize = 64 << 10
	blockWait = 200 * time.Millisecond
)

func (w *writer) Write(b []byte) (int, error) {
	w.before()
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.pipe == nil {
		n, err := w.to.Write(b)
		w.note(err)
		return n, err
	}
	if w.err != nil {
		return 0, w.err
	}
	if w.block = append(w.block, b...); len(w.block) >= blockSize {
		if err := w.flush(); err != nil {
			return 0, err
		}
	} else if w.late == nil {
		w.late = time.AfterFunc(blockWait, func() {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.flush()
		})
	}
	return len(b), nil
}

// flush writes what waits; the lock is held.
func (w *writer) flush() error {
	if w.late != nil {
		w.late.Stop()
		w.late = nil
	}
	if len(w.block) > 0 && w.err == nil {
		_, err := w.to.Write(w.block)
		w.note(err)
	}
	w.block = w.block[:0]
	return w.err
}

// note keeps the first error; the lock is held.
func (w *writer) note(err error) {
	if err != nil {
		if w.err == nil {
			w.err = err
		}
		w.stop()
	}
}

// failed returns why something could not be written.
func (w *writer) failed() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.pipe != nil && w.flush() == nil && abandoned(w.pipe) {
		w.err = syscall.EPIPE
	}
	return w.err
}

// A sequel writes what is said beside the output behind what was printed before it.
type sequel struct {
	to    io.Writer
	first *writer
}

func (s sequel) Write(b []byte) (int, error) {
	s.first.mu.Lock()
	s.first.flush()
	s.first.mu.Unlock()
	return s.to.Write(b)
}

// clock returns the only clock of the program. RECOUNT_TIME stops it, for
// those who must produce the same capture twice.
func clock() (func() time.Time, error) {
	fixed := os.Getenv("RECOUNT_TIME")
	if fixed == "" {
		return time.Now, nil
	}
	t, err := time.Parse(time.RFC3339, fixed)
	if err != nil {
		return nil, recount.WithHint(fmt.Errorf("RECOUNT_TIME: %w: %q is no time", recount.ErrInvalid, fixed), "write it as 2026-01-31T12:00:00Z")
	}
	return func() time.Time { return t }, nil
}

// report prints an error with what to do next and returns the exit code.
func report(w io.Writer, verb string, err error) int {
	code := exitCode(err)
	switch {
	case err == nil, errors.Is(err, errItems): // listed by the verb
		return code
	case errors.Is(err, context.Canceled):
		fmt.Fprintf(w, "recount: %s: stopped\nhint: run it again to go on where it stopped\n", verb)
		return code
	}
	said := strings.ReplaceAll(err.Error(), "\n", "; ")
	if verb != "" {
		verb += ": "
		for strings.HasPrefix(said, verb) { // what was done said it already
			said = strings.TrimPrefix(said, verb)
		}
	}
	fmt.Fprintf(w, "recount: %s%s\n", verb, recount.Visible(said))
	hint := recount.HintOf(err)
	if hint == "" {
		hint = systemHint(err)
	}
	if hint != "" {
		fmt.Fprintf(w, "hint: %s\n", recount.Visible(strings.ReplaceAll(hint, "\n", " ")))
	}
	return code
}

// exitCode maps the kinds of failure to exit codes, here alone. An item that is
// refused, differs or is not there is one of a list, and the verb was done; what
// ends a verb is 2, of whatever kind it is.
func exitCode(err error) int {
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errItems):
		return exitItems
	}
	return exitUsage
}

// systemHint says what to do about what the system refuses.
func systemHint(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EFBIG), errors.Is(err, syscall.EDQUOT):
		return "free some space on the disk and run the same command again; what was reported done is kept"
	case errors.Is(err, syscall.EIO):
		return "look whether the disk is damaged or was taken out, then run the same command again; what was reported done is kept"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return "choose a place where you may read and write, or ask for the permission"
	case errors.Is(err, fs.ErrNotExist):
		return "look whether the name is spelled right"
	}
	return ""
}
