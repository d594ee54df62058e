package recount

import (
	"encoding/json"
	"errors"
	"testing"
)

var kinds = []Kind{KindFile, KindRule, KindStatement, KindSpeaker, KindScope, KindCriterion, KindLink, KindCode, KindPassage, KindValue, KindDate,
	KindPage, KindScreen, KindRelation, KindOwner, KindFigure, KindStated, KindRole, KindSample, KindRead, KindDraw, KindWeights, KindAssign, KindMemo, KindNote, KindCodebook,
	KindRetract, KindRemove, KindPublish, KindTier, KindSpoken, KindSeal, KindVault, KindRelease}

// What is in a body that no honest program writes is refused, with a sentence
// that says what.
func TestAnswersThatCannotBeMeant(t *testing.T) {
	at := `{"page":"p","part":"","text":"","spans":[[0,3]],"exact":["Ana"],"before":"","after":""}`
	ana := `{"at":` + at + `,"name":"Ana","kind":"named","gender":"woman"}`
	tests := []struct {
		name string
		kind Kind
		body string
	}{
		{"an answer that the question does not have", KindScope, `{"speaker":` + ana + `,"answer":"maybe","criteria":{}}`},
		{"no answer", KindScope, `{"speaker":` + ana + `,"criteria":{}}`},
		{"a criterion that is neither", KindScope, `{"speaker":` + ana + `,"answer":"yes","criteria":{"left":"perhaps"}}`},
		{"no place", KindScope, `{"speaker":{"at":{"page":"p"},"name":"","kind":"named","gender":""},"answer":"yes","criteria":{}}`},
		{"a place that ends before it begins", KindScope, `{"speaker":{"at":{"page":"p","spans":[[4,2]],"exact":["x"]},"name":"","kind":"named","gender":""},"answer":"yes","criteria":{}}`},
		{"a place before the text", KindScope, `{"speaker":{"at":{"page":"p","spans":[[-1,2]],"exact":["x"]},"name":"","kind":"named","gender":""},"answer":"yes","criteria":{}}`},
		{"a place with words for fewer spans", KindScope, `{"speaker":{"at":{"page":"p","spans":[[1,2],[3,4]],"exact":["x"]},"name":"","kind":"named","gender":""},"answer":"yes","criteria":{}}`},
		{"a kind of speaker that is none", KindScope, `{"speaker":{"at":` + at + `,"name":"Ana","kind":"ghost","gender":"woman"},"answer":"yes","criteria":{}}`},
		{"a gender that is none", KindScope, `{"speaker":{"at":` + at + `,"name":"Ana","kind":"named","gender":"lady"},"answer":"yes","criteria":{}}`},
		{"a field that nobody knows", KindScope, `{"speaker":` + ana + `,"answer":"yes","criteria":{},"extra":1}`},
		{"a link that is half", KindLink, `{"a":` + ana + `,"answer":"same"}`},
		{"a day that the calendar does not have", KindDate, `{"page":"p","published":"2014-02-31"}`},
		{"a month that the calendar does not have", KindDate, `{"page":"p","published":"2014-13"}`},
		{"a reprint of itself", KindRelation, `{"page":"p","of":"p","answer":"yes"}`},
		{"a reprint that is unclear", KindRelation, `{"page":"p","of":"q","answer":"unclear"}`},
		{"a study file with another hash", KindFile, `{"name":"study.yaml","hash":"00","content":"x"}`},
		{"a study file that is none", KindFile, `{"name":"passwd","hash":"` + HashText("x") + `","content":"x"}`},
		{"a value that says nothing", KindValue, `{"speaker":` + ana + `,"variable":"age","value":" "}`},
		{"a code without a name", KindCode, `{"code":" ","codebook":"","at":` + at + `,"speaker":` + ana + `,"answer":"yes"}`},
		{"a statement of a type that is none", KindStatement, `{"answer":"accepted","at":` + at + `,"type":"shouted","typed":true}`},
		{"a speaker without a name", KindSpeaker, `{"answer":"accepted","speaker":{"at":` + at + `,"name":"","kind":"named","gender":""},"typed":true}`},
		{"a figure that states nothing", KindStated, `{"at":` + at + `,"sort":"count","qualifier":"exact"}`},
		{"a figure that states what is no number", KindStated, `{"at":` + at + `,"sort":"count","qualifier":"exact","value":"forty"}`},
		{"a figure below nothing", KindStated, `{"at":` + at + `,"sort":"count","qualifier":"exact","value":"-4"}`},
		{"a figure written in two ways", KindStated, `{"at":` + at + `,"sort":"count","qualifier":"exact","value":"041"}`},
		{"a figure of a sort that is none", KindStated, `{"at":` + at + `,"sort":"age","qualifier":"exact","value":"41"}`},
		{"a figure meant in a way that is none", KindStated, `{"at":` + at + `,"sort":"count","qualifier":"roughly","value":"41"}`},
		{"a figure that goes down", KindStated, `{"at":` + at + `,"sort":"count","qualifier":"between","low":"30","high":"20"}`},
		{"a figure that is part of itself", KindStated, `{"at":` + at + `,"sort":"count","qualifier":"exact","value":"41","of":` + at + `}`},
		{"a figure that is part of another page's", KindStated, `{"at":` + at + `,"sort":"count","qualifier":"exact","value":"41","of":{"page":"q","part":"","text":"","spans":[[0,3]],"exact":["Ana"],"before":"","after":""}}`},
		{"a figure of what nobody sees", KindStated, `{"at":` + at + `,"sort":"count","qualifier":"exact","value":"41","unit":"staff\u202e"}`},
		{"a role that no passage has", KindRole, `{"at":` + at + `,"role":"headline"}`},
		{"a page field that is none", KindPage, `{"page":"p","part":"","field":"colour","value":"red"}`},
		{"a code that becomes itself", KindCodebook, `{"op":"move","code":"a","to":["a"]}`},
		{"a split into one", KindCodebook, `{"op":"split","code":"a","to":["b"]}`},
		{"a merge into two", KindCodebook, `{"op":"merge","code":"a","to":["b","c"]}`},
		{"a note in no state", KindNote, `{"on":{},"text":"x","state":"perhaps"}`},
		{"a memo without words", KindMemo, `{"on":{},"text":"  "}`},
		{"an empty sample", KindSample, `{"pages":[]}`},
		{"weights of nothing", KindWeights, `{"levels":[],"same":1,"different":1}`},
		{"two weights of one level", KindWeights, `{"levels":[{"level":"home","bits":1},{"level":"home","bits":2}],"same":1,"different":1}`},
		{"a weight of what has no name", KindWeights, `{"levels":[{"level":" ","bits":1}],"same":1,"different":1}`},
		{"weights of fewer pairs than none", KindWeights, `{"levels":[{"level":"home","bits":1}],"same":-1,"different":1}`},
		{"a sealed field of no kind", KindSeal, `{"speaker":` + ana + `,"what":"address","key":"age1","sealed":"x"}`},
		{"a sealed field without a key", KindSeal, `{"speaker":` + ana + `,"what":"name","key":"","sealed":"x"}`},
		{"a sealed field that holds nothing", KindSeal, `{"speaker":` + ana + `,"what":"name","key":"age1","sealed":""}`},
		{"a vault that was opened about nobody", KindVault, `{"op":"open","opened":["x"]}`},
		{"a vault that was opened for nothing", KindVault, `{"op":"open","speaker":` + ana + `}`},
		{"something that happens to no vault", KindVault, `{"op":"sell"}`},
		{"a list where an object is", KindScope, `[]`},
		{"nothing", KindScope, ``},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := Decision{Header: Header{Kind: tt.kind}, Erasable: &Erasable{Body: json.RawMessage(tt.body)}}
			if a, err := d.Decode(); !errors.Is(err, ErrInvalid) {
				t.Errorf("Decode = %+v, %v; want ErrInvalid", a, err)
			}
		})
	}
}

// Whatever stands in a body, asking it does no harm.
func FuzzDecode(f *testing.F) {
	at := `{"page":"p","part":"","text":"","spans":[[0,3]],"exact":["Ana"],"before":"","after":""}`
	ana := `{"at":` + at + `,"name":"Ana","kind":"named","gender":"woman"}`
	for i, body := range []string{`{}`, `null`, `{"speaker":` + ana + `,"answer":"yes"}`, `{"a":` + ana + `,"b":` + ana + `,"answer":"same"}`,
		`{"answer":"accepted","at":` + at + `,"type":"direct","typed":true,"speaker":` + ana + `,"instead":[` + at + `]}`, `{"op":"split","code":"a","to":["b","c"]}`,
		`{"on":{"at":` + at + `},"text":"x","state":"open"}`} {
		f.Add(i, body)
	}
	f.Fuzz(func(t *testing.T, n int, body string) {
		k := kinds[(n%len(kinds)+len(kinds))%len(kinds)]
		d := Decision{Header: Header{Kind: k}, Erasable: &Erasable{Body: json.RawMessage(body)}}
		a, err := d.Decode()
		if err != nil {
			return
		}
		if a.Kind() != k {
			t.Errorf("a body of kind %s says that it is of kind %s", k, a.Kind())
		}
		_ = a.Says() + a.Subject()
		article := &Article{Name: "p", Text: "Ana said no."}
		for _, an := range a.Anchors() {
			if spans, _, ok := an.Place(article, NewCodePoints(article.Text)); ok && len(spans) != len(an.Spans) {
				t.Errorf("%d of %d spans are placed", len(spans), len(an.Spans))
			}
		}
	})
}
