package importing

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/tiaochu/tiaochu/casefile"
)

var goldenHeader = []any{"留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间", "满意度", "类别", "信访目的", "信访形式", "备注"}

// workbookOf saves rows as a spreadsheet, from row 1; nil leaves a row out.
func workbookOf(t *testing.T, rows ...[]any) string {
	t.Helper()
	file := excelize.NewFile()
	date, err := file.NewStyle(&excelize.Style{NumFmt: 22})
	require.NoError(t, err)
	for i, row := range rows {
		for j, cell := range row {
			if cell == nil {
				continue
			}
			name, err := excelize.CoordinatesToCellName(j+1, i+1)
			require.NoError(t, err)
			require.NoError(t, file.SetCellValue("Sheet1", name, cell))
			if _, isDate := cell.(time.Time); isDate {
				require.NoError(t, file.SetCellStyle("Sheet1", name, name, date))
			}
		}
	}
	path := filepath.Join(t.TempDir(), "petitions.xlsx")
	require.NoError(t, file.SaveAs(path))
	require.NoError(t, file.Close())
	return path
}

func fileOf(t *testing.T, name string, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

func reportOf(t *testing.T, path string) [][]string {
	t.Helper()
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	text, marked := strings.CutPrefix(string(raw), "\ufeff")
	require.True(t, marked, "a spreadsheet needs the mark to read Chinese")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(t, err)
	require.Equal(t, reportHeader, rows[0])
	return rows[1:]
}

func TestGoodRowsGoInAndEveryBadOneIsReportedWithRowColumnValueAndReason(t *testing.T) {
	t.Parallel()

	const in, out = "2019/4/24 16:03:40", "2019/5/9 9:49:10"
	long := strings.Repeat("长", 100_000)
	path := workbookOf(t,
		[]any{"某市信访台账"},
		nil,
		goldenHeader,
		[]any{1, "甲一", "路没修好", in, "\t\t 第一段\r\n　　第二段 \u00a0\n", "已安排", out, 5},        // 4: good, answered
		[]any{"2", nil, "路灯不亮", time.Date(2019, 4, 24, 16, 3, 40, 0, time.UTC), "夜里黑"}, // 5: good, open, a true date cell, anonymous
		nil, // 6: left out
		[]any{nil, "甲", "题", in, "文", "答", out},                                          // 7
		[]any{4, "甲", nil, in, "\u200b \u00a0", "答", out},                                // 8: two faults
		[]any{5, "甲", "题", "4/24/2019", "文"},                                             // 9
		[]any{6, "甲", "题", nil, "文"},                                                     // 10
		[]any{7, "甲", "题", "2027-01-01", "文"},                                            // 11
		[]any{8, "甲", "题", "1900-01-01", "文"},                                            // 12
		[]any{9, "甲", "题", out, "文", "答", in},                                            // 13
		[]any{10, "甲", "题", in, "文", nil, out},                                           // 14
		[]any{11, "甲", "题", in, "文", "答"},                                                // 15
		[]any{12, "甲", "题", in, "文", "答", out, 6},                                        // 16
		[]any{13, "甲", long[:len(long)/100], in, "文"},                                    // 17: a title of 1,000
		[]any{14, "甲", "题", in, "文", nil, nil, nil, "没有的类"},                              // 18
		[]any{15, "甲", "题", in, "文", nil, nil, nil, nil, "闲聊"},                           // 19
		[]any{16, "甲", "题", in, "文", nil, nil, nil, nil, nil, "飞鸽"},                      // 20
		[]any{1, "甲一", "路没修好", in, "另一件事", "已安排", out, 5},                                // 21: the number of row 4
		[]any{1, "甲一", "路没修好", in, "第一段 第二段", "已安排", out, 5},                             // 22: row 4 again
		[]any{17, "甲", "#REF!", in, "文"},                                                 // 23
		[]any{18, "甲", "题", in, "坏\ufffd字"},                                              // 24
		[]any{strings.Repeat("9", 101), "甲", "题", in, "文"},                               // 25
		[]any{19, "甲", "=cmd()", "=2019", "文"},                                           // 26
		[]any{20, "甲", "同日答复", in, "文", "答", "2019-04-24", "非常满意", nil, "建议", "来信", "x"}, // 27: good
	)
	record := newLedger()
	options := record.options(path)
	options.Report = filepath.Join(t.TempDir(), "report.csv")
	summary, err := Run(t.Context(), options)
	require.NoError(t, err)
	require.Equal(t, []string{"1", "2", "20"}, record.numbers())
	require.Equal(t, []string{"备注"}, summary.Ignored)
	require.Equal(t, Summary{Rows: 23, Closed: 2, Open: 1, Existing: 1, Refused: 19, Report: options.Report, Ignored: summary.Ignored, Elapsed: summary.Elapsed}, summary)

	var got []string
	for _, row := range reportOf(t, options.Report) {
		got = append(got, strings.Join(row[:4], "|"))
		require.NotEmpty(t, row[4])
		require.NotEmpty(t, row[5])
		require.NotEqual(t, row[4], row[5])
	}
	require.Equal(t, []string{
		"7|A|留言编号|", "8|C|留言主题|", "8|E|留言详情|", "9|D|留言时间|4/24/2019", "10|D|留言时间|",
		"11|D|留言时间|2027-01-01", "12|D|留言时间|1900-01-01", "13|G|答复时间|2019/4/24 16:03:40",
		"14|F|答复意见|", "15|G|答复时间|", "16|H|满意度|6", "17|C|留言主题|" + strings.Repeat("长", shownRunes-1) + "…",
		"18|I|类别|没有的类", "19|J|信访目的|闲聊", "20|K|信访形式|飞鸽", "21|A|留言编号|1", "23|C|留言主题|#REF!", "24|E|留言详情|坏\ufffd字",
		"25|A|留言编号|" + strings.Repeat("9", shownRunes-1) + "…", "26|D|留言时间|'=2019",
	}, got)
	information, err := os.Stat(options.Report)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), information.Mode().Perm())

	commands := record.byNumber()
	first := commands["1"].Act.(casefile.ImportEnded)
	require.Equal(t, "2019-04-24T16:03:40+08:00", first.Register.ReceivedAt.In(casefile.Shanghai).Format(time.RFC3339))
	require.Equal(t, first.Register.ReceivedAt, first.AcceptedAt)
	require.Equal(t, first.Register.ReceivedAt, commands["1"].EffectiveAt)
	require.Equal(t, "2019-05-09T09:49:10+08:00", first.ConcludedAt.In(casefile.Shanghai).Format(time.RFC3339))
	require.Equal(t, 5, *first.Satisfaction)
	require.Equal(t, "第一段\n　　第二段", record.texts[first.Register.Narrative])
	require.Equal(t, "已安排", record.texts[first.Reply])
	require.Equal(t, casefile.Appeal, first.Register.PetitionType)
	require.Equal(t, casefile.SourceOther, first.Register.Source)
	require.Equal(t, []casefile.ExternalID{{System: "petition-530402", Number: "1"}}, first.Register.ExternalIDs)
	require.Equal(t, casefile.Division("530402"), first.Register.Division)
	require.Contains(t, record.texts[commands["1"].BackdatingReason], "imported from petition-530402")
	party := first.Register.Parties[0]
	require.True(t, party.Named)
	var content casefile.PartyContent
	require.NoError(t, json.Unmarshal([]byte(record.texts[party.Content]), &content))
	require.Equal(t, "甲一", content.Name)

	second := commands["2"].Act.(casefile.RegisterCase)
	require.Equal(t, first.Register.ReceivedAt, second.ReceivedAt, "a true date cell is the time that the cell shows, in China")
	require.True(t, second.Parties[0].Anonymous)
	require.Empty(t, second.Parties[0].Content)

	last := commands["20"].Act.(casefile.ImportEnded)
	require.Equal(t, last.Register.ReceivedAt, last.ConcludedAt)
	require.Equal(t, 5, *last.Satisfaction)
	require.Equal(t, casefile.Suggestion, last.Register.PetitionType)
	require.Equal(t, casefile.SourceLetter, last.Register.Source)
	require.NotContains(t, fmt.Sprint(commands), "甲一", "no command carries a name")
}

func TestASecondRunCreatesNothingAndAChangedRowIsReported(t *testing.T) {
	t.Parallel()

	record := newLedger()
	header := "number,submitted at,title,body,reply,replied at\n"
	path := fileOf(t, "a.csv", header+"1,2019-04-24 16:03,a,b,c,2019-05-09\n2,2019-04-24,a,b,,\n")
	summary, err := Run(t.Context(), record.options(path))
	require.NoError(t, err)
	require.Equal(t, 2, summary.New())
	texts := len(record.texts)

	summary, err = Run(t.Context(), record.options(path))
	require.NoError(t, err)
	require.Equal(t, 0, summary.New())
	require.Equal(t, 2, summary.Existing)
	require.Len(t, record.texts, texts, "nothing is written a second time")

	changed := fileOf(t, "b.csv", header+"1,2019-04-24 16:03,a,b!,c,2019-05-09\n2,2019-04-24,a,  b ,,\n")
	options := record.options(changed)
	options.Report = filepath.Join(t.TempDir(), "report.csv")
	summary, err = Run(t.Context(), options)
	require.NoError(t, err)
	require.Equal(t, 0, summary.New())
	require.Equal(t, 1, summary.Existing)
	require.Equal(t, 1, summary.Refused)
	require.Equal(t, []string{"2", "A", "number", "1", faultChanged.zh, faultChanged.en}, reportOf(t, options.Report)[0])

	options.Path = path
	summary, err = Run(t.Context(), options)
	require.NoError(t, err)
	require.Empty(t, summary.Report)
	require.Empty(t, reportOf(t, options.Report), "what an earlier run reported is gone")
}

func TestAnImportThatWasCutOffGoesOn(t *testing.T) {
	t.Parallel()

	var rows strings.Builder
	rows.WriteString("编号,登记时间,标题,内容,答复,答复时间\n")
	for i := range 500 {
		fmt.Fprintf(&rows, "%d,2019-04-24 16:03,题,文%d,答,2019-05-09\n", i, i)
	}
	path := fileOf(t, "a.csv", rows.String())
	record := newLedger()
	record.cutAfter = 220
	summary, err := Run(t.Context(), record.options(path))
	require.ErrorIs(t, err, errCutOff)
	require.Equal(t, 200, summary.Closed)

	record.cutAfter = 0
	summary, err = Run(t.Context(), record.options(path))
	require.NoError(t, err)
	require.Equal(t, 300, summary.Closed)
	require.Equal(t, 200, summary.Existing)
	require.Len(t, record.commands, 500)
	for _, size := range record.batches {
		require.LessOrEqual(t, size, endedBatch)
	}
}

func TestAnEndedContextStopsTheImportAndSaysSo(t *testing.T) {
	t.Parallel()

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	record := newLedger()
	_, err := Run(ctx, record.options(fileOf(t, "a.csv", "id,received,title,body\n1,2019-04-24,a,b\n")))
	require.ErrorIs(t, err, context.Canceled)
	require.Empty(t, record.commands)
}

func TestADryRunWritesNothing(t *testing.T) {
	t.Parallel()

	record := newLedger()
	options := record.options(fileOf(t, "a.csv", "id,received,title,body\n1,2019-04-24,a,b\n2,2019-04-24,a,\n3,2019-04-24,a,b\n"))
	options.DryRun = true
	options.Check = func(command casefile.Command) *casefile.Refusal {
		if registered(command).ExternalIDs[0].Number == "3" {
			return &casefile.Refusal{Code: casefile.RefusedJurisdiction, Message: "not here", MessageZH: "不在管辖范围"}
		}
		return nil
	}
	summary, err := Run(t.Context(), options)
	require.NoError(t, err)
	require.Equal(t, 1, summary.Open)
	require.Equal(t, 2, summary.Refused)
	require.Empty(t, record.texts)
	require.Empty(t, record.commands)
}

func TestWhatTheRecordRefusesIsReported(t *testing.T) {
	t.Parallel()

	record := newLedger()
	record.refuse = func(casefile.Command) *casefile.Refusal {
		return &casefile.Refusal{Code: casefile.RefusedUnknownDivision, Message: "no such division", MessageZH: "没有这个区划"}
	}
	options := record.options(fileOf(t, "a.csv", "id,received,title,body,reply,replied\n1,2019-04-24,a,b,,\n2,2019-04-24,a,b,c,2019-04-25\n"))
	options.Report, options.Workers = filepath.Join(t.TempDir(), "report.csv"), 1
	summary, err := Run(t.Context(), options)
	require.NoError(t, err)
	require.Equal(t, 2, summary.Refused)
	require.Equal(t, [][]string{
		{"2", "A", "id", "1", "没有这个区划", "no such division (UNKNOWN_DIVISION)"},
		{"3", "A", "id", "2", "没有这个区划", "no such division (UNKNOWN_DIVISION)"},
	}, reportOf(t, options.Report))
}

func TestACaseThatCantBeReachedIsAskedAgain(t *testing.T) {
	t.Parallel()

	path := fileOf(t, "a.csv", "id,received,title,body\n1,2019-04-24,a,b\n")
	record := newLedger()
	record.awayBefore, record.awayAfter = 1, 1
	summary, err := Run(t.Context(), record.options(path))
	require.NoError(t, err)
	require.Equal(t, 1, summary.Open, "what an unanswered attempt of this run did is this run's")
	require.Equal(t, 3, record.sends)
	require.Len(t, record.commands, 1)

	record = newLedger()
	record.awayBefore = 1 << 30
	options := record.options(path)
	options.Patience = 50 * time.Millisecond
	_, err = Run(t.Context(), options)
	require.ErrorIs(t, err, errAway)
	require.ErrorContains(t, err, "row 2")
}

func TestRowsFindTheirDivisionCategoryAndWordsByTheMapping(t *testing.T) {
	t.Parallel()

	mapping, err := parseMapping([]byte(`{
		"columns": {"来件号": "external_id", "日": "submitted_at"},
		"divisions": {"高新区": "530490"}, "types": {"投诉": "ACCUSATION"}, "sources": {"信鸽": "OTHER"},
		"type": "SUGGESTION", "source": "LETTER"}`))
	require.NoError(t, err)
	record := newLedger()
	options := record.options(fileOf(t, "a.csv", "来件号;日;标题;内容;地区;信访目的;来源\n1;2019-04-24;a;b;高新区;投诉;信鸽\n2;2019-04-24;a;b;别处;;\n"))
	options.Mapping = mapping
	_, err = Run(t.Context(), options)
	require.NoError(t, err)
	first, second := registered(record.byNumber()["1"]), registered(record.byNumber()["2"])
	require.Equal(t, casefile.Division("530490"), first.Division)
	require.Equal(t, casefile.Accusation, first.PetitionType)
	require.Equal(t, casefile.SourceOther, first.Source)
	require.Equal(t, casefile.Division("530402"), second.Division)
	require.Equal(t, casefile.Suggestion, second.PetitionType)
	require.Equal(t, casefile.SourceLetter, second.Source)
}

func TestFaultyOptionsAreRefusedBeforeAnyRowIsRead(t *testing.T) {
	t.Parallel()

	path := fileOf(t, "a.csv", "id,received,title,body\n1,2019-04-24,a,b\n")
	for message, change := range map[string]func(*Options){
		`division "5304x2"`:          func(o *Options) { o.Division = "5304x2" },
		`category has the code "P-"`: func(o *Options) { o.Category = "P-" },
		"no issuing system":          func(o *Options) { o.System = "" },
		"-1 workers":                 func(o *Options) { o.Workers = -1 },
		`names "P-NONE"`:             func(o *Options) { o.Mapping.Categories = map[string]string{"城建": "P-NONE"} },
	} {
		record := newLedger()
		options := record.options(path)
		change(&options)
		_, err := Run(t.Context(), options)
		require.ErrorIs(t, err, ErrOptions)
		require.ErrorContains(t, err, message)
		require.Empty(t, record.commands)
	}
}
