package text

import (
	"slices"
	"strings"
	"testing"

	"recount"
)

// Five paragraphs of fiction that the layouts below set in different ways.
var tale = []string{
	"The crews of the island ferries stayed ashore for an eighth day on Monday, and the queue of lorries reached the old customs house.",
	"“Nobody wants this to last until the herring come,” said Ada Brunn, who has steered the morning boat for eleven years.",
	"The company said it had offered a rise of four per cent in March and had heard nothing since.",
	"“That is not true,” Brunn said.",
	"The harbour master said the quay would stay open to fishing boats, and that the lighthouse tender would carry the post.",
}

const menu = `<div class="menu"><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li><li><a href="/weather">Weather</a></li><li><a href="/tides">Tides</a></li></ul></div>`

// TestLayouts reads one story as sites of different kinds set it.
func TestLayouts(t *testing.T) {
	each := func(before, after string) string {
		var b strings.Builder
		for _, p := range tale {
			b.WriteString(before + p + after)
		}
		return b.String()
	}
	tests := []struct{ name, html string }{
		{"a div per paragraph", menu + `<div id="content"><h1>Ferry strike</h1>` + each(`<div class="txt">`, `</div>`) + `</div>`},
		{"line breaks in one table cell", `<table><tr><td width=150>` + menu + `</td><td><font size=4><b>Ferry strike</b></font><br><br>` + each("", "<br><br>") + `</td></tr></table>`},
		{"bare text between breaks in a div", menu + `<div class="story">` + each("", "<br>\n<br>\n") + `</div>`},
		{"custom elements", menu + `<x-article><x-body>` + each("<x-par><p>", "</p></x-par>") + `</x-body></x-article>`},
		{"a span inside each paragraph", menu + `<main><div>` + each(`<p><span style="font-size:16px">`, `</span></p>`) + `</div></main>`},
		{"consent text before it", `<div id="consent"><p>We and our 214 partners store and read data on your device, such as cookies, to show you advertising that suits you.</p><button>Agree</button></div>` + menu + `<article>` + each("<p>", "</p>") + `</article>`},
		{"an advertisement between paragraphs", menu + `<article>` + strings.Replace(each("<p>", "</p>"), "<p>The company", `<div class="ad-slot">Advertisement</div><p>The company`, 1) + `</article>`},
		{"a section per paragraph", menu + `<article>` + each(`<section><div><p>`, `</p></div></section>`) + `</article>`},
		{"a share bar inside", menu + `<article><ul class="share"><li><a href="#">Facebook</a></li><li><a href="#">Email</a></li></ul>` + each("<p>", "</p>") + `</article>`},
		{"unclosed paragraphs", menu + `<article>` + each("<p>", "\n") + `</article>`},
		{"an author box behind it", menu + `<article>` + each("<p>", "</p>") + `<div class="author-bio"><p>Nils Amark writes about ships and weather, and keeps bees on the roof of the office.</p></div></article>`},
		{"one pre with empty lines", `<h1>Ferry strike</h1><pre>` + strings.ReplaceAll(strings.Join(tale, "\n\n"), " and ", " and\n") + `</pre>`},
		{"one pre with lines set in", `<h1>Ferry strike</h1><pre>   ` + strings.ReplaceAll(strings.Join(tale, "\n   "), " and ", " and\n") + `</pre>`},
		{"a form around the page", `<form id="aspnetForm">` + menu + `<div class="article-body">` + each("<p>", "</p>") + `</div></form>`},
		{"a list of other stories behind it", menu + `<article>` + each("<p>", "</p>") + `</article><div class="river">` + strings.Repeat(`<div class="card"><a href="/x"><h3>Bakery fire put out by wedding guests with soup</h3></a><p>Nobody was hurt.</p></div>`, 12) + `</div>`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := `<!doctype html><html lang="en"><head><title>Ferry strike | Quay Courier</title></head><body>` + tt.html + `<div class="footer">Quay Courier, Mole Street.</div></body></html>`
			a := extract(t, src, Options{Name: "p.html"})
			if got := blocksOf(a, recount.Body); !slices.Equal(got, tale) {
				t.Errorf("body is %q", got)
			}
			resolve(t, []byte(src), a)
		})
	}
}

// TestScripts reads pages that are not written in Latin letters.
func TestScripts(t *testing.T) {
	tests := []struct {
		name, language string
		paras          []string
	}{
		{"Arabic", "ar", []string{"بقيت طواقم العبارات على الشاطئ لليوم الثامن على التوالي ووصل طابور الشاحنات إلى مبنى الجمارك القديم عند المرفأ.", "قالت قائدة القارب الصباحي إن أحدا لا يريد أن يستمر هذا الأمر حتى موسم الصيد المقبل في الخريف.", "وأضافت الشركة أنها عرضت زيادة في الأجور في شهر مارس ولم تسمع أي جواب منذ ذلك الحين من النقابة."}},
		{"Chinese", "zh", []string{"岛上渡轮的船员星期一第八天留在岸上，卡车的长队一直排到旧海关大楼。港口的居民说，他们从来没有见过这样的景象。", "驾驶早班船十一年的女船长说，没有人希望这件事拖到鲱鱼来的时候。她说船员们的要求很简单，公司应当听一听。", "公司表示，三月份曾提出加薪百分之四，此后没有得到任何答复。船员们立即否认了这一说法，并要求公开谈判记录。"}},
		{"Russian", "ru", []string{"Экипажи островных паромов восьмой день подряд остаются на берегу, и очередь грузовиков дошла до старой таможни.", "«Никто не хочет, чтобы это длилось до прихода сельди», — сказала Ада, которая водит утренний паром одиннадцать лет.", "Компания заявила, что в марте предложила поднять жалованье на четыре процента и с тех пор не получила ответа."}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := `<!doctype html><html><head><meta charset="utf-8"><title>x</title></head><body>` + menu + `<article><p>` + strings.Join(tt.paras, "</p><p>") + `</p></article></body></html>`
			a := extract(t, src, Options{Name: "p.html"})
			if got := blocksOf(a, recount.Body); !slices.Equal(got, tt.paras) || a.Language != tt.language {
				t.Errorf("language %q, body %q", a.Language, got)
			}
		})
	}
}
