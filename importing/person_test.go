package importing

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
)

func TestWhoPetitionedIsCheckedAndReportedOnlyMasked(t *testing.T) {
	t.Parallel()

	record := newLedger()
	options := record.options(fileOf(t, "a.csv", strings.Join([]string{
		"编号,登记时间,标题,内容,姓名,手机,身份证号,住址",
		"1,2019-04-24,a,b,张三丰,13800001234,44052418800101001x,某路1号",
		"2,2019-04-24,a,b,张三丰,13800001234,440524188001010014,某路1号",
		"3,2019-04-24,a,b,张三丰,10800001234,,",
		"4,2019-04-24,a,b,张**,,,",
		"5,2019-04-24,a,b,,13800001234,,",
		"6,2019-04-24,a,b," + strings.Repeat("张", 81) + ",,,",
	}, "\n")))
	options.Report = filepath.Join(t.TempDir(), "report.csv")
	_, err := Run(t.Context(), options)
	require.NoError(t, err)
	require.Equal(t, []string{"2", "5"}, record.numbers())

	var got []string
	for _, row := range reportOf(t, options.Report) {
		got = append(got, strings.Join(row[:4], "|"))
	}
	require.Equal(t, []string{
		"2|G|身份证号|" + casefile.MaskIDNumber("44052418800101001x"), "4|F|手机|108****1234", "5|E|姓名|张**", "7|E|姓名|张**",
	}, got)

	party := registered(record.byNumber()["5"]).Parties[0]
	require.False(t, party.Named)
	require.False(t, party.Anonymous)
	require.NotEmpty(t, party.Content)
}
