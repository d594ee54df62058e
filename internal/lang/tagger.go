package lang

import (
	_ "embed"
	"sync"
)

// Tags are the parts of speech of the Penn Treebank; two places are free, so
// that rows have whole words.
var Tags = [...]string{"", "NN", "IN", "NNP", "DT", "JJ", "NNS", ",", ".", "VBD", "RB", "PRP", "VB", "CC", "VBZ", "TO", "VBG", "VBN", "VBP", "''", "CD",
	"PRP$", "``", "MD", "POS", ":", "WP", "WDT", "NNPS", "WRB", "RP", "JJR", "JJS", "RBR", "-RRB-", "-LRB-", "EX", "$", "RBS", "PDT", "UH", "WP$", "FW", "LS", "SYM", "#", "-", "-"}

// The parts of speech that code asks for by name.
const (
	NN   = 1
	IN   = 2
	NNP  = 3
	DT   = 4
	JJ   = 5
	NNS  = 6
	VBD  = 9
	RB   = 10
	PRP  = 11
	VB   = 12
	CC   = 13
	VBZ  = 14
	TO   = 15
	VBG  = 16
	VBN  = 17
	VBP  = 18
	CD   = 20
	PRPS = 21
	MD   = 23
	POS  = 24
	WP   = 26
	WDT  = 27
	NNPS = 28
)

// Names are the kinds of names; times, amounts and other numbers are told
// apart from words, but not from each other.
var Names = [...]string{"", "PERSON", "ORGANIZATION", "LOCATION", "MISC", "DATE", "NUMBER", "-"}

// Kinds of names that code asks for.
const (
	Person       = 1
	Organisation = 2
	Location     = 3
	Misc         = 4
)

// Labels are the basic dependencies of the teacher.
var Labels = [...]string{"", "punct", "case", "nmod", "nsubj", "det", "compound", "amod", "dobj", "root", "advmod", "mark", "aux", "cc", "conj", "nmod:poss",
	"ccomp", "xcomp", "advcl", "cop", "dep", "acl:relcl", "nummod", "acl", "neg", "appos", "auxpass", "nsubjpass", "nmod:tmod", "compound:prt", "parataxis",
	"mwe", "expl", "nmod:npmod", "csubj", "iobj", "det:predet", "cc:preconj", "discourse", "csubjpass"}

// Labels that code asks for.
const (
	LabelCase     = 2
	LabelNmod     = 3
	LabelSubject  = 4
	LabelCompound = 6
	LabelAppos    = 25
	LabelPassive  = 27
)

//go:embed en/tagger.bin
var taggerFile string

// A Tagger gives English tokens their part of speech, kind of name and head.
type Tagger struct {
	tags, names, arcs, labels Linear
}

// TaggerFrom reads the model of a tagger.
func TaggerFrom(data string) (*Tagger, error) {
	var models [4]Linear
	for i := range models {
		var err error
		if models[i], data, err = LinearFrom(data); err != nil {
			return nil, err
		}
	}
	return &Tagger{models[0], models[1], models[2], models[3]}, nil
}

// Folds is how many parts the training articles are divided into for taggers
// that have not seen one of them.
const Folds = 3

var english = sync.OnceValue(func() *Tagger {
	g, err := TaggerFrom(taggerFile)
	if err != nil {
		return nil
	}
	return g
})

// English returns the tagger that ships with the program, or nil if its model
// is missing.
func English() *Tagger { return english() }

// Tag fills POS, Name, Head and Label of all tokens.
func (g *Tagger) Tag(tokens []Token) {
	var p *Parse
	for start := 0; start < len(tokens); {
		end := start + 1
		for end < len(tokens) && tokens[end].Sentence == tokens[start].Sentence {
			end++
		}
		// A longer stretch than any sentence is cut, so that time stays linear.
		for start < end {
			stop := min(end, start+maxTagged)
			s := tokens[start:stop]
			g.TagWords(s)
			g.TagNames(s)
			p = g.parse(p, s, start)
			start = stop
		}
	}
}

// maxTagged is the longest sentence that is parsed as one, in tokens.
const maxTagged = 240

// TagWords fills the part of speech of the tokens of one sentence.
func (g *Tagger) TagWords(s []Token) {
	var buf [32]uint32
	var scores [len(Tags)]int32
	for i := range s {
		g.tags.Sum(scores[:], POSFeatures(buf[:0], s, i))
		s[i].POS = uint8(Best(scores[1:46]) + 1)
	}
}

// TagNames fills the kind of name; it needs the parts of speech.
func (g *Tagger) TagNames(s []Token) {
	var buf [32]uint32
	var scores [len(Names)]int32
	for i := range s {
		g.names.Sum(scores[:], NameFeatures(buf[:0], s, i))
		s[i].Name = uint8(Best(scores[:7]))
	}
}

// Best returns the index of the largest score, the first of equals.
func Best(scores []int32) int {
	best := 0
	for i, s := range scores {
		if s > scores[best] {
			best = i
		}
	}
	return best
}

// edge stands for the place before or after a sentence.
var edge = Token{Word: 1, Lower: 1, Suffix: 1, Shape: ShapeMark, Head: -1}

func around(s []Token, i int) *Token {
	if i < 0 || i >= len(s) {
		return &edge
	}
	return &s[i]
}

// POSFeatures lists the features of token i for its part of speech.
func POSFeatures(f []uint32, s []Token, i int) []uint32 {
	t, a, b := &s[i], around(s, i-1), around(s, i+1)
	aa, bb := around(s, i-2), around(s, i+2)
	begins := uint32(0)
	if i == 0 {
		begins = 1
	}
	return append(f,
		Mix1(1, t.Word), Mix1(2, t.Suffix), Mix2(3, uint32(t.Shape), begins), Mix1(4, uint32(a.POS)), Mix2(5, uint32(a.POS), uint32(aa.POS)),
		Mix1(6, a.Word), Mix1(7, b.Word), Mix1(8, bb.Word), Mix1(9, aa.Word), Mix2(10, uint32(a.POS), t.Word), Mix2(11, t.Word, b.Word),
		Mix1(12, b.Suffix), Mix3(13, uint32(a.Shape), uint32(t.Shape), uint32(b.Shape)), Mix2(14, t.Suffix, uint32(a.POS)), Mix2(15, t.Suffix&0xffff, b.Suffix),
		Mix3(16, uint32(t.Shape), uint32(a.POS), b.Word), Mix2(17, t.Suffix, uint32(t.Shape)), Mix(18))
}

// NameFeatures lists the features of token i for its kind of name.
func NameFeatures(f []uint32, s []Token, i int) []uint32 {
	t, a, b := &s[i], around(s, i-1), around(s, i+1)
	aa, bb := around(s, i-2), around(s, i+2)
	// The last word of the run of proper nouns that token i belongs to, and
	// what follows it, tell most about the whole name.
	j := i
	for j+1 < len(s) && j < i+5 && proper(&s[j+1]) {
		j++
	}
	k := i
	for k > 0 && k > i-5 && proper(&s[k-1]) {
		k--
	}
	last, after, before := &s[j], around(s, j+1), around(s, k-1)
	if !proper(t) {
		last, after, before = &edge, &edge, &edge
		j, k = i, i
	}
	length, place := uint32(j-k), uint32(i-k)
	return append(f,
		Mix1(1, t.Word), Mix2(2, uint32(t.POS), uint32(t.Shape)), Mix1(3, uint32(a.Name)), Mix2(4, uint32(a.Name), uint32(t.POS)), Mix2(5, uint32(a.Name), uint32(aa.Name)),
		Mix2(6, a.Word, uint32(t.Shape)), Mix2(7, b.Word, uint32(t.Shape)), Mix2(8, aa.Word, a.Word), Mix2(9, b.Word, bb.Word), Mix2(10, t.Suffix, uint32(t.Shape)),
		Mix1(11, last.Word), Mix1(12, last.Suffix), Mix2(13, after.Word, uint32(t.Shape)), Mix2(14, before.Word, uint32(t.Shape)), Mix2(15, length, place),
		Mix2(16, uint32(a.Name), t.Word), Mix3(17, uint32(a.POS), uint32(t.POS), uint32(b.POS)), Mix3(18, before.Word, after.Word, length), Mix3(19, uint32(after.POS), uint32(before.POS), length),
		Mix3(20, uint32(t.Shape), uint32(last.Shape), length), Mix2(21, t.Suffix, uint32(a.Name)), Mix(22))
}

func proper(t *Token) bool { return t.POS == NNP || t.POS == NNPS }
