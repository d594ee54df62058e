package release

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html"
	"io"
	"io/fs"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"

	"recount"
	"recount/internal/pattern"
)

// A Secret is what must not be found in what leaves the study: a name, an
// alias, an address, a hash, or words that somebody said.
type Secret struct {
	Words string
	Why   string // "name of a protected person"; said in the refusal, which must not repeat the words
	// Runs makes every run of so many words of Words a secret; 0: only all of them together.
	Runs int
	// Name says that somebody is called so: it is looked for however it may be written.
	Name bool
}

// A Hit is a secret in a produced file.
type Hit struct {
	File string // with the member of an archive after "!"
	Why  string
	// Form says how the words stood there, if not as they are: "split", "in base64".
	Form string
	Near bool // what stands there only resembles it: a letter is wrong, or it sounds alike
}

// Limits of what is unpacked to be searched. What is larger is refused, not passed.
const (
	maxUnpacked = 1 << 30 // bytes of one file with everything in it
	maxNested   = 4       // archives in archives
)

// An Index finds secrets.
type Index struct {
	words  map[string][]phrase // by the first two words, or the one that there is
	joined []joined
	names  *names

	initials map[string]bool // of names of two parts or three
}

type phrase struct {
	words  []string
	secret int
	why    string
}

type joined struct{ letters, why string }

// shortest is how many letters a secret must have to be looked for across the
// borders of words: fewer would be found in any text.
const shortest = 7

// Ordinary notes how a text writes its words: one that is mostly written small and
// resembles a name is the word. A text that writes hardly anything large says nothing.
func (x *Index) Ordinary(text string) {
	words, large := tokens(text, true), 0
	for _, t := range words {
		if t.capital {
			large++
		}
	}
	if 50*large < len(words) {
		return
	}
	for _, t := range words {
		switch {
		case t.inside || len(t.word) < 2:
		case !t.capital:
			x.names.ordinary[t.word]++
		case !t.starts:
			x.names.ordinary[t.word]--
		}
	}
}

// WrittenSmall lists the words that a text writes small.
func WrittenSmall(text string) map[string]bool {
	out := map[string]bool{}
	for _, t := range tokens(text, true) {
		if !t.capital && !t.inside && t.word != "" {
			out[t.word] = true
		}
	}
	return out
}

// Large lists the words that a text writes large, as names are.
func Large(text string) map[string]bool {
	out := map[string]bool{}
	for _, t := range tokens(text, true) {
		if t.capital && !t.starts && !t.inside {
			out[t.word] = true
		}
	}
	return out
}

// Knows takes over from another index which words are ordinary and whose names may
// be shown.
func (x *Index) Knows(o *Index) { x.names.ordinary, x.names.others = o.names.ordinary, o.names.others }

// Blank notes a file that the program writes about nobody: its words are those of
// the form, wherever they stand.
func (x *Index) Blank(name string, b []byte) error {
	left := int64(maxUnpacked)
	return unpack(name, b, 0, &left, func(_ string, b []byte) {
		for _, t := range tokens(strings.ToValidUTF8(string(b), " "), true) {
			x.names.ordinary[t.word]++
		}
	})
}

// Others notes names of people, places and outlets that may be shown: a word that
// only resembles a secret name and is one of them is not the secret.
func (x *Index) Others(names ...string) {
	for _, n := range names {
		for _, t := range nameParts(n) {
			x.names.others[t.word] = true
		}
	}
}

// NewIndex prepares a search for secrets. A secret without letters or digits
// cannot be looked for, and is refused.
func NewIndex(secrets []Secret) (*Index, error) {
	x := &Index{words: map[string][]phrase{}, names: newNames(), initials: map[string]bool{}}
	for n, s := range secrets {
		words := plain(s.Words)
		if len(words) == 0 {
			return nil, fmt.Errorf("secret %d (%s) holds no letter: %w", n+1, s.Why, recount.ErrInvalid)
		}
		if s.Name {
			x.names.add(s.Words, s.Why)
			for _, in := range initialsOf(s.Words) {
				x.initials[in] = true
			}
			if strings.ContainsFunc(s.Words, unspaced) { // scripts without blanks between words
				x.joined = append(x.joined, joined{strings.Join(words, ""), s.Why})
				continue
			}
			if slices.ContainsFunc(words, func(w string) bool { return len([]rune(w)) >= letAlone }) {
				continue
			}
		}
		size := len(words)
		if s.Runs > 0 && s.Runs < size {
			size = s.Runs
		}
		put := func(words []string) {
			for i := 0; i+size <= len(words); i++ {
				run := words[i : i+size]
				key := strings.Join(run[:min(2, size)], " ")
				x.words[key] = append(x.words[key], phrase{words: run, secret: n, why: s.Why})
			}
		}
		put(words)
		if n := numbered(words); s.Runs > 0 && !slices.Equal(n, words) {
			put(n)
		}
		if letters := strings.Join(words, ""); s.Runs == 0 && len([]rune(letters)) >= shortest {
			x.joined = append(x.joined, joined{letters, s.Why})
		}
	}
	return x, nil
}

// numbered writes the numbers of a text in digits: "twenty", "iii" and "20" are one.
func numbered(words []string) []string {
	out := make([]string, 0, len(words))
	for i := 0; i < len(words); i++ {
		w := words[i]
		n, ok := numberWords[w]
		switch {
		case ok && !slices.Contains(onlyOfPeople, w):
			if n >= 20 && n < 100 && i+1 < len(words) {
				if u := numberWords[words[i+1]]; u >= 1 && u <= 9 && !slices.Contains(onlyOfPeople, words[i+1]) {
					n, i = n+u, i+1
				}
			}
			w = strconv.Itoa(n)
		case len(w) > 1 && len(w) < 6 && strings.Trim(w, "ivx") == "":
			w = strconv.Itoa(roman(strings.ToUpper(w)))
		case strings.Trim(w, "0123456789") != "" && strings.ContainsFunc(w, unicode.IsDigit):
			if d := Bare(w); strings.Trim(d, "0123456789") == "" { // of another script
				w = d
			}
		}
		out = append(out, w)
	}
	return out
}

// Search looks through everything in a folder and tells each how many files it
// has searched. It fails if a file cannot be read to its end: what was not
// searched is not safe.
func (x *Index) Search(folder fs.FS, each func(files int)) ([]Hit, error) {
	files := 0
	var out []Hit
	err := fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		out = append(out, x.text(name, "in the name of the file", name)...)
		if d.IsDir() {
			return nil
		}
		if !d.Type().IsRegular() {
			return fmt.Errorf("%s is no file: %w", name, recount.ErrRefused)
		}
		b, err := fs.ReadFile(folder, name)
		if err != nil {
			return err
		}
		left := int64(maxUnpacked)
		hits, err := x.bytes(name, b, 0, &left)
		out = append(out, hits...)
		files++
		each(files)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("search what would leave: %w", err)
	}
	return tidy(out), nil
}

// SearchFile looks through one file.
func (x *Index) SearchFile(name string, b []byte) ([]Hit, error) {
	left := int64(maxUnpacked)
	hits, err := x.bytes(name, b, 0, &left)
	if err != nil {
		return nil, fmt.Errorf("search what would leave: %w", err)
	}
	return tidy(append(hits, x.text(name, "in the name of the file", name)...)), nil
}

// tidy puts hits in order, each once.
func tidy(hits []Hit) []Hit {
	slices.SortFunc(hits, func(a, b Hit) int {
		return strings.Compare(a.File+"\x00"+a.Why+"\x00"+a.Form, b.File+"\x00"+b.Why+"\x00"+b.Form)
	})
	return slices.Compact(hits)
}

// bytes searches one file or member of an archive in each form that a reader
// of it could decode.
func (x *Index) bytes(name string, b []byte, nested int, left *int64) ([]Hit, error) {
	if nested > maxNested {
		return nil, fmt.Errorf("%s: archives in archives in archives: %w", name, recount.ErrRefused)
	}
	if *left -= int64(len(b)); *left < 0 {
		return nil, fmt.Errorf("%s: too large to search: %w", name, recount.ErrRefused)
	}
	switch {
	case bytes.HasPrefix(b, []byte("PK\x03\x04")):
		if _, err := zip.NewReader(bytes.NewReader(b), int64(len(b))); err == nil || nested == 0 {
			return x.zip(name, b, nested, left)
		} // a piece of one, whose list of members is elsewhere
	case bytes.HasPrefix(b, []byte{0x1f, 0x8b}) && nested == 0:
		r, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out := x.text(name, "in the head of the archive", r.Name+" "+r.Comment+" "+strings.ToValidUTF8(string(r.Extra), " "))
		inner, err := io.ReadAll(io.LimitReader(r, *left+1))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		hits, err := x.bytes(name+"!", inner, nested+1, left)
		return append(out, hits...), err
	}
	if err := sealed(name, b); err != nil {
		return nil, err
	}
	var out []Hit
	for _, f := range forms(b) {
		out = append(out, x.text(name, f.name, f.text)...)
	}
	within, err := streams(name, b, *left)
	if err != nil {
		return nil, err
	}
	for _, s := range within {
		hits, err := x.bytes(name+"!"+s.how, s.b, nested+1, left)
		if err != nil {
			return nil, err
		}
		out = append(out, hits...)
	}
	return out, nil
}

func (x *Index) zip(name string, b []byte, nested int, left *int64) ([]Hit, error) {
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	out := x.text(name, "in the comment of the archive", r.Comment)
	for _, f := range r.File {
		if f.Flags&1 != 0 {
			return nil, fmt.Errorf("%s: %s is encrypted and cannot be searched: %w", name, f.Name, recount.ErrRefused)
		}
		member := name + "!" + f.Name
		out = append(out, x.text(member, "in the name of the file", f.Name+" "+f.Comment+" "+strings.ToValidUTF8(string(f.Extra), " "))...)
		o, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", member, err)
		}
		inner, err := io.ReadAll(io.LimitReader(o, *left+1))
		o.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", member, err)
		}
		hits, err := x.bytes(member, inner, nested+1, left)
		if err != nil {
			return nil, err
		}
		out = append(out, hits...)
	}
	return out, nil
}

// inROT13 is how letters stand that are moved by half the alphabet.
const inROT13 = "in ROT13"

// notText is how bytes stand that are no text.
const notText = "among other bytes"

// unpack hands out each file of an archive, and archives in it.
func unpack(name string, b []byte, nested int, left *int64, each func(name string, b []byte)) error {
	if *left -= int64(len(b)); *left < 0 || nested > maxNested {
		return fmt.Errorf("%s: too large to look into: %w", name, recount.ErrRefused)
	}
	if !bytes.HasPrefix(b, []byte("PK\x03\x04")) {
		each(name, b)
		return nil
	}
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for _, f := range r.File {
		o, err := f.Open()
		if err != nil {
			return fmt.Errorf("%s!%s: %w", name, f.Name, err)
		}
		inner, err := io.ReadAll(io.LimitReader(o, *left+1))
		o.Close()
		if err != nil {
			return fmt.Errorf("%s!%s: %w", name, f.Name, err)
		}
		if err := unpack(name+"!"+f.Name, inner, nested+1, left, each); err != nil {
			return err
		}
	}
	return nil
}

// A form is one way of reading bytes as text.
type form struct{ name, text string }

var (
	tags      = pattern.New(`<[^<>]*>`)
	escapes   = pattern.New(`\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\u\{[0-9a-fA-F]{1,6}\}`)
	ofStyles  = pattern.New(`\\[0-9a-fA-F]{2,6} ?`)
	octal     = pattern.New(`\\[0-3][0-7]{2}`)
	quotable  = pattern.New(`(?:=[0-9A-F]{2})+`)
	softBreak = pattern.New(`=[ \t]*\r?\n`)
	ofHosts   = pattern.New(`(?i)\bxn--[a-z0-9-]+`)
	leftward  = pattern.New("[\u202e\u202d\u2067][^\u202c\u2069\n]*")
	backward  = pattern.New(`\b\p{Ll}{2,}\p{Lu}\b`)
	encoded   = pattern.New(`[A-Za-z0-9+/_-]{6,}={0,2}`)
	hexed     = pattern.New(`(?:[0-9a-fA-F]{2}){4,}`)
	maxLoops  = 3 // escapes in escapes
)

// forms lists how a reader could read the bytes.
func forms(b []byte) []form {
	raw := strings.ToValidUTF8(string(b), " ")
	out := []form{{"", raw}}
	if !utf8.Valid(b) {
		out[0].name = notText
	}
	add := func(name, text string) {
		for _, f := range out {
			if f.text == text {
				return
			}
		}
		out = append(out, form{name, text})
	}
	decoded := raw
	for range maxLoops {
		before := decoded
		decoded = html.UnescapeString(decoded)
		decoded = escapes.ReplaceAllStringFunc(decoded, func(e string) string {
			return rune16(strings.Trim(e[2:], "{}"), e)
		})
		if u := percent(decoded); u != decoded {
			decoded = u
		}
		if decoded == before {
			break
		}
	}
	add("in escapes", decoded)
	add("in escapes of styles", ofStyles.ReplaceAllStringFunc(raw, func(e string) string { return rune16(strings.TrimSpace(e[1:]), e) }))
	add("in octal escapes", strings.ToValidUTF8(octal.ReplaceAllStringFunc(raw, func(e string) string {
		n, err := strconv.ParseUint(e[1:], 8, 8)
		if err != nil {
			return e
		}
		return string([]byte{byte(n)})
	}), " "))
	add("in escapes of mail", strings.ToValidUTF8(quotable.ReplaceAllStringFunc(softBreak.ReplaceAllString(raw, ""), func(e string) string {
		d, err := hex.DecodeString(strings.ReplaceAll(e, "=", ""))
		if err != nil {
			return e
		}
		return string(d)
	}), " "))
	add("in the name of a host", ofHosts.ReplaceAllStringFunc(raw, func(e string) string {
		if u, err := idna.Punycode.ToUnicode(strings.ToLower(e)); err == nil {
			return u
		}
		return e
	}))
	// Marks that turn the direction show letters the other way round.
	add("turned round", leftward.ReplaceAllStringFunc(raw, func(e string) string {
		letters := []rune(e)[1:]
		slices.Reverse(letters)
		return string(letters)
	}))
	// So does a word that ends with its capital.
	add("turned round", backward.ReplaceAllStringFunc(raw, func(e string) string {
		letters := []rune(e)
		slices.Reverse(letters)
		return string(letters)
	}))
	add(inROT13, strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return 'a' + (r-'a'+13)%26
		case r >= 'A' && r <= 'Z':
			return 'A' + (r-'A'+13)%26
		}
		return r
	}, raw))
	// Names that tags run through, and tags that run through names.
	add("between tags", tags.ReplaceAllString(decoded, ""))
	add("between tags", tags.ReplaceAllString(decoded, " "))
	if strings.Contains(raw, "Tj") || strings.Contains(raw, "TJ") {
		add("in the words of a PDF", shownByPDF(string(b)))
	}
	if !utf8.Valid(b) {
		for _, text := range otherLetters(b) {
			add(notText, text)
		}
	}
	if bytes.IndexByte(b, 0) >= 0 {
		for shift := range 2 {
			var le, be []uint16
			for i := shift; i+1 < len(b); i += 2 {
				le, be = append(le, uint16(b[i])|uint16(b[i+1])<<8), append(be, uint16(b[i+1])|uint16(b[i])<<8)
			}
			add("in UTF-16", string(utf16.Decode(le)))
			add("in UTF-16", string(utf16.Decode(be)))
		}
	}
	var inner strings.Builder
	for _, run := range encoded.FindAllString(raw, -1) {
		bare := strings.NewReplacer("-", "+", "_", "/", "=", "").Replace(run)
		offsets := 4
		if len(bare) < 12 { // a short one belongs to nothing else
			offsets = 1
		}
		for at := range min(offsets, len(bare)) { // letters before it may belong to something else
			end := len(bare)
			if (end-at)%4 == 1 {
				end--
			}
			if d, err := base64.RawStdEncoding.DecodeString(bare[at:end]); err == nil {
				fmt.Fprintf(&inner, "%s\n", d)
			}
		}
	}
	add("in base64", strings.ToValidUTF8(inner.String(), " "))
	inner.Reset()
	for _, run := range hexed.FindAllString(raw, -1) {
		if d, err := hex.DecodeString(run); err == nil {
			fmt.Fprintf(&inner, "%s\n", d)
		}
	}
	add("in hexadecimal", strings.ToValidUTF8(inner.String(), " "))
	return out
}

// rune16 is the sign of a hexadecimal number, or else what stood there.
func rune16(digits, or string) string {
	n, err := strconv.ParseUint(digits, 16, 32)
	if err != nil || n > unicode.MaxRune {
		return or
	}
	return string(rune(n))
}

// percent undoes the escapes of addresses, and leaves what is none.
func percent(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		j := i
		for j+2 < len(s) && s[j] == '%' {
			j += 3
		}
		if j == i {
			b.WriteByte(s[i])
			i++
			continue
		}
		if d, err := url.PathUnescape(s[i:j]); err == nil {
			b.WriteString(d)
		} else {
			b.WriteString(s[i:j])
		}
		i = j
	}
	return strings.ToValidUTF8(b.String(), " ")
}

// unspaced reports whether a letter is of a script that sets no blanks between words.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Khmer, unicode.Lao, unicode.Myanmar)
}

// possessive is what English puts behind a name.
var possessive = pattern.New(`['’ʼ]s?(?:[^\p{L}\p{N}]|$)`)

// text searches one text.
func (x *Index) text(file, how, text string) []Hit {
	var out []Hit
	words := plain(text)
	look := func(words []string) {
		for i := range words {
			for n := 1; n <= 2 && i+n <= len(words); n++ {
				for _, p := range x.words[strings.Join(words[i:i+n], " ")] {
					if len(words)-i >= len(p.words) && slices.Equal(words[i:i+len(p.words)], p.words) {
						out = append(out, Hit{file, p.why, how, false})
					}
				}
			}
		}
	}
	look(words)
	look(numbered(words))
	if bare := possessive.ReplaceAllString(text, " "); bare != text {
		look(plain(bare))
	}
	// What stands in bytes that are no text resembles anything.
	near := how != inROT13 && how != "in base64" && how != "in hexadecimal" && how != "in UTF-16" && how != notText
	for _, n := range x.names.find(text, strings.HasPrefix(how, "in the name"), near) {
		out = append(out, Hit{file, x.names.all[n.name].why, strings.TrimSpace(n.form + " " + how), n.near})
	}
	together := strings.Join(words, "")
	for _, j := range x.joined {
		if strings.Contains(together, j.letters) {
			split := how
			if !slices.ContainsFunc(out, func(h Hit) bool { return h.Why == j.why }) {
				split = strings.TrimSpace("split " + how)
			}
			out = append(out, Hit{file, j.why, split, false})
		}
	}
	return out
}

// alike are letters of other scripts that look like Latin ones, and letters
// that no decomposition takes apart.
var alike = map[rune]string{
	'а': "a", 'в': "b", 'е': "e", 'ё': "e", 'к': "k", 'м': "m", 'н': "h", 'о': "o", 'р': "p", 'с': "c", 'т': "t", 'у': "y", 'х': "x", 'і': "i", 'ї': "i", 'ј': "j", 'ѕ': "s", 'һ': "h", 'ԁ': "d", 'ԛ': "q", 'ԝ': "w", 'ɡ': "g", 'ɩ': "i", 'ǀ': "l",
	'α': "a", 'β': "b", 'ε': "e", 'η': "n", 'ι': "i", 'κ': "k", 'μ': "u", 'ν': "v", 'ο': "o", 'ρ': "p", 'τ': "t", 'υ': "u", 'χ': "x", 'γ': "y",
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'þ': "th", 'ħ': "h", 'ı': "i", 'ŧ': "t", 'ŋ': "n",
	'ɑ': "a", 'ᴀ': "a", 'ʙ': "b", 'ᴄ': "c", 'ᴅ': "d", 'ᴇ': "e", 'ꜰ': "f", 'ɢ': "g", 'ʜ': "h", 'ɪ': "i", 'ᴊ': "j", 'ᴋ': "k", 'ʟ': "l", 'ᴍ': "m", 'ɴ': "n", 'ᴏ': "o", 'ᴘ': "p", 'ꞯ': "q", 'ʀ': "r", 'ꜱ': "s", 'ᴛ': "t", 'ᴜ': "u", 'ᴠ': "v", 'ᴡ': "w", 'ʏ': "y", 'ᴢ': "z",
	'օ': "o", 'ո': "n", 'ս': "u", 'հ': "h", 'ց': "g", 'ք': "p", 'ա': "w", 'զ': "q", 'յ': "j",
}

// SameName reports whether two spellings can be of one name: beside the other the
// eye tells them apart by case, blanks, signs and accents alone, or not at all.
func SameName(a, b string) bool {
	return a == b || strings.Join(plain(a), "") == strings.Join(plain(b), "")
}

// OnePerson reports whether two names by which somebody signs can be of one person: they
// look alike, one is a part or the beginning of the other, or the first letters of it,
// whatever numbers, addresses and remarks in brackets stand beside them. Two people whose
// names are so near sign with more of them.
func OnePerson(a, b string) bool {
	if SameName(a, b) {
		return true
	}
	x, y := signed(a), signed(b)
	if len(x) == 0 || len(y) == 0 {
		return true // nothing by which to tell them apart
	}
	if len(strings.Join(x, "")) > len(strings.Join(y, "")) {
		x, y = y, x
	}
	one, other := strings.Join(x, ""), strings.Join(y, "")
	if one == other || len(one) >= 3 && strings.Contains(other, one) || heard(a) == heard(b) {
		return true
	}
	// "A. Lovelace" and "Ada Lovelace", "AL" and "Ada Lovelace", "Lovelace, Ada".
	initials := ""
	for _, w := range y {
		initials += string([]rune(w)[:1])
	}
	if one == initials {
		return true
	}
	return !slices.ContainsFunc(x, func(w string) bool {
		return !slices.ContainsFunc(y, func(v string) bool { return v == w || strings.HasPrefix(v, w) && (len(w) == 1 || len(w) >= 3) })
	})
}

// heard is how a name sounds by which somebody signs, in whatever script.
func heard(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(inBrackets.ReplaceAllString(name, " ")) {
		if l, ok := latinOf(r); ok {
			b.WriteString(l)
		} else if unicode.IsLetter(r) {
			b.WriteString(Bare(string(r)))
		}
	}
	return hear(b.String())
}

var inBrackets = pattern.New(`[(\[{<][^)\]}>]*[)\]}>]`)

// signed are the words of a name by which somebody signs: of an address what stands
// before the @, and no numbers and remarks.
func signed(name string) (out []string) {
	name = inBrackets.ReplaceAllString(name, " ")
	if before, _, ok := strings.Cut(name, "@"); ok && strings.TrimSpace(before) != "" {
		name = before
	}
	name = strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return ' '
		}
		return r
	}, name)
	single := ""
	for _, w := range plain(name) {
		if len([]rune(w)) == 1 {
			single += w // "A D A"
			continue
		}
		if single != "" {
			out, single = append(out, single), ""
		}
		out = append(out, w)
	}
	if single != "" {
		out = append(out, single)
	}
	return out
}

// Bare is a text as the eye reads it: small letters without accents, letters that
// look alike made one, digits of any script as 0 to 9, every dash a hyphen, and no
// signs that cannot be seen. Its other signs stay.
func Bare(text string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(text) {
		switch {
		case unseen(r):
		case unicode.IsLetter(r):
			b.WriteString(bareLetter(r))
		case unicode.IsDigit(r):
			b.WriteByte('0' + digit(r))
		case unicode.Is(unicode.Pd, r):
			b.WriteByte('-')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// bareLetter is a letter in small, one for all that look alike.
func bareLetter(r rune) string {
	r = unicode.ToLower(r)
	if s, ok := alike[r]; ok {
		return s
	}
	return string(r)
}

// plainCase is a text without signs that cannot be seen, its letters taken apart,
// which keeps capitals.
func plainCase(text string) string {
	return strings.Map(func(r rune) rune {
		if unseen(r) {
			return -1
		}
		return r
	}, norm.NFKD.String(text))
}

// digit is the value of a digit. Unicode lists those of a script from 0 to 9.
func digit(r rune) byte {
	for _, x := range unicode.Nd.R16 {
		if r >= rune(x.Lo) && r <= rune(x.Hi) {
			return byte((r - rune(x.Lo)) % 10)
		}
	}
	for _, x := range unicode.Nd.R32 {
		if r >= rune(x.Lo) && r <= rune(x.Hi) {
			return byte((r - rune(x.Lo)) % 10)
		}
	}
	return 0
}

// unseen reports whether a sign is an accent, or none that the eye sees: joiners,
// fillers, soft hyphens, marks of direction.
func unseen(r rune) bool {
	return unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) || recount.Unseen(r)
}

// plain takes a text apart into words of bare letters and digits: no case, no
// accents, no signs that cannot be seen, letters that look alike made one.
func plain(text string) []string {
	var words []string
	var b strings.Builder
	end := func() {
		if b.Len() > 0 {
			words = append(words, b.String())
			b.Reset()
		}
	}
	for _, r := range norm.NFKD.String(text) {
		switch {
		case unseen(r), r == '\'', r == '’', r == 'ʼ':
			continue // apostrophes too
		case unicode.IsLetter(r):
			b.WriteString(bareLetter(r))
		case unicode.IsDigit(r):
			b.WriteRune(r)
		default:
			end()
		}
	}
	end()
	return words
}

// holding are words that hold sentences together, besides those that begin them.
var holding = nameList("holding")

// Words lists the words of a text that not any text may have.
func Words(text string) []string { return slices.DeleteFunc(plain(text), Everyday) }

// Telling lists the runs of so many words of a sentence that say something: of which two
// words at least do more than hold it together.
func Telling(sentence string, size int) (out []string) {
	words := plain(sentence)
	for i := 0; i+size <= len(words); i++ {
		long := 0
		for _, w := range words[i : i+size] {
			if len([]rune(w)) >= letShort && !small()[w] && !holding()[w] && numberWords[w] == 0 && !slices.Contains(measures, w) && !numeral.MatchString(w) {
				long++
			}
		}
		if long >= 2 {
			out = append(out, strings.Join(words[i:i+size], " "))
		}
	}
	return out
}

// Runs are all runs of so many words of a text.
func Runs(text string, size int) (out []string) {
	words := plain(text)
	for i := 0; i+size <= len(words); i++ {
		out = append(out, strings.Join(words[i:i+size], " "))
	}
	return out
}
