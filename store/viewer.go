package store

import (
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

// Viewer is who reads, with everything that their roles open or close to them.
type Viewer struct {
	PersonID string
	// Actors are the person's roles, each as the actor they would act as.
	Actors []casefile.Actor
	// SubTree are the divisions whose cases they see, the members of local ones included.
	SubTree []casefile.Division
	// OwnUnits are the units whose cases they see, HeadOf those they lead or manage.
	OwnUnits, HeadOf []string
	// RoleInboxes are the roles in which work on cases comes to them.
	RoleInboxes []casefile.RoleAt
	// MemberUnits are their units and all above them: excluding the members of one of
	// these excludes them. LeaderUnits are the units they lead or manage and all below
	// these: excluding the leaders over one of these excludes them.
	MemberUnits, LeaderUnits []string
	// Analyst are the divisions that they may count without seeing a case.
	Analyst []casefile.Division
	// Audits are the divisions whose audit trail they read. It opens no case.
	Audits []casefile.Division
	// OwnCases: they see cases that they were named for.
	OwnCases bool

	dir casefile.Directory
}

// NewViewer derives what a person may see from their roles (domain: who may see and do
// what).
func NewViewer(dir *directory.Directory, person casefile.Person) Viewer {
	v := Viewer{PersonID: person.ID, dir: dir}
	for _, at := range person.Roles {
		unit, ok := dir.Unit(at.UnitID)
		if !ok {
			continue
		}
		v.Actors = append(v.Actors, casefile.Actor{
			PersonID: person.ID, Role: at.Role, UnitID: unit.ID, Division: unit.Division, UnitKind: unit.Kind,
		})
		v.MemberUnits = union(v.MemberUnits, append(dir.Superiors(unit.ID), unit.ID))
		switch at.Role {
		case casefile.RoleManager, casefile.RoleLeader:
			v.HeadOf = union(v.HeadOf, []string{unit.ID})
			v.LeaderUnits = union(v.LeaderUnits, append(dir.Subordinates(unit.ID), unit.ID))
			if overSubTree(unit.Kind) {
				v.SubTree = union(v.SubTree, dir.Area(unit.ID))
			} else {
				v.OwnUnits = union(v.OwnUnits, []string{unit.ID})
			}
		case casefile.RoleSupervisor:
			if overSubTree(unit.Kind) {
				v.SubTree = union(v.SubTree, dir.Area(unit.ID))
			}
		case casefile.RoleClerk:
			v.OwnUnits = union(v.OwnUnits, []string{unit.ID})
		case casefile.RoleAnalyst:
			v.Analyst = union(v.Analyst, dir.Area(unit.ID))
		case casefile.RoleAuditor:
			v.Audits = union(v.Audits, dir.Area(unit.ID))
		}
		if worksOnCases(at.Role) {
			v.OwnCases = true
			v.RoleInboxes = append(v.RoleInboxes, at)
		}
	}
	return v
}

// overSubTree reports whether a unit of this kind answers for its division's whole
// sub-tree.
func overSubTree(kind casefile.UnitKind) bool {
	switch kind {
	case casefile.UnitCenter, casefile.UnitPetitionOffice, casefile.UnitTownshipGovernment, casefile.UnitLeadingBody:
		return true
	}
	return false
}

// worksOnCases reports whether a role has to do with single cases at all.
func worksOnCases(role casefile.Role) bool {
	switch role {
	case casefile.RoleGridWorker, casefile.RoleClerk, casefile.RoleInvestigator, casefile.RoleMediator,
		casefile.RoleManager, casefile.RoleLeader, casefile.RoleSupervisor, casefile.RoleIntegration, casefile.RoleAssessor:
		return true
	}
	return false
}

// union appends what isn't there yet. A province's leader has thousands of units below.
func union[T comparable](list, more []T) []T {
	there := make(map[T]bool, len(list)+len(more))
	for _, item := range list {
		there[item] = true
	}
	for _, item := range more {
		if !there[item] {
			there[item] = true
			list = append(list, item)
		}
	}
	return list
}

// WorksOn reports whether the viewer works on a case that they see: only then are its
// personal data shown to them unmasked.
func (v Viewer) WorksOn(row CaseRow) bool {
	if !v.OwnCases {
		return false
	}
	return slices.ContainsFunc(casefile.Grants(row.State, v.dir), func(grant casefile.Grant) bool {
		if grant.PersonID != "" {
			return grant.PersonID == v.PersonID
		}
		return slices.Contains(v.RoleInboxes, casefile.RoleAt{Role: grant.Role, UnitID: grant.UnitID})
	})
}

// grantees are the names under which cases are open to the viewer.
func (v Viewer) grantees() []string { return append([]string{personKey(v.PersonID)}, v.roleKeys()...) }

// inboxes are the names under which tasks wait for the viewer.
func (v Viewer) inboxes(mine bool) []string {
	if mine {
		return []string{personKey(v.PersonID)}
	}
	return v.grantees()
}

func (v Viewer) roleKeys() []string {
	keys := []string{}
	for _, at := range v.RoleInboxes {
		keys = append(keys, roleKey(at.Role, at.UnitID))
	}
	return keys
}

// exclusions are the names under which a case may be closed to the viewer.
func (v Viewer) exclusions() []string {
	keys := []string{personKey(v.PersonID)}
	for _, unit := range v.MemberUnits {
		keys = append(keys, membersKey(unit))
	}
	for _, unit := range v.LeaderUnits {
		keys = append(keys, leadersKey(unit))
	}
	return keys
}
