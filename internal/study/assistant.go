package study

// This file asks a language model on a server that speaks the OpenAI protocol
// (Ollama, llama.cpp, vLLM) what it finds in the articles of a study, and
// shows what the program does not have.
//
// In: a loaded study and the address of a server. Out: suggestions with their
// places, and what was rejected; nothing is saved, and nothing of it enters a
// count unless a person types it in. Method: one request for each article,
// without its title, outlet or address; quotes checks the reply against the
// text. Limits: the text of the articles is sent to the server, which is on
// this machine unless the caller allows another; a model answers differently
// from one version to the next, so nothing here can be counted again.

import (
	"context"
	"fmt"
	"slices"

	"recount"
	"recount/internal/quotes"
)

// An Assistant holds what a model is asked about. It needs the study no more.
type Assistant struct {
	Articles []*recount.Article
	Address  string // where the text of the articles is sent
	Open     bool   // it is sent to another machine, and anybody on the way can read it

	client *client
	known  map[recount.Key][]recount.Span
	told   map[recount.Key]*recount.Reading
}

// A Suggestion is a statement that a person may type in.
type Suggestion struct {
	quotes.Assisted
	Known *recount.Speaker // the speaker of the article who is named so, or nil
	Aside bool             // it stands in a passage that was set aside as another story
}

// AssistTotal counts the articles that were asked about, and what was offered.
type AssistTotal struct {
	Asked  int // articles with an answer that could be read
	Failed int // articles without
	quotes.AssistCounts
}

// newAssistant prepares to ask about articles. readings hold what the program read out
// of them, looked the places that people decided about.
func newAssistant(articles []*recount.Article, readings map[recount.Key]*recount.Reading, looked map[recount.Key][]recount.Span, o AssistOptions) (*Assistant, error) {
	c, err := newClient(o)
	if err != nil {
		return nil, err
	}
	x := &Assistant{Articles: articles, client: c, Address: c.url.Scheme + "://" + c.url.Host, Open: c.url.Scheme == "http" && !local(c.url.Hostname()),
		known: map[recount.Key][]recount.Span{}, told: readings}
	for k, r := range readings {
		for i := range r.Statements {
			x.known[k] = append(x.known[k], r.Statements[i].Content...)
		}
		x.known[k] = append(x.known[k], looked[k]...)
	}
	return x, nil
}

// Ask asks about one article. fatal says that asking about another is in vain.
func (x *Assistant) Ask(ctx context.Context, a *recount.Article, n *AssistTotal) (out []Suggestion, fatal bool, err error) {
	n.Failed++ // until it has been read
	system, user, err := quotes.AssistMessages(a)
	if err != nil {
		return nil, false, err
	}
	reply, fatal, err := x.client.ask(ctx, system, user)
	if err != nil {
		return nil, fatal, err
	}
	found, counts, err := quotes.ReadAssist(a, x.known[a.Key], reply)
	if err != nil {
		return nil, false, err
	}
	n.Failed--
	n.Asked++
	n.Add(counts)
	for _, f := range found {
		s := Suggestion{Assisted: f}
		if r := x.told[a.Key]; r != nil {
			s.Known = named(a, r, f.Speaker)
			s.Aside = slices.ContainsFunc(r.Sentences, func(t recount.Sentence) bool {
				return t.Role == recount.OffTopic && slices.ContainsFunc(f.Words, t.Span.Overlaps)
			})
		}
		out = append(out, s)
	}
	return out, false, nil
}

// named returns the only speaker of the reading that is mentioned by the words
// at a place.
func named(a *recount.Article, r *recount.Reading, at recount.Span) (who *recount.Speaker) {
	if at.Len() == 0 {
		return nil
	}
	words := at.In(a.Text)
	for i := range r.Speakers {
		sp := &r.Speakers[i]
		if sp.Name != words && !slices.ContainsFunc(sp.Mentions, func(m recount.Span) bool { return m.Within(a.Text) && m.In(a.Text) == words }) {
			continue
		}
		if who != nil {
			return nil
		}
		who = sp
	}
	return who
}

// String sums up what was offered.
func (n *AssistTotal) String() string {
	return fmt.Sprintf("%d offered: %d new, %d the program has, %d offered twice, %d with words that are not in the article, %d with a speaker who is not in it, %d unreadable",
		n.Offered, n.New, n.Known, n.Repeated, n.NotVerbatim, n.NoSuchSpeaker, n.Unreadable)
}
