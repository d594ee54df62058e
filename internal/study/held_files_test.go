package study_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
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
	before, _, _ := decisionsIn(d.export(h.after))
	for _, x := range before {
		known[x.ID] = true
	}
	all, lines, rest := decisionsIn(file)
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
		ds, _, _ := decisionsIn(file)
		return ds[0].ID
	}
	cutBoth := func(file string, anew bool, ids ...string) string { return cutWithIDs(t, file, anew, ids...) }
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
		// Whoever computes the digest anew is not found by it, but by a signature of the
		// list (TestSignedListIsFound).
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

// decisionsIn are the decisions of a file, their lines, and its other lines.
func decisionsIn(file string) (ds []recount.Decision, lines []string, rest string) {
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

// cutWithIDs takes decisions out of a file and their ids out of its list, and says
// how many are left, as who edits it by hand does; anew computes the digest too.
func cutWithIDs(t *testing.T, file string, anew bool, ids ...string) string {
	t.Helper()
	ds, lines, rest := decisionsIn(file)
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

// Whoever cuts a decision out of a file whose list is signed, with its id, and
// computes everything anew but the signature is found by who asks whose it must be.
func TestSignedListIsFound(t *testing.T) {
	ctx := context.Background()
	h := newHeldStudy(t)
	d := &desk{t: t, here: h.after}
	adaKey, adaPublic := keys(t, "ada")
	eveKey, evePublic := keys(t, "eve")
	there := copyFolder(t, h.after)
	export := func(key string) string {
		t.Helper()
		s := openStudy(t, there, "ada")
		defer closed(t, s)
		var b bytes.Buffer
		if err := s.ExportSignedLog(ctx, &b, key); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	d.decide(there, "a first thought")
	earlier := export(adaKey)
	for i := range 4 {
		d.decide(there, fmt.Sprint("thought ", i))
	}
	file, ofEve, unsigned := export(adaKey), export(eveKey), d.export(there)
	s := openStudy(t, there, "ada")
	if _, _, err := s.Sign(ctx, adaKey, nil); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	signedDecisions := d.export(there)
	signature := func(file string) string { return file[strings.LastIndex(file, "\n{\"signed\":")+1:] }
	withoutIt := func(file string) string { return strings.TrimSuffix(file, signature(file)) }
	known := map[string]bool{}
	before, _, _ := decisionsIn(d.export(h.after))
	for _, x := range before {
		known[x.ID] = true
	}
	all, lines, _ := decisionsIn(file)
	var isNew, everyNew []string
	var line string // of a new decision
	for i, x := range all {
		if !known[x.ID] {
			isNew, line = append(isNew, x.ID), lines[i]
		}
	}
	everyNew = slices.Clone(isNew)
	// A signature of a decision, as one of the list.
	moved := regexp.MustCompile(`\{"signature":\{"decision":"([0-9a-f]+)","key":("[^"]+"),"text":("[^"]+")\}\}`).FindStringSubmatch(signedDecisions)
	if len(isNew) != 5 || moved == nil || !strings.HasPrefix(signature(file), "{") || strings.Count(signature(file), "\n") != 1 {
		t.Fatalf("%d new decisions, signature %q of a decision, %q of the list", len(isNew), moved, signature(file))
	}
	const notThis = "no key of ada signed the list of the decisions in the file, or not this list"
	ada := "ada " + adaPublic
	tests := []struct {
		name, file string
		signers    string
		refused    string // where ada must have signed it: with these words; "" if it is taken
		listed     string // who signed it, where nobody must have
		cut        string // what is said there
	}{
		{"whole", file, ada, "", "ada", ""},
		{"whole, by either of two keys", file, "ada " + evePublic + "\n" + ada, "", "ada", ""},
		{"whole, a key of two people", file, "bob,ada " + adaPublic, "", "ada,bob", ""},
		{"whole, a key for lists alone", file, `ada namespaces="list@recount" ` + adaPublic, "", "ada", ""},
		{"whole, a key for both", file, `ada namespaces="decision@recount,list@recount" ` + adaPublic, "", "ada", ""},
		{"whole, a key for decisions alone", file, `ada namespaces="decision@recount" ` + adaPublic, notThis, "SHA256:", ""},
		{"two whole ones", earlier + file, ada, "", "ada", ""},
		{"one cut, its id, the digest made anew", cutWithIDs(t, file, true, isNew[1]), ada, notThis, "", "is not the one that it was written with"},
		{"that without the signature", withoutIt(cutWithIDs(t, file, true, isNew[1])), ada, notThis, "", ""},
		{"that with the signature of an earlier file", withoutIt(cutWithIDs(t, file, true, isNew[1])) + signature(earlier), ada, notThis, "", "is not the one that it was written with"},
		{"that signed by eve", cutWithIDs(t, ofEve, true, isNew[1]), ada, notThis, "", "is not the one that it was written with"},
		{"all new ones cut, their ids, the digest made anew", cutWithIDs(t, file, true, everyNew...), ada, notThis, "", "is not the one that it was written with"},
		{"one cut, its id, the digest left", cutWithIDs(t, file, false, isNew[1]), ada, notThis, "", "is not the one that it was written with"},
		{"one cut", strings.Replace(file, line, "", 1), ada, "decisions that the file held when it was written are not in it", "ada", "1 of the "},
		{"signed by eve", ofEve, ada, notThis, "SHA256:", ""},
		{"signed by eve, whose key bob is said to have", ofEve, ada + "\nbob " + evePublic, notThis, "bob", ""},
		{"signed by nobody", unsigned, ada, notThis, "", ""},
		{"its decisions signed, the list not", signedDecisions, ada, notThis, "", ""},
		{"two, one of them signed", unsigned + file, ada, notThis, "ada", ""},
		{"no key of ada is known", file, "bob " + evePublic, "allowed_signers names no key of ada", "SHA256:", ""},
		{"a signature of a decision in the place of it", withoutIt(file) + `{"signed":{"digest":"` + moved[1] + `","key":` + moved[2] + `,"text":` + moved[3] + "}}\n", ada, "signature of the list", "refused", ""},
		{"a signature that is none", withoutIt(file) + `{"signed":{}}` + "\n", ada, "signature of the list", "refused", ""},
		{"a signature of no list", signature(file), ada, "it signs a list that is not there", "refused", ""},
		{"another key than it says", strings.Replace(file, adaPublic+`","text"`, evePublic+`","text"`, 1), ada, "by another key than it says", "refused", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			take := func(by string) (*study.Imported, error) {
				dir := copyFolder(t, h.after)
				if err := os.WriteFile(filepath.Join(dir, "allowed_signers"), []byte(tt.signers+"\n"), 0o600); err != nil {
					t.Fatal(err)
				}
				s := openStudy(t, dir, "bob")
				defer closed(t, s)
				return s.ImportDecisions(ctx, strings.NewReader(tt.file), study.Consent{People: []string{"ada"}, ListedBy: by})
			}
			if _, err := take("ada"); (err == nil) != (tt.refused == "") || err != nil && !strings.Contains(err.Error(), tt.refused) {
				t.Errorf("ada must have signed it: %v; want %q", err, tt.refused)
			}
			x, err := take("")
			if (err == nil) != (tt.listed != "refused") {
				t.Fatalf("nobody must have signed it: %v", err)
			}
			if err != nil {
				return
			}
			if by := strings.Join(x.Listed, ","); by != tt.listed && (tt.listed != "SHA256:" || !strings.HasPrefix(by, tt.listed)) {
				t.Errorf("signed by %q; want %q", by, tt.listed)
			}
			if said := fmt.Sprint(x.Cut); (tt.cut == "") != (len(x.Cut) == 0) || !strings.Contains(said, tt.cut) {
				t.Errorf("the import says %s; want %q", said, tt.cut)
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
