// Package sandbox runs the readers of foreign bytes in child processes, so that
// a hostile file costs one refusal and nothing else.
//
// In: payloads. Out: what the reader in the child made of them, or an error
// that wraps recount.ErrRefused and says what the payload did. Method: the
// child is this program again, started with a hidden verb that calls Serve; it
// answers one call after the other over its standard input and output. Each
// call has a limit of processor time, which the child watches itself so that a
// busy machine changes no result, a limit of time by the clock at many times
// that, which the parent watches and raises once, and a limit of memory, which
// the operating system keeps on Linux and a watchdog in the child elsewhere.
//
// A Reader is what the program uses: it looks at files, reads them and reads
// feeds, all in such children.
//
// Limits: the child may read files that the user may read and may use the
// network; the readers do neither. MaxFrame bytes a call in each direction.
// Containers (ZIP, tar, WARC) are still taken apart in the program itself, as a
// stream (capture/unpack), and so are the robots.txt and site maps of a host
// (capture/web).
package sandbox
