package category_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile/category"
)

func TestALabelIsFoundHoweverAnOfficeWritesIt(t *testing.T) {
	t.Parallel()
	for _, example := range []struct{ kind, label, code string }{
		{category.Dispute, "邻里纠纷", "D-NEIGHBOUR"},
		{category.Dispute, "邻里", "D-NEIGHBOUR"},
		{category.Dispute, "　邻 里纠纷 ", "D-NEIGHBOUR"},
		{category.Dispute, "Neighbours", "D-NEIGHBOUR"},
		{category.Dispute, "d-neighbour", "D-NEIGHBOUR"},
		{category.Dispute, "劳动争议", "D-LABOUR"},
		{category.Dispute, "劳动纠纷", "D-LABOUR"},
		{category.Dispute, "婚姻家庭纠纷/家庭暴力", "D-FAMILY-VIOLENCE"},
		{category.Dispute, "婚姻家庭 ＞ 离婚", "D-FAMILY-DIVORCE"},
		{category.Petition, "城乡建设", "P-URBAN"},
		{category.Petition, "物业服务与小区管理", "P-URBAN-PROPERTY"},
		{category.Petition, "科技与信息产业/知识产权/商业秘密", "P-TECHNOLOGY-IP-TRADE-SECRET"},
		{category.Petition, "technology and information > Intellectual Property", "P-TECHNOLOGY-IP"},
	} {
		found, ok := category.FindByLabel(example.kind, example.label)
		require.True(t, ok, example.label)
		require.Equal(t, example.code, found.Code, example.label)
	}
	for _, label := range []string{"", " ", "纠纷", "月球", "城乡建设/离婚", "/"} {
		_, ok := category.FindByLabel(category.Petition, label)
		require.False(t, ok, label)
	}
	_, ok := category.FindByLabel("PACKAGE", "其他")
	require.False(t, ok)
}

func TestEveryCategoryIsFoundByItsPathOfLabels(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		for _, entry := range category.List(kind) {
			var zh, en []string
			for _, step := range category.Path(kind, entry.Code) {
				zh, en = append(zh, step.ZH), append(en, step.EN)
			}
			for _, path := range []string{strings.Join(zh, "/"), strings.Join(en, "/")} {
				found, ok := category.FindByLabel(kind, path)
				require.True(t, ok, path)
				require.Equal(t, entry.Code, found.Code)
			}
		}
	}
}

func TestThePetitionTreeTakesTheClassesOfARealOffice(t *testing.T) {
	t.Parallel()
	for file, column := range map[string]string{"petitions_labelled.csv": "category", "categories.csv": "level1"} {
		path := filepath.Join("..", "..", "..", "shared", "data", file)
		source, err := os.Open(path)
		if os.IsNotExist(err) {
			t.Skip("the real petitions are not beside this checkout")
		}
		require.NoError(t, err)
		rows, err := csv.NewReader(source).ReadAll()
		require.NoError(t, err)
		require.NoError(t, source.Close())
		at := -1
		for i, name := range rows[0] {
			if strings.TrimPrefix(name, "\ufeff") == column {
				at = i
			}
		}
		require.GreaterOrEqual(t, at, 0, "%s has no column %s", file, column)
		for _, row := range rows[1:] {
			found, ok := category.FindByLabel(category.Petition, row[at])
			require.True(t, ok, "%s: %q", file, row[at])
			require.Empty(t, found.Parent)
		}
	}
}
