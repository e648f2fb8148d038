package importing

import (
	"fmt"
	"strings"
)

const guideRows = `The first rows of the file hold the headers (a title may stand above), the first sheet the
table. Rows with reply and replied_at become closed cases with these dates, rows with
neither become open cases whose clocks started on submitted_at. A case follows from the
issuing system and external_id, so importing a file again creates nothing, and an import
that was cut off goes on where it stopped.

Dates: 2019-04-24 16:03, 2019/4/24, 2019.4.24, 2019年4月24日 下午4点03分, 20190424,
2019-04-24T16:03:40+08:00, or true date cells; Asia/Shanghai where no zone is given.

Rows that can't be taken are listed in the report (csv) with row, column, value and reason;
the others are imported. Exit codes: 0 all rows are in the record, 3 some were refused, 2
nothing was begun (unknown division, missing headers, …), 1 failed halfway, 130 interrupted.

Headers, in Chinese or English; the first four are required:

`

const guideMapping = `
The mapping file, where everything is optional ("ignore" leaves a column out):

  {
    "sheet":      "2019年台账",
    "columns":    {"来件号": "external_id", "来件日": "submitted_at", "手机": "ignore"},
    "divisions":  {"高新区": "530402"},
    "categories": {"城建": "城乡建设"},
    "types":      {"投诉": "APPEAL"},
    "sources":    {"留言板": "ONLINE"},
    "type":       "APPEAL",
    "source":     "ONLINE"
  }
`

// Guide describes the files that can be imported, for whoever prepares one.
func Guide() string {
	var guide strings.Builder
	guide.WriteString(guideRows)
	for _, field := range Fields() {
		fmt.Fprintf(&guide, "  %-13s %s\n", field, strings.Join(builtInHeaders[field], ", "))
	}
	guide.WriteString(guideMapping)
	return guide.String()
}
