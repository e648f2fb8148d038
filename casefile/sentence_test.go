package casefile

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
)

// eventOf makes an event of a type with some of everything in it.
func storedEvent(t *testing.T, eventType, body string) Event {
	t.Helper()
	decoded, err := DecodeBody(eventType, []byte(body))
	require.NoError(t, err)
	return Event{EventHeader{Seq: 1, At: Instant(start), EffectiveAt: Instant(start), Actor: city.as("center-clerk1")}, decoded}
}

func TestEveryEventReadsAsASentenceInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, eventType := range sortedKeys(eventKinds) {
		e := storedEvent(t, eventType, "{}")
		zh, en := Sentence(e, city, Chinese), Sentence(e, city, English)
		require.True(t, strings.HasSuffix(zh, "。"), "%s: %s", eventType, zh)
		require.True(t, strings.HasSuffix(en, "."), "%s: %s", eventType, en)
		require.True(t, strings.ContainsFunc(zh, func(r rune) bool { return unicode.Is(unicode.Han, r) }), "%s: %s", eventType, zh)
		require.NotContains(t, en, eventType)
		require.NotContains(t, zh, eventType)
		require.True(t, unicode.IsUpper([]rune(en)[0]) || strings.HasPrefix(en, "王") || strings.HasPrefix(en, " issued"), "%s: %s", eventType, en)
	}
}

func TestSentencesSayWhoDidWhat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ eventType, body, zh, en string }{
		{
			"CaseRegistered", `{"kind":"PETITION","petitionType":"APPEAL","source":"WALK_IN","number":"N1","responsibleUnitId":"petition"}`,
			"王center-clerk1（单位center受理员）登记信访事项（申诉求决）N1（来源：来访），由单位petition负责。",
			"王center-clerk1 (clerk, 单位center) registered petition (appeal) N1 (source: walk-in); 单位petition answers for it.",
		},
		{
			"CaseRegistered", `{"kind":"DISPUTE","number":"N1","responsibleUnitId":"center","imported":true}`,
			"王center-clerk1（单位center受理员）导入矛盾纠纷N1，办理单位：单位center。",
			"王center-clerk1 (clerk, 单位center) imported dispute N1, handled by 单位center.",
		},
		{
			"CaseAmended", `{"after":{"title":"t","parties":[{"id":"P1"}]}}`,
			"王center-clerk1（单位center受理员）更正了标题、当事人。",
			"王center-clerk1 (clerk, 单位center) amended the title, the parties.",
		},
		{
			"CaseAccepted", `{"route":"PETITION_PROCEDURE"}`, "王center-clerk1（单位center受理员）受理案件（信访程序）。",
			"王center-clerk1 (clerk, 单位center) accepted the case (petition procedure).",
		},
		{"CaseConcluded", `{"outcome":"MEDIATED","onTime":true}`, "案件办结，结果：调解化解（按期）。", "The case was concluded: resolved by mediation (on time)."},
		{"CaseConcluded", `{"onTime":false}`, "案件办结（超期）。", "The case was concluded (late)."},
		{
			"FollowedUp", `{"partyId":"P1","result":"ANSWERED","satisfaction":4}`,
			"王center-clerk1（单位center受理员）记录对当事人P1的回访：接受回访，满意度4分（满分5分）。",
			"王center-clerk1 (clerk, 单位center) recorded the follow-up of party P1: answered, satisfaction 4 of 5.",
		},
		{
			"EndProposed", `{"end":"NOT_ACCEPTED","decline":{"reason":"OTHER"},"noticeId":"N1"}`,
			"王center-clerk1（单位center受理员）提出不予受理，制作文书N1。",
			"王center-clerk1 (clerk, 单位center) proposed not to accept the case; notice N1 is written.",
		},
		{
			"EndProposed", `{"end":"TRANSFERRED","transfer":{"toOutside":"t"},"noticeId":"N1"}`,
			"王center-clerk1（单位center受理员）提出将案件转送平台以外的机关，制作文书N1。",
			"王center-clerk1 (clerk, 单位center) proposed to transfer the case off the platform; notice N1 is written.",
		},
		{
			"EndProposed", `{"end":"WITHDRAWN","withdraw":{"partyId":"P1"},"noticeId":"N1"}`,
			"王center-clerk1（单位center受理员）登记当事人P1的撤回申请，制作文书N1。",
			"王center-clerk1 (clerk, 单位center) took down the wish of party P1 to withdraw the case; notice N1 is written.",
		},
		{
			"DeadlineStarted", `{"deadline":{"id":"D1","step":"acceptance","dueAt":"2026-03-18T15:59:59Z"}}`,
			"受理时限开始计算，至2026-03-18届满。", "The acceptance clock started; it runs out on 2026-03-18.",
		},
		{"DeadlineWarned", `{"deadlineId":"D2","step":"handling"}`, "办理时限即将届满，亮黄灯。", "The handling clock is about to run out (yellow)."},
		{"DeadlineMissed", `{"deadlineId":"D2","step":"handling"}`, "办理时限届满未办，亮红灯。", "The handling clock ran out (red)."},
		{"DeadlineMissed", `{"deadlineId":"D2"}`, "时限D2届满未办，亮红灯。", "The clock D2 ran out (red)."},
		{
			"SupervisionOrdered", `{"orderId":"U1","deadlineId":"D1","step":"acceptance","issuedByUnitId":"city-center","addresseeUnitId":"center"}`,
			"单位city-center因受理时限超期，向单位center发出督办单U1。",
			"单位city-center issued supervision order U1 to 单位center: the acceptance clock ran out.",
		},
		{
			"DecisionIssued", `{"decisionId":"O1","claims":[{"claimId":"C1"},{"claimId":"C2"}]}`,
			"王center-clerk1（单位center受理员）出具处理意见O1，答复2项诉求。", "王center-clerk1 (clerk, 单位center) issued the written opinion O1 on 2 claims.",
		},
	} {
		e := storedEvent(t, c.eventType, c.body)
		require.Equal(t, c.zh, Sentence(e, city, Chinese))
		require.Equal(t, c.en, Sentence(e, city, English))
	}
}

func TestASentenceNamesTheLegalDateWhereItIsAnother(t *testing.T) {
	t.Parallel()
	e := storedEvent(t, "NoteAdded", "{}")
	e.EffectiveAt = Instant(start.AddDate(0, 0, -2))
	require.Equal(t, "王center-clerk1（单位center受理员）添加了备注（日期：2026-03-01）。", Sentence(e, city, Chinese))
	require.Equal(t, "王center-clerk1 (clerk, 单位center) added a note, as of 2026-03-01.", Sentence(e, city, English))
	e.Actor = Actor{Role: RoleClerk}
	require.Equal(t, "Somebody (clerk) added a note, as of 2026-03-01.", Sentence(e, city, English))
	e.Actor = System
	require.Equal(t, "系统添加了备注（日期：2026-03-01）。", Sentence(e, city, Chinese))
	e.Actor = Actor{PersonID: "p-9", Role: RoleClerk, UnitID: "u-9"}
	require.Equal(t, "p-9 (clerk, u-9) added a note, as of 2026-03-01.", Sentence(e, city, English), "who left keeps their number")
}

func TestNoSentenceHoldsAText(t *testing.T) {
	t.Parallel()
	l := closed(t)
	for _, text := range []string{"title", "narrative", "claim", "who-P1", "minutes", "summary"} {
		for _, e := range l.events {
			for _, lang := range []Language{Chinese, English} {
				require.NotContains(t, Sentence(e, city, lang), text)
			}
		}
	}
}
