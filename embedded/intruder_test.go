package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health/grpc_health_v1"
)

// target is what an intruder knows: everything that can be seen from outside the folder.
type target struct {
	Data          string   `json:"data"`
	PostgresPort  string   `json:"postgresPort"`
	TemporalPorts []string `json:"temporalPorts"` // addresses
	PIDs          []int    `json:"pids"`
}

// finding is one attempt of an intruder.
type finding struct {
	Attempt string `json:"attempt"`
	// Refusal is why it failed; empty where it succeeded.
	Refusal string `json:"refusal"`
}

// intrude is the intruder's process: it tries everything and reports.
func intrude(in io.Reader, out io.Writer) int {
	var t target
	if err := json.NewDecoder(in).Decode(&t); err != nil {
		return 1
	}
	var findings []finding
	try := func(attempt string, err error) {
		f := finding{Attempt: attempt}
		if err != nil {
			f.Refusal = err.Error()
		}
		findings = append(findings, f)
	}
	_, err := os.ReadDir(t.Data)
	try("list the data folder", err)
	try("enter the data folder", os.Chdir(t.Data))
	for _, name := range []string{"stack.json", "secrets/postgres", "secrets/tiaochu", "tls/ca.key", "tls/client.key", "log/temporal.log", "postgres/PG_VERSION"} {
		_, err := os.ReadFile(filepath.Join(t.Data, name))
		try("read "+name, err)
	}
	try("write into the data folder", os.WriteFile(filepath.Join(t.Data, "letter"), nil, 0o600))
	for _, pid := range t.PIDs {
		for _, name := range []string{"environ", "mem", "fd", "cwd/PG_VERSION", "root/" + t.Data + "/stack.json"} {
			_, err := os.Open(fmt.Sprintf("/proc/%d/%s", pid, name))
			try(fmt.Sprintf("look into process %d: %s", pid, name), err)
		}
	}
	for _, role := range []string{superuserRole, temporalRole, productRole, "template1", "nobody"} {
		for _, password := range []string{"", ":wrong", ":" + role} {
			for _, database := range []string{"postgres", productDatabase, storeDatabase.name} {
				try(fmt.Sprintf("connect to database %s as %s%s", database, role, password),
					connect(fmt.Sprintf("postgres://%s%s@127.0.0.1:%s/%s?sslmode=disable", role, password, t.PostgresPort, database)))
			}
		}
	}
	foreign, err := foreignCertificate()
	if err != nil {
		return 1
	}
	for _, address := range t.TemporalPorts {
		try("call "+address+" in the clear", call(address, nil))
		try("call "+address+" without a certificate", call(address, &tls.Config{InsecureSkipVerify: true}))
		try("call "+address+" with a certificate of somebody else", call(address, &tls.Config{InsecureSkipVerify: true, Certificates: []tls.Certificate{foreign}}))
	}
	if json.NewEncoder(out).Encode(findings) != nil {
		return 1
	}
	return 0
}

func connect(url string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	connection, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	return connection.Close(ctx)
}

// call makes a call that each of Temporal's services answers, and the frontend's own first.
func call(address string, secured *tls.Config) error {
	transport := insecure.NewCredentials()
	if secured != nil {
		transport = credentials.NewTLS(secured)
	}
	connection, err := grpc.NewClient(address, grpc.WithTransportCredentials(transport))
	if err != nil {
		return err
	}
	defer connection.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if _, err := workflowservice.NewWorkflowServiceClient(connection).ListNamespaces(ctx, &workflowservice.ListNamespacesRequest{}); err == nil {
		return nil
	}
	_, err = grpc_health_v1.NewHealthClient(connection).Check(ctx, &grpc_health_v1.HealthCheckRequest{})
	return err
}

// foreignCertificate is one as good as ours, but of another authority.
func foreignCertificate() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "tiaochu embedded client"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}
