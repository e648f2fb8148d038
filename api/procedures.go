package api

import (
	"context"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/procedure"
	"github.com/tiaochu/tiaochu/schema"
)

// Procedures are the procedures that hold on a day, today where none is named, local ones
// among them. They are no secret: everybody signed in may read them.
func (s *service) Procedures(ctx context.Context, args schema.ProceduresArgs) ([]*schema.Procedure, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	if args.On == "" {
		args.On = s.today()
	}
	held := q.law.Catalogue().Procedures(args.On)
	shown := make([]*schema.Procedure, len(held))
	for i, p := range held {
		shown[i] = schema.ProcedureOf(p, q.language)
	}
	return shown, nil
}

// procedure finds a procedure by its code, as it stands today.
func (s *service) procedure(q *request, code string) any {
	if p, ok := q.law.Catalogue().Find(code, s.today()); ok {
		return schema.ProcedureOf(p, q.language)
	}
	return nil
}

// ProcedureOf is the procedure of a case in the version that it keeps.
func (s *service) ProcedureOf(ctx context.Context, c *schema.Case) (any, error) {
	q, err := signedIn(ctx)
	if err != nil || c.State.Procedure == "" {
		return nil, err
	}
	on := procedure.Date(c.State.ProcedureFrom)
	if on == "" {
		on = procedure.Date(c.State.AcceptedAt.In(casefile.Shanghai).Format("2006-01-02"))
	}
	if p, ok := q.law.Catalogue().Find(c.State.Procedure, on); ok {
		return schema.ProcedureOf(p, q.language), nil
	}
	return nil, nil
}

// today is the day in Asia/Shanghai.
func (s *service) today() procedure.Date {
	return procedure.Date(s.now().In(casefile.Shanghai).Format("2006-01-02"))
}
