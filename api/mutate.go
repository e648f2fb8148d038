package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

// Command carries out a mutation: it turns the input into a command with its texts stored
// apart, sends it to the case, and answers with the case as it then is. A request that was
// carried out before is answered at once, and nothing is stored for it again.
func (s *service) Command(ctx context.Context, mutation string, input schema.Input) (*schema.CasePayload, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	answer := &schema.CasePayload{ClientMutationID: input.MutationID(), UserErrors: []schema.UserError{}}
	_, answer.Registered = input.(schema.RegisterCaseInput)
	refusals, err := s.command(ctx, q, mutation, input, answer)
	if err == nil && answer.Case != nil {
		refusals, err = q.told(ctx, refusals, answer.Case.State.OtherCases(), answer.Case.WorksOn)
	}
	if err != nil {
		return nil, err
	}
	for _, refusal := range refusals {
		answer.UserErrors = append(answer.UserErrors, q.userError(refusal))
	}
	return answer, nil
}

func (q *request) userError(r *casefile.Refusal) schema.UserError {
	shown := schema.UserError{Code: r.Code, Message: r.MessageZH}
	if q.language == casefile.English || shown.Message == "" {
		shown.Message = r.Message
	}
	if len(r.Field) > 0 {
		shown.Field = append([]string{"input"}, r.Field...)
	}
	return shown
}

// command is Command without the payload's wrapping; it sets answer.Case.
func (s *service) command(
	ctx context.Context, q *request, mutation string, input schema.Input, answer *schema.CasePayload,
) ([]*casefile.Refusal, error) {
	if refusal := checkKey("clientMutationId", input.MutationID()); refusal != nil {
		return []*casefile.Refusal{refusal}, nil
	}
	if in, ok := input.(schema.ReportRetaliationInput); ok {
		return s.report(ctx, q, in, answer)
	}
	t, refusal, err := s.target(ctx, q, input)
	if err != nil || refusal != nil {
		return only(refusal), err
	}
	cmd := casefile.Command{
		CaseID: t.caseID, RequestKey: requestKeyOf(q.person.ID, input.MutationID()), RequestID: q.id,
		ExpectedVersion: input.OnCase().ExpectedVersion, EffectiveAt: input.OnCase().EffectiveAt,
	}
	if cmd.InputDigest, err = s.digest(ctx, t.caseID, mutation, input); err != nil {
		return nil, err
	}
	done, refusal, err := s.doneBefore(ctx, t, cmd, input)
	answer.Case = t.shown
	if err != nil || done || refusal != nil {
		return only(refusal), err
	}
	w := &writing{q: q, caseID: t.caseID, state: t.state}
	if err := w.readClaims(ctx, s, input); err != nil {
		return nil, err
	}
	if err := w.readOther(ctx, s, input); err != nil {
		return nil, err
	}
	if err := w.readFile(ctx, s, input); err != nil {
		return nil, err
	}
	cmd.Act = w.act(input)
	cmd.BackdatingReason = w.text(casefile.TextReason, at("backdatingReason"), backdating(input), false)
	if len(w.refusals) > 0 {
		return w.refusals, nil
	}
	if cmd.Actor, refusal, err = q.actorFor(t.state, cmd, q.rulesOn(t.shown, s.now())); err != nil || refusal != nil {
		return only(refusal), err
	}
	if refusal, err = w.refusedByOther(t.state, cmd, s.now()); err != nil || refusal != nil {
		return only(refusal), err
	}
	for _, texts := range append(w.beside, besideTexts{t.caseID, w.texts}) {
		if err := s.store.PutTexts(ctx, texts.caseID, texts.texts); err != nil {
			return only(erased(err)), outcome(err)
		}
	}
	result, err := s.commander.Do(ctx, cmd)
	if err != nil {
		return nil, err
	}
	if result.Refusal != nil {
		return only(result.Refusal), nil
	}
	answer.Case, err = s.current(ctx, q, t.caseID)
	return nil, err
}

// target is the case that a command acts on. shown is nil where the viewer may not see it.
type target struct {
	caseID string
	state  casefile.State
	shown  *schema.Case
	// handedOn says that the request was carried out before on a case now hidden from them.
	handedOn bool
	// taken says that a registration's number belongs to a case already.
	taken bool
}

// target finds the case. One that the viewer may not see is as good as none.
func (s *service) target(ctx context.Context, q *request, input schema.Input) (*target, *casefile.Refusal, error) {
	if register, ok := input.(schema.RegisterCaseInput); ok {
		t := &target{caseID: caseIDOf(register.ExternalIDs, q.person.ID, register.ClientMutationID)}
		existing, err := s.store.State(ctx, t.caseID)
		if err != nil {
			return nil, nil, unavailable(err)
		}
		if t.taken = existing.Exists(); t.taken {
			t.state = existing
			t.shown, err = s.current(ctx, q, t.caseID)
		}
		return t, nil, err
	}
	id, refusal := idOf("Case", at("caseId"), input.OnCase().CaseID)
	if refusal != nil {
		return nil, refusal, nil
	}
	shown, err := s.current(ctx, q, id.Key)
	if err != nil {
		return nil, nil, err
	}
	if shown == nil {
		// Who handed the case on may no longer see it, and asks again when an answer was lost.
		_, _, found, err := s.store.Request(ctx, id.Key, requestKeyOf(q.person.ID, input.MutationID()))
		if err != nil {
			return nil, nil, unavailable(err)
		}
		if found {
			return &target{caseID: id.Key, handedOn: true}, nil, nil
		}
		return nil, &casefile.Refusal{
			Code: casefile.RefusedNoCase, Field: at("caseId"),
			Message: "there is no such case", MessageZH: "没有这一案件",
		}, nil
	}
	return &target{caseID: id.Key, state: shown.State, shown: shown}, nil, nil
}

// current reads the case as it now is, past whatever this request has loaded.
func (s *service) current(ctx context.Context, q *request, caseID string) (*schema.Case, error) {
	q.cases.Forget(caseID)
	q.tasks.Forget(caseID)
	row, err := s.store.Case(ctx, q.viewer, caseID)
	if err != nil {
		return nil, unavailable(err)
	}
	shown := q.caseOf(row)
	if shown != nil {
		shown.Whole = true
	}
	return shown, nil
}

// digest is what tells two inputs under one key apart. The key itself is no part of it.
func (s *service) digest(ctx context.Context, caseID, mutation string, input any) (string, error) {
	raw, err := json.Marshal(input)
	if err != nil {
		return "", fmt.Errorf("encode the input of %s: %w", mutation, err)
	}
	var fields map[string]any
	if err := json.Unmarshal(raw, &fields); err != nil {
		return "", fmt.Errorf("encode the input of %s: %w", mutation, err)
	}
	delete(fields, "clientMutationId")
	canonical, err := json.Marshal(map[string]any{"mutation": mutation, "input": fields})
	if err != nil {
		return "", fmt.Errorf("encode the input of %s: %w", mutation, err)
	}
	digest, err := s.store.InputDigest(ctx, caseID, canonical)
	return digest, outcome(err)
}

// doneBefore looks the request up in the record: done with this input, or with another one.
func (s *service) doneBefore(ctx context.Context, t *target, cmd casefile.Command, input schema.Input) (bool, *casefile.Refusal, error) {
	if !t.state.Exists() && !t.handedOn {
		return false, nil, nil
	}
	digest, _, found, err := s.store.Request(ctx, t.caseID, cmd.RequestKey)
	if err != nil {
		return false, nil, unavailable(err)
	}
	if found && digest == cmd.InputDigest {
		return true, nil, nil
	}
	if found {
		return false, casefile.OtherInput(), nil
	}
	if !t.taken {
		return false, nil, nil
	}
	return s.registeredBefore(ctx, t, cmd, input)
}

// registeredBefore answers a second registration under the same number: with the case where
// the content is the same and the caller may see it, else with CONFLICT, which says nothing
// about the case.
func (s *service) registeredBefore(ctx context.Context, t *target, cmd casefile.Command, input schema.Input) (bool, *casefile.Refusal, error) {
	first, err := s.store.Events(ctx, t.caseID, 0, 1)
	if err != nil {
		return false, nil, unavailable(err)
	}
	if t.shown != nil && len(first) == 1 && first[0].InputDigest == cmd.InputDigest {
		return true, nil, nil
	}
	t.shown = nil
	field := at("clientMutationId")
	if register, ok := input.(schema.RegisterCaseInput); ok && len(register.ExternalIDs) > 0 {
		field = at("externalIds", "0", "number")
	}
	return false, &casefile.Refusal{
		Code: casefile.RefusedConflict, Field: field,
		Message:   "a case with this number of this system has been registered with another content",
		MessageZH: "该系统的这一编号已登记为内容不同的案件",
	}, nil
}

// checkKey refuses an idempotency key that is none; name is what it is called in its request.
func checkKey(name, id string) *casefile.Refusal {
	field := at(name)
	switch n := utf8.RuneCountInString(id); {
	case n == 0:
		return &casefile.Refusal{
			Code: casefile.RefusedRequired, Field: field,
			Message: name + " is required", MessageZH: name + " 必填",
		}
	case n > 128:
		return &casefile.Refusal{
			Code: casefile.RefusedTooLong, Field: field,
			Message: name + " has more than 128 characters", MessageZH: name + " 超过128个字符",
		}
	}
	for _, r := range id {
		if !unicode.IsPrint(r) || r == utf8.RuneError {
			return &casefile.Refusal{
				Code: casefile.RefusedInvalid, Field: field,
				Message: name + " holds a character that cannot be printed", MessageZH: name + " 含有不可打印的字符",
			}
		}
	}
	return nil
}

func backdating(input schema.Input) string {
	if register, ok := input.(schema.RegisterCaseInput); ok {
		return register.BackdatingReason
	}
	return input.OnCase().BackdatingReason
}

func only(refusal *casefile.Refusal) []*casefile.Refusal {
	if refusal == nil {
		return nil
	}
	return []*casefile.Refusal{refusal}
}

// erased is the refusal of texts for a case whose texts were erased.
func erased(err error) *casefile.Refusal {
	if gone := (*store.ErasedError)(nil); errors.As(err, &gone) {
		return &casefile.Refusal{
			Code: casefile.RefusedClosed, Message: "the texts of this case have been erased; it takes none any more",
			MessageZH: "本案内容已被清除，不再接受新的内容",
		}
	}
	return nil
}

// outcome is the error of a write to the record, unless it is a refusal.
func outcome(err error) error {
	if err == nil || erased(err) != nil {
		return nil
	}
	return unavailable(err)
}
