package category

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const header = "code,parent,zh,en,restricted\n"

func TestAFaultyListIsRefusedWithItsLine(t *testing.T) {
	t.Parallel()
	for fault, rows := range map[string]string{
		`line 2: code "X-A" does not begin with D-`:         "X-A,,甲,a,\n",
		"line 3: code D-A is there twice":                   "D-A,,甲,a,\nD-A,,乙,b,\n",
		"line 2: D-A-B comes before its parent D-A":         "D-A-B,D-A,甲,a,\n",
		"line 3: code D-B does not extend its parent's D-A": "D-A,,甲,a,\nD-B,D-A,乙,b,\n",
		"line 2: D-A has no label":                          "D-A,,甲,,\n",
		`line 2: D-A: restricted is "yes"`:                  "D-A,,甲,a,yes\n",
		"line 3: D-A-B is open below the restricted D-A":    "D-A,,甲,a,true\nD-A-B,D-A,乙,b,\n",
		"record on line 2: wrong number of fields":          "D-A,,甲,a\n",
	} {
		_, err := read(strings.NewReader(header+rows), "D-")
		require.ErrorContains(t, err, fault)
	}
	_, err := read(strings.NewReader("code,label\n"), "D-")
	require.Error(t, err)
}

func TestALabelThatTwoOfOneLevelCarryMeansNeither(t *testing.T) {
	t.Parallel()
	list, err := read(strings.NewReader(header+
		"D-A,,甲,a,\nD-A-OTHER,D-A,其他,other,\nD-B,,乙,b,\nD-B-OTHER,D-B,其他,other,\nD-C,,丙,c,\nD-C-A,D-C,甲,a,\n"), "D-")
	require.NoError(t, err)
	require.NotContains(t, list.byLabel, "其他")
	require.Equal(t, list.byCode["D-B-OTHER"], list.byLabel["乙/其他"])
	require.Equal(t, list.byCode["D-A"], list.byLabel["甲"], "the wider category keeps a repeated label")
}
