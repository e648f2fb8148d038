package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"time"
)

// temporalServerName is the name in the certificate of every Temporal port.
const temporalServerName = "temporal.tiaochu.internal"

const (
	authorityLifetime   = 30 * 365 * 24 * time.Hour
	certificateLifetime = 10 * 365 * 24 * time.Hour
	renewBefore         = 365 * 24 * time.Hour
)

// certificates are the paths of the PEM files below tls/: an authority of this installation alone,
// what Temporal's ports show (and one Temporal service shows another), and what a client shows.
type certificates struct {
	authority             string
	serverCert, serverKey string
	clientCert, clientKey string
}

// loadCertificates makes what is missing and renews, at a start, what ends within a year.
func loadCertificates(f *folder, now time.Time) (certificates, error) {
	paths := certificates{
		authority:  f.file("tls", "ca.pem"),
		serverCert: f.file("tls", "server.pem"), serverKey: f.file("tls", "server.key"),
		clientCert: f.file("tls", "client.pem"), clientKey: f.file("tls", "client.key"),
	}
	authority, renewed, err := loadAuthority(f, now)
	if err != nil {
		return paths, fmt.Errorf("certificate authority of the data folder: %w", err)
	}
	for _, each := range []struct {
		name   string
		usages []x509.ExtKeyUsage
	}{
		{"server", []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}},
		{"client", []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}},
	} {
		if !renewed && usable(f, each.name, authority.certificate, now) {
			continue
		}
		if err := authority.issue(f, each.name, each.usages, now); err != nil {
			return paths, fmt.Errorf("certificate %s of the data folder: %w", each.name, err)
		}
	}
	return paths, nil
}

type certificateAuthority struct {
	certificate *x509.Certificate
	key         crypto.Signer
}

func loadAuthority(f *folder, now time.Time) (*certificateAuthority, bool, error) {
	pair, err := tls.LoadX509KeyPair(f.file("tls", "ca.pem"), f.file("tls", "ca.key"))
	if err == nil && now.Add(renewBefore).Before(pair.Leaf.NotAfter) {
		return &certificateAuthority{certificate: pair.Leaf, key: pair.PrivateKey.(crypto.Signer)}, false, nil
	}
	if errors.Is(err, os.ErrPermission) {
		return nil, false, err
	}
	// Missing, ending, or a pair cut in two by a crash: nothing outside the folder trusts this
	// authority, so a new one costs nothing.
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, false, err
	}
	template := &x509.Certificate{
		SerialNumber:          serialNumber(),
		Subject:               pkix.Name{CommonName: "tiaochu embedded authority"},
		NotBefore:             now.Add(-time.Hour),
		NotAfter:              now.Add(authorityLifetime),
		IsCA:                  true,
		BasicConstraintsValid: true,
		MaxPathLenZero:        true,
		KeyUsage:              x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, false, err
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, false, err
	}
	if err := writePair(f, "ca", der, key); err != nil {
		return nil, false, err
	}
	return &certificateAuthority{certificate: certificate, key: key}, true, nil
}

func (a *certificateAuthority) issue(f *folder, name string, usages []x509.ExtKeyUsage, now time.Time) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template := &x509.Certificate{
		SerialNumber: serialNumber(),
		Subject:      pkix.Name{CommonName: "tiaochu embedded " + name},
		NotBefore:    now.Add(-time.Hour),
		NotAfter:     now.Add(certificateLifetime),
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  usages,
	}
	if name == "server" {
		template.DNSNames = []string{temporalServerName, "localhost"}
		template.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, key.Public(), a.key)
	if err != nil {
		return err
	}
	return writePair(f, name, der, key)
}

// usable answers whether a certificate is there, of this authority, and valid for another year.
func usable(f *folder, name string, authority *x509.Certificate, now time.Time) bool {
	pair, err := tls.LoadX509KeyPair(f.file("tls", name+".pem"), f.file("tls", name+".key"))
	if err != nil {
		return false
	}
	return pair.Leaf.CheckSignatureFrom(authority) == nil && now.Add(renewBefore).Before(pair.Leaf.NotAfter)
}

// writePair writes the key before the certificate: a crash in between leaves a pair that does not
// match, or none, and the next start makes both anew.
func writePair(f *folder, name string, der []byte, key *ecdsa.PrivateKey) error {
	encoded, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	keyPEM := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: encoded})
	if err := f.writeAtomically("tls/"+name+".key", keyPEM); err != nil {
		return err
	}
	return f.writeAtomically("tls/"+name+".pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

func serialNumber() *big.Int {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		panic(err) // the system has no randomness
	}
	return serial
}

// clientTLS is the configuration of a client with this installation's client certificate.
func (c certificates) clientTLS() (*tls.Config, error) {
	pair, err := tls.LoadX509KeyPair(c.clientCert, c.clientKey)
	if err != nil {
		return nil, err
	}
	authority, err := os.ReadFile(c.authority)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(authority) {
		return nil, fmt.Errorf("no certificate in %s", c.authority)
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}, RootCAs: pool, ServerName: temporalServerName, MinVersion: tls.VersionTLS13}, nil
}
