// Package report turns results into a report: a folder of static pages in
// which every number is a link to what it was counted from, and a manifest
// with which everything can be hashed and counted again.
//
// In: a Material, which is everything that may be cited, and for a study a
// Template (report.md) with its results. Out: a Site, which writes itself.
// There are two kinds of report. Pile says what came in before anything is
// decided; Study is a report with prose and results in it: the prose of
// report.md, or that of one of the standard reports that come with recount.
//
// Every page is a document (package document), of which the front page is also
// written as Word, Markdown and JSON.
//
// It does no I/O but Site.Write. Text of pages is hostile: package document
// writes it as text, and addresses are shown as text. The pages need no script
// and load nothing. The same material gives the same bytes.
//
// # report.md
//
// A report.md is Markdown (CommonMark, with tables and footnotes). Before the
// prose, between two lines of three hyphens, stands what is to be counted:
//
//	---
//	title: Why people left
//	results:
//	  people:
//	    label: people who left and spoke
//	    count: all
//	    reported: former members, spoke
//	  women:
//	    share: gender == "woman"
//	  in_2015:
//	    label: first reported in 2015
//	    share: first_reported >= "2015"
//	  reasons:
//	    label: reasons for leaving
//	    by: code.top
//	  months:
//	    by: month
//	    from: 2014-01
//	    to: 2015-08
//	  summer:
//	    compare: 2015-06 to 2015-08
//	    with: 2014-06 to 2014-08
//	---
//
// Each result has a name of small letters, digits and _, and under it:
//
//	label    what the number is, in words; without it words are made
//	count    which people to count: a filter, or all
//	share    which people to count, as a part of the whole: a filter, or all
//	of       what the whole of a share is: a filter; without it, everybody
//	by       one row for each value of a variable: gender, outlet, code,
//	         code.top, month, quarter, half, year, or one of the study's own;
//	         two with a comma between make a cross-tab
//	where    which people a result with by counts: a filter
//	from, to the first and the last row of a table by month, quarter or year
//	reported what outlets report of the same: a text that occurs in the
//	         description of a group of reported figures, "former members, spoke"
//	compare, with  two periods; the result is how many times as many people
//	         were first reported in a month of the first as in one of the second
//
// A filter says of each person whether it holds, as in
// gender == "woman" && first_reported >= "2015-01" (package count lists the
// names). The prose takes the results in double braces:
//
//	{{women}}                 the number: 4 of 29 (13.8%), with its range
//	{{count women}}           4
//	{{of women}}              29
//	{{share women}}           13.8%
//	{{range women}}           its range in words
//	{{machine women}}         how many are machine-read and not yet looked at
//	{{label women}}           its label
//	{{words people}}          in words that follow the range: 27 to 29 people
//	{{amount people}}         the same without the noun
//	{{part women}}            4 of 27 to 29 people, none of 29 people
//	{{sentence pace}}         what a comparison of two periods allows to be said
//	{{is people}}             is or are; {{was people}}, {{has people}}
//	{{reasons: brutality}}    one row of a result with by, under its name or label
//	{{share reasons: brutality}}
//
// and, on a line of its own:
//
//	{{table reasons}}         a table: accepted, range, machine-read
//	{{bars reasons}}          bars as long as the numbers
//	{{dots reasons}}          shares as dots on a line from 0% to 100%
//	{{timeline months}}       one column for each row
//	{{beside people}}         the number beside what outlets report of the same,
//	                          each with its event and period
//	{{questions}}             the open questions, each with both sides
//	{{sources}}               one of the parts that are no result (section.go);
//	                          a result of the same name is meant inside a sentence
//
// Every one of them links to its evidence. Braces inside `code` are left
// alone. HTML in the prose is shown as text. A mistake is reported with its
// line and what to do.
//
// # Limits
//
// A report names people; it is for the team, and says so on every page. What
// may leave the team is made elsewhere. The evidence of a number of cases
// shows at most a few statements of each; the page of the person shows all.
package report
