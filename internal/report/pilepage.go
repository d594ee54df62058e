package report

import (
	"recount"
	"strings"

	"recount/internal/report/document"
	"recount/internal/report/prose"
)

// This file writes the report on a pile: what came in, before anything is decided.

// told is text in which "{name}" is a number and "{name|one|many}" a word that goes
// with it: "one" where the number is one. A number that is zero is said as "no", and
// where no noun follows, "{name:none}", as "none".
func (p *pile) told(text string) (out []document.Inline) {
	for {
		before, rest, found := strings.Cut(text, "{")
		if before != "" {
			out = append(out, plain(before))
		}
		if !found {
			return out
		}
		name, after, _ := strings.Cut(rest, "}")
		if words := strings.Split(name, "|"); len(words) == 3 {
			out = append(out, plain(p.link(words[0]).Noun(words[1], words[2])))
		} else {
			name, none := strings.CutSuffix(name, ":none")
			number := inline(p.link(name))
			if p.link(name).N == 0 {
				number.Text = map[bool]string{false: "no", true: "none"}[none]
				if n := len(out); n == 0 || strings.HasSuffix(out[n-1].Text, ". ") {
					number.Text = capital(number.Text)
				}
			}
			out = append(out, number)
		}
		text = after
	}
}

// blocks are the whole report.
func (p *pile) blocks() ([]document.Block, error) {
	var out blocks
	out.section("title", "", p.title())
	out.section("", "decide", p.decide())
	came, err := p.arrived()
	if err != nil {
		return nil, err
	}
	out.section("", "came-in", came)
	out.section("", "originals", p.folded())
	out.section("", "speech", p.spoken())
	out.section("", "figures", p.stated())
	var aside, wrong blocks
	aside.heading(2, "What was set aside")
	s := "{aside} {aside|sentence tells|sentences tell} another story than the article {aside|it stands|they stand} in, {furniture} {furniture|passage is a link or a comment|passages are links or comments}, and {aside-statements} {aside-statements|statement stands|statements stand} in them. "
	if p.Aside {
		s += "They are in no other number here."
	} else {
		s += "The rule that sets them aside is off, so they are counted with the rest."
	}
	aside.say(p.told(s)...)
	if p.link("aside").N > 0 {
		aside.say(plain("A person can bring back a passage that belongs to the story, or all of them by switching the rule off. Either is one decision, and can be taken back."))
	}
	out.section("", "aside", aside)
	wrong.heading(2, "How wrong it may be")
	wrong = append(wrong, p.Miss.shown()...)
	s = ""
	if p.Confidence != "" {
		s = "The program gives its statements a mean confidence of " + p.Confidence + ": its own estimate of how often words and speaker are right, not a measurement on these pages. "
	}
	wrong.say(p.told(s + "It doubts {doubtful} {doubtful|statement|statements} itself. {noted} {noted|page was|pages were} hard to read. {findings} {findings|decision needs|decisions need} a look.")...)
	out.section("", "wrong", wrong)
	return out, nil
}

// title says in three sentences what is there.
func (p *pile) title() blocks {
	var out blocks
	out.add(document.Block{Kind: document.Paragraph, Style: "kicker", Text: document.Plain(p.kicker())})
	out.add(document.Block{Kind: document.Heading, Level: 1, Text: document.Plain("What is in the pile"), Site: true})
	if p.x.Question != "" {
		out.styled("question", document.Inline{Text: p.x.Question, Emphasis: true})
	}
	published := ""
	if p.First != "" {
		published = ", published from " + prose.Day(p.First) + " to " + prose.Day(p.Last)
	}
	out.styled("lede", p.told("{captures} {captures|archived page holds|archived pages hold} {pages} {pages|article|articles} from {outlets} {outlets|outlet|outlets}"+published+". {pages|It is|They are} {originals} independent {originals|original|originals}. In them, {speakers} {speakers|speaker makes|speakers make} {statements} {statements|statement|statements}. They are not yet people: "+p.undecided())...)
	out.styled("quiet", plain("So this report counts no people and prints no share and no trend. Every number in it opens what it was counted from."))
	contents := document.Block{Kind: document.Links, Style: "contents", Label: "Contents", Site: true}
	for _, c := range [][2]string{{"decide", "What to decide"}, {"came-in", "What came in"}, {"originals", "Originals"}, {"speech", "Who speaks"}, {"figures", "Figures"}, {"aside", "Set aside"}, {"wrong", "How wrong"}} {
		contents.Text = append(contents.Text, document.Inline{Text: c[1], Page: "#" + c[0]})
	}
	out.add(contents)
	out.add(document.Block{Kind: document.Paragraph, Style: "basis also", Site: true, Text: documentLinks()})
	out.add(document.Block{Kind: document.Paragraph, Paper: true, Text: []document.Inline{{Text: teamOnly, Strong: true}}})
	return out
}

// decide lists what to decide next.
func (p *pile) decide() blocks {
	var out blocks
	if p.x.Decisions[recount.KindScope] == 0 {
		out.heading(2, "What to decide in the next hour")
	} else {
		out.heading(2, "What there was to decide")
		out.styled("quiet", plain("Who counts and who is who stand here as before anybody answered; reprints, days, passages and statements as people corrected them. What is still open stands in the report of the study."))
	}
	steps := document.Block{Kind: document.Items, Style: "steps"}
	for _, s := range p.Steps {
		var b blocks
		b.heading(3, s.Title)
		text := []document.Inline{inline(s.Number), plain(" " + s.Text + " "), {Text: s.Effect, Style: "effect"}}
		b.say(text...)
		if len(s.Links) > 0 {
			g := newGrid("", "One speaker", "Another", "Why", "#Probability*")
			g.Style, g.Label = "links", "The heaviest suggested links"
			for _, l := range s.Links {
				who := func(name, outlet string) []document.Inline {
					text := document.Plain(name)
					if outlet != "" {
						text = append(text, onPaper(","), document.Inline{Break: true}, quiet(outlet))
					}
					return text
				}
				g.row(who(l.A, l.AOutlet), who(l.B, l.BOutlet), document.Cell{Text: document.Plain(strings.Join(l.Why, ", ")), Style: "quiet"}, l.Probability)
			}
			b.table(g)
			again := ""
			if p.link("links.again").N > 0 {
				again = " {links.again} more {links.again|pair is|pairs are} the same people in reprints; settle {links.again|it|them} with the rest."
			}
			b.styled("footnote", p.told("* As the program estimates it. A suggestion joins nobody."+again)...)
		}
		steps.Blocks = append(steps.Blocks, document.Block{Kind: document.Item, Blocks: b})
	}
	if len(p.Steps) > 0 {
		out.add(steps)
	} else {
		out.styled("empty", plain("There is nothing to decide: no speaker, no link and no doubtful date was found."))
	}
	return out
}

// asPoints lists items with their notes, a line each.
func asPoints(out *blocks, items []item, mark string) {
	for _, it := range items {
		text := []document.Inline{{Text: it.Title, Page: it.Path}}
		for i, n := range it.Notes {
			if i == 0 {
				text, n = append(text, plain(":")), uncapital(n)
			}
			text = append(text, quiet(" "+n+mark))
		}
		out.point(text...)
	}
}

// arrived says what came in and what was refused.
func (p *pile) arrived() (blocks, error) {
	var out blocks
	out.heading(2, "What came in")
	s := "{captures} {captures|page was|pages were} kept as {captures|it|they} came, {refused:none} {refused|was|were} refused. {empty} {empty|page lacks|pages lack} article text, {undated:none} {undated|lacks|lack} a date, {older:none} {older|is an older version|are older versions} of a page that is here."
	if len(p.x.Unread) > 0 {
		s += " {unread} {unread|archived page was|archived pages were} not read yet, and no number holds what is on {unread|it|them}."
	}
	if p.NotRead {
		s += " {notread} {notread|is|are} in a language or form in which who says what is not read, or not in full: the list says why, page by page."
	}
	out.say(p.told(s)...)
	if len(p.Reasons) > 0 {
		out.heading(3, "Refused, and why")
		g := newGrid("", "reason", "#refused")
		g.Label = "Refused, and why"
		for _, r := range p.Reasons {
			g.row(r.Label, r.Numbers[0])
		}
		out.table(g)
	}
	out.heading(3, "Dates")
	s = "{dates} {dates|page states|pages state} dates that disagree or cannot be right."
	if len(p.Disagree) > 0 {
		s += " Among them:"
	}
	out.say(p.told(s)...)
	asPoints(&out, p.Disagree, "")
	var languages []document.Inline
	for i, l := range p.Languages {
		if i > 0 {
			languages = append(languages, plain(", "))
		}
		languages = append(languages, inline(l.Numbers[0]), plain(" in "+l.Label))
	}
	if len(languages) > 0 {
		out.heading(3, "Languages and outlets")
		out.say(append(languages, plain("."))...)
	}
	if len(p.Chart.Rows) > 0 {
		picture, err := p.Chart.Picture()
		if err != nil {
			return nil, err
		}
		out.add(document.Block{Kind: document.PictureBlock, Picture: picture})
		g := newGrid(p.Chart.Title, "outlet", "#pages")
		for _, m := range p.Chart.Rows {
			g.row(m.Label, link{Text: m.Text, Href: m.Href})
		}
		out.add(document.Block{Kind: document.TableBlock, Table: &g.Table, Paper: true})
	}
	return out, nil
}

// folded says how many pages are how many originals.
func (p *pile) folded() blocks {
	var out blocks
	out.heading(2, "How many pages are how many originals")
	maybe := ""
	if len(p.x.Maybe) > 0 {
		maybe = " {maybe} {maybe|page that counts as an original may be a reprint|pages that count as originals may be reprints}: nobody has said."
	}
	out.say(p.told("{pages} {pages|page is|pages are} {originals} independent {originals|original|originals}; {reprints:none} {reprints|is a reprint|are reprints} and {spliced:none} {spliced|was|were} put together from others. {passages} {passages|pair of pages shares|pairs of pages share} passages and {shared-quotations:none} {shared-quotations|shares|share} only a quotation; those pages each count." + maybe)...)
	asPoints(&out, p.Spliced, ".")
	out.say(plain("Where a page is no reprint after all, or is one that the program did not see, a person can say so."))
	if !p.Fold {
		out.styled("flag", plain("The rule that folds reprints is off: a statement counts once on every page that runs it."))
	}
	return out
}

// spoken says who speaks.
func (p *pile) spoken() blocks {
	var out blocks
	out.heading(2, "Who speaks")
	s := "{statements} {statements|statement|statements} by {speakers} {speakers|speaker|speakers}, of whom {speakers.people} {speakers.people|is a single human being|are single human beings}. "
	if p.Fold {
		s += "A statement in a reprint is counted once, with its original: {again:none} {again|was|were} folded that way. "
	}
	out.say(p.told(s + "{nobody:none} of the statements {nobody|has|have} a speaker whom the text does not name. {thoughts} {thoughts|passage tells|passages tell} what somebody thinks or feels and {thoughts|is|are} no {thoughts|statement|statements}.")...)
	g := newGrid("Speakers by kind. Not yet people.", "Kind", "#Speakers", "#Statements")
	for _, k := range p.Kinds {
		g.row(k.Label, k.Numbers[0], k.Numbers[1])
	}
	out.table(g)
	g = newGrid("Statements by type", "Type", "#Statements")
	for _, t := range p.Types {
		g.row([]document.Inline{plain(t.Label), onPaper(":"), quiet(" " + t.Note)}, t.Numbers[0])
	}
	out.table(g)
	return out
}

// stated says which figures outlets report.
func (p *pile) stated() blocks {
	var out blocks
	out.heading(2, "Which figures outlets report")
	text := p.told("The articles state {figures} {figures|figure|figures}:")
	for i, k := range p.FigureKinds {
		text = append(text, plain(map[bool]string{true: ", ", false: " "}[i > 0]), inline(k.Numbers[0]), plain(" "+k.Label))
	}
	out.say(append(text, plain(". None of them was counted here."))...)
	g := newGrid("Figures that stand in most independent originals", "Figure", "#Times", "In")
	for _, f := range p.TopFigures {
		label := document.Plain("“" + f.Label + "”")
		if f.Unit != "" {
			label = append(label, quiet(" ("+f.Unit+")"))
		}
		g.row(label, f.Numbers[0], document.Cell{Text: document.Plain(f.Note), Style: "quiet"})
	}
	out.table(g)
	out.say(p.told("{groups} {groups|quantity is|quantities are} stated by more than one page; in {groups.apart:none} of them the figures differ.")...)
	return append(out, figureSection(p.groups)...)
}

// undecided says why speakers are no people here.
func (p *pile) undecided() string {
	if p.x.Decisions[recount.KindScope] > 0 {
		return "here they stand as the program read them, whatever people decided since of who counts and who is who."
	}
	return "nobody has decided who counts and who is who."
}

func (p *pile) kicker() string {
	if p.x.Decisions[recount.KindScope] > 0 {
		return "As it was read and corrected, before who counts and who is who"
	}
	return "Before anything is decided"
}
