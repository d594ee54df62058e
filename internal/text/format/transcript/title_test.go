package transcript

import (
	"testing"

	"recount/internal/text/document"
)

// TestTitle reads the title of a recording out of the head of its captions.
func TestTitle(t *testing.T) {
	const cues = "\n00:01.000 --> 00:02.000\n<v Ada Tamm>It sank in the night.\n\n00:02.000 --> 00:03.000\n<v Ivo Oake>When?\n"
	tests := []struct{ name, head, want string }{
		{"behind a dash", "WEBVTT - Who mends the ferries?\n", "Who mends the ferries?"},
		{"behind a long dash", "WEBVTT – Who mends the ferries?\n", "Who mends the ferries?"},
		{"behind a space", "WEBVTT Who mends the ferries?\n", "Who mends the ferries?"},
		{"behind a tab", "WEBVTT\tWho mends the ferries?\n", "Who mends the ferries?"},
		{"in the next line", "WEBVTT\nWho mends the ferries?\n", "Who mends the ferries?"},
		{"in the next line, behind settings", "WEBVTT\nKind: captions\nLanguage: en\nWho mends the ferries?\n", "Who mends the ferries?"},
		{"with a label", "WEBVTT\nTitle: Who mends the ferries?\n", "Who mends the ferries?"},
		{"with a label in a note", "WEBVTT\n\nNOTE Title: Who mends the ferries?\n", "Who mends the ferries?"},
		{"alone in a note", "WEBVTT\n\nNOTE\nWho mends the ferries?\n", "Who mends the ferries?"},
		{"alone in a note, its day below", "WEBVTT\n\nNOTE\nWho mends the ferries?\nDate: 14 May 2014\n", "Who mends the ferries?"},
		{"FILE is none", "WEBVTT FILE\n", ""},
		{"a note on how it was made is none", "WEBVTT\n\nNOTE Transcribed by a machine on the quay\n", ""},
		{"settings are none", "WEBVTT\nKind: captions\nLanguage: en\n", ""},
		{"nothing", "WEBVTT\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			set, err := Read([]byte(tt.head+cues), document.Options{Name: "a.vtt"})
			if err != nil || len(set.Drafts) != 1 {
				t.Fatalf("%d drafts, %v", len(set.Drafts), err)
			}
			got := ""
			for _, f := range set.Drafts[0].Facts {
				if f.Field == "title" && got == "" {
					got = f.Value
				}
			}
			if got != tt.want || len(set.Drafts[0].Paragraphs) != 2 {
				t.Errorf("title %q, want %q; %d turns, want 2; %v", got, tt.want, len(set.Drafts[0].Paragraphs), set.Drafts[0].Notes)
			}
		})
	}
}
