package table

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"recount"
	"recount/internal/text/page"
)

// fields lists what a column can be for, in the order in which facts are
// written, and the names that such a column has, best first, folded (fold).
// "seen" and "collected" are times of somebody's computer and never the date
// of publication.
var fields = []struct {
	name  string
	known string
}{
	{"text", `fulltext articlefulltext text body bodytext articlebody maintext content fullcontent plaintext cleantext textcontent contenttext transcript
		bodyhtml contenthtml html rawtext
		volltext artikeltext haupttext textkorper inhalt wortlaut beitragstext texte textecomplet texteintegral contenu corps corpsdutexte
		texto textocompleto textointegral contenido cuerpo cuerpodelanoticia conteudo corpo textointegro corpodotexto testo testocompleto contenuto
		tekst volledigetekst inhoud tresc peltekst brodtext metin tammetin icerik habermetni полныйтекст текст текстстатьи содержание содержимое повнийтекст вміст
		النص نص النصالكامل نصالمقال المحتوى محتوى متن متنکامل טקסט תוכן 正文 全文 内容 內容 本文 記事本文 본문 내용 기사본문
		article articlecontent story artikel beitrag articolo articulo nota`},
	{"url", `url link weburl webaddress permalink canonicalurl canonicallink originalurl fullurl pageurl weblink href uri hyperlink documenturl documentidentifier
		sourceurl shareurl finalurl resolvedurl urllink linkurl onlineurl address
		internetadresse adresse webadresse netzadresse adresseurl adresseweb lien lienurl enlace vinculo liga direccionweb collegamento indirizzoweb
		baglanti baglantiadresi ссылка адрес urlадрес посилання الرابط رابط عنوانالرابط لینک קישור 链接 鏈接 网址 網址 リンク 링크 주소`},
	{"title", `title headline articletitle storytitle pagetitle titletext heading head hed hl newstitle
		titel uberschrift schlagzeile titelzeile titre titredelarticle gostitre titulo titular encabezado cabecalho manchete titolo kop krantenkop
		tytul rubrik baslik haberbasligi заголовок название назва العنوان عنوان عنوانالمقال כותרת 标题 標題 題名 タイトル 見出し 제목`},
	{"byline", `byline author authors authorname authornames writer journalist reporter creator creators writtenby by articleauthor correspondent
		autor autoren verfasser verfasserin autorin journalistin auteur auteurs autora autores periodista autore giornalista auteurnaam
		yazar muhabir автор авторы журналист الكاتب كاتب المؤلف الصحفي نویسنده מחבר כתב 作者 记者 記者 著者 기자 작성자`},
	{"outlet", `outlet outletname medianame mediaoutlet mediatitle mediasource newspaper newspapername newspapertitle publication publicationname publicationtitle newsoutlet newssource
		source sourcename sourcetitle publishername publisher media medium sitename site website journal paper magazine channel broadcaster hostname
		zeitung medientitel medium quelle quellenname publikation presseorgan journalname titredujournal titredepublication publicationtitre nomdumedia
		periodico diario medio fuente nombredelmedio jornal veiculo fonte giornale testata krant bron publicatie zrodlo gazete kaynak yayin
		источник издание сми газета джерело الصحيفة المصدر مصدر الجريدة روزنامه منبع מקור עיתון 来源 來源 媒体 媒體 报纸 掲載紙 언론사 매체
		sourcecommonname sourcedomain sourcehostname domain domainname`},
	{"published", `published publishdate publisheddate publishedat publishedon publishedtime publishtime publishedutc datepublished datepublish dateofpublication publicationdate publicationdatetime pubdate pubtime
		publicationtime publicationday dateissued issuedate issued printdate releasedate articledate storydate newsdate date datetime displaydate
		erscheinungsdatum veroffentlichungsdatum veroffentlicht veroffentlichtam erschienen erschienenam publikationsdatum datum
		datedepublication datepublication publiele datedeparution dateparution parution fechadepublicacion fechapublicacion publicado fecha
		datadepublicacao datapublicacao datadipubblicazione datapubblicazione pubblicato publicatiedatum gepubliceerd datapublikacji datawydania
		publiceringsdatum yayintarihi yayimtarihi tarih датапубликации опубликовано датавыхода дата датапублікації
		تاريخالنشر تاريخ التاريخ تاریخانتشار تاریخ תאריךפרסום תאריך 发布日期 发布时间 發布日期 出版日期 日期 发表日期 公開日 掲載日 発行日 日付 게시일 발행일 날짜
		data timestamp publicationyear pubyear year jahr annee ano anno`},
	{"modified", `modified lastmodified modifieddate modifiedat datemodified datemodify updated updatedat lastupdated lastupdate updatedate dateupdated
		aktualisiert geandertam misajour datedemodification actualizado aggiornato bijgewerkt guncelleme обновлено`},
	{"collected", `collectdate collected collectedat datecollected collectiondate indexeddate indexed indexedat crawldate crawled crawledat crawltime scrapedate scraped scrapedat
		retrieved retrievedat retrievaldate dateretrieved downloaded downloaddate downloadedat datedownload dateadded added addedat accessed accessdate accesseddate
		dateaccessed loaddate fetched fetchedat fetchdate capturedate capturedat ingested filedate abrufdatum abgerufen abgerufenam datedecollecte consultele fechadeconsulta`},
	{"seen", `seendate seen seenat firstseen dateseen`},
	{"language", `language lang languagecode languagename articlelanguage sprache langue idioma lengua lingua taal jezyk sprak dil язык мова اللغة لغة زبان שפה 语言 語言 言語 언어`},
	{"section", `section sectionname newssection rubric ressort rubrique seccion secao sezione rubriek bolum рубрика раздел القسم 版面 栏目`},
	{"words", `wordcount words numberofwords nwords numwords length worter anzahlworter wortzahl nombredemots mots palabras numerodepalabras parole woorden`},
	{"country", `sourcecountry mediacountry publicationcountry outletcountry`},
	{"file", `file filename fileattachments attachment attachments filepath localpath localfile snapshot htmlfile pdffile datei dateiname fichier nomdufichier archivo nombredelarchivo`},
	{"id", `id articleid storiesid storyid documentid docid itemid uuid guid accessionnumber documentnumber recordid gkgrecordid artikelid idarticle idarticulo`},
}

// prefixes may stand before a known name: "story_url", "article.title".
var prefixes = []string{"article", "articles", "story", "news", "newsitem", "item", "document", "doc", "post", "page", "record", "entry", "source", "metadata", "meta", "data"}

// known maps the folded names of columns to a field and a rank, 0 the best.
var known = func() map[string]meaning {
	out := map[string]meaning{}
	for i, f := range fields {
		for rank, name := range strings.Fields(f.known) {
			if _, ok := out[fold(name)]; !ok {
				out[fold(name)] = meaning{field: i, rank: rank}
			}
		}
	}
	return out
}()

// A meaning is what a name says a column is for.
type meaning struct {
	field int // index into fields
	rank  int // 0 is the best name for it
}

// maxName is the longest name of a column that is looked up, in bytes.
const maxName = 80

// fold drops case, accents, spaces and punctuation.
func fold(s string) string {
	if len(s) > maxName {
		return ""
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'ß':
			b.WriteString("ss")
		case r == 'ı' || r == 'İ':
			b.WriteByte('i')
		case r == 'ł' || r == 'Ł':
			b.WriteByte('l')
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// meaningOf returns what a column name says.
func meaningOf(name string) (meaning, bool) {
	f := fold(name)
	if f == "" {
		return meaning{}, false
	}
	if m, ok := known[f]; ok {
		return m, true
	}
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(f, p); ok && rest != "data" {
			if m, ok := known[rest]; ok {
				m.rank += 100
				return m, true
			}
		}
	}
	return meaning{}, false
}

// A namedField is one field that the user named a column for.
type namedField struct {
	field  int // index into fields
	asked  string
	column string
}

// wishesOf reads --map; the order is that of fields.
func wishesOf(columns map[string]string) ([]namedField, error) {
	var out []namedField
	for field, column := range columns {
		m, ok := meaningOf(field)
		if !ok {
			var list []string
			for _, f := range fields {
				list = append(list, f.name)
			}
			return nil, page.Refuse(fmt.Sprintf("no field named %q that a column could be for", field), "fields are "+strings.Join(list, ", "))
		}
		out = append(out, namedField{field: m.field, asked: field, column: column})
	}
	slices.SortFunc(out, func(a, b namedField) int {
		if a.field != b.field {
			return a.field - b.field
		}
		return strings.Compare(a.asked, b.asked)
	})
	return out, nil
}

// numbered reports whether there are named fields and all name columns by number.
func numbered(namedFields []namedField) bool {
	for _, w := range namedFields {
		if _, ok := columnNumber(w.column); !ok {
			return false
		}
	}
	return len(namedFields) > 0
}

// columnNumber reads "3" or "C" as the index of a column.
func columnNumber(s string) (int, bool) {
	if n, err := strconv.Atoi(s); err == nil {
		return n - 1, n >= 1 && n <= maxDelimitedColumns
	}
	return 0, false
}

// columnOf returns the index of the column that a user named, or -1: by its
// exact name, by its name folded, by its number from 1.
func columnOf(header []string, column string) int {
	for _, same := range []func(string) bool{
		func(s string) bool { return strings.TrimSpace(s) == strings.TrimSpace(column) },
		func(s string) bool { return fold(s) != "" && fold(s) == fold(column) },
	} {
		if i := slices.IndexFunc(header, same); i >= 0 {
			return i
		}
	}
	if n, ok := columnNumber(column); ok && n < len(header) {
		return n
	}
	return -1
}

// missing names the columns asked for that no grid has.
func missing(namedFields []namedField, grids []grid) string {
	var out []string
	for _, w := range namedFields {
		if !slices.ContainsFunc(grids, func(g grid) bool { return columnOf(g.first, w.column) >= 0 }) {
			out = append(out, strconv.Quote(w.column))
		}
	}
	if out == nil {
		return "for text, url or file"
	}
	return strings.Join(out, ", ")
}

// A layout says what the columns of a grid are for.
type layout struct {
	header int      // the row of the header, 0 if there is none
	before int      // rows with anything in them above it
	width  int      // columns under the header
	names  []string // of the columns
	fixed  bool     // known without names
	zotero bool     // names are written "Quill, Ada; Oar, Ben"
	gkg    bool     // GDELT's Global Knowledge Graph

	text, url, file []int    // columns, best first
	origins         []string // "column " and its name, of each column
	facts           []column // in order of fields, best first
}

// A column is one column that holds a fact.
type column struct {
	at      int
	field   string
	origin  string
	order   order  // of dates in it
	ordered string // the origin of a date whose order the column shows
}

// arrange reads a row as a header; ok is false if it is none.
func arrange(header []string, namedFields []namedField) (layout, bool) {
	l := layout{width: len(header)}
	for l.width > 0 && strings.TrimSpace(header[l.width-1]) == "" {
		l.width--
	}
	type found struct {
		meaning
		at int
	}
	var list []found
	vendor := ""
	for i, name := range header[:l.width] {
		name = page.Tidy(strings.ToValidUTF8(name[:min(len(name), maxFact)], ""))
		l.names = append(l.names, name)
		l.origins = append(l.origins, "column "+name)
		if m, ok := meaningOf(name); ok {
			list = append(list, found{m, i})
		}
		if f := fold(name); f == "urlmobile" || f == "mobileurl" {
			vendor = "GDELT "
		} else if f == "itemtype" && vendor == "" {
			vendor = "Zotero "
		}
	}
	for k := range list {
		f := fold(header[list[k].at])
		switch {
		case vendor == "GDELT " && f == "date": // when GDELT saw the page
			list[k].meaning = known["seendate"]
		case vendor == "Zotero " && f == "datemodified": // of Zotero's record
			list[k].meaning = known["dateadded"]
			list[k].rank++
		}
	}
	for _, w := range namedFields {
		at := columnOf(header, w.column)
		if at < 0 {
			return l, false
		}
		list = slices.DeleteFunc(list, func(f found) bool { return f.at == at || f.field == w.field })
		list = append(list, found{meaning{w.field, 0}, at})
	}
	slices.SortStableFunc(list, func(a, b found) int {
		if a.field != b.field {
			return a.field - b.field
		}
		return a.rank - b.rank
	})
	for _, f := range list {
		switch name := fields[f.field].name; name {
		case "text":
			l.text = append(l.text, f.at)
		case "url":
			l.url = append(l.url, f.at)
		case "file":
			l.file = append(l.file, f.at)
		default:
			l.facts = append(l.facts, column{at: f.at, field: name, origin: vendor + l.origins[f.at]})
		}
	}
	l.zotero = vendor == "Zotero "
	return l, len(l.text)+len(l.url) > 0 || len(l.file) > 0 && len(l.facts) > 0
}

// unnamed makes a layout of numbered columns, where the first row is no header.
func (l *layout) unnamed() {
	l.header, l.before = 0, 0
	for i := range l.names {
		l.names[i] = strconv.Itoa(i + 1)
		l.origins[i] = "column " + l.names[i]
	}
	for i := range l.facts {
		l.facts[i].origin = l.origins[l.facts[i].at]
	}
}

// again reports whether a row is the header once more, as where several tables
// were put together.
func (l *layout) again(cells []string) bool {
	if l.header == 0 || len(cells) < l.width || l.width < 2 {
		return false
	}
	for i, name := range l.names {
		if strings.TrimSpace(cells[i]) != name {
			return false
		}
	}
	return true
}

// value returns what a row says for a field, or "".
func (l *layout) value(cells []string, field string) string {
	for _, c := range l.facts {
		if c.field == field && c.at < len(cells) && !blank(cells[c.at]) {
			return cells[c.at]
		}
	}
	return ""
}

// textOf returns the column that holds the text of a row, or -1, and the text.
// A fault says why a text is not read.
func (l *layout) textOf(cells []string) (at int, list []paragraph, fault string) {
	for _, at := range l.text {
		if at >= len(cells) || blank(cells[at]) || onlyAddress(cells[at]) {
			continue
		}
		if len(cells[at]) > maxDelimitedCell {
			return -1, nil, fmt.Sprintf("a cell of more than %d MiB", maxDelimitedCell>>20)
		}
		list := paragraphs(cells[at])
		if len(list) > maxParagraphs {
			return -1, nil, fmt.Sprintf("more than %d paragraphs in one cell", maxParagraphs)
		}
		if len(list) > 0 {
			return at, list, ""
		}
	}
	return -1, nil, ""
}

// urlOf returns the web address of a row, or "", and its column. Where no column is for
// addresses, one that stands in place of the text or the outlet, or behind the
// title, counts.
func (l *layout) urlOf(cells, links []string) (url string, at int) {
	for _, at := range l.url {
		if at < len(cells) {
			if u := address(cells[at]); u != "" {
				return u, at
			}
		}
		if at < len(links) && address(links[at]) != "" {
			return address(links[at]), at
		}
	}
	if len(l.url) > 0 {
		return "", -1
	}
	for _, at := range l.text {
		if at < len(cells) && onlyAddress(cells[at]) {
			return address(cells[at]), at
		}
	}
	for _, c := range l.facts {
		switch {
		case c.field == "title" && c.at < len(links) && address(links[c.at]) != "":
			return address(links[c.at]), c.at
		case c.field == "outlet" && c.at < len(cells) && isAddress(strings.TrimSpace(cells[c.at])):
			return address(cells[c.at]), c.at
		}
	}
	return "", -1
}

// hasURL reports whether an address column of the row holds anything.
func (l *layout) hasURL(cells []string) bool {
	return slices.ContainsFunc(l.url, func(at int) bool { return at < len(cells) && !blank(cells[at]) })
}

// fileOf returns the name of a file beside the table, or "". Of several the
// first page counts, else the first PDF, else the first.
func (l *layout) fileOf(cells []string) string {
	for _, at := range l.file {
		if at >= len(cells) || blank(cells[at]) {
			continue
		}
		best := ""
		for f := range strings.SplitSeq(cells[at], ";") {
			f = strings.TrimSpace(f)
			if f != "" && (best == "" || fileRank(f) < fileRank(best)) {
				best = f
			}
		}
		return best
	}
	return ""
}

// fileRank orders the files of one record: pages, then PDF, then the rest.
func fileRank(name string) int {
	switch {
	case ending(name, ".html", ".htm", ".xhtml", ".mhtml", ".mht"):
		return 0
	case ending(name, ".pdf"):
		return 1
	}
	return 2
}

// factsOf returns what the row says besides its text, each once.
func (l *layout) factsOf(cells []string, url string, at int) []recount.Candidate {
	if l.gkg {
		return gkgFacts(cells)
	}
	out := make([]recount.Candidate, 0, len(l.facts)+1)
	for _, c := range l.facts {
		if c.at >= len(cells) || blank(cells[c.at]) {
			continue
		}
		v, origin := line(cells[c.at]), c.origin
		if l.zotero && c.field == "byline" {
			v = naturalNames(v)
		}
		if c.order.row > 0 {
			if d := c.order.iso(v); d != "" {
				v, origin = d, c.ordered
			}
		}
		if v != "" && !slices.ContainsFunc(out, func(x recount.Candidate) bool { return x.Field == c.field && x.Value == v }) {
			out = append(out, recount.Candidate{Field: c.field, Value: v, Origin: origin})
		}
	}
	if url != "" {
		out = append(out, recount.Candidate{Field: "url", Value: url, Origin: l.origins[at]})
	}
	return out
}

// naturalNames turns "Quill, Ada; Oar, Ben" into "Ada Quill; Ben Oar".
func naturalNames(s string) string {
	names := strings.Split(s, ";")
	for i, n := range names {
		last, first, _ := strings.Cut(n, ",")
		names[i] = strings.TrimSpace(strings.TrimSpace(first) + " " + strings.TrimSpace(last))
	}
	return strings.Join(names, "; ")
}

// unused names the columns that nothing was taken from, or "".
func (l *layout) unused() string {
	if l.fixed {
		return ""
	}
	used := slices.Concat(l.text, l.url, l.file)
	for _, c := range l.facts {
		used = append(used, c.at)
	}
	var out []string
	for i, name := range l.names {
		if name != "" && !slices.Contains(used, i) {
			out = append(out, name)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return names(out)
}

// namedColumns is how many columns a message names.
const namedColumns = 40

// names lists the columns of a header for a person.
func names(header []string) string {
	var out []string
	for i, name := range header {
		if name = page.Tidy(name[:min(len(name), 10*maxName)]); name == "" {
			continue
		}
		if len(out) == namedColumns {
			out = append(out, fmt.Sprintf("and %d more", len(header)-i))
			break
		}
		if r := []rune(name); len(r) > maxName {
			name = string(r[:maxName]) + "..."
		}
		out = append(out, name)
	}
	return strings.Join(out, ", ")
}
