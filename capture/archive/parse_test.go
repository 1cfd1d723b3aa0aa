package archive

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

func TestTimestampsAreReadAsArchivesMeanThem(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"20200112083000":    "2020-01-12T08:30:00Z",
		"20200112083000123": "2020-01-12T08:30:00Z",
		"2020":              "2020-01-01T00:00:00Z",
		"202003":            "2020-03-01T00:00:00Z",
		"20200304":          "2020-03-04T00:00:00Z",
		"202003040506":      "2020-03-04T05:06:00Z",
		"20000800241623":    "2000-08-24T16:23:00Z",
		"20200001120000":    "2020-01-12T00:00:00Z",
		"20200000000000":    "2020-01-01T00:00:00Z",
		"20200012000000":    "2020-01-12T00:00:00Z",
		"":                  "", "202": "", "20200": "", "2020030": "", "20201399000000": "", "2020-01-01": "", "123456789012345678": "", "20200230000000": "",
	} {
		got, err := ParseTimestamp(in)
		if want == "" && !errors.Is(err, capture.ErrMalformed) || want != "" && (err != nil || got.Format(time.RFC3339) != want) {
			t.Errorf("ParseTimestamp(%q) = %s, %v; want %s", in, got, err, want)
		}
	}
}

func TestCDXAnswersAreRead(t *testing.T) {
	t.Parallel()
	row := cdxRow{timestamp: "20200112083000", original: "http://a.test/", mime: "text/html", status: "200", digest: "X"}
	filed := row
	filed.key = "k"
	for _, c := range []struct {
		name, body string
		rows       []cdxRow
		resume     string
		err        error
	}{
		{"nothing", " \n", nil, "", nil},
		{"an empty array", "[]\n", nil, "", nil},
		{"header and row", `[["timestamp","original","mimetype","statuscode","digest"],["20200112083000","http://a.test/","text/html","200","X"]]`, []cdxRow{row}, "", nil},
		{"other columns in other order", `[["urlkey","digest","timestamp","length","original","statuscode","mimetype"],["k","X","20200112083000",12,"http://a.test/",200,"text/html"]]`, []cdxRow{filed}, "", nil},
		{"no header", `[["20200112083000","http://a.test/","text/html","200","X"]]`, []cdxRow{row}, "", nil},
		{"a resume key", `[["20200112083000","http://a.test/","text/html","200","X"],[],["com,x) 2020"]]`, []cdxRow{row}, "com,x) 2020", nil},
		{"a short row", `[["20200112083000","http://a.test/"]]`, []cdxRow{{timestamp: "20200112083000", original: "http://a.test/"}}, "", nil},
		{"null", `[["20200112083000","http://a.test/",null,"-","X"]]`, []cdxRow{{timestamp: "20200112083000", original: "http://a.test/", status: "-", digest: "X"}}, "", nil},
		{"an object a line", `{"urlkey":"k","timestamp":"20200112083000","url":"http://a.test/","mime":"text/html","status":"200","digest":"X"}` + "\n", []cdxRow{filed}, "", nil},
		{"an exclusion", "org.archive.wayback.exception.RobotAccessControlException: x", nil, "", capture.ErrExcluded},
		{"a page", "<html>", nil, "", capture.ErrMalformed},
		{"broken off", `[["timestamp","original"],["2020`, nil, "", capture.ErrMalformed},
		{"no end", `[["20200112083000","http://a.test/","text/html","200","X"]`, nil, "", capture.ErrMalformed},
		{"nested", `[[["x"]]]`, nil, "", capture.ErrMalformed},
		{"an object without time", `{"message":"no"}`, nil, "", capture.ErrMalformed},
	} {
		rows, resume, err := parseCDX([]byte(c.body), 10)
		if !errors.Is(err, c.err) || c.err == nil && (!reflect.DeepEqual(rows, c.rows) || resume != c.resume) {
			t.Errorf("%s: %+v, %q, %v", c.name, rows, resume, err)
		}
	}
}

func TestACDXAnswerIsReadUpToTheLimit(t *testing.T) {
	t.Parallel()
	array := "[" + strings.Repeat(`["20200112083000","http://a.test/","t","200","X"],`, 9) + `["20200112083000","http://a.test/","t","200","X"]]`
	objects := strings.Repeat(`{"timestamp":"20200112083000"}`+"\n", 9)
	for _, body := range []string{array, objects} {
		if rows, _, err := parseCDX([]byte(body), 4); len(rows) != 4 || err != nil {
			t.Errorf("%d rows, %v", len(rows), err)
		}
	}
}

func TestACDXRowIsNotBelievedAboutAnotherHost(t *testing.T) {
	t.Parallel()
	const asked = "http://a.test/"
	for original, want := range map[string]string{
		"http://a.test:80/": "http://a.test:80/", "https://www.a.test/": "https://www.a.test/",
		"http://bank.test/": asked, "http://http://a.test/": asked, "": asked, "::::": asked, "ftp://a.test/": asked,
	} {
		m, err := cdxRow{timestamp: "20200112083000", original: original, status: "-", mime: "warc/revisit"}.memento(asked)
		if err != nil || m.URL != want || m.Status != 0 || !m.Revisit {
			t.Errorf("original %q: %+v, %v", original, m, err)
		}
	}
}

func TestLinkFormatIsRead(t *testing.T) {
	t.Parallel()
	at := time.Date(2020, 1, 12, 8, 30, 0, 0, time.UTC)
	for _, c := range []struct {
		name, text string
		want       []link
		bad        bool
	}{
		{name: "nothing", text: "\n"},
		{name: "memento", text: `<http://x/1>; rel="first memento"; datetime="Sun, 12 Jan 2020 08:30:00 GMT",`, want: []link{{"http://x/1", []string{"first", "memento"}, at}}},
		{name: "token values, odd spacing", text: "<a>;rel=memento , <b> ; rel = \"x\" ;flag; title*=UTF-8''y", want: []link{{"a", []string{"memento"}, time.Time{}}, {"b", []string{"x"}, time.Time{}}}},
		{name: "comma and semicolon in a quotation", text: `<a,b>; title="x, \"y\"; z"; rel=self`, want: []link{{"a,b", []string{"self"}, time.Time{}}}},
		{name: "no brackets", text: "http://x/", bad: true},
		{name: "no end of address", text: "<http://x/", bad: true},
		{name: "no end of quotation", text: `<a>; rel="x`, bad: true},
		{name: "no date", text: `<a>; datetime="yesterday"`, bad: true},
		{name: "rubbish between", text: `<a> x`, bad: true},
	} {
		got, err := parseLinks(c.text, 100)
		if c.bad != errors.Is(err, capture.ErrMalformed) || !c.bad && !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, %v", c.name, got, err)
		}
	}
}

func TestCDXJLinesAreChecked(t *testing.T) {
	t.Parallel()
	good := `com,example)/ 20200112083000 {"url":"http://example.com/","mime":"text/html","status":"200","digest":"sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ","length":"10","offset":"334","filename":"a.warc.gz"}`
	c, err := parseCDXJ(good)
	if err != nil || c.Offset != 334 || c.Status != 200 || c.Filename != "a.warc.gz" {
		t.Errorf("%+v, %v", c, err)
	}
	for _, bad := range []string{"", "x", "key 2020", "key when {}", `key 20200112083000 {}`, `key 20200112083000 {"url":"u","offset":-1}`,
		`key 20200112083000 {"url":"u","offset":"1e9"}`, `key 20200112083000 {"url":"u","status":1000}`, `key 20200112083000 [1]`} {
		if c, err := parseCDXJ(bad); !errors.Is(err, capture.ErrMalformed) {
			t.Errorf("%q: %+v, %v; want ErrMalformed", bad, c, err)
		}
	}
}

func TestAddressesOfMementosAreTakenApart(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]uriM{
		"http://w.test/web/20200112083000/http://a.test/?q=1": {"http://w.test/web/", "20200112083000", "http://a.test/?q=1"},
		"https://w.test/20200112083000id_/https://a.test/":    {"https://w.test/", "20200112083000", "https://a.test/"},
		"https://w.test/c/20200112083000mp_/http:/a.test/":    {"https://w.test/c/", "20200112083000", "http://a.test/"},
		"https://w.test/c/http://a.test/":                     {}, "https://w.test/12/http://a.test/": {}, "": {},
	} {
		if got, _ := parseURIM(in); got != want {
			t.Errorf("parseURIM(%q) = %+v, want %+v", in, got, want)
		}
	}
}

func FuzzParseCDX(f *testing.F) {
	f.Add([]byte(`[["timestamp","original"],["20200112083000","http://a.test/"],[],["key"]]`))
	f.Add([]byte(`{"timestamp":"20200112083000","url":"http://a.test/","status":200}`))
	f.Add([]byte("[[],[],[]]"))
	f.Add([]byte("RobotAccessControlException"))
	f.Fuzz(func(t *testing.T, b []byte) {
		rows, _, err := parseCDX(b, 50)
		if len(rows) > 50 {
			t.Fatal("over the limit")
		}
		if err != nil && !errors.Is(err, capture.ErrMalformed) && !errors.Is(err, capture.ErrExcluded) {
			t.Fatalf("an error without kind: %v", err)
		}
		for _, r := range rows {
			if m, err := r.memento("http://a.test/"); err == nil && m.Status < 0 {
				t.Fatalf("%+v", m)
			}
		}
	})
}

func FuzzParseCDXJ(f *testing.F) {
	f.Add(`com,example)/ 20200112083000 {"url":"http://example.com/","offset":"334","filename":"a.warc.gz"}`)
	f.Add("!meta 0 {}")
	f.Fuzz(func(t *testing.T, s string) {
		c, err := parseCDXJ(s)
		if (err == nil) == (c == nil) || err != nil && !errors.Is(err, capture.ErrMalformed) {
			t.Fatalf("%v, %v", c, err)
		}
		if c != nil {
			_ = c.entry()
		}
	})
}

func FuzzParseTimeMap(f *testing.F) {
	f.Add([]byte(`<http://x/1>; rel="first memento"; datetime="Sun, 12 Jan 2020 08:30:00 GMT", <b>; rel="timemap"`))
	f.Add([]byte(`{"mementos":{"list":[{"datetime":"2020-01-12T08:30:00Z","uri":"http://x/"}]},"timemap_next":{"uri":"y"}}`))
	f.Add([]byte(`[["20200112083000","http://a.test/"]]`))
	f.Fuzz(func(t *testing.T, b []byte) {
		page, err := parseTimeMap(b, 50)
		if len(page.mementos)+len(page.rows) > 50 {
			t.Fatal("over the limit")
		}
		if err != nil && !errors.Is(err, capture.ErrMalformed) && !errors.Is(err, capture.ErrExcluded) {
			t.Fatalf("an error without kind: %v", err)
		}
	})
}
