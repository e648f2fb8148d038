package api_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/api/command"
	"github.com/tiaochu/tiaochu/casefile"
)

func TestTheSameKeyWithTheSameInputActsOnce(t *testing.T) {
	t.Parallel()
	o := open(t)
	first := o.do(clerk, "registerCase", dispute("once"))
	again := o.do(clerk, "registerCase", dispute("once"))
	require.Equal(t, first.Case.Number, again.Case.Number)
	require.Equal(t, first.Case.Version, again.Case.Version)
	require.Equal(t, 1, o.commander.Sent, "the repeat is answered from the record")

	note := o.on(first.Case.ID, map[string]any{"text": "电话已通知"})
	o.do(clerk, "addNote", note)
	accepted := o.do(clerk, "acceptCase", o.on(first.Case.ID, nil))
	repeated := o.do(clerk, "addNote", note)
	require.Equal(t, accepted.Case.Version, repeated.Case.Version, "it answers with the case as it now is")
	require.Equal(t, "INVESTIGATION", repeated.Case.Stage)
}

func TestTheSameKeyWithAnotherInputConflicts(t *testing.T) {
	t.Parallel()
	o := open(t)
	registered := o.do(clerk, "registerCase", dispute("key"))
	other := dispute("key")
	other["title"] = "另一件事"
	got := o.mutate(clerk, "registerCase", other)
	require.Equal(t, "CONFLICT", got.UserErrors[0].Code)
	require.Equal(t, field("clientMutationId"), got.UserErrors[0].Field)

	note := o.on(registered.Case.ID, map[string]any{"text": "第一次"})
	o.do(clerk, "addNote", note)
	note["text"] = "第二次"
	got = o.mutate(clerk, "addNote", note)
	require.Equal(t, "CONFLICT", got.UserErrors[0].Code)
	require.Equal(t, field("clientMutationId"), got.UserErrors[0].Field)
	require.Equal(t, registered.Case.Version+1, got.Case.Version)
}

func TestANumberOfAnotherSystemIsOneCase(t *testing.T) {
	t.Parallel()
	o := open(t)
	numbered := func(key string) map[string]any {
		input := dispute(key)
		input["externalIds"] = []any{map[string]any{"system": "12345-5304", "number": "T-1"}}
		return input
	}
	first := o.do(clerk, "registerCase", numbered("n-1"))
	same := o.do(clerk, "registerCase", numbered("n-2"))
	require.Equal(t, first.Case.Number, same.Case.Number, "the same content under another key is the same case")

	other := numbered("n-3")
	other["narrative"] = "内容不同"
	got := o.mutate(clerk, "registerCase", other)
	require.Equal(t, "CONFLICT", got.UserErrors[0].Code)
	require.Equal(t, field("externalIds", "0", "number"), got.UserErrors[0].Field)
	require.Nil(t, got.Case)
	require.NotContains(t, got.UserErrors[0].Message, first.Case.Number)

	elsewhere := o.mutate("p-5304-center-clerk-1", "registerCase", numbered("n-4"))
	require.Equal(t, "CONFLICT", elsewhere.UserErrors[0].Code, "out of sight it is a conflict, whatever the content")
	require.Nil(t, elsewhere.Case)
}

func TestACasesIDFollowsFromItsNumberWhoeverBringsIt(t *testing.T) {
	t.Parallel()
	id := api.CaseIDOf([]casefile.ExternalID{{System: "12345-5304", Number: "T-1"}}, clerk, "k")
	require.Equal(t, casefile.CaseIDOfNumber("12345-5304", "T-1"), id)
	require.NotEqual(t, id, api.CaseIDOf(nil, clerk, "k"))
	require.NotEqual(t, api.CaseIDOf(nil, clerk, "k"), api.CaseIDOf(nil, otherClerk, "k"))
}

func TestWhatStandsInTheWayOfACommandIsAProtocolError(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(clerk, "registerCase", dispute("standing")).Case.ID
	for _, c := range []struct {
		err  error
		code string
		want any
	}{
		{&command.RateLimited{RetryAfter: 1500 * time.Millisecond}, "RATE_LIMITED", float64(2)},
		{&command.Unavailable{Sent: true, Cause: errors.New("dial tcp 10.0.0.1: refused")}, "UNAVAILABLE", float64(1)},
		{errors.New("password=secret"), "INTERNAL", nil},
	} {
		o.commander.Err = c.err
		got := o.ask(clerk, mutationText("addNote"), map[string]any{"input": o.on(id, map[string]any{"text": "x"})})
		require.Equal(t, c.code, got.code())
		require.Equal(t, c.want, got.Errors[0].Extensions["retryAfter"])
		require.NotContains(t, got.Errors[0].Message, "10.0.0.1")
		require.NotContains(t, got.Errors[0].Message, "secret")
		require.Equal(t, []any{"payload"}, got.Errors[0].Path)
	}
}

func TestWhileTheRecordIsAwayEverythingIsUnavailable(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(clerk, "registerCase", dispute("away")).Case.ID
	token := o.token(clerk)
	o.closeStore()
	got := o.askWith(token, "en", mutationText("addNote"), map[string]any{"input": o.on(id, map[string]any{"text": "x"})})
	require.Equal(t, "UNAVAILABLE", got.code())
	require.Equal(t, 503, got.Status)
	require.Equal(t, "1", got.Header.Get("Retry-After"))
	require.Equal(t, 1, o.commander.Sent)
}
