package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestChineseMessagesNameFieldsAsAClerkKnowsThem(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]string{
		"title 必填": "标题必填",
		"receivedAt 2099-01-01 00:00 晚于当前时间 2026-11-22 11:08": "收到日期2099-01-01 00:00 晚于当前时间 2026-11-22 11:08",
		"请在 backdatingReason 说明原因":                            "请在补录原因说明原因",
		`"title" 不是已知的区划代码`:                                   `"title" 不是已知的区划代码`,
		"没有编号为 u-title-1 的单位":                                 "没有编号为 u-title-1 的单位",
		"不是有效的 UTF-8 文本":                                      "不是有效的 UTF-8 文本",
	} {
		require.Equal(t, want, inChinese(message))
	}
	for _, act := range ActNames() {
		if _, ok := ruled(act); !ok {
			continue
		}
		require.NotEmpty(t, fieldWords[MutationName(act)], act)
	}
	l := registered(t, "center-clerk1", aDispute())
	refusal := l.refuses("center-manager1", AssignCase{PersonID: "center-mediator1"}, RefusedWrongStage, "")
	require.Equal(t, "案件处于受理阶段，“指定承办人”只能在调查、调解、办理阶段进行", refusal.MessageZH)
}
