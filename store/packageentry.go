package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/tiaochu/tiaochu/casefile/leadership"
)

// packageEntry is what one decided command adds to the record of one package.
type packageEntry struct {
	known     *knownPackage
	after     leadership.State
	command   leadership.Command
	events    []leadership.Event
	rows      []packageEventRow
	chainHash string
}

// newPackageEntry numbers, hashes and folds decided events, taken as they will be read back.
func newPackageEntry(known *knownPackage, command leadership.Command, decided []leadership.Event) (*packageEntry, error) {
	e := &packageEntry{known: known, after: known.state, command: command, chainHash: known.chainHash}
	e.after.ID = command.PackageID
	for i, event := range decided {
		if event.Seq != known.state.Version+1+i {
			return nil, fmt.Errorf("event %s decided for number %d, expected %d", event.Type(), event.Seq, known.state.Version+1+i)
		}
		raw, err := json.Marshal(event)
		if err != nil {
			return nil, err
		}
		var readBack leadership.Event
		if err := json.Unmarshal(raw, &readBack); err != nil {
			return nil, fmt.Errorf("read back event %s: %w", event.Type(), err)
		}
		if e.chainHash, err = leadership.ChainHash(e.chainHash, readBack); err != nil {
			return nil, err
		}
		row, err := newPackageEventRow(command.PackageID, readBack, e.chainHash)
		if err != nil {
			return nil, err
		}
		e.events, e.rows = append(e.events, readBack), append(e.rows, row)
		e.after = leadership.Apply(e.after, readBack)
	}
	return e, nil
}

type packageRequestRow struct {
	PackageID   string `json:"package_id"`
	RequestKey  string `json:"request_key"`
	InputDigest string `json:"input_digest"`
	FirstSeq    int    `json:"first_seq"`
	LastSeq     int    `json:"last_seq"`
}

// commit writes the entry and commits, in one round trip.
func (e *packageEntry) commit(ctx context.Context, conn *pgxpool.Conn) error {
	id, dir := e.command.PackageID, e.known.directory
	var requests []packageRequestRow
	if e.command.RequestKey != "" {
		requests = append(requests, packageRequestRow{
			id, e.command.RequestKey, e.command.InputDigest, e.events[0].Seq, e.events[len(e.events)-1].Seq,
		})
	}
	before := e.known.state
	before.ID = id
	stale := before.Exists() && e.known.directoryVersion != dir.Version
	var members, grants, tasks, orders child
	members.add(id, foldMembers(before), foldMembers(e.after), false)
	grants.add(id, foldPackageGrants(before), foldPackageGrants(e.after), false)
	tasks.add(id, foldPackageTasks(before, dir), foldPackageTasks(e.after, dir), stale)
	orders.add(id, foldPackageOrders(before), foldPackageOrders(e.after), false)

	batch := &pgx.Batch{}
	w := writing{batch: batch}
	// The events come first: where a number is taken, nothing else is touched.
	w.rows(insertPackageEvents, e.rows)
	w.rows(upsertPackages, []packageRow{foldPackage(e.after, e.chainHash, dir.Version)})
	w.rows(insertPackageRequests, requests)
	w.children(replaceMembers, members)
	w.children(replacePackageGrants, grants)
	w.children(replacePackageTasks, tasks)
	w.children(replacePackageOrders, orders)
	if texts := packageTexts(e.events); len(texts) > 0 {
		owners, ids := make([]string, len(texts)), make([]string, len(texts))
		for i, text := range texts {
			owners[i], ids[i] = id, string(text)
		}
		batch.Queue("select reference_contents($1::uuid[], $2::uuid[])", owners, ids)
	}
	if w.err != nil {
		return w.err
	}
	e.known.counts(e.command).queue(batch)
	batch.Queue("commit")
	if err := conn.SendBatch(ctx, batch).Close(); err != nil {
		return fmt.Errorf("write events: %w", err)
	}
	return nil
}
