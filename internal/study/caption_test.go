package study

import (
	"testing"

	"recount"
	"recount/internal/release"
)

// A row of time says no more months than the study looked at.
func TestPeriodInWords(t *testing.T) {
	to := Period{From: "2014-02", To: "2015-08"}
	tests := []struct {
		period      Period
		label, want string
	}{
		{to, "2014", "February to December 2014"}, {to, "2015", "January to August 2015"}, {to, "2015-H1", "January to June 2015"}, {to, "2015-H2", "July to August 2015"},
		{to, "2014-Q1", "February to March 2014"}, {to, "2015-Q3", "July to August 2015"}, {to, "2015-08", "August 2015"}, {to, "2013", "2013"}, {to, "2016-Q1", "January to March 2016"},
		{Period{To: "2015-07-15"}, "2015-Q3", "July 2015"}, {Period{To: "2015-12"}, "2015", "2015"}, {Period{To: "2015"}, "2015-H2", "July to December 2015"},
		{Period{}, "2015", "2015"}, {Period{}, "2015-Q4", "October to December 2015"}, {Period{}, "2015-Q5", "2015-Q5"}, {Period{}, "2015-13", "2015-13"}, {Period{}, "other", "other"},
		{Period{}, "unknown", "unknown"}, {Period{}, "20-29", "20-29"}, {Period{}, "2015-", "2015-"}, {Period{}, "2015-Q", "2015-Q"}, {to, "15 to 19", "15 to 19"},
	}
	for _, tt := range tests {
		if got := tt.period.words(tt.label); got != tt.want {
			t.Errorf("%+v: %q is %q, want %q", tt.period, tt.label, got, tt.want)
		}
	}
}

// A table is called by the level that it shows.
func TestCaptionOfWiderLevels(t *testing.T) {
	day := &release.Column{Name: "first_reported", Levels: []release.Level{{Name: "month"}, {Name: "quarter"}, {Name: "half"}, {Name: "year"}}}
	country := &release.Column{Name: "country", Levels: []release.Level{{Name: "region"}}}
	age := &release.Column{Name: "age", Levels: []release.Level{{Name: "band5"}, {Name: "band10"}}}
	wider := func(column, level string) []recount.ReleaseBody {
		return []recount.ReleaseBody{{Op: recount.Coarsen, What: column, To: level}}
	}
	month := release.Dimension{Column: "first_reported", Level: "month"}
	tests := []struct {
		name, label string
		dims        []release.Dimension
		changes     []recount.ReleaseBody
		want        string
	}{
		{"as it is", "month first reported", []release.Dimension{month}, nil, "month first reported"},
		{"by quarter", "month first reported", []release.Dimension{month}, wider("first_reported", "quarter"), "quarter first reported"},
		{"by half year", "Month first reported", []release.Dimension{month}, wider("first_reported", "half"), "half year first reported"},
		{"several months", "people over the months", []release.Dimension{month}, wider("first_reported", "year"), "people over the years"},
		{"a label that names no level", "when they spoke", []release.Dimension{month}, wider("first_reported", "year"), "when they spoke, by year"},
		{"a narrower change", "year", []release.Dimension{{Column: "first_reported", Level: "year"}}, wider("first_reported", "month"), "year"},
		{"a word that holds the level", "monthly pay", []release.Dimension{month}, wider("first_reported", "year"), "monthly pay, by year"},
		{"a level of the study", "country", []release.Dimension{{Column: "country"}}, wider("country", "region"), "country, by region"},
		{"bands", "age", []release.Dimension{{Column: "age"}}, wider("age", "band10"), "age, by bands of 10"},
		{"of a cross-tab", "country and month", []release.Dimension{{Column: "country"}, month}, append(wider("country", "region"), wider("first_reported", "half")...), "country and half year, by region"},
		{"renamed by a person", "month", []release.Dimension{month}, append(wider("first_reported", "year"), recount.ReleaseBody{Op: recount.Rename, What: "x", To: "when"}), "when"},
		{"another column is wider", "month", []release.Dimension{month}, wider("country", "region"), "month"},
	}
	for _, tt := range tests {
		e := &publicEdition{Edition: &release.Edition{}}
		e.Columns = []*release.Column{day, country, age}
		x := &draftEdition{shape: release.NewShape(tt.changes)}
		if got := e.caption(x, &release.Result{Name: "x", Label: tt.label, Dims: tt.dims}); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
