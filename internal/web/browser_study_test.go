package web_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// An oracle knows how the example was decided: it is the same pages, so
// articles, speakers and statements have the same keys.
type oracle struct {
	*browser
	articles map[string]readArticle
}

func (o *oracle) article(key string) readArticle {
	a, ok := o.articles[key]
	if !ok {
		a = get[readArticle](o.browser, "/articles/"+key)
		o.articles[key] = a
	}
	return a
}

type oracled struct {
	scope  string
	values map[string]string
}

func (o *oracle) speaker(article, key string) oracled {
	out := oracled{values: map[string]string{}}
	for _, s := range o.article(article).Speakers {
		if s.Key == key {
			out.scope = s.Scope
			for _, v := range s.Values {
				if v.State == "accepted" {
					out.values[v.Variable] = v.Value
				}
			}
		}
	}
	return out
}

// statement says how a statement was decided, and with which codes.
func (o *oracle) statement(article, key string) (state string, codes []string) {
	for _, s := range o.article(article).Speakers {
		for _, x := range s.Statements {
			if x.Key == key {
				for _, c := range x.Codes {
					if c.State == "yes" {
						codes = append(codes, c.ID)
					}
				}
				return x.State, codes
			}
		}
	}
	return "", nil
}

// BenchmarkStudyByKeyboard decides the example by keyboard alone, each answer
// singly, as its decisions say, and counts the key presses per person:
// go test ./internal/web -run '^$' -bench StudyByKeyboard -benchtime 1x
func BenchmarkStudyByKeyboard(b *testing.B) {
	o := &oracle{open(b, serve(b, &example)), map[string]readArticle{}}
	for b.Loop() {
		c := &counted{browser: open(b, serve(b, &pristine))}
		codes := get[struct {
			Codes []struct {
				ID     string
				Pinned bool
			}
		}](c.browser, "/session").Codes
		first := get[struct{ Items []struct{ Key string } }](c.browser, "/articles?limit=1").Items[0].Key
		c.show("/articles/" + first)
		for key := first; key != ""; {
			c.until(`location.pathname === ` + quoted("/articles/"+key) + ` && !!document.querySelector('.paper')`)
			c.doArticle(o, key, func(id string) string {
				n := 0
				for _, x := range codes {
					if x.Pinned {
						n++
						if x.ID == id {
							return fmt.Sprint(n)
						}
					}
				}
				return ""
			})
			next := get[struct {
				Next string `json:"next_key"`
			}](c.browser, "/articles/"+key).Next
			if next != "" {
				c.key("J")
			}
			key = next
		}
		reading := c.presses
		c.doPairs(o)
		people := get[struct{ Total int }](c.browser, "/people").Total
		b.ReportMetric(float64(c.presses)/float64(max(people, 1)), "presses/person")
		b.ReportMetric(float64(reading), "presses-reading")
		b.ReportMetric(float64(c.presses-reading), "presses-pairs")
		b.Logf("people: %d here, %s in the example; headline %s", people, o.total(), c.headline())
	}
}

func (o *oracle) total() string {
	return fmt.Sprint(get[struct{ Total int }](o.browser, "/people").Total)
}

// doArticle answers what is open in the article on screen.
func (c *counted) doArticle(o *oracle, key string, digit func(string) string) {
	path := "/articles/" + key
	tried := map[string]int{}
	for range 120 {
		c.settled()
		a := get[readArticle](c.browser, path)
		at := run[string](c.browser, current)
		if len(a.Queue) == 0 || at == "" {
			return
		}
		if tried[at]++; tried[at] > 2 {
			c.key("j")
			if tried[at] > 3 {
				return
			}
			continue
		}
		kind, rest, _ := strings.Cut(at, ":")
		switch kind {
		case "speaker":
			switch o.speaker(key, rest).scope {
			case "yes":
				c.key("y")
			case "unclear":
				c.key("m")
			default:
				c.key("n")
				c.until(`!!document.querySelector('dialog[open]')`)
				c.key("1")
			}
		case "statement":
			state, codes := o.statement(key, rest)
			given := false
			for _, id := range codes {
				if d := digit(id); d != "" {
					c.key(d)
				} else {
					c.code(id)
				}
				given = true
				c.settled()
			}
			switch {
			case given:
				c.key("j")
			case state == "accepted" || state == "adjudicated":
				c.key("Enter")
			default:
				c.key("x")
			}
		case "value":
			speaker, variable, _ := strings.Cut(rest, "/")
			want := o.speaker(key, speaker).values[variable]
			now := run[string](c.browser, `document.querySelector('[role=option][aria-selected=true] .ask b').textContent`)
			switch {
			case want == "":
				c.key("j")
			case want == now:
				c.key("Enter")
			default:
				c.key("v")
				c.until(`!!document.querySelector('dialog[open] input')`)
				c.choose(want)
			}
		case "code":
			c.key("j")
		}
		c.until(`!document.querySelector('dialog[open]')`)
	}
}

// code gives a code by letters of its name.
func (c *counted) code(id string) {
	c.key("c")
	c.until(`!!document.querySelector('dialog[open] input')`)
	parts := strings.Split(id, ".")
	c.choose(strings.ReplaceAll(parts[len(parts)-1], "_", " "))
}

// choose types letters until the first line is the wanted one, then Enter.
func (c *counted) choose(want string) {
	first := `(document.querySelector('dialog[open] [role=option][aria-selected=true] bdi')?.textContent ?? '').replace('✓ ', '').replace(/^\+ .*: /, '')`
	for _, r := range want {
		if run[string](c.browser, first) == want {
			break
		}
		c.key(string(r))
	}
	c.until(first + ` === ` + quoted(want))
	c.key("Enter")
	c.until(`!document.querySelector('dialog[open]')`)
}

// doPairs answers the pairs as the example does; what it leaves open is left.
func (c *counted) doPairs(o *oracle) {
	c.key("g", "s")
	c.until(`location.pathname === '/links'`)
	seen := []string{}
	for range 200 {
		c.until(`!!document.querySelector('.pair h1') || !!document.querySelector('.state.nothing')`)
		at := run[string](c.browser, `document.querySelector('.state.nothing') ? '' : new URLSearchParams(location.search).get('pair') ?? ''`)
		if slices.Contains(seen, at) {
			return
		}
		seen = append(seen, at)
		ends := strings.Split(at, "/")
		if at == "" {
			first := get[struct{ Items []pairRow }](c.browser, "/pairs?order=next").Items
			if len(first) == 0 {
				return
			}
			ends = []string{first[0].A.Key, first[0].B.Key}
		}
		switch get[pairRow](o.browser, "/pairs/"+ends[0]+"/"+ends[1]).Answer {
		case "same":
			c.key("=")
		case "different":
			c.key("d")
		case "unsure":
			c.key("m")
		default:
			c.key("j")
		}
		c.until(`!document.querySelector('.saving.on')`)
	}
}
