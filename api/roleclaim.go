package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/store"
)

// RoleClaim says what a claim of the identity provider's tokens means here. Roles come from
// it alone then, and never more of them than are written down for a value.
type RoleClaim struct {
	// Claim is its name; dots lead into objects ("realm_access.roles").
	Claim string
	// Provision enters people whom the directory doesn't know when they sign in with a role.
	// Otherwise they are refused.
	Provision bool
	// NameClaim is the claim with the name of somebody who is entered.
	NameClaim string
	// Values are what each value of the claim gives.
	Values map[string][]casefile.RoleAt
}

// roleFile is the form of the file that says what a claim means.
type roleFile struct {
	UnknownPeople string `json:"unknownPeople"`
	NameClaim     string `json:"nameClaim"`
	Values        []struct {
		Value string `json:"value"`
		casefile.RoleAt
	} `json:"values"`
}

// ReadRoleClaim reads what a claim means from a file; its errors say what is wrong in it.
func ReadRoleClaim(claim, path string) (*RoleClaim, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read what the claim %s means: %w", claim, err)
	}
	var file roleFile
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil {
		return nil, fmt.Errorf("read what the claim %s means: %s: %w", claim, path, err)
	}
	read := &RoleClaim{Claim: claim, NameClaim: file.NameClaim, Values: map[string][]casefile.RoleAt{}}
	if read.NameClaim == "" {
		read.NameClaim = "name"
	}
	switch file.UnknownPeople {
	case "", "REFUSE":
	case "PROVISION":
		read.Provision = true
	default:
		return nil, fmt.Errorf("%s: unknownPeople is %q, expected REFUSE or PROVISION", path, file.UnknownPeople)
	}
	for i, row := range file.Values {
		switch {
		case row.Value == "":
			return nil, fmt.Errorf("%s: values[%d] names no value", path, i)
		case !casefile.HasTerm("Role", string(row.Role)) || row.Role == casefile.RoleSystem:
			return nil, fmt.Errorf("%s: values[%d]: %q is no person's role", path, i, row.Role)
		case row.UnitID == "":
			return nil, fmt.Errorf("%s: values[%d] names no unitId", path, i)
		case slices.Contains(read.Values[row.Value], row.RoleAt):
			return nil, fmt.Errorf("%s: values[%d] is there twice", path, i)
		}
		read.Values[row.Value] = append(read.Values[row.Value], row.RoleAt)
	}
	if len(read.Values) == 0 {
		return nil, fmt.Errorf("%s: values is empty: nobody would have a role", path)
	}
	return read, nil
}

// tokenSays is what a good token of the identity provider says.
type tokenSays struct {
	subject string
	// These are set where roles come from a claim.
	byClaim bool
	roles   []casefile.RoleAt
	name    string
	issued  time.Time
}

// read fills in what the claims say.
func (c *RoleClaim) read(says *tokenSays, claims map[string]any) {
	says.byClaim = true
	for _, value := range claimValues(claims, c.Claim) {
		for _, at := range c.Values[value] {
			if !slices.Contains(says.roles, at) {
				says.roles = append(says.roles, at)
			}
		}
	}
	says.name, _ = claims[c.NameClaim].(string)
	says.name = strings.TrimSpace(says.name)
	if says.name == "" || utf8.RuneCountInString(says.name) > longestName {
		says.name = says.subject
	}
}

// longestName is the longest name that somebody is entered under, in characters.
const longestName = 100

// claimValues are the texts of a claim: one, or a list of them. Whatever else stands there
// says nothing.
func claimValues(claims map[string]any, name string) []string {
	value, found := claims[name]
	for rest := name; !found; {
		head, tail, more := strings.Cut(rest, ".")
		if !more {
			value = claims[rest]
			break
		}
		inner, ok := claims[head].(map[string]any)
		if !ok {
			return nil
		}
		claims, rest = inner, tail
	}
	switch value := value.(type) {
	case string:
		return []string{value}
	case []any:
		var texts []string
		for _, one := range value {
			if text, ok := one.(string); ok {
				texts = append(texts, text)
			}
		}
		return texts
	}
	return nil
}

// bearer is whom the token names, in a directory, with the roles that it gives.
func (t tokenSays) bearer(people *directory.Directory) (casefile.Person, bool) {
	person, known := people.PersonOfSubject(t.subject)
	if known && t.byClaim {
		person.Roles = people.Known(t.roles)
	}
	return person, known
}

// enter brings the directory in step with a token: who is new to it is entered where that is
// wanted, and roles that changed at the provider are written down, so that work can be given
// to whoever has them. It reports whether anything changed.
func (s *service) enter(ctx context.Context, people *directory.Directory, says tokenSays) (changed bool, err error) {
	roles := people.Known(says.roles)
	person, known := people.PersonOfSubject(says.subject)
	switch {
	case !says.byClaim, says.issued.IsZero(), len(says.subject) > directory.MaxSubject:
		return false, nil
	case known && sameRoles(person.Roles, roles):
		return false, nil
	case !known && (!s.identity.identity.Roles.Provision || len(roles) == 0):
		return false, nil
	}
	if known {
		newer, err := s.store.RolesAreNewer(ctx, says.subject, says.issued)
		if err != nil || newer {
			return false, err
		}
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%d\x00%v", s.identity.identity.Issuer, says.subject, says.issued.UnixNano(), roles))
	key := hex.EncodeToString(sum[:])
	named := sha256.Sum256([]byte(s.identity.identity.Issuer + "\x00" + says.subject))
	refusal, err := s.store.ChangeDirectory(ctx, store.DirectoryCommand{
		Actor: casefile.System, RequestKey: key, InputDigest: key, RequestID: requestID(ctx),
		Change: directory.SignIn{
			ID: "p-" + hex.EncodeToString(named[:16]), Name: says.name, Subject: says.subject, Roles: roles, IssuedAt: says.issued,
		},
	}, s.now())
	if refusal != nil {
		s.logger.Warn("who signed in could not be entered", "reason", refusal.Message)
	}
	return err == nil && refusal == nil, err
}

func sameRoles(a, b []casefile.RoleAt) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(at casefile.RoleAt) bool { return !slices.Contains(b, at) })
}
