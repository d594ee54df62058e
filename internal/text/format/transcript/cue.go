package transcript

import (
	"fmt"
	"html"
	"strconv"
	"strings"

	"recount"
	"recount/internal/pattern"
	"recount/internal/text/page"
)

// A cue is one caption: its lines and when it is shown, in milliseconds.
type cue struct {
	number     int // in the file, from 1
	start, end int
	lines      []string
}

// subtitles reads WebVTT and SubRip.
func (r *reader) subtitles(lines []string, k kind) error {
	cues, err := r.cues(lines, k)
	if err != nil {
		return err
	}
	if len(cues) > 0 {
		r.draft.Range = fmt.Sprintf("cues 1-%d, %s-%s", cues[len(cues)-1].number, clock(cues[0].start), clock(latest(cues)))
	}
	if repeats(cues) {
		unroll(cues)
		r.draft.Notes = append(r.draft.Notes, "roll-up captions: a line that stands in several captions is kept once")
	}
	r.turns(cues)
	return nil
}

func latest(cues []cue) int {
	end := 0
	for _, c := range cues {
		end = max(end, c.end)
	}
	return end
}

// cues cuts the lines of a file into cues and reads what stands around them.
func (r *reader) cues(lines []string, k kind) ([]cue, error) {
	var out []cue
	i, said := 0, 0
	if k == vtt {
		i = r.header(lines)
	}
	for i < len(lines) {
		l := strings.TrimSpace(lines[i])
		blankBefore := i == 0 || strings.TrimSpace(lines[i-1]) == ""
		switch {
		case l == "":
			i++
			continue
		case k == vtt && blankBefore && (l == "NOTE" || strings.HasPrefix(l, "NOTE ") || strings.HasPrefix(l, "NOTE\t")):
			end := blockEnd(lines, i)
			r.comment(lines[i:end], i+1, len(out) == 0)
			i = end
			continue
		case k == vtt && blankBefore && (strings.HasPrefix(l, "STYLE") || strings.HasPrefix(l, "REGION")) && !followed(lines, i):
			i = blockEnd(lines, i) // how captions look
			continue
		}
		if start, end, ok := times(lines[i]); ok {
			if len(out) >= maxCues {
				return nil, page.Refuse(fmt.Sprintf("a transcript of more than %d captions", maxCues), "cut the file into parts and add those")
			}
			out = append(out, cue{number: len(out) + 1, start: start, end: end})
			i++
			continue
		}
		if strings.Contains(l, "-->") && blankBefore {
			r.left(fmt.Sprintf("line %d", i+1), "a time that cannot be read", "correct the line and add the file again")
			i++
			continue
		}
		// The name or number of the next cue is no text of this one.
		if followed(lines, i) && (blankBefore || number(l)) {
			i++
			continue
		}
		if len(out) == 0 {
			r.left(fmt.Sprintf("line %d", i+1), "text before the first caption: "+short(l), "look whether it says what was recorded, and when")
			i++
			continue
		}
		c := &out[len(out)-1]
		more := split(lines[i])
		if said += len(more); said > maxLines {
			return nil, page.Refuse(fmt.Sprintf("a transcript of more than %d lines", maxLines), "cut the file into parts and add those")
		}
		c.lines = append(c.lines, more...)
		i++
	}
	return out, nil
}

// made matches a comment on how the captions came to be.
var made = pattern.New(`(?i)transcri|caption|subtitle|generated|created|recogni|confidence|translat|copyright|©|converted|edited|duration|version|paragraph|segment`)

// setting matches a line of a header that says how the captions were made:
// "Kind: captions".
var setting = pattern.New(`^[A-Za-z-]+:`)

// header reads the lines above the first empty line of a WebVTT file.
func (r *reader) header(lines []string) int {
	i := 0
	for i < len(lines) && !strings.HasPrefix(strings.TrimSpace(lines[i]), "WEBVTT") {
		i++
	}
	if i == len(lines) {
		return i
	}
	if t := strings.Trim(strings.TrimPrefix(strings.TrimSpace(lines[i]), "WEBVTT"), " \t-–—"); t != "" && t != "FILE" && !r.fact(t, "WebVTT header") {
		r.draft.Facts = append(r.draft.Facts, recount.Candidate{Field: "title", Value: page.Tidy(t), Origin: "WebVTT header"})
	}
	for i++; i < len(lines) && strings.TrimSpace(lines[i]) != "" && !strings.Contains(lines[i], "-->"); i++ {
		if strings.HasPrefix(lines[i], "X-TIMESTAMP-MAP") || strings.TrimSpace(lines[i]) == "##" {
			continue
		}
		if r.fact(lines[i], "WebVTT header") || followed(lines, i) {
			continue
		}
		if l := page.Tidy(lines[i]); !r.has("title") && headline(l) && len(strings.Fields(l)) >= 2 && !setting.MatchString(l) {
			r.draft.Facts = append(r.draft.Facts, recount.Candidate{Field: "title", Value: l, Origin: "WebVTT header"})
		} else {
			r.draft.Notes = append(r.draft.Notes, "the header says: "+short(page.Tidy(lines[i])))
		}
	}
	return i
}

// comment reads a NOTE block: facts, else a note.
func (r *reader) comment(lines []string, at int, first bool) {
	text := strings.Join(lines, "\n")
	text = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "NOTE"))
	var rest []string
	for l := range strings.SplitSeq(text, "\n") {
		if !r.fact(l, "WebVTT note") && page.Tidy(l) != "" {
			rest = append(rest, page.Tidy(l))
		}
	}
	if len(rest) > 0 && first && !r.has("title") && headline(rest[0]) && len(strings.Fields(rest[0])) >= 3 && !made.MatchString(rest[0]) {
		r.draft.Facts = append(r.draft.Facts, recount.Candidate{Field: "title", Value: rest[0], Origin: "WebVTT note"})
		rest = rest[1:]
	}
	if len(rest) == 0 {
		return
	}
	if len(r.draft.Notes) < maxLeft {
		r.draft.Notes = append(r.draft.Notes, fmt.Sprintf("a comment in line %d: %s", at, short(strings.Join(rest, " "))))
	}
}

func blockEnd(lines []string, i int) int {
	for i < len(lines) && strings.TrimSpace(lines[i]) != "" {
		i++
	}
	return i
}

// followed reports whether the next line is a time, so that this one names a cue.
func followed(lines []string, i int) bool { return i+1 < len(lines) && timed(lines[i+1]) }

// times reads the line with which a cue begins, in milliseconds:
// "01:02:03,456 --> 01:02:05,000".
func times(l string) (start, end int, ok bool) {
	if !strings.Contains(l[:min(len(l), 60)], "-->") {
		return 0, 0, false
	}
	if start, l, ok = timeOf(trimSpace(l)); !ok {
		return 0, 0, false
	}
	if l, ok = strings.CutPrefix(trimSpace(l), "-->"); !ok {
		return 0, 0, false
	}
	end, l, ok = timeOf(trimSpace(l))
	return start, end, ok && (l == "" || trimSpace(l) != l)
}

func timed(l string) bool {
	_, _, ok := times(l)
	return ok
}

func trimSpace(s string) string { return strings.TrimLeft(s, " \t\n\f\r") }

// timeOf reads a time at the beginning of s, "01:02:03,456" or "02:03.4", and
// returns what follows it.
func timeOf(s string) (ms int, rest string, ok bool) {
	digits := func(most int) string {
		n := 0
		for n < len(s) && s[n] >= '0' && s[n] <= '9' {
			n++
		}
		if n > most {
			return ""
		}
		d := s[:n]
		s = s[n:]
		return d
	}
	hours, minutes := "", digits(3)
	if minutes == "" || !strings.HasPrefix(s, ":") {
		return 0, s, false
	}
	s = s[1:]
	seconds := digits(2)
	if strings.HasPrefix(s, ":") {
		s = s[1:]
		hours, minutes, seconds = minutes, seconds, digits(2)
	}
	if minutes == "" || len(minutes) > 2 || len(seconds) != 2 || s == "" || s[0] != '.' && s[0] != ',' {
		return 0, s, false
	}
	s = s[1:]
	fraction := digits(3)
	return millis([]string{hours, minutes, seconds, fraction}), s, fraction != ""
}

// longestTag is the longest tag of a caption, in bytes.
const longestTag = 300

// split returns the lines of one line of a cue without its markup: more than
// one where several voices stand in it. The name of a voice stands before its
// words as "NAME: ".
func split(l string) []string {
	l = withoutOverrides(l)
	if !strings.Contains(l, "<") {
		return tidyLines(l)
	}
	var out []string
	var b strings.Builder
	name := ""
	flush := func() {
		for _, t := range tidyLines(b.String()) {
			if name != "" {
				t = name + ": " + t
				name = ""
			}
			out = append(out, t)
		}
		b.Reset()
	}
	for l != "" {
		i := strings.IndexByte(l, '<')
		if i < 0 {
			break
		}
		b.WriteString(l[:i])
		l = l[i:]
		inside, n := tag(l)
		if n == 0 {
			b.WriteByte('<')
			l = l[1:]
			continue
		}
		l = l[n:]
		kind, rest, _ := strings.Cut(strings.ReplaceAll(inside, "\t", " "), " ")
		switch kind, _, _ = strings.Cut(strings.ToLower(kind), "."); kind {
		case "v":
			flush()
			name = strings.TrimRight(page.Tidy(html.UnescapeString(rest)), ": ")
		case "br", "br/":
			b.WriteByte('\n')
		}
	}
	b.WriteString(l)
	flush()
	return out
}

// tag returns what stands inside the tag at the beginning of s and how long the
// tag is; 0 if there is none.
func tag(s string) (string, int) {
	if len(s) < 3 {
		return "", 0
	}
	c := s[1]
	if c != '/' && !('0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z') {
		return "", 0
	}
	end := strings.IndexAny(s[1:min(len(s), longestTag)], "<>")
	if end < 0 || s[1+end] != '>' {
		return "", 0
	}
	return s[1 : 1+end], end + 2
}

// withoutOverrides drops what SubStation files say of the look of a line:
// "{\an8}".
func withoutOverrides(l string) string {
	if !strings.Contains(l, `{\`) {
		return l
	}
	var b strings.Builder
	for {
		i := strings.Index(l, `{\`)
		if i < 0 {
			break
		}
		end := strings.IndexByte(l[i:min(len(l), i+longestTag)], '}')
		if end < 0 {
			end = 1
		}
		b.WriteString(l[:i])
		l = l[i+end+1:]
	}
	b.WriteString(l)
	return b.String()
}

func tidyLines(s string) []string {
	var out []string
	for l := range strings.SplitSeq(strings.ReplaceAll(s, `\N`, "\n"), "\n") {
		if l = page.Tidy(html.UnescapeString(l)); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// millis reads hours, minutes, seconds and their fraction.
func millis(m []string) int {
	h, _ := strconv.Atoi(strings.TrimSuffix(m[0], ":"))
	min, _ := strconv.Atoi(m[1])
	s, _ := strconv.Atoi(m[2])
	f, _ := strconv.Atoi((m[3] + "000")[:3])
	return ((h*60+min)*60+s)*1000 + f
}

// clock writes milliseconds as "01:02:03".
func clock(ms int) string {
	s := ms / 1000
	if s >= 360_000 {
		return fmt.Sprintf("%02d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	two := func(n int) string { return string([]byte{'0' + byte(n/10), '0' + byte(n%10)}) }
	return two(s/3600) + ":" + two(s/60%60) + ":" + two(s%60)
}

// repeats reports whether cues roll up: one in five, and at least three, begin
// with the line that the cue before ended with.
func repeats(cues []cue) bool {
	n, of := 0, 0
	for i := 1; i < len(cues); i++ {
		a, b := cues[i-1].lines, cues[i].lines
		if len(a) == 0 || len(b) == 0 {
			continue
		}
		of++
		if grown(a[len(a)-1], b[0]) {
			n++
		}
	}
	return n >= 3 && n*5 >= of
}

// grown reports whether b is a, or a with more words behind it.
func grown(a, b string) bool {
	rest, ok := strings.CutPrefix(b, a)
	return ok && len(a) > 1 && (rest == "" || rest[0] == ' ')
}

// unroll drops from each cue the lines that are still on the screen, and words
// that are.
func unroll(cues []cue) {
	var shown []string // the lines that the cue before showed
	ended := 0
	for i := range cues {
		c := &cues[i]
		all := c.lines
		if len(all) == 0 {
			continue
		}
		if len(shown) > 0 && c.start <= ended+1500 {
			for k := min(len(shown), len(all)); k > 0; k-- {
				tail := shown[len(shown)-k:]
				same := true
				for j := range k {
					if j < k-1 && tail[j] != all[j] || j == k-1 && !grown(tail[j], all[j]) {
						same = false
						break
					}
				}
				if !same {
					continue
				}
				rest := strings.TrimSpace(strings.TrimPrefix(all[k-1], tail[k-1]))
				c.lines = nil
				if rest != "" {
					c.lines = append(c.lines, rest)
				}
				c.lines = append(c.lines, all[k:]...)
				break
			}
		}
		shown, ended = all, c.end
	}
}

func short(s string) string {
	const most = 200 // bytes
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "..."
}
