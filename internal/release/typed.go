package release

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"recount/internal/pattern"
)

// This file reads numbers that somebody typed into prose, instead of taking them
// from a result: they may say what a table does not. A number of people must be
// one that a result prints, and beside a value that the edition does not show
// stands no number at all.

// numberWords are numbers written out. "one" is an article more often than a
// number; it counts before a word for people only, and beside what is not shown.
var numberWords = map[string]int{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	"single": 1, "sole": 1, "lone": 1, "both": 2, "pair": 2, "couple": 2, "duo": 2, "trio": 3, "quartet": 4, "dozen": 12, "score": 20, "hundred": 100, "thousand": 1000}

// onlyOfPeople are words of numbers that are more often none: they count before a
// word for people.
var onlyOfPeople = strings.Fields("one single sole lone both pair couple score")

// ofPeople are words behind a number of people, notPeople words behind one of
// something else, and measures those of them that no person can be counted by.
var (
	ofPeople  = strings.Fields("people person persons women woman men man girls girl boys boy children child teenagers them us speakers witnesses members recruits fighters deserters defectors leavers detainees prisoners refugees workers soldiers officers interviewees respondents others who")
	notPeople = strings.Fields("months month years year weeks week days day hours hour minutes pages page articles article outlets outlet newspapers sources source stories story originals original reprints agencies agency reports report languages countries towns villages kilometres km miles euros dollars questions codes times tables periods editions accounts account interviews interview statements statement quotations values answers answer readers reader coders coder reasons reason groups kinds categories chapters sections parts figures charts")
	// things are words behind a number of what is collected, and kindsOfThings words that
	// may stand between.
	things        = strings.Fields("pages page articles article outlets outlet newspapers newspaper agencies agency languages countries country towns villages editions")
	kindsOfThings = strings.Fields("collected archived original independent different other further more such separate small national local foreign news the same")
	measures      = strings.Fields("months month years year weeks week days day hours hour minutes kilometres km miles euros dollars")
)

const (
	tens  = `twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety`
	units = `one|two|three|four|five|six|seven|eight|nine`
)

var (
	typedNumber = pattern.New(`\b(\d+(?:\.\d+)?)\s*(%|per\s?cent\b)?` +
		`|\b(half|(?:a|one) third|(?:a|one) quarter|two[- ]thirds|three[- ]quarters|a fifth|a tenth)\s+(?:of\s+)?(?:the\s+|all\s+)*(\w+)` +
		`|\b((?:` + tens + `)(?:[- ](?:` + units + `))?|` + units + `|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|single|sole|lone|both|pair|couple|duo|trio|quartet|dozen|score|hundred|thousand)\b(\s+per\s?cent\b)?` +
		`|\b(dozens|scores|hundreds|thousands)\s+of\s+(?:the\s+)?(\w+)`)
	word        = pattern.New(`[\p{L}\p{N}']+`)
	byReaders   = pattern.New(`\b(?:read|coded|checked|reviewed|compared|translated|verified|screened|proofread|judged|rated|annotated|done|made|written|conducted|prepared|collected|counted|edited|carried out|supervised|paid for)(?: \w+)? by (?:at least |the same )?$`)
	ofRule      = pattern.New(`(?i)\bfewer than $`)
	hiddenBy    = pattern.New(`(?i)\b(?:not (?:shown|printed|published)|hidden|leaves? out|left out|merged|suppressed)\b`)
	labelBefore = pattern.New(`(\pL+)(?:'s?)?(?:\s*[:=(]\s*|\s+(?:number(?:ed)?|total(?:led)?|amount(?:ed)? to|made up|made)\s+)$`)
)

// roman is the value of a Roman numeral.
func roman(s string) (n int) {
	worth := map[byte]int{'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100}
	for i := range len(s) {
		if i+1 < len(s) && worth[s[i]] < worth[s[i+1]] {
			n -= worth[s[i]]
		} else {
			n += worth[s[i]]
		}
	}
	return n
}

// readable is a text as numbers are looked for in it: bare, with all that counts in digits.
func readable(text string) string {
	bare := Bare(inDigits(plainCase(text)))
	return manyTimes.ReplaceAllStringFunc(bare, func(s string) string {
		at := manyTimes.FindStringSubmatch(s)
		if n := worth(at[1]); n > 0 {
			return strconv.Itoa(n * large[at[2]])
		}
		return s
	})
}

// OfPeople reports whether a text has a word for people.
func OfPeople(text string) bool {
	return slices.ContainsFunc(word.FindAllString(strings.ToLower(text), -1), func(w string) bool { return slices.Contains(ofPeople, w) })
}

// Kept are the values and labels that an edition hides, drops or merges, each in
// bare words. A cell is kept by the name of its row and its own together.
type Kept [][][]string

// Kept lists what a shape does not show of the results: the names of numbers that
// are hidden, values that were merged or that a wider level took in, and results
// that were dropped, unless a number that is shown is called so.
func (e *Edition) Kept(s *Shape, numbers []Number) (out Kept) {
	shown := map[string]bool{}
	key := func(name string) string { return strings.Join(plain(name), " ") }
	for i := range numbers {
		if n := &numbers[i]; !n.Hidden {
			for _, name := range []string{n.Result, n.Label, n.Row, n.Cell, n.Own} {
				shown[key(name)] = true
			}
		}
	}
	seen := map[string]bool{}
	put := func(names ...string) {
		var all [][]string
		for _, name := range names {
			words := plain(name)
			if len(words) == 0 || len(strings.Join(words, "")) < shortestKept {
				return
			}
			all = append(all, words)
		}
		id := key(strings.Join(names, " | "))
		if seen[id] || len(names) == 1 && (shown[id] || common[id]) {
			return
		}
		seen[id] = true
		out = append(out, all)
	}
	for i := range numbers {
		n := &numbers[i]
		switch {
		case !n.Hidden:
		case n.Cell != "":
			put(n.Row, n.Cell)
			put(n.Row, n.Own)
		case n.Row != "":
			put(n.Row)
			put(n.Own)
		default:
			put(strings.ReplaceAll(n.Result, "_", " "))
			put(n.Label)
		}
	}
	for i := range e.Results {
		r := &e.Results[i]
		dropped := s.dropped[r.Name]
		if dropped && len(r.Dims) == 0 {
			put(strings.ReplaceAll(r.Name, "_", " "))
			put(r.Label)
		}
		columns := map[string]bool{}
		for j := range r.Dims {
			columns[r.Dims[j].Column] = true
			for _, row := range r.Dims[j].Rows {
				if dropped || row.Under != "" && s.top[r.Dims[j].Name] {
					put(row.Name)
					put(row.Label)
				}
			}
		}
		for _, c := range e.Columns {
			if !columns[c.Name] {
				continue
			}
			for _, v := range c.Of {
				put(v)
			}
			for _, level := range c.Levels {
				for _, v := range c.Of {
					put(c.at(v, level.Name))
				}
			}
		}
	}
	return out.kin(shown)
}

// kin adds to a hidden "women" the other words for them, unless a number is called so.
func (k Kept) kin(shown map[string]bool) Kept {
	for _, names := range slices.Clone(k) {
		if len(names) != 1 || len(names[0]) != 1 || genderWords[names[0][0]] == "" {
			continue
		}
		for _, w := range slices.Sorted(maps.Keys(genderWords)) {
			if genderWords[w] == genderWords[names[0][0]] && !shown[w] && !slices.ContainsFunc(k, func(o [][]string) bool { return len(o) == 1 && slices.Equal(o[0], []string{w}) }) {
				k = append(k, [][]string{{w}})
			}
		}
	}
	return k
}

// others reports whether a text names the men where the women are kept, or the other way
// round: they are what is left.
func (k Kept) others(text string) (string, bool) {
	for _, names := range k {
		if len(names) != 1 || len(names[0]) != 1 || genderWords[names[0][0]] == "" {
			continue
		}
		for _, w := range plain(text) {
			if g := genderWords[strings.TrimSuffix(w, "s")]; g == "" && genderWords[w] == "" {
				continue
			}
			if cmp.Or(genderWords[w], genderWords[strings.TrimSuffix(w, "s")]) != genderWords[names[0][0]] {
				return w, true
			}
		}
	}
	return "", false
}

// shortestKept is how many letters a value has that a text is searched for, and
// common are values that say nothing by themselves.
const shortestKept = 3

var common = map[string]bool{"yes": true, "not": true, "true": true, "false": true, "other": true, "other or unknown": true, "unknown": true, "none": true}

// within reports whether a text names something that is kept, and what.
func (k Kept) within(text string) (string, bool) {
	words := plain(text)
	has := func(name []string) bool {
		for i := 0; i+len(name) <= len(words); i++ {
			if slices.Equal(words[i:i+len(name)-1], name[:len(name)-1]) && ending(words[i+len(name)-1], name[len(name)-1]) {
				return true
			}
		}
		return false
	}
	for _, names := range k {
		if !slices.ContainsFunc(names, func(n []string) bool { return !has(n) }) {
			var said []string
			for _, n := range names {
				said = append(said, strings.Join(n, " "))
			}
			return strings.Join(said, ", "), true
		}
	}
	return "", false
}

// ending reports whether a word is a name, or has an ending of up to three
// letters behind it: "Orlund's", "Orlunders".
func ending(w, name string) bool {
	if rest, ok := strings.CutPrefix(w, name); ok {
		return rest == "" || len(name) > shortestKept && len(rest) <= 3 && !strings.ContainsAny(name, "0123456789")
	}
	return strings.HasSuffix(name, "man") && w == strings.TrimSuffix(name, "man")+"men"
}

// Typed says what a sentence gives away by numbers that somebody typed: "" if
// nothing. A number of people that no result prints refuses, and so does one that
// is hidden, however it is written, and any beside what is kept, in the sentence
// or in what stands beside it.
func (e *Edition) Typed(numbers []Number, kept Kept, typed string, beside ...string) string {
	printed, hidden, wholes := map[int]bool{}, map[int]bool{}, []int{e.People}
	for i := range numbers {
		n := &numbers[i]
		if n.Hidden {
			if n.N > 0 {
				hidden[n.N] = true
			}
		} else {
			printed[n.N] = true
		}
		if n.Of > 0 && !slices.Contains(wholes, n.Of) {
			wholes = append(wholes, n.Of)
		}
	}
	sentence := readable(typed)
	if why := e.shares(numbers, strings.ToLower(sentence), printed, wholes); why != "" {
		return why
	}
	found := typedNumber.FindAllStringSubmatchIndex(sentence, -1)
	part := cmp.Or(partInWords(strings.ToLower(sentence)), anybody.FindString(sentence), compared.FindString(strings.ToLower(sentence)))
	if len(found) == 0 && part == "" {
		return ""
	}
	what, near := kept.within(strings.Join(append([]string{typed, inDigits(plainCase(typed))}, beside...), "\n"))
	rest, others := kept.others(sentence)
	if part != "" && (near || others) {
		return fmt.Sprintf("says %q beside %q, which the edition does not show", part, cmp.Or(what, rest))
	}
	for _, at := range found {
		group := func(i int) string {
			if at[2*i] < 0 {
				return ""
			}
			return sentence[at[2*i]:at[2*i+1]]
		}
		behind := sentence[at[1]:]
		digits := group(1)
		if digits == "" && group(5) != "" {
			n := 0
			for _, w := range strings.FieldsFunc(group(5), func(r rune) bool { return r == ' ' || r == '-' }) {
				n += numberWords[w]
			}
			digits = strconv.Itoa(n)
		}
		// A word for people is ordinary: four pages may be about women.
		ordinary := slices.Contains(ofPeople, what) && slices.Contains(notPeople, word.FindString(behind)) || slices.Contains(notPeople, group(4))
		if near && !ordinary && !measured(sentence, at[0], at[1], group(5)) && !tellsOfOne(sentence, at[0], group(5), behind) {
			return fmt.Sprintf("says %s beside %q, which the edition does not show", cmp.Or(digits, strconv.Quote(strings.TrimSpace(sentence[at[0]:at[1]]))), what)
		}
		if fraction := group(3); fraction != "" {
			if slices.Contains(ofPeople, group(4)) {
				return fmt.Sprintf("says %q of people, which no result prints as such", fraction)
			}
			continue
		}
		if many := group(7); many != "" {
			if slices.Contains(ofPeople, group(8)) {
				return fmt.Sprintf("says %q of people, which no result prints", many)
			}
			continue
		}
		if group(2) != "" || group(6) != "" {
			if why := typedShare(digits, numbers, hidden, wholes); why != "" {
				return why
			}
			continue
		}
		n, err := strconv.Atoi(digits)
		if err != nil {
			continue
		}
		if i := strings.IndexAny(behind, "#,.;:()[]"); i >= 0 {
			behind = behind[:i]
		}
		if strings.HasPrefix(behind, "-") && !slices.Contains(ofPeople, word.FindString(behind)) { // 19-year-old
			continue
		}
		if byReaders.MatchString(sentence[:at[0]]) {
			continue // who read for the study
		}
		people, other, direct := false, false, false
		if at := labelBefore.FindStringSubmatch(sentence[:at[0]]); at != nil && (slices.Contains(ofPeople, at[1]) || genderWords[at[1]] != "") {
			people, direct = true, true // "Men: 25"
		}
		for i, w := range word.FindAllString(behind, 4) {
			if slices.Contains(ofPeople, w) {
				// "one person" is anybody; "one woman" is somebody.
				direct = direct || i == 0
				people = people || n != 1 || w != "person" && w != "of"
				break
			}
			if slices.Contains(notPeople, w) {
				other = true
				break
			}
			if i == 0 && w == "of" {
				continue
			}
		}
		switch {
		case n == e.Rule.Small && ofRule.MatchString(sentence[:at[0]]) && hiddenBy.MatchString(sentence): // the rule itself
		case other, n >= 1900 && n <= 2100 && !direct:
		case slices.Contains(onlyOfPeople, group(5)) && !people:
		case n == 1 && (!people || tellsOfOne(sentence, at[0], group(5), behind)):
		case hidden[n] && !(printed[n] && !people):
			return fmt.Sprintf("says %d, which is a number that is not shown", n)
		case n >= 1000 && n > e.People: // more than there are
		case people && !printed[n] && !slices.Contains(wholes, n):
			return fmt.Sprintf("says %d of people, which no result prints", n)
		}
	}
	return ""
}

// tellsOfOne reports whether "one" tells of somebody and counts nobody: "One of the women
// said", "One woman spoke of fear", and not "only one of the women" or "One woman spoke from
// a cell".
func tellsOfOne(sentence string, at int, one, behind string) bool {
	if !strings.EqualFold(one, "one") || !tellsOf.MatchString(strings.ToLower(sentence[:at])) {
		return false
	}
	return ofSeveral.MatchString(behind) || oneSaid.MatchString(behind) && !slices.ContainsFunc(plain(behind), func(w string) bool { return !coarseWord(w) })
}

var (
	oneSaid   = pattern.New(`^ (?:woman|man|person|speaker) (?:said|spoke|told|felt|wanted|hoped|feared|believed|complained|regretted|described|asked)\b`)
	tellsOf   = pattern.New(`^\W*$|\b(?:that|by|and|but|to|from|for|when|as) $`)
	ofSeveral = pattern.New(`^ of (?:the (?:women|men|people|others|speakers|fighters|recruits|deserters|defectors|leavers)|them|those|these)\b`)
)

// measured reports whether a number, from one place of a sentence to another, is of
// time, distance or money, is a year, or is a word that says no number here.
func measured(sentence string, from, to int, spelt string) bool {
	behind := word.FindString(sentence[to:])
	if slices.Contains(measures, behind) || strings.HasPrefix(sentence[to:], "-") && !slices.Contains(ofPeople, behind) {
		return true
	}
	if ofThings(sentence[to:]) {
		return true
	}
	if n, err := strconv.Atoi(strings.TrimSpace(sentence[from:to])); err == nil && n >= 1900 && n <= 2100 {
		// Of people are those that stand behind it, not behind another number.
		return !slices.Contains(ofPeople, behind) || !strings.HasPrefix(strings.TrimLeft(sentence[to:], " "), behind)
	}
	if spelt == "" && (monthBehind.MatchString(sentence[to:]) || monthBefore.MatchString(sentence[:from]) && yearBehind.MatchString(sentence[to:])) {
		return true
	}
	before := strings.Fields(sentence[:from])
	switch spelt {
	case "one":
		return len(before) > 0 && before[len(before)-1] == "no" || behind == "another" || behind == "day"
	case "both", "score", "sole":
		return !slices.Contains(ofPeople, behind)
	}
	return false
}

// A day of a month beside its year. Without one "4 may" and "4 march" say what people do.
var (
	monthBehind = pattern.New(`^ ?(?:january|february|march|april|may|june|july|august|september|october|november|december),? (?:19|20)\d\d\b`)
	monthBefore = pattern.New(`\b(?:january|february|march|april|may|june|july|august|september|october|november|december) $`)
	yearBehind  = pattern.New(`^,? ?(?:19|20)\d\d\b`)
)

// ofThings reports whether what stands behind a number says that it counts pages, outlets
// or countries. Accounts and interviews are of people.
func ofThings(behind string) bool {
	if strings.HasPrefix(behind, "-") {
		return false
	}
	if i := strings.IndexAny(behind, "#,.;:()[]"); i >= 0 {
		behind = behind[:i]
	}
	for _, w := range word.FindAllString(behind, 3) {
		if slices.Contains(things, w) {
			return true
		}
		if !slices.Contains(kindsOfThings, w) {
			return false
		}
	}
	return false
}

// typedShare says what a typed share gives away: of up to a hundred people a whole
// percent is the count.
func typedShare(percent string, numbers []Number, hidden map[int]bool, wholes []int) string {
	given := false
	for _, whole := range wholes {
		low, high, err := Share(percent, whole)
		if err != nil {
			continue
		}
		for n := low; n <= high; n++ {
			if hidden[n] {
				return fmt.Sprintf("says %s%%, which of %d is %d, a number that is not shown", percent, whole, n)
			}
		}
		for i := range numbers {
			given = given || !numbers[i].Hidden && numbers[i].Of == whole && numbers[i].N >= low && numbers[i].N <= high
		}
	}
	if !given {
		return fmt.Sprintf("says %s%%, which no result prints", percent)
	}
	return ""
}

// ShownAs is the value of a person as a shape shows it.
func (e *Edition) ShownAs(s *Shape, c *Column, person int) string {
	v := c.at(c.Of[person], s.level[c.Name])
	for _, m := range s.merged[c.Name] {
		if slices.Contains(m.Values, v) {
			v = m.To
		}
	}
	return v
}
