package web

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"

	"recount"
)

// refuse returns an error that says why a page was not fetched, and what to do
// about it.
func refuse(hint, format string, args ...any) error {
	return recount.WithHint(fmt.Errorf("%w: %w", fmt.Errorf(format, args...), recount.ErrRefused), hint)
}

const (
	hintByHand  = "open the address in a browser; if the page is there, save it and add the file"
	hintLater   = "try again later, or save the page in a browser and add the file"
	hintOnline  = "look whether this computer is online, and try again"
	hintPrivate = "if the page really lies in your own network, say --allow-private"
	hintNAT64   = "if your network reaches the IPv4 internet by a NAT64 gateway, say --nat64"
)

// unreached returns why no answer came, in words for the person who asked, and
// whether asking again may help.
func unreached(err error) (refusal error, again bool) {
	var private *privateError
	var port *portError
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	switch {
	case errors.Is(err, recount.ErrRefused):
		return err, false
	case errors.As(err, &private) && private.use == nat64Use:
		return refuse(hintNAT64, "%w", private), false
	case errors.As(err, &private):
		return refuse(hintPrivate, "%w", private), false
	case errors.As(err, &port):
		return refuse(fmt.Sprintf("pages of the press are on ports 80 and 443; if this one is not, say --port %d", port.port), "%w", port), false
	case errors.As(err, &name) && name.IsNotFound:
		return refuse("look for a typing mistake in the address, or for an archived copy of the page", "there is no server named %s", name.Name), false
	case errors.As(err, &name):
		return refuse(hintOnline, "the name of the server could not be looked up: %w", err), true
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return refuse(hintOnline, "there is no way from here to the server"), true
	case errors.As(err, &certificate):
		return refuse(hintByHand, "the server cannot prove that it is the one asked for: %w", certificate.Err), false
	case errors.As(err, &record):
		return refuse("try the address with http:// in place of https://", "the server does not answer in https"), false
	case errors.Is(err, errIdle):
		return refuse(hintLater, "the server stopped in the middle of its answer"), true
	case errors.Is(err, context.DeadlineExceeded), isTimeout(err):
		return refuse(hintLater, "the server did not answer in time"), true
	case errors.Is(err, syscall.ECONNREFUSED):
		return refuse(hintLater, "the server takes no connections"), false
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET):
		return refuse(hintLater, "the answer of the server broke off"), true
	}
	return refuse(hintLater, "the server could not be understood: %w", err), false
}

func isTimeout(err error) bool {
	var n net.Error
	return errors.As(err, &n) && n.Timeout()
}

// statusName returns a status as people read it: "404 (not found)".
func statusName(status int) string {
	if text := http.StatusText(status); text != "" {
		return fmt.Sprintf("%d (%s)", status, strings.ToLower(text))
	}
	return fmt.Sprint(status)
}

// statusHint returns the next step after an answer that is no page.
func statusHint(status int) string {
	switch {
	case status == http.StatusNotFound || status == http.StatusGone:
		return "the page may have moved or been removed: look for an archived copy of it"
	case status == http.StatusUnauthorized || status == http.StatusForbidden || status == http.StatusPaymentRequired || status == http.StatusUnavailableForLegalReasons:
		return "the site does not hand the page to programs, or not to everybody: " + hintByHand
	case status == http.StatusTooManyRequests || status >= 500:
		return hintLater
	}
	return hintByHand
}

// size returns a number of bytes as people read it.
func size(n int64) string {
	if n >= 1<<20 {
		return fmt.Sprintf("%d MiB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}
