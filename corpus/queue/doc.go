// Package queue judges what is pending in a corpus, on River (riverqueue.com), with as
// many workers and from as many processes as share the corpus's database. How a claim
// is judged is the caller's: a Judge.
//
// What it guarantees, whenever any process is killed:
//
//   - Every claim ends exactly once: its verdict is recorded, or its setback, in the
//     transaction that completes its job. What is lost is at most the work on the claims
//     that were in flight.
//   - Jobs of a process that is gone are taken up by the next to look: at once where
//     that runs on the same machine, else when the process has been silent for Silence.
//     That does not count against a claim unless it was being judged; and then three
//     times (Tries) before it is set aside, the last two times alone and after all others,
//     so that a claim that kills the program takes no other with it twice. Package guardian
//     starts the program again.
//   - A claim that fails, hangs or panics is tried three times and set aside with the
//     reason. One that an archive's limit puts off, or that the end of a run
//     interrupts, is handed back and has lost nothing.
//   - The pace of archives and their lists of whole hosts are kept in the database
//     (Pacer, Lists): all workers together keep to what an archive allows one address.
//
// Its limits: a process that was stopped for longer than Silence and goes on is
// overtaken, and what it was at is thrown away when it wants to record it; a machine
// that is cut off from the database works on for the patience it was given and then
// ends. Workers on several machines are one address to an archive only behind one
// address; elsewhere the shared pace is slower than it would have to be.
//
// River's own rescue of stuck jobs is not used: it goes by how long a job runs, and
// would wait longer than any job may take.
package queue
