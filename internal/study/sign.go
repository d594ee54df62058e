package study

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha512"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"

	"recount"
	"recount/internal/store"
)

// What a signature is of: these namespaces keep signatures of decisions, and of
// lists of them, apart from each other and from all others that a key makes.
const (
	ofDecision = "decision@recount"
	ofList     = "list@recount"
)

// signersFile names whose key is whose, in the form of ALLOWED SIGNERS of
// ssh-keygen(1): a name, a kind of key and the key. It is never imported.
const signersFile = "allowed_signers"

// A sshSignature is the blob of a signature as `ssh-keygen -Y sign` writes it
// (PROTOCOL.sshsig of OpenSSH).
type sshSignature struct {
	Magic     [6]byte
	Version   uint32
	Key       string
	Namespace string
	Reserved  string
	Hash      string
	Signature string
}

// sshSigned is what is signed.
type sshSigned struct {
	Magic     [6]byte
	Namespace string
	Reserved  string
	Hash      string
	Sum       string
}

var sshMagic = [6]byte{'S', 'S', 'H', 'S', 'I', 'G'}

func signedBytes(namespace string, message []byte) []byte {
	sum := sha512.Sum512(message)
	return ssh.Marshal(sshSigned{sshMagic, namespace, "", "sha512", string(sum[:])})
}

// signedMessage is what is signed: of a decision its id, which commits to all of it,
// of a list of decisions its digest, on a line.
func signedMessage(id string) []byte { return []byte(id + "\n") }

// sign signs a decision by its id, or a list of them by its digest.
func sign(s ssh.Signer, namespace, id string) (string, error) {
	data := signedBytes(namespace, signedMessage(id))
	var sig *ssh.Signature
	var err error
	// A key of RSA must not sign with SHA-1.
	if a, ok := s.(ssh.AlgorithmSigner); ok && s.PublicKey().Type() == ssh.KeyAlgoRSA {
		sig, err = a.SignWithAlgorithm(rand.Reader, data, ssh.KeyAlgoRSASHA512)
	} else {
		sig, err = s.Sign(rand.Reader, data)
	}
	if err != nil {
		return "", err
	}
	blob := ssh.Marshal(sshSignature{sshMagic, 1, string(s.PublicKey().Marshal()), namespace, "", "sha512", string(ssh.Marshal(*sig))})
	return string(pem.EncodeToMemory(&pem.Block{Type: "SSH SIGNATURE", Bytes: blob})), nil
}

// verify returns the key that signed a decision, or a list of them.
func verify(namespace, id, armored string) (ssh.PublicKey, error) {
	of := "decision"
	if namespace == ofList {
		of = "the list"
	}
	bad := func(format string, a ...any) (ssh.PublicKey, error) {
		return nil, fmt.Errorf("signature of %s %.12s: "+format+": %w", append(append([]any{of, id}, a...), recount.ErrTampered)...)
	}
	block, rest := pem.Decode([]byte(armored))
	if block == nil || block.Type != "SSH SIGNATURE" || len(bytes.TrimSpace(rest)) > 0 {
		return bad("it is none")
	}
	var s sshSignature
	if err := ssh.Unmarshal(block.Bytes, &s); err != nil || s.Magic != sshMagic || s.Version != 1 {
		return bad("it is none")
	}
	if s.Namespace != namespace || s.Hash != "sha512" || s.Reserved != "" {
		return bad("it is for %.40q and hashed by %.20q", s.Namespace, s.Hash)
	}
	key, err := ssh.ParsePublicKey([]byte(s.Key))
	if err != nil {
		return bad("%v", err)
	}
	var sig ssh.Signature
	if err := ssh.Unmarshal([]byte(s.Signature), &sig); err != nil || sig.Format == ssh.KeyAlgoRSA {
		return bad("it is none, or made with SHA-1")
	}
	if err := key.Verify(signedBytes(namespace, signedMessage(id)), &sig); err != nil {
		return bad("it does not fit")
	}
	return key, nil
}

// signers are the keys of people, by name.
type signers map[string][]knownKey

// A knownKey is one of a person's.
type knownKey struct {
	ssh.PublicKey
	only []string // what it may sign; anything if nil
}

// readSigners reads allowed_signers; a study without one knows no keys.
func (s *Study) readSigners() (signers, error) {
	data, err := os.ReadFile(filepath.Join(s.Dir, signersFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	out := signers{}
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		bad := func() error {
			return recount.WithHint(fmt.Errorf("%s: line %d: %w: it is no name with a key", signersFile, n, recount.ErrInvalid),
				`write a name and a public key, as in: ada ssh-ed25519 AAAA...; a name with spaces between quotation marks`)
		}
		// The names end at the first blank outside quotation marks.
		in := false
		end := strings.IndexFunc(line, func(r rune) bool {
			if r == '"' {
				in = !in
			}
			return r == ' ' && !in
		})
		if end < 0 {
			return nil, bad()
		}
		name, rest := strings.ReplaceAll(line[:end], `"`, ""), line[end:]
		key, _, options, after, err := ssh.ParseAuthorizedKey([]byte(strings.TrimSpace(rest)))
		if err != nil || len(options) > 1 || len(after) > 0 {
			return nil, bad()
		}
		known := knownKey{PublicKey: key}
		if len(options) == 1 {
			var ok bool
			if known.only, ok = namespaces(options[0]); !ok {
				return nil, bad()
			}
		}
		for _, n := range strings.Split(name, ",") {
			out[n] = append(out[n], known)
		}
	}
	return out, nil
}

// namespaces reads an option of a key in allowed_signers; ok is false if it says
// anything but what of recount's the key may sign.
func namespaces(option string) (only []string, ok bool) {
	list, quoted := strings.CutPrefix(option, `namespaces="`)
	list, closed := strings.CutSuffix(list, `"`)
	only = strings.Split(list, ",")
	return only, quoted && closed && !slices.ContainsFunc(only, func(n string) bool { return n != ofDecision && n != ofList })
}

// may reports whether a key is one of a person's that may sign in a namespace.
func (s signers) may(name string, key ssh.PublicKey, namespace string) bool {
	return slices.ContainsFunc(s[name], func(k knownKey) bool {
		return bytes.Equal(k.Marshal(), key.Marshal()) && (k.only == nil || slices.Contains(k.only, namespace))
	})
}

// whose names the people whose key may have signed in a namespace.
func (s signers) whose(key ssh.PublicKey, namespace string) (names []string) {
	for _, name := range slices.Sorted(maps.Keys(s)) {
		if s.may(name, key, namespace) {
			names = append(names, name)
		}
	}
	return names
}

// A Signature is one that is kept of a decision, with what it is worth.
type Signature struct {
	Decision string
	Key      string // fingerprint
	Fits     bool   // it is of this decision
	Theirs   bool   // its key is one of the actor's, as allowed_signers says
}

// Signatures lists the signatures that are kept, by decision.
func (s *Study) Signatures(ctx context.Context) (map[string][]Signature, error) {
	kept, err := s.store.Signatures(ctx)
	if err != nil {
		return nil, err
	}
	people, err := s.readSigners()
	if err != nil {
		return nil, err
	}
	l, err := s.Log(ctx)
	if err != nil {
		return nil, err
	}
	out := map[string][]Signature{}
	for _, k := range kept {
		x := Signature{Decision: k.Decision}
		if key, err := verify(ofDecision, k.Decision, k.Armored); err == nil {
			x.Fits, x.Key = true, ssh.FingerprintSHA256(key)
			d := l.Find(k.Decision)
			x.Theirs = d != nil && people.may(d.Actor, key, ofDecision)
		}
		out[k.Decision] = append(out[k.Decision], x)
	}
	return out, nil
}

// Sign signs decisions of the actor with an SSH key: all that have no
// signature by it yet, or those of the given ids.
func (s *Study) Sign(ctx context.Context, keyFile string, ids []string) (n int, fingerprint string, err error) {
	signer, done, err := openKey(keyFile)
	if err != nil {
		return 0, "", err
	}
	defer done()
	fingerprint = ssh.FingerprintSHA256(signer.PublicKey())
	err = s.change(ctx, func() error {
		l, err := s.Log(ctx)
		if err != nil {
			return err
		}
		full, err := resolveIDs(l, ids)
		if err != nil {
			return err
		}
		have, err := s.store.Signatures(ctx)
		if err != nil {
			return err
		}
		key := authorized(signer.PublicKey())
		var made []store.Signature
		for _, d := range l.All() {
			if ids == nil && d.Actor != s.opts.Actor || ids != nil && !slices.Contains(full, d.ID) ||
				slices.ContainsFunc(have, func(x store.Signature) bool { return x.Decision == d.ID && x.Signer == key }) {
				continue
			}
			if d.Actor != s.opts.Actor {
				return recount.WithHint(fmt.Errorf("sign %.12s: %w: it is %s's decision", d.ID, recount.ErrConflict, d.Actor), "only who decided signs; say who you are with --as NAME")
			}
			text, err := sign(signer, ofDecision, d.ID)
			if err != nil {
				return fmt.Errorf("sign: %w", err)
			}
			made = append(made, store.Signature{Decision: d.ID, Signer: key, Armored: text})
		}
		n = len(made)
		return s.store.PutSignatures(ctx, made)
	})
	return n, fingerprint, err
}

// authorized writes a key as in authorized_keys, without comment.
func authorized(k ssh.PublicKey) string {
	return k.Type() + " " + base64.StdEncoding.EncodeToString(k.Marshal())
}

// openKey opens a private key, or the one that an agent holds for a public key.
func openKey(path string) (s ssh.Signer, done func(), err error) {
	done = func() {}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, done, recount.WithHint(fmt.Errorf("key: %w", err), "name a private SSH key, as ssh-keygen -t ed25519 makes it, or the public key of one that your agent holds")
	}
	if pub, _, _, _, err := ssh.ParseAuthorizedKey(data); err == nil {
		conn, err := net.Dial("unix", os.Getenv("SSH_AUTH_SOCK"))
		if err != nil {
			return nil, done, recount.WithHint(fmt.Errorf("key: no agent answers: %w", err), "start ssh-agent and add the key, or name the private key")
		}
		all, err := agent.NewClient(conn).Signers()
		for _, s := range all {
			if bytes.Equal(s.PublicKey().Marshal(), pub.Marshal()) {
				return s, func() { conn.Close() }, nil
			}
		}
		conn.Close()
		return nil, done, recount.WithHint(fmt.Errorf("key: %w: the agent does not hold %s: %v", recount.ErrNotFound, path, err), "add it with ssh-add")
	}
	s, err = ssh.ParsePrivateKey(data)
	var locked *ssh.PassphraseMissingError
	if errors.As(err, &locked) {
		return nil, done, recount.WithHint(fmt.Errorf("key: %w: %s has a passphrase", recount.ErrInvalid, path), "add it to your agent with ssh-add and name its public key, "+path+".pub")
	}
	if err != nil {
		return nil, done, recount.WithHint(fmt.Errorf("key: %w: %s is no SSH key: %v", recount.ErrInvalid, path, err), "name a private key, as ssh-keygen -t ed25519 makes it")
	}
	return s, done, nil
}
