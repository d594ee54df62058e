package study_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"recount"
	"recount/internal/study"
)

// An import says which decisions a file does not hold any more of what was
// written to it, and nothing of a file that is whole.
func TestCutFileIsSaid(t *testing.T) {
	h := newHeldStudy(t)
	d := &desk{t: t, here: h.after}
	there := copyFolder(t, h.after)
	for i := range 5 {
		d.decide(there, fmt.Sprint("thought ", i))
	}
	file := d.export(there)
	another := copyFolder(t, h.after)
	d.decide(another, "in the other", "and once more in the other")
	other := d.export(another)
	var answers bytes.Buffer
	s := openStudy(t, there, "ada")
	if _, err := s.ExportAnswers(context.Background(), &answers, "ada"); err != nil {
		t.Fatal(err)
	}
	closed(t, s)

	known := map[string]bool{}
	decisions := func(file string) (ds []recount.Decision, lines []string, rest string) {
		for line := range strings.Lines(file) {
			var x recount.Decision
			if err := json.Unmarshal([]byte(line), &x); err == nil && x.ID != "" {
				ds, lines = append(ds, x), append(lines, line)
			} else {
				rest += line
			}
		}
		return ds, lines, rest
	}
	before, _, _ := decisions(d.export(h.after))
	for _, x := range before {
		known[x.ID] = true
	}
	all, lines, rest := decisions(file)
	var isNew, isOld []int // places of decisions that are not here, and are
	for i, x := range all {
		if known[x.ID] {
			isOld = append(isOld, i)
		} else {
			isNew = append(isNew, i)
		}
	}
	if len(isNew) != 5 || len(isOld) < 3 || len(all) < 8 {
		t.Fatalf("%d decisions, %d of them new", len(all), len(isNew))
	}
	without := func(at ...int) string {
		var out string
		for i, line := range lines {
			if !slices.Contains(at, i) {
				out += line
			}
		}
		return out + rest
	}
	id := func(i int) string { return all[i].ID[:12] }
	last := len(all) - 1
	var ofAda []int
	for i, x := range all {
		if x.Actor == "ada" {
			ofAda = append(ofAda, i)
		}
	}
	tail := func(file, prefix string) string { return file[strings.LastIndex(file, "\n"+prefix)+1:] }
	list, end := tail(file, `{"ids":`), tail(file, `{"end":`)
	log := regexp.MustCompile(`(?m)^\{"(leaves|checkpoint)":.*\n`)
	shuffled := slices.Clone(lines)
	slices.Reverse(shuffled)
	digest := regexp.MustCompile(`[0-9a-f]{64}`).FindString(end)
	idsOf := func(at []int) (ids []string) {
		for _, i := range at {
			ids = append(ids, all[i].ID)
		}
		return ids
	}
	firstOf := func(file string) string {
		ds, _, _ := decisions(file)
		return ds[0].ID
	}
	// cutBoth takes decisions out of a file and their ids out of its list, and says
	// how many are left, as who edits it by hand does; anew computes the digest too.
	cutBoth := func(file string, anew bool, ids ...string) string {
		ds, lines, rest := decisions(file)
		var out, raw string
		var kept []string
		for i, x := range ds {
			if !slices.Contains(ids, x.ID) {
				out, kept = out+lines[i], append(kept, x.ID)
				b, err := hex.DecodeString(x.ID)
				if err != nil {
					t.Fatal(err)
				}
				raw += string(b)
			}
		}
		h := sha256.New()
		for line := range strings.Lines(rest) {
			switch {
			case strings.HasPrefix(line, `{"checkpoint":`):
				h.Write([]byte(line))
				out += line
			case strings.HasPrefix(line, `{"ids":`):
				if raw != "" {
					out += `{"ids":"` + base64.StdEncoding.EncodeToString([]byte(raw)) + `"}` + "\n"
				}
				raw = ""
			case strings.HasPrefix(line, `{"end":`):
				line = regexp.MustCompile(`"decisions":\d+`).ReplaceAllString(line, fmt.Sprintf(`"decisions":%d`, len(kept)))
				if anew {
					for _, id := range kept {
						h.Write([]byte(id + "\n"))
					}
					line = regexp.MustCompile(`[0-9a-f]{64}`).ReplaceAllString(line, hex.EncodeToString(h.Sum(nil)))
				}
				out += line
			default:
				out += line
			}
		}
		return out
	}
	everyOne := make([]int, len(all))
	for i := range everyOne {
		everyOne[i] = i
	}
	const changed = "the list of the decisions in the file is not the one that it was written with"
	many := []int{0, 2, 4, 6, 8, 10, 12, 14}
	of := fmt.Sprintf(" of the %d decisions that the file held when it was written are not in it: ", len(all))
	const again = "; get the file again from whoever exported it"
	tests := []struct {
		name, file string
		want       string // is said, or a part of it; "" if nothing
		refused    string // it is, with these words
	}{
		{"a whole file", file, "", ""},
		{"the first one", without(0), "1" + of + "1 before " + id(1), ""},
		{"the last one", without(last), "1" + of + "1 behind " + id(last-1), ""},
		{"one in the middle", without(5), "1" + of + "1 between " + id(4) + " and " + id(6), ""},
		{"three in a row", without(3, 4, 5), "3" + of + "3 between " + id(2) + " and " + id(6), ""},
		{"two places", without(0, 1, 5), "3" + of + "2 before " + id(2) + ", 1 between " + id(4) + " and " + id(6), ""},
		{"more places than are named", without(many...), fmt.Sprintf("%d%s1 before %s", len(many), of, id(1)), ""},
		{"all of one person", without(ofAda...), fmt.Sprintf("%d%s", len(ofAda), of), ""},
		{"all of them", rest, fmt.Sprintf("%d%sall of them", len(all), of), ""},
		{"one that is here", without(isOld[1]), "; this study has all of them" + again, ""},
		{"one that is not here", without(isNew[1]), again, ""},
		{"one that is here and one that is not", without(isOld[1], isNew[1]), "; this study has 1 of them" + again, ""},
		{"its header kept, its answer gone", strings.Replace(file, lines[isNew[0]], headerOf(t, lines[isNew[0]]), 1), "", "its answer is missing"},
		{"cut within a decision", file[:strings.Index(file, lines[7])+40], "", "line 8: invalid: it is no decision"},
		{"cut behind a decision", file[:strings.Index(file, lines[7])], "the file does not say which decisions it held", ""},
		{"cut behind the checkpoint", strings.TrimSuffix(file, list), "the file does not say which decisions it held", ""},
		{"cut within the list", strings.TrimSuffix(file, list[len(list)/2:]), "", "it is no list of decisions"},
		{"cut before the end", strings.TrimSuffix(file, end), "the file does not say which decisions it held", ""},
		{"nothing in it", "", "the file does not say which decisions it held", ""},
		{"the end says more", strings.TrimSuffix(file, end) + `{"end":{"decisions":999}}` + "\n", "", "the list of its decisions is not whole"},
		{"the end says no digest", strings.TrimSuffix(file, end) + `{"end":{"decisions":` + fmt.Sprint(len(all)) + "}}\n", "the file does not say the digest of its list", ""},
		{"the end says another digest", strings.Replace(file, digest, strings.Repeat("0", 64), 1), changed, ""},
		{"the end says what is no digest", strings.Replace(file, digest, "0", 1), "", "it is no digest"},
		{"one is cut, and its id", cutBoth(file, false, all[isNew[1]].ID), changed, ""},
		{"one that is here is cut, and its id", cutBoth(file, false, all[isOld[1]].ID), changed, ""},
		{"the first is cut, and its id", cutBoth(file, false, all[0].ID), changed, ""},
		{"the last is cut, and its id", cutBoth(file, false, all[last].ID), changed, ""},
		{"three in a row are cut, and their ids", cutBoth(file, false, all[3].ID, all[4].ID, all[5].ID), changed, ""},
		{"all of one person are cut, and their ids", cutBoth(file, false, idsOf(ofAda)...), changed, ""},
		{"all of them are cut, and their ids", cutBoth(file, false, idsOf(everyOne)...), changed, ""},
		{"one is cut with its id, another without", strings.Replace(cutBoth(file, false, all[isNew[1]].ID), lines[isNew[2]], "", 1), " are not in it: ", ""},
		{"an id of the list is another's", strings.Replace(cutBoth(file, false, all[isNew[1]].ID), lines[isNew[2]], lines[isNew[2]]+lines[isNew[1]], 1), "1 of the decisions in the file are not in its list", ""},
		{"answers of one person, one cut, and its id", cutBoth(answers.String(), false, firstOf(answers.String())), changed, ""},
		{"two exports, one cut of the first, and its id", cutBoth(file, false, all[isNew[1]].ID) + other, changed, ""},
		{"the log of an older version, one cut, and its id", cutBoth(older(file), false, all[isNew[1]].ID), changed, ""},
		{"the checkpoint is taken out too", log.ReplaceAllString(cutBoth(file, false, all[isNew[1]].ID), ""), changed, ""},
		// Whoever computes the digest anew is not found by it.
		{"one is cut, and its id, and the digest is made anew", cutBoth(file, true, all[isNew[1]].ID), "", ""},
		{"the list twice", file + list, "", ""},
		{"in another order", strings.Join(shuffled, "") + rest, "", ""},
		{"every decision twice", strings.Join(lines, "") + file, "", ""},
		{"two whole exports", file + other, "", ""},
		{"two exports, a line of the first cut", without(isNew[2]) + other, "1 of the ", ""},
		{"two exports, a line of the first cut that the second has", without(isOld[2]) + other, "", ""},
		{"two exports, the first without its end", strings.TrimSuffix(file, list) + other, "5 of the decisions in the file are not in its list: two files were put together", ""},
		{"two exports, the second without its end", file + strings.TrimSuffix(other, tail(other, `{"ids":`)), "2 of the decisions in the file are not in its list", ""},
		{"an export and a log behind it", file + strings.Join(log.FindAllString(other, -1), ""), "something stands behind the end of the file", ""},
		{"the checkpoint of another file", strings.Join(lines, "") + strings.Join(log.FindAllString(other, -1), "") + list, "5 of the decisions that the file lists are not in the log beside them, which is that of another file", ""},
		{"the log of an older version", older(file), "", ""},
		{"answers of one person", answers.String(), "", ""},
		{"answers of one person, one cut", answers.String()[strings.Index(answers.String(), "\n")+1:], " before ", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := openStudy(t, copyFolder(t, h.after), "ada")
			defer closed(t, s)
			back, err := s.TakeBack(context.Background(), strings.NewReader(tt.file), false)
			if tt.refused == "" && err != nil {
				t.Fatal(err)
			}
			x, err := s.ImportDecisions(context.Background(), strings.NewReader(tt.file), study.Consent{People: []string{"ada"}})
			if tt.refused != "" {
				if err == nil || !strings.Contains(err.Error(), tt.refused) {
					t.Errorf("import: %v; want %q", err, tt.refused)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var lines []string
			for _, c := range x.Cut {
				lines = append(lines, c.String())
			}
			if said := strings.Join(lines, "\n"); (tt.want == "") != (said == "") || !strings.Contains(said, tt.want) || len(x.Cut) > 1 {
				t.Errorf("the import says %q; want %q", x.Cut, tt.want)
			}
			if !reflect.DeepEqual(back.Cut, x.Cut) {
				t.Errorf("answers that come back: %q; an import: %q", back.Cut, x.Cut)
			}
		})
	}
}

// headerOf is the line of a decision without its answer.
func headerOf(t *testing.T, line string) string {
	t.Helper()
	var d recount.Decision
	if err := json.Unmarshal([]byte(line), &d); err != nil {
		t.Fatal(err)
	}
	d.Erasable = nil
	b, err := d.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(b) + "\n"
}
