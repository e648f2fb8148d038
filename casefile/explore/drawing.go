package explore

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
)

// stages in the order in which a reader meets them.
var stages = []casefile.Stage{
	casefile.StageAcceptance, casefile.StageInvestigation, casefile.StageMediation, casefile.StageDecision,
	casefile.StageReferral, casefile.StageVerification, casefile.StageEvaluation, casefile.StageReview,
	casefile.StageReReview, casefile.StageClosed, casefile.StageNotAccepted, casefile.StageTransferred,
	casefile.StageWithdrawn, casefile.StageMerged,
}

// Stages lists the stages in the order in which a reader meets them.
func Stages() []casefile.Stage { return slices.Clone(stages) }

// Drawing is the state machine that the searches found, as Markdown: a Mermaid diagram, what
// a case takes without leaving its stage, and a shortest way to each stage.
func Drawing(results []Result) string {
	var out strings.Builder
	transitions := map[Transition]bool{}
	ways := map[casefile.Stage][]string{}
	for _, result := range results {
		maps.Copy(transitions, result.Transitions)
		for stage, count := range result.Stages {
			if known, ok := ways[stage]; !ok || len(count.Way) < len(known) {
				ways[stage] = count.Way
			}
		}
	}
	drawDiagram(&out, transitions)
	out.WriteString("\n| stage | stays in it after | a shortest way there |\n| --- | --- | --- |\n")
	for _, stage := range stages {
		way, reached := ways[stage]
		if !reached {
			continue
		}
		fmt.Fprintf(&out, "| `%s` %s | %s | %s |\n", stage, casefile.Label("CaseStage", string(stage), casefile.Chinese),
			strings.Join(commands(transitions, stage, stage), ", "), strings.Join(bare(way), " → "))
	}
	return out.String()
}

func drawDiagram(out *strings.Builder, transitions map[Transition]bool) {
	out.WriteString("```mermaid\nstateDiagram-v2\n    direction TB\n")
	for _, from := range append([]casefile.Stage{""}, stages...) {
		for _, to := range stages {
			if list := commands(transitions, from, to); from != to && len(list) > 0 {
				fmt.Fprintf(out, "    %s --> %s: %s\n", cmp.Or(string(from), "[*]"), to, strings.Join(list, ", "))
			}
		}
	}
	out.WriteString("```\n")
}

// commands lists what leads from one stage to another, in alphabetical order.
func commands(transitions map[Transition]bool, from, to casefile.Stage) []string {
	var list []string
	for transition := range transitions {
		if transition.From == from && transition.To == to && !slices.Contains(list, transition.Command) {
			list = append(list, transition.Command)
		}
	}
	slices.Sort(list)
	return list
}

// bare is a way without its senders.
func bare(way []string) []string {
	list := make([]string, len(way))
	for i, label := range way {
		list[i], _, _ = strings.Cut(label, by)
	}
	return list
}

// The markers between which a page keeps the drawing.
const (
	drawingBegins = "<!-- tiaochu explore draws from here -->\n"
	drawingEnds   = "<!-- to here -->\n"
)

// Redraw puts a drawing between the markers of a page. It reports false where the page has
// no markers.
func Redraw(page, drawing string) (string, bool) {
	before, rest, begins := strings.Cut(page, drawingBegins)
	_, after, ends := strings.Cut(rest, drawingEnds)
	if !begins || !ends {
		return page, false
	}
	return before + drawingBegins + "\n" + drawing + "\n" + drawingEnds + after, true
}
