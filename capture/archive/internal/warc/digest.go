package warc

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"strings"
)

// SHA1 is the digest that archives label payloads with: base32, without "sha1:".
func SHA1(b []byte) string {
	sum := sha1.Sum(b)
	return base32.StdEncoding.EncodeToString(sum[:])
}

// Digest brings the spellings of a labelled digest to one: a SHA-1 becomes 32
// base32 characters without label; others keep theirs in front of lower-case
// hexadecimal, as in "sha256:8ca0...". An unlabelled value is told by its
// length. "" and "-" give "".
func Digest(s string) string {
	s = strings.TrimSpace(s)
	label, value, ok := strings.Cut(s, ":")
	if !ok {
		label, value = labelByLength(s), s
	}
	label = strings.ReplaceAll(strings.ToLower(label), "-", "")
	switch {
	case value == "" || value == "-":
		return ""
	case label == "sha1":
		return base32SHA1(value)
	case label == "":
		return value
	}
	return label + ":" + hexOf(value)
}

func labelByLength(s string) string {
	switch len(s) {
	case 32:
		if _, err := hex.DecodeString(s); err == nil {
			return "md5"
		}
		return "sha1"
	case 40:
		return "sha1"
	case 64:
		return "sha256"
	}
	return ""
}

func base32SHA1(value string) string {
	if len(value) == 40 {
		if raw, err := hex.DecodeString(value); err == nil {
			return base32.StdEncoding.EncodeToString(raw)
		}
	}
	return strings.ToUpper(value)
}

// hexOf turns base32 into lower-case hexadecimal, and leaves anything else.
func hexOf(value string) string {
	if _, err := hex.DecodeString(value); err == nil {
		return strings.ToLower(value)
	}
	if raw, err := base32.StdEncoding.DecodeString(strings.ToUpper(value)); err == nil {
		return hex.EncodeToString(raw)
	}
	return value
}

// Verify says whether content has the digest want, in the form of Digest.
// known is false when the algorithm is not one of SHA-1, SHA-256 and MD5.
func Verify(want string, content []byte) (match, known bool) {
	switch label, value, ok := strings.Cut(want, ":"); {
	case !ok && len(want) == 32:
		return SHA1(content) == want, true
	case label == "sha256":
		sum := sha256.Sum256(content)
		return hex.EncodeToString(sum[:]) == value, true
	case label == "md5":
		sum := md5.Sum(content)
		return hex.EncodeToString(sum[:]) == value, true
	}
	return false, false
}
