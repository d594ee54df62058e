package study

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
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
	"time"

	"recount"
	"recount/internal/casebook"
	"recount/internal/text"
)

// A Handout is what a coder who works elsewhere is given: the pages that are
// assigned to this coder, the study files that coding needs and the assignment,
// and nobody's answers.
type Handout struct {
	Form  int    `json:"form"` // 1
	Study string `json:"study"`
	Title string `json:"title"`
	Coder string `json:"coder"`
	Round string `json:"round"` // that is open for this coder; "" outside one
	Pages int    `json:"pages"`
}

// The parts of a handout, which is a ZIP file.
const (
	handoutFile   = "handout.json"
	handoutShared = "decisions.jsonl"
	handoutPages  = "captures.jsonl"
	handoutTexts  = "articles.jsonl"
	handoutBytes  = "payload/" // and the hash
)

// Limits on what a handout is opened from.
const (
	mostHandout  = 8 << 30   // bytes in all, unpacked
	mostOfOne    = 512 << 20 // bytes of one part
	mostLine     = 64 << 20
	mostCaptures = 200_000
)

// HandOut writes what a coder is given. A page is given out with the whole
// capture that it lies in.
func (s *Study) HandOut(ctx context.Context, w io.Writer, coder string) (*Handout, error) {
	if err := recount.CheckCoder(coder); err != nil {
		return nil, err
	}
	book, err := s.casebook(ctx, needs{})
	if err != nil {
		return nil, err
	}
	mine := map[string]bool{}
	for _, b := range casebook.Settled[recount.AssignBody](book.View, recount.KindAssign) {
		if b.Coder == coder && b.Answer == recount.Yes {
			mine[b.Page+"\x00"+b.Part] = true
		}
	}
	var articles []recount.Key
	wanted := map[recount.Key]bool{} // captures
	pages := 0
	for _, p := range book.Pages() {
		if !mine[p.Page()+"\x00"+p.Part] && !(p.Part != "" && mine[p.Page()+"\x00"]) {
			continue
		}
		pages++
		articles = append(articles, p.Key)
		wanted[p.Capture] = true
		for _, h := range p.Older {
			articles = append(articles, h.Key)
			wanted[h.Capture] = true
		}
	}
	if pages == 0 {
		return nil, recount.WithHint(fmt.Errorf("hand out: %w: no page is assigned to %s", recount.ErrNotFound, coder),
			"assign pages first: recount assign, or a round on the page Codes")
	}
	out := &Handout{Form: 1, Study: s.ID, Title: s.config.Title, Coder: coder, Pages: pages}
	if r := s.config.RoundOf(coder); r != nil {
		out.Round = r.Name
	}
	z := zip.NewWriter(w)
	// One time for all parts: the same study gives the same bytes.
	create := func(name string) (io.Writer, error) {
		return z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
	}
	put := func(name string, data []byte) error {
		p, err := create(name)
		if err == nil {
			_, err = p.Write(data)
		}
		return err
	}
	head, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return nil, err
	}
	if err := put(handoutFile, append(head, '\n')); err != nil {
		return nil, err
	}
	// report.md stays: its words may say what others found.
	for _, name := range []string{studyFile, codebookFile} {
		if b, id := book.Log().StudyFile(name); id != "" {
			if err := put(name, []byte(b.Content)); err != nil {
				return nil, err
			}
		}
	}
	shared, err := s.shared(book, coder)
	if err != nil {
		return nil, err
	}
	if err := put(handoutShared, shared); err != nil {
		return nil, err
	}
	all, err := s.store.Captures(ctx)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b recount.Capture) int { return strings.Compare(string(a.Key), string(b.Key)) })
	var lines bytes.Buffer
	enc := json.NewEncoder(&lines)
	payloads := map[string]recount.WARCRecord{}
	for _, c := range all {
		if wanted[c.Key] {
			payloads[c.Hash] = c.Record
			c.Record = recount.WARCRecord{}
			if err := enc.Encode(c); err != nil {
				return nil, err
			}
		}
	}
	if err := put(handoutPages, lines.Bytes()); err != nil {
		return nil, err
	}
	p, err := create(handoutTexts)
	if err != nil {
		return nil, err
	}
	slices.Sort(articles)
	enc = json.NewEncoder(p)
	for _, k := range articles {
		a, err := s.store.Article(ctx, k)
		if err != nil {
			return nil, err
		}
		if err := enc.Encode(a); err != nil {
			return nil, err
		}
	}
	for _, hash := range slices.Sorted(maps.Keys(payloads)) {
		b, err := s.archive.Payload(payloads[hash])
		if err != nil {
			return nil, err
		}
		if err := put(handoutBytes+hash, b); err != nil {
			return nil, err
		}
	}
	return out, z.Close()
}

// shared lists what everybody who codes shares, as lines of decisions: the
// study files in use but for the report, rules, what became of codes, and the
// assignment of one coder. None of it is an answer about a page.
func (s *Study) shared(book *casebook.Casebook, coder string) ([]byte, error) {
	l := book.Log()
	use := map[string]bool{}
	for _, name := range []string{studyFile, codebookFile} {
		_, id := l.StudyFile(name)
		use[id] = true
	}
	var out bytes.Buffer
	for _, d := range l.All() {
		if !l.Live(d.ID) || d.Erasable == nil {
			continue
		}
		a, err := book.Answer(d)
		if err != nil {
			continue
		}
		switch b := a.(type) {
		case recount.FileBody:
			if !use[d.ID] {
				continue
			}
		case recount.RuleBody, recount.CodebookBody:
		case recount.AssignBody:
			if b.Coder != coder {
				continue
			}
		default:
			continue
		}
		// As it is in the store: with its salt.
		whole, err := s.store.Decision(context.Background(), d.ID)
		if err != nil {
			return nil, err
		}
		line, err := whole.MarshalJSON()
		if err != nil {
			return nil, err
		}
		out.Write(append(line, '\n'))
	}
	return out.Bytes(), nil
}

// OpenHandout makes a study in a folder out of a handout.
func OpenHandout(ctx context.Context, file, dir string, o Options) (h *Handout, err error) {
	bad := func(format string, a ...any) error {
		return recount.WithHint(fmt.Errorf("open the handout: %w: %s", recount.ErrInvalid, fmt.Sprintf(format, a...)), "get the file again from whoever handed it out")
	}
	z, err := zip.OpenReader(file)
	if err != nil {
		return nil, bad("it is no file that recount handed out")
	}
	defer z.Close()
	parts := map[string]*zip.File{}
	size := uint64(0)
	for _, f := range z.File {
		if parts[f.Name] != nil {
			return nil, bad("a part stands in it twice")
		}
		parts[f.Name] = f
		if size += f.UncompressedSize64; f.UncompressedSize64 > mostOfOne || size > mostHandout || len(parts) > mostCaptures {
			return nil, bad("it is too large")
		}
	}
	read := func(name string) ([]byte, error) {
		f := parts[name]
		if f == nil {
			return nil, bad("its part %s is missing", name)
		}
		r, err := f.Open()
		if err != nil {
			return nil, bad("its part %s cannot be read", name)
		}
		defer r.Close()
		b, err := io.ReadAll(io.LimitReader(r, mostOfOne+1))
		if err != nil || len(b) > mostOfOne {
			return nil, bad("its part %s cannot be read", name)
		}
		return b, nil
	}
	head, err := read(handoutFile)
	if err != nil {
		return nil, err
	}
	h = &Handout{}
	if err := json.Unmarshal(head, h); err != nil || h.Study == "" || len(h.Study) > 64 {
		return nil, bad("it does not say what it is of")
	}
	if h.Form < 1 {
		return nil, bad("it does not say what it is of")
	} else if h.Form > 1 {
		return nil, recount.WithHint(fmt.Errorf("open the handout: form %d: %w", h.Form, recount.ErrNewer), "install the version of recount that wrote it")
	}
	if err := recount.CheckCoder(h.Coder); err != nil {
		return nil, bad("it does not say for whom it is")
	}
	files := map[string][]byte{}
	for _, name := range []string{studyFile, codebookFile} {
		if parts[name] == nil && name == codebookFile {
			continue
		}
		if files[name], err = read(name); err != nil {
			return nil, err
		}
		if err := CheckFile(name, string(files[name])); err != nil {
			return nil, err
		}
	}
	shared, err := read(handoutShared)
	if err != nil {
		return nil, err
	}
	ds, err := parseDecisions(bytes.NewReader(shared))
	if err != nil {
		return nil, err
	}
	assigned := map[string]bool{} // pages
	for i := range ds.Decisions {
		d := &ds.Decisions[i]
		if a, err := d.Decode(); err == nil {
			if b, ok := a.(recount.AssignBody); ok {
				if b.Coder != h.Coder {
					return nil, bad("it is for %s and assigns pages to somebody else", h.Coder)
				}
				assigned[b.Page] = true
			}
		}
		if d.Study != h.Study || !slices.Contains([]recount.Kind{recount.KindFile, recount.KindRule, recount.KindCodebook, recount.KindAssign}, d.Kind) {
			return nil, bad("it holds answers, or decisions of another study")
		}
	}
	var captures []recount.Capture
	err = eachLine(read, handoutPages, func(c recount.Capture) error {
		if c.Key != recount.CaptureKey(c.Hash, c.Name) || parts[handoutBytes+c.Hash] == nil {
			return bad("a page in it is not whole")
		}
		c.Record = recount.WARCRecord{}
		captures = append(captures, c)
		return nil
	})
	if err != nil {
		return nil, err
	}
	known := map[recount.Key]bool{}
	for _, c := range captures {
		if known[c.Key] {
			return nil, bad("a page stands in it twice")
		}
		known[c.Key] = true
	}
	// Texts of this program are taken out of the pages again, and compared; those
	// of older ones come as they are.
	var older, own []recount.Article
	pages := map[string]bool{}
	err = eachLine(read, handoutTexts, func(a recount.Article) error {
		if !known[a.Capture] {
			return bad("a text in it belongs to no page")
		}
		if a.Key != recount.ArticleKey(a.Capture, a.Part) || slices.ContainsFunc(a.Blocks, func(b recount.Block) bool { return !b.Span.Within(a.Text) }) {
			return bad("a text in it is not whole")
		}
		if assigned[a.Page()] {
			pages[a.Page()+"\x00"+a.Part] = true
		}
		switch newer, ok := laterReading(a.Extractor); {
		case !ok:
			return bad("a text in it was read by no program")
		case newer:
			return recount.WithHint(fmt.Errorf("open the handout: read by %s: %w", a.Extractor, recount.ErrNewer), "install the version of recount that wrote it")
		}
		if a.Extractor == text.Extractor {
			own = append(own, a)
		} else {
			older = append(older, a)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if h.Pages < 1 || len(pages) != h.Pages {
		return nil, bad("it is of %d pages and assigns %d", h.Pages, len(pages))
	}
	o.Actor = h.Coder
	before, err := names(dir)
	if err != nil {
		return nil, err
	}
	s, err := Create(ctx, dir, files, h.Study, false, o)
	if err != nil {
		return nil, err
	}
	defer func() {
		// What could not be opened whole is not left half.
		if err = errors.Join(err, s.Close()); err != nil {
			err = errors.Join(err, removeBut(dir, before))
		}
	}()
	err = s.change(ctx, func() error {
		for i := range captures {
			c := &captures[i]
			b, err := read(handoutBytes + c.Hash)
			if err != nil {
				return err
			}
			if recount.HashText(string(b)) != c.Hash || int64(len(b)) != c.Size {
				return bad("a page in it is not as it was captured")
			}
			if c.Record, err = s.archive.Append(*c, nil, b); err != nil {
				return err
			}
		}
		if err := s.archive.Sync(); err != nil {
			return err
		}
		if err := s.store.PutCaptures(ctx, captures); err != nil {
			return err
		}
		if err := s.store.PutArticles(ctx, older); err != nil {
			return err
		}
		_, err := s.importDecisions(ctx, bytes.NewReader(shared), Consent{Trusted: true})
		return err
	})
	if err == nil {
		_, err = s.Extract(ctx, false)
	}
	for i := 0; err == nil && i < len(own); i++ {
		var a *recount.Article
		if a, err = s.store.ArticleBy(ctx, own[i].Key, text.Extractor); err != nil || !sameText(a, &own[i]) {
			err = bad("a text in it is not what its page gives")
		}
	}
	return h, err
}

// laterReading reports whether a text was read by a later extractor than this
// program's; ok is false if it names none.
func laterReading(extractor string) (later, ok bool) {
	number := func(name string) (int, bool) {
		kind, n, found := strings.Cut(name, "/")
		v, err := strconv.Atoi(n)
		own, _, _ := strings.Cut(text.Extractor, "/")
		return v, found && err == nil && v > 0 && kind == own
	}
	v, ok := number(extractor)
	own, _ := number(text.Extractor)
	return v > own, ok
}

// sameText reports whether two readings of a page are the same in all that a
// coder sees and that answers are placed by.
func sameText(a, b *recount.Article) bool {
	x, err := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return err == nil && err2 == nil && bytes.Equal(x, y)
}

// names lists what stands in a folder; nothing if there is none.
func names(dir string) (map[string]bool, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for _, e := range entries {
		out[e.Name()] = true
	}
	return out, nil
}

// removeBut takes everything out of a folder but what stood there before, and
// the folder if it was not there.
func removeBut(dir string, before map[string]bool) error {
	if before == nil {
		return os.RemoveAll(dir)
	}
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if !before[e.Name()] {
			err = errors.Join(err, os.RemoveAll(filepath.Join(dir, e.Name())))
		}
	}
	return err
}

// eachLine reads a part of JSON Lines.
func eachLine[T any](read func(string) ([]byte, error), name string, f func(T) error) error {
	b, err := read(name)
	if err != nil {
		return err
	}
	sc := bufio.NewScanner(bytes.NewReader(b))
	sc.Buffer(nil, mostLine)
	for sc.Scan() {
		var v T
		d := json.NewDecoder(bytes.NewReader(sc.Bytes()))
		d.DisallowUnknownFields()
		if err := d.Decode(&v); err != nil {
			return recount.WithHint(fmt.Errorf("open the handout: %w: its part %s cannot be read", recount.ErrInvalid, filepath.Base(name)), "get the file again from whoever handed it out")
		}
		if err := f(v); err != nil {
			return err
		}
	}
	if sc.Err() != nil {
		return recount.WithHint(fmt.Errorf("open the handout: %w: a line of its part %s is too long", recount.ErrInvalid, filepath.Base(name)), "get the file again from whoever handed it out")
	}
	return nil
}

// ExportAnswers writes the decisions of one person, or of everybody if actor is
// "", as ExportDecisions does, and the list of them. What a casebook must not see
// it does not write.
func (s *Study) ExportAnswers(ctx context.Context, w io.Writer, actor string) (int, error) {
	book, err := s.loaded(ctx)
	if err != nil {
		return 0, err
	}
	ds, err := s.store.Decisions(ctx)
	if err != nil {
		return 0, err
	}
	b := bufio.NewWriter(w)
	var ids []string
	for _, d := range ds {
		if actor != "" && d.Actor != actor || book.Log().Find(d.ID) == nil {
			continue
		}
		line, err := d.MarshalJSON()
		if err != nil {
			return len(ids), err
		}
		b.Write(line)
		b.WriteByte('\n')
		ids = append(ids, d.ID)
	}
	lines, err := writeList(ids, nil)
	if err != nil {
		return len(ids), err
	}
	b.Write(lines)
	return len(ids), b.Flush()
}

// A TakenBack says what answers that come back bring.
type TakenBack struct {
	Coders    []string             // whose new answers they are
	New       int                  // answers that are not here yet
	Known     int                  // that are
	Kinds     map[recount.Kind]int // of the new ones
	Conflicts []Clash              // the same person answered the same question otherwise here
	Lost      int                  // whose words stand on no page of this study
	Wait      int                  // given with a codebook, or on answers, that are not here
	Others    []OtherCoder         // whose new answers are about pages that are assigned to others
	Left      int                  // study files and rules: those of this study stay
	Cut       []Cut                // what the file does not hold any more of what was written to it, or holds besides
	Saved     bool
}

// An OtherCoder answered about pages that are assigned to somebody, and not to
// this coder: a file was opened under another name, or by another person.
type OtherCoder struct {
	Actor    string
	N        int      // answers
	Assigned []string // to whom the pages are
}

// A Clash is a question that one person answered otherwise in two copies.
type Clash struct {
	Actor, Here, There string // the answers in words
	Question           string
}

// An assignment lists to whom pages are assigned, by name and part; "" is every
// part of a name.
type assignment map[[2]string][]string

func assignedTo(book *casebook.Casebook) assignment {
	out := assignment{}
	for _, b := range casebook.Settled[recount.AssignBody](book.View, recount.KindAssign) {
		if b.Answer == recount.Yes {
			out[[2]string{b.Page, b.Part}] = append(out[[2]string{b.Page, b.Part}], b.Coder)
			if b.Part != "" {
				out[[2]string{b.Page, ""}] = append(out[[2]string{b.Page, ""}], b.Coder)
			}
		}
	}
	return out
}

// of lists to whom the pages are assigned that an answer is about.
func (x assignment) of(a recount.Answer) (coders []string) {
	if _, assigns := a.(recount.AssignBody); assigns {
		return nil
	}
	for _, an := range a.Anchors() {
		if part := x[[2]string{an.Page, an.Part}]; part != nil {
			coders = append(coders, part...)
		} else {
			coders = append(coders, x[[2]string{an.Page, ""}]...)
		}
	}
	if len(a.Anchors()) == 0 {
		for _, page := range pagesOf(a) {
			coders = append(coders, x[[2]string{page, ""}]...)
		}
	}
	return coders
}

// TakeBack reads answers that were given in another copy of this study, and
// says what they bring; with save it takes them in. Whoever takes them back
// says with it whose they are. Study files and rules in the file are left out.
func (s *Study) TakeBack(ctx context.Context, r io.Reader, save bool) (out *TakenBack, err error) {
	err = s.change(ctx, func() error {
		out, err = s.takeAnswers(ctx, r, save)
		return err
	})
	return out, err
}

func (s *Study) takeAnswers(ctx context.Context, r io.Reader, save bool) (*TakenBack, error) {
	f, err := parseDecisions(r)
	if err != nil {
		return nil, err
	}
	book, err := s.casebook(ctx, needs{})
	if err != nil {
		return nil, err
	}
	l := book.Log()
	out := &TakenBack{Kinds: map[recount.Kind]int{}, Saved: save, Cut: f.cut(l)}
	var taken []recount.Decision
	there := map[string]bool{}
	replaced := map[string]bool{}
	for i := range f.Decisions {
		d := &f.Decisions[i]
		if d.Study != s.ID {
			return nil, recount.WithHint(fmt.Errorf("take back: %w: the answers were given in another study (%s)", recount.ErrConflict, d.Study),
				"open the study that they were handed out from; or take them over as somebody's work: recount decisions import --as NAME")
		}
		if err := d.CheckMeaning(); err != nil {
			return nil, recount.WithHint(fmt.Errorf("take back: %w", err), "nothing was taken; get the file again from the coder")
		}
		if l.Find(d.ID) != nil {
			out.Known++
			continue
		}
		if d.Kind == recount.KindFile || d.Kind == recount.KindRule || d.Kind == recount.KindRemove || d.Actor == recount.DefaultActor {
			out.Left++
			continue
		}
		taken = append(taken, *d)
		there[d.ID] = true
		for _, id := range d.Replaces {
			replaced[id] = true
		}
	}
	to := assignedTo(book)
	others := map[string]*OtherCoder{}
	for i := range taken {
		d := &taken[i]
		out.New++
		out.Kinds[d.Kind]++
		if !slices.Contains(out.Coders, d.Actor) {
			out.Coders = append(out.Coders, d.Actor)
		}
		if slices.ContainsFunc(d.Base, func(id string) bool { return l.Find(id) == nil && !there[id] }) {
			out.Wait++
		}
		if d.Erasable == nil || d.Kind == recount.KindRetract || replaced[d.ID] {
			continue
		}
		a, err := d.Decode()
		if err != nil {
			continue
		}
		if coders := to.of(a); len(coders) > 0 && !slices.Contains(coders, d.Actor) {
			x := others[d.Actor]
			if x == nil {
				x = &OtherCoder{Actor: d.Actor}
				others[d.Actor] = x
			}
			x.N++
			x.Assigned = append(x.Assigned, coders...)
		}
		_, answers, err := book.Question(ctx, a)
		if err != nil {
			return nil, err
		}
		if len(a.Anchors()) > 0 {
			if lost, err := book.Lost(ctx, a); err != nil {
				return nil, err
			} else if lost {
				out.Lost++
			}
		}
		for _, x := range answers {
			if x.Actor == d.Actor && x.Round == d.Round && x.Answer.Says() != a.Says() && !replaced[x.ID] {
				out.Conflicts = append(out.Conflicts, Clash{d.Actor, inWords(x.Answer), inWords(a), strings.Join(pagesOf(a), ", ")})
			}
		}
	}
	slices.Sort(out.Coders)
	for _, name := range slices.Sorted(maps.Keys(others)) {
		x := others[name]
		slices.Sort(x.Assigned)
		x.Assigned = slices.Compact(x.Assigned)
		out.Others = append(out.Others, *x)
	}
	if !save || len(taken) == 0 {
		return out, nil
	}
	var lines bytes.Buffer
	for i := range taken {
		line, err := taken[i].MarshalJSON()
		if err != nil {
			return nil, err
		}
		lines.Write(append(line, '\n'))
	}
	_, err = s.importDecisions(ctx, &lines, Consent{People: out.Coders, part: true})
	return out, err
}
