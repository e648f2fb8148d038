package casefile

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// changed is a registration with one thing changed.
func changed(act RegisterCase, change func(*RegisterCase)) RegisterCase {
	act.Parties = append([]Party(nil), act.Parties...)
	change(&act)
	return act
}

func TestAFaultyRegistrationIsRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		act    RegisterCase
		change func(*RegisterCase)
		code   RefusalCode
		field  string
	}{
		"without a kind":               {aDispute(), func(r *RegisterCase) { r.Kind = "" }, RefusedRequired, "kind"},
		"with an unknown kind":         {aDispute(), func(r *RegisterCase) { r.Kind = "QUARREL" }, RefusedInvalid, "kind"},
		"without a source":             {aDispute(), func(r *RegisterCase) { r.Source = "" }, RefusedRequired, "source"},
		"with an unknown source":       {aDispute(), func(r *RegisterCase) { r.Source = "RUMOUR" }, RefusedInvalid, "source"},
		"without a division":           {aDispute(), func(r *RegisterCase) { r.Division = "" }, RefusedRequired, "division"},
		"in an unknown division":       {aDispute(), func(r *RegisterCase) { r.Division = "530499" }, RefusedUnknownDivision, "division"},
		"in no division's code":        {aDispute(), func(r *RegisterCase) { r.Division = "5304'2" }, RefusedUnknownDivision, "division"},
		"that happened nowhere":        {aDispute(), func(r *RegisterCase) { r.OccurrenceDivision = "11" }, RefusedUnknownDivision, "occurrenceDivision"},
		"outside the jurisdiction":     {aDispute(), func(r *RegisterCase) { r.Division = "530403001" }, RefusedJurisdiction, "division"},
		"without a category":           {aDispute(), func(r *RegisterCase) { r.Category = "" }, RefusedRequired, "category"},
		"with an unknown category":     {aDispute(), func(r *RegisterCase) { r.Category = "D-NOTHING" }, RefusedUnknownCategory, "category"},
		"with a petition's category":   {aDispute(), func(r *RegisterCase) { r.Category = "P-URBAN" }, RefusedUnknownCategory, "category"},
		"with a dispute's category":    {aPetition(Appeal), func(r *RegisterCase) { r.Category = "D-NEIGHBOUR" }, RefusedUnknownCategory, "category"},
		"without a title":              {aDispute(), func(r *RegisterCase) { r.Title = "" }, RefusedRequired, "title"},
		"without a narrative":          {aDispute(), func(r *RegisterCase) { r.Narrative = "" }, RefusedRequired, "narrative"},
		"with an empty claim":          {aDispute(), func(r *RegisterCase) { r.Claims = []TextID{""} }, RefusedRequired, "claims.0"},
		"with too many claims":         {aDispute(), func(r *RegisterCase) { r.Claims = make([]TextID, 41) }, RefusedTooLong, "claims"},
		"of a petition without a type": {aPetition(Appeal), func(r *RegisterCase) { r.PetitionType = "" }, RefusedRequired, "petitionType"},
		"of a dispute with a type":     {aDispute(), func(r *RegisterCase) { r.PetitionType = Appeal }, RefusedInvalid, "petitionType"},
		"with an unknown type":         {aPetition(Appeal), func(r *RegisterCase) { r.PetitionType = "WISH" }, RefusedInvalid, "petitionType"},
		"received in the future":       {aDispute(), func(r *RegisterCase) { r.ReceivedAt = start.Add(time.Second) }, RefusedInFuture, "receivedAt"},
		"received in another century":  {aDispute(), func(r *RegisterCase) { r.ReceivedAt = start.AddDate(-100, 0, 0) }, RefusedInvalid, "receivedAt"},
		"back-dated without a reason":  {aDispute(), func(r *RegisterCase) { r.ReceivedAt = start.Add(-73 * time.Hour) }, RefusedBackdatingNoReason, "backdatingReason"},
		"that happened after receipt":  {aDispute(), func(r *RegisterCase) { r.OccurredAt = start.Add(time.Second) }, RefusedOutOfOrder, "occurredAt"},
		"that happened in the year 9":  {aDispute(), func(r *RegisterCase) { r.OccurredAt = time.Date(9, 1, 1, 0, 0, 0, 0, Shanghai) }, RefusedInvalid, "occurredAt"},
		"over an amount below zero":    {aDispute(), func(r *RegisterCase) { r.Amount = pointer(int64(-1)) }, RefusedInvalid, "amount"},
		"over more than a trillion":    {aDispute(), func(r *RegisterCase) { r.Amount = pointer(maxAmount + 1) }, RefusedInvalid, "amount"},
		"of nobody":                    {aDispute(), func(r *RegisterCase) { r.Headcount = pointer(0) }, RefusedInvalid, "headcount"},
		"with an unknown scale":        {aDispute(), func(r *RegisterCase) { r.Scale = "HUGE" }, RefusedInvalid, "scale"},
		"with an unknown risk":         {aDispute(), func(r *RegisterCase) { r.Risk = "HUGE" }, RefusedInvalid, "risk"},
		"with an unknown grade":        {aDispute(), func(r *RegisterCase) { r.Confidentiality = "SECRET" }, RefusedInvalid, "confidentiality"},
		"with an unknown court stage":  {aDispute(), func(r *RegisterCase) { r.CourtStage = "APPEAL" }, RefusedInvalid, "courtStage"},
		"with a court stage by chance": {aDispute(), func(r *RegisterCase) { r.CourtStage = CourtPreFiling }, RefusedInvalid, "courtStage"},
		"from an unknown unit":         {aDispute(), func(r *RegisterCase) { r.SourceUnitID = "nowhere" }, RefusedUnknownUnit, "sourceUnitId"},
		"missed by an unknown unit":    {aDispute(), func(r *RegisterCase) { r.MissedByUnitID = "nowhere" }, RefusedUnknownUnit, "missedByUnitId"},
		"reported by nobody known":     {aDispute(), func(r *RegisterCase) { r.ReportedByPersonID = "nobody" }, RefusedUnknownPerson, "reportedByPersonId"},
		"with a number of no system":   {aDispute(), func(r *RegisterCase) { r.ExternalIDs = []ExternalID{{"", "1"}} }, RefusedRequired, "externalIds.0.system"},
		"with no number of a system":   {aDispute(), func(r *RegisterCase) { r.ExternalIDs = []ExternalID{{"12345-5304", ""}} }, RefusedRequired, "externalIds.0.number"},
		"with an unknown system":       {aDispute(), func(r *RegisterCase) { r.ExternalIDs = []ExternalID{{"12345", "1"}} }, RefusedUnknownSystem, "externalIds.0.system"},
		"with a number of 101 signs": {
			aDispute(), func(r *RegisterCase) { r.ExternalIDs = []ExternalID{{"12345-5304", strings.Repeat("1", 101)}} },
			RefusedTooLong, "externalIds.0.number",
		},
		"with a number of two lines": {
			aDispute(), func(r *RegisterCase) { r.ExternalIDs = []ExternalID{{"12345-5304", "1\n2"}} },
			RefusedInvalid, "externalIds.0.number",
		},
		"with a number twice": {
			aDispute(), func(r *RegisterCase) { r.ExternalIDs = []ExternalID{{"12345-5304", "1"}, {"12345-5304", "1"}} },
			RefusedConflict, "externalIds.1",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			newLife(t).refuses("center-clerk1", changed(c.act, c.change), c.code, c.field)
		})
	}
}

func TestAFaultyPartyIsRefused(t *testing.T) {
	t.Parallel()
	minor := func(p *Party) { p.Minor = true }
	for name, c := range map[string]struct {
		act    RegisterCase
		change func(*Party)
		code   RefusalCode
		field  string
	}{
		"without an id":              {aDispute(), func(p *Party) { p.ID = "" }, RefusedRequired, "parties.1.id"},
		"with an id given twice":     {aDispute(), func(p *Party) { p.ID = "P1" }, RefusedConflict, "parties.1.id"},
		"without a role":             {aDispute(), func(p *Party) { p.Role = "" }, RefusedRequired, "parties.1.role"},
		"with an unknown role":       {aDispute(), func(p *Party) { p.Role = "WITNESS" }, RefusedInvalid, "parties.1.role"},
		"with a petition's role":     {aDispute(), func(p *Party) { p.Role = PartyPetitioner }, RefusedInvalid, "parties.1.role"},
		"accused in a dispute":       {aDispute(), func(p *Party) { p.Role = PartyAccused }, RefusedInvalid, "parties.1.role"},
		"that leaves no respondent":  {aDispute(), func(p *Party) { p.Role = PartyApplicant }, RefusedRequired, "parties"},
		"that leaves nobody accused": {aPetition(Accusation), func(p *Party) { p.Role = PartyThird }, RefusedRequired, "parties"},
		"without a kind":             {aDispute(), func(p *Party) { p.Kind = "" }, RefusedRequired, "parties.1.kind"},
		"with an unknown kind":       {aDispute(), func(p *Party) { p.Kind = "GHOST" }, RefusedInvalid, "parties.1.kind"},
		"unnamed, not anonymous":     {aDispute(), func(p *Party) { p.Named, p.Content = false, "" }, RefusedRequired, "parties.1.name"},
		"named nowhere":              {aDispute(), func(p *Party) { p.Content = "" }, RefusedRequired, "parties.1.name"},
		"anonymous with a name":      {aDispute(), func(p *Party) { p.Anonymous = true }, RefusedInvalid, "parties.1.anonymous"},
		"who is nobody known":        {aDispute(), func(p *Party) { p.PersonID = "nobody" }, RefusedUnknownPerson, "parties.1.personId"},
		"that is no known unit":      {aDispute(), func(p *Party) { p.UnitID = "nowhere" }, RefusedUnknownUnit, "parties.1.unitId"},
		"under age without guardian": {aDispute(), minor, RefusedRequired, "parties.1.representatives"},
		"under age that is a firm":   {aDispute(), func(p *Party) { p.Minor, p.Kind = true, LegalPerson }, RefusedInvalid, "parties.1.minor"},
		"spoken for by a ghost":      {aDispute(), func(p *Party) { p.Representatives = []RepresentativeKind{"GHOST"} }, RefusedInvalid, "parties.1.representatives.0.kind"},
		"with a crowd of delegates": {
			aDispute(), func(p *Party) {
				for range 6 {
					p.Representatives = append(p.Representatives, RepresentativeGroup)
				}
			}, RefusedInvalid, "parties",
		},
		"with a crowd of lawyers": {
			aDispute(), func(p *Party) { p.Representatives = make([]RepresentativeKind, 11) }, RefusedTooLong, "parties.1.representatives",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			newLife(t).refuses("petition-clerk1", changed(c.act, func(r *RegisterCase) { c.change(&r.Parties[1]) }), c.code, c.field)
		})
	}
	newLife(t).refuses("center-clerk1", changed(aDispute(), func(r *RegisterCase) { r.Parties = nil }), RefusedRequired, "parties")
	newLife(t).refuses("center-clerk1", changed(aDispute(), func(r *RegisterCase) { r.Parties = make([]Party, 61) }), RefusedTooLong, "parties")
	newLife(t).refuses("center-clerk1", changed(aPetition(Appeal), func(r *RegisterCase) { r.Parties[0].Role = PartyThird }), RefusedRequired, "parties")
}

func TestACaseIsRegisteredByThoseWhoMayWithinTheirDivision(t *testing.T) {
	t.Parallel()
	for _, who := range []string{"center-analyst1", "center-admin1"} {
		newLife(t).refuses(who, aDispute(), RefusedWrongRole, "")
	}
	newLife(t).refuses("other-center-clerk1", aDispute(), RefusedJurisdiction, "division")
	newLife(t).refuses("grid-grid_worker1", changed(aDispute(), func(r *RegisterCase) { r.Division = "530402001002" }), RefusedJurisdiction, "division")
	for _, division := range []Division{"530402001001", "530402001001001"} {
		registered(t, "grid-grid_worker1", changed(aDispute(), func(r *RegisterCase) { r.Division = division }))
	}
	for _, division := range []Division{"530490", "530402002", "530402002001"} {
		l := registered(t, "zone-clerk1", changed(aDispute(), func(r *RegisterCase) { r.Division = division }))
		require.Equal(t, "zone", l.state.ResponsibleUnitID, "a local division answers for its members")
	}
	newLife(t).refuses("zone-clerk1", aDispute(), RefusedJurisdiction, "division")
}

func TestTheResponsibleUnitIsTheRegistrarsOrTheNearestUpward(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		who  string
		act  RegisterCase
		unit string
	}{
		"the registrar's own centre":              {"center-clerk1", aPetition(Appeal), "center"},
		"the registrar's own petition office":     {"petition-clerk1", aDispute(), "petition"},
		"the wider centre of the registrar":       {"city-center-clerk1", aDispute(), "city-center"},
		"the nearest centre for a dispute":        {"government-clerk1", aDispute(), "center"},
		"the nearest petition office":             {"government-clerk1", aPetition(Appeal), "petition"},
		"a centre where no petition office is":    {"other-center-grid_worker1", changed(aPetition(Appeal), func(r *RegisterCase) { r.Division = "530403" }), "other-center"},
		"the supervising unit of an accused one":  {"petition-clerk1", changed(aPetition(Accusation), func(r *RegisterCase) { r.Parties[1].UnitID = "petition" }), ""},
		"one above the unit of an accused leader": {"center-clerk1", changed(aPetition(Accusation), func(r *RegisterCase) { r.Parties[1].PersonID = "petition-leader1" }), "center"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if c.unit == "" {
				newLife(t).refuses(c.who, c.act, RefusedInterest, "")
				return
			}
			require.Equal(t, c.unit, registered(t, c.who, c.act).state.ResponsibleUnitID)
		})
	}
	l := registered(t, "government-clerk1", changed(aPetition(Accusation), func(r *RegisterCase) { r.Parties[1].UnitID = "petition" }))
	require.Equal(t, "center", l.state.ResponsibleUnitID, "the leaders over the accused office are kept from the case")
}

func TestAPlaceWithoutACentreRefusesTheCase(t *testing.T) {
	t.Parallel()
	lonely := &smallCity{
		divisions: map[Division]DivisionInfo{"99": {Code: "99"}},
		units:     map[string]Unit{"bureau": {ID: "bureau", Kind: UnitBureau, Division: "99"}},
		people:    map[string]Person{"clerk": {ID: "clerk", Roles: []RoleAt{{RoleClerk, "bureau"}}}},
	}
	command := Command{
		CaseID: "case-1", Actor: Actor{PersonID: "clerk", Role: RoleClerk, UnitID: "bureau", Division: "99", UnitKind: UnitBureau},
		Act: changed(aDispute(), func(r *RegisterCase) { r.Division = "99" }),
	}
	_, err := Decide(State{ID: "case-1"}, command, Rules{Now: start, Directory: lonely})
	var refusal *Refusal
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, RefusedUnknownUnit, refusal.Code)
	require.Equal(t, []string{"division"}, refusal.Field)
	command.CaseID = ""
	_, err = Decide(State{}, command, Rules{Now: start, Directory: lonely})
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, RefusedRequired, refusal.Code)
}

func TestTheGradeIsNeverWiderThanTheMatterItself(t *testing.T) {
	t.Parallel()
	child := changed(aDispute(), func(r *RegisterCase) {
		r.Parties[0].Minor, r.Parties[0].Representatives = true, []RepresentativeKind{RepresentativeGuardian}
	})
	custody := changed(aDispute(), func(r *RegisterCase) { r.Category = "D-FAMILY-CUSTODY" })
	for grade, act := range map[Confidentiality]RegisterCase{
		ConfidentialityNormal: aDispute(),
		ConfidentialitySealed: aPetition(Accusation),
	} {
		require.Equal(t, grade, registered(t, "center-clerk1", act).state.Confidentiality)
	}
	for _, act := range []RegisterCase{child, custody} {
		require.Equal(t, ConfidentialityRestricted, registered(t, "center-clerk1", act).state.Confidentiality)
		act.Confidentiality = ConfidentialitySealed
		require.Equal(t, ConfidentialitySealed, registered(t, "center-clerk1", act).state.Confidentiality)
	}
}

func TestARegistrationKeepsWhatItWasTold(t *testing.T) {
	t.Parallel()
	received := start.Add(-24*time.Hour + 123*time.Nanosecond)
	act := changed(aDispute(), func(r *RegisterCase) {
		r.ReceivedAt, r.OccurredAt = received, received.Add(-time.Hour)
		r.Source, r.CourtStage = SourceCourtEntrusted, CourtPreFiling
		r.ExternalIDs = []ExternalID{{"12345-5304", "2026-1"}}
		r.Amount, r.Headcount, r.Risk, r.Urgent, r.Oral = pointer(int64(5)), pointer(3), RiskHigh, true, true
		r.SourceUnitID, r.MissedByUnitID, r.ReportedByPersonID = "court", "bureau", "grid-grid_worker1"
		r.OccurrenceDivision, r.OccurrenceAddress = "530403", "address"
	})
	l := registered(t, "center-clerk1", act)
	s := l.state
	require.Equal(t, Instant(received), s.ReceivedAt)
	require.Equal(t, Instant(received), l.events[0].EffectiveAt, "a registration is dated when the case was received")
	require.Equal(t, Instant(start), s.RegisteredAt)
	require.Equal(t, []Claim{{ID: "C1", Text: "claim"}}, s.Claims)
	require.Equal(t, ScaleIndividual, s.Scale)
	require.Equal(t, "530402-D-2026-000001", s.Number)
	require.Equal(t, act.ExternalIDs, s.ExternalIDs)
	require.Equal(t, "center-clerk1", s.RegisteredBy.PersonID)
	require.Equal(t, []any{CourtPreFiling, int64(5), 3, RiskHigh, true, true, "court", "bureau", "grid-grid_worker1", Division("530403"), TextID("address")},
		[]any{s.CourtStage, *s.Amount, *s.Headcount, s.Risk, s.Urgent, s.Oral, s.SourceUnitID, s.MissedByUnitID, s.ReportedByPersonID, s.OccurrenceDivision, s.OccurrenceAddress})
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestALateRegistrationSaysWhyAndIsListed(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	l.does("center-clerk1", changed(aDispute(), func(r *RegisterCase) { r.ReceivedAt = start.AddDate(0, 0, -10) }), because("reason"))
	require.Equal(t, []int{1}, l.state.Backdated)
	require.Equal(t, TextID("reason"), l.events[0].BackdatingReason)
}
