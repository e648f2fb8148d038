package category_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/category"
)

var kinds = []string{category.Dispute, category.Petition}

func TestTheKindsAreThoseOfCases(t *testing.T) {
	t.Parallel()
	require.Equal(t, category.Dispute, string(casefile.Dispute))
	require.Equal(t, category.Petition, string(casefile.Petition))
}

func TestEveryCategoryIsFoundAndLabelled(t *testing.T) {
	t.Parallel()
	code := regexp.MustCompile(`^[DP](-[A-Z]+)+$`)
	for _, kind := range kinds {
		list := category.List(kind)
		require.Greater(t, len(list), 40)
		zh, en := map[string]string{}, map[string]string{}
		seen := map[string]bool{}
		for _, entry := range list {
			require.Regexp(t, code, entry.Code)
			require.Equal(t, kind[:1], entry.Code[:1])
			require.True(t, strings.ContainsFunc(entry.ZH, func(r rune) bool { return unicode.Is(unicode.Han, r) }), entry.Code)
			require.False(t, strings.ContainsFunc(entry.EN, func(r rune) bool { return r > unicode.MaxASCII }), entry.Code)
			require.True(t, entry.Parent == "" || seen[entry.Parent], "%s comes before its parent", entry.Code)
			seen[entry.Code] = true
			require.Empty(t, zh[entry.ZH+entry.Parent], "%s has the label of %s", entry.Code, zh[entry.ZH+entry.Parent])
			require.Empty(t, en[entry.EN+entry.Parent], "%s has the label of %s", entry.Code, en[entry.EN+entry.Parent])
			zh[entry.ZH+entry.Parent], en[entry.EN+entry.Parent] = entry.Code, entry.Code

			found, ok := category.Find(kind, entry.Code)
			require.True(t, ok)
			require.Equal(t, entry, found)
			path := category.Path(kind, entry.Code)
			require.Equal(t, entry, path[len(path)-1])
			require.Empty(t, path[0].Parent)
		}
	}
}

func TestTheDisputeListHasThePublishedClasses(t *testing.T) {
	t.Parallel()
	for _, label := range []string{
		"婚姻家庭", "邻里", "房屋宅基地", "合同", "生产经营", "损害赔偿", "山林土地", "征地拆迁", "环境污染",
		"劳动争议", "消费", "医疗", "道路交通事故", "物业", "其他", "旅游", "知识产权", "互联网",
	} {
		found, ok := category.FindByLabel(category.Dispute, label)
		require.True(t, ok, label)
		require.Empty(t, found.Parent, label)
	}
	require.Len(t, category.Children(category.Dispute, ""), 18)
}

func TestSensitiveMattersAreRestricted(t *testing.T) {
	t.Parallel()
	restricted := map[string]bool{
		"D-FAMILY-VIOLENCE": true, "D-FAMILY-CUSTODY": true, "D-DAMAGES-MINOR": true, "D-DAMAGES-SEXUAL": true,
		"D-MEDICAL": true, "D-IP-TRADE-SECRET": true,
		"P-JUSTICE-DOMESTIC-VIOLENCE": true, "P-JUSTICE-SEXUAL": true, "P-HEALTH-DISPUTE": true,
		"P-HEALTH-PERSONAL": true, "P-EDUCATION-BULLYING": true, "P-CIVIL-MINORS": true, "P-TECHNOLOGY-IP-TRADE-SECRET": true,
	}
	for _, kind := range kinds {
		for _, entry := range category.List(kind) {
			require.Equal(t, restricted[entry.Code], entry.Restricted, entry.Code)
		}
	}
}

func TestAnUnknownKindOrCodeIsNotFound(t *testing.T) {
	t.Parallel()
	require.Nil(t, category.List("PACKAGE"))
	require.Nil(t, category.Children("PACKAGE", ""))
	require.Nil(t, category.Children(category.Dispute, "D-OTHER"))
	require.Nil(t, category.Path(category.Dispute, "D-MOON"))
	for _, code := range []string{"", "d-other", "P-OTHER", "D-OTHER "} {
		_, ok := category.Find(category.Dispute, code)
		require.False(t, ok, code)
	}
}

func TestAListIsTheCallersToChange(t *testing.T) {
	t.Parallel()
	category.List(category.Dispute)[0].ZH = "x"
	require.Equal(t, "婚姻家庭纠纷", category.List(category.Dispute)[0].ZH)
}
