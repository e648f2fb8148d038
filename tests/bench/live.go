package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/time/rate"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/tests/wsclient"
)

// LiveOptions say what to measure.
type LiveOptions struct {
	// URL is the API; SignIn returns a token of a development person.
	URL    string
	SignIn func(personID string) (string, error)
	// API is the id of the process whose memory and processor time are looked at.
	API int
	// Subscribers is how many WebSockets there are; half follow every event that they see, half
	// their inbox.
	Subscribers int
	// Record is the stack's; events are appended to it directly, so that no workflow stands
	// between.
	Record *store.Store
	// Events are the numbers of events a second, one lap each.
	Events  []float64
	Lasting time.Duration
	Out     io.Writer
}

// notedCases is how many cases the events are of.
const notedCases = 50

// Live measures very many subscribers: what one costs in memory, how late events reach them
// after the instant at which their append began, and what that takes of the processor.
// Whoever follows every event must get each exactly once, or it is an error.
func Live(ctx context.Context, options LiveOptions) error {
	ids, err := Plant(ctx, options.Record, "530402001", notedCases)
	if err != nil {
		return err
	}
	if _, err := note(ctx, options.Record, ids, options.Events[0], options.Lasting/4); err != nil {
		return err // a first round warms plans and connections and counts for nothing
	}
	alone := processMiB(options.API)
	began := time.Now()
	audience, err := gather(ctx, options)
	if err != nil {
		return err
	}
	defer audience.leave()
	fmt.Fprintf(options.Out, "%d subscribers came in %.1f s; the API had %.0f MiB, now %.0f MiB\n",
		options.Subscribers, time.Since(began).Seconds(), alone, processMiB(options.API))
	for _, perSecond := range options.Events {
		if err := audience.lap(ctx, options, ids, perSecond); err != nil {
			return err
		}
	}
	with := processMiB(options.API)
	fmt.Fprintf(options.Out, "the API has %.0f MiB: %.0f KiB a subscriber more than without\n",
		with, (with-alone)*1024/float64(options.Subscribers))
	return audience.compare()
}

// lap measures one rate.
func (a *audience) lap(ctx context.Context, options LiveOptions, ids []string, perSecond float64) error {
	a.reset()
	api, all, began := processTime(options.API), processorTime(nil), time.Now()
	appended, err := note(ctx, options.Record, ids, perSecond, options.Lasting)
	if err != nil {
		return err
	}
	if err := a.settle(ctx, appended); err != nil {
		return err
	}
	took := time.Since(began).Seconds()
	deliveries, late := a.measured()
	fmt.Fprintf(options.Out, "%5.1f events/s  %7.0f deliveries/s  late p50 %7.1f ms  p99 %7.1f ms  API %4.2f cores  all with the clients %4.2f cores\n",
		float64(appended)/took, float64(deliveries)/took, ms(late.Percentile(50)), ms(late.Percentile(99)),
		(processTime(options.API)-api).Seconds()/took, (processorTime(nil)-all).Seconds()/took)
	return nil
}

// settle waits until every follower has got what was appended.
func (a *audience) settle(ctx context.Context, appended int) error {
	for {
		a.mu.Lock()
		got := len(a.late)
		a.mu.Unlock()
		if got >= appended*len(a.followers) {
			return nil
		}
		if err := wait(ctx, 20*time.Millisecond); err != nil {
			return fmt.Errorf("%d of %d deliveries came: %w", got, appended*len(a.followers), err)
		}
	}
}

// note adds notes to cases at a steady rate and returns how many.
func note(ctx context.Context, record *store.Store, ids []string, perSecond float64, lasting time.Duration) (int, error) {
	clerk := actor(directory.Development(), "p-530402-center-clerk-1")
	limit, began := rate.NewLimiter(rate.Limit(perSecond), 1), time.Now()
	for n := 0; ; n++ {
		if err := limit.Wait(ctx); err != nil {
			return n, err
		}
		if time.Since(began) > lasting {
			return n, nil
		}
		id := ids[n%len(ids)]
		state, err := record.State(ctx, id)
		if err != nil {
			return n, err
		}
		texts := putAside{}
		step := casefile.Command{
			CaseID: id, Actor: clerk, RequestID: "bench", RequestKey: digestOf(id, fmt.Sprint(state.Version)), InputDigest: digestOf("note"),
			Act: casefile.AddNote{Text: texts.put("NOTE", "已电话联系来访人。")},
		}
		if err := record.PutTexts(ctx, id, texts.texts); err != nil {
			return n, err
		}
		done, err := record.Append(ctx, state.Version, step, time.Now())
		if err != nil {
			return n, err
		}
		if done.Refusal != nil {
			return n, fmt.Errorf("add a note: %w", done.Refusal)
		}
	}
}

// audience is everybody who follows.
type audience struct {
	followers []*listener
	stop      context.CancelFunc
	ended     sync.WaitGroup

	mu         sync.Mutex
	late       []time.Duration
	deliveries atomic.Int64
}

// listener follows every event.
type listener struct {
	seen []string
	mu   sync.Mutex
}

// gather connects everybody and waits until all of them follow.
func gather(ctx context.Context, options LiveOptions) (*audience, error) {
	tokens, err := viewersOf("530402001", options.SignIn)
	if err != nil {
		return nil, err
	}
	following, stop := context.WithCancel(ctx)
	a := &audience{stop: stop}
	var connecting errgroup.Group
	connecting.SetLimit(32)
	for i := range options.Subscribers {
		var of *listener
		if i%2 == 0 {
			of = &listener{}
			a.followers = append(a.followers, of)
		}
		connecting.Go(func() error { return a.join(following, options.URL, tokens[i%len(tokens)], of) })
	}
	if err := connecting.Wait(); err != nil {
		stop()
		return nil, fmt.Errorf("gather subscribers: %w", err)
	}
	// The pong comes after the message that subscribed has been taken; opening it is quick.
	return a, wait(ctx, 2*time.Second)
}

// viewersOf are tokens of those who see every ordinary case of a division.
func viewersOf(division casefile.Division, signIn func(string) (string, error)) ([]string, error) {
	people := directory.Development()
	var tokens []string
	for _, person := range people.People() {
		viewer := store.NewViewer(people, person)
		if !slices.ContainsFunc(viewer.SubTree, func(area casefile.Division) bool { return area.Contains(division) }) {
			continue
		}
		token, err := signIn(person.ID)
		if err != nil {
			return nil, err
		}
		tokens = append(tokens, token)
	}
	if len(tokens) == 0 {
		return nil, errors.New("nobody sees the cases")
	}
	return tokens, nil
}

// join connects one subscriber, who follows every event where of is set, else their inbox.
func (a *audience) join(ctx context.Context, url, token string, of *listener) error {
	conn, err := wsclient.Dial(ctx, url, token)
	if err != nil {
		return err
	}
	query := `subscription { inboxChanged { kind taskId task { kind deadline { dueAt } } } }`
	if of != nil {
		query = `subscription { events { id type at text case { id number stage } } }`
	}
	if err := conn.Subscribe(ctx, "1", query, nil); err != nil {
		return err
	}
	if err := conn.Send(ctx, "ping", "", nil); err != nil {
		return err
	}
	for {
		m, err := conn.Receive(ctx)
		if err != nil {
			return err
		}
		if m.Type == "pong" {
			break
		}
	}
	a.ended.Go(func() {
		defer conn.Cut()
		for {
			m, err := conn.Receive(ctx)
			if err != nil || m.Type != "next" {
				return
			}
			a.take(m.Payload, of)
		}
	})
	return nil
}

func (a *audience) take(payload []byte, of *listener) {
	now := time.Now()
	a.deliveries.Add(1)
	if of == nil {
		return
	}
	var told struct {
		Data struct {
			Events struct {
				ID string
				At time.Time
			}
		}
	}
	if json.Unmarshal(payload, &told) != nil {
		return
	}
	of.mu.Lock()
	of.seen = append(of.seen, told.Data.Events.ID)
	of.mu.Unlock()
	a.mu.Lock()
	a.late = append(a.late, now.Sub(told.Data.Events.At))
	a.mu.Unlock()
}

func (a *audience) reset() {
	a.mu.Lock()
	a.late = nil
	a.mu.Unlock()
	a.deliveries.Store(0)
}

// measured is what came since the reset: all deliveries, and how late the events were after
// the instant that they carry.
func (a *audience) measured() (deliveries int64, late Result) {
	a.mu.Lock()
	defer a.mu.Unlock()
	late.Latencies = slices.Clone(a.late)
	slices.Sort(late.Latencies)
	return a.deliveries.Load(), late
}

// compare wants every follower to have got the same events, each once.
func (a *audience) compare() error {
	deadline := time.Now().Add(time.Minute)
	for {
		err := a.differ()
		if err == nil || time.Now().After(deadline) {
			return err
		}
		if err := wait(context.Background(), time.Second); err != nil {
			return err
		}
	}
}

func (a *audience) differ() error {
	var first []string
	for i, f := range a.followers {
		f.mu.Lock()
		seen := slices.Clone(f.seen)
		f.mu.Unlock()
		if i == 0 {
			first = seen
			if once := slices.Compact(slices.Sorted(slices.Values(seen))); len(once) != len(seen) {
				return fmt.Errorf("%d events were told, %d of them twice", len(seen), len(seen)-len(once))
			}
		}
		// They began at about the same time: the end is the same, in the same order.
		n := min(len(first), len(seen))
		if !slices.Equal(first[len(first)-n:], seen[len(seen)-n:]) || max(len(first), len(seen))-n > 50 {
			return fmt.Errorf("follower %d was told %d events, the first one %d, or others", i, len(seen), len(first))
		}
	}
	return nil
}

func (a *audience) leave() {
	a.stop()
	a.ended.Wait()
}

// processTime is the user and system time of one process.
func processTime(pid int) time.Duration {
	fields, ok := processStat(pid)
	if !ok || len(fields) < 13 {
		return 0
	}
	var ticks int64
	for _, field := range fields[11:13] {
		n, _ := strconv.ParseInt(field, 10, 64)
		ticks += n
	}
	return time.Duration(ticks) * time.Second / 100
}

// processMiB is the proportional memory of one process.
func processMiB(pid int) float64 {
	raw, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "smaps_rollup"))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(raw)) {
		if rest, ok := strings.CutPrefix(line, "Pss:"); ok {
			kib, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kib / 1024
		}
	}
	return 0
}
