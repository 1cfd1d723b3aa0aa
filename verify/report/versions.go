package report

import (
	"fmt"
	"sort"
	"strings"

	"github.com/defacecheck/defacecheck/verify"
)

// versionFacts lists what a score depends on.
func versionFacts(v verify.Versions) []fact {
	f := []fact{{"Program", v.Program, false}}
	browser := v.Browser
	if browser == "" {
		browser = "none was started"
	}
	f = append(f, fact{"Browser", browser, false})
	if v.Reader != "" {
		f = append(f, fact{"Text read by", v.Reader, false})
	}
	f = append(f, fact{"Score model", v.Model, false}, fact{"Model digest", v.ModelDigest, true})
	if m := methodsText(v.Methods); m != "" {
		f = append(f, fact{"Methods", m, false})
	}
	return f
}

func methodsText(m map[string]string) string {
	var parts []string
	for id, version := range m {
		parts = append(parts, id+" "+version)
	}
	sort.Strings(parts)
	return strings.Join(parts, ", ")
}

// digestFacts lists digests, for those who compare files.
func digestFacts(r *verify.Result) []fact {
	h := r.Claim.Hashes
	f := []fact{{"Picture SHA-256", r.Claim.SHA256, true}}
	switch {
	case h.Informative:
		f = append(f,
			fact{"Average hash", h.Average, true},
			fact{"Difference hash", h.Difference, true},
			fact{"Perception hash", h.Perception, true},
			fact{"Difference 256", h.Difference256, true})
	case h.Perception != "":
		f = append(f, fact{"Perceptual hashes", "without meaning: too little content in the picture", false})
	}
	for _, c := range r.Captures {
		f = append(f, captureDigests(c)...)
	}
	return f
}

func captureDigests(c verify.CaptureView) []fact {
	var f []fact
	if c.Digest != "" {
		f = append(f, fact{fmt.Sprintf("Shot of %s", c.ID), c.Digest, true})
	}
	if c.HTMLSHA256 != "" {
		f = append(f, fact{fmt.Sprintf("HTML of %s", c.ID), c.HTMLSHA256, true})
	}
	return f
}
