package browser

import (
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
)

func TestValidityFollowsFromFacts(t *testing.T) {
	long := strings.Repeat("The council meets on Tuesday in the hall behind the market. ", 40)
	missing := func(kind string, all, lost int) []capture.Exchange {
		var out []capture.Exchange
		for i := range all {
			out = append(out, capture.Exchange{Type: kind, URL: kind, Missing: i < lost})
		}
		return out
	}
	for name, tt := range map[string]struct {
		facts facts
		want  capture.Validity
	}{
		"an ordinary page":                            {facts{status: 200, text: long}, capture.OK},
		"a short defacement":                          {facts{status: 200, title: "Hacked", text: "hacked by nobody"}, capture.OK},
		"a defacement that says it checks security":   {facts{status: 200, text: "Security check to access failed. hacked by nobody"}, capture.OK},
		"a defacement served with 403":                {facts{status: 403, title: "Owned", text: "your site was owned by nobody, greetings to all"}, capture.OK},
		"a defacement served with 404":                {facts{status: 404, text: "pwned by nobody was here again", pictures: 1}, capture.OK},
		"a defacement served with 500":                {facts{status: 500, text: "hacked by nobody was here again"}, capture.OK},
		"a server's 404":                              {facts{status: 404, title: "404 Not Found", text: "Not Found The requested URL was not found on this server."}, capture.ErrorPage},
		"a site's own 404 in its own words":           {facts{status: 404, text: "Oops! That page can’t be found. 404"}, capture.ErrorPage},
		"a site's own 404 that names the number":      {facts{status: 404, text: "Fehler 404: Seite fehlt. Zurück zur Startseite."}, capture.ErrorPage},
		"a number inside another is not the status":   {facts{status: 404, text: "team1404 was here, greetings to everybody"}, capture.OK},
		"an empty answer with 500":                    {facts{status: 500, text: ""}, capture.ErrorPage},
		"an empty answer with 403":                    {facts{status: 403, text: ""}, capture.Blocked},
		"a firewall's page":                           {facts{status: 403, text: "Access Denied. Your request was blocked by the web application firewall."}, capture.Blocked},
		"a page that wants a password":                {facts{status: 401, text: "Unauthorized. This server could not verify you."}, capture.Blocked},
		"withheld for legal reasons":                  {facts{status: 451, text: "Unavailable For Legal Reasons"}, capture.Blocked},
		"a wall by its header":                        {facts{status: 403, text: "x", header: map[string]string{"cf-mitigated": "challenge"}}, capture.Challenge},
		"a wall by marker and words":                  {facts{status: 200, title: "Just a moment...", text: "Checking your browser", html: "<script src=/cdn-cgi/challenge-platform/x.js>"}, capture.Challenge},
		"a wall by marker and status":                 {facts{status: 503, text: "please wait", html: "<script>window._cf_chl_opt={}"}, capture.Challenge},
		"a long page behind a wall's provider":        {facts{status: 200, text: long, html: "<script src=/cdn-cgi/challenge-platform/x.js>"}, capture.OK},
		"a small page behind a wall's provider":       {facts{status: 200, text: "hacked by nobody", html: "<script src=/cdn-cgi/challenge-platform/x.js>"}, capture.OK},
		"a broker's page":                             {facts{status: 200, text: "town.example This domain is for sale. domain is for sale", html: "<script src=https://www.sedoparking.com/x>"}, capture.Parked},
		"a news page about a domain that is for sale": {facts{status: 200, text: long + "the domain is for sale"}, capture.OK},
		"a host's suspension":                         {facts{status: 200, title: "Account Suspended", text: "Contact your provider"}, capture.Parked},
		"a server's first page":                       {facts{status: 200, title: "Apache2 Debian Default Page: It works", text: long}, capture.Parked},
		"nothing but background":                      {facts{status: 200, flat: true}, capture.Blank},
		"blank because scripts are missing":           {facts{status: 200, flat: true, requests: missing("Script", 3, 1)}, capture.Incomplete},
		"blank though all scripts came":               {facts{status: 200, flat: true, requests: missing("Script", 3, 0)}, capture.Blank},
		"the only style sheet is missing":             {facts{status: 200, text: long, requests: missing("Stylesheet", 1, 1)}, capture.Incomplete},
		"one style sheet of three is missing":         {facts{status: 200, text: long, requests: missing("Stylesheet", 3, 1)}, capture.OK},
		"a service's web fonts are missing": {facts{status: 200, text: long, requests: []capture.Exchange{
			{URL: "https://fonts.googleapis.com/css2?family=X", Type: "Stylesheet", Missing: true}, {URL: "http://town.example/a.css", Type: "Stylesheet"}}}, capture.OK},
		"most pictures are missing":        {facts{status: 200, text: long, requests: missing("Image", 5, 3)}, capture.Incomplete},
		"both of two pictures are missing": {facts{status: 200, text: long, requests: missing("Image", 2, 2)}, capture.OK},
		"a frameset without its frames":    {facts{status: 200, url: "/", requests: missing("Document", 2, 1)}, capture.Incomplete},
		"a page without an advert's frame": {facts{status: 200, url: "/", text: long, requests: missing("Document", 1, 1)}, capture.OK},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := weigh(tt.facts)
			if got.validity != tt.want {
				t.Errorf("validity %q (%s), want %q", got.validity, got.reason, tt.want)
			}
			if got.validity != capture.OK && got.reason == "" {
				t.Error("no reason given")
			}
		})
	}
}
