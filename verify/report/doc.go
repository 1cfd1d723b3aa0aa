// Package report shows one result: as JSON, on a terminal, and as one
// self-contained HTML file.
//
// JSON is the archival form; every other view is made from the same
// verify.Result and can be made again from the JSON years later (ReadJSON).
// What the views guarantee: text that others wrote (titles, metadata, file
// names, dialogs) cannot steer a terminal, reverse the reading order, run a
// script, load anything, or be clicked as a link; pictures are re-encoded here
// and never passed through; nothing is said by colour alone; the same result
// gives the same bytes. WriteDir leaves whole files or none.
//
// What they do not do: judge. A view adds no finding, rounds only what it
// prints, and leaves nothing out without saying so; verdict.json has it all.
package report
