package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"recount"
)

// PutDecisions adds decisions, all or none, and returns how many were new. One
// that is known is left as it is, but if the one that comes was erased, the
// known one is erased too. It does not check hashes; recount.Decision.Check
// does.
func (s *Store) PutDecisions(ctx context.Context, decisions []recount.Decision) (added int, err error) {
	return s.Put(ctx, decisions, Setting{})
}

// A Setting is saved in the same transaction as decisions; none if it has no name.
type Setting struct{ Name, Value string }

// Put is PutDecisions with a setting beside them.
func (s *Store) Put(ctx context.Context, decisions []recount.Decision, also Setting) (added int, err error) {
	if slices.ContainsFunc(decisions, func(d recount.Decision) bool { return d.Erasable == nil }) {
		if err := s.DropPacked(ctx); err != nil {
			return 0, err
		}
	}
	erased := false
	err = s.study.change(ctx, "add decisions", func(w *writer) error {
		for i := range decisions {
			isNew, err := w.putDecision(ctx, &decisions[i])
			if err != nil {
				return fmt.Errorf("decision %.12s: %w", decisions[i].ID, err)
			}
			if isNew {
				added++
			}
			erased = erased || !isNew && decisions[i].Erasable == nil
		}
		if also.Name == "" {
			return nil
		}
		return w.setMeta(ctx, also.Name, also.Value)
	})
	if err != nil {
		return 0, err
	}
	if erased {
		return added, s.study.forget(ctx, false)
	}
	return added, nil
}

func (w *writer) putDecision(ctx context.Context, d *recount.Decision) (isNew bool, err error) {
	if err := whole("decision", recount.Key(d.ID), d.ID, string(d.Kind), d.Study, d.Round, d.Group, d.Actor, d.Time, d.Program, d.Commitment); err != nil {
		return false, err
	}
	base, err := toJSON(d.Base)
	if err != nil {
		return false, err
	}
	replaces, err := toJSON(d.Replaces)
	if err != nil {
		return false, err
	}
	n, err := w.put(ctx, "decision_put", d.ID, d.V, string(d.Kind), d.Study, d.Round, d.Group, d.Actor, d.Time, d.Program,
		base, replaces, d.Commitment)
	if err != nil {
		return false, err
	}
	if n == 1 {
		if err := w.note(ctx, "decision", d.ID); err != nil {
			return false, err
		}
		if err := w.log(ctx, leafDecision, d.ID, ""); err != nil {
			return false, err
		}
		e := d.Erasable
		if e == nil {
			return true, w.log(ctx, leafErased, d.ID, "")
		}
		if err := whole("decision", recount.Key(d.ID), e.Salt, e.Reason, string(e.Body)); err != nil {
			return false, err
		}
		_, err = w.put(ctx, "answer_put", d.ID, e.Salt, e.Reason, string(e.Body))
		return true, err
	}
	if d.Erasable == nil {
		err = w.erase(ctx, d.ID)
	}
	return false, err
}

// erase takes the answer of a decision away, if it is still there.
func (w *writer) erase(ctx context.Context, id string) error {
	n, err := w.exec(ctx, "answer_erase", id)
	if err != nil || n == 0 {
		return err
	}
	if err := w.note(ctx, "erased", id); err != nil {
		return err
	}
	return w.log(ctx, leafErased, id, "")
}

// RepairDecision puts a known decision back as it was made, after its row was
// damaged. An answer that was erased stays erased.
func (s *Store) RepairDecision(ctx context.Context, d *recount.Decision) error {
	return s.study.change(ctx, "repair a decision", func(w *writer) error {
		base, err := toJSON(d.Base)
		if err != nil {
			return err
		}
		replaces, err := toJSON(d.Replaces)
		if err != nil {
			return err
		}
		if _, err := w.exec(ctx, "decision_repair", d.V, string(d.Kind), d.Study, d.Round, d.Group, d.Actor, d.Time, d.Program,
			base, replaces, d.Commitment, d.ID); err != nil {
			return err
		}
		there, err := query(ctx, w, "answer_known", scanNumber, d.ID)
		if err != nil || there[0] == 0 || d.Erasable == nil {
			return err
		}
		_, err = w.exec(ctx, "answer_repair", d.ID, d.Erasable.Salt, d.Erasable.Reason, string(d.Erasable.Body))
		return err
	})
}

// EraseDecision erases the erasable part of a decision. Its header stays.
func (s *Store) EraseDecision(ctx context.Context, id string) error {
	return s.EraseDecisions(ctx, []string{id})
}

// EraseDecisions erases the erasable parts of decisions, all or none.
func (s *Store) EraseDecisions(ctx context.Context, ids []string) error {
	if err := s.DropPacked(ctx); err != nil {
		return err
	}
	err := s.study.change(ctx, "erase a decision", func(w *writer) error {
		for _, id := range ids {
			known, err := query(ctx, w, "decision_known", scanNumber, id)
			if err != nil {
				return err
			}
			if len(known) != 1 || known[0] == 0 {
				return fmt.Errorf("decision %.12s: %w", id, recount.ErrNotFound)
			}
			if err := w.erase(ctx, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.study.forget(ctx, false)
}

// Decisions returns all decisions by id.
func (s *Store) Decisions(ctx context.Context) ([]recount.Decision, error) {
	return read(ctx, s.study, "read decisions", "decisions", scanDecision)
}

// EachDecision calls f for every decision by id, with what deciding and
// counting need of it: format, program, commitment and salt are left out, so
// that such a decision cannot be checked or exported.
func (s *Store) EachDecision(ctx context.Context, f func(recount.Decision)) error {
	scan := lightDecision()
	_, err := read(ctx, s.study, "read decisions", "decisions_light", func(r *sql.Rows) (none struct{}, err error) {
		d, err := scan(r)
		if err == nil {
			f(d)
		}
		return none, err
	})
	return err
}

// LightDecisions returns of these decisions what EachDecision gives of all;
// recount.ErrNotFound if one is not there.
func (s *Store) LightDecisions(ctx context.Context, ids []string) (out []recount.Decision, err error) {
	scan := lightDecision()
	for _, id := range ids {
		rows, err := read(ctx, s.study, "read decisions", "decision_light", scan, id)
		if err == nil && len(rows) == 0 {
			err = fmt.Errorf("decision %.12s: %w", id, recount.ErrNotFound)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, rows[0])
	}
	return out, nil
}

// lightDecision returns what reads a decision without its format, program,
// commitment and salt.
func lightDecision() func(*sql.Rows) (recount.Decision, error) {
	kinds := map[string]recount.Kind{}
	words := map[string]string{} // actors, rounds and the study are few
	intern := func(b sql.RawBytes) string {
		if w, ok := words[string(b)]; ok {
			return w
		}
		w := string(b)
		words[w] = w
		return w
	}
	return func(r *sql.Rows) (d recount.Decision, err error) {
		var kind, study, round, group, actor, base, replaces, reason, body sql.RawBytes
		if err := r.Scan(&d.ID, &kind, &study, &round, &group, &actor, &d.Time, &base, &replaces, &reason, &body); err != nil {
			return d, err
		}
		k, ok := kinds[string(kind)]
		if !ok {
			k = recount.Kind(kind)
			kinds[string(k)] = k
		}
		d.V, d.Kind, d.Study, d.Round, d.Group, d.Actor = 1, k, intern(study), intern(round), intern(group), intern(actor)
		if d.Base, err = idList(string(base)); err != nil {
			return d, err
		}
		if d.Replaces, err = idList(string(replaces)); err != nil {
			return d, err
		}
		if body != nil {
			d.Erasable = &recount.Erasable{Reason: intern(reason), Body: append(json.RawMessage{}, body...)}
		}
		return d, nil
	}
}

// Decision returns one decision; recount.ErrNotFound if it is not there.
func (s *Store) Decision(ctx context.Context, id string) (recount.Decision, error) {
	rows, err := read(ctx, s.study, "read decisions", "decision", scanDecision, id)
	if err == nil && len(rows) == 0 {
		err = fmt.Errorf("decision %.12s: %w", id, recount.ErrNotFound)
	}
	if err != nil {
		return recount.Decision{}, err
	}
	return rows[0], nil
}

func scanDecision(r *sql.Rows) (d recount.Decision, err error) {
	var base, replaces string
	var salt, reason, body sql.NullString
	err = r.Scan(&d.ID, &d.V, &d.Kind, &d.Study, &d.Round, &d.Group, &d.Actor, &d.Time, &d.Program,
		&base, &replaces, &d.Commitment, &salt, &reason, &body)
	if err == nil {
		d.Base, err = idList(base)
	}
	if err == nil {
		d.Replaces, err = idList(replaces)
	}
	if salt.Valid {
		d.Erasable = &recount.Erasable{Salt: salt.String, Reason: reason.String, Body: json.RawMessage(body.String)}
	}
	return d, err
}

var none = []string{}

// idList reads a JSON list of ids; most are empty.
func idList(column string) (ids []string, err error) {
	if column == "[]" {
		return none, nil
	}
	return ids, json.Unmarshal([]byte(column), &ids)
}
