package procedure_test

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// row is one row of the reference tables and the steps that hold it.
type row struct {
	begins string // how the row begins, its first cells
	steps  string // "procedure/step procedure/step"
	// verified overrides what the row's mark says of the whole row: the marks of its parts
	// differ.
	verified string
	// units overrides the row's unit, and why says what was found in the text itself.
	units, why string
}

const (
	roads    = "道路交通事故处理程序规定 art 112(五): the days of the Provisions are working days"
	counting = "the row names the start of the clock; its length is that of the case"
)

var sections = map[string][]row{
	"1.1": {
		{begins: "信访 | 登记", steps: "petition/registration"},
		{begins: "信访 | 书面告知 to petitioner", steps: "petition/acceptance"},
		{begins: "信访 | 书面告知, forwarded", steps: "petition/acceptance-forwarded"},
		{begins: "信访 | objection", steps: "petition/objection"},
		{begins: "信访 | 受理争议", steps: "petition/competence-dispute"},
		{begins: "申诉求决", steps: "petition/handling"},
		{begins: "复查 | petitioner", steps: "petition/review-request"},
		{begins: "复查 | opinion", steps: "petition/review"},
		{begins: "复核 | petitioner", steps: "petition/re-review-request"},
		{begins: "复核 | opinion", steps: "petition/re-review"},
		{begins: "重复提出", steps: "petition/repeat"},
		{begins: "走访", steps: "petition/representatives"},
		{begins: "年度报告", steps: "petition-work/annual-report"},
		{begins: "考核", steps: "petition-work/assessment"},
		{begins: "简易办理", steps: "petition-summary/handling petition-summary/acceptance"},
		{begins: "领导接访 市", steps: "leader-reception/city"},
		{begins: "领导接访 县委", steps: "leader-reception/county"},
		{begins: "领导接访 乡镇", steps: "leader-reception/township"},
		{begins: "领导包案", steps: "leadership-package/resolution leadership-package/duty", verified: "leadership-package/duty"},
	},
	"1.2": {
		{begins: "人民调解 | whole", steps: "peoples-mediation/handling", verified: "-"},
		{begins: "人民调解 | 拒绝", steps: "peoples-mediation/refusal"},
		{begins: "人民调解 | 激化", steps: "peoples-mediation/escalation-report"},
		{begins: "调解协议书", steps: "peoples-mediation/written-agreement"},
		{begins: "口头协议", steps: "peoples-mediation/oral-agreement"},
		{begins: "人民调解 | 履行", steps: "peoples-mediation/performance"},
		{begins: "司法确认 | joint", steps: "judicial-confirmation/application"},
		{begins: "司法确认 | court accept", steps: "judicial-confirmation/acceptance"},
		{begins: "司法确认 | decide", steps: "judicial-confirmation/decision-2011 judicial-confirmation/handling"},
		{begins: "司法确认 | 案外人", steps: "judicial-confirmation/third-party-annulment"},
		{begins: "司法确认 | 申请强制", steps: "judicial-confirmation/enforcement"},
	},
	"1.3": {
		{begins: "医疗 人民调解", steps: "medical-mediation/handling"},
		{begins: "医疗 行政调解 accept", steps: "medical-administrative-mediation/acceptance"},
		{begins: "医疗 行政调解 finish", steps: "medical-administrative-mediation/handling"},
		{begins: "医疗 mutual", steps: "medical-mediation/exclusion"},
		{begins: "医疗 尸检", steps: "medical-evidence/autopsy medical-evidence/autopsy-frozen"},
		{begins: "医疗 遗体", steps: "medical-evidence/remains"},
		{begins: "医疗 封存", steps: "medical-evidence/unsealing"},
		{begins: "劳动 调解", steps: "labour-mediation/handling"},
		{begins: "劳动 仲裁时效", steps: "labour-arbitration/limitation"},
		{begins: "劳动 仲裁 受理", steps: "labour-arbitration/acceptance"},
		{begins: "劳动 仲裁 裁决", steps: "labour-arbitration/handling"},
		{begins: "劳动 起诉", steps: "labour-arbitration/suit labour-arbitration/employer-set-aside"},
		{begins: "劳动保障监察", steps: "labour-inspection/handling"},
		{begins: "治安 调解", steps: "public-order/handling public-order/handling-after-appraisal"},
		{begins: "治安 second", steps: "public-order/second-mediation"},
		{begins: "治安 case", steps: "public-order/case"},
		{begins: "治安 mediation failed", steps: "public-order/case-after-failed-mediation", units: "C", why: counting},
		{begins: "治安 自行和解", steps: "public-order/settlement-performed"},
		{begins: "交通 认定书", steps: "traffic-police-mediation/certificate traffic-police-mediation/certificate-after-appraisal"},
		{begins: "交通 交警调解 apply", steps: "traffic-police-mediation/application", units: "W", why: roads},
		{begins: "交通 after", steps: "traffic-police-mediation/application-after-peoples-mediation", units: "W", why: roads},
		{begins: "交通 交警调解 finish", steps: "traffic-police-mediation/handling traffic-police-mediation/handling-death " +
			"traffic-police-mediation/handling-injury traffic-police-mediation/handling-disability traffic-police-mediation/handling-damage"},
		{begins: "交通 notice", steps: "traffic-police-mediation/session-notice traffic-police-mediation/session-change-request", units: "W", why: roads},
		{begins: "消费 any", steps: "consumer-complaint/handling"},
		{begins: "消费 市监", steps: "market-complaint/mediation market-complaint/follow-up"},
		{begins: "土地承包 仲裁时效", steps: "contracted-land-arbitration/limitation"},
		{begins: "土地承包 受理", steps: "contracted-land-arbitration/acceptance contracted-land-arbitration/answer contracted-land-arbitration/hearing-notice", units: "W C", why: "the row gives the answer's 10 C beside it"},
		{begins: "土地承包 裁决", steps: "contracted-land-arbitration/handling"},
		{begins: "土地承包 起诉", steps: "contracted-land-arbitration/suit"},
		{begins: "土地承包 村", steps: "contracted-land-mediation/mediation"},
		{begins: "土地权属", steps: "land-ownership/suit"},
		{begins: "人身安全保护令", steps: "protection-order/decision protection-order/decision-urgent protection-order/validity protection-order/reconsideration", units: "h m C", why: "the row gives validity and reconsideration beside it"},
		{begins: "协议离婚", steps: "divorce-registration/withdrawal divorce-registration/certificate"},
		{begins: "物业", steps: "property-complaint/answer"},
	},
	"1.4": {
		{begins: "委派调解", steps: "court-pre-filing-mediation/handling"},
		{begins: "委托调解 (立案后) 普通", steps: "court-ordinary-mediation/handling"},
		{begins: "委托调解 简易", steps: "court-summary-mediation/handling"},
		{begins: "在线调解", steps: "online-court-pre-filing-mediation/handling online-court-ordinary-mediation/handling online-court-summary-mediation/handling"},
		{begins: "在线 confirm", steps: "online-court-pre-filing-mediation/acceptance online-court-pre-filing-mediation/mediator-choice"},
		{begins: "执行", steps: "court-enforcement-mediation/mediation"},
		{begins: "立案 民事", steps: "civil-litigation/acceptance"},
		{begins: "一审", steps: "civil-litigation/handling civil-litigation/handling-summary"},
		{begins: "上诉", steps: "civil-litigation/appeal"},
		{begins: "支付令", steps: "payment-order/handling"},
		{begins: "行政复议 apply", steps: "administrative-reconsideration/application administrative-reconsideration/application-untold " +
			"administrative-reconsideration/application-real-estate administrative-reconsideration/application-longest", units: "C y", why: "the row gives the longest times in years"},
		{begins: "行政复议 review", steps: "administrative-reconsideration/acceptance administrative-reconsideration/supplement-notice administrative-reconsideration/supplement"},
		{begins: "行政复议 decide", steps: "administrative-reconsideration/handling administrative-reconsideration/suit"},
		{begins: "行政复议 简易", steps: "administrative-reconsideration/handling-summary"},
		{begins: "行政诉讼", steps: "administrative-action/suit administrative-action/suit-after-reconsideration administrative-action/acceptance", units: "m C", why: "the units stand beside the numbers"},
		{begins: "仲裁 (商事) accept", steps: "commercial-arbitration/acceptance"},
		{begins: "仲裁 撤销", steps: "commercial-arbitration/set-aside"},
		{begins: "法律援助 decide", steps: "legal-aid/handling"},
		{begins: "法律援助 assign", steps: "legal-aid/assignment"},
		{begins: "法援 objection", steps: "legal-aid/objection"},
		{begins: "公证", steps: "notary/handling"},
		{begins: "司法鉴定 accept", steps: "appraisal/acceptance"},
		{begins: "司法鉴定 finish", steps: "appraisal/handling"},
		{begins: "政府信息公开", steps: "information-disclosure/handling"},
		{begins: "行政调解 云南", steps: "administrative-mediation-yunnan/mediation"},
		{begins: "行政调解 贵阳", steps: "administrative-mediation-guiyang/mediation"},
	},
}

// tables reads the rows of the reference's deadline tables, without their heads.
func tables(t *testing.T) map[string][][]string {
	t.Helper()
	text, err := os.ReadFile("../../../shared/design/procedures.md")
	if os.IsNotExist(err) {
		t.Skip("the reference of procedures is not beside this checkout")
	}
	require.NoError(t, err)
	found := map[string][][]string{}
	section := ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if heading, ok := strings.CutPrefix(line, "### "); ok {
			section, _, _ = strings.Cut(heading, " ")
		}
		if sections[section] == nil || !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "|---") || strings.HasPrefix(line, "| procedure") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		found[section] = append(found[section], cells)
	}
	return found
}

func TestEveryRowOfTheReferenceIsInTheData(t *testing.T) {
	t.Parallel()
	found := tables(t)
	held := map[string]bool{}
	for section, rows := range sections {
		require.Len(t, found[section], len(rows), "rows of section %s", section)
		for i, r := range rows {
			cells := found[section][i]
			line := strings.Join(cells, " | ")
			require.True(t, strings.HasPrefix(line, r.begins), "section %s row %d is %q", section, i+1, line)
			length, unit, pause := cells[2], cells[3], cells[5]
			if section == "1.3" || section == "1.4" { // procedure and step share a cell
				length, unit, pause = cells[1], cells[2], cells[4]
			}
			var steps []procedure.Step
			for _, name := range strings.Fields(r.steps) {
				require.False(t, held[name], "%s holds two rows", name)
				held[name] = true
				code, stepCode, _ := strings.Cut(name, "/")
				steps = append(steps, step(t, code, stepCode, today))
			}
			t.Run(r.begins, func(t *testing.T) {
				t.Parallel()
				checkNumbers(t, r, line, length, pause, steps)
				checkUnits(t, r, unit, steps)
				checkArticles(t, section, line, cells[len(cells)-1], steps)
				checkVerified(t, r, section, cells[len(cells)-1], steps)
			})
		}
	}
	for _, p := range procedure.Default().Procedures(today) {
		for _, s := range p.Steps {
			name := p.Code + "/" + s.Code
			if !held[name] && !s.Citation.DesignChoice && !repeatsAnother[name] && !beyondTheTables[name] {
				t.Errorf("%s holds no row of the reference", name)
			}
		}
	}
}

// beyondTheTables are duties that the vocabulary of the domain names (section 4, urgent), without
// a row of their own.
var beyondTheTables = map[string]bool{
	"police-report/child-report":             true, // 未成年人保护法 11
	"police-report/domestic-violence-report": true, // 反家庭暴力法 14
}

// repeatsAnother are steps that say again, in another procedure, what a row's step says.
var repeatsAnother = map[string]bool{
	"administrative-reconsideration/suit-against-decision": true, // the row 行政诉讼, 15 days after the reconsideration
	"medical-administrative-mediation/exclusion":           true, // the row 医疗 mutual exclusion, as art 40 para 2 says it
	"petition-suggestion/registration":                     true, "petition-suggestion/acceptance": true,
	"petition-suggestion/acceptance-forwarded": true, "petition-suggestion/objection": true,
	"petition-accusation/registration": true, "petition-accusation/acceptance": true,
	"petition-accusation/acceptance-forwarded": true, "petition-accusation/objection": true,
	"medical-mediation/refusal":                  true, // 人民调解法 17
	"mediation-agreement/performance":            true, // 人民调解法 31
	"petition-mediation/refusal":                 true, // 1.1, 访调对接
	"market-complaint/acceptance":                true, // 消费者权益保护法 46
	"online-court-ordinary-mediation/acceptance": true, "online-court-ordinary-mediation/mediator-choice": true,
	"online-court-summary-mediation/acceptance": true, "online-court-summary-mediation/mediator-choice": true,
}

var (
	number  = regexp.MustCompile(`\d+`)
	sources = regexp.MustCompile(`per [^\d;]*\d*[^;]*`)
	plus    = regexp.MustCompile(`\+<?=?(\d+)`)
	marked  = regexp.MustCompile(`(^|[^A-Za-z0-9])V($|[^A-Za-z0-9])`)
)

// words are the lengths that a row writes out.
var words = map[string]int{"yearly": 12, "/ quarter": 3, "/ month": 1, "一个月内": 1}

// checkNumbers holds the numbers of a row's deadline against the lengths, extensions and
// limits of its steps: each number of the deadline is in the data, and each of the data is
// in the row.
func checkNumbers(t *testing.T, r row, line, length, pause string, steps []procedure.Step) {
	t.Helper()
	inRow, inData := map[int]bool{}, map[int]bool{}
	for _, text := range number.FindAllString(sources.ReplaceAllString(length, ""), -1) {
		inRow[atoi(t, text)] = true
	}
	for _, match := range plus.FindAllStringSubmatch(pause, -1) {
		inRow[atoi(t, match[1])] = true
	}
	for word, n := range words {
		if strings.Contains(length, word) || (strings.HasPrefix(r.begins, "领导接访") && strings.Contains(line, word)) {
			inRow[n] = true
		}
	}
	if strings.HasPrefix(r.begins, "司法确认 | decide") {
		inRow[30] = true // it follows the first article in the cell
	}
	years := map[int]bool{}
	for _, s := range steps {
		n := s.Length
		if s.Unit == procedure.Months && n%12 == 0 {
			years[n/12] = true
		}
		inData[n] = true
		for _, e := range s.Extensions {
			inData[e.MaxLength], inData[e.MaxTotal] = true, true
		}
		if s.Limit != nil {
			inData[s.Limit.Max] = true
		}
	}
	delete(inData, 0)
	for n := range inRow {
		require.True(t, inData[n] || years[n], "%s: the data lack %d; they have %v", line, n, slices.Sorted(maps.Keys(inData)))
	}
	everywhere := map[int]bool{}
	for _, text := range number.FindAllString(line, -1) {
		if len(text) <= 4 { // longer ones are parts of addresses
			everywhere[atoi(t, text)] = true
		}
	}
	for n := range inData {
		if r.why == counting {
			break
		}
		require.True(t, inRow[n] || everywhere[n] || n%12 == 0 && everywhere[n/12], "%s: the row has no %d", line, n)
	}
}

func checkUnits(t *testing.T, r row, unit string, steps []procedure.Step) {
	t.Helper()
	if r.units != "" {
		require.NotEmpty(t, r.why, r.begins)
		unit = r.units
	}
	letters := map[string]procedure.Unit{
		"C": procedure.CalendarDays, "W": procedure.WorkingDays, "h": procedure.Hours, "m": procedure.Months, "y": procedure.Months,
	}
	var allowed []procedure.Unit
	for word := range strings.FieldsFuncSeq(unit, func(x rune) bool { return x == ' ' || x == '/' }) {
		if u, ok := letters[word]; ok {
			allowed = append(allowed, u)
		}
	}
	for _, s := range steps {
		undefined := strings.HasPrefix(unit, "日") || strings.HasPrefix(unit, "same")
		require.Equal(t, undefined, s.UnitUndefined, "%s %s", r.begins, s.Code)
		if s.Length == 0 || undefined || s.Recurring {
			continue
		}
		require.Contains(t, allowed, s.Unit, "%s %s", r.begins, s.Code)
	}
}

// checkArticles holds every article that the steps cite against the row, and every article
// that the row says was read against what the steps say anywhere.
func checkArticles(t *testing.T, section, line, source string, steps []procedure.Step) {
	t.Helper()
	said := ""
	for _, s := range steps {
		text, err := json.Marshal(s)
		require.NoError(t, err)
		said += string(text)
		for _, article := range number.FindAllString(s.Citation.Article, -1) {
			if article == "112" || article == "118" && strings.HasSuffix(line, "Act 9") {
				continue // not of the row itself: the days' meaning, and the length that starts anew
			}
			require.Regexp(t, `(^|\D)`+article+`($|\D)`, line, s.Code)
		}
	}
	said = toArabic(said)
	read := ""
	if at := marked.FindStringIndex(source); at != nil {
		read = source[:at[0]]
	} else if section == "1.1" && !strings.Contains(source, "V2") && !strings.HasPrefix(source, "same") {
		read = source
	}
	read = regexp.MustCompile(`法释(〔2011〕5号|2011)|条例 V|V2.*`).ReplaceAllString(read, "")
	read = strings.ReplaceAll(regexp.MustCompile(`para \d|20\d\d|see 0`).ReplaceAllString(read, ""), "7-10", "7")
	for _, article := range number.FindAllString(read, -1) {
		require.Regexp(t, `(^|\D)`+article+`($|\D)`, said, "%s: article %s", line, article)
	}
}

// toArabic writes the articles that a text names in Chinese (第四十五条) in figures too.
func toArabic(text string) string {
	digits := map[rune]int{'一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}
	return regexp.MustCompile(`第[一二三四五六七八九十百零]+条`).ReplaceAllStringFunc(text, func(article string) string {
		total, digit := 0, 0
		for _, r := range article {
			switch r {
			case '百':
				total, digit = total+digit*100, 0
			case '十':
				total, digit = total+max(digit, 1)*10, 0
			default:
				if d, ok := digits[r]; ok {
					digit = d
				}
			}
		}
		return article + " " + strconv.Itoa(total+digit) + " "
	})
}

func checkVerified(t *testing.T, r row, section, source string, steps []procedure.Step) {
	t.Helper()
	for _, s := range steps {
		want := marked.MatchString(source) || section == "1.1" && !strings.Contains(source, "V2") && !strings.HasPrefix(source, "same")
		if r.verified != "" {
			want = slices.ContainsFunc(strings.Fields(r.verified), func(name string) bool { return strings.HasSuffix(name, "/"+s.Code) })
		}
		require.Equal(t, want, s.Citation.Verified, "%s %s: %s", r.begins, s.Code, source)
	}
}

func atoi(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	require.NoError(t, err)
	return n
}
