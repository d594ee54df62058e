package cli

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// A small study with a decision and a report, made by the program itself.
func smallStudy(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "study")
	pages := filepath.Join(t.TempDir(), "pages")
	if err := os.MkdirAll(pages, 0o700); err != nil {
		t.Fatal(err)
	}
	page := `<html><title>The pier</title><body><article><h1>The pier</h1><p>"The pier is closed until spring," said Ada Brunt on Monday in Sandwick.</p><p>It was the third time in two years that the council had closed it.</p></article></body></html>`
	if err := os.WriteFile(filepath.Join(pages, "pier.html"), []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"run", pages}, {"memo", "the pier was empty"}} {
		var out, errs bytes.Buffer
		if code := Main(append([]string{"--study", dir, "-q"}, args...), strings.NewReader(""), &out, &errs); code != exitDone {
			t.Fatalf("recount %v: %d\n%s%s", args, code, out.String(), errs.String())
		}
	}
	return dir
}

// A fullDisk takes some bytes and no more.
type fullDisk struct{ left int }

func (w *fullDisk) Write(b []byte) (int, error) {
	if len(b) > w.left {
		n := w.left
		w.left = 0
		return n, syscall.ENOSPC
	}
	w.left -= len(b)
	return len(b), nil
}

// A name that begins with a hyphen is taken for a flag: what to write instead is
// said, where there is such a file or folder.
func TestNamesWithAHyphen(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"-4-5-march-2022", "-x", "--new", "-q.html", "-study"} {
		if err := os.Mkdir(name, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile("-a.txt", []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		args []string
		want string // in the hint
	}{
		{[]string{"run", "-4-5-march-2022"}, "write ./-4-5-march-2022, or -- before it"},
		{[]string{"add", "-x"}, "write ./-x, or -- before it"},
		{[]string{"add", "--new"}, "write ./--new, or -- before it"},
		{[]string{"text", "-q.html"}, "write ./-q.html, or -- before it"},
		{[]string{"run", "pages", "-study"}, "write ./-study, or -- before it"},
		{[]string{"add", "-a.txt"}, "write ./-a.txt, or -- before it"},
		{[]string{"add", "-not-there"}, "`recount --help` lists the verbs"},
		{[]string{"count", "--by-gender"}, "`recount --help` lists the verbs"},
		{[]string{"nothing", "x"}, "`recount --help` lists the verbs"},
	}
	for _, tt := range tests {
		var out, errs bytes.Buffer
		if code := Main(tt.args, strings.NewReader(""), &out, &errs); code != exitUsage || !strings.Contains(errs.String(), tt.want) {
			t.Errorf("recount %q: %d, %s; want %q", tt.args, code, errs.String(), tt.want)
		}
	}
	for _, name := range []string{"./-4-5-march-2022", "-- -4-5-march-2022"} {
		var out, errs bytes.Buffer
		Main(append([]string{"text"}, strings.Fields(name)...), strings.NewReader(""), &out, &errs)
		if strings.Contains(errs.String(), "unknown flag") {
			t.Errorf("recount text %s: %s", name, errs.String())
		}
	}
}

// A call that is not taken says in plain words what it lacks, and the second line
// what to write.
func TestMisuse(t *testing.T) {
	tests := []struct {
		args       string
		said, hint string
	}{
		{"type", "recount: type needs --words WORDS\n", "`recount help type` shows how it is used"},
		{"type page", "recount: type needs --words WORDS\n", "`recount help type`"},
		{"add", "recount: add needs PATH ...\n", "`recount help add`"},
		{"origins a", "recount: origins needs --against FILE\n", "`recount help origins`"},
		{"count --csv", "recount: --csv needs a value: --csv FILE\n", "`recount help count`"},
		{"people --xlsx", "recount: --xlsx needs a value: --xlsx FILE\n", "`recount help people`"},
		{"people --csv --xlsx x", "recount: --csv needs a value: --csv FILE, but --xlsx follows it\n", "if that is the value, write --csv=--xlsx"},
		{"--study", "recount: --study needs a value: --study DIR\n", "`recount --help` lists the verbs"},
		{"scope --page", "recount: --page needs a value: --page PAGE\n", "`recount help scope`"},
		{"type page --words w --nth first", "recount: --nth needs a number in digits, and \"first\" is none\n", "`recount help type`"},
		{"type page --words w --nth 1.5", "recount: --nth needs a number in digits, and \"1.5\" is none\n", "`recount help type`"},
		{"decisions retract", "", "`recount decisions list` shows"},
		{"decisions", "recount: decisions needs one of ", "`recount help decisions`"},
		{"retract x", "recount: unexpected argument retract\n", "write `recount decisions retract`"},
		{"import f", "recount: unexpected argument import\n", "write `recount decisions import`"},
		{"restore study.yaml", "recount: unexpected argument restore\n", "write `recount decisions restore`"},
		{"cuont", "recount: unexpected argument cuont, did you mean \"count\"?\n", "`recount --help` lists the verbs"},
		{"count --by-gender", "recount: unknown flag --by-gender", "`recount help count`"},
	}
	for _, tt := range tests {
		var out, errs bytes.Buffer
		code := Main(strings.Fields(tt.args), strings.NewReader(""), &out, &errs)
		said, hint, _ := strings.Cut(errs.String(), "hint: ")
		if code != exitUsage || !strings.HasPrefix(said, tt.said) || !strings.Contains(hint, tt.hint) || strings.Count(errs.String(), "\n") != 2 {
			t.Errorf("recount %s: %d\n%swant %s%s", tt.args, code, errs.String(), tt.said, tt.hint)
		}
	}
}

// What went wrong names the verb once, and the disk only where the disk is to blame.
func TestErrorsAreSaidOnce(t *testing.T) {
	tests := []struct {
		verb string
		err  error
		want string
	}{
		{"publish", errors.New("publish: a folder holds something"), "recount: publish: a folder holds something\n"},
		{"publish", errors.New("a folder holds something"), "recount: publish: a folder holds something\n"},
		{"report", errors.New("report: no result named x"), "recount: report: no result named x\n"},
		{"report", errors.New("report.md, line 3: x"), "recount: report: report.md, line 3: x\n"},
		{"add", errors.New("adding: x"), "recount: add: adding: x\n"},
		{"add", errors.New("add: add: x"), "recount: add: x\n"},
		{"", errors.New("publish: x"), "recount: publish: x\n"},
		{"count", (&writer{err: syscall.EPIPE}).unless(nil), "recount: count: what it prints could not be written: the program that reads it has ended\nhint: nothing is wrong with the study or the disk; what was saved is kept\n"},
		{"count", (&writer{err: &fs.PathError{Op: "write", Path: "|1", Err: syscall.EPIPE}}).unless(nil), "recount: count: what it prints could not be written: the program that reads it has ended\nhint: nothing is wrong with the study or the disk; what was saved is kept\n"},
		{"count", (&writer{err: syscall.ENOSPC}).unless(nil), "hint: free some space on the disk"},
		{"count", (&writer{err: syscall.EIO}).unless(nil), "hint: look whether the disk is damaged"},
		{"count", (&writer{err: errors.New("odd")}).unless(nil), "hint: look where the output goes"},
	}
	for _, tt := range tests {
		var b bytes.Buffer
		report(&b, tt.verb, tt.err)
		if !strings.Contains(b.String(), tt.want) {
			t.Errorf("%s, %v: %q, want %q", tt.verb, tt.err, b.String(), tt.want)
		}
	}
}

// What a study holds is for its owner alone.
func TestFilesAreForTheirOwnerAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files have no such modes here")
	}
	old := syscall.Umask(0) // the most that anybody allows
	defer syscall.Umask(old)
	dir := smallStudy(t)
	out := filepath.Join(t.TempDir(), "people.csv")
	var said, errs bytes.Buffer
	if code := Main([]string{"--study", dir, "people", "--csv", out}, strings.NewReader(""), &said, &errs); code != exitDone {
		t.Fatalf("people: %s", errs.String())
	}
	for _, root := range []string{dir, filepath.Dir(out)} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := d.Info()
			if err != nil {
				return err
			}
			if mode := info.Mode().Perm(); mode&0o077 != 0 && path != filepath.Dir(out) {
				t.Errorf("%s has the mode %v", path, mode)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
