package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"os"

	"recount"
	"recount/internal/disk"
)

// An articleFile holds articles on disk, one JSON object a line, and in memory only
// where each begins.
type articleFile struct {
	file *os.File
	at   map[recount.Key]place
	err  error // of the last reading of all
}

type place struct {
	offset int64
	length int
}

// newArticleFile writes the articles of r to a new file; bad lines are answered at
// once.
func newArticleFile(path string, r io.Reader, enc *json.Encoder) (sp *articleFile, bad int, err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, 0, fmt.Errorf("copies: %w", err)
	}
	disk.Nameless(f)
	sp = &articleFile{file: f, at: map[recount.Key]place{}}
	w := bufio.NewWriterSize(f, 1<<16)
	offset := int64(0)
	bad, err = goodDocuments(r, enc, func(a *recount.Article, line []byte) error {
		sp.at[a.Key] = place{offset, len(line)}
		offset += int64(len(line)) + 1
		_, err := w.Write(append(line, '\n'))
		return err
	})
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		sp.close()
		return nil, bad, fmt.Errorf("copies: %w", err)
	}
	return sp, bad, nil
}

func (sp *articleFile) close() { sp.file.Close() }

// all yields the articles in their order; it may be ranged over more than once.
func (sp *articleFile) all() iter.Seq[*recount.Article] {
	return func(yield func(*recount.Article) bool) {
		lr := newLineReader(io.NewSectionReader(sp.file, 0, 1<<62))
		for {
			line, _, err := lr.next()
			if err == io.EOF {
				return
			}
			var a *recount.Article
			if err == nil {
				a, err = parseDocument(line)
			}
			if err != nil {
				sp.err = fmt.Errorf("copies: read the articles again: %w", err)
				return
			}
			if !yield(a) {
				return
			}
		}
	}
}

// find reads one article.
func (sp *articleFile) find(key recount.Key) (*recount.Article, error) {
	p, ok := sp.at[key]
	if !ok {
		return nil, fmt.Errorf("article %s: %w", key, recount.ErrNotFound)
	}
	line := make([]byte, p.length)
	if _, err := sp.file.ReadAt(line, p.offset); err != nil {
		return nil, fmt.Errorf("article %s: %w", key, err)
	}
	return parseDocument(line)
}
