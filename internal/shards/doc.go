// Package shards reads corpora that are too large for a study: folders of web
// archives and of JSON Lines. It makes tables of the articles in them, of their
// statements, speakers and figures, and of what articles share, and says where
// in the files a chosen article lies, so that a study can take it in.
//
// In: files. Out: a folder of Parquet tables with a manifest. Method: a shard
// is a file, or a stretch of a file of lines, that is read in one piece.
// MapShard reads one, ReducePart compares one part of what all shards have in
// common, Components puts relations and originals together. These three are
// functions of their input: they know nothing of who calls them, and leave the
// same bytes on any machine. Each leaves a folder whose name is a hash of what
// it was made from; a folder that is there is whole and is never made again.
// So any engine may call them, in any order, twice, and be killed: the local
// one of this package, or package queue.
//
// Limits: memory is that of one batch of pages for each worker, and about 90
// bytes for each article of the corpus while parts are compared. An article
// that cannot be read costs one line in the list of what was skipped.
package shards
