package recount

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Here is what every answer has that this program made, beyond what can be meant.
// An import and whoever decides ask for it; a study that holds an answer without
// it opens all the same.

const longestText = 1 << 20 // bytes, of a memo or a note

// CheckMade reports, with ErrInvalid, what an answer says that no program wrote:
// places that fit no text, people without a name, names that nobody can tell
// apart, words without end.
func CheckMade(a Answer) error {
	err := eachMade(reflect.ValueOf(a))
	label := func(what, s string) { err = firstOf(err, checkLabel(what, s)) }
	book := func(id string) {
		if id != "" && !isHash(id) {
			err = firstOf(err, bad("%.40q is the id of no codebook", id))
		}
	}
	switch b := a.(type) {
	case CodeBody:
		label("code", b.Code)
		book(b.Codebook)
	case PassageBody:
		label("code", b.Code)
		book(b.Codebook)
	case CriterionBody:
		label("criterion", b.Criterion)
	case ValueBody:
		label("variable", b.Variable)
		label("value", b.Value)
	case PageBody:
		label(string(b.Field), b.Value)
	case OwnerBody:
		label("outlet", b.Outlet)
		label("owner", b.Owner)
	case AssignBody:
		label("coder", b.Coder)
	case RuleBody:
		label("rule", string(b.Rule))
	case WeightsBody:
		for _, l := range b.Levels {
			label("level", l.Level)
		}
	case CodebookBody:
		label("code", b.Code)
		for _, to := range b.To {
			label("code", to)
		}
	case SampleBody:
		err = firstOf(err, b.checkPages())
	case MemoBody:
		label("code", b.On.Code)
		label("result", b.On.Name)
		err = firstOf(err, checkText(b.Text))
	case NoteBody:
		label("code", b.On.Code)
		label("result", b.On.Name)
		err = firstOf(err, checkText(b.Text))
	case VaultBody:
		for _, r := range b.Recipients {
			label("recipient", r.Name)
		}
	case RemoveBody:
		err = firstOf(err, b.checkID())
	case PublishBody:
		if !isHash(b.Manifest) {
			err = firstOf(err, bad("%.40q is the hash of no manifest", b.Manifest))
		}
	}
	return err
}

// checkLabel refuses a name, a value or a code that cannot be told from another by
// who reads it; "" is none.
func checkLabel(what, s string) error {
	switch {
	case !visible(s):
		return bad("the %s %.80q holds characters that nobody sees", what, s)
	case strings.Join(strings.Fields(s), " ") != s:
		return bad("the %s %.80q holds blanks that nobody sees", what, s)
	case len(s) > longestSpeaker:
		return bad("the %s %.40q... is too long", what, s)
	}
	return nil
}

func checkText(s string) error {
	if len(s) > longestText {
		return WithHint(bad("it is longer than %d bytes", longestText), "write it into a file beside the study, and say here where it lies")
	}
	return nil
}

func (b SampleBody) checkPages() error {
	seen := map[string]bool{}
	for _, p := range b.Pages {
		if err := filled("page", p); err != nil {
			return err
		}
		if seen[p] {
			return bad("the page %.80q was drawn twice", p)
		}
		seen[p] = true
	}
	return nil
}

// checkID reports what no id of what was erased looks like.
func (b RemoveBody) checkID() error {
	ok := true
	switch b.What {
	case "decision":
		ok = isHash(b.ID)
	case "capture":
		ok = len(b.ID) == 32 && isHex(b.ID)
	case "person":
		ok = b.ID == "" || visible(b.ID) && len(b.ID) <= longestName
	case "key":
		ok = visible(b.ID) && len(b.ID) <= longestSpeaker
	}
	if !ok {
		return bad("%.40q is the id of no %s", b.ID, b.What)
	}
	return nil
}

func isHex(s string) bool  { return strings.Trim(s, "0123456789abcdef") == "" }
func isHash(s string) bool { return len(s) == 64 && isHex(s) }

var (
	anchorType  = reflect.TypeFor[Anchor]()
	speakerType = reflect.TypeFor[SpeakerRef]()
	fileType    = reflect.TypeFor[FileBody]()
	sealType    = reflect.TypeFor[SealBody]()
	memoType    = reflect.TypeFor[MemoBody]()
	noteType    = reflect.TypeFor[NoteBody]()
	rawType     = reflect.TypeFor[json.RawMessage]()
)

// eachMade looks at every place, speaker and word of an answer.
func eachMade(v reflect.Value) error {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return eachMade(v.Elem())
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if err := eachMade(v.Index(i)); err != nil {
				return err
			}
		}
	case reflect.Map:
		for at := v.MapRange(); at.Next(); {
			if err := firstOf(eachMade(at.Key()), eachMade(at.Value())); err != nil {
				return err
			}
		}
	case reflect.String:
		if v.Len() > longestReason {
			return bad("%.40q... is too long", v.String())
		}
	case reflect.Struct:
		switch v.Type() {
		case anchorType:
			an := v.Interface().(Anchor)
			return an.checkMade()
		case speakerType:
			r := v.Interface().(SpeakerRef)
			if err := r.checkMade(); err != nil {
				return err
			}
		}
		for i := range v.NumField() {
			switch f := v.Type().Field(i).Name; {
			case v.Type() == fileType && f == "Content", v.Type() == sealType && f == "Sealed", (v.Type() == memoType || v.Type() == noteType) && f == "Text":
				continue // each has a limit of its own
			}
			if err := eachMade(v.Field(i)); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkMade reports what an anchor does not have that AnchorAt made.
func (an *Anchor) checkMade() error {
	switch {
	case !isHash(an.Text):
		return bad("a place names no text by its hash")
	case len(an.Page) > longestReason, len(an.Part) > longestReason:
		return bad("the page %.40q... of a place has too long a name", an.Page)
	case utf8.RuneCountInString(an.After) > anchorContext:
		return bad("a place has more than %d characters beside its words", anchorContext)
	case len(an.Spans) > 0 && utf8.RuneCountInString(an.Before) != min(anchorContext, an.Spans[0][0]):
		return bad("a place that begins at %d has %d characters before it", an.Spans[0][0], utf8.RuneCountInString(an.Before))
	}
	for i, s := range an.Spans {
		if i < len(an.Exact) && utf8.RuneCountInString(an.Exact[i]) != s[1]-s[0] {
			return bad("a place goes from %d to %d and has other words: %.40q", s[0], s[1], an.Exact[i])
		}
	}
	return nil
}

// checkMade reports what a speaker does not have whom a decision names.
func (r *SpeakerRef) checkMade() error {
	switch {
	case filled("speaker", r.Name) != nil, r.Kind == "", r.Gender == "":
		return bad("a speaker has no name, kind or gender: %.40q, %.40q, %.40q", r.Name, string(r.Kind), string(r.Gender))
	case len(r.Name) > longestSpeaker || strings.ContainsFunc(r.Name, func(c rune) bool { return unicode.IsControl(c) && !unicode.IsSpace(c) }):
		return bad("the name of a speaker is too long, or holds characters that a terminal acts on")
	case strings.ContainsFunc(r.Name, turnsLines):
		return bad("the name of a speaker, %.80q, turns the line that it stands in", r.Name)
	}
	return nil
}

// turnsLines reports whether a character makes what stands behind it run the other
// way, or ends the line.
func turnsLines(r rune) bool {
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || r == '\u2028' || r == '\u2029'
}

// CheckFields reports, with ErrInvalid, whether an object of some JSON names a
// field twice, or in other letters than v does, which json.Unmarshal takes for the
// same: one reader of a file would take the first of them, another the last.
func CheckFields(raw []byte, v any) error {
	if name, ok := exactly(raw, reflect.TypeOf(v)); !ok {
		return fmt.Errorf("%w: the field %.40q stands there twice, or in other letters", ErrInvalid, name)
	}
	return nil
}

// CheckLine reports whether the line of a file out of which d was read can be read
// as another decision.
func (d *Decision) CheckLine(line []byte) error { return CheckFields(line, decisionLine{}) }

// exactly reports whether each object of raw names the fields of t as t does, and
// each once, or the first that it does not.
func exactly(raw []byte, t reflect.Type) (string, bool) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == rawType {
		return "", true
	}
	var of func(name string) reflect.Type // the field of a name, nil if there is none
	switch t.Kind() {
	case reflect.Struct:
		fields := map[string]reflect.Type{}
		for _, f := range reflect.VisibleFields(t) {
			if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
				fields[name] = f.Type
			} else if !f.Anonymous {
				fields[f.Name] = f.Type
			}
		}
		of = func(name string) reflect.Type { return fields[name] }
	case reflect.Map:
		of = func(string) reflect.Type { return t.Elem() }
	case reflect.Slice, reflect.Array:
		var all []json.RawMessage
		if json.Unmarshal(raw, &all) != nil {
			return "", true // said by who reads it
		}
		for _, x := range all {
			if name, ok := exactly(x, t.Elem()); !ok {
				return name, false
			}
		}
		return "", true
	default:
		return "", true
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return "", true
	}
	seen := map[string]bool{}
	for dec.More() {
		key, err := dec.Token()
		name, ok := key.(string)
		var x json.RawMessage
		if err != nil || !ok || dec.Decode(&x) != nil {
			return "", true
		}
		field := of(name)
		if seen[name] || field == nil {
			return name, false
		}
		seen[name] = true
		if name, ok := exactly(x, field); !ok {
			return name, false
		}
	}
	return "", true
}
