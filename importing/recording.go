package importing

import (
	"context"
	"fmt"

	"github.com/tiaochu/tiaochu/casefile"
)

// prepared is a petition whose texts are kept and whose command can be carried out.
type prepared struct {
	petition petition
	command  casefile.Command
}

// record brings petitions into the record: a batch of ended ones, or one open one.
func (r *run) record(ctx context.Context, batch []petition) error {
	var ready []prepared
	for _, p := range batch {
		command, fresh, err := r.prepare(ctx, p)
		if err != nil {
			return fmt.Errorf("row %d: %w", p.row, err)
		}
		if fresh {
			ready = append(ready, prepared{p, command})
		}
	}
	if len(ready) == 0 {
		return nil
	}
	if r.DryRun {
		for _, one := range ready {
			if err := r.settle(one, Outcome{}); err != nil {
				return err
			}
		}
		return nil
	}
	if ready[0].petition.answered() {
		return r.recordEnded(ctx, ready)
	}
	for _, one := range ready {
		outcome, err := r.send(ctx, one.command)
		if err != nil {
			return fmt.Errorf("row %d: register the petition: %w", one.petition.row, err)
		}
		if err := r.settle(one, outcome); err != nil {
			return err
		}
	}
	return nil
}

// prepare makes a petition's command and keeps its texts. A petition that is there already,
// or that the rules refuse, is settled here and not fresh.
func (r *run) prepare(ctx context.Context, p petition) (command casefile.Command, fresh bool, err error) {
	command, texts, err := r.filing.command(p)
	if err != nil {
		return command, false, err
	}
	canonical, err := p.canonical()
	if err != nil {
		return command, false, err
	}
	recorded, found, err := r.Record.Request(ctx, command.CaseID, command.RequestKey)
	if err != nil {
		return command, false, fmt.Errorf("look for an earlier import: %w", err)
	}
	if found {
		digest, err := r.Record.InputDigest(ctx, command.CaseID, canonical)
		if err != nil {
			return command, false, fmt.Errorf("digest the row: %w", err)
		}
		if digest != recorded {
			return command, false, r.refuseNumber(p, faultChanged)
		}
		r.done(func(s *Summary) { s.Existing++ })
		return command, false, nil
	}
	if r.Check != nil {
		if refusal := r.Check(command); refusal != nil {
			return command, false, r.refuseNumber(p, faultRefused(refusal))
		}
	}
	if r.DryRun {
		return command, true, nil
	}
	kept := make([]Text, len(texts))
	for i, t := range texts {
		kept[i] = Text{ID: t.id, Kind: t.kind, Value: t.value}
	}
	if err := r.Record.PutTexts(ctx, command.CaseID, kept); err != nil {
		return command, false, fmt.Errorf("keep the texts: %w", err)
	}
	if command.InputDigest, err = r.Record.InputDigest(ctx, command.CaseID, canonical); err != nil {
		return command, false, fmt.Errorf("digest the row: %w", err)
	}
	return command, true, nil
}

func (r *run) recordEnded(ctx context.Context, ready []prepared) error {
	commands := make([]casefile.Command, len(ready))
	for i, one := range ready {
		commands[i] = one.command
	}
	first, last := ready[0].petition.row, ready[len(ready)-1].petition.row
	outcomes, err := r.Record.ImportEnded(ctx, commands, r.Now())
	if err != nil {
		return fmt.Errorf("record rows %d to %d: %w", first, last, err)
	}
	if len(outcomes) != len(ready) {
		return fmt.Errorf("record rows %d to %d: %d outcomes for %d commands", first, last, len(outcomes), len(ready))
	}
	for i, one := range ready {
		outcome := outcomes[i]
		if outcome.Duplicate {
			if outcome, err = r.whose(ctx, one.command); err != nil {
				return fmt.Errorf("row %d: %w", one.petition.row, err)
			}
		}
		if err := r.settle(one, outcome); err != nil {
			return err
		}
	}
	return nil
}

// whose tells a case that another run has imported meanwhile from one that came to be in
// another way, which says nothing of the row's reply.
func (r *run) whose(ctx context.Context, command casefile.Command) (Outcome, error) {
	digest, found, err := r.Record.Request(ctx, command.CaseID, command.RequestKey)
	if err != nil {
		return Outcome{}, fmt.Errorf("look for an earlier import: %w", err)
	}
	if found && digest == command.InputDigest {
		return Outcome{Duplicate: true}, nil
	}
	return Outcome{Refusal: &casefile.Refusal{Code: casefile.RefusedConflict}}, nil
}

// settle counts what became of a petition.
func (r *run) settle(one prepared, outcome Outcome) error {
	switch {
	case outcome.Refusal != nil && outcome.Refusal.Code == casefile.RefusedConflict:
		return r.refuseNumber(one.petition, faultChanged)
	case outcome.Refusal != nil:
		return r.refuseNumber(one.petition, faultRefused(outcome.Refusal))
	case outcome.Duplicate:
		r.done(func(s *Summary) { s.Existing++ })
	case one.petition.answered():
		r.done(func(s *Summary) { s.Closed++ })
	default:
		r.done(func(s *Summary) { s.Open++ })
	}
	return nil
}
