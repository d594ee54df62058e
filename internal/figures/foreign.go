package figures

import (
	"strings"

	"recount"
	"recount/internal/figures/wording"
)

// foreign finds the shares with a percent sign of a text that is not English:
// the one wording that is safe to read without a grammar. "12,5 %" and
// "12.5%" are the same number; what could be read in two ways is left out.
func foreign(text string) []recount.ReportedFigure {
	var out []recount.ReportedFigure
	for i := 0; i < len(text); i++ {
		end := i + 1
		if strings.HasPrefix(text[i:], "٪") {
			end = i + len("٪")
		} else if text[i] != '%' {
			continue
		}
		j := i
		for _, space := range [...]string{" ", "\u00a0", "\u202f"} {
			j = len(strings.TrimSuffix(text[:j], space))
		}
		k := j
		for k > 0 && j-k < 8 && (text[k-1] >= '0' && text[k-1] <= '9' || text[k-1] == ',' || text[k-1] == '.') {
			k--
		}
		digitsText := strings.ReplaceAll(text[k:j], ",", ".")
		whole, part, split := strings.Cut(digitsText, ".")
		if whole == "" || len(whole) > 3 || split && (part == "" || len(part) > 2) || k > 0 && (text[k-1] == '-' || text[k-1] == '+') {
			continue
		}
		v, ok := wording.Digits(digitsText)
		if !ok {
			continue
		}
		v.Places += 2
		wording.TrimZeros(&v)
		out = append(out, recount.ReportedFigure{Span: recount.Span{Start: k, End: end}, Kind: recount.ShareFigure, Value: &v, Qualifier: recount.Exact, Of: -1})
	}
	return out
}
