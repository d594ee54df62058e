package study

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"recount"
	"recount/internal/report"
	"recount/internal/store"
)

const redoLog = "look who wrote into study.db, and restore it from a backup"

// again looks at what the log says a second time: its last entry about a row is what
// counts, so that one put at its end would change what an earlier one says.
func (r *rechecker) again() error {
	if len(r.out.Problems) > 0 {
		return nil
	}
	decisions, err := r.store.Decisions(r.context)
	if err != nil {
		r.out.add("store", "study.db", err, restoreStore)
		return nil
	}
	removes, times := map[string]bool{}, map[string]string{}
	for i := range decisions {
		times[decisions[i].ID] = decisions[i].Time
		if d := &decisions[i]; d.Kind == recount.KindRemove {
			a, err := d.Decode()
			b, ok := a.(recount.RemoveBody)
			removes[d.ID] = err != nil || ok && b.What != "decision" // an answer that was erased takes no page along
		}
	}
	return r.store.CheckAgain(r.context, store.Again{
		Once: func(name string) bool {
			return name == metaID || name == metaNames || name == metaCheckpoints || strings.HasPrefix(name, metaKept)
		},
		List:    metaReports,
		Removes: func(id string) bool { return removes[id] },
		Decided: func(id string) string { return times[id] },
		Say:     func(what, id, text string) { r.out.say(what, id, text, redoLog) },
	})
}

// keptVersion sets a report beside what the log says of reports: that one of its name
// was produced, and which it was that was kept under a name.
func (r *rechecker) keptVersion(m *report.Manifest, name, label string, manifest []byte) error {
	list, err := r.store.Meta(r.context, metaReports)
	if err != nil {
		return err
	}
	if list != "" && !slices.Contains(strings.Fields(list), name) {
		r.out.say("report", label, "the log names the reports that were produced, and none of this name", "look who put it there; what is yours belongs elsewhere")
	}
	if !keeps(m.Frozen) {
		return nil
	}
	kept, err := r.store.Meta(r.context, metaKept+name)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(manifest)
	switch {
	case kept == "":
		r.out.Notes = append(r.out.Notes, label+" was kept by an older program, which logged nothing of it: nothing but its checkpoint shows that it is the one of then")
	case kept != hex.EncodeToString(sum[:]):
		r.out.say("report", label, "it is not the version that was kept under this name: it was made again, or changed", "restore it from a backup; a version that is made again needs another name")
	}
	return nil
}

// since returns the version from which a report tells its changes, as far as the log and
// the folder bear it out; of what is not so it says that. c is the report's checkpoint.
func (r *rechecker) since(m *report.Manifest, c recount.Checkpoint, label string) (*report.Version, error) {
	kept, err := r.frozen()
	if err != nil {
		return nil, err
	}
	if m.Since == nil {
		return r.unsaidSince(kept, m.Frozen, c)
	}
	at := slices.IndexFunc(kept, func(v report.Version) bool { return v.Name == m.Since.Name })
	switch {
	case at >= 0 && kept[at] != *m.Since:
		r.out.say("report", label, fmt.Sprintf("what it says of the version %s, from which it tells its changes, is not so", m.Since.Name), redoReport)
	case at < 0:
		then, err := r.store.CheckpointAt(r.context, m.Since.Size)
		if err != nil || then.Root != m.Since.Root {
			r.out.say("report", label, fmt.Sprintf("it tells its changes from a version %s of entry %d, and the log had another root then", m.Since.Name, m.Since.Size), redoReport)
			break
		}
		r.out.unlooked("report", label, fmt.Sprintf("the version %s, from which it tells its changes, is not there: its name and day were not compared", m.Since.Name), "restore "+outDir+"/"+m.Since.Name+" from a backup, or produce the report again")
	}
	return m.Since, nil
}

// unsaidSince returns the newest version that was kept before a report that names none,
// and of another state of the study: one that the log says was kept by then.
func (r *rechecker) unsaidSince(kept []report.Version, frozen string, c recount.Checkpoint) (last *report.Version, err error) {
	if r.keptAt == nil {
		r.keptAt = map[string]int64{}
		n := int64(0)
		for l, err := range r.store.Leaves(r.context, 0) {
			if err != nil {
				return nil, err
			}
			if n++; l.What == "setting" && strings.HasPrefix(l.ID, metaKept) {
				r.keptAt[strings.TrimPrefix(l.ID, metaKept)] = n
			}
		}
	}
	of, err := r.store.Held(r.context, c.Size)
	if err != nil {
		return nil, err
	}
	for i := range kept {
		v := &kept[i]
		if at := r.keptAt[v.Name]; at == 0 || at > c.Size || v.Size >= c.Size || v.Name == frozen {
			continue
		}
		then, err := r.store.Held(r.context, v.Size)
		if err != nil {
			return nil, err
		}
		if !maps.Equal(of, then) {
			last = v
		}
	}
	return last, nil
}
