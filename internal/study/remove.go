package study

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/disk"
	"recount/internal/release"
	"recount/internal/report"
	"recount/internal/store"
)

// A Removed says what a removal takes out, and what is left to do elsewhere.
type Removed struct {
	Pages, Captures, Decisions int
	Keys                       int      // of the vault, that are destroyed
	Unlooked                   int      // names and contacts that only the vault holds, which were not looked for
	Who                        []string // what the person is called on the pages; nothing once they are gone
	Whole                      []string // pages that go: title, and address or file name; nothing once they are gone
	Answers                    []string // answers that go, by kind and by whom
	Others                     []Other  // other people who speak on these pages
	Joined                     []Other  // of them, those whom answers about these pages joined, and who stay one person
	Produced                   []string // what was made of the study and went
	Again                      []string // of it, what was made again
	Recall                     []string // what left the study before
	Editions                   []string // public editions in the folder of the study that count the person
	Left                       []string // where something of the person still stands
	Elsewhere                  bool     // another copy took them out, and the log does not say whom with
	Before, After              int      // people who are counted, with the person and without
}

// An Other is a person who loses pages because another one is taken out.
type Other struct{ ID, Name string }

// A Removal says whom to take out, and how.
type Removal struct {
	Person   string // id, or its first digits
	Reason   string // stays in the log
	Save     bool   // without it nothing is done
	Editions bool   // delete public editions in the folder of the study too
	// Places are words of the study files that a person says are a place, or another
	// thing, though the person is called so too.
	Places []string
	With   VaultKey // opens the vault for names and contacts that must not be left either
	// Unlooked takes the person out though such words were not looked for, and cannot
	// be afterwards.
	Unlooked bool
}

// A removal is one under way.
type removal struct {
	*Study
	out       Removed
	book      *casebook.Casebook
	articles  []recount.Key // of every version
	captures  []recount.Capture
	pages     map[string]bool // names of the pages
	words     []string        // that must not be left anywhere
	names     []string        // that must not be left: they stand on no page that stays
	shared    []string        // that stand on pages that stay too: of whom they are there nobody has said
	quoted    []string        // what the person said
	spoken    map[string]bool // runs of its words that stand on no page that stays
	parts     []string        // of names, in small letters: a search for one was for the person
	decisions []string
	files     []string        // study files in use that hold words, with their lines
	unused    []string        // study files that hold them as they are in use, and in the folder no more
	places    *regexp.Regexp  // words of study files that are places; nil if there are none
	placed    []string        // where they stand
	sealed    []string        // keys of the vault to which something about the person is sealed
	kept      []recount.Draft // what is sealed about others on these pages, for another of their sources, and what joins and protects them
	group     string
	editions  bool           // delete public editions
	moving    bool           // nobody goes: words about the person went into the vault
	index     *release.Index // finds the person's names however they are written
	alone     *release.Index // those of them that no page that stays holds
}

// count says how many people are counted, and how many without the pages that go. Others
// who speak on these pages alone go with them.
func (r *removal) count(gone map[recount.Key]bool, joined []recount.Link) error {
	if r.config == nil {
		return nil // a study file that cannot be read is said elsewhere
	}
	counted := func(stays func(k, article recount.Key) bool, more ...recount.Link) (n int, err error) {
		p := r.problem(r.book)
		out := map[recount.Key]bool{}
		for _, m := range r.book.Members() {
			if stays(m.Key, m.Article) {
				p.Members = append(p.Members, m)
			} else {
				out[m.Key] = true
			}
		}
		for _, l := range append(r.book.Links(), more...) {
			if !out[l.A] && !out[l.B] {
				p.Links = append(p.Links, l)
			}
		}
		all, err := p.Persons()
		for i := range all {
			if all[i].Counted {
				n++
			}
		}
		return n, err
	}
	var err error
	if r.out.Before, err = counted(func(_, _ recount.Key) bool { return true }); err != nil {
		return err
	}
	r.out.After, err = counted(func(_, article recount.Key) bool { return !gone[article] }, joined...)
	return err
}

// together keeps others as they are whom answers about pages that go joined: those
// of their accounts that stay are one person still, and as well protected. It
// returns what joins them.
func (r *removal) together(everybody []casebook.Person, keys, gone map[recount.Key]bool) (joined []recount.Link) {
	same := map[recount.Key][]recount.Key{}
	for _, l := range r.book.Links() {
		if l.Answer == recount.Same {
			same[l.A], same[l.B] = append(same[l.A], l.B), append(same[l.B], l.A)
		}
	}
	ref := func(m *recount.Member) recount.SpeakerRef {
		who := m.Speaker
		who.Name = strings.Join(who.At.Exact, " ") // as the page has it: a name may be in the vault
		return who
	}
	for _, c := range everybody {
		var stay []*recount.Member
		at := map[recount.Key]*recount.Member{}
		was := len(c.Members)
		for i := range c.Members {
			m := &c.Members[i]
			if keys[m.Key] {
				was = 0 // the person who goes
				break
			}
			if !gone[m.Article] && m.Speaker.At.Page != "" {
				stay, at[m.Key] = append(stay, m), m
			}
		}
		if was == 0 || len(stay) == 0 || len(stay) == was {
			continue
		}
		changed := false
		seen := map[recount.Key]bool{}
		for _, m := range stay {
			if seen[m.Key] {
				continue
			}
			if m != stay[0] {
				changed = true
				a, b := stay[0], m
				joined = append(joined, recount.Link{A: min(a.Key, b.Key), B: max(a.Key, b.Key), Answer: recount.Same})
				r.kept = append(r.kept, recount.Draft{Kind: recount.KindLink, Reason: "answers about pages that went joined them",
					Body: recount.LinkBody{A: ref(a), B: ref(b), Answer: recount.Same}})
			}
			seen[m.Key] = true
			for queue := []recount.Key{m.Key}; len(queue) > 0; queue = queue[1:] {
				for _, o := range same[queue[0]] {
					if at[o] != nil && !seen[o] {
						seen[o] = true
						queue = append(queue, o)
					}
				}
			}
		}
		tier := stay[0].Tier
		for _, m := range stay {
			tier = tier.Stricter(m.Tier)
		}
		if t := c.Tier(); tier.Stricter(t) != tier {
			changed = true
			r.kept = append(r.kept, recount.Draft{Kind: recount.KindTier, Reason: "pages that went protected the person",
				Body: recount.TierBody{Speaker: ref(stay[0]), Tier: t}})
		}
		if changed {
			r.out.Joined = append(r.out.Joined, Other{short(c.ID), c.Name()})
		}
	}
	return joined
}

// How a text stands to the names of a person.
const (
	noName     = iota // it holds none
	likeName          // it holds what resembles one: a letter is wrong, or it sounds alike
	sharedName        // it holds one that stands on pages that stay too
	ownName           // it holds one of this person alone
)

// form says how a text stands to the names of the person, however they are written
// in it.
func (r *removal) form(text string) int {
	if r.index == nil || strings.TrimSpace(text) == "" {
		return noName
	}
	return r.stands("", []byte(text))
}

// stands is form for a file.
func (r *removal) stands(name string, b []byte) (out int) {
	for sure, x := range map[int]*release.Index{sharedName: r.index, ownName: r.alone} {
		if x == nil {
			continue
		}
		hits, err := x.SearchFile(name, b)
		if err != nil { // what cannot be looked into a person looks at
			out = max(out, likeName)
		}
		for _, h := range hits {
			if h.Near {
				out = max(out, likeName)
			} else {
				out = max(out, sure)
			}
		}
	}
	return out
}

// named prepares the search for names. Pages that stay say which words are none.
func (r *removal) named(ctx context.Context, gone map[recount.Key]bool) error {
	make := func(names []string) (*release.Index, error) {
		var secrets []release.Secret
		for _, n := range names {
			secrets = append(secrets, release.Secret{Words: n, Why: "the name", Name: true})
		}
		if len(secrets) == 0 {
			return nil, nil
		}
		return release.NewIndex(secrets)
	}
	known := r.index
	var err error
	if r.index, err = make(append(slices.Clone(r.names), r.shared...)); err != nil {
		return err
	}
	if r.alone, err = make(r.names); err != nil || r.index == nil {
		return err
	}
	if known != nil {
		r.index.Knows(known)
	}
	if r.alone != nil {
		r.alone.Knows(r.index)
	}
	if known != nil || gone == nil {
		return nil
	}
	for _, p := range r.book.Pages() {
		if gone[p.Key] {
			continue
		}
		a, err := r.book.Article(ctx, p.Key)
		if err != nil {
			return err
		}
		r.index.Ordinary(a.Text) // what it knows r.alone knows
		r.index.Others(a.Outlet)
	}
	return nil
}

// Remove takes a person out of everything: the pages on which the person speaks,
// with all that was decided about them, what was derived and produced. Without
// save it says what would go. That something was removed, by whom and why, stays
// in the log; of whom does not.
func (s *Study) Remove(ctx context.Context, ask Removal) (*Removed, error) {
	digits, reason, save := ask.Person, ask.Reason, ask.Save
	var r *removal
	err := s.change(ctx, func() (err error) {
		before, err := s.unended(ctx)
		if err != nil {
			return err
		}
		if before != nil {
			if !save {
				return before.begunError()
			}
			if err := before.finish(ctx); err != nil {
				return err
			}
		}
		r, err = s.removal(ctx, digits, ask)
		if before != nil && errors.Is(err, recount.ErrNotFound) {
			r = before // it was this person
			return nil
		}
		if err != nil || !save {
			return err
		}
		if n := r.out.Unlooked; n > 0 && !ask.Unlooked {
			return recount.WithHint(fmt.Errorf("remove: %w: %d names and contacts of the person, which only the vault holds, were not looked for, and once the key is destroyed nobody can", recount.ErrConflict, n), "open the vault for it: recount --as NAME remove PERSON --identity FILE --save; without them say --unlooked")
		}
		r.editions = ask.Editions
		if r.holds(reason) || r.form(reason) != noName {
			return recount.WithHint(fmt.Errorf("remove: %w: the reason says who it is, and it stays in the log", recount.ErrInvalid), "give a reason without names, or none")
		}
		return r.do(ctx, reason)
	})
	if err != nil {
		return nil, err
	}
	return &r.out, nil
}

// removal finds what belongs to a person.
func (s *Study) removal(ctx context.Context, digits string, ask Removal) (*removal, error) {
	book, err := s.casebook(ctx, needs{})
	if err != nil {
		return nil, err
	}
	everybody, err := book.Persons(ctx)
	if err != nil {
		return nil, err
	}
	keys, err := s.speakersOf(ctx, digits)
	if errors.Is(err, recount.ErrNotFound) {
		var one *casebook.Person
		if one, err = nobodyCounted(ctx, book, digits); err == nil {
			everybody, keys = append(everybody, *one), map[recount.Key]bool{}
			for _, m := range one.Members {
				keys[m.Key] = true
			}
		}
	}
	var elsewhere map[recount.Key]bool
	if errors.Is(err, recount.ErrNotFound) {
		var other error
		if elsewhere, other = s.goneElsewhere(ctx, digits); other != nil || len(elsewhere) > 0 {
			err = other
		}
	}
	if err != nil {
		return nil, err
	}
	r := &removal{Study: s, book: book, pages: map[string]bool{}}
	originals, own := map[recount.Key]bool{}, map[recount.Key]bool{}
	for _, c := range everybody {
		for _, m := range c.Members {
			if keys[m.Key] {
				originals[m.Original], own[m.Article] = true, true
				r.called(&m)
				if name := m.Speaker.Name; name != "" && !slices.Contains(r.out.Who, name) {
					at := len(r.out.Who)
					if name == c.Name() {
						at = 0
					}
					r.out.Who = slices.Insert(r.out.Who, at, name)
				}
				if err := r.quotes(ctx, &m); err != nil {
					return nil, err
				}
			}
		}
	}
	r.out.Elsewhere = len(elsewhere) > 0
	if len(own)+len(elsewhere) == 0 {
		return nil, recount.WithHint(fmt.Errorf("person %s: %w: nobody who counts or may count", digits, recount.ErrNotFound), "`recount people` lists the people")
	}
	if err := r.unseal(ctx, keys, ask.With); err != nil {
		return nil, err
	}
	captures, err := s.store.Captures(ctx)
	if err != nil {
		return nil, err
	}
	gone := map[recount.Key]bool{}
	maps.Copy(gone, elsewhere)
	at := map[recount.Key]bool{}
	for _, p := range book.Pages() {
		there := elsewhere[p.Capture] || slices.ContainsFunc(p.Older, func(h *store.Head) bool { return elsewhere[h.Capture] })
		// A reprint has the same words.
		if !own[p.Key] && !there && (p.Original.Key == "" || !originals[p.Original.Key]) {
			continue
		}
		r.out.Pages++
		r.out.Whole = append(r.out.Whole, strings.TrimPrefix(p.Title+", ", ", ")+p.Page())
		at[p.Key] = true
		r.page(&p.Article)
		gone[p.Capture] = true
		r.articles = append(r.articles, p.Key)
		for _, h := range p.Older {
			r.articles = append(r.articles, h.Key)
			gone[h.Capture] = true
			old := h.Article()
			r.page(&old)
		}
		a, err := book.Article(ctx, p.Key)
		if err != nil {
			return nil, err
		}
		r.said(ctx, a)
	}
	slices.Sort(r.articles)
	r.articles = slices.Compact(r.articles)
	if err := r.count(at, r.together(everybody, keys, at)); err != nil {
		return nil, err
	}
	for _, c := range captures {
		// What was typed in or supplied beside a page goes with it.
		if gone[c.Key] || c.Origin.Hand != nil && slices.ContainsFunc(captures, func(o recount.Capture) bool { return gone[o.Key] && o.Hash == c.Origin.Hand.Of }) {
			r.captures = append(r.captures, c)
			r.word(bare(c.Name), c.Hash)
			r.pages[c.Name] = true
		}
	}
	r.out.Captures = len(r.captures)
	if err := r.named(ctx, at); err != nil {
		return nil, err
	}
	if err := r.stays(ctx, at); err != nil {
		return nil, err
	}
	if err := r.named(ctx, at); err != nil { // what stands on pages that stay is known now
		return nil, err
	}
	for _, c := range everybody {
		if slices.ContainsFunc(c.Members, func(m recount.Member) bool { return at[m.Article] && !keys[m.Key] }) {
			r.out.Others = append(r.out.Others, Other{short(c.ID), c.Name()})
		}
	}
	r.perhaps(everybody, keys, at)
	if err := r.lost(ctx, keys); err != nil {
		return nil, err
	}
	if err := r.isPlace(ask.Places); err != nil {
		return nil, err
	}
	if err := r.decided(ctx); err != nil {
		return nil, err
	}
	if err := r.vault(ctx, keys, at); err != nil {
		return nil, err
	}
	if err := r.published(ctx, keys); err != nil {
		return nil, err
	}
	produced, err := r.produced()
	if err != nil {
		return nil, err
	}
	for _, name := range produced {
		r.out.Produced = append(r.out.Produced, outDir+"/"+name)
	}
	left, err := r.leftovers()
	if err != nil {
		return nil, err
	}
	r.out.Produced = append(r.out.Produced, left...)
	return r, nil
}

// nobodyCounted is the person whom a speaker is of whom nobody said that he or she
// counts: who asks to go need not be counted first.
func nobodyCounted(ctx context.Context, book *casebook.Casebook, digits string) (*casebook.Person, error) {
	v, err := book.FindSpeaker(ctx, digits)
	if errors.Is(err, recount.ErrNotFound) {
		return nil, recount.WithHint(fmt.Errorf("person %s: %w", digits, recount.ErrNotFound), "give the first 4 digits of an id or more; `recount people` lists the people, `recount scope --all` everybody who was read")
	} else if err != nil {
		return nil, err
	}
	if v.Kind == recount.Organisation || v.Kind == recount.Document || v.Kind == recount.Collective {
		return nil, recount.WithHint(fmt.Errorf("speaker %s: %w: it is no person (%s)", short(string(v.Key)), recount.ErrInvalid, v.Kind), "`recount people` lists the people, `recount scope --all` everybody who was read; if it is one, say so first: recount speaker")
	}
	if x, ok, err := book.PersonOf(ctx, v.Key); err != nil || ok {
		return &x, err
	}
	m := recount.Member{Key: v.Key, Article: v.Page.Key, At: v.At, Original: v.Page.Original.Key}
	if m.Speaker, err = book.Ref(ctx, v); err != nil {
		return nil, err
	}
	for _, u := range v.Utterances {
		m.Statements = append(m.Statements, recount.AcceptedStatement{Article: v.Page.Key, At: u.At, Type: u.Type})
	}
	x := &casebook.Person{}
	x.ID, x.Members = string(m.Key), []recount.Member{m}
	return x, nil
}

// takeOut says how whoever stands on a page that stays goes too: by the id of a
// speaker there who is called like the person, else of one who has to be entered.
func (r *removal) takeOut(ctx context.Context, page recount.Key) (string, error) {
	for v, err := range r.book.Voices(ctx, casebook.Filter{All: true, Page: page}) {
		if err != nil {
			return "", err
		}
		if v.Kind != recount.Organisation && v.Kind != recount.Document && v.Kind != recount.Collective && !v.Rejected && r.form(v.Name) != noName {
			return "take it out too: recount remove " + short(string(v.ID)), nil
		}
	}
	return "say who it is there (recount speaker) and take the speaker out too: recount remove with the id that `recount scope --all` prints", nil
}

// perhaps lists the speakers on pages that stay of whom one answer says that they
// are the person and another that they are not.
func (r *removal) perhaps(everybody []casebook.Person, keys, gone map[recount.Key]bool) {
	for _, p := range everybody {
		if !slices.ContainsFunc(p.Members, func(m recount.Member) bool { return keys[m.Key] }) {
			continue
		}
		for _, m := range p.Doubtful {
			if x, ok := r.book.Page(m.Article); ok && !gone[m.Article] {
				r.out.Left = append(r.out.Left, fmt.Sprintf("people disagree whether %s (%s) on the page %s is the person; settle it first (recount link), or take the speaker out too: recount remove %s", m.Speaker.Name, short(string(m.Key)), x.Page(), short(string(m.Key))))
			}
		}
	}
}

// lost lists pages on which somebody was said to be the person in words that the
// pages hold no more.
func (r *removal) lost(ctx context.Context, keys map[recount.Key]bool) error {
	for _, d := range r.book.Holding(recount.KindLink) {
		if d.Answer.Says() != recount.Same {
			continue
		}
		whom, err := r.book.Whom(ctx, d.Decision)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(whom, func(k recount.Key) bool { return keys[k] }) {
			continue
		}
		for i, an := range d.Answer.Anchors() {
			if d.At[i].Found == casebook.Lost && !r.pages[an.Page] {
				r.out.Left = append(r.out.Left, "answer "+short(d.ID)+" says that a speaker on the page "+an.Page+" is the person, in words that the page holds no more; look who it is there, and take the speaker out too: recount remove with the id that `recount scope --all` prints")
			}
		}
	}
	return nil
}

// called notes what the person is called.
func (r *removal) called(m *recount.Member) {
	if m.Speaker.Kind != recount.Anonymous && !m.Nameless() {
		r.name(m.Speaker.Name)
	}
}

// name notes a name and its parts, without those that are too short to be looked for.
func (r *removal) name(name string) {
	if len([]rune(name)) < shortestPart {
		return
	}
	r.names = append(r.names, name)
	for _, w := range strings.Fields(strings.ToLower(name)) {
		if len([]rune(w)) >= shortestPart {
			r.parts = append(r.parts, w)
		}
	}
}

// unseal notes the names and contacts of the person that only the vault holds: once
// its key is destroyed nobody can look for them.
func (r *removal) unseal(ctx context.Context, keys map[recount.Key]bool, with VaultKey) error {
	words, left, err := r.sealedSecrets(ctx, with, "", "to look for what of a person who is taken out is left", func(whom []recount.Key) bool {
		return slices.ContainsFunc(whom, func(k recount.Key) bool { return keys[k] })
	})
	if err != nil {
		return err
	}
	r.out.Unlooked = len(left)
	for _, w := range words {
		if w.Name {
			r.name(w.Words)
		} else {
			r.words = append(r.words, w.Words)
		}
	}
	return nil
}

// quotes notes what the person said.
func (r *removal) quotes(ctx context.Context, m *recount.Member) error {
	a, err := r.book.Article(ctx, m.Article)
	if err != nil {
		return err
	}
	said := func(places []recount.Span) {
		for _, at := range places {
			if at.Within(a.Text) && len(strings.Fields(at.In(a.Text))) >= runs {
				r.quoted = append(r.quoted, at.In(a.Text))
			}
		}
	}
	for _, st := range m.Statements {
		said(st.At)
	}
	// What was read as said by the person is, whether or not somebody accepted it.
	reading, err := r.store.Reading(ctx, m.Article)
	if errors.Is(err, recount.ErrNotFound) {
		return nil
	} else if err != nil {
		return err
	}
	called := map[string]bool{}
	for i := range reading.Speakers {
		if slices.ContainsFunc(reading.Speakers[i].Mentions, func(at recount.Span) bool { return at.Overlaps(m.At) }) {
			called[reading.Speakers[i].ID] = true
		}
	}
	for i := range reading.Statements {
		if st := &reading.Statements[i]; called[st.Speaker] {
			said(st.Content)
		}
	}
	return nil
}

// stays looks at the pages that stay. Words and names that stand there too are
// not the person's alone: what others answered in them is not erased, and the
// pages are listed.
func (r *removal) stays(ctx context.Context, gone map[recount.Key]bool) error {
	r.spoken = map[string]bool{}
	for _, q := range r.quoted {
		for _, run := range append(release.Telling(q, spokenRun), release.Runs(q, anyWordRun)...) {
			r.spoken[run] = true
		}
	}
	for _, p := range r.book.Pages() {
		if gone[p.Key] {
			continue
		}
		a, err := r.book.Article(ctx, p.Key)
		if err != nil {
			return err
		}
		if len(r.spoken) > 0 {
			for _, run := range spokenRuns(a.Text) {
				delete(r.spoken, run)
			}
		}
		in := func(w string) bool {
			return strings.Contains(a.Text, w) || strings.Contains(a.Title, w) || strings.Contains(a.URL, w) || strings.Contains(a.Name, w)
		}
		r.words = slices.DeleteFunc(r.words, in)
		named := false
		r.names = slices.DeleteFunc(r.names, func(n string) bool {
			if in(n) {
				named = true
				r.shared = append(r.shared, n)
			}
			return in(n)
		})
		named = named || slices.ContainsFunc(r.shared, in)
		held := r.form(a.Title + "\n" + a.Text + "\n" + a.Name)
		what := ""
		switch {
		case !named && held == likeName:
			what = "what resembles the name; if it is the person's, "
		case named, held > likeName:
			what = "the same name; if it is the person's, "
		case slices.ContainsFunc(r.quoted, in):
			what = "the same words; if they are the person's, "
		default:
			continue
		}
		how, err := r.takeOut(ctx, p.Key)
		if err != nil {
			return err
		}
		r.out.Left = append(r.out.Left, "the page "+a.Page()+" holds "+what+how)
	}
	return nil
}

// word notes words that must not be left.
func (r *removal) word(words ...string) {
	for _, w := range words {
		if w = strings.TrimSpace(w); len(w) >= 8 && !slices.Contains(r.words, w) {
			r.words = append(r.words, w)
		}
	}
}

func (r *removal) page(a *recount.Article) {
	r.pages[a.Page()], r.pages[a.Name] = true, true
	if a.URL != "" {
		r.pages[a.URL] = true
	}
	r.word(bare(a.URL), bare(a.Name), a.Title)
}

// said notes the sentences of a page.
func (r *removal) said(_ context.Context, a *recount.Article) {
	for line := range strings.SplitSeq(a.Text, "\n") {
		if len(strings.Fields(line)) >= runs {
			r.word(line)
		}
	}
}

// holds reports whether a text holds anything of the person.
func (r *removal) holds(text string) bool {
	in := func(w string) bool { return strings.Contains(text, w) || strings.Contains(text, escaped(w)) }
	return slices.ContainsFunc(r.words, in) || slices.ContainsFunc(r.names, in)
}

// How many words in a row, as the person said them, make a text hold the person's
// words: fewer stand in any text, and more are needed where hardly one of them says anything.
const (
	spokenRun  = 5
	anyWordRun = 7
)

// spokenRuns lists the runs of words of a text that may be the person's.
func spokenRuns(text string) []string {
	return append(release.Runs(text, spokenRun), release.Runs(text, anyWordRun)...)
}

// speaks reports whether a text holds a run of words that the person said, whatever
// their case and marks.
func (r *removal) speaks(text string) bool {
	return len(r.spoken) > 0 && slices.ContainsFunc(spokenRuns(text), func(run string) bool { return r.spoken[run] })
}

// written reports whether a study file holds the person's name or words.
func (r *removal) written(text string) bool {
	return r.holds(text) || r.form(text) == ownName || r.speaks(text)
}

// searched reports whether a search was for the person.
func (r *removal) searched(asked string) bool {
	small := strings.ToLower(asked)
	return r.holds(asked) || r.form(asked) != noName || slices.ContainsFunc(r.parts, func(w string) bool { return strings.Contains(small, w) })
}

// escaped is a text as JSON writes it, without the quotation marks.
func escaped(s string) string {
	b, err := json.Marshal(s)
	if err != nil || len(b) < 2 {
		return s
	}
	return string(b[1 : len(b)-1])
}

// decided finds the decisions that speak of the person or of these pages.
func (r *removal) decided(ctx context.Context) error {
	all, err := r.store.Decisions(ctx)
	if err != nil {
		return err
	}
	for i := range all {
		d := &all[i]
		if d.Erasable == nil {
			continue
		}
		a, err := d.Decode()
		body := string(d.Erasable.Body)
		f, isFile := a.(recount.FileBody)
		if isFile {
			f.Content, body = r.withoutPlaces(f.Content), r.withoutPlaces(body)
		}
		about := err == nil && slices.ContainsFunc(pagesOf(a), func(p string) bool { return r.pages[p] })
		if !about && !r.holds(body) && !r.holds(d.Erasable.Reason) && !(isFile && r.speaks(f.Content)) {
			// A name that others may have too: what was typed of it a person looks at.
			typed := d.Erasable.Reason + "\n" + casebook.Typed(a)
			if isFile {
				typed += "\n" + f.Content
			}
			switch form := r.form(typed); form {
			case ownName: // only written otherwise than on the pages
			case noName:
				if r.speaks(typed) {
					r.out.Left = append(r.out.Left, "answer "+short(d.ID)+" holds words that the person said; if they are the person's: recount decisions erase "+short(d.ID))
				}
				continue
			default:
				how := map[int]string{likeName: "what resembles the name", sharedName: "the same name"}[form]
				r.out.Left = append(r.out.Left, "answer "+short(d.ID)+" holds "+how+"; if it is about the person: recount decisions erase "+short(d.ID))
				continue
			}
		}
		if isFile {
			if _, id := r.book.Log().StudyFile(f.Name); id == d.ID {
				if err := r.logged(f.Name, f.Content); err != nil {
					return err
				}
				continue
			}
		}
		r.decisions = append(r.decisions, d.ID)
	}
	if err := r.inFolder(); err != nil {
		return err
	}
	slices.Sort(r.decisions)
	r.out.Decisions = len(r.decisions)
	going := map[[2]string]int{}
	for i := range all {
		if d := &all[i]; slices.Contains(r.decisions, d.ID) {
			going[[2]string{string(d.Kind), d.Actor}]++
		}
	}
	for _, k := range slices.SortedFunc(maps.Keys(going), func(a, b [2]string) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) }) {
		r.out.Answers = append(r.out.Answers, fmt.Sprintf("%d %s by %s", going[k], k[0], k[1]))
	}
	return nil
}

// inFolder looks at the study files as they lie in the folder: one that was edited and
// is not in use yet would be taken into use with the name in it.
func (r *removal) inFolder() error {
	for _, name := range []string{studyFile, codebookFile, reportFile} {
		b, err := os.ReadFile(filepath.Join(r.Dir, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		} else if err != nil {
			return err
		}
		text := r.withoutPlaces(string(b))
		if used, _ := r.book.Log().StudyFile(name); r.withoutPlaces(used.Content) == text || !r.written(text) {
			continue
		}
		r.inUse(name, text)
	}
	return nil
}

// logged notes a study file that holds words as it is in use. The file in the folder
// may hold them no more, and not be in use because it looks cut.
func (r *removal) logged(name, text string) error {
	b, err := os.ReadFile(filepath.Join(r.Dir, name))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if now := r.withoutPlaces(string(b)); err == nil && !r.written(now) {
		r.unused = append(r.unused, name)
		r.out.Left = append(r.out.Left, name+" names the person or the words as it is in use, and in the folder no more; take the one in the folder into use and run this again: recount decisions use "+name)
		return nil
	}
	r.inUse(name, text)
	return nil
}

// inUse notes a study file that holds words, which nobody but a person takes out.
func (r *removal) inUse(name, text string) {
	where := name + r.linesOf(text)
	r.files = append(r.files, where)
	r.out.Left = append(r.out.Left, where+" names the person or the words; take them out and run this again, or say that it is a place that is called so: --place WORDS")
}

// linesOf says on which lines of a text something of the person stands.
func (r *removal) linesOf(text string) string {
	var at []string
	before := ""
	for i, line := range slices.Collect(strings.Lines(text)) {
		// Words that were said may go on over the end of a line.
		said := r.speaks(line) || r.speaks(before+line) && !r.speaks(before)
		if said || r.holds(strings.TrimSpace(line)) || r.form(line) >= sharedName {
			at = append(at, strconv.Itoa(i+1))
		}
		before = line
	}
	switch len(at) {
	case 0:
		return ""
	case 1:
		return ", line " + at[0] + ","
	}
	return ", lines " + strings.Join(at[:len(at)-1], ", ") + " and " + at[len(at)-1] + ","
}

// isPlace takes words for those of a place. They must stand in a study file, and be
// no name by which a page calls the person.
func (r *removal) isPlace(words []string) error {
	var forms []string
	for _, w := range words {
		w = strings.Join(strings.Fields(w), " ")
		if w == "" {
			continue
		}
		if slices.ContainsFunc(append(slices.Clone(r.names), r.shared...), func(n string) bool { return release.SameName(n, w) && strings.Contains(w, " ") }) {
			return recount.WithHint(fmt.Errorf("remove: %w: the pages call the person just so", recount.ErrInvalid), "take the words out of the study file, or name the place with more of its words")
		}
		form := regexp.MustCompile(`(?i)(?:^|\b)` + strings.ReplaceAll(regexp.QuoteMeta(w), " ", `\s+`) + `(?:\b|$)`)
		found := false
		for _, name := range []string{studyFile, codebookFile, reportFile} {
			file, _ := r.book.Log().StudyFile(name)
			n := 0
			for line := range strings.Lines(file.Content) {
				if n++; form.MatchString(line) {
					found = true
					r.placed = append(r.placed, fmt.Sprintf("%s, line %d", name, n))
				}
			}
		}
		if !found {
			return recount.WithHint(fmt.Errorf("remove: %w: no study file holds these words of a place", recount.ErrNotFound), "give them as study.yaml, codebook.yaml or report.md writes them")
		}
		forms = append(forms, form.String())
	}
	if len(forms) > 0 {
		r.places = regexp.MustCompile(strings.Join(forms, "|"))
	}
	return nil
}

// withoutPlaces is a text of a study file without the words that are places.
func (r *removal) withoutPlaces(text string) string {
	if r.places == nil {
		return text
	}
	return r.places.ReplaceAllString(text, " ")
}

// vault finds the keys of the person in the vault. What is sealed about others
// who speak on the pages that go is put at another source of theirs.
func (r *removal) vault(ctx context.Context, keys map[recount.Key]bool, gone map[recount.Key]bool) error {
	all, err := r.store.Decisions(ctx)
	if err != nil {
		return err
	}
	type field struct {
		d *recount.Decision
		b recount.SealBody
	}
	var others []field
	for i := range all {
		d := &all[i]
		if d.Kind != recount.KindSeal || d.Erasable == nil {
			continue
		}
		a, err := d.Decode()
		if err != nil {
			continue
		}
		b := a.(recount.SealBody)
		whom, err := r.book.Whom(ctx, d)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(whom, func(k recount.Key) bool { return keys[k] }) || len(whom) == 0 && r.pages[b.Speaker.At.Page] {
			if !slices.Contains(r.sealed, b.Key) {
				r.sealed = append(r.sealed, b.Key)
			}
			continue
		}
		others = append(others, field{d, b})
		if !slices.Contains(r.decisions, d.ID) || !r.book.Log().Live(d.ID) {
			continue
		}
		moved := false
		if len(whom) > 0 {
			c, _, err := r.book.PersonOf(ctx, whom[0])
			if err != nil {
				return err
			}
			for _, m := range c.Members {
				if !gone[m.Article] {
					b.Speaker = m.Speaker
					b.Speaker.Name = strings.Join(m.Speaker.At.Exact, " ")
					r.kept = append(r.kept, recount.Draft{Kind: recount.KindSeal, Body: b})
					moved = true
					break
				}
			}
		}
		if !moved {
			r.out.Left = append(r.out.Left, "what is sealed about somebody else who speaks only on these pages goes with them (answer "+short(d.ID)+"); open it before if it is needed: recount vault unseal")
		}
	}
	slices.Sort(r.sealed)
	for _, o := range others {
		if slices.Contains(r.sealed, o.b.Key) {
			r.out.Left = append(r.out.Left, "answer "+short(o.d.ID)+", about somebody else, was sealed to the same key when both were one person; nobody opens it after this")
		}
	}
	if r.out.Keys = len(r.sealed); r.out.Keys == 0 {
		return nil
	}
	if _, err := r.vaultKeys(ctx); errors.Is(err, noVault) {
		r.out.Keys = 0
		r.out.Recall = append(r.out.Recall, "what is sealed about the person, from whoever holds the file of keys: the same removal there destroys its key")
	} else if err != nil {
		return err // nothing goes while its key stays
	} else {
		r.out.Recall = append(r.out.Recall, "copies of the file of keys from before: with one, a backup of the study still opens what was sealed")
	}
	return nil
}

// do takes everything out. What is erased is decided and logged before its bytes
// go, so that a crash in between is seen; run again, it goes on.
func (r *removal) do(ctx context.Context, reason string) error {
	if len(r.unused) > 0 {
		return recount.WithHint(fmt.Errorf("remove: %w: %s names the person or the words as it is in use, and in the folder no more", recount.ErrConflict, strings.Join(r.unused, ", ")), "take the one in the folder into use and run this again: recount decisions use "+r.unused[0])
	}
	if len(r.files) > 0 {
		return recount.WithHint(fmt.Errorf("remove: %w: %s names the person or the words", recount.ErrConflict, strings.Join(r.files, ", ")), "take them out of the file, run `recount count` once so that it comes into use, and run this again; of a place that is called so say --place WORDS")
	}
	group, err := r.NewGroup()
	if err != nil {
		return err
	}
	r.group = group
	r.out.Who, r.out.Whole = nil, nil
	if len(r.placed) > 0 { // of what is called so the log says where it stands, and no word of it
		reason = strings.TrimPrefix(strings.TrimSpace(reason)+"; a word that stays is a place: "+strings.Join(r.placed, "; "), "; ")
	}
	drafts := []recount.Draft{{Kind: recount.KindRemove, Group: group, Reason: reason, Body: recount.RemoveBody{What: "person", ID: group}}}
	for _, id := range r.decisions {
		drafts = append(drafts, recount.Draft{Kind: recount.KindRemove, Group: group, Base: []string{id}, Body: recount.RemoveBody{What: "decision", ID: id}})
	}
	for _, c := range r.captures {
		drafts = append(drafts, recount.Draft{Kind: recount.KindRemove, Group: group, Body: recount.RemoveBody{What: "capture", ID: string(c.Key)}})
	}
	for _, key := range r.sealed {
		drafts = append(drafts, recount.Draft{Kind: recount.KindRemove, Group: group, Body: recount.RemoveBody{What: "key", ID: key}})
	}
	drafts = append(drafts, r.kept...)
	var sealed []recount.Decision
	for _, d := range drafts {
		x, err := r.seal(d)
		if err != nil {
			return err
		}
		sealed = append(sealed, x)
	}
	if err := r.begin(); err != nil {
		return err
	}
	if err := r.book.Save(ctx, sealed...); err != nil {
		return err
	}
	return r.finish(ctx)
}

// finish takes out what was decided to go. Each step can be done again, so that
// a removal that was stopped anywhere goes on from its beginning.
func (r *removal) finish(ctx context.Context) error {
	var keys []recount.Key
	for _, c := range r.captures {
		keys = append(keys, c.Key)
	}
	if err := r.shred(ctx, r.sealed); err != nil {
		return err
	}
	if err := r.clean(); err != nil {
		return err
	}
	if err := r.store.EraseDecisions(ctx, r.decisions); err != nil {
		return err
	}
	if err := r.store.EraseTexts(ctx, r.articles); err != nil {
		return err
	}
	if err := r.store.EraseSearches(ctx, r.searched); err != nil {
		return err
	}
	var names []string
	for name := range r.pages {
		names = append(names, name)
	}
	slices.Sort(names)
	if err := r.store.ForgetRefusals(ctx, names); err != nil {
		return err
	}
	for _, c := range r.captures {
		c.Name, c.Hash = store.ErasedName(c.Key), store.ErasedHash
		if err := r.archive.Erase(c, "a person was taken out"); err != nil {
			return err
		}
	}
	if err := r.store.EraseCaptures(ctx, keys); err != nil {
		return err
	}
	r.Study.book = nil // what is loaded is of before
	out := &Extracted{}
	if err := r.derive(ctx, out); err != nil {
		return err
	}
	if err := r.store.ForgetDerived(ctx); err != nil {
		return err
	}
	if err := r.reportIngest(ctx, out); err != nil {
		return err
	}
	if slices.ContainsFunc(r.out.Produced, func(name string) bool { return strings.HasPrefix(name, outDir+"/") }) {
		p, err := r.produce(ctx, Edition{})
		if err != nil {
			if p != nil { // without its checkpoint nothing vouches for it
				err = errors.Join(err, os.RemoveAll(p.Dir), disk.Sync(filepath.Dir(p.Dir)))
			}
			r.out.Left = append(r.out.Left, "the report could not be produced again: "+err.Error())
		} else {
			r.out.Again = []string{outDir + "/" + filepath.Base(p.Dir)}
		}
	}
	if err := r.unlistReports(ctx); err != nil {
		return err
	}
	if err := r.sweep(ctx); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(r.Dir, removalFile)); err != nil {
		return err
	}
	return disk.Sync(r.Dir)
}

const shortestPart = 4 // letters of a name that is looked for

// unlistReports takes those that went off the list of reports that were produced.
func (r *removal) unlistReports(ctx context.Context) error {
	list, err := r.store.Meta(ctx, metaReports)
	if err != nil || list == "" {
		return err
	}
	names, err := r.produced()
	if err != nil {
		return err
	}
	return r.listReports(ctx, list, names)
}

// removalFile is there while a removal is under way. It says what goes, since
// half-way nothing else does any more, and it goes last.

const removalFile = ".removal"

// errUnended is the answer while a removal was begun and has not ended: what is
// half taken out must not be counted or leave.
var errUnended = recount.WithHint(fmt.Errorf("%w: the removal of a person was begun and has not ended", recount.ErrConflict), "end it: recount remove PERSON --save, with the same id as before")

var errUnmoved = recount.WithHint(fmt.Errorf("%w: words about a person are in the vault, and what was made of them is not yet cleaned", recount.ErrConflict), "end it: recount vault move PERSON --save, with the same id as before")

// begunError is the answer while a removal has not ended.
func (r *removal) begunError() error {
	if r.moving {
		return errUnmoved
	}
	return errUnended
}

// A begun removal, as its file keeps it.
type begun struct {
	Group                                               string
	Articles, Captures                                  []recount.Key
	Pages, Words, Names, Shared, Parts, Decisions, Keys []string
	Out                                                 Removed
	Editions, Moving                                    bool
}

// begin notes what goes before anything does.
func (r *removal) begin() error {
	b := begun{Group: r.group, Articles: r.articles, Words: r.words, Names: r.names, Shared: r.shared, Parts: r.parts, Decisions: r.decisions, Keys: r.sealed, Out: r.out, Editions: r.editions, Moving: r.moving}
	for name := range r.pages {
		b.Pages = append(b.Pages, name)
	}
	slices.Sort(b.Pages)
	for _, c := range r.captures {
		b.Captures = append(b.Captures, c.Key)
	}
	data, err := json.Marshal(b)
	if err != nil {
		return err
	}
	return disk.Write(filepath.Join(r.Dir, removalFile), data)
}

// unended returns the removal that was begun and has not ended; nil if there is
// none, or if it was stopped before anything of it was in the log.
func (s *Study) unended(ctx context.Context) (*removal, error) {
	path := filepath.Join(s.Dir, removalFile)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	var b begun
	if err := json.Unmarshal(data, &b); err != nil {
		return nil, recount.WithHint(fmt.Errorf("remove: %w: %s cannot be read", recount.ErrTampered, removalFile), "delete it and run recount recheck; then remove the person again")
	}
	// Only what the log says goes, whatever the file says.
	decisions, err := s.store.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	going := map[string]bool{}
	for i := range decisions {
		if d := &decisions[i]; d.Kind == recount.KindRemove && d.Group == b.Group {
			if a, err := d.Decode(); err == nil {
				x := a.(recount.RemoveBody)
				going[x.What+" "+x.ID] = true
			}
		}
	}
	if len(going) == 0 {
		return nil, os.Remove(path)
	}
	r := &removal{Study: s, out: b.Out, group: b.Group, pages: map[string]bool{}, words: b.Words, names: b.Names, shared: b.Shared, parts: b.Parts, editions: b.Editions, moving: b.Moving}
	for _, name := range b.Pages {
		r.pages[name] = true
	}
	if err := r.named(ctx, nil); err != nil {
		return nil, err
	}
	for _, key := range b.Keys {
		if going["key "+key] {
			r.sealed = append(r.sealed, key)
		}
	}
	for _, id := range b.Decisions {
		if going["decision "+id] {
			r.decisions = append(r.decisions, id)
		}
	}
	captures, err := s.store.AllCaptures(ctx)
	if err != nil {
		return nil, err
	}
	in := map[recount.Key]bool{}
	for _, c := range captures {
		if going["capture "+string(c.Key)] {
			in[c.Key] = true
			r.captures = append(r.captures, c)
		}
	}
	for _, k := range b.Articles {
		a, err := s.store.Article(ctx, k)
		if err != nil {
			return nil, err
		}
		if in[a.Capture] {
			r.articles = append(r.articles, k)
		}
	}
	return r, nil
}

// half refuses while a removal has not ended.
func (s *Study) half(ctx context.Context) error {
	r, err := s.unended(ctx)
	if err == nil && r != nil {
		err = r.begunError()
	}
	return err
}

// published finds the public editions that count the person: those that were
// produced while an answer held by which a speaker of the person counts.
func (r *removal) published(ctx context.Context, keys map[recount.Key]bool) error {
	editions := r.book.Holding(recount.KindPublish)
	here, err := r.editionsHere()
	if err != nil || len(editions)+len(here) == 0 {
		return err
	}
	var counting, withdrawing []string // decisions, whether they hold or not
	for _, d := range r.book.Log().All() {
		if d.Kind != recount.KindScope && d.Kind != recount.KindCriterion && d.Kind != recount.KindTier || d.Erasable == nil {
			continue
		}
		a, err := r.book.Answer(d)
		if err != nil || !slices.ContainsFunc(pagesOf(a), func(p string) bool { return r.pages[p] }) {
			continue
		}
		whom, err := r.book.Whom(ctx, d)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(whom, func(k recount.Key) bool { return keys[k] }) {
			continue
		}
		switch b := a.(type) {
		case recount.ScopeBody:
			if b.Answer == recount.Yes {
				counting = append(counting, d.ID)
			}
		case recount.CriterionBody:
			if b.Answer == recount.Yes {
				counting = append(counting, d.ID)
			}
		case recount.TierBody:
			if b.Tier == recount.Withdrawn {
				withdrawing = append(withdrawing, d.ID)
			}
		}
	}
	logged := map[string]int64{}
	n := int64(0)
	for l, err := range r.store.Leaves(ctx, 0) {
		if err != nil {
			return err
		}
		if l.What == "decision" {
			logged[l.ID] = n
		}
		n++
	}
	own, err := r.store.LogID(ctx)
	if err != nil {
		return err
	}
	counts := map[string]bool{} // by manifest
	for _, e := range editions {
		b := e.Answer.(recount.PublishBody)
		if b.Edition == 0 {
			continue
		}
		// As the log was then; of one that another copy published, by the time.
		c, err := recount.ParseCheckpoint(b.Checkpoint)
		mine := err == nil && c.Log == own
		then := recount.NewLog(r.ID, adjudicators)
		for _, d := range r.book.Log().All() {
			if mine && logged[d.ID] < c.Size || !mine && d.Time <= e.Decision.Time {
				then.Add(*d)
			}
		}
		if slices.ContainsFunc(counting, then.Live) && !slices.ContainsFunc(withdrawing, then.Live) {
			counts[b.Manifest] = true
			r.out.Recall = append(r.out.Recall, r.editionWords(b.Edition, e.Decision.Time, b.Manifest))
		} else if !counts[b.Manifest] {
			counts[b.Manifest] = false
		}
	}
	slices.Sort(r.out.Recall)
	for _, dir := range slices.Sorted(maps.Keys(here)) {
		if in, known := counts[here[dir]]; in {
			r.out.Editions = append(r.out.Editions, dir)
		} else if !known {
			r.out.Left = append(r.out.Left, "the public edition "+dir+" is none that the log knows; look whether it counts the person")
		}
	}
	return nil
}

// editionsHere returns the folders of public editions within the study's, with
// the hashes of their manifests.
func (s *Study) editionsHere() (map[string]string, error) {
	out := map[string]string{}
	err := filepath.WalkDir(s.Dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.Name() != report.ManifestName || !d.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if _, sum, ok := publicManifestOf(b); ok {
			rel, err := filepath.Rel(s.Dir, filepath.Dir(path))
			if err != nil {
				return err
			}
			out[filepath.ToSlash(rel)] = sum
		}
		return nil
	})
	return out, err
}

// clean removes what was made of the study, drafts and copies of older versions.
func (r *removal) clean() error {
	for _, name := range []string{outDir, spillDir} {
		if err := os.RemoveAll(filepath.Join(r.Dir, name)); err != nil {
			return err
		}
	}
	if r.editions {
		for _, name := range r.out.Editions {
			if name == "." || !filepath.IsLocal(filepath.FromSlash(name)) {
				continue
			}
			path := filepath.Join(r.Dir, filepath.FromSlash(name))
			if err := os.RemoveAll(path); err != nil {
				return err
			}
			if err := disk.Sync(filepath.Dir(path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	found, err := r.leftovers()
	if err != nil {
		return err
	}
	for _, name := range found {
		if err := os.RemoveAll(filepath.Join(r.Dir, name)); err != nil {
			return err
		}
		if !slices.Contains(r.out.Produced, name) {
			r.out.Produced = append(r.out.Produced, name)
		}
	}
	return disk.Sync(r.Dir) // a power cut brings none of it back
}

// leftovers are the files and folders that recount itself left beside the study's:
// older databases, study files that were set aside, what was broken off. What other
// programs put there is theirs, however it is called.
func (s *Study) leftovers() ([]string, error) {
	return matching(s.Dir, "study.db.version-*", "derived.db.partial", "derived.db.old", studyFile+".old", codebookFile+".old", reportFile+".old",
		".*.old", ".*.partial", ".*.recount-part", recheckDir+"*", uploadDir+"*")
}

// inFile says how a file beside the databases and the archive, unpacked, stands to
// the names: these hold pages that stay, which were looked at one by one, and so does a
// copy of a database, in which names are looked for as they are written.
func (r *removal) inFile(name string, b []byte) int {
	if r.index == nil || bytes.HasPrefix(b, []byte("SQLite format 3\x00")) || strings.HasPrefix(name, "study.db") || strings.HasPrefix(name, "derived.db") || strings.HasPrefix(filepath.ToSlash(name), "captures/") || strings.HasPrefix(filepath.ToSlash(name), outDir+"/") {
		return noName
	}
	if name == checkpointsFile {
		b = withoutCheckpoints(b)
	}
	return r.stands(name, b)
}

// withoutCheckpoints is what stands in the file of checkpoints beside them: a root is
// hexadecimal digits and letters by chance, in which any short name stands once in a while.
func withoutCheckpoints(b []byte) []byte {
	var out []byte
	for line := range bytes.Lines(b) {
		if c, err := parseLine(strings.TrimSuffix(string(line), "\n")); err != nil || lineOf(c) != string(line) || !isLogID(c.Log) {
			out = append(out, line...)
		}
	}
	return out
}

// isLogID reports whether words are the id of a log: 16 bytes in hexadecimal digits.
func isLogID(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == 16 && strings.ToLower(s) == s
}

// sweep looks through every file of the folder for what must not be left.
func (r *removal) sweep(ctx context.Context) error {
	captures, err := r.store.Captures(ctx)
	if err != nil {
		return err
	}
	if n := len(slices.DeleteFunc(captures, func(c recount.Capture) bool { return c.Search == "" || !r.searched(c.Search) })); n > 0 {
		r.out.Left = append(r.out.Left, fmt.Sprintf("the search that found %d other pages may name the person; it stands in their records", n))
	}
	words := append(slices.Clone(r.words), r.names...)
	for _, w := range words { // as JSON writes them
		if e := escaped(w); e != w {
			words = append(words, e)
		}
	}
	return filepath.WalkDir(r.Dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path == filepath.Join(r.Dir, removalFile) {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if name := filepath.Base(path); filepath.Dir(path) == r.Dir && slices.Contains([]string{studyFile, codebookFile, reportFile}, name) {
			b = []byte(r.withoutPlaces(string(b)))
		}
		held := [][]byte{b, []byte(filepath.Base(path))}
		if z, err := gzip.NewReader(bytes.NewReader(b)); err == nil {
			if inner, err := io.ReadAll(io.LimitReader(z, 1<<30)); err == nil {
				held = append(held, inner)
			}
		}
		rel, _ := filepath.Rel(r.Dir, path)
		if form := r.inFile(rel, b); form >= sharedName {
			r.out.Left = append(r.out.Left, filepath.ToSlash(rel)+" still holds the name")
			return nil
		} else if form == likeName {
			r.out.Left = append(r.out.Left, filepath.ToSlash(rel)+" holds what resembles the name; look whether it is the person's")
			return nil
		}
		for _, b := range held {
			if slices.ContainsFunc(words, func(w string) bool { return bytes.Contains(b, []byte(w)) }) {
				what := "words of the pages that went"
				if r.moving {
					what = "words that are in the vault"
				}
				r.out.Left = append(r.out.Left, filepath.ToSlash(rel)+" still holds "+what)
				return nil
			}
		}
		return nil
	})
}
