package cases

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"recount"
)

// maxName is the longest name that is read, in bytes; maxTokens the most
// parts of it.
const (
	maxName   = 300
	maxTokens = 16
)

// A token is one part of a name.
type token struct {
	text     string   // in lower case Latin letters, without accents
	sound    string   // as it sounds, see soundOf
	particle bool     // "al", "van": says little
	child    bool     // "bin", "ibn": the order around it matters
	article  bool     // an Arabic article stands before it: "al-Mansour"
	servant  string   // the sound of what is behind "abd" in "Abd al-Rahman", which is one part
	foreign  bool     // in a script that is not transliterated
	abjad    bool     // in Hebrew letters, which mostly leave vowels out
	families []string // the ways to write the family's name that it is, from Korean
	han      string   // the Chinese characters that it is spelled from, simplified
	pinyin   string   // its syllables, if all of the name is in pinyin; see markMandarin
	wade     string   // or in Wade-Giles
}

var (
	titles = set(`mr mrs ms miss dr prof professor sir dame lord lady rev reverend father sister brother imam sheikh shaikh sheik shaykh mullah
		mulla hajj haji hajji sayyid sayed king queen prince princess president praesident presidente prasident minister premier chancellor
		senator sen rep representative congressman congresswoman governor gov mayor judge justice general gen colonel col major maj
		captain capt lieutenant lt sergeant sgt corporal private officer detective deputy chief sheriff inspector superintendent
		commander admiral monsieur madame mme mlle herr frau senor senora don dona comrade spokesman spokeswoman coach pope bishop
		archbishop cardinal rabbi ambassador secretary attorney hon honourable honorable llc inc ltd na ceo pm mp`)
	suffixes  = set(`jr sr ii iii iv junior senior esq phd md`)
	particles = set(`al el as ad an ar ash az at ul ur bin ibn ben bint abd de del della der den di da dos du la le los las van von zu zum ter
		y e of the st ud und`)
	child = set(`bin ibn ben bint`)
)

func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// Arabic articles before a part, as they are spelled and as they sound.
var articles = set(`al el ul ad an ar as ash at az`)

// ofGod lists, by their consonants, the names that "abd" makes one part with.
var ofGod = func() map[string]bool {
	m := map[string]bool{}
	for w := range set(`rahman rahim malik quddus salam mumin aziz jabbar khaliq bari ghaffar qahhar wahhab razzaq fattah alim basit rafi hakam
		latif khabir halim azim ghafur shakur ali kabir hafiz jalil karim raqib mujib wasi hakim wadud majid haqq qawi matin wali hamid hayy
		qayyum wahid ahad samad qadir kader muqtadir zahir batin barr tawwab rauf ghani mughni hadi badi baqi warith rashid sabur nasir nasser
		sattar munim mohsen rabb nabi rasul hussein zahra mahdi imam reza`) {
		m[soundKey(token{text: w, sound: soundOf(w)})] = true
	}
	return m
}()

// arabicWords are small words of names in Arabic letters as they are written in
// Latin ones.
var arabicWords = map[string]string{"بن": "bin", "ابن": "ibn", "إبن": "ibn", "بنت": "bint", "أبو": "abu", "ابو": "abu", "أبي": "abu", "ابي": "abu", "أم": "umm", "آل": "al", "ال": "al"}

// arabic cuts the article off a word in Arabic letters, where it is written
// together with what it belongs to, and writes small words in Latin letters.
func arabic(w string) []string {
	if l, ok := arabicWords[w]; ok {
		return []string{l}
	}
	var out []string
	if rest, ok := strings.CutPrefix(w, "عبدال"); ok && utf8.RuneCountInString(rest) >= 3 {
		out, w = append(out, "عبد"), "ال"+rest
	}
	if rest, ok := strings.CutPrefix(w, "ال"); ok && utf8.RuneCountInString(rest) >= 3 {
		out, w = append(out, "al"), rest
	}
	return append(out, w)
}

// servants joins "abd" with the name of God behind it, however the two are
// written: "Abd al-Rahman", "Abdul Rahman" and "Abdurrahman" are one part.
func servants(words []string) (out []token) {
	for i := 0; i < len(words); i++ {
		w := words[i]
		t := token{text: w, sound: soundOf(w)}
		if rest, ok := strings.CutPrefix(w, "abd"); ok {
			next := i
			rest = strings.TrimLeft(rest, "uoaei")
			if rest == "" && w == "abd" || len(rest) == 1 && strings.Contains("lrsntdz", rest) || rest == "sh" {
				for next++; next < len(words) && articles[words[next]]; next++ {
				}
				rest = ""
				if next < len(words) {
					rest = words[next]
				}
			} else if len(rest) > 3 && (rest[0] == 'l' || rest[0] == rest[1]) && !ofGod[soundKey(token{text: rest, sound: soundOf(rest)})] {
				rest = rest[1:]
			}
			if len(rest) > 1 && ofGod[soundKey(token{text: rest, sound: soundOf(rest)})] {
				t = token{text: "abd" + rest, sound: "abd" + soundOf(rest), servant: soundOf(rest)}
				i = next
			}
		}
		out = append(out, t)
	}
	return out
}

// nicknames maps a short form to the full one. Only common and unambiguous
// ones stand here.
var nicknames = map[string]string{
	"ted": "theodore", "bill": "william", "will": "william", "bob": "robert", "rob": "robert", "jim": "james", "jimmy": "james",
	"joe": "joseph", "mike": "michael", "tom": "thomas", "tommy": "thomas", "dick": "richard", "rick": "richard", "rich": "richard",
	"tony": "anthony", "liz": "elizabeth", "beth": "elizabeth", "kate": "katherine", "kathy": "katherine", "ben": "benjamin",
	"dan": "daniel", "danny": "daniel", "sam": "samuel", "nick": "nicholas", "alex": "alexander", "chris": "christopher",
	"steve": "steven", "stephen": "steven", "jeff": "jeffrey", "andy": "andrew", "dave": "david", "ed": "edward", "larry": "lawrence",
	"ron": "ronald", "ken": "kenneth", "matt": "matthew", "pat": "patrick", "phil": "philip", "tim": "timothy", "greg": "gregory",
	"charlie": "charles", "chuck": "charles", "jon": "jonathan", "josh": "joshua", "sue": "susan", "debbie": "deborah", "deb": "deborah",
	"jen": "jennifer", "jenny": "jennifer", "becky": "rebecca", "vicky": "victoria", "fred": "frederick", "jack": "john",
	"toby": "tobias", "max": "maximilian", "gabe": "gabriel", "abe": "abraham", "nate": "nathaniel", "zach": "zachary", "vince": "vincent",
	"walt": "walter", "wes": "wesley", "doug": "douglas", "don": "donald", "gus": "augustus", "hal": "harold", "harry": "henry", "hank": "henry",
	"peggy": "margaret", "meg": "margaret", "maggie": "margaret", "molly": "mary", "polly": "mary", "sally": "sarah", "sadie": "sarah",
	"betty": "elizabeth", "lizzie": "elizabeth", "bess": "elizabeth", "nell": "eleanor", "ellie": "eleanor", "nancy": "anne", "annie": "anne",
	"mandy": "amanda", "cathy": "catherine", "katie": "katherine", "kitty": "katherine", "trish": "patricia", "patty": "patricia",
	"cindy": "cynthia", "sandy": "alexandra", "lexi": "alexandra", "tina": "christina", "chrissie": "christina", "gwen": "gwendolyn",
	"seb": "sebastian", "theo": "theodore", "bert": "albert", "al": "albert", "art": "arthur", "ollie": "oliver", "freddie": "frederick",
	"paco": "francisco", "pepe": "jose", "chema": "jose", "lola": "dolores", "nacho": "ignacio", "lupe": "guadalupe", "beto": "alberto",
	"sasha": "alexander", "sascha": "alexander", "misha": "mikhail", "kolya": "nikolai", "vanya": "ivan", "dima": "dmitri", "volodya": "vladimir",
	"zhenya": "yevgeny", "natasha": "natalia", "katya": "ekaterina", "masha": "maria", "olya": "olga", "tanya": "tatiana", "lena": "elena",
	"hansi": "johannes", "hans": "johannes", "sepp": "josef", "uli": "ulrich", "heinz": "heinrich", "fritz": "friedrich", "kaethe": "katharina",
	"kasia": "katarzyna", "gosia": "malgorzata", "asia": "joanna", "tomek": "tomasz", "bartek": "bartlomiej", "wojtek": "wojciech",
}

// Latin letters for Cyrillic, Greek and Arabic ones. Short vowels are not
// written in Arabic, so the comparison of sounds lets vowels go cheaply.
var latin = func() map[rune]string {
	m := map[rune]string{}
	put := func(list string) {
		for _, p := range strings.Fields(list) {
			r := []rune(p)
			m[r[0]] = string(r[1:])
		}
	}
	put(`аa бb вv гg дd еe ёe жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щsh ъ ыy ьe эe юyu яya іi їi єe ґg ћch ђdj љl њn џdj јj үu өo`)
	put(`αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs ςs τt υi φf χkh ψps ωo`)
	put(`اa أa إi آa بb تt ثth جj حh خkh دd ذdh رr زz سs شsh صs ضd طt ظz عa غgh فf قq كk لl مm نn هh وw يy ىa ةa ءa ئy ؤw پp چch گg کk یy`)
	m['ь'] = ""
	put(`אa בb גg דd הh וw זz חkh טt יy כk ךk לl מm םm נn ןn סs עa פp ףp צts ץts קk רr שsh תt`)
	put(`ژzh ٹt ڈd ڑr ںn ہh ےe ۀh`)
	put(`øo łl đd ıi ßss æae œoe ðd þth ħh ŋn əa`)
	return m
}()

// fold writes a name in plain Latin letters where it can, and keeps other
// scripts as they are.
func fold(s string) string {
	var b strings.Builder
	for _, r := range spellGreek(norm.NFKD.String(spellHangul(s))) {
		r = unicode.ToLower(r)
		if l, ok := latin[r]; ok {
			b.WriteString(l)
		} else if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// greekPairs are letters that sound together: at the beginning of a word, or
// anywhere.
var greekPairs = [...][2]string{{" μπ", " b"}, {" ντ", " d"}, {" γκ", " g"}, {"ου", "u"}, {"αυ", "av"}, {"ευ", "ev"}, {"ηυ", "iv"}, {"ει", "i"}, {"οι", "i"}, {"υι", "i"}, {"αι", "e"},
	{"γγ", "ng"}, {"γκ", "ng"}, {"γχ", "nch"}, {"μπ", "mp"}, {"ντ", "nt"}, {"τζ", "tz"}, {"τσ", "ts"}}

// spellGreek writes the letters that sound together in Latin ones, in a decomposed
// text.
func spellGreek(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r >= 0x370 && r <= 0x3ff }) < 0 {
		return s
	}
	s = " " + strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
	for _, p := range greekPairs {
		s = strings.ReplaceAll(s, p[0], p[1])
	}
	return s[1:]
}

// spellHebrew writes letters by what they sound like where they stand: the last
// ה is an a. Vowels are mostly not written.
func spellHebrew(w string) (s string, ok bool) {
	if strings.IndexFunc(w, func(r rune) bool { return r >= 0x5d0 && r <= 0x5ea }) < 0 {
		return w, false
	}
	if rest, last := strings.CutSuffix(w, "ה"); last && rest != "" {
		w = rest + "א"
	}
	return w, true
}

// hangulFamilies are the families whose names are mostly written otherwise than
// by rule, with the ways in which they are, the commonest first. Written by hand from
// general knowledge.
var hangulFamilies = map[rune][]string{'김': {"kim", "gim"}, '이': {"lee", "yi", "rhee", "ri", "li"}, '박': {"park", "pak", "bak"}, '최': {"choi", "choe"}, '정': {"jung", "jeong", "chung", "chong"},
	'강': {"kang", "gang"}, '조': {"cho", "jo"}, '윤': {"yoon", "yun"}, '장': {"jang", "chang"}, '임': {"lim", "im", "rim"}, '오': {"oh", "o"}, '서': {"seo", "suh"}, '신': {"shin", "sin"},
	'권': {"kwon", "gwon"}, '황': {"hwang"}, '안': {"ahn", "an"}, '송': {"song"}, '류': {"ryu", "yoo"}, '유': {"yoo", "yu", "ryu"}, '전': {"jeon", "chun", "jun"}, '고': {"ko", "go", "koh"}, '문': {"moon", "mun"},
	'손': {"son", "sohn"}, '백': {"baek", "paik"}, '허': {"heo", "hur", "huh"}, '노': {"noh", "roh", "no"}, '심': {"shim", "sim"}, '주': {"joo", "ju"}, '우': {"woo", "u"}, '구': {"koo", "gu", "ku"}, '곽': {"kwak", "gwak"}, '배': {"bae"}}

// The letters of Korean syllables in Latin ones, by the Revised Romanisation of
// 2000: initials, vowels and finals in the order of Unicode.
var (
	hangulInitial = strings.Split("g kk n d tt r m b pp s ss - j jj ch k t p h", " ")
	hangulVowel   = strings.Fields("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i")
	hangulFinal   = strings.Split("- k k k n n n t l k m p l l p l m p p t t ng t t k t p t", " ")
)

// spellHangul writes Korean syllables in Latin letters. In a name of three or
// four that stand together the first is the family's.
func spellHangul(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r >= 0xAC00 && r <= 0xD7A3 }) < 0 {
		return s
	}
	var b strings.Builder
	run := 0
	for i, r := range s {
		if r < 0xAC00 || r > 0xD7A3 {
			b.WriteRune(r)
			run = 0
			continue
		}
		if run == 1 {
			b.WriteByte(' ')
		}
		run++
		if next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):]); run == 1 && hangulFamilies[r] != nil && next >= 0xAC00 && next <= 0xD7A3 {
			b.WriteString(hangulFamilies[r][0])
			continue
		}
		n := int(r - 0xAC00)
		b.WriteString(strings.Trim(hangulInitial[n/588], "-") + hangulVowel[n%588/28] + strings.Trim(hangulFinal[n%28], "-"))
	}
	return b.String()
}

// parts cuts a name into tokens: titles and suffixes dropped, "Ravel, Ines"
// turned round, "InesRavel" cut before the capital.
func parts(name string) []token {
	if len(name) > maxName {
		name = strings.ToValidUTF8(name[:maxName], "")
	}
	name = recount.BareName(name)
	family, _ := utf8.DecodeRuneInString(name)
	families := hangulFamilies[family]
	name = spellHangul(name)
	if a, b, ok := strings.Cut(name, ","); ok && !suffixes[strings.Trim(strings.ToLower(b), " .")] {
		switch left, right := capitalised(a), capitalised(b); {
		case right && !left:
			name = b // "the league's spokesman, Ines Ravel"
		case left && !right:
			name = a // "Ravel, the league's spokesman"
		default:
			name = b + " " + a
		}
	}
	var cut strings.Builder
	var prev rune
	for _, r := range name {
		if unicode.IsUpper(r) && unicode.IsLower(prev) && !strings.HasSuffix(cut.String(), "Mc") && !strings.HasSuffix(cut.String(), "Mac") {
			cut.WriteByte(' ')
		}
		cut.WriteRune(r)
		prev = r
	}
	var words []string
	han := map[string]string{} // spelled words, and the characters that they are of
	abjad := map[string]bool{} // words in letters without vowels
	marked := false
	raws := strings.FieldsFunc(cut.String(), func(r rune) bool {
		marked = marked || r == '-' || r == '‐'
		return unicode.IsSpace(r) || r == '-' || r == '.' || r == ',' || r == '·' || r == '・' || r == '‐' || r == '–' || r == '"' || r == '“' || r == '”' || r == '(' || r == ')'
	})
	marked = marked || strings.ContainsAny(name, "'’‘ʻʼ")
	for _, raw := range raws {
		runs := hanRuns(raw, len(raws) == 1)
		for i, w := range runs {
			if s, ok := spellHan(w, len(runs) > 1 && i == 0); ok {
				han[s] = w
				runs[i] = s
			}
		}
		if len(runs) == 1 {
			runs = arabic(runs[0])
		}
		for _, w := range runs {
			w, vowelless := spellHebrew(w)
			w = strings.Map(func(r rune) rune {
				switch {
				case r == '\'' || r == '’' || r == '‘' || r == '`' || r == 'ʿ' || r == 'ʾ':
					return -1
				case r == '0':
					return 'o'
				case r == '1':
					return 'i'
				}
				return r
			}, fold(strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s")))
			if w != "" {
				words = append(words, w)
				abjad[w] = vowelless
			}
		}
	}
	var kept []string
	for i, w := range words {
		if (titles[w] || suffixes[w]) && len(words) > 1 && (i < len(words)-1 || suffixes[w] || w == "llc" || w == "na" || w == "inc" || w == "ltd") {
			if titles[w] || i > 0 {
				continue
			}
		}
		kept = append(kept, w)
	}
	out := servants(kept)
	if len(out) > maxTokens {
		out = out[:maxTokens]
	}
	for i := range out {
		t := &out[i]
		t.han, t.abjad = han[t.text], abjad[t.text]
		if i == 0 && len(families) > 0 && t.text == families[0] && len(out) > 1 {
			t.families = families
		}
		t.particle, t.child = particles[t.text], child[t.text]
		t.article = i > 0 && articles[out[i-1].text]
		for _, r := range t.text {
			t.foreign = t.foreign || r > 0x24f
		}
	}
	markMandarin(out, marked)
	return out
}

// capitalised reports whether every word of a name begins with a capital,
// particles left out.
func capitalised(s string) bool {
	words := strings.Fields(s)
	for _, w := range words {
		if first, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, `"'“‘(`)); unicode.IsLower(first) && !particles[strings.ToLower(w)] {
			return false
		}
	}
	return len(words) > 0
}

// Sounds lists how the parts of a name sound, each once: names that Match takes for
// one mostly share one of them.
func Sounds(name string) (out []string) {
	for _, t := range parts(name) {
		if !t.particle && !slices.Contains(out, t.sound) {
			out = append(out, t.sound)
		}
	}
	return out
}

// Match compares two names. The score is in thousandths; same is the fixed
// decision that they may well be one name. Titles, order, initials, known
// short forms, transliteration and single slips of the keyboard are looked
// through; two parts that contradict each other are not.
func Match(a, b string) (score recount.Milli, same bool) {
	x, y := parts(a), parts(b)
	if len(x) == 0 || len(y) == 0 {
		return 0, false
	}
	return matchParts(x, y)
}

func matchParts(x, y []token) (recount.Milli, bool) {
	s, same, _ := matchPairs(x, y)
	return s, same
}

// matchPairs is Match on parts, with the pairing that it found.
func matchPairs(x, y []token) (recount.Milli, bool, pairing) {
	jx, jy := joined(x), joined(y)
	if jx == jy && !otherCharacters(x, y) {
		return 1000, true, pairUp(x, y)
	}
	// one fixed order, so that both ways round give one answer
	if len(y) < len(x) || len(y) == len(x) && jy < jx {
		x, y, jx, jy = y, x, jy, jx
	}
	if fathers(x, y) {
		return 400, false, pairing{openX: 1, openY: 1}
	}
	p := pairUp(x, y)
	switch {
	case len(x) == 1 && len(y) == 1 && p.mean < loneName && min(len(x[0].text), len(y[0].text)) < 8:
		return max(0, p.mean-200), false, p // a slip in a short lone name makes another name
	case p.openX == 0 && p.openY == 0:
		return p.mean, true, p
	case p.openX == 0 && p.solid >= 2 && p.openY <= 2:
		return p.mean - recount.Milli(40*p.openY), true, p
	}
	// "Min-jun" is "Minjun": two parts of the longer name that stand side by side
	// may be one of the other
	if len(x) != len(y) && len(x) >= 2 && len(y) >= 2 && len(x)+len(y) <= 12 {
		long, short := x, y
		if len(y) > len(x) {
			long, short = y, x
		}
		for i := range len(long) - 1 {
			if long[i].particle || long[i+1].particle || len(long[i].text) < 2 || len(long[i+1].text) < 2 {
				continue
			}
			m := slices.Concat(long[:i], []token{together(long[i], long[i+1])}, long[i+2:])
			if q := pairUp(m, short); len(m) >= 2 && q.openX == 0 && q.openY == 0 && q.solid >= 2 {
				return q.mean - 20, true, q
			}
		}
	}
	// a name cut in two, or two run together
	if len(x) != len(y) && len(jx) >= 6 && len(jy) >= 6 && slips(jx, jy) <= 1 {
		return 900, true, p
	}
	open := p.openX + p.openY
	return max(0, p.mean-recount.Milli(200+100*open)), false, p
}

// otherCharacters reports whether both names are in Chinese characters, and in
// others: many of these sound alike.
func otherCharacters(x, y []token) bool {
	of := func(ts []token) (s string) {
		for _, t := range ts {
			if t.han == "" {
				return ""
			}
			s += t.han
		}
		return s
	}
	a, b := of(x), of(y)
	return a != "" && b != "" && a != b
}

// joined writes the tokens as one word, particles left out.
func joined(ts []token) string {
	var b strings.Builder
	for _, t := range ts {
		if !t.particle || len(ts) == 1 {
			b.WriteString(t.text)
		}
	}
	return b.String()
}

// fathers reports whether "A bin B" meets "B bin A": the same parts, but
// another man.
func fathers(x, y []token) bool {
	find := func(ts []token) int {
		for i := 1; i+1 < len(ts); i++ {
			if ts[i].child {
				return i
			}
		}
		return -1
	}
	i, j := find(x), find(y)
	return i > 0 && j > 0 && alike(x[0], y[0]) < pass && alike(x[i+1], y[j+1]) < pass
}

// A pairing is how the parts of two names were matched.
type pairing struct {
	mean         recount.Milli // of the parts that met
	solid        int           // parts that met, initials left out
	openX, openY int           // parts without a partner, particles left out
}

// pass is the likeness from which two parts count as one; loneName, from which two
// short names of one part do, which have no other part to speak for them. The
// second was set on pairs of Latin spellings of one Arabic-script name: of 81 lone
// names between the two, 54 are two names (docs/measurements-people.md).
const (
	pass     = 850
	loneName = 930
)

// pairUp matches the parts of x and y, best first; ties go by place.
func pairUp(x, y []token) pairing {
	var p pairing
	var usedX, usedY [maxTokens]bool
	var like [maxTokens][maxTokens]int16
	for i := range x {
		for j := range y {
			if !x[i].particle && !y[j].particle {
				like[i][j] = int16(alike(x[i], y[j]))
			}
		}
	}
	total, n := 0, 0
	for {
		best, bi, bj := pass-1, -1, -1
		for i := range x {
			for j := range y {
				if s := int(like[i][j]); s > best && !usedX[i] && !usedY[j] {
					best, bi, bj = s, i, j
				}
			}
		}
		if bi < 0 {
			break
		}
		usedX[bi], usedY[bj] = true, true
		total, n = total+best, n+1
		if len(x[bi].text) > 1 && len(y[bj].text) > 1 {
			p.solid++
		}
	}
	// a part that repeats one that has met says nothing new
	repeated := func(t token, ts []token, used *[maxTokens]bool) bool {
		for i := range ts {
			if used[i] && alike(t, ts[i]) >= pass && len(t.text) > 1 {
				return true
			}
		}
		return false
	}
	for i := range x {
		if !usedX[i] && !x[i].particle && !repeated(x[i], y, &usedY) {
			p.openX++
		}
	}
	for j := range y {
		if !usedY[j] && !y[j].particle && !repeated(y[j], x, &usedX) {
			p.openY++
		}
	}
	if n > 0 {
		p.mean = recount.Milli(total / n)
	}
	return p
}

// alike compares two parts of names, in thousandths.
func alike(a, b token) int {
	switch {
	case a.han != "" && b.han != "" && a.han != b.han:
		return 0
	case a.text == b.text:
		return 1000
	case sameSyllables(a, b) || slices.Contains(a.families, b.text) || slices.Contains(b.families, a.text):
		return 950
	case len(a.text) == 1 || len(b.text) == 1:
		if a.text[0] == b.text[0] {
			return 870
		}
		return 0
	case nicknames[a.text] == b.text || nicknames[b.text] == a.text:
		return 930
	case nicknames[a.text] != "" && nicknames[a.text] == nicknames[b.text]:
		return 900
	case nicknames[a.text] != "" && soundDistance(soundOf(nicknames[a.text]), b.sound) <= soundPass, nicknames[b.text] != "" && soundDistance(a.sound, soundOf(nicknames[b.text])) <= soundPass:
		return 890
	case slavic(a.text) != "" && slavic(a.text) == b.text || slavic(b.text) != "" && slavic(b.text) == a.text:
		return 930
	}
	if !a.foreign && !b.foreign {
		if d := soundDistance(a.sound, b.sound); d <= soundPass {
			return 980 - d
		}
		if a.abjad != b.abjad && vowelless(a, b) {
			return 900
		}
		if a.article != b.article { // "Almansour" and "al-Mansour"
			x, y := a, b
			if x.article {
				x, y = y, x
			}
			if rest := withArticle(x.text); rest != "" && soundDistance(soundOf(rest), y.sound) <= soundPass {
				return 950
			}
		}
		if a.servant != "" && b.servant == "" && soundDistance(a.servant, b.sound) <= soundPass || b.servant != "" && a.servant == "" && soundDistance(b.servant, a.sound) <= soundPass {
			return 880
		}
	}
	la, lb := utf8.RuneCountInString(a.text), utf8.RuneCountInString(b.text)
	if max(la, lb)-min(la, lb) > 2 || min(la, lb) < 3 {
		return 0
	}
	// "petra" is not "petro"
	x, y := len(a.text)-1, len(b.text)-1
	if vowel(a.text[x])*vowel(b.text[y]) > 0 && a.text[:x] == b.text[:y] {
		return 0
	}
	// "daniel" is not "daniela"
	if a.text+"a" == b.text || b.text+"a" == a.text {
		return 0
	}
	if d := slips(a.text, b.text); d == 1 || d == 2 && max(la, lb) >= 9 {
		return 890 - 10*d
	}
	return 0
}

// vowelless compares a part in letters that leave vowels out with one in Latin
// ones. Its last letter may be an a or an e.
func vowelless(a, b token) bool {
	if b.abjad {
		a, b = b, a
	}
	if distanceOf(a.sound, b.sound, unwritten) <= soundPass {
		return true
	}
	rest, ok := strings.CutSuffix(a.sound, "a")
	return ok && distanceOf(rest+"e", b.sound, unwritten) <= soundPass
}

// withArticle returns what is behind an article that is written together with
// it, or "".
func withArticle(w string) string {
	if len(w) >= 5 && (strings.HasPrefix(w, "al") || strings.HasPrefix(w, "el")) {
		return w[2:]
	}
	return ""
}

// slavic returns the man's form of a Slavic last name of a woman ("kovrina",
// "kovrin"), or "" if the name is not of that kind.
func slavic(w string) string {
	if len(w) > 5 {
		for _, end := range []string{"ova", "eva", "ina", "yna"} {
			if strings.HasSuffix(w, end) {
				return w[:len(w)-1]
			}
		}
		for _, end := range []string{"skaya", "skaia", "ska"} {
			if s, ok := strings.CutSuffix(w, end); ok {
				return s + "sky"
			}
		}
	}
	return ""
}

// slips is the Damerau-Levenshtein distance (adjacent letters may swap). Names
// past 64 letters are not compared.
func slips(a, b string) int {
	const most = 64
	var x, y [most]rune
	n, m := 0, 0
	for _, r := range a {
		if n == most {
			return most
		}
		x[n] = r
		n++
	}
	for _, r := range b {
		if m == most {
			return most
		}
		y[m] = r
		m++
	}
	var rows [3][most + 1]int
	before, prev, cur := &rows[0], &rows[1], &rows[2]
	for j := range m {
		prev[j+1] = j + 1
	}
	for i := range n {
		cur[0] = i + 1
		for j := range m {
			d := prev[j]
			if x[i] != y[j] {
				d++
			}
			d = min(d, prev[j+1]+1, cur[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				d = min(d, before[j-1]+1)
			}
			cur[j+1] = d
		}
		before, prev, cur = prev, cur, before
	}
	return prev[m]
}
