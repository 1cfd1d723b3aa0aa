// Package bench is what benchmarks of pictures share: costly things made once and
// kept on disk (Keep), many pictures made and judged side by side within a time
// (Each), names of files from names of things (Slug), and what a rate that was seen
// can be at most (Upper).
//
// Keep's files are gob and for this program alone: whoever changes what is made
// changes the key. It is no cache of anything that a stranger may write.
package bench
