package speakers

import (
	_ "embed"
	"strings"

	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

//go:embed lands.txt
var landList string

// lands are places whose names people bear as first names.
var lands = lang.Set(lang.Lists(strings.ReplaceAll(landList, ", ", "\n"))[""])

// afterName is how many words behind a name may hold a pronoun that stands for it.
const afterName = 14

// firstNamed reports whether one word is the first name of a person who speaks:
// "Ruth", "Grace", and "Jordan" where the text says that it is somebody. known is
// false where nothing tells.
func (c *parties) firstNamed(g *called) (person, known bool) {
	w := g.words[0]
	if len(g.words) != 1 || g.apart || g.body {
		return false, false
	}
	if gender, _ := c.p.Given.Of(w); gender == recount.UnknownGender && !c.p.Given.BothBear(w) && !lands[w] {
		return false, false
	}
	speaks, human, thing := false, false, false
	for _, k := range g.names[:min(len(g.names), maxLook)] {
		n := &c.p.Names[k]
		s, h, t := c.speakerBeside(n)
		speaks, human, thing = speaks || s, human || h, thing || t
	}
	switch {
	case !speaks || human && thing:
		return false, false
	case human:
		return true, true
	case thing:
		return false, true
	}
	return true, !lands[w]
}

// speakerBeside reports whether the name speaks where it stands, and whether
// what stands around it says that it is somebody or something.
func (c *parties) speakerBeside(n *page.Name) (speaks, human, thing bool) {
	p := c.p
	i, j := p.WordAt(n.Span.Start), p.WordAt(n.Span.End-1)+1
	cue := func(k int) bool {
		return k >= 0 && k < len(p.Words) && p.Words[k].Sent == p.Words[i].Sent && p.Lex.Cues[p.Words[k].Lower] != ""
	}
	if cue(i-1) && p.Inverted(i-1) {
		speaks, human = true, true // "said Jordan"
	}
	says := cue(j)
	speaks = speaks || says || i > 1 && p.Words[i-1].Lower == "to" && p.Words[i-2].Lower == "according"
	if i > 0 && p.Words[i-1].Sent == p.Words[i].Sent {
		human = human || p.Lex.Person(p.Words[i-1].Lower) // "her sister Georgia"
	}
	// "Grace, a nurse, said", "said Paris, 23.", and not "in Chelsea, the mayor said".
	if rest, ok := strings.CutPrefix(p.Text[n.Span.End:max(n.Span.End, p.SentenceEnd(n.Span.Start+1))], ", "); ok && j < len(p.Words) {
		set, after, closed := strings.Cut(rest, ",")
		end := p.WordAt(n.Span.End + len(", ") + len(set))
		verb := false
		for k := j; k < end; k++ {
			verb = verb || cue(k)
		}
		switch w := p.Words[j].Lower; {
		case w == "who", w == "whose", w == "aged", strings.Trim(set, "0123456789. ") == "":
			human = true
		case verb: // a clause of its own
		case w == "a" || w == "an" || w == "the" || w == "his" || w == "her":
			for k := j + 1; k < min(j+4, end); k++ {
				class := p.Lex.Nouns[p.Words[k].Lower]
				human, thing = human || lang.Somebody(class), thing || class == "organisation"
			}
		}
		speaks = speaks || closed && strings.HasPrefix(after, " ") && cue(end)
	}
	for k := j; k < min(j+afterName, len(p.Words)) && (says || human); k++ {
		w := &p.Words[k]
		if w.Sent != p.Words[i].Sent && w.Span.Start != p.Sentences[w.Sent].Span.Start || w.Sent > p.Words[i].Sent+1 {
			break // only what begins the next sentence
		}
		if w.Region != p.Words[i].Region && w.Region >= 0 {
			continue
		}
		switch p.Lex.Pronouns[w.Lower] {
		case "m", "f":
			human = true
		case "n":
			thing = thing || lands[n.Words[0]]
		default:
			continue
		}
		return speaks, human, thing
	}
	return speaks, human, thing
}
