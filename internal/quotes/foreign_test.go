package quotes

import (
	"strings"
	"testing"

	"recount"
)

// TestForeignAsides reads sentences in German, French, Spanish and Arabic that say
// inside or at their head whose words they are, and some that only look like it. Each
// was written before the program read it.
func TestForeignAsides(t *testing.T) {
	tests := []struct{ language, text, who, words string }{
		{"de", "Sie habe, so Marr, am Ende für dreißig Menschen allein gekocht.", "Marr", "am Ende für dreißig Menschen allein gekocht"},
		{"de", "Das Dach, so die Sprecherin, sei seit Jahren undicht.", "Sprecherin", "sei seit Jahren undicht"},
		{"de", "Nach Darstellung der Bäckerin wurde der Ofen zweimal geprüft.", "Bäckerin", "wurde der Ofen zweimal geprüft"},
		{"de", "Nach Angaben der Polizei waren vierzig Leute im Haus.", "Polizei", "waren vierzig Leute im Haus"},
		{"de", "Nach Einschätzung des Vereins hält die Brücke noch zehn Jahre.", "Verein", "hält die Brücke noch zehn Jahre"},
		{"de", "Laut Bericht sind neun Boote gesunken.", "Bericht", "sind neun Boote gesunken"},
		{"de", "Das Ministerium bestätigte auf Anfrage, dass die Akte fehlt.", "inisterium", "die Akte fehlt"},
		{"de", "Auch im Dorf, räumt Marr ein, sei nicht alles gut gewesen.", "Marr", "sei nicht alles gut gewesen"},
		{"de", "Den Ofen, kündigt sie an, werde sie im Mai verkaufen.", "sie", "werde sie im Mai verkaufen"},
		{"de", "Nach der Darstellung im Museum ging sie nach Hause.", "", ""},
		{"de", "Es war kalt, so kalt, dass niemand kam.", "", ""},
		{"fr", "Le directeur, affirme-t-il, lui a proposé mille francs pour rester.", "il", "lui a proposé mille francs pour rester"},
		{"fr", "La clé, raconte-t-elle, était sous le tapis depuis toujours.", "elle", "était sous le tapis depuis toujours"},
		{"fr", "De l’aveu de la ministre, la digue n’a jamais été finie.", "ministre", "la digue n’a jamais été finie"},
		{"fr", "Aux dires de Paul Marr, le bateau était trop vieux.", "Marr", "le bateau était trop vieux"},
		{"fr", "À en croire le boulanger, la farine manque depuis mai.", "boulanger", "la farine manque depuis mai"},
		{"fr", "Faux, rétorque l’entreprise : « Aucune plainte ne nous est parvenue. »", "entreprise", "Aucune plainte ne nous est parvenue."},
		{"fr", "Le vieux pont, à l’écart du village, tient encore.", "", ""},
		{"es", "A juicio de la enfermera, la fiebre empezó en el barco.", "enfermera", "la fiebre empezó en el barco"},
		{"es", "En opinión del alcalde, el puente no aguantará otro invierno.", "alcalde", "el puente no aguantará otro invierno"},
		{"es", "A decir de Ana Ruiz, nadie cerró la puerta aquella noche.", "Ruiz", "nadie cerró la puerta aquella noche"},
		{"es", "En palabras del portavoz, la huelga ha terminado sin acuerdo.", "portavoz", "la huelga ha terminado sin acuerdo"},
		{"es", "Unas doscientas, apunta su portavoz, han regresado este año.", "portavoz", "han regresado este año"},
		{"es", "Falso, responde el alcalde: «El puente está cerrado desde mayo».", "alcalde", "El puente está cerrado desde mayo"},
		{"es", "El Consulado, por su parte, recomienda «leer los contratos hasta el final».", "Consulado", "leer los contratos hasta el final"},
		{"de", "Der Verein, mit Sitz in Kiel, sagte: „Wir haben nichts gewusst.“", "Verein", "Wir haben nichts gewusst."},
		{"es", "El juicio de la enfermera empezó en mayo.", "", ""},
		{"ar", "وبحسب نقابة الممرضين، غادر نحو مئة ممرض العام الماضي.", "نقابة", "غادر نحو مئة ممرض العام الماضي"},
		{"ar", "ووفقا للوزارة، أغلقت عشر مدارس أبوابها هذا الشهر.", "وزارة", "أغلقت عشر مدارس أبوابها هذا الشهر"},
	}
	right := 0
	for _, tt := range tests {
		r := Read(&recount.Article{Key: "foreign", Text: tt.text, Language: tt.language})
		got, who := "", ""
		for _, st := range r.Statements {
			if st.Speech {
				got = st.Content[len(st.Content)-1].In(tt.text)
				if len(st.Source) > 0 {
					who = st.Source[0].In(tt.text)
				}
			}
		}
		if got == tt.words && strings.Contains(who, tt.who) && len(strings.Fields(who)) < 4 && !strings.HasSuffix(who, " ein") && !strings.HasSuffix(who, " an") {
			right++
		} else {
			t.Logf("%s: read %q: %q, want %q: %q", tt.text, who, got, tt.who, tt.words)
		}
	}
	t.Logf("%d of %d", right, len(tests))
	if right*10 < len(tests)*8 {
		t.Errorf("%d of %d right", right, len(tests))
	}
}
