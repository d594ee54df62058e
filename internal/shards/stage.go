package shards

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/disk"
)

// A Manifest says what lies in one folder of a corpus. It names no time, no
// machine and no path, so the same input has the same manifest.
type Manifest struct {
	Form  string `json:"form"`
	Key   string `json:"key"`
	Shard string `json:"shard,omitempty"` // name of the file, with the stretch of it
	Hash  string `json:"sha256,omitempty"`
	Counts
	Files []File `json:"files"`
}

// A File is one file of a folder.
type File struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// A Whole is the manifest of the manifests of a corpus.
type Whole struct {
	Form string `json:"form"`
	Counts
	Shards []Made `json:"shards"`
	Parts  []Made `json:"parts"`
	Whole  Made   `json:"whole"`
}

// A Made names a folder and the hash of its manifest.
type Made struct {
	Key    string `json:"key"`
	SHA256 string `json:"sha256"`
}

// ShardDir is the folder of a shard.
func (c *Corpus) ShardDir(s *Shard) string { return filepath.Join(c.Dir, shardsDir, s.Key()) }

// made returns the manifest in a folder with its hash; ok is false if the
// folder is not there.
func made(dir string) (m Manifest, sum Made, ok bool, err error) {
	b, err := os.ReadFile(filepath.Join(dir, manifestFile))
	if errors.Is(err, fs.ErrNotExist) {
		return m, sum, false, nil
	}
	if err == nil {
		err = json.Unmarshal(b, &m)
	}
	if err != nil {
		return m, sum, false, recount.WithHint(fmt.Errorf("read a manifest of the corpus: %w", err), "remove the folder "+dir+" and scan again")
	}
	hash := sha256.Sum256(b)
	return m, Made{m.Key, hex.EncodeToString(hash[:])}, true, nil
}

// once makes the folder key of kind, unless it is there. It is there whole or
// not at all, and whoever makes it, makes the same; so if two do at a time, one
// of the two is kept.
func (c *Corpus) once(kind string, m Manifest, work func(dir string) (Counts, error)) (Made, error) {
	above := filepath.Join(c.Dir, kind)
	dir := filepath.Join(above, m.Key)
	if _, sum, ok, err := made(dir); ok || err != nil {
		return sum, err
	}
	tmp, err := c.scratch()
	if err = errors.Join(err, disk.Folder(above)); err != nil {
		return Made{}, err
	}
	defer os.RemoveAll(tmp)
	m.Form = Form
	if m.Counts, err = work(tmp); err != nil {
		return Made{}, err
	}
	if m.Files, err = filesOf(tmp); err != nil {
		return Made{}, err
	}
	b, err := json.MarshalIndent(m, "", " ")
	if err == nil {
		err = errors.Join(os.WriteFile(filepath.Join(tmp, manifestFile), append(b, '\n'), 0o600), disk.SyncTree(tmp))
	}
	if err != nil {
		return Made{}, err
	}
	if err := disk.Rename(tmp, dir); err != nil {
		if _, sum, ok, _ := made(dir); ok {
			return sum, nil
		}
		return Made{}, err
	}
	_, sum, _, err := made(dir)
	return sum, err
}

// scratch makes a folder to work in, and clears away those of programs on this
// machine that were ended before they could.
func (c *Corpus) scratch() (string, error) {
	dir := filepath.Join(c.Dir, scratchDir)
	if err := disk.Folder(dir); err != nil {
		return "", err
	}
	host, err := os.Hostname()
	if err != nil {
		return "", err
	}
	return disk.Scratch(dir, "on-"+host)
}

// filesOf lists the files in a folder, by name.
func filesOf(dir string) (out []File, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		f, err := os.Open(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		sum := sha256.New()
		n, err := io.Copy(sum, f)
		f.Close()
		if err != nil {
			return nil, err
		}
		out = append(out, File{e.Name(), n, hex.EncodeToString(sum.Sum(nil))})
	}
	return out, nil
}

// Map reads the shard number i of the plan, unless that is done.
func (c *Corpus) Map(ctx context.Context, i int, reader Reader, read func(bytes int64)) (Made, error) {
	s := c.Plan.Shards[i]
	name := s.Name
	if s.Length != s.Size {
		name += fmt.Sprintf("#%d-%d", s.Offset, s.Offset+s.Length)
	}
	sum, err := c.once(shardsDir, Manifest{Key: s.Key(), Shard: name, Hash: s.Hash}, func(dir string) (Counts, error) {
		return MapShard(ctx, s, reader, dir, read)
	})
	if err != nil {
		return sum, fmt.Errorf("shard %s: %w", name, err)
	}
	return sum, nil
}

// errUnread says that a step comes before the shards that it rests on.
var errUnread = errors.New("not all shards are read yet")

// A together is all shards of the plan, which are read.
type together struct {
	key        string // names all of them
	keys, dirs []string
	made       []Made
	counts     Counts
}

// together reads the manifests of all shards.
func (c *Corpus) together() (*together, error) {
	out := &together{}
	for i := range c.Plan.Shards {
		s := &c.Plan.Shards[i]
		m, sum, ok, err := made(c.ShardDir(s))
		if err == nil && !ok {
			err = errUnread
		}
		if err != nil {
			return nil, err
		}
		out.keys, out.dirs, out.made = append(out.keys, s.Key()), append(out.dirs, c.ShardDir(s)), append(out.made, sum)
		out.counts.add(m.Counts)
	}
	out.key = KeyOfAll(out.made)
	return out, nil
}

// KeyOfAll names all shards together, which stand in the order of their keys.
func KeyOfAll(shards []Made) string {
	parts := []string{"shards", Form}
	for _, s := range shards {
		parts = append(parts, s.Key, s.SHA256)
	}
	return string(recount.KeyOf(parts...))
}

func partKey(all string, part int) string {
	return string(recount.KeyOf("part", all, strconv.Itoa(part), strconv.Itoa(Parts)))
}

// PartDir is the folder of one part of all shards, which key names.
func (c *Corpus) PartDir(key string, part int) string {
	return filepath.Join(c.Dir, partsDir, partKey(key, part))
}

func (c *Corpus) wholeDir(key string) string {
	return filepath.Join(c.Dir, wholeDir, wholeKey(key))
}

// Reduce compares one part of all shards, unless that is done.
func (c *Corpus) Reduce(ctx context.Context, part int) (Made, error) {
	all, err := c.together()
	if err != nil {
		return Made{}, err
	}
	return c.once(partsDir, Manifest{Key: partKey(all.key, part)}, func(dir string) (Counts, error) {
		return Counts{}, ReducePart(ctx, all.dirs, part, dir)
	})
}

// Finish puts together what all shards have in common, unless that is done,
// writes the manifest of the corpus and clears away what belongs to no shard of
// the plan.
func (c *Corpus) Finish(ctx context.Context) (*Status, error) {
	all, err := c.together()
	if err != nil {
		return nil, err
	}
	w := Whole{Form: Form, Counts: all.counts, Shards: all.made}
	var parts []string
	for p := range Parts {
		dir := c.PartDir(all.key, p)
		_, sum, ok, err := made(dir)
		if err == nil && !ok {
			err = errUnread
		}
		if err != nil {
			return nil, err
		}
		parts, w.Parts = append(parts, dir), append(w.Parts, sum)
	}
	if w.Whole, err = c.once(wholeDir, Manifest{Key: wholeKey(all.key)}, func(dir string) (Counts, error) {
		return Components(ctx, all.keys, all.dirs, parts, dir)
	}); err != nil {
		return nil, err
	}
	m, _, _, err := made(c.wholeDir(all.key))
	if err != nil {
		return nil, err
	}
	w.Counts.add(m.Counts)
	b, err := json.MarshalIndent(w, "", " ")
	if err == nil {
		err = disk.Write(filepath.Join(c.Dir, manifestFile), append(b, '\n'))
	}
	if err != nil {
		return nil, fmt.Errorf("write the manifest of the corpus: %w", err)
	}
	if err := c.prune(w); err != nil {
		return nil, fmt.Errorf("clear away what is old: %w", err)
	}
	return c.Status()
}

func wholeKey(all string) string { return string(recount.KeyOf("whole", all, strconv.Itoa(Parts))) }

// prune removes the folders that the manifest does not name, and what was left
// by work that was broken off.
func (c *Corpus) prune(w Whole) error {
	keep := map[string]bool{filepath.Join(wholeDir, w.Whole.Key): true}
	for _, s := range w.Shards {
		keep[filepath.Join(shardsDir, s.Key)] = true
	}
	for _, p := range w.Parts {
		keep[filepath.Join(partsDir, p.Key)] = true
	}
	for _, kind := range []string{shardsDir, partsDir, wholeDir} {
		entries, err := os.ReadDir(filepath.Join(c.Dir, kind))
		if err != nil {
			return err
		}
		for _, e := range entries {
			if !keep[filepath.Join(kind, e.Name())] {
				if err := os.RemoveAll(filepath.Join(c.Dir, kind, e.Name())); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// A Status says how far a corpus is.
type Status struct {
	Counts
	Shards   int // of the plan
	Read     int // of them
	Bytes    int64
	Done     int64 // bytes of the shards that are read
	Left     []Left
	Manifest string // hash of the manifest of manifests; "" while the corpus is not whole
	Disk     int64  // bytes of what was made
	Tables   int64  // of them tables, which are for reading
	Outdated bool   // this program would make the corpus anew
}

// Status looks how far the corpus is.
func (c *Corpus) Status() (*Status, error) {
	out := &Status{Shards: len(c.Plan.Shards), Left: c.Plan.Left, Outdated: c.Plan.Form != Form}
	measure := func(m *Manifest) {
		out.add(m.Counts)
		for _, f := range m.Files {
			out.Disk += f.Size
			if strings.HasSuffix(f.Name, ".parquet") {
				out.Tables += f.Size
			}
		}
	}
	var shards []Made
	for i := range c.Plan.Shards {
		s := &c.Plan.Shards[i]
		out.Bytes += s.Length
		m, sum, ok, err := made(c.ShardDir(s))
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		out.Read++
		out.Done += s.Length
		shards = append(shards, sum)
		measure(&m)
	}
	if out.Read < out.Shards {
		return out, nil
	}
	all := KeyOfAll(shards)
	m, _, ok, err := made(c.wholeDir(all))
	if err != nil || !ok {
		return out, err
	}
	measure(&m)
	for p := range Parts {
		m, _, _, err := made(c.PartDir(all, p))
		if err != nil {
			return nil, err
		}
		measure(&m)
	}
	out.Manifest, err = c.Manifest(all)
	return out, err
}

// Manifest returns the hash of the manifest of the corpus, or "" while it is
// not one of the shards that key names.
func (c *Corpus) Manifest(key string) (string, error) {
	_, sum, ok, err := made(c.wholeDir(key))
	if err != nil || !ok {
		return "", err
	}
	b, err := os.ReadFile(filepath.Join(c.Dir, manifestFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	var w Whole
	if json.Unmarshal(b, &w) != nil || w.Whole != sum {
		return "", nil
	}
	hash := sha256.Sum256(b)
	return hex.EncodeToString(hash[:]), nil
}

// Check hashes every file of the corpus anew and returns the names of those
// that are not as the manifests say, and of the folders and sums that are not
// those of the manifest of the manifests.
func (c *Corpus) Check(ctx context.Context) (wrong []string, err error) {
	if wrong, err = c.checkWhole(); err != nil {
		return nil, err
	}
	for _, kind := range []string{shardsDir, partsDir, wholeDir} {
		entries, err := os.ReadDir(filepath.Join(c.Dir, kind))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for _, e := range entries {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			dir := filepath.Join(c.Dir, kind, e.Name())
			m, _, ok, err := made(dir)
			if err != nil {
				return nil, err
			}
			if !ok {
				continue // work that was broken off
			}
			have, err := filesOf(dir)
			if err != nil {
				return nil, err
			}
			have = slices.DeleteFunc(have, func(f File) bool { return f.Name == manifestFile })
			for _, f := range m.Files {
				if !slices.Contains(have, f) {
					wrong = append(wrong, filepath.Join(kind, e.Name(), f.Name))
				}
			}
		}
	}
	return wrong, nil
}

// checkWhole returns what the manifest of the corpus says otherwise than the
// manifests that it names. A corpus that is not whole yet has none.
func (c *Corpus) checkWhole() (wrong []string, err error) {
	b, err := os.ReadFile(filepath.Join(c.Dir, manifestFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var w Whole
	if json.Unmarshal(b, &w) != nil || w.Form == "" || w.Whole.Key == "" || len(w.Parts) == 0 {
		return []string{manifestFile}, nil
	}
	var sum Counts
	for _, named := range []struct {
		kind string
		of   []Made
	}{{shardsDir, w.Shards}, {partsDir, w.Parts}, {wholeDir, []Made{w.Whole}}} {
		for _, x := range named.of {
			name := filepath.Join(named.kind, x.Key)
			m, is, ok, err := made(filepath.Join(c.Dir, name))
			if err != nil {
				return nil, err
			}
			if !ok || is != x {
				wrong = append(wrong, filepath.Join(name, manifestFile))
			}
			sum.add(m.Counts)
		}
	}
	if len(wrong) == 0 && sum != w.Counts {
		wrong = append(wrong, manifestFile)
	}
	return wrong, nil
}

// EachSkipped calls visit with what was skipped in the shards that are read,
// and the names of those, until it returns false.
func (c *Corpus) EachSkipped(visit func(shard string, s Skip) bool) error {
	on := true
	for i := range c.Plan.Shards {
		s := &c.Plan.Shards[i]
		if _, _, ok, err := made(c.ShardDir(s)); err != nil {
			return err
		} else if !ok {
			continue
		}
		if err := skipsOf(c.ShardDir(s), func(x Skip) bool { on = visit(s.Name, x); return on }); err != nil || !on {
			return err
		}
	}
	return nil
}

// There reports whether a folder of the corpus is made.
func (c *Corpus) There(dir string) (bool, error) {
	_, _, ok, err := made(dir)
	return ok, err
}

// Key names all shards together; they are read.
func (c *Corpus) Key() (string, error) {
	all, err := c.together()
	if err != nil {
		return "", err
	}
	return all.key, nil
}
