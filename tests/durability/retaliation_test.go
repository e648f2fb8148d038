package durability

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/stack/stacktest"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/tests/office"
	"github.com/tiaochu/tiaochu/workflows"
)

// Of the petition office, which looks into what is said of somebody at the centre.
const (
	petitionLeader  = "p-530402-petition-leader-1"
	petitionManager = "p-530402-petition-manager-1"
)

// report takes down that the centre's mediator retaliates against a party of a case, and
// answers with the id of the report.
func report(t *testing.T, o *office.Office, about string) string {
	t.Helper()
	id := office.NewCaseID()
	command := o.Command(about, office.Clerk, casefile.ReportRetaliation{
		ReportID: id, PartyID: "P1", Named: casefile.Party{Kind: casefile.NaturalPerson, PersonID: office.Mediator},
		Title: o.Text(id, "TITLE", "反映打击报复"), Narrative: o.Text(id, "NARRATIVE", "被威胁撤回申请"), Method: casefile.FollowUpOnSite,
	})
	result, err := o.Sender.Do(t.Context(), casefile.RetaliationReport(o.State(about), command, directory.Development()))
	require.NoError(t, err)
	require.Nil(t, result.Refusal)
	require.Equal(t, "u-530402-petition", o.State(id).ResponsibleUnitID)
	return id
}

func answer(t *testing.T, o *office.Office, id string) {
	t.Helper()
	o.Do(id, petitionLeader, casefile.AnswerRetaliation{
		Finding: casefile.RetaliationConfirmed, Measures: o.Text(id, "FINDING", "已责令改正"),
	})
	o.Do(id, petitionManager, casefile.VerifyClosure{})
	for _, notice := range o.State(id).Notices {
		for _, party := range notice.Parties {
			o.Do(id, petitionLeader, casefile.RecordService{
				DocumentID: notice.ID, PartyID: party, Method: casefile.ServedInPerson, ServedAt: time.Now(),
			})
		}
	}
	require.Equal(t, casefile.StageClosed, o.State(id).Stage)
}

func TestAnEndedCaseTakesAReportOfRetaliationThatRunsByItself(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{})
	about := office.NewCaseID()
	o.Do(about, office.Clerk, o.Dispute(about))
	decline(t, o, about)
	before := o.State(about)

	id := report(t, o, about)
	require.Equal(t, before.Version, o.State(about).Version, "nothing of it stands in the case itself")
	shell := o.Shell(id)
	require.Equal(t, casefile.StateDigest(o.State(id)), casefile.StateDigest(shell))
	wake, wakes := casefile.NextWake(shell)
	require.True(t, wakes, "its own clock is armed in its own workflow")
	require.True(t, wake.After(time.Now()))

	answer(t, o, id)
	require.Empty(t, settled(t, o, id).Retaliation.Holds)
	require.Equal(t, before.Version, o.State(about).Version)
	for _, each := range []string{id, about} {
		run := o.Temporal.GetWorkflow(t.Context(), workflows.CaseWorkflowID(each), "")
		var result workflows.CaseResult
		require.NoError(t, run.Get(t.Context(), &result), "its workflow ends again")
		require.Equal(t, casefile.StateDigest(o.State(each)), result.Digest)
	}
	written := history(t, o, id)
	require.Contains(t, written, "RetaliationAnswered")
	for _, private := range []string{"被威胁撤回申请", "已责令改正", "李明"} {
		require.NotContains(t, written, private)
	}
	findings, err := o.Store.Verify(t.Context(), store.VerifyOptions{})
	require.NoError(t, err)
	require.Empty(t, findings)
}

func TestAnEndThatWasHeldBackComesByItselfWhenTheReportIsAnswered(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{})
	propose := func() string {
		id := office.NewCaseID()
		o.Do(id, office.Clerk, o.Dispute(id))
		o.Do(id, office.Clerk, casefile.DeclineCase{
			Reason: casefile.DeclineNotCompetent, Explanation: o.Text(id, "EXPLANATION", "不属于本单位受理范围"),
			GoTo: o.Text(id, "PLACE", "人民法院"),
		})
		return id
	}
	held := propose()
	first := report(t, o, held)
	refused := o.Try(held, office.Manager, casefile.VerifyClosure{})
	require.NotNil(t, refused.Refusal)
	require.Equal(t, casefile.RefusedIncomplete, refused.Refusal.Code)
	answer(t, o, first)
	o.Do(held, office.Manager, casefile.VerifyClosure{})

	// This one had its second person before anything was reported; only the service is open.
	waiting := propose()
	o.Do(waiting, office.Manager, casefile.VerifyClosure{})
	reports := []string{report(t, o, waiting), report(t, o, waiting)}
	notice := o.State(waiting).Notices[0]
	for _, party := range notice.Parties {
		o.Do(waiting, office.Clerk, casefile.RecordService{
			DocumentID: notice.ID, PartyID: party, Method: casefile.ServedInPerson, ServedAt: time.Now(),
		})
	}
	answer(t, o, reports[0])
	settled(t, o, reports[0])
	require.Equal(t, casefile.StageVerification, o.State(waiting).Stage, "the other report is open")
	answer(t, o, reports[1])
	settled(t, o, reports[1])
	require.Equal(t, casefile.StageNotAccepted, o.State(waiting).Stage)
}
