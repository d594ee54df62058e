package cases

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
)

// The weights of pairs inside one article, in hundredths of a bit. An article
// mostly keeps its speakers apart, so two of them need a tie.
const (
	priorWithin      = -600
	togetherWithin   = -500 // both stand in one sentence
	sameWork         = 450  // one occupation
	sameAgeWithin    = 600
	sameHomeWithin   = 350
	calledWithin     = 1300 // a sentence gives the one the name of the other
	standsFor        = 750  // a pronoun or a letter that stands for the nearest
	leadWithin       = 300  // described before the name is given, and not after
	introducedWithin = 650  // the description opens the article, and the first one named then fits; or it stands right behind the name
	otherWork        = -600
	nameWithin       = 1200 // the one bears a part of the name of the other
	otherNameWithin  = -1500
)

// within suggests which speakers of one article may be one person, each pair
// with what ties them.
func (s *story) within(people []Person, said []int) (out []recount.Suggestion) {
	if len(people) > mostWithin {
		return nil
	}
	names := make([][]token, len(people))
	for i := range people {
		if k := people[i].Kind; k == recount.Named || k == recount.Pseudonym || k == recount.Anonymous && capitalised(people[i].Name) && !s.described(people[i].Name) {
			names[i] = parts(people[i].Name)
		}
	}
	called := s.called()
	for i := range people {
		for j := i + 1; j < len(people); j++ {
			g := s.pairWithin(people, names, called, said, i, j)
			if g.Weight >= leastSuggested && len(g.Bars) > 1 && g.A != g.B {
				out = append(out, g)
			}
		}
	}
	return out
}

// mostWithin is the most speakers of one article that are compared with each
// other.
const mostWithin = 120

func (s *story) pairWithin(people []Person, names [][]token, called map[[2]int]string, said []int, i, j int) recount.Suggestion {
	if people[j].Key < people[i].Key {
		i, j = j, i
	}
	a, b := &people[i], &people[j]
	g := recount.Suggestion{A: a.Key, B: b.Key}
	add := func(field, x, y string, bits int) {
		g.Bars = append(g.Bars, recount.Bar{Field: field, A: x, B: y, Bits: bits})
		g.Weight += bits
	}
	ties := 0
	tie := func(field, x, y string, bits int) {
		ties++
		add(field, x, y, bits)
	}
	add("one article", "", "", priorWithin)
	if w := called[[2]int{min(i, j), max(i, j)}]; w != "" {
		tie("called", w, w, calledWithin)
	}
	switch x, y := s.standIn(i), s.standIn(j); {
	case len(names[i]) > 0 && len(names[j]) > 0 && !x && !y:
		_, same, p := matchPairs(names[i], names[j])
		short := min(spoken(names[i]), spoken(names[j]))
		switch {
		case same || p.solid >= 1 && short == 1 && (p.openX == 0 || p.openY == 0):
			if s.alone(names, i, j) {
				tie("name", a.Name, b.Name, nameWithin)
			} else {
				add("name", a.Name, b.Name, 0) // a part that others bear
			}
		case a.Kind == recount.Named && b.Kind == recount.Named:
			add("name", a.Name, b.Name, otherNameWithin)
		}
	case x != y:
		of, to := i, j
		if y {
			of, to = j, i
		}
		if s.nearestFor(of, people, said) == to {
			tie("stands for", people[of].Name, people[to].Name, standsFor)
		}
	case x && y:
		add("stands for", a.Name, b.Name, otherNameWithin)
	}
	if x, y := evidenced(a), evidenced(b); x != "" && y != "" && x != y {
		add("gender", x, y, otherGender)
	}
	if a.Birth[0] > 0 && b.Birth[0] > 0 {
		if a.Birth == b.Birth {
			tie("age", a.Age, b.Age, sameAgeWithin)
		} else {
			add("age", a.Age, b.Age, otherBirth)
		}
	}
	if x, y, n := sameOccupation(a, b); n > 0 {
		tie("occupation", x, y, sameWork)
	}
	if x, y, ok := sameHome(a, b); ok {
		tie("home", x, y, sameHomeWithin)
	}
	if (len(names[i]) == 0) != (len(names[j]) == 0) && !s.standIn(i) && !s.standIn(j) {
		of, to := i, j
		if len(names[j]) == 0 {
			of, to = j, i
		}
		if x, y := s.jobs(&people[of], &people[to]); x != "" {
			add("occupation", x, y, otherWork)
		}
		if s.introduced(of, to, people, names) {
			tie("described, then named", people[of].Name, people[to].Name, introducedWithin)
		} else if f, l := s.ends(of); f >= 0 && ties > 0 {
			if g, _ := s.ends(to); g > l && f < len(s.tokens)/2 {
				add("described before the name", a.Name, b.Name, leadWithin)
			}
		}
	}
	if s.together(i, j) && !s.country(i) && !s.country(j) && called[[2]int{min(i, j), max(i, j)}] == "" {
		add("one sentence", a.Name, b.Name, togetherWithin)
	}
	if ties == 0 {
		g.Weight = leastSuggested - 1
	}
	g.Probability = probability(g.Weight)
	return g
}

// evidenced returns the gender of a person where more than a first name shows
// it, or "".
func evidenced(p *Person) string {
	if t, ok := p.trait(Gender); ok && t.Probability >= sureGender {
		return t.Value
	}
	return ""
}

// standIn reports whether a speaker was read with a word that stands for
// somebody: a pronoun, or the letter of a record of questions.
func (s *story) standIn(i int) bool {
	n := strings.ToLower(strings.Trim(s.speakers[i].Name, " .:"))
	if n == s.speakers[i].Name && writesCapitals(n) && !s.described(n) {
		return true // what was taken for a name and is none
	}
	if s.country(i) {
		return true
	}
	return s.lex.Pronouns[n] != "" && s.lex.Pronouns[n] != "n" || s.words.is("standins", n) || utf8.RuneCountInString(n) == 1
}

// writesCapitals reports whether a name is written in letters in which names
// begin with a capital. Georgian has capitals and begins no name with one.
func writesCapitals(name string) bool {
	return strings.ContainsFunc(name, func(r rune) bool {
		return unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Armenian)
	})
}

// country reports whether a speaker was read with the name of a country or of
// its people, which belongs to somebody beside it.
func (s *story) country(i int) bool {
	n := s.speakers[i].Name
	return s.words.is("countries", strings.ToLower(n)) || s.words.named[n]
}

// described reports whether a word of a name describes a person.
func (s *story) described(name string) bool {
	for _, w := range strings.Fields(strings.ToLower(name)) {
		w = strings.Trim(w, ".,;:'’\"")
		if s.lex.Person(w) || s.words.is("bare", w) || s.words.is("bare "+s.language, w) || strings.ContainsAny(w, "0123456789") {
			return true
		}
	}
	return false
}

// jobs returns what two people do, if the article gives both and they differ.
func (s *story) jobs(a, b *Person) (x, y string) {
	t, ok := a.trait(Occupation)
	u, too := b.trait(Occupation)
	if _, _, n := sameOccupation(a, b); ok && too && n == 0 {
		return t.Value, u.Value
	}
	return "", ""
}

// introduced reports whether a description and a name are put beside each
// other as one: the description opens the article and the first one named then
// fits it, or it is a definite one in the sentence behind the name.
func (s *story) introduced(of, to int, people []Person, names [][]token) bool {
	f, _ := s.ends(of)
	g, _ := s.ends(to)
	if f < 0 || g < 0 || known(people[of].Gender) && known(people[to].Gender) && people[of].Gender != people[to].Gender || s.together(of, to) {
		return false
	}
	first := func(from, till int) int { // who is named first there
		for k := range s.anchors {
			if a := &s.anchors[k]; a.from >= from && a.from <= till && !a.pronoun && a.who != of && (a.who == nobody || len(names[a.who]) > 0) {
				return a.who
			}
		}
		return nobody
	}
	if f < g {
		return s.para[s.sentence(f)] == 0 && first(f, g) == to && s.sentence(g)-s.sentence(f) <= 4
	}
	if !s.words.is("definite", s.low[f]) || s.sentence(f)-s.sentence(g) > 40 {
		return false
	}
	// the last one named before
	who := nobody
	for k := range s.anchors {
		if a := &s.anchors[k]; a.to <= f && !a.pronoun && a.who != of && (a.who == nobody || len(names[a.who]) > 0) {
			if who = a.who; s.sentence(f)-s.sentence(a.from) > 3 {
				who = nobody
			}
		}
	}
	return who == to
}

// nearestFor returns whom a stand-in most likely means: the person whose
// mention stands nearest before it, else after it, and whose gender fits.
func (s *story) nearestFor(of int, people []Person, said []int) int {
	at, _ := s.ends(of)
	signed := writer(&s.speakers[of])
	if signed {
		// whoever writes "I" signs behind it
		for k := range s.speech {
			if s.speech[k] == of+1 {
				at = k
			}
		}
		if at < 0 {
			at, _ = s.tokensOf(s.speakers[of].Mention)
		}
	}
	if at < 0 {
		return nobody
	}
	g := people[of].Gender
	best, who := 1<<30, nobody
	for k := range s.anchors {
		a := &s.anchors[k]
		if a.who == nobody || a.who == of || a.pronoun || s.standIn(a.who) || known(g) && known(people[a.who].Gender) && people[a.who].Gender != g {
			continue
		}
		if signed && said[a.who] > 0 {
			continue // who is quoted does not sign
		}
		d := at - a.from
		switch {
		case signed && d > 0:
			d += 1000
		case d < 0 && signed:
			d = -d
		case d < 0:
			d = -d + 40 // behind is farther
		}
		if s.speech[a.from] != 0 {
			d += 200
		}
		if d < best {
			best, who = d, a.who
		}
	}
	return who
}

// ends returns the first and the last token that names a speaker, -1 if none.
func (s *story) ends(i int) (first, last int) {
	first = -1
	for k := range s.anchors {
		if a := &s.anchors[k]; a.who == i {
			if first < 0 {
				first = a.from
			}
			last = a.from
		}
	}
	return first, last
}

// together reports whether one sentence names both, none of them by a pronoun.
func (s *story) together(i, j int) bool {
	in := map[int]bool{}
	for k := range s.anchors {
		if a := &s.anchors[k]; a.who == i && !a.pronoun {
			in[s.sentence(a.from)] = true
		}
	}
	for k := range s.anchors {
		if a := &s.anchors[k]; a.who == j && !a.pronoun && in[s.sentence(a.from)] {
			return true
		}
	}
	return false
}

// alone reports whether no third named speaker shares a part of the shorter
// of two names.
func (s *story) alone(names [][]token, i, j int) bool {
	short := names[i]
	if spoken(names[j]) < spoken(short) {
		short = names[j]
	}
	for k := range names {
		if k == i || k == j || len(names[k]) == 0 {
			continue
		}
		for _, t := range short {
			if !t.particle && slices.ContainsFunc(names[k], func(o token) bool { return !o.particle && alike(t, o) >= pass }) {
				return false
			}
		}
	}
	return true
}

// called returns the pairs whom a sentence gives one name: "the man on the
// stairs is called Ivo Lind", "a nurse who goes by Ruth".
func (s *story) called() map[[2]int]string {
	out := map[[2]int]string{}
	for n := range s.first {
		first, end := s.first[n], s.end(n)
		for i := first; i < end; i++ {
			k, _ := s.phrase("called", i, end)
			if k == 0 || s.speech[i] != 0 {
				continue
			}
			if k == 1 {
				// "a nurse called Vera", but not "Ivo called the man a fool"
				if i == first || i+1 == end || !s.title(i+1) || !s.noun(i-1) && s.low[i-1] != "," || s.over[i-1] != 0 && s.title(i-1) {
					continue
				}
			}
			x, y := nobody, nobody
			for m := range s.anchors {
				a := &s.anchors[m]
				if s.sentence(a.from) != n || a.who == nobody {
					continue
				}
				if a.to <= i {
					x = a.who
				} else if y == nobody && a.from >= i+k && a.from <= i+k+4 {
					y = a.who
				}
			}
			if x != nobody && y != nobody && x != y {
				out[[2]int{min(x, y), max(x, y)}] = s.span(i, i+k).In(s.a.Text)
			}
		}
	}
	return out
}

// sameOccupation compares what two people do: the number of words that agree,
// the last of them.
func sameOccupation(a, b *Person) (x, y string, n int) {
	for _, s := range a.Traits {
		if s.Field != Occupation {
			continue
		}
		for _, t := range b.Traits {
			if t.Field != Occupation {
				continue
			}
			v, w := foldWords(s.Value), foldWords(t.Value)
			k := 0
			for k < min(len(v), len(w)) && stem(v[len(v)-1-k]) == stem(w[len(w)-1-k]) {
				k++
			}
			if k > n {
				x, y, n = s.Value, t.Value, k
			}
		}
	}
	return x, y, n
}

func stem(w string) string { return strings.TrimSuffix(w, "s") }

// sameHome reports whether two homes share a name of a place.
func sameHome(a, b *Person) (x, y string, ok bool) {
	for _, s := range a.Traits {
		for _, t := range b.Traits {
			if s.Field != Home || t.Field != Home {
				continue
			}
			for _, p := range placeNames(s.Value) {
				if slices.Contains(placeNames(t.Value), p) {
					return s.Value, t.Value, true
				}
			}
		}
	}
	return "", "", false
}

// placeNames returns the words of a place that are names.
func placeNames(s string) (out []string) {
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' || r == '-' }) {
		if r, _ := utf8.DecodeRuneInString(w); strings.ToUpper(string(r)) == string(r) && utf8.RuneCountInString(w) > 2 {
			out = append(out, strings.Join(foldWords(w), ""))
		}
	}
	slices.SortFunc(out, cmp.Compare[string])
	return slices.Compact(out)
}
