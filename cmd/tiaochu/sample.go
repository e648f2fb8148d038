package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/hashicorp/go-hclog"

	"github.com/tiaochu/tiaochu/api/command"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/sampling"
	"github.com/tiaochu/tiaochu/config"
	"github.com/tiaochu/tiaochu/store"
)

type sampleCommand struct {
	Draw sampleDrawCommand `cmd:"" help:"Draw closed cases of a month, to be looked at again by the level above."`
	Show sampleShowCommand `cmd:"" help:"Print a draw, and draw it again to compare."`
}

type sampleDrawCommand struct {
	Division string `required:"" placeholder:"CODE" help:"The division whose level looks again at what units below it closed."`
	Month    string `required:"" placeholder:"YYYY-MM" help:"The month of the closures."`
	Rate     string `required:"" placeholder:"5%" help:"The share that is drawn, to a tenth of a percent; rounded up to whole cases."`
	Seed     uint64 `required:"" help:"The seed of the draw. It is kept: the same seed draws the same cases."`
	Assessor string `placeholder:"UNIT" help:"The unit of assessors that looks again; the supervisors of the division's centre when left out."`
}

// Run draws, keeps the draw, and puts each drawn case into it. A second run for the same
// division, month and verifier draws nothing new: it puts the same cases in again, which is
// harmless, and so goes on where the first was cut off.
func (c *sampleDrawCommand) Run(ctx context.Context, settings *config.Config, logger hclog.Logger, stdout io.Writer) error {
	draw, month, err := c.read()
	if err != nil {
		return usageError{err}
	}
	settings, record, err := openRecord(ctx, settings, logger)
	if err != nil {
		return err
	}
	defer record.Close()
	temporal, err := dialTemporal(settings, logger)
	if err != nil {
		return err
	}
	defer temporal.Close()
	people, err := record.Directory(ctx)
	if err != nil {
		return err
	}
	if draw.UnitID, draw.Role, err = c.verifier(people); err != nil {
		return usageError{err}
	}
	ended, err := record.EndedIn(ctx, draw.Division, month)
	if err != nil {
		return err
	}
	for _, one := range ended {
		if closer, ok := people.Unit(one.ResponsibleUnitID); ok && closer.Division != draw.Division && one.ResponsibleUnitID != draw.UnitID {
			draw.Population = append(draw.Population, one.ID)
		}
	}
	draw.Drawn = sampling.Draw(draw.Population, draw.PerMille, draw.Seed)
	kept, err := record.KeepDraw(ctx, draw)
	if err != nil {
		return err
	}
	if kept.ID != draw.ID {
		logger.Info("this was drawn before; the first draw stands", "sample", kept.ID, "drawn_at", kept.DrawnAt)
	}
	sender := command.New(command.Options{
		Temporal: temporal, Record: record, TaskQueue: settings.TaskQueue, Timeout: settings.CommandTimeout, Logger: logger.Named("command"),
	})
	if err := putIn(ctx, sender, kept, stdout); err != nil {
		return err
	}
	return describeDraw(stdout, kept)
}

// read checks the flags.
func (c *sampleDrawCommand) read() (store.SampleDraw, time.Time, error) {
	draw := store.SampleDraw{
		ID: uuid.NewString(), Division: casefile.Division(c.Division), Month: c.Month, Rule: sampling.Rule, Seed: c.Seed,
		Population: []string{}, DrawnAt: time.Now(),
	}
	month, err := time.ParseInLocation("2006-01", c.Month, casefile.Shanghai)
	if err != nil {
		return draw, month, fmt.Errorf("--month: expected YYYY-MM, got %q", c.Month)
	}
	if !month.AddDate(0, 1, 0).Before(time.Now()) {
		return draw, month, fmt.Errorf("--month: %s has not ended yet", c.Month)
	}
	percent, err := strconv.ParseFloat(strings.TrimSuffix(c.Rate, "%"), 64)
	draw.PerMille = int(percent*10 + 0.5)
	if err != nil || draw.PerMille < 1 || draw.PerMille > 1000 {
		return draw, month, fmt.Errorf("--rate: expected 0.1%% to 100%%, got %q", c.Rate)
	}
	return draw, month, nil
}

// verifier is who looks again: the named assessors, or the supervisors of the division's
// centre.
func (c *sampleDrawCommand) verifier(people casefile.Directory) (string, casefile.Role, error) {
	if c.Assessor != "" {
		unit, ok := people.Unit(c.Assessor)
		if !ok || unit.Kind != casefile.UnitAssessor {
			return "", "", fmt.Errorf("--assessor: %q is no unit of assessors", c.Assessor)
		}
		return unit.ID, casefile.RoleAssessor, nil
	}
	centers := people.UnitsAt(casefile.Division(c.Division), casefile.UnitCenter)
	if len(centers) == 0 {
		return "", "", fmt.Errorf("--division: %s has no mediation centre", c.Division)
	}
	return centers[0].ID, casefile.RoleSupervisor, nil
}

// putIn tells each drawn case. One that was reopened meanwhile is passed over, and told of.
func putIn(ctx context.Context, sender *command.Sender, draw store.SampleDraw, stdout io.Writer) error {
	for _, id := range draw.Drawn {
		key := "sample/" + draw.ID
		result, err := sender.Do(ctx, casefile.Command{
			CaseID: id, Actor: casefile.System, RequestKey: key, InputDigest: key, RequestID: key,
			Act: casefile.DrawForSample{SampleID: draw.ID, UnitID: draw.UnitID, Role: draw.Role},
		})
		if err != nil {
			return fmt.Errorf("put case %s into the sample (run the command again to go on): %w", id, err)
		}
		if result.Refusal != nil {
			if _, err := fmt.Fprintf(stdout, "passed over %s: %s\n", id, result.Refusal.Message); err != nil {
				return err
			}
		}
	}
	return nil
}

func describeDraw(stdout io.Writer, d store.SampleDraw) error {
	_, err := fmt.Fprintf(stdout, "sample %s\n%d of %d cases that ended in %s below %s, drawn %s for %s (%s)\nrule %s, %g%%, seed %d\n",
		d.ID, len(d.Drawn), len(d.Population), d.Month, d.Division, d.DrawnAt.In(casefile.Shanghai).Format(time.DateTime),
		d.UnitID, d.Role, d.Rule, float64(d.PerMille)/10, d.Seed)
	for _, id := range d.Drawn {
		if err == nil {
			_, err = fmt.Fprintln(stdout, id)
		}
	}
	return err
}

type sampleShowCommand struct {
	ID string `arg:"" help:"The id of the draw."`
}

// Run prints a draw and repeats it; another result is an error.
func (c *sampleShowCommand) Run(ctx context.Context, settings *config.Config, logger hclog.Logger, stdout io.Writer) error {
	_, record, err := openRecord(ctx, settings, logger)
	if err != nil {
		return err
	}
	defer record.Close()
	draw, found, err := record.Draw(ctx, c.ID)
	if err != nil {
		return err
	}
	if !found {
		return fmt.Errorf("there is no draw %q", c.ID)
	}
	if err := describeDraw(stdout, draw); err != nil {
		return err
	}
	if draw.Rule != sampling.Rule {
		return fmt.Errorf("it was drawn by the rule %s, which this build doesn't have", draw.Rule)
	}
	if !slices.Equal(sampling.Draw(draw.Population, draw.PerMille, draw.Seed), draw.Drawn) {
		return errors.New("drawn again it is another sample: what is kept of it has been changed")
	}
	_, err = fmt.Fprintln(stdout, "drawn again: the same")
	return err
}
