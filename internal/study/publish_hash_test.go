package study

import (
	"testing"

	"recount/internal/release"
)

// TestNamesInAHash: the hash of a checkpoint may hold letters of a name by chance, and
// nothing else of an edition is passed over.
func TestNamesInAHash(t *testing.T) {
	index, err := release.NewIndex([]release.Secret{{Words: "Bram Ostergill", Why: "a name", Name: true}, {Words: "Daro Velk", Why: "a name", Name: true}, {Words: "Petr Halloun", Why: "a name", Name: true}})
	if err != nil {
		t.Fatal(err)
	}
	// Of 20,000 hashes six held letters of one of these names; these are two of them.
	for _, root := range []string{"JflSXs5xu7W+uYvrAbeTqOkAocxPxYkbGUh0YnLal5I=", "PUvaZBQeMV10Jdmc0j8tVHY8crGeD2u2X4U8kZkRGQA="} {
		checkpoint := checkpointOf(root)
		for _, x := range []struct {
			what, name, text string
			found            bool
		}{
			{"the checkpoint", checkpointFile, checkpoint, false},
			{"a line behind it", checkpointFile, checkpoint + "sha256 of what Bram Ostergill said\n", true},
			{"a line behind it, encoded", checkpointFile, checkpoint + "QnJhbSBPc3RlcmdpbGw=\n", true},
			{"a name in place of the hash", checkpointFile, checkpointOf("Bram Ostergill"), true},
			{"no checkpoint", checkpointFile, "Bram Ostergill\n", true},
			{"the same bytes in another file", "report.md", checkpoint, true},
		} {
			hits, err := index.SearchFile(x.name, unhashed(x.name, []byte(x.text)))
			if err != nil || (len(hits) > 0) != x.found {
				t.Errorf("%s: %v, %v; want %t", x.what, hits, err, x.found)
			}
		}
	}
}

// checkpointOf is a checkpoint with a hash.
func checkpointOf(root string) string {
	return "recount/8c0ae18f1647505ce2d2c30919e26438\n843\n" + root + "\n"
}
