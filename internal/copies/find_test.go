package copies

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"recount"
)

// agencyText is the story of a fictional agency, one paragraph a line.
const agencyText = `The ferry company that runs the Sound of Marl crossing will refund about 4,200 passengers, its chairwoman said on Tuesday, two days after the vessel Halcyon lost power within sight of the harbour.
“We left people in the dark for five hours without telling them why, and there is no excuse for that,” Ingrid Tolleson told reporters on the quay.
The Halcyon stopped a mile off Port Aldery on Sunday evening with 611 people on board. Tugs brought it in shortly before midnight. Nobody was hurt, but three passengers were treated for the cold.
Investigators said a seawater pump had failed and that its alarm had been switched off during repairs in the spring.
A union for the crews said it had warned of the pump in writing. “We have the letters, and we have the stamps on the letters,” its secretary, Olav Brandt, said.
The company carried almost a million people last year and is owned by the five island councils.`

// otherText tells the same day without the agency's words.
const otherText = `Hundreds of islanders spent much of Sunday night aboard a stricken ship, and on Tuesday the woman in charge promised them their money back.
I was among them. We sat on life jackets, passed round a thermos and sang badly, because somebody's child had asked for it.
When the tug's lights finally came round the headland there was a cheer that I shall not forget, nor the silence after it, once we understood how slowly we would be moving.
Mrs Tolleson met us this week. She looked tired. She did not blame the engineers, and she wrote down every name.`

// seq is one article after the other.
func seq(as ...*recount.Article) iter.Seq[*recount.Article] { return slices.Values(as) }

// page makes an article of an outlet.
func page(name, outlet, published, byline, text string) *recount.Article {
	return &recount.Article{
		Key: recount.KeyOf("article", name), Name: name, URL: "https://" + name + ".example/ferry",
		Outlet: outlet, Published: published, Byline: byline, Text: text,
		Blocks: []recount.Block{{Span: recount.Span{Start: 0, End: len(text)}, Role: recount.Body}},
	}
}

// lines returns some lines of text, counted from 0.
func lines(text string, which ...int) string {
	all := strings.Split(text, "\n")
	var out []string
	for _, i := range which {
		out = append(out, all[i])
	}
	return strings.Join(out, "\n")
}

func findAll(t testing.TB, articles ...*recount.Article) []recount.Relation {
	t.Helper()
	var out []recount.Relation
	for r, err := range Find(seq(articles...), t.TempDir()) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, r)
	}
	return out
}

// kindOf returns the kind of the relation between two articles, "" if none.
func kindOf(relations []recount.Relation, a, b *recount.Article) recount.RelationKind {
	for _, r := range relations {
		if r.A == min(a.Key, b.Key) && r.B == max(a.Key, b.Key) {
			return r.Kind
		}
	}
	return ""
}

// counting returns the originals that count.
func counting(originals []recount.Original) (n int) {
	for _, o := range originals {
		if !o.Spliced {
			n++
		}
	}
	return n
}

// mastheads is one agency story in four papers, as papers run it, and one
// paper's own report.
func mastheads() []*recount.Article {
	cut := lines(agencyText, 0, 1, 2, 4)
	enlarged := lines(agencyText, 0, 1, 2) + "\nAt the Anchor in Port Aldery the landlord opened his kitchen again and served soup until two in the morning.\n" + lines(agencyText, 3, 4, 5)
	edited := strings.NewReplacer("refund", "repay", "passengers", "travellers", "Tugs brought it in", "It was towed in").Replace(agencyText)
	return []*recount.Article{
		page("aldery-post", "Aldery Post", "2031-03-04T09:10:00Z", "Northern Press Agency", agencyText),
		page("marl-echo", "Marl Echo", "2031-03-04T10:00:00Z", "", cut),
		page("island-times", "Island Times", "2031-03-04T12:30:00Z", "By our own reporter", enlarged),
		page("daily-sound", "Daily Sound", "2031-03-05", "Reuters", edited), // credits the wrong agency
		page("harbour-light", "Harbour Light", "2031-03-06", "Una Fell", otherText),
	}
}

func TestFourMastheadsAreOneSource(t *testing.T) {
	articles := mastheads()
	relations := findAll(t, articles...)
	for i, a := range articles[:4] {
		for _, b := range articles[i+1 : 4] {
			if got := kindOf(relations, a, b); got != recount.Copy {
				t.Errorf("%s and %s: got %q, want a copy", a.Name, b.Name, got)
			}
		}
		if got := kindOf(relations, a, articles[4]); got != "" {
			t.Errorf("%s and the paper's own report: got %q, want nothing", a.Name, got)
		}
	}
	originals := Originals(seq(articles...), relations)
	if got := fmt.Sprintf("%d articles, %d originals", len(articles), counting(originals)); got != "5 articles, 2 originals" {
		t.Error(got)
	}
	for _, o := range originals {
		if len(o.Members) == 4 && o.First != articles[0].Key {
			t.Errorf("first is %s (%s), want the earliest", o.First, o.Reason)
		}
	}
}

func TestRelations(t *testing.T) {
	story := page("a", "A", "2031-03-04", "", agencyText)
	tests := []struct {
		name string
		text string
		want recount.RelationKind
	}{
		{"the whole text", agencyText, recount.Copy},
		{"half of it with other paragraphs", otherText + "\n" + lines(agencyText, 0, 2, 3), recount.Copy},
		{"one paragraph of prose", otherText + "\n" + otherText[:400] + "\n" + lines(agencyText, 3) + " " + lines(agencyText, 5), recount.Partial},
		{"one quotation", otherText + "\n“We have the letters, and we have the stamps on the letters,” said a man in oilskins.", recount.QuoteOnly},
		{"one quotation in other marks", otherText + "\n\"We left people in the dark for five hours without telling them why, and there is no excuse for that,\" she had said.", recount.QuoteOnly},
		{"nothing", otherText, ""},
		{"a stock phrase", otherText + "\nIn other news, the company carried almost a million people last year and is owned by nobody.", recount.Trace},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := page("b", "B", "2031-03-05", "", tt.text)
			relations := findAll(t, story, b)
			if got := kindOf(relations, story, b); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			texts := map[recount.Key]string{story.Key: story.Text, b.Key: b.Text}
			for _, r := range relations {
				checkRelation(t, r, texts[r.A], texts[r.B])
			}
		})
	}
}

// checkRelation fails the test if a relation breaks what holds for all.
func checkRelation(t testing.TB, r recount.Relation, a, b string) {
	t.Helper()
	if r.A >= r.B {
		t.Errorf("relation %s, %s: not in order", r.A, r.B)
	}
	if r.CoverageA < 0 || r.CoverageA > 1000 || r.CoverageB < 0 || r.CoverageB > 1000 {
		t.Errorf("coverage %d, %d: outside 0 to 1000", r.CoverageA, r.CoverageB)
	}
	last := 0
	for _, s := range r.Spans {
		if !s.A.Within(a) || !s.B.Within(b) {
			t.Errorf("span %v lies outside its text", s)
		}
		if s.A.Start < last {
			t.Errorf("span %v overlaps the one before", s)
		}
		last = s.A.End
	}
}

func TestVersionsAreNoSources(t *testing.T) {
	a := page("a", "A", "2031-03-04T08:00:00Z", "", lines(agencyText, 0, 1, 2, 3))
	b := page("a", "A", "2031-03-04T18:00:00Z", "", agencyText)
	b.Key = recount.KeyOf("article", "a later version")
	if got := findAll(t, a, b); len(got) != 0 {
		t.Errorf("two versions of one page are related: %v", got)
	}
}

func TestOtherStoriesOnThePageAreSkipped(t *testing.T) {
	a := page("a", "A", "", "", agencyText)
	b := page("b", "B", "", "", otherText+"\n"+agencyText)
	b.Blocks = []recount.Block{
		{Span: recount.Span{Start: 0, End: len(otherText)}, Role: recount.Body},
		{Span: recount.Span{Start: len(otherText) + 1, End: len(b.Text)}, Role: recount.Related},
	}
	if got := findAll(t, a, b); len(got) != 0 {
		t.Errorf("the teaser of another story makes a relation: %v", got)
	}
}

// invented returns a text of n words that no other seed gives.
func invented(seed uint64, n int) string {
	r := rand.New(rand.NewPCG(seed, 7))
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		for range 2 + r.IntN(3) {
			b.WriteByte("bdfgklmnprstvz"[r.IntN(14)])
			b.WriteByte("aeiou"[r.IntN(5)])
		}
		if i%17 == 16 {
			b.WriteByte('.')
		}
	}
	return b.String()
}

func TestASplicedPageJoinsNobody(t *testing.T) {
	one, two, three := invented(1, 300), invented(2, 300), invented(3, 800)
	a := page("a", "A", "2031-01-01", "", one)
	b := page("b", "B", "2031-01-02", "", two)
	c := page("c", "C", "2031-01-02", "", three)
	a2 := page("a2", "A2", "2031-01-03", "", one+"\n"+invented(9, 40))
	tests := []struct {
		name      string
		published string
		text      string
		originals int
		spliced   bool
	}{
		{"two stories one after the other", "2031-02-01", one + "\n" + two, 3, true},
		{"two stories, date unknown", "", one + "\n" + two, 3, true},
		{"the long text from which both were cut", "2030-12-01", one + "\n" + two, 2, false},
		{"passages of three, none of them a copy", "2031-02-01",
			one[:len(one)/2] + "\n" + two[:len(two)/2] + "\n" + three[:len(three)/5], 3, true},
		{"a copy with paragraphs of its own", "2031-02-01", one + "\n" + invented(4, 200), 3, false},
		{"its own text", "2031-02-01", invented(5, 200), 4, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			x := page("x", "X", tt.published, "", tt.text)
			articles := []*recount.Article{a, b, c, a2, x}
			originals := Originals(seq(articles...), findAll(t, articles...))
			if got := counting(originals); got != tt.originals {
				t.Errorf("got %d originals, want %d: %v", got, tt.originals, originals)
			}
			for _, o := range originals {
				if o.Spliced != (tt.spliced && o.Members[0] == x.Key) {
					t.Errorf("original %v: spliced is %t", o.Members, o.Spliced)
				}
			}
		})
	}
}

func TestChainsOfPartsDoNotJoin(t *testing.T) {
	// Each article shares a passage with the next one; none is a copy.
	var articles []*recount.Article
	for i := range uint64(6) {
		text := invented(100+i, 45) + "\n" + invented(200+i, 150) + "\n" + invented(101+i, 45)
		articles = append(articles, page(fmt.Sprint("p", i), fmt.Sprint("P", i), "", "", text))
	}
	relations := findAll(t, articles...)
	if len(relations) != 5 {
		t.Errorf("got %d relations, want 5", len(relations))
	}
	if got := len(Originals(seq(articles...), relations)); got != 6 {
		t.Errorf("got %d originals, want 6", got)
	}
}

// village is a corpus with every kind of relation in it.
func village() []*recount.Article {
	articles := mastheads()
	for i := range uint64(12) {
		text := invented(i/3, 120+int(i)*7)
		if i%4 == 3 {
			text += "\n“" + invented(77, 14) + "”, a man said.\n" + invented(50+i, 90)
		}
		articles = append(articles, page(fmt.Sprint("v", i), fmt.Sprint("V", i%5), fmt.Sprintf("2031-04-%02d", 1+i), "", text))
	}
	for i := range uint64(120) { // more than maxCommon run one text
		articles = append(articles, page(fmt.Sprint("w", i), fmt.Sprint("W", i), "", "", invented(900, 60)+"\n"+invented(1000+i, 20)))
	}
	return articles
}

func TestOrderOfArrivalDoesNotMatter(t *testing.T) {
	articles := village()
	relations := findAll(t, articles...)
	originals := Originals(seq(articles...), relations)
	if len(relations) < 130 {
		t.Fatalf("got %d relations, the corpus is too plain for this test", len(relations))
	}
	if n := slices.MaxFunc(originals, func(x, y recount.Original) int { return len(x.Members) - len(y.Members) }); len(n.Members) != 120 {
		t.Errorf("the text that 120 run makes an original of %d", len(n.Members))
	}
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(seed, 3))
		r.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
		again := findAll(t, articles...)
		if d := cmp.Diff(relations, again); d != "" {
			t.Fatalf("order %d gives other relations (-first +now):\n%s", seed, d)
		}
		r.Shuffle(len(again), func(i, j int) { again[i], again[j] = again[j], again[i] })
		if d := cmp.Diff(originals, Originals(seq(articles...), again)); d != "" {
			t.Fatalf("order %d gives other originals (-first +now):\n%s", seed, d)
		}
	}
}

func TestAddingOneByOneEqualsAddingAtOnce(t *testing.T) {
	articles := village()
	want := findAll(t, articles...)
	changed := *articles[3]
	changed.Text = otherText + "\nAn earlier reading of the same page."
	before := append(slices.Clone(articles[:3]), &changed, page("gone", "Gone", "", "", agencyText))
	dir := t.TempDir()
	var got []recount.Relation
	for n := range 4 { // the last round adds nothing
		upTo := min(20+n*60, len(articles))
		round := articles[:upTo]
		if n == 0 {
			round = before
		}
		got = got[:0]
		for r, err := range Find(slices.Values(round), dir) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, r)
		}
		if n == 3 {
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("adding bit by bit gives other relations (-at once +bit by bit):\n%s", d)
			}
		}
	}
	f := &finder{dir: dir, workers: 1}
	if err := f.load(); err != nil {
		t.Fatal(err)
	}
	files := len(f.postings.Names())
	if err := f.index(slices.Values(articles)); err != nil {
		t.Fatal(err)
	}
	if now := len(f.postings.Names()); now != files {
		t.Errorf("indexing what is indexed makes %d new segments", now-files)
	}
}

func TestFindStopsAndFails(t *testing.T) {
	articles := mastheads()
	for range Find(seq(articles...), t.TempDir()) {
		break // must not hang nor leak
	}
	missing := filepath.Join(t.TempDir(), "absent")
	var got error
	for _, err := range Find(seq(articles...), missing) {
		got = err
	}
	if got == nil {
		t.Error("a directory that is absent gives no error")
	}
	second := false
	changing := func(yield func(*recount.Article) bool) {
		all := articles
		if second {
			all = articles[1:]
		}
		second = true
		for _, a := range all {
			if !yield(a) {
				return
			}
		}
	}
	got = nil
	for _, err := range Find(changing, t.TempDir()) {
		got = err
	}
	if got == nil {
		t.Error("articles that change between two readings give no error")
	}
}
