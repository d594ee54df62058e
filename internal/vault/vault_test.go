package vault

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"recount"
)

// noPassphrase fails where a passphrase is asked for.
func noPassphrase(string) ([]byte, error) { return nil, errors.New("nobody is there") }

// someKey makes a key of a recipient.
func someKey(t testing.TB, dir, name string) (Recipient, []Identity) {
	t.Helper()
	path := filepath.Join(dir, name)
	public, err := WriteIdentity(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	ids, err := ReadIdentities(path, "", noPassphrase)
	if err != nil {
		t.Fatal(err)
	}
	return Recipient{Name: name, Key: public}, ids
}

// sshKey makes an SSH key, under a passphrase if there is one.
func sshKey(t *testing.T, path, passphrase string, key any, public any) string {
	t.Helper()
	var block *pem.Block
	var err error
	if passphrase == "" {
		block, err = ssh.MarshalPrivateKey(key, "")
	} else {
		block, err = ssh.MarshalPrivateKeyWithPassphrase(key, "", []byte(passphrase))
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
		t.Fatal(err)
	}
	p, err := ssh.NewPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(p)))
}

func TestEveryKindOfRecipientOpensTheVaultAlone(t *testing.T) {
	dir := t.TempDir()
	ada, adas := someKey(t, dir, "ada")
	edPublic, ed, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	lee := Recipient{Name: "lee", Key: sshKey(t, filepath.Join(dir, "lee"), "", ed, edPublic) + " lee@desk"}
	eve := Recipient{Name: "eve", Key: sshKey(t, filepath.Join(dir, "eve"), "", rsaKey, &rsaKey.PublicKey)}
	locked := sshKey(t, filepath.Join(dir, "locked"), "pw", ed, edPublic)
	if !sameKey(lee.Key, locked) {
		t.Errorf("%q and %q are one key", lee.Key, locked)
	}
	underPassphrase := filepath.Join(dir, "sheet")
	public, err := WriteIdentity(underPassphrase, []byte("correct horse"))
	if err != nil {
		t.Fatal(err)
	}
	k, err := New("s", []Recipient{ada, lee, eve, {Name: "sheet", Key: public}}, append(adas, identities(t, dir, "lee", "")...))
	if err != nil {
		t.Fatal(err)
	}
	if proven, open := k.Proven(); strings.Join(proven, " ") != "ada lee" || strings.Join(open, " ") != "eve sheet" {
		t.Errorf("proven are %v, and open %v", proven, open)
	}
	key, err := k.Add()
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := Seal(key, Words{recount.SealedName, "Jonathan Realname"})
	if err != nil {
		t.Fatal(err)
	}
	for file, pass := range map[string]string{"ada": "", "lee": "", "eve": "", "locked": "pw", "sheet": "correct horse"} {
		w, err := k.Unseal(key, sealed, identities(t, dir, file, pass))
		if err != nil || w.Text != "Jonathan Realname" || w.What != recount.SealedName {
			t.Errorf("with %s: %+v, %v", file, w, err)
		}
	}
	b, err := k.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	again, err := Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	if b2, err := again.Bytes(); err != nil || string(b2) != string(b) {
		t.Errorf("a file of keys that is read and written is another: %v", err)
	}
}

func identities(t *testing.T, dir, name, pass string) []Identity {
	t.Helper()
	ids, err := ReadIdentities(filepath.Join(dir, name), "", func(string) ([]byte, error) { return []byte(pass), nil })
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func TestIdentitiesThatAreRefused(t *testing.T) {
	dir := t.TempDir()
	study := filepath.Join(dir, "study")
	if err := os.Mkdir(study, 0o700); err != nil {
		t.Fatal(err)
	}
	write := func(name, text string, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	if _, err := WriteIdentity(filepath.Join(dir, "good"), nil); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(filepath.Join(dir, "good"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := WriteIdentity(filepath.Join(dir, "locked"), []byte("pw")); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(write("study/inside", string(good), 0o600), link); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, path, want string }{
		{"one that others read", write("others", string(good), 0o644), "others may read it"},
		{"one that the group reads", write("group", string(good), 0o640), "others may read it"},
		{"one in the folder of the study", filepath.Join(study, "inside"), "lies in the folder of the study"},
		{"one that a link hides there", link, "lies in the folder of the study"},
		{"none", filepath.Join(dir, "nowhere"), "no such file"},
		{"a folder", dir, "it is no file"},
		{"an empty file", write("empty", "", 0o600), "it holds no identity"},
		{"prose", write("prose", "hello\n", 0o600), "it holds no identity"},
		{"a public key", write("public", "age1qqqq\n", 0o600), "it holds no identity"},
		{"half of one", write("half", string(good[:len(good)-20]), 0o600), "it holds no identity"},
		{"an SSH key that is none", write("ssh", "-----BEGIN OPENSSH PRIVATE KEY-----\nx\n-----END OPENSSH PRIVATE KEY-----\n", 0o600), "it holds no identity"},
		{"another passphrase", filepath.Join(dir, "locked"), "the passphrase does not open it"},
		{"one that is too large", write("large", strings.Repeat("#\n", mostIdentity), 0o600), "too large"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ReadIdentities(tt.path, study, func(string) ([]byte, error) { return []byte("no"), nil })
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("ReadIdentities = %v, want %q", err, tt.want)
			}
			if recount.HintOf(err) == "" {
				t.Error("nothing says what to do")
			}
			if strings.Contains(err.Error(), "AGE-SECRET-KEY-1") {
				t.Error("the error repeats the private part")
			}
		})
	}
}

func TestRecipientsThatAreRefused(t *testing.T) {
	dir := t.TempDir()
	ada, adas := someKey(t, dir, "ada")
	lee, lees := someKey(t, dir, "lee")
	both := append(adas, lees...)
	tests := []struct {
		name string
		to   []Recipient
		ids  []Identity
		want string
	}{
		{"nobody", nil, both, "needs two recipients or more, and 0 given"},
		{"one", []Recipient{ada}, both, "needs two recipients or more, and 1 given"},
		{"one key twice", []Recipient{ada, {Name: "other", Key: ada.Key}}, both, "has the same name or key"},
		{"one name twice", []Recipient{ada, {Name: "ada", Key: lee.Key}}, both, "has the same name or key"},
		{"nothing proven", []Recipient{ada, lee}, nil, "recovery is not proven"},
		{"one proven", []Recipient{ada, lee}, lees, "recovery is not proven"},
		{"a private part", []Recipient{ada, {Name: "lee", Key: "AGE-SECRET-KEY-1QQ"}}, both, "private part"},
		{"no key", []Recipient{ada, {Name: "lee", Key: ""}}, both, "no public key"},
		{"half a key", []Recipient{ada, {Name: "lee", Key: lee.Key[:20]}}, both, "no public key"},
		{"an SSH key that cannot encrypt", []Recipient{ada, {Name: "lee", Key: "ssh-dss AAAA"}}, both, "no public key"},
		{"no name", []Recipient{ada, {Name: " ", Key: lee.Key}}, both, "names no person"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := New("s", tt.to, tt.ids); err == nil || !strings.Contains(err.Error(), tt.want) || recount.HintOf(err) == "" {
				t.Errorf("New = %v, want %q and a hint", err, tt.want)
			}
		})
	}
}

// A key that is destroyed, or whose owner was one of the recipients once, opens
// nothing any more; what is sealed tells neither how long it is nor, twice, that
// it is the same.
func TestRotationAndDestruction(t *testing.T) {
	dir := t.TempDir()
	ada, adas := someKey(t, dir, "ada")
	lee, lees := someKey(t, dir, "lee")
	eve, eves := someKey(t, dir, "eve")
	k, err := New("s", []Recipient{ada, lee}, append(adas, lees...))
	if err != nil {
		t.Fatal(err)
	}
	const people = 1000
	keys, sealed := make([]string, people), make([]string, people)
	for i := range people {
		if keys[i], err = k.Add(); err != nil {
			t.Fatal(err)
		}
		if sealed[i], err = Seal(keys[i], Words{recount.SealedName, fmt.Sprintf("Person %d", i)}); err != nil {
			t.Fatal(err)
		}
	}
	if long, err := Seal(keys[0], Words{recount.SealedNote, strings.Repeat("x", 150)}); err != nil || len(long) != len(sealed[0]) {
		t.Errorf("a short field has %d bytes, a longer one %d, %v", len(sealed[0]), len(long), err)
	}
	if again, err := Seal(keys[0], Words{recount.SealedName, "Person 0"}); err != nil || again == sealed[0] {
		t.Errorf("the same words sealed twice are the same bytes (%v)", err)
	}
	if _, err := k.Unseal(keys[1], sealed[0], adas); !errors.Is(err, recount.ErrTampered) {
		t.Errorf("a field of another person opens: %v", err)
	}
	began := time.Now()
	if err := k.Rotate([]Recipient{ada, eve}, append(adas, eves...)); err != nil {
		t.Fatal(err)
	}
	t.Logf("recipients of %d keys changed in %v", people, time.Since(began).Round(time.Millisecond))
	if _, err := k.Unseal(keys[0], sealed[0], lees); err == nil {
		t.Error("lee opens the vault after others became its recipients")
	}
	if w, err := k.Unseal(keys[999], sealed[999], eves); err != nil || w.Text != "Person 999" {
		t.Errorf("eve opens %+v, %v", w, err)
	}
	if k.Takes(keys[0]) {
		t.Error("more is sealed to a key that lee may hold")
	}
	if _, err := New("s", []Recipient{ada, lee}, nil); err == nil {
		t.Error("recovery was not proven")
	}
	if n := k.Destroy(keys[0], keys[1], "age1none"); n != 2 {
		t.Errorf("%d keys were destroyed, want 2", n)
	}
	if _, err := k.Unseal(keys[0], sealed[0], adas); !errors.Is(err, recount.ErrNotFound) {
		t.Errorf("a field whose key was destroyed: %v", err)
	}
	// The wrapped key of one person under the name of another is noticed.
	k.Keys[0].Wrapped = k.Keys[1].Wrapped
	if _, err := k.Unseal(k.Keys[0].Key, sealed[0], adas); !errors.Is(err, recount.ErrTampered) {
		t.Errorf("swapped keys: %v", err)
	}
}

// Two copies that sealed apart become one, and what was destroyed stays so.
func TestJoin(t *testing.T) {
	dir := t.TempDir()
	ada, adas := someKey(t, dir, "ada")
	lee, lees := someKey(t, dir, "lee")
	both := append(adas, lees...)
	k, err := New("s", []Recipient{ada, lee}, both)
	if err != nil {
		t.Fatal(err)
	}
	first, err := k.Add()
	if err != nil {
		t.Fatal(err)
	}
	b, err := k.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	copied, err := Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	second, err := copied.Add()
	if err != nil {
		t.Fatal(err)
	}
	k.Destroy(first)
	n, err := k.Join(copied, func(key string) bool { return key == first })
	if err != nil || n != 1 || k.Has(first) || !k.Has(second) {
		t.Errorf("Join = %d, %v; has the first: %v, the second: %v", n, err, k.Has(first), k.Has(second))
	}
	other, err := New("t", []Recipient{ada, lee}, both)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Join(other, func(string) bool { return false }); !errors.Is(err, recount.ErrConflict) {
		t.Errorf("keys of another study: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"recount_keys":1,"study":"s","turn":1,"proof":"","recipients":[],"keys":[]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if k, err := Parse(b); err == nil {
			if _, err := k.Bytes(); err != nil {
				t.Error(err)
			}
		}
	})
}
