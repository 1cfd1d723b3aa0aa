// Command defacecheck judges claims of web site defacement: somebody posted a
// picture and says that this is what a URL showed around some time. How
// strongly does the evidence support that?
//
// This package is the command line and nothing else: one file a command, each
// reading its flags, opening what they name and handing it to the packages
// that do the work. Arguments, streams, environment and clock come in as
// values and an exit code goes out, so that tests run it without a process.
// It is the only package of the program that reads the environment.
//
// Results go to stdout; the plan, progress, warnings and errors go to stderr.
// Files appear whole or not at all.
package main
