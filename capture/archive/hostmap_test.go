package archive_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/capturetest"
)

func hostMap(t *testing.T, w *capturetest.Wayback, host string) *archive.HostMap {
	t.Helper()
	a, ok := open(t, "wayback+"+w.Base(), quick()).(archive.HostLister)
	if !ok {
		t.Fatal("a Wayback archive lists no hosts")
	}
	list, err := a.HostMap(t.Context(), host)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	back := &archive.HostMap{}
	if err := json.Unmarshal(kept, back); err != nil {
		t.Fatal(err)
	}
	return back
}

func TestOneListOfAHostSaysOfEveryPageWhatTheArchiveWouldSay(t *testing.T) {
	t.Parallel()
	for name, quirks := range map[string]capturetest.WaybackQuirks{
		"none": {}, "compressed": {Gzip: true}, "no header row": {NoHeaderRow: true},
		"revisits": {Revisits: true}, "month 00": {ZeroMonth: true}, "duplicates": {Duplicates: true},
	} {
		w := waybackOf(t, quirks)
		a, list := open(t, "wayback+"+w.Base(), quick()), hostMap(t, w, "town.test")
		if !list.Whole || !list.Obeyed {
			t.Fatalf("%s: whole %v, obeyed %v", name, list.Whole, list.Obeyed)
		}
		urls := []string{"http://town.test/never", "http://town.test/deep/never", "https://town.test:443/"}
		for _, r := range capturetest.Fixture() {
			urls = append(urls, r.URL)
		}
		for _, url := range urls {
			for _, to := range []time.Time{{}, time.Date(2021, 3, 10, 15, 0, 0, 0, time.UTC)} {
				want, err := a.TimeMap(t.Context(), url, time.Time{}, to)
				if err != nil {
					t.Fatal(err)
				}
				got, ok := list.TimeMap(url, time.Time{}, to)
				if !ok || !slices.Equal(got, want) {
					t.Errorf("%s: %s until %v:\n got %v %v\nwant %v", name, url, to, ok, got, want)
				}
			}
		}
	}
}

func TestACutListOfAHostTellsNothing(t *testing.T) {
	t.Parallel()
	list := hostMap(t, waybackOf(t, capturetest.WaybackQuirks{PageRows: 5}), "town.test")
	if list.Whole {
		t.Fatal("a list that was cut calls itself whole")
	}
	if tm, ok := list.TimeMap(town, time.Time{}, time.Time{}); ok {
		t.Errorf("it tells of a page: %v", tm)
	}
}

// An archive that does not know the question answers it for the front page. That the
// list lacks another page then means nothing.
func TestAnArchiveThatListsNoHostsIsAskedForEveryPage(t *testing.T) {
	t.Parallel()
	for host, page := range map[string]string{"town.test": "http://town.test/news", "empty.test": "http://empty.test/"} {
		list := hostMap(t, waybackOf(t, capturetest.WaybackQuirks{NoHosts: true}), host)
		if tm, ok := list.TimeMap(page, time.Time{}, time.Time{}); ok {
			t.Errorf("%s: it tells that there is nothing of %s: %v", host, page, tm)
		}
	}
}

func TestAListOfAHostLeavesLikeAddressesToTheArchive(t *testing.T) {
	t.Parallel()
	day := time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)
	line := func(url, key string) archive.HostLine {
		return archive.HostLine{Memento: capture.Memento{URL: url, At: day, Archive: "a"}, Key: key}
	}
	list := &archive.HostMap{Host: "town.test", Whole: true, Obeyed: true, Rows: []archive.HostLine{
		line("http://town.test/a", "k1"), line("http://www.town.test/A/", "k1"), line("http://town.test/b?x=1", "k2"),
	}}
	for url, want := range map[string]struct {
		urls []string
		ok   bool
	}{
		"http://town.test/a":        {[]string{"http://town.test/a", "http://www.town.test/A/"}, true}, // one resource to the archive
		"http://www2.town.test/a":   {nil, false},
		"http://town.test/b":        {nil, false},
		"http://town.test/b;s=1?x":  {nil, false},
		"http://town.test/c":        {nil, true},
		"http://town.test/b?x=1":    {[]string{"http://town.test/b?x=1"}, true},
		"http://other.town.test/b?": {nil, true},
	} {
		tm, ok := list.TimeMap(url, time.Time{}, time.Time{})
		var urls []string
		for _, m := range tm {
			urls = append(urls, m.URL)
		}
		if ok != want.ok || !reflect.DeepEqual(urls, want.urls) {
			t.Errorf("%s: %v %v, want %+v", url, urls, ok, want)
		}
	}
}
