package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// The scripts are what the command line promises. They run the program as a
// process of its own; the commands they have besides testscript's are in
// scriptcmd_test.go.
func TestScript(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"windows": cmdWindows,
			"picture": cmdPicture, "rows": cmdRows, "sites": cmdSites, "site": cmdSite, "archived": cmdArchived,
			"wayback": cmdWayback, "collected": cmdCollected, "code": cmdCode, "valid": cmdValid, "postings": cmdPostings,
			"channel": cmdChannel, "damaged": cmdDamaged,
		},
		Setup: func(e *testscript.Env) error {
			// The browser runs as another user, who must be able to reach its
			// profile; the script's own directory is for its owner alone.
			e.Setenv("TMPDIR", os.TempDir())
			e.Setenv("XDG_CACHE_HOME", filepath.Join(e.WorkDir, "cache"))
			return nil
		},
	})
}
