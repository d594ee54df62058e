package copies

import (
	"math/bits"
	"slices"
	"unicode"
	"unicode/utf8"

	"recount"
)

const (
	countersBits = 18 // words share counters of how many articles hold them
	// In a page put together from others, a sentence is off topic if at most
	// one other comes from its story ...
	sameStory = 1
	// ... and less than this part of the names in its origins occurs in the
	// origins of the other sentences, ...
	knownMilli = 300
	// ... or, where no origin is known, less than this part of its own words
	// occurs elsewhere and it brings at least two new names.
	newNames = 2
	// A page of whose sentences with an origin one article holds more than this
	// part is a reprint with additions of its own, which tell the same story.
	reprintMilli = 750
	// rarePercent is how many of the articles may hold a word that tells topics
	// apart.
	rarePercent = 10
)

// A profile is what an article or a sentence speaks of: its words and, among
// them, its names, as sorted hashes.
type profile struct{ words, names []uint32 }

// profileOf makes the profile of words [from, to) of text.
func profileOf(w *Words, text string, from, to int) *profile {
	p := &profile{words: slices.Clone(w.Hash[from:to])}
	for i := from; i < to; i++ {
		if i == from || w.First[i] {
			continue // the first word of a sentence has its capital for nothing
		}
		if r, n := utf8.DecodeRuneInString(text[w.Start[i]:]); unicode.IsUpper(r) && w.End[i]-w.Start[i] > uint32(n) {
			p.names = append(p.names, w.Hash[i])
		}
	}
	slices.Sort(p.words)
	p.words = slices.Compact(p.words)
	slices.Sort(p.names)
	p.names = slices.Compact(p.names)
	return p
}

// A wordCount counts in how many articles words occur. Words whose hashes agree
// in countersBits bits are counted together.
type wordCount struct {
	count []uint32
	seen  []uint32 // the last article counted here
	n     uint32
}

func newWordCount() *wordCount {
	return &wordCount{count: make([]uint32, 1<<countersBits), seen: make([]uint32, 1<<countersBits)}
}

// add counts the words of one more article.
func (c *wordCount) add(w *Words) {
	c.n++
	for _, h := range w.Hash {
		k := h >> (32 - countersBits)
		if c.seen[k] != c.n {
			c.seen[k] = c.n
			c.count[k]++
		}
	}
}

// merge adds what another counted.
func (c *wordCount) merge(d *wordCount) {
	for k, n := range d.count {
		c.count[k] += n
	}
	c.n += d.n
}

// weight returns how much the word says about a topic, about the logarithm of
// its rarity; 0 for a common word.
func (c *wordCount) weight(h uint32) int {
	n := c.count[h>>(32-countersBits)]
	if 100*uint64(n) >= rarePercent*uint64(c.n) && n > 1 {
		return 0
	}
	return bits.Len32(c.n / (n + 1))
}

// nameWeight is weight for names, which say something even where they are common.
func (c *wordCount) nameWeight(h uint32) int {
	return bits.Len32(c.n / (c.count[h>>(32-countersBits)] + 1))
}

// offTopic marks the sentences of one page that belong to another story. It
// says nothing of a page of which less than half has an origin, nor of what a
// reprint adds.
func (t *tracer) offTopic(sentences []sentence, out []recount.SentenceOrigin) {
	withOrigin := 0
	for _, o := range out {
		if len(o.Origins) > 0 {
			withOrigin++
		}
	}
	if 2*withOrigin < len(out) || withOrigin < 3 {
		return
	}
	// tells counts, for every word, the origins and sentences that hold it.
	tells := map[uint32]int{}
	uses := map[recount.Key]int{} // sentences by origin
	count := func(p *profile, by int) {
		for _, w := range p.words {
			tells[w] += by
		}
	}
	for i, o := range out {
		count(sentences[i].profile, 1)
		for _, k := range o.Origins {
			if uses[k]++; uses[k] == 1 {
				count(t.profiles[k], 1)
			}
		}
	}
	reprint := false
	for _, n := range uses {
		reprint = reprint || 1000*n > reprintMilli*withOrigin
	}
	for i := range out {
		o := &out[i]
		same := []int{i} // the sentences of the same story
		for j := range out {
			if j != i && shareKey(o.Origins, out[j].Origins) {
				same = append(same, j)
			}
		}
		if len(same)-1 > sameStory || reprint && len(o.Origins) == 0 {
			continue
		}
		for _, j := range same {
			count(sentences[j].profile, -1)
		}
		for _, k := range o.Origins {
			count(t.profiles[k], -1)
		}
		if len(o.Origins) > 0 {
			o.OffTopic = true
			for _, k := range o.Origins {
				known, all := 0, 0
				for _, w := range t.profiles[k].names {
					n := t.wordCount.nameWeight(w)
					all += n
					if tells[w] > 0 {
						known += n
					}
				}
				if all == 0 || 1000*known >= knownMilli*all {
					o.OffTopic = false
				}
			}
		} else {
			known, all, fresh := 0, 0, 0
			for _, w := range sentences[i].profile.words {
				n := t.wordCount.weight(w)
				all += n
				if tells[w] > 0 {
					known += n
				}
			}
			for _, w := range sentences[i].profile.names {
				if tells[w] <= 0 {
					fresh++
				}
			}
			o.OffTopic = fresh >= newNames && 1000*known < knownMilli*all
		}
		for _, j := range same {
			count(sentences[j].profile, 1)
		}
		for _, k := range o.Origins {
			count(t.profiles[k], 1)
		}
	}
}

// shareKey reports whether two sorted lists have a key in common.
func shareKey(a, b []recount.Key) bool {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			return true
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return false
}
