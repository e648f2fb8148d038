package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/tiaochu/tiaochu/casefile"
)

// recounted is a case whose clocks an append has counted under a law, so that it leaves the
// queue of those that a law may move. The zero value is none.
type recounted struct {
	caseID     string
	lawVersion int64
}

// counts tells what a command does for the queue: to let time pass is to count every open
// clock anew.
func (k *known) counts(command casefile.Command) recounted {
	if _, passes := command.Act.(casefile.PassTime); !passes || !k.queued {
		return recounted{}
	}
	return recounted{command.CaseID, k.law.Version()}
}

func (r recounted) queue(batch *pgx.Batch) {
	if r.caseID != "" {
		batch.Queue("delete from recounts where case_id = $1 and law_version <= $2", r.caseID, r.lawVersion)
	}
}

// dequeue commits a count that moved nothing.
func dequeue(ctx context.Context, conn *pgxpool.Conn, counted recounted) error {
	if counted.caseID == "" {
		return nil
	}
	batch := &pgx.Batch{}
	counted.queue(batch)
	batch.Queue("commit")
	if err := conn.SendBatch(ctx, batch).Close(); err != nil {
		return fmt.Errorf("take case %s from the queue: %w", counted.caseID, err)
	}
	return nil
}
