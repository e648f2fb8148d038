package store

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/directory"
)

// tasked is what has tasks: cases, or packages.
type tasked struct {
	// affected are the ids of those with a task in the inboxes $1, or open to the grantees $2, in order; states locks those
	// of the ids $1 and reads their states; derived notes the directory's version $2 of them.
	affected, states, derived string
	// derive writes again, of the states read, what follows from the directory.
	derive func(w *writing, states [][]byte, dir *directory.Directory) error
}

var everythingTasked = []tasked{
	{
		affected: `select case_id::text from tasks where inbox = any($1::text[])
			union select case_id::text from case_grants where grantee = any($2::text[]) and open order by 1`,
		states:  "select state from cases where id = any($1::uuid[]) order by id for update",
		derived: "update cases set directory_version = $2 where id = any($1::uuid[])",
		derive: func(w *writing, states [][]byte, dir *directory.Directory) error {
			var grants, tasks child
			for _, raw := range states {
				var state casefile.State
				if err := json.Unmarshal(raw, &state); err != nil {
					return err
				}
				grants.add(state.ID, nil, foldGrants(state, dir), true)
				tasks.add(state.ID, nil, foldTasks(state, dir), true)
			}
			w.children(replaceGrants, grants)
			w.children(replaceTasks, tasks)
			return w.err
		},
	},
	{
		affected: `select package_id::text from package_tasks where inbox = any($1::text[] || $2::text[])
			union select g.package_id::text from package_grants g join packages p on p.id = g.package_id
			where p.open and g.grantee like 'person/%' and g.grantee = any($1::text[] || $2::text[]) order by 1`,
		states:  "select state from packages where id = any($1::uuid[]) order by id for update",
		derived: "update packages set directory_version = $2 where id = any($1::uuid[])",
		derive: func(w *writing, states [][]byte, dir *directory.Directory) error {
			var tasks child // who sees a package doesn't follow from the directory
			for _, raw := range states {
				var state leadership.State
				if err := json.Unmarshal(raw, &state); err != nil {
					return err
				}
				tasks.add(state.ID, nil, foldPackageTasks(state, dir), true)
			}
			w.children(replacePackageTasks, tasks)
			return w.err
		},
	},
}

// movedAtOnce bounds how many cases or packages are read and written at a time.
const movedAtOnce = 200

// movedWork is what a change of the directory may move: the tasks of inboxes, and all that is
// open to grantees.
type movedWork struct{ inboxes, grantees []string }

// moveWork derives tasks and grants again, by a new directory. Appends are kept out by the lock
// that the caller holds.
func moveWork(ctx context.Context, tx pgx.Tx, moved movedWork, dir *directory.Directory) error {
	for _, kind := range everythingTasked {
		rows, err := tx.Query(ctx, kind.affected, append([]string{}, moved.inboxes...), append([]string{}, moved.grantees...))
		if err != nil {
			return err
		}
		ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return err
		}
		for chunk := range slices.Chunk(ids, movedAtOnce) {
			if err := kind.move(ctx, tx, chunk, dir); err != nil {
				return err
			}
		}
	}
	return nil
}

func (kind tasked) move(ctx context.Context, tx pgx.Tx, ids []string, dir *directory.Directory) error {
	rows, err := tx.Query(ctx, kind.states, ids)
	if err != nil {
		return err
	}
	states, err := pgx.CollectRows(rows, pgx.RowTo[[]byte])
	if err != nil {
		return err
	}
	batch := &pgx.Batch{}
	if err := kind.derive(&writing{batch: batch}, states, dir); err != nil {
		return err
	}
	batch.Queue(kind.derived, ids, dir.Version)
	return tx.SendBatch(ctx, batch).Close()
}
