//go:build !unix

package capture

import "os"

// lock does nothing here: two processes must not add to one study at a time.
func lock(*os.File) (ok bool, err error) { return true, nil }
