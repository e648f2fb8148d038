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
	ids := make([]string, cases)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(plantingAtOnce)
	for i := range ids {
		caseID := uuid.NewString()
		ids[i] = caseID
		group.Go(func() error {
			texts := putAside{}
			register := casefile.RegisterCase{
				Kind: casefile.Petition, PetitionType: casefile.Appeal, Source: casefile.SourceWalkIn,
				Division: division, Category: "P-URBAN-PROPERTY",
				Title: texts.put("TITLE", "反映路灯长期不亮"), Narrative: texts.put("NARRATIVE", "来访人反映小区外路灯三个月不亮，请求修复。"),
				Claims: []casefile.TextID{texts.put("CLAIM", "修复路灯")}, Scale: casefile.ScaleIndividual,
				Parties: []casefile.Party{{
					ID: "P1", Role: casefile.PartyPetitioner, Kind: casefile.NaturalPerson, Named: true,
					Content: texts.put("PARTY", `{"name":"李明","phone":"13800138000"}`),
				}},
			}
			if err := record.PutTexts(ctx, caseID, texts.texts); err != nil {
				return err
			}
			version := 0
			for _, step := range []casefile.Command{
				{Actor: clerk, Act: register},
				{Actor: manager, Act: casefile.AcceptCase{Procedure: "petition-summary"}},
			} {
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
