//go:build !unix

package parallel

import "time"

// began stands in for the processor time where that is not to be had.
var began = time.Now()

// Used is the time since this process began: an upper bound of the processor
// time that it has used on one core.
func Used() time.Duration { return time.Since(began) }
