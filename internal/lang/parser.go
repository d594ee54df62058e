package lang

// Moves of the parser (arc-hybrid: Kuhlmann, Gómez-Rodríguez & Satta 2011).
const (
	Shift = iota // the next token goes onto the stack
	Left         // the next token becomes the head of the top, which is done
	Right        // the one below the top becomes its head, and the top is done
	Moves
)

// A Parse is the state of the parser in one sentence. The root is a token
// after the last.
type Parse struct {
	s       []Token
	stack   []int32
	next    int32
	heads   []int32
	left    []int32 // leftmost dependent so far, or -1
	right   []int32 // rightmost dependent so far, or -1
	valence []uint8 // dependents so far
}

// NewParse begins to parse a sentence, with the memory of an earlier one if
// there is any.
func NewParse(p *Parse, s []Token) *Parse {
	n := len(s) + 1
	if p == nil || cap(p.heads) < n {
		size := max(n, maxTagged+1)
		p = &Parse{heads: make([]int32, size), left: make([]int32, size), right: make([]int32, size), valence: make([]uint8, size), stack: make([]int32, 0, size)}
	}
	p.s, p.stack, p.next = s, p.stack[:0], 0
	p.heads, p.left, p.right, p.valence = p.heads[:n], p.left[:n], p.right[:n], p.valence[:n]
	for i := range n {
		p.heads[i], p.left[i], p.right[i], p.valence[i] = -1, -1, -1, 0
	}
	return p
}

// Done reports whether every token has a head.
func (p *Parse) Done() bool { return int(p.next) == len(p.s) && len(p.stack) == 0 }

// Legal reports whether a move can be made.
func (p *Parse) Legal(move int) bool {
	switch move {
	case Shift:
		return int(p.next) < len(p.s)
	case Left:
		return len(p.stack) > 0
	}
	return len(p.stack) > 1
}

// Move makes a move.
func (p *Parse) Move(move int) {
	switch move {
	case Shift:
		p.stack = append(p.stack, p.next)
		p.next++
	case Left:
		top := p.stack[len(p.stack)-1]
		p.stack = p.stack[:len(p.stack)-1]
		p.join(p.next, top)
	case Right:
		top := p.stack[len(p.stack)-1]
		p.stack = p.stack[:len(p.stack)-1]
		p.join(p.stack[len(p.stack)-1], top)
	}
}

func (p *Parse) join(head, dependent int32) {
	p.heads[dependent] = head
	if p.left[head] < 0 || dependent < p.left[head] {
		p.left[head] = dependent
	}
	if dependent > p.right[head] {
		p.right[head] = dependent
	}
	if p.valence[head] < 7 {
		p.valence[head]++
	}
}

// Heads returns the head of each token; len(tokens) stands for the root.
func (p *Parse) Heads() []int32 { return p.heads[:len(p.s)] }

// Cost counts the arcs of gold that a move makes unreachable (Goldberg & Nivre
// 2013). In gold, len(tokens) stands for the root.
func (p *Parse) Cost(move int, gold []int32) int {
	n := len(p.stack)
	cost := 0
	switch move {
	case Shift:
		b := p.next
		for k, i := range p.stack {
			if gold[i] == b || k < n-1 && gold[b] == i {
				cost++
			}
		}
	case Left, Right:
		top := p.stack[n-1]
		for i := p.next; int(i) < len(p.s); i++ {
			if gold[i] == top {
				cost++
			}
		}
		h := gold[top]
		if move == Left && (n > 1 && h == p.stack[n-2] || h > p.next) || move == Right && h >= p.next {
			cost++
		}
	}
	return cost
}

func (p *Parse) at(i int32) *Token {
	if i < 0 || int(i) >= len(p.s) {
		return &edge
	}
	return &p.s[i]
}

func (p *Parse) top(k int) int32 {
	if k >= len(p.stack) {
		return -1
	}
	return p.stack[len(p.stack)-1-k]
}

// ArcFeatures lists the features of the state for the next move.
func (p *Parse) ArcFeatures(f []uint32) []uint32 {
	i0, i1, i2 := p.top(0), p.top(1), p.top(2)
	s0, s1, s2 := p.at(i0), p.at(i1), p.at(i2)
	b0, b1, b2 := p.at(p.next), p.at(p.next+1), p.at(p.next+2)
	l0, r0, l1, r1, lb := &edge, &edge, &edge, &edge, &edge
	v0, v1 := uint32(0), uint32(0)
	if i0 >= 0 {
		l0, r0, v0 = p.at(p.left[i0]), p.at(p.right[i0]), uint32(p.valence[i0])
	}
	if i1 >= 0 {
		l1, r1, v1 = p.at(p.left[i1]), p.at(p.right[i1]), uint32(p.valence[i1])
	}
	vb := uint32(0)
	if int(p.next) < len(p.s) {
		lb, vb = p.at(p.left[p.next]), uint32(p.valence[p.next])
	}
	P := func(t *Token) uint32 { return uint32(t.POS) }
	d := distance(i0, p.next)
	d1 := distance(i1, i0)
	end := uint32(0)
	if int(p.next) >= len(p.s) {
		end = 1
	}
	return append(f,
		Mix2(1, s0.Word, P(s0)), Mix2(2, P(s0), end), Mix2(3, s1.Word, P(s1)), Mix1(4, P(s1)), Mix2(5, b0.Word, P(b0)), Mix1(6, P(b0)), Mix2(7, b1.Word, P(b1)),
		Mix2(8, P(b1), P(b0)), Mix3(9, P(b2), P(b1), P(b0)), Mix3(10, P(s0), P(b0), d), Mix2(11, s0.Word, b0.Word), Mix2(12, s0.Word, P(b0)), Mix2(13, P(s0), b0.Word),
		Mix3(14, P(s1), P(s0), d1), Mix2(15, s1.Word, s0.Word), Mix2(16, s1.Word, P(s0)), Mix2(17, P(s1), s0.Word), Mix3(18, P(s1), P(s0), P(b0)), Mix3(19, P(s0), P(b0), P(b1)),
		Mix3(20, P(s2), P(s1), P(s0)), Mix3(21, P(s0), P(l0), P(b0)), Mix3(22, P(s0), P(r0), P(b0)), Mix3(23, P(s1), P(r1), P(s0)), Mix3(24, P(s1), P(l1), P(s0)),
		Mix3(25, P(s0), P(b0), P(lb)), Mix2(26, s0.Word, v0), Mix3(27, s1.Word, v1, P(s0)), Mix3(28, P(s0), v0, P(b0)), Mix3(29, P(b0), vb, P(s0)), Mix3(30, r0.Word, s0.Word, P(b0)),
		Mix3(31, P(s1), P(s0), r0.Word), Mix3(32, s1.Word, P(s0), P(b0)), Mix3(33, s0.Word, b0.Word, P(b1)), Mix3(34, r1.Word, P(s1), P(s0)), Mix4(35, P(s0), P(b0), P(b1), P(b2)), Mix(36))
}

func distance(a, b int32) uint32 {
	if a < 0 || b < 0 {
		return 0
	}
	switch d := b - a; {
	case d < 5:
		return uint32(d)
	case d < 10:
		return 5
	}
	return 6
}

// LabelFeatures lists the features of the arc from head to token i; the head
// of a root is len(s).
func LabelFeatures(f []uint32, s []Token, i, head int) []uint32 {
	t, h := &s[i], around(s, head)
	a, b := around(s, i-1), around(s, i+1)
	side := uint32(0)
	if head > i {
		side = 1
	}
	if head == len(s) {
		side = 2
	}
	P := func(t *Token) uint32 { return uint32(t.POS) }
	d := min(uint32(max(head-i, i-head)), 6)
	ha, hb := around(s, head-1), around(s, head+1)
	return append(f,
		Mix2(1, t.Word, side), Mix3(2, P(t), side, d), Mix2(3, h.Word, side), Mix3(4, P(h), P(t), side), Mix2(5, h.Word, t.Word), Mix3(6, h.Word, P(t), side), Mix3(7, P(h), t.Word, side),
		Mix4(8, P(h), P(t), P(a), side), Mix4(9, P(h), P(t), P(b), side), Mix3(10, P(t), P(a), P(b)), Mix3(11, a.Word, P(t), P(h)), Mix3(12, b.Word, P(t), P(h)), Mix4(13, P(ha), P(h), P(t), side),
		Mix4(14, P(hb), P(h), P(t), side), Mix4(15, uint32(t.Name), P(h), P(t), side), Mix3(16, t.Suffix, P(h), side), Mix(17))
}

// only returns the one move that can be made, or -1 if there are several.
func (p *Parse) only() int {
	switch more := int(p.next) < len(p.s); {
	case len(p.stack) == 0:
		return Shift
	case len(p.stack) == 1 && !more:
		return Left
	}
	return -1
}

// parse fills head and label of the tokens of one sentence, whose first token has
// index base, with the memory of an earlier one if there is any.
func (g *Tagger) parse(p *Parse, s []Token, base int) *Parse {
	var buf [64]uint32
	var scores [Moves]int32
	p = NewParse(p, s)
	for !p.Done() {
		if m := p.only(); m >= 0 {
			p.Move(m)
			continue
		}
		g.arcs.Sum(scores[:], p.ArcFeatures(buf[:0]))
		best := -1
		for m := range scores {
			if p.Legal(m) && (best < 0 || scores[m] > scores[best]) {
				best = m
			}
		}
		p.Move(best)
	}
	var labels [len(Labels)]int32
	for i, h := range p.Heads() {
		g.labels.Sum(labels[:], LabelFeatures(buf[:0], s, i, int(h)))
		s[i].Label = uint8(Best(labels[1:]) + 1)
		if int(h) == len(s) {
			s[i].Head = -1
		} else {
			s[i].Head = h + int32(base)
		}
	}
	return p
}
