package cases

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/lang"
)

// A Field is one thing that an article may say of a person.
type Field string

// The fields of a profile.
const (
	Age         Field = "age"
	Gender      Field = "gender"
	Home        Field = "home"        // where the person comes from
	Residence   Field = "residence"   // where the person lives now
	Nationality Field = "nationality" // a country
	Occupation  Field = "occupation"  // job, role or rank
	Joined      Field = "joined"      // a month or year
	Left        Field = "left"
	Moved       Field = "moved"
	Place       Field = "place" // where the person spoke
)

// An Attribute is what an article says of a person, with its words.
type Attribute struct {
	Field       Field
	Value       string       // "29", "2014-03", "Karsova"; the words of the text where they need no reading
	At          recount.Span // the words that say it
	Probability recount.Milli
	AsOf        string // of an age: "" is the day of the article, a year or month where one is said, else then
}

// then is when an age was true that is told of the past without its year.
const then = "then"

// How sure a wording is, in thousandths: the share that was right on the
// studies with a truth, rounded down (docs/measurements-people.md).
const (
	sureAge        recount.Milli = 930
	sureNearAge    recount.Milli = 700
	sureThen       recount.Milli = 500 // an age of then, where no other is known
	sureHome       recount.Milli = 850
	sureOccupation recount.Milli = 850
	fairOccupation recount.Milli = 600
	sureNation     recount.Milli = 850
	sureDate       recount.Milli = 850
	fairDate       recount.Milli = 600
	sureGender     recount.Milli = 930
	fairGender     recount.Milli = 800
	surePlace      recount.Milli = 700
)

// A story is one article prepared for what it says of people.
type story struct {
	a        *recount.Article
	speakers []recount.Speaker
	lex      *lang.Lexicon
	words    *lexicon
	language string

	tokens  []lang.Token
	low     []string // of the tokens
	first   []int    // token of each sentence
	para    []int    // paragraph of each sentence
	speech  []int    // of each token: 0 outside speech, the speaker's number + 1, or -1 in speech of nobody known
	over    []int    // of each token: the anchor over it + 1, or 0
	anchors []anchor // in order of the text
	found   [][]Attribute
}

// An anchor is a place that speaks of a person.
type anchor struct {
	from, to int // tokens, half open
	who      int // number of the speaker, or nobody
	gender   recount.Gender
	pronoun  bool
}

const nobody = -1

// mostTokens is how long an article is read for profiles, and mostAnchors how
// many places that speak of people are looked at.
const (
	mostTokens  = 20000
	mostAnchors = 3000
)

// Profiles returns what an article says of each of some people, in the order
// of the people: attributes with their words, the surest of a field first. It
// reads the whole article: what stands beside a name, in a description, after
// "is", after "he" and "she" where they can only be that person, and what
// people say of themselves.
func Profiles(a *recount.Article, speakers []recount.Speaker, statements []recount.Statement) [][]Attribute {
	s := newStory(a, speakers, statements)
	s.read()
	return s.found
}

// read fills what is found of each person.
func (s *story) read() {
	for i := range s.anchors {
		if an := &s.anchors[i]; an.who != nobody && !an.pronoun {
			s.describeAnchor(an)
		}
	}
	for n := range s.first {
		s.readSentence(n)
	}
	for i := range s.speakers {
		s.readGender(i)
	}
	for i := range s.found {
		s.found[i] = tidy(s.found[i])
	}
}

// tidy keeps the surest wording of each value, ordered.
func tidy(as []Attribute) []Attribute {
	slices.SortStableFunc(as, func(x, y Attribute) int {
		return cmp.Or(strings.Compare(string(x.Field), string(y.Field)), cmp.Compare(y.Probability, x.Probability), cmp.Compare(x.At.Start, y.At.Start), cmp.Compare(x.At.End, y.At.End), strings.Compare(x.Value, y.Value))
	})
	var out []Attribute
	for _, x := range as {
		if !slices.ContainsFunc(out, func(o Attribute) bool { return o.Field == x.Field && strings.EqualFold(o.Value, x.Value) }) {
			out = append(out, x)
		}
	}
	return out
}

func newStory(a *recount.Article, speakers []recount.Speaker, statements []recount.Statement) *story {
	language := a.Language
	if i := strings.IndexAny(language, "-_"); i >= 0 {
		language = language[:i]
	}
	if language = strings.ToLower(language); language == "" {
		language = lang.Guess(a.Text)
	}
	s := &story{a: a, speakers: speakers, lex: lang.For(language), words: profileWords(), language: language, found: make([][]Attribute, len(speakers))}
	sentences := lang.Sentences(a.Text, language)
	s.tokens = lang.Tokens(a.Text, language, sentences)
	if len(s.tokens) > mostTokens {
		s.tokens = s.tokens[:mostTokens]
	}
	s.low = make([]string, len(s.tokens))
	for i := range s.tokens {
		s.low[i] = strings.ReplaceAll(strings.ToLower(s.tokens[i].Span.In(a.Text)), "’", "'")
	}
	para, at := 0, 0
	for i := range s.tokens {
		if i == 0 || s.tokens[i].Sentence != s.tokens[i-1].Sentence {
			para += strings.Count(a.Text[at:s.tokens[i].Span.Start], "\n")
			at = s.tokens[i].Span.Start
			s.first, s.para = append(s.first, i), append(s.para, para)
		}
	}
	if g := lang.English(); g != nil && language == "en" {
		for n := range s.first {
			part := s.tokens[s.first[n]:s.end(n)]
			if len(part) <= 240 {
				g.TagWords(part)
				g.TagNames(part)
			}
		}
	}
	s.markSpeech(statements)
	s.markAnchors()
	return s
}

// end returns the token after sentence n.
func (s *story) end(n int) int {
	if n+1 < len(s.first) {
		return s.first[n+1]
	}
	return len(s.tokens)
}

// sentence returns which sentence holds a token.
func (s *story) sentence(i int) int {
	n, ok := slices.BinarySearch(s.first, i)
	if !ok {
		n--
	}
	return n
}

func (s *story) pos(i int) string { return lang.Tags[s.tokens[i].POS] }
func (s *story) verb(i int) bool  { return strings.HasPrefix(s.pos(i), "VB") }
func (s *story) noun(i int) bool  { return strings.HasPrefix(s.pos(i), "NN") }

// class returns what the lexicon calls a word for people and things, in German
// by the end of a compound and in Arabic without the article.
func (s *story) class(w string) string {
	c := s.lex.Nouns[w]
	if c != "" {
		return c
	}
	switch s.language {
	case "de":
		for _, w := range []string{w, strings.TrimSuffix(w, "in")} { // "Altenpflegerin"
			for k := range w {
				if k > 2 && len(w)-k >= 4 {
					if c := s.lex.Nouns[w[k:]]; lang.Somebody(c) {
						return c
					}
				}
			}
		}
	case "ar":
		return s.lex.Nouns[strings.TrimPrefix(w, "ال")]
	}
	return ""
}

func (s *story) title(i int) bool {
	r, _ := utf8.DecodeRuneInString(s.tokens[i].Span.In(s.a.Text))
	return unicode.IsUpper(r)
}

// span returns the text span of some tokens.
func (s *story) span(from, to int) recount.Span {
	return recount.Span{Start: s.tokens[from].Span.Start, End: s.tokens[to-1].Span.End}
}

func (s *story) put(who int, f Field, value string, at recount.Span, p recount.Milli) {
	if who >= 0 && value != "" {
		s.found[who] = append(s.found[who], Attribute{Field: f, Value: value, At: at, Probability: p})
	}
}

// tokensOf returns the tokens that a span covers.
func (s *story) tokensOf(sp recount.Span) (from, to int) {
	from, _ = slices.BinarySearchFunc(s.tokens, sp.Start, func(t lang.Token, at int) int { return cmp.Compare(t.Span.End-1, at) })
	to = from
	for to < len(s.tokens) && s.tokens[to].Span.Start < sp.End {
		to++
	}
	return from, to
}

// markSpeech notes whose words each token is.
func (s *story) markSpeech(statements []recount.Statement) {
	s.speech = make([]int, len(s.tokens))
	open := false
	for i := range s.tokens {
		if n := s.sentence(i); s.first[n] == i && n > 0 && s.para[n] != s.para[n-1] {
			open = false
		}
		switch s.low[i] {
		case "“", "«", "„":
			open = true
			continue
		case "”", "»":
			open = false
			continue
		case `"`:
			open = !open
			continue
		}
		if open {
			s.speech[i] = -1
		}
	}
	number := map[string]int{}
	for i := range s.speakers {
		number[s.speakers[i].ID] = i
	}
	for i := range statements {
		st := &statements[i]
		who, known := number[st.Speaker]
		for _, c := range st.Content {
			from, to := s.tokensOf(c)
			for k := from; k < to; k++ {
				if st.Type == recount.Direct || s.speech[k] != 0 {
					if s.speech[k] = -1; known {
						s.speech[k] = who + 1
					}
				}
			}
		}
	}
}

// markAnchors finds the places that speak of people: the mentions that were
// read, further names and kin, and then the pronouns outside speech.
func (s *story) markAnchors() {
	s.over = make([]int, len(s.tokens))
	var as []anchor
	add := func(a anchor) {
		for k := a.from; k < a.to; k++ {
			s.over[k] = 1
		}
		as = append(as, a)
	}
	last := map[string]int{} // last word of a name -> speaker
	for i := range s.speakers {
		sp := &s.speakers[i]
		if sp.Kind == recount.Named || sp.Kind == recount.Pseudonym {
			if ws := strings.Fields(strings.ToLower(sp.Name)); len(ws) > 0 {
				w := strings.Trim(ws[len(ws)-1], `"'“”‘’`)
				if _, twice := last[w]; twice {
					last[w] = nobody
				} else {
					last[w] = i
				}
			}
		}
		for _, m := range sp.Mentions {
			from, to := s.tokensOf(m)
			if from >= to {
				continue
			}
			if to == from+1 {
				if g := s.lex.Pronouns[s.low[from]]; g == "m" || g == "f" || g == "1" || g == "p" {
					if g == "m" || g == "f" {
						add(anchor{from, to, i, sp.Gender, true})
					}
					continue
				}
			}
			// A mention that goes on behind its description ends with it.
			add(anchor{from, to, i, sp.Gender, false})
		}
	}
	// names and kin of others
	for i := 0; i < len(s.tokens); i++ {
		if s.over[i] != 0 || s.speech[i] != 0 {
			continue
		}
		if i > 0 && s.words.is("kin "+s.language, s.low[i]) && (s.low[i-1] == "his" || s.low[i-1] == "her" || s.low[i-1] == "whose" || s.pos(i-1) == "POS") {
			g := recount.UnknownGender
			switch s.lex.Nouns[s.low[i]] {
			case "woman":
				g = recount.Woman
			case "man":
				g = recount.Man
			}
			add(anchor{i - 1, i + 1, nobody, g, false})
			continue
		}
		if k, ok := last[s.low[i]]; ok && k != nobody && s.low[i] != s.tokens[i].Span.In(s.a.Text) && !s.title(i) {
			add(anchor{i, i + 1, k, s.speakers[k].Gender, false}) // "al-Hadidi"
			continue
		}
		if s.tokens[i].Name != lang.Person || !s.title(i) {
			continue
		}
		to := i + 1
		for to < len(s.tokens) && s.over[to] == 0 && s.tokens[to].Name == lang.Person && s.title(to) && s.tokens[to].Sentence == s.tokens[i].Sentence {
			to++
		}
		who := nobody
		g, _ := lang.FirstName(s.low[i])
		if _, ok := last[s.low[to-1]]; !ok && i > 0 && (s.low[i-1] == "in" || s.low[i-1] == "of" || s.low[i-1] == "from" || s.low[i-1] == "at") && g == recount.UnknownGender {
			i = to - 1
			continue // a place
		}
		for _, w := range []string{s.low[to-1], s.low[i]} {
			if k, ok := last[w]; ok && k != nobody && who == nobody {
				who, g = k, s.speakers[k].Gender
			}
		}
		add(anchor{i, to, who, g, false})
		i = to - 1
	}
	slices.SortFunc(as, func(x, y anchor) int {
		return cmp.Or(cmp.Compare(x.from, y.from), cmp.Compare(y.to, x.to), cmp.Compare(x.who, y.who))
	})
	// pronouns
	var out []anchor
	next := 0
	for i := range s.tokens {
		for next < len(as) && as[next].from == i {
			out = append(out, as[next])
			next++
		}
		if s.over[i] != 0 || s.speech[i] != 0 {
			continue
		}
		switch s.low[i] {
		case "he", "she":
			g := recount.Man
			if s.low[i] == "she" {
				g = recount.Woman
			}
			who := s.resolve(out, i, g)
			if who == nobody && next < len(as) && (as[next].from == i+2 && s.verb(i+1)) {
				who = as[next].who // "he was Sparrow"
			}
			out = append(out, anchor{i, i + 1, who, g, true})
		case "the":
			if i+1 < len(s.low) && s.over[i+1] == 0 {
				if _, to, ok := s.yearOld(i + 1); ok && to < len(s.low) && !s.noun(to) {
					out = append(out, anchor{i, to, s.resolve(out, i, recount.UnknownGender), recount.UnknownGender, true})
				}
			}
		}
	}
	if len(out) > mostAnchors {
		out = out[:mostAnchors]
	}
	s.anchors = out
	for i := range s.over {
		s.over[i] = 0
	}
	for n, a := range s.anchors {
		for k := a.from; k < a.to; k++ {
			s.over[k] = n + 1
		}
	}
}

// resolve returns whom a pronoun means: the first person of that gender in the
// nearest sentence before that has one, or the nearest in its own; else one
// whose gender is not known; else whom the article speaks of most. With an
// unknown gender it is whoever stands there alone.
func (s *story) resolve(before []anchor, i int, g recount.Gender) int {
	here := s.sentence(i)
	for _, exact := range []bool{true, false} {
		fits := func(a *anchor) bool {
			switch {
			case a.who == nobody && a.pronoun:
				return false
			case a.gender == g || g == recount.UnknownGender:
				return a.who == nobody || s.speakers[a.who].Kind.Person()
			}
			return !exact && !known(a.gender) && a.who != nobody && s.speakers[a.who].Kind.Person() && s.speakers[a.who].Kind != recount.Anonymous
		}
		for k := len(before) - 1; k >= 0 && s.sentence(before[k].from) == here; k-- {
			if fits(&before[k]) {
				return before[k].who
			}
		}
		best, at := nobody, -1
		for k := len(before) - 1; k >= 0; k-- {
			n := s.sentence(before[k].from)
			if n == here {
				continue
			}
			if s.para[here]-s.para[n] > 1 || at >= 0 && n != at {
				break
			}
			if fits(&before[k]) {
				best, at = before[k].who, n
			}
		}
		if at >= 0 {
			return best
		}
	}
	// the person of that gender whom the article speaks of most by far
	spoken := map[int]int{}
	for k := range before {
		if a := &before[k]; a.who != nobody && (a.gender == g || g == recount.UnknownGender) && s.speakers[a.who].Kind.Person() {
			spoken[a.who]++
		}
	}
	most, second, who := 0, 0, nobody
	for k := range s.speakers {
		switch n := spoken[k]; {
		case n > most:
			most, second, who = n, most, k
		case n > second:
			second = n
		}
	}
	if most >= 3 && most >= 2*second {
		return who
	}
	return nobody
}

// number reads an age in digits or words.
func (s *story) number(i int) (string, bool) {
	w := s.low[i]
	if n, err := strconv.Atoi(w); err == nil {
		return w, n >= 5 && n <= 110
	}
	if n := numberWord(w); n >= 12 && n < 100 {
		return strconv.Itoa(n), true
	}
	return "", false
}

func (s *story) isNumber(i int) bool {
	_, ok := s.number(i)
	return ok
}

var (
	units = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
	tens  = strings.Fields("twenty thirty forty fifty sixty seventy eighty ninety")
)

// numberWord reads a number below a hundred in words, or returns -1.
func numberWord(w string) int {
	if n := slices.Index(units, w); n >= 0 {
		return n
	}
	ten, one, _ := strings.Cut(w, "-")
	n := slices.Index(tens, ten)
	if n < 0 {
		return -1
	}
	n = 20 + 10*n
	if one == "" {
		return n
	}
	if k := slices.Index(units, one); k > 0 && k < 10 {
		return n + k
	}
	return -1
}

// yearOld reads "29-year-old", "29 ans" or "52-jährige" at a token, and returns
// the token after it.
func (s *story) yearOld(i int) (age string, to int, ok bool) {
	w := s.low[i]
	if k := strings.IndexByte(w, '-'); k > 0 && s.words.is("years", w[k+1:]) {
		if n, err := strconv.Atoi(w[:k]); err == nil && n >= 5 && n <= 110 {
			return w[:k], i + 1, !s.lasting(i, i+1)
		}
		if n := numberWord(w[:k]); n >= 5 {
			return strconv.Itoa(n), i + 1, !s.lasting(i, i+1)
		}
	}
	if k := strings.Index(w, "-year-old"); k > 0 {
		if n := numberWord(w[:k]); n >= 5 {
			return strconv.Itoa(n), i + 1, true
		}
	}
	if age, ok = s.number(i); !ok {
		return "", i, false
	}
	for n := 3; n > 0; n-- {
		if i+n < len(s.low) && s.tokens[i+n].Sentence == s.tokens[i].Sentence && s.words.is("years", strings.Join(s.low[i+1:i+1+n], " ")) {
			return age, i + 1 + n, !s.lasting(i, i+1+n)
		}
	}
	return "", i, false
}

// nation returns the country that a word calls somebody's.
func (s *story) nation(i int) (country string, to int) {
	if i+1 < len(s.low) {
		if c, ok := s.words.has("countries", s.low[i]+" "+s.low[i+1]); ok {
			return c, i + 2
		}
	}
	if c, ok := s.words.has("countries", s.low[i]); ok && s.title(i) {
		return c, i + 1
	}
	return "", i
}

// describeAnchor reads what stands in, after and before a mention.
func (s *story) describeAnchor(a *anchor) {
	n := s.sentence(a.from)
	end := s.end(n)
	if s.speech[a.from] == 0 || s.speakers[a.who].Kind != recount.Anonymous {
		if s.low[a.from] == "a" || s.low[a.from] == "an" || s.low[a.from] == "the" || s.low[a.from] == "one" || s.low[a.from] == "another" || !s.title(a.from) ||
			s.speakers[a.who].Kind == recount.Anonymous {
			s.describe(a.from, end, a.who, true)
		}
	}
	if a.to < end {
		s.describe(a.to, end, a.who, false)
	}
	s.before(a, s.first[n])
	// ages of other languages stand within the mention or close to it
	if s.language != "en" {
		for i := a.from; i < min(end, a.to+3); i++ {
			if i < a.to && s.speakers[a.who].Kind == recount.Named && slices.Contains(strings.Fields(strings.ToLower(s.speakers[a.who].Name)), s.low[i]) {
				continue // "Lohmann" is no man
			}
			if lang.Somebody(s.class(s.low[i])) && !s.words.is("bare", s.low[i]) && !s.words.is("bare "+s.language, s.low[i]) && (i < a.to || s.low[a.to] == ",") {
				s.put(a.who, Occupation, s.tokens[i].Span.In(s.a.Text), s.tokens[i].Span, fairOccupation)
				break
			}
		}
		for i := max(s.first[n], a.from-6); i < min(end, a.to+8); i++ {
			if age, to, ok := s.yearOld(i); ok && s.nearest(i) == a.who {
				s.put(a.who, Age, age, s.span(i, to), sureNearAge)
			}
		}
	}
}

// lasting reports whether years [i, to) are how long something lasted or since
// when it is: "20 ans de service", "hace 12 años", "40-jährige Dienstzeit".
func (s *story) lasting(i, to int) bool {
	if to < len(s.low) {
		w := s.low[to]
		if of := w == "de" || w == "di"; of && to+1 < len(s.low) && !s.words.is("age", s.low[to+1]) {
			return true
		}
		if strings.HasPrefix(w, "d’") || strings.HasPrefix(w, "d'") || w == "d" || s.words.is("terms", w) {
			return true
		}
	}
	return i > 0 && s.words.is("since", s.low[i-1]) || i > 1 && s.words.is("since", s.low[i-2]+" "+s.low[i-1])
}

// nearest returns the person whose mention stands nearest to a token of the
// same sentence.
func (s *story) nearest(i int) int {
	n := s.sentence(i)
	best, who := 1<<30, nobody
	k, _ := slices.BinarySearchFunc(s.anchors, s.first[n], func(a anchor, at int) int { return cmp.Compare(a.from, at) })
	for ; k < len(s.anchors) && s.anchors[k].from < s.end(n); k++ {
		a := &s.anchors[k]
		if a.pronoun {
			continue
		}
		d := 0
		switch {
		case i < a.from:
			d = a.from - i
		case i >= a.to:
			d = i - a.to + 1
		}
		if d < best {
			best, who = d, a.who
		}
	}
	return who
}

// describe reads a chain of descriptions: ", 29, a roofer from Sudrecia", "a
// nursing student from the coast".
func (s *story) describe(i, end, who int, inside bool) {
	commas := 0
	for start := i; i < end; {
		if s.speech[i] != 0 && s.speech[start] == 0 {
			return
		}
		w := s.low[i]
		switch {
		case w == "," || w == "(" || w == ")" || w == "–" || w == "—":
			if commas++; commas > 6 {
				return
			}
			i++
			continue
		case w == "and" && i+1 < end && (s.low[i+1] == "a" || s.low[i+1] == "an"):
			i++
			continue
		case w == "aged" || w == "age":
			i++
			continue
		case w == "then" && i+1 < end:
			if next := s.ageThen(i, end, who); next > i {
				i = next
				continue
			}
			return
		case w == "who" && i+2 < end && (s.low[i+1] == "is" || s.low[i+1] == "was" || s.low[i+1] == "'s"):
			if _, ok := s.number(i + 2); !ok && s.low[i+2] != "a" && s.low[i+2] != "an" && s.low[i+2] != "from" {
				return
			}
			i += 2
			continue
		case s.words.is("from "+s.language, w) && i+1 < end:
			at, next, ok := s.place(i+1, end)
			if !ok {
				return
			}
			s.putHome(who, at, sureHome)
			i = next
			continue
		case w == "of" && i+1 < end && i > start && s.isNumber(i+1):
			to := i + 2
			if _, after, ok := s.yearOld(i + 1); ok {
				to = after // "a man of 43 years of age"
			} else if !s.closes(to, end) {
				return // "of forty years' standing", "of 14 Mill Road"
			}
			if !s.words.is("counted", s.low[i-1]) {
				age, _ := s.number(i + 1)
				s.put(who, Age, age, s.span(i+1, to), sureAge)
			}
			i = to
			continue
		case w == "of" && i+1 < end && s.title(i+1) && commas > 0:
			if at, next, ok := s.place(i+1, end); ok {
				s.putHome(who, at, sureHome-100)
				i = next
				continue
			}
			return
		case w == "in" && i+2 < end && (s.low[i+1] == "his" || s.low[i+1] == "her" || s.low[i+1] == "their"):
			if decade(s.low[i+2]) != "" || i+3 < end && decade(s.low[i+3]) != "" {
				k := i + 2
				if decade(s.low[k]) == "" {
					k++
				}
				s.put(who, Age, decade(s.low[k]), s.span(i, k+1), sureAge)
				i = k + 1
				continue
			}
			return
		}
		if age, to, ok := s.yearOld(i); ok {
			s.put(who, Age, age, s.span(i, to), sureAge)
			i = to
			continue
		}
		if age, ok := s.number(i); ok && (commas > 0 || inside) {
			if to := s.pastBehind(i+1, end); to > i+1 {
				s.putThen(who, age, i, to, end)
				i = to
				continue
			}
		}
		if age, ok := s.number(i); ok && s.closes(i+1, end) && (i == start || inside || commas > 0 && !s.title(i-1)) { // no "Mill Road 14"
			s.put(who, Age, age, s.span(i, i+1), sureAge)
			i++
			continue
		}
		if !inside && commas == 0 && i == start && s.low[i] != "a" && s.low[i] != "an" && s.low[i] != "the" {
			return // the sentence goes on
		}
		to := s.group(i, end, who)
		if to == i {
			return
		}
		i = to
	}
}

var decades = strings.Fields("twenties thirties forties fifties sixties seventies eighties nineties teens")

// closes reports whether a number before this token stands alone.
func (s *story) closes(i, end int) bool {
	if i >= end {
		return true
	}
	switch s.low[i] {
	case ",", ".", ")", ";", ":", "and", "from", "who", "?", "!", "”", `"`, "but", "now":
		return true
	}
	return false
}

// group reads one group of words around a noun: "a former bus mechanic",
// "Jordanian nurse", "quartermaster's clerk". It returns the token after it.
func (s *story) group(i, end, who int) int {
	start, head, words := i, -1, i
	for i < end && s.speech[i] == s.speech[start] {
		w := s.low[i]
		if age, to, ok := s.yearOld(i); ok {
			s.put(who, Age, age, s.span(i, to), sureAge)
			i, words = to, to
			continue
		}
		if c, to := s.nation(i); c != "" {
			s.put(who, Nationality, c, s.span(i, to), sureNation)
			if words == i {
				words = to
			}
			if head < 0 && (to == end || !s.noun(to)) {
				i = to // "a Veldmarker", "a Pole"
				continue
			}
			i = to
			continue
		}
		if d := s.people(i, end, start); d {
			s.put(who, Home, s.tokens[i].Span.In(s.a.Text), s.tokens[i].Span, fairOccupation)
			i++
			words = i
			continue
		}
		switch p := s.pos(i); {
		case w == "former" || w == "ex" || w == "one-time" || w == "retired" || w == "then" || w == "now" || w == "once":
			i, words = i+1, i+1
			continue
		case p == "DT" || p == "PRP$" || w == "another" || w == "one" || s.language != "en" && s.words.is("articles", w):
			if head >= 0 {
				return s.occupation(words, head, who, i)
			}
			i, words = i+1, i+1
			continue
		case strings.HasPrefix(p, "NN") || s.class(w) != "":
			head = i
			i++
			continue
		case p == "JJ" || p == "VBN" && head < 0 || p == "VBG" && head < 0 || p == "POS" || w == "-" || p == "JJR" || p == "JJS":
			if head >= 0 && p != "POS" {
				return s.occupation(words, head, who, i)
			}
			i++
			continue
		case w == "of" && head >= 0 && i+1 < end && (s.noun(i+1) || s.pos(i+1) == "DT") && !s.title(i+1) && s.lex.Nouns[s.low[head]] != "" && !s.words.is("bare", s.low[head]):
			k := i + 1
			for k < end && (s.pos(k) == "DT" || s.pos(k) == "JJ") {
				k++
			}
			if k < end && s.noun(k) && !s.title(k) {
				return s.occupation(words, k, who, k+1)
			}
		}
		break
	}
	return s.occupation(words, head, who, i)
}

// people reports whether a token behind an article calls somebody after a place
// that the words do not know: "a Veldmarker", "a Veldmark baker".
func (s *story) people(i, end, start int) bool {
	if i == start || !s.title(i) || s.pos(i-1) != "DT" && s.low[i-1] != "former" || s.over[i] != 0 && s.anchors[s.over[i]-1].from == i {
		return false
	}
	w := s.low[i]
	if i+1 < end && (s.noun(i+1) || s.pos(i+1) == "JJ") && !s.title(i+1) {
		class := s.lex.Nouns[w]
		return class == "" && !s.lex.Bodies[w] && s.lex.Person(s.low[i+1])
	}
	for _, d := range demonyms {
		if len(d) > 1 && len(w) > len(d)+3 && strings.HasSuffix(w, d) && s.lex.Nouns[w] == "" {
			return true
		}
	}
	return false
}

// occupation notes the words up to a head noun that is a job, and returns next.
func (s *story) occupation(words, head, who, next int) int {
	if head < 0 || words > head {
		return next
	}
	for words < head && (s.pos(words) == "DT" || s.pos(words) == "JJ" && head-words > 2 || s.pos(words) == "POS") {
		words++
	}
	h := s.low[head]
	// "teacher of reading": the job is the first noun
	job := h
	for k := words; k <= head; k++ {
		if s.low[k] == "of" && k > words {
			job = s.low[k-1]
			break
		}
	}
	class := s.class(job)
	if s.words.is("bare", job) || class == "organisation" || class == "document" || class == "collective" || s.pos(head) == "NNS" || s.title(head) && class == "" && s.language != "de" {
		return next
	}
	p := fairOccupation
	if lang.Somebody(class) {
		p = sureOccupation
	} else if !s.noun(head) {
		return next
	} else if !agentive(job) || words == 0 || s.low[words-1] != "a" && s.low[words-1] != "an" && s.low[words-1] != "former" {
		return next
	}
	if head-words > 4 {
		words = head - 2
	}
	s.put(who, Occupation, s.span(words, head+1).In(s.a.Text), s.span(words, head+1), p)
	return next
}

// agentive reports whether a noun looks like one for somebody who does a job.
func agentive(w string) bool {
	for _, end := range []string{"er", "or", "ist", "ian", "man", "woman", "ant", "eer", "smith", "keeper", "wright", "herd", "hand", "maid", "guard"} {
		if len(w) > len(end)+1 && strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// before reads what stands before a name: "the former teacher Ivo Sand".
func (s *story) before(a *anchor, first int) {
	if s.speakers[a.who].Kind != recount.Named || !s.title(a.from) {
		return
	}
	i := a.from
	if i > first+1 && s.low[i-1] == "," && s.over[i-2] == 0 && s.noun(i-2) && !s.title(i-2) {
		// "the company's spokesman, Ivo Lind"
		k := i - 2
		for k > first && s.over[k-1] == 0 && (s.noun(k-1) || s.pos(k-1) == "POS" || s.pos(k-1) == "JJ" || s.pos(k-1) == "DT" || s.pos(k-1) == "PRP$") {
			k--
		}
		if s.pos(k) == "DT" || s.pos(k) == "PRP$" || s.noun(k) && k+1 < i-1 && s.pos(k+1) == "POS" {
			s.group(k, i-1, a.who)
		}
	}
	for i > first && s.over[i-1] == 0 && s.speech[i-1] == 0 && (s.noun(i-1) && !s.title(i-1) || s.pos(i-1) == "JJ" || s.lex.Titles[s.low[i-1]] != "" || s.pos(i-1) == "POS") {
		i--
	}
	if i == a.from {
		// a title inside the mention
		if w := s.low[a.from]; s.words.is("offices", strings.TrimSuffix(w, ".")) && a.to-a.from > 1 {
			s.put(a.who, Occupation, s.tokens[a.from].Span.In(s.a.Text), s.tokens[a.from].Span, sureOccupation)
		}
		return
	}
	if age, to, ok := s.yearOld(i); ok {
		s.put(a.who, Age, age, s.span(i, to), sureAge)
		i = to
	}
	if i < a.from {
		s.group(i, a.from, a.who)
	}
}

// place reads the name of a place: "the north of Karsova", "Pell Sands, Orlund".
func (s *story) place(i, end int) (at recount.Span, next int, ok bool) {
	from, named, last := i, false, i
	for i < end && i-from < 12 {
		w := s.low[i]
		p := s.pos(i)
		switch {
		case w == "his" || w == "her" || w == "their" || w == "its" || w == "my":
			return at, from, false
		case s.title(i) && s.month(i) == 0:
			if s.words.is("offices", w) || s.lex.Nouns[w] == "organisation" || s.lex.Bodies[w] || w == "order" {
				return at, from, false
			}
			named, last = true, i+1
			i++
			continue
		case p == "DT" || p == "JJ" || strings.HasPrefix(p, "NN") || p == "POS" || w == "-" || s.language != "en" && utf8.RuneCountInString(w) < 4 && !s.title(i):
			if named && p != "POS" && !strings.HasPrefix(p, "NN") && p != "DT" {
				break
			}
			if named && strings.HasPrefix(p, "NN") && i > from && s.pos(i-1) != "POS" && s.pos(i-1) != "JJ" && s.pos(i-1) != "NN" {
				break
			}
			if strings.HasPrefix(p, "NN") {
				last = i + 1
			}
			i++
			continue
		case !named && (w == "of" || w == "in" || w == "above" || w == "near" || w == "outside" || w == "on" || w == "below" || w == "north" || w == "south") && i > from:
			i++
			continue
		case w == "," && named && i+1 < end && s.title(i+1) && s.over[i+1] == 0 && s.month(i+1) == 0:
			k := i + 1
			for k < end && s.title(k) {
				k++
			}
			if k-i <= 3 && (k == end || s.closes(k, end) || s.low[k] == "said" || s.low[k] == "told") {
				return s.span(from, k), k, true
			}
		case named && (w == "in" || w == "on") && i+1 < end && s.title(i+1) && s.month(i+1) == 0 && s.over[i+1] == 0:
			i++
			continue
		}
		break
	}
	if !named || last <= from {
		return at, from, false
	}
	return s.span(from, last), last, true
}

func (s *story) putHome(who int, at recount.Span, p recount.Milli) {
	value := at.In(s.a.Text)
	if s.words.named[value] {
		s.put(who, Nationality, value, at, p)
		return
	}
	for _, part := range append([]string{value}, strings.FieldsFunc(value, func(r rune) bool { return r == ',' })...) {
		part = strings.TrimSpace(part)
		if s.words.named[part] {
			s.put(who, Nationality, part, at, p-100)
		} else if k := strings.LastIndexByte(part, ' '); s.words.named[part[k+1:]] {
			s.put(who, Nationality, part[k+1:], at, p-100)
		}
	}
	s.put(who, Home, value, at, p)
}

// phrase returns the length of the longest phrase of a section that stands at a
// token, 0 if none does; sure is false for one that says it less surely.
func (s *story) phrase(section string, i, end int) (n int, sure bool) {
	for n := min(s.words.begins[section][s.low[i]], end-i); n > 0; n-- {
		p := strings.Join(s.low[i:i+n], " ")
		if s.words.is(section, p) {
			return n, true
		}
		if s.words.is(section, "!"+p) {
			return n, false
		}
	}
	return 0, false
}

// readSentence reads what the verbs of a sentence tell of people.
func (s *story) readSentence(n int) {
	first, end := s.first[n], s.end(n)
	for i := first; i < end; i++ {
		for _, f := range []struct {
			section string
			field   Field
		}{{"left", Left}, {"joined", Joined}, {"moved", Moved}} {
			k, sure := s.phrase(f.section+" "+s.language, i, end)
			if k == 0 || s.language == "en" && k == 1 && !s.verb(i) && (s.low[i] == "left" || s.low[i] == "retired" || s.low[i] == "settled") {
				continue
			}
			who := s.subject(i, first)
			if who == nobody {
				continue
			}
			value, at, ok := s.when(i, i+k, first, end)
			if !ok {
				continue
			}
			p := fairDate
			if sure {
				p = sureDate
			}
			s.put(who, f.field, value, at, p)
		}
		if s.language != "en" {
			continue
		}
		if s.low[i] == "both" && i+1 < end && s.speech[i] == 0 {
			s.readBoth(i, first, end)
		}
		if s.low[i] == "until" || s.low[i] == "till" {
			s.readUntil(i, first, end)
		}
		if k, _ := s.phrase("home en", i, end); k > 0 {
			if at, _, ok := s.place(i+k, end); ok {
				if who := s.subject(i, first); who != nobody {
					s.putHome(who, at, sureHome)
				}
			}
		}
		if k, _ := s.phrase("lives en", i, end); k > 0 {
			if at, _, ok := s.place(i+k, end); ok {
				s.put(s.subject(i, first), Residence, at.In(s.a.Text), at, sureHome)
			}
		}
		if k, _ := s.phrase("worked en", i, end); k > 0 && i+k < end {
			who := s.subject(i, first)
			if s.low[i] == "as" && s.speech[i] == 0 {
				who = s.actor(i, first)
			}
			if who != nobody {
				j := i + k
				if w := s.low[j]; w == "a" || w == "an" {
					j++
				}
				s.group(j, end, who)
			}
		} else if w := s.low[i]; (w == "was" || w == "is") && i+1 < end && s.pos(i+1) != "DT" && (s.noun(i+1) || i+2 < end && s.pos(i+1) == "JJ" && s.class(s.low[i+2]) == "person") && !s.title(i+1) {
			// "was activities co-ordinator"
			if who := s.subject(i, first); who != nobody {
				s.group(i+1, end, who)
			}
		}
		s.readAge(i, first, end)
		if age, to, ok := s.yearOld(i); ok && s.over[i] != 0 && s.anchors[s.over[i]-1].pronoun {
			s.put(s.anchors[s.over[i]-1].who, Age, age, s.span(i, to), sureNearAge)
		}
	}
}

// readBoth reads what is said of a couple: "Nia Pugh, 42, and her husband Gareth,
// 44, both carers at the harbour".
func (s *story) readBoth(i, first, end int) {
	if i == first || s.low[i-1] != "," {
		return
	}
	head := i + 1
	for head < end && s.pos(head) == "JJ" {
		head++
	}
	one, ok := singular(s.low[head:min(head+1, end)])
	if !ok || s.class(one) != "person" || s.words.is("bare", one) {
		return
	}
	a, b, joined := nobody, nobody, false
	for k := i - 1; k >= first; k-- {
		switch n := s.over[k]; {
		case s.low[k] == "and" && b != nobody:
			joined = true
		case n == 0 || s.anchors[n-1].who == nobody || s.speech[k] != 0:
		case b == nobody:
			b = s.anchors[n-1].who
		case s.anchors[n-1].who != b:
			if a = s.anchors[n-1].who; !joined {
				return
			}
			k = first
		}
	}
	if a == nobody {
		return
	}
	at := s.span(head, head+1)
	value, when, past := "", recount.Span{}, false
	for k := head + 1; k+1 < end && !stops[s.low[k]] && !past; k++ {
		if s.low[k] == "until" || s.low[k] == "till" {
			value, when, past = s.soon(k+1, first, end)
		}
	}
	for _, who := range []int{a, b} {
		s.put(who, Occupation, one, at, sureOccupation)
		if past {
			s.put(who, Left, value, when, fairDate)
		}
	}
}

// singular returns the singular of a word of a list of one.
func singular(w []string) (string, bool) {
	if len(w) == 0 || !strings.HasSuffix(w[0], "s") || strings.HasSuffix(w[0], "ss") {
		return "", false
	}
	if stem, ok := strings.CutSuffix(w[0], "ies"); ok {
		return stem + "y", true
	}
	return strings.TrimSuffix(w[0], "s"), true
}

// readUntil reads when somebody stopped being what a sentence says: "a carer at the
// harbour until last October", "She worked there until June 2030".
func (s *story) readUntil(i, first, end int) {
	value, at, ok := s.soon(i+1, first, end)
	if !ok {
		return
	}
	for k := i - 1; k >= max(first, i-14); k-- {
		if s.speech[k] != s.speech[i] || stops[s.low[k]] || s.low[k] == "and" {
			return
		}
		if n := s.over[k]; n != 0 && s.speech[i] == 0 {
			return // who is it that is described
		}
		if n, _ := s.phrase("worked en", k, end); n > 0 || s.low[k] == "worked" || s.low[k] == "served" {
			if who := s.subject(k, first); who != nobody {
				s.put(who, Left, value, at, fairDate)
			}
			return
		}
		if s.verb(k) {
			return
		}
		if (s.low[k] == "a" || s.low[k] == "an") && k > first && s.low[k-1] == "," && s.speech[i] == 0 && k+1 < i {
			// "Vera Holm, 41, a carer at the harbour until": who is described
			for j := k - 1; j >= max(first, k-8); j-- {
				if n := s.over[j]; n != 0 {
					if who := s.anchors[n-1].who; who != nobody {
						s.put(who, Left, value, at, fairDate)
					}
					return
				}
			}
			return
		}
	}
}

// soon reads a time in the next words.
func (s *story) soon(from, first, end int) (value string, at recount.Span, ok bool) {
	for k := from; k < min(end, from+5); k++ {
		if stops[s.low[k]] || s.verb(k) {
			break
		}
		if value, at, ok = s.time(k, first, end); ok {
			return value, at, true
		}
	}
	return "", at, false
}

// subject returns who does what the verb at a token says.
func (s *story) subject(i, first int) int {
	if s.speech[i] != 0 {
		near := true // nothing but helping words stand between
		for k := i - 1; k >= first && s.speech[k] == s.speech[i]; k-- {
			switch w := s.low[k]; {
			case w == "i" && near:
				return s.speech[i] - 1
			case w == "i", w == "he", w == "she", w == "they", w == "we", w == "it", w == "you", w == "who", w == "that", w == "which":
				return nobody
			case w == "and" || w == "then" || w == ",":
				// "I packed and left": the subject of what is joined
				for k--; k >= first && s.speech[k] == s.speech[i]; k-- {
					switch s.low[k] {
					case "i":
						return s.speech[i] - 1
					case "he", "she", "they", "we", "it", "you", "who", "that", "which":
						return nobody
					}
					if s.title(k) && s.noun(k) && k > first {
						return nobody
					}
				}
				return nobody
			case s.pos(k) == "RB" || s.pos(k) == "MD" || s.verb(k):
			default:
				near = false
			}
		}
		return nobody
	}
	k := i - 1
	for k >= first && (s.pos(k) == "RB" || s.pos(k) == "MD" || s.verb(k) && (s.low[k] == "had" || s.low[k] == "has" || s.low[k] == "was" || s.low[k] == "been" || s.low[k] == "have" || s.low[k] == "'d" || s.low[k] == "'s") || s.low[k] == "then" || s.low[k] == "now" || s.low[k] == "finally") {
		k--
	}
	if k < first {
		return nobody
	}
	if n := s.over[k]; n != 0 {
		return s.anchors[n-1].who
	}
	switch w := s.low[k]; {
	case w == "they" || w == "it" || w == "we" || w == "you" || w == "i":
		return nobody
	case (w == "who" || w == "that") && k > first && s.over[k-1] == 0 && (s.pos(k-1) == "NNS" || s.pos(k-1) == "DT"):
		return nobody
	case w == "," || w == "who" || w == "and" || w == "but" || w == ")" || w == "that" || w == "so" || s.pos(k) == "WP":
	case s.language == "en" && (s.noun(k) || s.pos(k) == "PRP") && k > first && !s.ofApposition(k, first):
		return nobody
	}
	relative := s.low[k] == "who"
	if relative && k > first && s.low[k-1] != "," && s.over[k-1] == 0 && !s.ofApposition(k-1, first) {
		return nobody // "anyone who left"
	}
	for ; k >= first; k-- {
		n := s.over[k]
		if n == 0 || s.speech[k] != 0 {
			continue
		}
		a := &s.anchors[n-1]
		if !relative && a.from > first && (s.pos(a.from-1) == "IN" || s.pos(a.from-1) == "TO") && s.low[a.from-1] != "because" && s.low[a.from-1] != "that" && s.low[a.from-1] != "after" {
			k = a.from
			continue
		}
		return a.who
	}
	return nobody
}

// actor returns the only person whom a sentence names before a token.
func (s *story) actor(i, first int) int {
	who := nobody
	for k := first; k < i; k++ {
		if n := s.over[k]; n != 0 {
			if a := &s.anchors[n-1]; a.who == nobody && !a.pronoun || who != nobody && a.who != who {
				return nobody
			} else if a.who != nobody {
				who = a.who
			}
		}
	}
	return who
}

// ofApposition reports whether a noun before a verb belongs to what is said of
// an anchor before it: "a roofer from Sudrecia", between commas or none.
func (s *story) ofApposition(k, first int) bool {
	for ; k >= first; k-- {
		if s.over[k] != 0 {
			return true
		}
		if s.verb(k) || s.low[k] == ";" {
			return false
		}
	}
	return false
}

// month returns the number of the month that a token names, 0 if none.
func (s *story) month(i int) int {
	w := s.low[i]
	if s.language == "ar" {
		w = strings.TrimSuffix(strings.Split(w, "/")[0], ".")
	}
	m, ok := s.words.has("months "+s.language, w)
	if !ok {
		return 0
	}
	if s.language == "en" || s.language == "de" {
		if !s.title(i) {
			return 0
		}
	}
	n, _ := strconv.Atoi(m)
	return n
}

// stops end the words that belong to a verb.
var stops = set("; : who which when because but where while if after before since although though ” \" “ ?")

// when finds the time that belongs to a verb: behind it, else before it in the
// same sentence.
func (s *story) when(verb, from, first, end int) (value string, at recount.Span, ok bool) {
	for i := from; i < min(end, from+18); i++ {
		if stops[s.low[i]] && !((s.low[i] == "before" || s.low[i] == "after" || s.low[i] == "since") && i+1 < end && s.month(i+1) > 0) || s.speech[i] != s.speech[verb] {
			break
		}
		if value, at, ok = s.time(i, first, end); ok {
			return value, at, true
		}
	}
	for i := verb - 1; i >= max(first, verb-22); i-- {
		if s.low[i] == ";" || s.speech[i] != s.speech[verb] {
			break
		}
		if value, at, ok = s.time(i, first, end); ok {
			return value, at, true
		}
	}
	return "", at, false
}

// time reads a month or a year at a token, as of the day of the article.
func (s *story) time(i, first, end int) (value string, at recount.Span, ok bool) {
	day := published(s.a)
	year, month, monthDay := day.Year(), day.Month(), day.Day()
	if monthDay == 0 {
		monthDay = 15
	}
	w := s.low[i]
	is := func(k int, words ...string) bool { return k >= first && k < end && slices.Contains(words, s.low[k]) }
	if m := s.month(i); m > 0 {
		if (w == "may" || w == "march" || w == "mars") && !is(i-1, "in", "of", "by", "since", "last", "until", "late", "early", "mid", "this", "from", "en") && !isDay(s, i-1, first) && !isYear(s, i+1, end) {
			return "", at, false
		}
		if is(i-1, "the") && is(i+1, "after", "before") {
			return "", at, false // of a year that only the story tells
		}
		from, to, y := i, i+1, 0
		k := i + 1
		if is(k, ",", "de", "del", "of") {
			k++
		}
		switch {
		case isYear(s, k, end):
			y, _ = strconv.Atoi(s.low[k])
			to = k + 1
		case is(i+1, "last") && is(i+2, "year"):
			y, to = year-1, i+3
		case is(i+1, "this") && is(i+2, "year"):
			y, to = year, i+3
		case isDay(s, i+1, end) && isYear(s, i+3, end):
			y, _ = strconv.Atoi(s.low[i+3])
			to = i + 4
		case year == 0:
			return "", at, false
		case is(i-1, "last") || is(i-1, "pasado"):
			from = i - 1
			if y = year; m >= month {
				y--
			}
		default:
			if y = year; m > month {
				y--
			}
		}
		if is(from-1, "in", "im", "en", "at", "on") {
			from--
		}
		return fmt.Sprintf("%04d-%02d", y, m), s.span(from, to), true
	}
	if isYear(s, i, end) && is(i-1, "in", "since", "by", "of", "early", "late", "en", "during") {
		if y, _ := strconv.Atoi(w); year == 0 || y <= year {
			return w, s.span(i-1, i+1), true
		}
	}
	if year == 0 {
		return "", at, false
	}
	back := func(months int) string {
		m := year*12 + month - 1 - months
		return fmt.Sprintf("%04d-%02d", m/12, m%12+1)
	}
	if w == "last" && i+1 < end && month > 0 {
		switch s.low[i+1] {
		case "month":
			return back(1), s.span(i, i+2), true
		case "year":
			return strconv.Itoa(year - 1), s.span(i, i+2), true
		case "week":
			if monthDay > 7 {
				return back(0), s.span(i, i+2), true
			}
		}
	}
	if w == "ago" && i-2 >= first && month > 0 {
		n := numberWord(s.low[i-2])
		if n < 0 {
			if v, err := strconv.Atoi(s.low[i-2]); err == nil {
				n = v
			} else if s.low[i-2] == "a" || s.low[i-2] == "an" {
				n = 1
			}
		}
		if n < 0 || n > 1200 {
			return "", at, false
		}
		switch s.low[i-1] {
		case "days", "day":
			return back((n + 30 - monthDay) / 30), s.span(i-2, i+1), true
		case "weeks", "week":
			return back((7*n + 30 - monthDay) / 30), s.span(i-2, i+1), true
		case "months", "month":
			return back(n), s.span(i-2, i+1), true
		case "years", "year":
			return strconv.Itoa(year - n), s.span(i-2, i+1), true
		}
	}
	return "", at, false
}

func isYear(s *story, i, end int) bool {
	if i < 0 || i >= end || len(s.low[i]) != 4 {
		return false
	}
	n, err := strconv.Atoi(s.low[i])
	return err == nil && n >= 1900 && n < 2100
}

func isDay(s *story, i, _ int) bool {
	if i < 0 || i >= len(s.low) {
		return false
	}
	n, err := strconv.Atoi(strings.TrimRight(s.low[i], "sthndr"))
	return err == nil && n >= 1 && n <= 31
}

// published returns the date of an article, unknown if it has none.
func published(a *recount.Article) recount.Date {
	d, _ := recount.ParseDate(a.Published)
	return d
}

// readGender notes what shows the gender that was read.
func (s *story) readGender(who int) {
	g := s.speakers[who].Gender
	if g != recount.Woman && g != recount.Man {
		return
	}
	sign := "m"
	if g == recount.Woman {
		sign = "f"
	}
	var by *anchor
	for i := range s.anchors {
		a := &s.anchors[i]
		if a.who != who {
			continue
		}
		for k := max(0, a.from-1); k < a.to; k++ {
			if s.over[k] == 0 && s.lex.Titles[s.low[k]] == "" {
				continue
			}
			if s.lex.Titles[s.low[k]] == sign || s.lex.Pronouns[s.low[k]] == sign || s.lex.Nouns[s.low[k]] == string(g) {
				s.put(who, Gender, string(g), s.span(k, k+1), sureGender)
				return
			}
		}
		if by == nil && !a.pronoun {
			by = a
		}
	}
	if by != nil {
		s.put(who, Gender, string(g), s.span(by.from, by.to), fairGender)
	}
}
