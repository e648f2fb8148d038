package main

import (
	"crypto/x509"
	"encoding/pem"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func certificateIn(t *testing.T, path string) *x509.Certificate {
	t.Helper()
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	block, _ := pem.Decode(content)
	certificate, err := x509.ParseCertificate(block.Bytes)
	require.NoError(t, err)
	return certificate
}

func TestCertificatesAreKeptAndRenewedInTime(t *testing.T) {
	t.Parallel()
	f := &folder{path: t.TempDir()}
	now := time.Now()
	paths, err := loadCertificates(f, now)
	require.NoError(t, err)
	server := certificateIn(t, paths.serverCert)
	require.NoError(t, server.VerifyHostname(temporalServerName))

	_, err = loadCertificates(f, now.Add(time.Hour))
	require.NoError(t, err)
	require.Equal(t, server.SerialNumber, certificateIn(t, paths.serverCert).SerialNumber, "kept")

	authority := certificateIn(t, paths.authority)
	_, err = loadCertificates(f, server.NotAfter.Add(-renewBefore/2))
	require.NoError(t, err)
	require.NotEqual(t, server.SerialNumber, certificateIn(t, paths.serverCert).SerialNumber, "renewed before its end")
	require.Equal(t, authority.SerialNumber, certificateIn(t, paths.authority).SerialNumber, "by the same authority")

	_, err = loadCertificates(f, authority.NotAfter.Add(-renewBefore/2))
	require.NoError(t, err)
	require.NotEqual(t, authority.SerialNumber, certificateIn(t, paths.authority).SerialNumber)
	for _, path := range []string{paths.serverCert, paths.clientCert} {
		require.NoError(t, certificateIn(t, path).CheckSignatureFrom(certificateIn(t, paths.authority)), "a new authority signs all anew")
	}
	for _, key := range []string{"ca.key", paths.serverKey, paths.clientKey} {
		if key == "ca.key" {
			key = f.file("tls", key)
		}
		info, err := os.Stat(key)
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	}
}

func TestAPairCutInTwoByACrashIsMadeAnew(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"ca", "server", "client"} {
		f := &folder{path: t.TempDir()}
		paths, err := loadCertificates(f, time.Now())
		require.NoError(t, err)
		other := &folder{path: t.TempDir()}
		_, err = loadCertificates(other, time.Now())
		require.NoError(t, err)
		key, err := os.ReadFile(other.file("tls", name+".key"))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(f.file("tls", name+".key"), key, 0o600)) // the certificate was not written any more

		_, err = loadCertificates(f, time.Now())
		require.NoError(t, err)
		_, err = paths.clientTLS()
		require.NoError(t, err)
		for _, path := range []string{paths.serverCert, paths.clientCert} {
			require.NoError(t, certificateIn(t, path).CheckSignatureFrom(certificateIn(t, paths.authority)), name)
		}
	}
}
