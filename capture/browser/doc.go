// Package browser sees web pages with a hardened Chrome.
package browser
