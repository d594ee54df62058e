package release

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"recount/internal/pattern"
)

// This file finds clues: what is no name, no day and no fact, and leads to one all the
// same. How a name begins, sounds or is spelt; initials; a name in the letters of
// radio operators, in Morse signs or by the numbers of its letters; what to type into a
// search engine; an address that hides where it leads; the name of a file that
// somebody else has.
//
// Method: words that say what a name is like, beside a word for one person; initials
// beside those of the names that are looked for; spellings are read and searched.
// Limits: English. What a name means in another language is not known.

// The words that stand for letters, in the order of the alphabet.
var spelledLetters = func() map[string]byte {
	out := map[string]byte{}
	for _, list := range []string{
		"alfa bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu",
		"alpha b c d e f g h i juliet k l m n o p q r s t u v whisky x y z",
		"ay bee cee dee ee eff gee aitch eye jay kay ell em en oh pee cue ar ess tee you vee doubleyou ex why zed",
	} {
		for i, w := range strings.Fields(list) {
			out[w] = byte('a' + i)
		}
	}
	return out
}()

var morse = func() map[string]byte {
	out := map[string]byte{}
	for i, s := range strings.Fields(".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --..") {
		out[s] = byte('a' + i)
	}
	return out
}()

// smallSigns are abbreviations that nobody writes in capitals with dots.
var smallSigns = []string{"eg", "ie", "id", "am", "pm", "no"}

const shortestSpelt = 3 // letters that are spelt in a row

var (
	morseRow  = pattern.New(`[.·•−–_-]{1,4}(?:[ /|]+[.·•−–_-]{1,4}){3,}`)
	numberRow = pattern.New(`\b\d{1,2}(?:[-., /]+\d{1,2}){3,}\b`)
	pairs     = pattern.New(`(?:^|[^\p{L}.])((?:\p{Lu}\.[ \x{a0}]?){2,3})`)
	capitals  = pattern.New(`\b\p{Lu}{1,3}\b`)

	// one stands for one person.
	onePerson = pattern.New(`\b(?:he|she|his|her|him|hers|one|somebody|someone|whose|who|man|woman|boy|girl|person|speaker|leaver|deserter|defector|witness|recruit|fighter)\b`)
	aName     = `(?:name|surname|forename|nickname|pseudonym|alias|nom de guerre|initials?)`
	// likeName says what a name is like, and ofOne what somebody's is.
	ofName    = pattern.New(`\b(?:` + aName + `|called|named)\b`)
	asSound   = pattern.New(`\b(?:rhymes?|rhyming) with\b|\bsounds? like\b|\banagram of\b|\bspelt backwards\b`)
	likeName  = pattern.New(`\b` + aName + ` (?:\w+ )?(?:begin|start|end|rhym|sound|resembl|contain|recall|spel|translat|anagram)\w*\b|\b(?:first|last|middle|second) letters? of (?:his|her|the|whose) ` + aName + `\b|\b` + aName + ` (?:of|has|had|with) (?:\w+ )?(?:letters?|syllables?|vowels?)\b`)
	ofOne     = pattern.New(`\b(?:his|her|whose|one's|ones|person's|persons|woman's|womans|man's|mans) (?:(?:real|full|true|given|family|first|last|middle|second|other|code|christian|pen) )*` + aName + ` (?:is|was|means|meant|stands?|stood|comes|came|has|had) (\w+)|\binitials (?:of (?:one|him|her) )?(?:are|were|is) (\w+)`)
	notSaid   = strings.Fields("not never no withheld changed unknown kept left printed given known in missing protected replaced hidden another a false made shown named been also neither nowhere public only being nobody nobodys unprinted safe at")
	byName    = pattern.New(`\b(?:goes|went|known|bears|bore|uses|used|takes|took|has|had|chose|picked|borrowed|borrows|calls himself|calls herself|called) (?:by |under |as |for |himself |herself )?(?:the|an?|that) ((?:[\pL’'-]+ ){0,3}?)(?:name|nickname|alias|pseudonym|nom de guerre)( of (?:an?|the|some) [\pL-]+)?\b`)
	plainName = strings.Fields("another false different assumed changed other new invented made-up own real full chosen code pen war battle fighting first last family given second same fictitious fictional cover stage common single")

	// advice tells a reader what to look for elsewhere.
	advice = pattern.New(`(?:^|[.!?:;] |\bto )(?:please |just |simply |then |you can |you may |one can |one may |readers can |readers may |anybody can |anyone can )?(?:search|google|bing|look|type|put|enter|paste|try|query|browse|leaf|go) (?:(?:it |this |that |them |these )?(?:in|into|up|for|through|under|with|on|to|at|over|any|the|a|an)\b|[“"'‘]|\pL+ ).*\b(?:search|engine|engines|box|web|internet|online|google|archives?|bulletins?|back issues|front pages?|library|libraries|microfilm|database|catalogue|newsstand|youtube|facebook|twitter|telegram)\b|(?:^|[.!?:;] )(?:just |simply )?(?:google|bing) \pL+`)

	// ofASearch is a search that was made, at the head of a sentence: "Search terms were chosen".
	ofASearch = pattern.New(`((?:^|[.!?:;] ))search (terms?|results?|strings?|words?|engines?|queries|dates?)\b`)

	// addresses that hide where they lead, or lead to a copy.
	hides = pattern.New(`\b(?:bit\.ly|tinyurl\.com|goo\.gl|t\.co|ow\.ly|is\.gd|buff\.ly|rb\.gy|cutt\.ly|t\.ly|lnkd\.in|youtu\.be|t\.me|wa\.me|fb\.me|we\.tl|(?:web\.)?archive\.(?:org/web|is|ph|today|li|vn|fo|md)|perma\.cc|webcitation\.org|ghostarchive\.org|cachedview\.\w+|webcache\.\w+|drive\.google\.com|docs\.google\.com|dropbox\.com|1drv\.ms|pastebin\.com)(?:/\S*|\b)`)
	// files that no edition holds: pictures, sound, mails, archives.
	files = pattern.New(`(?i)(?:^|[\s(“"'/])([\pL\pN][\pL\pN_.-]*\.(?:warc|warc\.gz|wacz|har|mht|mhtml|eml|msg|jpe?g|png|gif|heic|tiff?|webp|bmp|mp3|mp4|m4a|wav|ogg|mov|avi|mkv|webm))\b`)
)

// Clue says what a text tells of a name or of a page without naming it; "" if nothing.
func (x *Index) Clue(text string) string {
	lower := strings.ToLower(Bare(text))
	one := onePerson.MatchString(lower)
	if x.hasInitials(text, lower) {
		return "holds the initials of somebody who may not be shown"
	}
	if likeName.MatchString(lower) || asSound.MatchString(lower) && ofName.MatchString(lower) || one && x.saysOfName(lower) {
		return "says what somebody's name is like: who looks for the page knows it by that"
	}
	for _, word := range speltIn(text, lower) {
		for _, w := range []string{word, strings.ToUpper(word[:1]) + word[1:]} {
			if hits, err := x.SearchFile("", []byte(w)); err != nil || len(hits) > 0 {
				return "spells the name of somebody who may not be shown"
			}
		}
	}
	switch {
	case advice.MatchString(ofASearch.ReplaceAllString(lower, "${1}lookup $2")):
		return "says what to look for elsewhere: a search leads to a page"
	case hides.MatchString(strings.ToLower(text)):
		return "holds an address that hides where it leads, or leads to a copy of a page"
	case files.MatchString(text):
		return "names a file that is no part of the edition"
	}
	return ""
}

// saysOfName reports whether a text says what one person's name is, or goes by.
func (x *Index) saysOfName(lower string) bool {
	for _, at := range ofOne.FindAllStringSubmatch(lower, -1) {
		if next := at[1] + at[2]; !slices.Contains(notSaid, next) {
			return true
		}
	}
	for _, at := range byName.FindAllStringSubmatch(lower, -1) {
		mods := strings.Fields(at[1])
		if (len(mods) > 0 || at[2] != "") && !slices.ContainsFunc(mods, func(m string) bool { return slices.Contains(plainName, m) }) {
			return true
		}
	}
	return false
}

// initialsOf are the first letters of a name of two parts or three, in either order.
func initialsOf(name string) (out []string) {
	var first []byte
	for _, w := range strings.Fields(name) {
		r := []rune(w)
		if p := plain(w); len(p) > 0 && unicode.IsUpper(r[0]) {
			first = append(first, p[0][0])
		}
	}
	if len(first) < 2 || len(first) > 3 {
		return nil
	}
	there := string(first)
	slices.Reverse(first)
	return []string{there, string(first)}
}

// hasInitials reports whether a text holds the initials of a name: with dots, or in
// capitals where it speaks of initials.
func (x *Index) hasInitials(text, lower string) bool {
	is := func(s string) bool {
		key := strings.Join(plain(s), "")
		return x.initials[key] && (!signs()[key] || slices.Contains(smallSigns, key))
	}
	text = norm.NFKC.String(text)
	for _, at := range pairs.FindAllStringSubmatchIndex(text, -1) {
		// "E. G. Brandt" is somebody else, or found by the last name.
		rest := strings.TrimLeft(text[at[3]:], " \u00a0")
		if r := []rune(rest); len(r) > 1 && unicode.IsUpper(r[0]) && unicode.IsLower(r[1]) && !small()[strings.ToLower(firstWord(rest))] {
			continue
		}
		if is(text[at[2]:at[3]]) {
			return true
		}
	}
	if !strings.Contains(lower, "initial") {
		return false
	}
	row := capitals.FindAllString(text, -1)
	for i, s := range row {
		if is(s) || i > 0 && len(s) == 1 && len(row[i-1]) == 1 && is(row[i-1]+" "+s) {
			return true
		}
	}
	return false
}

// speltIn lists the words that a text spells letter by letter, in words, signs or numbers.
func speltIn(text, lower string) (out []string) {
	var b []byte
	end := func() {
		if len(b) >= shortestSpelt {
			out = append(out, string(b))
		}
		b = nil
	}
	for _, w := range plain(lower) {
		if c := spelledLetters[w]; c != 0 {
			b = append(b, c)
		} else if w != "and" && w != "then" {
			end()
		}
	}
	end()
	for _, row := range morseRow.FindAllString(text, -1) {
		row = strings.NewReplacer("·", ".", "•", ".", "−", "-", "–", "-", "_", "-", "/", " ", "|", " ").Replace(row)
		for _, s := range strings.Fields(row) {
			if c := morse[s]; c != 0 {
				b = append(b, c)
			}
		}
		end()
	}
	for _, row := range numberRow.FindAllString(text, -1) {
		for s := range strings.FieldsFuncSeq(row, func(r rune) bool { return !unicode.IsDigit(r) }) {
			if n, err := strconv.Atoi(s); err == nil && n >= 1 && n <= 26 {
				b = append(b, byte('a'+n-1))
			} else {
				end()
			}
		}
		end()
	}
	return out
}
