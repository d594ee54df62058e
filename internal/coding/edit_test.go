package coding

import (
	"errors"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"recount"
)

const small = `# Comments stay.
title: Reasons
version: 1
multi_label: true
codes:
  - code: fear
    short: Afraid # of what?
    definition: >
      The speaker was
      afraid.
    subcodes:
      # the nearest kind
      - code: fear.arrest
        short: Of arrest
      - code: fear.war
        short: Of war
  - code: money
    short: Pay
    example: "We were not paid: never."

# The end.
  - code: law
    parent: money
    short: Law
`

// TestEditCodebook makes each change in the text: what it does not touch stays
// as it was written.
func TestEditCodebook(t *testing.T) {
	tests := []struct {
		name   string
		e      Edit
		has    []string // lines of the new text
		lacks  []string
		became string
	}{
		{"a new code at the top", Edit{Op: AddCode, Code: "faith", Parts: recount.Code{Short: "Belief", Definition: "yes"}}, []string{"  - code: faith", "    short: Belief", `    definition: "yes"`}, nil, ""},
		{"a new code under one that has some", Edit{Op: AddCode, Code: "fear.debt", Parts: recount.Code{Parent: "fear"}}, []string{"      - code: fear.debt", "      # the nearest kind"}, nil, ""},
		{"a new code under one that has none", Edit{Op: AddCode, Code: "law.court", Parts: recount.Code{Parent: "law"}}, []string{"    subcodes:", "      - code: law.court"}, nil, ""},
		{"other parts", Edit{Op: ChangeCode, Code: "fear", Parts: recount.Code{Short: "Afraid", Definition: "Another: one.", UseWhen: strings.Repeat("long words ", 20)}},
			[]string{`    definition: "Another: one."`, "    use_when: >", "    short: Afraid # of what?"}, []string{"      afraid."}, ""},
		{"a part is taken out", Edit{Op: ChangeCode, Code: "money", Parts: recount.Code{Short: "Pay"}}, []string{"    short: Pay"}, []string{`    example: "We were not paid: never."`}, ""},
		{"another name", Edit{Op: RenameCode, Code: "fear", To: "fright"}, []string{"  - code: fright", "      - code: fright.arrest", "      # the nearest kind"}, []string{"  - code: fear"}, "fear>fright fear.arrest>fright.arrest fear.war>fright.war"},
		{"another name below", Edit{Op: RenameCode, Code: "fear.war", To: "battle"}, []string{"      - code: fear.battle"}, nil, "fear.war>fear.battle"},
		{"the parent of a flat list has another name", Edit{Op: RenameCode, Code: "money", To: "pay"}, []string{"    parent: pay"}, []string{"    parent: money"}, "money>pay"},
		{"to another parent", Edit{Op: MoveCode, Code: "fear.war", To: "money"}, []string{"    subcodes:", "      - code: money.war", "        short: Of war"}, []string{"      - code: fear.war"}, "fear.war>money.war"},
		{"to the top", Edit{Op: MoveCode, Code: "fear.war"}, []string{"  - code: war", "    short: Of war"}, nil, "fear.war>war"},
		{"with all below it", Edit{Op: MoveCode, Code: "fear", To: "law"}, []string{"      - code: law.fear", "          - code: law.fear.war"}, []string{"  - code: fear"}, "fear>law.fear fear.arrest>law.fear.arrest fear.war>law.fear.war"},
		{"the only one below leaves", Edit{Op: MoveCode, Code: "law", To: "fear"}, []string{"      - code: fear.law"}, []string{"    parent: money"}, "law>fear.law"},
		{"one with another", Edit{Op: MergeCode, Code: "fear", To: "money"}, []string{"      - code: money.war", "      - code: money.arrest"}, []string{"  - code: fear", "    short: Afraid # of what?"}, "fear.arrest>money.arrest fear.war>money.war fear=money"},
		{"several", Edit{Op: SplitCode, Code: "fear.war", Into: []string{"front", "", "bombs", "bombs"}}, []string{"      - code: fear.war", "      - code: fear.front", "      - code: fear.bombs"}, nil, "fear.war|fear.front,fear.bombs"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := EditCodebook([]byte(small), tt.e, 2)
			if err != nil {
				t.Fatal(err)
			}
			if got.Rewritten {
				t.Errorf("it was written anew:\n%s", got.Text)
			}
			have := strings.Split(string(got.Text), "\n")
			for _, l := range append(tt.has, "# Comments stay.", "# The end.", "version: 2") {
				if !slices.Contains(have, l) {
					t.Errorf("no line %q in\n%s", l, got.Text)
				}
			}
			for _, l := range tt.lacks {
				if slices.Contains(have, l) {
					t.Errorf("still the line %q in\n%s", l, got.Text)
				}
			}
			var became []string
			for _, b := range got.Became {
				became = append(became, b.Code+map[recount.CodebookOp]string{recount.MoveCode: ">", recount.MergeCode: "=", recount.SplitCode: "|"}[b.Op]+strings.Join(b.To, ","))
			}
			if s := strings.Join(became, " "); s != tt.became {
				t.Errorf("became %q, want %q", s, tt.became)
			}
		})
	}
}

// TestEditsThatAreRefused leave the file alone and say what to do.
func TestEditsThatAreRefused(t *testing.T) {
	for _, tt := range []struct {
		name string
		e    Edit
		want string
	}{
		{"no such code", Edit{Op: MoveCode, Code: "joy"}, `no code named "joy"`},
		{"no such parent", Edit{Op: MoveCode, Code: "fear", To: "joy"}, `no code named "joy"`},
		{"under itself", Edit{Op: MoveCode, Code: "fear", To: "fear"}, "cannot stand under itself"},
		{"under its own", Edit{Op: MoveCode, Code: "fear", To: "fear.war"}, "cannot stand under itself"},
		{"where it is", Edit{Op: MoveCode, Code: "fear.war", To: "fear"}, "stands there already"},
		{"a name that is taken", Edit{Op: RenameCode, Code: "fear", To: "money"}, "there is a code"},
		{"a name that is none", Edit{Op: RenameCode, Code: "fear", To: "a b"}, "no name for a code"},
		{"a new one that is there", Edit{Op: AddCode, Code: "fear"}, "there is a code"},
		{"no name", Edit{Op: AddCode}, "no name for a code"},
		{"with itself", Edit{Op: MergeCode, Code: "fear", To: "fear"}, "cannot become one"},
		{"with one below it", Edit{Op: MergeCode, Code: "fear", To: "fear.war"}, "cannot become one"},
		{"into one", Edit{Op: SplitCode, Code: "fear", Into: []string{"a"}}, "two or more"},
		{"nothing known", Edit{Op: "fold", Code: "fear"}, "nothing that can be done"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := EditCodebook([]byte(small), tt.e, 1)
			if !errors.Is(err, recount.ErrInvalid) || !strings.Contains(err.Error(), tt.want) || recount.HintOf(err) == "" {
				t.Errorf("got %v (hint %q), want %q", err, recount.HintOf(err), tt.want)
			}
		})
	}
}

// TestEditAnyForm changes codebooks in forms that cannot be changed line by
// line: they are written anew and say the same.
func TestEditAnyForm(t *testing.T) {
	for _, form := range []string{
		"codes: [{code: fear, short: Afraid}, {code: fear.war, parent: fear}, {code: money}] # a comment\n",
		"codes:\n- short: Afraid\n  code: fear\n  subcodes: [{code: fear.war}]\n- code: money\n",
		"codes:\n- code: fear\n  short: Afraid\n  subcodes:\n  - code: fear.war\n- code: money\n",
		"title: \"x: y\"\nunit: case\nmulti_label: true\ncodes:\n  - code: \"fear\"\n    subcodes:\n      -   code: 'fear.war'\n  - code: money\n",
		"codes:\n  - code: fear\n    definition: |\n      - code: money\n      no code\n    subcodes:\n      - code: fear.war\n  - code: money\n",
	} {
		for _, e := range []Edit{{Op: MoveCode, Code: "fear.war", To: "money"}, {Op: RenameCode, Code: "fear", To: "fright"}, {Op: MergeCode, Code: "fear", To: "money"},
			{Op: ChangeCode, Code: "fear", Parts: recount.Code{Short: "#1: no", Definition: "- a\n b"}}, {Op: AddCode, Code: "new"}, {Op: SplitCode, Code: "fear", Into: []string{"a", "b"}}} {
			if _, err := EditCodebook([]byte(form), e, 3); err != nil {
				t.Errorf("%s %s of\n%s: %v", e.Op, e.Code, form, err)
			}
		}
	}
	if got, err := EditCodebook(nil, Edit{Op: AddCode, Code: "first", Parts: recount.Code{Short: "The first"}}, 1); err != nil || len(got.Book.Codes) != 1 {
		t.Errorf("a first code: %v, %v", got, err)
	}
}

// TestEditsOfCodebooksAsTheyAre makes many changes, one on the other, in the
// codebook of the example and the one to start from: none is written anew, and
// no comment is lost.
func TestEditsOfCodebooksAsTheyAre(t *testing.T) {
	for _, path := range []string{"../../examples/order/codebook.yaml", "../study/codebook_start.yaml"} {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		comments := strings.Count(string(data), "#")
		for seed := range uint64(40) {
			r := rand.New(rand.NewPCG(seed, 1))
			now := data
			for n := range 12 {
				book, err := ParseCodebook(now)
				if err != nil {
					t.Fatal(err)
				}
				any := func() string { return book.Codes[r.IntN(len(book.Codes))].Code }
				e := Edit{Op: []EditOp{AddCode, ChangeCode, RenameCode, MoveCode, SplitCode}[r.IntN(5)], Code: any(), To: any(),
					Parts: recount.Code{Short: "a short " + string(rune('a'+n)), Definition: strings.Repeat("words: of a definition ", r.IntN(9)), Example: "yes"}}
				switch e.Op {
				case AddCode:
					e.Parts.Parent = any()
					e.Code = e.Parts.Parent + ".n" + string(rune('a'+n))
				case RenameCode:
					e.To = "r" + string(rune('a'+n))
				case MoveCode:
					if r.IntN(4) == 0 {
						e.To = ""
					}
				case SplitCode:
					e.Into = []string{"s" + string(rune('a'+n)), "t" + string(rune('a'+n))}
				}
				got, err := EditCodebook(now, e, n+2)
				if errors.Is(err, recount.ErrInvalid) {
					continue // it cannot be meant
				}
				if err != nil {
					t.Fatalf("%s: seed %d, %v: %v", path, seed, e, err)
				}
				if got.Rewritten {
					t.Fatalf("%s: seed %d: %+v was written anew:\n%s\nbefore:\n%s", path, seed, e, got.Text, now)
				}
				now = got.Text
			}
			if n := strings.Count(string(now), "#"); n != comments {
				t.Errorf("%s: seed %d: %d comments of %d are left", path, seed, n, comments)
			}
		}
	}
}

func FuzzEditCodebook(f *testing.F) {
	f.Add([]byte(small), "fear", "money", uint8(3))
	f.Fuzz(func(t *testing.T, data []byte, code, to string, op uint8) {
		e := Edit{Op: []EditOp{AddCode, ChangeCode, RenameCode, MoveCode, MergeCode, SplitCode}[op%6], Code: code, To: to, Into: []string{to, code + "x"}, Parts: recount.Code{Short: to, Definition: code}}
		was, err := ParseCodebook(data)
		if err != nil {
			return
		}
		got, err := EditCodebook(data, e, 1)
		if err != nil {
			return
		}
		for _, b := range got.Became { // no coding is lost: what a code became is a code
			for _, x := range b.To {
				if !slices.ContainsFunc(got.Book.Codes, func(c recount.Code) bool { return c.Code == x }) {
					t.Errorf("%s became %s, which is no code", b.Code, x)
				}
			}
		}
		for _, c := range was.Codes {
			there := slices.ContainsFunc(got.Book.Codes, func(x recount.Code) bool { return x.Code == c.Code })
			if !there && !slices.ContainsFunc(got.Became, func(b recount.CodebookBody) bool { return b.Code == c.Code }) {
				t.Errorf("%s is gone", c.Code)
			}
		}
	})
}
