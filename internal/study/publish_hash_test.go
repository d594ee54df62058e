package study

import (
	"strings"
	"testing"

	"recount/internal/release"
	"recount/internal/report"
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

// TestNamesInAManifest: of 132,000 hashes this one held letters of a name. Only where
// this program writes a hash is it passed over.
func TestNamesInAManifest(t *testing.T) {
	const hash = "2bb3bb8b9d24432ab549626f44cb37a9ce6647beb21fc06f3be53c3a426191ca"
	const name = "4272616d204f7374657267696c6c" // in hexadecimal
	index, err := release.NewIndex([]release.Secret{{Words: "Bram Ostergill", Why: "a name", Name: true}, {Words: "Daro Velk", Why: "a name", Name: true}, {Words: "Petr Halloun", Why: "a name", Name: true}})
	if err != nil {
		t.Fatal(err)
	}
	manifest := func(m publicManifest) string {
		b, err := indented(m)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	number := func(c commitment) string {
		return manifest(publicManifest{Numbers: []commitment{{Name: "all", Label: "People", Commitment: strings.Repeat("0", 64)}, c}})
	}
	file := func(f report.File) string {
		return manifest(publicManifest{Files: []report.File{{Path: "a.csv", SHA256: strings.Repeat("0", 64)}, f}})
	}
	n := 3
	for _, x := range []struct {
		what, name, text string
		found            bool
	}{
		{"a commitment", report.ManifestName, number(commitment{Name: "women", Label: "Women", Commitment: hash}), false},
		{"a commitment beside a number", report.ManifestName, number(commitment{Name: "women", Label: "Women", N: &n, Of: 9, Commitment: hash}), false},
		{"the hash of a file", report.ManifestName, file(report.File{Path: "report.html", SHA256: hash}), false},
		{"a label", report.ManifestName, number(commitment{Name: "women", Label: hash, Commitment: hash}), true},
		{"the name of a number", report.ManifestName, number(commitment{Name: hash, Commitment: hash}), true},
		{"the title", report.ManifestName, manifest(publicManifest{Title: hash}), true},
		{"a label that reads like a line of the manifest", report.ManifestName, number(commitment{Label: "x\n   \"commitment\": \"" + hash + "\"\n"}), true},
		{"the name of a file", report.ManifestName, file(report.File{Path: hash, SHA256: hash}), true},
		{"a name in place of a hash", report.ManifestName, number(commitment{Commitment: name}), true},
		{"a name in place of the hash of a file", report.ManifestName, file(report.File{SHA256: "Bram Ostergill"}), true},
		{"a name behind a hash", report.ManifestName, number(commitment{Commitment: hash + name}), true},
		{"no manifest", report.ManifestName, "Bram Ostergill", true},
		{"the same bytes in another file", "report.json", number(commitment{Commitment: hash}), true},
	} {
		hits, err := index.SearchFile(x.name, unhashed(x.name, []byte(x.text)))
		if err != nil || (len(hits) > 0) != x.found {
			t.Errorf("%s: %v, %v; want %t", x.what, hits, err, x.found)
		}
	}
}

// TestPseudonymsAreNoNames: of a row of people all but its pseudonym is searched.
func TestPseudonymsAreNoNames(t *testing.T) {
	for _, x := range []struct{ what, text, left string }{
		{"rows", "person,gender\np0123456789abcdef,woman\npfedcba9876543210,man\n", "person,gender\n,woman\n,man\n"},
		{"a longer one", "p0123456789abcdef0,woman\n", "p0123456789abcdef0,woman\n"},
		{"a shorter one", "p0123456789abcde,woman\n", "p0123456789abcde,woman\n"},
		{"another column", "x,p0123456789abcdef,woman\n", "x,p0123456789abcdef,woman\n"},
		{"a name", "person\nBram Ostergill,man\n", "person\nBram Ostergill,man\n"},
	} {
		if got := string(unhashed(peopleFile, []byte(x.text))); got != x.left {
			t.Errorf("%s: %q is left, want %q", x.what, got, x.left)
		}
	}
	if text := "\np0123456789abcdef,woman\n"; string(unhashed("tables/people.csv", []byte(text))) != text {
		t.Error("a pseudonym of another table is passed over")
	}
}

// checkpointOf is a checkpoint with a hash.
func checkpointOf(root string) string {
	return "recount/8c0ae18f1647505ce2d2c30919e26438\n843\n" + root + "\n"
}
