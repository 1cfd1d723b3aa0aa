package report

import (
	"reflect"
	"time"

	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/report/plain"
)

// maxText is the longest text a view prints, in characters: twice the longest
// sentence that a test has reason to write.
const maxText = 1000

// Safe returns s as one harmless line: hidden characters visible, addresses
// defanged, at most 1000 characters. Any text of outside origin that is
// printed anywhere goes through it.
func Safe(s string) string { return plain.Defang(plain.Text(s, maxText)) }

// CSVCell returns s as a cell that no spreadsheet takes for a formula, harmless
// as Safe makes it. Numbers stay numbers; quoting is left to encoding/csv.
func CSVCell(s string) string { return plain.CSVCell(plain.Defang(s), maxText) }

// safeCopy returns a copy of r in which every string, wherever it stands, went
// through Safe. Views are made from such a copy only, so that a field added
// later cannot be forgotten.
func safeCopy(r *verify.Result) (*verify.Result, error) {
	if r == nil {
		return nil, ErrNoResult
	}
	c, err := normal(r)
	if err != nil {
		return nil, err
	}
	MakeSafe(c)
	return c, nil
}

// MakeSafe puts every string that the pointer v leads to through Safe, the keys of maps
// included, so that a page made from it cannot have forgotten one. Fields that are not
// exported cannot be reached. Strings that hold markup or addresses of our own must not be
// among them.
func MakeSafe(v any) { makeSafe(reflect.ValueOf(v).Elem()) }

func makeSafe(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(Safe(v.String()))
	case reflect.Pointer:
		if !v.IsNil() {
			makeSafe(v.Elem())
		}
	case reflect.Struct:
		makeFieldsSafe(v)
	case reflect.Slice:
		for i := range v.Len() {
			makeSafe(v.Index(i))
		}
	case reflect.Map:
		makeMapSafe(v)
	case reflect.Interface:
		if !v.IsNil() {
			v.Set(safeValue(v.Elem()))
		}
	}
}

func makeFieldsSafe(v reflect.Value) {
	if v.Type() == reflect.TypeFor[time.Time]() {
		return // holds a number; its zone is UTC or a number after JSON
	}
	for i := range v.NumField() {
		if v.Type().Field(i).IsExported() {
			makeSafe(v.Field(i))
		}
	}
}

// makeMapSafe rebuilds the map: keys are outside text too.
func makeMapSafe(v reflect.Value) {
	if v.IsNil() {
		return
	}
	out := reflect.MakeMapWithSize(v.Type(), v.Len())
	for it := v.MapRange(); it.Next(); {
		out.SetMapIndex(safeValue(it.Key()), safeValue(it.Value()))
	}
	v.Set(out)
}

// safeValue returns a safe copy of a value that cannot be set in place.
func safeValue(v reflect.Value) reflect.Value {
	c := reflect.New(v.Type()).Elem()
	c.Set(v)
	makeSafe(c)
	return c
}
