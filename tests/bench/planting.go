package bench

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/store"
)

// plantingAtOnce is how many cases are planted at the same time.
const plantingAtOnce = 16

// Plant puts open petitions of a division into the record by the rules, without a workflow:
// each is registered and accepted for summary handling (10 working days), as after an
// import. It returns their ids.
func Plant(ctx context.Context, record *store.Store, division casefile.Division, cases int) ([]string, error) {
	people := directory.Development()
	centre := "p-" + string(division.At(casefile.LevelCounty)) + "-center-"
	clerk, manager := actor(people, centre+"clerk-1"), actor(people, centre+"manager-1")
	return plantEach(ctx, record, cases, func(_ int, texts *putAside) []casefile.Command {
		return []casefile.Command{
			{Actor: clerk, Act: aPetition(texts, division)},
			{Actor: manager, Act: casefile.AcceptCase{Procedure: "petition-summary"}},
		}
	})
}

// plantEach puts cases into the record, each by its own commands, and returns their ids.
func plantEach(ctx context.Context, record *store.Store, cases int, commands func(i int, texts *putAside) []casefile.Command) ([]string, error) {
	ids := make([]string, cases)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(plantingAtOnce)
	for i := range ids {
		caseID := uuid.NewString()
		ids[i] = caseID
		group.Go(func() error {
			texts := putAside{}
			steps := commands(i, &texts)
			if err := record.PutTexts(ctx, caseID, texts.texts); err != nil {
				return err
			}
			version := 0
			for _, step := range steps {
				step.CaseID, step.RequestID = caseID, "bench"
				step.RequestKey, step.InputDigest = digestOf(caseID, casefile.ActName(step.Act)), digestOf(casefile.ActName(step.Act))
				done, err := record.Append(ctx, version, step, time.Now())
				if err != nil {
					return err
				}
				if done.Refusal != nil {
					return fmt.Errorf("plant a case: %s: %w", casefile.ActName(step.Act), done.Refusal)
				}
				version = done.Version
			}
			return nil
		})
	}
	return ids, group.Wait()
}

func aPetition(texts *putAside, division casefile.Division) casefile.RegisterCase {
	return casefile.RegisterCase{
		Kind: casefile.Petition, PetitionType: casefile.Appeal, Source: casefile.SourceWalkIn,
		Division: division, Category: "P-URBAN-PROPERTY",
		Title: texts.put("TITLE", "反映路灯长期不亮"), Narrative: texts.put("NARRATIVE", "来访人反映小区外路灯三个月不亮，请求修复。"),
		Claims: []casefile.TextID{texts.put("CLAIM", "修复路灯")}, Scale: casefile.ScaleIndividual,
		Parties: []casefile.Party{{
			ID: "P1", Role: casefile.PartyPetitioner, Kind: casefile.NaturalPerson, Named: true,
			Content: texts.put("PARTY", `{"name":"李明","phone":"13800138000"}`),
		}},
	}
}

// aDispute was received at an instant.
func aDispute(texts *putAside, received time.Time) casefile.RegisterCase {
	return casefile.RegisterCase{
		Kind: casefile.Dispute, Source: casefile.SourceWalkIn, Division: "530402001", Category: "D-NEIGHBOUR",
		Title: texts.put("TITLE", "邻里通行纠纷"), Narrative: texts.put("NARRATIVE", "双方共用的通道自春天起被堵塞，多次协商未果。"),
		ReceivedAt: received,
		Parties: []casefile.Party{
			{
				ID: "P1", Role: casefile.PartyApplicant, Kind: casefile.NaturalPerson, Named: true,
				Content: texts.put("PARTY", `{"name":"李明","phone":"13800138000"}`),
			},
			{
				ID: "P2", Role: casefile.PartyRespondent, Kind: casefile.NaturalPerson, Named: true,
				Content: texts.put("PARTY", `{"name":"王强"}`),
			},
		},
	}
}

// putAside gathers the texts of a case under their ids.
type putAside struct{ texts []store.Text }

func (p *putAside) put(kind casefile.TextKind, value string) casefile.TextID {
	id := store.NewTextID()
	p.texts = append(p.texts, store.Text{ID: id, Kind: kind, Value: value})
	return id
}

func actor(people *directory.Directory, personID string) casefile.Actor {
	person, _ := people.Person(personID)
	unit, _ := people.Unit(person.Roles[0].UnitID)
	return casefile.Actor{
		PersonID: person.ID, Role: person.Roles[0].Role, UnitID: unit.ID, Division: unit.Division, UnitKind: unit.Kind,
	}
}

func digestOf(parts ...string) string {
	sum := sha256.New()
	for _, part := range parts {
		fmt.Fprintln(sum, part)
	}
	return hex.EncodeToString(sum.Sum(nil))
}
