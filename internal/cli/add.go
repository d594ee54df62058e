package cli

// The verbs that take things into a study: add, watch, attach and extract, and
// those that list what was taken.

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"recount"

	"recount/internal/study"
)

// Search says where pages came from, for the search log.
type Search struct {
	Search   string `help:"The name of the search or channel that the pages came from; kept in the search log." placeholder:"NAME"`
	Database string `help:"Of the search: the database." placeholder:"NAME"`
	Query    string `help:"Of the search: what was typed in there, exactly." placeholder:"STRING"`
	Language string `help:"Of the search: the language asked for." placeholder:"LANG"`
	Filters  string `help:"Of the search: filters and period." placeholder:"WORDS"`
	Made     string `help:"Of the search: the day it was made." placeholder:"YYYY-MM-DD"`
	Hits     int    `help:"Of the search: how many hits the database named." placeholder:"N"`
}

func (s Search) details() recount.SearchDetails {
	return recount.SearchDetails{Database: s.Database, String: s.Query, Language: s.Language, Filters: s.Filters, Made: s.Made, Hits: s.Hits}
}

// Web says how pages are fetched.
type Web struct {
	AllowPrivate bool          `help:"Fetch from this machine and from private networks too."`
	NAT64        bool          `name:"nat64" help:"This network reaches the IPv4 internet by a NAT64 gateway."`
	Port         []int         `help:"Fetch from this port too; 80 and 443 are always allowed." placeholder:"PORT"`
	Pause        time.Duration `help:"Wait between two requests to one host." default:"2s" placeholder:"TIME"`
	Contact      string        `help:"An e-mail address that is sent along, so that outlets can ask who fetches." placeholder:"ADDRESS"`
}

func (w Web) web() study.Web {
	return study.Web{AllowPrivate: w.AllowPrivate, AllowNAT64: w.NAT64, Ports: w.Port, Contact: w.Contact, Delay: w.Pause}
}

// addCmd is the verb add.
type addCmd struct {
	Paths []string          `arg:"" name:"path" help:"Files, folders and addresses of pages (https://...)."`
	Fetch bool              `help:"Fetch the pages that lists among the files name."`
	Map   map[string]string `help:"Of tables: which column holds what, as text=COLUMN." placeholder:"FIELD=COLUMN"`
	Host  []string          `help:"Of web archives: only pages of this host." placeholder:"HOST"`
	Links bool              `help:"Follow links in a folder to files and folders outside of it." name:"follow-links"`
	Match []string          `help:"Of web archives: only addresses that contain this." placeholder:"WORDS"`
	Search
	Web
}

// Run adds.
func (c *addCmd) Run(r *Console) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	a, err := s.Add(r.Ctx, study.Offer{Paths: c.Paths, Search: c.Search.Search, Details: c.details(), Columns: c.Map, Fetch: c.Fetch, Follow: c.Links,
		Hosts: c.Host, Match: c.Match, Web: c.web()})
	if a != nil {
		added(r, a)
	}
	if err == nil && len(a.Refused)+len(a.StayOut) > 0 {
		return errItems
	}
	return err
}

// added prints what was added.
func added(r *Console, a *study.Added) {
	r.Printf("%s offered: %d new, %d known, %d refused\n", Plural(a.Offered, "file", "files"), len(a.New), len(a.Known), len(a.Refused))
	more(r, a)
	for _, l := range a.Lists {
		r.Printf("  %s lists %s; `recount add --fetch FILE` fetches them\n", plain(l.Name), Plural(l.Pages, "page", "pages"))
	}
	refused(r, a.Refused)
}

// more prints what came of a run besides pages.
func more(r *Console, a *study.Added) {
	if a.Recovered > 0 {
		r.Printf("  %s found in the archive that an interruption had left out of the index\n", Plural(a.Recovered, "page was", "pages were"))
	}
	if a.Duplicates > 0 {
		r.Printf("  %s the same bytes as another under a different name\n", Plural(a.Duplicates, "file holds", "files hold"))
	}
	for i, t := range a.StayOut {
		if i == 5 {
			r.Printf("  and %s more that stay out\n", Plural(len(a.StayOut)-5, "page", "pages"))
			break
		}
		r.Printf("  %s stays out: it was taken out with a person who withdrew, on %s by %s; who must have it in again takes that back first: recount decisions retract %.12s --reason WORDS\n", plain(t.Name), t.Day, plain(t.By), t.Removal)
	}
	for i, name := range a.Versions {
		if i == 5 {
			r.Printf("  and %s more\n", Plural(len(a.Versions)-5, "new version", "new versions"))
			break
		}
		r.Printf("  %s was there with other words and is taken as its new version; if it is another page, offer the folder above both\n", plain(name))
	}
	for _, p := range a.Passed {
		r.Printf("  passed over: %s, %d\n", plain(p.Reason), p.N)
	}
}

// plain returns what strangers named as one line of visible characters: a
// terminal would do what control characters say.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' {
			return '\uFFFD'
		}
		return r
	}, s)
}

// extractCmd is the verb extract.
type extractCmd struct {
	Again bool `help:"Extract every text anew; old texts are kept and decisions are found again by their words."`
}

// Run extracts.
func (c *extractCmd) Run(r *Console) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	x, err := s.Extract(r.Ctx, c.Again)
	if x != nil {
		extracted(r, x)
	}
	if err == nil && x.Articles > 0 {
		var n int
		if n, err = s.Withdrawn(r.Ctx); n > 0 {
			r.Printf("%s on words that the newest version of the page no longer has: look again at what `recount versions` lists, or at Next in `recount serve`\n", Plural(n, "decision rests", "decisions rest"))
		}
	}
	if err == nil && x.Refused > 0 {
		return errItems
	}
	return err
}

// extracted prints what was extracted.
func extracted(r *Console, x *study.Extracted) {
	pieces := ""
	if x.Pieces > 0 {
		pieces = ", " + Plural(x.Pieces, "piece of a file", "pieces of files") + " not taken"
	}
	r.Printf("%s extracted, %d read, %d refused%s\n", Plural(x.Articles, "article", "articles"), x.Read, x.Refused, pieces)
	refused(r, x.Refusals)
	if x.Shared > 0 {
		r.Printf("a passage stands in %d articles: where more than %d share one, each is compared with one of them and not with every other\n", x.Shared, study.CommonPassage)
	}
	if x.Ingest != "" {
		r.Printf("what came in: %s\n", x.Ingest)
	}
}

// refused lists what was not taken, each with the next step.
func refused(r *Console, list []recount.Refusal) {
	const most = 20
	for i, x := range list {
		if i == most {
			r.Printf("  ... and %d more; out/ingest.html lists them all\n", len(list)-most)
			return
		}
		line := fmt.Sprintf("  refused %s: %s", plain(x.Name), plain(x.Reason))
		if x.Hint != "" {
			line += " (" + plain(x.Hint) + ")"
		}
		r.Printf("%s\n", line)
	}
}
