package metadata

import (
	"strings"

	"recount/internal/lang"
	"recount/internal/text/date"
	"recount/internal/text/page"
)

// This file takes those who only took the pictures, filmed or edited out of lines such
// as "Words: Ada Brunn | Pictures: Nils Amark".

// helperWords open the name of somebody who did not write: those of pictures, and
// those of films and of editing.
var helperWords = func() map[string]bool {
	m := lang.Set(wordsOfLines["helped"])
	for w := range picturedWords {
		m[w] = true
	}
	return m
}()

// creditMarks part the credits of a line.
var creditMarks = [...]string{" | ", " / ", " • ", " · ", "; ", ". ", ", ", "|"}

// writers returns a line without the parts that credit somebody who did not write. ok is
// false where it holds none, or anything but credits and days.
func writers(s string) (rest string, ok bool) {
	if len(s) > 200 {
		return s, false
	}
	for _, mark := range creditMarks {
		parts := strings.Split(s, mark)
		var kept []string
		sure, helped := true, false
		for _, p := range parts {
			switch p = strings.TrimSpace(strings.TrimRight(strings.TrimSpace(p), ".")); {
			case p == "":
			case helps(p):
				helped = true
			case opened(p) != "" && names(strings.TrimLeft(p[len(opened(p)):], " :"), 9), len(datesIn(date.LatinDigits(p))) > 0 && len(p) < 60:
				kept = append(kept, p)
			default:
				sure = false
			}
		}
		if helped && sure {
			return strings.Join(kept, mark), true
		}
	}
	return s, false
}

// helps reports whether s credits somebody who did not write: "Pictures: Nils Amark",
// "Photos by Nils Amark and Mia Holm".
func helps(s string) bool {
	low := strings.ToLower(s)
	if len(low) != len(s) {
		return false
	}
	best := 0
	for w := range helperWords {
		if len(w) > best && strings.HasPrefix(low, w) && whole(low, 0, len(w)) {
			best = len(w)
		}
	}
	if best == 0 {
		return false
	}
	rest := strings.TrimLeft(s[best:], " ")
	colon := strings.HasPrefix(rest, ":")
	rest = strings.TrimSpace(strings.TrimPrefix(rest, ":"))
	for _, by := range [...]string{"by ", "von ", "de ", "di ", "par ", "por ", "av ", "af "} {
		if r, ok := strings.CutPrefix(rest, by); ok {
			rest, colon = r, true
			break
		}
	}
	return rest != "" && names(rest, 8) && (colon || strings.Contains(rest, " ") && names(rest, 4) || strings.Contains(low[:best], " "))
}

// SiteLine reports whether a line above the headline names the site and no more than
// what it is or where on it one is: "Quay Courier – News from the harbour".
func (f *Facts) SiteLine(s, outlet string) bool {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 120 {
		return false
	}
	s = strings.TrimPrefix(s, "www.")
	for _, mark := range [...]string{"", " – ", " - ", " — ", " | ", ": ", " · ", " • "} {
		head, _, ok := strings.Cut(s, mark)
		if mark == "" {
			head, ok = s, true
		}
		for _, tail := range [...]string{"", " Online", " online", " ONLINE", " News", " Home"} {
			if h, cut := strings.CutSuffix(head, tail); ok && cut && h != "" && f.top.SiteName(h, outlet) && page.FoldTitle(h) != "" {
				return true
			}
		}
	}
	return false
}
