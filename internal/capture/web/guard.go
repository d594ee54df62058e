package web

import (
	"context"
	"fmt"
	"net/netip"
	"syscall"
)

// A privateError says that a connection was about to be made to an address
// that is not one of the public internet.
type privateError struct {
	addr string // as it would have been dialled
	use  string
}

func (e *privateError) Error() string {
	return fmt.Sprintf("the address leads to %s (%s)", e.use, e.addr)
}

// A portError says that a connection was about to be made to a port that pages
// are not fetched from.
type portError struct{ port uint16 }

func (e *portError) Error() string { return fmt.Sprintf("the address names port %d", e.port) }

// guard is the ControlContext of the dialer. It sees the literal address after
// every look-up of a name, for each connection and each redirect, so that no
// name can stand for one address when it is checked and for another when it is
// called.
func (f *Fetcher) guard(_ context.Context, network, address string, _ syscall.RawConn) error {
	if network != "tcp4" && network != "tcp6" {
		return &privateError{address, "no web server"}
	}
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return &privateError{address, "no address"}
	}
	if use := purpose(ap.Addr(), f.o.AllowNAT64); use != "" {
		return &privateError{ap.Addr().String(), use}
	}
	if !f.serves(int(ap.Port())) {
		return &portError{ap.Port()}
	}
	return nil
}
