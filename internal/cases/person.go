package cases

import (
	"slices"
	"strconv"
	"strings"

	"recount"
)

// A Trait is one attribute of a person as linking keeps it.
type Trait struct {
	Field       Field
	Value       string
	Probability recount.Milli
}

// A Person is what linking keeps of one speaker who is a person. It is a
// function of the article and what was read in it.
type Person struct {
	Key      recount.Key // Speaker.Key
	Name     string
	Kind     recount.SpeakerKind
	Gender   recount.Gender
	Age      string         // as printed
	Birth    [2]int         // years of birth that are possible; zero if unknown
	Contents []recount.Span // of the statements
	Also     []string       // further names that the article gives
	Traits   []Trait        // what the article says of the person
}

// trait returns the surest value of a field.
func (p *Person) trait(f Field) (Trait, bool) {
	for _, t := range p.Traits {
		if t.Field == f {
			return t, true
		}
	}
	return Trait{}, false
}

// peopleOf reads what linking keeps of the people of one article, and which of
// them may be one.
func peopleOf(records []Record) (people []Person, within []recount.Suggestion) {
	if len(records) == 0 {
		return nil, nil
	}
	a := records[0].Article
	speakers := make([]recount.Speaker, len(records))
	var statements []recount.Statement
	for i := range records {
		speakers[i] = records[i].Speaker
		speakers[i].ID = strconv.Itoa(i)
		for _, st := range records[i].statements {
			st.Speaker = speakers[i].ID
			statements = append(statements, st)
		}
	}
	s := newStory(a, speakers, statements)
	s.read()
	said := make([]int, len(records))
	for i := range records {
		r := &records[i]
		p := Person{Key: r.Speaker.Key(), Name: r.Speaker.Name, Kind: r.Speaker.Kind, Gender: r.Speaker.Gender, Contents: r.Contents, Also: s.also(i)}
		for _, at := range s.found[i] {
			if at.AsOf != "" { // an age of then: it tells when the person was born, if its year is said
				if n, err := strconv.Atoi(at.Value); err == nil && at.AsOf != then && p.Birth[1] == 0 {
					year, _ := strconv.Atoi(at.AsOf[:4])
					p.Birth = [2]int{year - n - 1, year - n}
				}
				continue
			}
			switch at.Field {
			case Age, Gender, Home, Residence, Nationality, Occupation, Left:
				p.Traits = append(p.Traits, Trait{at.Field, at.Value, at.Probability})
			}
		}
		if t, ok := p.trait(Age); ok {
			p.Age = t.Value
			if n, err := strconv.Atoi(t.Value); err == nil {
				if year := published(a).Year(); year > 0 {
					p.Birth = [2]int{year - n - 1, year - n}
				}
			}
		}
		said[i] = len(r.Contents)
		people = append(people, p)
	}
	return people, s.within(people, said)
}

// also returns further names that the article gives a speaker: "as Vera Lind,
// before she married", "born Vera Lind", "known as Vega".
func (s *story) also(who int) (out []string) {
	for i := range s.anchors {
		a := &s.anchors[i]
		if a.who != who {
			continue
		}
		n := s.sentence(a.from)
		end := s.end(n)
		for k := a.to; k < min(end, a.to+14); k++ {
			w, _ := s.phrase("alias", k, end)
			if w == 0 || s.speech[k] != s.speech[a.from] {
				continue
			}
			from := k + w
			if from < end && (s.low[from] == "“" || s.low[from] == `"` || s.low[from] == "‘") {
				from++
			}
			to := from
			for to < end && to < from+4 && s.title(to) && s.month(to) == 0 {
				to++
			}
			if to == from {
				continue
			}
			name := s.span(from, to).In(s.a.Text)
			if !strings.EqualFold(name, s.speakers[who].Name) && !slices.Contains(out, name) && len(out) < 4 {
				out = append(out, name)
			}
		}
	}
	return out
}
