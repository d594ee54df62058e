package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"recount"
	"recount/internal/sandbox"
	"recount/internal/shards"
	"recount/stores"
)

// pipeline is the work on a corpus as a graph: the keys of the shards, spread
// over the workers; each shard is read; what was read comes together for each
// part; the parts come together once. Tables, words and postings lie in the
// folder of the corpus, as whoever compares articles needs them there; between
// workers go only names and hashes, packed into blocks.
func pipeline(c *shards.Corpus) *beam.Pipeline {
	p, s := beam.NewPipelineWithRoot()
	of := of{Dir: c.Dir, Form: c.Plan.Form}
	keys := beam.Reshuffle(s, beam.ParDo(s, &listShards{of}, beam.Impulse(s)))
	read := beam.ParDo(s, &mapShard{Of: of}, keys)
	parts := beam.ParDo(s, &reducePart{of}, beam.GroupByKey(s, read))
	beam.ParDo0(s, &finish{of}, beam.GroupByKey(s, parts))
	return p
}

func init() {
	register.DoFn3x1[context.Context, []byte, func(string), error](&listShards{})
	register.DoFn3x1[context.Context, string, func(int, []byte), error](&mapShard{})
	register.DoFn4x1[context.Context, int, func(*[]byte) bool, func(int, []byte), error](&reducePart{})
	register.DoFn3x1[context.Context, int, func(*[]byte) bool, error](&finish{})
	register.Emitter1[string]()
	register.Emitter2[int, []byte]()
	register.Iter1[[]byte]()
}

// An of says on which corpus a step works, and for which version of recount.
type of struct{ Dir, Form string }

// corpus opens it. store is where sources in object stores are read from; only
// who reads shards needs one.
func (o *of) corpus(store shards.Store) (*shards.Corpus, error) {
	c, err := shards.Open(o.Dir, store)
	if err != nil {
		return nil, fmt.Errorf("a worker does not reach the corpus: %w", err)
	}
	if o.Form != shards.Form || c.Plan.Form != shards.Form {
		return nil, fmt.Errorf("the corpus was planned as %q and this worker is %q: %w", c.Plan.Form, shards.Form, recount.ErrConflict)
	}
	return c, nil
}

// listShards emits the keys of the shards.
type listShards struct{ Of of }

// ProcessElement lists them once.
func (f *listShards) ProcessElement(_ context.Context, _ []byte, emit func(string)) error {
	c, err := f.Of.corpus(nil)
	if err != nil {
		return err
	}
	for i := range c.Plan.Shards {
		emit(c.Plan.Shards[i].Key())
	}
	return nil
}

// blockSize is how long a block of names may get.
const blockSize = 64 << 10

// mapShard reads shards and emits what was made, in blocks, to every part.
type mapShard struct {
	Of of

	corpus *shards.Corpus
	at     map[string]int // key -> place in the plan
	reader *sandbox.Reader
	store  *stores.Store
	block  bytes.Buffer
}

// Setup opens the corpus.
func (f *mapShard) Setup() (err error) {
	f.store = stores.New()
	if f.corpus, err = f.Of.corpus(f.store); err != nil {
		return err
	}
	f.at = map[string]int{}
	for i := range f.corpus.Plan.Shards {
		f.at[f.corpus.Plan.Shards[i].Key()] = i
	}
	exe, err := os.Executable()
	if err == nil {
		f.reader = shards.NewReader([]string{exe, child}, slog.New(slog.DiscardHandler))
	}
	return err
}

// Teardown ends the processes that read.
func (f *mapShard) Teardown() {
	if f.reader != nil {
		f.reader.Close()
	}
	if f.store != nil {
		f.store.Close()
	}
}

// StartBundle begins a block.
func (f *mapShard) StartBundle(context.Context, func(int, []byte)) { f.block.Reset() }

// ProcessElement reads one shard, unless that is done.
func (f *mapShard) ProcessElement(ctx context.Context, key string, emit func(int, []byte)) error {
	i, ok := f.at[key]
	if !ok {
		return fmt.Errorf("the plan of the corpus has no shard %s any more: %w", key, recount.ErrConflict)
	}
	made, err := f.corpus.Map(ctx, i, f.reader, nil)
	if err != nil {
		return err
	}
	if err := json.NewEncoder(&f.block).Encode(made); err != nil {
		return err
	}
	if f.block.Len() > blockSize {
		f.emit(emit)
	}
	return nil
}

// FinishBundle emits the last block.
func (f *mapShard) FinishBundle(_ context.Context, emit func(int, []byte)) { f.emit(emit) }

func (f *mapShard) emit(emit func(int, []byte)) {
	if f.block.Len() == 0 {
		return
	}
	b := bytes.Clone(f.block.Bytes())
	for part := range shards.Parts {
		emit(part, b)
	}
	f.block.Reset()
}

// unpack returns what the blocks name, in the order of the keys.
func unpack(blocks func(*[]byte) bool) (all []shards.Made, err error) {
	var b []byte
	for blocks(&b) {
		for d := json.NewDecoder(bytes.NewReader(b)); ; {
			var m shards.Made
			if err := d.Decode(&m); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return nil, fmt.Errorf("a block of names: %w", err)
			}
			all = append(all, m)
		}
	}
	slices.SortFunc(all, func(x, y shards.Made) int { return strings.Compare(x.Key, y.Key) })
	return all, nil
}

// reducePart compares one part of all shards.
type reducePart struct{ Of of }

// ProcessElement compares a part when all shards have come. It believes the
// engine only if what came are the shards of the plan, each once, as they lie in
// the folder.
func (f *reducePart) ProcessElement(ctx context.Context, part int, blocks func(*[]byte) bool, emit func(int, []byte)) error {
	c, err := f.Of.corpus(nil)
	if err != nil {
		return err
	}
	came, err := unpack(blocks)
	if err != nil {
		return err
	}
	key, err := c.Key()
	if err != nil {
		return err
	}
	if shards.KeyOfAll(came) != key {
		return fmt.Errorf("part %d: %d shards came and the corpus holds %d, or other ones: %w", part, len(came), len(c.Plan.Shards), recount.ErrConflict)
	}
	made, err := c.Reduce(ctx, part)
	if err != nil {
		return err
	}
	b, err := json.Marshal(made)
	emit(0, b)
	return err
}

// finish puts the parts together.
type finish struct{ Of of }

// ProcessElement ends the corpus when all parts have come.
func (f *finish) ProcessElement(ctx context.Context, _ int, blocks func(*[]byte) bool) error {
	c, err := f.Of.corpus(nil)
	if err != nil {
		return err
	}
	came, err := unpack(blocks)
	if err != nil {
		return err
	}
	if n := len(slices.Compact(came)); n != shards.Parts || n != len(came) {
		return fmt.Errorf("%d parts came, %d of them different; want %d: %w", len(came), n, shards.Parts, recount.ErrConflict)
	}
	_, err = c.Finish(ctx)
	return err
}
