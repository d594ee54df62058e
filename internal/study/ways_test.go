package study_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"recount/internal/study"
)

// TestWhatAReportSaysInManyWays writes sentences into the report of the example, each under
// a heading of its own: those that would give somebody away are reasons by their lines,
// those that come near and do not are none.
func TestWhatAReportSaysInManyWays(t *testing.T) {
	unsafe := []string{
		// Names.
		"Emil was the first to say so.", "Then Garrow told of it.", "GARROW SAID SO", "G*rrow spoke of it.", "Gar<b>row</b> spoke of it.", "worrag was there.", "Ilse spoke of it.", "The Brannos spoke of it.", "Pyotr spoke of it.", "Petya spoke of it.", "Петя рассказал.", "Антоша рассказал.", "Tony spoke of it.", "Halloun", "the Sparrow spoke", "Jakob spoke of it.", "Yasha spoke of it.", "Magdalena, called Lena, spoke.", "They call her lena.", "Mr velck spoke of it.",
		// What leads to a page.
		"The Orlund Courier, 5 June 2015, has more.", "The Courier of June 2015 has more.", "orlundcourier.example, June 5", "See Frontier Review, February 2014.", "Karsova Observer 16.3.2014", "It was printed on 12 April 2015.", "An account of 2015-04-12 says so.", "Tribune of Veldmark, 20 July 2014",
		"The Orlund Courier, first week of June 2015.", "Frontier Review, winter of 2014.", "Three days after the strike on Dorrin the Orlund Courier had it.", "Karsova Observer, St Patrick's Day 2014.", "The Tribune of Veldmark, summer 2014.", "The next day the Courier printed it.",
		// Facts.
		"A mechanic from Lowmoor spoke of it.", "A former clerk of 22 from Karsova spoke of it.", "A schoolteacher from Dorrin spoke of it.", "A nursing student from Pell Sands spoke of it.", "A woman of 24 from Orlund spoke of it.", "One, a teacher, was 34.",
		// Shares and numbers in words.
		"A seventh of them were women.", "One in seven was a woman.", "Six came from the coast.", "Every seventh person was a woman.", "There were six times as many men as women.", "Fewer than five women spoke.", "A share of 0.14 is women.",
		// Other languages.
		"Drei Frauen sprachen über Hunger.", "Une femme de Lowmoor a parlé.", "Mechanik z Lowmooru, lat dwadzieścia osiem, przez rok był tam.",
		// Words of people.
		"That page had been “taken out of the books”.", "It was the ONLY thing they ever.", "three lorries, and a bus", "He slept; 3 lorries and a bus.", "One crossed with a class register in a coat, a class-register in his coat.", "Somebody joined because he had taught its Rule.", "One worked at the bus depot for years.",
	}
	safe := []string{
		"These accounts are those that were found.", "Most outlets are not from the region.", "The Orlund Courier is one of the outlets.", "In June 2015 the roads were open.", "Reports appeared in 2014 and in 2015.", "A person counts once.", "The Order has a Rule of its own.", "Half a year is a long time.", "Hope is not counted.", "A third reason is fear.", "The study reads English.", "What people said is theirs.", "The Courier appears once a week.", "After the vote the roads were open.", "The winter of 2014 was cold.", "At Easter the shops are closed.", "Coders met early in June.",
		"The first reports are short.", "Between January 2014 and August 2015 the study looks.", "A former member may have reasons to keep silent.", "One account may hold several reasons.", "Two coders read each page.", "The count is by people and not by articles.", "A mechanic mends lorries.", "Lamps were dear, and so was oil.", "What is not known is shown as unknown.", "The Courier and the Observer are newspapers.", "Every second page is a reprint.", "Nobody checked the accounts.", "Its numbers are of the press.",
		"Numbers are given where they can be.", "Women and men are counted alike.", "The hills are north of Karsova.", "Readers should keep that in mind.", "This report is made by a program, and people checked it.",
	}
	ctx := context.Background()
	s, _ := demo(t)
	var b strings.Builder
	b.WriteString("---\ntitle: Who left\nresults:\n  people:\n    count: all\n---\n\n{{people}} people spoke.\n\n")
	line := strings.Count(b.String(), "\n") + 1
	at := map[string]string{}
	for i, text := range append(append([]string{}, unsafe...), safe...) {
		fmt.Fprintf(&b, "## Part %c%c\n\n%s\n\n", 'a'+i/26, 'a'+i%26, text)
		at[text] = fmt.Sprintf("report.md, line %d", line+2)
		line += 4
	}
	if err := os.WriteFile(filepath.Join(s.Dir, "report.md"), []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := s.Publish(ctx, study.Publish{})
	if err != nil {
		t.Fatal(err)
	}
	why := map[string]string{}
	for _, r := range out.Reasons {
		why[r.Cell] = r.Text
	}
	passed, refused := 0, 0
	for _, text := range unsafe {
		if why[at[text]] == "" {
			passed++
			t.Errorf("passed: %s", text)
		}
	}
	for _, text := range safe {
		if w := why[at[text]]; w != "" {
			refused++
			t.Logf("refused: %s", w)
		}
	}
	t.Logf("%d unsafe sentences, %d passed; %d safe, %d refused", len(unsafe), passed, len(safe), refused)
	if 10*refused > len(safe) {
		t.Errorf("%d of %d safe sentences were refused", refused, len(safe))
	}
	// With what is proposed it is written, and holds none of them.
	to := filepath.Join(t.TempDir(), "edition")
	done, err := s.Publish(ctx, study.Publish{All: true, Dir: to})
	if err != nil || done.Edition != 1 {
		t.Fatal(err, done)
	}
	written, err := os.ReadFile(filepath.Join(to, "report.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range unsafe {
		if strings.Contains(string(written), text) {
			t.Errorf("written: %s", text)
		}
	}
}
