package procedure_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

func dispute(mediation procedure.MediationType, body procedure.UnitKind, matter procedure.Matter) procedure.Criteria {
	return procedure.Criteria{
		Kind: procedure.KindDispute, MediationType: mediation, Body: body, Matter: matter, Division: "530402",
	}
}

func TestTheProcedureFollowsFromTheCase(t *testing.T) {
	t.Parallel()
	entrusted := func(stage procedure.CourtStage, online bool) procedure.Criteria {
		c := dispute(procedure.MediationPeoples, procedure.BodyMediationCommittee, procedure.MatterMedical)
		c.CourtStage, c.Online = stage, online
		return c
	}
	guiyang := dispute(procedure.MediationAdministrative, procedure.BodyBureau, "")
	guiyang.Division = "520103"
	sichuan := guiyang
	sichuan.Division = "5101"
	for name, c := range map[string]struct {
		criteria procedure.Criteria
		on       procedure.Date
		code     string
		length   int
		unit     procedure.Unit
	}{
		"appeal":                   {procedure.Criteria{Kind: procedure.KindPetition, PetitionType: procedure.Appeal}, today, "petition", 60, procedure.CalendarDays},
		"appeal, summary":          {procedure.Criteria{Kind: procedure.KindPetition, PetitionType: procedure.Appeal, Summary: true}, today, "petition-summary", 10, procedure.WorkingDays},
		"suggestion":               {procedure.Criteria{Kind: procedure.KindPetition, PetitionType: procedure.Suggestion}, today, "petition-suggestion", 60, procedure.CalendarDays},
		"accusation":               {procedure.Criteria{Kind: procedure.KindPetition, PetitionType: procedure.Accusation}, today, "petition-accusation", 60, procedure.CalendarDays},
		"neighbours":               {dispute(procedure.MediationPeoples, procedure.BodyMediationCommittee, ""), today, "peoples-mediation", 1, procedure.Months},
		"medical, its committee":   {dispute(procedure.MediationPeoples, procedure.BodyIndustryCommittee, procedure.MatterMedical), today, "medical-mediation", 30, procedure.WorkingDays},
		"medical, village":         {dispute(procedure.MediationPeoples, procedure.BodyMediationCommittee, procedure.MatterMedical), today, "peoples-mediation", 1, procedure.Months},
		"medical, department":      {dispute(procedure.MediationAdministrative, procedure.BodyBureau, procedure.MatterMedical), today, "medical-administrative-mediation", 30, procedure.WorkingDays},
		"labour":                   {dispute(procedure.MediationPeoples, procedure.BodyIndustryCommittee, procedure.MatterLabour), today, "labour-mediation", 15, procedure.CalendarDays},
		"traffic police":           {dispute(procedure.MediationAdministrative, procedure.BodyPublicSecurity, procedure.MatterTraffic), today, "traffic-police-mediation", 10, procedure.CalendarDays},
		"police":                   {dispute(procedure.MediationAdministrative, procedure.BodyPublicSecurity, ""), today, "public-order", 3, procedure.WorkingDays},
		"land, village":            {dispute(procedure.MediationPeoples, procedure.BodyMediationCommittee, procedure.MatterContractedLand), today, "contracted-land-mediation", 30, procedure.CalendarDays},
		"consumer, any department": {dispute(procedure.MediationAdministrative, procedure.BodyTownshipGovernment, procedure.MatterConsumer), today, "consumer-complaint", 7, procedure.WorkingDays},
		"consumer, regulator":      {dispute(procedure.MediationAdministrative, procedure.BodyBureau, procedure.MatterConsumer), "2026-04-14", "market-complaint", 45, procedure.WorkingDays},
		"property":                 {dispute(procedure.MediationAdministrative, procedure.BodyBureau, procedure.MatterProperty), today, "property-complaint", 30, procedure.CalendarDays},
		"Yunnan":                   {dispute(procedure.MediationAdministrative, procedure.BodyBureau, ""), today, "administrative-mediation-yunnan", 30, procedure.CalendarDays},
		"Guiyang":                  {guiyang, today, "administrative-mediation-guiyang", 30, procedure.CalendarDays},
		"elsewhere":                {sichuan, today, "administrative-mediation", 30, procedure.CalendarDays},
		"commercial":               {dispute(procedure.MediationCommercial, procedure.BodyCenter, ""), today, "commercial-mediation", 30, procedure.CalendarDays},
		"lawyer":                   {dispute(procedure.MediationLawyer, procedure.BodyLawFirm, ""), today, "lawyer-mediation", 30, procedure.CalendarDays},
		"before filing":            {entrusted(procedure.CourtPreFiling, false), today, "court-pre-filing-mediation", 30, procedure.CalendarDays},
		"filed, ordinary":          {entrusted(procedure.CourtFiledOrdinary, false), today, "court-ordinary-mediation", 15, procedure.CalendarDays},
		"filed, summary":           {entrusted(procedure.CourtFiledSummary, false), today, "court-summary-mediation", 7, procedure.CalendarDays},
		"filed, summary, online":   {entrusted(procedure.CourtFiledSummary, true), today, "online-court-summary-mediation", 7, procedure.CalendarDays},
		"enforcement":              {entrusted(procedure.CourtEnforcement, false), today, "court-enforcement-mediation", 30, procedure.CalendarDays},
		"referred to arbitration":  {procedure.Criteria{Kind: procedure.KindDispute, Matter: procedure.MatterLabour, Channel: procedure.ChannelLabourArbitration}, today, "labour-arbitration", 45, procedure.CalendarDays},
		"referred to court":        {procedure.Criteria{Kind: procedure.KindDispute, Channel: procedure.ChannelCourt}, today, "civil-litigation", 6, procedure.Months},
	} {
		choice, err := procedure.Default().For(c.criteria, c.on)
		require.NoError(t, err, name)
		require.Equal(t, c.code, choice.Procedure.Code, name)
		handling, ok := choice.Procedure.Step(procedure.Handling)
		require.True(t, ok, name)
		require.Equal(t, c.length, handling.Length, name)
		require.Equal(t, c.unit, handling.Unit, name)
		require.NotEmpty(t, choice.Reasons, name)
	}
}

func TestAChoiceSaysWhyAndWhatItPassedOver(t *testing.T) {
	t.Parallel()
	choice, err := procedure.Default().For(dispute(procedure.MediationPeoples, procedure.BodyIndustryCommittee, procedure.MatterMedical), today)
	require.NoError(t, err)
	require.Equal(t, []procedure.Text{
		{ZH: "案件类别：矛盾纠纷", EN: "the kind of case: dispute"},
		{ZH: "调解类型：人民调解", EN: "the type of mediation: people's mediation"},
		{ZH: "调解组织：行业性专业性人民调解委员会", EN: "the mediating body: industry mediation committee"},
		{ZH: "纠纷事项：医疗纠纷", EN: "the matter: medical dispute"},
		{ZH: "《医疗纠纷预防和处理条例》 第38条", EN: "医疗纠纷预防和处理条例, art. 38"},
	}, choice.Reasons)
	require.Len(t, choice.PassedOver, 1)
	require.Equal(t, "peoples-mediation", choice.PassedOver[0].Code)
	online := procedure.Criteria{Kind: procedure.KindDispute, CourtStage: procedure.CourtPreFiling, Online: true}
	choice, err = procedure.Default().For(online, today)
	require.NoError(t, err)
	require.Contains(t, choice.Reasons, procedure.Text{ZH: "在线调解", EN: "online mediation"})
}

func TestWhereNoProcedureFitsItIsSaidSo(t *testing.T) {
	t.Parallel()
	for _, criteria := range []procedure.Criteria{
		{},
		{Kind: procedure.KindDispute, MediationType: procedure.MediationJudicial},
		{Kind: procedure.KindDispute, MediationType: procedure.MediationPeoples, Channel: procedure.ChannelRelief},
	} {
		_, err := procedure.Default().For(criteria, today)
		var none *procedure.NoProcedureError
		require.ErrorAs(t, err, &none)
		require.Equal(t, criteria, none.Criteria)
		require.Contains(t, none.Text().ZH, string(today))
	}
	_, err := procedure.Default().For(procedure.Criteria{Kind: procedure.KindPetition, PetitionType: procedure.Appeal}, "2020-01-01")
	require.EqualError(t, err, "no procedure on 2020-01-01 fits: petition, appeal; name one")
	_, err = procedure.Default().For(procedure.Criteria{Kind: "MOON"}, today)
	var unknown *procedure.UnknownTermError
	require.ErrorAs(t, err, &unknown)
	require.Equal(t, procedure.UnknownTermError{List: "CaseKind", Value: "MOON"}, *unknown)
}
