package figures

// A date is a day, or a month or year if the smaller parts are 0.
type date struct{ year, month, day int }

func parseDate(day, published string) date {
	s := day
	if s == "" {
		s = published
	}
	var d date
	get := func(i, n int) int {
		v := 0
		if len(s) < i+n {
			return 0
		}
		for _, c := range s[i : i+n] {
			if c < '0' || c > '9' {
				return 0
			}
			v = v*10 + int(c-'0')
		}
		return v
	}
	d.year, d.month, d.day = get(0, 4), get(5, 2), get(8, 2)
	return d
}
