package quotes

import "recount"

// FoldSpeakers makes one of speakers whose fullest mention is the same place.
// Their keys are the same, so that for everything that follows they are one.
func FoldSpeakers(r *recount.Reading) {
	first, became := map[recount.Key]string{}, map[string]string{}
	kept := r.Speakers[:0]
	for _, sp := range r.Speakers {
		if sp.Mention.End <= sp.Mention.Start {
			kept = append(kept, sp)
			continue
		}
		if id, ok := first[sp.Key()]; ok {
			became[sp.ID] = id
			continue
		}
		first[sp.Key()] = sp.ID
		kept = append(kept, sp)
	}
	if r.Speakers = kept; len(became) == 0 {
		return
	}
	for i := range r.Statements {
		if id := became[r.Statements[i].Speaker]; id != "" {
			r.Statements[i].Speaker = id
		}
	}
}
