package cases

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"recount"
)

// A Variable is what a study records of people, as far as a text can answer it.
type Variable struct {
	Name   string
	Values []string            // allowed; none: any
	Words  map[string][]string // value -> further words that mean it
}

// A Proposal is a value that the text states, with its words.
type Proposal struct {
	Variable    string
	Value       string
	At          recount.Span
	Probability recount.Milli
}

// fieldOf returns which part of a profile answers a variable, "" if none does
// by its name.
func fieldOf(name string) Field {
	for _, part := range append([]string{name}, strings.Split(name, "_")...) {
		if f, ok := profileWords().has("variables", part); ok {
			return Field(f)
		}
	}
	return ""
}

// ProposeValues returns what a profile answers of some variables: the value of
// the field that the variable asks for, or an allowed value whose words stand
// in what the text says of the person. More than one value of a variable is a
// conflict inside the article, and all stand.
func ProposeValues(text string, profile []Attribute, variables []Variable) []Proposal {
	var out []Proposal
	put := func(p Proposal) {
		for i := range out {
			if o := &out[i]; o.Variable == p.Variable && strings.EqualFold(o.Value, p.Value) {
				if p.Probability > o.Probability {
					*o = p
				}
				return
			}
		}
		out = append(out, p)
	}
	if slices.ContainsFunc(profile, func(a Attribute) bool { return a.Field == Age && a.AsOf == "" }) {
		profile = slices.DeleteFunc(slices.Clone(profile), func(a Attribute) bool { return a.AsOf != "" })
	}
	for i := range variables {
		v := &variables[i]
		f := fieldOf(v.Name)
		if len(v.Values) == 0 {
			answered := false
			for _, a := range profile {
				if a.Field == f {
					put(Proposal{v.Name, a.Value, a.At, a.Probability})
					answered = true
				}
			}
			for _, a := range profile {
				if f == Home && a.Field == Residence && !answered {
					put(Proposal{v.Name, a.Value, a.At, a.Probability * 7 / 10}) // where somebody lives now may be home
				}
			}
			continue
		}
		for _, a := range profile {
			if !speaksOf(f, a.Field) {
				continue
			}
			for _, value := range v.Values {
				if p := means(v, f, value, &a, text); p > 0 {
					put(Proposal{v.Name, value, a.At, recount.Milli(int(a.Probability) * int(p) / 1000)})
				}
			}
		}
	}
	slices.SortStableFunc(out, func(x, y Proposal) int {
		return cmp.Or(cmp.Compare(indexOf(variables, x.Variable), indexOf(variables, y.Variable)), cmp.Compare(y.Probability, x.Probability), cmp.Compare(x.At.Start, y.At.Start), strings.Compare(x.Value, y.Value))
	})
	return out
}

func indexOf(vs []Variable, name string) int {
	return slices.IndexFunc(vs, func(v Variable) bool { return v.Name == name })
}

// speaksOf reports whether an attribute may answer a variable for a field. One
// that asks for no field may be answered by the jobs and places of a person.
func speaksOf(f, of Field) bool {
	switch f {
	case "":
		return of == Occupation || of == Home || of == Nationality
	case Nationality, Home:
		return of == Nationality || of == Home
	}
	return f == of
}

// means returns how surely an attribute states a value, 0 if it does not.
func means(v *Variable, f Field, value string, a *Attribute, text string) recount.Milli {
	words := append([]string{value}, v.Words[value]...)
	if f == Gender || f == Age || f == Left || f == Joined || f == Moved {
		if slices.ContainsFunc(words, func(w string) bool { return strings.EqualFold(w, a.Value) }) {
			return 1000
		}
		if f == Gender && (strings.EqualFold(value, "female") && a.Value == string(recount.Woman) || strings.EqualFold(value, "male") && a.Value == string(recount.Man)) {
			return 1000
		}
		return 0
	}
	said := foldWords(a.Value)
	if a.At.Within(text) {
		said = append(said, foldWords(a.At.In(text))...)
	}
	for i, w := range words {
		if holds(said, foldWords(w)) {
			if i == 0 {
				return 1000
			}
			return 950
		}
	}
	if f == Nationality || f == Home {
		for _, w := range said {
			if callsAfter(w, value) {
				return 900
			}
		}
	}
	return 0
}

// holds reports whether some words stand in others, one after another.
func holds(in, words []string) bool {
	for i := 0; len(words) > 0 && i+len(words) <= len(in); i++ {
		if slices.Equal(in[i:i+len(words)], words) {
			return true
		}
	}
	return false
}

// foldWords returns the words of a text in small letters, without accents.
func foldWords(s string) []string {
	return strings.FieldsFunc(fold(strings.ReplaceAll(s, "’s", "")), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// demonyms end what people of a place are called.
var demonyms = []string{"an", "ian", "er", "ers", "ese", "ish", "n", "ns", "ans", "ians", "ic", "i", "is", "ite", "ites"}

// callsAfter reports whether a word calls somebody after a place: "Karsovan"
// after Karsova, "Veldmarker" after Veldmark.
func callsAfter(word, place string) bool {
	ps := foldWords(place)
	if len(ps) != 1 || len(ps[0]) < 4 {
		return false
	}
	for _, stem := range []string{ps[0], strings.TrimRight(ps[0], "aeiou"), strings.TrimSuffix(strings.TrimSuffix(ps[0], "land"), "ia")} {
		if len(stem) < 4 || !strings.HasPrefix(word, stem) {
			continue
		}
		if slices.Contains(demonyms, word[len(stem):]) {
			return true
		}
	}
	return false
}
