package config

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
)

var errNoCertificate = errors.New("no certificate in it")

// TemporalTLS returns how to secure the connection to the configured Temporal, for
// client.ConnectionOptions; nil means none of the TLS variables is set and the connection is
// plain. The error names the variable whose file can't be used.
func (c *Config) TemporalTLS() (*tls.Config, error) {
	if c.TemporalTLSCA == "" && c.TemporalTLSCert == "" && c.TemporalTLSServerName == "" {
		return nil, nil //nolint:nilnil // nil is a plain connection, as ConnectionOptions means it
	}
	secured := &tls.Config{MinVersion: tls.VersionTLS12, ServerName: c.TemporalTLSServerName}
	if c.TemporalTLSCA != "" {
		pem, err := os.ReadFile(c.TemporalTLSCA)
		if err != nil {
			return nil, fmt.Errorf("read TIAOCHU_TEMPORAL_TLS_CA: %w", err)
		}
		secured.RootCAs = x509.NewCertPool()
		if !secured.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("read TIAOCHU_TEMPORAL_TLS_CA %s: %w", c.TemporalTLSCA, errNoCertificate)
		}
	}
	if c.TemporalTLSCert != "" {
		pair, err := tls.LoadX509KeyPair(c.TemporalTLSCert, c.TemporalTLSKey)
		if err != nil {
			return nil, fmt.Errorf("load TIAOCHU_TEMPORAL_TLS_CERT and TIAOCHU_TEMPORAL_TLS_KEY: %w", err)
		}
		secured.Certificates = []tls.Certificate{pair}
	}
	return secured, nil
}
