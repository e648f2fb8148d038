package schema_test

import (
	"context"
	"flag"
	"maps"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/graphql-go/graphql"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/schema"
)

var update = flag.Bool("update", false, "write schema.graphql")

// shape is a schema that is looked at, not executed.
func shape(t *testing.T) *graphql.Schema {
	t.Helper()
	built, err := schema.New(nil)
	require.NoError(t, err)
	return &built
}

func TestTheCommittedSchemaIsThePrintedOne(t *testing.T) {
	t.Parallel()
	printed := schema.Print(*shape(t))
	require.Equal(t, printed, schema.Print(*shape(t)), "printing is stable")
	if *update {
		require.NoError(t, os.WriteFile("schema.graphql", []byte(printed), 0o644))
	}
	committed, err := os.ReadFile("schema.graphql")
	require.NoError(t, err)
	require.Equal(t, string(committed), printed, "run go generate ./schema")
}

func TestEverythingHasADescription(t *testing.T) {
	t.Parallel()
	missing := []string{}
	want := func(path, desc string) {
		if strings.TrimSpace(desc) == "" {
			missing = append(missing, path)
		}
	}
	fields := func(name string, fields graphql.FieldDefinitionMap) {
		for _, f := range fields {
			want(name+"."+f.Name, f.Description)
			for _, a := range f.Args {
				want(name+"."+f.Name+"("+a.Name()+")", a.Description())
			}
		}
	}
	seen := 0
	for name, typ := range shape(t).TypeMap() {
		if strings.HasPrefix(name, "__") {
			continue
		}
		seen++
		want(name, typ.Description())
		switch typ := typ.(type) {
		case *graphql.Object:
			fields(name, typ.Fields())
		case *graphql.Interface:
			fields(name, typ.Fields())
		case *graphql.InputObject:
			for _, f := range typ.Fields() {
				want(name+"."+f.Name(), f.Description())
			}
		case *graphql.Enum:
			for _, v := range typ.Values() {
				want(name+"."+v.Name, v.Description)
			}
		}
	}
	require.Greater(t, seen, 100)
	require.Empty(t, missing)
}

func TestEveryInputFieldHasItsPlaceInGo(t *testing.T) {
	t.Parallel()
	inputs := map[string]any{
		"ExternalIdInput": nil, "PartyInput": schema.PartyInput{}, "RepresentativeInput": schema.RepresentativeInput{},
		"DispatchTarget": schema.DispatchTarget{}, "PerformanceInput": schema.PerformanceInput{}, "ClaimOpinionInput": schema.ClaimOpinionInput{},
		"ResultReceivedInput": schema.ResultReceivedInput{},
		"CaseFilter":          schema.CaseFilter{}, "TaskFilter": schema.TaskFilter{}, "DeadlineFilter": schema.DeadlineFilter{},
		"SupervisionFilter": schema.SupervisionFilter{}, "AuditFilter": schema.AuditFilter{}, "StatisticsInput": schema.StatisticsInput{},
		"PackageSupervisionInput": schema.SupervisionOfPackageInput{}, "ClosePackageSupervisionInput": schema.ClosePackageSupervisionInput{},
		"RegisterCaseInput": schema.RegisterCaseInput{}, "DocumentInput": schema.DocumentInput{}, "AmendCaseInput": schema.AmendCaseInput{},
		"AcceptCaseInput": schema.AcceptCaseInput{}, "DeclineCaseInput": schema.DeclineCaseInput{},
		"TransferCaseInput": schema.TransferCaseInput{}, "AssignCaseInput": schema.AssignCaseInput{},
		"RecordInvestigationInput":   schema.RecordInvestigationInput{},
		"ConcludeInvestigationInput": schema.ConcludeInvestigationInput{},
		"OpenMediationInput":         schema.OpenMediationInput{}, "RecordConsentInput": schema.RecordConsentInput{},
		"ScheduleSessionInput": schema.ScheduleSessionInput{}, "RecordSessionInput": schema.RecordSessionInput{},
		"ConcludeMediationInput": schema.ConcludeMediationInput{}, "IssueDecisionInput": schema.IssueDecisionInput{},
		"RecordServiceInput": schema.RecordServiceInput{}, "RequestClosureInput": schema.RequestClosureInput{},
		"VerifyClosureInput": schema.VerifyClosureInput{}, "RejectClosureInput": schema.RejectClosureInput{},
		"ReasonInput": schema.ReasonInput{}, "RecordFollowUpInput": schema.RecordFollowUpInput{},
		"WithdrawCaseInput": schema.WithdrawCaseInput{}, "AddNoteInput": schema.AddNoteInput{},
		"RecordSampleFindingInput": schema.RecordSampleFindingInput{},
		"LinkCasesInput":           schema.LinkCasesInput{}, "MergeCaseInput": schema.MergeCaseInput{}, "SplitCaseInput": schema.SplitCaseInput{}, "DeferCaseInput": schema.DeferCaseInput{},
		"DecideDeferralInput": schema.DecideDeferralInput{}, "TakeUpCaseInput": schema.TakeUpCaseInput{},
	}
	maps.Copy(inputs, map[string]any{
		"PackageFilter": schema.PackageFilter{}, "OpenPackageInput": schema.OpenPackageInput{},
		"PackageReasonInput": schema.PackageReasonInput{}, "PackageCaseInput": schema.PackageCaseInput{},
		"MilestoneInput": schema.MilestoneInput{}, "SetPackagePlanInput": schema.SetPackagePlanInput{},
		"PackageAskedInput": schema.PackageAskedInput{}, "PackageMemberInput": schema.PackageMemberInput{},
		"RecordPackageReviewInput": schema.RecordPackageReviewInput{}, "HandOverPackageInput": schema.HandOverPackageInput{},
		"ConcludePackageInput": schema.ConcludePackageInput{},
	})
	maps.Copy(inputs, map[string]any{
		"SavePersonInput": schema.SavePersonInput{}, "SaveUnitInput": schema.SaveUnitInput{}, "RoleInput": schema.RoleInput{},
		"SetAbsenceInput": schema.SetAbsenceInput{}, "HandOverWorkInput": schema.HandOverWorkInput{},
		"RevealPersonalDataInput": schema.RevealPersonalDataInput{},
	})
	maps.Copy(inputs, schema.MutationInputs())
	for name, typ := range shape(t).TypeMap() {
		input, ok := typ.(*graphql.InputObject)
		if !ok {
			continue
		}
		require.Contains(t, inputs, name)
		if inputs[name] == nil {
			continue
		}
		declared := []string{}
		for _, f := range input.Fields() {
			declared = append(declared, f.Name())
		}
		require.ElementsMatch(t, declared, jsonNames(reflect.TypeOf(inputs[name])), name)
	}
}

func jsonNames(t reflect.Type) []string {
	names := []string{}
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			names = append(names, jsonNames(f.Type)...)
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}

func TestMutationsDecodeTheirInput(t *testing.T) {
	t.Parallel()
	asked := &recording{}
	built, err := schema.New(asked)
	require.NoError(t, err)
	result := graphql.Do(graphql.Params{Schema: built, Context: t.Context(), RequestString: `mutation { acceptCase(input: {
		clientMutationId: "k", caseId: "c", expectedVersion: 3, effectiveAt: "2026-03-02T09:30:00+08:00", route: PETITION_PROCEDURE
	}) { clientMutationId userErrors { code field message } } }`})
	require.Empty(t, result.Errors)
	require.Equal(t, "acceptCase", asked.mutation)
	input := asked.input.(schema.AcceptCaseInput)
	require.Equal(t, "c", input.OnCase().CaseID)
	require.Equal(t, 3, *input.OnCase().ExpectedVersion)
	require.Equal(t, "2026-03-02T01:30:00Z", input.EffectiveAt.UTC().Format("2006-01-02T15:04:05Z"))
	require.EqualValues(t, "PETITION_PROCEDURE", input.Route)
	require.Equal(t, map[string]any{"acceptCase": map[string]any{
		"clientMutationId": "k",
		"userErrors":       []any{map[string]any{"code": "CASE_CLOSED", "field": nil, "message": "the case is closed"}},
	}}, result.Data)
}

// recording answers commands and keeps what it was asked.
type recording struct {
	schema.Service
	mutation string
	input    schema.Input
}

func (r *recording) Command(_ context.Context, mutation string, input schema.Input) (*schema.CasePayload, error) {
	r.mutation, r.input = mutation, input
	return &schema.CasePayload{ClientMutationID: input.MutationID(), UserErrors: []schema.UserError{
		{Code: "CASE_CLOSED", Message: "the case is closed"},
	}}, nil
}
