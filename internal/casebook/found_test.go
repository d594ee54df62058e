package casebook_test

import (
	"context"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"recount"
	"recount/internal/casebook"
)

// What is found by a short way is what a look at everything finds: by all digits
// of a key as by all but one, the outlets of all pages, and what is decided about
// one of them.
func TestFoundByAShortWay(t *testing.T) {
	ctx := context.Background()
	for seed := range uint64(2) {
		m := newStudy(t, 9, 4)
		rnd := rand.New(rand.NewPCG(seed, 3))
		m.save(m.random(rnd, 40)...)
		c := m.open()
		c.Outlets()
		m.save(append(m.random(rnd, 40), m.seal("bo", recount.PageBody{Page: m.articles[8].Page(), Field: recount.OutletField, Value: "The Evening Post"}))...)
		if _, err := c.Refresh(ctx); err != nil {
			t.Fatal(err)
		}
		for v, err := range c.Voices(ctx, casebook.Filter{All: true}) {
			if err != nil {
				t.Fatal(err)
			}
			for _, key := range []recount.Key{v.ID, v.Key} {
				whole, err := c.FindSpeaker(ctx, string(key))
				part, errPart := c.FindSpeaker(ctx, string(key[:len(key)-1]))
				if err != nil || errPart != nil || whole.ID != v.ID || part.ID != v.ID {
					t.Errorf("FindSpeaker(%s) = %v, %v and by all but one digit %v, %v; want %s", key, whole, err, part, errPart, v.ID)
				}
			}
			for _, u := range v.Utterances {
				by, whole, err := c.FindStatement(ctx, string(u.Key))
				_, part, errPart := c.FindStatement(ctx, string(u.Key[:len(u.Key)-1]))
				if err != nil || errPart != nil || by.Page.Key != v.Page.Key || whole.Key != u.Key || part.Key != u.Key {
					t.Errorf("FindStatement(%s) = %v, %v and by all but one digit %v, %v", u.Key, whole, err, part, errPart)
				}
			}
		}
		printed := map[string]bool{}
		for _, p := range c.Pages() {
			if p.Outlet != "" {
				printed[p.Outlet] = true
			}
			for _, k := range []recount.Kind{recount.KindScope, recount.KindMemo, recount.KindPage} {
				on := slices.DeleteFunc(c.Holding(k), func(d casebook.Placed) bool {
					return len(d.At) > 0 && !slices.ContainsFunc(c.On(p.Key), func(x casebook.Placed) bool { return x.ID == d.ID })
				})
				if d := cmp.Diff(ids(on), ids(c.HoldingOn(k, p.Key))); d != "" {
					t.Errorf("%s on %s (-of all +by place):\n%s", k, p.Key, d)
				}
			}
		}
		if !printed["The Evening Post"] {
			t.Error("the outlet that somebody corrected is on no page")
		}
		if d := cmp.Diff(slices.Sorted(maps.Keys(printed)), c.Outlets(), cmpopts.EquateEmpty()); d != "" {
			t.Errorf("outlets (-of the pages +kept):\n%s", d)
		}
	}
}

func ids(ds []casebook.Placed) (out []string) {
	for _, d := range ds {
		out = append(out, d.ID)
	}
	return out
}
