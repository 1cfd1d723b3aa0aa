package registry

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/corpus/synth/site"
)

var text = strings.Repeat("<p>A sentence about the mill and the weir.", 10)

// offered has npm answer with a package of a site whose main page stands deep.
func offered(t *testing.T) []Entry {
	t.Helper()
	file, digest := npmPackage(t,
		[2]string{"package/pages/home.html", `<link rel=stylesheet href="../css/a.css?v=1"><a href="about.html#x">a</a><a href="#y">b</a><img src="https://x.example/a.png" srcset="i.png 2x, ../j.png 3x"><p style="background:url('../bg.png')">` + text},
		[2]string{"package/pages/about.html", text}, [2]string{"package/pages/login.html", text}, [2]string{"package/index.html", "other"},
		[2]string{"package/css/a.css", "p{}"}, [2]string{"package/css/a.scss", "p{}"}, [2]string{"package/.hidden", "x"}, [2]string{"package/little.html", "<p>hi"})
	client(t, "npm", file)
	p := Package{"npm", "site@1.0.0", digest}
	return []Entry{
		{"deep", "business", p, "package", []string{"pages/home.html", "pages/about.html"}},
		{"little", "business", p, "package", []string{"little.html"}},
		{"none", "business", p, "package", []string{"nowhere.html"}},
		{"town", "business", Package{"own", "town-2025", "-"}, ".", []string{"index.html", "council/index.html"}},
	}
}

func TestSitesAreLaidOutAsTheCorpusReadsThem(t *testing.T) {
	sites := offered(t)
	out, told := t.TempDir(), map[string]error{}
	have, err := Prepare(context.Background(), Options{Out: out, Cache: Cache{Dir: t.TempDir()}, Sites: sites,
		Tell: func(e Entry, err error) { told[e.Name] = err }})
	if err != nil || have != 2 {
		t.Fatalf("%d sites, %v", have, err)
	}
	if !errors.Is(told["little"], ErrLittleText) || !errors.Is(told["none"], ErrNoPage) || told["deep"] != nil {
		t.Errorf("told %v", told)
	}
	all, err := site.Load(out, site.Limits{})
	if err != nil || len(all) != 2 {
		t.Fatalf("%d sites, %v", len(all), err)
	}
	if got := strings.Join(all[0].Pages, " ") + " " + strings.Join(all[1].Pages, " "); got != "index.html pages/about.html index.html council/index.html" {
		t.Errorf("the pages are %s", got)
	}
	got := inside(t, filepath.Join(out, "deep"))
	if len(got) != 3 {
		t.Errorf("the site is %v", got)
	}
	for _, want := range []string{`"css/a.css?v=1"`, `"pages/about.html#x"`, `"#y"`, `"https://x.example/a.png"`, `"pages/i.png 2x, j.png 3x"`, `url(&#39;bg.png&#39;)`} {
		if !strings.Contains(got["index.html"], want) {
			t.Errorf("%s is not in %s", want, got["index.html"])
		}
	}
}

func TestARunThatIsStartedAgainMakesWhatIsMissingAndNothingElse(t *testing.T) {
	sites, out := offered(t), t.TempDir()
	o := Options{Out: out, Cache: Cache{Dir: t.TempDir()}, Sites: sites}
	if _, err := Prepare(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	first := inside(t, out)
	mine := filepath.Join(out, "mine", "index.html")
	if err := os.MkdirAll(filepath.Dir(mine), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.RemoveAll(filepath.Join(out, "deep")), os.WriteFile(mine, nil, 0o644), os.MkdirAll(filepath.Join(out, ".part", "x"), 0o755)); err != nil {
		t.Fatal(err)
	}
	if have, err := Prepare(context.Background(), o); err != nil || have != 2 {
		t.Fatalf("%d sites, %v", have, err)
	}
	first["mine/index.html"] = ""
	if again := inside(t, out); !maps.Equal(first, again) {
		t.Errorf("%d files, then %d", len(first), len(again))
	}
	o.Sites = sites[3:]
	if _, err := Prepare(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	left := inside(t, out)
	if _, there := left["deep/index.html"]; there || left["town/index.html"] == "" {
		t.Errorf("a site that is no longer listed is left, or another is gone")
	}
	if _, there := left["mine/index.html"]; !there {
		t.Error("a folder that was not made here is gone")
	}
}

func TestAnEndedRunSaysSo(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := Prepare(ctx, Options{Out: t.TempDir(), Cache: Cache{Dir: t.TempDir()}, Sites: offered(t)}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func FuzzRebaseOfAPageAtTheTopChangesNothing(f *testing.F) {
	f.Add(`<img src="a/../b.png" srcset="c 2x"><style>@import "d"</style>`)
	f.Fuzz(func(t *testing.T, doc string) {
		if got := rebase([]byte(doc), "."); string(got) != doc {
			t.Fatalf("%q became %q", doc, got)
		}
		rebase([]byte(doc), "a/b")
	})
}
