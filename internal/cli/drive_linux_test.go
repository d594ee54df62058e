package cli

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// A node is a file or folder of a disk, as programs see it and as it would be
// after a power cut.
type node struct {
	id   uint64
	mode uint32 // with the type

	// Of a file: what it holds, what is on the disk for certain, and what was
	// written since the last sync.
	data, safe []byte
	writes     []written

	// Of a folder.
	names, safeNames map[string]*node
	moves            []move
}

// A written is one write that was not synced: bytes at a place, or a new
// length.
type written struct {
	at   int64
	data []byte // nil for a new length, which is at
}

// A move is a change of a folder that was not synced: every name that it
// changed, nil for one that went.
type move map[string]*node

func (n *node) dir() bool { return n.mode&syscall.S_IFMT == syscall.S_IFDIR }

func put(b []byte, w written) []byte {
	if w.data == nil {
		if w.at <= int64(len(b)) {
			return b[:w.at:w.at]
		}
		return append(b[:len(b):len(b)], make([]byte, w.at-int64(len(b)))...)
	}
	if end := w.at + int64(len(w.data)); end > int64(len(b)) {
		b = append(b[:len(b):len(b)], make([]byte, end-int64(len(b)))...)
	}
	copy(b[w.at:], w.data)
	return b
}

// clone copies a tree, with what is not synced.
func (n *node) clone(seen map[*node]*node) *node {
	if n == nil {
		return nil
	}
	if c := seen[n]; c != nil {
		return c
	}
	c := &node{id: n.id, mode: n.mode, data: slices.Clone(n.data), safe: slices.Clone(n.safe), writes: slices.Clone(n.writes)}
	seen[n] = c
	of := func(names map[string]*node) map[string]*node {
		if names == nil {
			return nil
		}
		out := map[string]*node{}
		for name, x := range names {
			out[name] = x.clone(seen)
		}
		return out
	}
	c.names, c.safeNames = of(n.names), of(n.safeNames)
	for _, m := range n.moves {
		c.moves = append(c.moves, of(m))
	}
	return c
}

// How much of what was not synced is there after a power cut.
type survival int

const (
	survivesAll  survival = iota // a program that was killed
	survivesNone                 // the disk had written nothing by itself
	survivesSome                 // any of it, torn at sectors, in any order
)

const sector = 512

// files is what a file holds after a cut.
func (n *node) file(s survival, rnd *rand.Rand) []byte {
	switch s {
	case survivesAll:
		return n.data
	case survivesNone:
		return n.safe
	}
	b := slices.Clone(n.safe)
	for _, w := range n.writes {
		if rnd.IntN(2) == 0 {
			continue
		}
		if w.data == nil || rnd.IntN(2) == 0 {
			b = put(b, w)
			continue
		}
		for from := int64(0); from < int64(len(w.data)); { // a part of its sectors
			to := min(int64(len(w.data)), from+sector-(w.at+from)%sector)
			if rnd.IntN(2) == 0 {
				b = put(b, written{w.at + from, w.data[from:to]})
			}
			from = to
		}
	}
	return b
}

// list is what a folder holds after a cut: the changes of one folder reach the
// disk in their order, those of several in any.
func (n *node) list(s survival, rnd *rand.Rand) map[string]*node {
	switch s {
	case survivesAll:
		return n.names
	case survivesNone:
		return n.safeNames
	}
	out := maps.Clone(n.safeNames)
	for _, m := range n.moves[:rnd.IntN(len(n.moves)+1)] {
		apply(out, m)
	}
	return out
}

func apply(names map[string]*node, m move) {
	for name, x := range m {
		if x == nil {
			delete(names, name)
		} else {
			names[name] = x
		}
	}
}

// writeTo writes what is there after a cut into an ordinary folder.
func (n *node) writeTo(t *testing.T, path string, s survival, rnd *rand.Rand) {
	t.Helper()
	if !n.dir() {
		if err := os.WriteFile(path, n.file(s, rnd), os.FileMode(n.mode&0o777)); err != nil {
			t.Fatal(err)
		}
		return
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		t.Fatal(err)
	}
	names := n.list(s, rnd)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		names[name].writeTo(t, filepath.Join(path, name), s, rnd)
	}
}

// An event is a call that changes the disk or syncs it.
type event struct {
	number int // from 1
	call   string
	path   string
}

// A drive is a file system in memory that knows what a power cut would leave,
// and can fail at any call. It is mounted with FUSE, for the real program.
type drive struct {
	t    *testing.T
	at   string // where it is mounted
	fd   int
	done chan struct{}

	mu    sync.Mutex
	root  *node
	nodes map[uint64]*node
	next  uint64
	count int
	log   []event
	// before is asked before each event; what it returns other than 0 is the
	// answer, and the event does not happen.
	before func(e event) syscall.Errno
}

const rootNode = 1

// newTree is an empty folder that is on the disk.
func newTree() *node {
	return &node{id: rootNode, mode: syscall.S_IFDIR | 0o700, names: map[string]*node{}, safeNames: map[string]*node{}}
}

// read takes an ordinary folder into a tree, as synced.
func (n *node) read(t *testing.T, from string, next *uint64) {
	t.Helper()
	entries, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		*next++
		x := &node{id: *next}
		path := filepath.Join(from, e.Name())
		if e.IsDir() {
			x.mode, x.names, x.safeNames = syscall.S_IFDIR|0o700, map[string]*node{}, map[string]*node{}
			x.read(t, path, next)
		} else {
			x.mode = syscall.S_IFREG | 0o600
			if x.data, err = os.ReadFile(path); err != nil {
				t.Fatal(err)
			}
			x.safe = slices.Clone(x.data)
		}
		n.names[e.Name()], n.safeNames[e.Name()] = x, x
	}
}

// mount mounts a tree. It skips the test, and says so, where that cannot be.
func mount(t *testing.T, tree *node) *drive {
	t.Helper()
	d := &drive{t: t, at: t.TempDir(), done: make(chan struct{}), root: tree.clone(map[*node]*node{}), nodes: map[uint64]*node{}, next: rootNode}
	d.know(d.root)
	var err error
	if d.fd, err = syscall.Open("/dev/fuse", syscall.O_RDWR|syscall.O_CLOEXEC, 0); err != nil {
		t.Skipf("SKIPPED: no FUSE here (%v), so no disk can be cut off or made to fail", err)
	}
	err = syscall.Mount("recount-test", d.at, "fuse.recount", syscall.MS_NOSUID|syscall.MS_NODEV,
		fmt.Sprintf("fd=%d,rootmode=40000,user_id=%d,group_id=%d", d.fd, os.Getuid(), os.Getgid()))
	if err != nil {
		syscall.Close(d.fd)
		t.Skipf("SKIPPED: a file system cannot be mounted here (%v), so no disk can be cut off or made to fail", err)
	}
	go d.serve()
	return d
}

// unmount ends it; the tree stays.
func (d *drive) unmount() {
	if err := syscall.Unmount(d.at, syscall.MNT_FORCE|syscall.MNT_DETACH); err != nil {
		d.t.Errorf("unmount: %v", err)
	}
	<-d.done
	syscall.Close(d.fd)
}

func (d *drive) know(n *node) {
	if n == nil || d.nodes[n.id] == n {
		return
	}
	d.nodes[n.id], d.next = n, max(d.next, n.id)
	for _, names := range append([]map[string]*node{n.names, n.safeNames}, mapsOf(n.moves)...) {
		for _, x := range names {
			d.know(x)
		}
	}
}

func mapsOf(m []move) (out []map[string]*node) {
	for _, x := range m {
		out = append(out, x)
	}
	return out
}

// The calls of FUSE that are answered (linux/fuse.h).
const (
	fuseLookup, fuseForget, fuseGetattr, fuseSetattr    = 1, 2, 3, 4
	fuseMkdir, fuseUnlink, fuseRmdir, fuseRename        = 9, 10, 11, 12
	fuseOpen, fuseRead, fuseWrite, fuseStatfs           = 14, 15, 16, 17
	fuseRelease, fuseFsync, fuseFlush, fuseInit         = 18, 20, 25, 26
	fuseOpendir, fuseReaddir, fuseReleasedir            = 27, 28, 29
	fuseFsyncdir, fuseCreate, fuseInterrupt             = 30, 35, 36
	fuseDestroy, fuseBatchForget, fuseRename2           = 38, 42, 45
	fuseBigWrites, fuseWriteCache, fuseFattrMode        = 1 << 5, 1 << 0, 1 << 0
	fuseFattrSize, fuseInHeader, fuseOutHeader, maxData = 1 << 3, 40, 16, 1 << 17
)

var le = binary.LittleEndian

// quick gives the threads of this program, and the programs that they start, time
// in slices of a tenth of a millisecond: no more than their share, and on a busy
// machine they wait a tenth as long for it. Each call of a program to a drive
// waits twice. Older kernels know no slices, and give none.
func quick(t *testing.T) {
	t.Helper()
	threads, err := os.ReadDir("/proc/self/task")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range threads {
		id, err := strconv.Atoi(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		if a, err := unix.SchedGetAttr(id, 0); err == nil {
			a.Runtime = 100_000
			_ = unix.SchedSetAttr(id, a, 0)
		}
	}
}

// serve answers one call after another.
func (d *drive) serve() {
	defer close(d.done)
	buf := make([]byte, maxData+1<<12)
	for {
		n, err := syscall.Read(d.fd, buf)
		if err == syscall.EINTR || err == syscall.EAGAIN || err == syscall.ENOENT {
			continue
		}
		if err != nil || n < fuseInHeader {
			return // unmounted
		}
		op, unique, id := le.Uint32(buf[4:]), le.Uint64(buf[8:]), le.Uint64(buf[16:])
		if op == fuseForget || op == fuseBatchForget || op == fuseInterrupt {
			continue
		}
		d.mu.Lock()
		out, errno := d.answer(op, id, buf[fuseInHeader:n])
		d.mu.Unlock()
		if errno != 0 {
			out = nil
		}
		head := make([]byte, fuseOutHeader, fuseOutHeader+len(out))
		le.PutUint32(head, uint32(fuseOutHeader+len(out)))
		le.PutUint32(head[4:], uint32(-int32(errno)))
		le.PutUint64(head[8:], unique)
		_, _ = syscall.Write(d.fd, append(head, out...)) // of a program that was killed nobody takes the answer
	}
}

// event asks whether a call that changes the disk may happen. What SQLite keeps
// in memory that programs share is no part of a study, and the kernel writes it
// when it likes.
func (d *drive) event(call string, path string) syscall.Errno {
	if strings.HasSuffix(path, "-shm") {
		return 0
	}
	d.count++
	e := event{d.count, call, path}
	d.log = append(d.log, e)
	if d.before == nil {
		return 0
	}
	return d.before(e)
}

// path names a node as programs see it.
func (d *drive) path(want *node) string {
	var find func(n *node, at string) string
	find = func(n *node, at string) string {
		if n == want {
			return cmp.Or(at, "/")
		}
		for name, x := range n.names {
			if got := find(x, at+"/"+name); got != "" {
				return got
			}
		}
		return ""
	}
	return cmp.Or(find(d.root, ""), "(gone)")
}

func text0(b []byte) (string, []byte) {
	head, rest, _ := bytes.Cut(b, []byte{0})
	return string(head), rest
}

func attr(n *node) []byte {
	b := make([]byte, 88)
	le.PutUint64(b, n.id)
	le.PutUint64(b[8:], uint64(len(n.data)))
	le.PutUint64(b[16:], uint64(len(n.data)+511)/512)
	le.PutUint32(b[60:], n.mode)
	le.PutUint32(b[64:], 1)
	le.PutUint32(b[68:], uint32(os.Getuid()))
	le.PutUint32(b[72:], uint32(os.Getgid()))
	le.PutUint32(b[80:], 4096)
	return b
}

// entry tells the kernel of a node; it may remember it, because all changes go
// through it.
func entry(n *node) []byte {
	b := make([]byte, 40)
	le.PutUint64(b, n.id)
	le.PutUint64(b[16:], 3600)
	le.PutUint64(b[24:], 3600)
	return append(b, attr(n)...)
}

func attrOut(n *node) []byte {
	b := make([]byte, 16)
	le.PutUint64(b, 3600)
	return append(b, attr(n)...)
}

func (d *drive) change(dir *node, m move) {
	apply(dir.names, m)
	dir.moves = append(dir.moves, m)
}

func (n *node) sync() {
	n.safe, n.writes = slices.Clone(n.data), nil
	if n.dir() {
		n.safeNames, n.moves = maps.Clone(n.names), nil
	}
}

// lose is a sync that failed: what was to be written is dropped, as Linux does,
// and the next sync knows nothing of it.
func (n *node) lose() { n.writes = nil }

// answer is one call. The model holds d.mu.
func (d *drive) answer(op uint32, id uint64, in []byte) ([]byte, syscall.Errno) {
	n := d.nodes[id]
	if n == nil && op != fuseInit && op != fuseStatfs && op != fuseDestroy {
		return nil, syscall.ESTALE
	}
	added := func(name string, mode uint32) *node {
		d.next++
		x := &node{id: d.next, mode: mode}
		if x.dir() {
			x.names, x.safeNames = map[string]*node{}, map[string]*node{}
		}
		d.nodes[x.id] = x
		d.change(n, move{name: x})
		return x
	}
	switch op {
	case fuseInit:
		out := make([]byte, 64)
		le.PutUint32(out, 7)
		le.PutUint32(out[4:], 31)
		le.PutUint32(out[8:], 1<<16)
		le.PutUint32(out[12:], fuseBigWrites)
		le.PutUint16(out[16:], 16)
		le.PutUint16(out[18:], 12)
		le.PutUint32(out[20:], maxData)
		le.PutUint32(out[24:], 1)
		return out, 0
	case fuseLookup:
		name, _ := text0(in)
		if x := n.names[name]; x != nil {
			return entry(x), 0
		}
		return nil, syscall.ENOENT
	case fuseGetattr:
		return attrOut(n), 0
	case fuseSetattr:
		valid := le.Uint32(in)
		if valid&fuseFattrSize != 0 {
			w := written{at: int64(le.Uint64(in[16:]))}
			if errno := d.event("truncate", d.path(n)); errno != 0 {
				return nil, errno
			}
			n.data, n.writes = put(n.data, w), append(n.writes, w)
		}
		if valid&fuseFattrMode != 0 {
			n.mode = n.mode&syscall.S_IFMT | le.Uint32(in[68:])&0o7777
		}
		return attrOut(n), 0
	case fuseMkdir:
		name, _ := text0(in[8:])
		if errno := d.event("mkdir", d.path(n)+"/"+name); errno != 0 {
			return nil, errno
		}
		return entry(added(name, syscall.S_IFDIR|le.Uint32(in)&0o7777)), 0
	case fuseCreate:
		name, _ := text0(in[16:])
		if errno := d.event("create", d.path(n)+"/"+name); errno != 0 {
			return nil, errno
		}
		return append(entry(added(name, syscall.S_IFREG|le.Uint32(in[4:])&0o7777)), make([]byte, 16)...), 0
	case fuseUnlink, fuseRmdir:
		name, _ := text0(in)
		x := n.names[name]
		switch {
		case x == nil:
			return nil, syscall.ENOENT
		case op == fuseRmdir && len(x.names) > 0:
			return nil, syscall.ENOTEMPTY
		}
		if errno := d.event("remove", d.path(x)); errno != 0 {
			return nil, errno
		}
		d.change(n, move{name: nil})
		return nil, 0
	case fuseRename, fuseRename2:
		to, rest := d.nodes[le.Uint64(in)], in[8:]
		if op == fuseRename2 {
			if le.Uint32(rest) != 0 {
				return nil, syscall.EINVAL
			}
			rest = rest[8:]
		}
		old, rest := text0(rest)
		name, _ := text0(rest)
		x := n.names[old]
		switch over := to.names[name]; {
		case x == nil:
			return nil, syscall.ENOENT
		case over != nil && over.dir() && len(over.names) > 0:
			return nil, syscall.ENOTEMPTY
		}
		if errno := d.event("rename", d.path(x)); errno != 0 {
			return nil, errno
		}
		if to == n {
			d.change(n, move{old: nil, name: x})
		} else {
			d.change(to, move{name: x})
			d.change(n, move{old: nil})
		}
		return nil, 0
	case fuseOpen, fuseOpendir:
		return make([]byte, 16), 0
	case fuseRead:
		from := min(int64(le.Uint64(in[8:])), int64(len(n.data)))
		return n.data[from:min(from+int64(le.Uint32(in[16:])), int64(len(n.data)))], 0
	case fuseReaddir:
		return listing(n, int(le.Uint64(in[8:])), int(le.Uint32(in[16:]))), 0
	case fuseWrite:
		w := written{int64(le.Uint64(in[8:])), slices.Clone(in[40 : 40+le.Uint32(in[16:])])}
		if le.Uint32(in[20:])&fuseWriteCache == 0 { // else the kernel, out of shared memory
			if errno := d.event("write", d.path(n)); errno != 0 {
				return nil, errno
			}
		}
		n.data, n.writes = put(n.data, w), append(n.writes, w)
		out := make([]byte, 8)
		le.PutUint32(out, uint32(len(w.data)))
		return out, 0
	case fuseFsync, fuseFsyncdir:
		if errno := d.event("sync", d.path(n)); errno != 0 {
			n.lose()
			return nil, errno
		}
		n.sync()
		return nil, 0
	case fuseStatfs:
		out := make([]byte, 80)
		for i := range 5 {
			le.PutUint64(out[8*i:], 1<<20)
		}
		le.PutUint32(out[40:], 4096)
		le.PutUint32(out[44:], 255)
		le.PutUint32(out[48:], 4096)
		return out, 0
	case fuseFlush, fuseRelease, fuseReleasedir, fuseDestroy:
		return nil, 0
	}
	return nil, syscall.ENOSYS
}

// listing is what readdir returns from an offset.
func listing(n *node, from, most int) (out []byte) {
	names := slices.Sorted(maps.Keys(n.names))
	for i := from; i < len(names); i++ {
		x := n.names[names[i]]
		b := make([]byte, 24)
		le.PutUint64(b, x.id)
		le.PutUint64(b[8:], uint64(i+1))
		le.PutUint32(b[16:], uint32(len(names[i])))
		le.PutUint32(b[20:], x.mode>>12)
		b = append(b, names[i]...)
		b = append(b, make([]byte, (8-len(b)%8)%8)...)
		if len(out)+len(b) > most {
			break
		}
		out = append(out, b...)
	}
	return out
}

// A drive is a disk: what programs see is what they wrote, and what a cut leaves
// is what they synced.
func TestDriveThatCanBeCut(t *testing.T) {
	d := mount(t, newTree())
	in := func(name string) string { return filepath.Join(d.at, name) }
	steps := func() error {
		f, err := os.Create(in("a"))
		if err != nil {
			return err
		}
		defer f.Close()
		f.WriteString("synced ")
		if err := f.Sync(); err != nil {
			return err
		}
		f.WriteString("and not")
		if err := os.Mkdir(in("d"), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(in("d/b.new"), []byte("whole"), 0o600); err != nil {
			return err
		}
		return os.Rename(in("d/b.new"), in("d/b"))
	}
	err := steps()
	seen, readErr := os.ReadFile(in("a"))
	var names []string
	walkErr := filepath.WalkDir(d.at, func(path string, _ fs.DirEntry, err error) error {
		names = append(names, strings.TrimPrefix(path, d.at))
		return err
	})
	d.unmount()
	if err != nil || readErr != nil || walkErr != nil {
		t.Fatal(err, readErr, walkErr)
	}
	if string(seen) != "synced and not" || !slices.Equal(names, []string{"", "/a", "/d", "/d/b"}) {
		t.Errorf("programs see %q and %q", seen, names)
	}
	rnd := rand.New(rand.NewPCG(1, 1))
	if got := d.root.file(survivesNone, rnd); len(got) != 0 || len(d.root.list(survivesNone, rnd)) != 0 {
		t.Errorf("a folder that was not synced holds %v after a cut", d.root.list(survivesNone, rnd))
	}
	a := d.root.names["a"]
	if got := a.file(survivesNone, rnd); string(got) != "synced " {
		t.Errorf("after a cut the file holds %q", got)
	}
	some := map[string]bool{}
	for range 20 {
		some[string(a.file(survivesSome, rnd))] = true
	}
	if len(some) != 2 || !some["synced "] || !some["synced and not"] {
		t.Errorf("after other cuts it holds %v", some)
	}
}
