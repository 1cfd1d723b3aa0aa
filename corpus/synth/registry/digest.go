package registry

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"io"
	"os"
)

// check holds a file against "sha512-BASE64", as npm writes digests, or a SHA-256 in
// hexadecimal, as Debian does.
func check(name, want string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	wide, short := sha512.New(), sha256.New()
	if _, err := io.Copy(io.MultiWriter(wide, short), f); err != nil {
		return err
	}
	if want == "sha512-"+base64.StdEncoding.EncodeToString(wide.Sum(nil)) || want == hex.EncodeToString(short.Sum(nil)) {
		return nil
	}
	return ErrDigest
}
