package study

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"recount"
	"recount/internal/count"
	"recount/internal/release"
	"recount/internal/report"
)

// A Disclosure says what the study, or files made of it, would give away about
// the people who are counted.
type Disclosure struct {
	People int
	Keys   []string // columns by which somebody could be recognised
	Alone  []Recognised
	Few    int      // people who share their keys with fewer than release.Strict.Small, themselves included
	Alike  []string // codes that everybody in such a group shares, so that knowing the group is knowing the code
	Files  int      // that were searched
	Given  []Given

	// Edition is the number of the public edition of this study that the folder is; 0 if it
	// is none. What publish lets leave may leave: its rule is the only one.
	Edition int

	Unlooked int // names and contacts in the vault that were not looked for in the files
}

// Nothing reports whether nothing was found that would be given away.
func (d *Disclosure) Nothing() bool {
	if d.Edition > 0 { // the dataset is not in it
		return d.Unlooked == 0 && len(d.Given) == 0
	}
	return d.Unlooked == 0 && len(d.Alone) == 0 && d.Few == 0 && len(d.Alike) == 0 && len(d.Given) == 0
}

// A Recognised person is picked out by few of the keys.
type Recognised struct {
	ID   string
	Sets [][]string // of keys, none of them needless
}

// Given is something that files give away.
type Given struct {
	What   string
	Places []string // files, each once, sorted
}

// runs is how many words in a row identify a statement: in a collection of
// news, four words that somebody said stand in one article alone nine times of
// ten (docs/methods.md).
const runs = 4

// Disclosure measures how far the people who are counted could be recognised by
// the given columns of the dataset (all variables of the study and gender if
// none are given), and looks for their names, their words and the addresses of
// the pages in path, a file or folder; "" looks nowhere. With what opens the vault it
// looks for the names and contacts in it too.
func (s *Study) Disclosure(ctx context.Context, keys []string, path string, with VaultKey) (*Disclosure, error) {
	book, err := s.casebook(ctx, needs{})
	if err != nil {
		return nil, err
	}
	p := s.problem(book)
	p.Members, p.Links = book.Members(), book.Links()
	all, err := p.Persons()
	if err != nil {
		return nil, err
	}
	people := slices.DeleteFunc(all, func(x count.Person) bool { return !x.Counted })
	d := &Disclosure{People: len(people)}
	if d.Keys, err = s.keys(keys); err != nil {
		return nil, err
	}
	if err := d.recognise(people); err != nil {
		return nil, err
	}
	if path != "" {
		secrets, err := s.secrets(ctx, people)
		if err != nil {
			return nil, err
		}
		sealed, left, err := s.sealedWords(ctx, with, "the names are looked for in files that are about to leave")
		if err != nil {
			return nil, err
		}
		d.Unlooked = left
		index, err := s.searching(ctx, d, append(secrets, sealed...), sealed, path)
		if err != nil {
			return nil, err
		}
		if err := d.search(index, path, s.opts.Progress); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// ofPerson are the columns besides the variables by which people are told apart.
var ofPerson = map[string]func(*count.Person) string{
	"gender":         func(x *count.Person) string { return x.Gender },
	"kind":           func(x *count.Person) string { return x.Kind },
	"first_reported": func(x *count.Person) string { return x.FirstReported },
	"first_outlet":   func(x *count.Person) string { return x.FirstOutlet },
}

// keys checks the names of columns; without any it takes all that are known of
// a person, because a column that nobody classified must not pass.
func (s *Study) keys(names []string) ([]string, error) {
	known := []string{"gender"}
	for _, v := range s.config.Names() {
		if v != "gender" {
			known = append(known, v)
		}
	}
	if len(names) == 0 {
		if len(known) > release.MaxKeys {
			return nil, recount.WithHint(fmt.Errorf("the study has %d columns that may identify, the measure takes %d: %w", len(known), release.MaxKeys, recount.ErrInvalid),
				"name those that leave the study with --keys: "+strings.Join(known, ", "))
		}
		return known, nil
	}
	for _, n := range names {
		if _, ok := ofPerson[n]; !ok && !slices.Contains(known, n) {
			more := slices.Sorted(maps.Keys(ofPerson))
			return nil, recount.WithHint(fmt.Errorf("no column %q: %w", n, recount.ErrInvalid),
				"columns are "+strings.Join(slices.Compact(slices.Sorted(slices.Values(append(more, known...)))), ", "))
		}
	}
	return slices.Compact(slices.Sorted(slices.Values(names))), nil
}

// recognise measures the rows of the dataset.
func (d *Disclosure) recognise(people []count.Person) error {
	rows := make(release.Keys, len(people))
	codes := map[string]bool{}
	for i := range people {
		for _, k := range d.Keys {
			v := people[i].Values[k]
			if f, ok := ofPerson[k]; ok {
				v = f(&people[i])
			}
			// What nobody knows is a value here: "unknown" printed beside the
			// others tells people apart like any other word.
			rows[i] = append(rows[i], known(v, "unknown"))
		}
		for _, c := range people[i].Codes {
			codes[c] = true
		}
	}
	fk, err := release.Frequencies(rows)
	if err != nil {
		return err
	}
	special, err := release.Uniques(rows)
	if err != nil {
		return err
	}
	for i := range people {
		if fk[i] < release.Strict.Small {
			d.Few++
		}
		if special.Score[i] == 0 {
			continue
		}
		r := Recognised{ID: short(people[i].ID)}
		for _, set := range special.Sets[i] {
			var names []string
			for _, c := range set {
				names = append(names, d.Keys[c])
			}
			r.Sets = append(r.Sets, names)
		}
		d.Alone = append(d.Alone, r)
	}
	for _, c := range slices.Sorted(maps.Keys(codes)) {
		has := make([]string, len(people))
		for i := range people {
			has[i] = flag(people[i].Has(c))
		}
		div, err := release.Diversities(rows, has)
		if err != nil {
			return err
		}
		for i := range people {
			if fk[i] > 1 && has[i] == "1" && div[i].Distinct == 1 {
				d.Alike = append(d.Alike, c)
				break
			}
		}
	}
	return nil
}

// secrets lists what must not stand in anything that leaves: what people are
// called, what they said, and where it was printed.
func (s *Study) secrets(ctx context.Context, people []count.Person) ([]release.Secret, error) {
	var out []release.Secret
	seen := map[release.Secret]bool{}
	add := func(x release.Secret) {
		if strings.ContainsFunc(x.Words, letter) && !seen[x] {
			seen[x] = true
			out = append(out, x)
		}
	}
	at := map[recount.Key][]recount.AcceptedStatement{}
	var pages []recount.Key
	everybody, err := s.book.Persons(ctx)
	if err != nil {
		return nil, err
	}
	counted := map[string]bool{}
	for i := range people {
		counted[people[i].ID] = true
	}
	for i := range everybody {
		if !counted[everybody[i].ID] {
			continue
		}
		for _, m := range everybody[i].Everywhere() {
			add(release.Secret{Words: m.Speaker.Name, Why: "what a person is called", Name: m.Speaker.Kind != recount.Anonymous})
			if _, ok := at[m.Article]; !ok {
				pages = append(pages, m.Article)
			}
			at[m.Article] = append(at[m.Article], m.Statements...)
		}
	}
	slices.Sort(pages)
	book := s.book
	for _, key := range pages {
		a, err := book.Article(ctx, key)
		if err != nil {
			return nil, err
		}
		add(release.Secret{Words: a.Title, Why: "the title of a page on which a person speaks", Runs: 2 * runs})
		add(release.Secret{Words: strings.TrimPrefix(strings.TrimPrefix(a.URL, "https://"), "http://"), Why: "the address of a page on which a person speaks"})
		for _, st := range at[key] {
			for _, span := range st.At {
				if !span.Within(a.Text) {
					continue // it stands in an older text only
				}
				words := span.In(a.Text)
				if len(strings.Fields(words)) < runs {
					continue // fewer words are anybody's
				}
				add(release.Secret{Words: words, Why: "what a person said", Runs: runs})
			}
		}
	}
	return out, nil
}

func letter(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r > 127
}

// searching prepares what is looked for: in a public edition that the log names what
// publish looks for, and in anything else all secrets.
func (s *Study) searching(ctx context.Context, d *Disclosure, all, sealed []release.Secret, path string) (*release.Index, error) {
	sum, err := hashOf(filepath.Join(path, report.ManifestName))
	if err != nil { // a file, or a folder that is no edition
		return release.NewIndex(all)
	}
	for _, p := range s.book.Holding(recount.KindPublish) {
		b, ok := p.Answer.(recount.PublishBody)
		if !ok || b.Edition == 0 || b.Manifest != sum {
			continue
		}
		e, err := s.newEdition(ctx, true)
		if err != nil {
			return nil, err
		}
		d.Edition, e.sealed = b.Edition, sealed
		secrets, err := e.secrets(ctx)
		if err != nil {
			return nil, err
		}
		index, err := release.NewIndex(secrets)
		if err != nil {
			return nil, err
		}
		return index, e.ordinary(ctx, index)
	}
	return release.NewIndex(all)
}

// search looks for secrets in a file or folder.
func (d *Disclosure) search(index *release.Index, path string, progress Progress) error {
	info, err := os.Stat(path)
	if err != nil {
		return recount.WithHint(err, "name a file or folder that is about to leave the team")
	}
	var hits []release.Hit
	if info.IsDir() {
		hits, err = d.searchFolder(index, path, progress)
	} else {
		var b []byte
		if b, err = os.ReadFile(path); err == nil {
			d.Files = 1
			hits, err = index.SearchFile(filepath.Base(path), b)
		}
	}
	if err != nil {
		return err
	}
	at := map[string][]string{}
	for _, h := range hits {
		at[h.Why] = append(at[h.Why], h.File)
	}
	for _, why := range slices.Sorted(maps.Keys(at)) {
		slices.Sort(at[why])
		d.Given = append(d.Given, Given{why, slices.Compact(at[why])})
	}
	return nil
}

func (d *Disclosure) searchFolder(index *release.Index, path string, progress Progress) ([]release.Hit, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	if err := fs.WalkDir(root.FS(), ".", func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			d.Files++
		}
		return err
	}); err != nil {
		return nil, err
	}
	return index.Search(root.FS(), func(files int) { progress("searched", files, d.Files) })
}
