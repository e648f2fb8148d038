package durability

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/stack/stacktest"
	"github.com/tiaochu/tiaochu/tests/office"
)

// anAppeal registers an appeal that somebody at the county's centre takes down.
func anAppeal(o *office.Office, id string) {
	text := func(kind casefile.TextKind, value string) casefile.TextID { return o.Text(id, kind, value) }
	o.Do(id, office.Clerk, casefile.RegisterCase{
		Kind: casefile.Petition, PetitionType: casefile.Appeal, Source: casefile.SourceWalkIn, Division: "530402",
		Category: "P-URBAN-PROPERTY", Title: text(casefile.TextTitle, "电梯停运"), Narrative: text(casefile.TextNarrative, "停运三个月"),
		Claims: []casefile.TextID{text(casefile.TextClaim, "修好电梯")},
		Parties: []casefile.Party{{
			ID: "P1", Role: casefile.PartyPetitioner, Kind: casefile.NaturalPerson, Named: true,
			Content: text(casefile.TextParty, `{"name":"赵敏","phone":"13900139000"}`),
		}},
	})
}

// An appeal is answered for good while another one that repeats it waits for its acceptance.
func TestACaseThatBecomesFinalTellsTheOneThatRepeatsItWhichIsThenNotAccepted(t *testing.T) {
	t.Parallel()
	const organLeader, organClerk = "p-5304-leading-leader-1", "p-5304-leading-clerk-1"
	const reviewLeader, reviewClerk = "p-5304-center-leader-1", "p-5304-center-clerk-1"
	o := office.Open(t, stacktest.Shared(t), office.Options{})
	first, second := office.NewCaseID(), office.NewCaseID()
	anAppeal(o, first)
	anAppeal(o, second)
	word := func(value string) casefile.TextID { return o.Text(first, casefile.TextReason, value) }
	serve := func(who string) {
		notices := o.State(first).Notices
		o.Do(first, who, casefile.RecordService{
			DocumentID: notices[len(notices)-1].ID, PartyID: "P1", Method: casefile.ServedInPerson, ServedAt: time.Now(),
		})
	}
	o.Do(first, office.Clerk, casefile.AcceptCase{})
	serve(office.Clerk)
	o.Do(first, office.Manager, casefile.AssignCase{PersonID: office.Investigator})
	o.Do(first, office.Investigator, casefile.ConcludeInvestigation{Facts: word("f"), Path: casefile.PathDecision})
	o.Do(first, office.Investigator, casefile.IssueDecision{Claims: []casefile.ClaimOpinion{{
		ClaimID: "C1", Outcome: casefile.DecisionNotSupported, Facts: word("f"), Reasons: word("r"), LegalBasis: word("l"),
	}}})
	serve(office.Clerk)
	o.Do(second, office.Clerk, link(casefile.LinkRepeat, o.State(first)))
	require.False(t, settled(t, o, second).Links[0].Final)

	upheld := casefile.ReviewOpinion{Outcome: casefile.ReviewUpheld, Facts: word("f"), Reasons: word("r"), LegalBasis: word("l")}
	o.Do(first, office.Clerk, casefile.RequestReview{ReviewAsked: casefile.ReviewAsked{PartyID: "P1", UnitID: "u-5304-center", Reason: word("r")}})
	o.Do(first, reviewLeader, casefile.IssueReviewOpinion{ReviewOpinion: upheld})
	serve(reviewClerk)
	o.Do(first, reviewClerk, casefile.RequestReReview{ReviewAsked: casefile.ReviewAsked{PartyID: "P1", UnitID: "u-5304-leading", Reason: word("r")}})
	o.Do(first, organLeader, casefile.IssueReReviewOpinion{ReviewOpinion: upheld})
	serve(organClerk)

	require.True(t, settled(t, o, first).Final())
	require.Eventually(t, func() bool { return o.State(second).Links[0].Final }, time.Minute, 50*time.Millisecond)
	refusal := o.Try(second, office.Clerk, casefile.AcceptCase{}).Refusal
	require.NotNil(t, refusal)
	require.Equal(t, casefile.RefusedAlreadyDone, refusal.Code)
	for _, id := range []string{first, second} {
		require.Eventually(t, func() bool {
			return casefile.StateDigest(o.Shell(id)) == casefile.StateDigest(o.State(id))
		}, time.Minute, 50*time.Millisecond)
	}
}
