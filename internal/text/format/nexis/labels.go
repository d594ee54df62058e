package nexis

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount/internal/pattern"
	"recount/internal/text/page"
)

// labels lists the words that stand before a colon, for each field, in
// English, German, French, Spanish, Dutch, Italian and Portuguese.
var labels = []struct{ field, words string }{
	{"headline", "headline|title|überschrift|schlagzeile|titre|titular|título|titel|kop|titolo"},
	{"byline", "byline|author|autor|autorin|autoren|von|verfasser|auteur|auteurs|signature|autora|autores|firma|naamregel|autore|autori"},
	{"section", "section|rubrik|ressort|rubrique|sección|seccion|rubriek|sectie|katern|sezione|rubrica|secção|seção"},
	{"words", "length|länge|laenge|umfang|longueur|longitud|extensión|extension|lengte|lunghezza|comprimento|extensão|tamanho"},
	{"highlight", "highlight|highlights|insert|hervorhebung|vorspann|encart|chapeau|point saillant|destacado|resumen|hoogtepunt|evidenziazione|in evidenza|destaque"},
	{"dateline", "dateline|ortsmarke|ort und datum|lieu|data y lugar|lugar y fecha|dagtekening|luogo e data|local e data"},
	{"body", "body|text|textkörper|haupttext|corps|corps du texte|texte|cuerpo|texto|hoofdtekst|tekst|inhoud|corpo|testo"},
	{"graphic", "graphic|graphics|grafik|grafiken|abbildung|graphique|illustration|gráfico|grafico|grafiek|afbeelding|grafica|immagine"},
	{"series", "series|serie|série|column|rubric"},
	{"correction", "correction|corrections|correction-date|clarification|editor's note|editors' note|editor’s note|editors’ note|retraction|erratum|korrektur|berichtigung|richtigstellung|rectificatif|rectification|précision|rectificación|fe de erratas|fe de errores|aclaración|errata|erramos|retificação|retificação|esclarecimento|rettelse|rectificatie|correctif|corrección|correctie|correzione|correção"},
	{"loaded", "load-date|load date|ladedatum|update|date-chargement|date de chargement|mise à jour|fecha de carga|fecha-carga|laaddatum|data di caricamento|data-caricamento|data de carga|data de carregamento"},
	{"language", "language|sprache|langue|idioma|lengua|taal|lingua|língua"},
	{"type", "publication-type|publication type|publikationstyp|zeitungstyp|type-publication|type de publication|tipo de publicación|tipo-publicación|publicatietype|type publicatie|tipo di pubblicazione|tipo-pubblicazione|tipo de publicação"},
	{"subject", "subject|thema|themen|sujet|asunto|tema|onderwerp|oggetto|argomento|assunto"},
	{"id", "document-number|acc-no|accession number|doc-id"},
	{"url", "url|link"},
	{"person", "person|personen|personne|persona|persoon|pessoa"},
	{"place", "geographic|geo-localization|country|state|city|geographie|land|stadt|localisation-geo|pays|ville|geografía|país|ciudad|plaats|luogo|paese"},
	{"company", "company|organization|ticker|unternehmen|firma (unternehmen)|organisation|societe|société|empresa|bedrijf|società|azienda"},
	{"industry", "industry|branche|activity-sector|secteur-activite|sector|settore|setor"},
	{"journal", "journal-code|journal code|pub-code"},
	{"distribution", "distribution|edition|ausgabe|auflage|édition|edición|editie|edizione|edição"},
	{"note", "notes|note|anmerkung|anmerkungen|hinweis|remarque|nota|notas|opmerking"},
	{"name", "name|user name|benutzername|nom d'utilisateur|send to|senden an"},
	{"job", "job number|auftragsnummer|jobnummer|numéro de tâche|numéro de travail|número de trabajo|opdrachtnummer|taaknummer|numero processo|numero lavoro|número do trabalho|número da tarefa"},
	{"requested", "date and time|datum und uhrzeit|datum und zeit|date et heure|fecha y hora|datum en tijd|data e ora|data e hora|time of request|anforderungszeitpunkt|uhrzeit der anforderung|date de la demande"},
	{"request", "download request|print request|email request|ausgabeauftrag|demande de téléchargement|project id|projekt-id|research information"},
	{"matter", "client/matter|mandant/angelegenheit|mandant/sache|client/dossier|cliente/asunto|cliënt/zaak|cliente/pratica|cliente/assunto"},
	{"search", "search terms|terms|suchbegriffe|begriffe|termes de la recherche|termes de recherche|termes|términos de búsqueda|zoektermen|termini di ricerca|termos de pesquisa|termos da pesquisa"},
	{"searched", "search type|suchtyp|suchart|type de recherche|tipo de búsqueda|zoektype|tipo di ricerca|tipo de pesquisa"},
	{"filters", "narrowed by|eingegrenzt durch|eingegrenzt von|affiné par|restreint par|restringido por|beperkt door|verfijnd door|ristretto da|filtrato per|restringido por|refinado por"},
	{"database", "source|combined source|quelle|quellen|kombinierte quelle|fuente|bron|fonte"},
}

// fields maps a label in lower case to its field.
var fields = func() map[string]string {
	m := map[string]string{}
	for _, l := range labels {
		for _, w := range strings.Split(l.words, "|") {
			if _, ok := m[w]; !ok {
				m[w] = l.field
			}
		}
	}
	return m
}()

// maxLabel is the longest label, in bytes.
const maxLabel = 40

// fieldOf cuts "Length: 532 words" into the field it fills, the label as
// printed and the value. A line without a known label fills none.
func fieldOf(s string) (field, label, value string) {
	i := strings.IndexByte(s[:min(len(s), maxLabel+1)], ':')
	if i <= 0 {
		return "", "", ""
	}
	label = strings.TrimSpace(s[:i])
	if f, ok := fields[strings.ToLower(label)]; ok {
		return f, label, strings.TrimSpace(s[i+1:])
	}
	return "", "", ""
}

// capitals reports whether a label is written in capitals, as the older layout
// writes all of them.
func capitals(label string) bool {
	return strings.IndexFunc(label, unicode.IsLower) < 0
}

// heading reports whether a line is one of the words that head a part of an
// article in the newer layout: "Body", "Graphic", "Classification".
func heading(s, field string) bool {
	if len(s) > maxLabel {
		return false
	}
	s = strings.ToLower(strings.TrimSuffix(s, ":"))
	if field == "classification" {
		switch s {
		case "classification", "klassifikation", "klassifizierung", "clasificación", "classificatie", "classificazione", "classificação":
			return true
		}
		return false
	}
	return fields[s] == field
}

// endMark reports whether a line ends an article in the newer layout.
func endMark(s string) bool {
	if len(s) > 30 {
		return false
	}
	switch strings.ToLower(s) {
	case "end of document", "ende des dokuments", "ende des dokumentes", "dokumentende", "fin du document", "fin de document", "fin del documento", "fin de documento",
		"einde van document", "einde van het document", "einde document", "fine del documento", "fine documento", "fim do documento", "final do documento":
		return true
	}
	return false
}

var (
	numberFirst = pattern.New(`^(\d{1,6}) (?i:of|von|de|sur|van|di) (\d{1,6}) (?i:documents?|dokumenten?|dokumente|documentos?|documenti|documenten)$`)
	wordFirst   = pattern.New(`^(?i:document|dokument|documento) (\d{1,6}) (?i:of|von|de|sur|van|di) (\d{1,6})$`)
	covered     = pattern.New(`^(?i:documents?|dokumente?|documentos?|documenti|documenten|documento) ?\((\d{1,6})\)$`)
	listed      = pattern.New(`^(\d{1,5})\.(?: (.*))?$`)
)

// startMark reads "3 of 10 DOCUMENTS", which begins an article in the older
// layout.
func startMark(s string) (n, of int, ok bool) {
	if len(s) > 50 || len(s) < 6 || !digit(s[0]) && !digit(s[len(s)-1]) {
		return 0, 0, false
	}
	m := numberFirst.FindStringSubmatch(s)
	if m == nil {
		m = wordFirst.FindStringSubmatch(s)
	}
	if m == nil {
		return 0, 0, false
	}
	n, _ = strconv.Atoi(m[1])
	of, _ = strconv.Atoi(m[2])
	return n, of, true
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// announced reads "Documents (10)", which heads the list on a cover.
func announced(s string) (int, bool) {
	if len(s) > 30 {
		return 0, false
	}
	m := covered.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	n, _ := strconv.Atoi(m[1])
	return n, true
}

// errorPage reports whether a line stands in place of a document that could
// not be shown.
func errorPage(s string) bool {
	s = strings.ToLower(s[:min(len(s), 200)])
	return strings.Contains(s, "error in this document") && strings.Contains(s, "not possible to display")
}

// copyright reports whether a line is a notice of rights.
func copyright(s string) bool {
	l := strings.ToLower(s[:min(len(s), 60)])
	for _, w := range [...]string{"copyright", "©", "(c) ", "all rights reserved", "alle rechte vorbehalten", "tous droits réservés", "todos los derechos", "alle rechten voorbehouden", "tutti i diritti", "todos os direitos"} {
		if strings.HasPrefix(l, w) {
			return true
		}
	}
	return false
}

// lower reports whether a line goes on in lower case.
func lower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// plainly writes a title so that two forms of it can be compared.
func plainly(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, page.Tidy(s))
}
