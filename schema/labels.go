package schema

import "github.com/tiaochu/tiaochu/casefile"

// stepLabels and taskLabels are what users read for procedural steps and tasks. A step or
// task without a label shows its own name.
var stepLabels = map[string]casefile.Term{
	"acceptance": {ZH: "受理期限", EN: "acceptance"},
	"handling":   {ZH: "办理期限", EN: "handling"},
	"evaluation": {ZH: "评价期限", EN: "evaluation"},
}

// StepLabel is what users read for a deadline's step.
func StepLabel(step string, language casefile.Language) string {
	if term, ok := stepLabels[step]; ok {
		return term.Label(language)
	}
	return step
}

// TaskLabel is what users read for a task's kind.
func TaskLabel(kind string, language casefile.Language) string {
	if term, ok := taskLabels[kind]; ok {
		return term.Label(language)
	}
	return kind
}

var taskLabels = map[string]casefile.Term{}
