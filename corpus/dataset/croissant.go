package dataset

import (
	"encoding/json"
	"fmt"
	"time"
)

// node is an object of JSON-LD.
type node = map[string]any

// ldContext is the JSON-LD context that Croissant 1.0 asks every dataset to carry.
func ldContext() node {
	terms := node{"@language": "en", "@vocab": "https://schema.org/", "sc": "https://schema.org/",
		"cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/", "dct": "http://purl.org/dc/terms/",
		"conformsTo": "dct:conformsTo",
		"data":       node{"@id": "cr:data", "@type": "@json"}, "examples": node{"@id": "cr:examples", "@type": "@json"},
		"dataType": node{"@id": "cr:dataType", "@type": "@vocab"}}
	for _, t := range []string{"citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject", "fileSet", "format", "includes", "isLiveDataset",
		"jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate", "separator", "source",
		"subField", "transform"} {
		terms[t] = "cr:" + t
	}
	return terms
}

// croissant describes a dataset in Croissant 1.0 (JSON-LD), the form in which dataset
// search engines and loaders read what is in it.
func croissant(m *Manifest) ([]byte, error) {
	doc := node{
		"@context": ldContext(), "@type": "sc:Dataset", "conformsTo": "http://mlcommons.org/croissant/1.0",
		"name": m.Name, "description": description(m), "license": m.License,
		"url":     "https://github.com/defacecheck/defacecheck",
		"creator": node{"@type": "sc:Organization", "name": m.Creator},
		"version": "1.0.0", "datePublished": m.MadeAt.Format(time.DateOnly), "isLiveDataset": false,
		"citeAs":       fmt.Sprintf("%s, written by defacecheck %s on %s", m.Name, m.Program, m.MadeAt.Format(time.DateOnly)),
		"distribution": distribution(m), "recordSet": recordSets(m),
	}
	return json.MarshalIndent(doc, "", "  ")
}

func description(m *Manifest) string {
	c := m.Counts
	with := "with pictures and full verdicts"
	if !m.Images {
		with = "without pictures and without anything that a page showed"
	}
	return fmt.Sprintf("%d claims that a picture shows what a web address showed, about %d sites, with what was found about them and how people judged them; %s.", c.Claims, c.Sites, with)
}

// mediaType is how the files of a format are called.
func mediaType(f Format) string {
	switch f {
	case WebDataset:
		return "application/x-tar"
	case Parquet:
		return "application/x-parquet"
	}
	return "application/jsonlines"
}

func distribution(m *Manifest) []node {
	all := []node{}
	for _, f := range m.Files {
		all = append(all, node{"@type": "cr:FileObject", "@id": f.Name, "name": f.Name, "contentUrl": f.Name,
			"encodingFormat": mediaType(m.Format), "contentSize": fmt.Sprintf("%d B", f.Bytes), "sha256": f.SHA256})
		if m.Format == WebDataset {
			all = append(all, node{"@type": "cr:FileSet", "@id": f.Name + "-entries", "name": f.Name + "-entries", "containedIn": node{"@id": f.Name},
				"encodingFormat": "application/json", "includes": "*.json"})
		}
	}
	return all
}

// column is one field of a record set: its name, what it is, and where it comes from.
type column struct {
	name, what string
	source     node
}

// columns are the fields of a file's claims. Of JSON Lines a column is a name of the
// object, of a table a column. Readers of Croissant do not parse the JSON within an
// archive: of a tar they get the entry whole, and the claim's id by the file's name.
func columns(m *Manifest, f File) []column {
	if m.Format == WebDataset {
		set := node{"@id": f.Name + "-entries"}
		return []column{
			{"id", "SHA-256 of picture, address and times", node{"fileSet": set, "extract": node{"fileProperty": "filename"},
				"transform": node{"regex": `^([0-9a-f]+)\.json$`}}},
			{"entry", "the claim as JSON", node{"fileSet": set, "extract": node{"fileProperty": "content"}}},
		}
	}
	var all []column
	for _, c := range []column{
		{name: "id", what: "SHA-256 of picture, address and times"},
		{name: "split", what: "train or test"},
		{name: "site", what: "registrable domain of the claimed address"},
		{name: "group", what: "claims that share a site or a picture"},
		{name: "label", what: "what a person decided: genuine, edited, misattributed, not_defaced or unclear; empty where nobody did"},
	} {
		c.source = node{"fileObject": node{"@id": f.Name}, "extract": node{"column": c.name}}
		all = append(all, c)
	}
	return all
}

// recordSets describe the claims of each file.
func recordSets(m *Manifest) []node {
	all := []node{}
	for _, f := range m.Files {
		id := "claims-" + f.Name
		fields := []node{}
		for _, c := range columns(m, f) {
			fields = append(fields, node{"@type": "cr:Field", "@id": id + "/" + c.name, "name": c.name,
				"description": c.what, "dataType": "sc:Text", "source": c.source})
		}
		all = append(all, node{"@type": "cr:RecordSet", "@id": id, "name": id, "field": fields, "key": node{"@id": id + "/id"},
			"description": fmt.Sprintf("the %d claims of %s", f.Claims, f.Name)})
	}
	return all
}
