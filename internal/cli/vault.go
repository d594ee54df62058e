package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"recount"
	"recount/internal/study"
	"recount/internal/vault"
)

type vaultCmd struct {
	List   vaultListCmd   `cmd:"" default:"1" help:"Say who opens the vault, and about whom it holds what."`
	Key    vaultKeyCmd    `cmd:"" help:"Make a key: its private part goes into a new file, its public part is printed."`
	Init   vaultInitCmd   `cmd:"" help:"Begin the vault, for two recipients or more."`
	Put    vaultPutCmd    `cmd:"" help:"Put something about a person into the vault; it is read from standard input."`
	Move   vaultMoveCmd   `cmd:"" help:"Move into the vault what was typed about a person before, and stands on no page."`
	Unseal vaultUnsealCmd `cmd:"" help:"Open what is sealed about a person, on the terminal."`
	Prove  vaultProveCmd  `cmd:"" help:"Show that an identity opens the vault."`
	Rotate vaultRotateCmd `cmd:"" help:"Make others those who open the vault."`
	Join   vaultJoinCmd   `cmd:"" help:"Take in the file of keys of a copy of the study."`
}

type vaultListCmd struct{}

func (c *vaultListCmd) Run(r *runner) error {
	return withVault(r, func(s *study.Study) error {
		v, err := s.Vault(r.Ctx)
		if err != nil {
			return err
		}
		opened(r, v)
		for _, p := range v.People {
			r.Printf("%.12s  %s\n", p.ID, Cell(p.Name))
			for _, f := range p.Fields {
				lost := ""
				if !f.Readable {
					lost = "  its key is not here: recount vault join FILE"
				}
				r.Printf("  %.12s  %-8s  %s, %s%s\n", f.ID, f.What, Cell(f.Actor), f.Time[:min(10, len(f.Time))], lost)
			}
		}
		return nil
	})
}

// withVault opens the study for a verb that handles what nobody else is to see:
// a process that ends badly leaves no image of its memory.
func withVault(r *runner, f func(s *study.Study) error) error {
	noCore()
	s, err := r.Open()
	if err != nil {
		return err
	}
	return f(s)
}

// opened says who opens the vault.
func opened(r *runner, v *study.Vault) {
	r.Printf("opens for %s", Cell(strings.Join(v.Proven, ", ")))
	if len(v.Open) > 0 {
		r.Printf("; not proven yet: %s (recount vault prove)", Cell(strings.Join(v.Open, ", ")))
	}
	r.Printf("\nfile of keys: %s\n", Cell(v.File))
}

// identityFiles are where the private parts of keys lie.
type identityFiles struct {
	Identity []string `help:"File with the private part of a key; may be given several times." placeholder:"FILE" sep:"none"`
}

func (c *identityFiles) with(r *runner) study.VaultKey {
	return study.VaultKey{Files: c.Identity, Ask: func(what string) ([]byte, error) { return secret(r, what) }}
}

// secret asks for words that nobody is to see; where nobody sits at a terminal
// they are a line of standard input.
func secret(r *runner, what string) ([]byte, error) {
	if f, ok := r.In.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		r.Printf("%s: ", what)
		b, err := term.ReadPassword(int(f.Fd()))
		r.Printf("\n")
		return b, err
	}
	line, err := readLine(r.In)
	if errors.Is(err, io.EOF) && line == "" {
		return nil, recount.WithHint(fmt.Errorf("%w: %s: none was given", recount.ErrInvalid, what), "type it when it is asked for, or give it as a line of standard input")
	}
	return []byte(line), nil
}

// readLine reads a line and nothing behind it.
func readLine(r io.Reader) (string, error) {
	var b []byte
	one := make([]byte, 1)
	for {
		n, err := r.Read(one)
		if n > 0 && one[0] == '\n' {
			return strings.TrimSuffix(string(b), "\r"), nil
		}
		b = append(b, one[:n]...)
		if err != nil || len(b) > mostTyped {
			return string(b), err
		}
	}
}

// mostTyped is how many bytes are read from standard input; what is too long
// for a field is refused with its length.
const mostTyped = 1 << 20

// recipients are who can open the vault.
type recipients struct {
	Recipient []string `help:"Who can open it: a name and a public key, or a file with one. Two or more." placeholder:"NAME=KEY" sep:"none"`
}

func (c *recipients) list() (out []vault.Recipient, err error) {
	for _, x := range c.Recipient {
		name, key, ok := strings.Cut(x, "=")
		if !ok {
			return nil, recount.WithHint(fmt.Errorf("%w: %.24q is no name with a key", recount.ErrInvalid, x), "write --recipient NAME=age1..., or --recipient NAME=FILE")
		}
		out = append(out, vault.Recipient{Name: strings.TrimSpace(name), Key: keyOrFile(key)})
	}
	return out, nil
}

// keyOrFile returns the public key that was given, or that is in the file which
// was named.
func keyOrFile(given string) string {
	if b, err := os.ReadFile(given); err == nil && len(b) < 1<<14 {
		return publicPart(string(b))
	}
	return given
}

// publicPart finds the public key in a file: of SSH, or as `recount vault key`
// and age-keygen note it.
func publicPart(text string) string {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if _, after, ok := strings.Cut(line, "public key: "); ok {
			return after
		}
		if line != "" && !strings.HasPrefix(line, "#") {
			return line
		}
	}
	return ""
}

type vaultKeyCmd struct {
	File       string `arg:"" help:"New file for the private part; keep it outside the folder of the study." type:"path"`
	Passphrase bool   `help:"Ask for a passphrase, without which the file opens nothing."`
}

func (c *vaultKeyCmd) Run(r *runner) error {
	noCore()
	if study.Exists(r.Dir) {
		if err := vault.Outside(c.File, r.Dir); err != nil {
			return err
		}
	}
	var pass []byte
	if c.Passphrase {
		var err error
		if pass, err = secret(r, "passphrase"); err == nil && len(pass) == 0 {
			err = recount.WithHint(fmt.Errorf("%w: the passphrase is empty", recount.ErrInvalid), "type one, or leave --passphrase out")
		}
		if err != nil {
			return err
		}
	}
	public, err := vault.WriteIdentity(c.File, pass)
	if err != nil {
		return err
	}
	r.Printf("%s\n", public)
	return nil
}

type vaultInitCmd struct {
	recipients
	identityFiles
}

func (c *vaultInitCmd) Run(r *runner) error {
	return withVault(r, func(s *study.Study) error {
		to, err := c.list()
		if err != nil {
			return err
		}
		if len(to) == 0 && len(c.Identity) == 0 {
			if to, err = c.ask(r); err != nil {
				return err
			}
		}
		v, err := s.BeginVault(r.Ctx, to, c.with(r))
		if err != nil {
			return err
		}
		r.Printf("the vault is begun; each of %s alone opens it, as was tried\n", Cell(strings.Join(v.Proven, ", ")))
		opened(r, v)
		r.Printf("keep a copy of the file of keys apart from backups of the study; without it nobody opens what is sealed\n")
		return nil
	})
}

// ask asks for recipients where nobody gave a flag.
func (c *vaultInitCmd) ask(r *runner) (out []vault.Recipient, err error) {
	in := bufio.NewScanner(r.In)
	question := func(q string) string {
		r.Printf("%s\n> ", q)
		if !in.Scan() {
			return ""
		}
		return strings.TrimSpace(in.Text())
	}
	for {
		name := question(fmt.Sprintf("recipient %d: who can open the vault? A name; empty when there are no more (two or more are needed).", len(out)+1))
		if name == "" {
			r.Printf("\n")
			return out, nil
		}
		key := question("the public key of " + name + " (age1..., ssh-ed25519 ...), or a file with it:")
		out = append(out, vault.Recipient{Name: name, Key: keyOrFile(key)})
		if file := question("the file with the private part, to prove that it opens the vault; empty if it is not at hand:"); file != "" {
			c.Identity = append(c.Identity, file)
		}
	}
}

type vaultPutCmd struct {
	Person string `arg:"" help:"Id of a person, or key of a speaker, or its first digits."`
	Field  string `arg:"" help:"name, alias, contact, note or evidence."`
}

func (c *vaultPutCmd) Run(r *runner) error {
	return withVault(r, func(s *study.Study) error {
		text, err := typedWords(r, c.Field)
		if err != nil {
			return err
		}
		saved, err := s.Seal(r.Ctx, c.Person, vault.Words{What: recount.SealedKind(c.Field), Text: text})
		if err != nil {
			return err
		}
		r.Printf("sealed as %.12s; `recount decisions erase` takes it out for ever\n", saved[0].ID)
		return nil
	})
}

type vaultMoveCmd struct {
	Person string `arg:"" help:"Id of a person, or key of a speaker, or its first digits."`
	Also   bool   `help:"Read further names to look for, one a line, from standard input."`
	Save   bool   `help:"Move it. Without it only what would go is listed."`
	Reason string `help:"Why, without names; it stays in the log." placeholder:"WORDS"`
}

func (c *vaultMoveCmd) Run(r *runner) error {
	return withVault(r, func(s *study.Study) error {
		ask := study.VaultMove{Person: c.Person, Save: c.Save, Reason: c.Reason}
		if c.Also {
			text, err := typedWords(r, "names")
			if err != nil {
				return err
			}
			for line := range strings.Lines(text) {
				if line = strings.TrimSpace(line); line != "" {
					ask.Also = append(ask.Also, line)
				}
			}
		}
		m, err := s.MoveIntoVault(r.Ctx, ask)
		if err != nil {
			return err
		}
		for _, w := range m.Words {
			r.Printf("  %-8s  %s\n", w.What, Cell(w.Text))
		}
		for _, a := range m.Answers {
			r.Printf("  goes with nothing in its place: %s\n", Cell(a))
		}
		producedGoes(r, m.Produced, m.Remade, c.Save)
		for _, f := range m.Left {
			r.Printf("  look at it: %s\n", Cell(f))
		}
		if !c.Save {
			if len(m.Words) == 0 {
				r.Printf("nothing was typed about the person that no page prints\n")
				return nil
			}
			r.Printf("%s would be sealed, %s given again without them. Nothing is saved: look at the list, then say --save\n", Plural(len(m.Words), "field", "fields"), Plural(m.Again, "answer", "answers"))
			return nil
		}
		r.Printf("%s sealed; %s given again without them, %s erased for good\n", Plural(m.Sealed, "field", "fields"), Plural(m.Again, "answer", "answers"), Plural(len(m.Answers), "answer", "answers"))
		if m.Shown {
			r.Printf("the person may be shown, so what is typed about him or her is not looked at: recount tier %.12s protected\n", c.Person)
		}
		r.Printf("copies of the study, exports and files of decisions from before still hold the words; an import here of such a file erases them again\n")
		if len(m.Left) > 0 {
			return errItems
		}
		return nil
	})
}

// typedWords reads what is to be sealed. It is no argument, since those stay in
// the history of the shell and are seen by other users while the program runs.
func typedWords(r *runner, what string) (string, error) {
	if f, ok := r.In.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		r.Printf("%s, ended by an empty line:\n", Cell(what))
		var lines []string
		for {
			line, err := readLine(r.In)
			if strings.TrimSpace(line) != "" {
				lines = append(lines, line)
			}
			if err != nil || strings.TrimSpace(line) == "" {
				return strings.Join(lines, "\n"), nil
			}
		}
	}
	b, err := io.ReadAll(io.LimitReader(r.In, mostTyped))
	if err == nil && strings.TrimSpace(string(b)) == "" {
		err = recount.WithHint(fmt.Errorf("%w: there are no words to seal", recount.ErrInvalid), "type them when they are asked for, or give them as standard input: recount vault put PERSON name < FILE")
	}
	return string(b), err
}

type vaultUnsealCmd struct {
	Person string `arg:"" help:"Id of a person, or key of a speaker, or its first digits."`
	identityFiles
	Reason string `help:"Why, without names; it stays in the log." placeholder:"WORDS"`
}

func (c *vaultUnsealCmd) Run(r *runner) error {
	if intoFile(r.Out) {
		return recount.WithHint(fmt.Errorf("%w: what is unsealed goes to the terminal and into no file", recount.ErrInvalid), "leave out the redirection")
	}
	return withVault(r, func(s *study.Study) error {
		p, err := s.Unseal(r.Ctx, c.Person, c.Reason, c.with(r))
		if err != nil {
			return err
		}
		left := false
		for _, f := range p.Fields {
			if !f.Readable {
				left = true
				r.Printf("%-8s  (its key is not here: recount vault join FILE)\n", f.What)
				continue
			}
			for i, line := range strings.Split(f.Words, "\n") {
				what := string(f.What)
				if i > 0 {
					what = ""
				}
				r.Printf("%-8s  %s\n", what, line)
			}
		}
		if left {
			return errItems
		}
		return nil
	})
}

// intoFile reports whether what is printed ends in a file.
func intoFile(out io.Writer) bool {
	if w, ok := out.(*writer); ok {
		out = w.to
	}
	f, ok := out.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode().IsRegular()
}

type vaultProveCmd struct {
	identityFiles
}

func (c *vaultProveCmd) Run(r *runner) error {
	return withVault(r, func(s *study.Study) error {
		v, err := s.ProveVault(r.Ctx, c.with(r))
		if err == nil {
			opened(r, v)
		}
		return err
	})
}

type vaultRotateCmd struct {
	recipients
	identityFiles
	Reason string `help:"Why; it stays in the log." placeholder:"WORDS"`
}

func (c *vaultRotateCmd) Run(r *runner) error {
	return withVault(r, func(s *study.Study) error {
		to, err := c.list()
		if err != nil {
			return err
		}
		v, err := s.RotateVault(r.Ctx, to, c.with(r), c.Reason)
		if err != nil {
			return err
		}
		opened(r, v)
		r.Printf("whoever has a copy of the file of keys from before, and an identity of then, still opens what was sealed until now\n")
		return nil
	})
}

type vaultJoinCmd struct {
	File string `arg:"" help:"File of keys of a copy of this study."`
}

func (c *vaultJoinCmd) Run(r *runner) error {
	return withVault(r, func(s *study.Study) error {
		v, n, err := s.JoinVault(r.Ctx, c.File)
		if err != nil {
			return err
		}
		r.Printf("%s taken in\n", Plural(n, "key", "keys"))
		opened(r, v)
		return nil
	})
}
