package cases

import (
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"recount"
)

// An article of some 500 words with four people, read for profiles and pairs.
func BenchmarkReadProfiles(b *testing.B) {
	text := "Vera Holm, 41, a welder from Sandhamn, said so. “‹0:I left in June and came home in the dark›,” she said. " +
		"Ivo Lind, the harbour's spokesman, denied it. He is 33 and comes from Vik. Karl Berg wrote it down in March last year. " +
		"A former driver from Lomar told the paper that nobody had asked him. The ferry stopped on Monday, and the ticket window stayed shut.\n"
	a, speakers, statements := told(strings.Repeat(text, 6), woman("Vera Holm"), man("Ivo Lind"), man("Karl Berg"), unnamed("A former driver", "man"))
	b.SetBytes(int64(len(a.Text)))
	b.ReportAllocs()
	for b.Loop() {
		s := newStory(a, speakers, statements)
		s.read()
	}
}

// BenchmarkThousands blocks, scores and orders 10,000 speakers of 5,000
// articles, and ten times as many with PEOPLE=100000: names as common as in a directory, a third of them with a job, a
// home and an age, a tenth without a name.
func BenchmarkThousands(b *testing.B) {
	size := 5000
	if os.Getenv("PEOPLE") == "100000" {
		size = 50000
	}
	r := rand.New(rand.NewPCG(1, 2))
	jobs := strings.Fields("nurse carer driver teacher cook welder guard clerk farmer baker medic electrician mechanic roofer student soldier porter cleaner")
	spell := func(n, syllables int) string {
		const c, v = "bdfgklmnprstvz", "aeiou"
		var s strings.Builder
		for range syllables {
			s.WriteByte(c[n%len(c)])
			n /= len(c)
			s.WriteByte(v[n%len(v)])
			n /= len(v)
		}
		w := s.String()
		return strings.ToUpper(w[:1]) + w[1:]
	}
	common := func(of int) int { return int(float64(of) * r.Float64() * r.Float64()) } // the first ones far more often
	var pages []*Page
	for n := range size {
		p := &Page{Article: recount.KeyOf("page", strconv.Itoa(n)), Number: uint32(n)}
		for k := range 2 {
			who := Person{Key: recount.KeyOf("who", strconv.Itoa(2*n+k)), Kind: recount.Named, Gender: recount.UnknownGender,
				Name: spell(common(2000)*41, 3) + " " + spell(common(30000)*97, 4)}
			if r.IntN(10) == 0 {
				who.Kind, who.Name = recount.Anonymous, "a "+jobs[r.IntN(len(jobs))]
			}
			if r.IntN(3) == 0 {
				age := 20 + r.IntN(50)
				who.Birth = [2]int{2030 - age - 1, 2030 - age}
				who.Traits = []Trait{{Occupation, jobs[r.IntN(len(jobs))], 850}, {Home, spell(common(4000)*3, 3), 850}}
			}
			p.People = append(p.People, who)
		}
		pages = append(pages, p)
	}
	slices.SortFunc(pages, func(x, y *Page) int { return strings.Compare(string(x.Article), string(y.Article)) })
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range pages {
			p.profiles = nil
		}
		b.ReportMetric(float64(len(ProposePages(pages, nil))), "suggestions")
	}
}
