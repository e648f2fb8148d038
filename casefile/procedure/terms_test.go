package procedure_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/category"
	"github.com/tiaochu/tiaochu/casefile/procedure"
)

func TestEveryTermHasALabelInBothLanguages(t *testing.T) {
	t.Parallel()
	declared := declaredTerms(t)
	require.Len(t, procedure.Lists(), len(declared))
	for list, values := range declared {
		terms := procedure.Terms(list)
		labelled, seen := make([]string, len(terms)), map[string]bool{}
		for i, term := range terms {
			labelled[i] = term.Value
			require.True(t, strings.ContainsFunc(term.ZH, func(r rune) bool { return unicode.Is(unicode.Han, r) }), "%s %s", list, term.Value)
			require.True(t, term.EN != "" && !strings.ContainsFunc(term.EN, func(r rune) bool { return r > unicode.MaxASCII }), "%s %s", list, term.Value)
			require.False(t, seen[term.ZH] || seen[term.EN], "%s: the label of %s is used twice", list, term.Value)
			seen[term.ZH], seen[term.EN] = true, true
			require.Equal(t, procedure.Text{ZH: term.ZH, EN: term.EN}, procedure.Label(list, term.Value))
		}
		require.Equal(t, values, labelled, "the labels of %s follow its constants", list)
	}
	require.Equal(t, procedure.Text{ZH: "MOON", EN: "MOON"}, procedure.Label("Event", "MOON"))
	require.Nil(t, procedure.Terms("Nothing"))
}

// declaredTerms reads the typed constants of terms.go, in order.
func declaredTerms(t *testing.T) map[string][]string {
	t.Helper()
	declared := map[string][]string{}
	parsed, err := parser.ParseFile(token.NewFileSet(), "terms.go", nil, 0)
	require.NoError(t, err)
	for _, declaration := range parsed.Decls {
		constants, ok := declaration.(*ast.GenDecl)
		if !ok || constants.Tok != token.CONST {
			continue
		}
		for _, spec := range constants.Specs {
			value := spec.(*ast.ValueSpec)
			text, err := strconv.Unquote(value.Values[0].(*ast.BasicLit).Value)
			require.NoError(t, err)
			name := value.Type.(*ast.Ident).Name
			declared[name] = append(declared[name], text)
		}
	}
	return declared
}

func TestTheWordsThatCasesKnowTooAreTheSame(t *testing.T) {
	t.Parallel()
	for list, enum := range map[string]string{
		"CaseKind": "CaseKind", "PetitionType": "PetitionType", "MediationType": "MediationType",
		"UnitKind": "UnitKind", "CourtStage": "CourtStage", "ConsentMode": "ConsentMode", "Unit": "DayUnit",
	} {
		terms := casefile.Terms(enum)
		require.NotEmpty(t, terms, enum)
		ours := procedure.Terms(list)
		require.Len(t, ours, len(terms), list)
		for i, term := range terms {
			require.Equal(t, casefile.Term{Value: ours[i].Value, ZH: ours[i].ZH, EN: ours[i].EN}, term, list)
		}
	}
}

func TestTheChannelsAreThoseOfTheContract(t *testing.T) {
	t.Parallel()
	contract, err := os.ReadFile("../../../shared/design/contract.graphql")
	if os.IsNotExist(err) {
		t.Skip("the contract is not beside this checkout")
	}
	require.NoError(t, err)
	found := regexp.MustCompile(`(?m)^enum ReferralChannel\s*\{([^}]*)\}`).FindSubmatch(contract)
	require.NotNil(t, found)
	var ours []string
	for _, term := range procedure.Terms("Channel") {
		ours = append(ours, term.Value)
	}
	require.Equal(t, strings.Fields(string(found[1])), ours)
}

func TestACategoryHasTheMatterOfTheNearestOneAboveIt(t *testing.T) {
	t.Parallel()
	for code, matter := range map[string]procedure.Matter{
		"D-MEDICAL": procedure.MatterMedical, "D-LABOUR-WAGES": procedure.MatterLabour,
		"D-FOREST-LAND-CONTRACTED": procedure.MatterContractedLand, "D-FOREST-LAND-BOUNDARY": procedure.MatterLand,
		"D-FAMILY-VIOLENCE": procedure.MatterDomesticViolence, "D-FAMILY-DIVORCE": procedure.MatterFamily,
		"D-NEIGHBOUR-NOISE": "", "D-PROPERTY-FEES": procedure.MatterProperty, "": "", "D-MEDICALS": "",
	} {
		require.Equal(t, matter, procedure.MatterOf(code), code)
	}
	reached := map[procedure.Matter]bool{}
	for _, entry := range category.List(category.Dispute) {
		reached[procedure.MatterOf(entry.Code)] = true
	}
	for _, term := range procedure.Terms("Matter") {
		require.True(t, reached[procedure.Matter(term.Value)], "no category is %s", term.Value)
	}
}
