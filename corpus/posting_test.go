package corpus_test

import (
	"testing"

	"github.com/defacecheck/defacecheck/corpus"
)

func TestPostingsOfOneMessageHaveItInCommon(t *testing.T) {
	t.Parallel()
	album := corpus.Posting{Channel: "@band", Message: "7", Origin: "result.json message 7", URL: "http://a.test/", Name: "1.png"}
	row := corpus.Posting{Origin: "table.csv line 2", URL: "http://a.test/"}
	bare := corpus.Posting{URL: "http://a.test/"}
	for name, c := range map[string]struct {
		one, other corpus.Posting
		same       bool
	}{
		"another address and picture of it": {album, corpus.Posting{Channel: "@band", Message: "7", Origin: "a copy", URL: "http://b.test/", Name: "2.png"}, true},
		"the next message":                  {album, corpus.Posting{Channel: "@band", Message: "8", Origin: album.Origin}, false},
		"a message of another channel":      {album, corpus.Posting{Channel: "@fans", Message: "7", Origin: album.Origin}, false},
		"two addresses in one row":          {row, corpus.Posting{Origin: row.Origin, URL: "http://b.test/"}, true},
		"two rows":                          {row, corpus.Posting{Origin: "table.csv line 3", URL: row.URL}, false},
		"a message called like a place":     {row, corpus.Posting{Message: row.Origin}, false},
		"of which nothing is known":         {bare, corpus.Posting{URL: "http://b.test/"}, false},
	} {
		if got := c.one.In("claim 1") == c.other.In("claim 2"); got != c.same {
			t.Errorf("%s: one message %v, want %v", name, got, c.same)
		}
	}
	if bare.In("claim 1") != bare.In("claim 1") {
		t.Error("one claim is two messages")
	}
}
