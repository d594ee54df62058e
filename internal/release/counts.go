package release

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"recount/internal/pattern"
)

// This file reads numbers that stand otherwise than in digits and English words: Roman
// and Chinese numerals, tally marks, rows of signs, words of other languages, thousands
// with a sign between. They are written as digits, and read by typed.go as all others.

//go:embed counts.txt
var countWords string

// countsElsewhere are the numbers of other languages, by their bare letters.
var countsElsewhere = sync.OnceValue(func() map[string]int { return readNumbered(countWords) })

var (
	thousands = pattern.New(`[1-9]\d{0,2}(?:(?:,\d{3})+|(?:\.\d{3})+|(?:['’]\d{3})+|(?: \d{3})+)`)
	// strokes are marks of which everybody sees how many they are.
	strokes = pattern.New(`(?:[|¦│ǀ∣❘〡丨\\/] ?){3,}|(?:[|¦│ǀ∣❘〡丨] ?){2}|(?:[•●○◦■□▪▫█▮▯★☆✓✔✗✕+*] ?){2,}|\b(?:I{4,}|i{4,}|l{4,}|x{5,}|X{5,})\b`)
	free    = pattern.New(`^$|^[\s.,;)]|[\s:=(] $`)
	// drawn are signs for women and men.
	drawn = pattern.New(`[♀♂👩👧👵🚺👨👦👴🚹](?:[♀♂👩👧👵🚺👨👦👴🚹 ]*[♀♂👩👧👵🚺👨👦👴🚹])?`)
	// romans are Roman numerals, and where one stands that counts.
	romans      = pattern.New(`\b(?:[IVXLC]+|[ivxlc]{2,})\b`)
	countBefore = pattern.New(`(?:[:=]\s*|\((?:\s*)|\b(?i:of|were|was|are|is|numbered|total(?:led)?|to)\s+)$`)
	countBehind = pattern.New(`^\s+(?i:of|were|was|are|out|in)\b`)
	foreignWord = pattern.New(`[\pL\p{Mc}]+`)
	inHan       = pattern.New(`[〇零一二三四五六七八九十百两兩弐参壱]+`)
	nextWord    = pattern.New(`^[\s-]+(\pL+)`)
	lastWord    = pattern.New(`(\pL+)[^\pL]*$`)
	// numbered things are called by Roman numerals: "Part IV", "Table II".
	numberedBy = strings.Fields("table part chapter section figure fig appendix volume vol annex phase war class type title article no book act scene stage level grade issue number note")
)

// large multiplies the number before it.
var large = map[string]int{"hundred": 100, "thousand": 1000, "million": 1e6}

// manyTimes is "four thousand" and the like.
var manyTimes = pattern.New(`\b(` + spelt + `|\d{1,3}) +(hundred|thousand|million)\b`)

const hanDigits = "〇一二三四五六七八九"

// inDigits is a text of which letters are taken apart, its capitals kept, with every
// number in digits that is written otherwise.
func inDigits(text string) string {
	text = drawn.ReplaceAllStringFunc(text, func(s string) string {
		n, who := 0, "men"
		for _, r := range s {
			if strings.ContainsRune("♀👩👧👵🚺", r) {
				who = "women"
			}
			if r != ' ' {
				n++
			}
		}
		if n == 1 {
			return " " + who + " "
		}
		return " " + strconv.Itoa(n) + " " + who + " "
	})
	text = replaced(text, strokes.FindAllStringIndex(text, -1), func(from, to int) (string, bool) {
		s := strings.ReplaceAll(text[from:to], " ", "")
		same := strings.Count(s, string([]rune(s)[:1])) == len([]rune(s))
		marks := !strings.ContainsAny(s, `/\*+`) || free.MatchString(text[:from]+" ") && free.MatchString(text[to:]) // an address, emphasis, C++
		return " " + strconv.Itoa(len([]rune(s))) + " ", same && marks
	})
	text = replaced(text, thousands.FindAllStringIndex(text, -1), func(from, to int) (string, bool) {
		digit := func(i int) bool { return i >= 0 && i < len(text) && text[i] >= '0' && text[i] <= '9' }
		alone := !digit(from-1) && !digit(to) && !(digit(to+1) && strings.ContainsAny(text[to:to+1], ".,")) && !(digit(from-2) && strings.ContainsAny(text[from-1:from], ".,"))
		return strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) {
				return r
			}
			return -1
		}, text[from:to]), alone
	})
	text = replaced(text, romans.FindAllStringIndex(text, -1), func(from, to int) (string, bool) {
		s, before, behind := text[from:to], text[:from], text[to:]
		n := roman(strings.ToUpper(s))
		if inRoman(n) != strings.ToUpper(s) {
			return "", false
		}
		last := lastWord.FindStringSubmatch(before)
		if last != nil && slices.Contains(numberedBy, strings.ToLower(last[1])) {
			return "", false
		}
		counts := countBefore.MatchString(before)
		if next := nextWord.FindStringSubmatch(behind); next != nil && s != "I" && s == strings.ToUpper(s) && slices.Contains(ofPeople, strings.ToLower(next[1])) {
			return strconv.Itoa(n), true
		}
		switch {
		case s == "I": // the one who speaks
			counts = counts && strings.TrimLeft(behind, " .;)") == "" && strings.ContainsAny(before[max(0, len(before)-3):], ":=(")
		case s != strings.ToUpper(s): // "(iv)" is an item of a list
			counts = counts && !strings.HasSuffix(strings.TrimSpace(before), "(")
		case !counts && countBehind.MatchString(behind):
			counts = last == nil || !unicode.IsUpper([]rune(last[1])[0]) // Karl IV was
		}
		return strconv.Itoa(n), counts
	})
	text = replaced(text, inHan.FindAllStringIndex(text, -1), func(from, to int) (string, bool) {
		before, _ := utf8.DecodeLastRuneInString(text[:from])
		behind, _ := utf8.DecodeRuneInString(text[to:])
		alone := !unicode.Is(unicode.Han, before) && (!unicode.Is(unicode.Han, behind) || strings.ContainsRune("人名個个位割", behind))
		return strconv.Itoa(han(text[from:to])) + " ", alone
	})
	return replaced(text, foreignWord.FindAllStringIndex(text, -1), func(from, to int) (string, bool) {
		n := elsewhere(strings.Join(plain(text[from:to]), ""))
		return strconv.Itoa(n), n > 0
	})
}

// elsewhere is the value of a number of another language, also of one that is built of
// two; 0 if it is none.
func elsewhere(w string) int {
	all := countsElsewhere()
	if all[w] > 0 {
		return all[w]
	}
	for i := 3; i < len(w)-3; i++ {
		unit := all[w[:i]]
		if unit == 0 || unit > 9 {
			continue
		}
		for _, join := range []string{"", "und", "en"} {
			if ten, ok := strings.CutPrefix(w[i:], join); ok && all[ten] >= 20 && all[ten]%10 == 0 {
				return all[ten] + unit
			}
		}
	}
	return 0
}

// replaced writes parts of a text otherwise.
func replaced(text string, at [][]int, by func(from, to int) (string, bool)) string {
	var b strings.Builder
	done := 0
	for _, x := range at {
		if s, ok := by(x[0], x[1]); ok {
			b.WriteString(text[done:x[0]] + s)
			done = x[1]
		}
	}
	return b.String() + text[done:]
}

// inRoman writes a number below 400 in Roman numerals.
func inRoman(n int) string {
	if n < 1 || n >= 400 {
		return ""
	}
	var b strings.Builder
	for _, step := range []struct {
		n int
		s string
	}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= step.n; n -= step.n {
			b.WriteString(step.s)
		}
	}
	return b.String()
}

// han is the value of a number in Chinese signs.
func han(w string) int {
	total, n := 0, 0
	for _, r := range strings.NewReplacer("零", "〇", "两", "二", "兩", "二", "壱", "一", "弐", "二", "参", "三").Replace(w) {
		i := strings.IndexRune(hanDigits, r) / len("〇")
		switch {
		case r == '十':
			total, n = total+max(n, 1)*10, 0
		case r == '百':
			total, n = total+max(n, 1)*100, 0
		default:
			n = 10*n + i
		}
	}
	return total + n
}

var (
	aPart = pattern.New(`\b(?:an?|one|the|` + spelt + `|\d+)[ -](?:` + parts + `)\b((?:[ ]+\w+){0,3})|\bhalf\b((?:[ ]+\w+){0,3})`)
	anNth = pattern.New(`\b(?:every|each)[ -](?:second|other|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|twentieth|\d+(?:st|nd|rd|th))\b((?:[ ]+\w+)?)`)
	some4 = pattern.New(`\b(?:twosome|threesome|foursome|fivesome|quintet|sextet|twins|triplets|quadruplets|triad|tetrad|fifty-fifty|twice|thrice|fourfold|threefold|twofold|brace|deuce|troika|triumvirate|trinity|quadruple|quint|quintuplets|pentad|sestet|hexad|septet|octet|nonet)\b`)
	// compared sets a number beside another one that readers know.
	compared = pattern.New(`\b(?:as (?:many|few)|(?:no |not )?(?:fewer|more|less)) (?:(?:young|old|former|of the|the) )?\pL+ (?:as|than)\b|\bthe same number of\b`)
	// behindPart goes on behind a share, and not behind the third of several things.
	behindPart = append(strings.Fields("of is and or in among at that which here there then come comes all from only"), verbsOfShare...)
	anybody    = pattern.New(`\b(?:somebody|someone|an?(?: \w+)? (?:person|individual|speaker|witness|member|interviewee)) (?:(?:who|that)(?: is| was| came)? |came |is |was )?(?:from|of|in)\b`)
)

// partInWords is a share or a count in words that stands beside no word for people: "" if
// a text has none. A part of a year or of pages is none of people.
func partInWords(sentence string) string {
	thing := func(words string) bool {
		return slices.ContainsFunc(strings.Fields(words), func(w string) bool { return slices.Contains(notPeople, w) })
	}
	for _, at := range aPart.FindAllStringSubmatch(sentence, -1) {
		behind := at[1] + at[2]
		next := strings.Fields(behind)
		if thing(behind) || len(next) > 0 && !slices.Contains(behindPart, next[0]) && !slices.Contains(ofPeople, next[0]) {
			continue
		}
		return strings.TrimSpace(strings.TrimSuffix(at[0], behind))
	}
	for _, at := range anNth.FindAllStringSubmatch(sentence, -1) {
		if !thing(at[1]) && strings.TrimSpace(at[1]) != "time" {
			return strings.TrimSpace(at[0])
		}
	}
	return some4.FindString(sentence)
}
