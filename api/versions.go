package api

import (
	"context"
	"strings"
	"time"

	"github.com/tiaochu/tiaochu/api/transport"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/store"
)

// volatile are the fields that change with the clock alone. Everything else that is about time,
// such as what is overdue, changes by an event when its time has come.
var volatile = []string{
	"Case.allowedCommands", "Package.allowedCommands", // some commands have their days
	"ViewerCounts.dueThisWeek", // counted from now on
	"Statistics.asOf",
}

func (s *service) versions(build string) transport.Versions {
	return transport.Versions{Of: s.version, Keep: kept, Build: build, Volatile: volatile}
}

// version names what the signed-in person reads: the record as they see it, on this day in
// Asia/Shanghai, on which it hangs which procedures are in force.
func (s *service) version(ctx context.Context, known string) (version string, unchanged bool, err error) {
	q, err := signedIn(ctx)
	if err != nil {
		return "", false, nil //nolint:nilerr // nobody's answers have no version
	}
	today := s.now().In(casefile.Shanghai).Format(time.DateOnly)
	var last store.ReadVersion
	if day, record, found := strings.Cut(known, "/"); found && day == today {
		last = store.ReadVersion(record)
	}
	now, unchanged, err := s.store.ReadVersion(ctx, q.viewer, q.people.Version, q.law.Version(), last)
	if err != nil || now == "" {
		return "", false, err
	}
	return today + "/" + string(now), unchanged, nil
}

// kept is false of an answer that found something missing: it may be a case that is closed to
// the viewer, and every look at that is recorded.
func kept(ctx context.Context) bool {
	q, err := signedIn(ctx)
	return err == nil && !q.missed.Load()
}
