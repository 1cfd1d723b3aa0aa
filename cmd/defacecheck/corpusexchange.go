package main

import (
	"context"
	"net/url"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/exchange"
	"github.com/defacecheck/defacecheck/corpus/store"
)

func (p *program) exchangeCommand() *cli.Command {
	return &cli.Command{
		Name: "exchange", Usage: "write one claim in a form that other programs read", ArgsUsage: " ", HideHelpCommand: true,
		Description: "misp         an event of the MISP core format with a defacement-claim object\n" +
			"misp-template the template of that object, which an instance needs; takes no claim\n" +
			"claimreview  schema.org ClaimReview as JSON-LD\n" +
			"mediareview  schema.org MediaReview as JSON-LD\n\n" +
			"No form is more certain than the verdict. Where a person decided otherwise than the\n" +
			"program, reviews are refused.",
		Flags: append(keptFlags(),
			&cli.StringFlag{Name: "claim", Usage: "write the claim of `ID`, or of its first digits"},
			&cli.StringFlag{Name: "format", Usage: "write `FORM`: misp, misp-template, claimreview or mediareview"},
			&cli.StringFlag{Name: "out", Usage: "write to `FILE`; otherwise to stdout"},
			&cli.StringFlag{Name: "publisher", Usage: "name `NAME` as who publishes it"},
			&cli.StringFlag{Name: "publisher-url", Usage: "name `URL` as the publisher's address"},
			&cli.StringFlag{Name: "review-url", Usage: "name `URL` as the page on which the review stands; search engines want it"},
			&cli.BoolFlag{Name: "picture", Usage: "put the picture itself into the MISP event"},
		),
		Action: p.exchange, OnUsageError: asUsage,
	}
}

func (p *program) exchange(c *cli.Context) error {
	if err := noArguments(c); err != nil {
		return err
	}
	for _, flag := range []string{"publisher-url", "review-url"} {
		if u, err := url.Parse(c.String(flag)); c.IsSet(flag) && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http") {
			return usage("write it with https:// in front", "--%s %q is no web address", flag, c.String(flag))
		}
	}
	data, err := p.exchanged(c)
	if err != nil {
		return err
	}
	if name := c.String("out"); name != "" {
		return writeWhole(name, data)
	}
	_, err = p.stdout.Write(data)
	return err
}

// exchanged is what is written.
func (p *program) exchanged(c *cli.Context) (data []byte, err error) {
	forms := map[string]func(*corpus.Record, exchange.Options) ([]byte, error){
		"misp": exchange.MISP, "claimreview": exchange.ClaimReview, "mediareview": exchange.MediaReview,
	}
	form := c.String("format")
	write, ok := forms[form]
	switch {
	case form == "misp-template":
		return exchange.Template(), nil
	case !ok:
		return nil, usage("", "--format %q is not one of misp, misp-template, claimreview and mediareview", form)
	case c.String("claim") == "":
		return nil, usage("", "corpus exchange needs --corpus FILE, --claim ID and --format FORM")
	case c.Bool("picture") && form != "misp":
		return nil, usage("", "--picture goes with --format misp alone")
	}
	err = p.withCorpus(c, func(ctx context.Context, s *store.Store) error {
		r, err := claimOf(ctx, s, c.String("claim"))
		if err != nil {
			return err
		}
		o := exchange.Options{Publisher: c.String("publisher"), PublisherURL: c.String("publisher-url"), ReviewURL: c.String("review-url")}
		if c.Bool("picture") {
			if o.Picture, err = s.File(ctx, r.Picture.SHA256); err != nil {
				return err
			}
		}
		data, err = write(r, o)
		return err
	})
	return data, err
}

// claimOf is the claim whose id begins so.
func claimOf(ctx context.Context, s *store.Store, prefix string) (*corpus.Record, error) {
	id, err := s.Resolve(ctx, prefix)
	if err != nil {
		return nil, err
	}
	return s.Claim(ctx, id)
}
