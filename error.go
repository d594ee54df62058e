package recount

import (
	"errors"
	"strings"
)

// The kinds of failure that a caller tells apart. They are mapped once to exit
// codes (internal/cli) and once to HTTP statuses (internal/web).
var (
	ErrNotFound = errors.New("not found")
	ErrInvalid  = errors.New("invalid")
	ErrConflict = errors.New("conflict")
	ErrRefused  = errors.New("refused")  // an item was looked at and not taken
	ErrTampered = errors.New("tampered") // bytes do not match the hash that was recorded
	ErrNewer    = errors.New("made by a newer program")
)

// A HintError is an error with the next step for the person who sees it.
type HintError struct {
	Err  error
	Hint string // one sentence, no full stop
}

func (e *HintError) Error() string { return e.Err.Error() }
func (e *HintError) Unwrap() error { return e.Err }

// WithHint adds the next step to err.
func WithHint(err error, hint string) error { return &HintError{err, hint} }

// HintOf returns the next step that err carries, or "".
func HintOf(err error) string {
	var h *HintError
	if errors.As(err, &h) {
		return h.Hint
	}
	return ""
}

// ReasonOf returns what err says of the one thing that was refused, for a list
// that says already that it was, and shows the next step apart.
func ReasonOf(err error) string {
	reason := err.Error()
	var h *HintError
	if errors.As(err, &h) {
		reason = h.Err.Error()
	}
	return strings.TrimSuffix(reason, ": "+ErrRefused.Error())
}
