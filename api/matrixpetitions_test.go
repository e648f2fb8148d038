package api_test

import (
	"github.com/stretchr/testify/require"
)

// accusing is an accusation of somebody.
func accusing(key string, accused map[string]any) map[string]any {
	input := accusation(key)
	accused["role"] = "ACCUSED"
	input["parties"].([]any)[1] = accused
	return input
}

// opinionOn is what is said to a claim; "@" is the mark.
func opinionOn(claim, outcome string) map[string]any {
	return map[string]any{"claim": claim, "outcome": outcome, "facts": "属实@", "reasons": "应当维修@", "legalBasis": "第三十五条@"}
}

// appealAnsweredThrice is an appeal that the land bureau, which it is about, handles: with an
// extension, a decision, its review by the city's bureau and the re-review by the province's.
func (o *office) appealAnsweredThrice(s *situation) {
	o.t.Helper()
	input := petition(s.name)
	input["parties"] = []any{
		map[string]any{"role": "PETITIONER", "name": "赵敏", "phone": "13900139000"},
		map[string]any{"role": "RESPONSIBLE_UNIT", "unitId": unit("530402-land")},
	}
	p := o.plant(s, petitionClerk, input)
	p.act(petitionClerk, "transferCase", map[string]any{"toUnitId": unit("530402-land"), "reason": "属自然资源@"})
	p.serve(petitionClerk, "FORWARDING", 0, nil) // until then the sender's desk sees the case
	p.act(landClerk, "objectTransfer", map[string]any{"reason": "不属本局@"})
	p.act(petitionClerk, "answerObjection", map[string]any{"agreed": false, "reason": "属贵局@"})
	p.act("p-5304-petition-leader-1", "decideCompetence", map[string]any{"unitId": unit("530402-land"), "reason": "属其职责@"})
	p.act(landClerk, "acceptCase", map[string]any{"route": "PETITION_PROCEDURE"})
	p.serve(landClerk, "ACCEPTANCE", 0, nil)
	p.act(landManager, "assignCase", map[string]any{"personId": person(landHandler)})
	handling := p.sub("Deadline", p.running("handling"))
	p.act(landManager, "requestExtension", map[string]any{"deadlineId": handling, "length": 30, "unit": "CALENDAR_DAYS", "reason": "勘验@"})
	p.act(landLeader, "decideExtension", map[string]any{"deadlineId": handling, "approved": true, "reason": "准予@"})
	p.act(landHandler, "concludeInvestigation", map[string]any{"facts": "事实@", "path": "DECISION"})
	p.act(landHandler, "issueDecision", map[string]any{"claims": []any{opinionOn("C1", "SUPPORTED"), opinionOn("C2", "NOT_SUPPORTED")}})
	p.serve(landClerk, "DECISION", 0, nil)
	p.act(landClerk, "requestReview", map[string]any{"partyId": s.parties[0], "unitId": unit("5304-land"), "reason": "不服@"})
	upheld := map[string]any{"outcome": "UPHELD", "facts": "属实@", "reasons": "适当@", "legalBasis": "条例@"}
	changed := map[string]any{"outcome": "CHANGED", "facts": "已多收@", "reasons": "应退@", "legalBasis": "条例@", "claims": []any{opinionOn("C2", "SUPPORTED")}}
	p.act(cityLandLeader, "issueReviewOpinion", changed)
	p.serve("p-5304-land-clerk-1", "REVIEW_OPINION", 0, nil)
	o.now = o.now.AddDate(0, 0, 40)
	p.act("p-5304-land-clerk-1", "requestReReview", map[string]any{
		"partyId": s.parties[0], "unitId": unit("53-land"), "reason": "仍不服@", "lateReason": "住院@",
	})
	p.act("p-53-land-leader-1", "issueReReviewOpinion", upheld)
	p.serve("p-53-land-clerk-1", "RE_REVIEW_OPINION", 0, nil)
}

// retaliation is a sealed report that the land bureau's leader retaliates against the petitioner
// of an appeal which the bureau handles.
func (o *office) retaliation(appeal, report *situation) {
	o.t.Helper()
	input := petition(appeal.name)
	// The report shows who is retaliated against: the name is the report's too, and has no mark.
	input["parties"] = []any{map[string]any{"role": "PETITIONER", "name": unmarked, "phone": "13900139000"}}
	p := o.plant(appeal, petitionClerk, input)
	p.act(petitionClerk, "transferCase", map[string]any{"toUnitId": unit("530402-land"), "reason": "转送@"})
	p.serve(petitionClerk, "FORWARDING", 0, nil)
	p.act(landClerk, "acceptCase", nil)
	p.act(landManager, "assignCase", map[string]any{"personId": person(landHandler)})
	before := o.known()
	reported := o.mutate(petitionClerk, "reportRetaliation", o.on(appeal.id, map[string]any{
		"partyId": appeal.parties[0], "narrative": "停发补助" + report.mark, "method": "ON_SITE", "personId": person(landLeader),
	}))
	require.Empty(o.t, reported.UserErrors)
	o.adopt(report, before)
	about := planting{o, report}
	about.act(leader, "answerRetaliation", map[string]any{"finding": "CONFIRMED", "measures": "责令改正@"})
}

// mixedPetition is an appeal from which its accusation, of a land clerk, was split off.
func (o *office) mixedPetition(mother, child *situation) {
	o.t.Helper()
	p := o.plant(mother, petitionClerk, petition(mother.name))
	before := o.known()
	done := o.mutate(petitionClerk, "splitCase", o.on(mother.id, withMark(map[string]any{
		"petitionType": "ACCUSATION", "category": "P-URBAN-PROPERTY", "title": "反映@", "narrative": "收受@", "claims": []any{"C2"}, "reason": "分开办理",
		"parties": []any{
			map[string]any{"role": "PETITIONER", "name": "赵@"}, map[string]any{"role": "ACCUSED", "personId": person(landClerk)},
		},
	}, child.mark).(map[string]any)))
	require.Empty(o.t, done.UserErrors)
	o.adopt(child, before)
	p.act(petitionClerk, "addNote", map[string]any{"text": "已拆分@"})
}

// merged is a younger dispute that went into an older one.
func (o *office) merged(older, younger *situation) {
	o.t.Helper()
	first := o.plant(older, clerk, dispute(older.name))
	second := o.plant(younger, otherClerk, dispute(younger.name))
	o.do(clerk, "linkCases", o.on(younger.id, map[string]any{"otherCaseId": older.id, "kind": "REPEAT", "reason": "同一" + younger.mark}))
	o.do(clerk, "mergeCase", o.on(older.id, map[string]any{"otherCaseId": younger.id, "reason": "并案" + younger.mark}))
	second.act(manager, "verifyClosure", nil)
	second.serve(clerk, "MERGER", 0, nil)
	first.act(clerk, "addNote", map[string]any{"text": "已并案@"})
}

// packaged are leadership packages: one that was stabilised and whose end is proposed, one that
// was resolved, and one over a restricted case; none is opened over a sealed one.
func (o *office) packaged(packages []*situation, open, ended, restricted, sealed *situation) {
	o.t.Helper()
	opening := func(s *situation, cases ...string) map[string]any {
		input := packageOf(s.name, cases...)
		input["title"], input["reason"] = "包案"+s.mark, "未决"+s.mark
		return input
	}
	led := func(s *situation, who, mutation string, fields map[string]any) *packageShown {
		o.t.Helper()
		done := o.leads(who, mutation, o.onPackage(s.id, withMark(fields, s.mark).(map[string]any)))
		require.Empty(o.t, done.UserErrors, "%s: %s by %s", s.name, mutation, who)
		o.now = o.now.Add(1e9)
		return done.LeadershipPackage
	}
	begin := func(s *situation, who, mutation string, cases ...string) {
		o.t.Helper()
		got := o.leads(who, mutation, opening(s, cases...))
		require.Empty(o.t, got.UserErrors, s.name)
		s.id, s.number = got.LeadershipPackage.ID, got.LeadershipPackage.Number
		s.isPackage = true
		o.now = o.now.Add(1e9)
	}
	stabilised := packages[0]
	begin(stabilised, manager, "openPackage", open.id)
	led(stabilised, countyLeader, "setPackagePlan", map[string]any{"milestones": []any{map[string]any{"title": "约谈@", "dueOn": "2026-03-31"}}})
	led(stabilised, countyLeader, "recordPackageReview", map[string]any{
		"progress": "已约谈@", "help": "援助@", "explanation": "解释@", "contact": "走访@", "milestonesDone": []any{"M1"},
	})
	led(stabilised, countyLeader, "concludePackage", map[string]any{"outcome": "STABILISED", "summary": "稳控@"})
	led(stabilised, countyDeputy, "approvePackage", map[string]any{"reason": "同意@"})

	resolved := packages[1]
	begin(resolved, countyLeader, "proposePackage", ended.id)
	led(resolved, countyDeputy, "approvePackage", map[string]any{"reason": "同意@"})
	asked := map[string]any{"result": "ANSWERED", "method": "PHONE", "satisfaction": 4, "comment": "满意@"}
	led(resolved, countyLeader, "recordPackageReview", map[string]any{"progress": "回访@", "members": []any{
		map[string]any{"caseId": ended.id, "asked": asked, "outcome": "AGREEMENT_WRITTEN"},
	}})
	led(resolved, countyLeader, "concludePackage", map[string]any{"outcome": "RESOLVED", "summary": "化解@"})
	led(resolved, countyDeputy, "approvePackage", map[string]any{"reason": "同意@"})
	narrow := packages[2]
	begin(narrow, manager, "openPackage", restricted.id)
	input := opening(narrow, sealed.id)
	input["clientMutationId"] = "over a sealed case"
	refused := o.leads(petitionHead, "openPackage", input)
	require.Equal(o.t, "NOT_COMPETENT", refused.UserErrors[0].Code, "a sealed case joins no package")
	o.passPackage(narrow.id, 20) // its plan is overdue
	led(narrow, countyLeader, "recordPackageReview", map[string]any{"progress": "已走访@", "help": "援助@"})
	led(narrow, countyLeader, "concludePackage", map[string]any{"outcome": "STABILISED", "summary": "稳控@"})
}
