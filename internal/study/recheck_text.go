package study

import (
	"fmt"
	"strconv"
	"strings"

	"recount"
	"recount/internal/text"
)

const redoText = "look who wrote into study.db, and restore it from a backup"

// A textRow is what is known of one text in study.db.
type textRow struct {
	key, capture    recount.Key
	name, extractor string
	words           bool
}

// textsOfOthers looks at the texts that another extractor than this program's made.
// They cannot be taken out again and compared, and yet a page can count by one: a
// later one, one that came behind this program's, and one of no known program are
// never taken for what the archive gives; an earlier one that counts because this
// program took out none is named as not compared.
func (r *rechecker) textsOfOthers(rows []textRow, captures []recount.Capture) error {
	readable := map[recount.Key]bool{}
	for _, c := range captures {
		readable[c.Key] = intakeReadable(c)
	}
	own, whole := map[recount.Key]bool{}, map[recount.Key]bool{} // captures and texts that this program read
	captureOf := map[recount.Key]recount.Key{}
	var others []textRow
	for _, a := range rows {
		captureOf[a.key] = a.capture
		if a.extractor == text.Extractor {
			own[a.capture], whole[a.key] = true, a.words
		} else {
			others = append(others, a)
		}
		if !readable[a.capture] {
			r.out.say("text", a.name, "recount takes no text out of this file, and study.db has one", redoText)
		}
	}
	if len(others) == 0 {
		return nil
	}
	begun, err := r.store.Meta(r.context, metaCheckpoints)
	if err != nil {
		return err
	}
	// What was there when the log was begun was entered in the order of its keys.
	start, _ := strconv.ParseInt(begun, 10, 64)
	first, of, at, n := map[recount.Key]int64{}, map[recount.Key]int64{}, map[string]int64{}, int64(0)
	for l, err := range r.store.Leaves(r.context, 0) {
		if err != nil {
			return err
		}
		n++
		if l.What != "text" {
			continue
		}
		at[l.ID] = n
		key, extractor, _ := strings.Cut(l.ID, " ")
		if extractor != text.Extractor {
			continue
		}
		k := recount.Key(key)
		if of[k] == 0 {
			of[k] = n
		}
		if c, ok := captureOf[k]; ok && first[c] == 0 {
			first[c] = n
		}
	}
	var old []textRow
	for _, a := range others {
		entry := at[string(a.key)+" "+a.extractor]
		behind := of[a.key] > 0 && entry > of[a.key] || first[a.capture] > 0 && entry > max(first[a.capture], start)
		switch later, known := laterReading(a.extractor); {
		case !known:
			r.out.say("text", a.name, fmt.Sprintf("it says that %q took it out of the page, which is no program of recount", a.extractor), redoText)
		case later:
			r.out.say("text", a.name, fmt.Sprintf("it says that %s took it out of the page, a later program than this one (%s), so nothing shows that the archive gives it", a.extractor, text.Extractor),
				"recheck it with the version of recount that wrote it; if nobody used a later one, restore study.db from a backup")
		case behind:
			r.out.say("text", a.name, fmt.Sprintf("it says that %s took it out of the page, and it was put behind what this program (%s) had taken out", a.extractor, text.Extractor),
				"look who wrote into study.db, or extracted again with an older recount, and restore it from a backup")
		case !whole[a.key]:
			old = append(old, a)
		}
	}
	if len(old) > 0 {
		hint := "take the texts out again: recount extract"
		if own[old[0].capture] {
			hint = "nothing in the archive gives them under this program: recheck with the version of recount that wrote them"
		}
		r.out.unlooked("text", old[0].name, fmt.Sprintf("%d pages count by a text that an older program than this one took out, the first by %s; none was compared with what the archive gives", len(old), old[0].extractor), hint)
	}
	return nil
}
