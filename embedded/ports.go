package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
)

// ports are the loopback ports of one stack. They are kept in the data folder, so that a restart
// finds its clients where it left them.
type ports struct {
	Postgres int `json:"postgres"`
	Frontend int `json:"temporalFrontend"`
	History  int `json:"temporalHistory"`
	Matching int `json:"temporalMatching"`
	Worker   int `json:"temporalWorker"`

	reservations []net.Listener
}

// Ports are chosen below Linux's range for outgoing connections (32768 and up): one of those could
// take a server's port during the moment in which the server restarts.
const firstPort, lastPort = 20000, 32000

// choosePorts takes the ports given (0: none given), else those kept in the folder where they are
// still free, else free ones. Each is reserved against other stacks of this machine until this
// process ends.
func choosePorts(f *folder, givenPostgres, givenFrontend int) (*ports, error) {
	chosen := &ports{}
	content, err := os.ReadFile(f.file("ports.json"))
	if err == nil {
		err = json.Unmarshal(content, chosen)
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("ports kept in the data folder: %w", err)
	}
	for _, each := range []struct {
		port  *int
		given int
		use   string
	}{
		{&chosen.Postgres, givenPostgres, "Postgres"},
		{&chosen.Frontend, givenFrontend, "Temporal"},
		{&chosen.History, 0, ""},
		{&chosen.Matching, 0, ""},
		{&chosen.Worker, 0, ""},
	} {
		if each.given != 0 {
			*each.port = each.given
			if !chosen.reserve(each.given) {
				return nil, fmt.Errorf("port %d, given for %s, is in use by another process", each.given, each.use)
			}
			continue
		}
		if *each.port != 0 && chosen.reserve(*each.port) {
			continue
		}
		if *each.port, err = chosen.reserveAny(); err != nil {
			return nil, err
		}
	}
	content, err = json.Marshal(chosen)
	if err != nil {
		return nil, err
	}
	if err := f.writeAtomically("ports.json", append(content, '\n')); err != nil {
		return nil, fmt.Errorf("keep the ports: %w", err)
	}
	return chosen, nil
}

func (p *ports) reserveAny() (int, error) {
	for range 1000 {
		if port := firstPort + rand.IntN(lastPort-firstPort); p.reserve(port) {
			return port, nil
		}
	}
	return 0, errors.New("no free loopback port found")
}

// reserve answers whether the port is free. A name in the abstract socket namespace, which the kernel
// frees when we end, keeps two stacks that start at the same time from choosing the same one.
func (p *ports) reserve(port int) bool {
	reservation, err := net.Listen("unix", fmt.Sprintf("@tiaochu-embedded-port-%d", port))
	if err != nil {
		return false
	}
	probe, err := net.Listen("tcp4", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		_ = reservation.Close()
		return false
	}
	_ = probe.Close()
	p.reservations = append(p.reservations, reservation)
	return true
}
