package release

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// This file reads numbers that somebody typed into prose, instead of taking them
// from a result: they may say what a table does not.

// numberWords are numbers written out. "one" is an article more often than a
// number; it counts before a word for people only.
var numberWords = map[string]int{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}

// ofPeople are words behind a number of people, and notPeople words behind one of
// something else.
var (
	ofPeople  = strings.Fields("people person persons women woman men man girls girl boys boy children child teenagers them us speakers witnesses members recruits fighters deserters defectors leavers detainees prisoners refugees workers soldiers officers interviewees respondents others who")
	notPeople = strings.Fields("months month years year weeks week days day hours hour minutes pages page articles article outlets outlet newspapers sources source stories story originals original reprints agencies agency reports report languages countries towns villages kilometres km miles euros dollars questions codes times tables periods editions accounts account interviews interview statements statement quotations values answers answer readers reader coders coder reasons reason")
)

var (
	typedNumber = regexp.MustCompile(`(?i)\b(\d+(?:\.\d+)?)\s*(%|per\s?cent\b)?|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(\s+per\s?cent\b)?|\b(half|a third|a quarter|two thirds|three quarters|a fifth|a tenth)\s+of\s+(?:the\s+)?(\w+)`)
	word        = regexp.MustCompile(`[\p{L}\p{N}']+`)
)

// OfPeople reports whether a text has a word for people.
func OfPeople(text string) bool {
	return slices.ContainsFunc(word.FindAllString(strings.ToLower(text), -1), func(w string) bool { return slices.Contains(ofPeople, w) })
}

// Typed says what a sentence gives away by numbers that somebody typed: "" if
// nothing. A number of people that no result prints refuses, and so does one that
// is hidden, however it is written.
func (e *Edition) Typed(numbers []Number, sentence string) string {
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
	for _, at := range typedNumber.FindAllStringSubmatchIndex(sentence, -1) {
		group := func(i int) string {
			if at[2*i] < 0 {
				return ""
			}
			return sentence[at[2*i]:at[2*i+1]]
		}
		if fraction := group(5); fraction != "" {
			if slices.Contains(ofPeople, strings.ToLower(group(6))) {
				return fmt.Sprintf("says %q of people, which no result prints as such", strings.ToLower(fraction))
			}
			continue
		}
		digits := group(1)
		if digits == "" {
			digits = strconv.Itoa(numberWords[strings.ToLower(group(3))])
		}
		if group(2) != "" || group(4) != "" {
			if why := typedShare(digits, numbers, hidden, wholes); why != "" {
				return why
			}
			continue
		}
		n, err := strconv.Atoi(digits)
		if err != nil {
			continue
		}
		behind := strings.ToLower(sentence[at[1]:])
		if i := strings.IndexAny(behind, "#,.;:()[]"); i >= 0 {
			behind = behind[:i]
		}
		if strings.HasPrefix(behind, "-") { // 19-year-old
			continue
		}
		people, other, direct := false, false, false
		for i, w := range word.FindAllString(behind, 4) {
			if slices.Contains(ofPeople, w) {
				// "one person" is anybody; "one woman" is somebody.
				direct = i == 0
				people = n != 1 || w != "person" && w != "of"
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
		case other, n >= 1900 && n <= 2100 && !direct:
		case n == 1 && !people:
		case hidden[n] && !(printed[n] && !people):
			return fmt.Sprintf("says %d, which is a number that is not shown", n)
		case people && !printed[n] && !slices.Contains(wholes, n):
			return fmt.Sprintf("says %d of people, which no result prints", n)
		}
	}
	return ""
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
