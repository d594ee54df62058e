package proquest

import (
	"strings"

	"recount/internal/pattern"
)

// A field is one of the fields of a record, named after what it holds.
type field string

const (
	fullText field = "full text"
	abstract field = "abstract"
	title    field = "title"
	author   field = "byline"
	outlet   field = "outlet"
	date     field = "published"
	info     field = "publication info"
	id_      field = "id"
	address  field = "url"
	links    field = "links"
	database field = "database"
	words    field = "words"
)

// A kind says how a field counts when the end of a text is looked for.
type kind struct {
	field field
	rank  int  // its place in the block of fields below the text; 0 = above the text only
	sure  bool // its name does not occur in news by chance
}

// last is the rank of what ends a record.
const last = 40

// kinds lists the fields in the order of a record.
var kinds = []kind{
	{"credit", 1, false}, {words, 1, false}, {"caption", 0, false},
	{"subjects", 2, false}, {"business terms", 3, true}, {"locations", 4, false}, {"persons", 5, false}, {"companies", 6, true},
	{"classification", 7, false}, {"identifiers", 8, true},
	{title, 10, false}, {"other title", 11, true}, {author, 11, false}, {"correspondence author", 11, true}, {outlet, 12, true}, {"volume", 13, false}, {"issue", 14, false},
	{"pages", 15, false}, {"first page", 15, true}, {"number of pages", 16, true}, {"publication year", 17, true}, {date, 18, true},
	{"year", 19, false}, {"dateline", 20, false}, {"section", 20, false}, {"column", 20, false}, {"supplement", 20, false}, {"publisher", 21, false}, {"place", 22, true},
	{"country", 23, true}, {"publication subject", 24, true}, {"journal subject", 24, true}, {"issn", 25, true}, {"e-issn", 25, true}, {"isbn", 25, true},
	{"coden", 25, true}, {"source type", 26, true}, {"language", 27, true}, {"language of record", 27, false}, {"document type", 28, true},
	{"document feature", 29, true}, {"doi", 30, true}, {"updates", 31, false}, {"accession number", 31, true}, {id_, 32, true}, {address, 33, true}, {"copyright", 34, false},
	{"last updated", 35, true}, {database, last, false},
	{fullText, 0, false}, {abstract, 0, false}, {info, 0, false}, {links, 0, false},
}

// names lists the names of fields, in English, German, French, Spanish,
// Italian and Portuguese, by field.
var names = map[field]string{
	fullText:                "full text|volltext|texte intégral|texte complet|texto completo|testo completo|testo integrale|texto integral",
	abstract:                "abstract|abstract (summary)|zusammenfassung|résumé|resumen|riassunto|sommario|resumo",
	title:                   "title|titel|titre|título|titolo",
	"other title":           "alternate title|alternative title|original title|translated title",
	author:                  "author|authors|autor|autoren|auteur|auteurs|autores|autore|autori",
	outlet:                  "publication title|titel der publikation|titre de la publication|título de publicación|título de la publicación|titolo pubblicazione|titolo della pubblicazione|título da publicação",
	date:                    "publication date|publikationsdatum|veröffentlichungsdatum|date de publication|date du diplôme|fecha de publicación|fecha de titulación|data di pubblicazione|data de publicação|data da publicação",
	info:                    "publication info|publication information|publikationsinfo|publikationsinformationen|informations de publication|informations sur la publication|infos de publication|información de publicación|información de la publicación|informazioni sulla pubblicazione|informazioni pubblicazione|informações da publicação|informações de publicação",
	id_:                     "proquest document id|proquest documentid|document id|proquest-dokument-id|proquest-dokumenten-id|dokument-id von proquest|id de document proquest|id du document proquest|identifiant de document proquest|id del documento de proquest|id de documento de proquest|id documento proquest|id del documento proquest|id do documento proquest|id de documento proquest",
	address:                 "document url|dokument-url|url des dokuments|url du document|url del documento|url documento|url do documento",
	links:                   "links|liens|enlaces|vínculos|collegamenti",
	database:                "database|databases|datenbank|base de données|base de datos|base de dados",
	words:                   "word count|wortanzahl|nombre de mots|número de palabras|numero di parole|número de palavras|contagem de palavras",
	"credit":                "credit",
	"subjects":              "subject|subject term|thema|sujet|materia|soggetto|assunto",
	"business terms":        "business indexing term",
	"locations":             "location|ort|standort|lieu|lugar|ubicación|luogo|local|localização",
	"persons":               "people|person|personen|personnes|personas|persone|pessoas",
	"companies":             "company / organization|company/organization|firma / organisation|unternehmen / organisation|unternehmen/organisation|entreprise / organisation|société / organisation|empresa / organización|empresa/organización|azienda / organizzazione|società/organizzazione|empresa / organização|empresa/organização",
	"classification":        "classification|klassifizierung|clasificación|classificazione|classificação",
	"identifiers":           "identifier / keyword|identifier/keyword|identifikator/schlüsselwort|identificateur / mot-clé|identificador / palabra clave|identificativo/parola chiave|identificador / palavra-chave",
	"volume":                "volume|band|tomo",
	"issue":                 "issue|ausgabe|numéro|número|fascicolo|edição",
	"pages":                 "pages|seiten|páginas|pagine",
	"first page":            "first page|start page|erste seite|première page|primera página|prima pagina|primeira página",
	"number of pages":       "number of pages|seitenanzahl|nombre de pages|número de páginas|numero di pagine",
	"publication year":      "publication year|erscheinungsjahr|année de publication|año de publicación|anno di pubblicazione|ano de publicação|ano da publicação",
	"year":                  "year|jahr|année|año|anno|ano",
	"dateline":              "dateline",
	"column":                "column",
	"supplement":            "supplement",
	"section":               "section|bereich|sección|sezione|seção|secção",
	"publisher":             "publisher|herausgeber|éditeur|editorial|casa editrice|editora",
	"place":                 "place of publication|verlagsort|lieu de publication|lugar de publicación|luogo di pubblicazione|local de publicação",
	"country":               "country of publication|publikationsland|pays de publication|país de publicación|paese di pubblicazione|país de publicação",
	"publication subject":   "publication subject|thema der publikation|publikationsthema|sujet de la publication|materia de la publicación|soggetto pubblicazione|soggetto della pubblicazione|assunto da publicação",
	"journal subject":       "journal subject|zeitschriftenthema|materia de la revista|soggetto rivista|assunto do periódico|assunto da publicação periódica",
	"issn":                  "issn",
	"e-issn":                "e-issn|eissn",
	"isbn":                  "isbn",
	"coden":                 "coden",
	"source type":           "source type|quellentyp|type de source|tipo de fuente|tipo di fonte|tipo de fonte",
	"language":              "language of publication|publikationssprache|langue de publication|idioma de la publicación|idioma de publicación|lingua di pubblicazione|idioma de publicação|idioma da publicação",
	"language of record":    "language|sprache|langue|idioma|lingua",
	"document type":         "document type|dokumententyp|dokumenttyp|type de document|tipo de documento|tipo di documento",
	"document feature":      "document feature|document features|dokumentmerkmal|caractéristique du document|característica del documento|caratteristica del documento|característica do documento",
	"doi":                   "doi",
	"updates":               "updates",
	"accession number":      "accession number|zugangsnummer|numéro d'accès|número de acceso|número de registro",
	"correspondence author": "correspondence author",
	"copyright":             "copyright|copyright notice|urheberrecht|droits d'auteur|derechos de autor|diritti d'autore|direitos autorais",
	"last updated":          "last updated|zuletzt aktualisiert|letzte aktualisierung|dernière mise à jour|última actualización|ultimo aggiornamento|última atualização",
	"caption":               "caption",
}

// kindOf is what names and kinds say of each name.
var kindOf = func() map[string]kind {
	m := map[string]kind{}
	for _, k := range kinds {
		for n := range strings.SplitSeq(names[k.field], "|") {
			if _, ok := m[n]; !ok && n != "" {
				m[n] = k
			}
			// Some files have lost the spaces: "Publicationdate:".
			if tight := strings.ReplaceAll(n, " ", ""); len(tight) > 10 {
				if _, ok := m[tight]; !ok {
					m[tight] = k
				}
			}
		}
	}
	return m
}()

// longestName is longer than any name of a field, in bytes.
const longestName = 64

// label returns the field that a line begins with, its name as printed, and
// what follows.
func label(l string) (f field, name, value string) {
	i := strings.IndexAny(l[:min(len(l), longestName)], ":：")
	if i < 1 {
		if k, ok := kindOf[strings.ToLower(strings.TrimSpace(l[:min(len(l), longestName)]))]; ok && k.field == fullText {
			return fullText, strings.TrimSpace(l), "" // a line of its own
		}
		return "", "", ""
	}
	name = strings.Trim(l[:i], " \t\u00a0\u202f*")
	k, ok := kindOf[strings.ToLower(name)]
	value = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(l[i:], ":"), "："))
	if !ok {
		if documentID.MatchString(value) && strings.Contains(strings.ToLower(name), "proquest") {
			return id_, name, value
		}
		return "", "", ""
	}
	return k.field, name, value
}

var documentID = pattern.New(`^\d{5,14}$`)

// fieldLike matches a line that is written like a field.
var fieldLike = pattern.New(`^(\p{Lu}[\p{L} /'()-]{1,40}?)\s?:\s+\S`)

// kindsByField finds the kind of a field.
var kindsByField = func() map[field]kind {
	m := map[field]kind{}
	for _, k := range kinds {
		m[k.field] = k
	}
	return m
}()
