package capturetest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"time"
)

// CertConfig says how a site's certificate is. The zero value is a good one,
// valid for a day around now.
type CertConfig struct {
	Names     []string // subject alternative names; nil is the site's host
	NotBefore time.Time
	NotAfter  time.Time
}

// makeCert makes a certificate authority of one use and has it sign a
// certificate for host. The authority's certificate is returned as PEM.
func makeCert(host string, cfg CertConfig) (*tls.Certificate, []byte, error) {
	now := time.Now()
	if cfg.NotBefore.IsZero() {
		cfg.NotBefore = now.Add(-12 * time.Hour)
	}
	if cfg.NotAfter.IsZero() {
		cfg.NotAfter = now.Add(12 * time.Hour)
	}
	if cfg.Names == nil {
		cfg.Names = []string{host}
	}
	authority := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "capturetest authority"},
		NotBefore: now.Add(-24 * time.Hour), NotAfter: now.Add(24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: host}, DNSNames: cfg.Names,
		NotBefore: cfg.NotBefore, NotAfter: cfg.NotAfter,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	return sign(authority, leaf)
}

func sign(authority, leaf *x509.Certificate) (*tls.Certificate, []byte, error) {
	caKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	caDER, err := x509.CreateCertificate(rand.Reader, authority, authority, &caKey.PublicKey, caKey)
	if err != nil {
		return nil, nil, err
	}
	leafDER, err := x509.CreateCertificate(rand.Reader, leaf, authority, &key.PublicKey, caKey)
	if err != nil {
		return nil, nil, err
	}
	ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: caDER})
	return &tls.Certificate{Certificate: [][]byte{leafDER, caDER}, PrivateKey: key}, ca, nil
}
