// Package align finds a picture within a page and says which part differs.
package align
