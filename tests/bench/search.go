package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/store"
)

// SearchOptions say what to measure.
type SearchOptions struct {
	Record      *store.Store
	PostgresURL string
	Load        LoadOptions
	// Times is how often each search is made.
	Times int
	Out   io.Writer
}

// The texts of the loaded cases have the same ids in each.
const (
	loadedTitle     = "7ead0000-0000-4000-8000-000000000001"
	loadedNarrative = "7ead0000-0000-4000-8000-000000000002"
	loadedParty     = "7ead0000-0000-4000-8000-000000000003"
)

// Search measures searches in the texts of many cases, all with one centre, whose manager works on
// most of them, beside the same list without a search. What is in every case, seldom or nowhere
// takes different ways (store/search.go).
func Search(ctx context.Context, options SearchOptions) error {
	pool, err := pgxpool.New(ctx, options.PostgresURL)
	if err != nil {
		return fmt.Errorf("connect to Postgres: %w", err)
	}
	defer pool.Close()
	if _, err := LoadCases(ctx, options.Record, options.Load); err != nil {
		return err
	}
	took, err := options.tell(ctx, pool)
	if err != nil {
		return err
	}
	out := options.Out
	fmt.Fprintf(out, "%d cases of %s; their texts stored in %.0f s by 4 clients\n", options.Load.Cases, options.Load.Within, took.Seconds())
	for _, relation := range []string{"contents", "text_tokens", "text_tokens_by_token", "text_tokens_pkey"} {
		var bytes int64
		if err := pool.QueryRow(ctx, "select pg_table_size('"+relation+"')").Scan(&bytes); err != nil {
			return fmt.Errorf("measure %s: %w", relation, err)
		}
		fmt.Fprintf(out, "%-22s %6d MB\n", relation, bytes>>20)
	}
	dir, err := options.Record.Directory(ctx)
	if err != nil {
		return err
	}
	manager := dir.Holders(casefile.RoleManager, "u-530402-center")[0]
	viewer := store.NewViewer(dir, manager)
	var scope int
	if err := pool.QueryRow(ctx, "select count(*) from case_grants where grantee = 'MANAGER@u-530402-center'").Scan(&scope); err != nil {
		return fmt.Errorf("count the manager's cases: %w", err)
	}
	fmt.Fprintf(out, "the manager works on %d of them\n\nms, p50 / p95 of %d searches for 20 cases; found on the page; whether it was partial\n", scope, options.Times)
	for _, asked := range []struct{ name, text string }{
		{"no search", ""},
		{"in every case", "纠纷"},
		{"in every sixth", "噪音"},
		{"in every sixth, long", "夜间噪音扰民"},
		{"two words, 1 in 36", "噪音 漏水"},
		{"a name, 1 in 2,000", "欧阳娜娜"},
		{"1 in 20,000", "独角兽"},
		{"nowhere", "饕餮盛宴"},
		{"nowhere, of common pairs", "纠纷噪音"},
	} {
		if err := options.measure(ctx, viewer, asked.name, asked.text); err != nil {
			return err
		}
	}
	return nil
}

func (o SearchOptions) measure(ctx context.Context, viewer store.Viewer, name, text string) error {
	query := store.CaseQuery{Page: store.Page{First: 20}}
	if text != "" {
		words, err := store.NewSearchText(text)
		if err != nil {
			return err
		}
		query.Filter.Text = words
	}
	var page store.CasePage
	var took []time.Duration
	for range o.Times + 1 {
		began := time.Now()
		var err error
		if page, err = o.Record.Cases(ctx, viewer, query); err != nil {
			return err
		}
		took = append(took, time.Since(began))
	}
	took = took[1:] // the first one plans
	slices.Sort(took)
	result := Result{Latencies: took}
	fmt.Fprintf(o.Out, "%-26s %8.1f / %8.1f   %3d   %v\n", name, ms(result.Percentile(50)), ms(result.Percentile(95)), len(page.Rows), page.Reached != nil)
	return nil
}

// tell gives the loaded cases texts.
func (o SearchOptions) tell(ctx context.Context, pool *pgxpool.Pool) (time.Duration, error) {
	// The simulated centre becomes the one that somebody works at.
	if _, err := pool.Exec(ctx, "update case_grants set grantee = replace(grantee, '@530402-CENTER', '@u-530402-center')"); err != nil {
		return 0, fmt.Errorf("name the centre: %w", err)
	}
	if _, err := pool.Exec(ctx, `update cases set state = replace(state, '530402-CENTER', 'u-530402-center')::jsonb || jsonb_build_object('title', $1::text, 'narrative', $2::text,
		'parties', jsonb_build_array((state::jsonb -> 'parties' -> 0) || jsonb_build_object('content', $3::text)))`,
		loadedTitle, loadedNarrative, loadedParty); err != nil {
		return 0, fmt.Errorf("name the texts: %w", err)
	}
	began := time.Now()
	group, storing := errgroup.WithContext(ctx)
	const clients = 4
	for client := range clients {
		group.Go(func() error {
			r := rand.New(rand.NewPCG(o.Load.Seed, uint64(client)))
			for i := client; i < o.Load.Cases; i += clients {
				if err := o.Record.PutTexts(storing, caseIDOf(o.Load.Seed, i), loadedTexts(r, i)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return 0, err
	}
	took := time.Since(began)
	if _, err := pool.Exec(ctx, "vacuum analyze text_tokens, contents, cases"); err != nil {
		return 0, fmt.Errorf("analyse the texts: %w", err)
	}
	return took, nil
}

var loadedMatters = []string{"夜间噪音扰民", "卫生间漏水浸湿楼下天花板", "拖欠农民工工资", "宅基地边界不清", "物业费收取标准有异议", "车位被长期占用"}

// loadedTexts are a title, a narrative of some 180 characters and a party.
func loadedTexts(r *rand.Rand, i int) []store.Text {
	matter := loadedMatters[r.IntN(len(loadedMatters))]
	var b strings.Builder
	b.WriteString("当事人反映" + loadedMatters[r.IntN(len(loadedMatters))] + "，双方多次协商未果，由此引发纠纷，请求调解。")
	for range 120 { // what tells one narrative from another
		b.WriteRune(rune(0x4E00 + min(r.IntN(3000), r.IntN(3000))))
	}
	if i%20_000 == 7 {
		b.WriteString("独角兽")
	}
	name := string([]rune{rune(0x4E00 + r.IntN(400)), rune(0x5B50 + r.IntN(1500)), rune(0x5B50 + r.IntN(1500))})
	if i%2_000 == 11 {
		name = "欧阳娜娜"
	}
	content, _ := json.Marshal(casefile.PartyContent{Name: name}) // strings always encode
	return []store.Text{
		{ID: loadedTitle, Kind: casefile.TextTitle, Value: "关于" + matter + "的纠纷"},
		{ID: loadedNarrative, Kind: casefile.TextNarrative, Value: b.String()},
		{ID: loadedParty, Kind: casefile.TextParty, Value: string(content)},
	}
}
