package signin

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/casefile"
)

const meaning = `{
	"unknownPeople": "REFUSE",
	"values": [
		{"value": "centre-clerk", "role": "CLERK", "unitId": "u-530402-center"},
		{"value": "centre-head", "role": "MANAGER", "unitId": "u-530402-center"},
		{"value": "centre-head", "role": "LEADER", "unitId": "u-530402-center"},
		{"value": "centre-admin", "role": "ADMIN", "unitId": "u-530402-center"},
		{"value": "lost-unit", "role": "CLERK", "unitId": "u-gone"},
		{"value": "court-system", "role": "INTEGRATION", "unitId": "u-530402-court"}
	]
}`

func claimed(t *testing.T, file string) (*api.RoleClaim, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "roles.json")
	require.NoError(t, os.WriteFile(path, []byte(file), 0o600))
	return api.ReadRoleClaim("access.roles", path)
}

func openByClaim(t *testing.T, provision bool) *office {
	t.Helper()
	file := meaning
	if provision {
		file = strings.Replace(file, "REFUSE", "PROVISION", 1)
	}
	roles, err := claimed(t, file)
	require.NoError(t, err)
	return openWith(t, "", roles)
}

// rolesOf answers the roles of whoever bears a token, or the code of the refusal.
func (o *office) rolesOf(token string) []string {
	o.t.Helper()
	request, err := http.NewRequestWithContext(o.t.Context(), http.MethodPost, o.url+"/graphql",
		strings.NewReader(`{"query":"{ viewer { roles { role unit { name } } } }"}`))
	require.NoError(o.t, err)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+token)
	var got struct {
		Data struct {
			Viewer struct{ Roles []struct{ Role string } }
		}
		Errors []struct{ Extensions struct{ Code string } }
	}
	send(o.t, http.DefaultClient, request, &got)
	if len(got.Errors) > 0 {
		return []string{got.Errors[0].Extensions.Code}
	}
	roles := []string{}
	for _, held := range got.Data.Viewer.Roles {
		roles = append(roles, held.Role)
	}
	slices.Sort(roles)
	return roles
}

// holds tells what the directory says of somebody's roles.
func (o *office) holds(subject string) []casefile.Role {
	o.t.Helper()
	people, err := o.record.Directory(o.t.Context())
	require.NoError(o.t, err)
	person, known := people.PersonOfSubject(subject)
	require.True(o.t, known, subject)
	roles := []casefile.Role{}
	for _, at := range person.Roles {
		roles = append(roles, at.Role)
	}
	slices.Sort(roles)
	return roles
}

func TestRolesComeFromTheClaimAndGiveNoMoreThanIsWrittenForTheirValues(t *testing.T) {
	t.Parallel()
	o := openByClaim(t, true)
	require.Equal(t, []string{"CLERK"}, o.rolesOf(o.provider.person(t, "a@centre-clerk")))
	require.Equal(t, []string{"LEADER", "MANAGER"}, o.rolesOf(o.provider.person(t, "b@centre-head+nobody-knows+ADMIN+lost-unit")))
	require.Equal(t, []string{"ADMIN"}, o.rolesOf(o.provider.person(t, "c@centre-admin")))
	require.Equal(t, []casefile.Role{"LEADER", "MANAGER"}, o.holds("b@centre-head+nobody-knows+ADMIN+lost-unit"), "so that work can be given to them")
	for name, login := range map[string]string{
		"no role": "d", "an unknown value": "e@somebody", "a unit that is gone": "f@lost-unit", "the name of a role": "g@ADMIN",
	} {
		require.Equal(t, []string{"UNAUTHENTICATED"}, o.rolesOf(o.provider.person(t, login)), name)
	}
	require.Equal(t, []string{"INTEGRATION"}, o.rolesOf(o.provider.machine(t, "court-530402", "")))
	// A clerk of the directory has none of that where the token doesn't say it, and is no holder any more.
	require.Empty(t, o.rolesOf(o.provider.person(t, "clerk-at-the-provider")))
	require.Empty(t, o.holds("clerk-at-the-provider"))
	people, err := o.record.Directory(t.Context())
	require.NoError(t, err)
	entered, _ := people.PersonOfSubject("a@centre-clerk")
	require.Equal(t, "李静", entered.Name)
	require.True(t, slices.ContainsFunc(people.Holders("CLERK", "u-530402-center"), func(p casefile.Person) bool { return p.ID == entered.ID }))
}

func TestAnUnknownPersonIsRefusedUnlessTheyAreToBeEntered(t *testing.T) {
	t.Parallel()
	o := openByClaim(t, false)
	require.Equal(t, []string{"UNAUTHENTICATED"}, o.rolesOf(o.provider.person(t, "a@centre-clerk")))
	require.Equal(t, "ok "+court, o.whoAmI(o.provider.machine(t, "court-530402", "")))
}

func TestRightsByClaimEndWithTheToken(t *testing.T) {
	t.Parallel()
	o := openByClaim(t, true)
	token := o.provider.person(t, "a@centre-clerk")
	require.Equal(t, []string{"CLERK"}, o.rolesOf(token))
	o.later(11 * time.Minute)
	require.Equal(t, []string{"UNAUTHENTICATED"}, o.rolesOf(token))
}

func TestAFileThatSaysNotWhatAClaimMeansIsRefused(t *testing.T) {
	t.Parallel()
	for name, file := range map[string]string{
		"no JSON":              `{`,
		"no values":            `{"values": []}`,
		"an unknown field":     `{"value": []}`,
		"an unknown role":      `{"values": [{"value": "a", "role": "KING", "unitId": "u"}]}`,
		"the system":           `{"values": [{"value": "a", "role": "SYSTEM", "unitId": "u"}]}`,
		"no unit":              `{"values": [{"value": "a", "role": "CLERK"}]}`,
		"no value":             `{"values": [{"role": "CLERK", "unitId": "u"}]}`,
		"twice":                `{"values": [{"value": "a", "role": "CLERK", "unitId": "u"}, {"value": "a", "role": "CLERK", "unitId": "u"}]}`,
		"unknown people maybe": `{"unknownPeople": "MAYBE", "values": [{"value": "a", "role": "CLERK", "unitId": "u"}]}`,
	} {
		_, err := claimed(t, file)
		require.Error(t, err, name)
	}
	var form map[string]any
	require.NoError(t, json.Unmarshal([]byte(meaning), &form))
	_, err := claimed(t, meaning)
	require.NoError(t, err)
}
