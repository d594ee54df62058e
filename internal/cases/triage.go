package cases

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"recount"
	"recount/internal/lang"
)

// A Class is what kind of speaker somebody seems to be to a study. It orders
// the work and hides nobody.
type Class string

// The classes, in the order in which lists show them.
const (
	MayCount Class = "may be a case"
	Official Class = "official"
	Expert   Class = "expert"
	Relative Class = "relative"
	Voice    Class = "company or outlet"
	Other    Class = "other"
)

// Classes lists them.
var Classes = []Class{MayCount, Official, Expert, Relative, Voice, Other}

// unknownReason is that of whoever shows nothing that tells a class.
const unknownReason = "nothing speaks against it"

// A Sorted is the class of one speaker with its reason.
type Sorted struct {
	Class  Class
	Reason string
	Words  []string // that describe the speaker, for what a study's answers teach
}

// Triage sorts the speakers of one article. Whoever is said to have joined or
// left, or is called a former one, may be a case; then titles, jobs and kinship
// decide; whoever shows none of them may be a case too.
func Triage(a *recount.Article, speakers []recount.Speaker, statements []recount.Statement) []Sorted {
	s := newStory(a, speakers, statements)
	s.read()
	out := make([]Sorted, len(speakers))
	for i := range speakers {
		out[i] = s.sort(i)
		out[i].Words = s.describing(i)
	}
	return out
}

func (s *story) sort(i int) Sorted {
	sp := &s.speakers[i]
	switch sp.Kind {
	case recount.Organisation, recount.Document, recount.Collective:
		return Sorted{Class: Voice, Reason: "no single person: " + string(sp.Kind)}
	case recount.Unspecified:
		if !writer(sp) {
			return Sorted{Class: Other, Reason: "nobody whom the article names or describes"}
		}
	}
	for _, at := range s.found[i] {
		if at.Field == Left || at.Field == Joined {
			return Sorted{Class: MayCount, Reason: string(at.Field) + " " + at.Value}
		}
	}
	if w := s.formerly(i); w != "" {
		return Sorted{Class: MayCount, Reason: "called " + w}
	}
	class, word := Class(""), ""
	look := func(phrase string) {
		ws := foldWords(phrase)
		for n := 3; n > 0 && class == ""; n-- {
			for k := 0; k+n <= len(ws) && class == ""; k++ {
				w := strings.Join(ws[k:k+n], " ")
				switch {
				case s.words.is("voices", w):
					class, word = Voice, w
				case s.words.is("experts", w):
					class, word = Expert, w
				case s.words.is("offices", w), s.words.is("public", w):
					class, word = Official, w
				}
			}
		}
	}
	for _, w := range s.titles(i) {
		look(w)
	}
	for _, at := range s.found[i] {
		// what people say that they were is no office that they speak for
		if k, _ := s.tokensOf(at.At); at.Field == Occupation && k < len(s.speech) && s.speech[k] == 0 {
			look(at.Value)
		}
	}
	if sp.Kind == recount.Anonymous {
		look(sp.Name)
	}
	if class != "" {
		return Sorted{Class: class, Reason: word}
	}
	if w := s.kin(i); w != "" {
		return Sorted{Class: Relative, Reason: w}
	}
	return Sorted{Class: MayCount, Reason: unknownReason}
}

// formerly returns the words that call a speaker a former one of something.
func (s *story) formerly(i int) string {
	for k := range s.anchors {
		a := &s.anchors[k]
		if a.who != i || a.pronoun {
			continue
		}
		n := s.sentence(a.from)
		for t := max(s.first[n], a.from-3); t < min(s.end(n), a.to+5); t++ {
			if w := s.low[t]; s.words.is("formerly", w) && s.speech[t] == s.speech[a.from] && t+1 < s.end(n) {
				return w + " " + s.low[t+1]
			}
		}
	}
	return ""
}

// titles returns the titles that stand before or in the mentions of a speaker.
func (s *story) titles(i int) (out []string) {
	for k := range s.anchors {
		a := &s.anchors[k]
		if a.who != i || a.pronoun {
			continue
		}
		for t := max(0, a.from-2); t < a.to; t++ {
			if w := strings.TrimSuffix(s.low[t], "."); s.title(t) && (s.lex.Titles[s.low[t]] != "" || s.words.is("offices", w)) {
				out = append(out, w)
			}
		}
		// "Quirke MP"
		if a.to < len(s.low) && s.words.is("offices", s.low[a.to]) && s.title(a.to) {
			out = append(out, s.low[a.to])
		}
	}
	return out
}

func possessive(w string) bool {
	return w == "his" || w == "her" || w == "their" || w == "whose" || w == "my"
}

// kin returns the word that calls a speaker somebody's relative.
func (s *story) kin(i int) string {
	for k := range s.anchors {
		a := &s.anchors[k]
		if a.who != i || a.pronoun {
			continue
		}
		for t := max(0, a.from-3); t < min(len(s.low), a.to); t++ {
			if !s.words.is("kin "+s.language, s.low[t]) {
				continue
			}
			before := ""
			if t > 0 {
				before = s.low[t-1]
			}
			switch {
			case possessive(before):
				return s.low[t]
			case t > 1 && possessive(s.low[t-2]) && !s.title(t-1) && s.words.is("kin age", before): // "her younger brother"
				return s.low[t]
			case t > 1 && s.pos(t-1) == "POS" && s.title(t-2): // "Lind's brother", not "the carpenter's son"
				return s.low[t]
			case s.title(t) && s.lex.Titles[s.low[t]] == "": // "Granddaughter Vera"; "Brother Karl" may be a monk
				return s.low[t]
			}
		}
	}
	return ""
}

// describing returns the words by which an article describes a speaker: jobs,
// titles, heads of descriptions.
func (s *story) describing(i int) (out []string) {
	for _, at := range s.found[i] {
		if at.Field == Occupation {
			if ws := foldWords(at.Value); len(ws) > 0 {
				out = append(out, stem(ws[len(ws)-1]))
			}
		}
	}
	out = append(out, s.titles(i)...)
	if s.speakers[i].Kind == recount.Anonymous {
		for _, w := range foldWords(s.speakers[i].Name) {
			if lang.For("en").Nouns[w] != "" {
				out = append(out, stem(w))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// A WordRate is a word with how often its bearers were answered to count and not
// to count.
type WordRate struct {
	Word    string
	Yes, No int
}

// leastAnswers is how many people with one word must have one answer, and none
// the other, before the word tells anything.
const leastAnswers = 3

// Learn counts the answers of a study by the words that describe people. Only
// words whose bearers all have one answer, several times, teach something.
func Learn(sorted []Sorted, counts []recount.YesNo) []WordRate {
	by := map[string]*WordRate{}
	for i := range sorted {
		for _, w := range sorted[i].Words {
			if by[w] == nil {
				by[w] = &WordRate{Word: w}
			}
			switch counts[i] {
			case recount.Yes:
				by[w].Yes++
			case recount.No:
				by[w].No++
			}
		}
	}
	var out []WordRate
	for _, w := range slices.Sorted(maps.Keys(by)) {
		if l := by[w]; l.Yes >= leastAnswers && l.No == 0 || l.No >= leastAnswers && l.Yes == 0 {
			out = append(out, *l)
		}
	}
	slices.SortStableFunc(out, func(x, y WordRate) int { return cmp.Compare(y.Yes+y.No, x.Yes+x.No) })
	return out
}

// leastBeside is how many of a page must be answered not to count, and none to
// count, before that tells anything of the others.
const leastBeside = 3

// Beside sorts a speaker of whom nothing is known by the answers about others of
// the page: how many of them count, and how many do not.
func (s Sorted) Beside(yes, no int) Sorted {
	if yes == 0 && no >= leastBeside && s.Class == MayCount && s.Reason == unknownReason {
		s.Class, s.Reason = Other, "nobody else of this page counts"
	}
	return s
}

// Apply sorts a speaker by what the answers taught: a word whose bearers all
// count makes a case possible, one whose bearers never do makes another of whom
// nothing else is known.
func (s Sorted) Apply(rates []WordRate) Sorted {
	for _, l := range rates {
		if !slices.Contains(s.Words, l.Word) {
			continue
		}
		switch {
		case l.Yes > 0:
			s.Class, s.Reason = MayCount, "answered yes for every "+l.Word
		case s.Class == MayCount && s.Reason == unknownReason:
			s.Class, s.Reason = Other, "answered no for every "+l.Word
		}
	}
	return s
}
