package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
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
	"Query.auditTrail", // read anew each time, and each look is recorded
}

func (s *service) versions(build string) transport.Versions {
	return transport.Versions{Of: s.version, Keep: kept, Build: build, Volatile: volatile}
}

// version names what the signed-in person reads: the record as they see it, in the roles that this
// sign-in gives them, on this day in Asia/Shanghai, on which it hangs which procedures are in force.
func (s *service) version(ctx context.Context, known string) (version string, unchanged bool, err error) {
	q, err := signedIn(ctx)
	if err != nil {
		return "", false, nil //nolint:nilerr // nobody's answers have no version
	}
	here := s.now().In(casefile.Shanghai).Format(time.DateOnly) + "/" + rolesDigest(q.person.Roles) + "/"
	var last store.ReadVersion
	if record, same := strings.CutPrefix(known, here); same {
		last = store.ReadVersion(record)
	}
	now, unchanged, err := s.store.ReadVersion(ctx, q.viewer, q.people.Version, q.law.Version(), last)
	if err != nil || now == "" {
		return "", false, err
	}
	return here + string(now), unchanged, nil
}

// rolesDigest tells roles apart: two sign-ins of one person may give different ones.
func rolesDigest(roles []casefile.RoleAt) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", roles))
	return hex.EncodeToString(sum[:6])
}

// kept is false of an answer that found something missing: it may be a case that is closed to
// the viewer, and every look at that is recorded.
func kept(ctx context.Context) bool {
	q, err := signedIn(ctx)
	return err == nil && !q.missed.Load()
}
