package cli

import (
	"fmt"
	"os"
	"strings"
	"time"

	"recount"

	"recount/internal/study"
)

// watchCmd is the verb watch.
type watchCmd struct {
	Feeds []string      `arg:"" optional:"" name:"feed" help:"Addresses of RSS, Atom or JSON feeds, of news site maps, or of pages that announce one; none = those watched before."`
	Once  bool          `help:"Ask once and end; for cron and the like."`
	Every time.Duration `help:"How long to wait between two rounds." default:"30m" placeholder:"TIME"`
	Search
	Web
}

// leastWait is the shortest time between two rounds.
const leastWait = time.Minute

// Run asks feeds for new pages and takes them.
func (c *watchCmd) Run(r *Console) error {
	for _, f := range c.Feeds {
		if !study.Address(f) {
			return recount.WithHint(fmt.Errorf("%q: %w: no address", f, recount.ErrInvalid), "give the address of a feed: https://...")
		}
	}
	refused := false
	for {
		s, err := study.Open(r.Ctx, r.Dir, r.Opts)
		if err != nil {
			return err
		}
		a, err := s.Watch(r.Ctx, study.Offer{Paths: c.Feeds, Search: c.Search.Search, Details: c.details(), Web: c.web()})
		if a != nil {
			watched(r, a)
			refused = refused || len(a.Refused)+len(a.StayOut) > 0
		}
		// Between two rounds the study is closed, so that others may use it.
		if cerr := s.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			return err
		}
		if c.Once {
			break
		}
		select {
		case <-r.Ctx.Done():
			return r.Ctx.Err()
		case <-time.After(max(c.Every, leastWait)):
		}
	}
	if refused {
		return errItems
	}
	return nil
}

// watched prints what a round brought.
func watched(r *Console, a *study.Added) {
	r.Printf("%s new, %d refused\n", Plural(len(a.New), "page", "pages"), len(a.Refused))
	for _, c := range a.New {
		r.Printf("  %s\n", plain(c.Name))
	}
	more(r, a)
	if len(a.New) > 0 {
		r.Printf("`recount extract` reads them\n")
	}
	refused(r, a.Refused)
}

// attachCmd is the verb attach.
type attachCmd struct {
	Address   string `arg:"" help:"Address of the page that could not be read."`
	File      string `arg:"" optional:"" help:"A screenshot, scan, photo, PDF or recording of it."`
	Text      string `help:"File with the text that was typed in from it, or the translation." placeholder:"FILE" type:"path"`
	By        string `help:"Who typed it in or translated it; default: who decides (--as)." placeholder:"NAME"`
	Where     string `help:"Region, page or time code that it was typed from." placeholder:"WORDS"`
	Translate bool   `name:"translation" help:"The text is a translation of the page, shown beside it."`
	Machine   bool   `help:"A machine translated it."`
	Checked   string `help:"Who compared it with the original." placeholder:"NAME"`
	Title     string `help:"Title of the page." placeholder:"WORDS"`
	Outlet    string `help:"Who published it." placeholder:"NAME"`
	Published string `help:"Day of publication." placeholder:"YYYY-MM-DD"`
	Byline    string `help:"Who wrote it, as printed." placeholder:"WORDS"`
}

// Run attaches.
func (c *attachCmd) Run(r *Console) error {
	x := study.Supplied{Address: c.Address, File: c.File, By: c.By, Where: c.Where, Translate: c.Translate, Machine: c.Machine,
		Checked: c.Checked, Title: c.Title, Outlet: c.Outlet, Published: c.Published, Byline: c.Byline}
	if c.Text != "" {
		b, err := os.ReadFile(c.Text)
		if err != nil {
			return err
		}
		x.Text = string(b)
	}
	if x.By == "" {
		x.By = r.Opts.Actor
	}
	s, err := r.Open()
	if err != nil {
		return err
	}
	a, err := s.Attach(r.Ctx, x)
	if err != nil {
		return err
	}
	r.Printf("%s attached to %s, %d known\n", Plural(len(a.New), "piece", "pieces"), c.Address, len(a.Known))
	refused(r, a.Refused)
	if len(a.Refused)+len(a.StayOut) > 0 {
		return errItems
	}
	if len(a.New) > 0 {
		r.Printf("`recount extract` reads what can be read\n")
	}
	return nil
}

// searchesCmd is the verb searches.
type searchesCmd struct{}

// Run lists the search log.
func (c *searchesCmd) Run(r *Console) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	list, err := s.Searches(r.Ctx)
	if err != nil {
		return err
	}
	r.Printf("began\tby\tsearch\tdatabase\thits\toffered\tnew\tknown\trefused\n")
	for _, x := range list {
		name := x.Query
		if name == "" {
			name = "(" + x.Channel + ") " + strings.Join(x.Paths, " ")
		}
		r.Printf("%s\t%s\t%s\t%s\t%s\t%d\t%d\t%d\t%d\n", x.Time.Format("2006-01-02 15:04"), x.Actor, Cell(name), Cell(x.Details.Database),
			hits(x.Details.Hits), x.Offered, x.Added, x.Known, x.Refused)
		for _, line := range details(x.Details) {
			r.Printf("\t%s\n", line)
		}
	}
	return nil
}

func hits(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// details lists what is needed to make a search again.
func details(d recount.SearchDetails) (out []string) {
	for _, f := range [...][2]string{{"query", d.String}, {"language", d.Language}, {"filters", d.Filters}, {"made", d.Made}} {
		if f[1] != "" {
			out = append(out, f[0]+": "+Cell(f[1]))
		}
	}
	return out
}

// versionsCmd is the verb versions.
type versionsCmd struct {
	Page string `arg:"" optional:"" help:"Only pages whose address, name or title contains this." placeholder:"WORDS"`
}

// Run lists what outlets changed in pages after they were captured.
func (c *versionsCmd) Run(r *Console) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	list, err := s.Versions(r.Ctx)
	if err != nil {
		return err
	}
	found := false
	for _, p := range list {
		if c.Page != "" && !strings.Contains(strings.ToLower(p.Article.Page()+" "+p.Article.Title), strings.ToLower(c.Page)) {
			continue
		}
		found = true
		r.Printf("%s (%s)\n", plain(p.Article.Title), plain(p.Article.Page()))
		r.Printf("  %s  this version counts\n", p.Captured.Format("2006-01-02 15:04"))
		for _, v := range p.Older {
			r.Printf("  %s  %s since\n", v.Captured.Format("2006-01-02 15:04"), Plural(len(v.Changes), "change", "changes"))
			for _, x := range v.Changes {
				r.Printf("    %s\n", x)
			}
		}
		for _, d := range p.Touched {
			r.Printf("  decided on words that it no longer has: %s %s\n", d.Decision.Kind, Cell(d.Answer.Subject()))
			r.Printf("    %.12s by %s: %s\n", d.ID, d.Actor, d.Answer.Says())
		}
	}
	if !found {
		r.Printf("no page has several versions with a text\n")
	}
	return nil
}
