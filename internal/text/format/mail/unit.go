package mail

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recount"
	"recount/internal/pattern"
	"recount/internal/text/document"
	"recount/internal/text/page"
)

const (
	ownWords      = 300     // letters; a mail with fewer of its own passes on what it quotes
	mostSignature = 20      // lines of a signature
	maxParagraph  = 100_000 // bytes
)

// A unit is one paragraph of a mail, or the header of a mail that is passed on
// inside the text.
type unit struct {
	text  string
	path  string
	role  recount.Role
	depth int    // how often it is quoted
	of    *part  // the attached mail that it is of
	head  header // of a mail inside the text
	sign  bool   // it stands in what a mail program marks as a signature
}

// text cuts one part into units.
func (r *reader) text(p inner) {
	n := p.number
	if n == "" {
		n = "1"
	}
	base := "part[" + n + "]"
	var us []unit
	if p.kind == "text/html" {
		us = htmlUnits(p.part, base)
	} else {
		us = plainUnits(p.part, base)
	}
	if n := bytes.Count(p.body, []byte("\n")); p.kind != "text/html" && n >= maxLines {
		r.left(base, fmt.Sprintf("only the first %d of %d lines were read", maxLines, n), "save the text of the mail in parts")
	}
	us = r.unsigned(us)
	for i := range us {
		us[i].of = p.of
	}
	r.units = append(r.units, us...)
}

// passedOn returns the header of a mail that this one passes on with hardly a
// word of its own.
func (r *reader) passedOn() (header, string) {
	own := 0
	for _, u := range r.units {
		if u.head != nil {
			if own > ownWords {
				return nil, ""
			}
			return u.head, "forwarded mail"
		}
		if u.of != nil && own <= ownWords && r.passed != nil {
			return r.passed.header, "attached mail"
		}
		if u.depth == 0 {
			own += letters(u.text)
		}
	}
	return nil, ""
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// write makes paragraphs of the units. What is quoted deeper than the mail that
// counts is related; so is the comment above a mail that is passed on.
func (r *reader) write() {
	passed, by := r.passedOn()
	begun, depth := passed == nil, 0
	title := ""
	for _, f := range r.draft.Facts {
		if f.Field == "title" {
			title = f.Value
			break
		}
	}
	main := 0
	for _, u := range r.units {
		switch {
		case u.head != nil:
			if !begun {
				begun, depth = true, u.depth
			} else {
				depth = -1 // a second one: what it holds was answered or passed on before
			}
			continue
		case !begun && by == "attached mail" && u.of == r.passed:
			begun = true
		}
		role := u.role
		if !begun || u.depth > depth && depth >= 0 || depth < 0 || passed != nil && by == "attached mail" && u.of != r.passed {
			role = recount.Related
		}
		if u.text == title && title != "" && main == 0 {
			continue
		}
		if role != recount.Related {
			main++
		}
		r.add(u.text, u.path, role)
	}
	if main > 0 {
		return
	}
	// Nothing but quoted text: then that is what the mail holds.
	for i := range r.draft.Paragraphs {
		r.draft.Paragraphs[i].Role = ""
	}
}

// byline takes the line that says who wrote the text off its top. Whoever
// sent the mail is then the outlet.
func (r *reader) byline() {
	n, beside := len(r.draft.Facts), 0
	for beside < len(r.draft.Paragraphs) && r.draft.Paragraphs[beside].Role == recount.Related {
		beside++ // "View this letter in your browser"
	}
	d := document.Draft{Facts: r.draft.Facts, Paragraphs: r.draft.Paragraphs[beside:]}
	d.Top(true)
	r.draft.Facts, r.draft.Paragraphs = d.Facts, append(r.draft.Paragraphs[:beside:beside], d.Paragraphs...)
	who := ""
	for _, f := range r.draft.Facts[n:] {
		if f.Field == "byline" {
			who = f.Value
			break
		}
	}
	if who == "" {
		return
	}
	for i := range n {
		if f := &r.draft.Facts[i]; f.Field == "byline" && strings.HasSuffix(f.Origin, " From") {
			if strings.Contains(who, f.Value) {
				f.Field = "sender" // who wrote it sent it
			} else {
				f.Field = "outlet"
			}
		}
	}
}

// unsigned leaves out signatures: what follows a line of two dashes, as far as
// it is not quoted and short.
func (r *reader) unsigned(us []unit) []unit {
	var out []unit
	for i := 0; i < len(us); i++ {
		if us[i].sign {
			r.signed++
			continue
		}
		if us[i].text != "--" || us[i].head != nil {
			out = append(out, us[i])
			continue
		}
		end, lines := i+1, 0
		for lines <= mostSignature && end < len(us) && us[end].depth == us[i].depth && us[end].head == nil && !attributes(us[end].text) {
			lines += 1 + len(us[end].text)/80
			end++
		}
		if lines > mostSignature {
			continue // a line that parts sections
		}
		r.signed += lines
		i = end - 1
	}
	return out
}

var (
	forwardMark = pattern.New(`(?i)^(?:-{2,}|_{3,})\s*(?:forwarded message|original message|forwarded by .*|weitergeleitete nachricht|ursprüngliche nachricht|message transféré|message d'origine|message original|mensaje reenviado|mensaje original|mensagem encaminhada|mensagem original|messaggio inoltrato|messaggio originale|doorgestuurd bericht|oorspronkelijk bericht|videresendt (?:melding|meddelelse)|vidarebefordrat meddelande|пересылаемое сообщение|转发邮件|原始邮件)\s*(?:-{2,}|_{3,})?$|^(?i:begin forwarded message|anfang der weitergeleiteten nachricht|début du message transféré|début du message réexpédié|inicio del mensaje reenviado|inizio messaggio inoltrato|start doorgestuurd bericht)\s*:$|^_{20,}$`)
	attribution = pattern.New(`(?i)^(?:on|am|le|el|il|em|op|den|dnia|le)\b.{5,240}\b(?:wrote|schrieb|écrit|escribió|scritto|escreveu|schreef|skrev|napisał\(a\)|pisze)\b.{0,80}:$`)
)

// attributes reports whether a line says who wrote what is quoted below it.
func attributes(s string) bool {
	return len(s) < 400 && strings.HasSuffix(s, ":") && attribution.MatchString(s)
}

// forwardFields says which field of a header a line of a mail inside the text is.
var forwardFields = map[string]string{
	"from": "from", "von": "from", "de": "from", "da": "from", "van": "from", "fra": "from", "från": "from", "expéditeur": "from",
	"date": "date", "sent": "date", "datum": "date", "gesendet": "date", "envoyé": "date", "fecha": "date", "enviado": "date", "data": "date",
	"inviato": "date", "verzonden": "date", "dato": "date", "sendt": "date", "skickat": "date",
	"subject": "subject", "betreff": "subject", "objet": "subject", "asunto": "subject", "assunto": "subject", "oggetto": "subject", "onderwerp": "subject", "emne": "subject", "ämne": "subject",
	"to": "to", "an": "to", "à": "to", "para": "to", "a": "to", "aan": "to", "til": "to", "till": "to", "pour": "to", "cc": "cc", "kopie": "cc", "reply-to": "reply-to",
	"importance": "importance", "attachments": "attachments", "organization": "organization",
}

// forwardHeader reads the header of a mail that stands inside a text, which
// begins at the first of lines, and returns how many lines it takes; 0 if none
// begins there.
func forwardHeader(lines []string) (header, int) {
	i, need := 0, 3
	if len(lines) == 0 || len(lines[0]) > 200 || lines[0] == "" || !strings.ContainsAny(lines[0][:1], "-_") && !strings.Contains(lines[0], ":") {
		return nil, 0
	}
	if c := lines[0][0]; (c == '-' || c == '_' || strings.HasSuffix(lines[0], ":")) && forwardMark.MatchString(lines[0]) {
		i, need = 1, 2
	}
	for marked := i > 0; marked && i < len(lines) && i < 4 && lines[i] == ""; {
		i++
	}
	// Look first, so that a text full of such lines costs little.
	start, fields, gaps := i, 0, 0
	seen := map[string]bool(nil)
	for i < len(lines) && fields < 12 {
		if lines[i] == "" && fields < need && gaps < 4 && fields > 0 {
			gaps++
			i++
			continue
		}
		key, _ := forwardField(lines[i])
		if key == "" || seen[key] || fields == 0 && need == 3 && key != "from" {
			break
		}
		if seen == nil {
			seen = map[string]bool{}
		}
		seen[key] = true
		fields++
		i++
	}
	if fields < need || !seen["from"] || !seen["date"] && !seen["subject"] {
		return nil, 0
	}
	var h header
	for _, l := range lines[start:i] {
		if key, value := forwardField(l); key != "" {
			h = append(h, field{key, value})
		}
	}
	return h, i
}

// forwardField reads one line of such a header: "From: a", "*Von:* a".
func forwardField(l string) (key, value string) {
	i := strings.IndexByte(l[:min(len(l), 30)], ':')
	if i < 1 {
		return "", ""
	}
	return forwardFields[strings.ToLower(strings.Trim(l[:i], "* "))], strings.Trim(l[i+1:], "* ")
}

// plainUnits cuts plain text: quoted lines by their depth, flowed lines
// (RFC 3676) and lines broken at a column joined to paragraphs.
func plainUnits(p *part, base string) []unit {
	lines := quotedLines(p)
	texts := make([]string, len(lines))
	for i, l := range lines {
		texts[i] = l.text
	}
	flowed := strings.EqualFold(p.params["format"], "flowed")
	whole := !flowed && hardWrapped(lines)
	narrow := wrappedBlocks(lines)
	var out []unit
	var cur strings.Builder
	first := 0
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		if cur.Len() == 0 {
			if h, n := forwardHeader(texts[i:min(len(texts), i+20)]); n > 0 {
				i += n - 1
				out = append(out, unit{head: h, depth: lines[i].depth})
				continue
			}
			first = i
		} else if !lines[i-1].delsp {
			cur.WriteByte(' ')
		}
		if l.text == "" {
			continue
		}
		cur.WriteString(l.text)
		wrapped := whole || !flowed && narrow[i]
		if goes := flowed && l.soft || wrapped; goes && i+1 < len(lines) && l.text != "--" && cur.Len() < maxParagraph {
			next := lines[i+1]
			_, head := forwardHeader(texts[i+1 : min(len(texts), i+21)])
			if next.depth == l.depth && next.text != "" && next.text != "--" && head == 0 && (flowed || !item(next.text)) {
				continue
			}
		}
		path := base + "/line[" + strconv.Itoa(first+1)
		if first < i {
			path += "-" + strconv.Itoa(i+1)
		}
		path += "]"
		u := unit{text: page.Tidy(cur.String()), path: path, depth: l.depth}
		if attributes(u.text) || footer(u.text) {
			u.role = recount.Related
		}
		out = append(out, u)
		cur.Reset()
	}
	return out
}

// A quotedLine is one line of plain text without its marks of quotation.
type quotedLine struct {
	text  string // tidy
	depth int
	soft  bool // it goes on in the next line (RFC 3676)
	delsp bool // without the space at its end
}

func quotedLines(p *part) []quotedLine {
	src := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(p.text())
	flowed := strings.EqualFold(p.params["format"], "flowed")
	delsp := strings.EqualFold(p.params["delsp"], "yes")
	var out []quotedLine
	for raw := range strings.SplitSeq(src, "\n") {
		if len(out) >= maxLines {
			break
		}
		l := quotedLine{}
		for {
			t := strings.TrimPrefix(raw, " ")
			if !strings.HasPrefix(t, ">") || l.depth == 0 && len(t) > 1 && t[1] != ' ' && t[1] != '>' && strings.HasPrefix(raw, " ") {
				break
			}
			l.depth++
			raw = t[1:]
		}
		if flowed {
			if l.depth > 0 || strings.HasPrefix(raw, " ") {
				raw = strings.TrimPrefix(raw, " ")
			}
			l.soft = strings.HasSuffix(raw, " ") && raw != "-- "
			l.delsp = delsp && l.soft
		}
		l.text = page.Tidy(raw)
		out = append(out, l)
	}
	return out
}

// hardWrapped reports whether lines are broken at a column: none is longer than
// 100 characters, and most lines that another follows are nearly as long as the
// longest.
func hardWrapped(lines []quotedLine) bool {
	longest := 0
	for _, l := range lines {
		longest = max(longest, utf8.RuneCountInString(l.text))
	}
	if longest > 100 || longest < 40 {
		return false
	}
	full, followed := 0, 0
	for i := 0; i+1 < len(lines); i++ {
		if a, b := lines[i], lines[i+1]; a.text != "" && b.text != "" && a.depth == b.depth && a.text != "--" {
			followed++
			if utf8.RuneCountInString(a.text)*10 >= longest*7 {
				full++
			}
		}
	}
	return followed > 0 && full*10 >= followed*5
}

// wrappedBlocks marks the lines of blocks that are paragraphs broken at a
// column, each by itself.
func wrappedBlocks(lines []quotedLine) []bool {
	out := make([]bool, len(lines))
	for from := 0; from < len(lines); {
		to := from
		var block []string
		for to < len(lines) && lines[to].text != "" && lines[to].depth == lines[from].depth {
			block = append(block, lines[to].text)
			to++
		}
		if page.Wrapped(block) {
			for i := from; i < to; i++ {
				out[i] = true
			}
		}
		from = max(to, from+1)
	}
	return out
}

var listItem = pattern.New(`^(?:[-*•·–]|\d{1,2}[.)])\s`)

func item(s string) bool { return listItem.MatchString(s) }

// footers are words of the lines around a newsletter's articles.
var footers = []string{"unsubscribe", "manage your preferences", "manage preferences", "update your preferences", "change your preferences", "email preferences", "e-mail preferences",
	"you are receiving this", "you received this email", "you received this e-mail", "you received this message", "you received this newsletter", "you're receiving this", "was this email forwarded to you", "was this newsletter forwarded to you",
	"newsletter abbestellen", "newsletter abmelden", "im browser ansehen", "im browser öffnen", "se désabonner", "se désinscrire", "dans votre navigateur", "darse de baja", "cancelar la suscripción", "cancelar suscripción", "en su navegador", "en tu navegador", "cancelar a subscrição", "cancelar inscrição", "disiscriviti", "annulla l'iscrizione", "nel tuo browser", "uitschrijven", "in uw browser", "avsluta prenumeration", "meld deg av", "afmeld nyhedsbrev", "wypisz się"}

// footer reports whether a short line belongs to a newsletter and not to what
// it says.
func footer(s string) bool {
	if len(s) >= 300 {
		return false
	}
	low := strings.ToLower(s)
	if strings.Contains(low, "view") && (strings.Contains(low, "browser") || strings.Contains(low, "view online") || strings.Contains(low, "web version")) {
		return true
	}
	for _, w := range footers {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// htmlUnits cuts an HTML part.
func htmlUnits(p *part, base string) []unit {
	doc, err := page.Parse(p.text())
	if err != nil {
		return nil
	}
	ps := page.Pieces(doc)
	texts := make([]string, len(ps))
	for i := range ps {
		texts[i] = ps[i].Text
	}
	paths, zones, quotes := page.NewPathIndex(), page.Zones{}, quoted{}
	var out []unit
	for i := 0; i < len(ps); i++ {
		depth := quotes.depth(ps[i].At)
		if h, n := forwardHeader(texts[i:min(len(texts), i+20)]); n > 0 {
			i += n - 1
			out = append(out, unit{head: h, depth: quotes.depth(ps[i].At)})
			continue
		}
		u := unit{text: ps[i].Text, path: base + ps[i].Path(paths), depth: depth}
		switch zones.Of(ps[i].At) {
		case page.Hidden:
			continue
		case page.Captioned:
			u.role = recount.Caption
		}
		u.sign = signature(ps[i].At)
		switch {
		case attributes(u.text), footer(u.text), ps[i].Links*10 >= len(u.text)*8:
			u.role = recount.Related
		case u.role == "" && heading(ps[i].At):
			u.role = recount.Subhead
		}
		out = append(out, u)
	}
	return out
}

func heading(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// quoted remembers how often elements stand inside quoted mails.
type quoted map[*html.Node]int

func (q quoted) depth(n *html.Node) int {
	if n == nil {
		return 0
	}
	if d, ok := q[n]; ok {
		return d
	}
	d := q.depth(n.Parent)
	if n.DataAtom == atom.Blockquote {
		if names := page.Names(n); page.Attr(n, "type") == "cite" || strings.Contains(names, "quote") {
			d++
		}
	}
	q[n] = d
	return d
}

// signature reports whether n stands in what a mail program marks as one.
func signature(n *html.Node) bool {
	for k := 0; n != nil && k < 8; n, k = n.Parent, k+1 {
		if names := page.Names(n); strings.Contains(names, "gmail_signature") || strings.Contains(names, "moz-signature") || strings.Contains(names, "applemailsignature") {
			return true
		}
	}
	return false
}
