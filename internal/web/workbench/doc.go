// Package workbench serves a study in the browser: pages that can be read
// without JavaScript, and the API that our own pages and other programs use.
//
// In: the folder of a study (or of studies), and HTTP requests. Out: JSON in
// documented fields (messages.go, docs/api/openapi.json), server-sent events, and
// HTML in which text of pages is only ever text.
//
// Method: the study is held in memory and kept right by each decision. One
// request at a time looks at it or changes it (Server.hold is the one place);
// a decision is on the disk before it is applied and acknowledged. What other
// programs saved is noticed by the number of the newest change, applied, and
// told to open pages. Every route stands in one list with what it needs; who
// asks, and whether they may, is asked in one place (Server.answer).
//
// Answers are refused with 409 only if the same person answered the same
// question in the same round after the version that the answer was given on,
// or if the text is another now.
//
// Limits: people sign in by name; whoever may open a port of this machine can
// sign in as anybody. So it stays on the loopback address unless told
// otherwise.
package workbench
