package directory

import (
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
)

// office is a department of the development set.
type office struct {
	slug     string
	name     string
	kind     casefile.UnitKind
	industry string
}

// underGovernment reports whether the government of the same level reviews the office's
// decisions: not those of courts, procuratorates and the discipline organ, and not what
// the professions that serve the public do.
func (o office) underGovernment() bool {
	switch o.kind {
	case casefile.UnitBureau, casefile.UnitJusticeOffice, casefile.UnitPublicSecurity, casefile.UnitReconsideration:
		return true
	}
	return false
}

var provinceOffices = []office{
	{"justice", "云南省司法厅", casefile.UnitJusticeOffice, ""},
	{"labour", "云南省人力资源和社会保障厅", casefile.UnitBureau, "labour"},
	{"housing", "云南省住房和城乡建设厅", casefile.UnitBureau, "construction"},
	{"land", "云南省自然资源厅", casefile.UnitBureau, "land"},
	{"discipline", "云南省纪委监委", casefile.UnitDiscipline, ""},
}

var cityOffices = []office{
	{"justice", "玉溪市司法局", casefile.UnitJusticeOffice, ""},
	{"labour", "玉溪市人力资源和社会保障局", casefile.UnitBureau, "labour"},
	{"housing", "玉溪市住房和城乡建设局", casefile.UnitBureau, "construction"},
	{"land", "玉溪市自然资源和规划局", casefile.UnitBureau, "land"},
	{"health", "玉溪市卫生健康委员会", casefile.UnitBureau, "medical"},
	{"transport", "玉溪市交通运输局", casefile.UnitBureau, "traffic"},
	{"education", "玉溪市教育体育局", casefile.UnitBureau, "education"},
	{"environment", "玉溪市生态环境局", casefile.UnitBureau, "environment"},
	{"agriculture", "玉溪市农业农村局", casefile.UnitBureau, "agriculture"},
	{"forestry", "玉溪市林业和草原局", casefile.UnitBureau, "forestry"},
	{"water", "玉溪市水利局", casefile.UnitBureau, "water"},
	{"market", "玉溪市市场监督管理局", casefile.UnitBureau, "consumer"},
	{"finance", "玉溪市地方金融管理局", casefile.UnitBureau, "finance"},
	{"civil-affairs", "玉溪市民政局", casefile.UnitBureau, "civil affairs"},
	{"court", "玉溪市中级人民法院", casefile.UnitCourt, ""},
	{"police", "玉溪市公安局", casefile.UnitPublicSecurity, ""},
	{"procuratorate", "玉溪市人民检察院", casefile.UnitProcuratorate, ""},
	{"discipline", "玉溪市纪委监委", casefile.UnitDiscipline, ""},
	{"reconsideration", "玉溪市人民政府行政复议办公室", casefile.UnitReconsideration, ""},
	{"arbitration", "玉溪仲裁委员会", casefile.UnitArbitration, ""},
	{"notary", "玉溪市公证处", casefile.UnitNotary, ""},
	{"legal-aid", "玉溪市法律援助中心", casefile.UnitLegalAid, ""},
	{"medical-committee", "玉溪市医疗纠纷人民调解委员会", casefile.UnitIndustryCommittee, "medical"},
	{"insurance-committee", "玉溪市保险合同纠纷人民调解委员会", casefile.UnitIndustryCommittee, "insurance"},
	{"assessor", "玉溪市社情民意调查中心", casefile.UnitAssessor, ""},
}

var countyOffices = []office{
	{"justice", "红塔区司法局", casefile.UnitJusticeOffice, ""},
	{"labour", "红塔区人力资源和社会保障局", casefile.UnitBureau, "labour"},
	{"housing", "红塔区住房和城乡建设局", casefile.UnitBureau, "construction"},
	{"land", "玉溪市自然资源和规划局红塔分局", casefile.UnitBureau, "land"},
	{"health", "红塔区卫生健康局", casefile.UnitBureau, "medical"},
	{"transport", "红塔区交通运输局", casefile.UnitBureau, "traffic"},
	{"education", "红塔区教育体育局", casefile.UnitBureau, "education"},
	{"environment", "玉溪市生态环境局红塔分局", casefile.UnitBureau, "environment"},
	{"agriculture", "红塔区农业农村局", casefile.UnitBureau, "agriculture"},
	{"forestry", "红塔区林业和草原局", casefile.UnitBureau, "forestry"},
	{"water", "红塔区水利局", casefile.UnitBureau, "water"},
	{"market", "红塔区市场监督管理局", casefile.UnitBureau, "consumer"},
	{"civil-affairs", "红塔区民政局", casefile.UnitBureau, "civil affairs"},
	{"city-management", "红塔区城市管理局", casefile.UnitBureau, "city management"},
	{"court", "玉溪市红塔区人民法院", casefile.UnitCourt, ""},
	{"police", "玉溪市公安局红塔分局", casefile.UnitPublicSecurity, ""},
	{"procuratorate", "玉溪市红塔区人民检察院", casefile.UnitProcuratorate, ""},
	{"discipline", "红塔区纪委监委", casefile.UnitDiscipline, ""},
	{"reconsideration", "红塔区人民政府行政复议办公室", casefile.UnitReconsideration, ""},
	{"labour-arbitration", "红塔区劳动人事争议仲裁院", casefile.UnitArbitration, "labour"},
	{"land-arbitration", "红塔区农村土地承包仲裁委员会", casefile.UnitArbitration, "agriculture"},
	{"notary", "红塔区公证处", casefile.UnitNotary, ""},
	{"legal-aid", "红塔区法律援助中心", casefile.UnitLegalAid, ""},
	{"law-firm", "红塔区明理律师事务所", casefile.UnitLawFirm, ""},
	{"appraisal", "红塔区正衡司法鉴定中心", casefile.UnitAppraisal, ""},
	{"traffic-committee", "红塔区道路交通事故纠纷人民调解委员会", casefile.UnitIndustryCommittee, "traffic"},
	{"medical-committee", "红塔区医疗纠纷人民调解委员会", casefile.UnitIndustryCommittee, "medical"},
	{"property-committee", "红塔区物业纠纷人民调解委员会", casefile.UnitIndustryCommittee, "property"},
	{"assessor", "红塔区综合评价服务中心", casefile.UnitAssessor, ""},
}

func isStreet(township string) bool { return strings.HasSuffix(township, "街道") }

// shortVillage leaves out that the statistics name the village by its committee.
func shortVillage(name string) string {
	for _, suffix := range []string{"居民委员会", "村民委员会", "居委会", "村委会"} {
		if short, ok := strings.CutSuffix(name, suffix); ok {
			if strings.HasPrefix(suffix, "村") && !strings.HasSuffix(short, "村") {
				return short + "村"
			}
			return short
		}
	}
	return name
}
