package cli

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"recount"

	"recount/internal/study"
)

type assistCmd struct {
	Pages    []string      `arg:"" optional:"" name:"page" help:"Addresses or file names of pages, or the ends of them; the first print of every original if none is named."`
	Endpoint string        `help:"Address of the server, as in http://127.0.0.1:11434." placeholder:"URL" required:""`
	Model    string        `help:"Name of the model, as the server lists it." placeholder:"NAME" required:""`
	Remote   bool          `help:"Allow a server that is not this machine. The text of the articles is sent to it."`
	Timeout  time.Duration `help:"How long to wait for the reply about one article." default:"5m" placeholder:"TIME"`
}

func (c *assistCmd) Run(r *runner) error {
	if c.Timeout <= 0 {
		return recount.WithHint(fmt.Errorf("%w: a wait of %s", recount.ErrInvalid, c.Timeout), "give a time like 90s or 5m")
	}
	s, err := study.Open(r.Ctx, r.Dir, r.Opts)
	if err != nil {
		return err
	}
	x, err := s.Assistant(r.Ctx, study.AssistOptions{Endpoint: c.Endpoint, Model: c.Model, Remote: c.Remote, Timeout: c.Timeout}, c.Pages)
	// A model may think for hours; others can work in the study meanwhile.
	if err := errors.Join(err, s.Close()); err != nil {
		return err
	}
	open := ""
	if x.Open {
		open = ", and anybody on the way can read it"
	}
	r.Finish()
	fmt.Fprintf(r.Err, "the text of %s is sent to %s%s; what comes back is suggestion only, and nothing is saved\n", Plural(len(x.Articles), "article", "articles"), x.Address, open)
	var n study.AssistTotal
	for i, a := range x.Articles {
		r.Opts.Progress("assist", i, len(x.Articles))
		found, fatal, err := x.Ask(r.Ctx, a, &n)
		if fatal {
			return err
		}
		if err != nil {
			r.Printf("%s\n    not read: %v\n", a.Page(), err)
			continue
		}
		if len(found) > 0 {
			r.Printf("%s\n", a.Page())
		}
		for _, f := range found {
			suggestion(r, a, &f)
		}
	}
	r.Printf("%s asked about: %s\n", Plural(n.Asked, "article", "articles"), &n)
	if n.Failed > 0 {
		r.Printf("%s not read\n", Plural(n.Failed, "article", "articles"))
		return errItems
	}
	return nil
}

// suggestion prints the words, who is said to have said them, and the command
// that types them in.
func suggestion(r *runner, a *recount.Article, f *study.Suggestion) {
	command := []string{"recount", "type", shellWord(a.Page())}
	var words []string
	for _, w := range f.Words {
		words = append(words, w.In(a.Text))
		command = append(command, "--words="+shellWord(w.In(a.Text)))
	}
	who := "nobody named"
	if f.Speaker.Len() > 0 {
		who = f.Speaker.In(a.Text)
		if f.Known != nil {
			command = append(command, fmt.Sprintf("--speaker=%.12s", f.Known.Key()))
		} else {
			command = append(command, "--name="+shellWord(who))
		}
	}
	r.Printf("    %s (%s, %s)\n", strings.Join(words, " ... "), who, f.Type)
	if f.Aside {
		r.Printf("    in a passage that was set aside as another story\n")
	}
	if !f.First {
		r.Printf("    the same words stand earlier on the page too, and the command takes those; give more words\n")
	}
	r.Printf("    %s --type=%s\n", strings.Join(command, " "), f.Type)
}

// shellWord writes s so that a shell takes it as one word, as it is.
func shellWord(s string) string {
	plain := func(c rune) bool {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("-_./:,@%+", c)
	}
	if s != "" && strings.IndexFunc(s, func(c rune) bool { return !plain(c) }) < 0 {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
