package recount

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// An Answer is what one decision says: the body of its kind. What follows from
// an answer is asked of it, so that no caller has to know which words it may
// hold.
type Answer interface {
	Kind() Kind
	// Anchors lists the places in the texts that it names, in an order that its
	// type fixes.
	Anchors() []*Anchor
	// Subject is what the decision is about besides a place: a code, a
	// variable, a page; "" if the place says all.
	Subject() string
	// Says is what two people who agree give alike.
	Says() string
	// Check reports, with ErrInvalid, what cannot be meant.
	Check() error
}

// YesNo answers whether something holds.
type YesNo string

// The answers of a YesNo.
const (
	Yes     = "yes"
	No      = "no"
	Unclear = "unclear"
)

// Joined is the scope of a member of whom nobody answered whether it counts:
// it is a page of the person whom answers `same` join with it. It is no answer.
const Joined = "joined"

// Sameness answers whether two speakers are one person.
type Sameness string

// The answers of a Sameness.
const (
	Same      = "same"
	Different = "different"
	Unsure    = "unsure"
)

// Acceptance answers whether what was read, or typed in, stands.
type Acceptance string

// The answers of an Acceptance.
const (
	Accepted = "accepted"
	Rejected = "rejected"
)

// A SpeakerRef names a speaker by place and looks, never by a derived id.
type SpeakerRef struct {
	At     Anchor      `json:"at"` // the fullest mention
	Name   string      `json:"name"`
	Kind   SpeakerKind `json:"kind"`
	Gender Gender      `json:"gender"`
	Apart  bool        `json:"apart,omitempty"` // these words were set apart from whoever was read there, and this is the other
}

// A FileBody is the content of a study file as it came into use.
type FileBody struct {
	Name    string `json:"name"` // "study.yaml", "codebook.yaml", "report.md"
	Hash    string `json:"hash"` // SHA-256 of Content
	Content string `json:"content"`
}

// A RuleName names a predicate of the program.
type RuleName string

// The rules that a study may switch on.
const (
	FoldReprints = "fold_reprints"           // reprints of one original count once
	SetAside     = "set_aside_other_stories" // passages of other stories are left out
)

// A RuleBody switches one predicate on or off for the items it covered then.
// A standing rule covers later items too.
type RuleBody struct {
	Rule     RuleName          `json:"rule"`
	On       bool              `json:"on"`
	Standing bool              `json:"standing"`
	Params   map[string]string `json:"params"`
	Covered  []string          `json:"covered"` // item keys
}

// A Mode says whether a statement is speech, or a belief or attitude.
type Mode string

// The modes; "" is speech.
const (
	Speech  Mode = "speech"
	Thought Mode = "thought"
)

// A StatementBody accepts, rejects, corrects or adds a statement. It holds its
// own spans, type and speaker, so that a better extractor never destroys it.
type StatementBody struct {
	Answer  Acceptance    `json:"answer"`
	At      Anchor        `json:"at"` // the content
	Source  *Anchor       `json:"source,omitempty"`
	Cue     *Anchor       `json:"cue,omitempty"`
	Type    QuotationType `json:"type"`
	Mode    Mode          `json:"mode,omitempty"`
	Speaker *SpeakerRef   `json:"speaker,omitempty"` // nil if nobody is named
	Typed   bool          `json:"typed"`             // a person entered it; no suggestion was accepted
	Instead []Anchor      `json:"instead,omitempty"` // contents of the statements that it takes the place of
}

// A SpeakerBody says who speaks on a page. It corrects the name, kind and
// gender of the speaker who was read at that place, or enters one whom the
// program missed.
type SpeakerBody struct {
	Answer   Acceptance `json:"answer"` // rejected: nobody speaks, or is spoken about, there
	Speaker  SpeakerRef `json:"speaker"`
	Mentions []Anchor   `json:"mentions,omitempty"` // other places that speak of this speaker
	Apart    bool       `json:"apart,omitempty"`    // these places are not those of the speaker who was read there
	Typed    bool       `json:"typed"`              // a person entered it; the program had read nobody there
	Silent   bool       `json:"silent,omitempty"`   // spoken about, and does not speak

	ApartMentions []int `json:"apart_mentions,omitempty"` // which of Mentions, from 0, name somebody who was set apart there
}

// A ScopeBody says whether a speaker counts.
type ScopeBody struct {
	Speaker  SpeakerRef        `json:"speaker"`
	Answer   YesNo             `json:"answer"`
	Criteria map[string]string `json:"criteria"` // of version 0.1: criterion -> yes, no, unclear; CriterionBody now
}

// A CriterionBody says whether a speaker meets one criterion of study.yaml.
// Who meets all counts, who fails one does not.
type CriterionBody struct {
	Speaker   SpeakerRef `json:"speaker"`
	Criterion string     `json:"criterion"`
	Answer    YesNo      `json:"answer"`
	Evidence  *Anchor    `json:"evidence,omitempty"`
}

// A LinkBody says whether two speakers are one person.
type LinkBody struct {
	A      SpeakerRef `json:"a"`
	B      SpeakerRef `json:"b"`
	Answer Sameness   `json:"answer"`
	Bars   []Bar      `json:"bars,omitempty"`
}

// A CodeBody says whether a code applies to a statement.
type CodeBody struct {
	Code     string     `json:"code"`
	Codebook string     `json:"codebook"` // id of the file decision that logged the codebook used
	At       Anchor     `json:"at"`       // the content of the statement
	Speaker  SpeakerRef `json:"speaker"`
	Answer   YesNo      `json:"answer"`
}

// A PassageBody says whether a code applies to a passage that is no statement.
type PassageBody struct {
	Code     string      `json:"code"`
	Codebook string      `json:"codebook"` // id of the file decision that logged the codebook used
	At       Anchor      `json:"at"`
	Speaker  *SpeakerRef `json:"speaker,omitempty"` // whom it is about; nil if nobody
	Answer   YesNo       `json:"answer"`
}

// A ValueBody gives the value of a variable of one speaker, with its sentence.
type ValueBody struct {
	Speaker  SpeakerRef `json:"speaker"`
	Variable string     `json:"variable"`
	Value    string     `json:"value"`
	Evidence *Anchor    `json:"evidence,omitempty"`
}

// A DateBody says when a page was published.
type DateBody struct {
	Page      string `json:"page"` // as Article.Page
	Published string `json:"published"`
}

// A PageField is what a PageBody corrects.
type PageField string

// The fields of a page that a person can correct.
const (
	TitleField    PageField = "title"
	BylineField   PageField = "byline"
	OutletField   PageField = "outlet"
	LanguageField PageField = "language"
)

// PageFields lists them in the order in which they are shown.
var PageFields = [...]PageField{TitleField, BylineField, OutletField, LanguageField}

// A PageBody corrects what is known of a page.
type PageBody struct {
	Page  string    `json:"page"` // as Article.Page
	Part  string    `json:"part"`
	Field PageField `json:"field"`
	Value string    `json:"value"`
}

// A ScreenBody says whether a page belongs to the study; the reason stands in
// the decision.
type ScreenBody struct {
	Page   string `json:"page"` // as Article.Page
	Part   string `json:"part"`
	Answer YesNo  `json:"answer"`
}

// A RelationBody says whether page is a reprint of another.
type RelationBody struct {
	Page   string `json:"page"`
	Of     string `json:"of"`
	Answer YesNo  `json:"answer"` // yes or no
}

// A WeightsBody says what the outcomes of comparing two people weigh in this
// study, in place of what the program ships.
type WeightsBody struct {
	Levels    []LevelWeight `json:"levels"`    // those that it does not name stay
	Same      int           `json:"same"`      // answered pairs that they were estimated from
	Different int           `json:"different"` // of them those of two people
}

// A LevelWeight is the weight of one outcome.
type LevelWeight struct {
	Level string `json:"level"` // as `recount link --weights` names it
	Bits  int    `json:"bits"`  // hundredths of a bit
}

// An OwnerBody says who owns an outlet: outlets of one owner are not
// independent of one another.
type OwnerBody struct {
	Outlet string `json:"outlet"`
	Owner  string `json:"owner"` // "" if nobody is known to
}

// A FigureBody says that a reported figure is the one that holds, of those in
// which outlets state the same quantity, or that what was read is none.
type FigureBody struct {
	At     Anchor     `json:"at"` // the figure with its qualifier
	Answer Acceptance `json:"answer"`
}

// A StatedBody says what a figure on a page states: one that the program missed,
// or of which it read something else. Whether it holds is a FigureBody.
type StatedBody struct {
	At        Anchor     `json:"at"` // the figure with its qualifier
	Sort      FigureKind `json:"sort"`
	Value     string     `json:"value,omitempty"` // as Decimal writes it; "" if only bounds are stated, or nothing exact
	Low       string     `json:"low,omitempty"`
	High      string     `json:"high,omitempty"`
	Qualifier Qualifier  `json:"qualifier"`
	Unit      string     `json:"unit,omitempty"` // what is counted
	Of        *Anchor    `json:"of,omitempty"`   // the figure of the page that is its whole; nil if none is
}

// A RoleBody says what a passage is for: off_topic sets it aside, body brings
// it back.
type RoleBody struct {
	At   Anchor `json:"at"`
	Role Role   `json:"role"`
}

// A SampleBody names the pages that were drawn at random among those that
// nobody had drawn yet.
type SampleBody struct {
	Pages []string `json:"pages"` // as Article.Page
}

// A ReadBody says that a person read a page to the end and typed in every
// statement that the program had missed there.
type ReadBody struct {
	Page string `json:"page"` // as Article.Page
}

// A DrawBody names two people who were drawn at random among the pairs of
// people who count that nothing suggests to be one.
type DrawBody struct {
	A SpeakerRef `json:"a"`
	B SpeakerRef `json:"b"`
}

// An AssignBody says that a page is to be coded by somebody, or is not.
type AssignBody struct {
	Page   string `json:"page"` // as Article.Page
	Part   string `json:"part"`
	Coder  string `json:"coder"`
	Answer YesNo  `json:"answer"` // yes or no
}

// A Topic is what a memo or a note is about: the study, a page, a place on
// it, a code or a result.
type Topic struct {
	Page string  `json:"page,omitempty"` // as Article.Page
	Part string  `json:"part,omitempty"`
	At   *Anchor `json:"at,omitempty"`
	Code string  `json:"code,omitempty"`
	Name string  `json:"name,omitempty"` // of a result in report.md
}

// A MemoBody is what a person thinks about something in the study.
type MemoBody struct {
	On   Topic  `json:"on"`
	Text string `json:"text"`
}

// A NoteState says whether a note still asks for something.
type NoteState string

// The states of a note.
const (
	OpenNote NoteState = "open"
	DoneNote NoteState = "done"
)

// A NoteBody is what an editor or a lawyer asks about something.
type NoteBody struct {
	On    Topic     `json:"on"`
	Text  string    `json:"text"`
	State NoteState `json:"state"`
}

// A CodebookOp says what happened to a code.
type CodebookOp string

// The operations on a codebook.
const (
	MoveCode  CodebookOp = "move"  // it has another name or parent; its codings go with it
	MergeCode CodebookOp = "merge" // its codings are those of another code
	SplitCode CodebookOp = "split" // its codings are to be looked at again, for the codes it became
)

// A CodebookBody moves, merges or splits a code.
type CodebookBody struct {
	Op   CodebookOp `json:"op"`
	Code string     `json:"code"`
	To   []string   `json:"to"` // one code, or those that it was split into
}

// A TierBody says how far a speaker may be shown outside the team.
type TierBody struct {
	Speaker SpeakerRef `json:"speaker"`
	Tier    Tier       `json:"tier"`
	// Knowing lists the circumstances of speech that were recorded when it was
	// decided: one that is recorded later asks again.
	Knowing []Circumstance `json:"knowing,omitempty"`
}

// A SpokenBody says whether a speaker spoke under a circumstance, with the
// sentence that shows it.
type SpokenBody struct {
	Speaker      SpeakerRef   `json:"speaker"`
	Circumstance Circumstance `json:"circumstance"`
	Answer       YesNo        `json:"answer"`
	Evidence     *Anchor      `json:"evidence,omitempty"`
}

// A SealedKind says what stands in a sealed field.
type SealedKind string

// What the vault keeps of a person.
const (
	SealedName     SealedKind = "name"     // what the person is really called
	SealedAlias    SealedKind = "alias"    // another name
	SealedContact  SealedKind = "contact"  // how to reach the person
	SealedNote     SealedKind = "note"     // what only those with a key may read
	SealedEvidence SealedKind = "evidence" // by what it is known that two sources are this person
)

// SealedKinds lists them.
var SealedKinds = [...]SealedKind{SealedName, SealedAlias, SealedContact, SealedNote, SealedEvidence}

// A SealBody is one field of the vault: words about a speaker, encrypted to a
// key of the person, whose private part lies outside the study.
type SealBody struct {
	Speaker SpeakerRef `json:"speaker"`
	What    SealedKind `json:"what"`
	Key     string     `json:"key"`    // public key of the person (age, X25519)
	Sealed  string     `json:"sealed"` // the age file, in base 64
}

// A VaultOp says what happened to the vault.
type VaultOp string

// What happens to it.
const (
	BeginVault  VaultOp = "begin"  // it was begun
	OpenVault   VaultOp = "open"   // what is sealed about somebody was read
	RotateVault VaultOp = "rotate" // other people can open it from now on
)

// A VaultBody says what happened to the vault; who did it, when and why stands
// in the decision.
type VaultBody struct {
	Op         VaultOp     `json:"op"`
	Speaker    *SpeakerRef `json:"speaker,omitempty"`    // about whom it was opened
	Opened     []string    `json:"opened,omitempty"`     // ids of the seal decisions that were read
	Recipients []Recipient `json:"recipients,omitempty"` // who can open it from now on
}

// A Recipient is somebody who can open the vault.
type Recipient struct {
	Name string `json:"name"`
	Key  string `json:"key"` // public: age1..., ssh-ed25519 ... or ssh-rsa ...
}

// A ReleaseOp says how the public edition shows something.
type ReleaseOp string

// The changes that a public edition may need, from the mildest on.
const (
	Classify ReleaseOp = "classify" // a column is direct, quasi, sensitive, evidence or safe
	Coarsen  ReleaseOp = "coarsen"  // a column is shown at a wider level: months as quarters
	Merge    ReleaseOp = "merge"    // values of a column are shown as one
	Hide     ReleaseOp = "hide"     // a number is not shown
	Drop     ReleaseOp = "drop"     // a result is left out
	Omit     ReleaseOp = "omit"     // a sentence of report.md, or a link in it, is left out
	Rename   ReleaseOp = "rename"   // a label is shown as other words
	Allow    ReleaseOp = "allow"    // a reason to refuse is overridden; it takes two people
)

// ReleaseOps lists them.
var ReleaseOps = [...]ReleaseOp{Classify, Coarsen, Merge, Hide, Drop, Omit, Rename, Allow}

// A ReleaseBody says how the public edition shows something.
type ReleaseBody struct {
	Op     ReleaseOp `json:"op"`
	What   string    `json:"what"` // a column, a result, "result: row", the hash of a sentence or address, or the reason that is overridden
	Values []string  `json:"values,omitempty"`
	To     string    `json:"to,omitempty"` // class, level or common name
}

// A RemoveBody names what was erased: a capture hash, an article's page, the
// id of a decision or the public part of a key that was destroyed.
type RemoveBody struct {
	What string `json:"what"` // "decision", "capture", "person", "key"
	ID   string `json:"id"`
}

// A PublishBody names what was produced, by the hash of its manifest.
type PublishBody struct {
	Manifest string `json:"manifest"`
	// Of a public edition: its number, the hash of what it was made of, the seed
	// of its random ids and commitments, and the counts that it prints, so that a
	// later edition can be set beside them. It says nothing of a person.
	Edition int    `json:"edition,omitempty"`
	Inputs  string `json:"inputs,omitempty"`
	Seed    string `json:"seed,omitempty"`
	// Checkpoint of the log when it was first produced; it stands in the edition.
	Checkpoint string         `json:"checkpoint,omitempty"`
	Counts     map[string]int `json:"counts,omitempty"`
}

// A RetractBody is empty: what is taken back stands in Replaces.
type RetractBody struct{}

// Decode returns the body of d. It fails with ErrNotFound if it was erased,
// with ErrInvalid if it cannot be meant, and with ErrNewer if its kind is not
// known.
func (d *Decision) Decode() (Answer, error) {
	if d.Erasable == nil {
		return nil, fmt.Errorf("decision %.12s: its answer was erased: %w", d.ID, ErrNotFound)
	}
	b, err := decode(d.Kind, d.Erasable.Body)
	if err == nil {
		err = b.Check()
	}
	if err != nil {
		return nil, fmt.Errorf("decision %.12s (%s): %w", d.ID, d.Kind, err)
	}
	return b, nil
}

func decode(k Kind, raw json.RawMessage) (Answer, error) {
	switch k {
	case KindFile:
		return into[FileBody](raw)
	case KindRule:
		return into[RuleBody](raw)
	case KindStatement:
		return into[StatementBody](raw)
	case KindSpeaker:
		return into[SpeakerBody](raw)
	case KindScope:
		return into[ScopeBody](raw)
	case KindCriterion:
		return into[CriterionBody](raw)
	case KindLink:
		return into[LinkBody](raw)
	case KindCode:
		return into[CodeBody](raw)
	case KindPassage:
		return into[PassageBody](raw)
	case KindValue:
		return into[ValueBody](raw)
	case KindDate:
		return into[DateBody](raw)
	case KindPage:
		return into[PageBody](raw)
	case KindScreen:
		return into[ScreenBody](raw)
	case KindRelation:
		return into[RelationBody](raw)
	case KindOwner:
		return into[OwnerBody](raw)
	case KindFigure:
		return into[FigureBody](raw)
	case KindStated:
		return into[StatedBody](raw)
	case KindRole:
		return into[RoleBody](raw)
	case KindSample:
		return into[SampleBody](raw)
	case KindRead:
		return into[ReadBody](raw)
	case KindDraw:
		return into[DrawBody](raw)
	case KindWeights:
		return into[WeightsBody](raw)
	case KindAssign:
		return into[AssignBody](raw)
	case KindMemo:
		return into[MemoBody](raw)
	case KindNote:
		return into[NoteBody](raw)
	case KindCodebook:
		return into[CodebookBody](raw)
	case KindRetract:
		return into[RetractBody](raw)
	case KindTier:
		return into[TierBody](raw)
	case KindSpoken:
		return into[SpokenBody](raw)
	case KindSeal:
		return into[SealBody](raw)
	case KindVault:
		return into[VaultBody](raw)
	case KindRelease:
		return into[ReleaseBody](raw)
	case KindRemove:
		return into[RemoveBody](raw)
	case KindPublish:
		return into[PublishBody](raw)
	}
	return nil, fmt.Errorf("%w: this program knows no decision of that kind", ErrNewer)
}

func into[B Answer](raw json.RawMessage) (Answer, error) {
	var b B
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&b); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	return b, nil
}

func (FileBody) Kind() Kind      { return KindFile }
func (RuleBody) Kind() Kind      { return KindRule }
func (StatementBody) Kind() Kind { return KindStatement }
func (SpeakerBody) Kind() Kind   { return KindSpeaker }
func (ScopeBody) Kind() Kind     { return KindScope }
func (CriterionBody) Kind() Kind { return KindCriterion }
func (LinkBody) Kind() Kind      { return KindLink }
func (CodeBody) Kind() Kind      { return KindCode }
func (PassageBody) Kind() Kind   { return KindPassage }
func (ValueBody) Kind() Kind     { return KindValue }
func (DateBody) Kind() Kind      { return KindDate }
func (PageBody) Kind() Kind      { return KindPage }
func (ScreenBody) Kind() Kind    { return KindScreen }
func (RelationBody) Kind() Kind  { return KindRelation }
func (OwnerBody) Kind() Kind     { return KindOwner }
func (FigureBody) Kind() Kind    { return KindFigure }
func (StatedBody) Kind() Kind    { return KindStated }
func (RoleBody) Kind() Kind      { return KindRole }
func (SampleBody) Kind() Kind    { return KindSample }
func (ReadBody) Kind() Kind      { return KindRead }
func (DrawBody) Kind() Kind      { return KindDraw }
func (WeightsBody) Kind() Kind   { return KindWeights }
func (AssignBody) Kind() Kind    { return KindAssign }
func (MemoBody) Kind() Kind      { return KindMemo }
func (NoteBody) Kind() Kind      { return KindNote }
func (CodebookBody) Kind() Kind  { return KindCodebook }
func (RetractBody) Kind() Kind   { return KindRetract }
func (TierBody) Kind() Kind      { return KindTier }
func (SpokenBody) Kind() Kind    { return KindSpoken }
func (SealBody) Kind() Kind      { return KindSeal }
func (VaultBody) Kind() Kind     { return KindVault }
func (ReleaseBody) Kind() Kind   { return KindRelease }
func (RemoveBody) Kind() Kind    { return KindRemove }
func (PublishBody) Kind() Kind   { return KindPublish }

func (FileBody) Anchors() []*Anchor { return nil }
func (RuleBody) Anchors() []*Anchor { return nil }

// Anchors lists the content, the speaker if one is named, and what the
// statement takes the place of.
func (b StatementBody) Anchors() []*Anchor {
	out := []*Anchor{&b.At}
	if b.Speaker != nil {
		out = append(out, &b.Speaker.At)
	}
	return append(out, each(b.Instead)...)
}

// Anchors lists the fullest mention and the others.
func (b SpeakerBody) Anchors() []*Anchor {
	return append([]*Anchor{&b.Speaker.At}, each(b.Mentions)...)
}
func (b ScopeBody) Anchors() []*Anchor { return []*Anchor{&b.Speaker.At} }

// Anchors lists the speaker, and the evidence if there is any.
func (b CriterionBody) Anchors() []*Anchor { return with(b.Evidence, &b.Speaker.At) }
func (b LinkBody) Anchors() []*Anchor      { return []*Anchor{&b.A.At, &b.B.At} }

// Anchors lists the content and the speaker.
func (b CodeBody) Anchors() []*Anchor { return []*Anchor{&b.At, &b.Speaker.At} }

// Anchors lists the passage, and the speaker if there is one.
func (b PassageBody) Anchors() []*Anchor {
	if b.Speaker != nil {
		return []*Anchor{&b.At, &b.Speaker.At}
	}
	return []*Anchor{&b.At}
}

// Anchors lists the speaker, and the evidence if there is any.
func (b ValueBody) Anchors() []*Anchor  { return with(b.Evidence, &b.Speaker.At) }
func (DateBody) Anchors() []*Anchor     { return nil }
func (PageBody) Anchors() []*Anchor     { return nil }
func (ScreenBody) Anchors() []*Anchor   { return nil }
func (RelationBody) Anchors() []*Anchor { return nil }
func (OwnerBody) Anchors() []*Anchor    { return nil }
func (WeightsBody) Anchors() []*Anchor  { return nil }
func (b FigureBody) Anchors() []*Anchor { return []*Anchor{&b.At} }

// Anchors lists the figure, and its whole if there is one.
func (b StatedBody) Anchors() []*Anchor { return with(b.Of, &b.At) }
func (b RoleBody) Anchors() []*Anchor   { return []*Anchor{&b.At} }
func (SampleBody) Anchors() []*Anchor   { return nil }
func (ReadBody) Anchors() []*Anchor     { return nil }
func (b DrawBody) Anchors() []*Anchor   { return []*Anchor{&b.A.At, &b.B.At} }
func (AssignBody) Anchors() []*Anchor   { return nil }
func (b MemoBody) Anchors() []*Anchor   { return with(b.On.At) }
func (b NoteBody) Anchors() []*Anchor   { return with(b.On.At) }
func (CodebookBody) Anchors() []*Anchor { return nil }
func (RetractBody) Anchors() []*Anchor  { return nil }
func (b TierBody) Anchors() []*Anchor   { return []*Anchor{&b.Speaker.At} }

// Anchors lists the speaker, and the evidence if there is any.
func (b SpokenBody) Anchors() []*Anchor { return with(b.Evidence, &b.Speaker.At) }
func (b SealBody) Anchors() []*Anchor   { return []*Anchor{&b.Speaker.At} }

// Anchors lists the speaker, if it was opened about one.
func (b VaultBody) Anchors() []*Anchor {
	if b.Speaker == nil {
		return nil
	}
	return []*Anchor{&b.Speaker.At}
}
func (ReleaseBody) Anchors() []*Anchor { return nil }
func (RemoveBody) Anchors() []*Anchor  { return nil }
func (PublishBody) Anchors() []*Anchor { return nil }

func each(as []Anchor) (out []*Anchor) {
	for i := range as {
		out = append(out, &as[i])
	}
	return out
}

// with appends last to first unless it is nil.
func with(last *Anchor, first ...*Anchor) []*Anchor {
	if last != nil {
		return append(first, last)
	}
	return first
}

func (b FileBody) Subject() string      { return b.Name }
func (b RuleBody) Subject() string      { return string(b.Rule) }
func (b StatementBody) Subject() string { return "" }
func (b SpeakerBody) Subject() string {
	if b.Apart {
		return "apart"
	}
	return ""
}
func (b ScopeBody) Subject() string     { return "" }
func (b CriterionBody) Subject() string { return b.Criterion }
func (b LinkBody) Subject() string      { return "" }
func (b CodeBody) Subject() string      { return b.Code }
func (b PassageBody) Subject() string   { return b.Code }
func (b ValueBody) Subject() string     { return b.Variable }
func (b DateBody) Subject() string      { return b.Page }
func (b PageBody) Subject() string      { return pageKey(b.Page, b.Part) + "\x00" + string(b.Field) }
func (b ScreenBody) Subject() string    { return pageKey(b.Page, b.Part) }

// Subject names the pair of pages; a reprint has no direction.
func (b RelationBody) Subject() string {
	return min(b.Page, b.Of) + "\x00" + max(b.Page, b.Of)
}
func (b OwnerBody) Subject() string    { return b.Outlet }
func (b FigureBody) Subject() string   { return "" }
func (b StatedBody) Subject() string   { return "" }
func (b RoleBody) Subject() string     { return "" }
func (b SampleBody) Subject() string   { return strings.Join(b.Pages, "\x00") }
func (b ReadBody) Subject() string     { return b.Page }
func (b DrawBody) Subject() string     { return "" }
func (b WeightsBody) Subject() string  { return "" }
func (b AssignBody) Subject() string   { return pageKey(b.Page, b.Part) + "\x00" + b.Coder }
func (b MemoBody) Subject() string     { return b.On.subject() + b.Text }
func (b NoteBody) Subject() string     { return b.On.subject() + b.Text }
func (b CodebookBody) Subject() string { return b.Code }
func (RetractBody) Subject() string    { return "" }
func (b TierBody) Subject() string     { return "" }
func (b SpokenBody) Subject() string   { return string(b.Circumstance) }

// Subject is the sealed words: a second name stands beside the first, until one
// is taken back.
func (b SealBody) Subject() string { return string(b.What) + "\x00" + HashText(b.Sealed) }
func (b VaultBody) Subject() string {
	parts := append([]string{string(b.Op)}, b.Opened...)
	for _, r := range b.Recipients {
		parts = append(parts, r.Name, r.Key)
	}
	return strings.Join(parts, "\x00")
}

// Subject is what is shown: a later change of the same takes the place of an
// earlier one, but two merges of different values stand beside each other.
func (b ReleaseBody) Subject() string {
	return strings.Join(append([]string{string(b.Op), b.What}, b.Values...), "\x00")
}
func (b RemoveBody) Subject() string  { return b.What + "\x00" + b.ID }
func (b PublishBody) Subject() string { return b.Manifest }

func (t Topic) subject() string {
	return strings.Join([]string{t.Page, t.Part, t.Code, t.Name, ""}, "\x00")
}

func (b FileBody) Says() string      { return b.Hash }
func (b RuleBody) Says() string      { return fmt.Sprint(b.On) }
func (b StatementBody) Says() string { return string(b.Answer) }
func (b SpeakerBody) Says() string {
	if b.Answer == Rejected {
		return Rejected
	}
	return strings.Join([]string{b.Speaker.Name, string(b.Speaker.Kind), string(b.Speaker.Gender)}, ", ")
}
func (b ScopeBody) Says() string     { return string(b.Answer) }
func (b CriterionBody) Says() string { return string(b.Answer) }
func (b LinkBody) Says() string      { return string(b.Answer) }
func (b CodeBody) Says() string      { return string(b.Answer) }
func (b PassageBody) Says() string   { return string(b.Answer) }
func (b ValueBody) Says() string     { return b.Value }

// Says is the day without the time: who gives both agrees with who gives one.
func (b DateBody) Says() string     { return DateOf(b.Published).String() }
func (b PageBody) Says() string     { return b.Value }
func (b ScreenBody) Says() string   { return string(b.Answer) }
func (b RelationBody) Says() string { return string(b.Answer) }
func (b OwnerBody) Says() string    { return b.Owner }

// Says is every weight.
func (b WeightsBody) Says() string {
	var out []string
	for _, l := range b.Levels {
		out = append(out, fmt.Sprintf("%s %d", l.Level, l.Bits))
	}
	return strings.Join(out, ", ")
}
func (b FigureBody) Says() string { return string(b.Answer) }

// Says is the number with all that is stated of it.
func (b StatedBody) Says() string {
	says := b.Number()
	if b.Qualifier != Exact && b.Qualifier != Vague {
		says = strings.ReplaceAll(string(b.Qualifier), "_", " ") + " " + says
	}
	if b.Sort != CountFigure {
		says += " (" + string(b.Sort) + ")"
	}
	if b.Unit != "" {
		says += " " + b.Unit
	}
	if b.Of != nil {
		says += ", part of \"" + strings.Join(b.Of.Exact, " ... ") + "\""
	}
	return says
}

// Number is the value or the bounds that are stated.
func (b StatedBody) Number() string {
	var f ReportedFigure
	b.Into(&f)
	return f.Number()
}

// Into gives a figure what is stated, but for what it is part of.
func (b StatedBody) Into(f *ReportedFigure) {
	f.Kind, f.Qualifier, f.Unit, f.Value, f.Low, f.High = b.Sort, b.Qualifier, b.Unit, decimal(b.Value), decimal(b.Low), decimal(b.High)
}

// StatedOf is what a figure states, but for its places.
func StatedOf(f *ReportedFigure) StatedBody {
	return StatedBody{Sort: f.Kind, Qualifier: f.Qualifier, Unit: f.Unit, Value: written(f.Value), Low: written(f.Low), High: written(f.High)}
}

// decimal reads what written writes, nil if nothing is there that can be read.
func decimal(s string) *Decimal {
	var d Decimal
	if s == "" || d.UnmarshalJSON([]byte(s)) != nil {
		return nil
	}
	return &d
}

func written(d *Decimal) string {
	if d == nil {
		return ""
	}
	return d.String()
}
func (b RoleBody) Says() string     { return string(b.Role) }
func (b SampleBody) Says() string   { return "drawn" }
func (b ReadBody) Says() string     { return Yes }
func (b DrawBody) Says() string     { return "drawn" }
func (b AssignBody) Says() string   { return string(b.Answer) }
func (b MemoBody) Says() string     { return b.Text }
func (b NoteBody) Says() string     { return string(b.State) }
func (b CodebookBody) Says() string { return string(b.Op) + " " + strings.Join(b.To, ", ") }
func (RetractBody) Says() string    { return "" }
func (b TierBody) Says() string     { return string(b.Tier) }
func (b SpokenBody) Says() string   { return string(b.Answer) }
func (b SealBody) Says() string     { return "sealed" }
func (b VaultBody) Says() string    { return string(b.Op) }
func (b ReleaseBody) Says() string  { return strings.TrimSpace(string(b.Op) + " " + b.To) }
func (b RemoveBody) Says() string   { return "erased" }
func (b PublishBody) Says() string  { return "produced" }

// bad says what a body holds and may not hold.
func bad(format string, a ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrInvalid}, a...)...)
}

// oneOf refuses an answer that its question does not have.
func oneOf[S ~string](what string, got S, allowed ...S) error {
	if slices.Contains(allowed, got) {
		return nil
	}
	words := make([]string, len(allowed))
	for i, a := range allowed {
		words[i] = string(a)
	}
	return WithHint(bad("%.40q is no answer to %s", string(got), what), "answer "+strings.Join(words, ", "))
}

func filled(what, s string) error {
	if !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !Unseen(r) && !unicode.Is(unicode.Variation_Selector, r)
	}) {
		return bad("it names no %s", what)
	}
	return nil
}

// Unseen reports whether a character shows nothing, by itself or beside others:
// format characters, fillers and blanks that are no white space. The joiners are
// none: they join or part letters in some scripts.
func Unseen(r rune) bool {
	switch r {
	case '\u200c', '\u200d':
		return false
	case '\u2800', '\U0001d159': // a braille cell without dots, a note without a head
		return true
	}
	return unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

// Unshown reports whether a character shows nothing between two others (0 at the
// ends of a text): one that is unseen, one that chooses how the character before it
// is drawn, or a joiner where neither neighbour is of a script that is joined.
func Unshown(before, r, after rune) bool {
	if r == '\u200c' || r == '\u200d' {
		return !joins(before) && !joins(after)
	}
	return Unseen(r) || unicode.Is(unicode.Variation_Selector, r)
}

// joins reports whether a character is of a script in which a joiner can change
// what is seen, as those of Arabic and India are.
func joins(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsMark(r)) && !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Hebrew,
		unicode.Armenian, unicode.Georgian, unicode.Ethiopic, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Inherited)
}

// Shown is a text without the characters that show nothing.
func Shown(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return text
	}
	runes, out := []rune(text), make([]rune, 0, len(text))
	var before, after rune
	for i, r := range runes {
		if after = 0; i+1 < len(runes) {
			after = runes[i+1]
		}
		if !Unshown(before, r, after) {
			out, before = append(out, r), r
		}
	}
	return string(out)
}

// BareName is what of a name tells it from another: names are compared by it, and
// shown as they are written. A joiner parts letters for the eye (in Persian names
// above all), and the same name is written without it as often.
func BareName(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '\u200c' || r == '\u200d' {
			return -1
		}
		return r
	}, Shown(name))
}

// visible reports whether a name shows every character that tells it from
// another: two names that look alike are one.
func visible(name string) bool {
	return utf8.ValidString(name) && !unshown(name) && !strings.ContainsFunc(name, func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || Unseen(r)
	})
}

// unshown reports whether a name holds a character that shows nothing where it
// stands. What chooses a variant of a letter does, in the scripts that have them.
func unshown(name string) bool {
	runes := []rune(name)
	var before, after rune
	for i, r := range runes {
		if after = 0; i+1 < len(runes) {
			after = runes[i+1]
		}
		if Unshown(before, r, after) && !(unicode.Is(unicode.Variation_Selector, r) && unicode.In(before, unicode.Han, unicode.Mongolian, unicode.Phags_Pa, unicode.Myanmar)) {
			return true
		}
		before = r
	}
	return false
}

const calibration = "calibration" // how the names of rounds begin that count for nothing

// looksAlike reports whether a word of a name is written in letters of several
// alphabets that share shapes, or in wide and joined forms of letters.
func looksAlike(name string) bool {
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r) }) {
		alphabets := 0
		for _, of := range []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Cherokee} {
			if strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(of, r) }) {
				alphabets++
			}
		}
		if alphabets > 1 || strings.ContainsFunc(word, func(r rune) bool {
			return r >= '\uff10' && r <= '\uff5a' || r >= '\u2160' && r <= '\u2188' || r >= 0x1d400 && r <= 0x1d7ff
		}) {
			return true
		}
	}
	return false
}

// CheckCoder refuses a name under which nobody can decide.
func CheckCoder(name string) error {
	err := filled("person", name)
	switch {
	case err != nil:
	case !visible(name):
		err = bad("the name %.80q holds characters that nobody sees", name)
	case looksAlike(name):
		err = bad("the name %.80q looks like another: a word of it has letters of two alphabets", name)
	case len(name) > longestName:
		err = bad("the name %.40q... is too long", name)
	}
	if err != nil {
		return WithHint(err, "say who you are with --as NAME, or in RECOUNT_AS")
	}
	return nil
}

// CheckRound refuses the name of a round of coding that cannot be told from
// another, or that no import takes.
func CheckRound(name string) error {
	var err error
	switch {
	case name == "":
	case !visible(name):
		err = bad("the round %.80q holds characters that nobody sees", name)
	case filled("round", name) != nil:
		err = bad("the round %.80q has no name", name)
	case len(name) > longestName:
		err = bad("the round %.40q... has too long a name", name)
	case looksAlike(name):
		err = bad("the round %.80q looks like another: a word of it has letters of two alphabets", name)
	case !strings.HasPrefix(name, calibration) && strings.HasPrefix(strings.ToLower(name), calibration):
		return WithHint(bad("the round %.80q is no calibration, whose names begin with %q in small letters", name, calibration), "write --round "+strings.ToLower(name)+", or name a round that counts otherwise")
	}
	if err != nil {
		return WithHint(err, "name the round in letters and digits, as in --round coding-1")
	}
	return nil
}

// CheckReason refuses a reason that is longer than any import takes.
func CheckReason(reason string) error {
	if len(reason) > longestReason {
		return WithHint(bad("the reason is longer than %d bytes", longestReason), "say in a few sentences why, and write the rest into a memo: recount memo")
	}
	return nil
}

// checkCoder is CheckCoder for a name that somebody else wrote down.
func checkCoder(name string) error {
	if err := filled("coder", name); err != nil {
		return err
	}
	if !visible(name) {
		return bad("the name %.80q holds characters that nobody sees", name)
	}
	return nil
}

const (
	longestName    = 200     // bytes, of a coder
	longestSpeaker = 8 << 10 // of a speaker, whom a page may call by half a sentence
	longestReason  = 64 << 10
	longestSalt    = 128
)

func (a YesNo) check(what string) error      { return oneOf(what, a, Yes, No, Unclear) }
func (a YesNo) checkFirm(what string) error  { return oneOf(what, a, Yes, No) }
func (a Acceptance) check(what string) error { return oneOf(what, a, Accepted, Rejected) }

// check reports what no anchor that AnchorAt made has.
func (an *Anchor) check() error {
	if an == nil {
		return nil
	}
	if len(an.Spans) == 0 || len(an.Spans) != len(an.Exact) {
		return bad("a place has %d spans and the words of %d", len(an.Spans), len(an.Exact))
	}
	for i, s := range an.Spans {
		if s[0] < 0 || s[1] <= s[0] || an.Exact[i] == "" {
			return bad("a place goes from %d to %d", s[0], s[1])
		}
	}
	return filled("page", an.Page)
}

// same reports whether two anchors name one place.
func (an *Anchor) same(b *Anchor) bool {
	return an.Page == b.Page && an.Part == b.Part && an.Text == b.Text && slices.Equal(an.Spans, b.Spans)
}

func checkAnchors(as []*Anchor) error {
	for _, a := range as {
		if err := a.check(); err != nil {
			return err
		}
	}
	return nil
}

func (r *SpeakerRef) check() error {
	if r == nil {
		return nil
	}
	if r.Kind != "" && !slices.Contains(SpeakerKinds[:], r.Kind) {
		return bad("%.40q is no kind of speaker", r.Kind)
	}
	if r.Gender != "" {
		return oneOf("the gender", r.Gender, Woman, Man, UnknownGender, NoGender)
	}
	return nil
}

// firstOf returns the first error.
func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (b FileBody) Check() error {
	if HashText(b.Content) != b.Hash {
		return bad("the content of %s does not have its hash", b.Name)
	}
	return oneOf("which file", b.Name, "study.yaml", "codebook.yaml", "report.md")
}

func (b RuleBody) Check() error { return filled("rule", string(b.Rule)) }

func (b StatementBody) Check() error {
	err := oneOf("the type", b.Type, Direct, Indirect, Mixed, "")
	if b.Mode != "" {
		err = firstOf(err, oneOf("the mode", b.Mode, Speech, Thought))
	}
	return firstOf(b.Answer.check("the statement"), err, checkAnchors(b.Anchors()), b.Source.check(), b.Cue.check(), b.Speaker.check())
}

func (b SpeakerBody) Check() error {
	err := b.Speaker.check()
	if b.Answer == Accepted {
		err = firstOf(err, filled("name", b.Speaker.Name), oneOf("the kind", b.Speaker.Kind, SpeakerKinds[:]...))
	}
	for _, i := range b.ApartMentions {
		if i < 0 || i >= len(b.Mentions) {
			err = firstOf(err, fmt.Errorf("%w: mention %d was set apart, and there are %d", ErrInvalid, i, len(b.Mentions)))
		}
	}
	return firstOf(b.Answer.check("the speaker"), err, checkAnchors(b.Anchors()))
}

func (b ScopeBody) Check() error {
	for _, a := range b.Criteria {
		if err := YesNo(a).check("a criterion"); err != nil {
			return err
		}
	}
	return firstOf(b.Answer.check("who counts"), checkAnchors(b.Anchors()), b.Speaker.check())
}

func (b CriterionBody) Check() error {
	return firstOf(b.Answer.check("the criterion"), filled("criterion", b.Criterion), checkAnchors(b.Anchors()), b.Speaker.check())
}

func (b LinkBody) Check() error {
	if b.A.At.same(&b.B.At) {
		return WithHint(bad("a person is the same as herself without being asked"), "name two speakers")
	}
	return firstOf(oneOf("who is the same", b.Answer, Same, Different, Unsure), checkAnchors(b.Anchors()), b.A.check(), b.B.check())
}

func (b CodeBody) Check() error {
	return firstOf(b.Answer.check("the code"), filled("code", b.Code), checkAnchors(b.Anchors()), b.Speaker.check())
}

func (b PassageBody) Check() error {
	return firstOf(b.Answer.check("the code"), filled("code", b.Code), checkAnchors(b.Anchors()), b.Speaker.check())
}

func (b ValueBody) Check() error {
	return firstOf(filled("variable", b.Variable), filled("value", b.Value), checkAnchors(b.Anchors()), b.Speaker.check())
}

func (b DateBody) Check() error {
	if _, err := ParseDate(b.Published); err != nil {
		return err
	}
	if _, _, ok := TimeSpan(b.Published); !ok {
		return WithHint(bad("%.40q is no date", b.Published), writeInstead(""))
	}
	return filled("page", b.Page)
}

func (b PageBody) Check() error {
	return firstOf(filled("page", b.Page), oneOf("what of the page", b.Field, PageFields[:]...))
}

func (b ScreenBody) Check() error {
	return firstOf(b.Answer.check("the page"), filled("page", b.Page))
}

func (b RelationBody) Check() error {
	if b.Page == b.Of {
		return WithHint(bad("a page is no reprint of itself"), "name two pages")
	}
	return firstOf(b.Answer.checkFirm("the reprint"), filled("page", b.Page), filled("page", b.Of))
}

func (b OwnerBody) Check() error { return filled("outlet", b.Outlet) }

func (b FigureBody) Check() error {
	return firstOf(b.Answer.check("the figure"), checkAnchors(b.Anchors()))
}

func (b StatedBody) Check() error {
	err := firstOf(oneOf("what sort of number it is", b.Sort, CountFigure, ShareFigure, MoneyFigure, ChangeFigure), oneOf("how exactly it is meant", b.Qualifier, Qualifiers[:]...))
	for _, s := range []string{b.Value, b.Low, b.High} {
		if d := decimal(s); err == nil && s != "" && (d == nil || d.Digits < 0 || d.String() != s) {
			err = bad("%.40q is no number that a figure states", s)
		}
	}
	switch low, high := decimal(b.Low), decimal(b.High); {
	case err != nil:
	case b.Qualifier != Vague && b.Value+b.Low+b.High == "":
		err = bad("a figure that is not vague states a number")
	case low != nil && high != nil && low.Compare(*high) > 0:
		err = bad("it goes from %s to %s", b.Low, b.High)
	case len(b.Unit) > longestUnit || !visible(b.Unit):
		err = bad("what is counted is too long, or holds characters that nobody sees")
	case b.Of != nil && (b.Of.Page != b.At.Page || b.Of.Part != b.At.Part):
		err = bad("a figure is part of one of another page")
	case b.Of != nil && b.Of.same(&b.At):
		err = bad("a figure is no part of itself")
	}
	return firstOf(err, checkAnchors(b.Anchors()))
}

const longestUnit = 300 // bytes, of what a figure counts

func (b RoleBody) Check() error {
	return firstOf(oneOf("what the passage is", b.Role, Body, OffTopic), checkAnchors(b.Anchors()))
}

func (b SampleBody) Check() error {
	if len(b.Pages) == 0 {
		return bad("it names no page")
	}
	return nil
}

func (b ReadBody) Check() error { return filled("page", b.Page) }

func (b DrawBody) Check() error {
	if b.A.At.same(&b.B.At) {
		return bad("a person is drawn beside herself")
	}
	return firstOf(checkAnchors(b.Anchors()), b.A.check(), b.B.check())
}

func (b WeightsBody) Check() error {
	if len(b.Levels) == 0 || b.Same < 0 || b.Different < 0 {
		return bad("it weighs nothing")
	}
	for i, l := range b.Levels {
		if err := filled("level", l.Level); err != nil {
			return err
		}
		if slices.ContainsFunc(b.Levels[:i], func(o LevelWeight) bool { return o.Level == l.Level }) {
			return bad("%.40q has two weights", l.Level)
		}
	}
	return nil
}

func (b AssignBody) Check() error {
	return firstOf(b.Answer.checkFirm("who codes the page"), filled("page", b.Page), checkCoder(b.Coder))
}

func (t Topic) check() error { return t.At.check() }

func (b MemoBody) Check() error { return firstOf(filled("words", b.Text), b.On.check()) }

func (b NoteBody) Check() error {
	return firstOf(filled("words", b.Text), oneOf("the note", b.State, OpenNote, DoneNote), b.On.check())
}

func (b CodebookBody) Check() error {
	err := oneOf("what happened to the code", b.Op, MoveCode, MergeCode, SplitCode)
	switch {
	case b.Op == SplitCode && len(b.To) < 2, b.Op != SplitCode && len(b.To) != 1:
		err = firstOf(err, bad("a %s goes to %d codes", b.Op, len(b.To)))
	case slices.Contains(b.To, b.Code) && b.Op != SplitCode:
		err = firstOf(err, bad("the code %.40q cannot become itself", b.Code))
	}
	for _, to := range b.To {
		err = firstOf(err, filled("code", to))
	}
	return firstOf(filled("code", b.Code), err)
}

func (RetractBody) Check() error { return nil }

func (b RemoveBody) Check() error {
	return firstOf(oneOf("what was erased", b.What, "decision", "capture", "person", "key"), filled("id", b.ID))
}

// mostSealed is how long a sealed field may be, in base 64.
const mostSealed = 256 << 10

func (b SealBody) Check() error {
	err := firstOf(filled("key", b.Key), filled("sealed words", b.Sealed))
	if err == nil && len(b.Sealed) > mostSealed {
		err = bad("what is sealed is too long")
	}
	return firstOf(oneOf("what is sealed", b.What, SealedKinds[:]...), err, checkAnchors(b.Anchors()), b.Speaker.check())
}

func (b VaultBody) Check() error {
	err := oneOf("what happened to the vault", b.Op, BeginVault, OpenVault, RotateVault)
	if b.Op == OpenVault && (len(b.Opened) == 0 || b.Speaker == nil) {
		err = bad("it opened nothing")
	}
	for _, r := range b.Recipients {
		err = firstOf(err, checkCoder(r.Name), filled("key", r.Key))
	}
	return firstOf(err, checkAnchors(b.Anchors()), b.Speaker.check())
}

func (b TierBody) Check() error {
	err := oneOf("the tier", b.Tier, Tiers[:]...)
	for _, x := range b.Knowing {
		err = firstOf(err, oneOf("the circumstance", x, Circumstances[:]...))
	}
	return firstOf(err, checkAnchors(b.Anchors()), b.Speaker.check())
}

func (b SpokenBody) Check() error {
	err := firstOf(oneOf("the circumstance", b.Circumstance, Circumstances[:]...), b.Answer.checkFirm("the circumstance"))
	if err == nil && b.Answer == Yes && b.Evidence == nil {
		err = WithHint(bad("a circumstance needs the words that show it"), "give the exact words of the page with --words WORDS")
	}
	return firstOf(err, checkAnchors(b.Anchors()), b.Speaker.check())
}

func (b ReleaseBody) Check() error {
	return firstOf(oneOf("how it is shown", b.Op, ReleaseOps[:]...), filled("what is shown", b.What))
}

func (b PublishBody) Check() error { return filled("manifest", b.Manifest) }

// CheckMeaning reports what no honest program writes, though the hashes fit:
// a header that says nothing, a time that is none, an answer that its question
// does not have. An erased answer cannot be judged.
func (d *Decision) CheckMeaning() error {
	switch {
	case d.V != 1:
		return fmt.Errorf("decision %.12s: format %d: %w", d.ID, d.V, ErrInvalid)
	case filled("person", d.Actor) != nil:
		return fmt.Errorf("decision %.12s: %w: it names nobody who decided", d.ID, ErrInvalid)
	case strings.TrimSpace(d.Study) == "":
		return fmt.Errorf("decision %.12s: %w: it names no study", d.ID, ErrInvalid)
	case !isInstant(d.Time):
		return fmt.Errorf("decision %.12s: %w: %.40q is no time", d.ID, ErrInvalid, d.Time)
	case d.Round != "" && filled("round", d.Round) != nil, strings.Join(strings.Fields(d.Round), " ") != d.Round:
		return fmt.Errorf("decision %.12s: %w: the round %.80q holds blanks that nobody sees", d.ID, ErrInvalid, d.Round)
	case d.Erasable != nil && len(d.Erasable.Reason) > longestReason:
		return fmt.Errorf("decision %.12s: %w: its reason is longer than %d bytes", d.ID, ErrInvalid, longestReason)
	case !visible(d.Actor), !visible(d.Round), !visible(d.Group), !visible(d.Program), !visible(string(d.Kind)):
		return fmt.Errorf("decision %.12s: %w: its header holds characters that nobody sees", d.ID, ErrInvalid)
	case !isVersion(d.Program):
		return fmt.Errorf("decision %.12s: %w: %.40q is no version of recount that wrote it", d.ID, ErrInvalid, d.Program)
	case strings.Join(strings.Fields(d.Actor), " ") != d.Actor:
		return fmt.Errorf("decision %.12s: %w: the name %.80q holds blanks that nobody sees", d.ID, ErrInvalid, d.Actor)
	case len(d.Actor) > longestName, len(d.Round) > longestName, len(d.Group) > longestName, len(d.Program) > longestName:
		return fmt.Errorf("decision %.12s: %w: a name in its header is too long", d.ID, ErrInvalid)
	case d.Time < "1970":
		return fmt.Errorf("decision %.12s: %w: nobody decided in the year %.4s", d.ID, ErrInvalid, d.Time)
	case d.Erasable != nil && !isSalt(d.Erasable.Salt):
		return fmt.Errorf("decision %.12s: %w: its salt is not 32 hexadecimal digits, or some more", d.ID, ErrInvalid)
	case d.Erasable != nil && !pairs(d.Erasable.Body):
		return fmt.Errorf("decision %.12s: %w: a place does not go from one number to another", d.ID, ErrInvalid)
	case d.Actor == DefaultActor && d.Kind != KindRule && d.Kind != KindFile && d.Kind != KindRetract:
		return fmt.Errorf("decision %.12s: %w: %s answers nothing but rules", d.ID, ErrInvalid, DefaultActor)
	case d.Erasable != nil && !d.Erasable.whole():
		return fmt.Errorf("decision %.12s: %w: its answer holds bytes that are no text", d.ID, ErrInvalid)
	case d.Kind == KindRetract && len(d.Replaces) == 0:
		return fmt.Errorf("decision %.12s: %w: a retraction that takes nothing back", d.ID, ErrInvalid)
	case !ids(d.Base), !ids(d.Replaces):
		return fmt.Errorf("decision %.12s: %w: it builds on or takes back what is no decision", d.ID, ErrInvalid)
	case slices.Contains(d.Base, d.ID), slices.Contains(d.Replaces, d.ID):
		return fmt.Errorf("decision %.12s: %w: it names itself", d.ID, ErrInvalid)
	}
	a, err := d.Decode()
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := CheckMade(a); err != nil {
		return fmt.Errorf("decision %.12s: %w", d.ID, err)
	}
	if b, ok := a.(RemoveBody); ok && b.What == "decision" && !slices.Contains(d.Base, b.ID) {
		return fmt.Errorf("decision %.12s: %w: it erased a decision on which it does not build", d.ID, ErrInvalid)
	}
	return CheckFields(d.Erasable.Body, a)
}

// isSalt reports whether s can be the salt of a commitment: without one that
// nobody can guess, what was erased could be found again by trying.
func isSalt(s string) bool {
	return len(s) >= 32 && len(s) <= longestSalt && strings.Trim(s, "0123456789abcdef") == ""
}

// pairs reports whether the spans of each place in a body are two numbers.
func pairs(body json.RawMessage) bool {
	var all any
	if json.Unmarshal(body, &all) != nil {
		return false
	}
	var sound func(x any) bool
	sound = func(x any) bool {
		switch x := x.(type) {
		case []any:
			return !slices.ContainsFunc(x, func(y any) bool { return !sound(y) })
		case map[string]any:
			for name, y := range x {
				if spans, ok := y.([]any); ok && name == "spans" && slices.ContainsFunc(spans, func(s any) bool { two, ok := s.([]any); return ok && len(two) != 2 }) || !sound(y) {
					return false
				}
			}
		}
		return true
	}
	return sound(all)
}

// ids reports whether all of these can be ids of decisions, in order, each once.
func ids(list []string) bool {
	for i, id := range list {
		if len(id) != 64 || strings.Trim(id, "0123456789abcdef") != "" || i > 0 && list[i-1] >= id {
			return false
		}
	}
	return true
}

// isVersion reports whether s can be the version of a program that sealed a
// decision, this one's or a later one's: three numbers, and what is not released
// yet has a word behind them.
func isVersion(s string) bool {
	numbers, word, more := strings.Cut(s, "-")
	if more && (word == "" || strings.ContainsFunc(word, func(r rune) bool { return r != '.' && (r < '0' || r > '9') && (r < 'a' || r > 'z') })) {
		return false
	}
	parts := strings.Split(numbers, ".")
	return len(parts) == 3 && !slices.ContainsFunc(parts, func(n string) bool {
		return n == "" || n != "0" && n[0] == '0' || strings.Trim(n, "0123456789") != ""
	})
}

// isInstant reports whether s is a time as Seal writes it: whole seconds of
// UTC, so that times can be compared as strings.
func isInstant(s string) bool {
	t, err := time.Parse(time.RFC3339, s)
	return err == nil && t.UTC().Format(time.RFC3339) == s
}

// whole reports whether a store gives e back as it was: valid UTF-8 without a
// NUL. What comes back otherwise does not fit its commitment any more.
func (e *Erasable) whole() bool {
	for _, s := range []string{e.Salt, e.Reason, string(e.Body)} {
		if !utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0 {
			return false
		}
	}
	return true
}

// pageKey names a page with its part.
func pageKey(page, part string) string { return page + "\x00" + part }
