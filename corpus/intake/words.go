package intake

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// inWords says what a reader of JSON or CSV did not understand, for people who know neither
// Go nor its types. What it does not know stays as it is.
func inWords(err error) string {
	var kind *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	var row *csv.ParseError
	switch {
	case errors.As(err, &kind):
		return kindInWords(kind)
	case errors.As(err, &syntax):
		return fmt.Sprintf("no JSON from byte %d on", syntax.Offset)
	case errors.As(err, &row) && errors.Is(err, csv.ErrBareQuote):
		return "a quotation mark within a cell that does not begin with one: put the cell in quotation marks and double those within it"
	case errors.As(err, &row):
		return "a quotation mark that neither ends its cell nor is doubled: double those within a cell"
	}
	return err.Error()
}

// kindInWords is as "photo: an object where a text belongs".
func kindInWords(err *json.UnmarshalTypeError) string {
	value, _, _ := strings.Cut(err.Value, " ") // "number 1.5" has the number behind it
	found := map[string]string{"object": "an object", "array": "a list", "string": "a text", "number": "a number", "bool": "true or false"}[value]
	if found == "" {
		found = "something else"
	}
	text := found + " where " + belongs(err.Type) + " belongs"
	if err.Field == "" {
		return text
	}
	return fmt.Sprintf("%q: %s", err.Field, text)
}

// belongs is what a type stands for in JSON.
func belongs(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a text"
	case reflect.Slice, reflect.Array:
		return "a list"
	case reflect.Map, reflect.Struct:
		return "an object"
	case reflect.Bool:
		return "true or false"
	case reflect.Float32, reflect.Float64:
		return "a number"
	}
	return "a whole number"
}
