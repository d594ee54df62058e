package cli

import (
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
)

// partOf finds a page, or one of the articles in a file that holds several.
func partOf(b *casebook.Casebook, name, part string) (casebook.Page, error) {
	p, err := b.FindPage(name)
	if err != nil || part == "" || part == p.Part {
		return p, err
	}
	for _, q := range b.Pages() {
		if q.Page() == p.Page() && q.Part == part {
			return q, nil
		}
	}
	return casebook.Page{}, recount.WithHint(fmt.Errorf("page %q: part %q: %w", name, part, recount.ErrNotFound), "`recount page` lists the pages with their parts")
}

// called names a page, with its part if its file holds several.
func called(page, part string) string {
	if part != "" {
		return page + " (part " + part + ")"
	}
	return page
}

// field returns what is known of a page.
func field(a *recount.Article, f recount.PageField) string {
	switch f {
	case recount.TitleField:
		return a.Title
	case recount.BylineField:
		return a.Byline
	case recount.OutletField:
		return a.Outlet
	}
	return a.Language
}

// answered gathers the live answers about no place by what they are about.
func answered[B recount.Answer](b *casebook.Casebook, k recount.Kind) map[string][]casebook.Placed {
	out := map[string][]casebook.Placed{}
	for _, d := range b.Holding(k) {
		if _, ok := d.Answer.(B); ok {
			out[d.Answer.Subject()] = append(out[d.Answer.Subject()], d)
		}
	}
	return out
}

type pageCmd struct {
	Page   string `arg:"" optional:"" help:"Address or file name of a page, or the end of it."`
	Field  string `arg:"" optional:"" help:"title, byline, outlet or language."`
	Value  string `arg:"" optional:"" help:"What holds instead."`
	Part   string `help:"Which article of a file that holds several." placeholder:"PART"`
	Outlet string `help:"List only pages of this outlet." placeholder:"NAME"`
	Reason string `help:"Why." placeholder:"WORDS"`
}

func (c *pageCmd) Run(r *runner) error {
	return decide(r, func(b *casebook.Casebook) ([]casebook.Draft, error) {
		decided := answered[recount.PageBody](b, recount.KindPage)
		corrected := func(p *casebook.Page, f recount.PageField) bool {
			return len(decided[recount.PageBody{Page: p.Page(), Part: p.Part, Field: f}.Subject()]) > 0
		}
		if c.Page == "" {
			if _, known := slices.BinarySearch(b.Outlets(), c.Outlet); c.Outlet != "" && !known {
				return nil, recount.WithHint(fmt.Errorf("%w: no page of an outlet named %q", recount.ErrNotFound, c.Outlet), "`recount owner` lists the outlets")
			}
			for _, p := range b.Pages() {
				if c.Outlet != "" && p.Outlet != c.Outlet {
					continue
				}
				r.Printf("%s  %s, %s: %s", called(p.Page(), p.Part), p.Outlet, p.When(), Cell(p.Title))
				var marks, disputed []string
				for _, f := range recount.PageFields {
					switch {
					case slices.Contains(p.Decided, string(f)):
						marks = append(marks, string(f))
					case corrected(&p, f):
						disputed = append(disputed, string(f))
					}
				}
				if marks != nil {
					r.Printf("  [%s corrected]", strings.Join(marks, ", "))
				}
				if disputed != nil {
					r.Printf("  [people differ on: %s]", strings.Join(disputed, ", "))
				}
				r.Printf("\n")
			}
			return nil, nil
		}
		p, err := partOf(b, c.Page, c.Part)
		if err != nil {
			return nil, err
		}
		if c.Outlet != "" {
			return nil, recount.WithHint(fmt.Errorf("%w: --outlet chooses among the pages that are listed", recount.ErrInvalid),
				fmt.Sprintf("leave the page out to list those of %s; to correct an outlet write recount page %s outlet %q", c.Outlet, c.Page, c.Outlet))
		}
		if c.Field == "" {
			x, err := openPage(r, b, p)
			if err != nil {
				return nil, err
			}
			r.Printf("%s\n", called(p.Page(), p.Part))
			for _, f := range recount.PageFields {
				mark := ""
				if slices.Contains(p.Decided, string(f)) {
					mark = "  (corrected)"
				} else if corrected(&p, f) {
					mark = "  (people differ:"
					for _, d := range decided[recount.PageBody{Page: p.Page(), Part: p.Part, Field: f}.Subject()] {
						mark += fmt.Sprintf(" %s says %q,", d.Actor, Cell(d.Answer.Says()))
					}
					mark = strings.TrimSuffix(mark, ",") + ")"
				}
				r.Printf("  %-9s %s%s\n", f, Cell(field(x.article, f)), mark)
			}
			r.Printf("  %-9s %s", "published", p.When())
			if p.DateFlag != "" {
				r.Printf("  (%s)", Cell(p.DateFlag))
			}
			r.Printf("\n")
			t, err := markText(r, b, x)
			if err == nil {
				t.print(r, x)
			}
			return nil, err
		}
		return one(recount.PageBody{Page: p.Page(), Part: p.Part, Field: recount.PageField(c.Field), Value: c.Value}, c.Reason), nil
	})
}

type screenCmd struct {
	Page   string `arg:"" optional:"" help:"Address or file name of a page, or the end of it."`
	Answer string `arg:"" optional:"" help:"yes, no or unclear."`
	Part   string `help:"Which article of a file that holds several." placeholder:"PART"`
	State  string `help:"List only pages with this answer: open, yes, no, unclear or conflict." enum:"open,yes,no,unclear,conflict," default:"" placeholder:"STATE"`
	Reason string `help:"Why." placeholder:"WORDS"`
}

func (c *screenCmd) Run(r *runner) error {
	return decide(r, func(b *casebook.Casebook) ([]casebook.Draft, error) {
		if c.Page != "" {
			p, err := partOf(b, c.Page, c.Part)
			if err != nil {
				return nil, err
			}
			return one(recount.ScreenBody{Page: p.Page(), Part: p.Part, Answer: recount.YesNo(c.Answer)}, c.Reason), nil
		}
		given := answered[recount.ScreenBody](b, recount.KindScreen)
		for _, p := range b.Pages() {
			answers := given[recount.ScreenBody{Page: p.Page(), Part: p.Part}.Subject()]
			state := string(p.Screened)
			if p.Screened == recount.Unclear && !slices.ContainsFunc(answers, func(d casebook.Placed) bool { return d.Answer.Says() == recount.Unclear }) {
				state = "conflict"
			}
			if state == "" {
				state = "open"
			}
			if c.State != "" && c.State != state {
				continue
			}
			r.Printf("%-8s  %s  %s, %s: %s\n", state, called(p.Page(), p.Part), p.Outlet, p.When(), Cell(p.Title))
			for _, d := range answers {
				r.Printf("    %s: %s%s\n", d.Actor, d.Answer.Says(), because(d.Erasable.Reason))
			}
		}
		return nil, nil
	})
}

// because writes a reason behind what was answered.
func because(reason string) string {
	if reason == "" {
		return ""
	}
	return " (" + Cell(reason) + ")"
}

type ownerCmd struct {
	Outlet string `arg:"" optional:"" help:"Outlet, as pages name it."`
	Owner  string `arg:"" optional:"" help:"Who owns it."`
	None   bool   `help:"Nobody is known to own it together with others."`
	Reason string `help:"Why." placeholder:"WORDS"`
}

func (c *ownerCmd) Run(r *runner) error {
	return decide(r, func(b *casebook.Casebook) ([]casebook.Draft, error) {
		pages := map[string]int{}
		for _, p := range b.Pages() {
			if p.Outlet != "" {
				pages[p.Outlet]++
			}
		}
		var outlets []string
		for o := range pages {
			outlets = append(outlets, o)
		}
		slices.Sort(outlets)
		if c.Outlet != "" {
			if c.Owner == "" && !c.None {
				return nil, recount.WithHint(fmt.Errorf("%w: an outlet without its owner", recount.ErrInvalid), "name the owner, or say --none")
			}
			return one(recount.OwnerBody{Outlet: c.Outlet, Owner: c.Owner}, c.Reason), nil
		}
		owner, apart := map[string]string{}, map[string]string{}
		for _, o := range casebook.Settled[recount.OwnerBody](b.View, recount.KindOwner) {
			owner[o.Outlet] = o.Owner
		}
		for outlet, ds := range answered[recount.OwnerBody](b, recount.KindOwner) {
			if _, ok := owner[outlet]; !ok {
				var says []string
				for _, d := range ds {
					says = append(says, d.Actor+" says "+d.Answer.Says())
				}
				apart[outlet] = "people disagree: " + strings.Join(says, ", ")
			}
		}
		// What was said of an outlet holds under the name to which it was corrected.
		for o, names := range b.PrintedOutlets() {
			for _, was := range names {
				if owner[o] == "" && apart[o] == "" && pages[was] == 0 {
					owner[o], apart[o] = owner[was], apart[was]
				}
			}
		}
		shared := map[string][]string{}
		for _, o := range outlets {
			says := owner[o]
			switch {
			case apart[o] != "":
				says = apart[o]
			case says == "":
				says = "-"
			default:
				shared[says] = append(shared[says], o)
			}
			r.Printf("%s  %s  %s\n", o, Plural(pages[o], "page", "pages"), says)
		}
		var owners []string
		for o, list := range shared {
			if len(list) > 1 {
				owners = append(owners, o)
			}
		}
		slices.Sort(owners)
		for _, o := range owners {
			r.Printf("not independent of one another, all %s: %s\n", o, strings.Join(shared[o], ", "))
		}
		return nil, nil
	})
}

type assignCmd struct {
	Page   string `arg:"" optional:"" help:"Address or file name of a page, or the end of it."`
	Coder  string `arg:"" optional:"" help:"Who codes it: the name under which he or she decides."`
	Answer string `arg:"" optional:"" help:"yes or no." default:"yes"`
	Part   string `help:"Which article of a file that holds several." placeholder:"PART"`
	By     string `help:"List only what this coder is to do." placeholder:"NAME"`
	Left   bool   `help:"List only what is not begun."`
	Reason string `help:"Why." placeholder:"WORDS"`
}

func (c *assignCmd) Run(r *runner) error {
	return decide(r, func(b *casebook.Casebook) ([]casebook.Draft, error) {
		if c.Page != "" {
			p, err := partOf(b, c.Page, c.Part)
			if err != nil {
				return nil, err
			}
			return one(recount.AssignBody{Page: p.Page(), Part: p.Part, Coder: c.Coder, Answer: recount.YesNo(c.Answer)}, c.Reason), nil
		}
		// What a coder did is what he or she answered about places of the page.
		type work struct {
			article recount.Key
			coder   string
		}
		done := map[work]int{}
		for _, d := range b.Everything() {
			for i := range d.At {
				if on := d.At[i].Article(); on != "" && (i == 0 || on != d.At[0].Article()) {
					done[work{on, d.Actor}]++
				}
			}
		}
		pages := map[string]casebook.Page{}
		for _, p := range b.Pages() {
			pages[p.Page()+"\x00"+p.Part] = p
		}
		to := casebook.Settled[recount.AssignBody](b.View, recount.KindAssign)
		if c.By != "" && !slices.ContainsFunc(to, func(a recount.AssignBody) bool { return a.Coder == c.By }) {
			return nil, recount.WithHint(fmt.Errorf("%w: no page was given to anybody named %q", recount.ErrNotFound, c.By), "`recount assign` lists who has pages")
		}
		slices.SortStableFunc(to, func(x, y recount.AssignBody) int { return strings.Compare(x.Coder, y.Coder) })
		n, left := 0, 0
		for _, a := range to {
			p, ok := pages[a.Page+"\x00"+a.Part]
			if a.Answer != recount.Yes || c.By != "" && a.Coder != c.By || !ok {
				continue
			}
			n++
			did := done[work{p.Key, a.Coder}]
			if did == 0 {
				left++
			} else if c.Left {
				continue
			}
			state := "not begun"
			if did > 0 {
				state = Plural(did, "answer", "answers")
			}
			r.Printf("%s  %s  %s, %s: %s\n", a.Coder, called(p.Page(), p.Part), p.Outlet, p.When(), state)
		}
		r.Printf("%s assigned, %d not begun\n", Plural(n, "page", "pages"), left)
		return nil, nil
	})
}
