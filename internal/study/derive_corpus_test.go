package study

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"recount"
)

// A press makes articles for the tests: sentences of words drawn by Zipf's law,
// six people who speak ten times, and some pages that took from earlier ones.
type press struct {
	words, first, last []string
	drawn              []uint16
}

func newPress() *press {
	r := rand.New(rand.NewPCG(1, 1))
	word := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteByte("bcdfghklmnprstvwz"[r.IntN(17)])
			b.WriteByte("aeiou"[r.IntN(5)])
			if r.IntN(3) == 0 {
				b.WriteByte("nrstl"[r.IntN(5)])
			}
		}
		return b.String()
	}
	p := &press{}
	for len(p.words) < 30_000 {
		p.words = append(p.words, word(1+r.IntN(3)+len(p.words)/10_000))
	}
	for len(p.first) < 400 {
		w := word(2)
		p.first = append(p.first, strings.ToUpper(w[:1])+w[1:])
	}
	for len(p.last) < 30_000 {
		w := word(4)
		p.last = append(p.last, strings.ToUpper(w[:1])+w[1:])
	}
	z := rand.NewZipf(r, 1.05, 20, uint64(len(p.words)-1))
	for range 1 << 20 {
		p.drawn = append(p.drawn, uint16(z.Uint64()))
	}
	return p
}

func (p *press) clause(r *rand.Rand, n int) string {
	var b strings.Builder
	for k := range n {
		if k > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(p.words[p.drawn[r.Uint32()>>12]])
	}
	return b.String()
}

func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// story writes the sentences of the n-th story. people is how many last names
// there are to draw from.
func (p *press) story(n uint64, people int) []string {
	r := rand.New(rand.NewPCG(n, 2))
	var names []string
	for range 6 {
		k := r.IntN(people)
		names = append(names, p.first[r.IntN(len(p.first))]+" "+p.last[k%len(p.last)]+strings.Repeat("ov", k/len(p.last)))
	}
	var out []string
	for i := range 25 {
		s := upper(p.clause(r, 8+r.IntN(14)))
		if i%5 < 2 {
			out = append(out, fmt.Sprintf("“%s,” said %s.", s, names[(i/5*2+i%5)%6]))
		} else {
			out = append(out, s+".")
		}
	}
	return out
}

// article returns the n-th article. One in eight reprints an earlier story,
// whole, cut or with words changed; one in eight takes a part of one, or a
// quotation; one in twenty is put together from the sentences of several.
// Outlets print a footer, and some pages come out again under one address.
func (p *press) article(n uint64, people int) *recount.Article {
	r := rand.New(rand.NewPCG(n, 5))
	own := p.story(n, people)
	earlier := func() []string { return p.story(n-1-r.Uint64N(min(n, 200)), people) }
	day := n % 900
	if n > 0 {
		switch k := r.IntN(40); {
		case k < 5:
			own = earlier()
			switch r.IntN(3) {
			case 0:
				own = own[:len(own)*2/3]
			case 1:
				for i := range own {
					ws := strings.Split(own[i], " ")
					ws[r.IntN(len(ws))] = p.words[r.IntN(1000)]
					own[i] = strings.Join(ws, " ")
				}
			}
		case k < 8:
			from := earlier()
			at := r.IntN(len(from) - 6)
			copy(own[3:], from[at:at+6])
		case k < 10:
			from := earlier()
			copy(own[5:], from[5:7])
		case k < 12:
			own = nil
			for range 4 {
				from := earlier()
				for range 3 {
					ws := strings.Split(from[r.IntN(len(from))], " ")
					ws[r.IntN(len(ws))] = p.words[r.IntN(1000)]
					own = append(own, strings.Join(ws, " "))
				}
			}
		}
	}
	outlet := r.IntN(20)
	footer := fmt.Sprintf("Subscribe to outlet number %d for more stories of this kind and get the weekly letter of outlet %d in your mail.", outlet, outlet)
	text := strings.Join(append(slices.Clone(own), footer), "\n")
	a := &recount.Article{Key: recount.KeyOf("article", fmt.Sprint(n)), Capture: recount.KeyOf("capture", fmt.Sprint(n)), Name: fmt.Sprintf("page-%d.html", n),
		Extractor: "test/1", URL: fmt.Sprintf("https://outlet%d.example/%d", outlet, n), Outlet: fmt.Sprintf("Outlet %d", outlet),
		Title: "Page", Published: fmt.Sprintf("20%02d-%02d-%02d", 20+day/336, 1+day/28%12, 1+day%28), Precision: recount.ToDay, Language: "en", Text: text}
	at := 0
	for _, line := range strings.Split(text, "\n") {
		a.Blocks = append(a.Blocks, recount.Block{Role: recount.Body, Span: recount.Span{Start: at, End: at + len(line)}})
		at += len(line) + 1
	}
	return a
}

// reading reads an article of the press as package quotes would, but at once.
func reading(a *recount.Article) recount.Reading {
	r := recount.Reading{Article: a.Key, Reader: reader}
	ids := map[string]int{}
	at := 0
	for _, line := range strings.Split(a.Text, "\n") {
		said, name, ok := strings.Cut(line, ",” said ")
		if ok && strings.HasPrefix(said, "“") {
			name = strings.TrimSuffix(name, ".")
			from := at + len(said) + len(",” said ")
			m := recount.Span{Start: from, End: from + len(name)}
			i, met := ids[name]
			if !met {
				i = len(r.Speakers)
				ids[name] = i
				r.Speakers = append(r.Speakers, recount.Speaker{Article: a.Key, ID: fmt.Sprint("s", i+1), Name: name, Kind: recount.Named,
					Gender: recount.UnknownGender, Mention: m})
			}
			r.Speakers[i].Mentions = append(r.Speakers[i].Mentions, m)
			q := recount.Quotation{Content: []recount.Span{{Start: at + len("“"), End: at + len(said)}}}
			r.Statements = append(r.Statements, recount.Statement{Key: recount.StatementKey(a.Key, q), Article: a.Key, Quotation: q, Speaker: r.Speakers[i].ID})
		}
		at += len(line) + 1
	}
	return r
}
