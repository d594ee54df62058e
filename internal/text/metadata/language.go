// This file tells in which language a text is.
//
// In: a text and what its page says of its language. Out: an ISO 639-1 code, ""
// if two languages fit as well. Method: what the page says is kept if the
// commonest words bear it out; up to 300 characters script, common words and
// letters decide (languages.txt), above that the statistics of letters
// (whatlanggo). Limits: 30 languages in short texts; one language a text.

package metadata

import (
	"strings"
	"unicode"

	"github.com/RadhiFadlillah/whatlanggo"
)

// languageOf returns the ISO 639-1 code of text: what the page says if the first
// thousand characters bear it out, else what they show.
func languageOf(said, text string) string {
	said = strings.ToLower(said)
	if i := strings.IndexAny(said, "-_"); i > 0 {
		said = said[:i]
	}
	if len(said) != 2 {
		said = ""
	}
	end := 0
	for i := range text {
		if end++; end > 1000 {
			text = text[:i]
			break
		}
	}
	if said != "" && bornOut(said, text) {
		return said
	}
	if end <= shortText {
		// The statistics of letters need more than a few words.
		code, sure := few(text, said)
		if code != "" && (said == "" || sure && code != said) && !(code == "no" && (said == "nb" || said == "nn")) {
			return code
		}
		if said != "" && (code == said || end < 120) {
			return said
		}
	}
	if len(text) < 40 {
		return said
	}
	info := whatlanggo.Detect(text)
	found := info.Lang.Iso6391()
	if found == "" || said != "" && !info.IsReliable() {
		return said
	}
	return found
}

// shortText is the length, in characters, up to which a text is too short for
// the statistics of letters.
const shortText = 300

// stopWords are the commonest words of the languages that most pages are in.
var stopWords = map[string]string{
	"en": " the of and to in a that is was for on with as by it at from said ",
	"fr": " le la les de des du et à en un une que qui dans pour sur est au ",
	"de": " der die das und in den von zu mit ist auf für des im ein eine nicht dem ",
	"es": " el la los las de y en que un una del por con para se al su es ",
	"it": " il la di e che in un una per del della con non si dei le i ",
	"pt": " o a os as de e que em um uma do da no na para com por se ",
	"nl": " de het een van en in is dat op te voor met zijn die aan niet ",
}

// bornOut reports whether one word in six of text is a common word of lang and
// no other language listed has more of them.
func bornOut(lang, text string) bool {
	if stopWords[lang] == "" {
		return false
	}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
	mine, most := 0, 0
	for l, list := range stopWords {
		n := 0
		for _, w := range words {
			if strings.Contains(list, " "+w+" ") {
				n++
			}
		}
		if l == lang {
			mine = n
		} else {
			most = max(most, n)
		}
	}
	return mine*6 >= len(words) && mine > most
}

// languageCode returns the code of a language as databases name it: "English",
// "Français", "eng". What is unknown comes back as it is.
func languageCode(s string) string {
	low := strings.ToLower(strings.TrimSpace(s))
	if i := strings.IndexAny(low, ";,/("); i > 0 {
		low = strings.TrimSpace(low[:i])
	}
	for code, names := range languageNames {
		if strings.Contains(names, " "+low+" ") && low != "" && !strings.Contains(low, " ") {
			return code
		}
	}
	return s
}

// languageNames holds the names of languages in the interface languages of
// news databases, and their three-letter codes.
var languageNames = map[string]string{
	"en": " english englisch anglais inglés inglese inglês engels engelska engelsk angielski eng 英文 英语 英語 영어 ",
	"de": " german deutsch allemand alemán tedesco alemão duits tyska tysk niemiecki deu ger 德文 德语 德語 ドイツ語 독일어 ",
	"fr": " french französisch français francés francese francês frans franska fransk francuski fra fre 法文 法语 法語 フランス語 프랑스어 ",
	"es": " spanish spanisch espagnol español castellano spagnolo espanhol spaans spanska spansk hiszpański spa 西班牙文 西班牙语 西班牙語 スペイン語 스페인어 ",
	"it": " italian italienisch italien italiano italiaans italienska italiensk włoski ita 意大利文 意大利语 義大利文 イタリア語 이탈리아어 ",
	"pt": " portuguese portugiesisch portugais portugués portoghese português portugees portugisiska por 葡萄牙文 葡萄牙语 ポルトガル語 ",
	"nl": " dutch niederländisch néerlandais neerlandés holandés olandese holandês nederlands holländska nld dut 荷兰文 荷蘭文 荷兰语 オランダ語 ",
	"sv": " swedish schwedisch suédois sueco svedese zweeds svenska svensk swe 瑞典文 ",
	"no": " norwegian norwegisch norvégien noruego norvegese norueguês noors norska norsk nor nob 挪威文 ",
	"da": " danish dänisch danois danés danese dinamarquês deens danska dansk dan 丹麦文 丹麥文 ",
	"fi": " finnish finnisch finnois finlandés finlandese fins finska suomi fin 芬兰文 芬蘭文 ",
	"pl": " polish polnisch polonais polaco polacco pools polska polski pol 波兰文 波蘭文 ",
	"cs": " czech tschechisch tchèque checo ceco tsjechisch čeština ces cze 捷克文 ",
	"ru": " russian russisch russe ruso russo русский rosyjski rus 俄文 俄语 俄語 ロシア語 러시아어 ",
	"uk": " ukrainian ukrainisch ukrainien ucraniano ucraino українська ukr ",
	"tr": " turkish türkisch turc turco turks türkçe tur 土耳其文 ",
	"ar": " arabic arabisch arabe árabe arabo العربية ara 阿拉伯文 阿拉伯语 アラビア語 ",
	"he": " hebrew hebräisch hébreu hebreo ebraico עברית heb ",
	"fa": " persian farsi persisch persan persa فارسی fas per ",
	"zh": " chinese chinesisch chinois chino cinese chinês chinees 中文 zho chi 中国語 汉语 漢語 중국어 ",
	"ja": " japanese japanisch japonais japonés giapponese japonês japans 日本語 jpn 日文 日语 日語 일본어 ",
	"ko": " korean koreanisch coréen coreano koreaans 한국어 kor 韩文 韓文 韩语 韓語 韓国語 ",
	"hi": " hindi हिन्दी hin ",
	"id": " indonesian indonesisch indonésien indonesio bahasa ind ",
	"el": " greek griechisch grec griego greco grieks ελληνικά ell gre 希腊文 希臘文 ",
	"hu": " hungarian ungarisch hongrois húngaro ungherese magyar hun 匈牙利文 ",
	"ro": " romanian rumänisch roumain rumano rumeno română ron rum ",
}
