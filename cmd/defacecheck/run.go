package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/corpus/queue/guardian"
)

// program is one run of the command line: what came in, and the exit code that
// a command chose when nothing failed.
type program struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	env    func(string) string
	now    func() time.Time
	guard  func(context.Context) (code int, err error) // does the same in a process of its own; nil where there is none
	ward   *guardian.Ward                              // of such a process; nil in any other
	code   int
}

// run does what args ask for and returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer,
	env func(string) string, now func() time.Time) int {
	return (&program{stdin: stdin, stdout: stdout, stderr: stderr, env: env, now: now}).run(ctx, args)
}

func (p *program) run(ctx context.Context, args []string) int {
	app := p.app()
	arranged, err := arrange(app, args)
	if err == nil {
		err = app.RunContext(ctx, arranged)
	}
	if err == nil {
		return p.code
	}
	return p.fail(ctx, err)
}

// app is the tree of commands.
func (p *program) app() *cli.App {
	return &cli.App{
		Name:    "defacecheck",
		Usage:   "judge a claim that a picture shows what a web page showed",
		Version: version(),
		Description: "Somebody posted a picture and says: this is what the page showed around that\n" +
			"time. How strongly does the evidence support that?\n\n" + exitCodesHelp,
		Commands: []*cli.Command{
			p.verifyCommand(), p.batchCommand(), p.workerCommand(), p.captureCommand(), p.archiveCommand(), p.inspectCommand(),
			p.corpusCommand(), p.doctorCommand(), p.demoCommand(), p.versionCommand(),
		},
		Action:                    noCommand,
		Reader:                    p.stdin,
		Writer:                    p.stdout,
		ErrWriter:                 p.stderr,
		ExitErrHandler:            func(*cli.Context, error) {}, // errors come back to run
		OnUsageError:              asUsage,
		DisableSliceFlagSeparator: true, // a URL may hold a comma
	}
}

// asUsage marks what the flag parser refused as a mistake on the command line.
func asUsage(_ *cli.Context, err error, _ bool) error {
	return usage(`"defacecheck --help" lists the commands and flags`, "%w", err)
}

// noCommand answers a program name with nothing, or with something unknown,
// behind it.
func noCommand(c *cli.Context) error {
	if !c.Args().Present() {
		_ = cli.ShowAppHelp(c)
		return usage("", "no command given")
	}
	return unknownCommand(c.App.Commands, c.Args().First())
}

func unknownCommand(known []*cli.Command, name string) error {
	hint := cli.SuggestCommand(known, name)
	if hint == fmt.Sprintf(cli.SuggestDidYouMeanTemplate, "") { // nothing is anything like it
		var names []string
		for _, c := range known {
			names = append(names, c.Name)
		}
		hint = "there is " + strings.Join(names, ", ")
	}
	return usage(hint, "no command is called %q", name)
}

// say writes one line for a person to stderr.
func (p *program) say(format string, args ...any) {
	fmt.Fprintf(p.stderr, format+"\n", args...)
}
