package casefile_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
)

// contractName tells which enum of the GraphQL contract a Go type stands for, where the
// names differ: a package name says what the contract's prefix says.
var contractName = map[string]string{
	"Kind": "CaseKind", "Stage": "CaseStage", "Outcome": "CaseOutcome", "Source": "CaseSource",
	"Risk": "RiskLevel", "Scale": "CaseScale",
}

func TestEveryTermHasALabelInBothLanguages(t *testing.T) {
	t.Parallel()
	declared := declaredTerms(t, "terms.go", "division.go", "labels.go")
	require.Greater(t, len(declared), 25)
	for goType, values := range declared {
		enum := goType
		if name, ok := contractName[goType]; ok {
			enum = name
		}
		terms := casefile.Terms(enum)
		labelled := make([]string, len(terms))
		for i, term := range terms {
			labelled[i] = term.Value
		}
		require.Equal(t, values, labelled, "the labels of %s must follow its constants", enum)
		for _, term := range terms {
			require.True(t, strings.ContainsFunc(term.ZH, func(r rune) bool { return unicode.Is(unicode.Han, r) }),
				"%s %s has no Chinese label", enum, term.Value)
			require.True(t, isEnglish(term.EN), "%s %s has no English label: %q", enum, term.Value, term.EN)
			require.True(t, casefile.HasTerm(enum, term.Value))
			require.Equal(t, term.ZH, casefile.Label(enum, term.Value, casefile.Chinese))
			require.Equal(t, term.EN, casefile.Label(enum, term.Value, casefile.English))
		}
	}
	require.Len(t, casefile.Enums(), len(declared), "an enum has labels but no constants")
}

func TestLabelsOfOneEnumAreDistinct(t *testing.T) {
	t.Parallel()
	for _, enum := range casefile.Enums() {
		seen := map[string]bool{}
		for _, term := range casefile.Terms(enum) {
			require.False(t, seen[term.ZH] || seen[term.EN], "%s: the label of %s is used twice", enum, term.Value)
			seen[term.ZH], seen[term.EN] = true, true
		}
	}
}

func TestTermsAgreeWithTheContract(t *testing.T) {
	t.Parallel()
	path := filepath.Join("..", "..", "shared", "design", "contract.graphql")
	contract, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		t.Skip("the GraphQL contract is not beside this checkout")
	}
	require.NoError(t, err)
	enumOf := regexp.MustCompile(`(?m)^enum (\w+)\s*\{([^}]*)\}`)
	published := map[string][]string{}
	for _, match := range enumOf.FindAllStringSubmatch(string(contract), -1) {
		published[match[1]] = strings.Fields(match[2])
	}
	require.NotEmpty(t, published)
	for _, enum := range casefile.Enums() {
		if _, ok := published[enum]; !ok {
			continue // added to it; docs/contract-changes.md says why
		}
		var values []string
		for _, term := range casefile.Terms(enum) {
			if enum == "Role" && term.Value == string(casefile.RoleSystem) {
				continue // no person's role, so nobody is shown or granted it
			}
			values = append(values, term.Value)
		}
		require.Equal(t, published[enum], values, "enum %s", enum)
	}
}

func TestAnUnknownTermIsShownAsItIs(t *testing.T) {
	t.Parallel()
	require.Equal(t, "MOON", casefile.Label("CaseStage", "MOON", casefile.Chinese))
	require.Equal(t, "MEDIATION", casefile.Label("Nothing", "MEDIATION", casefile.English))
	require.Nil(t, casefile.Terms("Nothing"))
	require.False(t, casefile.HasTerm("CaseStage", "MOON"))
}

func TestTermsAreTheCallersToChange(t *testing.T) {
	t.Parallel()
	casefile.Terms("CaseKind")[0].ZH = "x"
	require.Equal(t, "矛盾纠纷", casefile.Label("CaseKind", "DISPUTE", casefile.Chinese))
}

func isEnglish(label string) bool {
	return label != "" && !strings.ContainsFunc(label, func(r rune) bool { return r > unicode.MaxASCII })
}

// declaredTerms reads the typed string constants of the package's files, in order.
func declaredTerms(t *testing.T, files ...string) map[string][]string {
	t.Helper()
	declared := map[string][]string{}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		require.NoError(t, err)
		for _, declaration := range parsed.Decls {
			constants, ok := declaration.(*ast.GenDecl)
			if !ok || constants.Tok != token.CONST {
				continue
			}
			for _, spec := range constants.Specs {
				value := spec.(*ast.ValueSpec)
				require.NotNil(t, value.Type, "%s: %s has no type", file, value.Names[0].Name)
				require.Len(t, value.Values, len(value.Names))
				goType := value.Type.(*ast.Ident).Name
				for _, expression := range value.Values {
					text, err := strconv.Unquote(expression.(*ast.BasicLit).Value)
					require.NoError(t, err)
					declared[goType] = append(declared[goType], text)
				}
			}
		}
	}
	return declared
}
