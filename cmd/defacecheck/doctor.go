package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os/exec"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/reading"
	"github.com/defacecheck/defacecheck/verify/report/plain"
)

// askTimeout bounds each question to a helper program.
const askTimeout = 20 * time.Second

func (p *program) doctorCommand() *cli.Command {
	flags := append(browserFlags(),
		&cli.StringSliceFlag{Name: "archive", Usage: "ask whether the archive `SPEC` can be reached; may be repeated; without any, none is contacted"},
		&cli.StringFlag{Name: "cache", Hidden: true},
		&cli.StringFlag{Name: "proxy", Usage: "reach archives through `URL`"},
		&cli.StringFlag{Name: "trust-ca", Usage: "accept the certificates in the PEM `FILE` besides the system's"})
	return &cli.Command{
		Name: "doctor", Usage: "see whether everything needed is here, and what to do where it is not",
		HideHelpCommand: true,
		Description: "Checks the picture reader, the browser, its sandbox (by starting it), fonts and\n" +
			"text recognition. Nobody is contacted, except archives named by --archive.\n" +
			"Exits with 1 when claims cannot be verified here.",
		Flags: append(flags, commonFlags()...), Action: p.doctor, OnUsageError: asUsage,
	}
}

// state is how a check went. Only broken ones keep the main job from working.
type state string

const (
	fine   state = "ok"
	weak   state = "weak"
	broken state = "FAIL"
)

// checkup is the outcome of one check and what to do about it.
type checkup struct {
	what  string
	state state
	found string
	todo  string
}

func (p *program) doctor(c *cli.Context) error {
	if c.Args().Present() {
		return usage("", "doctor takes no arguments")
	}
	ctx, cancel, err := deadline(c)
	if err != nil {
		return err
	}
	defer cancel()
	if _, err := p.logger(c); err != nil {
		return err
	}
	failed := 0
	for _, check := range []func(context.Context, *cli.Context) []checkup{
		p.checkPicture, p.checkBrowser, checkFonts, checkOCR, p.checkArchives,
	} {
		for _, r := range check(ctx, c) {
			p.tell(r)
			if r.state == broken {
				failed++
			}
		}
		if err := ctx.Err(); err != nil {
			return late(ctx, err)
		}
	}
	if failed > 0 {
		return errors.New("verify claims here: something needed is missing, see above")
	}
	return nil
}

func (p *program) tell(r checkup) {
	fmt.Fprintf(p.stdout, "%-4s  %-18s  %s\n", r.state, r.what, plain.Text(r.found, maxError))
	if r.todo != "" {
		fmt.Fprintf(p.stdout, "%26s%s\n", "", r.todo)
	}
}

// checkPicture reads a small picture, which starts a limited child process.
func (p *program) checkPicture(ctx context.Context, _ *cli.Context) []checkup {
	var b bytes.Buffer
	err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8)))
	if err == nil {
		_, err = picture.Read(ctx, b.Bytes())
	}
	if err != nil {
		return []checkup{{"picture reader", broken, err.Error(), "the program must be able to start itself again as a child process"}}
	}
	return []checkup{{"picture reader", fine, "pictures are read in a child process with limits", ""}}
}

// checkBrowser finds the browser and really starts it, which is the only way
// to know whether its sandbox works.
func (p *program) checkBrowser(ctx context.Context, c *cli.Context) []checkup {
	var paths []string
	if path := c.String("browser"); path != "" {
		paths = []string{path}
	}
	inst, err := browser.Find(paths...)
	if err != nil {
		return []checkup{{"browser", broken, err.Error(), "Debian: apt-get install chromium chromium-headless-shell; or name one with --browser PATH"}}
	}
	all := []checkup{{"browser", fine, inst.Path + ", version " + inst.Version, ""}}
	b, err := browser.Start(ctx, browser.Config{Path: inst.Path, NoSandbox: c.Bool("no-sandbox"), Clock: p.now})
	switch {
	case errors.Is(err, capture.ErrSandbox):
		return append(all, checkup{"sandbox", broken, err.Error(),
			"allow unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1), or accept the risk with --no-sandbox"})
	case err != nil:
		return append(all, checkup{"browser start", broken, err.Error(), "try another browser with --browser PATH"})
	}
	if err := b.Close(); err != nil {
		return append(all, checkup{"browser end", weak, err.Error(), "look for processes that were left behind"})
	}
	if c.Bool("no-sandbox") {
		return append(all, checkup{"sandbox", weak, "switched off by --no-sandbox", "a hostile page is one defect nearer to this machine"})
	}
	return append(all, checkup{"sandbox", fine, "the browser starts with its sandbox on", ""})
}

// fewFonts is below what any desktop has; pages then look unlike anybody's.
const fewFonts = 5

func checkFonts(ctx context.Context, _ *cli.Context) []checkup {
	all, err := ask(ctx, "fc-list", ":", "family")
	if err != nil {
		return []checkup{{"fonts", weak, "fontconfig does not answer: " + err.Error(), "Debian: apt-get install fontconfig fonts-liberation"}}
	}
	n := len(strings.Fields(strings.ReplaceAll(all, " ", "_")))
	out := []checkup{{"fonts", fine, fmt.Sprintf("%d families", n), ""}}
	if n < fewFonts {
		out[0].state, out[0].todo = weak, "Debian: apt-get install fonts-liberation fonts-dejavu; pages look unlike other people's without"
	}
	cjk, err := ask(ctx, "fc-list", ":lang=zh", "family")
	if err != nil || strings.TrimSpace(cjk) == "" {
		return append(out, checkup{"fonts, East Asian", weak, "none: such pages show boxes in place of letters",
			"Debian: apt-get install fonts-noto-cjk"})
	}
	return append(out, checkup{"fonts, East Asian", fine, "present", ""})
}

// checkOCR looks for Tesseract and its languages.
func checkOCR(ctx context.Context, _ *cli.Context) []checkup {
	const debian = "Debian: apt-get install tesseract-ocr tesseract-ocr-eng tesseract-ocr-chi-tra tesseract-ocr-chi-sim"
	engine, err := reading.Open(ctx, reading.Config{})
	if err != nil {
		return []checkup{{"text recognition", weak, "no Tesseract that answers: text is not read off pictures", debian}}
	}
	var names []string
	for _, l := range engine.Languages() {
		names = append(names, l.Name)
	}
	r := checkup{"text recognition", fine, engine.Version() + ", languages: " + strings.Join(names, ", "), ""}
	if !engine.Has("eng") {
		r.state, r.todo = weak, debian
	}
	return []checkup{r}
}

// checkArchives asks each named archive for the captures of a page that every
// archive may be asked for. Files are opened.
func (p *program) checkArchives(ctx context.Context, c *cli.Context) []checkup {
	specs := c.StringSlice("archive")
	if len(specs) == 0 {
		return []checkup{{"archives", fine, "not asked, since none was named", "--archive wayback asks the Wayback Machine"}}
	}
	var all []checkup
	for _, spec := range specs {
		all = append(all, p.checkArchive(ctx, c, spec))
	}
	return all
}

func (p *program) checkArchive(ctx context.Context, c *cli.Context, spec string) checkup {
	what := "archive " + plain.Text(spec, 60)
	stand, opened, err := p.openStand(ctx, c, "", []string{spec})
	if err != nil {
		return checkup{what, broken, err.Error(), "see SPEC in defacecheck verify --help"}
	}
	defer stand.Close()
	if len(opened[0].Contacts()) == 0 {
		return checkup{what, fine, fmt.Sprintf("opened, with %d warnings", len(stand.Warnings())), ""}
	}
	day := p.now().UTC().Truncate(24 * time.Hour)
	_, troubles := stand.TimeMap(ctx, "http://example.com/", day.AddDate(0, -1, 0), day)
	for _, t := range troubles {
		return checkup{what, weak, t.Err.Error(), hint(t.Err)}
	}
	return checkup{what, fine, strings.Join(opened[0].Contacts(), ", ") + " answers", ""}
}

// ask runs a helper program and returns what it prints.
func ask(ctx context.Context, name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.WaitDelay = time.Second
	out, err := cmd.Output()
	return string(out), err
}
