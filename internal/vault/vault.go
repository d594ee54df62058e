// Package vault encrypts what a team knows of protected people and holds the
// keys to it. What is sealed goes into the study; the keys go into a file that
// lies elsewhere; the identities that open the keys lie with people.
//
// Method: filippo.io/age. Each person has a key of his or her own (X25519). What
// is sealed is encrypted to its public part, so that sealing opens nothing. The
// private part is encrypted to two or more recipients at once, each of whom
// opens it alone. Destroying a private part leaves everything that was sealed to
// it, here and in backups of the study, unreadable (crypto-shredding).
//
// Limits: a copy of the file of keys from before opens, with an identity, what
// it opened then. age hides neither that something is sealed nor, beyond the
// padding, how long it is.
package vault

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"filippo.io/age"
	"filippo.io/age/agessh"

	"recount"
)

// Form is the version of the form of a file of keys.
const form = 1

// fewest is how many recipients a vault has at least: one key can be lost.
const fewest = 2

// A Recipient is somebody who can open the vault.
type Recipient struct {
	Name   string `json:"name"`
	Key    string `json:"key"`    // public: age1..., ssh-ed25519 ... or ssh-rsa ...
	Probe  string `json:"probe"`  // sealed to this key alone
	Proven bool   `json:"proven"` // the probe was opened
}

// A PersonKey is the key of one person.
type PersonKey struct {
	Key     string `json:"key"`     // public: age1...
	Turn    int    `json:"turn"`    // of the recipients, from 1: how often they had changed
	Wrapped string `json:"wrapped"` // the private part, sealed to every recipient
}

// Keys are a file of keys.
type Keys struct {
	Form       int         `json:"recount_keys"`
	Study      string      `json:"study"`
	Turn       int         `json:"turn"`
	Proof      string      `json:"proof"` // SHA-256 of what the probes hold
	Recipients []Recipient `json:"recipients"`
	Keys       []PersonKey `json:"keys"` // by public part
}

// New begins a file of keys for two recipients or more. Identities that are at
// hand open the probes; two of them must.
func New(study string, to []Recipient, ids []Identity) (*Keys, error) {
	k := &Keys{Form: form, Study: study, Keys: []PersonKey{}}
	return k, k.address(to, ids)
}

// address makes other recipients those who can open the vault.
func (k *Keys) address(to []Recipient, ids []Identity) error {
	if len(to) < fewest {
		return recount.WithHint(fmt.Errorf("%w: the vault needs two recipients or more, and %d given", recount.ErrInvalid, len(to)),
			"a single key that is lost takes everything with it. `recount vault key FILE` makes another, to be kept elsewhere")
	}
	var probe [32]byte
	if _, err := io.ReadFull(rand.Reader, probe[:]); err != nil {
		return err
	}
	proof := sha256.Sum256(probe[:])
	k.Turn++
	k.Proof, k.Recipients = hex.EncodeToString(proof[:]), nil
	for _, r := range to {
		r.Key = strings.Join(strings.Fields(r.Key), " ")
		if err := recount.CheckCoder(r.Name); err != nil {
			return err
		}
		x, err := recipient(r.Key)
		if err != nil {
			return fmt.Errorf("recipient %s: %w", r.Name, err)
		}
		for _, o := range k.Recipients {
			if o.Name == r.Name || sameKey(o.Key, r.Key) {
				return recount.WithHint(fmt.Errorf("recipient %s: %w: %s has the same name or key", r.Name, recount.ErrInvalid, o.Name), "two recipients are two keys, which are kept apart")
			}
		}
		sealed, err := encrypt(probe[:], x)
		if err != nil {
			return fmt.Errorf("recipient %s: %w", r.Name, err)
		}
		k.Recipients = append(k.Recipients, Recipient{Name: r.Name, Key: r.Key, Probe: sealed})
	}
	slices.SortFunc(k.Recipients, func(a, b Recipient) int { return cmp.Compare(a.Name, b.Name) })
	k.Prove(ids)
	if proven, open := k.Proven(); len(proven) < fewest {
		return recount.WithHint(fmt.Errorf("%w: recovery is not proven: of the recipients %d opened a probe, and two must: not %s", recount.ErrInvalid, len(proven), strings.Join(open, ", ")),
			"give the identity files of two of them with --identity; nothing was made")
	}
	return nil
}

// Prove opens the probes with identities and returns how many it opened.
func (k *Keys) Prove(ids []Identity) (n int) {
	for i := range k.Recipients {
		b, err := decrypt(k.Recipients[i].Probe, ids)
		if err != nil {
			continue
		}
		if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) == k.Proof {
			k.Recipients[i].Proven = true
			n++
		}
	}
	return n
}

// Proven lists the recipients who have shown that they can open the vault, and
// those who have not.
func (k *Keys) Proven() (proven, open []string) {
	for _, r := range k.Recipients {
		if r.Proven {
			proven = append(proven, r.Name)
		} else {
			open = append(open, r.Name)
		}
	}
	return proven, open
}

// To lists who can open the vault, as the log is told.
func (k *Keys) To() (out []recount.Recipient) {
	for _, r := range k.Recipients {
		out = append(out, recount.Recipient{Name: r.Name, Key: r.Key})
	}
	return out
}

// Names lists the recipients.
func (k *Keys) Names() (out []string) {
	for _, r := range k.Recipients {
		out = append(out, r.Name)
	}
	return out
}

func (k *Keys) recipients() ([]age.Recipient, error) {
	var out []age.Recipient
	for _, r := range k.Recipients {
		x, err := recipient(r.Key)
		if err != nil {
			return nil, fmt.Errorf("recipient %s: %w", r.Name, err)
		}
		out = append(out, x)
	}
	return out, nil
}

// Add makes the key of a person and returns its public part.
func (k *Keys) Add() (string, error) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return "", err
	}
	p, err := k.wrap(id)
	if err != nil {
		return "", err
	}
	k.put(p)
	return p.Key, nil
}

func (k *Keys) wrap(id *age.X25519Identity) (PersonKey, error) {
	to, err := k.recipients()
	if err != nil {
		return PersonKey{}, err
	}
	sealed, err := encrypt([]byte(id.String()), to...)
	return PersonKey{Key: id.Recipient().String(), Turn: k.Turn, Wrapped: sealed}, err
}

func (k *Keys) put(p PersonKey) {
	i, there := k.at(p.Key)
	if there {
		k.Keys[i] = p
	} else {
		k.Keys = slices.Insert(k.Keys, i, p)
	}
}

func (k *Keys) at(public string) (int, bool) {
	return slices.BinarySearchFunc(k.Keys, public, func(p PersonKey, key string) int { return cmp.Compare(p.Key, key) })
}

// Has reports whether the private part of a key is here.
func (k *Keys) Has(public string) bool {
	_, there := k.at(public)
	return there
}

// Takes reports whether more is sealed to a key: to one from before the
// recipients changed nothing is, since who was one then may hold it still.
func (k *Keys) Takes(public string) bool {
	i, there := k.at(public)
	return there && k.Keys[i].Turn == k.Turn
}

// Destroy takes keys out and returns how many there were. What is sealed to them
// cannot be read any more.
func (k *Keys) Destroy(public ...string) (n int) {
	was := len(k.Keys)
	k.Keys = slices.DeleteFunc(k.Keys, func(p PersonKey) bool { return slices.Contains(public, p.Key) })
	return was - len(k.Keys)
}

// Rotate makes other recipients those who can open the vault. An identity must
// open what is there; two of the new recipients must be proven.
func (k *Keys) Rotate(to []Recipient, ids []Identity) error {
	private := make([]*age.X25519Identity, len(k.Keys))
	for i, p := range k.Keys {
		var err error
		if private[i], err = k.private(p, ids); err != nil {
			return err
		}
	}
	turns := k.Keys
	k.Keys = []PersonKey{}
	if err := k.address(to, ids); err != nil {
		return err
	}
	for i, id := range private {
		p, err := k.wrap(id)
		if err != nil {
			return err
		}
		p.Turn = turns[i].Turn
		k.put(p)
	}
	return nil
}

// Join takes in the keys of another file for the same study and recipients,
// but for those that gone says were destroyed, and returns how many.
func (k *Keys) Join(o *Keys, gone func(public string) bool) (n int, err error) {
	if o.Study != k.Study {
		return 0, recount.WithHint(fmt.Errorf("%w: the keys are of another study (%s)", recount.ErrConflict, o.Study), "name the file of keys of a copy of this study")
	}
	if !SameRecipients(k.To(), o.To()) {
		return 0, recount.WithHint(fmt.Errorf("%w: it opens for %s, and the one here for %s", recount.ErrConflict, strings.Join(o.Names(), ", "), strings.Join(k.Names(), ", ")),
			"let one of the two copies `recount vault rotate` to the recipients of the other first")
	}
	k.Turn = max(k.Turn, o.Turn)
	for _, p := range o.Keys {
		if !k.Has(p.Key) && !gone(p.Key) {
			k.put(p)
			n++
		}
	}
	return n, nil
}

// SameRecipients reports whether the same keys open, whatever their owners are
// called.
func SameRecipients(a, b []recount.Recipient) bool {
	in := func(list []recount.Recipient) func(recount.Recipient) bool {
		return func(r recount.Recipient) bool {
			return slices.ContainsFunc(list, func(o recount.Recipient) bool { return sameKey(r.Key, o.Key) })
		}
	}
	return len(a) == len(b) && !slices.ContainsFunc(a, func(r recount.Recipient) bool { return !in(b)(r) })
}

// private opens the key of a person.
func (k *Keys) private(p PersonKey, ids []Identity) (*age.X25519Identity, error) {
	b, err := decrypt(p.Wrapped, ids)
	if err != nil {
		return nil, recount.WithHint(fmt.Errorf("%w: the vault opens for %s, and the identity is none of theirs", recount.ErrInvalid, strings.Join(k.Names(), ", ")),
			"give the file of one of these identities; if it is lost, that of another opens the vault too")
	}
	id, err := age.ParseX25519Identity(string(b))
	if err != nil || id.Recipient().String() != p.Key {
		return nil, fmt.Errorf("key %.16s: %w: it is not the key that it says", p.Key, recount.ErrTampered)
	}
	return id, nil
}

// Words are what a sealed field holds.
type Words struct {
	What recount.SealedKind `json:"what"`
	Text string             `json:"text"`
}

const (
	padded   = 256      // bytes to which what is sealed is filled up
	mostText = 64 << 10 // bytes of a field
)

// Seal encrypts words to the key of a person.
func Seal(public string, w Words) (string, error) {
	to, err := age.ParseX25519Recipient(public)
	if err != nil {
		return "", fmt.Errorf("%w: %.20q is no key of a person", recount.ErrInvalid, public)
	}
	if w.Text = strings.TrimSpace(w.Text); w.Text == "" {
		return "", fmt.Errorf("%w: there are no words to seal", recount.ErrInvalid)
	}
	if len(w.Text) > mostText {
		return "", recount.WithHint(fmt.Errorf("%w: %d bytes are too many for one field", recount.ErrInvalid, len(w.Text)), "seal it in several")
	}
	b, err := json.Marshal(w)
	if err != nil {
		return "", err
	}
	b = append(b, bytes.Repeat([]byte(" "), (padded-len(b)%padded)%padded)...)
	return encrypt(b, to)
}

// Unseal opens what was sealed to the key of a person.
func (k *Keys) Unseal(public, sealed string, ids []Identity) (w Words, err error) {
	i, there := k.at(public)
	if !there {
		return w, fmt.Errorf("%w: its key is not in the file of keys", recount.ErrNotFound)
	}
	id, err := k.private(k.Keys[i], ids)
	if err != nil {
		return w, err
	}
	b, err := decrypt(sealed, []Identity{id})
	if err != nil {
		return w, fmt.Errorf("%w: what is sealed does not open with its key", recount.ErrTampered)
	}
	if err := json.Unmarshal(b, &w); err != nil {
		return w, fmt.Errorf("%w: what is sealed is no field", recount.ErrTampered)
	}
	return w, nil
}

// Bytes is the file, the same for the same keys.
func (k *Keys) Bytes() ([]byte, error) {
	b, err := json.MarshalIndent(k, "", " ")
	return append(b, '\n'), err
}

// Parse reads a file of keys.
func Parse(b []byte) (*Keys, error) {
	bad := func(why string) error {
		return recount.WithHint(fmt.Errorf("%w: it is no file of keys: %s", recount.ErrInvalid, why), "put back a copy of it")
	}
	var k Keys
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&k); err != nil {
		return nil, bad("it is cut off or was changed")
	}
	switch {
	case k.Form > form:
		return nil, fmt.Errorf("form %d: %w", k.Form, recount.ErrNewer)
	case k.Form < form, k.Study == "", len(k.Recipients) < fewest:
		return nil, bad("it does not say for whom it is")
	case !slices.IsSortedFunc(k.Keys, func(a, b PersonKey) int { return cmp.Compare(a.Key, b.Key) }):
		return nil, bad("its keys are in disorder")
	}
	_, err := k.recipients()
	return &k, err
}

// recipient reads a public key.
func recipient(key string) (age.Recipient, error) {
	var r age.Recipient
	var err error
	switch {
	case strings.HasPrefix(key, "AGE-SECRET-KEY-"), strings.Contains(key, "PRIVATE KEY"):
		return nil, recount.WithHint(fmt.Errorf("%w: this is the private part of a key", recount.ErrInvalid), "it is known to more than its owner now: make another with `recount vault key FILE`, and give its public part")
	case strings.HasPrefix(key, "age1"):
		r, err = age.ParseX25519Recipient(key)
	case strings.HasPrefix(key, "ssh-"):
		r, err = agessh.ParseRecipient(key)
	default:
		err = recount.ErrInvalid
	}
	if err != nil {
		return nil, recount.WithHint(fmt.Errorf("%w: %.24q is no public key", recount.ErrInvalid, key), "give age1... as `recount vault key FILE` prints it, or an SSH key: ssh-ed25519 AAAA...")
	}
	return r, nil
}

// sameKey compares public keys but for the comment of one of SSH.
func sameKey(a, b string) bool {
	first := func(s string) string {
		f := strings.Fields(s)
		return strings.Join(f[:min(len(f), 2)], " ")
	}
	return first(a) == first(b)
}

// encrypt is the one place where recount encrypts.
func encrypt(b []byte, to ...age.Recipient) (string, error) {
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to...)
	if err != nil {
		return "", err
	}
	if _, err := w.Write(b); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(out.Bytes()), nil
}

func decrypt(sealed string, ids []Identity) ([]byte, error) {
	b, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		return nil, recount.ErrInvalid
	}
	r, err := age.Decrypt(bytes.NewReader(b), ids...)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(r, 2*mostText))
}
