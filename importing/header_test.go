package importing

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestHeadersAreFoundInChineseAndEnglishHoweverTheyAreWritten(t *testing.T) {
	t.Parallel()

	for _, header := range [][]string{
		{"留言编号", "留言时间", "留言主题", "留言详情"},
		{"external_id", "submitted_at", "title", "body"},
		{" External ID ", "Submitted-At", "TITLE", "Body*"},
		{"编号（必填）", "信访　时间", "标 题", "内容："},
		{"ｉｄ", "登记日期", "事由", "主要诉求"},
	} {
		found, fault := readHeader(header, Mapping{})
		require.Nil(t, fault, "%v", header)
		require.Equal(t, map[Field]int{FieldNumber: 0, FieldSubmittedAt: 1, FieldTitle: 2, FieldBody: 3}, found.at)
		require.Empty(t, found.ignored)
	}
}

func TestNoHeaderMeansTwoFields(t *testing.T) {
	t.Parallel()

	owner := map[string]Field{}
	for _, field := range Fields() {
		require.GreaterOrEqual(t, len(field.Headers()), 6, "the error message shows six")
		for _, header := range field.Headers() {
			other, taken := owner[plainHeader(header)]
			require.False(t, taken, "%s means %s and %s", header, field, other)
			owner[plainHeader(header)] = field
		}
	}
}

func TestMissingHeadersAreRefusedWithWhatWasFoundAndExpected(t *testing.T) {
	t.Parallel()

	_, fault := readHeader([]string{"留言编号", "标签", "", "留言主题"}, Mapping{})
	require.NotNil(t, fault)
	require.Equal(t, []Field{FieldSubmittedAt, FieldBody}, fault.Missing)
	require.Equal(t, []string{"留言编号", "标签", "留言主题"}, fault.Found)
	require.Contains(t, fault.Error(), "no column for submitted_at (expected one of: 留言时间")
	require.Contains(t, fault.Error(), "the file has: 留言编号, 标签, 留言主题")
}

func TestTwoColumnsForOneFieldAreRefusedUnlessTheMappingChooses(t *testing.T) {
	t.Parallel()

	header := []string{"编号", "信访编号", "时间", "标题", "内容"}
	_, fault := readHeader(header, Mapping{Columns: map[string]Field{"时间": FieldSubmittedAt}})
	require.NotNil(t, fault)
	require.Equal(t, []string{"编号", "信访编号"}, fault.Twice[FieldNumber])
	require.Contains(t, fault.Error(), "2 columns for external_id: 编号, 信访编号")

	found, fault := readHeader(header, Mapping{Columns: map[string]Field{"时间": FieldSubmittedAt, "信访编号": FieldNumber}})
	require.Nil(t, fault)
	require.Equal(t, 1, found.at[FieldNumber])
	require.Equal(t, []string{"编号"}, found.ignored)
}

func TestAColumnCanBeLeftOut(t *testing.T) {
	t.Parallel()

	found, fault := readHeader([]string{"编号", "时间", "标题", "内容", "手机"}, Mapping{
		Columns: map[string]Field{"时间": FieldSubmittedAt, "手机": FieldIgnored},
	})
	require.Nil(t, fault)
	require.NotContains(t, found.at, FieldPhone)
	require.Equal(t, []string{"手机"}, found.ignored)
}

func TestColumnsAreNamedAsASpreadsheetDoes(t *testing.T) {
	t.Parallel()

	for column, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"} {
		require.Equal(t, want, columnLetter(column))
	}
}
