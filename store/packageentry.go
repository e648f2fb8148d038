package store

import (
	"context"
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

// newPackageEntry numbers, hashes and folds decided events.
func newPackageEntry(known *knownPackage, command leadership.Command, decided []leadership.Event) (*packageEntry, error) {
	events, hashes, err := chained(decided, known.state.Version, known.chainHash)
	if err != nil {
		return nil, err
	}
	e := &packageEntry{known: known, after: known.state, command: command, events: events, chainHash: known.chainHash}
	e.after.ID = command.PackageID
	for i, event := range events {
		row, err := newPackageEventRow(command.PackageID, event, hashes[i])
		if err != nil {
			return nil, err
		}
		e.rows, e.chainHash = append(e.rows, row), hashes[i]
		e.after = leadership.Apply(e.after, event)
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
