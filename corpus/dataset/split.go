package dataset

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"net/url"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/disjoint"
	"github.com/defacecheck/defacecheck/corpus/rows"
)

// TestShare is the share of groups that a split gives to testing.
const TestShare = 0.2

// placed is where a claim lies.
type placed struct {
	split rows.Split
	site  string
	group string
}

// splitter puts claims into groups that share nothing with each other: neither a site, nor
// a picture, nor a picture that hashes the same. It holds some bytes for each of these.
type splitter struct {
	groups disjoint.Sets[string]
}

// add joins what a claim is about.
func (s *splitter) add(r *corpus.Record) {
	site := "1 site " + siteOf(r.Claim.URL)
	s.groups.Join(site, "2 file "+r.Picture.SHA256)
	if p := r.Picture.Print; p.Informative {
		s.groups.Join(site, "3 look "+p.Hex().Difference256)
	}
}

// place is where a claim that was added lies. Groups are assigned by a digest of their
// least name, and by nothing else: the same claims are always split the same.
func (s *splitter) place(r *corpus.Record) placed {
	site := siteOf(r.Claim.URL)
	sum := sha256.Sum256([]byte(s.groups.Of("1 site " + site)))
	p := placed{split: rows.Train, site: site, group: hex.EncodeToString(sum[:8])}
	if float64(binary.BigEndian.Uint64(sum[8:]))/(1<<64) < TestShare {
		p.split = rows.Test
	}
	return p
}

// siteOf is the registrable domain of an address: what stands one label before a public
// suffix. Of an IP address, or a name that is a suffix itself, it is the whole host.
func siteOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return fmt.Sprintf("unreadable:%x", sha256.Sum256([]byte(address)))
	}
	return capture.RegistrableDomain(u.Hostname())
}

// has says whether a claim was added.
func (s *splitter) has(r *corpus.Record) bool {
	return s.groups.Of("1 site "+siteOf(r.Claim.URL)) == s.groups.Of("2 file "+r.Picture.SHA256)
}
