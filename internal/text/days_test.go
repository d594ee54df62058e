package text

import "testing"

// TestDaysOfSomethingElse reads pages whose only day, or whose first, is that of
// a picture, a change, a copy or an event.
func TestDaysOfSomethingElse(t *testing.T) {
	const day = `<p>27 August 2019</p>`
	tests := []struct{ line, want string }{
		{`<div class="photo">Brandal harbour, 3 June 2009 (Photo: Lars Moe)</div>`, ""},
		{`<p>Brandal harbour, 3 June 2009 (Photo: Lars Moe)</p>`, ""},
		{`<p><img src="a.jpg"><br><em>The ferry on 3 June 2009.</em></p>`, ""},
		{`<p><img src="a.jpg"><br><i>The ferry on 3 June 2009.</i></p>`, ""},
		{`<div class="image"><p>The ferry, 3 June 2009</p></div>`, ""},
		{`<p class="updated">Saturday, 30 August 2019</p>`, ""},
		{`<span class="last-modified">30 August 2019</span>`, ""},
		{`<time class="dt-updated" datetime="2019-08-30">30 August 2019</time>`, ""},
		{`<p><span class="dateModified">30 August 2019</span></p>`, ""},
		{`<p>Correction, 30 August 2019</p>`, ""},
		{`<p>Correction appended 30 August 2019</p>`, ""},
		{`<p>Reviewed: 30 August 2019</p>`, ""},
		{`<p>Next hearing: 12 September 2019</p>`, ""},
		{`<p>Next edition: 12 September 2019</p>`, ""},
		{`<p>Downloaded: 30 August 2019</p>`, ""},
		{`<p>Saved on 30 August 2019</p>`, ""},
		{`<p>Archived from the site 30 August 2019</p>`, ""},
		{`<p>Скачано 30 августа 2019</p>`, ""},
		{`<p>Seven walked free on 12 March 2019</p>`, ""},

		{`<div class="photo">Brandal harbour, 3 June 2009 (Photo: Lars Moe)</div>` + day, "2019-08-27"},
		{`<p class="updated">30 August 2019</p>` + day, "2019-08-27"},
		{day + `<p>Correction, 30 August 2019</p>`, "2019-08-27"},
		{day + `<p>Next hearing: 12 September 2019</p>`, "2019-08-27"},
		{`<p>Saved on 30 August 2019</p>` + day, "2019-08-27"},

		{`<p class="published updated">27 August 2019</p>`, "2019-08-27"},
		{`<p>By Ada Brunn, 27 August 2019</p>`, "2019-08-27"},
		{`<p>Ada Brunn on 27 August 2019</p>`, "2019-08-27"},
		{`<p>Posted on 27 August 2019</p>`, "2019-08-27"},
		{`<p><img src="ada.jpg">By Ada Brunn, 27 August 2019</p>`, "2019-08-27"},
	}
	for _, tt := range tests {
		a := extract(t, `<html lang="en"><head><title>Seven eel fishermen walk free</title></head><body><article><h1>Seven eel fishermen walk free</h1>`+tt.line+
			`<p>A court in Ardmore on Friday freed seven fishermen who had been accused of selling eels without a licence to a buyer from the south.</p><p>“The law is older than the eels,” said the judge, Harald Moe, as he read the ruling to a full room.</p></article></body></html>`, Options{Name: "p.html"})
		if a.Day() != tt.want {
			t.Errorf("%s: day %q, want %q; dates %v", tt.line, a.Day(), tt.want, a.Dates)
		}
	}
}
