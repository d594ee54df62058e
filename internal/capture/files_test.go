package capture

import (
	"bytes"
	"compress/gzip"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"recount"
)

func write(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

func gzipOf(t *testing.T, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// walked returns the names that Files yields, with "!" before refused ones.
func walked(t *testing.T, paths ...string) (names []string) {
	t.Helper()
	return walkedBy(t, false, paths...)
}

// walkedBy does so with links followed or not; what is passed over has "-" before it.
func walkedBy(t *testing.T, follow bool, paths ...string) (names []string) {
	t.Helper()
	for s, err := range Files(paths, follow) {
		p := Passed("")
		switch {
		case errors.As(err, &p):
			names = append(names, "-"+s.Name)
		case err == nil:
			names = append(names, s.Name)
		case errors.Is(err, recount.ErrRefused) && recount.HintOf(err) != "":
			names = append(names, "!"+s.Name)
		default:
			t.Errorf("Files yields %v; want ErrRefused with a hint", err)
		}
	}
	return names
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	for _, f := range []string{"pile/b.html", "pile/a/z.html", "pile/a/ü.html", "pile/.hidden/x.html", "pile/.DS_Store", "pile/B.html",
		"pile/my-study/study.db", "pile/my-study/captures/recount-00001.warc.gz", "single page.html"} {
		write(t, filepath.Join(dir, f), []byte("x"))
	}
	pile := filepath.Join(dir, "pile")
	all := []string{"B.html", "a/z.html", "a/ü.html", "b.html"}
	tests := []struct {
		name  string
		paths []string
		want  []string
	}{
		{"a folder, in the order of names", []string{pile}, all},
		{"a folder with a slash behind", []string{pile + "/"}, all},
		{"a folder inside", []string{filepath.Join(pile, "a")}, []string{"z.html", "ü.html"}},
		{"a file by itself", []string{filepath.Join(dir, "single page.html")}, []string{"single page.html"}},
		{"a hidden file by itself", []string{filepath.Join(pile, ".DS_Store")}, []string{".DS_Store"}},
		{"what is not there does not end the walk", []string{filepath.Join(dir, "gone"), filepath.Join(pile, "b.html")}, []string{"!gone", "b.html"}},
		{"a study is not taken in", []string{filepath.Join(pile, "my-study")}, nil},
		{"nothing", nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if d := cmp.Diff(tt.want, walked(t, tt.paths...)); d != "" {
				t.Errorf("Files differs (-want +got):\n%s", d)
			}
		})
	}
	for range Files([]string{pile}, false) {
		break // must not go on
	}
	t.Chdir(pile)
	if d := cmp.Diff(all, walked(t, ".")); d != "" {
		t.Errorf("Files(.) differs (-want +got):\n%s", d)
	}
}

func TestFilesOfOddKinds(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links and odd names need a Unix file system")
	}
	dir := t.TempDir()
	pile := filepath.Join(dir, "pile")
	write(t, filepath.Join(pile, "a.html"), []byte("x"))
	write(t, filepath.Join(dir, "elsewhere/b.html"), []byte("x"))
	for to, from := range map[string]string{"link.html": "a.html", "folder": "../elsewhere", "loop": "loop", "up": ".", "broken": "nothing",
		"out.html": "../elsewhere/b.html", "secret": filepath.Join(dir, "elsewhere", "b.html"), "twice.html": "out.html"} {
		if err := os.Symlink(from, filepath.Join(pile, to)); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"a.html", "!broken", "!folder", "link.html", "!loop", "!out.html", "!secret", "!twice.html", "-up"}
	if d := cmp.Diff(want, walked(t, pile)); d != "" {
		t.Errorf("Files with links differs (-want +got):\n%s", d)
	}
	want = []string{"a.html", "!broken", "folder/b.html", "link.html", "!loop", "out.html", "secret", "twice.html", "-up"}
	if d := cmp.Diff(want, walkedBy(t, true, pile)); d != "" {
		t.Errorf("Files that follows links differs (-want +got):\n%s", d)
	}
	if got := walked(t, filepath.Join(pile, "folder")); len(got) != 1 || got[0] != "b.html" {
		t.Errorf("Files of a link that was given = %v; want b.html", got)
	}
	odd := filepath.Join(dir, "odd")
	if err := os.MkdirAll(odd, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(odd, "caf\xe9\n.html"), []byte("x"), 0o644); err != nil {
		t.Skipf("this file system takes only UTF-8 names: %v", err)
	}
	if got := walked(t, odd); len(got) != 1 || got[0] != "caf%E9\n.html" {
		t.Errorf("Files of a name that is not UTF-8 = %q", got)
	}
}

func TestLinksToFolders(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need a Unix file system")
	}
	type links map[string]string // what lies in the pile, and where it leads
	tests := []struct {
		name     string
		links    links
		want     []string // without and
		followed []string // with links followed
	}{
		{"to a folder outside", links{"x": "../out"}, []string{"a.html", "d/c.html", "!x"}, []string{"a.html", "d/c.html", "x/deep/n.html", "x/o.html"}},
		{"to one outside by its whole path", links{"x": "/out"}, []string{"a.html", "d/c.html", "!x"}, []string{"a.html", "d/c.html", "x/deep/n.html", "x/o.html"}},
		{"to one inside", links{"x": "d"}, []string{"a.html", "d/c.html", "-x"}, []string{"a.html", "d/c.html", "-x"}},
		{"to one inside that comes later", links{"0": "d"}, []string{"-0", "a.html", "d/c.html"}, []string{"-0", "a.html", "d/c.html"}},
		{"to the pile", links{"x": "."}, []string{"a.html", "d/c.html", "-x"}, []string{"a.html", "d/c.html", "-x"}},
		{"to the folder above", links{"x": ".."}, []string{"a.html", "d/c.html", "-x"}, []string{"a.html", "d/c.html", "-x"}},
		{"to the root of the disk", links{"x": "//"}, []string{"a.html", "d/c.html", "-x"}, []string{"a.html", "d/c.html", "-x"}},
		{"from within a folder to the one above it", links{"d/x": ".."}, []string{"a.html", "d/c.html", "-d/x"}, []string{"a.html", "d/c.html", "-d/x"}},
		{"from within a folder to itself", links{"d/x": "."}, []string{"a.html", "d/c.html", "-d/x"}, []string{"a.html", "d/c.html", "-d/x"}},
		{"two to one folder", links{"x": "../out", "y": "../out"}, []string{"a.html", "d/c.html", "!x", "!y"}, []string{"a.html", "d/c.html", "x/deep/n.html", "x/o.html", "-y"}},
		{"to a folder and into it", links{"x": "../out", "y": "../out/deep"}, []string{"a.html", "d/c.html", "!x", "!y"}, []string{"a.html", "d/c.html", "x/deep/n.html", "x/o.html", "-y"}},
		{"into a folder, and to it", links{"x": "../out/deep", "y": "../out"}, []string{"a.html", "d/c.html", "!x", "!y"}, []string{"a.html", "d/c.html", "x/n.html", "-y/deep", "y/o.html"}},
		{"to a link to a folder", links{"x": "../indirect"}, []string{"a.html", "d/c.html", "!x"}, []string{"a.html", "d/c.html", "x/deep/n.html", "x/o.html"}},
		{"out and back again", links{"x": "../back"}, []string{"a.html", "d/c.html", "!x"}, []string{"a.html", "d/c.html", "x/b.html", "-x/pile"}},
		{"between two folders outside that lead to each other", links{"x": "../one"}, []string{"a.html", "d/c.html", "!x"}, []string{"a.html", "d/c.html", "x/1.html", "x/two/2.html", "-x/two/one"}},
		{"to a hidden folder in the pile", links{"x": ".hidden"}, []string{"a.html", "d/c.html", "!x"}, []string{"a.html", "d/c.html", "x/h.html"}},
		{"to a folder with a name that begins like another", links{"x": "../pile-two"}, []string{"a.html", "d/c.html", "!x"}, []string{"a.html", "d/c.html", "x/p.html"}},
		{"to a folder whose name begins with dots", links{"x": "../..dots"}, []string{"a.html", "d/c.html", "!x"}, []string{"a.html", "d/c.html", "x/t.html"}},
		{"to a study", links{"x": "../study"}, []string{"a.html", "d/c.html", "!x"}, []string{"a.html", "d/c.html"}},
		{"to itself through another", links{"x": "y", "y": "x"}, []string{"a.html", "d/c.html", "!x", "!y"}, []string{"a.html", "d/c.html", "!x", "!y"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			for _, f := range []string{"pile/a.html", "pile/d/c.html", "pile/.hidden/h.html", "out/o.html", "out/deep/n.html", "back/b.html", "one/1.html", "two/2.html",
				"pile-two/p.html", "..dots/t.html", "study/study.db", "study/s.html"} {
				write(t, filepath.Join(dir, f), []byte("x"))
			}
			at := func(from, to string) {
				switch {
				case to == "//":
					to = "/"
				case filepath.IsAbs(to):
					to = filepath.Join(dir, to)
				}
				if err := os.Symlink(to, filepath.Join(dir, from)); err != nil {
					t.Fatal(err)
				}
			}
			at("indirect", "out")
			at("back/pile", "../pile")
			at("one/two", "../two")
			at("two/one", "../one")
			for from, to := range tt.links {
				at("pile/"+from, to)
			}
			if d := cmp.Diff(tt.want, walkedBy(t, false, filepath.Join(dir, "pile"))); d != "" {
				t.Errorf("Files differs (-want +got):\n%s", d)
			}
			if d := cmp.Diff(tt.followed, walkedBy(t, true, filepath.Join(dir, "pile"))); d != "" {
				t.Errorf("Files that follows links differs (-want +got):\n%s", d)
			}
			// Named by a path that goes through a link, it is the same.
			at("way", "pile")
			if d := cmp.Diff(tt.followed, walkedBy(t, true, filepath.Join(dir, "way"))); d != "" {
				t.Errorf("Files of a link to the folder differs (-want +got):\n%s", d)
			}
		})
	}
}

func TestUnreadableFolderDoesNotEndTheWalk(t *testing.T) {
	if os.Geteuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("whoever runs this test may read everything")
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "pile/a/x.html"), []byte("x"))
	write(t, filepath.Join(dir, "pile/b.html"), []byte("x"))
	if err := os.Chmod(filepath.Join(dir, "pile/a"), 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(dir, "pile/a"), 0o755) })
	if d := cmp.Diff([]string{"!pile/a", "pile/b.html"}, walked(t, filepath.Join(dir, "pile"))); d != "" {
		t.Errorf("Files differs (-want +got):\n%s", d)
	}
}

func TestReadFile(t *testing.T) {
	dir := t.TempDir()
	page := []byte("<p>" + strings.Repeat("a page ", 20))
	bomb := gzipOf(t, make([]byte, 1<<20))
	tests := []struct {
		name, file string
		content    []byte
		want       []byte
		refused    string
	}{
		{"a page", "a.html", page, page, ""},
		{"as many bytes as allowed", "a.html", make([]byte, 1000), make([]byte, 1000), ""},
		{"one byte more", "a.html", make([]byte, 1001), nil, "larger than"},
		{"a gzip file", "a.html.gz", gzipOf(t, page), page, ""},
		{"a gzip file in two pieces", "a.gz", append(gzipOf(t, page), gzipOf(t, page)...), append(append([]byte{}, page...), page...), ""},
		{"a gzip file that does not say so", "a.html", gzipOf(t, page), page, ""},
		{"a gzip file that is too large inside", "a.gz", bomb, nil, "larger than"},
		{"a gzip file that ends early", "a.gz", gzipOf(t, page)[:20], nil, "broken gzip"},
		{"a gzip file with a flipped byte", "a.gz", append(append([]byte{}, gzipOf(t, page)[:30]...), 0, 0, 0, 0, 0, 0, 0, 0, 0), nil, "broken gzip"},
		{"only the beginning of gzip", "a.html", []byte{0x1f, 0x8b}, nil, "broken gzip"},
		{"not gzip at all", "a.html.GZ", page, nil, "named .gz"},
		{"an empty file", "a.html", nil, nil, "empty"},
		{"an empty gzip file", "a.gz", gzipOf(t, nil), nil, "empty"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(dir, tt.file)
			write(t, path, tt.content)
			got, err := ReadFile(path, 1000)
			if tt.refused == "" {
				if err != nil || !bytes.Equal(got, tt.want) {
					t.Errorf("ReadFile = %d bytes, %v; want %d bytes", len(got), err, len(tt.want))
				}
				return
			}
			if !errors.Is(err, recount.ErrRefused) || recount.HintOf(err) == "" || !strings.Contains(err.Error(), tt.refused) || got != nil {
				t.Errorf("ReadFile = %d bytes, %v; want ErrRefused with a hint that says %q", len(got), err, tt.refused)
			}
		})
	}
	for _, path := range []string{dir, filepath.Join(dir, "nothing"), os.DevNull} {
		if _, err := ReadFile(path, 1000); !errors.Is(err, recount.ErrRefused) || recount.HintOf(err) == "" {
			t.Errorf("ReadFile(%s) = %v; want ErrRefused with a hint", filepath.Base(path), err)
		}
	}
}
