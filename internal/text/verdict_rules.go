package text

import (
	"fmt"
	"slices"
	"strings"

	whatwg "github.com/nlnwa/whatwg-url/url"

	"recount"
	"recount/internal/text/address"
	"recount/internal/text/page"
)

// status goes by what the server said outright.
func status(l *pageFacts, f recount.Fetch, _ string) (verdict, bool) {
	switch {
	case l.article && l.letters >= littleProse: // some servers send the article all the same
	case f.Status == 404 || f.Status == 410:
		return verdict{Kind: isNotFound, Reason: fmt.Sprintf("the server says that there is no such page (%d)", f.Status), Hint: missingHint, Because: fmt.Sprint(f.Status)}, true
	case f.Status == 402:
		return verdict{Kind: isPaywall, Partial: l.letters >= someProse, Reason: "the server asks for payment (402)", Hint: saveHint, Because: "402"}, true
	case f.Status == 401 || f.Status == 407:
		return verdict{Kind: isLogin, Reason: fmt.Sprintf("the server asks for a login (%d)", f.Status), Hint: saveHint, Because: fmt.Sprint(f.Status)}, true
	case f.Status == 403 || f.Status == 429 || f.Status == 451 || f.Status == 503 && l.letters < littleProse:
		return verdict{Kind: isBlock, Reason: fmt.Sprintf("the server did not give the page to recount (%d)", f.Status), Hint: saveHint, Because: fmt.Sprint(f.Status)}, true
	}
	return verdict{}, false
}

const missingHint = "look for an archived copy of the page, or supply the text with recount attach"

// fronts are paths of front pages besides "/".
var fronts = map[string]bool{"/": true, "/home": true, "/homepage": true, "/frontpage": true, "/index": true, "/start": true, "/startseite": true,
	"/accueil": true, "/portada": true, "/inicio": true, "/home.html": true, "/404": true, "/error": true, "/notfound": true, "/not-found": true}

// home recognises that another page was sent than the one that was asked for:
// the front page, or the section above it.
func home(l *pageFacts, f recount.Fetch, asked string) (verdict, bool) {
	if f.Final == "" || asked == "" || l.article && l.letters >= wholeSite {
		return verdict{}, false
	}
	from, to := path(asked), path(f.Final)
	if from == "" || to == "" || from == to || fronts[from] || strings.Contains(f.Final, "?p=") {
		return verdict{}, false
	}
	where := ""
	if fronts[to] || len(to) == 3 && to[0] == '/' && to[1] >= 'a' && len(from) > 3 {
		where = "its front page"
		if query(f.Final) != "" && l.letters >= littleProse {
			return verdict{}, false // "/?id=7" is an article's own address in old systems
		}
	} else if strings.HasPrefix(from, to+"/") && !l.article && l.letters < wholeSite && !strings.ContainsAny(to, "0123456789") {
		where = "the section above it"
	}
	if where == "" {
		return verdict{}, false
	}
	kind := isFrontPage
	if to == "/404" || to == "/not-found" || to == "/notfound" || to == "/error" {
		kind, where = isNotFound, "a page that says it is not there"
	}
	return verdict{Kind: kind, Reason: "the site sent " + where + " instead of the page that was asked for", Hint: missingHint, Because: f.Final}, true
}

// path returns the path of an address in the form in which pages are compared.
func path(s string) string {
	u, err := whatwg.Parse(address.Canonical(s))
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Pathname())
}

func query(s string) string {
	u, err := whatwg.Parse(address.Canonical(s))
	if err != nil {
		return ""
	}
	return u.Query()
}

func hostAndPath(s string) (string, string) {
	u, err := whatwg.Parse(s)
	if err != nil {
		return "", ""
	}
	return strings.ToLower(u.Hostname()), strings.ToLower(u.Pathname())
}

// block recognises pages that keep robots out.
func block(l *pageFacts, f recount.Fetch, _ string) (verdict, bool) {
	if l.letters >= l.bound() || l.all >= smallPage {
		return verdict{}, false
	}
	mark := vendor(l.doc)
	if mark == "" && l.letters >= unmarked {
		return verdict{}, false
	}
	why := ""
	for _, t := range robotTitles {
		if l.title == t || strings.HasPrefix(l.title, t) && len(l.title) < len(t)+25 && len(t) > 8 {
			why = l.title
		}
	}
	said := map[string]bool{}
	for _, n := range l.lines {
		if w := contains(n.text, robots); w != "" && !quotedLine(n.text) && n.text != l.title {
			said[w] = true
		}
	}
	if w := contains(l.noscript, robots); w != "" {
		said[w] = true
	}
	switch {
	case why != "" && (len(said) > 0 || mark != "" || l.all < 600):
	case len(said) > 0 && mark != "":
		why = mark
	case len(said) >= 2 && !l.article:
		why = first(said)
	case len(said) == 1 && !l.article && l.all < 600:
		why = first(said)
	case mark != "" && l.all < fewLetters:
		why = mark
	default:
		return verdict{}, false
	}
	reason := "the site took recount for a robot and sent a block page"
	if strings.Contains(why, "legal reasons") || strings.Contains(why, "european") || strings.Contains(why, "not available in your") || strings.HasPrefix(why, "451") {
		reason = "the site does not show the page in this country"
	}
	return verdict{Kind: isBlock, Reason: reason, Hint: saveHint, Because: why}, true
}

// first returns the first of a set in the order of the alphabet.
func first(set map[string]bool) string {
	least := ""
	for s := range set {
		if least == "" || s < least {
			least = s
		}
	}
	return least
}

// consent recognises a page that asks for consent in place of the article.
func consent(l *pageFacts, f recount.Fetch, asked string) (verdict, bool) {
	if l.letters >= l.bound() {
		return verdict{}, false
	}
	host, p := hostAndPath(f.Final)
	sent := f.Final != "" && (strings.HasPrefix(host, "consent.") || strings.HasPrefix(host, "guce.") || strings.HasPrefix(host, "cookies.") || strings.Contains(p, "cookiewall") || strings.Contains(p, "cookie-wall") || strings.Contains(p, "privacywall") || strings.Contains(p, "privacy-gate") || strings.Contains(p, "/consent") || strings.Contains(p, "collectconsent"))
	button := ""
	if sent || l.consent >= 100 {
		for _, b := range append(l.links, l.buttons...) {
			if b = strings.Trim(b, " .!>»›✓"); slices.Contains(accepts, b) {
				button = b
			}
		}
	}
	switch {
	case sent && l.letters < littleProse:
		button = host + p
	case button != "" && l.consent >= 100 && l.consent > l.letters && 3*l.consent >= l.all:
	default:
		return verdict{}, false
	}
	return verdict{Kind: isConsent, Reason: "the page asks for consent to cookies and shows no article", Hint: saveHint, Because: button}, true
}

// notFound recognises a page that says it is not there under status 200.
func notFound(l *pageFacts, f recount.Fetch, _ string) (verdict, bool) {
	bound := min(l.bound(), 600)
	if l.letters >= bound {
		return verdict{}, false
	}
	heads := l.headings
	if len(heads) > 3 {
		heads = heads[:3]
	}
	for i, t := range append([]string{l.title}, heads...) {
		w := contains(t, missing)
		if w == "" && (t == "404" || t == "404!" || t == "410" || t == "not found" || t == "error" && l.all < 400 || t == "page not found" || t == "oops!" && l.all < 400) {
			w = t
		}
		most := 40
		if i == 0 {
			most = 70 // with the name of the outlet
		}
		if w != "" && len(t) <= len(w)+most && !quotedLine(t) && (!l.article || l.letters < someProse) {
			return verdict{Kind: isNotFound, Reason: "the page says that it is not there, although the server said it was", Hint: missingHint, Because: t}, true
		}
	}
	if l.article || l.all > 1500 {
		return verdict{}, false
	}
	for _, n := range l.lines {
		if w := contains(n.text, missing); w != "" && n.at >= 0 && len(n.text) < len(w)+60 && l.letters < someProse && !quotedLine(n.text) {
			return verdict{Kind: isNotFound, Reason: "the page says that it is not there, although the server said it was", Hint: missingHint, Because: n.text}, true
		}
	}
	return verdict{}, false
}

// login recognises a page that asks for a name and a password.
func login(l *pageFacts, f recount.Fetch, asked string) (verdict, bool) {
	if l.letters >= min(l.bound(), 500) {
		return verdict{}, false
	}
	_, p := hostAndPath(f.Final)
	_, from := hostAndPath(asked)
	sent := false
	if f.Final != "" && p != from {
		for s := range strings.SplitSeq(p, "/") {
			switch strings.TrimSuffix(strings.TrimSuffix(s, ".html"), ".php") {
			case "login", "log-in", "signin", "sign-in", "sso", "auth", "anmelden", "connexion", "wp-login", "openid-connect", "authorize":
				sent = true
			}
		}
	}
	headed := ""
	for _, t := range append([]string{l.title}, l.headings...) {
		if w := contains(t, logins); w != "" && len(t) < len(w)+40 {
			headed = t
		}
	}
	switch {
	case sent && (l.password || headed != ""):
		headed = p
	case l.password && headed != "" && (!l.article || l.letters < someProse):
	case l.password && l.all < 800 && l.letters < someProse && !l.article:
		headed = "a field for a password"
	default:
		return verdict{}, false
	}
	return verdict{Kind: isLogin, Reason: "the page asks for a login and shows no article", Hint: saveHint, Because: headed}, true
}

// paywall recognises a page that shows nothing, or only the beginning, of an
// article that is sold.
func paywall(l *pageFacts, f recount.Fetch, _ string) (verdict, bool) {
	if l.letters >= fullProse {
		return verdict{}, false
	}
	within, named := l.section()
	if within >= 600 && l.letters >= 600 {
		return verdict{}, false // what is sold stands there
	}
	words := 0
	for _, p := range l.prose {
		words += len(strings.Fields(p))
	}
	if l.words > 0 && words*10 >= l.words*8 {
		return verdict{}, false // as long as the page says the article is
	}
	short := l.words >= 150 && words*10 < l.words*5
	asks := ""
	for _, n := range l.lines {
		if (n.at < 0 || n.at >= l.lastText && n.first) && offer(n.text) != "" {
			asks = n.text
			break
		}
	}
	cut := false
	if n := len(l.prose); n > 0 {
		last := strings.TrimRight(l.prose[n-1], " ")
		cut = strings.HasSuffix(last, "…") || strings.HasSuffix(last, "...") || strings.HasSuffix(last, "[…]") || strings.HasSuffix(last, "[...]") || !page.Ended(last)
	}
	hollow := l.declared && named && within < 100
	because := ""
	switch {
	case asks != "" && l.letters < littleProse && (l.declared || cut || short || l.walls > 0 || hollow || l.letters < briefProse && !l.article):
		because = asks
	case asks != "" && (short || hollow || cut && (l.declared || l.walls > 0)):
		because = asks
	case l.declared && l.letters < littleProse && (short || hollow && cut || hollow && l.walls > 0 || cut && l.walls > 0):
		because = "isAccessibleForFree: false"
	case l.declared && l.letters < someProse && l.walls > 0:
		because = "isAccessibleForFree: false"
	default:
		return verdict{}, false
	}
	v := verdict{Kind: isPaywall, Partial: l.letters >= someProse, Reason: "the article is behind a paywall", Hint: saveHint, Because: because}
	if v.Partial {
		v.Reason = "the article is behind a paywall: only the beginning is readable"
	}
	return v, true
}

// empty recognises a page that a script would fill.
func empty(l *pageFacts, _ recount.Fetch, _ string) (verdict, bool) {
	if l.letters >= someProse || l.all >= fewLetters || l.scripts == 0 && !strings.Contains(l.noscript, "javascript") {
		return verdict{}, false
	}
	return verdict{Kind: isShell, Reason: "a page without text, which a script would fill in a browser", Hint: "open it in a browser, wait until the article is there, save the page, and add the file", Because: fmt.Sprintf("%d letters", l.all)}, true
}

// list recognises the page of a section: headlines that lead elsewhere, and
// nothing that goes on for three paragraphs. The page's own address must be one
// of a section, because the page of a short article may have as many links.
func list(l *pageFacts, f recount.Fetch, asked string) (verdict, bool) {
	if l.article || l.letters >= fullProse {
		return verdict{}, false
	}
	own := l.canonical
	if own == "" {
		if own = f.Final; own == "" {
			own = asked
		}
	}
	p := path(own)
	if p == "" || !strings.Contains(own, "://") || query(own) != "" {
		return verdict{}, false
	}
	steps := strings.Split(strings.Trim(p, "/"), "/")
	if len(steps) > 2 || strings.ContainsAny(p, "0123456789.") || strings.Count(steps[len(steps)-1], "-") > 1 {
		return verdict{}, false
	}
	links, run, most := 0, 0, 0
	for _, q := range l.pieces {
		n := letters(q.Text)
		switch {
		case n >= 20 && n < 200 && q.Links*10 >= len(q.Text)*8 && len(strings.Fields(q.Text)) >= 4:
			links++
			run = 0
		case n >= 80 && q.Links*10 < len(q.Text)*3:
			run++
			most = max(most, run)
		}
	}
	if links < 12 || most > 2 {
		return verdict{}, false
	}
	return verdict{Kind: isList, Reason: "a list of articles, not one", Hint: "add the addresses of the articles in it", Because: fmt.Sprintf("%d headlines", links)}, true
}
