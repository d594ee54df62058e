package cli

import (
	"fmt"
	"strings"

	"recount"
	"recount/internal/casebook"
)

type typeCmd struct {
	Page    string   `arg:"" help:"Address or file name of the page, or the end of it."`
	Words   []string `help:"What is said, in the exact words of the page; once for each piece." placeholder:"WORDS" required:"" sep:"none"`
	Speaker string   `help:"Key of the speaker, or its first digits." placeholder:"KEY" xor:"who"`
	Name    string   `help:"The words of the page that name a speaker whom the program did not find." placeholder:"WORDS" xor:"who"`
	Kind    string   `help:"What the named speaker is: named, pseudonym, anonymous, collective, document, organisation or unspecified." default:"named" enum:"named,pseudonym,anonymous,collective,document,organisation,unspecified"`
	Gender  string   `help:"Of the named speaker, as the page shows it: woman, man, unknown or none." default:"unknown" enum:"woman,man,unknown,none"`
	Type    string   `help:"direct, indirect or mixed." default:"direct" enum:"direct,indirect,mixed"`
	Reason  string   `help:"Why." placeholder:"WORDS"`
}

func (c *typeCmd) Run(r *runner) error {
	return decide(r, func(b *casebook.Casebook) ([]casebook.Draft, error) {
		p, err := b.FindPage(c.Page)
		if err != nil {
			return nil, err
		}
		a, err := b.Article(r.Ctx, p.Key)
		if err != nil {
			return nil, err
		}
		var spans []recount.Span
		from := 0
		for _, w := range c.Words {
			i := strings.Index(a.Text[from:], w)
			if i < 0 || w == "" {
				return nil, recount.WithHint(fmt.Errorf("%w: the page does not say %q", recount.ErrNotFound, w), "copy the words from the article exactly, the pieces in their order")
			}
			spans = append(spans, recount.Span{Start: from + i, End: from + i + len(w)})
			from += i + len(w)
		}
		at, err := b.Anchor(r.Ctx, a.Key, spans...)
		if err != nil {
			return nil, err
		}
		var ref *recount.SpeakerRef
		switch {
		case c.Speaker != "":
			x, err := refOf(r, b, c.Speaker)
			if err != nil {
				return nil, err
			}
			ref = &x
		case c.Name != "":
			i := strings.Index(a.Text, c.Name)
			if i < 0 {
				return nil, recount.WithHint(fmt.Errorf("%w: the page does not name %q", recount.ErrNotFound, c.Name), "copy the name from the article exactly")
			}
			named, err := b.Anchor(r.Ctx, a.Key, recount.Span{Start: i, End: i + len(c.Name)})
			if err != nil {
				return nil, err
			}
			ref = &recount.SpeakerRef{At: named, Name: c.Name, Kind: recount.SpeakerKind(c.Kind), Gender: recount.Gender(c.Gender)}
		}
		return one(recount.StatementBody{Answer: recount.Accepted, At: at, Type: recount.QuotationType(c.Type), Speaker: ref, Typed: true}, c.Reason), nil
	})
}
