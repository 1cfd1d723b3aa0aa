// Package confine runs one job on hostile bytes in a short-lived child of the
// running program, so that a file which makes a parser ask for 17 GB, loop or
// crash costs one child and an error with a name.
//
// The parent starts its own binary again (Run) with the job's name as argument,
// an empty environment but for two settings of the Go runtime, no open files
// but the three streams, in a process group of its own that dies with the
// parent. Before it reads the first byte the child limits itself: address
// space, processor time, no files written, no core dump, few descriptors, no
// new privileges, and when it was started by root it becomes nobody. The parent
// keeps a wall clock beside it, caps what it reads, and kills the whole group.
//
// A program that uses Run must call Serve before anything else in main, and a
// test binary in TestMain:
//
//	if code, ours := confine.Serve(os.Args, os.Stdin, os.Stdout, os.Stderr, jobs...); ours {
//		os.Exit(code)
//	}
//
// Another program, which cannot limit itself, is run by Program.Execute, where a
// shell sets the limits and then becomes the program.
//
// What it does not do: it is no sandbox against code execution. The child can
// still make system calls; what it holds back is memory, time and files. Where
// the operating system is not Linux only the wall clock, the memory limit of
// the Go runtime and the caps on output hold.
package confine
