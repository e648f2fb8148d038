package store

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
)

func TestWordsAreFoundHoweverTheyAreWritten(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		words, text string
		found       bool
	}{
		{"噪音", "楼上夜间噪音扰民", true},
		{"音噪", "楼上夜间噪音扰民", false},
		{"ＡＢＣ公司", "与abc公司的合同", true},
		{"abc", "与ＡＢＣ公司的合同", true},
		{"张三李四", "张三、李四二人", true},
		{"张 三", "当事人张三", true},
		{"三张 当事", "当事人张三", false},
		{"扰民 噪音", "楼上夜间噪音扰民", true},
		{"扰民 水管", "楼上夜间噪音扰民", false},
		{"Straße", "住在 STRASSE 旁", false},
		{"①②", "第12条", true},
		{"１３８", "电话138开头", true},
		{"བོད", "བོད་ཡིག", true},
		{"𠮷野", "𠮷野家", true},
	} {
		words, err := NewSearchText(c.words)
		if strings.Contains(c.words, " ") && len([]rune(c.words)) == 3 {
			var scattered *SearchTextError
			require.ErrorAs(t, err, &scattered, c.words)
			require.True(t, scattered.Scattered)
			continue
		}
		require.NoError(t, err, c.words)
		require.Equal(t, c.found, words.in([]string{plainText(c.text)}), "%s in %s", c.words, c.text)
	}
}

func TestATextToSearchForHasTwoToFiftyCharactersThatCount(t *testing.T) {
	t.Parallel()
	for text, length := range map[string]int{
		"": 0, "  ": 0, "，。": 0, "张": 1, "张，": 1, strings.Repeat("长", 51): 51, strings.Repeat("长 ", 51): 51,
	} {
		_, err := NewSearchText(text)
		var wrong *SearchTextError
		require.ErrorAs(t, err, &wrong, text)
		require.Equal(t, length, wrong.Length, text)
		require.Contains(t, wrong.Error(), "give 2 to 50")
	}
	for _, text := range []string{"张三", "a1", strings.Repeat("长", 50), "张三 " + strings.Repeat("！", 300)} {
		words, err := NewSearchText(text)
		require.NoError(t, err, text)
		require.False(t, words.Empty())
	}
}

func TestATextHasTheTokensOfEveryWordInIt(t *testing.T) {
	t.Parallel()
	key, err := NewMasterKey(make([]byte, MasterKeySize))
	require.NoError(t, err)
	secret := make([]byte, MasterKeySize)
	secret[3] = 1
	other, err := NewMasterKey(secret)
	require.NoError(t, err)
	narrative := Text{Kind: casefile.TextNarrative, Value: "楼上夜间噪音扰民，报警 ＴＷＩＣＥ 未果"}
	tokens := key.textTokens(narrative.searched())
	require.NotEmpty(t, tokens)
	require.IsIncreasing(t, tokens, "each once, and not in the order of the text")
	for _, word := range []string{"噪音", "夜间噪音", "twice", "扰民报警", "ce未"} {
		require.Subset(t, tokens, key.textTokens([]string{plainText(word)}), word)
	}
	require.NotEqual(t, tokens, other.textTokens(narrative.searched()), "nobody without the key makes the same tokens")
	party := Text{Kind: casefile.TextParty, Value: `{"name":"李明","phone":"13800138000","representatives":[{"kind":"AGENT","name":"王强"}]}`}
	require.Equal(t, []string{"李明", "王强"}, party.searched(), "names, and nothing else of a party")
	require.Len(t, key.textTokens(party.searched()), 2, "names don't run into each other")
	require.Empty(t, key.textTokens(Text{Kind: casefile.TextNote, Value: "电话联系"}.searched()))
	require.Empty(t, key.textTokens([]string{"长", ""}))
}
