package cli

import "recount/internal/study"

type addCmd struct {
	Paths  []string `arg:"" name:"path" help:"Folders and files of HTML or text; .gz too."`
	Search string   `help:"The search or channel the pages came from; kept in the search log." placeholder:"WORDS"`
}

func (c *addCmd) Run(r *runner) error {
	s, err := r.open()
	if err != nil {
		return err
	}
	defer s.Close()
	a, err := s.Add(r.ctx, c.Paths, c.Search)
	if a != nil {
		r.added(a)
	}
	if err == nil && len(a.Refused) > 0 {
		return errItems
	}
	return err
}

func (r *runner) added(a *study.Added) {
	r.printf("%s offered: %d new, %d known, %d refused\n", plural(a.Offered, "file", "files"), len(a.New), len(a.Known), len(a.Refused))
	if a.Recovered > 0 {
		r.printf("  %s found in the archive that an interruption had left out of the index\n", plural(a.Recovered, "page was", "pages were"))
	}
	if a.Duplicates > 0 {
		r.printf("  %s the same bytes as another under a different name\n", plural(a.Duplicates, "file holds", "files hold"))
	}
	r.refused(a.Refused)
}

type extrCmd struct {
	Again bool `help:"Extract every text anew; old texts are kept and decisions are found again by their words."`
}

func (c *extrCmd) Run(r *runner) error {
	s, err := r.open()
	if err != nil {
		return err
	}
	defer s.Close()
	x, err := s.Extract(r.ctx, c.Again)
	if x != nil {
		r.extracted(x)
	}
	if err == nil && x.Refused > 0 {
		return errItems
	}
	return err
}

func (r *runner) extracted(x *study.Extracted) {
	r.printf("%s extracted, %d read, %d refused\n", plural(x.Articles, "article", "articles"), x.Read, x.Refused)
	r.refused(x.Refusals)
}
