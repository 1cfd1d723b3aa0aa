package browser

import (
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/chromedp/cdproto/network"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/egress"
)

// report copies what the recorder knows into the capture. It returns an error
// if the document is not the site's: the gateway's own answer, or one with a
// certificate that does not hold.
func (v *visit) report(c *capture.Capture) error {
	r := v.rec
	r.mu.Lock()
	defer r.mu.Unlock()
	r.reconcile()
	c.Dialogs = r.dialogs
	if r.dropped > 0 {
		v.log.Warn("page makes more requests than are remembered", "forgotten", r.dropped)
	}
	c.Requests = make([]capture.Exchange, len(r.exchanges))
	for i, x := range r.exchanges {
		if v.req.Source != nil && x.pending && !x.answered && !isInline(x.URL) {
			x.Missing, x.Failed = true, "the archive did not answer in time"
		}
		if v.req.Source == nil {
			x.RemoteAddr = v.road.remote(x.URL)
		}
		c.Requests[i] = x.Exchange
	}
	c.Redirects = r.redirects()
	doc := r.document()
	if doc == nil {
		return nil
	}
	c.Status, c.MIME, c.RemoteAddr = doc.Status, doc.MIME, doc.RemoteAddr
	if r.commits > 0 && !strings.HasPrefix(r.url, "chrome-error:") {
		c.FinalURL = r.url
	}
	if v.req.Source != nil {
		c.SeenAt = doc.MementoAt.UTC()
		return nil
	}
	c.TLS = certificate(doc.secure)
	if err := v.checkPinned(c); err != nil {
		return err
	}
	return ownAnswer(doc)
}

// document returns the exchange that brought the committed document, or the
// last navigation of the main frame if none was committed. The caller holds
// the lock.
func (r *recorder) document() *exchange {
	var last *exchange
	for _, x := range r.exchanges {
		if !x.main {
			continue
		}
		if last == nil || last.loader != r.loader || x.loader == r.loader {
			last = x
		}
	}
	return last
}

// redirects returns the hops to the document. A hop that the page itself made,
// by script or refresh, has the status 0. The caller holds the lock.
func (r *recorder) redirects() []capture.Redirect {
	var hops []capture.Redirect
	var prev *exchange
	final := r.document()
	for _, x := range r.exchanges {
		if !x.main {
			continue
		}
		if prev != nil && len(hops) < maxRedirects {
			status := prev.Status
			if prev.loader != x.loader {
				status = 0
			}
			hops = append(hops, capture.Redirect{From: prev.URL, To: x.URL, Status: status})
		}
		if prev = x; x == final {
			break
		}
	}
	return hops
}

// maxRedirects bounds what a page that keeps moving can write into a report;
// Chrome itself stops after 20 redirects of servers.
const maxRedirects = 50

func certificate(d *network.SecurityDetails) *capture.TLS {
	if d == nil {
		return nil
	}
	return &capture.TLS{Protocol: d.Protocol, Subject: d.SubjectName, Issuer: d.Issuer, SANs: d.SanList,
		NotBefore: seconds(float64(d.ValidFrom)), NotAfter: seconds(float64(d.ValidTo))}
}

// checkPinned repeats what Chrome leaves out: for a key that was named as
// trusted it forgives every fault of the certificate, not only the unknown
// issuer.
func (v *visit) checkPinned(c *capture.Capture) error {
	if c.TLS == nil || len(v.cfg.TrustedCertificates) == 0 {
		return nil
	}
	now := v.cfg.Clock()
	if now.Before(c.TLS.NotBefore) || now.After(c.TLS.NotAfter) {
		return fmt.Errorf("%w: the certificate is valid from %s to %s", capture.ErrTLS,
			c.TLS.NotBefore.Format(time.DateOnly), c.TLS.NotAfter.Format(time.DateOnly))
	}
	host, _, err := endpoint(c.FinalURL)
	if err != nil {
		return err
	}
	leaf := &x509.Certificate{DNSNames: c.TLS.SANs}
	for _, name := range c.TLS.SANs {
		if ip := net.ParseIP(name); ip != nil {
			leaf.IPAddresses = append(leaf.IPAddresses, ip)
		}
	}
	if err := leaf.VerifyHostname(host); err != nil {
		return fmt.Errorf("%w: %w", capture.ErrTLS, err)
	}
	return nil
}

// ownAnswer returns the error behind a document that is the gateway's answer
// and not the server's. Over TLS the header is the server's and means nothing.
func ownAnswer(x *exchange) error {
	if x == nil || !strings.HasPrefix(x.URL, "http:") {
		return nil
	}
	for name, value := range x.Header {
		if strings.EqualFold(name, http.CanonicalHeaderKey(egress.Header)) {
			return egress.ErrorOf(value)
		}
	}
	return nil
}

// documentHeader returns the document's response headers by lower-case name.
func (r *recorder) documentHeader() map[string]string {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := make(map[string]string)
	if doc := r.document(); doc != nil {
		for name, value := range doc.Header {
			out[strings.ToLower(name)] = value
		}
	}
	return out
}
