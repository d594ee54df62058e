//go:build !unix

package workbench

import "time"

func cpuTime() time.Duration { return time.Duration(time.Now().UnixNano()) }
