package durability

import (
	"encoding/base64"
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/temporalproto"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/stack/stacktest"
	"github.com/tiaochu/tiaochu/tests/office"
	"github.com/tiaochu/tiaochu/workflows"
)

func TestNoPersonalTextStandsInAWorkflowHistory(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{})
	id := office.NewCaseID()
	o.Do(id, office.Clerk, o.Dispute(id))
	o.Do(id, office.Clerk, casefile.AcceptCase{})
	o.Do(id, office.Clerk, casefile.AddNote{Text: o.Text(id, "NOTE", "王强之子尚未成年")})

	written := history(t, o, id)
	require.Contains(t, written, id, "the history was decoded")
	require.Contains(t, written, "CaseAccepted")
	for _, private := range []string{"李明", "王强", "13800138000", "邻里通行权争议", "堵塞公共通道", "未成年"} {
		require.NotContains(t, written, private)
		require.NotContains(t, written, base64.StdEncoding.EncodeToString([]byte(private)))
	}
	described, err := o.Temporal.DescribeWorkflowExecution(t.Context(), workflows.CaseWorkflowID(id), "")
	require.NoError(t, err)
	require.Empty(t, described.WorkflowExecutionInfo.Memo.GetFields())
}

// history is every event of a case's workflow as text, payloads decoded.
func history(t *testing.T, o *office.Office, id string) string {
	t.Helper()
	var written []byte
	events := o.Temporal.GetWorkflowHistory(t.Context(), workflows.CaseWorkflowID(id), "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		event, err := events.Next()
		require.NoError(t, err)
		raw, err := temporalproto.CustomJSONMarshalOptions{}.Marshal(event)
		require.NoError(t, err)
		written = append(written, raw...)
		written = append(written, '\n')
	}
	return string(written) + decodedPayloads(t, o, id)
}

// decodedPayloads is the clear content of every payload, however it is wrapped.
func decodedPayloads(t *testing.T, o *office.Office, id string) string {
	t.Helper()
	var clear []byte
	events := o.Temporal.GetWorkflowHistory(t.Context(), workflows.CaseWorkflowID(id), "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		event, err := events.Next()
		require.NoError(t, err)
		var payloads []*commonpb.Payload
		if accepted := event.GetWorkflowExecutionUpdateAcceptedEventAttributes(); accepted != nil {
			payloads = append(payloads, accepted.GetAcceptedRequest().GetInput().GetArgs().GetPayloads()...)
		}
		if completed := event.GetWorkflowExecutionUpdateCompletedEventAttributes(); completed != nil {
			payloads = append(payloads, completed.GetOutcome().GetSuccess().GetPayloads()...)
		}
		if started := event.GetWorkflowExecutionStartedEventAttributes(); started != nil {
			payloads = append(payloads, started.GetInput().GetPayloads()...)
		}
		for _, details := range event.GetMarkerRecordedEventAttributes().GetDetails() {
			payloads = append(payloads, details.GetPayloads()...)
		}
		for _, payload := range payloads {
			clear = append(clear, payload.GetData()...)
		}
	}
	return string(clear)
}
