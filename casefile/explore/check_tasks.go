package explore

import (
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
)

// answers are the commands that do a kind of task.
var answers = map[string][]string{
	casefile.TaskAccept:          {"acceptCase", "declineCase", "transferCase"},
	casefile.TaskIdentify:        {"amendCase"},
	casefile.TaskAssign:          {"assignCase"},
	casefile.TaskInvestigate:     {"concludeInvestigation"},
	casefile.TaskOpenMediation:   {"openMediation"},
	casefile.TaskMediate:         {"concludeMediation"},
	casefile.TaskDecide:          {"issueDecision"},
	casefile.TaskServe:           {"recordService"},
	casefile.TaskRequestClosure:  {"requestClosure"},
	casefile.TaskVerify:          {"verifyClosure"},
	casefile.TaskFollowUp:        {"recordFollowUp"},
	casefile.TaskResumeClock:     {"resumeClock"},
	casefile.TaskDecideExtension: {"decideExtension"},
	casefile.TaskDecideDeferral:  {"decideDeferral"},
	casefile.TaskTakeUp:          {"takeUpCase"},
	casefile.TaskAnswerObjection: {"answerObjection"},
	casefile.TaskUrge:            {"recordPerformance"},
	casefile.TaskReplyDispatch:   {"replyDispatch", "returnDispatch"},
	casefile.TaskDispatchAgain:   {"dispatchCase", "returnDispatch"},
	casefile.TaskNameMediator:    {"recuseMediator"},
	casefile.TaskReturnToCourt:   {"returnToCourt"},
	casefile.TaskUrgeReply:       {"replyRecommendation"},
	casefile.TaskReview:          {"issueReviewOpinion"},
	casefile.TaskReReview:        {"issueReReviewOpinion"},

	casefile.TaskSample:                 {"recordSampleFinding", "recordFollowUp"},
	casefile.TaskRefer:                  {"referCase"},
	casefile.TaskTakeReferral:           {"acknowledgeReferral", "returnReferral"},
	casefile.TaskReferralDone:           {"recordReferralResult", "returnReferral"},
	casefile.TaskFollow:                 {"acknowledgeReferral", "recordReferralResult", "returnReferral"},
	casefile.TaskAskReferral:            {"acknowledgeReferral", "recordReferralResult", "returnReferral"},
	casefile.TaskAcknowledgeSupervision: {"acknowledgeSupervision", "replySupervision"},
	casefile.TaskReplySupervision:       {"replySupervision"},
	casefile.TaskJudgeSupervision:       {"closeSupervision"},
	casefile.TaskReportUrgent:           {"reportUrgent"},
	casefile.TaskUrgentCase:             {"acknowledgeUrgent"},
	casefile.TaskReportToPolice:         {"recordPoliceReport"},
	casefile.TaskAnswerRetaliation:      {"answerRetaliation"},
	// What is done outside the case, or only watched.
	casefile.TaskDecidePackage: {elsewhere},
	casefile.TaskAwaitEnd:      {elsewhere},
	casefile.TaskWatchClock:    {elsewhere},
}

// elsewhere stands for a task that no command on the case does.
const elsewhere = "elsewhere"

// does tells whether a command does a kind of task. Of a kind without an entry we only
// know that notes and corrections don't.
func does(kind, command string) bool {
	if commands, known := answers[kind]; known {
		return slices.Contains(commands, command)
	}
	return command != "addNote" && command != "amendCase"
}
