package importing

import (
	"fmt"

	"github.com/tiaochu/tiaochu/casefile"
)

// fault is why a row can't be taken, in both languages, for whoever mends the spreadsheet.
type fault struct{ zh, en string }

var (
	faultQuotes      = fault{"引号不配对，无法分列", "the quotation marks don't pair, so the row can't be split into columns"}
	faultShifted     = fault{"单元格多于表头，可能有分隔符未加引号", "more cells than headers; a separator inside a text is probably not quoted"}
	faultUnreadable  = fault{"含有无法识别的字符，请检查文件编码", "holds characters that can't be read; check the file's encoding"}
	faultFormula     = fault{"单元格是公式错误", "the cell is a formula's error"}
	faultEmpty       = fault{"不能为空", "must not be empty"}
	faultDate        = fault{"日期无法识别，应为 2019-04-24 16:03、2019/4/24 或 2019年4月24日 等", "not a date as 2019-04-24 16:03, 2019/4/24 or 2019年4月24日"}
	faultFuture      = fault{"日期在将来", "the date is in the future"}
	faultTooEarly    = fault{"日期早于 1949 年 10 月 1 日", "the date is before 1 October 1949"}
	faultOrder       = fault{"答复时间早于信访时间", "the reply is dated before the petition"}
	faultNoReply     = fault{"有答复时间但没有答复内容", "has the time of a reply but no reply"}
	faultNoReplyTime = fault{"有答复内容但没有答复时间", "has a reply but not its time"}
	faultRating      = fault{"满意度应为 1 至 5", "satisfaction must be 1 to 5"}
	faultType        = fault{"信访类型无法识别，可在映射文件 types 中说明", "unknown petition type; the mapping file's types can explain it"}
	faultSource      = fault{"来源无法识别，可在映射文件 sources 中说明", "unknown source; the mapping file's sources can explain it"}
	faultCategory    = fault{"类别无法识别，可在映射文件 categories 中说明", "unknown category; the mapping file's categories can explain it"}
	faultNumber      = fault{"编号超过 100 个字符", "the number is longer than 100 characters"}
	faultChanged     = fault{"该编号已有案件，内容不同；原案件未改动", "a case of this number is there already, with other content; it is left as it is"}
)

func faultRepeated(first int) fault {
	return fault{
		fmt.Sprintf("编号与第 %d 行相同，内容不同", first),
		fmt.Sprintf("the number is that of row %d, with other content", first),
	}
}

func faultRefused(refusal *casefile.Refusal) fault {
	en, zh := refusal.Message, refusal.MessageZH
	if zh == "" {
		zh = en
	}
	return fault{zh, fmt.Sprintf("%s (%s)", en, refusal.Code)}
}

// problem is one fault of one row.
type problem struct {
	row    int
	column int    // from 0; -1 where the fault is the whole row's
	header string // as the file writes it
	value  string // what the report may show
	fault  fault
}
