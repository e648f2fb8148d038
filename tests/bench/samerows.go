package bench

import (
	"context"
	"fmt"
	"reflect"

	"github.com/jackc/pgx/v5/pgxpool"
)

// sameRows fails where a server answers another page than the bare read. It returns how many
// cases the page has.
func sameRows(ctx context.Context, server *pageClient, bare *bareReader, at place) (int, error) {
	raw, err := server.page(ctx, at.cursor)
	if err != nil {
		return 0, err
	}
	answered, err := decodePage(raw)
	if err != nil {
		return 0, err
	}
	if raw, err = bare.page(ctx); err != nil {
		return 0, err
	}
	told, err := decodePage(raw)
	if err != nil {
		return 0, err
	}
	answered.Data.Cases.PageInfo.EndCursor = nil
	here, there := answered.Data.Cases, told.Data.Cases
	if len(here.Edges) != len(there.Edges) {
		return 0, fmt.Errorf("%s, page %d: %d cases were answered, the bare read has %d", bare.of.name, at.page, len(here.Edges), len(there.Edges))
	}
	for i := range here.Edges {
		if !reflect.DeepEqual(here.Edges[i], there.Edges[i]) {
			return 0, fmt.Errorf("%s, page %d, case %d: answered %+v, the bare read has %+v", bare.of.name, at.page, i+1, here.Edges[i].Node, there.Edges[i].Node)
		}
	}
	if here.PageInfo.HasNextPage != there.PageInfo.HasNextPage {
		return 0, fmt.Errorf("%s, page %d: more follows: answered %t, the bare read has %t", bare.of.name, at.page, here.PageInfo.HasNextPage, there.PageInfo.HasNextPage)
	}
	return len(here.Edges), nil
}

// CompareReads walks to the page of a number, or to the last there is, as each reader, and fails
// where a page answered at url differs from the bare read. It returns how many cases it compared.
func CompareReads(ctx context.Context, url string, signIn func(personID string) (string, error), pool *pgxpool.Pool, pages ...int) (int, error) {
	compared := 0
	for _, r := range readers() {
		token, err := signIn(r.person)
		if err != nil {
			return compared, err
		}
		client := newPageClient(url, token)
		for _, page := range pages {
			at, err := client.walk(ctx, page)
			if err != nil {
				return compared, err
			}
			bare, err := newBareReader(ctx, pool, r, at)
			if err != nil {
				return compared, err
			}
			n, err := sameRows(ctx, client, bare, at)
			if err != nil {
				return compared, err
			}
			compared += n
		}
	}
	return compared, nil
}
