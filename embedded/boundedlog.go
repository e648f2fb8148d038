package main

import (
	"bytes"
	"fmt"
	"os"
	"sync"
)

// boundedLog is a log file that never grows without end: past its limit it becomes NAME.1, and the
// one before is dropped. It also remembers the last lines, to say why a process did not start.
type boundedLog struct {
	mu    sync.Mutex
	path  string
	limit int64
	file  *os.File
	size  int64
	tail  []byte
}

const logLimit = 16 << 20

// tailLimit is how much of the end is remembered, in bytes.
const tailLimit = 4 << 10

func openBoundedLog(path string, limit int64) (*boundedLog, error) {
	l := &boundedLog{path: path, limit: limit}
	if err := l.open(); err != nil {
		return nil, fmt.Errorf("log file: %w", err)
	}
	return l, nil
}

func (l *boundedLog) open() error {
	file, err := os.OpenFile(l.path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	info, err := file.Stat()
	if err != nil {
		_ = file.Close()
		return err
	}
	l.file, l.size = file, info.Size()
	return nil
}

// Write never fails: a full disk must not stop the process whose words these are.
func (l *boundedLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tail = append(l.tail, p...)
	if over := len(l.tail) - tailLimit; over > 0 {
		l.tail = append(l.tail[:0], l.tail[over:]...)
	}
	if l.file != nil && l.size > 0 && l.size+int64(len(p)) > l.limit {
		_ = l.file.Close()
		l.file = nil
		_ = os.Rename(l.path, l.path+".1")
	}
	if l.file == nil && l.open() != nil {
		return len(p), nil
	}
	written, _ := l.file.Write(p)
	l.size += int64(written)
	return len(p), nil
}

// lastLines is the end of what was written, whole lines only.
func (l *boundedLog) lastLines() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	tail := l.tail
	if len(tail) >= tailLimit {
		if end := bytes.IndexByte(tail, '\n'); end >= 0 {
			tail = tail[end+1:]
		}
	}
	return string(bytes.TrimSpace(tail))
}
