package study

import (
	"strings"
	"testing"
)

// How a report is brought up to date is said by what it is: one that was kept stays.
func TestHowAReportIsRenewed(t *testing.T) {
	for label, want := range map[string]string{
		"out/report": "`recount report` brings", "out/said": "`recount report --standard said` brings", "out/brief": "`recount report --standard brief` brings", "out/pile": "`recount report --standard pile` brings",
		"out/first": "it was kept and stays", "out/as-of-first": "it was kept and stays", "out/as-of-2026-01-31": "it was kept and stays", "out/saids": "it was kept and stays", "report": "`recount report` brings", "out/v1.2": "it was kept and stays",
	} {
		if got := renewed(label); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", label, got, want)
		}
	}
}
