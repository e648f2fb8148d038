package schema_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/graphql-go/graphql/language/ast"
	"github.com/graphql-go/graphql/language/parser"
	"github.com/graphql-go/graphql/language/printer"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/schema"
)

// contractPath is where the design's contract lies beside a working copy, if it does.
const contractPath = "../../shared/design/contract.graphql"

// surface is what SDL text declares: "Type.field" and "Type.field(arg)" to their types,
// enum values and type names to "".
func surface(t *testing.T, sdl string) map[string]string {
	t.Helper()
	// The parser loses its place after characters of more than one byte, and is slow over
	// descriptions. Only comments and descriptions have such characters.
	sdl = descriptions.ReplaceAllString(sdl, "")
	sdl = strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII {
			return -1
		}
		return r
	}, sdl)
	document, err := parser.Parse(parser.ParseParams{Source: sdl})
	require.NoError(t, err)
	declared := map[string]string{}
	inputs := func(path string, values []*ast.InputValueDefinition) {
		for _, v := range values {
			declared[path+v.Name.Value+")"] = literal(v)
		}
	}
	fields := func(name string, list []*ast.FieldDefinition) {
		for _, f := range list {
			declared[name+"."+f.Name.Value] = printer.Print(f.Type).(string)
			inputs(name+"."+f.Name.Value+"(", f.Arguments)
		}
	}
	for _, definition := range document.Definitions {
		switch d := definition.(type) {
		case *ast.ObjectDefinition:
			declared[d.Name.Value] = ""
			fields(d.Name.Value, d.Fields)
			for _, i := range d.Interfaces {
				declared[d.Name.Value+" implements "+i.Name.Value] = ""
			}
		case *ast.InterfaceDefinition:
			declared[d.Name.Value] = ""
			fields(d.Name.Value, d.Fields)
		case *ast.InputObjectDefinition:
			declared[d.Name.Value] = ""
			inputs(d.Name.Value+"(", d.Fields)
		case *ast.EnumDefinition:
			declared[d.Name.Value] = ""
			for _, v := range d.Values {
				declared[d.Name.Value+"."+v.Name.Value] = ""
			}
		case *ast.ScalarDefinition:
			declared[d.Name.Value] = ""
		}
	}
	return declared
}

var descriptions = regexp.MustCompile(`(?s)""".*?"""`)

func literal(v *ast.InputValueDefinition) string {
	typ := printer.Print(v.Type).(string)
	if v.DefaultValue != nil {
		typ += " = " + printer.Print(v.DefaultValue).(string)
	}
	return typ
}

func TestWhatTheContractAndTheSchemaBothHaveIsTheSame(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(contractPath)
	if os.IsNotExist(err) {
		t.Skip("the contract is not beside this working copy")
	}
	require.NoError(t, err)
	contract, ours := surface(t, string(text)), surface(t, schema.Print(*shape(t)))
	require.Greater(t, len(contract), 500)
	notYet, shared := []string{}, 0
	for path, typ := range contract {
		mine, ok := ours[path]
		if !ok {
			notYet = append(notYet, path)
			continue
		}
		shared++
		require.Equal(t, typ, mine, path)
	}
	require.Greater(t, shared, 400)
	slices.Sort(notYet)
	t.Logf("%d of %d parts of the contract are here; not yet:", shared, len(contract))
	for _, path := range notYet {
		t.Log(path)
	}
	added := []string{}
	for path := range ours {
		if _, ok := contract[path]; !ok {
			added = append(added, path)
		}
	}
	slices.Sort(added)
	t.Log("added:")
	for _, path := range added {
		t.Log(path)
	}
}

func TestTheContractsMutationsOfThisStageAreAllHere(t *testing.T) {
	t.Parallel()
	ours := surface(t, schema.Print(*shape(t)))
	for _, name := range []string{
		"referCase", "acknowledgeReferral", "returnReferral", "recordReferralResult",
		"dispatchCase", "replyDispatch", "returnDispatch", "raiseCase",
		"registerCase", "amendCase", "acceptCase", "declineCase", "transferCase", "assignCase",
		"recordInvestigation", "concludeInvestigation", "openMediation", "recordConsent", "scheduleSession",
		"recordSession", "concludeMediation", "issueDecision", "recordService", "requestClosure",
		"verifyClosure", "rejectClosure", "recordFollowUp", "reopenCase", "withdrawCase", "addNote", "reportRetaliation",
	} {
		require.Equal(t, "CasePayload!", ours["Mutation."+name], name)
	}
}
