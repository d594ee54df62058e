package figures

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"recount"
)

func TestScratch(t *testing.T) {
	data, _ := os.ReadFile("/tmp/numbers/in.txt")
	l := "en"
	for _, line := range strings.Split(string(data), "\n") {
		if c, ok := strings.CutPrefix(line, "@"); ok {
			l = c
			continue
		}
		if strings.TrimSpace(line) == "" {
			continue
		}
		a := &recount.Article{Key: "a", Text: strings.ReplaceAll(line, `\n`, "\n"), Language: l}
		var got []string
		for _, f := range Find(a, nil) {
			got = append(got, brief(a, f))
		}
		fmt.Println(line)
		fmt.Println("\t" + strings.Join(got, "; "))
	}
}
