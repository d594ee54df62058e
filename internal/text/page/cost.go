package page

import "strings"

// formatting lists the elements that a browser opens again in every paragraph
// that follows while they are not closed (HTML Living Standard, "list of
// active formatting elements").
var formatting = map[string]bool{
	"a": true, "b": true, "big": true, "code": true, "em": true, "font": true, "i": true, "nobr": true, "s": true,
	"small": true, "strike": true, "strong": true, "tt": true, "u": true,
}

// maxCost is the largest tree that may grow out of a page, in nodes, before it
// is parsed.
const maxCost = 5 * maxNodes

// cost returns how many nodes the tree of a page may have at most because of
// formatting elements that are left open: each is opened again behind every
// further tag. Of those that are the same to the letter three count, as a
// browser keeps no more. It reads tags by their first letters only, so what
// stands in comments and scripts counts too.
func cost(src string) int {
	open := 0
	same := map[string]int{}
	total := 0
	for {
		i := strings.IndexByte(src, '<')
		if i < 0 || i+1 == len(src) {
			return total
		}
		src = src[i+1:]
		closing := src[0] == '/'
		if closing {
			src = src[1:]
		}
		n := 0
		for n < len(src) && n < 8 && (src[n]|0x20 >= 'a' && src[n]|0x20 <= 'z') {
			n++
		}
		if n == 0 {
			continue
		}
		total += 1 + open
		if total > maxCost {
			return total
		}
		if n > 6 {
			continue
		}
		name := strings.ToLower(src[:n])
		if !formatting[name] {
			continue
		}
		if closing {
			open = max(0, open-1)
			continue
		}
		end := strings.IndexByte(src, '>')
		if end < 0 {
			return total
		}
		tag := src[:min(end, 200)]
		if same[tag]++; same[tag] <= 3 || len(same) > 1000 {
			open++
		}
	}
}
