package bench

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
)

func (o ReadOptions) plans(context.Context, *pgxpool.Pool) error { return nil }
