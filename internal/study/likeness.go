package study

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"recount"
)

// likeLetters are letters of other scripts, and digits, that look like Latin ones.
var likeLetters = func() map[rune]rune {
	out := map[rune]rune{}
	pairs := []string{
		"аa вb еe кk мm нh оo рp сc тt уy хx ѕs іi јj ԁd ԛq ԝw һh ӏl", // Cyrillic
		"АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ЅS ІI ЈJ ԚQ ԜW ҺH ӀI",
		"αa οo ρp υu νv ιi κk γy χx τt εe", // Greek
		"ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX",
		"օo ոn սu հh յj զq ցg Օ" + "O Տ" + "S Լ" + "L", // Armenian
		"ıi ȷj ɡg ɑa ǀl 0O 1l |l Il",
	}
	for _, line := range pairs {
		for _, p := range strings.Fields(line) {
			r := []rune(p)
			out[r[0]] = r[1]
		}
	}
	return out
}()

// looks is what a name looks like: two names that look alike have one.
func looks(name string) string {
	return strings.Map(func(r rune) rune {
		if l, ok := likeLetters[r]; ok {
			r = l
		}
		if l, ok := likeLetters[r]; ok { // a Cyrillic I is an I, which looks like an l
			r = l
		}
		return r
	}, norm.NFKC.String(name))
}

// checkLikeness refuses new decisions of people, and in rounds, whose names look
// like others and are written in other letters: nobody could tell whom to accept.
func (s *Study) checkLikeness(l *recount.Log, ds []recount.Decision) error {
	people, rounds := map[string]string{}, map[string]string{} // what it looks like -> the name
	for _, name := range append([]string{recount.DefaultActor, s.opts.Actor}, l.Adjudicators()...) {
		people[looks(name)] = name
	}
	if s.config != nil {
		for _, r := range s.config.Rounds {
			rounds[looks(r.Name)] = r.Name
			for _, name := range r.Coders {
				people[looks(name)] = name
			}
			if r.Lead != "" {
				people[looks(r.Lead)] = r.Lead
			}
		}
	}
	for _, d := range l.All() {
		people[looks(d.Actor)], rounds[looks(d.Round)] = d.Actor, d.Round
	}
	alike := func(of map[string]string, name string) (string, bool) {
		k := looks(name)
		other, ok := of[k]
		if !ok {
			of[k] = name
		}
		return other, ok && other != name
	}
	for i := range ds {
		d := &ds[i]
		if l.Find(d.ID) != nil {
			continue
		}
		other, is := alike(people, d.Actor)
		name := d.Actor
		if !is {
			other, is = alike(rounds, d.Round)
			name = d.Round
		}
		if calibration := looks("calibration"); !is && strings.HasPrefix(looks(d.Round), calibration) && !strings.HasPrefix(d.Round, "calibration") {
			other, is, name = "calibration", true, d.Round
		}
		if is {
			return recount.WithHint(fmt.Errorf("import decisions: decision %.12s: %w: the name %q looks like %q and is another (%s)", d.ID, recount.ErrConflict, name, other, otherLetters(name, other)),
				"nothing was imported; if both are one, let whoever exported it decide under the name that is known here; if they are two, let one of them take a name that can be told apart")
		}
	}
	return nil
}

// otherLetters names the characters of a name in which it is not another.
func otherLetters(name, other string) string {
	var out []string
	for _, r := range name {
		if !strings.ContainsRune(other, r) {
			what := fmt.Sprintf("%q is U+%04X", r, r)
			for script, table := range unicode.Scripts {
				if script != "Common" && script != "Inherited" && unicode.Is(table, r) {
					what += ", " + script
				}
			}
			if !slices.Contains(out, what) {
				out = append(out, what)
			}
		}
	}
	return strings.Join(out, "; ")
}
