package importing

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile/category"
)

func TestTheGuideTellsEveryFieldAndItsMappingFileIsOne(t *testing.T) {
	t.Parallel()

	guide := Guide()
	for _, field := range Fields() {
		require.Contains(t, guide, "  "+string(field)+" ")
	}
	from, to := strings.Index(guide, "{"), strings.LastIndex(guide, "}")
	mapping, err := parseMapping([]byte(guide[from : to+1]))
	require.NoError(t, err)
	for _, label := range mapping.Categories {
		_, ok := category.FindByLabel(category.Petition, label)
		require.True(t, ok, label)
	}
}

func TestTheDatesOfTheGuideAreRead(t *testing.T) {
	t.Parallel()

	_, dates, _ := strings.Cut(Guide(), "Dates: ")
	dates, _, _ = strings.Cut(dates, ", or true")
	for date := range strings.SplitSeq(dates, ",") {
		_, ok := parseMoment(date)
		require.True(t, ok, date)
	}
}
