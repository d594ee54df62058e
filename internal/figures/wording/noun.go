package wording

import (
	"strings"
)

var (
	small = Words(`of in on at by for from to with within without among amongst between into onto over under above below
		after before since until till during through throughout against across around about near off out up down toward towards
		upon via per than as like despite versus vs a an the this that these those each every any no some all both either neither
		and or but nor so yet if because while although though when where who whom whose which what why how whether
		i you he she it we they me him her us them his its our their your my mine ours theirs
		not never also only just even still then there here now again too very rather instead alone together apiece
		ago already here strong later earlier yesterday today tomorrow tonight including excluding except plus minus once twice`)
	verbs = Words(`is are was were be been being am has have had do does did will would can could shall should may might must
		said say says told tells tell went go goes gone came come comes left leave got get gets took take takes taken made make makes
		gave give gives given found find knew know known saw see seen spoke speak spoken ran run fell fall rose rise grew grow began begin
		laid admit admitted suggest suggests shows show feels forgets lost lose won win held hold kept keep met meet paid pay put set sat stood stand sent send broke broken became become felt
		thought brought bought caught taught fought sought led fled died die want need live lived die don't didn't won't wasn't weren't
		aren't isn't haven't hasn't hadn't can't couldn't wouldn't shouldn't remain remained support supported believe think agree
		agreed appeared seem seemed turned continued vanished i'd we'd they'd he'd she'd`)
	durations = Words(`second seconds minute minutes hour hours day days night nights week weeks weekend weekends fortnight month months year
		years decade decades century centuries semester semesters quarter quarters o'clock am pm a.m p.m a.m. p.m. gmt est et edt pst bst cet
		hrs hr min mins yr yrs january february march april may june july august september october november december
		midnight noon generation generations term terms`)
	measures = Words(`point points degree degrees mile miles kilometre kilometres kilometer kilometers km metre metres meter meters feet foot
		ft inch inches yard yards lb lbs pound-weight ounce ounces oz kg kilo kilos kilogram kilograms gram grams mph kph knots acre acres
		hectare hectares watts volts mg ml litre litres liters liter gallons mm cm percentage celsius fahrenheit`)
	months = map[string]int{"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
		"september": 9, "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7,
		"aug": 8, "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12}
	currencyWords = Words(`dollar dollars euro euros pound pounds cent cents pence ruble rubles rouble roubles yen yuan rupee rupees crown
		crowns kronor krone peso pesos lira dinar dinars dirham dirhams riyal riyals shekel shekels franc francs won rand real reais usd eur gbp bucks`)
)

// Small reports whether w is a function word, which ends a noun phrase.
func Small(w string) bool { return small[w] }

// Verb reports whether w is one of the common verbs.
func Verb(w string) bool { return verbs[w] }

var sayings = Words(`said say says told tells tell added adds asked asks explained wrote writes recalled described admitted believe believes think thinks`)

// Saying reports whether w is a verb by which somebody speaks.
func Saying(w string) bool { return sayings[w] }

var moving = Words(`up down rose rise rises risen rising fell fall falls fallen falling climbed climb climbing soared soar soaring dropped drop drops dropping
		jumped jump jumping increased increase increases increasing decreased decrease decreasing declined decline declining grew grow grows grown growing shrank shrink shrunk shrinking
		plunged plunge plunging surged surge surging gained gain slipped slid slumped slump slumping crumbled tumbled swelled sank dipped edged widened narrowed expanded contracted
		cut cuts cutting reduced reduce reducing raised raise raising boosted slashed trimmed lowered lifted improved worsened slowed quickened accelerated eased`)

// Moving reports whether w is a word of rising and falling, or of making
// something rise and fall.
func Moving(w string) bool { return moving[w] }

// Duration reports whether w is a unit or point of time, so that a number
// before it counts nothing.
func Duration(w string) bool { return durations[w] }

// Measure reports whether w is a unit of length, weight or the like.
func Measure(w string) bool { return measures[w] }

// Currency reports whether w names money.
func Currency(w string) bool { return currencyWords[w] }

// Month returns the number of a month by its name or short name, or 0.
func Month(w string) int { return months[w] }

// VagueWord reports whether w is "dozens", "hundreds" and so on.
func VagueWord(w string) bool { return vagueWords[w] }

// Singular drops the plural ending of a noun.
func Singular(w string) string {
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case irregular[w] != "":
		return irregular[w]
	case strings.HasSuffix(w, "women") || strings.HasSuffix(w, "men") && len(w) > 3 && w != "specimen":
		return w[:len(w)-2] + "an"
	case strings.HasSuffix(w, "ches") || strings.HasSuffix(w, "shes") || strings.HasSuffix(w, "sses") || strings.HasSuffix(w, "xes"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"):
		return w[:len(w)-1]
	}
	return w
}

var irregular = map[string]string{"people": "person", "persons": "person", "men": "man", "children": "child", "kids": "child", "lives": "life", "wives": "wife",
	"geese": "goose", "mice": "mouse", "feet": "foot", "teeth": "tooth", "media": "medium", "criteria": "criterion", "data": "datum"}

var notPlural = Words(`his its this was has does us as less plus yes thus always perhaps besides overseas christmas whereas unless towards
	afterwards across news politics u.s u.s. states-based himself isis`)

// Plural reports whether w looks like a plural noun.
func Plural(w string) bool {
	if irregular[w] != "" && !strings.HasSuffix(w, "s") || strings.HasSuffix(w, "men") && len(w) > 4 ||
		strings.HasSuffix(w, "people") || w == "police" || w == "personnel" || w == "troops" {
		return true
	}
	if len(w) < 3 || !strings.HasSuffix(w, "s") || notPlural[w] {
		return false
	}
	for _, e := range [...]string{"ss", "us", "is", "'s"} {
		if strings.HasSuffix(w, e) {
			return false
		}
	}
	return true
}

// Verbish reports whether w may be a verb.
func Verbish(w string) bool {
	return verbs[w] || (strings.HasSuffix(w, "ed") && w != "hundred" || strings.HasSuffix(w, "ing")) && !strings.Contains(w, "-")
}

// A Noun is the noun phrase that says what is counted.
type Noun struct {
	Text   string // in lower case, head last
	Head   string // its last word
	Plural bool   // the head is a plural
	End    int    // first token after it
}

// NounAt reads the noun phrase that starts at token j. Without a parser, the
// first plural ends it, with the plurals that follow directly ("teachers
// unions") or after "and" ("generals and admirals").
func (t *Text) NounAt(j int) Noun {
	first, last := -1, -1
	of := t.At(j - 1).Sent
	k := j
	for q := t.At(k); k == j && (q.Low == `"` || q.Low == "“" || q.Low == "'" || q.Low == "‘" || q.Low == "("); q = t.At(k) {
		k++
	}
	var parts []string
	seen := 0
scan:
	for ; k < len(t.Tok) && seen < 9; k++ {
		w := t.At(k)
		if w.Sent != of {
			break
		}
		switch {
		case w.Kind == Mark:
			if w.Low == "-" && first >= 0 && t.Joined(k-1) && (t.Joined(k) || t.At(k+1).Low == "and") {
				parts[len(parts)-1] += "-"
				if t.Joined(k) && t.Joined(k+1) && t.At(k+2).Low == "-" { // "side-by-side"
					parts[len(parts)-1] += t.At(k+1).Low + "-"
					k += 2
				}
				continue
			}
			if w.Low == "." && t.Joined(k-1) && shortTitle[t.At(k-1).Low] { // "Mr. Orlan's backers"
				continue
			}
			if w.Low == "," && last == k-1 && last >= 0 && t.listed(k+1) {
				continue
			}
			break scan
		case w.Kind == Number:
			break scan
		case (w.Low == "and" || w.Low == "or") && first >= 0:
			if t.At(k-1).Low == "-" {
				continue
			}
			if last < 0 && t.followedByPlural(k+1) { // "past and current employees"
				parts = append(parts, w.Low)
				continue
			}
			if last == k-1 && t.followedByPlural(k+1) {
				parts = append(parts, w.Low)
				last = -2 // the phrase goes on to the next plural
				continue
			}
			break scan
		case (small[w.Low] && w.Low != "near" || verbs[w.Low]) && !(t.Joined(k) && t.At(k+1).Low == "-" && t.Joined(k+1)): // but "off-duty guards"
			break scan
		case smallWords[w.Low] > 0 || vagueWords[w.Low]:
			break scan
		}
		if last >= 0 && !Plural(w.Low) {
			break
		}
		if first < 0 {
			first = k
		}
		seen++
		if n := len(parts); n > 0 && strings.HasSuffix(parts[n-1], "-") && t.Joined(k-1) {
			parts[n-1] += w.Low
		} else {
			parts = append(parts, w.Low)
		}
		if Plural(w.Low) && !(t.Joined(k) && t.At(k+1).Low == "-") {
			last = k
		}
	}
	if first < 0 {
		return Noun{End: j}
	}
	if last < 0 {
		// no plural: what stands before the boundary, if it is short
		for n := 1; n < len(parts); n++ { // "the electorate voted"
			if Verbish(parts[n]) {
				parts, k = parts[:n], first+n
				break
			}
		}
		n := len(parts)
		return Noun{Text: strings.Join(parts, " "), Head: parts[n-1], End: k}
	}
	// cut what follows the last plural
	n := len(parts)
	for n > 1 && !Plural(LastPart(parts[n-1])) {
		n--
	}
	if currencyWords[LastPart(parts[n-1])] {
		return Noun{Text: "money", Head: "money", Plural: true, End: last + 1}
	}
	return Noun{Text: strings.Join(parts[:n], " "), Head: LastPart(parts[n-1]), Plural: true, End: last + 1}
}

// LastPart returns what follows the last hyphen.
func LastPart(s string) string { return s[strings.LastIndexByte(s, '-')+1:] }

// listed reports whether a list of plurals goes on at k: "companies and
// unions".
func (t *Text) listed(k int) bool {
	for n := 0; n < 6 && Plural(t.At(k).Low); n++ {
		if t.At(k+1).Low == "and" {
			return t.followedByPlural(k + 2)
		}
		if t.At(k+1).Low != "," {
			return false
		}
		k += 2
	}
	return false
}

// followedByPlural reports whether a plural comes within two words.
func (t *Text) followedByPlural(k int) bool {
	for n := 0; n < 3; n++ {
		w := t.At(k + n)
		if w.Kind != Word || small[w.Low] || verbs[w.Low] || smallWords[w.Low] > 0 || vagueWords[w.Low] || w.Low == "tens" {
			return false
		}
		if Plural(w.Low) {
			// "residents and sends just 31": a verb
			after := t.At(k + n + 1)
			return !(n == 0 && (after.Kind == Number || articleLike[after.Low]))
		}
	}
	return false
}

var (
	shortTitle  = Words("mr mrs ms dr st sen rep gov gen")
	articleLike = Words("a an the just his her its their only more")
)

// FirstWord and LastWord cut a phrase at its first and last blank.
func FirstWord(s string) string { w, _, _ := strings.Cut(s, " "); return w }
func LastWord(s string) string  { return s[strings.LastIndexByte(s, ' ')+1:] }

var (
	people = Words(`people person man woman child member victim resident refugee civilian student voter worker family patient
		soldier troop police personnel inmate native national citizen casualty colleague relative friend rebel militant hostage
		witness youth teen teenager adult boy girl german briton european american foreigner guest staff crew muslim
		recruit veteran official employee orphan widow cook nurse chief delegate activist ally guard saint leaver`)
	notPeople = Words(`number letter paper tower computer factor door order year quarter matter member-state chapter centre center
		dollar meter error river winter summer border newspaper server order tour floor minister-level water weather power answer
		offer cover corner shoulder finger`)
	caseLike = Words(`case account story testimony defection desertion report departure interview`)
)

// Personal reports whether a unit counts people.
func Personal(unit string) bool {
	h := Singular(LastPart(LastWord(unit)))
	if people[h] || strings.HasSuffix(h, "man") || strings.HasSuffix(h, "woman") || strings.HasSuffix(h, "child") {
		return true
	}
	if notPeople[h] || len(h) < 5 {
		return false
	}
	for _, e := range [...]string{"er", "or", "ist", "ian", "ee", "ant", "lander"} {
		if strings.HasSuffix(h, e) {
			return true
		}
	}
	return false
}

// CaseLike reports whether a unit counts cases, accounts and the like, each of
// which stands for a person.
func CaseLike(unit string) bool { return caseLike[Singular(LastWord(unit))] }
