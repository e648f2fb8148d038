package directory_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

func tinyTree(t *testing.T) *directory.Tree {
	t.Helper()
	tree, err := directory.NewTree([]casefile.DivisionInfo{
		{Code: "530402002", Name: "凤凰街道"},
		{Code: "53", Name: "云南省"},
		{Code: "5304", Name: "玉溪市"},
		{Code: "530402", Name: "红塔区"},
		{Code: "530402001", Name: "玉兴街道"},
		{Code: "530402001001", Name: "荷花社区"},
		{Code: "5303", Name: "曲靖市"},
		{Code: "530302", Name: "麒麟区"},
		{Code: "530302001", Name: "南宁街道"},
	})
	require.NoError(t, err)
	return tree
}

func codes(divisions []casefile.DivisionInfo) []casefile.Division {
	var list []casefile.Division
	for _, division := range divisions {
		list = append(list, division.Code)
	}
	return list
}

func TestATreeListsChildrenInOrderOfCodes(t *testing.T) {
	t.Parallel()
	tree := tinyTree(t)
	require.Equal(t, 9, tree.Len())
	require.Equal(t, []casefile.Division{"53"}, codes(tree.Children("")))
	require.Equal(t, []casefile.Division{"5303", "5304"}, codes(tree.Children("53")))
	require.Equal(t, []casefile.Division{"530402001", "530402002"}, codes(tree.Children("530402")))
	require.Empty(t, tree.Children("530402001001"))
	require.Empty(t, tree.Children("99"))
	require.Equal(t, []casefile.Division{"530402", "530402001", "530402001001", "530402002"},
		codes(slices.Collect(tree.Under("530402"))))
	for first := range tree.All() {
		require.Equal(t, casefile.Division("53"), first.Code)
		break
	}
	found, ok := tree.Find("530402001")
	require.True(t, ok)
	require.Equal(t, casefile.DivisionInfo{Code: "530402001", Name: "玉兴街道"}, found)
	_, ok = tree.Find("530402003")
	require.False(t, ok)
}

func TestALocalDivisionCoversItsMembers(t *testing.T) {
	t.Parallel()
	plain := tinyTree(t)
	tree, err := plain.With(
		casefile.DivisionInfo{Code: "530490", Name: "高新区", Members: []casefile.Division{"530402002", "530302001"}},
		casefile.DivisionInfo{Code: "530402001001001", Name: "第一网格"},
	)
	require.NoError(t, err)
	zone, ok := tree.Find("530490")
	require.True(t, ok)
	require.True(t, zone.Local)
	require.Equal(t, []casefile.Division{"530402002", "530302001"}, zone.Members)

	require.True(t, tree.Covers("530490", "530402002"))
	require.True(t, tree.Covers("530490", "530302001007"), "a member's villages too")
	require.False(t, tree.Covers("530490", "530402001"))
	require.True(t, tree.Covers("530402", "530402002"), "a member stays in its county")
	require.True(t, tree.Covers("530402", "530402001001001"))
	require.Equal(t, []casefile.Division{"530302001", "530402002", "530490"}, tree.Scope("530490"))
	require.Equal(t, []casefile.Division{"530302001", "5304"}, tree.Scope("5304"), "what a zone holds elsewhere belongs to its city")
	require.Equal(t, []casefile.Division{"53"}, tree.Scope("53"))
	require.Equal(t, []casefile.Division{"530402"}, tree.Scope("530402"))
	require.Equal(t, []casefile.Division{"5303", "530402", "530490"}, codes(
		append(plain.Children("53")[:1], tree.Children("5304")...)))

	require.False(t, plain.Covers("530490", "530402002"), "the tree it was made from is as it was")
	require.Equal(t, 9, plain.Len())
	same, err := plain.With()
	require.NoError(t, err)
	require.Same(t, plain, same)
}

func TestAFaultyDivisionIsNamed(t *testing.T) {
	t.Parallel()
	for reason, division := range map[string]casefile.DivisionInfo{
		"is no division code":                {Code: "5304020", Name: "x"},
		"has no name":                        {Code: "530491", Name: " "},
		"is there twice":                     {Code: "530402", Name: "红塔区"},
		"has no parent 5306":                 {Code: "530601", Name: "x"},
		"member 530402 is no township":       {Code: "530490", Name: "x", Members: []casefile.Division{"530402"}},
		"member 530402009 is unknown":        {Code: "530490", Name: "x", Members: []casefile.Division{"530402009"}},
		"member 530402001 is there twice":    {Code: "530490", Name: "x", Members: []casefile.Division{"530402001", "530402001"}},
		"member 530302001 lies in it anyway": {Code: "53", Name: "x", Members: []casefile.Division{"530302001"}},
	} {
		_, err := tinyTree(t).With(casefile.DivisionInfo{Code: "530499", Name: "fine"}, division)
		var invalid *directory.InvalidError
		require.ErrorAs(t, err, &invalid, reason)
		last := invalid.Problems[len(invalid.Problems)-1]
		require.Equal(t, "division", last.List)
		require.Equal(t, 2, last.Row)
		require.Equal(t, string(division.Code), last.ID)
		require.Equal(t, reason, last.Reason)
		require.ErrorContains(t, err, "division row 2")
	}
	_, err := directory.NewTree([]casefile.DivisionInfo{
		{Code: "53", Name: "云南省"},
		{Code: "5304", Name: "玉溪市"},
		{Code: "530402", Name: "红塔区"},
		{Code: "530402001", Name: "玉兴街道"},
		{Code: "530490", Name: "高新区", Members: []casefile.Division{"530402001"}},
	})
	require.ErrorContains(t, err, "has members but is not local")
}

// The published order of codes is what Children and Under rest on.
func TestChildrenAreTheDivisionsWhoseParentIsAsked(t *testing.T) {
	t.Parallel()
	all := slices.Collect(directory.Divisions().All())
	byParent := map[casefile.Division][]casefile.Division{}
	for _, division := range all {
		byParent[division.Code.Parent()] = append(byParent[division.Code.Parent()], division.Code)
	}
	rapid.Check(t, func(t *rapid.T) {
		division := all[rapid.IntRange(0, len(all)-1).Draw(t, "row")]
		require.Equal(t, byParent[division.Code], codes(directory.Divisions().Children(division.Code)))
		require.Equal(t, byParent[division.Code.Parent()], codes(directory.Divisions().Children(division.Code.Parent())))
		for below := range directory.Divisions().Under(division.Code) {
			require.True(t, strings.HasPrefix(string(below.Code), string(division.Code)))
		}
	})
}
