// Package progress shows whoever waits at a terminal, or reads a log, how far long work is.
package progress

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// Progress is told how far work is. Add may be called from several goroutines.
type Progress interface {
	Begin(total int)
	Add(done int)
	End()
}

// Work is what is shown, as in "导入 import: 20 / 100", and what is counted, as "行/rows".
type Work struct{ Name, Unit string }

// None tells nobody.
func None() Progress { return quiet{} }

type quiet struct{}

func (quiet) Begin(int) {}
func (quiet) Add(int)   {}
func (quiet) End()      {}

// Bar draws a progress bar; w is a terminal.
func Bar(w io.Writer, work Work) Progress { return &bar{writer: w, work: work} }

type bar struct {
	writer io.Writer
	work   Work
	drawn  *progressbar.ProgressBar
}

func (b *bar) Begin(total int) {
	b.drawn = progressbar.NewOptions(total,
		progressbar.OptionSetWriter(b.writer),
		progressbar.OptionSetDescription(b.work.Name),
		progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionSetItsString(b.work.Unit),
		progressbar.OptionSetWidth(30),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionSetPredictTime(true),
	)
}

// Add and End ignore what a terminal that went away answers: the work goes on without it.
func (b *bar) Add(done int) { _ = b.drawn.Add(done) }

func (b *bar) End() {
	_ = b.drawn.Exit()
	_, _ = fmt.Fprintln(b.writer)
}

// Lines writes a line each interval, for a log.
func Lines(w io.Writer, work Work, interval time.Duration) Progress {
	return &progressLines{writer: w, work: work, interval: interval}
}

type progressLines struct {
	writer      io.Writer
	work        Work
	interval    time.Duration
	mu          sync.Mutex
	done, total int
	stop        chan struct{}
	stopped     sync.WaitGroup
}

func (l *progressLines) Begin(total int) {
	l.total, l.stop = total, make(chan struct{})
	l.stopped.Go(func() {
		ticker := time.NewTicker(l.interval)
		defer ticker.Stop()
		for {
			select {
			case <-l.stop:
				return
			case <-ticker.C:
				l.mu.Lock()
				done := l.done
				l.mu.Unlock()
				_, _ = fmt.Fprintf(l.writer, "%s: %d / %d\n", l.work.Name, done, l.total)
			}
		}
	})
}

func (l *progressLines) Add(done int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.done += done
}

func (l *progressLines) End() {
	close(l.stop)
	l.stopped.Wait()
}
