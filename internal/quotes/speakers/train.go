package speakers

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"recount"
	"recount/corpus"
	"recount/internal/lang"
	"recount/internal/quotes/linker"
	"recount/internal/quotes/page"
)

// A contest is the candidates for one pronoun, or for one statement without a
// source, with those that are right.
type contest struct {
	features [][]uint32
	right    []bool
	about    string   // the words, for who looks at what is wrong
	names    []string // of the candidates
	was      bool     // taken for a person's name before
}

// A scene is a text whose entities are known.
type scene struct {
	article    *recount.Article
	roles      []corpus.Paragraph
	mentions   []corpus.Mention
	statements []corpus.Statement
	people     map[int]bool    // of the entities, those that are one person
	bodies     map[int]bool    // those that are no person, nor several
	given      lang.FirstNames // the lists of first names that it is read with
	silver     bool            // made by a program: only pronouns that speak are learned from
}

func (x *scene) person(e int) bool { return x.people[e] }

// read returns the page of a text with its names.
func (x *scene) read() *page.Page {
	p := page.New(x.article)
	p.Given, p.Training = x.given, true
	for i := range p.Sentences {
		for _, r := range x.roles {
			if r.Span.Contains(p.Sentences[i].Span) && r.Role != recount.OffTopic {
				p.Sentences[i].Role = r.Role
			}
		}
	}
	linker.Tag(p, lang.English())
	p.FindNames()
	return p
}

// names lists the contests of the names of a text: whether a person bears one.
// A candidate without features stands for no.
func (x *scene) names() (out []contest) {
	if x.silver {
		return nil
	}
	c := with(x.read(), nil)
	for _, g := range c.calls() {
		if g.titled {
			continue
		}
		person, other := 0, 0
		for _, k := range g.names {
			switch e := x.bearer(c.p, &c.p.Names[k]); {
			case e < 0:
			case x.people[e]:
				person++
			case x.bodies[e]:
				other++
			}
		}
		if person == other {
			continue
		}
		out = append(out, contest{features: [][]uint32{g.features, nil}, right: []bool{person > other, person < other}, about: x.article.Title + ": " + c.around(c.p.Names[g.names[0]].Span), names: []string{"person", "other"}, was: g.person > 0})
	}
	return out
}

// bearer returns the entity that a name names: that of the shortest mention that
// it stands at the head of, or -1.
func (x *scene) bearer(p *page.Page, n *page.Name) int {
	best, size := -1, 1<<30
	for _, m := range x.mentions {
		if m.Span.Start > n.Span.Start || m.Span.End < n.Span.End || m.Span.Len() >= size {
			continue
		}
		lead := strings.Fields(x.article.Text[m.Span.Start:n.Span.Start])
		if len(lead) > 3 || slices.ContainsFunc(lead, func(w string) bool {
			return strings.HasSuffix(w, ",") || p.Lex.Stops[strings.ToLower(w)] && !strings.EqualFold(w, "the")
		}) {
			continue
		}
		best, size = m.Entity, m.Span.Len()
	}
	return best
}

// contests lists the contests of a text by question: it is read from its
// beginning to its end, and every choice is made as the annotation has it.
func (x *scene) contests(kinds *lang.Linear) (out [4][]contest) {
	p := x.read()
	c := with(p, kinds)
	entity := c.entities(x.mentions)
	of := func(y int) int {
		if e, ok := entity[y]; ok {
			return e
		}
		return -1
	}
	first := func(e int) int {
		for y := range c.Parties {
			if c.of(y) == y && of(y) == e && e >= 0 {
				return y
			}
		}
		return unknown
	}
	at := map[recount.Span]int{}
	byHead := map[int]int{} // head of a mention of several words -> entity
	for _, m := range x.mentions {
		at[m.Span] = m.Entity
		if h := p.Tree.HeadIn(m.Span); h >= 0 {
			byHead[h] = m.Entity
		}
	}
	sources := map[int]bool{}
	for _, st := range x.statements {
		if len(st.Source) > 0 {
			sources[st.Source[0].Start] = true
		}
	}
	// newcomers are given the entity of the description that they come with.
	coming := -1
	settle := func() {
		for y := range c.Parties {
			if _, ok := entity[y]; !ok {
				entity[y] = coming
			}
		}
		coming = -1
	}
	c.teach = func(q question, s recount.Span, all []candidate, features func(k int) []uint32) int {
		settle()
		var z contest
		e, known := -1, false
		switch q {
		case whoPronoun:
			if e, known = at[s]; !known {
				return unknown
			}
		case whoNamed:
			e, known = of(c.of(p.NamesIn(s)[0].Entity)), true
		case whoDescribed:
			h := p.Tree.HeadIn(s)
			e, known = byHead[h]
			if !known {
				e = -1
			}
			coming = e
		}
		found := false
		who := unknown
		z.about = x.article.Title + ": " + c.around(s)
		for k := range all {
			z.features = append(z.features, features(k))
			z.names = append(z.names, c.calledSo(all[k].party))
			y := all[k].party
			right := y >= 0 && of(y) == e && (e >= 0 || q == whoDescribed && c.Parties[y].answers(lastWord(p, s)))
			if y == newcomer {
				right = !found
			}
			if right && who == unknown {
				who = y
			}
			z.right = append(z.right, right)
			found = found || right
		}
		learn := found && len(all) > 1
		if x.silver {
			learn = learn && sources[s.Start] && (q == whoPronoun || q == whoDescribed && who >= 0 && e >= 0)
		}
		if q == whoDescribed && who == newcomer && e >= 0 && first(e) >= 0 {
			learn = false // it was met, but too far back
			who = first(e)
		}
		if learn {
			out[q] = append(out[q], z)
		}
		if q == whoPronoun && who == unknown {
			who = first(e)
		}
		return who
	}
	for i := range x.statements {
		st := &x.statements[i]
		if st.Inside >= 0 || st.Thought {
			continue
		}
		y := -1
		for n, piece := range st.Content {
			c.upTo(piece.Start)
			settle()
			d := &page.Draft{Content: []recount.Span{piece}, Floating: true}
			marked := page.MarkAfter(piece.In(x.article.Text)) > 0
			begins := n == 0 || p.Sentences[p.SentenceAt(piece.Start)].Span.Start >= piece.Start || c.lines(st.Content[n-1].Start, piece.Start) > 0
			// Those whose source is named beside them are met as if it were not
			// seen: the program misses some.
			if (n > 0 && begins || n == 0) && !st.First && marked && st.Speaker >= 0 && !x.silver && !c.carriesOn(piece) {
				all := c.speakers(piece.Start)
				z := contest{about: x.article.Title + ": " + c.around(piece)}
				found := false
				for k := range all {
					z.features = append(z.features, c.unnamedFeatures(nil, all, k, d))
					z.names = append(z.names, c.calledSo(all[k].party))
					z.right = append(z.right, of(all[k].party) == st.Speaker)
					found = found || z.right[k]
				}
				if found && len(all) > 1 {
					out[whoSaid] = append(out[whoSaid], z)
				}
			}
			if n == 0 {
				// The pronoun beside the words is met before they count as said.
				c.now = st.Content
				if len(st.Source) > 0 {
					c.upTo(st.Source[len(st.Source)-1].End)
					settle()
				}
				y = first(st.Speaker)
				if y < 0 && st.Speaker >= 0 && len(st.Source) > 0 {
					y = c.add(&party{kind: recount.Organisation, name: st.Source[0], mentions: st.Source})
					if x.person(st.Speaker) {
						c.Parties[y].kind = recount.Anonymous
						c.insert(y, st.Source[0].Start)
					}
					entity[y] = st.Speaker
				}
				c.Past(&page.Draft{Content: st.Content}, y)
				if y >= 0 {
					c.Parties[y].Speaks = true
				}
			}
		}
	}
	c.upTo(len(x.article.Text))
	return out
}

// around returns a span with some of what stands around it.
func (c *parties) around(s recount.Span) string {
	text := c.p.Text
	return strings.ReplaceAll(strings.ToValidUTF8(text[max(0, s.Start-150):s.Start]+"[["+text[s.Start:min(s.End, s.Start+80)]+"]]"+text[min(s.End, s.Start+80):min(len(text), s.End+60)], ""), "\n", " / ")
}

// calledSo names a party of a contest.
func (c *parties) calledSo(y int) string {
	if y < 0 {
		return "newcomer"
	}
	return c.Parties[y].called(c.p.Text)
}

// lastWord returns the last word of a span in lower case.
func lastWord(p *page.Page, s recount.Span) string {
	i := p.WordAt(s.End - 1)
	if i >= len(p.Words) {
		return ""
	}
	return page.Bare(p.Words[i].Lower)
}

// entities says which entity each party is: the one that most of its places
// are mentions of.
func (c *parties) entities(mentions []corpus.Mention) map[int]int {
	votes := map[int]map[int]int{}
	vote := func(y int, s recount.Span) {
		best, size := -1, 1<<30
		for _, m := range mentions {
			if m.Span.Start <= s.Start && s.End <= m.Span.End && m.Span.Len() < size {
				best, size = m.Entity, m.Span.Len()
			}
		}
		if best < 0 {
			// The name reaches further than the mention.
			for _, m := range mentions {
				if s.Contains(m.Span) && 2*m.Span.Len() > s.Len() {
					best = m.Entity
				}
			}
		}
		if best >= 0 {
			y = c.of(y)
			if votes[y] == nil {
				votes[y] = map[int]int{}
			}
			votes[y][best]++
		}
	}
	for i := range c.p.Names {
		if n := &c.p.Names[i]; n.Entity >= 0 {
			vote(n.Entity, n.Span)
		}
	}
	for y, e := range c.Parties {
		if len(e.words) == 0 {
			vote(y, e.name)
		}
	}
	out := map[int]int{}
	for y := range c.Parties {
		out[y] = -1
		most := 0
		for e, n := range votes[c.of(y)] {
			if n > most || n == most && e < out[y] {
				out[y], most = e, n
			}
		}
	}
	return out
}

// rng shuffles the same way every time.
type rng uint64

func (r *rng) next() uint64 {
	x := uint64(*r)
	x ^= x << 13
	x ^= x >> 7
	x ^= x << 17
	*r = rng(x)
	return x >> 11
}

// learn trains a ranking: the mean of four that see the contests in other orders,
// so that less of what is read hangs on the order.
func learn(say linker.Progress, all []contest, rounds int) *lang.Regression {
	var four [4]*lang.Regression
	for i := range four {
		four[i] = learnOnce(say, all, rounds, 88172645463325252+rng(i))
	}
	four[0].Join(four[1])
	four[2].Join(four[3])
	four[0].Join(four[2])
	return four[0]
}

// learnOnce trains a ranking once: what is right shall have most of the probability.
func learnOnce(say linker.Progress, all []contest, rounds int, r rng) *lang.Regression {
	out := lang.NewRegression(1, 16)
	out.Rate, out.Start = 0.08, 1
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	var e [1]float32
	for round := range rounds {
		for i := len(order) - 1; i > 0; i-- {
			j := int(r.next() % uint64(i+1))
			order[i], order[j] = order[j], order[i]
		}
		wrong := 0
		for _, n := range order {
			q := &all[n]
			p := make([]float32, len(q.features))
			kept := make([][]uint32, len(q.features))
			top := 0
			for k, f := range q.features {
				for _, x := range f {
					if r.next()%100 >= 25 {
						kept[k] = append(kept[k], x)
					}
				}
				out.Score(e[:], kept[k])
				p[k] = e[0]
				if p[k] > p[top] {
					top = k
				}
			}
			if !q.right[top] {
				wrong++
			}
			lang.Softmax(p)
			sum := float32(0)
			for k := range p {
				if q.right[k] {
					sum += p[k]
				}
			}
			for k, g := range p {
				if q.right[k] {
					g -= p[k] / max(sum, 1e-6)
				}
				if g > 0.01 || g < -0.01 {
					out.Nudge(kept[k], 0, g)
				}
			}
		}
		if round > 1 {
			out.Snapshot()
		}
		if round == rounds-1 {
			say("round %d: %d wrong of %d", round+1, wrong, len(all))
		}
	}
	return out
}

// check returns how many contests a packed ranking decides right.
// If show is set, it prints the others.
func check(l *lang.Linear, all []contest, show linker.Progress) (right int) {
	var e [1]int32
	for _, q := range all {
		best, top := -1, int32(0)
		for k, f := range q.features {
			l.Sum(e[:], f)
			if best < 0 || e[0] > top {
				best, top = k, e[0]
			}
		}
		if q.right[best] {
			right++
		} else if show != nil {
			show("%s\n      chosen %q of %q, right %v", q.about, q.names[best], q.names, slices.Index(q.right, true))
		}
	}
	return right
}

// ownScenes reads texts of our own corpus, with the kind of writing of each.
func ownScenes(texts []*corpus.Text) (out []scene, kinds []string) {
	for _, x := range texts {
		people, bodies := map[int]bool{}, map[int]bool{}
		for i, e := range x.Entities {
			people[i] = e.Kind.Person()
			bodies[i] = !e.Kind.Person() && e.Kind != corpus.Kind(recount.Collective) && e.Kind != corpus.Kind(recount.Unspecified)
		}
		out = append(out, scene{article: x.Article(), roles: x.Paragraphs, mentions: x.Mentions, statements: x.Statements, people: people, bodies: bodies})
		kinds = append(kinds, path.Dir(x.File))
	}
	return out, kinds
}

// goldScenes reads texts with hand-checked entities.
func goldScenes(file string) (out []scene, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	lines := bufio.NewReaderSize(z, 1<<20)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 1 {
			var g struct {
				ID, Text     string
				Tokens       []struct{ Start, End int }
				Coref        [][][4]int
				Attributions []struct{ Source, Cue, Content [][2]int }
				Entities     []struct {
					Start, End int
					Type, ID   string
				}
			}
			if err := json.Unmarshal(line, &g); err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			x := scene{article: &recount.Article{Key: recount.Key(g.ID), Text: g.Text, Language: "en"}}
			points := recount.NewCodePoints(g.Text)
			span := func(a, b int) recount.Span { return recount.Span{Start: points.Byte(a), End: points.Byte(b)} }
			for n, chain := range g.Coref {
				x.silver = true
				for _, m := range chain {
					x.mentions = append(x.mentions, corpus.Mention{Entity: n, Span: span(g.Tokens[m[0]].Start, g.Tokens[m[1]-1].End)})
				}
			}
			for _, a := range g.Attributions {
				st := corpus.Statement{Speaker: -1, Inside: -1}
				for k, from := range [...][][2]int{a.Source, a.Cue, a.Content} {
					for _, s := range from {
						to := [...]*[]recount.Span{&st.Source, &st.Cue, &st.Content}[k]
						*to = append(*to, span(s[0], s[1]))
					}
				}
				if len(st.Content) == 0 {
					continue
				}
				size := 1 << 30
				for _, m := range x.mentions {
					if len(st.Source) > 0 && m.Span.Overlaps(st.Source[0]) && abs(m.Span.Len()-st.Source[0].Len()) < size && m.Span.Start <= st.Source[0].Start+4 {
						st.Speaker, size = m.Entity, abs(m.Span.Len()-st.Source[0].Len())
					}
				}
				x.statements = append(x.statements, st)
			}
			slices.SortStableFunc(x.statements, func(a, b corpus.Statement) int { return cmp.Compare(a.Content[0].Start, b.Content[0].Start) })
			ids := map[string]int{}
			if len(g.Entities) > 0 {
				x.people, x.bodies = map[int]bool{}, map[int]bool{}
			}
			for _, e := range g.Entities {
				if _, ok := ids[e.ID]; !ok {
					ids[e.ID] = len(ids)
					x.people[ids[e.ID]], x.bodies[ids[e.ID]] = e.Type == "person", e.Type != "person"
				}
				x.mentions = append(x.mentions, corpus.Mention{Entity: ids[e.ID], Span: recount.Span{Start: points.Byte(e.Start), End: points.Byte(e.End)}})
			}
			out = append(out, x)
		}
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
}

func abs(n int) int { return max(n, -n) }

// ownAgain is how many times more the names of our own corpus are seen than those
// of the texts with hand-checked entities, most of which name no person.
const ownAgain = 2

// A TrainingSet is what decides who speaks is learned from.
type TrainingSet struct {
	Texts   []*corpus.Text // of our own corpus
	Without []string       // kinds of writing that are not learned from
	Unnamed []string       // kinds from which it is not learned who bears a new name
	Gold    []string       // files of texts with hand-checked entities, or with silver chains
	Hidden  []string       // languages whose lists of first names are not read with
	Show    string         // the rankings whose mistakes are told
}

// Train makes model.bin. It reads with the linker that ships.
func Train(from TrainingSet, say linker.Progress) ([]byte, error) {
	scenes, kinds := ownScenes(from.Texts)
	unseen, unnamed := make([]bool, len(scenes)), make([]bool, len(scenes))
	for i := range scenes {
		unseen[i] = slices.Contains(from.Without, kinds[i])
		unnamed[i] = slices.Contains(from.Unnamed, kinds[i])
	}
	for _, file := range from.Gold {
		more, err := goldScenes(file)
		if err != nil {
			return nil, err
		}
		scenes = append(scenes, more...)
	}
	unseen = append(unseen, make([]bool, len(scenes)-len(unseen))...)
	var learned, held [5][]contest
	sort := func(i, q int, z []contest) {
		if unseen[i] || i < len(unnamed) && unnamed[i] && q == int(whoNamed) {
			held[q] = append(held[q], z...)
		} else {
			learned[q] = append(learned[q], z...)
		}
	}
	given := lang.NamesWithout(from.Hidden...)
	for i := range scenes {
		scenes[i].given = given
	}
	// The kinds of names come first: the others see the parties that they make.
	for i := range scenes {
		z := scenes[i].names()
		sort(i, 4, z)
		for range ownAgain {
			if i < len(kinds) && !unseen[i] {
				sort(i, 4, z)
			}
		}
	}
	packed := lang.PackRegressions(learn(say, learned[4], 10))
	named, _, err := lang.LinearFrom(string(packed))
	if err != nil {
		return nil, err
	}
	say("kinds: %d of %d right, unseen kinds of writing: %d of %d", check(&named, learned[4], nil), len(learned[4]), check(&named, held[4], nil), len(held[4]))
	last := packed
	packed = nil
	for i := range scenes {
		for q, z := range scenes[i].contests(&named) {
			sort(i, q, z)
		}
	}
	for k, name := range [...]string{"pronouns", "unnamed", "described", "named"} {
		r := learn(say, learned[k], 10)
		data := lang.PackRegressions(r)
		l, _, err := lang.LinearFrom(string(data))
		if err != nil {
			return nil, err
		}
		var shown linker.Progress
		if strings.Contains(from.Show, name) {
			shown = say
		}
		say("%s: %d of %d right, unseen kinds of writing: %d of %d", name, check(&l, learned[k], nil), len(learned[k]), check(&l, held[k], shown), len(held[k]))
		packed = append(packed, data...)
	}
	packed = append(packed, last...)
	return packed, nil
}
