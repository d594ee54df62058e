package main

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"recount"
)

// A typist enters what the analyst decides by the command line of the built
// program, and by nothing else.
type typist struct {
	t    *testing.T
	w    *analyst
	bin  string
	most int // commands of one form; what goes beyond is decided directly

	forms    map[string]int
	order    []string
	commands int
	keys     int // pressed if every character is typed
	pasted   int // pressed if the words of a page are copied and pasted
	without  map[string]int
}

// A command is one line that a person types. Words of the page are those that
// are copied.
type command struct {
	args  []string
	words []string
}

// run runs a command in the folder of the study.
func (y *typist) run(c command) (string, error) {
	cmd := exec.Command(y.bin, append(slices.Clone(c.args), "--quiet")...)
	cmd.Dir = y.w.study.Dir
	cmd.Env = append(os.Environ(), "RECOUNT_AS=analyst")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return out.String(), fmt.Errorf("recount %q: %w\n%s", c.args, err, errs.String())
	}
	y.commands++
	line := len("recount") + 1 // and Enter
	for _, a := range c.args {
		line += 1 + utf8.RuneCountInString(a)
		if strings.ContainsAny(a, " '\"()") {
			line += 2
		}
	}
	y.keys += line
	for _, w := range c.words {
		line -= utf8.RuneCountInString(w) - 1 // pasting is one press
	}
	y.pasted += line
	return out.String(), nil
}

var savedDecisions = regexp.MustCompile(`(?m)^(\d+) decisions? saved`)

// enter carries one act out.
func (y *typist) enter(a act) error {
	form, cs, err := y.commandsOf(a)
	if err != nil {
		return fmt.Errorf("%s: %w", form, err)
	}
	if y.forms[form] >= y.most {
		return y.w.decide(a)
	}
	saved := 0
	for _, c := range cs {
		out, err := y.run(c)
		if err != nil && strings.Contains(err.Error(), "unexpected argument "+c.args[0]) {
			y.without[c.args[0]]++
			return y.w.decide(a)
		}
		if err != nil {
			return err
		}
		m := savedDecisions.FindStringSubmatch(out)
		if m == nil {
			return fmt.Errorf("recount %q says nothing of a decision: %s", c.args, out)
		}
		n, _ := strconv.Atoi(m[1])
		saved += n
	}
	if y.forms[form]++; y.forms[form] == 1 {
		y.order = append(y.order, form)
	}
	// A typed statement is accepted again with its codes.
	if again := len(cs) - 1; saved != len(a.drafts)+again {
		y.t.Errorf("%s: %d decisions were saved; want %d\n%q", form, saved, len(a.drafts)+again, cs)
	}
	return nil
}

// commandsOf puts an act into commands, and names their form.
func (y *typist) commandsOf(a act) (form string, cs []command, err error) {
	w := y.w
	switch b := a.drafts[0].Answer.(type) {
	case recount.DateBody:
		return "date", []command{{args: []string{"date", b.Page, b.Published}}}, nil
	case recount.PageBody:
		return "page " + string(b.Field), []command{{args: []string{"page", y.short(b.Page), string(b.Field), b.Value}}}, nil
	case recount.ScreenBody:
		return "screen", []command{{args: []string{"screen", y.short(b.Page), string(b.Answer)}}}, nil
	case recount.RelationBody:
		return "reprint " + string(b.Answer), []command{{args: []string{"reprint", y.short(b.Page), y.short(b.Of), string(b.Answer)}}}, nil
	case recount.RoleBody:
		p, spans, err := y.place(b.At)
		if err != nil {
			return "aside", nil, err
		}
		words, nth, err := p.copied(spans)
		if err != nil {
			return "aside", nil, err
		}
		c := command{args: append([]string{"aside", y.short(b.At.Page), words[0], string(b.Role)}, nth...), words: words}
		return "aside " + string(b.Role), []command{c}, nil
	case recount.FigureBody:
		p, spans, err := y.place(b.At)
		if err != nil {
			return "figures", nil, err
		}
		c := command{words: []string{spans[0].In(p.article.Text)}}
		c.args = []string{"figures", y.short(b.At.Page), c.words[0]}
		if b.Answer == recount.Rejected {
			return "figures --reject", []command{{args: append(c.args, "--reject"), words: c.words}}, nil
		}
		c.args = append(c.args, "--accept")
		return "figures", []command{c}, nil
	case recount.StatedBody:
		c, err := y.stated(b, a.how == corrected)
		if a.how == corrected {
			return "figures --of", []command{c}, err
		}
		return "figures --value", []command{c}, err
	case recount.SpeakerBody:
		return y.speaker(b)
	case recount.StatementBody:
		return y.statement(a, b)
	case recount.ScopeBody:
		if a.group {
			return "scope --each", []command{{args: []string{"scope", "--page", y.short(b.Speaker.At.Page), "--state", "open", "--each", string(b.Answer), "--save"}}}, nil
		}
		key, err := y.key(b.Speaker)
		return "scope " + string(b.Answer), []command{{args: []string{"scope", key, string(b.Answer)}}}, err
	case recount.CriterionBody:
		key, err := y.key(b.Speaker)
		c := command{args: []string{"scope", key}}
		for _, d := range a.drafts {
			x := d.Answer.(recount.CriterionBody)
			c.args = append(c.args, "--criterion", x.Criterion+"="+string(x.Answer))
		}
		if err == nil && b.Evidence != nil {
			err = y.copyTo(&c, "--words", *b.Evidence)
		}
		return "scope --criterion", []command{c}, err
	case recount.LinkBody:
		for _, d := range a.drafts {
			x := d.Answer.(recount.LinkBody)
			one, err := y.key(x.A)
			if err != nil {
				return "link", nil, err
			}
			two, err := y.key(x.B)
			if err != nil {
				return "link", nil, err
			}
			cs = append(cs, command{args: []string{"link", one, two, string(x.Answer)}})
		}
		return "link " + string(b.Answer), cs, nil
	case recount.ValueBody:
		key, err := y.key(b.Speaker)
		c := command{args: []string{"value", key, b.Variable, b.Value}}
		form := "value"
		if err == nil && b.Evidence != nil {
			form = "value --words"
			err = y.copyTo(&c, "--words", *b.Evidence)
		}
		return form, []command{c}, err
	}
	return "", nil, fmt.Errorf("no command for %s of %s", a.drafts[0].Answer.Kind(), w.study.ID)
}

// stated types a figure in, or corrects what it is part of.
func (y *typist) stated(b recount.StatedBody, whole bool) (c command, err error) {
	p, spans, err := y.place(b.At)
	if err != nil {
		return c, err
	}
	words, nth, err := p.copied(spans)
	if err != nil {
		return c, err
	}
	c.words = words
	c.args = append([]string{"figures", y.short(b.At.Page), words[0]}, nth...)
	if !whole {
		value := "vague"
		if b.Value != "" {
			value = b.Value
		}
		c.args = append(c.args, "--value="+value, "--sort="+string(b.Sort), "--qualifier="+string(b.Qualifier), "--counted="+b.Unit)
	}
	if b.Of != nil {
		_, of, err := y.place(*b.Of)
		if err != nil {
			return c, err
		}
		words, nth, err := p.copied(of)
		if err != nil {
			return c, err
		}
		c.args, c.words = append(c.args, "--of="+words[0]), append(c.words, words...)
		if len(nth) > 0 {
			c.args = append(c.args, "--of-nth", nth[1])
		}
	}
	return c, nil
}

func (y *typist) speaker(b recount.SpeakerBody) (string, []command, error) {
	form := "speaker KEY"
	c := command{}
	if b.Typed {
		form = "speaker PAGE"
		p, spans, err := y.place(b.Speaker.At)
		if err != nil {
			return form, nil, err
		}
		words, nth, err := p.copied(spans)
		if err != nil {
			return form, nil, err
		}
		c = command{args: append([]string{"speaker", y.short(b.Speaker.At.Page), words[0]}, nth...), words: words}
		if b.Apart {
			form, c.args = "speaker --apart", append(c.args, "--apart")
		}
	} else {
		key, err := y.key(b.Speaker)
		if err != nil {
			return form, nil, err
		}
		c.args = []string{"speaker", key}
	}
	c.args = append(c.args, "--name="+b.Speaker.Name, "--kind="+string(b.Speaker.Kind), "--gender="+string(b.Speaker.Gender))
	for _, m := range b.Mentions {
		form = "speaker --join"
		other, err := y.key(recount.SpeakerRef{At: m})
		if err != nil {
			return form, nil, err
		}
		c.args = append(c.args, "--join="+other)
	}
	return form, []command{c}, nil
}

func (y *typist) statement(a act, b recount.StatementBody) (string, []command, error) {
	p, spans, err := y.place(b.At)
	if err != nil {
		return "statement", nil, err
	}
	var codes []string
	for _, d := range a.drafts {
		if x, ok := d.Answer.(recount.CodeBody); ok {
			if x.Answer == recount.Yes {
				codes = append(codes, x.Code)
			} else {
				codes = append(codes, "--not="+x.Code)
			}
		}
	}
	speaker := ""
	if b.Speaker != nil {
		if speaker, err = y.key(*b.Speaker); err != nil {
			return "statement", nil, err
		}
	}
	key := y.said(p, spans)
	if b.Typed {
		words, nth, err := p.copied(spans)
		if err != nil {
			return "type", nil, err
		}
		c := command{args: append([]string{"type", y.short(b.At.Page), "--speaker", speaker, "--type", string(b.Type)}, nth...), words: words}
		for _, x := range words {
			c.args = append(c.args, "--words="+x)
		}
		if len(codes) == 0 {
			return "type", []command{c}, nil
		}
		return "type, code CODE", []command{c, {args: append([]string{"code", key}, codes...)}}, nil
	}
	switch {
	case b.Answer == recount.Rejected:
		return "code --reject", []command{{args: []string{"code", key, "--reject"}}}, nil
	case a.group:
		return "code --rest", []command{{args: []string{"code", "--rest", speaker, "--save"}}}, nil
	}
	form := "code KEY"
	c := command{}
	if len(b.Instead) > 0 {
		_, was, err := y.place(b.Instead[0])
		if err != nil {
			return form, nil, err
		}
		key = y.said(p, was)
	}
	c.args = []string{"code", key}
	if a.how == corrected {
		form = "code KEY --speaker --type --words"
		c.args = append(c.args, "--speaker", speaker, "--type", string(b.Type), "--mode", "speech")
	}
	if len(b.Instead) > 0 {
		words, nth, err := p.copied(spans)
		if err != nil {
			return form, nil, err
		}
		c.args, c.words = append(c.args, nth...), words
		for _, x := range words {
			c.args = append(c.args, "--words="+x)
		}
	}
	if len(codes) > 0 {
		form += " CODE"
	}
	if len(c.args) == 2 && len(codes) == 0 { // it is as it was read
		form, c.args = "code KEY --accept", append(c.args, "--accept")
	}
	c.args = append(c.args, codes...)
	return form, []command{c}, nil
}

// copyTo adds words of a page to a command.
func (y *typist) copyTo(c *command, flag string, an recount.Anchor) error {
	p, spans, err := y.place(an)
	if err != nil {
		return err
	}
	words, nth, err := p.copied(spans)
	if err == nil {
		c.args, c.words = append(append(c.args, flag+"="+words[0]), nth...), words
	}
	return err
}

// place finds the page and the words of an anchor.
func (y *typist) place(an recount.Anchor) (*workPage, []recount.Span, error) {
	for _, p := range y.w.pages {
		if p.article.Page() == an.Page && p.article.Part == an.Part {
			spans, _, ok := an.Place(p.article, recount.NewCodePoints(p.article.Text))
			if !ok {
				break
			}
			return p, spans, nil
		}
	}
	return nil, nil, fmt.Errorf("no words %q on %s", an.Exact, an.Page)
}

// copied returns the words that a person copies, and which of several places
// they are. What cannot be named so is an error.
func (p *workPage) copied(spans []recount.Span) (words, nth []string, err error) {
	text := p.article.Text
	for i, sp := range spans {
		words = append(words, sp.In(text))
		var at []recount.Span
		from := 0
		if i > 0 {
			from = spans[i-1].End
		}
		for {
			j := strings.Index(text[from:], words[i])
			if j < 0 {
				break
			}
			x := recount.Span{Start: from + j, End: from + j + len(words[i])}
			if whole(text, x) {
				at = append(at, x)
			}
			from = x.Start + 1
			for !utf8.RuneStart(text[from]) {
				from++
			}
		}
		k := slices.Index(at, sp)
		switch {
		case k < 0:
			return nil, nil, fmt.Errorf("%q is cut out of longer words", words[i])
		case i > 0 && k > 0:
			return nil, nil, fmt.Errorf("%q stands before the piece that is meant", words[i])
		case i == 0 && len(at) > 1:
			nth = []string{"--nth", strconv.Itoa(k + 1)}
		}
	}
	return words, nth, nil
}

// short is the name of a page's file, by which a person calls it.
func (y *typist) short(page string) string {
	for _, p := range y.w.pages {
		if p.article.Page() == page {
			return filepath.Base(p.File)
		}
	}
	return page
}

// digits are how many of a key a person types.
const digits = 6

// key returns the first digits of the key of a speaker, as lists print it.
func (y *typist) key(ref recount.SpeakerRef) (string, error) {
	v, err := y.w.book.SpeakerAt(y.w.ctx, ref.At)
	if err != nil || v == nil {
		return "", fmt.Errorf("no speaker at %q: %w", ref.At.Exact, err)
	}
	for n := digits; n < len(v.ID); n += 2 {
		if found, err := y.w.book.FindSpeaker(y.w.ctx, string(v.ID[:n])); err == nil && found.ID == v.ID {
			return string(v.ID[:n]), nil
		}
	}
	return string(v.ID), nil
}

// said returns the first digits of the key of a statement.
func (y *typist) said(p *workPage, spans []recount.Span) string {
	key := string(recount.StatementKey(p.Key, recount.Quotation{Content: spans}))
	for n := digits; n < len(key); n += 2 {
		if _, u, err := y.w.book.FindStatement(y.w.ctx, key[:n]); err == nil && string(u.Key) == key {
			return key[:n]
		}
	}
	return key[:12]
}

// Nothing needs Go: the studies of the measuring data are entered by the
// command line of the built program. Some commands of each form are run, the
// rest is decided directly; with RECOUNT_ENTER=all everything is entered by
// commands, which takes some minutes. The truth is met either way.
func TestTheCommandLineEntersStudies(t *testing.T) {
	bin := filepath.Join(t.TempDir(), "recount")
	if out, err := exec.Command("go", "build", "-o", bin, "../../cmd/recount").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	tests := []struct {
		name, files string
		most        int
		lo, hi      int
	}{
		{"mill", "testdata/mill", 12, 27, 30},
		{"order", "../order", 3, 27, 29},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w, err := begin(context.Background(), sharedStudy(t, tt.name, tt.files), filepath.Join(t.TempDir(), "study"), "the-"+tt.name)
			if err != nil {
				t.Fatal(err)
			}
			defer w.study.Close()
			y := &typist{t: t, w: w, bin: bin, most: tt.most, forms: map[string]int{}, without: map[string]int{}}
			if os.Getenv("RECOUNT_BARS") == "" {
				y.most = (tt.most + 2) / 3
			}
			if os.Getenv("RECOUNT_ENTER") == "all" {
				y.most = 1 << 30
			}
			w.enter = y.enter
			if err := w.work(); err != nil {
				t.Fatal(err)
			}
			t.Logf("%s, by commands:", tt.name)
			for _, form := range y.order {
				t.Logf("%4d  recount %s", y.forms[form], form)
			}
			for _, verb := range slices.Sorted(maps.Keys(y.without)) {
				n := y.without[verb]
				t.Logf("NO VERB: %d decisions need `recount %s`, which this program does not have", n, verb)
			}
			got := w.results(t)
			wantRange(t, got, "people", tt.lo, tt.hi)
			n := got["people"].Range.High
			t.Logf("%d commands, %d key presses, %d if the words of the page are pasted; for each of %d people: %d commands, %d presses, %d",
				y.commands, y.keys, y.pasted, n, y.commands/n, y.keys/n, y.pasted/n)
			out, err := exec.Command(bin, "count", "--study", w.study.Dir).CombinedOutput()
			if want := fmt.Sprintf("range %d to %d", tt.lo, tt.hi); err != nil || !bytes.Contains(out, []byte(want)) {
				t.Errorf("recount count does not say %q: %v\n%s", want, err, out)
			}
			w.wantEverybody(t)
			w.wantLinks(t)
			y.wantHeads()
			y.wantFigures()
		})
	}
}

// show runs a command that decides nothing and returns what it prints.
func (y *typist) show(args ...string) string {
	y.t.Helper()
	out, err := exec.Command(y.bin, append(args, "--study", y.w.study.Dir)...).CombinedOutput()
	if err != nil {
		y.t.Fatalf("recount %q: %v\n%s", args, err, out)
	}
	return string(out)
}

// wantHeads checks that `recount page` prints outlet, title, byline, language
// and day of every page as the truth has them.
func (y *typist) wantHeads() {
	y.t.Helper()
	for _, p := range y.w.inOrder() {
		printed := y.show("page", filepath.Base(p.File))
		for _, x := range [][2]string{{"outlet", p.page.Outlet}, {"title", p.page.Title}, {"byline", p.page.Byline}, {"language", p.page.Language}, {"published", p.page.Published}} {
			if x[1] == "" {
				continue
			}
			got := regexp.MustCompile(`(?m)^  ` + x[0] + ` +(.*?)(  \(corrected\))?$`).FindStringSubmatch(printed)
			if got == nil || got[1] != x[1] && (x[0] != "published" || !strings.HasPrefix(got[1], x[1])) {
				y.t.Errorf("recount page %s prints the %s %q; want %q", p.ID, x[0], got, x[1])
			}
		}
	}
}

// What of the figures of the Larkfield study is not as the truth has it: two stand
// in titles that are no part of the text, the counting rules for "just over",
// "about" and fractions allow more whole numbers than the truth names, and nothing
// settles what one outlet alone states.
const (
	unread = 2
	wider  = 3
	alone  = 2
)

// wholeNumbers reads which whole numbers fit as a check says it.
func wholeNumbers(check string) func(all []int) bool {
	if m := regexp.MustCompile(`from (\d+) \(.*? to (\d+) \(`).FindStringSubmatch(check); m != nil {
		first, _ := strconv.Atoi(m[1])
		last, _ := strconv.Atoi(m[2])
		return func(all []int) bool { return slices.Min(all) >= first && slices.Max(all) <= last }
	}
	said, _, _ := strings.Cut(check, ";")
	_, said, _ = strings.Cut(said, ": ")
	var named []int
	for _, m := range regexp.MustCompile(`(?:^|only |, | or )(\d+) (?:fits )?\(`).FindAllStringSubmatch(said, -1) {
		n, _ := strconv.Atoi(m[1])
		named = append(named, n)
	}
	return func(all []int) bool {
		return !slices.ContainsFunc(all, func(n int) bool { return !slices.Contains(named, n) })
	}
}

// wantFigures checks that `recount figures` prints every figure of the truth with
// its number and what it is part of, and that each quantity is settled as the
// truth's reference says.
func (y *typist) wantFigures() {
	y.t.Helper()
	if len(y.w.truth.Quantities) == 0 {
		return
	}
	type line struct{ page, wording, value string }
	printed := map[line][2]string{} // what it is part of, its check
	for _, row := range strings.Split(y.show("figures"), "\n") {
		if c := strings.Split(row, "\t"); len(c) == 9 {
			printed[line{c[8], c[2], c[3]}] = [2]string{c[6], c[7]}
		}
	}
	settled := y.show("figures", "--reconcile")
	if strings.Contains(settled, "decisions differ") {
		y.t.Errorf("decisions about one quantity differ:\n%s", settled)
	}
	var missed, more, single int
	for _, p := range y.w.inOrder() {
		for _, f := range p.Figures {
			read := y.w.read[f.ID]
			if read == nil {
				missed++
				y.t.Logf("not read: %s %q", f.ID, f.Text)
				continue
			}
			wording, value := read.Span.In(p.article.Text), "-"
			if read.Value != nil {
				value = read.Value.String()
			}
			row, ok := printed[line{p.article.Page(), wording, value}]
			if !ok {
				y.t.Errorf("recount figures lacks %s, %q of %s", f.ID, wording, value)
			}
			if whole := y.w.read[f.Of]; whole != nil && row[0] == "" {
				y.t.Errorf("%s %q is part of %s, and recount figures names no whole", f.ID, wording, f.Of)
			}
			if want := fmt.Sprintf(" of %d: ", f.Whole); f.Whole > 0 && !strings.Contains(row[1], want) {
				y.t.Errorf("%s %q is checked as %q; want it%s", f.ID, wording, row[1], want)
			}
			if len(f.Fits) > 0 {
				switch fits := wholeNumbers(row[1]); {
				case !fits(f.Fits):
					y.t.Errorf("%s %q fits %v; recount figures says %q", f.ID, wording, f.Fits, row[1])
				case len(f.Fits) > 1 || !strings.Contains(row[1], "only "):
					more++
					y.t.Logf("%s %q fits %v: %s", f.ID, wording, f.Fits, row[1])
				}
			}
			for _, q := range y.w.truth.Quantities {
				held := regexp.MustCompile(`settled: [^\n]*` + regexp.QuoteMeta(strings.TrimPrefix(value, "0.")) + `[^\n]* \(decision: ` + regexp.QuoteMeta(p.page.Outlet+", "+wording) + `(\)| \()`)
				if q.Relations[f.ID] == "reference" && !held.MatchString(settled) {
					single++
					y.t.Logf("no group is settled by %s, %q", f.ID, wording)
				}
			}
		}
	}
	if missed != unread || more != wider || single != alone {
		y.t.Errorf("figures of the truth not entered %d, with more whole numbers %d, in no group %d; want %d, %d, %d", missed, more, single, unread, wider, alone)
	}
}
