package explore

import (
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// What a search begins with.

// begins registers one case.
func begins(who string, act casefile.RegisterCase) func(time.Time) []opening {
	return func(time.Time) []opening { return []opening{{who: who, act: act}} }
}

func all(begins ...func(time.Time) []opening) func(time.Time) []opening {
	return func(now time.Time) []opening {
		var list []opening
		for _, begin := range begins {
			list = append(list, begin(now)...)
		}
		return list
	}
}

func party(id string, role casefile.PartyRole) casefile.Party {
	return casefile.Party{ID: id, Role: role, Kind: casefile.NaturalPerson, Content: "text", Named: true}
}

func dispute(category string) casefile.RegisterCase {
	return casefile.RegisterCase{
		Kind: casefile.Dispute, Source: casefile.SourceWalkIn, Division: township, Category: category,
		Title: "text", Narrative: "text", Claims: []casefile.TextID{"text"},
		Parties: []casefile.Party{party("P1", casefile.PartyApplicant), party("P2", casefile.PartyRespondent)},
	}
}

func entrusted() casefile.RegisterCase {
	register := dispute("D-NEIGHBOUR")
	register.Source, register.CourtStage = casefile.SourceCourtEntrusted, casefile.CourtPreFiling
	return register
}

func petition(kind casefile.PetitionType) casefile.RegisterCase {
	register := dispute("P-URBAN-PROPERTY")
	register.Kind, register.PetitionType = casefile.Petition, kind
	register.Parties = []casefile.Party{party("P1", casefile.PartyPetitioner)}
	if kind == casefile.Appeal {
		register.Claims = append(register.Claims, "text")
		// The notice of an acceptance changes nothing in the life of a petition. That of a
		// suggestion is explored; here it would double the states.
		register.Parties[0].OutOfReach = true
	}
	return register
}

func accusation(personID string) casefile.RegisterCase {
	register := petition(casefile.Accusation)
	accused := party("P2", casefile.PartyAccused)
	accused.PersonID = personID
	register.Parties = append(register.Parties, accused)
	return register
}

// oneSided is a dispute with somebody unknown, who is neither told nor asked anything: the
// short way through a case, for topics that have nothing to do with its parties.
func oneSided(register casefile.RegisterCase) casefile.RegisterCase {
	register.Parties[1] = casefile.Party{ID: "P2", Role: casefile.PartyRespondent, Kind: casefile.NaturalPerson, Anonymous: true}
	return register
}

func anonymous(register casefile.RegisterCase) casefile.RegisterCase {
	who := register.Parties[0]
	register.Parties[0] = casefile.Party{ID: who.ID, Role: who.Role, Kind: who.Kind, Anonymous: true}
	return register
}

// retaliation is the record of a report, made of a dispute that the county's centre handles.
func retaliation() casefile.RegisterCase {
	named := party("NAMED", casefile.PartyAccused)
	named.PersonID = countyBureau + "-clerk1"
	register := petition(casefile.Accusation)
	register.Category = "P-DISCIPLINE-CONDUCT"
	register.Claims = nil
	register.Parties = append(register.Parties, named)
	register.Retaliation = &casefile.Retaliated{
		CaseID: anotherCase, Number: "530402-D-2026-000002", UnitID: countyCenter, Method: casefile.FollowUpOnSite, Holds: []string{anotherCase},
	}
	return register
}

func imported(now time.Time) []opening {
	ended := casefile.ImportEnded{
		Register: petition(casefile.Appeal), Reply: "text",
		AcceptedAt: now.Add(-100 * oneDay), ConcludedAt: now.Add(-70 * oneDay),
	}
	ended.Register.ReceivedAt = ended.AcceptedAt
	return []opening{{who: cityCenter + "-manager1", act: ended}}
}
