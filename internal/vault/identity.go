package vault

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"filippo.io/age"
	"filippo.io/age/agessh"
	"filippo.io/age/armor"
	"golang.org/x/crypto/ssh"

	"recount"
	"recount/internal/disk"
)

// An Identity is the private part of the key of a recipient.
type Identity = age.Identity

// mostIdentity is how large a file of identities may be.
const mostIdentity = 1 << 20

// ReadIdentities reads a file of identities: those of age, also under a
// passphrase, and private SSH keys. It refuses a file that others may read, and
// one that lies in a folder that is to stay without it. ask asks for the
// passphrase.
func ReadIdentities(path, without string, ask func(what string) ([]byte, error)) ([]Identity, error) {
	bad := func(hint, format string, a ...any) error {
		return recount.WithHint(fmt.Errorf("identity %s: %w: %s", path, recount.ErrInvalid, fmt.Sprintf(format, a...)), hint)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, recount.WithHint(fmt.Errorf("identity: %w", err), "name the file with the private part of your key, as `recount vault key FILE` wrote it")
	}
	switch {
	case !info.Mode().IsRegular():
		return nil, bad("name the file with the private part of your key", "it is no file")
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return nil, bad("keep it to yourself: chmod 600 "+path+"; if others may have read it, make another key and `recount vault rotate`", "others may read it")
	case info.Size() > mostIdentity:
		return nil, bad("name the file with the private part of your key", "it is too large")
	case within(path, without):
		return nil, bad("keep it elsewhere, best not on this disk", "it lies in the folder of the study: whoever has that folder opens the vault")
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, recount.WithHint(fmt.Errorf("identity: %w", err), "name a file that you may read")
	}
	var in io.Reader
	switch {
	case bytes.HasPrefix(b, []byte("age-encryption.org/")):
		in = bytes.NewReader(b)
	case bytes.HasPrefix(bytes.TrimSpace(b), []byte(armor.Header)):
		in = armor.NewReader(bytes.NewReader(bytes.TrimSpace(b)))
	case bytes.Contains(b, []byte("PRIVATE KEY-----")):
		return sshIdentity(path, b, bad, ask)
	}
	if in != nil {
		pass, err := ask("passphrase of " + filepath.Base(path))
		if err != nil {
			return nil, err
		}
		id, err := age.NewScryptIdentity(string(pass))
		if err != nil {
			return nil, bad("type the passphrase", "no passphrase was given")
		}
		r, err := age.Decrypt(in, id)
		if err != nil {
			return nil, bad("try again; without the passphrase another recipient's identity opens the vault", "the passphrase does not open it")
		}
		if b, err = io.ReadAll(io.LimitReader(r, mostIdentity)); err != nil {
			return nil, bad("put back a copy of it", "it is damaged")
		}
	}
	ids, err := age.ParseIdentities(bytes.NewReader(b))
	if err != nil {
		// The error of age repeats what it could not read.
		return nil, bad("give a file with AGE-SECRET-KEY-..., or a private SSH key (ed25519 or RSA)", "it holds no identity")
	}
	return ids, nil
}

func sshIdentity(path string, b []byte, bad func(hint, format string, a ...any) error, ask func(string) ([]byte, error)) ([]Identity, error) {
	id, err := agessh.ParseIdentity(b)
	var locked *ssh.PassphraseMissingError
	if errors.As(err, &locked) && locked.PublicKey != nil {
		id, err = agessh.NewEncryptedSSHIdentity(locked.PublicKey, b, func() ([]byte, error) { return ask("passphrase of " + filepath.Base(path)) })
	}
	if err != nil {
		return nil, bad("give a private SSH key (ed25519 or RSA), or a file with AGE-SECRET-KEY-...", "it holds no identity")
	}
	return []Identity{id}, nil
}

// within reports whether a path lies in a folder.
func within(path, dir string) bool {
	real := func(p string) string {
		if a, err := filepath.Abs(p); err == nil {
			p = a
		}
		// What is not there yet lies where its folder lies.
		if r, err := filepath.EvalSymlinks(p); err == nil {
			return r
		}
		if r, err := filepath.EvalSymlinks(filepath.Dir(p)); err == nil {
			return filepath.Join(r, filepath.Base(p))
		}
		return p
	}
	rel, err := filepath.Rel(real(dir), real(path))
	return dir != "" && err == nil && filepath.IsLocal(rel)
}

// Outside refuses a path that lies in a folder.
func Outside(path, dir string) error {
	if within(path, dir) {
		return recount.WithHint(fmt.Errorf("%s: %w: it lies in the folder of the study", path, recount.ErrInvalid), "name a place outside of it, best one that is not backed up with it: whoever has both opens the vault")
	}
	return nil
}

// WriteIdentity makes a key, writes its private part into a new file for its
// owner alone, under a passphrase if there is one, and returns the public part.
func WriteIdentity(path string, passphrase []byte) (public string, err error) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	text := "# public key: " + id.Recipient().String() + "\n" + id.String() + "\n"
	if len(passphrase) == 0 {
		out.WriteString(text)
	} else {
		to, err := age.NewScryptRecipient(string(passphrase))
		if err != nil {
			return "", err
		}
		a := armor.NewWriter(&out)
		w, err := age.Encrypt(a, to)
		if err == nil {
			_, err = io.Copy(w, strings.NewReader(text))
		}
		if err == nil {
			err = errors.Join(w.Close(), a.Close())
		}
		if err != nil {
			return "", err
		}
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", recount.WithHint(err, "name a new file: a key that is there is not overwritten")
	}
	_, err = f.Write(out.Bytes())
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		os.Remove(path)
		return "", err
	}
	return id.Recipient().String(), disk.Sync(filepath.Dir(path))
}
