package importing

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// Progress is shown how far an import is. Add is called from several goroutines.
type Progress interface {
	Begin(total int)
	Add(rows int)
	End()
}

type quiet struct{}

func (quiet) Begin(int) {}
func (quiet) Add(int)   {}
func (quiet) End()      {}

// Bar draws a progress bar; w is a terminal.
func Bar(w io.Writer) Progress { return &bar{writer: w} }

type bar struct {
	writer io.Writer
	drawn  *progressbar.ProgressBar
}

func (b *bar) Begin(total int) {
	b.drawn = progressbar.NewOptions(total,
		progressbar.OptionSetWriter(b.writer),
		progressbar.OptionSetDescription("导入 import"),
		progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionSetItsString("行/rows"),
		progressbar.OptionSetWidth(30),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionSetPredictTime(true),
	)
}

// Add and End ignore what a terminal that went away answers: the import goes on without it.
func (b *bar) Add(rows int) { _ = b.drawn.Add(rows) }

func (b *bar) End() {
	_ = b.drawn.Exit()
	_, _ = fmt.Fprintln(b.writer)
}

// Lines writes a line each interval, for a log.
func Lines(w io.Writer, interval time.Duration) Progress {
	return &progressLines{writer: w, interval: interval}
}

type progressLines struct {
	writer      io.Writer
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
				_, _ = fmt.Fprintf(l.writer, "导入 import: %d / %d\n", done, l.total)
			}
		}
	})
}

func (l *progressLines) Add(rows int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.done += rows
}

func (l *progressLines) End() {
	close(l.stop)
	l.stopped.Wait()
}
