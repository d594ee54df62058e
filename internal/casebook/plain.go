package casebook

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"recount"
)

// plain is what a name, value or code means: two that look alike are one. An é
// that is written as e with an accent is é, blanks around it are none, and
// several between words are one; characters that nobody sees are left out, but
// for those that join or part letters in some scripts.
func plain(s string) string {
	if simple(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		if recount.Unseen(r) {
			return -1
		}
		return r
	}, norm.NFC.String(s))
	return strings.Join(strings.Fields(s), " ")
}

// simple reports whether nothing about a text can be written in two ways.
func simple(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c < ' ' || c == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ') {
			return false
		}
	}
	return true
}

// plainly returns an answer as it is meant. What is hashed stays as it is.
func plainly(a recount.Answer) recount.Answer {
	ref := func(r *recount.SpeakerRef) *recount.SpeakerRef {
		if r == nil {
			return r
		}
		name := plain(recount.Shown(r.Name))
		if name == r.Name {
			return r
		}
		own := *r
		own.Name = name
		return &own
	}
	switch b := a.(type) {
	case recount.StatementBody:
		b.Speaker = ref(b.Speaker)
		return b
	case recount.SpeakerBody:
		b.Speaker = *ref(&b.Speaker)
		return b
	case recount.ScopeBody:
		b.Speaker = *ref(&b.Speaker)
		return b
	case recount.CriterionBody:
		b.Speaker, b.Criterion = *ref(&b.Speaker), plain(b.Criterion)
		return b
	case recount.LinkBody:
		b.A, b.B = *ref(&b.A), *ref(&b.B)
		return b
	case recount.CodeBody:
		b.Speaker, b.Code = *ref(&b.Speaker), plain(b.Code)
		return b
	case recount.PassageBody:
		b.Speaker, b.Code = ref(b.Speaker), plain(b.Code)
		return b
	case recount.ValueBody:
		b.Speaker, b.Variable, b.Value = *ref(&b.Speaker), plain(b.Variable), plain(b.Value)
		return b
	case recount.StatedBody:
		b.Unit = plain(b.Unit)
		return b
	case recount.PageBody:
		b.Value = plain(b.Value)
		return b
	case recount.OwnerBody:
		b.Outlet, b.Owner = plain(b.Outlet), plain(b.Owner)
		return b
	case recount.AssignBody:
		b.Coder = plain(b.Coder)
		return b
	case recount.CodebookBody:
		b.Code, b.To = plain(b.Code), slices.Clone(b.To)
		for i := range b.To {
			b.To[i] = plain(b.To[i])
		}
		return b
	}
	return a
}
