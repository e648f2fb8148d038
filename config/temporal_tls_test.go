package config_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/config"
)

func TestWithoutTLSVariablesTheConnectionIsPlain(t *testing.T) {
	t.Parallel()

	secured, err := (&config.Config{}).TemporalTLS()
	require.NoError(t, err)
	require.Nil(t, secured)
}

func TestAClientCertificateAndAuthorityAreLoaded(t *testing.T) {
	t.Parallel()

	certificate, key := selfSigned(t)
	c := config.Config{
		TemporalTLSCA: certificate, TemporalTLSCert: certificate, TemporalTLSKey: key,
		TemporalTLSServerName: "temporal.example",
	}
	secured, err := c.TemporalTLS()
	require.NoError(t, err)
	require.Len(t, secured.Certificates, 1)
	require.NotNil(t, secured.RootCAs)
	require.Equal(t, "temporal.example", secured.ServerName)
}

func TestAFileThatHoldsNoCertificateIsRefusedByItsVariable(t *testing.T) {
	t.Parallel()

	certificate, key := selfSigned(t)
	_, err := (&config.Config{TemporalTLSCA: key}).TemporalTLS()
	require.ErrorContains(t, err, "TIAOCHU_TEMPORAL_TLS_CA")

	_, err = (&config.Config{TemporalTLSCert: certificate, TemporalTLSKey: "/nowhere"}).TemporalTLS()
	require.ErrorContains(t, err, "TIAOCHU_TEMPORAL_TLS_KEY")
	require.ErrorIs(t, err, os.ErrNotExist)
}

func selfSigned(t *testing.T) (certificateFile, keyFile string) {
	t.Helper()

	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	require.NoError(t, err)
	keyDER, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(t, err)

	folder := t.TempDir()
	certificateFile, keyFile = filepath.Join(folder, "c.pem"), filepath.Join(folder, "k.pem")
	require.NoError(t, os.WriteFile(certificateFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	require.NoError(t, os.WriteFile(keyFile, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyDER}), 0o600))
	return certificateFile, keyFile
}
