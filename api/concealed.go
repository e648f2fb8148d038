package api

import (
	"context"

	"github.com/tiaochu/tiaochu/api/loader"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/schema"
)

// The number of a case that somebody doesn't see may stand in what they do see: a link, a package,
// a report, the sentences of a record. It is told by the grade of that case:
//
//   - NORMAL: to whoever sees what names it. They have to be able to say which case is meant.
//   - RESTRICTED: to whoever works on what names it. They were named for a matter that this case is
//     part of, and ask for it by its number; whoever merely sees the other would learn that
//     somebody whose matter they know has one that few may know of.
//   - SEALED, or closed to them: to nobody. That there is an accusation is what must not be told.

// tells reports whether the number of a case may be told; grade is empty where it isn't concealed.
func tells(grade casefile.Confidentiality, worksOn bool) bool {
	return grade == "" || grade == casefile.ConfidentialityRestricted && worksOn
}

func (q *request) readConcealed(ctx context.Context, ids []string) (map[string]loader.Result[casefile.Confidentiality], error) {
	concealed, err := q.service.store.Concealed(ctx, q.viewer, ids)
	if err != nil {
		return nil, unavailable(err)
	}
	found := make(map[string]loader.Result[casefile.Confidentiality], len(ids))
	for _, id := range ids {
		found[id] = loader.Result[casefile.Confidentiality]{Value: concealed[id]}
	}
	return found, nil
}

// OtherNumber is the number of another case, or nothing.
func (s *service) OtherNumber(ctx context.Context, other casefile.OtherCase, worksOn bool) schema.Later {
	q, err := signedIn(ctx)
	if err != nil {
		return func() (any, error) { return nil, err }
	}
	if other.Number == "" {
		return nothing
	}
	return then(q.concealed.Load(ctx, other.CaseID), func(grade casefile.Confidentiality) (any, error) {
		if !tells(grade, worksOn) {
			return nil, nil
		}
		return other.Number, nil
	})
}

// Links are the case's links, but for those to a sealed case that the viewer doesn't see.
func (s *service) Links(ctx context.Context, c *schema.Case) schema.Later {
	q, err := signedIn(ctx)
	if err != nil {
		return func() (any, error) { return nil, err }
	}
	ids := make([]string, len(c.State.Links))
	for i, link := range c.State.Links {
		ids[i] = link.CaseID
	}
	later := q.concealed.LoadMany(ctx, ids)
	return func() (any, error) {
		grades, err := later()
		if err != nil {
			return nil, err
		}
		shown := []*schema.CaseLink{}
		for i, link := range c.State.Links {
			if grades.([]any)[i] != casefile.ConfidentialitySealed {
				shown = append(shown, &schema.CaseLink{Case: c, Link: link})
			}
		}
		return shown, nil
	}
}

// Sentence tells an event, without the numbers of cases of which the viewer may not know.
func (s *service) Sentence(ctx context.Context, e *schema.Event, language casefile.Language) schema.Later {
	q, err := signedIn(ctx)
	if err != nil {
		return func() (any, error) { return nil, err }
	}
	var text string
	var others []casefile.OtherCase
	var worksOn bool
	if e.Package != nil {
		text, others, worksOn = leadership.Sentence(ofPackage(e), q.people, language), e.Package.State.CasesNamed(), e.Package.WorksOn
	} else {
		text, others, worksOn = casefile.Sentence(e.Event, q.people, language), append(e.Case.State.OtherCases(), e.OtherCase()), e.Case.WorksOn
	}
	return q.without(ctx, others, worksOn, func(numbers []string) any { return casefile.WithoutNumbers(text, numbers, language) })
}

// without hands the numbers that may not be told to whoever takes them out.
func (q *request) without(ctx context.Context, others []casefile.OtherCase, worksOn bool, say func(numbers []string) any) schema.Later {
	var ids, numbers []string
	for _, other := range others {
		if other.Number != "" {
			ids, numbers = append(ids, other.CaseID), append(numbers, other.Number)
		}
	}
	if len(ids) == 0 {
		return func() (any, error) { return say(nil), nil }
	}
	later := q.concealed.LoadMany(ctx, ids)
	return func() (any, error) {
		grades, err := later()
		if err != nil {
			return nil, err
		}
		var untold []string
		for i, grade := range grades.([]any) {
			if grade, _ := grade.(casefile.Confidentiality); !tells(grade, worksOn) {
				untold = append(untold, numbers[i])
			}
		}
		return say(untold), nil
	}
}

// told are refusals without the numbers of cases of which the viewer may not know.
func (q *request) told(ctx context.Context, refusals []*casefile.Refusal, others []casefile.OtherCase, worksOn bool) ([]*casefile.Refusal, error) {
	if len(refusals) == 0 {
		return refusals, nil
	}
	said, err := q.without(ctx, others, worksOn, func(numbers []string) any {
		told := make([]*casefile.Refusal, len(refusals))
		for i, refusal := range refusals {
			one := *refusal
			one.Message = casefile.WithoutNumbers(one.Message, numbers, casefile.English)
			one.MessageZH = casefile.WithoutNumbers(one.MessageZH, numbers, casefile.Chinese)
			told[i] = &one
		}
		return told
	})()
	if err != nil {
		return nil, err
	}
	return said.([]*casefile.Refusal), nil
}
