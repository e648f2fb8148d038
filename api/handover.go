package api

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

// One call of handOverWork tries this many cases and packages, so many at a time, and begins
// none after a while: the client sends the same request again for the others.
const (
	handedOverAtOnce = 40
	handOversBeside  = 4
	handOverBudget   = 4 * time.Second
)

// unsaidReason stands in the record where the client gives no reason.
const unsaidReason = "工作移交"

// handOver is one call of handOverWork under way.
type handOver struct {
	*service
	q     *request
	input schema.HandOverWorkInput
	over  store.HandOver
	cases []string // only these; nil is all

	mu    sync.Mutex
	items map[string]store.HandOverItem
	// stopped is why no more are begun: a case didn't answer.
	stopped error
	// packages go one by one: they are read through the request's loaders.
	packages sync.Mutex
}

// HandOverWork implements schema.Administration. What was done stands in the record of the
// hand-over and of each case, under one request key: a call that is cut off, by whatever
// dies, is taken up by the next one with the same key, and does nothing twice. Where no next one
// comes, the office goes on by itself (KeepHandingOver).
func (s *service) HandOverWork(ctx context.Context, in schema.HandOverWorkInput) (*schema.HandOverPayload, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	payload := &schema.HandOverPayload{ClientMutationID: in.ClientMutationID, UserErrors: []schema.UserError{}}
	h := &handOver{service: s, q: q, input: in, items: map[string]store.HandOverItem{}}
	refusals, err := h.begin(ctx)
	if err != nil {
		return nil, err
	}
	if len(refusals) == 0 {
		if payload.Remaining, refusals, err = h.goOn(ctx); err != nil {
			return nil, err
		}
	}
	for _, item := range h.items {
		if item.Status == store.HandOverMoved {
			payload.Moved++
		}
	}
	told, err := h.refused(ctx)
	if err != nil {
		return nil, err
	}
	for _, refusal := range append(refusals, told...) {
		payload.UserErrors = append(payload.UserErrors, q.userError(refusal))
	}
	return payload, nil
}

// begin checks the request and notes it, or finds what became of it so far.
func (h *handOver) begin(ctx context.Context) ([]*casefile.Refusal, error) {
	in, q := h.input, h.q
	w := &writing{q: q}
	h.over = store.HandOver{RequestKey: requestKeyOf(q.person.ID, in.ClientMutationID), RequestID: q.id, PersonID: q.person.ID}
	h.over.FromID = w.id("Person", at("fromPersonId"), in.FromPersonID)
	if in.ToPersonID != "" {
		h.over.ToID = w.id("Person", at("toPersonId"), in.ToPersonID)
	}
	for i, id := range in.CaseIDs {
		h.cases = append(h.cases, w.id("Case", at("caseIds", strconv.Itoa(i)), id))
	}
	w.text(casefile.TextReason, at("reason"), in.Reason, false)
	if refusal := checkKey("clientMutationId", in.ClientMutationID); refusal != nil {
		w.refusals = append(w.refusals, refusal)
	}
	if len(w.refusals) > 0 {
		return w.refusals, nil
	}
	if refusal := h.checkPeople(); refusal != nil {
		return only(refusal), nil
	}
	// The reason is nobody's but the cases': it has no part in what tells two requests apart.
	sum := sha256.Sum256([]byte(h.over.FromID + "\x00" + h.over.ToID + "\x00" + fmt.Sprint(h.cases)))
	h.over.InputDigest = hex.EncodeToString(sum[:])
	var err error
	if h.over.Input, err = json.Marshal(in); err != nil {
		return nil, fmt.Errorf("encode a hand-over: %w", err)
	}
	known, same, err := h.store.BeginHandOver(ctx, h.over, h.now())
	switch {
	case err != nil:
		return nil, unavailable(err)
	case !same:
		return only(casefile.OtherInput()), nil
	}
	for _, item := range known {
		h.items[item.OwnerID] = item
	}
	return nil, nil
}

// handingOver are the roles whose holders hand over the work of others.
var handingOver = []casefile.Role{casefile.RoleManager, casefile.RoleLeader, casefile.RoleAdmin}

func (h *handOver) checkPeople() *casefile.Refusal {
	if !slices.ContainsFunc(h.q.viewer.Actors, func(a casefile.Actor) bool { return slices.Contains(handingOver, a.Role) }) {
		return &casefile.Refusal{
			Code: casefile.RefusedWrongRole, Message: "work is handed over by the head of the unit or an ADMIN",
			MessageZH: "工作由单位负责人或者系统管理员移交",
		}
	}
	if _, known := h.q.people.Person(h.over.FromID); !known {
		return &casefile.Refusal{Code: casefile.RefusedUnknownPerson, Field: at("fromPersonId"), Message: "there is no such person", MessageZH: "没有该人员"}
	}
	if h.over.ToID == "" {
		return nil
	}
	to, known := h.q.people.Person(h.over.ToID)
	switch {
	case !known:
		return &casefile.Refusal{Code: casefile.RefusedUnknownPerson, Field: at("toPersonId"), Message: "there is no such person", MessageZH: "没有该人员"}
	case to.ID == h.over.FromID:
		return &casefile.Refusal{
			Code: casefile.RefusedSamePerson, Field: at("toPersonId"), Message: "work is handed over to somebody else", MessageZH: "工作应移交他人",
		}
	}
	return casefile.CheckPresent(to, h.q.people, at("toPersonId"))
}

// goOn does a step, and ends the hand-over where nothing remains.
func (h *handOver) goOn(ctx context.Context) (remaining int, refusals []*casefile.Refusal, err error) {
	if remaining, refusals, err = h.step(ctx); err != nil || remaining > 0 {
		return remaining, refusals, err
	}
	if err := h.store.EndHandOver(ctx, h.over.RequestKey); err != nil {
		return 0, nil, unavailable(err)
	}
	return 0, refusals, nil
}

// step tries some of what is still theirs and returns how much remains.
func (h *handOver) step(ctx context.Context) (remaining int, refusals []*casefile.Refusal, err error) {
	work, err := h.work(ctx)
	if err != nil {
		return 0, nil, err
	}
	for i, id := range h.cases {
		_, tried := h.items[id]
		if !tried && !slices.ContainsFunc(work, func(row store.WorkRow) bool { return row.ID == id }) {
			refusals = append(refusals, &casefile.Refusal{
				Code: casefile.RefusedNoCase, Field: at("caseIds", strconv.Itoa(i)),
				Message: "there is no such case among their open work", MessageZH: "其在办工作中没有这一案件",
			})
		}
	}
	if err := h.settleLost(ctx, work); err != nil {
		return 0, nil, err
	}
	var todo []store.WorkRow
	for _, row := range work {
		if item, tried := h.items[row.ID]; !tried || item.Status == store.HandOverAsked {
			todo = append(todo, row)
		}
	}
	settled := h.tryAll(ctx, todo[:min(len(todo), handedOverAtOnce)])
	if settled == 0 && h.stopped != nil {
		return 0, nil, h.stopped
	}
	return len(todo) - settled, refusals, nil
}

// work is what can be handed over: what the viewer sees, and what an ADMIN keeps.
func (h *handOver) work(ctx context.Context) ([]store.WorkRow, error) {
	all, err := h.store.WorkOf(ctx, h.q.viewer, h.over.FromID)
	if err != nil {
		return nil, unavailable(err)
	}
	divisions := h.q.people.Divisions()
	return slices.DeleteFunc(all, func(row store.WorkRow) bool {
		kept := row.Seen || slices.ContainsFunc(h.q.viewer.Actors, func(a casefile.Actor) bool {
			return a.Role == casefile.RoleAdmin && divisions.Covers(a.Division, row.State.Division)
		})
		return !kept || h.cases != nil && (row.Package != nil || !slices.Contains(h.cases, row.ID))
	}), nil
}

// settleLost settles what was asked before and isn't theirs any more: it was moved, and the
// answer lost, or somebody else was quicker.
func (h *handOver) settleLost(ctx context.Context, work []store.WorkRow) error {
	for id, item := range h.items {
		if item.Status != store.HandOverAsked {
			continue
		}
		lookUp := h.store.Request
		if item.OfPackage {
			lookUp = h.store.PackageRequest
		}
		_, _, done, err := lookUp(ctx, id, h.over.RequestKey)
		if err != nil {
			return unavailable(err)
		}
		switch {
		case done:
			item.Status = store.HandOverMoved
		case slices.ContainsFunc(work, func(row store.WorkRow) bool { return row.ID == id }):
			continue
		default:
			item.Status, item.Refusal = store.HandOverRefused, &casefile.Refusal{
				Code: casefile.RefusedAlreadyDone, Field: at("fromPersonId"),
				Message: "it is not theirs any more", MessageZH: "已不由其承办",
			}
		}
		if err := h.store.NoteHandOver(ctx, h.over.RequestKey, item); err != nil {
			return unavailable(err)
		}
		h.items[id] = item
	}
	return nil
}

// tryAll tries cases beside each other, and packages after them; it returns how many are settled.
func (h *handOver) tryAll(ctx context.Context, todo []store.WorkRow) (settled int) {
	began := time.Now()
	var group sync.WaitGroup
	places := make(chan struct{}, handOversBeside)
	for _, row := range todo {
		places <- struct{}{}
		h.mu.Lock()
		stop := h.stopped != nil || time.Since(began) > handOverBudget
		h.mu.Unlock()
		if stop {
			break
		}
		group.Go(func() {
			defer func() { <-places }()
			item, err := h.try(ctx, row)
			h.mu.Lock()
			defer h.mu.Unlock()
			if err != nil {
				h.stopped = err
				return
			}
			h.items[row.ID] = item
			settled++
		})
	}
	group.Wait()
	return settled
}

// try hands one case or package over and notes what became of it.
func (h *handOver) try(ctx context.Context, row store.WorkRow) (store.HandOverItem, error) {
	item := store.HandOverItem{OwnerID: row.ID, OfPackage: row.Package != nil, Status: store.HandOverAsked}
	if err := h.store.NoteHandOver(ctx, h.over.RequestKey, item); err != nil {
		return item, unavailable(err)
	}
	hand := h.handCase
	if item.OfPackage {
		hand = h.handPackage
	}
	refusal, err := hand(ctx, row)
	if err != nil {
		return item, err
	}
	item.Status, item.Refusal = store.HandOverMoved, refusal
	if refusal != nil {
		item.Status = store.HandOverRefused
	}
	if err := h.store.NoteHandOver(ctx, h.over.RequestKey, item); err != nil {
		return item, unavailable(err)
	}
	return item, nil
}

func (h *handOver) reason() string { return cmp.Or(h.input.Reason, unsaidReason) }

func (h *handOver) handCase(ctx context.Context, row store.WorkRow) (*casefile.Refusal, error) {
	cmd := casefile.Command{CaseID: row.ID, RequestKey: h.over.RequestKey, RequestID: h.q.id}
	var err error
	if cmd.InputDigest, err = h.digest(ctx, row.ID, "handOverWork", h.input); err != nil {
		return nil, err
	}
	w := &writing{q: h.q, caseID: row.ID, state: row.State}
	cmd.Act = casefile.HandOverWork{
		FromID: h.over.FromID, ToID: h.over.ToID, Reason: w.text(casefile.TextReason, at("reason"), h.reason(), false),
	}
	var refusal *casefile.Refusal
	if cmd.Actor, refusal, err = h.q.actorFor(row.State, cmd, h.q.rules(h.now())); err != nil || refusal != nil {
		return refusal, err
	}
	if err := h.store.PutTexts(ctx, row.ID, w.texts); err != nil {
		return erased(err), outcome(err)
	}
	result, err := h.commander.Do(ctx, cmd)
	return result.Refusal, err
}

// handPackage gives a package to another leader, as handOverPackage does, or a place in its team
// to a colleague.
func (h *handOver) handPackage(ctx context.Context, row store.WorkRow) (*casefile.Refusal, error) {
	leads := row.Package.LeaderID == h.over.FromID && row.Package.Status.Holds()
	if leads && h.over.ToID == "" {
		return &casefile.Refusal{
			Code: casefile.RefusedRequired, Field: at("toPersonId"),
			Message: "a package is led by a named leader: hand it over to one", MessageZH: "包案应有包案领导，请指定接收的领导",
		}, nil
	}
	h.packages.Lock()
	defer h.packages.Unlock()
	of := schema.PackageCommand{ClientMutationID: h.input.ClientMutationID, PackageID: schema.GlobalID("Package", row.ID)}
	mutation, in := "handOverWork", schema.PackageInput(teamPlaceInput{of, h.input.FromPersonID, h.input.ToPersonID, h.reason()})
	if leads {
		led := schema.HandOverPackageInput{PackageCommand: of, LeaderID: h.input.ToPersonID, Reason: h.reason()}
		if slices.Contains(row.Package.TeamIDs, h.over.FromID) {
			for _, id := range leadership.WithPlaceOf(row.Package.TeamIDs, h.over.FromID, h.over.ToID) {
				led.TeamIDs = append(led.TeamIDs, schema.GlobalID("Person", id))
			}
		}
		mutation, in = "handOverPackage", led
	}
	refusals, err := h.packageCommand(ctx, h.q, mutation, in, &schema.PackagePayload{})
	if err != nil || len(refusals) == 0 {
		return nil, err
	}
	refusal := *refusals[0]
	if len(refusal.Field) > 0 && refusal.Field[0] == "leaderId" {
		refusal.Field = at("toPersonId")
	}
	return &refusal, nil
}

// teamPlaceInput is what handOverWork asks of one package of whose team somebody is.
type teamPlaceInput struct {
	schema.PackageCommand
	FromPersonID string `json:"fromPersonId"`
	ToPersonID   string `json:"toPersonId,omitempty"`
	Reason       string `json:"reason"`
}

// teamPlace turns it into its act.
func (w *writing) teamPlace(in teamPlaceInput) leadership.Act {
	act := leadership.HandOverWork{
		FromID: w.id("Person", at("fromPersonId"), in.FromPersonID), Reason: w.text(casefile.TextReason, at("reason"), in.Reason, true),
	}
	if in.ToPersonID != "" {
		act.ToID = w.id("Person", at("toPersonId"), in.ToPersonID)
	}
	return act
}

// refused tells which cases and packages stay, and why, by number where the viewer sees them.
func (h *handOver) refused(ctx context.Context) ([]*casefile.Refusal, error) {
	var told []*casefile.Refusal
	ids := make([]string, 0, len(h.items))
	for id, item := range h.items {
		if item.Status == store.HandOverRefused {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		number, err := h.store.NumberOf(ctx, h.q.viewer, h.items[id])
		if err != nil {
			return nil, unavailable(err)
		}
		refusal := *h.items[id].Refusal
		if number != "" {
			refusal.Message, refusal.MessageZH = number+": "+refusal.Message, number+"："+refusal.MessageZH
		}
		told = append(told, &refusal)
	}
	return told, nil
}
