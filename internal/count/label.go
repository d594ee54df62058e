package count

import "strings"

// describe says in words what a query counts, for results without a label.
func describe(q Query) string {
	s := "cases"
	if w := strings.TrimSpace(q.Where); w != "" {
		s += " where " + words(w)
	}
	if q.Share || strings.TrimSpace(q.Of) != "" {
		s += ", of all cases"
		if o := strings.TrimSpace(q.Of); o != "" {
			s += " where " + words(o)
		}
	}
	if q.By != "" {
		s += ", by " + strings.ReplaceAll(strings.Join(strings.Fields(strings.ReplaceAll(q.By, ",", " and ")), " "), "_", " ")
	}
	return s
}

// words reads a filter aloud. Text in quotation marks stays as it is.
func words(filter string) string {
	var out strings.Builder
	for filter != "" {
		at := strings.IndexAny(filter, "\"'`")
		if at < 0 {
			out.WriteString(spoken.Replace(filter))
			break
		}
		// What stands before quotation marks is compared with a word or a date.
		before := strings.TrimRight(filter[:at], " ")
		op := strings.TrimRight(before, "<>=!")
		out.WriteString(spoken.Replace(op))
		switch before[len(op):] {
		case "<":
			out.WriteString(" before ")
		case "<=":
			out.WriteString(" up to ")
		case ">":
			out.WriteString(" after ")
		case ">=":
			out.WriteString(" from ")
		default:
			out.WriteString(spoken.Replace(before[len(op):] + " "))
		}
		end := strings.IndexByte(filter[at+1:], filter[at])
		if end < 0 {
			out.WriteString(filter[at:])
			break
		}
		out.WriteString(filter[at+1 : at+1+end])
		filter = filter[at+end+2:]
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

var spoken = strings.NewReplacer(
	"==", " is ", "!=", " is not ", "<=", " at most ", ">=", " at least ", "<", " less than ", ">", " more than ",
	"&&", " and ", "||", " or ", "!", " not ", "_", " ",
	"has(", "code ", "reported_by(", "reported by ", ")", "", "(", "")
