package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"recount"
	"recount/internal/count"
)

// The tests' study is about the keepers of an invented lighthouse board. Its
// texts were written for these tests.

func at(text, words string) recount.Span {
	i := strings.Index(text, words)
	if i < 0 {
		panic("no " + words)
	}
	return recount.Span{Start: i, End: i + len(words)}
}

type sample struct {
	m Material
}

func (s *sample) article(name, outlet, published, title, byline string, paragraphs ...string) *recount.Article {
	hash := recount.HashText(name)
	c := recount.Capture{Key: recount.CaptureKey(hash, name), Hash: hash, Name: name, Captured: time.Date(2021, 3, 4, 5, 6, 7, 0, time.UTC),
		Size: 12345, MediaType: "text/html", Channel: "file", Search: "lighthouse AND keeper",
		Record: recount.WARCRecord{File: "0001.warc.gz", Offset: int64(1000 * len(s.m.Captures))}}
	s.m.Captures = append(s.m.Captures, c)
	a := &recount.Article{Key: recount.ArticleKey(c.Key, ""), Capture: c.Key, Name: name, Extractor: "text 1", Title: title, Outlet: outlet,
		Byline: byline, Published: published, Precision: recount.ToDay, Language: "en", URL: "https://" + strings.ReplaceAll(strings.ToLower(outlet), " ", "-") + ".example/" + name,
		Dates: []recount.Candidate{{Value: published, Origin: "json-ld datePublished"}}}
	text := title
	a.Blocks = append(a.Blocks, recount.Block{Span: recount.Span{Start: 0, End: len(title)}, Role: recount.Headline})
	for _, p := range paragraphs {
		role := recount.Body
		if rest, ok := strings.CutPrefix(p, "comment: "); ok {
			role, p = recount.Comment, rest
		}
		text += "\n" + p
		a.Blocks = append(a.Blocks, recount.Block{Span: recount.Span{Start: len(text) - len(p), End: len(text)}, Role: role, Path: "/html[1]/body[1]/p[1]"})
	}
	a.Text = text
	r := &recount.Reading{Article: a.Key}
	for _, b := range a.Blocks[1:] {
		if b.Role != recount.Body {
			continue
		}
		// A full stop and a space end a sentence in these texts.
		start := b.Span.Start
		for start < b.Span.End {
			end := b.Span.End
			if i := strings.Index(text[start:end], ". "); i >= 0 {
				end = start + i + 1
			}
			r.Sentences = append(r.Sentences, recount.Sentence{Span: recount.Span{Start: start, End: end}, Role: recount.Body})
			start = end + 1
		}
	}
	s.m.Readings[a.Key] = r
	s.m.Articles = append(s.m.Articles, a)
	return a
}

func (s *sample) speaker(a *recount.Article, name string, k recount.SpeakerKind, g recount.Gender) *recount.Speaker {
	r := s.m.Readings[a.Key]
	sp := at(a.Text, name)
	r.Speakers = append(r.Speakers, recount.Speaker{Article: a.Key, ID: fmt.Sprintf("s%d", len(r.Speakers)+1), Name: name, Kind: k, Gender: g, Mention: sp, Mentions: []recount.Span{sp}})
	return &r.Speakers[len(r.Speakers)-1]
}

func (s *sample) says(a *recount.Article, speaker string, t recount.QuotationType, confidence int, pieces ...string) recount.Statement {
	q := recount.Quotation{Type: t, Speech: true}
	for _, p := range pieces {
		q.Content = append(q.Content, at(a.Text, p))
	}
	st := recount.Statement{Key: recount.StatementKey(a.Key, q), Article: a.Key, Quotation: q, Speaker: speaker, Confidence: recount.Milli(confidence)}
	r := s.m.Readings[a.Key]
	r.Statements = append(r.Statements, st)
	return st
}

func (s *sample) figure(a *recount.Article, words string, k recount.FigureKind, q recount.Qualifier, unit string, value recount.Decimal) {
	s.m.Figures[a.Key] = append(s.m.Figures[a.Key], recount.ReportedFigure{Key: recount.KeyOf("figure", string(a.Key), words), Article: a.Key, Span: at(a.Text, words),
		Kind: k, Value: &value, Qualifier: q, Unit: unit, Of: -1})
}

// newSample returns a small study: five pages, four originals, one of them
// spliced, speakers, figures, a hostile page.
func newSample() *Material {
	s := &sample{Material{Title: "Why keepers left the Lamp Board", Question: "Why did keepers leave the Lamp Board between 2019 and 2020, and who among them spoke about it?",
		StudyID: "st-lamp", Program: "recount 0.1.0", AsOf: "2021-03-05T08:00:00Z", Census: true, Accepted: 5, TypedIn: 1,
		Log: recount.HashText("log"), Root: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", Scope: []string{"Has this person left the Lamp Board?"}, Counting: []string{"Of several values the one of the earliest article counts."}, Rules: []string{FoldReprints, SetAsideOtherStories},
		Readings: map[recount.Key]*recount.Reading{}, Figures: map[recount.Key][]recount.ReportedFigure{}, Older: map[recount.Key][]*recount.Article{},
		Decisions: map[recount.Kind]int{recount.KindScope: 4, recount.KindLink: 2, recount.KindStatement: 6, recount.KindCode: 4}}}
	wire := s.article("wire.html", "Coast Wire", "2019-05-14", "Two keepers leave the Lamp Board", "By Ola Brenn",
		"Two keepers have left the Lamp Board since April.",
		"“Nobody repaired the stairs,” said Ines Okt, who kept the northern light for nine years. She added that the pay came three months late.",
		"At least 40 keepers have gone, said the union.")
	reprint := s.article("reprint.html", "Harbour Mail", "2019-05-15", "Keepers leave the Lamp Board", "",
		"“Nobody repaired the stairs,” said Ines Okt, who kept the northern light for nine years. She added that the pay came three months late.",
		"At least 40 keepers have gone, said the union.",
		"In other news, the ferry to Sund is late, its captain said.",
		"comment: I knew it all along, wrote a reader.")
	second := s.article("second.html", "The Fog Signal", "2019-09-02", "A keeper speaks", "By M. Rill",
		"A former keeper of the northern light, who asked not to be named, spoke on Monday. “We lit the lamp for an empty sea,” the keeper said.",
		"Bram Tol, a keeper until 2018, recalled that he was moved twice without being asked.")
	third := s.article("third.html", "Le Phare", "2020-01-20", "<script>alert('x')</script> & the \u202ekeepers", "",
		"<b>Bram Toll</b> said <img src=x onerror=alert(1)> that the board “sold the brass”. About 40% of the keepers have left.")
	third.DateFlag = "origins disagree: 2020-01-20 and 2019-12-30"
	third.Dates = append(third.Dates, recount.Candidate{Value: "2019-12-30", Origin: "time[datetime]"})
	spliced := s.article("spliced.html", "ClickHouse News", "2020-02-01", "You will not believe these keepers", "",
		"“Nobody repaired the stairs,” said Ines Okt, who kept the northern light for nine years.",
		"“We lit the lamp for an empty sea,” the keeper said.")
	for _, a := range []*recount.Article{wire, reprint} {
		s.speaker(a, "Ines Okt", recount.Named, recount.Woman)
		s.speaker(a, "the union", recount.Organisation, recount.NoGender)
		s.says(a, "s1", recount.Direct, 980, "Nobody repaired the stairs")
		s.says(a, "s1", recount.Indirect, 910, "the pay came three months late")
		s.says(a, "s2", recount.Indirect, 700, "At least 40 keepers have gone")
		s.figure(a, "At least 40 keepers", recount.CountFigure, recount.AtLeast, "keepers", recount.Decimal{Digits: 40})
	}
	s.speaker(reprint, "its captain", recount.Anonymous, recount.UnknownGender)
	s.says(reprint, "s3", recount.Indirect, 600, "the ferry to Sund is late")
	r := s.m.Readings[reprint.Key]
	for i := range r.Sentences {
		if strings.HasPrefix(r.Sentences[i].Span.In(reprint.Text), "In other news") {
			r.Sentences[i].Role, r.Sentences[i].Reason = recount.OffTopic, "it shares no name with the rest of the article"
		}
	}
	s.speaker(second, "A former keeper of the northern light", recount.Anonymous, recount.UnknownGender)
	s.speaker(second, "Bram Tol", recount.Named, recount.Man)
	s.says(second, "s1", recount.Direct, 950, "We lit the lamp for an empty sea")
	s.says(second, "s2", recount.Indirect, 880, "he was moved twice without being asked")
	s.speaker(third, "Bram Toll", recount.Named, recount.UnknownGender)
	s.says(third, "s1", recount.Mixed, 450, "the board “sold the brass")
	s.figure(third, "About 40% of the keepers", recount.ShareFigure, recount.About, "keepers", recount.Decimal{Digits: 4, Places: 1})
	s.speaker(spliced, "Ines Okt", recount.Named, recount.Woman)
	s.says(spliced, "s1", recount.Direct, 900, "Nobody repaired the stairs")
	s.says(spliced, "", recount.Direct, 300, "We lit the lamp for an empty sea")
	s.m.Readings[spliced.Key].Notes = []string{"a short text: marks alone"}

	align := func(a, b *recount.Article, kind recount.RelationKind, words ...string) {
		if a.Key > b.Key {
			a, b = b, a
		}
		rel := recount.Relation{A: a.Key, B: b.Key, Kind: kind, CoverageA: 800, CoverageB: 600}
		for _, w := range words {
			rel.Spans = append(rel.Spans, recount.Alignment{A: at(a.Text, w), B: at(b.Text, w)})
		}
		s.m.Relations = append(s.m.Relations, rel)
	}
	long := "“Nobody repaired the stairs,” said Ines Okt, who kept the northern light for nine years."
	align(wire, reprint, recount.Copy, long+" She added that the pay came three months late.", "At least 40 keepers have gone, said the union.")
	align(wire, spliced, recount.Copy, long)
	align(second, spliced, recount.Partial, "“We lit the lamp for an empty sea,” the keeper said.")
	original := func(first *recount.Article, spliced bool, reason string, others ...*recount.Article) {
		o := recount.Original{First: first.Key, Reason: reason, Spliced: spliced, Members: []recount.Key{first.Key}}
		for _, a := range others {
			o.Members = append(o.Members, a.Key)
		}
		slices.Sort(o.Members)
		o.Key = recount.KeyOf("original", string(o.Members[0]))
		s.m.Originals = append(s.m.Originals, o)
	}
	original(wire, false, "it is dated a day earlier", reprint)
	original(second, false, "")
	original(third, false, "")
	original(spliced, true, "its text stands in two originals")
	sp := func(a *recount.Article, i int) *recount.Speaker { return &s.m.Readings[a.Key].Speakers[i] }
	x, y := sp(second, 1).Key(), sp(third, 0).Key()
	if x > y {
		x, y = y, x
	}
	s.m.Suggestions = []recount.Suggestion{{A: x, B: y, Weight: 512, Probability: 930, Bars: []recount.Bar{{Field: "prior", Bits: -700}, {Field: "name", A: "Bram Tol", B: "Bram Toll", Bits: 1212}}}}
	grouped := func(a *recount.Article, words, relation, reason string) recount.GroupedFigure {
		g := recount.GroupedFigure{Article: a.Key, Outlet: a.Outlet, Day: a.Day(), Wording: words, Sentence: at(a.Text, words), Relation: relation, Reason: reason}
		for _, o := range s.m.Originals {
			if slices.Contains(o.Members, a.Key) {
				g.Original = o.Key
			}
		}
		return g
	}
	for _, a := range []*recount.Article{wire, reprint} {
		f := &s.m.Figures[a.Key][0]
		f.Event, f.From, f.To, f.SaidBy = "have gone", "2019-01-01", a.Published, "s2"
	}
	s.figure(second, "a keeper until 2018", recount.CountFigure, recount.Vague, "keepers", recount.Decimal{})
	s.m.Figures[second.Key][0].Value = nil
	s.m.Groups = []recount.FigureGroup{
		{About: "keepers", Members: []recount.GroupedFigure{grouped(third, "About 40% of the keepers", "reference", "the first specific figure")}, Rule: "range: it finds no value"},
		{About: "keepers, have gone, 2019-01-01 to 2019-05-14", Settled: "40", Rule: "range: lowest to highest stated number", Members: []recount.GroupedFigure{
			grouped(wire, "At least 40 keepers", "reference", "the first specific figure"),
			grouped(reprint, "At least 40 keepers", "copy", "a reprint"),
			grouped(second, "a keeper until 2018", "degraded", "the number of 2019-05-14 is lost")}},
	}
	s.m.Miss = recount.Miss{Drawn: 2, Read: []recount.Key{wire.Key}, Left: []recount.Key{second.Key}, Statements: 2, Missed: 1, Accepted: []recount.AcceptedStatement{
		{Article: wire.Key, At: s.m.Readings[wire.Key].Statements[0].Content, Type: recount.Direct},
		{Article: wire.Key, At: []recount.Span{at(wire.Text, "kept the northern light")}, Type: recount.Indirect, Typed: true}}}
	s.m.Refusals = []recount.Refusal{{Name: "empty.html", Stage: "add", Reason: "an empty file", Hint: "fetch the page again"}}

	// What people decided: three people, one of them seen twice, an open link
	// and a speaker of unclear scope.
	member := func(a *recount.Article, i int, dates ...string) recount.Member {
		p := sp(a, i)
		id := recount.HashText("scope " + string(p.Key()))
		m := recount.Member{Key: recount.KeyOf("member", string(p.Key())), Article: a.Key, At: p.Mention, Scope: recount.Yes, Decision: id,
			Outlet: a.Outlet, Day: a.Day(), Dates: dates, Speaker: recount.SpeakerRef{Name: p.Name, Kind: p.Kind, Gender: p.Gender}}
		for _, o := range s.m.Originals {
			if slices.Contains(o.Members, a.Key) {
				m.Original, m.First = o.Key, o.First == a.Key
			}
		}
		if dates == nil {
			m.Dates = []string{a.Day()}
		}
		for _, st := range s.m.Readings[a.Key].Statements {
			if st.Speaker == p.ID {
				m.Statements = append(m.Statements, recount.AcceptedStatement{Article: a.Key, At: st.Content, Type: st.Type, Decision: recount.HashText("st" + string(st.Key))})
			}
		}
		return m
	}
	ines1, ines2 := member(wire, 0), member(reprint, 0)
	ines1.Codes = []recount.Coding{{Code: "house.stairs", Article: wire.Key, At: ines1.Statements[0].At}, {Code: "pay", Article: wire.Key, At: ines1.Statements[1].At}}
	ines1.Values = []recount.Value{{Variable: "years", Value: "9", Article: wire.Key, At: at(wire.Text, "nine years"), Outlet: wire.Outlet, Day: wire.Day()}}
	hidden := member(second, 0)
	bram1, bram2 := member(second, 1), member(third, 0, "2019-12-30", "2020-01-20")
	bram2.DateReason = "origins disagree"
	bram2.Codes = []recount.Coding{{Code: "pay", Article: third.Key, At: bram2.Statements[0].At}}
	unclear := member(wire, 1)
	unclear.Scope, unclear.Key = recount.Unclear, recount.KeyOf("member", "union")
	s.m.Open = []recount.Member{unclear}
	s.m.Codebook = recount.Codebook{Title: "Reasons", Version: 1, Codes: []recount.Code{{Code: "house", Short: "The house", Definition: "The house was in bad repair."},
		{Code: "house.stairs", Parent: "house", Short: "Stairs", Definition: "The stairs."}, {Code: "pay", Short: "Pay", Definition: "Pay.", UseWhen: "pay is late", DoNotUse: "it is low"}}}
	slices.SortFunc(s.m.Articles, func(a, b *recount.Article) int { return strings.Compare(string(a.Key), string(b.Key)) })
	p := sampleProblem(&s.m, ines1, ines2, hidden, bram1, bram2, unclear)
	s.m.Cases = p.Cases()
	return &s.m
}

func sampleProblem(m *Material, members ...recount.Member) *count.Problem {
	if members == nil {
		for _, c := range m.Cases {
			members = append(members, c.Members...)
		}
		members = append(members, m.Open...)
	}
	find := func(name string, n int) recount.Key {
		for _, x := range members {
			if x.Speaker.Name == name {
				if n--; n == 0 {
					return x.Key
				}
			}
		}
		panic(name)
	}
	return &count.Problem{Members: members, Codes: m.Codebook, Variables: []string{"years"},
		Links: []recount.Link{
			{A: find("Ines Okt", 1), B: find("Ines Okt", 2), Answer: recount.Same},
			{A: find("Bram Tol", 1), B: find("Bram Toll", 1), Answer: recount.Unsure},
		}}
}

const sampleTemplate = `---
title: Why keepers left the Lamp Board
results:
  people:
    label: keepers who left and spoke
    count: all
    reported: keepers, have gone
  women:
    label: women
    share: gender == "woman"
  pay:
    label: keepers who spoke of pay
    share: has("pay")
  early:
    label: first reported in 2019
    share: within(first_reported, "2019", "2019")
  nobody:
    label: keepers from nowhere
    share: years == "99"
    reported: owls
  reasons:
    label: reasons for leaving
    by: code.top
  months:
    label: keepers by month of their first report
    by: month
  cross:
    label: gender and kind
    by: gender, kind
---
At least {{people}} left the Lamp Board and spoke about it. Among them were {{women}},
that is {{share women}} or {{count women}} of {{of women}}; {{early}} were first reported in 2019,
and {{nobody}} came from nowhere. Of the reasons, {{reasons: pay}} named pay ({{pay}}).

## Reasons

{{table reasons}}

{{bars reasons}}

{{dots reasons}}

## Beside the others

{{beside people}}

{{beside nobody}}

## When

{{timeline months}}

{{table cross}}

Raw <b>HTML</b> is text, and so is ` + "`{{women}}`" + ` in code.

<div onclick="x()">a block</div>

## What is open

{{questions}}
`

func sampleStudy() (*Material, *Template, []recount.Result) {
	m := newSample()
	t, err := ParseTemplate([]byte(sampleTemplate))
	if err != nil {
		panic(err)
	}
	p := sampleProblem(m)
	var results []recount.Result
	for _, q := range t.Queries {
		r, err := p.Result(q)
		if err != nil {
			panic(err)
		}
		results = append(results, r)
	}
	return m, t, results
}
