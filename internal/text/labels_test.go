package text

import (
	"strings"
	"testing"
)

// TestOtherDays reads pages with a line whose day is that of a change, of a
// picture, of printing or of an event, alone and beside the day of publication.
func TestOtherDays(t *testing.T) {
	type language struct {
		code, day, other, published string // two days as the language writes them, and the word before the first
		labels                      string
	}
	for _, l := range []language{
		{"en", "27 August 2024", "30 August 2024", "Published", "Last modified|Modified on|Last modified on|Page last updated|Last reviewed|Last edited on|Updated on|Page last modified|Content updated|Reviewed on|Last checked|" +
			"Photo taken|Photo taken on|Picture taken|Image taken on|Photographed on|Photo date|Photo|" +
			"Printed on|Printed from|Print date|Date printed|Downloaded on|Date of access|Accessed on|Retrieved on|Archived on|Cached on|" +
			"Event date|Date of event|Date and time|Starts|Ends|Begins|When|Doors open|Opening date|Closing date|Application deadline|Deadline|Next meeting|Valid from|Valid until|Expires on|Born|Died|Founded|Established|Member since|Joined"},
		{"de", "27. August 2024", "30. August 2024", "Veröffentlicht am", "Zuletzt geändert|Zuletzt geändert am|Letzte Änderung|Geändert am|Zuletzt aktualisiert am|Letzte Aktualisierung|Aktualisiert am|Zuletzt bearbeitet|Bearbeitet am|Stand|" +
			"Foto vom|Aufnahme vom|Aufgenommen am|Bild vom|Aufnahmedatum|" +
			"Gedruckt am|Ausgedruckt am|Druckdatum|Abgerufen am|Abrufdatum|Heruntergeladen am|" +
			"Termin|Veranstaltung am|Veranstaltungsdatum|Beginn|Ende|Datum der Veranstaltung|Anmeldeschluss|Einsendeschluss|Gültig bis|Gültig ab|Geboren am|Gestorben am|Mitglied seit"},
		{"fr", "27 août 2024", "30 août 2024", "Publié le", "Dernière modification|Dernière modification le|Modifié le|Dernière mise à jour|Mis à jour le|Page mise à jour le|Dernière révision|" +
			"Photo prise le|Prise de vue le|Cliché du|Photographié le|" +
			"Imprimé le|Date d'impression|Consulté le|Téléchargé le|Date de consultation|" +
			"Date de l'événement|Événement le|Début|Fin|Date limite|Valable jusqu'au|Né le|Mort le|Inscrit le|Membre depuis"},
		{"es", "27 de agosto de 2024", "30 de agosto de 2024", "Publicado el", "Última modificación|Modificado el|Última actualización|Actualizado el|Última revisión|Página modificada el|" +
			"Foto tomada el|Fotografía tomada el|Imagen del|Fotografiado el|" +
			"Impreso el|Fecha de impresión|Consultado el|Descargado el|Fecha de consulta|" +
			"Fecha del evento|Evento|Inicio|Comienza|Fin|Fecha límite|Válido hasta|Nacido el|Fallecido el|Miembro desde"},
		{"pt", "27 de agosto de 2024", "30 de agosto de 2024", "Publicado em", "Última modificação|Modificado em|Última atualização|Atualizado em|Última revisão|Página modificada em|" +
			"Foto tirada em|Fotografia tirada em|Imagem de|Fotografado em|" +
			"Impresso em|Data de impressão|Acessado em|Consultado em|Baixado em|Data de acesso|" +
			"Data do evento|Evento|Início|Começa|Fim|Data limite|Prazo|Válido até|Nascido em|Falecido em|Membro desde"},
		{"ru", "27 августа 2024", "30 августа 2024", "Опубликовано", "Последнее изменение|Изменено|Последнее обновление|Обновлено|Отредактировано|Дата изменения|" +
			"Фото сделано|Снято|Фотография сделана|Дата съёмки|" +
			"Напечатано|Распечатано|Дата печати|Дата обращения|Просмотрено|" +
			"Дата события|Дата мероприятия|Начало|Окончание|Срок до|Действительно до|Родился|Умер"},
		{"tr", "27 Ağustos 2024", "30 Ağustos 2024", "Yayınlanma", "Son değişiklik|Son düzenleme|Değiştirilme|Son güncelleme|Güncelleme|Güncellenme tarihi|" +
			"Fotoğraf tarihi|Çekim tarihi|Fotoğraf|" +
			"Yazdırma tarihi|Baskı tarihi|Erişim tarihi|İndirme tarihi|" +
			"Etkinlik tarihi|Başlangıç|Bitiş|Son başvuru|Son başvuru tarihi|Geçerlilik tarihi|Doğum tarihi"},
		{"ar", "27 أغسطس 2024", "30 أغسطس 2024", "نشر", "آخر تعديل|تاريخ التعديل|آخر تحديث|تم التعديل|" +
			"تاريخ الصورة|التقطت الصورة|صورة|" +
			"تاريخ الطباعة|طبع في|تاريخ الاطلاع|" +
			"تاريخ الحدث|تاريخ الفعالية|يبدأ|ينتهي|الموعد النهائي|تاريخ الميلاد"},
	} {
		t.Run(l.code, func(t *testing.T) {
			for label := range strings.SplitSeq(l.labels, "|") {
				for _, top := range []struct{ html, want string }{
					{`<p>` + label + `: ` + l.other + `</p>`, ""},
					{`<p>` + label + ` ` + l.other + `</p>`, ""},
					{`<div><span>` + label + `</span> <span>` + l.other + `</span></div>`, ""},
					{`<p>` + l.day + `</p><p>` + label + `: ` + l.other + `</p>`, "2024-08-27"},
					{`<p>` + label + `: ` + l.other + `</p><p>` + l.published + ` ` + l.day + `</p>`, "2024-08-27"},
				} {
					a := extract(t, page14(l.code, "", top.html), Options{Name: "p.html"})
					if a.Day() != top.want {
						t.Errorf("%s: day %q, want %q; dates %v", top.html, a.Day(), top.want, a.Dates)
					}
				}
			}
			for _, sep := range []string{" ", " | ", " – ", ", ", "<br>", "</p><p>", " (", " · ", "; ", " / "} {
				first, _, _ := strings.Cut(l.labels, "|")
				for _, s := range []string{l.published + " " + l.day + sep + first + " " + l.other, first + ": " + l.other + sep + l.published + ": " + l.day} {
					a := extract(t, page14(l.code, "", `<p>`+s+`</p>`), Options{Name: "p.html"})
					if a.Day() != "2024-08-27" {
						t.Errorf("%s: day %q; dates %v", s, a.Day(), a.Dates)
					}
				}
			}
		})
	}
	// The same words that are no label of the day.
	for _, top := range []string{"<p>Published by Max Ende, 27 August 2024</p>", "<p>Event</p><p>27 August 2024</p>", "<p>Fin Brandt, 27 August 2024</p>",
		"<p>When the ferries stop</p><p>27 August 2024</p>", "<p>on 27 August 2024</p>", "<p>Posted on 27 August 2024</p>"} {
		if a := extract(t, page14("en", "", top), Options{Name: "p.html"}); a.Day() != "2024-08-27" {
			t.Errorf("%s: day %q", top, a.Day())
		}
	}
}
