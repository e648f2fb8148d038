package casefile

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func code(r *Refusal) RefusalCode {
	if r == nil {
		return ""
	}
	return r.Code
}

func TestTextsAreCheckedBeforeTheyAreStored(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kind     TextKind
		value    string
		required bool
		want     RefusalCode
	}{
		"a title":                   {TextTitle, "反映A7县春华镇的问题", true, ""},
		"an empty one":              {TextTitle, "", true, RefusedRequired},
		"blanks":                    {TextTitle, " \u3000\n", true, RefusedRequired},
		"a title without a shape":   {TextTitle, "\u200b\u2060 \ufeff", true, RefusedRequired},
		"an optional one":           {TextComment, "", false, ""},
		"200 characters":            {TextTitle, strings.Repeat("字", 200), true, ""},
		"201 characters":            {TextTitle, strings.Repeat("字", 201), true, RefusedTooLong},
		"several lines":             {TextNarrative, "一\n\t二\r\n三", true, ""},
		"a bell":                    {TextNarrative, "ding\a", true, RefusedInvalid},
		"a null":                    {TextNarrative, "a\x00b", true, RefusedInvalid},
		"turned text":               {TextNarrative, "abc\u202edef", true, RefusedInvalid},
		"broken UTF-8":              {TextNarrative, "a\xff", true, RefusedInvalid},
		"a lost character":          {TextNarrative, "a\ufffd", true, RefusedInvalid},
		"a mask":                    {TextTitle, "反映**", true, RefusedInvalid},
		"a mask of an address":      {TextAddress, "青年路**", true, RefusedInvalid},
		"a full-width mask":         {TextTitle, "＊＊＊", true, RefusedInvalid},
		"a text that has asterisks": {TextNarrative, "车牌云F***88 多次违停", true, ""},
		"no kind of text":           {"POEM", "text", true, RefusedInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refusal := CheckText(c.kind, []string{"title"}, c.value, c.required)
			require.Equal(t, c.want, code(refusal))
			if refusal != nil {
				require.NotEmpty(t, refusal.MessageZH)
				if c.want != RefusedRequired && c.kind != "POEM" {
					require.NotContains(t, refusal.Message, c.value, "a refusal quotes no text")
				}
			}
		})
	}
	require.Len(t, TextKinds(), 21)
	for _, kind := range TextKinds() {
		require.Positive(t, TextLimit(kind))
	}
	require.Zero(t, TextLimit("POEM"))
}

func TestPartyDataAreChecked(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		content PartyContent
		want    RefusalCode
		field   string
	}{
		"nothing":                    {PartyContent{}, "", ""},
		"a whole person":             {PartyContent{Name: "王芳", IDNumber: "11010519491231002X", Phone: "13812345678", Address: "昆明市青年路1号", Language: "彝语", Needs: []string{"轮椅"}}, "", ""},
		"a name of 80 characters":    {PartyContent{Name: strings.Repeat("王", 80)}, "", ""},
		"a name of 81":               {PartyContent{Name: strings.Repeat("王", 81)}, RefusedTooLong, "parties.0.name"},
		"a name of blanks":           {PartyContent{Name: "  "}, RefusedInvalid, "parties.0.name"},
		"a name of two lines":        {PartyContent{Name: "王\n芳"}, RefusedInvalid, "parties.0.name"},
		"a masked name":              {PartyContent{Name: "王**"}, RefusedInvalid, "parties.0.name"},
		"a masked number":            {PartyContent{IDNumber: "110*************2X"}, RefusedInvalid, "parties.0.idNumber"},
		"a masked telephone":         {PartyContent{Phone: "138****5678"}, RefusedInvalid, "parties.0.phone"},
		"a masked address":           {PartyContent{Address: "青年路**"}, RefusedInvalid, "parties.0.address"},
		"a wrong checksum":           {PartyContent{IDNumber: "110105194912310021"}, RefusedInvalid, "parties.0.idNumber"},
		"a wrong resident number":    {PartyContent{IDType: IDTypeResident, IDNumber: "1101"}, RefusedInvalid, "parties.0.idNumber"},
		"a wide wrong checksum":      {PartyContent{IDNumber: "１１０１０５１９４９１２３１００２１"}, RefusedInvalid, "parties.0.idNumber"},
		"a padded wrong checksum":    {PartyContent{IDNumber: " 110105194912310021 "}, RefusedInvalid, "parties.0.idNumber"},
		"a small x":                  {PartyContent{IDNumber: "11010519491231002x"}, "", ""},
		"a passport":                 {PartyContent{IDType: "PASSPORT", IDNumber: "E12345678"}, "", ""},
		"a passport of 18 signs":     {PartyContent{IDType: "PASSPORT", IDNumber: "123456789012345678"}, "", ""},
		"a number of 51":             {PartyContent{IDType: "OTHER", IDNumber: strings.Repeat("1", 51)}, RefusedTooLong, "parties.0.idNumber"},
		"a landline":                 {PartyContent{Phone: "0877-2065432"}, "", ""},
		"a landline with extension":  {PartyContent{Phone: "0877-2065432转801"}, "", ""},
		"a service number":           {PartyContent{Phone: "12345"}, "", ""},
		"a number from abroad":       {PartyContent{Phone: "+852 2345 6789"}, "", ""},
		"a mobile that can't be one": {PartyContent{Phone: "12812345678"}, RefusedInvalid, "parties.0.phone"},
		"a word for a telephone":     {PartyContent{Phone: "无"}, RefusedInvalid, "parties.0.phone"},
		"an address of 201":          {PartyContent{Address: strings.Repeat("路", 201)}, RefusedTooLong, "parties.0.address"},
		"eleven needs":               {PartyContent{Needs: make([]string, 11)}, RefusedTooLong, "parties.0.needs"},
		"a need of 101":              {PartyContent{Needs: []string{strings.Repeat("a", 101)}}, RefusedTooLong, "parties.0.needs.0"},
		"a nameless representative":  {PartyContent{Representatives: []RepresentativeContent{{Kind: RepresentativeAgent}}}, RefusedRequired, "parties.0.representatives.0.name"},
		"a strange representative":   {PartyContent{Representatives: []RepresentativeContent{{Kind: "FAN", Name: "李"}}}, RefusedInvalid, "parties.0.representatives.0.kind"},
		"a masked representative":    {PartyContent{Representatives: []RepresentativeContent{{Kind: RepresentativeAgent, Name: "李**"}}}, RefusedInvalid, "parties.0.representatives.0.name"},
		"a wrong representative":     {PartyContent{Representatives: []RepresentativeContent{{Kind: RepresentativeAgent, Name: "李", IDNumber: "110105194912310021"}}}, RefusedInvalid, "parties.0.representatives.0.idNumber"},
		"an unreachable one":         {PartyContent{Representatives: []RepresentativeContent{{Kind: RepresentativeAgent, Name: "李", Phone: "?"}}}, RefusedInvalid, "parties.0.representatives.0.phone"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refusal := CheckPartyContent(at("parties", 0), c.content)
			require.Equal(t, c.want, code(refusal))
			if refusal != nil {
				require.Equal(t, c.field, strings.Join(refusal.Field, "."))
			}
		})
	}
}

func TestTheChecksumIsThatOfTheStandard(t *testing.T) {
	t.Parallel()
	require.True(t, ValidResidentID("11010519491231002X"))
	require.True(t, ValidResidentID("440524188001010014"))
	for _, wrong := range []string{"", "11010519491231002", "11010519491231002Y", "1101051949123100２X", "44052418800101001X", "a40524188001010014"} {
		require.False(t, ValidResidentID(wrong), wrong)
	}
}

func TestMasksShowLittleAndAreNeverTakenBack(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ got, want string }{
		{MaskName("张三丰"), "张**"},
		{MaskName("李四"), "李**"},
		{MaskName(""), ""},
		{MaskName("云南某公司"), "云**"},
		{MaskPhone("13812341234"), "138****1234"},
		{MaskPhone("0877-2065432"), "087****5432"},
		{MaskPhone("12345"), "****"},
		{MaskPhone(""), ""},
		{MaskIDNumber("11010519491231002X"), "110*************2X"},
		{MaskIDNumber("E1234567"), "*****"},
		{MaskIDNumber(""), ""},
		{MaskAddress("玉溪市红塔区玉兴路12号2单元"), "玉溪市红塔区玉兴路**"},
		{MaskAddress("春华镇金鼎村七组"), "**"},
		{MaskAddress("某处"), "**"},
		{MaskAddress(""), ""},
	} {
		require.Equal(t, c.want, c.got)
	}
	require.Equal(t, RefusedInvalid, code(CheckPartyContent(at("party"), PartyContent{Name: MaskName("张三丰")})))
	require.Equal(t, RefusedInvalid, code(CheckPartyContent(at("party"), PartyContent{Phone: MaskPhone("13812341234")})))
	require.Equal(t, RefusedInvalid, code(CheckPartyContent(at("party"), PartyContent{IDNumber: MaskIDNumber("11010519491231002X")})))
	require.Equal(t, RefusedInvalid, code(CheckPartyContent(at("party"), PartyContent{Address: MaskAddress("玉溪市红塔区玉兴路12号")})))
}

func TestAPartyIsStoredWithoutBlanksAndInTheUsualWidth(t *testing.T) {
	t.Parallel()
	given := PartyContent{
		Name: " 王芳\u3000", IDNumber: "１１０１０５１９４９１２３１００２Ｘ ", Phone: "＋８６　１３８１２３４５６７８", Address: " 青年路１号 ",
		Representatives: []RepresentativeContent{{Kind: RepresentativeAgent, Name: "李 ", Phone: "０８７７－２０６５４３２"}},
	}
	require.Equal(t, PartyContent{
		Name: "王芳", IDNumber: "11010519491231002X", Phone: "+86 13812345678", Address: "青年路１号",
		Representatives: []RepresentativeContent{{Kind: RepresentativeAgent, Name: "李", Phone: "0877-2065432"}},
	}, given.Normalised())
	require.Equal(t, "李 ", given.Representatives[0].Name, "the given content is left alone")
	require.Equal(t, RefusedInvalid, code(CheckPartyContent(at("party"), PartyContent{Name: " \u200b"}.Normalised())))
}

func TestABlankTextShowsNothing(t *testing.T) {
	t.Parallel()
	for _, blank := range []string{"", " \t\n", "\u3000", "\u200b", "\ufeff\u200d"} {
		require.True(t, Blank(blank), "%q", blank)
	}
	for _, text := range []string{"字", " a", "😀", "-", "👨\u200d👩"} {
		require.False(t, Blank(text), "%q", text)
	}
}
