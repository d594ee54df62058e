package release

import (
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// wordsThatAreNames are names that are words of English too: first names, then last ones.
var wordsThatAreNames = strings.Fields(`Rose Hope Grace Faith Joy Will Mark May June April Bill Rob Jack Frank Art Dawn Iris Ivy Pat Sue Guy Ray Dean Miles Victor Daisy Ruby Pearl Olive Heath
	Baker Marsh Hill Brown King Bishop Ford Wood Stone Field Young Long Short Price Banks Cook Bush Page Small Best Day Winter Summers Church Park Bridge Fisher Miller Carpenter Waters Rivers Lane Street Black White Green Grey Sharp Swift Strong Wise Rich Power Moss Reed Frost Snow Storm Bell Ball Cross Love Law Case Chance Bird Fox Wolf Lamb Crane Drake Finch Little Major Sergeant Judge Abbot Pope Knight Noble Savage Gold Silver Steel Iron`)

var endOfSentence = regexp.MustCompile(`[.!?]["”’)]*\s+`)

// opening and closing are the annotation of a text of the corpus.
var (
	opening   = regexp.MustCompile(`\[(?:f [a-z]+ [^:\]]*|[qcs]\d+[^:\]\[{}]*):|\{[a-z0-9_]+:|(?m:^%[a-z_]+ )`)
	closing   = regexp.MustCompile(`(^|[^\\])[\]}]+`)
	unescaped = strings.NewReplacer(`\[`, "[", `\]`, "]", `\{`, "{", `\}`, "}")
)

// proseSentences are the sentences of texts that we wrote: the corpus, and those of
// further folders.
func proseSentences(t *testing.T) (texts []string, sentences []string) {
	t.Helper()
	files, err := filepath.Glob("../../corpus/*/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("RECOUNT_MEASURE") == "" { // every fourth shows whether it holds
		files = slices.DeleteFunc(files, func(name string) bool { return len(name)%4 > 0 })
	}
	for _, dir := range filepath.SplitList(os.Getenv("RECOUNT_PROSE")) {
		more, err := filepath.Glob(filepath.Join(dir, "*.html"))
		if err != nil || len(more) == 0 {
			t.Fatalf("%s holds no page: %v", dir, err)
		}
		files = append(files, more...)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text := string(b)
		if _, body, ok := strings.Cut(text, "\n---\n"); ok && strings.HasSuffix(name, ".txt") { // as it was printed, without annotation
			text = unescaped.Replace(closing.ReplaceAllString(opening.ReplaceAllString(body, ""), "$1"))
		}
		if strings.HasSuffix(name, ".html") {
			text = html.UnescapeString(tags.ReplaceAllString(regexp.MustCompile(`(?s)<(?:script|style|head).*?</(?:script|style|head)>`).ReplaceAllString(text, " "), "\n"))
		}
		texts = append(texts, text)
		for line := range strings.Lines(text) {
			at := 0
			for _, m := range endOfSentence.FindAllStringIndex(line, -1) {
				sentences = append(sentences, strings.TrimSpace(line[at:m[1]]))
				at = m[1]
			}
			if s := strings.TrimSpace(line[at:]); s != "" {
				sentences = append(sentences, s)
			}
		}
	}
	return texts, sentences
}

// TestNamesThatAreWordsInProse gives protected people names that are words and counts
// which sentences with such a word are refused: those that write it small, and those that
// begin with it and go on small. A sentence that writes it large within may name somebody.
func TestNamesThatAreWordsInProse(t *testing.T) {
	texts, sentences := proseSentences(t)
	if len(texts) == 0 {
		t.Fatal("no texts")
	}
	var secrets []Secret
	for _, w := range wordsThatAreNames {
		secrets = append(secrets, Secret{Words: w + " Zvonarevich", Why: w, Name: true})
	}
	x, err := NewIndex(secrets)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range texts {
		x.Ordinary(text)
	}
	word := map[string]bool{}
	for _, w := range wordsThatAreNames {
		word[strings.ToLower(w)] = true
	}
	small, smallRefused, first, firstRefused := 0, 0, 0, 0
	smallBy, firstBy := map[string]int{}, map[string]int{}
	var shown []string
	for _, s := range sentences {
		words := spokenWord.FindAllString(s, -1)
		kind, in := "", ""
		for i, w := range words {
			switch lower := strings.ToLower(w); {
			case !word[lower]:
			case w == lower && kind == "":
				kind, in = "small", w
			case w == lower:
			case i == 0 && len(words) > 1 && unicode.IsLower([]rune(words[1])[0]) && kind == "":
				kind, in = "first", w
			case i == 0:
				kind = "large"
			default:
				kind = "large"
			}
		}
		if kind != "small" && kind != "first" {
			continue
		}
		hits, err := x.SearchFile("", []byte(s))
		if err != nil {
			t.Fatal(err)
		}
		refused := len(hits) > 0
		if kind == "small" {
			if small++; refused {
				smallRefused++
				smallBy[strings.ToLower(in)]++
			}
		} else if first++; refused {
			firstRefused++
			firstBy[strings.ToLower(in)]++
		}
		if refused {
			shown = append(shown, kind+" "+in+": "+s)
		}
	}
	t.Logf("%d sentences of %d texts; %d write such a word small, %d refused; %d begin with one, %d refused", len(sentences), len(texts), small, smallRefused, first, firstRefused)
	slices.Sort(shown)
	for _, s := range shown {
		t.Log(s)
	}
	if 10*(smallRefused+firstRefused) > small+first {
		t.Errorf("%d of %d sentences are refused", smallRefused+firstRefused, small+first)
	}
}

// TestNamesOfOthersInProse looks for names of people of whom no text tells: whatever is
// found is no name of theirs, but one that resembles it.
func TestNamesOfOthersInProse(t *testing.T) {
	texts, sentences := proseSentences(t)
	var secrets []Secret
	for _, n := range []string{"Zdeněk Kovář", "Oksana Nkemelu", "Arkady Volgin", "Дмитрий Хомяков", "Faisal al-Tamimi", "محمد الطارق", "Ngozi Adichukwu", "Wilhelmina Strasser", "Jean-Luc Moreau", "Siobhán Ní Dhuibhne", "Tariq Mahmud", "Elif Yıldız", "Pyotr Garrow", "Björn Åkesson", "Mariam Haddad", "Leyla Aslanova", "Tomasz Wójcik", "Nguyễn Thị Hoa", "Ali Hadi", "Amara Okonkwo", "Rajesh Venkataraman", "Giulia Ferrarini", "Ifeoma Eze", "Sandro Kvirikashvili"} {
		secrets = append(secrets, Secret{Words: n, Why: n, Name: true})
	}
	x, err := NewIndex(secrets)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range texts {
		x.Ordinary(text)
	}
	refused := 0
	var shown []string
	for _, s := range sentences {
		hits, err := x.SearchFile("", []byte(s))
		if err != nil {
			t.Fatal(err)
		}
		if len(hits) > 0 {
			refused++
			shown = append(shown, hits[0].Why+" ("+hits[0].Form+"): "+s)
		}
	}
	t.Logf("%d names that no text holds: %d of %d sentences are refused", len(secrets), refused, len(sentences))
	slices.Sort(shown)
	for _, s := range shown {
		t.Log(s)
	}
	if 10*refused > len(sentences) {
		t.Errorf("%d of %d sentences are refused", refused, len(sentences))
	}
}
