package figures

import "recount"

// wholes are the words of a whole from which something is taken: "all but four".
var wholes = wordSet("wholes")

// butWords take something from it.
var butWords = wordSet("but")

// exception reads "all but four of the 90 miners": 86 of the 90. The number that is
// printed counts those who are left out. ok is false where no such words begin at
// token i; then end is i. Where nobody says how large the whole is, ok is false too
// and end is the token behind the number, which is no figure by itself.
func (t *text) exception(i int) (c candidate, end int, ok bool) {
	if !wholes[t.At(i).Low] || !butWords[t.Low(i+1, i)] {
		return c, i, false
	}
	j := i + 2
	if t.Low(j, i) == "for" {
		j++
	}
	q := recount.Exact
	if w := t.Low(j, i); w == "about" || w == "around" || w == "roughly" || w == "some" {
		q, j = recount.About, j+1
	}
	n, ok := t.NumeralAt(j)
	if !ok || t.At(j).Sent != t.At(i).Sent {
		return c, i, false
	}
	c = candidate{numberPhrase: numberPhrase{First: i, Core: j, N: n, End: n.End}}
	f := &c.Fig
	f.Kind, f.Qualifier, f.Of = recount.CountFigure, q, -1
	one := int64(0) // of a share: the whole
	if p := t.Percent(n.End); p > 0 && !n.Word {
		n.Value.Places += 2
		n.Value, c.End, one = n.Value.Trimmed(), n.End+p, pow10(n.Value.Places)
	} else if n.Word {
		c.N.Num, one = n.Den-n.Num, 1
	}
	c.Last, c.unitEnd = c.End, c.End
	c.out = n.Value.Digits
	if n.Vague || one == 0 && n.Value.Places > 0 {
		return c, c.End, false
	}
	v := n.Value
	f.Value = &v
	if one > 0 {
		f.Kind = recount.ShareFigure
		if n.Word {
			v = fractionOf(c.N.Num, n.Den)
		} else {
			v = recount.Decimal{Digits: pow10(v.Places) - v.Digits, Places: v.Places}
		}
		*f.Value = v.Trimmed()
		c.out = 0
		if v.Digits <= 0 || t.Low(c.End, i) != "of" || !t.unit(&c) {
			return c, c.End, false
		}
		f.Span = t.Span(&c.numberPhrase)
		return c, c.End, true
	}
	if t.Low(c.End, i) == "of" {
		k := c.End + 1
		for ownWords[t.Low(k, i)] || roughly[t.Low(k, i)] {
			k++
		}
		if m, ok := t.NumeralAt(k); ok && !m.Vague && !m.Word && m.Value.Places == 0 && t.Percent(m.End) == 0 && t.Low(k, i) != "" {
			c.Part, c.Total = true, m.Value.Digits
		}
		if !t.partOf(&c, c.End) || !c.Part && !c.them {
			return c, c.End, false
		}
	} else if t.fronted(&c) == "" {
		return c, c.End, false
	} else {
		c.bare = true
	}
	if !c.Part {
		t.found = append(t.found, c)
		t.partLink(len(t.found) - 1)
		o := t.found[len(t.found)-1].Fig
		t.found = t.found[:len(t.found)-1]
		if o.Of < 0 || t.found[o.Of].Fig.Value == nil || t.found[o.Of].Fig.Value.Places > 0 {
			return c, c.End, false
		}
		c.Total = t.found[o.Of].Fig.Value.Digits
	}
	if c.Total <= c.out {
		return c, c.End, false
	}
	f.Value.Digits = c.Total - c.out
	f.Span = t.Span(&c.numberPhrase)
	return c, max(c.End, c.Last), true
}

// rest gives a figure that is what an exception leaves the bounds of its whole: of
// "roughly 60 families" all but two are about 58.
func (t *text) rest(c *candidate) {
	f := &c.Fig
	if c.out == 0 || f.Of < 0 {
		return
	}
	switch is := t.found[f.Of].Fig.Qualifier; {
	case is == recount.Exact || is == "":
	case f.Qualifier != recount.Exact:
		f.Qualifier = recount.About
	default:
		f.Qualifier = is
		switch is {
		case recount.AtLeast, recount.MoreThan:
			f.Low = f.Value
		case recount.AtMost, recount.LessThan, recount.UpTo:
			f.High = f.Value
		}
	}
}
