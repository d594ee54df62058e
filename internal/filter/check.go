package filter

import "recount/internal/figures"

// CheckShare answers whether a share of a whole number can exist: "61% of 58".
// fits is false if no whole number does.
func CheckShare(question string) (answer string, fits bool, err error) {
	a, err := figures.Check(question)
	if err != nil {
		return "", false, err
	}
	return a.String(), a.Possible(), nil
}
