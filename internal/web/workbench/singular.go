package workbench

import "strings"

// The nouns with which labels of counts begin, and the verbs that follow them,
// for one.
var singulars = map[string]string{"people": "person", "women": "woman", "men": "man", "children": "child", "speakers": "speaker", "statements": "statement", "articles": "article", "outlets": "outlet", "members": "member"}
var singularVerbs = map[string]string{"have": "has", "are": "is", "were": "was", "do": "does"}

// singular is the label of a count whose number is 1: "person who left". A label
// that begins with none of the nouns stays as it is.
func singular(label string) string {
	words := strings.Split(label, " ")
	one, ok := singulars[strings.ToLower(words[0])]
	if !ok {
		return label
	}
	if strings.ToLower(words[0]) != words[0] {
		one = strings.ToUpper(one[:1]) + one[1:]
	}
	words[0] = one
	for i := 1; i < len(words)-1; i++ {
		if words[i] == "who" || words[i] == "that" {
			if v, ok := singularVerbs[words[i+1]]; ok {
				words[i+1] = v
			}
			break // what follows may be about others
		}
	}
	return strings.Join(words, " ")
}
