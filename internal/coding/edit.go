package coding

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/pattern"
)

// An EditOp is what somebody does to a codebook.
type EditOp string

// The changes of a codebook.
const (
	AddCode    EditOp = "new"    // a code that was not there
	ChangeCode EditOp = "edit"   // its parts are others
	RenameCode EditOp = "rename" // it has another name under the same parent
	MoveCode   EditOp = "move"   // it stands under another parent, or at the top
	MergeCode  EditOp = "merge"  // it becomes one with another code
	SplitCode  EditOp = "split"  // it becomes several; it stays until what carries it was looked at
)

// An Edit is one change of a codebook.
type Edit struct {
	Op    EditOp
	Code  string       // that is changed; of AddCode the name of the new one
	To    string       // of RenameCode its new name, of MoveCode its parent ("" = the top), of MergeCode the other code
	Into  []string     // of SplitCode: the codes that it becomes
	Parts recount.Code // of AddCode and ChangeCode: what it means; of AddCode also its parent
}

// An Edited codebook is the text after a change, with what became of the codes.
type Edited struct {
	Text      []byte
	Book      recount.Codebook
	Became    []recount.CodebookBody // codes whose codings go elsewhere, or are to be looked at again
	Rewritten bool                   // the file was written anew, without its comments
}

// EditCodebook makes a change of codebook.yaml. Lines that the change does not
// touch stay as they are written, comments among them; a file in a form that
// cannot be changed so is written anew. The version becomes the one given.
func EditCodebook(data []byte, e Edit, version int) (*Edited, error) {
	was, err := ParseCodebook(data)
	if err != nil {
		return nil, err
	}
	want, became, steps, err := edited(was, e)
	if err != nil {
		return nil, err
	}
	want.Version = version
	out := &Edited{Became: became}
	lines := lines(data)
	for _, f := range steps {
		if lines != nil {
			lines = f(lines)
		}
	}
	if lines != nil {
		lines = lines.version(version)
	}
	if lines != nil {
		out.Text = lines.bytes()
		if out.Book, err = ParseCodebook(out.Text); err == nil && same(out.Book, want) {
			return out, nil
		}
	}
	out.Rewritten = bytes.Contains(data, []byte("#"))
	out.Text = writeCodebook(want)
	if out.Book, err = ParseCodebook(out.Text); err != nil {
		return nil, err
	}
	if !same(out.Book, want) {
		return nil, fmt.Errorf("codebook.yaml: %w: it cannot be changed here", recount.ErrInvalid)
	}
	return out, nil
}

// edited makes the change on the codes themselves and lists the steps that make
// it in the text.
func edited(book recount.Codebook, e Edit) (recount.Codebook, []recount.CodebookBody, []func(text) text, error) {
	fail := func(hint, format string, a ...any) (recount.Codebook, []recount.CodebookBody, []func(text) text, error) {
		return recount.Codebook{}, nil, nil, recount.WithHint(fmt.Errorf("codebook.yaml: %w: %s", recount.ErrInvalid, fmt.Sprintf(format, a...)), hint)
	}
	book.Codes = slices.Clone(book.Codes)
	at := func(code string) int {
		return slices.IndexFunc(book.Codes, func(c recount.Code) bool { return c.Code == code })
	}
	i := at(e.Code)
	if e.Op != AddCode && i < 0 {
		return fail("choose one of the codebook", "no code named %q", e.Code)
	}
	var steps []func(text) text
	var became []recount.CodebookBody
	add := func(c recount.Code) {
		book.Codes = append(book.Codes, c)
		steps = append(steps, func(t text) text { return t.put(entryLines(c, nil, 0), c.Parent) })
	}
	checkNew := func(code string) error {
		switch {
		case !wellFormed(code):
			return fmt.Errorf("%q is no name for a code", code)
		case at(code) >= 0:
			return fmt.Errorf("there is a code %q already", code)
		case len(book.Codes) >= maxCodes:
			return fmt.Errorf("it has more than %d codes", maxCodes)
		}
		return nil
	}
	const names = "use letters, digits, _ and -; take a name that no other code has"
	// rename gives a code another name and parent, and all below it with it.
	rename := func(code, name, parent string) error {
		var pairs [][2]string
		for _, c := range book.Codes {
			if c.Code == code || under(book, c.Code, code) && strings.HasPrefix(c.Code, code+".") {
				pairs = append(pairs, [2]string{c.Code, name + strings.TrimPrefix(c.Code, code)})
			}
		}
		now := map[string]string{}
		for _, p := range pairs {
			now[p[0]] = p[1]
		}
		for _, p := range pairs {
			if j := at(p[1]); j >= 0 && now[p[1]] == "" {
				return fmt.Errorf("there is a code %q already", p[1])
			}
			if !wellFormed(p[1]) {
				return fmt.Errorf("%q is no name for a code", p[1])
			}
		}
		moved := book.Codes[at(code)].Parent != parent
		for j := range book.Codes {
			c := &book.Codes[j]
			if c.Code == code {
				c.Parent = parent
			} else if n := now[c.Parent]; n != "" {
				c.Parent = n
			}
			c.Code = cmp.Or(now[c.Code], c.Code)
		}
		steps = append(steps, func(t text) text {
			for _, p := range pairs {
				if p[0] != p[1] {
					t = t.rename(p[0], p[1])
				}
			}
			if moved && t != nil {
				var cut []string
				if t, cut = t.cut(name); t != nil {
					t = t.put(cut, parent)
				}
			}
			return t
		})
		for _, p := range pairs {
			if p[0] != p[1] {
				became = append(became, recount.CodebookBody{Op: recount.MoveCode, Code: p[0], To: []string{p[1]}})
			}
		}
		return nil
	}
	switch e.Op {
	case AddCode:
		c := tidyParts(e.Parts)
		c.Code = strings.TrimSpace(e.Code)
		if err := checkNew(c.Code); err != nil {
			return fail(names, "%v", err)
		}
		if c.Parent != "" && at(c.Parent) < 0 {
			return fail("choose one of the codebook", "no code named %q", c.Parent)
		}
		add(c)
	case ChangeCode:
		c, old := tidyParts(e.Parts), book.Codes[i]
		c.Code, c.Parent = old.Code, old.Parent
		book.Codes[i] = c
		for _, p := range parts(c) {
			if q := parts(old)[slices.IndexFunc(parts(old), func(q part) bool { return q.key == p.key })]; p.text != q.text {
				steps = append(steps, func(t text) text { return t.field(c.Code, p.key, p.text) })
			}
		}
	case RenameCode:
		name := strings.TrimSpace(e.To)
		if parent := book.Codes[i].Parent; parent != "" && !strings.Contains(name, ".") && strings.HasPrefix(e.Code, parent+".") {
			name = parent + "." + name
		}
		if name == e.Code {
			return fail("write another name", "the code is called %q already", name)
		}
		if err := rename(e.Code, name, book.Codes[i].Parent); err != nil {
			return fail(names, "%v", err)
		}
	case MoveCode:
		switch {
		case e.To != "" && at(e.To) < 0:
			return fail("choose one of the codebook", "no code named %q", e.To)
		case e.To == e.Code || e.To != "" && under(book, e.To, e.Code):
			return fail("choose a code that does not stand under it", "%q cannot stand under itself", e.Code)
		case e.To == book.Codes[i].Parent:
			return fail("choose another place", "%q stands there already", e.Code)
		}
		if err := rename(e.Code, under1(e.To, lastPart(e.Code)), e.To); err != nil {
			return fail("rename one of the two first", "%v", err)
		}
	case MergeCode:
		switch {
		case at(e.To) < 0:
			return fail("choose one of the codebook", "no code named %q", e.To)
		case e.To == e.Code || under(book, e.To, e.Code):
			return fail("choose a code that does not stand under it", "%q cannot become one with %q", e.Code, e.To)
		}
		var merge func(from, to string) error
		merge = func(from, to string) error {
			for {
				j := slices.IndexFunc(book.Codes, func(c recount.Code) bool { return c.Parent == from })
				if j < 0 {
					break
				}
				child := book.Codes[j].Code
				name := under1(to, lastPart(child))
				if at(name) >= 0 && name != child {
					if err := merge(child, name); err != nil {
						return err
					}
				} else if err := rename(child, name, to); err != nil {
					return err
				}
			}
			became = append(became, recount.CodebookBody{Op: recount.MergeCode, Code: from, To: []string{to}})
			book.Codes = slices.DeleteFunc(book.Codes, func(c recount.Code) bool { return c.Code == from })
			steps = append(steps, func(t text) text { t, _ = t.cut(from); return t })
			return nil
		}
		if err := merge(e.Code, e.To); err != nil {
			return fail("rename one of the two first", "%v", err)
		}
	case SplitCode:
		parent := book.Codes[i].Parent
		var into []string
		for _, name := range e.Into {
			name = strings.TrimSpace(name)
			if parent != "" && !strings.Contains(name, ".") && strings.HasPrefix(e.Code, parent+".") && at(name) < 0 && name != "" {
				name = parent + "." + name
			}
			if name == "" || slices.Contains(into, name) {
				continue
			}
			into = append(into, name)
			if at(name) >= 0 {
				continue // one that is there, or the code itself
			}
			if err := checkNew(name); err != nil {
				return fail(names, "%v", err)
			}
			add(recount.Code{Code: name, Parent: parent})
		}
		if len(into) < 2 {
			return fail("write one name a line", "a code is split into two or more")
		}
		became = append(became, recount.CodebookBody{Op: recount.SplitCode, Code: e.Code, To: into})
	default:
		return fail("they are new, edit, rename, move, merge and split", "%q is nothing that can be done to a code", e.Op)
	}
	return book, became, steps, nil
}

func lastPart(code string) string { return code[strings.LastIndex(code, ".")+1:] }

func under1(parent, name string) string {
	if parent == "" {
		return name
	}
	return parent + "." + name
}

// under reports whether a code stands below another one, at any depth.
func under(book recount.Codebook, code, top string) bool {
	parent := map[string]string{}
	for _, c := range book.Codes {
		parent[c.Code] = c.Parent
	}
	for n := 0; code != "" && n <= len(book.Codes); n++ {
		if code = parent[code]; code == top {
			return top != ""
		}
	}
	return false
}

// A part of a code with its name in the file.
type part struct{ key, text string }

func parts(c recount.Code) []part {
	return []part{{"short", c.Short}, {"definition", c.Definition}, {"use_when", c.UseWhen}, {"do_not_use_when", c.DoNotUse}, {"example", c.Example}}
}

func tidyParts(c recount.Code) recount.Code {
	return recount.Code{Parent: strings.TrimSpace(c.Parent), Short: flat(c.Short), Definition: flat(c.Definition), UseWhen: flat(c.UseWhen), DoNotUse: flat(c.DoNotUse), Example: flat(c.Example)}
}

// same reports whether two codebooks say the same; the order of codes says
// nothing.
func same(a, b recount.Codebook) bool {
	sorted := func(x recount.Codebook) []recount.Code {
		return slices.SortedFunc(slices.Values(x.Codes), func(p, q recount.Code) int { return strings.Compare(p.Code, q.Code) })
	}
	return a.Title == b.Title && a.Version == b.Version && a.Unit == b.Unit && a.MultiLabel == b.MultiLabel && slices.Equal(sorted(a), sorted(b))
}

// text is the lines of codebook.yaml while they are changed; nil once a change
// could not be made in them.
type text []string

func lines(data []byte) text {
	s := strings.ReplaceAll(string(data), "\r\n", "\n")
	return strings.Split(strings.TrimRight(s, "\n"), "\n")
}

func (t text) bytes() []byte { return []byte(strings.Join(t, "\n") + "\n") }

var entryLine = pattern.New(`^( *)- +code: *(.*)$`)

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// said reports whether a line says something: it is no comment and not empty.
func said(line string) bool {
	s := strings.TrimSpace(line)
	return s != "" && !strings.HasPrefix(s, "#")
}

// entry returns the lines of a code with all below it, and the columns of its
// dash and of its fields; from is -1 if it is not written as one expects.
func (t text) entry(code string) (from, to, dash, field int) {
	for i, line := range t {
		m := entryLine.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		rest, _, _ := strings.Cut(m[2], " #")
		if strings.Trim(strings.TrimSpace(rest), `"'`) != code {
			continue
		}
		dash, field = len(m[1]), strings.Index(line, "code:")
		to = i + 1
		for j := i + 1; j < len(t); j++ {
			if !said(t[j]) {
				continue
			}
			if indent(t[j]) <= dash {
				break
			}
			to = j + 1
		}
		return i, to, dash, field
	}
	return -1, 0, 0, 0
}

func (t text) rename(from, to string) text {
	i, _, _, field := t.entry(from)
	if i < 0 {
		return nil
	}
	out := slices.Clone(t)
	out[i] = out[i][:field] + "code: " + to
	for j, line := range out {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(line), "parent:"); ok && strings.Trim(strings.TrimSpace(rest), `"'`) == from {
			out[j] = line[:indent(line)] + "parent: " + to
		}
	}
	return out
}

// lineOfField returns the lines of a field of an entry, -1 if it has none.
func (t text) lineOfField(from, to, field int, key string) (int, int) {
	for i := from; i < to; i++ {
		line := t[i]
		if i == from {
			line = strings.Repeat(" ", field) + line[field:]
		}
		if indent(line) != field || !strings.HasPrefix(line[field:], key+":") {
			continue
		}
		end := i + 1
		for end < to && (strings.TrimSpace(t[end]) == "" || indent(t[end]) > field) {
			end++
		}
		return i, end
	}
	return -1, -1
}

// cut takes a code with all below it out, with the columns of a code at the
// top and without the name of its parent.
func (t text) cut(code string) (text, []string) {
	from, to, dash, field := t.entry(code)
	if from < 0 {
		return nil, nil
	}
	own := slices.Clone(t[from:to])
	if i, j := text(own).lineOfField(0, len(own), field, "parent"); i > 0 {
		own = slices.Delete(own, i, j)
	}
	for i, line := range own {
		own[i] = line[min(dash, indent(line)):]
	}
	out := slices.Concat(t[:from], t[to:])
	// A list of sub-codes without any is none.
	for i := from - 1; i >= 0; i-- {
		if !said(out[i]) {
			continue
		}
		if strings.TrimSpace(out[i]) != "subcodes:" {
			break
		}
		at := indent(out[i])
		next := i + 1
		for next < len(out) && !said(out[next]) {
			next++
		}
		if next == len(out) || indent(out[next]) <= at && !strings.HasPrefix(strings.TrimSpace(out[next]), "- ") || indent(out[next]) < at {
			out = slices.Delete(out, i, i+1)
		}
		break
	}
	return out, own
}

// put writes a code with all below it under a parent, "" for the top, behind
// those that stand there.
func (t text) put(own []string, parent string) text {
	shift := func(n int) []string {
		out := slices.Clone(own)
		for i, line := range out {
			if strings.TrimSpace(line) != "" {
				out[i] = strings.Repeat(" ", n) + line
			}
		}
		return out
	}
	if parent != "" {
		from, to, _, field := t.entry(parent)
		if from < 0 {
			return nil
		}
		i, j := t.lineOfField(from, to, field, "subcodes")
		if i < 0 {
			return slices.Insert(slices.Clone(t), to, append([]string{strings.Repeat(" ", field) + "subcodes:"}, shift(field+2)...)...)
		}
		if strings.TrimSpace(t[i]) != "subcodes:" {
			return nil
		}
		for j > i+1 && !said(t[j-1]) {
			j--
		}
		for k := i + 1; k < j; k++ {
			if m := entryLine.FindStringSubmatch(t[k]); m != nil {
				return slices.Insert(slices.Clone(t), j, shift(len(m[1]))...)
			}
		}
		return nil
	}
	i := slices.IndexFunc(t, func(line string) bool {
		name, rest, ok := strings.Cut(line, ":")
		return ok && name == "codes" && (!said(rest) || strings.TrimSpace(rest) == "[]")
	})
	if i < 0 {
		return append(append(slices.Clone(t), "codes:"), shift(2)...)
	}
	out := slices.Clone(t)
	out[i] = "codes:"
	end, dash := i+1, 2
	first := true
	for j := i + 1; j < len(out); j++ {
		if !said(out[j]) {
			continue
		}
		if m := entryLine.FindStringSubmatch(out[j]); m != nil && first {
			dash, first = len(m[1]), false
		}
		if indent(out[j]) < dash || indent(out[j]) == 0 && !strings.HasPrefix(out[j], "- ") {
			break
		}
		end = j + 1
	}
	return slices.Insert(out, end, shift(dash)...)
}

// field writes a part of a code; "" takes it out.
func (t text) field(code, key, value string) text {
	from, to, _, field := t.entry(code)
	if from < 0 {
		return nil
	}
	i, j := t.lineOfField(from, to, field, key)
	out := slices.Clone(t)
	now := fieldLines(key, value, field)
	if i >= 0 {
		for j > i+1 && strings.TrimSpace(out[j-1]) == "" {
			j--
		}
		return slices.Replace(out, i, j, now...)
	}
	// Behind the part that stands before it, in the order of parts.
	at := from + 1
	for _, p := range parts(recount.Code{}) {
		if p.key == key {
			break
		}
		if x, y := t.lineOfField(from, to, field, p.key); x >= 0 {
			for y > x+1 && strings.TrimSpace(out[y-1]) == "" {
				y--
			}
			at = y
		}
	}
	return slices.Insert(out, at, now...)
}

func (t text) version(n int) text {
	out := slices.Clone(t)
	for i, line := range out {
		if strings.HasPrefix(line, "version:") {
			out[i] = fmt.Sprintf("version: %d", n)
			return out
		}
	}
	if n == 0 {
		return out
	}
	for i, line := range out {
		if strings.HasPrefix(line, "codes:") {
			return slices.Insert(out, i, fmt.Sprintf("version: %d", n))
		}
	}
	return append([]string{fmt.Sprintf("version: %d", n)}, out...)
}

var plainText = pattern.New(`^[\p{L}][^:#"'\[\]{}&*!|>%@` + "`" + `\\]*$`)

// words that YAML takes for something else than a text.
var reservedWords = []string{"true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf"}

const lineWidth = 100

// fieldLines writes a part of a code; a long one over several lines.
func fieldLines(key, value string, column int) []string {
	pad := strings.Repeat(" ", column)
	switch {
	case value == "":
		return nil
	case strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == 0x85 || r == 0x2028 || r == 0x2029 || r == 0xfeff }) || len(value) <= lineWidth:
		if plainText.MatchString(value) && !slices.Contains(reservedWords, strings.ToLower(value)) {
			return []string{pad + key + ": " + value}
		}
		b, err := json.Marshal(value)
		if err != nil {
			return nil
		}
		return []string{pad + key + ": " + string(b)}
	}
	out := []string{pad + key + ": >"}
	line := ""
	for _, w := range strings.Split(value, " ") {
		if line != "" && len(line)+1+len(w) > lineWidth {
			out = append(out, pad+"  "+line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += w
	}
	return append(out, pad+"  "+line)
}

// entryLines writes a code with all below it, its dash in a column.
func entryLines(c recount.Code, below func(code string) []recount.Code, dash int) []string {
	out := []string{strings.Repeat(" ", dash) + "- code: " + c.Code}
	for _, p := range parts(c) {
		out = append(out, fieldLines(p.key, p.text, dash+2)...)
	}
	if below == nil {
		return out
	}
	if subs := below(c.Code); len(subs) > 0 {
		out = append(out, strings.Repeat(" ", dash+2)+"subcodes:")
		for _, s := range subs {
			out = append(out, entryLines(s, below, dash+4)...)
		}
	}
	return out
}

// writeCodebook writes a codebook anew.
func writeCodebook(book recount.Codebook) []byte {
	var t text
	t = append(t, fieldLines("title", book.Title, 0)...)
	if book.Version != 0 {
		t = append(t, fmt.Sprintf("version: %d", book.Version))
	}
	t = append(t, fieldLines("unit", book.Unit, 0)...)
	if book.MultiLabel {
		t = append(t, "multi_label: true")
	}
	below := func(code string) (out []recount.Code) {
		for _, c := range book.Codes {
			if c.Parent == code {
				out = append(out, c)
			}
		}
		return out
	}
	if len(book.Codes) == 0 {
		return append(t, "codes: []").bytes()
	}
	t = append(t, "codes:")
	for _, c := range below("") {
		t = append(t, entryLines(c, below, 2)...)
	}
	return t.bytes()
}
