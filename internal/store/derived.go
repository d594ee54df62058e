package store

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"recount"
)

// PutReadings keeps what was read out of articles, all or none, each in place
// of an earlier reading of the same article.
func (s *Store) PutReadings(ctx context.Context, readings []recount.Reading) error {
	return s.derived.change(ctx, "keep readings", func(w *writer) error {
		for i := range readings {
			if err := w.putReading(ctx, &readings[i]); err != nil {
				return fmt.Errorf("reading of %s: %w", readings[i].Article, err)
			}
		}
		return nil
	})
}

func (w *writer) putReading(ctx context.Context, r *recount.Reading) error {
	for _, name := range []string{"statement_drop", "speaker_drop", "sentence_drop"} {
		if _, err := w.put(ctx, name, string(r.Article)); err != nil {
			return err
		}
	}
	notes, err := toJSON(r.Notes)
	if err != nil {
		return err
	}
	article := string(r.Article)
	if _, err := w.put(ctx, "reading_put", article, clean(r.Reader), notes); err != nil {
		return err
	}
	err = w.execAll(ctx, "statement_put", len(r.Statements), func(n int) []any {
		x := &r.Statements[n]
		return []any{article, n, string(x.Key), clean(x.Speaker), string(x.Type), oneIf(x.Speech),
			int64(x.Confidence), spanText(x.Source), spanText(x.Cue), spanText(x.Content)}
	})
	if err != nil {
		return err
	}
	spoken := r.Spoken()
	err = w.execAll(ctx, "speaker_put", len(r.Speakers), func(n int) []any {
		x := &r.Speakers[n]
		speech := spoken[x.ID]
		return []any{article, n, string(x.Key()), clean(x.ID), clean(x.Name), string(x.Kind), string(x.Gender),
			spanText([]recount.Span{x.Mention}), spanText(x.Mentions), speech.Inside, speech.Elsewhere}
	})
	if err != nil {
		return err
	}
	err = w.execAll(ctx, "sentence_put", len(r.Sentences), func(n int) []any {
		x := &r.Sentences[n]
		return []any{article, n, spanText([]recount.Span{x.Span}), string(x.Role), clean(x.Reason)}
	})
	if err != nil {
		return err
	}
	return w.note(ctx, "reading", article)
}

func oneIf(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Readings yields all readings by article.
func (s *Store) Readings(ctx context.Context) iter.Seq2[*recount.Reading, error] {
	return s.readings(ctx, func(rows []*recount.Reading) error {
		if err := s.fillStatements(ctx, rows); err != nil {
			return err
		}
		return s.fillSentences(ctx, rows)
	})
}

// ReadingsSpoken yields all readings by article without their sentences, which
// are most of their rows.
func (s *Store) ReadingsSpoken(ctx context.Context) iter.Seq2[*recount.Reading, error] {
	return s.readings(ctx, func(rows []*recount.Reading) error { return s.fillStatements(ctx, rows) })
}

// ReadingsNoted yields all readings by article with nothing but their notes.
func (s *Store) ReadingsNoted(ctx context.Context) iter.Seq2[*recount.Reading, error] {
	return s.readings(ctx, func([]*recount.Reading) error { return nil })
}

// readings yields all readings by article, each page of them filled.
func (s *Store) readings(ctx context.Context, fill func([]*recount.Reading) error) iter.Seq2[*recount.Reading, error] {
	return pages(page, func(last *recount.Reading) ([]*recount.Reading, error) {
		after := recount.Key("")
		if last != nil {
			after = last.Article
		}
		rows, err := read(ctx, s.derived, "read readings", "readings_page", scanReading, string(after), page)
		if err != nil || len(rows) == 0 {
			return nil, err
		}
		return rows, fill(rows)
	})
}

// Reading returns what was read out of one article; recount.ErrNotFound if it
// was not read.
func (s *Store) Reading(ctx context.Context, article recount.Key) (*recount.Reading, error) {
	rows, err := read(ctx, s.derived, "read readings", "reading", scanReading, string(article))
	if err == nil && len(rows) == 0 {
		err = fmt.Errorf("reading of %s: %w", article, recount.ErrNotFound)
	}
	if err != nil {
		return nil, err
	}
	if err := s.fillStatements(ctx, rows); err != nil {
		return nil, err
	}
	return rows[0], s.fillSentences(ctx, rows)
}

func scanReading(rows *sql.Rows) (*recount.Reading, error) {
	var r recount.Reading
	return &r, rows.Scan(&r.Article, &r.Reader, document{&r.Notes})
}

// between returns the articles of the first and the last of some readings, and
// finds each by its article.
func between(readings []*recount.Reading) (from, to string, of func(recount.Key) *recount.Reading) {
	by := map[recount.Key]*recount.Reading{}
	for _, r := range readings {
		by[r.Article] = r
	}
	unread := &recount.Reading{} // rows of an article that has no reading
	return string(readings[0].Article), string(readings[len(readings)-1].Article), func(k recount.Key) *recount.Reading {
		if r := by[k]; r != nil {
			return r
		}
		return unread
	}
}

// fillStatements adds the statements and speakers of readings, which are in order of
// their articles with none left out between the first and the last.
func (s *Store) fillStatements(ctx context.Context, readings []*recount.Reading) error {
	from, to, of := between(readings)
	_, err := read(ctx, s.derived, "read statements", "statements_between", func(rows *sql.Rows) (none struct{}, err error) {
		var x recount.Statement
		var source, cue, content string
		if err = rows.Scan(&x.Article, &x.Key, &x.Speaker, &x.Type, &x.Speech, &x.Confidence, &source, &cue, &content); err == nil {
			err = spansInto([]string{source, cue, content}, &x.Source, &x.Cue, &x.Content)
		}
		r := of(x.Article)
		r.Statements = append(r.Statements, x)
		return none, err
	}, from, to)
	if err != nil {
		return err
	}
	_, err = read(ctx, s.derived, "read speakers", "speakers_between", func(rows *sql.Rows) (none struct{}, err error) {
		var x recount.Speaker
		var key, mention, mentions string
		var inside, elsewhere int
		var first []recount.Span
		if err = rows.Scan(&x.Article, &key, &x.ID, &x.Name, &x.Kind, &x.Gender, &mention, &mentions, &inside, &elsewhere); err == nil {
			err = spansInto([]string{mention, mentions}, &first, &x.Mentions)
		}
		if len(first) == 1 {
			x.Mention = first[0]
		}
		r := of(x.Article)
		r.Speakers = append(r.Speakers, x)
		return none, err
	}, from, to)
	return err
}

// fillSentences adds the sentences of readings, as fillStatements does.
func (s *Store) fillSentences(ctx context.Context, readings []*recount.Reading) error {
	from, to, of := between(readings)
	_, err := read(ctx, s.derived, "read sentences", "sentences_between", func(rows *sql.Rows) (none struct{}, err error) {
		var x recount.Sentence
		var article recount.Key
		var column string
		var at []recount.Span
		if err = rows.Scan(&article, &column, &x.Role, &x.Reason); err == nil {
			err = spansInto([]string{column}, &at)
		}
		if len(at) == 1 {
			x.Span = at[0]
		}
		r := of(article)
		r.Sentences = append(r.Sentences, x)
		return none, err
	}, from, to)
	return err
}

func spansInto(columns []string, to ...*[]recount.Span) (err error) {
	for i, c := range columns {
		if *to[i], err = textSpans(c); err != nil {
			return err
		}
	}
	return nil
}

// A SpeakerRow is what counts need of a speaker who was read out of an
// article.
type SpeakerRow struct {
	Article   recount.Key
	Key       recount.Key
	ID        string // within the article
	Kind      recount.SpeakerKind
	Gender    recount.Gender
	Mention   recount.Span
	Mentions  []recount.Span
	Inside    int // statements of the story itself that are speech
	Elsewhere int // the same in passages of other stories
}

// EachSpeakers calls f for each article that has speakers with where they
// stand, in order of first mention.
func (s *Store) EachSpeakers(ctx context.Context, f func([]SpeakerRow)) error {
	_, err := read(ctx, s.derived, "read speakers", "speakers", func(r *sql.Rows) (none struct{}, err error) {
		rows, err := scanSpeakers(r)
		if len(rows) > 0 {
			f(rows)
		}
		return none, err
	})
	return err
}

// scanSpeakers reads the speakers of one article.
func scanSpeakers(r *sql.Rows) (out []SpeakerRow, err error) {
	var article recount.Key
	var lines string
	if err := r.Scan(&article, &lines); err != nil {
		return nil, err
	}
	for lines != "" {
		var line string
		line, lines, _ = strings.Cut(lines, "\n")
		x, err := speakerLine(line)
		if err != nil {
			return nil, err
		}
		x.Article = article
		out = append(out, x)
	}
	return out, nil
}

// speakerLine reads what the statement speakers writes of one: key, id, tab,
// kind, gender, how often inside and elsewhere, the fullest mention, all.
func speakerLine(line string) (x SpeakerRow, err error) {
	head, rest, ok := strings.Cut(line, "\t")
	key, id, _ := strings.Cut(head, " ")
	fields := strings.SplitN(rest, " ", 6)
	if !ok || len(fields) != 6 {
		return x, fmt.Errorf("a speaker is kept as %.40q: %w", line, recount.ErrTampered)
	}
	x.Key, x.ID, x.Kind, x.Gender = recount.Key(key), id, recount.SpeakerKind(fields[0]), recount.Gender(fields[1])
	if x.Inside, err = strconv.Atoi(fields[2]); err == nil {
		x.Elsewhere, err = strconv.Atoi(fields[3])
	}
	var first []recount.Span
	if err == nil {
		err = spansInto(fields[4:], &first, &x.Mentions)
	}
	if len(first) == 1 {
		x.Mention = first[0]
	}
	return x, err
}

// A Named is the key of something that was read, with its article.
type Named struct{ Article, Key recount.Key }

// SpeakersNamed returns the speakers whose key begins with digits, at most two.
func (s *Store) SpeakersNamed(ctx context.Context, digits string) ([]Named, error) {
	return read(ctx, s.derived, "read speakers", "speaker_by_prefix", scanNamed, digits, digits+"~")
}

// StatementsNamed returns the statements whose key begins with digits, at most
// two.
func (s *Store) StatementsNamed(ctx context.Context, digits string) ([]Named, error) {
	return read(ctx, s.derived, "read statements", "statement_by_prefix", scanNamed, digits, digits+"~")
}

func scanNamed(r *sql.Rows) (n Named, err error) { return n, r.Scan(&n.Article, &n.Key) }

// Unread returns the articles that a reader (Reading.Reader) has not read, by
// key. The two databases cannot be joined, so their sorted keys are merged.
func (s *Store) Unread(ctx context.Context, reader string) ([]recount.Key, error) {
	all, err := read(ctx, s.study, "read articles", "article_keys", scanText)
	if err != nil {
		return nil, err
	}
	done, err := read(ctx, s.derived, "read readings", "readings_by", scanText, reader)
	if err != nil {
		return nil, err
	}
	var out []recount.Key
	for _, k := range all {
		for len(done) > 0 && done[0] < k {
			done = done[1:]
		}
		if len(done) == 0 || done[0] != k {
			out = append(out, recount.Key(k))
		}
	}
	return out, nil
}

func (w *writer) dropReading(ctx context.Context, article recount.Key) error {
	for _, name := range []string{"reading_drop", "statement_drop", "speaker_drop", "sentence_drop", "figure_drop"} {
		if _, err := w.put(ctx, name, string(article)); err != nil {
			return err
		}
	}
	return w.note(ctx, "reading", string(article))
}

// PutFigures keeps the reported figures of one article, in their order, in
// place of earlier ones.
func (s *Store) PutFigures(ctx context.Context, article recount.Key, figures []recount.ReportedFigure) error {
	return s.PutFiguresOf(ctx, []ArticleFigures{{article, figures}})
}

// ArticleFigures are the reported figures of one article, in the order of the
// text; ReportedFigure.Of counts in this list.
type ArticleFigures struct {
	Article recount.Key
	Figures []recount.ReportedFigure
}

// PutFiguresOf keeps the reported figures of many articles, all or none.
func (s *Store) PutFiguresOf(ctx context.Context, of []ArticleFigures) error {
	return s.derived.change(ctx, "keep figures", func(w *writer) error {
		for _, f := range of {
			if err := w.putFigures(ctx, f); err != nil {
				return fmt.Errorf("figures of %s: %w", f.Article, err)
			}
		}
		return nil
	})
}

func (w *writer) putFigures(ctx context.Context, f ArticleFigures) error {
	if _, err := w.put(ctx, "figure_drop", string(f.Article)); err != nil {
		return err
	}
	return w.execAll(ctx, "figure_put", len(f.Figures), func(n int) []any {
		x := &f.Figures[n]
		return []any{string(f.Article), n, string(x.Key), spanText([]recount.Span{x.Span}), string(x.Kind),
			decimalText(x.Value), decimalText(x.Low), decimalText(x.High), string(x.Qualifier), clean(x.Unit), x.Of, clean(x.SaidBy),
			clean(x.Event), x.From, x.To, oneIf(x.Denied), oneIf(x.Guess),
			oneIf(x.Withdrawn), string(x.CorrectedBy)}
	})
}

func decimalText(d *recount.Decimal) string {
	if d == nil {
		return ""
	}
	return d.String()
}

func textDecimal(column string) (*recount.Decimal, error) {
	if column == "" {
		return nil, nil
	}
	var d recount.Decimal
	return &d, d.UnmarshalJSON([]byte(column))
}

// Figures yields the reported figures of each article that has some, by
// article.
func (s *Store) Figures(ctx context.Context) iter.Seq2[*ArticleFigures, error] {
	return pages(page, func(last *ArticleFigures) ([]*ArticleFigures, error) {
		after := recount.Key("")
		if last != nil {
			after = last.Article
		}
		articles, err := read(ctx, s.derived, "read figures", "figures_articles", scanText, string(after), page)
		if err != nil || len(articles) == 0 {
			return nil, err
		}
		return s.figuresBetween(ctx, articles[0], articles[len(articles)-1])
	})
}

// FiguresOf returns the reported figures of one article.
func (s *Store) FiguresOf(ctx context.Context, article recount.Key) ([]recount.ReportedFigure, error) {
	of, err := s.figuresBetween(ctx, string(article), string(article))
	if err != nil || len(of) == 0 {
		return nil, err
	}
	return of[0].Figures, nil
}

func (s *Store) figuresBetween(ctx context.Context, from, to string) (out []*ArticleFigures, err error) {
	_, err = read(ctx, s.derived, "read figures", "figures_between", func(rows *sql.Rows) (none struct{}, err error) {
		var x recount.ReportedFigure
		var at, value, low, high string
		var spans []recount.Span
		if err = rows.Scan(&x.Article, &x.Key, &at, &x.Kind, &value, &low, &high, &x.Qualifier, &x.Unit, &x.Of, &x.SaidBy,
			&x.Event, &x.From, &x.To, &x.Denied, &x.Guess, &x.Withdrawn, &x.CorrectedBy); err != nil {
			return none, err
		}
		if spans, err = textSpans(at); err == nil && len(spans) == 1 {
			x.Span = spans[0]
		}
		for column, to := range map[*string]**recount.Decimal{&value: &x.Value, &low: &x.Low, &high: &x.High} {
			if *to, err = textDecimal(*column); err != nil {
				return none, err
			}
		}
		if n := len(out); n == 0 || out[n-1].Article != x.Article {
			out = append(out, &ArticleFigures{Article: x.Article})
		}
		of := out[len(out)-1]
		of.Figures = append(of.Figures, x)
		return none, err
	}, from, to)
	return out, err
}

// ReplaceRelations keeps what articles share, and the originals that follow,
// in place of all that was kept before.
func (s *Store) ReplaceRelations(ctx context.Context, relations []recount.Relation, originals []recount.Original) error {
	return s.derived.change(ctx, "keep relations", func(w *writer) error {
		for _, name := range []string{"relations_clear", "originals_clear"} {
			if _, err := w.exec(ctx, name); err != nil {
				return err
			}
		}
		for _, r := range relations {
			spans, err := toJSON(convert(r.Spans, func(a recount.Alignment) alignment { return alignment(a) }))
			if err != nil {
				return err
			}
			_, err = w.put(ctx, "relation_put", string(r.A), string(r.B), string(r.Kind), int64(r.CoverageA), int64(r.CoverageB),
				spans, string(r.First), clean(r.Reason), own(&r))
			if err != nil {
				return fmt.Errorf("relation %s-%s: %w", r.A, r.B, err)
			}
		}
		for _, o := range originals {
			members, err := toJSON(o.Members)
			if err != nil {
				return err
			}
			spliced := 0
			if o.Spliced {
				spliced = 1
			}
			if _, err := w.put(ctx, "original_put", string(o.Key), members, string(o.First), clean(o.Reason), spliced); err != nil {
				return fmt.Errorf("original %s: %w", o.Key, err)
			}
		}
		return nil
	})
}

// Relations returns what articles share, by pair.
func (s *Store) Relations(ctx context.Context) ([]recount.Relation, error) {
	return read(ctx, s.derived, "read relations", "relations", func(rows *sql.Rows) (r recount.Relation, err error) {
		var spans []alignment
		err = rows.Scan(&r.A, &r.B, &r.Kind, &r.CoverageA, &r.CoverageB, document{&spans}, &r.First, &r.Reason, owner{&r})
		r.Spans = convert(spans, func(a alignment) recount.Alignment { return recount.Alignment(a) })
		return r, err
	})
}

// Asked returns the copies of which one has a speaker of its own, by pair,
// without what they share.
func (s *Store) Asked(ctx context.Context) ([]recount.Relation, error) {
	return read(ctx, s.derived, "read relations", "relations_asked", func(rows *sql.Rows) (r recount.Relation, err error) {
		err = rows.Scan(&r.A, &r.B, &r.Kind, &r.First, owner{&r})
		return r, err
	})
}

// Originals returns the independent originals, by key.
func (s *Store) Originals(ctx context.Context) ([]recount.Original, error) {
	return read(ctx, s.derived, "read originals", "originals", func(rows *sql.Rows) (o recount.Original, err error) {
		var spliced int
		err = rows.Scan(&o.Key, document{&o.Members}, &o.First, &o.Reason, &spliced)
		o.Spliced = spliced != 0
		return o, err
	})
}

// ReplaceSuggestions keeps scored pairs of speakers in place of all that were
// kept before.
func (s *Store) ReplaceSuggestions(ctx context.Context, suggestions []recount.Suggestion) error {
	return s.derived.change(ctx, "keep suggestions", func(w *writer) error {
		if _, err := w.exec(ctx, "suggestions_clear"); err != nil {
			return err
		}
		for _, g := range suggestions {
			bars, err := toJSON(g.Bars)
			if err != nil {
				return err
			}
			if _, err := w.put(ctx, "suggestion_put", string(g.A), string(g.B), int64(g.Weight), int64(g.Probability), bars); err != nil {
				return fmt.Errorf("suggestion %s-%s: %w", g.A, g.B, err)
			}
		}
		return nil
	})
}

// People returns the people of all pages, as package cases writes them, by
// article.
func (s *Store) People(ctx context.Context) ([]PeopleOf, error) {
	return read(ctx, s.derived, "read people", "derived_rows_page_people", func(rows *sql.Rows) (p PeopleOf, err error) {
		return p, rows.Scan(&p.Article, &p.People)
	})
}

// PeopleOf are the people of one article.
type PeopleOf struct {
	Article recount.Key
	People  []byte
}

// Suggestions returns the scored pairs of speakers, the heaviest first, then
// by pair.
func (s *Store) Suggestions(ctx context.Context) ([]recount.Suggestion, error) {
	return read(ctx, s.derived, "read suggestions", "suggestions", func(rows *sql.Rows) (g recount.Suggestion, err error) {
		return g, rows.Scan(&g.A, &g.B, &g.Weight, &g.Probability, document{&g.Bars})
	})
}

// SuggestionsFrom returns the pairs that are at least so probable, without
// their bars, by pair.
func (s *Store) SuggestionsFrom(ctx context.Context, least recount.Milli) ([]recount.Suggestion, error) {
	return read(ctx, s.derived, "read suggestions", "suggestions_likely", func(rows *sql.Rows) (g recount.Suggestion, err error) {
		return g, rows.Scan(&g.A, &g.B, &g.Probability)
	}, int64(least))
}

// SuggestionOf returns the suggestion of a pair, with its bars.
func (s *Store) SuggestionOf(ctx context.Context, a, b recount.Key) (recount.Suggestion, error) {
	rows, err := read(ctx, s.derived, "read a suggestion", "suggestion", func(rows *sql.Rows) (g recount.Suggestion, err error) {
		return g, rows.Scan(&g.A, &g.B, &g.Weight, &g.Probability, document{&g.Bars})
	}, string(a), string(b))
	if err == nil && len(rows) == 0 {
		err = fmt.Errorf("suggestion of %.12s and %.12s: %w", a, b, recount.ErrNotFound)
	}
	if err != nil {
		return recount.Suggestion{}, err
	}
	return rows[0], nil
}

// Stamp returns what a stage over the whole corpus was last computed from, ""
// if it never was.
func (s *Store) Stamp(ctx context.Context, stage string) (string, error) {
	v, _, err := oneText(ctx, s.derived, "read the stamp of "+stage, "stamp", stage)
	return v, err
}

// SetStamp notes what a stage was computed from.
func (s *Store) SetStamp(ctx context.Context, stage, stamp string) error {
	return s.derived.change(ctx, "stamp "+stage, func(w *writer) error {
		_, err := w.exec(ctx, "stamp_put", clean(stage), clean(stamp))
		return err
	})
}

// DropDerived drops everything that can be worked out again.
func (s *Store) DropDerived(ctx context.Context) error {
	err := s.derived.change(ctx, "drop derived data", func(w *writer) error {
		if err := w.searchTables(ctx); err != nil {
			return err
		}
		for _, name := range []string{"stamps_clear", "readings_clear", "statements_clear", "speakers_clear", "sentences_clear", "figures_clear",
			"places_clear", "packed_clear", "changes_clear", "relations_clear", "originals_clear", "suggestions_clear",
			"page_clear", "page_mark_clear", "page_words_clear", "page_people_clear", "posting_clear", "passage_clear", "relation_lifted_clear", "search_text_clear", "search_page_clear"} {
			if _, err := w.exec(ctx, name); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.derived.forget(ctx, true)
}

// ForgetDerived takes the bytes of dropped rows out of derived.db.
func (s *Store) ForgetDerived(ctx context.Context) error { return s.derived.forget(ctx, true) }
