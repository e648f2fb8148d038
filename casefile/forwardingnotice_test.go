package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// recordsService says that somebody served a notice on a party today.
func (l *life) recordsService(who, notice, party string) []string {
	l.t.Helper()
	return l.types(l.does(who, RecordService{DocumentID: notice, PartyID: party, Method: ServedByPost, ServedAt: l.now}))
}

func TestForwardingTellsEachPetitionerWhereTheirPetitionWentByWhenAndWhatThen(t *testing.T) {
	t.Parallel()
	appeal := aPetition(Appeal)
	appeal.Parties = append(appeal.Parties, person("P2", PartyPetitioner), person("P3", PartyThird))
	l := registered(t, "petition-clerk1", appeal)
	l.now = shanghai("2026-03-10 10:00:00")
	events := l.does("petition-clerk1", TransferCase{ToUnitID: "bureau", Reason: "r"})
	require.Equal(t, []string{"CaseTransferred", "DeadlineMet", "DeadlineStarted", "DeadlineStarted", "ForwardingNotified"}, l.types(events))
	require.Contains(t, Sentence(events[4], city, English), "wrote notice N1, which tells where the petition was forwarded")
	require.Contains(t, Sentence(events[4], city, Chinese), "制作文书N1，告知转送（交办）去向")

	notice := l.state.Notices[0]
	require.Equal(t, NoticeForwarding, notice.Kind)
	require.Equal(t, []string{"P1", "P2"}, notice.Parties, "not a third party")
	require.Equal(t, "单位petition已于2026-03-10将530402-D-2026-000001号事项转送（交办）单位bureau（《信访工作条例》第二十二条）。"+
		"单位bureau自收到之日起15日内，即最迟于2026-03-25，书面告知是否受理（《信访工作条例》 第23条）；"+
		"逾期未告知的，由其上级机关、单位责令改正（第四十四条），法规未规定期限。", NoticeText(l.state, notice, city, Chinese))
	require.Equal(t, "单位petition forwarded matter 530402-D-2026-000001 to 单位bureau on 2026-03-10 (Regulations on Petition Work, art. 22). "+
		"Within 15 calendar days of receiving it, by 2026-03-25 at the latest, 单位bureau tells in writing whether it accepts it (信访工作条例, art. 23); "+
		"where it doesn't, the organ above it orders a correction (art. 44), for which no last day is set.", NoticeText(l.state, notice, city, English))
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestTheSenderServesWhatItHasToTellAndSeesTheCaseUntilThen(t *testing.T) {
	t.Parallel()
	l := forwarded(t)
	require.Contains(t, Tasks(l.state, city), Task{ID: "serve:N1", Kind: TaskServe, InboxRole: RoleClerk, InboxUnit: "petition"})
	require.Contains(t, Grants(l.state, city), Grant{Role: RoleClerk, UnitID: "petition"})
	require.Contains(t, AllowedCommands(l.state, city.as("petition-manager1"), l.rules()), "recordService")
	require.NotContains(t, AllowedCommands(l.state, city.as("other-center-clerk1"), l.rules()), "recordService")

	l.now = shanghai("2026-03-12 10:00:00")
	l.does("bureau-clerk1", AcceptCase{})
	require.Equal(t, []string{"NoticeServed"}, l.recordsService("petition-clerk2", "N1", "P1"), "also after the receiver has accepted")
	require.NotContains(t, taskIDs(l), "serve:N1")
	require.NotContains(t, Grants(l.state, city), Grant{Role: RoleClerk, UnitID: "petition"})
	l.refuses("petition-clerk2", RecordService{DocumentID: "N2", PartyID: "P1", Method: ServedByPost, ServedAt: l.now}, RefusedJurisdiction, "")
	l.recordsService("bureau-clerk1", "N2", "P1")
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestAnOrganThatIsNoPetitionOfficeForwardsByArticle23(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aPetition(Suggestion))
	l.does("center-clerk1", TransferCase{ToUnitID: "petition", Reason: "r"})
	require.Contains(t, NoticeText(l.state, l.state.Notices[0], city, Chinese), "单位center已于2026-03-03将")
	require.Contains(t, NoticeText(l.state, l.state.Notices[0], city, Chinese), "第二十三条第一款")
	require.Contains(t, NoticeText(l.state, l.state.Notices[0], city, English), "(Regulations on Petition Work, art. 23). Within 15 calendar days")
}

func TestWhoCannotBeToldInWritingIsNotToldWhereItWentNorAnyPartyOfADispute(t *testing.T) {
	t.Parallel()
	for name, act := range map[string]RegisterCase{
		"anonymous": changed(aPetition(Appeal), func(r *RegisterCase) {
			r.Parties = []Party{{ID: "P1", Role: PartyPetitioner, Kind: NaturalPerson, Anonymous: true}}
		}),
		"neither telephone number nor address": changed(aPetition(Appeal), func(r *RegisterCase) { r.Parties[0].OutOfReach = true }),
	} {
		l := registered(t, "petition-clerk1", act)
		l.does("petition-clerk1", TransferCase{ToUnitID: "bureau", Reason: "r"})
		require.Empty(t, l.state.Notices, name)
	}
	l := registered(t, "center-clerk1", aDispute())
	l.does("center-clerk1", TransferCase{ToUnitID: "bureau", Reason: "r"})
	require.Empty(t, l.state.Notices, "no law has the transfer of a dispute told")
}

func TestTheNoticeOfAnAccusationSaysWhereItWentAndNeverWhoIsAccused(t *testing.T) {
	t.Parallel()
	accusation := aPetition(Accusation)
	accusation.Parties[1].UnitID = "bureau"
	l := registered(t, "petition-clerk1", accusation)
	l.does("petition-leader1", TransferCase{ToUnitID: "discipline", Reason: "r"})
	notice := l.state.Notices[0]
	require.Equal(t, []string{"P1"}, notice.Parties)
	for _, lang := range []Language{Chinese, English} {
		text := NoticeText(l.state, notice, city, lang)
		require.Contains(t, text, "单位discipline")
		require.NotContains(t, text, "bureau")
		require.NotContains(t, text, l.state.Number, "a sealed case has no number outside")
	}
	require.Contains(t, NoticeText(l.state, notice, city, Chinese), "第二十三条第四款")
	require.Contains(t, Tasks(l.state, city), Task{ID: "serve:N1", Kind: TaskServe, InboxRole: RoleLeader, InboxUnit: "petition"},
		"the head of the sender, who has known of it")
	for _, grant := range Grants(l.state, city) {
		require.NotEqual(t, RoleClerk, grant.Role, "%+v", grant)
		require.NotEqual(t, "bureau", grant.UnitID)
	}
	l.recordsService("petition-leader1", "N1", "P1")
	require.NotContains(t, Grants(l.state, city), Grant{Role: RoleLeader, UnitID: "petition"})
}

func TestANoticeThatHasNotReachedAnybodyFallsAwayWhenThePetitionGoesElsewhere(t *testing.T) {
	t.Parallel()
	returned := forwarded(t)
	returned.does("bureau-clerk1", ObjectTransfer{Reason: "not ours"})
	returned.does("petition-clerk1", AnswerObjection{Agreed: true, Reason: "r"})
	require.True(t, returned.state.Notices[0].Void)
	require.Equal(t, []string{"accept"}, taskIDs(returned))
	returned.does("petition-clerk1", TransferCase{ToUnitID: "center", Reason: "r"})
	require.Equal(t, "N2", returned.latest(NoticeForwarding))

	on := forwarded(t)
	on.does("bureau-clerk1", TransferCase{ToUnitID: "center", Reason: "r"})
	require.True(t, on.state.Notices[0].Void, "the one that tells where it is now is enough")
	require.Equal(t, "bureau", on.state.Notices[1].ByUnitID)
	require.Contains(t, NoticeText(on.state, on.state.Notices[1], city, English), "单位bureau forwarded matter")

	told := forwarded(t)
	told.recordsService("petition-clerk1", "N1", "P1")
	told.does("bureau-clerk1", TransferCase{ToUnitID: "center", Reason: "r"})
	require.False(t, told.state.Notices[0].Void, "what was told was told")
}

func TestWhereTheSenderIsKeptFromTheCaseTheReceiverTellsIt(t *testing.T) {
	t.Parallel()
	l := registered(t, "petition-clerk1", changed(aPetition(Accusation), func(r *RegisterCase) { r.Parties[1].UnitID = "bureau" }))
	l.does("petition-leader1", TransferCase{ToUnitID: "discipline", Reason: "r"})
	l.state.Exclusions = append(l.state.Exclusions, Exclusion{MembersOf: "petition"}) // as an amendment finds out
	require.Contains(t, Tasks(l.state, city), Task{ID: "serve:N1", Kind: TaskServe, InboxRole: RoleLeader, InboxUnit: "discipline"})
	require.NotContains(t, Grants(l.state, city), Grant{Role: RoleLeader, UnitID: "petition"})
}

func TestAForwardingFromBeforeTheNoticesStaysAsItWas(t *testing.T) {
	t.Parallel()
	l := forwarded(t)
	old := Fold("case-1", l.events[:len(l.events)-1])
	require.Empty(t, old.Notices)
	l.state, l.events = old, l.events[:len(l.events)-1]
	require.Equal(t, []string{"accept"}, taskIDs(l))
	require.NotContains(t, Grants(l.state, city), Grant{Role: RoleClerk, UnitID: "petition"})
	l.does("bureau-clerk1", ObjectTransfer{Reason: "not ours"})
	l.does("petition-clerk1", AnswerObjection{Agreed: true, Reason: "r"})
	require.Empty(t, l.state.Notices)
	require.NoError(t, checkRecord("case-1", l.events))
}
