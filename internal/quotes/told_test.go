package quotes

import (
	"fmt"
	"strings"
	"testing"

	"recount"
)

// A telling is one way in which a text says of somebody what a later description takes
// up: {She} is the pronoun, {Marr} the last name, {A man} a noun with its article.
type telling struct{ says, takes string }

// Ways of saying an age, and a trade, with a copula or its like.
var (
	toldAges = []telling{
		{"{She} is 36 now.", "the 36-year-old"},
		{"{She} turned 36 in May.", "the 36-year-old"},
		{"{She} was 36 at the time and slept on the floor.", "the 36-year-old"},
		{"{She} has just turned 36.", "the 36-year-old"},
		{"{She} is 36 years old and sleeps badly.", "the 36-year-old"},
		{"{She} will be 36 in June.", "the 36-year-old"},
		{"{Marr} is 36.", "the 36-year-old"},
		{"{Marr}, now 36, sleeps badly.", "the 36-year-old"},
		{"Now 36, {she} sleeps badly.", "the 36-year-old"},
		{"At 36, {Marr} sleeps badly.", "the 36-year-old"},
		{"{Marr}, aged 36, sleeps badly.", "the 36-year-old"},
		{"{Marr} (36) sleeps badly.", "the 36-year-old"},
	}
	toldTrades = []telling{
		{"{She} was a mechanic in the camp.", "the mechanic"},
		{"{She} had been a baker for ten years.", "the baker"},
		{"{She} is a trained welder.", "the welder"},
		{"{She} worked as a cook in the camp.", "the cook"},
		{"{She} became a driver in March.", "the driver"},
		{"{Marr} was a nurse in the camp.", "the nurse"},
		{"{Marr} is a former clerk with two children.", "the former clerk"},
		{"{She}’s a tailor by trade.", "the tailor"},
		{"{She} used to be a teacher.", "the teacher"},
		{"In the camp {she} was a porter.", "the porter"},
		{"Before the war {she} had worked as a plumber.", "the plumber"},
		{"{Marr}, who was a miner in the camp, sleeps badly.", "the miner"},
	}
)

// A person of a made-up context.
type somebody struct {
	name string
	man  bool
}

func (x somebody) of(template string) string {
	last := x.name[strings.LastIndexByte(x.name, ' ')+1:]
	he, upper, his := "she", "She", "her"
	if x.man {
		he, upper, his = "he", "He", "his"
	}
	return strings.NewReplacer("{She}", upper, "{she}", he, "{his}", his, "{Marr}", last).Replace(template)
}

var toldPairs = [][2]somebody{
	{{"Ada Marr", false}, {"Ivo Lund", true}},
	{{"Tomasz Kowal", true}, {"Elif Demir", false}},
	{{"Chidi Okafor", true}, {"Jorge Prado", true}},
	{{"Rashida Hamid", false}, {"Ingrid Solberg", false}},
}

// toldIntros bring in somebody by name; toldElse is what else a text says of somebody.
var (
	toldIntros = []string{"%s left the camp in March.", "%s, who has two daughters, came back to Hask in March.", "For %s the road ended in Hask."}
	toldElse   = []string{"{She} came by boat and has no papers.", "The family of {Marr} never answered.", "{Marr} keeps {his} papers in a tin."}
	toldSaid   = []string{
		"“The gate was locked,” %s said.",
		"“The gate was locked,” said %s. “Nobody came.”",
		"‘The gate was locked,’ %s said.",
		"%S said the gate was locked.",
		"The night was cold, %s said: \"The gate was locked.\"",
	}
)

// asContexts makes the contexts of a way of telling: of whom it is told, who comes
// first, what parts them, how it is said.
func asContexts(w telling) (texts []string, want []string) {
	n := 0
	for p, pair := range toldPairs {
		for first := range 2 {
			for _, gap := range [...]string{" ", "\n", "\n\n"} {
				for order := range 3 {
					n++
					a, b := pair[first], pair[1-first]
					says := a.of(w.says)
					other := b.of(toldElse[n%len(toldElse)])
					in, in2 := toldIntros[(n+p)%len(toldIntros)], toldIntros[n%2]
					said := toldSaid[(n+order)%len(toldSaid)]
					said = strings.ReplaceAll(said, "%S", strings.ToUpper(w.takes[:1])+w.takes[1:])
					said = strings.ReplaceAll(said, "%s", w.takes)
					switch order {
					case 0: // told first, then somebody else
						texts = append(texts, fmt.Sprintf(in, a.name)+" "+says+gap+fmt.Sprintf(in2, b.name)+" "+other+gap+said)
					case 1: // somebody else first
						texts = append(texts, fmt.Sprintf(in2, b.name)+" "+other+gap+fmt.Sprintf(in, a.name)+" "+says+gap+said)
					default: // the one who is told of alone, with a sentence between
						texts = append(texts, fmt.Sprintf(in, a.name)+" "+says+gap+"The road to Hask was closed for most of the spring."+gap+said)
					}
					want = append(want, a.name)
				}
			}
		}
	}
	return texts, want
}

// leastTold is how many of a hundred made-up contexts of a kind are right at least.
const leastTold = 95

// readsRight reads texts in each of which certain words are said by somebody, and
// reports how many it reads right.
func readsRight(t *testing.T, kind string, texts, want []string) int {
	t.Helper()
	right := 0
	for i, text := range texts {
		who, ok := found(Read(&recount.Article{Key: "t", Text: text, Language: "en"}), text, "gate was locked")
		if ok && who.Name == want[i] {
			right++
		} else {
			t.Logf("want %s, read %q in %q", want[i], who.Name, text)
		}
	}
	t.Logf("%s: %d of %d", kind, right, len(texts))
	return right
}

// TestTold reads made-up contexts in which the text says an age or a trade of somebody
// and a description takes it up.
func TestTold(t *testing.T) {
	for _, kind := range []struct {
		name string
		ways []telling
	}{{"age", toldAges}, {"trade", toldTrades}} {
		right, all := 0, 0
		for _, w := range kind.ways {
			texts, want := asContexts(w)
			right, all = right+readsRight(t, w.says, texts, want), all+len(texts)
		}
		t.Logf("%s: %d of %d", kind.name, right, all)
		if right*100 < all*leastTold {
			t.Errorf("%s: %d of %d right, want %d of a hundred", kind.name, right, all, leastTold)
		}
	}
}

// TestOtherGender reads made-up contexts in which a woman and a man are spoken of and
// a pronoun says which of the two speaks.
func TestOtherGender(t *testing.T) {
	mixed := toldPairs[:2]
	mixed = append(mixed, [2]somebody{{"Hulda Brekke", false}, {"Zviad Gelashvili", true}}, [2]somebody{{"Bram de Wit", true}, {"Noor Haddad", false}})
	ins := []string{"%s, a former cook, came back to Hask in March.", "%s left the camp in March.", "%s was a mechanic in the camp.", "It was %s who had the keys."}
	elses := []string{"{She} is 34 now.", "{She} keeps a tin of papers.", "In the camp {she} had a bed by the door.", "{Marr} lives alone and {she} sleeps badly."}
	says := []string{"“The gate was locked,” {she} said.", "“The gate was locked,” {she} said. “Nobody came.”", "“The gate,” {she} said, “was always open. The gate was locked only once.”", "{She} said the gate was locked.", "‘The gate was locked,’ {she} added."}
	var texts, want []string
	n := 0
	for _, pair := range mixed {
		for first := range 2 {
			a, b := pair[first], pair[1-first]
			for _, in := range ins {
				for _, other := range elses {
					for _, gap := range [...]string{" ", "\n"} {
						n++
						text := fmt.Sprintf(in, a.name) + " " + a.of(elses[n%2]) + gap + fmt.Sprintf(ins[(n/3)%len(ins)], b.name) + " " + b.of(other) + gap
						texts = append(texts, text+a.of(says[n%len(says)]))
						want = append(want, a.name)
					}
				}
			}
		}
	}
	if right := readsRight(t, "other gender", texts, want); right*100 < len(texts)*leastTold {
		t.Errorf("%d of %d right, want %d of a hundred", right, len(texts), leastTold)
	}
}
