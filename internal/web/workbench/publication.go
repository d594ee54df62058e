package workbench

import (
	"net/http"

	"recount/internal/study"
)

// A publication is what speaks against a public edition, and those that there are.
type publication struct {
	Reasons  []reasonItem  `json:"reasons" doc:"why nothing can be published as it is, in the order in which changes are made; empty if nothing speaks against it"`
	Allowed  []string      `json:"allowed" doc:"reasons that two people override, in words"`
	People   int           `json:"people" doc:"who are counted"`
	Shown    int           `json:"shown" doc:"numbers that the edition would print"`
	Hidden   int           `json:"hidden" doc:"numbers that it would not"`
	Quoted   int           `json:"quoted" doc:"people whose printed words it would quote"`
	Quotes   int           `json:"quotes" doc:"quotations that it would print"`
	Omitted  []string      `json:"omitted" doc:"sentences of report.md that it would lack"`
	Recall   []recallItem  `json:"recall" doc:"editions to call back: they were written before somebody was protected who may stand in them"`
	Editions []editionItem `json:"editions" doc:"that were published, the newest first"`
}

type reasonItem struct {
	Code   string      `json:"code" doc:"names the reason; it stays the same when others come or go"`
	Kind   string      `json:"kind" enum:"small,worked_out,unproved,group,difference,together,unfitting,held,lowered,few_people,column,joined,leading,words,claim,rows,sealed,forgotten,language"`
	Text   string      `json:"text" doc:"in a sentence"`
	Cell   string      `json:"cell" doc:"the number, column or place that it is about"`
	Risk   int         `json:"risk" doc:"who knows that a person is counted there finds that person in one of so many; 0 if that is no question"`
	Low    int         `json:"low" doc:"what a reader can work out, from"`
	High   int         `json:"high" doc:"and to"`
	Was    int         `json:"was" doc:"in an earlier edition"`
	Detail string      `json:"detail" doc:"what the words hold, or why"`
	Quote  string      `json:"quote" doc:"the sentence that is meant"`
	More   int         `json:"more" doc:"other numbers that the same change mends"`
	Change *changeItem `json:"change" doc:"the mildest change after which it would pass; null if none can be made here"`
	Loss   *lossItem   `json:"loss" doc:"what goes with the change; null if it leaves no result out"`
	Help   string      `json:"help" doc:"what to do instead"`
	By     []string    `json:"by" doc:"who overrides it so far; it takes two"`
}

type changeItem struct {
	Op     string   `json:"op" enum:"classify,coarsen,merge,hide,drop,omit,rename"`
	What   string   `json:"what"`
	Values []string `json:"values"`
	To     string   `json:"to"`
	Text   string   `json:"text" doc:"in words"`
}

// A lossItem is what a change takes out of the edition.
type lossItem struct {
	Tables  []string `json:"tables" doc:"tables that go, by name"`
	Numbers []string `json:"numbers" doc:"numbers that go, by name"`
	Now     holding  `json:"now"`
	Then    holding  `json:"then"`
}

// A holding is how much an edition holds.
type holding struct {
	Numbers    int `json:"numbers"`
	Quotations int `json:"quotations"`
}

type recallItem struct {
	Number    int    `json:"number"`
	Day       string `json:"day"`
	Protected int    `json:"protected" doc:"people who were protected since"`
	Gone      int    `json:"gone" doc:"people who were taken out of the study since and may stand in it"`
}

type editionItem struct {
	Number int      `json:"number"`
	Day    string   `json:"day"`
	Name   string   `json:"name" doc:"of its folder in the study; empty if it lies elsewhere"`
	Files  []string `json:"files"`
}

type publicationRequest struct {
	Apply  []string `json:"apply,omitempty" doc:"codes of reasons whose changes are made"`
	All    bool     `json:"all,omitempty" doc:"make all changes, until none is left that can be made"`
	Allow  string   `json:"allow,omitempty" doc:"code of a reason that the caller overrides"`
	Reason string   `json:"reason,omitempty" doc:"why; a reason is overridden by two people who say why"`
	Write  bool     `json:"write,omitempty" doc:"write the edition into the folder of the study if nothing speaks against it"`
}

type publicationReply struct {
	decisionsReply
	Publication publication `json:"publication"`
	Applied     []string    `json:"applied" doc:"changes that were recorded, in words"`
	Before      *holding    `json:"before" doc:"what the edition would hold before the changes; null if none was made"`
	After       *holding    `json:"after" doc:"and after them"`
	Edition     int         `json:"edition" doc:"that was written; 0 if none was"`
}

// publicationOf shows what a check found.
func (s *Server) publicationOf(c *call, p *study.Publishing) (publication, error) {
	out := publication{Reasons: []reasonItem{}, Allowed: []string{}, People: p.People, Shown: p.Numbers, Hidden: p.Hidden, Quoted: p.Quoted, Quotes: p.Quotations,
		Omitted: append([]string{}, p.Omitted...), Recall: []recallItem{}, Editions: []editionItem{}}
	out.Allowed = append(out.Allowed, p.Allowed...)
	for _, x := range p.Recall {
		out.Recall = append(out.Recall, recallItem{x.Edition, x.Day, x.Protected, x.Gone})
	}
	for i := range p.Reasons {
		r := &p.Reasons[i]
		x := reasonItem{Code: r.Code, Kind: string(r.Kind), Text: r.Text, Cell: r.Cell, Risk: r.Risk, Low: r.Low, High: r.High, Was: r.Was, Detail: r.Detail, Quote: r.Quote, More: r.More, Help: helpInButtons(string(r.Kind), r.Help), By: append([]string{}, p.By[r.Code]...)}
		if r.Change != nil {
			x.Change = &changeItem{string(r.Change.Op), r.Change.What, append([]string{}, r.Change.Values...), r.Change.To, study.ChangeWords(*r.Change)}
		}
		if l, ok := p.Losses[r.Code]; ok {
			x.Loss = &lossItem{append([]string{}, l.Tables...), append([]string{}, l.Numbers...), holding(l.Now), holding(l.Then)}
		}
		out.Reasons = append(out.Reasons, x)
	}
	editions, err := s.study.PublicEditions(c.ctx)
	for _, x := range editions {
		out.Editions = append(out.Editions, editionItem{x.Number, x.Day, x.Name, append([]string{}, x.Files...)})
	}
	return out, err
}

// publication says what speaks against a public edition. It changes nothing.
func (s *Server) publication(c *call) (any, error) {
	var p *study.Publishing
	err := s.changing(c.ctx, func() (err error) {
		p, err = s.study.Publish(c.ctx, study.Publish{})
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.publicationOf(c, p)
}

// publish makes changes of the public edition, overrides a reason, or writes it.
func (s *Server) publish(c *call) (any, error) {
	req, err := in[publicationRequest](c)
	if err != nil {
		return nil, err
	}
	ask := study.Publish{ApplyCodes: req.Apply, All: req.All, Reason: req.Reason, Here: req.Write}
	if req.Allow != "" {
		ask.AllowCodes = []string{req.Allow}
	}
	before := s.numbers
	var p *study.Publishing
	err = s.changing(c.ctx, func() (err error) {
		if err := s.freshen(c); err != nil {
			return err
		}
		p, err = s.study.Publish(c.ctx, ask)
		return err
	})
	if err != nil {
		return nil, err
	}
	reply, err := s.reply(c, p.Saved, nil, before)
	if err != nil {
		return nil, err
	}
	out := publicationReply{decisionsReply: reply.(decisionsReply), Applied: append([]string{}, p.Applied...), Edition: p.Edition}
	if p.Before != nil && p.After != nil {
		before, after := holding(*p.Before), holding(*p.After)
		out.Before, out.After = &before, &after
	}
	out.Publication, err = s.publicationOf(c, p)
	return out, err
}

// A protection is how people are kept safe. It names nobody.
type protection struct {
	Vault  bool              `json:"vault" doc:"whether the study has a vault"`
	Sealed int               `json:"sealed" doc:"fields in the vault"`
	People []protectedPerson `json:"people" doc:"who may not be shown, by id"`
}

type protectedPerson struct {
	ID      string `json:"id" doc:"of the person, or of a speaker who does not count"`
	Tier    string `json:"tier" enum:"open,press,protected,withdrawn"`
	Held    bool   `json:"held" doc:"held back until somebody decides a tier"`
	Counted bool   `json:"counted" doc:"counts or may count"`
	Sealed  int    `json:"sealed" doc:"fields in the vault about the person"`
}

// protection says who is protected and what the vault holds, by numbers.
func (s *Server) protection(c *call) (any, error) {
	p, err := s.study.Protection(c.ctx)
	if err != nil {
		return nil, err
	}
	out := protection{Vault: p.Vault, Sealed: p.Sealed, People: []protectedPerson{}}
	for _, x := range p.People {
		out.People = append(out.People, protectedPerson{x.ID, string(x.Tier), x.Held, x.Counted, x.Sealed})
	}
	return out, nil
}

// editions serves the public editions that lie in the study, for reading.
func (s *Server) editions(w http.ResponseWriter, r *http.Request) {
	s.folder(w, r, "/editions", (*study.Study).Editions)
}
