package workbench

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"recount"
	"recount/internal/pattern"
	"recount/internal/study"
)

// file gives a study file as it is on the disk.
func (s *Server) file(c *call) (any, error) {
	name := c.r.PathValue("name")
	text, err := s.study.File(name)
	out := fileShown{fileText: fileText{text, c.book.Version()}}
	if text == "" {
		out.Template = study.Template(name)
	}
	return out, err
}

// putFile writes a study file, unless somebody changed it after the version
// that this text was made from.
func (s *Server) putFile(c *call) (any, error) {
	req, err := in[fileText](c)
	if err != nil {
		return nil, err
	}
	name := c.r.PathValue("name")
	if _, err := s.study.File(name); err != nil {
		return nil, err
	}
	err = s.changing(c.ctx, func() error {
		if err := s.freshen(c); err != nil {
			return err
		}
		if _, ids, err := s.study.Changes(c.ctx, req.Version); err != nil {
			return err
		} else if d := s.fileChanged(c, ids, name); d != nil {
			return &conflictError{recount.WithHint(fmt.Errorf("%w: %s was changed meanwhile by %s", recount.ErrConflict, name, d.Actor), "load it again and make your change in the newest text"),
				&currentAnswer{d.ID, d.Actor, d.Time, study.InWords(c.book, d)}}
		}
		return s.study.PutFile(c.ctx, name, req.Text)
	})
	if err != nil {
		return nil, err
	}
	if err := s.notice(c.ctx, c.book); err != nil {
		return nil, err
	}
	text, err := s.study.File(name)
	return fileText{text, c.book.Version()}, err
}

// fileChanged returns the decision among ids that logged another text of a
// study file, or nil.
func (s *Server) fileChanged(c *call, ids []string, name string) *recount.Decision {
	for _, id := range ids {
		d := c.book.Log().Find(id)
		if d == nil || d.Kind != recount.KindFile {
			continue
		}
		if a, err := c.book.Answer(d); err == nil && a.Subject() == name {
			return d
		}
	}
	return nil
}

var (
	lineOf   = pattern.New(`line (\d+)`)
	lineYAML = pattern.New(`\[(\d+):\d+\]`)
	placed   = pattern.New(`^(study\.yaml|codebook\.yaml|report\.md)(, line \d+)?: (invalid: )?(\[\d+:\d+\] )?`)
)

// wrongIn finds in an error the field of a study file and the value that is wrong.
var wrongIn = pattern.New(`: (\w+): (?:it ends \(|")([^")]*)`)

// lineNaming is the line of a study file, from 1, that holds the value that an
// error names in a field; 0 if none does. Of what stands twice it is the last.
func lineNaming(text, message string) (line int) {
	m := wrongIn.FindStringSubmatch(message)
	if m == nil {
		return lineUnder(text, message)
	}
	in := false
	for i, l := range strings.Split(text, "\n") {
		if l != "" && !strings.ContainsAny(l[:1], " \t-#") {
			in = strings.HasPrefix(l, m[1]+":")
		}
		_, value, _ := strings.Cut(l, ":")
		if !in || strings.Trim(strings.TrimSpace(value), `"'`) != m[2] {
			continue
		}
		line = i + 1
		if !strings.Contains(message, "stands twice") && !strings.Contains(message, "it ends (") {
			break
		}
	}
	if line == 0 {
		line = lineUnder(text, message)
	}
	return line
}

// underKeys are the keys that an error names one under the other, as in "rules:
// bands: about: ...". The last may be the name of an entry of a list.
var underKeys = pattern.New(`^(?:study\.yaml: )?(?:invalid: )?((?:[\pL\pN_-]+: )+)`)

var (
	noRule  = pattern.New(`: rules: no (\w+) rule named`)
	noGrade = pattern.New(`: grades: (\w+) (?:is never|asks for|stands)`)
)

// lineUnder is the line of the last of those keys; 0 if the first is nowhere.
func lineUnder(text, message string) (line int) {
	message = noRule.ReplaceAllString(noGrade.ReplaceAllString(message, ": grades: $1: "), ": rules: $1: ")
	m := underKeys.FindStringSubmatch(message)
	if m == nil {
		return 0
	}
	lines := strings.Split(text, "\n")
	from := 0
	for depth, key := range strings.Split(strings.TrimSuffix(m[1], ": "), ": ") {
		found := false
		for i := from; i < len(lines); i++ {
			l := strings.TrimSpace(lines[i])
			top := lines[i] != "" && !strings.ContainsAny(lines[i][:1], " \t-#")
			if depth > 0 && top {
				break // the next key of the file
			}
			name, value, _ := strings.Cut(strings.TrimPrefix(l, "- "), ":")
			if depth == 0 && top && name == key || depth > 0 && (strings.Trim(name, `"'`) == key || name == "name" && strings.Trim(strings.TrimSpace(value), `"'`) == key) {
				line, from, found = i+1, i+1, true
				break
			}
		}
		if !found {
			break
		}
	}
	return line
}

// tryFile says what is wrong with a text of a study file, and who would enter
// the count and who would leave it.
func (s *Server) tryFile(c *call) (any, error) {
	req, err := in[fileCheck](c)
	if err != nil {
		return nil, err
	}
	name := c.r.PathValue("name")
	if _, err := s.study.File(name); err != nil {
		return nil, err
	}
	out := filePreview{Errors: []fileError{}, Entering: []string{}, Leaving: []string{}, Headline: s.numbers}
	x, err := s.study.Suppose(c.ctx, name, req.Text)
	if errors.Is(err, recount.ErrInvalid) || errors.Is(err, recount.ErrNewer) || errors.Is(err, recount.ErrNotFound) {
		e := fileError{Message: err.Error()}
		for _, re := range []*pattern.Pattern{lineOf, lineYAML} {
			if m := re.FindStringSubmatch(e.Message); m != nil && e.Line == 0 {
				e.Line, _ = strconv.Atoi(m[1])
			}
		}
		if e.Line == 0 {
			e.Line = lineNaming(req.Text, e.Message)
		}
		if e.Line > 0 { // the page says where
			e.Message = strings.TrimSuffix(placed.ReplaceAllString(e.Message, ""), ": invalid")
		}
		if h := recount.HintOf(err); h != "" {
			e.Message += " – " + inButtons(h)
		}
		out.Errors = append(out.Errors, e)
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	const most = 50
	out.Enter, out.Leave = len(x.Enter), len(x.Leave)
	out.Entering = append(out.Entering, x.Enter[:min(most, len(x.Enter))]...)
	out.Leaving = append(out.Leaving, x.Leave[:min(most, len(x.Leave))]...)
	out.Headline = numbers(x.Headline)
	return out, nil
}
