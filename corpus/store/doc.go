// Package store keeps claims, who posted them, their pictures, the verdicts on them
// and what people decided: in one SQLite file, or in a PostgreSQL database for a team.
// It answers one question of a judge: was this picture seen before, and where?
//
// # What it guarantees
//
// Record, Add, Adjudicate and Do are one transaction each: after it returns, all of
// it survives a crash of the program and of the machine, and before that nothing of
// it is there. The same claim (picture, address, times) is one claim however often
// it is posted and judged; each judgement adds a verdict. The very same posting,
// result or decision kept twice is there once, so that a caller who does not know
// whether a call succeeded may repeat it. Nothing is ever overwritten or deleted:
// what a claim lacked (its picture's file, a name, words) is filled in, a message that was
// edited keeps the text that was read first and gains the later ones, and a setback is
// marked as ended.
//
// A result is kept as JSON, and copies of its captures and evidence in tables that
// can be asked. Pictures are kept untouched, by their SHA-256.
//
// Find compares with every picture there is; it uses no index that could miss
// one. Strings come back byte for byte as they went in.
//
// Open refuses what it does not know (a file that is no database, a database of
// another program, one made by a newer version) and leaves it as it was. It also
// tries whether the corpus can be written, so that no work is done whose result
// could not be kept.
//
// Several goroutines may use one Store, several processes one file on one machine,
// and several machines one PostgreSQL database. A writer waits for another as long as
// DefaultWait.
//
// # Recompressed copies
//
// Pictures are taken for copies of one another when their difference hashes
// differ in at most Radius of 256 bits and both are informative. A hash cannot
// tell a recompressed copy from a picture in which one line of text was edited,
// and one defacement page put on two sites can hash alike: what Find returns
// are candidates to look at, not findings. A copy that was cropped, or has
// another window frame, is not found.
//
// A search looks at about 270,000 pictures a second on two busy cores, and
// recording takes 16 to 29 ms, nearly all of it waiting for the disk. To add a picture
// of 300 kB, a hundred at a time, costs 1.3 ms of one core beside that. Reading 1,000 and
// 10,000 claims keeps the same 3 MB in memory:
//
//	go test -run xxx -bench . ./corpus/store/
//
// # The journal
//
// The file uses SQLite's rollback journal, not its write-ahead log. With the log
// the newest claims of a program that was killed stand in a second file, and an
// analyst who copies or mails the first loses them without a word; with the
// rollback journal the file alone is the corpus whenever nobody writes. The price
// is that a writer waits for readers; at one claim in several seconds it does
// not matter. Commits are synced to the disk, the directory included. A file
// that somebody switched to the write-ahead log stays so.
//
// # PostgreSQL
//
// Both databases have one schema and pass one suite, storetest.Run. On a server
// everything lies in the schema "defacecheck", so that a corpus can share a database
// with other things; a user who may not make it can be given it empty. The database
// must be in UTF-8. As for every PostgreSQL program, what an address leaves out is
// taken from PGPASSWORD, ~/.pgpass and the like, and how the way there is encrypted
// from sslmode; without it, encryption is tried and not insisted on. No message repeats
// a password. A pooler between must keep sessions (pgbouncer's transaction mode does
// not). How safe a commit is, the server's synchronous_commit says.
//
// # What it does not do
//
// Hashes of different versions of package imprint are compared as if they were of one.
// SQLite keeps no checksums: a file whose structure is broken is named as damaged; a
// bit turned within a picture or a result is noticed when it is read, and within
// another value is not. A version of a message that is older than those which are there is
// not kept, nor is one that claims nothing any more. Addresses are kept as they are, with whatever secrets they
// hold.
package store
