package main

import (
	"fmt"
	"os"

	"recount/corpus"
)

// printBare prints texts without marks.
func printBare(files []string) error {
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			return err
		}
		t, _ := corpus.Parse(f, string(data))
		fmt.Print(t.Bare())
	}
	return nil
}

// compare prints how far two annotations agree on the texts that both have, by
// kind of writing and in all.
func compare(first, second string, differences bool) error {
	ones, err := corpus.Load(os.DirFS(first))
	if err != nil {
		return err
	}
	twos, err := corpus.Load(os.DirFS(second))
	if err != nil {
		return err
	}
	byFile := map[string]*corpus.Text{}
	for _, t := range ones {
		byFile[t.File] = t
	}
	of := map[string]*corpus.Agreement{"all": {}}
	for _, t := range twos {
		one := byFile[t.File]
		if one == nil {
			continue
		}
		if of[t.Kind] == nil {
			of[t.Kind] = &corpus.Agreement{}
		}
		if differences {
			of[t.Kind].Differ = func(t *corpus.Text, line int, what string) {
				fmt.Printf("%s:%d: %s\n", t.File, line, what)
			}
		}
		for _, a := range [...]*corpus.Agreement{of[t.Kind], of["all"]} {
			if err := a.Add(one, t); err != nil {
				return err
			}
		}
	}
	if of["all"].Texts == 0 {
		return fmt.Errorf("%s and %s have no text in common", first, second)
	}
	fmt.Println("kind\ttexts\tstatements\tcontent F1\tsame words\twords\tspeaker\tcue\tsource\tmentions\tB3\tfigures")
	for _, k := range append(corpus.Kinds(twos), "all") {
		a := of[k]
		if a == nil {
			continue
		}
		same, n := a.Speaker.Same()
		fmt.Printf("%s\t%d\t%d\t%.3f\t%.3f\t%.3f\t%d/%d\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\n", k, a.Texts, a.Statements.First, a.Statements.F1(), a.Exact.F1(), a.Words.F1(),
			same, n, a.Cue.F1(), a.Source.F1(), a.Mentions.F1(), a.B3(), a.Figures.F1())
	}
	a := of["all"]
	fmt.Println("\nin all\tfirst\tsecond\tboth\tF1")
	for _, f := range [...]struct {
		name string
		corpus.Found
	}{
		{"statements, half of the words", a.Statements}, {"statements, the same words", a.Exact}, {"words of statements", a.Words},
		{"cues, the same words", a.Cue}, {"sources, a word in common", a.Source},
		{"mentions, the same words", a.Mentions}, {"mentions, a word in common", a.Overlap}, {"pairs of mentions that are one entity", a.Links},
		{"figures, the same words", a.Figures},
	} {
		fmt.Printf("%s\t%d\t%d\t%d\t%.3f\n", f.name, f.First, f.Second, f.Both, f.F1())
	}
	fmt.Printf("B3 of mentions both have\t\t\t\t%.3f\n", a.B3())
	same, of1 := a.Speaker.Same()
	fmt.Printf("\nof what both have\tof\tthe same\tshare\tkappa\nspeaker\t%d\t%d\t%.3f\t\n", of1, same, float64(same)/float64(of1))
	for _, l := range [...]struct {
		name string
		corpus.Labels
	}{
		{"direct, indirect, mixed", a.Type}, {"speech or thought", a.Thought}, {"kind of entity", a.Kind}, {"gender of entity", a.Gender},
		{"count, share, money", a.Counted}, {"unit of figure", a.Unit}, {"paragraph of another story", a.Off},
	} {
		same, n := l.Same()
		fmt.Printf("%s\t%d\t%d\t%.3f\t%.3f\n", l.name, n, same, float64(same)/float64(n), l.Kappa())
	}
	return nil
}
