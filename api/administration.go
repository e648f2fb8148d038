package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

// SavePerson implements schema.Administration.
func (s *service) SavePerson(ctx context.Context, in schema.SavePersonInput) (*schema.PersonPayload, error) {
	id := in.ID
	if id != "" {
		person, refusal := idOf("Person", at("id"), id)
		if refusal != nil {
			return s.personPayload(ctx, in.ClientMutationID, "", only(refusal), nil)
		}
		id = person.Key
	}
	change := func(fresh string) directory.Change {
		if id == "" {
			id = "p-" + fresh
		}
		return directory.SavePerson{ID: id, Name: in.Name, Subject: in.Subject}
	}
	refusals, err := s.administer(ctx, in.ClientMutationID, in, change, in.ID == "" || s.knowsPerson(ctx, id), at("id"))
	return s.personPayload(ctx, in.ClientMutationID, id, refusals, err)
}

// SaveUnit implements schema.Administration.
func (s *service) SaveUnit(ctx context.Context, in schema.SaveUnitInput) (*schema.UnitPayload, error) {
	payload := &schema.UnitPayload{ClientMutationID: in.ClientMutationID, UserErrors: []schema.UserError{}}
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	w := &writing{q: q}
	unit := casefile.Unit{Name: in.Name, Kind: in.Kind, Industry: in.Industry, Division: in.Division}
	if in.ID != "" {
		unit.ID = w.id("Unit", at("id"), in.ID)
	}
	if in.SupervisingUnitID != "" {
		unit.SupervisingUnitID = w.id("Unit", at("supervisingUnitId"), in.SupervisingUnitID)
	}
	for i, id := range in.SuperiorUnitIDs {
		unit.SuperiorUnitIDs = append(unit.SuperiorUnitIDs, w.id("Unit", at("superiorUnitIds", fmt.Sprint(i)), id))
	}
	refusals := w.refusals
	if len(refusals) == 0 {
		_, known := q.people.Unit(unit.ID)
		refusals, err = s.administer(ctx, in.ClientMutationID, in, func(fresh string) directory.Change {
			if unit.ID == "" {
				unit.ID = "u-" + fresh
			}
			return directory.SaveUnit{Unit: unit}
		}, in.ID == "" || known, at("id"))
		if err != nil {
			return nil, err
		}
	}
	for _, refusal := range refusals {
		payload.UserErrors = append(payload.UserErrors, q.userError(refusal))
	}
	if len(refusals) > 0 {
		return payload, nil
	}
	people, _, err := s.store.InForce(ctx)
	if err != nil {
		return nil, unavailable(err)
	}
	if saved, ok := people.Unit(unit.ID); ok {
		payload.Unit = &saved
	}
	return payload, nil
}

// GrantRole implements schema.Administration.
func (s *service) GrantRole(ctx context.Context, in schema.RoleInput) (*schema.PersonPayload, error) {
	if s.identity != nil && s.identity.identity.Roles != nil {
		return s.personPayload(ctx, in.ClientMutationID, "", only(&casefile.Refusal{
			Code: casefile.RefusedInvalid, Field: at("role"),
			Message:   "roles come from the identity provider here: give it there",
			MessageZH: "本系统角色由身份提供方授予，请在身份提供方办理",
		}), nil)
	}
	return s.changeRole(ctx, in, func(personID string, at casefile.RoleAt) directory.Change {
		return directory.GrantRole{PersonID: personID, RoleAt: at}
	})
}

// RevokeRole implements schema.Administration.
func (s *service) RevokeRole(ctx context.Context, in schema.RoleInput) (*schema.PersonPayload, error) {
	return s.changeRole(ctx, in, func(personID string, at casefile.RoleAt) directory.Change {
		return directory.RevokeRole{PersonID: personID, RoleAt: at}
	})
}

// SetAbsence implements schema.Administration.
func (s *service) SetAbsence(ctx context.Context, in schema.SetAbsenceInput) (*schema.PersonPayload, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	w := &writing{q: q}
	set := directory.SetAbsence{PersonID: w.id("Person", at("personId"), in.PersonID), From: calendar.DateOf(in.From)}
	if in.To != nil {
		set.Until = calendar.DateOf(*in.To)
	}
	if in.DeputyID != "" {
		set.DeputyID = w.id("Person", at("deputyId"), in.DeputyID)
	}
	if len(w.refusals) > 0 {
		return s.personPayload(ctx, in.ClientMutationID, "", w.refusals, nil)
	}
	refusals, err := s.administer(ctx, in.ClientMutationID, in, func(string) directory.Change { return set }, true, nil)
	return s.personPayload(ctx, in.ClientMutationID, set.PersonID, refusals, err)
}

func (s *service) changeRole(
	ctx context.Context, in schema.RoleInput, change func(personID string, at casefile.RoleAt) directory.Change,
) (*schema.PersonPayload, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	w := &writing{q: q}
	personID, unitID := w.id("Person", at("personId"), in.PersonID), w.id("Unit", at("unitId"), in.UnitID)
	if len(w.refusals) > 0 {
		return s.personPayload(ctx, in.ClientMutationID, "", w.refusals, nil)
	}
	decided := change(personID, casefile.RoleAt{Role: in.Role, UnitID: unitID})
	refusals, err := s.administer(ctx, in.ClientMutationID, in, func(string) directory.Change { return decided }, true, nil)
	return s.personPayload(ctx, in.ClientMutationID, personID, refusals, err)
}

// administer carries a change out in the first of the viewer's roles in which it is allowed.
// change gets what a new person or unit is named by: it follows from who asks and their
// idempotency key, so that a repeated request makes no second one. known says whether the
// one to be changed exists.
func (s *service) administer(
	ctx context.Context, mutationID string, input any, change func(fresh string) directory.Change, known bool, field []string,
) ([]*casefile.Refusal, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	if refusal := checkKey("clientMutationId", mutationID); refusal != nil {
		return only(refusal), nil
	}
	if !known {
		return only(&casefile.Refusal{Code: casefile.RefusedNotFound, Field: field, Message: "there is none of this id", MessageZH: "没有该编号对应的记录"}), nil
	}
	command := store.DirectoryCommand{RequestKey: requestKeyOf(q.person.ID, mutationID), RequestID: q.id}
	command.Change = change(command.RequestKey[:32])
	raw, err := json.Marshal(struct {
		Mutation string
		Input    any
	}{command.Change.Mutation(), input})
	if err != nil {
		return nil, fmt.Errorf("encode the input: %w", err)
	}
	// Names of office-holders are public: a plain digest tells nothing.
	sum := sha256.Sum256(raw)
	command.InputDigest = hex.EncodeToString(sum[:])

	command.Actor = casefile.Actor{PersonID: q.person.ID}
	for _, actor := range q.viewer.Actors {
		if _, absence := command.Change.(directory.SetAbsence); !absence && actor.Role != casefile.RoleAdmin {
			continue
		}
		command.Actor = actor
		if _, refusal := q.people.Administer(actor, command.Change, s.now()); refusal == nil {
			break
		}
	}
	refusal, err := s.store.ChangeDirectory(ctx, command, s.now())
	if err != nil {
		return nil, unavailable(err)
	}
	return only(refusal), nil
}

func (s *service) knowsPerson(ctx context.Context, id string) bool {
	q, err := signedIn(ctx)
	if err != nil {
		return false
	}
	_, known := q.people.Person(id)
	return known
}

// personPayload shows the person as they now are, or why nothing was changed.
func (s *service) personPayload(ctx context.Context, mutationID, id string, refusals []*casefile.Refusal, err error) (*schema.PersonPayload, error) {
	q, signIn := signedIn(ctx)
	if signIn != nil {
		return nil, signIn
	}
	if err != nil {
		return nil, err
	}
	payload := &schema.PersonPayload{ClientMutationID: mutationID, UserErrors: []schema.UserError{}}
	for _, refusal := range refusals {
		payload.UserErrors = append(payload.UserErrors, q.userError(refusal))
	}
	if len(refusals) > 0 {
		return payload, nil
	}
	people, _, err := s.store.InForce(ctx)
	if err != nil {
		return nil, unavailable(err)
	}
	if person, ok := people.Person(id); ok {
		payload.Person = &person
	}
	return payload, nil
}
