package report

import (
	"fmt"
	"sort"
)

// maxMetadata is how many lines of metadata a view prints: an edit history of
// a picture program can have thousands.
const maxMetadata = 150

// metadataFacts flattens metadata of any shape into labelled lines, keys
// sorted, and says how many it left out.
func metadataFacts(m any) []fact {
	var all []fact
	flatten("", m, 0, &all)
	if len(all) > maxMetadata {
		left := len(all) - maxMetadata
		all = append(all[:maxMetadata:maxMetadata], fact{Label: "…", Value: fmt.Sprintf("and %d more lines in verdict.json", left)})
	}
	return all
}

// maxDepth ends the descent into nested metadata; deeper values are printed as
// Go prints them.
const maxDepth = 6

func flatten(path string, v any, depth int, out *[]fact) {
	switch x := v.(type) {
	case nil:
		return
	case map[string]any:
		if depth < maxDepth {
			flattenMap(path, x, depth, out)
			return
		}
	case []any:
		if depth < maxDepth {
			for i, e := range x {
				flatten(fmt.Sprintf("%s %d", path, i+1), e, depth+1, out)
			}
			return
		}
	}
	if s := Safe(fmt.Sprint(v)); s != "" {
		*out = append(*out, fact{Label: path, Value: s})
	}
}

func flattenMap(path string, m map[string]any, depth int, out *[]fact) {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		p := k
		if path != "" {
			p = path + " / " + k
		}
		flatten(p, m[k], depth+1, out)
	}
}
