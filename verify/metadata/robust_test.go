package metadata_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/realdata"
	"github.com/defacecheck/defacecheck/verify/metadata"
)

// TestRealHostileFilesEndInFactsOrANamedError walks every file here, where a
// panic would end the test, and sends them through the children.
func TestRealHostileFilesEndInFactsOrANamedError(t *testing.T) {
	t.Parallel()
	walk := metadata.Jobs()[0].Run
	walked, read := 0, 0
	for _, file := range realdata.Files(t, "robust") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if walk(data, &out) == nil {
			walked++
		}
		if strings.Contains(out.String(), "broke down") {
			t.Errorf("%s: %s", filepath.Base(file), out.String())
		}
		if _, err := metadata.Read(t.Context(), data); err == nil {
			read++
		} else if !errors.Is(err, capture.ErrMalformed) && !errors.Is(err, capture.ErrTooLarge) {
			t.Errorf("%s: %v", filepath.Base(file), err)
		}
	}
	t.Logf("%d files walked, %d read", walked, read)
	if walked < 100 || read < 50 {
		t.Errorf("%d walked, %d read", walked, read)
	}
}
