package api

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/store"
)

// A hand-over rests when nobody went on with it for goOnAfter: whoever still drives it asks again
// sooner. Resting ones are looked for every goOnEvery; each of their steps tries as much as one
// call does, with stepPause between them, which leaves room for people's commands.
const (
	goOnAfter = 30 * time.Second
	goOnEvery = 10 * time.Second
	stepPause = time.Second
)

// KeepHandingOver goes on with hand-overs that no client goes on with, until ctx ends: with the
// rights that whoever asked for them has at each step, under the same request key, so that
// nothing is done twice. It may run in any number of processes; one at a time does it.
func (a *API) KeepHandingOver(ctx context.Context) {
	s := a.service
	look := time.NewTicker(goOnEvery)
	defer look.Stop()
	for {
		if err := s.goOnWithHandOvers(ctx); err != nil && ctx.Err() == nil {
			s.logger.Warn("could not go on with hand-overs; it is tried again", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		}
	}
}

func (s *service) goOnWithHandOvers(ctx context.Context) error {
	release, alone, err := s.store.GoOnAlone(ctx)
	if err != nil {
		return err
	}
	defer release()
	for alone && ctx.Err() == nil {
		now := s.now()
		over, err := s.store.RestingHandOver(ctx, now.Add(-goOnAfter), now)
		if err != nil || over == nil {
			return err
		}
		if err := s.goOnWith(ctx, *over); err != nil && ctx.Err() == nil {
			// Its turn comes again when it has rested; meanwhile others go on.
			s.logger.Warn("could not go on with a hand-over; it is tried again", "request", over.RequestID, "error", err)
		}
	}
	return ctx.Err()
}

// goOnWith takes a hand-over to its end, step by step.
func (s *service) goOnWith(ctx context.Context, over store.HandOver) error {
	for {
		remaining, refused, err := s.stepOf(ctx, over)
		switch {
		case err != nil:
			return err
		case refused != nil:
			// Whoever asked may not do it any more, or the colleague can't have it: what remains stays
			// where it is, and what waits for somebody who left is in the inbox of their post.
			s.logger.Warn("a hand-over can't go on; what remains stays where it is", "request", over.RequestID, "code", refused.Code)
			return s.store.EndHandOver(ctx, over.RequestKey)
		case remaining == 0:
			s.logger.Info("a hand-over that rested has ended", "request", over.RequestID)
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(stepPause):
		}
	}
}

// stepOf does one step as if whoever asked for the hand-over had sent it again.
func (s *service) stepOf(ctx context.Context, over store.HandOver) (remaining int, refused *casefile.Refusal, err error) {
	people, law, err := s.store.InForce(ctx)
	if err != nil {
		return 0, nil, err
	}
	person, known := people.Person(over.PersonID)
	if !known {
		return 0, &casefile.Refusal{Code: casefile.RefusedUnknownPerson, Message: "whoever asked for it is not known any more", MessageZH: "移交申请人已不在系统中"}, nil
	}
	q := &request{service: s, id: over.RequestID, language: casefile.Chinese}
	q.signIn(people, law, person)
	h := &handOver{service: s, q: q, items: map[string]store.HandOverItem{}}
	if err := json.Unmarshal(over.Input, &h.input); err != nil {
		return 0, nil, fmt.Errorf("read hand-over %s: %w", over.RequestKey, err)
	}
	refusals, err := h.begin(ctx)
	if err != nil || len(refusals) > 0 {
		return 0, append(refusals, nil)[0], err
	}
	// What a step refuses of single cases stands in the record of the hand-over, and is told when
	// its client comes back.
	remaining, _, err = h.goOn(context.WithValue(ctx, requestKey{}, q))
	return remaining, nil, err
}
