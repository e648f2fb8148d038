package casefile

import (
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// pageRow is an indicator's line on docs/statistics.md.
func pageRow(i Indicator) string {
	return fmt.Sprintf("| `%s` | %s · %s | %s · %s | %s · %s |", i.Code,
		i.Name.ZH, i.Name.EN, i.Numerator.ZH, i.Numerator.EN, i.Denominator.ZH, i.Denominator.EN)
}

func TestThePageOnStatisticsSaysWhatIsCounted(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../docs/statistics.md")
	require.NoError(t, err)
	require.Contains(t, string(page), "`"+CountingRules+"`")
	for _, indicator := range Indicators {
		require.Contains(t, string(page), pageRow(indicator)+"\n")
	}
}
