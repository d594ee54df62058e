package store_test

import (
	"fmt"
	"testing"
	"time"

	"recount"
)

// BenchmarkLog saves decisions, with their entries of the log, and checks the
// log, for one study of 20,000 decisions.
func BenchmarkLog(b *testing.B) {
	var ds []recount.Decision
	for i := range 20_000 {
		d, err := recount.Seal(recount.Draft{Kind: recount.KindMemo, Study: "s", Actor: "ada", Time: time.Unix(int64(i), 0), Salt: "0", Body: recount.MemoBody{Text: fmt.Sprint(i)}})
		if err != nil {
			b.Fatal(err)
		}
		ds = append(ds, d)
	}
	for b.Loop() {
		s := open(b, b.TempDir())
		began := time.Now()
		if _, err := s.PutDecisions(b.Context(), ds); err != nil {
			b.Fatal(err)
		}
		saved := time.Now()
		faults, _, err := s.CheckLog(b.Context())
		if err != nil || len(faults) > 0 {
			b.Fatal(faults, err)
		}
		checked := time.Now()
		c, err := s.Checkpoint(b.Context())
		if err == nil {
			err = s.Consistent(b.Context(), c)
		}
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(saved.Sub(began).Seconds()*1e6/float64(len(ds)), "µs/saved")
		b.ReportMetric(checked.Sub(saved).Seconds()*1e6/float64(len(ds)), "µs/checked")
		b.ReportMetric(float64(time.Since(checked).Microseconds()), "µs/proof")
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
