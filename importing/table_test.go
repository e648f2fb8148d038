package importing

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func rowsOf(t *testing.T, path string) []line {
	t.Helper()
	source, err := openTable(path, Mapping{})
	require.NoError(t, err)
	defer func() { require.NoError(t, source.close()) }()
	var rows []line
	for {
		row, err := source.next()
		if errors.Is(err, io.EOF) {
			return rows
		}
		require.NoError(t, err)
		rows = append(rows, row)
	}
}

func TestCsvIsReadInEveryEncodingAndSeparatorThatOfficesUse(t *testing.T) {
	t.Parallel()

	const content = "编号,登记时间,标题,内容\n1,2019-04-24,路灯，坏了,\"他说“不亮”;\t，两行\n𠀀\"\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(content)
	require.NoError(t, err)
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(content)
	require.NoError(t, err)
	for name, text := range map[string]string{
		"utf-8": content, "utf-8 with mark": "\ufeff" + content, "gb18030": gb, "utf-16": utf16,
		"crlf":      strings.ReplaceAll(content, "\n", "\r\n"),
		"tab":       strings.ReplaceAll(content, ",", "\t"),
		"semicolon": strings.ReplaceAll(content, ",", ";"),
	} {
		rows := rowsOf(t, fileOf(t, "a.csv", text))
		require.Len(t, rows, 1, name)
		require.Equal(t, []string{"1", "2019-04-24", "路灯，坏了", "他说“不亮”;\t，两行\n𠀀"}, rows[0].cells, name)
	}
}

func TestGB18030IsKnownAlsoWhereTheFirstMegabyteIsPlain(t *testing.T) {
	t.Parallel()

	late, err := simplifiedchinese.GB18030.NewEncoder().String("路灯")
	require.NoError(t, err)
	rows := rowsOf(t, fileOf(t, "a.csv", "id,received,title,body\n1,2019-04-24,a,"+strings.Repeat("x", 1<<20)+"\n2,2019-04-24,"+late+",b\n"))
	require.Equal(t, "路灯", rows[1].cells[2])
}

func TestRowsAreNumberedAsASpreadsheetShowsThem(t *testing.T) {
	t.Parallel()

	rows := rowsOf(t, fileOf(t, "a.csv", "\n标题在上\n\"id\",received,title,body\n1,2019-04-24,\"a\nb\nc\",d\n\n2,2019-04-24,\"a\nb\",c\n3,2019-04-24,x,y\n"))
	var numbers []int
	for _, row := range rows {
		numbers = append(numbers, row.number)
	}
	require.Equal(t, []int{4, 6, 7}, numbers)

	path := workbookOf(t, []any{"题"}, nil, []any{"id", "received", "title", "body"}, []any{1}, nil, nil, []any{2})
	numbers = nil
	for _, row := range rowsOf(t, path) {
		if !row.blank() {
			numbers = append(numbers, row.number)
		}
	}
	require.Equal(t, []int{4, 7}, numbers)
}

func TestARowThatCantBeSplitIsAFaultOfItsOwn(t *testing.T) {
	t.Parallel()

	rows := rowsOf(t, fileOf(t, "a.csv", "id,received,title,body\n1,2019-04-24,a \"b\" c,d\n2,2019-04-24,a,b,c\n3,2019-04-24,a,b,,\n4,2019-04-24,a\n5,2019-04-24,\"a,b\n6\n"))
	require.Len(t, rows, 5)
	require.Equal(t, &faultQuotes, rows[0].fault)
	require.Equal(t, &faultShifted, rows[1].fault)
	require.Equal(t, 3, rows[1].number)
	require.Nil(t, rows[2].fault, "empty cells beyond the headers mean nothing")
	require.Nil(t, rows[3].fault)
	require.Equal(t, &faultQuotes, rows[4].fault)
	require.Equal(t, 6, rows[4].number)
}

func TestTheSheetThatTheMappingNamesIsRead(t *testing.T) {
	t.Parallel()

	path := workbookOf(t, []any{"id", "received", "title", "body"}, []any{185986000000, "2019-04-24", "a", "b"})
	file, err := excelize.OpenFile(path)
	require.NoError(t, err)
	_, err = file.NewSheet("台账")
	require.NoError(t, err)
	require.NoError(t, file.SetSheetRow("台账", "A1", &[]any{"编号", "登记时间", "标题", "内容"}))
	require.NoError(t, file.Save())
	require.NoError(t, file.Close())

	total, err := countRows(path, Mapping{Sheet: "台账"})
	require.NoError(t, err)
	require.Equal(t, 0, total)
	total, err = countRows(path, Mapping{})
	require.NoError(t, err)
	require.Equal(t, 1, total)
	_, err = countRows(path, Mapping{Sheet: "没有"})
	require.ErrorContains(t, err, `it has no sheet "没有", only Sheet1, 台账`)
	require.Equal(t, "185986000000", plainNumber(rowsOf(t, path)[0].cells[0]))
}

func TestAFileThatIsNoTableIsRefusedAtOnce(t *testing.T) {
	t.Parallel()

	var unsupported *UnsupportedFileError
	_, err := openTable("a.xls", Mapping{})
	require.ErrorAs(t, err, &unsupported)
	_, err = openTable(fileOf(t, "a.xlsx", "no workbook"), Mapping{})
	require.ErrorContains(t, err, "open the workbook")
	var header *HeaderError
	_, err = openTable(fileOf(t, "a.csv", ""), Mapping{})
	require.ErrorAs(t, err, &header)
	require.Equal(t, requiredFields, header.Missing)
	_, err = openTable(fileOf(t, "a.csv", "总表\n编号,标题,时间\n1,a,b\n"), Mapping{})
	require.ErrorAs(t, err, &header)
	require.Equal(t, []string{"编号", "标题", "时间"}, header.Found)
	require.Equal(t, []Field{FieldSubmittedAt, FieldBody}, header.Missing)
}

func TestCellsAreCleanedOfWhatNobodySees(t *testing.T) {
	t.Parallel()

	require.Equal(t, "一\n\n　　二 三", cleanText("\t 一\u00a0 \r\n\r　　二\u00a0三\u200b\ufeff \n\t"))
	require.Equal(t, "一 二", cleanLine(" 一\r\n　二 "))
	require.Equal(t, "一二", sameText(" 一\r\n　二 "))
	require.Equal(t, strings.Repeat("长", shownRunes-1)+"…", shorten(strings.Repeat("长", shownRunes+1)))
	require.Equal(t, strings.Repeat("长", shownRunes), shorten(strings.Repeat("长", shownRunes)))
	for cell, want := range map[string]string{"1.85986E5": "185986", "1E+3": "1000", "1.5": "1.5", "E5": "E5", "1.23456789E2": "1.23456789E2", "9E99": "9E99", "0012": "0012"} {
		require.Equal(t, want, plainNumber(cell))
	}
}
