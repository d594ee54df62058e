package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sort"

	"recount"
	"recount/internal/capture"
	"recount/internal/cases"
	"recount/internal/copies"
	"recount/internal/disk"
	"recount/internal/figures"
	"recount/internal/parallel"
	"recount/internal/quotes"
	"recount/internal/sandbox"
	"recount/internal/text"
)

// maxLine is the largest line that is read, in bytes.
const maxLine = 64 << 20

// lineError stands in the place of an input that could not be read.
type lineError struct {
	Line  int    `json:"line"`
	File  string `json:"file,omitempty"`
	Part  string `json:"part,omitempty"` // of the file
	Error string `json:"error"`
}

// eachLine applies f to every line of r on all cores and writes the answers in
// the order of the lines. It holds a batch of lines at a time.
func eachLine(ctx context.Context, r io.Reader, w io.Writer, f func(line []byte) (any, error)) (bad int, err error) {
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	type job struct {
		n    int
		line []byte
		ans  any
	}
	var batch []job
	size := 0
	flush := func() error {
		parallel.Each(len(batch), func(i int) {
			v, err := f(batch[i].line)
			if err != nil {
				v = lineError{Line: batch[i].n, Error: err.Error()}
			}
			batch[i].ans = v
		})
		for _, j := range batch {
			if _, failed := j.ans.(lineError); failed {
				bad++
			}
			if err := enc.Encode(j.ans); err != nil {
				return err
			}
		}
		batch, size = batch[:0], 0
		return out.Flush()
	}
	lr := newLineReader(r)
	for {
		line, n, err := lr.next()
		if err == io.EOF {
			break
		}
		if err != nil && !errors.Is(err, recount.ErrInvalid) {
			return bad, err
		}
		if err := ctx.Err(); err != nil {
			return bad, err
		}
		batch = append(batch, job{n: n, line: line})
		if size += len(line); len(batch) == 256 || size > 8<<20 {
			if err := flush(); err != nil {
				return bad, err
			}
		}
	}
	return bad, flush()
}

// A lineReader reads lines of bounded length; of a longer one only a piece comes,
// which then is no JSON and so is reported in its place.
type lineReader struct {
	r *bufio.Reader
	n int
}

func newLineReader(r io.Reader) *lineReader { return &lineReader{r: bufio.NewReaderSize(r, 1<<16)} }

func (l *lineReader) next() ([]byte, int, error) {
	for {
		var line []byte
		for {
			part, err := l.r.ReadSlice('\n')
			if len(line)+len(part) <= maxLine {
				line = append(line, part...)
			}
			if err == bufio.ErrBufferFull {
				continue
			}
			if err != nil && (err != io.EOF || len(line) == 0) {
				return nil, l.n, err
			}
			break
		}
		l.n++
		if line = bytes.TrimSpace(line); len(line) > 0 {
			return line, l.n, nil
		}
	}
}

// A textLine is what `recount text` prints of an article.
type textLine struct {
	File      string              `json:"file"`
	Part      string              `json:"part,omitempty"` // of a file that holds several articles
	URL       string              `json:"url"`
	Title     string              `json:"title"`
	Byline    string              `json:"byline"`
	Authors   []string            `json:"authors"`
	Outlet    string              `json:"outlet"`
	Published string              `json:"published"`
	Precision recount.Precision   `json:"published_precision"`
	Flag      string              `json:"date_flag,omitempty"`
	Dates     []recount.Candidate `json:"dates"`
	Language  string              `json:"language"`
	Text      string              `json:"text"`
	Blocks    []blockLine         `json:"blocks"`
	Notes     []string            `json:"notes,omitempty"`
}

type blockLine struct {
	Start int          `json:"start"`
	End   int          `json:"end"`
	Role  recount.Role `json:"role"`
	Path  string       `json:"path"`
}

// filterText prints the articles in each file, one line each; what in a file was not
// understood gets a line with an error in its place. Roles are those after
// quotes has set passages of other stories aside. child is the command line of
// a process that runs sandbox.ServeReader.
func filterText(ctx context.Context, paths []string, w io.Writer, child []string, log *slog.Logger) (bad int, err error) {
	reader := sandbox.NewReader(child, log)
	defer reader.Close()
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	const batch = 64
	for from := 0; from < len(paths); from += batch {
		if err := ctx.Err(); err != nil {
			return bad, err
		}
		part := paths[from:min(from+batch, len(paths))]
		got := make([][]any, len(part))
		parallel.Each(len(part), func(i int) {
			lines, err := textOf(ctx, reader, part[i], from+i+1)
			if err != nil {
				lines = []any{lineError{Line: from + i + 1, File: part[i], Error: err.Error()}}
			}
			got[i] = lines
		})
		for _, g := range slices.Concat(got...) {
			if _, failed := g.(lineError); failed {
				bad++
			}
			if err := enc.Encode(g); err != nil {
				return bad, err
			}
		}
	}
	return bad, out.Flush()
}

func textOf(ctx context.Context, reader *sandbox.Reader, path string, line int) (lines []any, err error) {
	data, err := capture.ReadFile(path, capture.MaxPayload)
	if err != nil {
		return nil, err
	}
	c, err := reader.Read(ctx, data, text.Options{Name: path})
	if err != nil {
		return nil, err
	}
	for i := range c.Articles {
		lines = append(lines, textOfArticle(path, &c.Articles[i]))
	}
	for _, l := range c.Leads {
		lines = append(lines, lineError{Line: line, File: path, Part: l.Range, Error: "an address without a text: " + l.URL})
	}
	for _, l := range c.Left {
		lines = append(lines, lineError{Line: line, File: path, Part: l.Where, Error: l.Reason})
	}
	return lines, nil
}

func textOfArticle(path string, a *recount.Article) *textLine {
	r := quotes.Read(a)
	l := &textLine{File: path, Part: a.Part, URL: a.URL, Title: a.Title, Byline: a.Byline, Authors: a.Authors, Outlet: a.Outlet,
		Published: a.Published, Precision: a.Precision, Flag: a.DateFlag, Dates: a.Dates, Language: a.Language, Text: a.Text, Notes: a.Notes}
	if l.Authors == nil {
		l.Authors = []string{}
	}
	if l.Dates == nil {
		l.Dates = []recount.Candidate{}
	}
	cp := recount.NewCodePoints(a.Text)
	for _, b := range a.Blocks {
		p := cp.Points(b.Span)
		l.Blocks = append(l.Blocks, blockLine{p[0], p[1], roleAfter(b, r.Sentences), b.Path})
	}
	return l
}

// roleAfter returns the role of a block once its sentences were read: a
// paragraph whose every sentence was given another role takes that role.
func roleAfter(b recount.Block, sentences []recount.Sentence) recount.Role {
	role := recount.Role("")
	from := sort.Search(len(sentences), func(i int) bool { return sentences[i].Span.Start >= b.Span.Start })
	for _, s := range sentences[from:] {
		if s.Span.Start >= b.Span.End {
			break
		}
		if !b.Span.Contains(s.Span) {
			continue
		}
		if role != "" && s.Role != role {
			return b.Role
		}
		role = s.Role
	}
	if role == "" {
		return b.Role
	}
	return role
}

// A document is one line of input of the plumbing.
type document struct {
	ID        string  `json:"id"`
	Text      *string `json:"text"`
	Title     string  `json:"title"`
	Outlet    string  `json:"outlet"`
	Published string  `json:"published"`
	Language  string  `json:"language"`
	URL       string  `json:"url"`
	Byline    string  `json:"byline"`
}

func parseDocument(line []byte) (*recount.Article, error) {
	var d document
	if err := json.Unmarshal(line, &d); err != nil {
		return nil, fmt.Errorf("%w: the line is no JSON object with id and text", recount.ErrInvalid)
	}
	if d.ID == "" || d.Text == nil {
		return nil, fmt.Errorf("%w: the line has no id or no text", recount.ErrInvalid)
	}
	return &recount.Article{Key: recount.Key(d.ID), Name: d.ID, Text: *d.Text, Title: d.Title, Outlet: d.Outlet,
		Published: d.Published, Language: d.Language, URL: d.URL, Byline: d.Byline}, nil
}

type quotesLine struct {
	ID           string        `json:"id"`
	Attributions []attribution `json:"attributions"`
	Speakers     []speakerLine `json:"speakers"`
	Figures      []figureLine  `json:"figures"`
	Withdrawn    []figureLine  `json:"withdrawn,omitempty"` // figures that a note takes back
	Sentences    []roleLine    `json:"sentences"`
	Notes        []string      `json:"notes,omitempty"`
}

type attribution struct {
	Source     [][2]int              `json:"source"`
	Cue        [][2]int              `json:"cue"`
	Content    [][2]int              `json:"content"`
	Type       recount.QuotationType `json:"type"`
	Speech     bool                  `json:"speech"`
	Speaker    *string               `json:"speaker"`
	Confidence json.Number           `json:"confidence"`
}

type speakerLine struct {
	ID     string              `json:"id"`
	Name   string              `json:"name"`
	Kind   recount.SpeakerKind `json:"kind"`
	Gender recount.Gender      `json:"gender"`
}

type figureLine struct {
	Start     int                `json:"start"`
	End       int                `json:"end"`
	Kind      recount.FigureKind `json:"kind"`
	Value     *recount.Decimal   `json:"value"`
	Low       *recount.Decimal   `json:"low"`
	High      *recount.Decimal   `json:"high"`
	Qualifier recount.Qualifier  `json:"qualifier"`
	Unit      string             `json:"unit"`
	Of        *int               `json:"of"`
	SaidBy    *string            `json:"said_by"`
	Now       *int               `json:"now,omitempty"` // of a withdrawn one: the index of the figure that stands instead
}

type roleLine struct {
	Start  int          `json:"start"`
	End    int          `json:"end"`
	Role   recount.Role `json:"role"`
	Reason string       `json:"reason,omitempty"`
}

// filterQuotes prints who says what in each article, and the figures it reports.
func filterQuotes(ctx context.Context, r io.Reader, w io.Writer) (bad int, err error) {
	return eachLine(ctx, r, w, func(line []byte) (any, error) {
		a, err := parseDocument(line)
		if err != nil {
			return nil, err
		}
		read := quotes.Read(a)
		return quotesOf(a, &read, figures.Find(a, &read)), nil
	})
}

func quotesOf(a *recount.Article, r *recount.Reading, found []recount.ReportedFigure) *quotesLine {
	cp := recount.NewCodePoints(a.Text)
	points := func(spans []recount.Span) [][2]int {
		out := [][2]int{}
		for _, s := range spans {
			out = append(out, cp.Points(s))
		}
		return out
	}
	some := func(s string) *string {
		if s == "" {
			return nil
		}
		return &s
	}
	l := &quotesLine{ID: string(a.Key), Attributions: []attribution{}, Speakers: []speakerLine{}, Figures: []figureLine{}, Sentences: []roleLine{}, Notes: r.Notes}
	for _, s := range r.Statements {
		l.Attributions = append(l.Attributions, attribution{points(s.Source), points(s.Cue), points(quotes.WithMarks(a.Text, s.Content)), s.Type, s.Speech,
			some(s.Speaker), json.Number(fmt.Sprintf("%d.%03d", s.Confidence/1000, s.Confidence%1000))})
	}
	for _, s := range r.Speakers {
		l.Speakers = append(l.Speakers, speakerLine{s.ID, s.Name, s.Kind, s.Gender})
	}
	place := map[recount.Key]int{} // in the list of those that stand
	for _, f := range found {
		if !f.Withdrawn {
			place[f.Key] = len(place)
		}
	}
	at := func(k recount.Key) *int {
		if i, ok := place[k]; ok {
			return &i
		}
		return nil
	}
	for _, f := range found {
		p := cp.Points(f.Span)
		var of *int
		if f.Of >= 0 {
			of = at(found[f.Of].Key)
		}
		line := figureLine{p[0], p[1], f.Kind, f.Value, f.Low, f.High, f.Qualifier, f.Unit, of, some(f.SaidBy), at(f.CorrectedBy)}
		if f.Withdrawn {
			l.Withdrawn = append(l.Withdrawn, line)
		} else {
			l.Figures = append(l.Figures, line)
		}
	}
	for _, s := range r.Sentences {
		p := cp.Points(s.Span)
		l.Sentences = append(l.Sentences, roleLine{p[0], p[1], s.Role, s.Reason})
	}
	return l
}

type copiesLine struct {
	A         recount.Key          `json:"a"`
	B         recount.Key          `json:"b"`
	Relation  recount.RelationKind `json:"relation"`
	CoverageA json.Number          `json:"coverage_a"`
	CoverageB json.Number          `json:"coverage_b"`
	Spans     [][4]int             `json:"spans"`
}

func milli(m recount.Milli) json.Number {
	return json.Number(fmt.Sprintf("%d.%03d", m/1000, m%1000))
}

// goodLines gives every line to take. A line that take finds invalid is
// answered in its place; any other error of take ends the reading.
func goodLines(r io.Reader, enc *json.Encoder, take func(line []byte) error) (bad int, err error) {
	lr := newLineReader(r)
	for {
		line, n, err := lr.next()
		if err == io.EOF {
			return bad, nil
		}
		if err == nil {
			err = take(line)
			if errors.Is(err, recount.ErrInvalid) {
				bad++
				err = enc.Encode(lineError{Line: n, Error: err.Error()})
			}
		}
		if err != nil {
			return bad, err
		}
	}
}

// goodDocuments gives every document to take, with its line; the second one of
// an id is answered as a bad line.
func goodDocuments(r io.Reader, enc *json.Encoder, take func(a *recount.Article, line []byte) error) (bad int, err error) {
	seen := map[recount.Key]bool{}
	return goodLines(r, enc, func(line []byte) error {
		a, err := parseDocument(line)
		if err != nil {
			return err
		}
		if seen[a.Key] {
			return fmt.Errorf("%w: id %q stands twice", recount.ErrInvalid, a.Key)
		}
		seen[a.Key] = true
		return take(a, line)
	})
}

// readDocuments reads every document; bad lines are written at once.
func readDocuments(r io.Reader, enc *json.Encoder) (docs []*recount.Article, bad int, err error) {
	bad, err = goodDocuments(r, enc, func(a *recount.Article, _ []byte) error {
		docs = append(docs, a)
		return nil
	})
	return docs, bad, err
}

// filterCopies prints the relation of every related pair of articles that is at
// least as strong as least. The articles are spooled to disk and read from
// there as often as they are needed, so the input may be of any size. The file
// has no name there, so that nothing of it is left when the program is killed;
// what has one holds numbers, and goes with the next run.
func filterCopies(ctx context.Context, r io.Reader, w io.Writer, least recount.RelationKind) (bad int, err error) {
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	dir, err := disk.Scratch(os.TempDir(), "recount-copies")
	if err != nil {
		return 0, fmt.Errorf("copies: %w", err)
	}
	defer os.RemoveAll(dir)
	docs, bad, err := newArticleFile(filepath.Join(dir, "articles.jsonl"), r, enc)
	if err != nil {
		return bad, err
	}
	defer docs.close()
	work := filepath.Join(dir, "work")
	if err := os.Mkdir(work, 0o700); err != nil {
		return bad, fmt.Errorf("copies: %w", err)
	}
	// Relations come ordered by their first article, so its text is kept.
	var a *recount.Article
	var pa *recount.CodePoints
	for rel, err := range copies.FindOnce(docs.all(), work) {
		if err == nil {
			err = errors.Join(ctx.Err(), docs.err)
		}
		if err != nil {
			return bad, err
		}
		if !copies.AtLeast(rel.Kind, least) {
			continue
		}
		if a == nil || a.Key != rel.A {
			if a, err = docs.find(rel.A); err != nil {
				return bad, err
			}
			pa = recount.NewCodePoints(a.Text)
		}
		b, err := docs.find(rel.B)
		if err != nil {
			return bad, err
		}
		pb := recount.NewCodePoints(b.Text)
		l := copiesLine{A: rel.A, B: rel.B, Relation: rel.Kind, CoverageA: milli(rel.CoverageA), CoverageB: milli(rel.CoverageB), Spans: [][4]int{}}
		for _, s := range rel.Spans {
			p, q := pa.Points(s.A), pb.Points(s.B)
			l.Spans = append(l.Spans, [4]int{p[0], p[1], q[0], q[1]})
		}
		if err := enc.Encode(l); err != nil {
			return bad, err
		}
	}
	return bad, errors.Join(docs.err, out.Flush())
}

type originLine struct {
	Start    int           `json:"start"`
	End      int           `json:"end"`
	Origins  []recount.Key `json:"origins"`
	Altered  bool          `json:"altered"`
	OffTopic bool          `json:"off_topic"`
}

// filterOrigins prints for every sentence of each article in which articles of
// corpus it stands, verbatim or altered. The corpus is held in memory.
func filterOrigins(ctx context.Context, r io.Reader, w io.Writer, corpus io.Reader) (bad int, err error) {
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	known, bad, err := readDocuments(corpus, enc)
	if err != nil {
		return bad, err
	}
	docs, worse, err := readDocuments(r, enc)
	bad += worse
	if err != nil {
		return bad, err
	}
	i := 0
	for sentences := range copies.Origins(slices.Values(docs), slices.Values(known)) {
		if err := ctx.Err(); err != nil {
			return bad, err
		}
		d := docs[i]
		i++
		cp := recount.NewCodePoints(d.Text)
		l := struct {
			ID        string       `json:"id"`
			Sentences []originLine `json:"sentences"`
		}{string(d.Key), []originLine{}}
		for _, s := range sentences {
			p := cp.Points(s.Sentence)
			l.Sentences = append(l.Sentences, originLine{p[0], p[1], append([]recount.Key{}, s.Origins...), s.Altered, s.OffTopic})
		}
		if err := enc.Encode(l); err != nil {
			return bad, err
		}
	}
	return bad, out.Flush()
}

type proposal struct {
	A           [2]string   `json:"a"`
	B           [2]string   `json:"b"`
	Weight      json.Number `json:"weight"`
	Probability json.Number `json:"probability"`
	Bars        []barLine   `json:"bars"`
}

type barLine struct {
	Field string      `json:"field"`
	A     string      `json:"a"`
	B     string      `json:"b"`
	Bits  json.Number `json:"bits"`
}

// twoPlaces writes hundredths as a decimal number.
func twoPlaces(n int) json.Number {
	return json.Number(recount.Decimal{Digits: int64(n), Places: 2}.String())
}

// filterPropose prints the pairs of persons of different articles that may be one,
// heaviest first.
func filterPropose(ctx context.Context, r io.Reader, w io.Writer) (bad int, err error) {
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	var docs []cases.MentionRecord
	bad, err = goodLines(r, enc, func(line []byte) error {
		var m cases.MentionRecord
		if json.Unmarshal(line, &m) != nil || m.Doc == "" || m.Local == "" {
			return fmt.Errorf("%w: the line is no JSON object with doc, local and mentions", recount.ErrInvalid)
		}
		docs = append(docs, m)
		return nil
	})
	if err != nil {
		return bad, err
	}
	for _, s := range cases.ProposeMentions(docs) {
		if err := ctx.Err(); err != nil {
			return bad, err
		}
		p := proposal{A: [2]string{docs[s.A].Doc, docs[s.A].Local}, B: [2]string{docs[s.B].Doc, docs[s.B].Local},
			Weight: twoPlaces(s.Weight), Probability: milli(s.Probability), Bars: []barLine{}}
		for _, b := range s.Bars {
			p.Bars = append(p.Bars, barLine{b.Field, b.A, b.B, twoPlaces(b.Bits)})
		}
		if err := enc.Encode(p); err != nil {
			return bad, err
		}
	}
	return bad, out.Flush()
}

// filterMatch adds "score" and "same" to each pair of names and passes everything
// else through.
func filterMatch(ctx context.Context, r io.Reader, w io.Writer) (bad int, err error) {
	return eachLine(ctx, r, w, func(line []byte) (any, error) {
		var names struct{ Name1, Name2 *string }
		var all map[string]json.RawMessage
		if json.Unmarshal(line, &all) != nil || json.Unmarshal(line, &names) != nil || names.Name1 == nil || names.Name2 == nil {
			return nil, fmt.Errorf("%w: the line is no JSON object with name1 and name2", recount.ErrInvalid)
		}
		score, same := cases.Match(*names.Name1, *names.Name2)
		all["score"] = json.RawMessage(milli(score))
		all["same"], _ = json.Marshal(same)
		return all, nil
	})
}
