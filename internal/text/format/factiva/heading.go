package factiva

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount/internal/pattern"
)

var (
	wordCount  = pattern.New(`(?i)^[\d.,'’\s\x{a0}\x{202f}]{1,12}(?:words?|wörter|wort|mots?|palabras?|parol[ae]|palavras?|woorden|woord|слов[оа]?|ord|語|字|文字|ワード|個字|个字|字词)$`)
	clockShape = pattern.New(`(?i)^(\d{1,2})[:.h](\d{2})(?::\d{2})?\s*(am|pm|a\.m\.|p\.m\.|uhr)?(?:\s*[A-Z]{2,4})?$`)
	sourceCode = pattern.New(`^[A-Z0-9_]{2,10}$`)
	pageShape  = pattern.New(`^[A-Za-z]{0,4}[-. ]?\d{1,4}[A-Za-z]?(?:\s?[-–,;/&]\s?[A-Za-z]{0,4}[-. ]?\d{1,4}[A-Za-z]?)*$`)
	rights     = pattern.New(`(?i)^(?:\(c\)|©|ⓒ|copyright\b|copyr\.)`)
	reserved   = pattern.New(`(?i)^(?:all rights reserved|alle rechte|tous droits|todos los derechos|todos os direitos|tutti i diritti|alle rechten|все права)`)
	documentID = pattern.New(`^\p{L}{2,12}\s*:?\s+([A-Za-z0-9_]{2,12}(?:19|20)\d{6}[A-Za-z0-9]{6,10})$`)
	languages  = nameSet(`english french german spanish italian portuguese dutch russian japanese chinese arabic swedish danish norwegian
finnish polish czech slovak hungarian turkish greek korean indonesian malay thai catalan bulgarian romanian hebrew ukrainian vietnamese croatian
englisch französisch deutsch spanisch italienisch portugiesisch niederländisch russisch japanisch chinesisch arabisch schwedisch dänisch norwegisch
finnisch polnisch tschechisch slowakisch ungarisch türkisch griechisch koreanisch indonesisch malaiisch katalanisch bulgarisch rumänisch
anglais français allemand espagnol italien portugais néerlandais russe japonais chinois arabe suédois danois norvégien finnois polonais tchèque
slovaque hongrois turc grec coréen indonésien malais catalan bulgare roumain
inglés francés alemán español italiano portugués neerlandés holandés ruso japonés chino árabe sueco danés noruego finlandés finés polaco checo
eslovaco húngaro turco griego coreano indonesio malayo catalán búlgaro rumano
inglese francese tedesco spagnolo portoghese olandese russo giapponese cinese arabo svedese danese norvegese finlandese polacco ceco slovacco
ungherese greco indonesiano malese catalano bulgaro rumeno
inglês francês alemão espanhol português holandês neerlandês japonês chinês dinamarquês norueguês finlandês polonês tcheco checo
engels frans duits spaans italiaans portugees nederlands russisch japans chinees arabisch zweeds deens noors fins pools tsjechisch hongaars turks grieks
английский французский немецкий испанский итальянский португальский нидерландский голландский русский японский китайский арабский шведский
датский норвежский финский польский чешский турецкий украинский
英語 フランス語 ドイツ語 スペイン語 イタリア語 ポルトガル語 オランダ語 ロシア語 日本語 中国語 英语 法语 德语 西班牙语 意大利语 俄语 日语 中文
英文 德文 法文 西班牙文 意大利文 義大利文 葡萄牙文 荷兰文 荷蘭文 俄文 日文 韩文 韓文 阿拉伯文 瑞典文 丹麦文 丹麥文 挪威文 芬兰文 芬蘭文 波兰文 波蘭文 捷克文 土耳其文 希腊文 希臘文 匈牙利文 德語 法語 西班牙語 俄語 日語 韓語 韩语
葡萄牙语 荷兰语 阿拉伯语 영어 독일어 프랑스어 스페인어 이탈리아어 러시아어 일본어 중국어 한국어 韓国語 ポーランド語 アラビア語`)
)

func nameSet(list string) map[string]bool {
	m := map[string]bool{}
	for _, s := range strings.Fields(list) {
		m[s] = true
	}
	return m
}

// language reports whether s is the name of a language in one of the languages
// of Factiva's screens: "Deutsch", "Chinese (Simplified)", "Chinese - Traditional".
func language(s string) bool {
	if len(s) > 60 {
		return false
	}
	w := strings.ToLower(s)
	if i := strings.IndexAny(w, " (-,/（"); i > 0 {
		rest := strings.Trim(w[i:], " ()-,/（）")
		if strings.Count(rest, " ") > 1 || strings.ContainsAny(rest, "0123456789") {
			return false
		}
		w = w[:i]
	}
	return languages[w]
}

// counts reports whether a line says how many words an article has.
func counts(s string) bool {
	word := strings.TrimLeft(s, "0123456789.,'’ \u00a0\u202f")
	first, _ := utf8.DecodeRuneInString(word)
	return len(word) < len(s) && unicode.IsLetter(first) && wordCount.MatchString(s)
}

// number returns the number of a document: "Document abcd0000020150612eb6c0001x".
func number(s string) (string, bool) {
	if !strings.Contains(s, "19") && !strings.Contains(s, "20") {
		return "", false // most lines
	}
	m := documentID.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	return m[1], true
}

// far is how many lines a heading has at most.
const far = 25

// headingEnd returns how many of lines, which begin with the number of words or
// the date, belong to the heading: it ends with the copyright, else with the
// language, else with the source code.
func headingEnd(lines []piece) int {
	near := lines[:min(far, len(lines))]
	for i, l := range near {
		if rights.MatchString(l.text) {
			for i+1 < len(near) && reserved.MatchString(near[i+1].text) {
				i++
			}
			return i + 1
		}
	}
	for i, l := range near {
		if language(l.text) {
			return i + 1
		}
	}
	return min(4, len(lines)) // words, date, outlet, code
}

// dayAndClock reads a line that is a day, or a day and a time of day.
func dayAndClock(s string) (on, at string, ok bool) {
	if _, ok := isoDay(s); ok {
		return s, "", true
	}
	i := strings.LastIndexByte(s, ' ')
	if i < 0 {
		return "", "", false
	}
	if half := strings.ToLower(s[i+1:]); half == "am" || half == "pm" || half == "uhr" { // "9:20 AM"
		if j := strings.LastIndexByte(s[:i], ' '); j > 0 {
			i = j
		}
	}
	_, day := isoDay(strings.TrimRight(s[:i], " ,"))
	_, clock := isoClock(s[i+1:])
	return strings.TrimRight(s[:i], " ,"), s[i+1:], day && clock
}

// heading gives each line between the headline and the text its field. The
// lines are not labelled, but their order is fixed (byline, words, date, time,
// outlet, source code, edition, pages, language, copyright), some may be
// missing, and words, date, time, language and copyright are known by their
// shape in any language. strange are the lines that are none of these.
func heading(lines []piece) (fields []entry, strange []piece) {
	anchor := len(lines) // the first line that is no byline
	for i, l := range lines {
		if wordCount.MatchString(l.text) {
			anchor = i
			break
		}
	}
	if anchor == len(lines) {
		for i, l := range lines {
			if _, _, ok := dayAndClock(l.text); ok {
				anchor = i
				break
			}
		}
	}
	have := map[string]bool{}
	give := func(code string, i int) {
		have[code] = true
		fields = append(fields, entry{code, fmt.Sprintf("Factiva heading, line %d, known by its shape", i+1), lines[i : i+1]})
	}
	if anchor == len(lines) {
		return nil, lines
	}
	for i, l := range lines {
		on, at, date := dayAndClock(l.text)
		switch s := l.text; {
		case i < anchor && !have["BY"] && utf8.RuneCountInString(s) <= 300:
			give("BY", i)
		case i < anchor && !have["CR"] && utf8.RuneCountInString(s) <= 300:
			give("CR", i)
		case i < anchor:
			strange = append(strange, l)
		case !have["WC"] && wordCount.MatchString(s):
			give("WC", i)
		case !have["PD"] && !have["SN"] && date:
			give("PD", i)
			if at != "" { // day and time stand in one line
				fields[len(fields)-1].pieces = []piece{{on, l.path}}
				have["ET"] = true
				fields = append(fields, entry{"ET", fmt.Sprintf("Factiva heading, line %d, known by its shape", i+1), []piece{{at, l.path}}})
			}
		case !have["ET"] && !have["SN"] && clockShape.MatchString(s):
			give("ET", i)
		case !have["CY"] && rights.MatchString(s):
			give("CY", i)
		case have["CY"]: // it goes on
			fields[len(fields)-1].pieces = lines[i-len(fields[len(fields)-1].pieces) : i+1]
		case !have["SN"]:
			give("SN", i)
		case !have["LA"] && language(s):
			give("LA", i)
		case have["LA"]:
			strange = append(strange, l)
		case !have["SC"] && sourceCode.MatchString(s):
			give("SC", i)
		case !have["PG"] && pageShape.MatchString(s):
			give("PG", i)
		case !have["ED"]:
			give("ED", i)
		default:
			strange = append(strange, l)
		}
	}
	return fields, strange
}
