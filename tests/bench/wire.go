package bench

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/url"
	"sync"
	"time"
)

// wire stands between a server and Postgres and counts the round trips (each ends with one Sync
// of the client) and how long answers are waited for.
type wire struct {
	listener net.Listener
	through  string // the database's URL by way of here

	mu     sync.Mutex
	trips  int64
	waited time.Duration
}

// openWire listens for connections to the database of a URL.
func openWire(databaseURL string) (*wire, error) {
	direct, err := url.Parse(databaseURL)
	if err != nil {
		return nil, fmt.Errorf("read the database URL: %w", err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	w := &wire{listener: listener}
	behind := direct.Host
	direct.Host = listener.Addr().String()
	w.through = direct.String()
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go w.carry(client, behind)
		}
	}()
	return w, nil
}

func (w *wire) close() { _ = w.listener.Close() }

func (w *wire) reset() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.trips, w.waited = 0, 0
}

func (w *wire) read() (trips int64, waited time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.trips, w.waited
}

// carry passes the messages of one connection on. The time from the first message after an
// answer to the end of the next answer is waited for.
func (w *wire) carry(client net.Conn, behind string) {
	defer func() { _ = client.Close() }()
	server, err := net.Dial("tcp", behind)
	if err != nil {
		return
	}
	defer func() { _ = server.Close() }()
	var mu sync.Mutex
	var asked time.Time
	go func() {
		defer func() { _ = client.Close() }()
		_ = messages(client, server, false, func(kind byte) {
			if kind != 'Z' { // ready for the next
				return
			}
			mu.Lock()
			defer mu.Unlock()
			if !asked.IsZero() {
				w.mu.Lock()
				w.waited += time.Since(asked)
				w.mu.Unlock()
			}
			asked = time.Time{}
		})
	}()
	_ = messages(server, client, true, func(kind byte) {
		mu.Lock()
		if asked.IsZero() {
			asked = time.Now()
		}
		mu.Unlock()
		if kind == 'S' || kind == 'Q' {
			w.mu.Lock()
			w.trips++
			w.mu.Unlock()
		}
	})
}

// messages passes the protocol's messages from one side to the other. The client's first one has
// no kind.
func messages(to io.Writer, from io.Reader, fromClient bool, seen func(kind byte)) error {
	header := make([]byte, 5)
	for startup := fromClient; ; startup = false {
		head := header
		if startup {
			head = header[1:]
		}
		if _, err := io.ReadFull(from, head); err != nil {
			return err
		}
		if !startup {
			seen(header[0])
		}
		if _, err := to.Write(head); err != nil {
			return err
		}
		if _, err := io.CopyN(to, from, int64(binary.BigEndian.Uint32(header[1:]))-4); err != nil {
			return err
		}
	}
}
