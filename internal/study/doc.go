// Package study puts the steps of recount in order, one file per verb: it
// loads from the store, calls the stages, saves and logs. A study is a folder
// (docs/format.md): captures and decisions are kept for ever, everything else
// is derived from them and can be dropped and rebuilt.
//
// Every long step works in batches and marks each as done when it is on disk,
// so that a step that was interrupted goes on where it stopped. Nothing here
// prints: progress goes to Options.Progress, results are returned.
package study
