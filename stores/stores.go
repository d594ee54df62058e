// Package stores reads the files of a corpus out of object stores: S3 and what
// speaks its protocol, Google Cloud Storage, Azure Blob Storage.
//
// In: addresses, s3://bucket/folder, gs://bucket/folder, azblob://container/folder,
// with the parameters that gocloud.dev/blob knows after a question mark. Out: the
// objects under them, and stretches of their bytes. Method: gocloud.dev/blob,
// with the credentials that each store's own programs use. Objects are read in
// windows, each a request for a range; one that breaks off is asked for again
// from where it broke. Limits: it is a module of its own, because these libraries
// weigh as much as most of recount. Objects are read only, never written. In
// Azure a name with a question mark, # or % cannot be read: the driver writes such
// names in a way of its own.
package stores

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/url"
	"strings"
	"sync"
	"time"

	"gocloud.dev/blob"
	_ "gocloud.dev/blob/azureblob"
	_ "gocloud.dev/blob/gcsblob"
	_ "gocloud.dev/blob/s3blob"
	"gocloud.dev/gcerrors"

	"recount"
	"recount/internal/shards"
)

// A Store opens buckets and keeps them open.
type Store struct {
	mu      sync.Mutex
	buckets map[string]*blob.Bucket // by address without folder and name

	pause time.Duration // before a request is made a second time; doubles
}

// New returns a store. Whoever made it closes it.
func New() *Store { return &Store{buckets: map[string]*blob.Bucket{}, pause: 500 * time.Millisecond} }

// Close lets go of the buckets.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var err error
	for _, b := range s.buckets {
		err = errors.Join(err, b.Close())
	}
	clear(s.buckets)
	return err
}

// bucket opens the bucket of an address and returns the key in it.
func (s *Store) bucket(ctx context.Context, address string) (b *blob.Bucket, at *url.URL, err error) {
	at, err = url.Parse(address)
	if err != nil || at.Host == "" {
		return nil, nil, recount.WithHint(fmt.Errorf("%s is no address: %w", address, recount.ErrInvalid), "write it as s3://bucket/folder; signs such as ? and % in names as %3F and %25")
	}
	of := *at
	of.Path, of.RawPath = "", ""
	if q := of.Query(); of.Scheme == "s3" && !q.Has("response_checksum_validation") {
		// A stretch has no checksum, and the library would say so on the terminal.
		q.Set("response_checksum_validation", "when_required")
		of.RawQuery = q.Encode()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if b := s.buckets[of.String()]; b != nil {
		return b, at, nil
	}
	// A bucket outlives the request that opens it.
	if b, err = blob.OpenBucket(context.WithoutCancel(ctx), of.String()); err != nil {
		return nil, nil, said(address, err)
	}
	s.buckets[of.String()] = b
	return b, at, nil
}

// List yields the objects under an address: that of one object, or how the names
// of objects in a folder begin.
func (s *Store) List(ctx context.Context, address string) iter.Seq2[shards.Object, error] {
	return func(yield func(shards.Object, error) bool) {
		b, at, err := s.bucket(ctx, address)
		if err != nil {
			yield(shards.Object{}, err)
			return
		}
		key := strings.TrimPrefix(at.Path, "/")
		object := func(o *blob.ListObject, name string) shards.Object {
			to := *at
			to.Path, to.RawPath = "/"+o.Key, ""
			return shards.Object{Address: to.String(), Name: name, Size: o.Size, Changed: o.ModTime.UTC()}
		}
		list := b.List(&blob.ListOptions{Prefix: key})
		folder := key
		if folder != "" && !strings.HasSuffix(folder, "/") {
			folder += "/"
		}
		for {
			o, err := list.Next(ctx)
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(shards.Object{}, said(address, err))
				return
			}
			name, in := strings.CutPrefix(o.Key, folder)
			switch {
			case o.IsDir:
				continue
			case o.Key == key:
				name = o.Key[strings.LastIndexByte(o.Key, '/')+1:]
			case !in:
				continue // the folder "2020" is not "2020-old"
			}
			if !yield(object(o, name), nil) {
				return
			}
		}
	}
}

// said is an error of a store, with what to do.
func said(address string, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	scheme, _, _ := strings.Cut(address, "://")
	keys := map[string]string{
		"s3":     "set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION, or AWS_PROFILE; for a public bucket add ?anonymous=true&region=REGION; for another server ?endpoint=https://HOST&use_path_style=true",
		"gs":     "log in by `gcloud auth application-default login`, or set GOOGLE_APPLICATION_CREDENTIALS; for a public bucket add ?anonymous=true",
		"azblob": "set AZURE_STORAGE_ACCOUNT and one of AZURE_STORAGE_KEY and AZURE_STORAGE_SAS_TOKEN",
	}[scheme]
	words, _, _ := strings.Cut(strings.Join(strings.Fields(err.Error()), " "), " -----") // Azure prints a form
	code := gcerrors.Code(err)
	switch {
	case code == gcerrors.NotFound || strings.Contains(words, "NoSuchBucket"):
		return recount.WithHint(fmt.Errorf("read %s: %s: %w", address, words, recount.ErrNotFound), "no such bucket or object: look at the spelling, the region and the account")
	case code == gcerrors.PermissionDenied || denied(words):
		return recount.WithHint(fmt.Errorf("read %s: %s", address, words), keys)
	}
	return recount.WithHint(fmt.Errorf("read %s: %s", address, words), "look whether the store can be reached, then scan again: what is done is kept. If it asks who you are: "+keys)
}

// denied reports whether the words of an error say that credentials are missing
// or wrong; not every driver has a code for it.
func denied(words string) bool {
	words = strings.ToLower(words)
	for _, s := range []string{"accessdenied", "access denied", "credential", "invalidaccesskeyid", "signaturedoesnotmatch", "authenticationfailed", "authorizationfailure", "unauthorized", "forbidden", "azure_storage"} {
		if strings.Contains(words, s) {
			return true
		}
	}
	return false
}
