package shards

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"recount"
	"recount/internal/capture"
	"recount/internal/capture/unpack"
	"recount/internal/cases"
	"recount/internal/disk"
	"recount/internal/figures"
	"recount/internal/quotes"
	"recount/internal/text"
)

// Form names everything that a shard's tables depend on besides its bytes. A
// new one makes everything anew.
const Form = "recount-shards/3 " + recount.Version + " " + text.Extractor + " " + quotes.Form + " " + figures.Form + " " + cases.Form

// Parts is into how many parts the comparing of all shards is cut. It belongs
// to the plan, not to the engine, and so is the same everywhere.
const Parts = 16

// piece is the length of the stretches that a file of lines is cut into.
const piece = 32 << 20

// The files of a corpus.
const (
	planFile     = "plan.json"
	manifestFile = "manifest.json"
	lockFile     = "lock"
	shardsDir    = "shards"
	partsDir     = "parts"
	wholeDir     = "whole"
	scratchDir   = "scratch"
)

// A Shard says what is read in one piece.
type Shard struct {
	Name   string `json:"name"`   // of the file, as a study would call it
	Hash   string `json:"sha256"` // of the whole file
	Offset int64  `json:"offset,omitempty"`
	Length int64  `json:"length"` // bytes; of a file of lines perhaps a stretch of it
	Lines  bool   `json:"lines,omitempty"`
	Path   string `json:"path"` // where the file lay when it was planned, or its address; no part of the key

	Changed int64 `json:"changed"` // time of the file's last change, to see whether it is the same
	Size    int64 `json:"size"`    // of the whole file

	store Store // where the file lies, if it is in one
}

// Key names what is made of the shard.
func (s *Shard) Key() string {
	return string(recount.KeyOf("shard", Form, strconv.Itoa(Parts), s.Name, s.Hash, strconv.FormatInt(s.Offset, 10), strconv.FormatInt(s.Length, 10)))
}

// A Plan says of which shards a corpus is made, in the order of their keys.
type Plan struct {
	Form   string  `json:"form"`
	Shards []Shard `json:"shards"`
	Left   []Left  `json:"left,omitempty"`
}

// A Left is a file that is no shard.
type Left struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
	Hint   string `json:"hint,omitempty"`
}

// A Corpus is a folder with a plan.
type Corpus struct {
	Dir  string
	Plan Plan
}

// impossible reports whether no scan planned such a shard.
func (s Shard) impossible() bool {
	hash, err := hex.DecodeString(s.Hash)
	return err != nil || len(hash) != sha256.Size || s.Name == "" || s.Path == "" || s.Offset < 0 || s.Length < 0 || s.Offset > s.Size || s.Length > s.Size-s.Offset
}

// errDamaged says that a plan is no plan.
var errDamaged = fmt.Errorf("the plan of the corpus is damaged: %w", recount.ErrTampered)

// known are the files whose hashes are believed, by their paths: those of which
// all shards are made. A file that is read again is hashed again, as it may have
// other bytes at the same size and time. What a store says of its objects is
// believed.
func (c *Corpus) known() (map[string]Shard, error) {
	out, unread := map[string]Shard{}, map[string]bool{}
	for i := range c.Plan.Shards {
		s := &c.Plan.Shards[i]
		ok := InStore(s.Path)
		if !ok {
			var err error
			if ok, err = c.There(c.ShardDir(s)); err != nil {
				return nil, err
			}
		}
		out[s.Path] = *s
		unread[s.Path] = unread[s.Path] || !ok
	}
	maps.DeleteFunc(out, func(path string, _ Shard) bool { return unread[path] })
	return out, nil
}

// unknown is an error if shards were read that the plan does not have, where the
// plan before it is lost and so nothing says of which files they are.
func (c *Corpus) unknown() error {
	keys := map[string]bool{}
	for i := range c.Plan.Shards {
		keys[c.Plan.Shards[i].Key()] = true
	}
	entries, err := os.ReadDir(filepath.Join(c.Dir, shardsDir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("look at the shards of a corpus: %w", err)
	}
	n := 0
	for _, e := range entries {
		if !keys[e.Name()] {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	what := "shards were read that are"
	if n == 1 {
		what = "shard was read that is"
	}
	return recount.WithHint(fmt.Errorf("%d %s not of these sources, and the plan that names their files is damaged: %w", n, what, recount.ErrConflict),
		"name all folders of the last scan; to remove what was made of others: recount corpus scan with --without-them")
}

// Open reads the plan of a corpus. store is where sources in object stores are
// read from; it may be nil.
func Open(dir string, store Store) (*Corpus, error) {
	c := &Corpus{Dir: dir}
	b, err := os.ReadFile(filepath.Join(dir, planFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, recount.WithHint(fmt.Errorf("%s holds no corpus: %w", dir, recount.ErrNotFound), "make one: recount corpus scan FOLDER --to "+dir)
	}
	if err != nil {
		return nil, fmt.Errorf("read the plan of a corpus: %w", err)
	}
	if err := json.Unmarshal(b, &c.Plan); err != nil || c.Plan.Form == "" || slices.ContainsFunc(c.Plan.Shards, Shard.impossible) {
		return nil, recount.WithHint(fmt.Errorf("%s: %w", filepath.Join(dir, planFile), errDamaged), "name all sources again, and what was read of them is kept: recount corpus scan SOURCE... --to "+dir)
	}
	for i := range c.Plan.Shards {
		c.Plan.Shards[i].store = store
	}
	return c, nil
}

// Hold makes this program the only one that scans into dir, until release is
// called or the program ends, however it ends. Workers of a scan do not hold it.
func Hold(dir string) (release func(), err error) {
	if err := disk.Folder(dir); err != nil {
		return nil, fmt.Errorf("make a corpus: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("make a corpus: %w", err)
	}
	planned := slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == planFile })
	if !planned && foreign(entries) {
		return nil, errForeign(dir)
	}
	file, err := os.OpenFile(filepath.Join(dir, lockFile), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("make a corpus: %w", err)
	}
	ours, err := disk.Lock(file)
	switch {
	case errors.Is(err, errors.ErrUnsupported), err == nil && ours:
		return func() { file.Close() }, nil
	case err == nil:
		err = recount.WithHint(fmt.Errorf("another scan is at work in %s: %w", dir, recount.ErrConflict),
			"wait until it is done or stop it; how far it is: recount corpus status "+dir)
	}
	file.Close()
	return nil, err
}

// foreign reports whether a folder without a plan holds what no scan leaves.
func foreign(entries []fs.DirEntry) bool {
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() != lockFile })
}

func errForeign(dir string) error {
	return recount.WithHint(fmt.Errorf("%s holds other files: %w", dir, recount.ErrConflict), "name a new folder with --to")
}

// Make plans a corpus over files, folders and addresses in store, in dir. A
// plan that is there is replaced; what was made of shards that stay is kept.
// Files that did not change since they were read are not hashed again. If
// shards that were read are of files that are not offered any more, nothing is
// planned: a folder that is away, such as a drive, would cost all that was made
// of it.
func Make(ctx context.Context, dir string, sources []string, store Store, progress func(step string, done, total int)) (*Corpus, error) {
	return plan(ctx, dir, sources, store, false, progress)
}

// MakeWithout is Make that leaves shards of files which are not offered any
// more out of the plan. What was made of them is removed when the corpus is
// whole.
func MakeWithout(ctx context.Context, dir string, sources []string, store Store, progress func(step string, done, total int)) (*Corpus, error) {
	return plan(ctx, dir, sources, store, true, progress)
}

func plan(ctx context.Context, dir string, sources []string, store Store, without bool, progress func(step string, done, total int)) (*Corpus, error) {
	for _, s := range sources {
		if InStore(s) {
			continue
		}
		if _, err := os.Stat(s); errors.Is(err, fs.ErrNotExist) {
			return nil, recount.WithHint(fmt.Errorf("no such folder or file: %s: %w", s, recount.ErrNotFound), "look at the spelling, and whether the drive that it lies on is there")
		}
	}
	if err := disk.Folder(dir); err != nil {
		return nil, fmt.Errorf("make a corpus: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("make a corpus: %w", err)
	}
	damaged := false
	old, err := Open(dir, store)
	switch {
	case errors.Is(err, recount.ErrNotFound):
		if foreign(entries) {
			return nil, errForeign(dir)
		}
		old = &Corpus{Dir: dir}
	case errors.Is(err, errDamaged):
		// What was made is named by what it was made from, and so is found again.
		old = &Corpus{Dir: dir}
		damaged = true
	case err != nil:
		return nil, err
	}
	known, err := old.known()
	if err != nil {
		return nil, err
	}
	c := &Corpus{Dir: dir, Plan: Plan{Form: Form}}
	files, err := c.offered(ctx, sources, store)
	if err != nil {
		return nil, err
	}
	found := make([][]Shard, len(files))
	faults := make([]error, len(files))
	var looked atomic.Int64
	progress("files", 0, len(files))
	err = each(ctx, len(files), func(ctx context.Context, i int) error {
		found[i], faults[i] = look(ctx, &files[i], known)
		progress("files", int(looked.Add(1)), len(files))
		if faults[i] != nil && !errors.Is(faults[i], recount.ErrRefused) {
			return faults[i]
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for i := range files {
		if faults[i] != nil {
			c.leave(files[i].Name, faults[i])
		}
		for _, s := range found[i] {
			if InStore(s.Path) {
				s.store = store
			}
			if !seen[s.Key()] {
				seen[s.Key()] = true
				c.Plan.Shards = append(c.Plan.Shards, s)
			}
		}
	}
	if !without {
		err := c.missing(old)
		if err == nil && damaged {
			err = c.unknown()
		}
		if err != nil {
			return nil, err
		}
	}
	if len(c.Plan.Shards) == 0 {
		return nil, recount.WithHint(fmt.Errorf("no web archive and no file of JSON Lines among the sources: %w", recount.ErrInvalid),
			"name folders with .warc.gz or .jsonl files; single pages go into a study: recount add")
	}
	return c, c.write()
}

// missing is an error if shards of an older plan that are read are of files that
// this one does not have.
func (c *Corpus) missing(old *Corpus) error {
	keys, paths := map[string]bool{}, map[string]bool{}
	for i := range c.Plan.Shards {
		keys[c.Plan.Shards[i].Key()], paths[c.Plan.Shards[i].Path] = true, true
	}
	n := 0
	var files []string
	for i := range old.Plan.Shards {
		s := &old.Plan.Shards[i]
		if keys[s.Key()] || paths[s.Path] {
			continue
		}
		_, _, ok, err := made(c.ShardDir(s))
		if err != nil {
			return err
		}
		if ok {
			n++
			files = append(files, s.Path)
		}
	}
	if n == 0 {
		return nil
	}
	slices.Sort(files)
	files = slices.Compact(files)
	const some = 3
	said := strings.Join(files[:min(some, len(files))], ", ")
	if len(files) > some {
		said += fmt.Sprintf(" and %d more files", len(files)-some)
	}
	what := "shards of the corpus are of files that are"
	if n == 1 {
		what = "shard of the corpus is of a file that is"
	}
	return recount.WithHint(fmt.Errorf("%d %s not among the sources: %s: %w", n, what, said, recount.ErrConflict),
		"put them back, or name their folder too; to remove what was made of them: recount corpus scan with --without-them")
}

// offered lists the files of all sources, each once, as a study would call
// them. What cannot be read is left.
func (c *Corpus) offered(ctx context.Context, sources []string, store Store) (files []candidate, err error) {
	inside, err := real(c.Dir)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	take := func(f candidate) {
		if !seen[f.Path] {
			files = append(files, f)
		}
		seen[f.Path] = true
	}
	for _, source := range sources {
		if InStore(source) {
			found, err := objects(ctx, store, source)
			if err != nil {
				return nil, err
			}
			for _, f := range found {
				take(f)
			}
			continue
		}
		for src, err := range capture.Files([]string{source}, false) {
			if p := capture.Passed(""); errors.As(err, &p) {
				continue
			}
			if err != nil {
				if !errors.Is(err, recount.ErrRefused) {
					return nil, err
				}
				c.leave(src.InFolder(), err)
				continue
			}
			if src.Path, err = filepath.Abs(src.Path); err != nil {
				return nil, err
			}
			if at, err := real(filepath.Dir(src.Path)); err == nil && strings.HasPrefix(at+string(filepath.Separator), inside+string(filepath.Separator)) {
				continue
			}
			f, err := onDisk(src)
			if err != nil {
				c.leave(src.InFolder(), err)
				continue
			}
			take(f)
		}
	}
	names(files)
	return files, nil
}

// real is where a folder lies, whatever links lead to it.
func real(dir string) (string, error) {
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return "", err
	}
	return filepath.Abs(dir)
}

// Renew makes the plan one of this version of the program, whose shards have
// other keys.
func (c *Corpus) Renew() error {
	if c.Plan.Form == Form {
		return nil
	}
	c.Plan.Form = Form
	return c.write()
}

// write puts the plan on the disk, in the order of the keys.
func (c *Corpus) write() error {
	slices.SortFunc(c.Plan.Shards, func(x, y Shard) int { return strings.Compare(x.Key(), y.Key()) })
	b, err := json.MarshalIndent(c.Plan, "", " ")
	if err == nil {
		err = disk.Write(filepath.Join(c.Dir, planFile), append(b, '\n'))
	}
	if err != nil {
		return fmt.Errorf("write the plan of a corpus: %w", err)
	}
	return nil
}

// names calls files as a study does: by their place in the folder that was
// offered; two files of one place keep the names of their folders.
func names(files []candidate) {
	at := map[string]int{}
	for _, f := range files {
		at[f.Name]++
	}
	for i := range files {
		if at[files[i].Name] > 1 {
			files[i].Name = files[i].InFolder()
		}
	}
}

func (c *Corpus) leave(name string, err error) {
	c.Plan.Left = append(c.Plan.Left, Left{name, recount.ReasonOf(err), recount.HintOf(err)})
}

// look cuts a file into shards.
func look(ctx context.Context, src *candidate, known map[string]Shard) ([]Shard, error) {
	opened, err := src.open(ctx)
	if err != nil {
		return nil, err
	}
	f := &input{OpenFile: opened}
	defer f.Close()
	kind := unpack.KindAt(f, src.Size, src.Name)
	if err := f.fault(); err != nil {
		return nil, fmt.Errorf("read %s: %w", src.Name, err)
	}
	lines := hasLines(src.Name)
	packed := kind == "gzip" || kind == "bzip2" || kind == "zstd"
	if archive := strings.TrimSuffix(strings.ToLower(src.Name), ".bz2"); kind == "bzip2" && (strings.HasSuffix(archive, ".warc") || strings.HasSuffix(archive, ".arc")) {
		return nil, recount.WithHint(fmt.Errorf("a web archive packed by bzip2, which allows no reading of single pages: %w", recount.ErrRefused), "unpack it with bunzip2 and scan again")
	}
	if called := strings.TrimSuffix(strings.ToLower(src.Name), ".gz"); (kind == "" || kind == "gzip") && (strings.HasSuffix(called, ".warc") || strings.HasSuffix(called, ".arc") || strings.HasSuffix(called, ".wacz")) {
		return nil, recount.WithHint(fmt.Errorf("it is called a web archive and does not begin as one: %w", recount.ErrRefused), "look whether the file is whole, and copy it again from where it came from")
	}
	if !(lines && (kind == "" || packed)) && (kind == "" || packed) {
		return nil, recount.WithHint(fmt.Errorf("neither a web archive nor a file of JSON Lines: %w", recount.ErrRefused), "add single pages to a study: recount add")
	}
	one := Shard{Name: src.Name, Length: src.Size, Size: src.Size, Lines: lines && (kind == "" || packed), Path: src.Path, Changed: src.Changed}
	if old, ok := known[src.Path]; ok && old.Changed == one.Changed && old.Size == one.Size {
		one.Hash = old.Hash
	} else if one.Hash, err = hashFile(ctx, f, one); err != nil {
		return nil, err
	}
	if !one.Lines || packed || one.Size <= piece {
		return []Shard{one}, nil
	}
	return cutLines(ctx, f, one)
}

func hashFile(ctx context.Context, f io.ReaderAt, one Shard) (string, error) {
	sum := sha256.New()
	r := io.NewSectionReader(f, 0, one.Size)
	for {
		n, err := io.CopyN(sum, r, 8<<20)
		if errors.Is(err, io.EOF) {
			return hex.EncodeToString(sum.Sum(nil)), nil
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return "", fmt.Errorf("read %s after %d bytes: %w", one.Name, n, err)
		}
	}
}

// hasLines reports whether a file is called as one of JSON Lines is, packed or
// not.
func hasLines(name string) bool {
	name = strings.ToLower(name)
	for _, packed := range []string{".gz", ".zst", ".bz2"} {
		name = strings.TrimSuffix(name, packed)
	}
	for _, ext := range []string{".jsonl", ".ndjson", ".jl"} {
		if strings.HasSuffix(name, ext) {
			return true
		}
	}
	return false
}

// cutLines cuts a file of lines where a line ends.
func cutLines(ctx context.Context, f io.ReaderAt, one Shard) (out []Shard, err error) {
	for from := int64(0); from < one.Size; {
		to := min(from+piece, one.Size)
		if to < one.Size {
			r := bufio.NewReaderSize(io.NewSectionReader(f, to, one.Size-to), 1<<16)
			for {
				if err := ctx.Err(); err != nil {
					return nil, err
				}
				b, err := r.ReadSlice('\n')
				to += int64(len(b))
				if err == nil || errors.Is(err, io.EOF) {
					break
				}
				if !errors.Is(err, bufio.ErrBufferFull) {
					return nil, fmt.Errorf("cut %s: %w", one.Name, err)
				}
			}
		}
		s := one
		s.Offset, s.Length = from, to-from
		out = append(out, s)
		from = to
	}
	return out, nil
}
