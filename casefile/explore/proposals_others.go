package explore

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/tiaochu/tiaochu/casefile"
)

// What other aggregates bring to a case: another case's word or answer, a package's, a draw.
// And what a case asks of another one.

// others are the acts of the system besides time, with their inputs. A scope names those that
// are brought.
var others = map[string]func(moment) []proposal{
	"AnswerErrand":  answersToErrands,
	"NoteLink":      notedLinks,
	"JoinCase":      joinings,
	"TakeOver":      takeOvers,
	"CallOffMerger": callOffs,
	"NoteFinality":  finalities,
	"JoinPackage":   packageJoinings,
	"LeavePackage":  packageLeavings,
	"NotePackage":   packageNews,
	"DrawForSample": draws,
	"ResumeEnd":     answeredReports,
}

// answersToErrands are both answers to everything that the case has asked of others.
func answersToErrands(m moment) []proposal {
	var list []proposal
	for _, errand := range casefile.Errands(m.state) {
		what := "proposed package"
		if errand.Package == nil {
			what = casefile.MutationName(casefile.ActName(errand.Command.Act))
		}
		list = append(list,
			proposal{casefile.AnswerErrand{ErrandID: errand.ID, Number: "530402-D-2026-000002"}, what + " done"},
			proposal{casefile.AnswerErrand{ErrandID: errand.ID, Refusal: &casefile.Refusal{
				Code: casefile.RefusedConflict, Message: "no", MessageZH: "不",
			}}, what + " refused"},
		)
	}
	return list
}

const anotherCase = "another"

// links tie the case to the other one in either way, each once.
func links(m moment) []proposal {
	var list []proposal
	for _, kind := range []casefile.LinkKind{casefile.LinkRelated, casefile.LinkRepeat} {
		if !slices.ContainsFunc(m.state.Links, func(l casefile.Link) bool { return l.Kind == kind }) {
			list = append(list, proposal{
				casefile.LinkCases{Kind: kind, CaseID: anotherCase, Number: "530402-D-2026-000002"}, string(kind),
			})
		}
	}
	return list
}

func notedLinks(moment) []proposal {
	return []proposal{{act: casefile.NoteLink{LinkID: "theirs", Kind: casefile.LinkRelated, CaseID: anotherCase, Number: "530402-D-2026-000002"}}}
}

// mergers ask one other case, which is younger.
func mergers(m moment) []proposal {
	if len(m.state.Mergers)+len(m.state.TakenOver) > 0 {
		return nil
	}
	return []proposal{{act: casefile.MergeCase{CaseID: anotherCase, Number: "530402-D-2026-000002", Reason: "text", There: "text"}}}
}

// joinings ask the case to end in an older one, by somebody who may merge it.
func joinings(m moment) []proposal {
	if len(m.state.Unmerged) > 0 {
		return nil
	}
	for _, actor := range m.cast.Actors() {
		if actor.UnitID != m.state.ResponsibleUnitID || actor.Role != casefile.RoleManager {
			continue
		}
		return []proposal{{act: casefile.JoinCase{MergerID: "theirs", Reason: "text", By: actor, Into: casefile.MergerStanding{
			CaseID: "older", Number: "530402-D-2026-000000", Kind: m.state.Kind, PetitionType: m.state.PetitionType,
			Sealed: m.state.Confidentiality == casefile.ConfidentialitySealed, Accepted: true,
			RegisteredAt: m.state.RegisteredAt.Add(-oneDay),
		}}}}
	}
	return nil
}

// takeOvers bring what the younger case holds: a party of its own, a handler, an earlier day.
func takeOvers(m moment) []proposal {
	var list []proposal
	for _, merger := range m.state.Mergers {
		if merger.Status != casefile.MergerUnderWay {
			continue
		}
		list = append(list, proposal{act: casefile.TakeOver{MergerID: merger.ID, CaseContent: casefile.CaseContent{
			CaseID: merger.CaseID, Number: merger.Number, Parties: []casefile.Party{party("P1", casefile.PartyThird)},
			Confidentiality: casefile.ConfidentialityNormal, HandledBy: []string{countyPetition + "-investigator1"},
		}}})
	}
	return list
}

func callOffs(m moment) []proposal {
	var list []proposal
	for _, merger := range m.state.Mergers {
		if merger.Status == casefile.MergerUnderWay {
			list = append(list, proposal{act: casefile.CallOffMerger{MergerID: merger.ID, Why: "no", WhyZH: "不"}})
		}
	}
	return list
}

func finalities(moment) []proposal {
	note := casefile.NoteFinality{CaseID: anotherCase, Number: "530402-D-2026-000002"}
	reopened := note
	reopened.TakenBack = true
	return []proposal{{note, "answered for good"}, {reopened, "reopened"}}
}

// packageNews say of the package that was proposed last that nobody took it on, or that the
// next leader is asked.
func packageNews(m moment) []proposal {
	n := len(m.state.Proposals)
	if n == 0 {
		return nil
	}
	last := m.state.Proposals[n-1]
	news := casefile.NotePackage{PackageID: last.PackageID, Number: "530402-B-2026-0001"}
	raised := news
	raised.Level, raised.UnitID, raised.LeaderID = casefile.LevelCity, cityLeadingBody, cityLeadingBody+"-leader1"
	return []proposal{{news, "declined"}, {raised, "raised"}}
}

func packageJoinings(moment) []proposal {
	return []proposal{{act: casefile.JoinPackage{PackageID: "package", Number: "530402-B-2026-0001"}}}
}

func packageLeavings(m moment) []proposal {
	if m.state.PackageID == "" {
		return nil
	}
	return []proposal{{act: casefile.LeavePackage{PackageID: m.state.PackageID, Number: "530402-B-2026-0001"}}}
}

// draws put the case into one sample at a time, which the city's centre looks at.
func draws(m moment) []proposal {
	for _, sample := range m.state.Samples {
		if sample.Finding == "" && !sample.Void {
			return nil
		}
	}
	return []proposal{{act: casefile.DrawForSample{
		SampleID: "sample" + strconv.Itoa(len(m.state.Samples)+1), UnitID: cityCenter, Role: casefile.RoleManager,
	}}}
}

func findings(moment) []proposal {
	var list []proposal
	for _, finding := range []casefile.SampleFinding{casefile.SampleCorrect, casefile.SampleFalseClosure, casefile.SampleDuplicate} {
		list = append(list, proposal{casefile.RecordSampleFinding{Finding: finding, Comment: "text"}, string(finding)})
	}
	return list
}

// splits let the second claim go on as a case of its own, or a matter that was no claim.
func splits(m moment) []proposal {
	register := dispute("D-NEIGHBOUR")
	if m.state.Kind == casefile.Petition {
		register = petition(m.state.PetitionType)
	}
	raw, err := json.Marshal(register)
	if err != nil {
		panic(err) // not reached: a registration holds nothing that has no JSON
	}
	split := casefile.SplitCase{NewCaseID: "part", Register: string(raw), Reason: "text", There: "text"}
	if n := len(m.state.Claims); n > 1 {
		split.Claims = []string{m.state.Claims[n-1].ID}
		return []proposal{{split, "a claim"}}
	}
	return []proposal{{act: split}}
}
