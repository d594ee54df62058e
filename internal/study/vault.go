package study

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/disk"
	"recount/internal/store"
	"recount/internal/vault"
)

// metaKeys is the setting with the hash of the file of keys, and so an entry of
// the log at each change of it.
const metaKeys = "vault keys"

// keysEnd ends the name of the file of keys, which lies beside the folder of the
// study: a copy of the folder opens nothing.
const keysEnd = ".keys"

// keysFile is where the file of keys lies.
func (s *Study) keysFile() (string, error) {
	path := s.opts.Keys
	if path == "" {
		dir, err := filepath.Abs(s.Dir)
		if err != nil {
			return "", err
		}
		path = dir + keysEnd
	}
	return path, vault.Outside(path, s.Dir)
}

// noVault is the answer where the vault was not begun.
var noVault = recount.WithHint(fmt.Errorf("%w: this study has no vault yet", recount.ErrNotFound),
	"`recount vault init` begins one; in a copy of a study that has one, `recount vault join FILE` with its file of keys")

// keys reads the file of keys, if it is the one that the log knows. Where a step
// was stopped between the log and the name of the new file, it goes on.
func (s *Study) vaultKeys(ctx context.Context) (*vault.Keys, error) {
	sum, err := s.store.Meta(ctx, metaKeys)
	if err != nil {
		return nil, err
	}
	if sum == "" {
		return nil, noVault
	}
	path, err := s.keysFile()
	if err != nil {
		return nil, err
	}
	b, err := os.ReadFile(path)
	if err == nil && sumOf(b) == sum {
		return vault.Parse(b)
	}
	if next, err := os.ReadFile(path + ".new"); err == nil && sumOf(next) == sum {
		if !s.store.ReadOnly() {
			if err := disk.Rename(path+".new", path); err != nil {
				return nil, err
			}
		}
		return vault.Parse(next)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, recount.WithHint(fmt.Errorf("%s: %w: the file of keys of the vault is not there", path, recount.ErrNotFound),
			"say where it lies with --vault-keys FILE, or put back a copy of it (recount vault join FILE): without it nobody opens what is sealed")
	}
	if err != nil {
		return nil, recount.WithHint(err, "the file of keys of the vault must be one that you may read and write")
	}
	return nil, recount.WithHint(fmt.Errorf("%s: %w: it is not the file of keys that the log of this study knows: it was changed, cut off, or an older or another one was put in its place", path, recount.ErrTampered),
		"put back the newest copy of it, or take in another, as of a colleague's copy of the study: recount vault join FILE")
}

func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// putKeys puts a file of keys in place of the one that is there: first beside it,
// then into the log, then under its name. The bytes of the one before are
// overwritten; what the disk keeps of them itself is beyond a program.
// What is decided with it is saved in the same transaction as its hash, so that
// the log never knows a file of keys and not who opens it.
func (s *Study) putKeys(ctx context.Context, k *vault.Keys, decided ...casebook.Draft) error {
	path, err := s.keysFile()
	if err != nil {
		return err
	}
	b, err := k.Bytes()
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		os.Remove(path + ".new")
		return err
	}
	if err := disk.Sync(filepath.Dir(path)); err != nil {
		return err
	}
	if len(decided) == 0 {
		err = s.store.SetMeta(ctx, metaKeys, sumOf(b))
	} else {
		_, err = s.decideAll(ctx, By{Setting: store.Setting{Name: metaKeys, Value: sumOf(b)}}, decided)
	}
	if err != nil {
		if known, also := s.store.Meta(ctx, metaKeys); also == nil && known != sumOf(b) {
			os.Remove(path + ".new")
		}
		return err
	}
	if old, err := os.OpenFile(path, os.O_WRONLY, 0); err == nil {
		if info, err := old.Stat(); err == nil && info.Mode().IsRegular() {
			_, _ = old.Write(make([]byte, info.Size()))
			_ = old.Sync()
		}
		old.Close()
	}
	return disk.Rename(path+".new", path)
}

// identities reads files of identities.
func (s *Study) identities(files []string, ask func(string) ([]byte, error)) (out []vault.Identity, err error) {
	for _, f := range files {
		ids, err := vault.ReadIdentities(f, s.Dir, ask)
		if err != nil {
			return nil, err
		}
		out = append(out, ids...)
	}
	if len(out) == 0 {
		return nil, recount.WithHint(fmt.Errorf("%w: no identity is given", recount.ErrInvalid), "name the file with the private part of your key: --identity FILE")
	}
	return out, nil
}

// A VaultKey says how the vault is opened.
type VaultKey struct {
	Files []string                          // of identities
	Ask   func(what string) ([]byte, error) // for a passphrase
}

// A Vault says who can open the vault, and about whom it holds what.
type Vault struct {
	File         string // of keys
	Proven, Open []string
	People       []SealedPerson
}

// A SealedPerson is one about whom something is sealed.
type SealedPerson struct {
	ID     string // of the person, or the key of the speaker who does not count
	Name   string // as pages print it
	Fields []SealedField
}

// A SealedField is one thing that is sealed.
type SealedField struct {
	ID, Actor, Time string
	What            recount.SealedKind
	Readable        bool   // its key is here
	Words           string // once it is opened
	key, sealed     string
}

// BeginVault makes the file of keys of a study. Two of the recipients must have
// shown, with their identities, that each alone opens it.
func (s *Study) BeginVault(ctx context.Context, to []vault.Recipient, with VaultKey) (out *Vault, err error) {
	err = s.change(ctx, func() error {
		if sum, err := s.store.Meta(ctx, metaKeys); err != nil || sum != "" {
			return cmp.Or(err, recount.WithHint(fmt.Errorf("%w: the vault was begun already", recount.ErrConflict), "`recount vault` says who opens it; `recount vault rotate` changes that"))
		}
		path, err := s.keysFile()
		if err != nil {
			return err
		}
		if isThere(path) {
			return recount.WithHint(fmt.Errorf("%s: %w: a file is there", path, recount.ErrConflict), "it may be the file of keys of another study; name another place with --vault-keys FILE, or move it away")
		}
		var ids []vault.Identity
		if len(with.Files) > 0 {
			if ids, err = s.identities(with.Files, with.Ask); err != nil {
				return err
			}
		}
		k, err := vault.New(s.ID, to, ids)
		if err != nil {
			return err
		}
		if out, err = s.described(k); err != nil {
			return err
		}
		return s.putKeys(ctx, k, casebook.Draft{Answer: recount.VaultBody{Op: recount.BeginVault, Recipients: k.To()}, Reason: "recovery is proven"})
	})
	return out, err
}

// described says where a file of keys lies and who has opened it.
func (s *Study) described(k *vault.Keys) (*Vault, error) {
	path, err := s.keysFile()
	out := &Vault{File: path}
	out.Proven, out.Open = k.Proven()
	return out, err
}

// opened reads the file of keys and the identities that are to open it.
func (s *Study) opened(ctx context.Context, with VaultKey) (*vault.Keys, []vault.Identity, error) {
	k, err := s.vaultKeys(ctx)
	if err != nil {
		return nil, nil, err
	}
	ids, err := s.identities(with.Files, with.Ask)
	return k, ids, err
}

// ProveVault notes which recipients open the vault with the identities given.
func (s *Study) ProveVault(ctx context.Context, with VaultKey) (out *Vault, err error) {
	err = s.change(ctx, func() error {
		k, ids, err := s.opened(ctx, with)
		if err != nil {
			return err
		}
		if k.Prove(ids) == 0 {
			return recount.WithHint(fmt.Errorf("%w: the vault opens for %s, and the identity is none of theirs", recount.ErrInvalid, strings.Join(k.Names(), ", ")), "give the file of one of these identities")
		}
		if out, err = s.described(k); err != nil {
			return err
		}
		return s.putKeys(ctx, k)
	})
	return out, err
}

// RotateVault makes others those who open the vault. What is sealed from now on
// is sealed to new keys of the persons.
func (s *Study) RotateVault(ctx context.Context, to []vault.Recipient, with VaultKey, reason string) (out *Vault, err error) {
	err = s.change(ctx, func() error {
		k, ids, err := s.opened(ctx, with)
		if err != nil {
			return err
		}
		if err := k.Rotate(to, ids); err != nil {
			return err
		}
		if out, err = s.described(k); err != nil {
			return err
		}
		return s.putKeys(ctx, k, casebook.Draft{Answer: recount.VaultBody{Op: recount.RotateVault, Recipients: k.To()}, Reason: reason})
	})
	return out, err
}

// JoinVault takes in the file of keys of a copy of the study, but for keys that
// were destroyed here.
func (s *Study) JoinVault(ctx context.Context, file string) (out *Vault, n int, err error) {
	err = s.change(ctx, func() error {
		b, err := os.ReadFile(file)
		if err != nil {
			return recount.WithHint(err, "name the file of keys of a copy of this study")
		}
		other, err := vault.Parse(b)
		if err != nil {
			return err
		}
		destroyed, err := s.destroyed(ctx)
		if err != nil {
			return err
		}
		known, err := s.store.Meta(ctx, metaKeys)
		if err != nil {
			return err
		}
		// The file whose hash is in the log was made here.
		if sumOf(b) != known {
			if err := s.knownRecipients(ctx, other); err != nil {
				return err
			}
		}
		// What is lost or damaged here begins anew with what is there.
		k, err := s.vaultKeys(ctx)
		if errors.Is(err, recount.ErrNotFound) || errors.Is(err, recount.ErrTampered) {
			k = &vault.Keys{Form: other.Form, Study: s.ID, Turn: other.Turn, Proof: other.Proof, Recipients: other.Recipients, Keys: []vault.PersonKey{}}
		} else if err != nil {
			return err
		}
		if n, err = k.Join(other, func(key string) bool { return destroyed[key] }); err != nil {
			return err
		}
		if out, err = s.described(k); err != nil {
			return err
		}
		return s.putKeys(ctx, k)
	})
	return out, n, err
}

// knownRecipients refuses a file of keys that opens for others than those whom
// the log names.
func (s *Study) knownRecipients(ctx context.Context, k *vault.Keys) error {
	l, err := s.Log(ctx)
	if err != nil {
		return err
	}
	named := false
	for _, d := range l.All() {
		if d.Kind != recount.KindVault || d.Erasable == nil {
			continue
		}
		a, err := s.book.Answer(d)
		if err != nil {
			continue
		}
		if b := a.(recount.VaultBody); b.Op != recount.OpenVault {
			if vault.SameRecipients(b.Recipients, k.To()) {
				return nil
			}
			named = true
		}
	}
	if !named {
		return nil // nothing is known yet
	}
	return recount.WithHint(fmt.Errorf("%w: the file of keys opens for %s, with keys that the log of this study does not name", recount.ErrTampered, strings.Join(k.Names(), ", ")),
		"ask whose file it is; if the copy got other recipients, import its decisions first: recount decisions import")
}

// destroyed lists the keys that removals say were destroyed.
func (s *Study) destroyed(ctx context.Context) (map[string]bool, error) {
	all, err := s.store.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for i := range all {
		if all[i].Kind != recount.KindRemove {
			continue
		}
		if a, err := all[i].Decode(); err == nil {
			if b := a.(recount.RemoveBody); b.What == "key" {
				out[b.ID] = true
			}
		}
	}
	return out, nil
}

// A subject is the person whom something is sealed about.
type subject struct {
	id   string
	name string
	keys map[recount.Key]bool
	at   recount.SpeakerRef // the first source, as the page prints it
}

// subject finds a person by the first digits of an id, or a speaker by those of
// a key.
func (s *Study) subject(ctx context.Context, digits string) (*subject, error) {
	book, err := s.casebook(ctx, needs{})
	if err != nil {
		return nil, err
	}
	var out *subject
	people, err := s.Shown(ctx, digits)
	if err == nil && digits != "" && len(people) == 1 && len(people[0].Sources) > 0 {
		p := &people[0]
		out = &subject{id: p.ID, keys: map[recount.Key]bool{}, at: p.Sources[max(0, slices.IndexFunc(p.Sources, func(x Source) bool { return casebook.Counts(&x.Member) }))].Speaker}
		for _, x := range p.Sources {
			out.keys[x.Key] = true
		}
	} else if err != nil && !errors.Is(err, recount.ErrNotFound) {
		return nil, err
	} else {
		v, err := book.FindSpeaker(ctx, digits)
		if err != nil {
			return nil, recount.WithHint(fmt.Errorf("person %.20s: %w", digits, recount.ErrNotFound), "give the first 4 digits of an id or more: `recount tier` lists the people, `recount scope --all` everybody who was read")
		}
		ref, err := book.Ref(ctx, v)
		if err != nil {
			return nil, err
		}
		out = &subject{id: string(v.ID), keys: map[recount.Key]bool{v.Key: true, v.ID: true}, at: ref}
		c, ok, err := book.PersonOf(ctx, v.Key)
		if err != nil {
			return nil, err
		}
		if ok {
			out.id = cmp.Or(c.ID, out.id)
			for _, m := range c.Members {
				out.keys[m.Key] = true
			}
		}
	}
	// Only what the page prints: what somebody typed stays out of the answer.
	out.at.Name = strings.Join(out.at.At.Exact, " ")
	out.name = out.at.Name
	return out, nil
}

// sealedOf lists what is sealed about somebody, by when it was.
func (s *Study) sealedOf(ctx context.Context, k *vault.Keys, x *subject) (out []SealedField, err error) {
	err = s.eachSealed(ctx, func(d *casebook.Placed, b recount.SealBody, whom []recount.Key) {
		if slices.ContainsFunc(whom, func(key recount.Key) bool { return x.keys[key] }) || whom == nil && samePlace(b.Speaker.At, x.at.At) {
			out = append(out, fieldOf(d, b, k))
		}
	})
	return out, err
}

func samePlace(a, b recount.Anchor) bool {
	return a.Page == b.Page && a.Part == b.Part && slices.Equal(a.Exact, b.Exact) && slices.Equal(a.Spans, b.Spans)
}

func fieldOf(d *casebook.Placed, b recount.SealBody, k *vault.Keys) SealedField {
	return SealedField{ID: d.ID, Actor: d.Actor, Time: d.Time, What: b.What, Readable: k == nil || k.Has(b.Key), key: b.Key, sealed: b.Sealed}
}

// eachSealed calls f with each live sealed field and the speakers whom it is
// about, by time.
func (s *Study) eachSealed(ctx context.Context, f func(d *casebook.Placed, b recount.SealBody, whom []recount.Key)) error {
	book, err := s.casebook(ctx, needs{unlogged: true})
	if err != nil {
		return err
	}
	all := book.Holding(recount.KindSeal)
	slices.SortStableFunc(all, func(a, b casebook.Placed) int { return strings.Compare(a.Time, b.Time) })
	for i := range all {
		whom, err := book.Whom(ctx, all[i].Decision)
		if err != nil {
			return err
		}
		f(&all[i], all[i].Answer.(recount.SealBody), whom)
	}
	return nil
}

// Vault says who can open the vault and about whom it holds what; it opens
// nothing.
func (s *Study) Vault(ctx context.Context) (*Vault, error) {
	k, err := s.vaultKeys(ctx)
	if err != nil {
		return nil, err
	}
	out, err := s.described(k)
	if err != nil {
		return nil, err
	}
	out.People, err = s.sealedPeople(ctx, k)
	return out, err
}

// A Protection says how the people of a study are kept safe, and names nobody.
type Protection struct {
	Vault  bool // it was begun
	Sealed int  // fields
	People []ProtectedPerson
}

// A ProtectedPerson is one who may not be shown as he or she is.
type ProtectedPerson struct {
	ID      string
	Tier    recount.Tier
	Held    bool // until somebody decides
	Counted bool // or may count
	Sealed  int  // fields about the person
}

// Protection lists who is protected, by id, and what the vault holds.
func (s *Study) Protection(ctx context.Context) (*Protection, error) {
	book, err := s.loaded(ctx)
	if err != nil {
		return nil, err
	}
	begun, err := s.store.Meta(ctx, metaKeys)
	if err != nil {
		return nil, err
	}
	sealed, err := s.Sealed(ctx)
	if err != nil {
		return nil, err
	}
	out, of := &Protection{Vault: begun != ""}, map[string]int{}
	for _, p := range sealed {
		out.Sealed += len(p.Fields)
		of[p.ID] += len(p.Fields)
	}
	people, err := book.Persons(ctx)
	if err != nil {
		return nil, err
	}
	for i := range people {
		if p := &people[i]; !p.Tier().Shown() || p.Held() {
			counted := p.Counting()
			out.People = append(out.People, ProtectedPerson{ID: p.ID, Tier: p.Tier(), Held: p.Held(), Counted: len(counted.Members) > 0, Sealed: of[p.ID]})
		}
	}
	return out, nil
}

// Sealed lists about whom something is sealed, without the file of keys.
func (s *Study) Sealed(ctx context.Context) ([]SealedPerson, error) { return s.sealedPeople(ctx, nil) }

func (s *Study) sealedPeople(ctx context.Context, k *vault.Keys) (out []SealedPerson, err error) {
	book, err := s.casebook(ctx, needs{})
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	people, err := book.Persons(ctx)
	if err != nil {
		return nil, err
	}
	of := map[recount.Key]string{} // speaker -> id of the person
	for i := range people {
		for _, m := range people[i].Members {
			of[m.Key] = people[i].ID
		}
	}
	err = s.eachSealed(ctx, func(d *casebook.Placed, b recount.SealBody, whom []recount.Key) {
		p := SealedPerson{Name: strings.Join(b.Speaker.At.Exact, " ")}
		if len(whom) > 0 {
			p.ID = cmp.Or(of[whom[0]], string(whom[0]))
		}
		key := p.ID
		if key == "" { // its words are on no page any more
			key = d.ID
		}
		i, there := at[key]
		if !there {
			i = len(out)
			at[key] = i
			out = append(out, p)
		}
		out[i].Fields = append(out[i].Fields, fieldOf(d, b, k))
	})
	slices.SortStableFunc(out, func(a, b SealedPerson) int { return strings.Compare(a.ID, b.ID) })
	return out, err
}

// Seal puts words about a person into the vault. It opens nothing.
func (s *Study) Seal(ctx context.Context, person string, words ...vault.Words) (out []recount.Decision, err error) {
	err = s.change(ctx, func() error {
		k, err := s.vaultKeys(ctx)
		if err != nil {
			return err
		}
		x, err := s.subject(ctx, person)
		if err != nil {
			return err
		}
		drafts, err := s.sealed(ctx, k, x, words)
		if err != nil {
			return err
		}
		by := By{}
		if len(drafts) > 1 {
			if by.Group, err = s.NewGroup(); err != nil {
				return err
			}
		}
		out, err = s.decideAll(ctx, by, drafts)
		return err
	})
	return out, err
}

// sealed encrypts words to the key of a person, who gets one if need be. The key
// is on the disk and in the log before anything is sealed to it.
func (s *Study) sealed(ctx context.Context, k *vault.Keys, x *subject, words []vault.Words) (drafts []casebook.Draft, err error) {
	known, err := s.sealedOf(ctx, k, x)
	if err != nil {
		return nil, err
	}
	key := ""
	for _, f := range known {
		if k.Takes(f.key) {
			key = f.key
		}
	}
	if key == "" {
		if key, err = k.Add(); err != nil {
			return nil, err
		}
	}
	for _, w := range words {
		if !slices.Contains(recount.SealedKinds[:], w.What) {
			return nil, recount.WithHint(fmt.Errorf("%w: the vault has no field %.20q", recount.ErrInvalid, w.What), "its fields are name, alias, contact, note and evidence")
		}
		sealed, err := vault.Seal(key, w)
		if err != nil {
			return nil, err
		}
		drafts = append(drafts, casebook.Draft{Answer: recount.SealBody{Speaker: x.at, What: w.What, Key: key, Sealed: sealed}})
	}
	if !slices.ContainsFunc(known, func(f SealedField) bool { return f.key == key }) {
		if err := s.putKeys(ctx, k); err != nil {
			return nil, err
		}
	}
	return drafts, nil
}

// Unseal opens what is sealed about a person. That it was opened, by whom and
// why, is in the log before anything is returned.
func (s *Study) Unseal(ctx context.Context, person, reason string, with VaultKey) (out *SealedPerson, err error) {
	err = s.change(ctx, func() error {
		if s.opts.Actor == Unnamed || s.opts.Actor == recount.DefaultActor {
			return recount.WithHint(fmt.Errorf("%w: nobody says who opens the vault", recount.ErrInvalid), "say who you are: --as NAME; it stays in the log")
		}
		if strings.TrimSpace(reason) == "" {
			return recount.WithHint(fmt.Errorf("%w: nobody says why the vault is opened", recount.ErrInvalid), "say why, without names: --reason WORDS; it stays in the log")
		}
		k, err := s.vaultKeys(ctx)
		if err != nil {
			return err
		}
		x, err := s.subject(ctx, person)
		if err != nil {
			return err
		}
		fields, err := s.sealedOf(ctx, k, x)
		if err != nil {
			return err
		}
		if len(fields) == 0 {
			return recount.WithHint(fmt.Errorf("person %.12s: %w: nothing is sealed about him or her", x.id, recount.ErrNotFound), "`recount vault` lists about whom something is")
		}
		ids, err := s.identities(with.Files, with.Ask)
		if err != nil {
			return err
		}
		out = &SealedPerson{ID: x.id, Name: x.name}
		var opened []string
		for _, f := range fields {
			if f.Readable {
				w, err := k.Unseal(f.key, f.sealed, ids)
				if err != nil {
					return fmt.Errorf("field %.12s: %w", f.ID, err)
				}
				if w.What != f.What {
					return fmt.Errorf("field %.12s: %w: what is sealed is no %s", f.ID, recount.ErrTampered, f.What)
				}
				if f.Words = w.Text; strings.Contains(strings.ToLower(reason), strings.ToLower(w.Text)) {
					return recount.WithHint(fmt.Errorf("%w: the reason says what is sealed, and it stays in the log", recount.ErrInvalid), "give a reason without names")
				}
				opened = append(opened, f.ID)
			}
			out.Fields = append(out.Fields, f)
		}
		if len(opened) == 0 {
			return recount.WithHint(fmt.Errorf("person %.12s: %w: no key of what is sealed is in the file of keys", x.id, recount.ErrNotFound), "take in the file of keys of the copy in which it was sealed: recount vault join FILE")
		}
		_, err = s.decideAll(ctx, By{}, []casebook.Draft{{Answer: recount.VaultBody{Op: recount.OpenVault, Speaker: &x.at, Opened: opened}, Reason: reason}})
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// vault sets the file of keys beside the log, and what is sealed beside the file.
func (r *rechecker) vault() error {
	sum, err := r.store.Meta(r.context, metaKeys)
	if err != nil {
		return err
	}
	all, err := r.store.Decisions(r.context)
	if err != nil {
		return nil // said before
	}
	var seals []*recount.Decision
	for i := range all {
		if d := &all[i]; d.Kind == recount.KindSeal && d.Erasable != nil {
			seals = append(seals, d)
		}
	}
	if sum == "" {
		if len(seals) > 0 {
			r.out.Notes = append(r.out.Notes, fmt.Sprintf("%d sealed fields came from a copy of the study that has a vault; this one has none, and opens none of them", len(seals)))
		}
		return nil
	}
	k, err := r.vaultKeys(r.context)
	if err != nil {
		r.out.add("vault", "file of keys", err, "put back the newest copy of it")
		return nil
	}
	if k.Study != r.ID {
		r.out.say("vault", "file of keys", "it is of another study ("+k.Study+")", "put back the newest copy of it")
		return nil
	}
	destroyed, err := r.destroyed(r.context)
	if err != nil {
		return err
	}
	for _, d := range seals {
		a, err := d.Decode()
		if err != nil {
			continue // said before
		}
		switch b := a.(recount.SealBody); {
		case destroyed[b.Key]:
			r.out.Notes = append(r.out.Notes, fmt.Sprintf("sealed field %s: its key was destroyed with a removal; nobody opens it any more", short(d.ID)))
		case !k.Has(b.Key):
			r.out.say("vault", short(d.ID), "the key of this sealed field is not in the file of keys", "take in the file of keys of the copy in which it was sealed: recount vault join FILE")
		}
	}
	for _, key := range slices.Sorted(maps.Keys(destroyed)) {
		if k.Has(key) {
			r.out.say("vault", "file of keys", fmt.Sprintf("it holds the key %.16s, which a removal destroyed", key), "end the removal: recount remove PERSON --save; an older file of keys may have been put back")
		}
	}
	return nil
}

// shred destroys keys in the file of keys. Done again it does nothing.
func (s *Study) shred(ctx context.Context, keys []string) error {
	if len(keys) == 0 {
		return nil
	}
	k, err := s.vaultKeys(ctx)
	if errors.Is(err, noVault) {
		return nil
	}
	if err != nil {
		return err
	}
	if k.Destroy(keys...) == 0 {
		return nil
	}
	return s.putKeys(ctx, k)
}
