package shards

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"recount"
)

// The tables of a corpus, one Parquet file for each in the folder of a shard,
// and the last two beside them for all shards together. Positions are Unicode
// code points in the text of the article, half-open, as at every boundary of
// recount. docs/corpus.md documents each column; a test compares.

// An ArticleRow is one article.
type ArticleRow struct {
	Article   string   `parquet:"article"`
	Capture   string   `parquet:"capture"`
	Shard     string   `parquet:"shard,dict"`
	Name      string   `parquet:"name"`
	Part      string   `parquet:"part,dict"`
	URL       string   `parquet:"url"`
	Page      string   `parquet:"page"`
	Outlet    string   `parquet:"outlet,dict"`
	Title     string   `parquet:"title"`
	Byline    string   `parquet:"byline"`
	Authors   []string `parquet:"authors,list"`
	Published string   `parquet:"published"`
	Precision string   `parquet:"precision,dict"`
	DateFlag  string   `parquet:"date_flag"`
	Language  string   `parquet:"language,dict"`
	Captured  string   `parquet:"captured"`
	Text      string   `parquet:"text"`
	Notes     []string `parquet:"notes,list"`
	Extractor string   `parquet:"extractor,dict"`
	Hash      string   `parquet:"hash"`
	Offset    int64    `parquet:"offset"`
	Length    int64    `parquet:"length"`
	Position  int64    `parquet:"position"`
}

// A StatementRow is one statement.
type StatementRow struct {
	Statement  string  `parquet:"statement"`
	Article    string  `parquet:"article,dict"`
	Speaker    string  `parquet:"speaker,dict"`
	Type       string  `parquet:"type,dict"`
	Speech     bool    `parquet:"speech"`
	Confidence int32   `parquet:"confidence"`
	Words      string  `parquet:"words"`
	Cue        string  `parquet:"cue"`
	Source     string  `parquet:"source"`
	Starts     []int32 `parquet:"starts,list"`
	Ends       []int32 `parquet:"ends,list"`
}

// A SpeakerRow is one speaker of one article.
type SpeakerRow struct {
	Speaker    string  `parquet:"speaker"`
	Article    string  `parquet:"article,dict"`
	ID         string  `parquet:"id,dict"`
	Name       string  `parquet:"name"`
	Kind       string  `parquet:"kind,dict"`
	Gender     string  `parquet:"gender,dict"`
	Statements int32   `parquet:"statements"`
	Start      int32   `parquet:"start"`
	End        int32   `parquet:"end"`
	Blocks     []int64 `parquet:"blocks,list"`
}

// A FigureRow is one reported figure.
type FigureRow struct {
	Figure    string `parquet:"figure"`
	Article   string `parquet:"article,dict"`
	Kind      string `parquet:"kind,dict"`
	Value     string `parquet:"value"`
	Low       string `parquet:"low"`
	High      string `parquet:"high"`
	Qualifier string `parquet:"qualifier,dict"`
	Unit      string `parquet:"unit,dict"`
	Of        string `parquet:"of"`
	SaidBy    string `parquet:"said_by,dict"`
	From      string `parquet:"from,dict"`
	To        string `parquet:"to,dict"`
	Denied    bool   `parquet:"denied"`
	Guess     bool   `parquet:"guess"`
	Withdrawn bool   `parquet:"withdrawn"`
	Words     string `parquet:"words"`
	Start     int32  `parquet:"start"`
	End       int32  `parquet:"end"`
}

// A RelationRow says what two articles share.
type RelationRow struct {
	A         string `parquet:"a,dict"`
	B         string `parquet:"b,dict"`
	Kind      string `parquet:"kind,dict"`
	CoverageA int32  `parquet:"coverage_a"`
	CoverageB int32  `parquet:"coverage_b"`
	First     string `parquet:"first"`
	Reason    string `parquet:"reason,dict"`
	Passages  int32  `parquet:"passages"`
}

// An OriginalRow says with which others an article counts once.
type OriginalRow struct {
	Article  string `parquet:"article"`
	Shard    string `parquet:"shard,dict"`
	Original string `parquet:"original"`
	Size     int32  `parquet:"size"`
	First    string `parquet:"first"`
	Spliced  bool   `parquet:"spliced"`
	Again    bool   `parquet:"again"`
}

// Rows of a group: as many as keep the memory of a writer small. A group ends
// where the texts in it grow past groupBytes, so it depends on the rows alone.
const (
	groupRows  = 20_000
	groupBytes = 8 << 20
)

// A table writes rows of one kind to a Parquet file. The same rows give the
// same bytes.
type table[T any] struct {
	f     *os.File
	buf   *bufio.Writer
	w     *parquet.GenericWriter[T]
	rows  int
	group int // rows of the group at hand
	bytes int
}

// packing is Zstandard by one encoder, whose bytes depend on what it is given
// and on nothing else.
func packing() compress.Codec { return &zstd.Codec{Level: zstd.SpeedDefault, Concurrency: 1} }

func newTable[T any](path string) (*table[T], error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	t := &table[T]{f: f, buf: bufio.NewWriterSize(f, 1<<16)}
	t.w = parquet.NewGenericWriter[T](t.buf, parquet.Compression(packing()), parquet.CreatedBy("recount", recount.Version, ""),
		parquet.PageBufferSize(256<<10), parquet.WriteBufferSize(0))
	return t, nil
}

// add writes one row, whose texts are of about size bytes.
func (t *table[T]) add(row T, size int) error {
	if _, err := t.w.Write([]T{row}); err != nil {
		return err
	}
	t.rows, t.group, t.bytes = t.rows+1, t.group+1, t.bytes+size
	if t.group == groupRows || t.bytes > groupBytes {
		t.group, t.bytes = 0, 0
		return t.w.Flush()
	}
	return nil
}

func (t *table[T]) close() error {
	if t == nil {
		return nil
	}
	return errors.Join(t.w.Close(), t.buf.Flush(), t.f.Close())
}

// eachRow reads the rows of a table until visit returns false.
func eachRow[T any](path string, visit func(T) bool) error {
	broken := func(err error) error {
		return recount.WithHint(fmt.Errorf("read %s: %w", path, err), "remove its folder and scan again: recount corpus scan")
	}
	f, err := os.Open(path)
	if err != nil {
		return broken(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return broken(err)
	}
	var r *parquet.GenericReader[T]
	err = guarded(func() error {
		file, err := parquet.OpenFile(f, info.Size())
		if err == nil {
			r = parquet.NewGenericReader[T](file)
		}
		return err
	})
	if err != nil {
		return broken(err)
	}
	defer r.Close()
	rows := make([]T, 64)
	for {
		n := 0
		err := guarded(func() (err error) {
			n, err = r.Read(rows)
			return err
		})
		for i := range rows[:n] {
			if !visit(rows[i]) {
				return nil
			}
		}
		clear(rows)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return broken(err)
		}
	}
}

// guarded calls the library that reads tables, which breaks off at some damage.
func guarded(read func() error) (err error) {
	defer func() {
		if e := recover(); e != nil {
			err = fmt.Errorf("%v: %w", e, recount.ErrTampered)
		}
	}()
	return read()
}

// tables are those of one shard.
type tables struct {
	articles   *table[ArticleRow]
	statements *table[StatementRow]
	speakers   *table[SpeakerRow]
	figures    *table[FigureRow]
}

func newTables(dir string) (t tables, err error) {
	var errs [4]error
	t.articles, errs[0] = newTable[ArticleRow](filepath.Join(dir, Articles))
	t.statements, errs[1] = newTable[StatementRow](filepath.Join(dir, Statements))
	t.speakers, errs[2] = newTable[SpeakerRow](filepath.Join(dir, Speakers))
	t.figures, errs[3] = newTable[FigureRow](filepath.Join(dir, Figures))
	return t, errors.Join(errs[:]...)
}

func (t *tables) close() error {
	return errors.Join(t.articles.close(), t.statements.close(), t.speakers.close(), t.figures.close())
}

// put writes one article with what it says.
func (t *tables) put(shard string, p *page) error {
	a, it := &p.article, &p.of
	captured := ""
	if !it.Captured.IsZero() {
		captured = it.Captured.UTC().Format(time.RFC3339)
	}
	err := t.articles.add(ArticleRow{Article: string(a.Key), Capture: string(a.Capture), Shard: shard, Name: a.Name, Part: a.Part, URL: a.URL, Page: a.Page(),
		Outlet: a.Outlet, Title: a.Title, Byline: a.Byline, Authors: a.Authors, Published: a.Published, Precision: string(a.Precision), DateFlag: a.DateFlag,
		Language: a.Language, Captured: captured, Text: a.Text, Notes: append(a.Notes[:len(a.Notes):len(a.Notes)], p.reading.Notes...), Extractor: a.Extractor,
		Hash: p.hash, Offset: it.Within.Offset, Length: it.Within.Length, Position: p.position}, len(a.Text)+500)
	if err != nil {
		return err
	}
	cp := recount.NewCodePoints(a.Text)
	words := func(spans []recount.Span) string {
		var b strings.Builder
		for i, s := range spans {
			if i > 0 {
				b.WriteString(" … ")
			}
			b.WriteString(a.Text[s.Start:s.End])
		}
		return b.String()
	}
	said := map[string]int32{}
	speaker := map[string]string{} // id -> key
	for i := range p.reading.Speakers {
		speaker[p.reading.Speakers[i].ID] = string(p.reading.Speakers[i].Key())
	}
	for _, s := range p.reading.Statements {
		row := StatementRow{Statement: string(recount.StatementKey(a.Key, s.Quotation)), Article: string(a.Key), Speaker: speaker[s.Speaker], Type: string(s.Type),
			Speech: s.Speech, Confidence: int32(s.Confidence), Words: words(s.Content), Cue: words(s.Cue), Source: words(s.Source)}
		for _, c := range s.Content {
			at := cp.Points(c)
			row.Starts, row.Ends = append(row.Starts, int32(at[0])), append(row.Ends, int32(at[1]))
		}
		if s.Speech {
			said[s.Speaker]++
		}
		if err := t.statements.add(row, len(row.Words)+len(row.Cue)+len(row.Source)+200); err != nil {
			return err
		}
	}
	for i := range p.reading.Speakers {
		sp := &p.reading.Speakers[i]
		at := cp.Points(sp.Mention)
		row := SpeakerRow{Speaker: speaker[sp.ID], Article: string(a.Key), ID: sp.ID, Name: sp.Name, Kind: string(sp.Kind), Gender: string(sp.Gender),
			Statements: said[sp.ID], Start: int32(at[0]), End: int32(at[1])}
		for _, b := range p.blocks[sp.Key()] {
			row.Blocks = append(row.Blocks, int64(b))
		}
		if err := t.speakers.add(row, len(sp.Name)+200); err != nil {
			return err
		}
	}
	for _, f := range p.figures {
		at := cp.Points(f.Span)
		of := ""
		if f.Of >= 0 && f.Of < len(p.figures) {
			of = string(p.figures[f.Of].Key)
		}
		row := FigureRow{Figure: string(f.Key), Article: string(a.Key), Kind: string(f.Kind), Value: decimal(f.Value), Low: decimal(f.Low), High: decimal(f.High),
			Qualifier: string(f.Qualifier), Unit: f.Unit, Of: of, SaidBy: speaker[f.SaidBy], From: f.From, To: f.To, Denied: f.Denied, Guess: f.Guess,
			Withdrawn: f.Withdrawn, Words: a.Text[f.Span.Start:f.Span.End], Start: int32(at[0]), End: int32(at[1])}
		if err := t.figures.add(row, len(row.Words)+200); err != nil {
			return err
		}
	}
	return nil
}

func decimal(d *recount.Decimal) string {
	if d == nil {
		return ""
	}
	return d.String()
}
