package shards

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"recount"
	"recount/internal/capture"
)

// A Store holds files that lie in no folder of this machine: S3, Google Cloud
// Storage or Azure. It is made by the module stores/, so that only the program
// that is meant for it carries their libraries.
type Store interface {
	// List yields the objects under an address, in any order. An error ends
	// it.
	List(ctx context.Context, address string) iter.Seq2[Object, error]
	// Open opens one that List yielded. One that has changed since is an error.
	Open(ctx context.Context, o Object) (OpenFile, error)
}

// An Object is a file in a store.
type Object struct {
	Address string // s3://bucket/folder/name
	Name    string // within the address that was listed
	Size    int64
	Changed time.Time
}

// An OpenFile is what a shard is read from.
type OpenFile interface {
	io.ReaderAt
	io.Closer
}

// Stores are the beginnings of addresses in stores.
var stores = [...]string{"s3://", "gs://", "azblob://"}

// InStore reports whether a source is an address in a store.
func InStore(source string) bool {
	return slices.ContainsFunc(stores[:], func(s string) bool { return strings.HasPrefix(source, s) })
}

// noStore says what to do where no store can be opened.
func noStore(address string) error {
	return recount.WithHint(fmt.Errorf("%s lies in an object store, which this program does not open: %w", address, recount.ErrInvalid),
		"take recount-stores instead, which is recount with S3, Google Cloud Storage and Azure (docs/corpus.md), or copy the files into a folder")
}

// A candidate is a file that may be a shard.
type candidate struct {
	capture.Source
	Size    int64
	Changed int64
	open    func(context.Context) (OpenFile, error)
}

// objects lists what lies under an address, by name.
func objects(ctx context.Context, store Store, address string) (out []candidate, err error) {
	if store == nil {
		return nil, noStore(address)
	}
	folder := strings.TrimSuffix(address, "/")
	folder = folder[strings.LastIndexByte(folder, '/')+1:]
	for o, err := range store.List(ctx, address) {
		if err != nil {
			return nil, err
		}
		if strings.HasSuffix(o.Name, "/") || slices.ContainsFunc(strings.Split(o.Name, "/"), func(s string) bool { return strings.HasPrefix(s, ".") }) {
			continue // what stands for a folder, and what is hidden in a folder
		}
		out = append(out, candidate{capture.Source{Path: o.Address, Name: o.Name, Folder: folder}, o.Size, o.Changed.UnixNano(),
			func(ctx context.Context) (OpenFile, error) { return store.Open(ctx, o) }})
	}
	if len(out) == 0 {
		return nil, recount.WithHint(fmt.Errorf("nothing lies under %s: %w", address, recount.ErrNotFound), "look at the spelling; an address names a bucket and how names of objects in it begin")
	}
	slices.SortFunc(out, func(x, y candidate) int { return cmp.Compare(x.Name, y.Name) })
	return out, nil
}

// onDisk looks at a file of a folder.
func onDisk(src capture.Source) (candidate, error) {
	info, err := os.Stat(src.Path)
	if err != nil {
		return candidate{}, fmt.Errorf("%w: %w", recount.ErrRefused, err)
	}
	return candidate{src, info.Size(), info.ModTime().UnixNano(), func(context.Context) (OpenFile, error) {
		f, err := os.Open(src.Path)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", recount.ErrRefused, err)
		}
		return f, nil
	}}, nil
}

// An input is an open file that keeps what went wrong when it was read: that a
// disk or a server did not answer is no property of a page.
type input struct {
	OpenFile
	mu  sync.Mutex
	err error
}

// ReadAt reads a stretch.
func (f *input) ReadAt(p []byte, off int64) (int, error) {
	n, err := f.OpenFile.ReadAt(p, off)
	if err != nil && !errors.Is(err, io.EOF) {
		f.mu.Lock()
		f.err = cmp.Or(f.err, err)
		f.mu.Unlock()
	}
	return n, err
}

// fault is the first thing that went wrong.
func (f *input) fault() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.err
}

// ErrChanged says that a file is not the one that was planned.
var ErrChanged = errors.New("the file has changed since it was planned")

// open opens the file of a shard, if it is the one that was planned.
func (s *Shard) open(ctx context.Context) (*input, error) {
	f, err := s.find(ctx)
	if err != nil {
		return nil, err
	}
	return &input{OpenFile: f}, nil
}

func (s *Shard) find(ctx context.Context) (OpenFile, error) {
	if InStore(s.Path) {
		if s.store == nil {
			return nil, noStore(s.Path)
		}
		f, err := s.store.Open(ctx, Object{Address: s.Path, Name: s.Name, Size: s.Size, Changed: time.Unix(0, s.Changed)})
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", s.Name, err)
		}
		return f, nil
	}
	hint := "put the file back, or scan again and name the sources: recount corpus scan SOURCE --to DIR"
	f, err := os.Open(s.Path)
	if err == nil {
		same := false
		if same, err = s.same(ctx, f); same {
			return f, nil
		}
		f.Close()
		if err == nil {
			err = ErrChanged
			hint = "scan again and name the sources: recount corpus scan SOURCE --to DIR"
		}
	}
	return nil, recount.WithHint(fmt.Errorf("read %s: %w", s.Name, err), hint)
}

// same reports whether a file of a folder is the one that was planned. One that
// was copied back has another time and the same bytes.
func (s *Shard) same(ctx context.Context, f *os.File) (bool, error) {
	info, err := f.Stat()
	if err != nil || info.Size() != s.Size {
		return false, err
	}
	if info.ModTime().UnixNano() == s.Changed {
		return true, nil
	}
	// A file of many shards is hashed once.
	at := hashedFile{s.Path, info.Size(), info.ModTime().UnixNano()}
	if sum, ok := hashed.Load(at); ok {
		return sum == s.Hash, nil
	}
	sum, err := hashFile(ctx, f, *s)
	if err != nil {
		return false, err
	}
	hashed.Store(at, sum)
	return sum == s.Hash, nil
}

type hashedFile struct {
	path          string
	size, changed int64
}

// hashed holds the hashes of files whose time is not the planned one.
var hashed sync.Map
