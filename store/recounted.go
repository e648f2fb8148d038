package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
)

// recounted is a case or package whose clocks an append has counted under a law, so that it
// leaves the queue of those that a law may move. The zero value is none.
type recounted struct {
	id         string
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

// counts is that of a command on a package.
func (k *knownPackage) counts(command leadership.Command) recounted {
	if _, passes := command.Act.(leadership.PassTime); !passes || !k.queued {
		return recounted{}
	}
	return recounted{command.PackageID, k.law.Version()}
}

func (r recounted) queue(batch *pgx.Batch) {
	if r.id != "" {
		batch.Queue("delete from recounts where case_id = $1 and law_version <= $2", r.id, r.lawVersion)
	}
}

// dequeue commits a count that moved nothing.
func dequeue(ctx context.Context, conn *pgxpool.Conn, counted recounted) error {
	if counted.id == "" {
		return nil
	}
	batch := &pgx.Batch{}
	counted.queue(batch)
	batch.Queue("commit")
	if err := conn.SendBatch(ctx, batch).Close(); err != nil {
		return fmt.Errorf("take %s from the queue: %w", counted.id, err)
	}
	return nil
}
