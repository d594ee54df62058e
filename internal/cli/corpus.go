package cli

// The verb corpus: files too large for a study become tables, of which a study
// takes a slice.

import (
	"fmt"
	"path/filepath"
	"strings"

	"recount"

	"recount/internal/queue"
	"recount/internal/shards"
	"recount/internal/study"
)

type corpusCmd struct {
	Scan   corpusScanCmd   `cmd:"" help:"Read folders of web archives and JSON Lines into tables."`
	Status corpusStatusCmd `cmd:"" help:"Say how far a corpus is and what was skipped."`
	Slice  corpusSliceCmd  `cmd:"" help:"Take articles of a corpus into a study."`
}

type corpusScanCmd struct {
	Sources []string `arg:"" optional:"" name:"source" help:"Folders, files and, in recount-stores, s3://, gs:// and azblob:// addresses: WARC, ARC, WACZ, ZIP, tar, JSON Lines, packed or not; without any, the scan goes on with the files of the last one and does not look for new or changed ones."`
	To      string   `help:"Folder of the corpus." required:"" placeholder:"DIR" type:"path"`
	Without bool     `name:"without-them" help:"Remove what was made of files that are not among the sources any more; without it, a scan that misses files ends before it does anything."`
	Queue   string   `help:"Let workers do it: address of the PostgreSQL database with their jobs." placeholder:"URL"`
}

// Run scans.
func (c *corpusScanCmd) Run(r *Console) error {
	if len(c.Sources) == 0 {
		if _, err := shards.Open(c.To, r.Store); err != nil {
			return err
		}
	}
	release, err := shards.Hold(c.To)
	if err != nil {
		return err
	}
	defer release()
	corpus, err := planned(r, c.Sources, c.To, c.Without)
	if err != nil {
		return err
	}
	if c.Queue != "" {
		st, err := queue.Scan(r.Ctx, c.Queue, corpus, r.Opts.Progress)
		if err != nil {
			return err
		}
		return scanned(r, st)
	}
	reader := shards.NewReader(r.Opts.Child, r.Opts.Log)
	defer reader.Close()
	st, err := corpus.Run(r.Ctx, reader, r.Opts.Progress)
	if err != nil {
		return err
	}
	return scanned(r, st)
}

// planned makes or opens a corpus.
func planned(r *Console, sources []string, dir string, without bool) (*shards.Corpus, error) {
	if without && len(sources) == 0 {
		return nil, recount.WithHint(fmt.Errorf("--without-them without sources: %w", recount.ErrInvalid), "name the folders and files that stay")
	}
	if without {
		return shards.MakeWithout(r.Ctx, dir, sources, r.Store, r.Opts.Progress)
	}
	if len(sources) > 0 {
		return shards.Make(r.Ctx, dir, sources, r.Store, r.Opts.Progress)
	}
	corpus, err := shards.Open(dir, r.Store)
	if err != nil {
		return nil, err
	}
	return corpus, corpus.Renew()
}

// scanned prints what a scan gave.
func scanned(r *Console, st *shards.Status) error {
	counted(r, st)
	if len(st.Left)+st.Skipped > 0 {
		return errItems
	}
	return nil
}

// counted prints how much a corpus holds.
func counted(r *Console, st *shards.Status) {
	r.Printf("%d of %s read: %s, %s\n", st.Read, Plural(st.Shards, "shard", "shards"), Plural(st.Pages, "page", "pages"), Plural(st.Articles, "article", "articles"))
	r.Printf("%s, %s, %s\n", Plural(st.Statements, "statement", "statements"), Plural(st.Speakers, "speaker", "speakers"), Plural(st.Figures, "figure", "figures"))
	if st.Manifest != "" {
		r.Printf("%s, %s", Plural(st.Relations, "relation", "relations"), Plural(st.Originals, "independent original", "independent originals"))
		if st.Again > 0 {
			r.Printf("; %s in a second shard", Plural(st.Again, "article lies again", "articles lie again"))
		}
		r.Printf("\n")
	}
	for _, l := range st.Left {
		r.Printf("  left %s: %s%s\n", l.Name, l.Reason, hinted(l.Hint))
	}
	if st.Skipped > 0 {
		r.Printf("%d skipped; `recount corpus status DIR --skipped` lists them\n", st.Skipped)
	}
	if st.Manifest != "" {
		r.Printf("manifest %s\n", st.Manifest)
	}
}

func hinted(hint string) string {
	if hint == "" {
		return ""
	}
	return "; " + hint
}

type corpusStatusCmd struct {
	Dir     string `arg:"" help:"Folder of the corpus." type:"path"`
	Skipped bool   `help:"List what was skipped, with the reasons."`
	Check   bool   `help:"Hash every file of the corpus anew."`
}

// Run says how far it is.
func (c *corpusStatusCmd) Run(r *Console) error {
	corpus, err := shards.Open(c.Dir, r.Store)
	if err != nil {
		return err
	}
	st, err := corpus.Status()
	if err != nil {
		return err
	}
	counted(r, st)
	r.Printf("%s made, of which tables %s\n", size(st.Disk), size(st.Tables))
	switch {
	case st.Outdated:
		r.Printf("another version of recount planned it; `recount corpus scan --to DIR` makes it anew\n")
	case st.Read < st.Shards:
		r.Printf("%s of %s of shards read; `recount corpus scan --to DIR` goes on\n", size(st.Done), size(st.Bytes))
	case st.Manifest == "":
		r.Printf("the articles are not compared yet; `recount corpus scan --to DIR` goes on\n")
	}
	if c.Skipped {
		err := corpus.EachSkipped(func(shard string, s shards.Skip) bool {
			name := s.Name
			if s.Part != "" {
				name += "#" + s.Part
			}
			r.Printf("  skipped %s in %s: %s%s\n", name, shard, s.Reason, hinted(s.Hint))
			return r.Ctx.Err() == nil
		})
		if err != nil {
			return err
		}
	}
	if c.Check {
		wrong, err := corpus.Check(r.Ctx)
		if err != nil {
			return err
		}
		for _, w := range wrong {
			r.Printf("  differs %s\n", w)
		}
		if len(wrong) > 0 {
			r.Printf("%s not as the manifest says; remove the folders in shards, parts and whole that they lie in, and scan again, which also writes manifest.json anew\n", Plural(len(wrong), "file is", "files are"))
			return errItems
		}
		r.Printf("every file is as the manifest says\n")
	}
	return nil
}

// size writes a number of bytes for people.
func size(n int64) string {
	switch {
	case n < 10_000:
		return fmt.Sprintf("%d bytes", n)
	case n < 10_000_000:
		return fmt.Sprintf("%d kB", n/1000)
	}
	return fmt.Sprintf("%d MB", n/1_000_000)
}

type corpusSliceCmd struct {
	Dir      string   `arg:"" help:"Folder of the corpus." type:"path"`
	Study    string   `arg:"" name:"into" help:"Folder of the study." type:"path"`
	From     *string  `help:"Articles published on this day or later: YYYY, YYYY-MM or YYYY-MM-DD." placeholder:"DATE"`
	To       *string  `help:"Articles published on this day or earlier." placeholder:"DATE"`
	Outlet   []string `help:"Articles of this outlet, by its name or by the host of its addresses." placeholder:"NAME" sep:"none"`
	Language []string `help:"Articles in this language, as en or de." placeholder:"LANG" sep:"none"`
	Word     []string `help:"Articles that hold these words in a row, in title or text." placeholder:"WORDS" sep:"none"`
	Person   []string `help:"Articles in which this person speaks." placeholder:"NAME" sep:"none"`
	All      bool     `help:"Every article of the corpus, in place of conditions."`
	Search   string   `help:"The name of the search that the articles are kept under." default:"corpus slice" placeholder:"NAME"`
	Dry      bool     `help:"Say how many articles it would be, and take none." name:"dry-run"`
}

// Run takes a slice.
func (c *corpusSliceCmd) Run(r *Console) error {
	f, err := c.filter()
	if err != nil {
		return err
	}
	corpus, err := shards.Open(c.Dir, r.Store)
	if err != nil {
		return err
	}
	s, err := study.Open(r.Ctx, c.Study, r.Opts)
	if err != nil {
		return err
	}
	r.closeLater(s)
	slice, err := corpus.Slice(r.Ctx, f, r.Opts.Progress)
	if err != nil {
		return err
	}
	r.Printf("of the corpus %.12s: %s chosen, on %s\n", slice.Manifest, Plural(slice.Articles, "article", "articles"), Plural(slice.Pages, "page", "pages"))
	if slice.Undated > 0 {
		r.Printf("%s without a date left out, because a period was asked for\n", Plural(slice.Undated, "article", "articles"))
	}
	if slice.Vague > 0 {
		r.Printf("%s left out whose date is a month or year that lies only partly in the period\n", Plural(slice.Vague, "article", "articles"))
	}
	if slice.Articles == 0 {
		r.Printf("nothing was taken: leave out one condition after the other to find the one that no article meets; names, words and hosts are compared whole\n")
		return nil
	}
	if c.Dry {
		return nil
	}
	a, err := s.AddPages(r.Ctx, study.Offer{Paths: []string{filepath.Base(c.Dir)}, Search: c.Search,
		Details: recount.SearchDetails{Database: "recount corpus " + slice.Manifest[:12], Filters: f.String()}}, slice.Items(r.Ctx))
	if a != nil {
		added(r, a)
	}
	if err == nil && len(a.New) > 0 {
		r.Printf("next: recount --study %s extract, which reads them\n", Cell(c.Study))
	}
	if err == nil && len(a.Refused)+len(a.StayOut) > 0 {
		return errItems
	}
	return err
}

// filter is what the conditions ask for. One that is empty, or that no article
// can meet, is refused: it would take all or nothing without a word.
func (c *corpusSliceCmd) filter() (f shards.Filter, err error) {
	f = shards.Filter{Outlets: c.Outlet, Languages: c.Language, Words: c.Word, People: c.Person}
	for _, d := range []struct {
		flag  string
		value *string
		to    *recount.Date
	}{{"--from", c.From, &f.From}, {"--to", c.To, &f.To}} {
		if d.value == nil {
			continue
		}
		if *d.to, err = recount.ParseDate(*d.value); err != nil {
			return f, fmt.Errorf("%s: %w", d.flag, err)
		}
	}
	if f.From.Known() && f.To.Known() && f.To.Last().Compare(f.From.First()) < 0 {
		return f, recount.WithHint(fmt.Errorf("--from %s is after --to %s: %w", f.From, f.To, recount.ErrInvalid), "give the earlier of the two with --from")
	}
	asked := 0
	for _, of := range []struct {
		flag   string
		values []string
	}{{"--outlet", f.Outlets}, {"--language", f.Languages}, {"--word", f.Words}, {"--person", f.People}} {
		asked += len(of.values)
		for _, v := range of.values {
			if strings.TrimSpace(v) == "" {
				return f, recount.WithHint(fmt.Errorf("%s is empty: %w", of.flag, recount.ErrInvalid), "say what is asked for, or leave the flag out")
			}
		}
	}
	for _, l := range f.Languages {
		if len(l) != 2 || strings.ToLower(l) != l {
			return f, recount.WithHint(fmt.Errorf("%q is no code of a language: %w", l, recount.ErrInvalid), "codes have two small letters: --language en; the flag may stand several times")
		}
	}
	if none := asked == 0 && !f.From.Known() && !f.To.Known(); none != c.All {
		if c.All {
			return f, recount.WithHint(fmt.Errorf("--all and a condition exclude each other: %w", recount.ErrInvalid), "leave one of the two out")
		}
		return f, recount.WithHint(fmt.Errorf("no condition says which articles: %w", recount.ErrInvalid), "give --outlet, --word, --from or another one, or --all for every article")
	}
	return f, nil
}
