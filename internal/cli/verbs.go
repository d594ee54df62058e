package cli

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"recount"
	"recount/docs"
	"recount/internal/disk"

	"recount/internal/figures"
	"recount/internal/study"
	"recount/internal/web"
)

type initCmd struct {
	Dir      string   `arg:"" optional:"" help:"New folder." type:"path"`
	Title    string   `help:"What the study is called." placeholder:"WORDS"`
	Question string   `help:"What it asks." placeholder:"WORDS"`
	From     string   `help:"First day, month or year that counts." placeholder:"DATE"`
	To       string   `help:"Last day, month or year that counts." placeholder:"DATE"`
	Who      []string `help:"Who counts, as a question answered yes, no or unclear; again for each further condition." placeholder:"WORDS" sep:"none"`
	Record   []string `help:"Variables to record of each person, with commas between." placeholder:"NAMES"`
	ID       string   `help:"Id of the study; a new one if none is given." hidden:""`
}

func (c *initCmd) Run(r *runner) error {
	dir := c.Dir
	if dir == "" {
		dir = r.Dir
	}
	u := study.Setup{Title: c.Title, Question: c.Question, From: c.From, To: c.To, Who: c.Who, Record: c.Record, ID: c.ID}
	if err := study.Vacant(dir); err != nil { // before anything is asked
		return err
	}
	// The questions are asked only where nobody gave a flag.
	if u.Title == "" && u.Question == "" && len(u.Who) == 0 && u.From == "" && u.To == "" && len(u.Record) == 0 {
		ask := bufio.NewScanner(r.In)
		question := func(q string) string {
			fmt.Fprintf(r.Out, "%s\n> ", q)
			if !ask.Scan() {
				return ""
			}
			return strings.TrimSpace(ask.Text())
		}
		u.Title = question("1 of 5: What is the study called?")
		u.Question = question("2 of 5: What does it ask?")
		u.Who = []string{question("3 of 5: Who counts? A question that is answered yes or no of each speaker.")}
		from, to, _ := strings.Cut(question("4 of 5: Which period? First and last month, like 2014-01 to 2015-08; empty for any."), "to")
		u.From, u.To = strings.TrimSpace(from), strings.TrimSpace(to)
		for _, v := range strings.FieldsFunc(question("5 of 5: What is recorded of each person? Names with commas, like gender, country; empty for nothing."), func(x rune) bool { return x == ',' || x == ' ' }) {
			u.Record = append(u.Record, strings.ToLower(v))
		}
		fmt.Fprintln(r.Out)
	}
	s, err := study.Init(r.Ctx, dir, u, r.Opts)
	if err != nil {
		return err
	}
	r.closeLater(s)
	r.Printf("study %s made; next: recount --study %s add FILES\n", dir, dir)
	return nil
}

type countCmd struct {
	Where string `help:"Which people: gender == \"woman\" && has(\"brutality\")." placeholder:"FILTER"`
	Of    string `help:"Print it as a share of these." placeholder:"FILTER"`
	Cite  bool   `help:"Print each person counted with the words that count."`
	Open  bool   `help:"Print the open questions that move the number or the headline of the report, and by how much at most."`
	All   bool   `help:"With --open: those that move any number of the report, and those that move none."`
	Rules bool   `help:"Print which numbers another counting rule would change."`
	By    string `help:"One row per value of a variable, per code, month, quarter or year." placeholder:"NAME"`
	CSV   string `help:"Write the numbers with their ranges into a new file instead." name:"csv" placeholder:"FILE"`
}

// printOpen lists open questions with what they move.
func printOpen(r *runner, list []study.OpenQuestion) {
	for _, q := range list {
		r.Printf("%.8s  %s: %s\n", q.Key, q.What, Cell(q.Text))
		for _, m := range q.Moves {
			if m.Most > 0 {
				r.Printf("          moves %s by at most %d\n", Cell(m.Label), m.Most)
			} else {
				r.Printf("          moves a share or a row of %s\n", Cell(m.Label))
			}
		}
		if len(q.Moves) == 0 {
			r.Printf("          moves no number of the report\n")
		}
	}
	if len(list) == 0 {
		r.Printf("no open question moves these numbers\n")
	}
}

func (c *countCmd) Run(r *runner) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	if c.Rules {
		moved, err := s.Rules(r.Ctx)
		if err != nil {
			return err
		}
		for _, m := range moved {
			r.Printf("%s\t%s\t%s -> %s\n", m.Rule, m.Name, m.Now, m.Then)
		}
		if len(moved) == 0 {
			r.Printf("no number changes under another counting rule\n")
		}
		return nil
	}
	q := study.Query{Name: "people", Label: "people", Where: c.Where, Of: c.Of, By: c.By, Share: c.Of != "" || c.Where != ""}
	if c.Where != "" {
		q.Label = "people where " + c.Where
	}
	switch {
	case c.All && !c.Open:
		return recount.WithHint(fmt.Errorf("%w: --all says which open questions are printed", recount.ErrInvalid), "add --open")
	case c.Open && (c.CSV != "" || c.Cite):
		return recount.WithHint(fmt.Errorf("%w: --open prints questions and no count", recount.ErrInvalid), "leave --cite and --csv out")
	case c.Open:
		list, err := s.OpenQuestions(r.Ctx, q, c.All)
		if err == nil {
			printOpen(r, list)
		}
		return err
	}
	res, cited, err := s.Count(r.Ctx, q)
	if err != nil {
		return err
	}
	if c.CSV != "" {
		return into(r, c.CSV, study.CountTable(res).CSV)
	}
	r.Printf("%s", study.Lines([]recount.Result{res}))
	if c.Cite {
		for _, x := range cited {
			words := strings.Join(strings.Fields(strings.Join(x.Words, " ... ")), " ")
			if words == "" {
				words = "no statement accepted yet"
			}
			if x.Old {
				words += " [the page's newest version no longer has these words: recount versions]"
			}
			r.Printf("  %s (%s): %s\n", x.Name, x.Article.Masthead(), words)
		}
	}
	return nil
}

type reportCmd struct {
	Standard string `help:"Make a report that comes with recount instead: pile, said or brief." placeholder:"NAME"`
	Freeze   string `help:"Keep it under a name; a version is never overwritten." placeholder:"NAME"`
	AsOf     string `help:"Count as of a version that was kept, a day, or an entry of the log." name:"as-of" placeholder:"WHEN"`
}

func (c *reportCmd) Run(r *runner) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	p, err := s.Report(r.Ctx, study.Edition{Standard: c.Standard, Freeze: c.Freeze, AsOf: c.AsOf})
	if err != nil {
		return err
	}
	produced(r, p)
	for _, w := range p.Warned {
		r.Printf("%s\n", Cell(w.String()))
	}
	return nil
}

type diffCmd struct {
	From string `arg:"" help:"A version that was kept, a day, or an entry of the log."`
	To   string `arg:"" optional:"" help:"The same; now if none is named." default:"now"`
}

func (c *diffCmd) Run(r *runner) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	d, err := s.Diff(r.Ctx, c.From, c.To)
	if err != nil {
		return err
	}
	if d.Turned {
		r.Printf("%s is earlier than %s, so this is what changed from %s to %s\n", d.From.Name, d.To.Name, d.From.Name, d.To.Name)
	}
	if len(d.Lines) == 0 {
		r.Printf("no number of report.md changed from %s to %s\n", d.From.Name, d.To.Name)
	}
	for _, l := range d.Lines {
		in := ""
		if strings.HasPrefix(l, "  ") {
			in = "  "
		}
		r.Printf("%s%s\n", in, Cell(strings.TrimSpace(l)))
	}
	if len(d.Also) > 0 {
		r.Printf("also:\n")
	}
	for _, l := range d.Also {
		r.Printf("  %s\n", Cell(l))
	}
	return nil
}

type serveCmd struct {
	Folder string `arg:"" optional:"" help:"Folder of the study, or one that holds studies." type:"path"`
	Addr   string `help:"Address to listen on." default:"127.0.0.1:8580"`
	Remote bool   `help:"Allow an address that other machines reach. The study names people." name:"allow-remote"`
}

func (c *serveCmd) Run(r *runner) error {
	folder := cmp.Or(c.Folder, r.Dir)
	if !study.Exists(folder) {
		if _, err := os.Stat(folder); err != nil {
			return recount.WithHint(err, "name the folder of a study, or one that holds studies")
		}
	}
	return serve(r, folder, c.Addr, c.Remote, nil)
}

type openCmd struct {
	Folder string `arg:"" optional:"" help:"Folder of a study, or one that holds studies." type:"path"`
	Addr   string `help:"Address to listen on." default:"127.0.0.1:0"`
	NoOpen bool   `help:"Print the address only." name:"no-open"`
}

func (c *openCmd) Run(r *runner) error {
	show := browse
	if c.NoOpen {
		show = nil
	}
	return serve(r, cmp.Or(c.Folder, r.Dir), c.Addr, false, show)
}

// browse shows an address in the browser of this machine. Where there is none
// the address that was printed is left.
func browse(url string) {
	name, args := "xdg-open", []string{url}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", url}
	}
	if cmd := exec.Command(name, args...); cmd.Start() == nil {
		go func() { _ = cmd.Wait() }()
	}
}

// anybody is who decides on the command line if nobody says who; in the
// browser such a person signs in.
const anybody = study.Unnamed

// serve shows a study, or the studies of a folder, until it is stopped.
func serve(r *runner, folder, addr string, remote bool, show func(url string)) error {
	actor := r.Opts.Actor
	if actor == anybody {
		actor = ""
	}
	o := web.Options{AllowRemote: remote}
	quiet := r.Opts
	quiet.Progress = nil
	s, err := web.Open(r.Ctx, folder, actor, r.Round, o, quiet)
	if err != nil {
		return err
	}
	go s.Watch(r.Ctx)
	o.Stopping = s.EndEvents
	err = web.Serve(r.Ctx, addr, s, o, func(url string) {
		r.Printf("serving %s  (stop with Ctrl-C)\n", url)
		if show != nil {
			show(url)
		}
	})
	return errors.Join(err, s.Close())
}

type demoCmd struct {
	Dir     string `arg:"" optional:"" help:"Where to put the study." default:"order-study" type:"path"`
	NoServe bool   `help:"Stop after the counts." name:"no-serve"`
	Addr    string `help:"Address to serve on." default:"127.0.0.1:8580"`
}

func (c *demoCmd) Run(r *runner) error {
	s, did, err := study.Demo(r.Ctx, c.Dir, r.Opts)
	if err != nil {
		return err
	}
	ran(r, did)
	if c.NoServe {
		return s.Close()
	}
	if err := s.Close(); err != nil {
		return err
	}
	return serve(r, c.Dir, c.Addr, false, nil)
}

type recheckCmd struct {
	Checkpoint string `help:"Show that the log was only added to since this checkpoint was kept: a checkpoint file, a report under out/, or an export of the decisions." placeholder:"FILE"`
	All        bool   `help:"Derive the whole pile again from the archive, however large it is."`
}

func (c *recheckCmd) Run(r *runner) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	x, err := s.Recheck(r.Ctx, study.Recheck{Checkpoint: c.Checkpoint, All: c.All})
	if err != nil {
		return err
	}
	r.Printf("%s hashed, %s replayed, %s: %s, %s recounted, %s verbatim\n", Plural(x.Captures, "capture", "captures"),
		Plural(x.Decisions, "decision", "decisions"), Plural(x.Reports, "report", "reports"), Plural(x.Files, "file", "files"),
		Plural(x.Numbers, "number", "numbers"), Plural(x.Citations, "citation", "citations"))
	r.Printf("%d entries of the log set beside %s, %s derived again\n", x.Entries, Plural(x.Checkpoints, "checkpoint", "checkpoints"), Plural(x.Derived, "capture", "captures"))
	if x.Signed > 0 {
		r.Printf("%s\n", Plural(x.Signed, "signature fits", "signatures fit"))
	}
	for _, n := range x.Notes {
		r.Printf("note: %s\n", n)
	}
	for _, p := range slices.Concat(x.Unlooked, x.Problems) {
		r.Printf("%s %s: %s\nhint: %s\n", p.What, p.Name, p.Text, p.Hint)
	}
	if len(x.Problems) > 0 {
		return errItems
	}
	if len(x.Unlooked) > 0 {
		r.Printf("what was compared fits; what is named above was not compared\n")
		if slices.ContainsFunc(x.Unlooked, func(p study.Problem) bool { return p.What == "report" }) {
			return errItems // nobody may take such a report for one that fits
		}
		return nil
	}
	r.Printf("everything fits\n")
	return nil
}

type checkCmd struct {
	Question []string `arg:"" help:"A share and a whole number: 61% of 58."`
}

func (c *checkCmd) Run(r *runner) error {
	a, err := figures.Check(strings.Join(c.Question, " "))
	if err != nil {
		return err
	}
	r.Printf("%s\n", a)
	if !a.Possible() {
		return errItems
	}
	return nil
}

type decisionsCmd struct {
	List    decisionsListCmd    `cmd:"" help:"List the decisions that hold, and what to look at."`
	Export  decisionsExportCmd  `cmd:"" help:"Write every decision as JSON Lines."`
	Import  decisionsImportCmd  `cmd:"" help:"Take over the decisions of a file."`
	Retract decisionsRetractCmd `cmd:"" help:"Take decisions back."`
	Erase   decisionsEraseCmd   `cmd:"" help:"Take the answer out of decisions for ever; that it was there stays."`
	Restore decisionsRestoreCmd `cmd:"" help:"Put a study file back as it was in use."`
	Sign    decisionsSignCmd    `cmd:"" help:"Sign your decisions with an SSH key."`
	Use     decisionsUseCmd     `cmd:"" help:"Take a study file into use although it looks cut off, or like that of another study."`
	Log     decisionsLogCmd     `cmd:"" help:"Write the entries of the log, whose Merkle tree the checkpoints are of."`
}

// findings lists what a person should look at, the first most of them.
func findings(r *runner, list []recount.Finding, most int) {
	for i, f := range list {
		if i == most {
			r.Printf("... and %d more; `recount decisions list` shows all\n", len(list)-most)
			return
		}
		r.Printf("%s: %s (", f.What, cut(f.Text, 400))
		for i, id := range f.Decisions {
			if i > 0 {
				r.Printf(", ")
			}
			r.Printf("%.12s", id)
		}
		r.Printf(")\n")
	}
}

type decisionsExportCmd struct {
	File string `arg:"" optional:"" help:"Where to; standard output if none is named."`
	Key  string `help:"Sign the list of the decisions with this SSH key, or with the one that your agent holds for this public key." placeholder:"FILE"`
}

func (c *decisionsExportCmd) Run(r *runner) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	return into(r, c.File, func(w io.Writer) error {
		if c.Key != "" {
			return s.ExportSignedLog(r.Ctx, w, c.Key)
		}
		return s.ExportLog(r.Ctx, w)
	})
}

// into writes to a new file, or to standard output if none is named.
func into(r *runner, file string, f func(io.Writer) error) error {
	if file == "" || file == "-" {
		r.Finish()
		return f(r.Out)
	}
	err := disk.FillNew(file, f)
	if errors.Is(err, fs.ErrExist) {
		return recount.WithHint(err, "name a new file; what is there is not overwritten")
	}
	return err
}

type decisionsImportCmd struct {
	File       string   `arg:"" help:"JSON Lines, as export writes them; - for standard input."`
	Accept     []string `help:"Whose new decisions are taken although no known key signed them: you know that they are theirs." placeholder:"NAME,..."`
	AcceptFile []string `help:"Study files that may take the place of yours." placeholder:"FILE,..."`
	ListedBy   string   `help:"Take the file only if a key of this person, as allowed_signers names it, signed the list of its decisions, and all of them are there." placeholder:"NAME"`
}

func (c *decisionsImportCmd) Run(r *runner, k *kong.Context) error {
	// Decisions of another study become somebody's only if --as is given here;
	// its default and RECOUNT_AS say who works now, not whose work it was.
	whose := ""
	for _, p := range k.Path {
		if p.Flag != nil && p.Flag.Name == "as" {
			whose = r.Opts.Actor
		}
	}
	in := r.In
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return recount.WithHint(err, "name a file that `recount decisions export` wrote")
		}
		defer f.Close()
		if i, err := f.Stat(); err == nil && i.IsDir() {
			return recount.WithHint(fmt.Errorf("%w: %s is a folder", recount.ErrInvalid, c.File), "name the file in it that `recount decisions export` wrote")
		}
		in = f
	}
	s, err := r.Open()
	if err != nil {
		return err
	}
	for _, f := range c.AcceptFile {
		if !slices.Contains(study.StudyFiles, f) {
			return recount.WithHint(fmt.Errorf("%w: no study file is called %q", recount.ErrInvalid, f), "they are "+strings.Join(study.StudyFiles, ", "))
		}
	}
	x, err := s.ImportDecisions(r.Ctx, in, study.Consent{As: whose, People: c.Accept, Files: c.AcceptFile, ListedBy: c.ListedBy})
	if err != nil {
		return err
	}
	r.Printf("%s read: %d new, %d known\n", Plural(x.Read, "decision", "decisions"), x.Added, x.Known)
	if x.Erased > 0 {
		r.Printf("%s erased, as the removals in the file say\n", Plural(x.Erased, "answer", "answers"))
	}
	if x.Skipped > 0 {
		r.Printf("%d left out: the other study's files and rules, which are its own\n", x.Skipped)
	}
	if x.Repaired > 0 {
		r.Printf("%s in study.db put back as it was made\n", Plural(x.Repaired, "damaged decision", "damaged decisions"))
	}
	for _, w := range x.Whose {
		r.Printf("by %s: %d new, ", Cell(w.Actor), w.New)
		switch {
		case w.Signed == w.New:
			r.Printf("signed\n")
		case w.Signed > 0:
			r.Printf("%d of them signed, the others accepted unsigned\n", w.Signed)
		default:
			r.Printf("accepted unsigned\n")
		}
	}
	if len(x.Listed) > 0 {
		r.Printf("the list of the decisions is signed by %s\n", Cell(strings.Join(x.Listed, ", ")))
	}
	for _, a := range x.Apart {
		r.Printf("note: %s\n", a)
	}
	for _, f := range x.Forks {
		r.Printf("fork: %s\n", f)
	}
	for _, c := range x.Cut {
		r.Printf("cut: %s\n", c)
	}
	findings(r, x.Findings, 20)
	if len(x.Findings)+len(x.Forks)+len(x.Cut) > 0 {
		return errItems
	}
	return nil
}

type decisionsEraseCmd struct {
	IDs    []string `arg:"" name:"id" help:"Ids, or their first digits."`
	Reason string   `help:"Why." placeholder:"WORDS"`
}

func (c *decisionsEraseCmd) Run(r *runner) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	if err := s.Erase(r.Ctx, c.IDs, c.Reason); err != nil {
		return err
	}
	r.Printf("%s erased\n", Plural(len(c.IDs), "answer", "answers"))
	return nil
}

type rebuildCmd struct{}

func (c *rebuildCmd) Run(r *runner) error {
	r.Opts.Anew = true // a file that cannot even be opened
	s, err := r.Open()
	if err != nil {
		return err
	}
	x, err := s.Rebuild(r.Ctx)
	if study.DerivedBroken(err) { // or not be emptied
		if err = r.end(nil); err == nil {
			err = study.DeleteDerived(r.Dir)
		}
		if err != nil {
			return err
		}
		if s, err = r.Open(); err == nil {
			x, err = s.Rebuild(r.Ctx)
		}
	}
	if err != nil {
		return err
	}
	r.Printf("%s read again\n", Plural(x.Read, "article", "articles"))
	return nil
}

type exportCmd struct {
	All     exportAllCmd     `cmd:"" name:"all" default:"withargs" help:"Everything as JSON Lines."`
	WACZ    exportWACZCmd    `cmd:"" name:"wacz" help:"The archived pages as one web archive (WACZ)."`
	Sources exportSourcesCmd `cmd:"" name:"sources" help:"The list of sources for a reference manager."`
	Result  exportResultCmd  `cmd:"" name:"result" help:"What is needed to judge one result, as a folder."`
	Tables  exportTablesCmd  `cmd:"" name:"tables" help:"The study as tables for a statistician, as a folder."`
}

type exportWACZCmd struct {
	File string `arg:"" help:"Where to: a new file, such as study.wacz."`
}

func (c *exportWACZCmd) Run(r *runner) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	if err := into(r, c.File, func(w io.Writer) error { return s.ExportWACZ(r.Ctx, w) }); err != nil {
		return err
	}
	r.Printf("%s\nFor the team only: it holds the archived pages as they are, and nothing in it has been through a disclosure check.\n", c.File)
	return nil
}

type exportSourcesCmd struct {
	File string `arg:"" help:"Where to: a new file that ends in .json (CSL-JSON), .ris or .bib (BibTeX)."`
}

func (c *exportSourcesCmd) Run(r *runner) error {
	form := strings.ToLower(filepath.Ext(c.File))
	if !slices.Contains(study.SourceForms, form) {
		return recount.WithHint(fmt.Errorf("%w: %s says by its ending no form of a list of sources", recount.ErrInvalid, c.File), "name a file that ends in .json for CSL-JSON, .ris for RIS or .bib for BibTeX")
	}
	s, err := r.Open()
	if err != nil {
		return err
	}
	n := 0
	err = into(r, c.File, func(w io.Writer) error {
		n, err = s.ExportSources(r.Ctx, form, w)
		return err
	})
	if err != nil {
		return err
	}
	r.Printf("%s: %s\nFor the team only: titles name people, and nothing in it has been through a disclosure check.\n", c.File, Plural(n, "source", "sources"))
	return nil
}

type exportResultCmd struct {
	Name string `arg:"" help:"A result of report.md."`
	Dir  string `arg:"" help:"New folder." type:"path"`
}

func (c *exportResultCmd) Run(r *runner) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	files, err := s.ExportResult(r.Ctx, c.Name, c.Dir)
	return folder(r, files, err)
}

// folder lists the files of a folder that was written.
func folder(r *runner, files []string, err error) error {
	if err != nil {
		return err
	}
	for _, f := range files {
		r.Printf("%s\n", f)
	}
	r.Printf("For the team only: it names people, and nothing in it has been through a disclosure check.\n")
	return nil
}

type exportTablesCmd struct {
	Dir string `arg:"" help:"New folder." type:"path"`
}

func (c *exportTablesCmd) Run(r *runner) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	files, err := s.ExportTables(r.Ctx, c.Dir)
	return folder(r, files, err)
}

type exportAllCmd struct {
	File string `arg:"" optional:"" help:"Where to; standard output if none is named."`
}

func (c *exportAllCmd) Run(r *runner) error {
	switch ext := strings.ToLower(filepath.Ext(c.File)); ext {
	case ".csv", ".xlsx", ".xls", ".ods", ".tsv":
		return recount.WithHint(fmt.Errorf("%w: %s is the name of a table, and an export is JSON Lines", recount.ErrInvalid, c.File),
			"for one row a person use `recount people --csv FILE` or `recount people --xlsx FILE`; for an export name a file like study.jsonl")
	}
	s, err := r.Open()
	if err != nil {
		return err
	}
	return into(r, c.File, func(w io.Writer) error { return s.Export(r.Ctx, w) })
}

type versionCmd struct{}

func (c *versionCmd) Run(r *runner) error {
	r.Printf("recount %s\n", recount.Version)
	return nil
}

type helpCmd struct {
	Verb []string `arg:"" optional:"" help:"A verb, or study.yaml, codebook.yaml, report.md, format, methods, ethics, threat."`
}

func (c *helpCmd) Run(r *runner) error {
	said := strings.Join(c.Verb, " ")
	verb, _, more := strings.Cut(said, " ")
	page, err := docs.Page(verb)
	// What stands under a verb, as scan under corpus, is explained with it.
	if err == nil && more && !strings.Contains(page, "    recount "+said+" ") {
		err = fmt.Errorf("no manual page for %q", said)
	}
	if err != nil {
		return recount.WithHint(err, "`recount help` lists the pages")
	}
	r.Printf("%s", page)
	return nil
}
