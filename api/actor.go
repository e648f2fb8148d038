package api

import (
	"context"
	"errors"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
)

// actorFor chooses the role in which somebody sends a command to a case, by chooseActor.
func (q *request) actorFor(state casefile.State, cmd casefile.Command, rules casefile.Rules) (casefile.Actor, *casefile.Refusal, error) {
	return q.chooseActor(func(actor casefile.Actor) error {
		cmd.Actor = actor
		_, err := casefile.Decide(state, cmd, rules)
		return err
	})
}

// packageActor chooses the role in which somebody sends a command to a package, by chooseActor.
func (s *service) packageActor(ctx context.Context, q *request, state leadership.State, cmd leadership.Command) (casefile.Actor, *casefile.Refusal, error) {
	facts, err := s.store.PackageFacts(ctx, state, cmd.Act)
	if err != nil {
		return casefile.Actor{}, nil, unavailable(err)
	}
	rules := leadership.Rules{Now: s.now(), Directory: q.people, Law: q.law, Number: "-", Cases: facts}
	return q.chooseActor(func(actor casefile.Actor) error {
		cmd.Actor = actor
		_, err := leadership.Decide(state, cmd, rules)
		return err
	})
}

// chooseActor chooses the role in which somebody acts: the first one in which the rules take
// the command. Where they take it in none, it answers with the refusal of the first role
// whose holder could have done it at all, or else of the first role.
//
// The rules are asked here early only; what counts is their answer when the event is stored.
func (q *request) chooseActor(decide func(casefile.Actor) error) (casefile.Actor, *casefile.Refusal, error) {
	actors := q.viewer.Actors
	if len(actors) == 0 {
		actors = []casefile.Actor{{PersonID: q.person.ID}}
	}
	var honest *casefile.Refusal
	for _, actor := range actors {
		err := decide(actor)
		if err == nil {
			return actor, nil, nil
		}
		refusal := (*casefile.Refusal)(nil)
		if !errors.As(err, &refusal) {
			return actor, nil, err
		}
		if honest == nil || (notTheirs(honest) && !notTheirs(refusal)) {
			honest = refusal
		}
	}
	return casefile.Actor{}, honest, nil
}

// notTheirs reports whether a refusal is about the role and not about the command.
func notTheirs(r *casefile.Refusal) bool {
	return r.Code == casefile.RefusedWrongRole || r.Code == casefile.RefusedJurisdiction
}
