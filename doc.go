// Package recount holds the nouns of recount: what is stored or released, and
// what must always be true of it. It imports only the standard library and
// does no I/O.
//
// A study is two append-only things, captures and decisions; everything else
// is derived from them and can be dropped and rebuilt (ARCHITECTURE.md).
// Offsets are UTF-8 bytes inside the program and Unicode code points at every
// public boundary; CodePoints converts between the two.
package recount

// Version is the version of the program, written into every decision and
// manifest that it makes.
const Version = "0.1.0"
