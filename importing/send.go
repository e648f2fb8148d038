package importing

import (
	"context"
	"fmt"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// The pauses between two attempts to send a command.
const (
	firstPause  = 100 * time.Millisecond
	longestWait = 10 * time.Second
)

// send carries out a command, again and again while the cases can't be reached, for as long
// as Patience lasts. The same command never acts twice.
func (r *run) send(ctx context.Context, command casefile.Command) (Outcome, error) {
	giveUp := time.Now().Add(r.Patience)
	repeated := false
	for pause := firstPause; ; pause = min(2*pause, longestWait) {
		outcome, err := r.Commander.Do(ctx, command)
		if err == nil {
			// What an earlier attempt of this run did without telling is this run's.
			outcome.Duplicate = outcome.Duplicate && !repeated
			return outcome, nil
		}
		if ctx.Err() != nil {
			return Outcome{}, ctx.Err()
		}
		var after time.Duration
		passing := false
		if r.Retry != nil {
			after, passing = r.Retry(err)
		}
		if !passing {
			return Outcome{}, err
		}
		wait := max(pause, after)
		if time.Now().Add(wait).After(giveUp) {
			return Outcome{}, fmt.Errorf("gave up after %s: %w", r.Patience, err)
		}
		repeated = true
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return Outcome{}, ctx.Err()
		case <-timer.C:
		}
	}
}
