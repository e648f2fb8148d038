package leadership

import (
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
)

func present(person casefile.Person) bool { return person.Away == nil }

// standIns adds the tasks of a leader who is away a second time: for the deputy, where that is
// another leader of the body, or works in the package's team, and else for the body's other
// leaders. Nobody else has a part in the package, so nobody else gets one by an absence.
func (t *tasking) standIns() {
	for _, task := range slices.Clone(t.tasks) {
		leader, ok := t.dir.Person(task.AssigneeID)
		if !ok || leader.Away == nil {
			continue
		}
		second := task
		second.ID, second.StandsInFor, second.AssigneeID = task.ID+":for:"+leader.ID, leader.ID, ""
		post := casefile.RoleAt{Role: casefile.RoleLeader, UnitID: t.state.LeaderUnitID}
		deputy, known := t.dir.Person(leader.Away.DeputyID)
		switch {
		case known && present(deputy) && (slices.Contains(t.state.TeamIDs, deputy.ID) || deputy.Holds(post.Role, post.UnitID)):
			second.AssigneeID = deputy.ID
		case slices.ContainsFunc(t.dir.Holders(post.Role, post.UnitID), present):
			second.InboxRole, second.InboxUnit = post.Role, post.UnitID
		default:
			continue
		}
		t.tasks = append(t.tasks, second)
	}
}
