package directory

import (
	"fmt"
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
)

type post struct {
	role   casefile.Role
	number int
}

// posts tells how many people of each role a unit of a kind has. They are enough for
// every rule of two persons within a centre, a petition office and a department.
var posts = map[casefile.UnitKind][]post{
	casefile.UnitCenter: {
		{casefile.RoleClerk, 2},
		{casefile.RoleInvestigator, 2},
		{casefile.RoleMediator, 2},
		{casefile.RoleManager, 1},
		{casefile.RoleLeader, 1},
		{casefile.RoleSupervisor, 1},
	},
	casefile.UnitPetitionOffice: {
		{casefile.RoleClerk, 2},
		{casefile.RoleInvestigator, 2},
		{casefile.RoleMediator, 2},
		{casefile.RoleManager, 1},
		{casefile.RoleLeader, 1},
		{casefile.RoleSupervisor, 1},
	},
	casefile.UnitLeadingBody: {
		{casefile.RoleClerk, 1}, {casefile.RoleManager, 1}, {casefile.RoleLeader, 3}, {casefile.RoleSupervisor, 1},
	},
	casefile.UnitBureau: {
		{casefile.RoleClerk, 2},
		{casefile.RoleInvestigator, 2},
		{casefile.RoleMediator, 1},
		{casefile.RoleManager, 1},
		{casefile.RoleLeader, 1},
	},
	casefile.UnitJusticeOffice: {
		{casefile.RoleClerk, 1}, {casefile.RoleInvestigator, 1}, {casefile.RoleMediator, 1}, {casefile.RoleManager, 1},
	},
	casefile.UnitPublicSecurity: {
		{casefile.RoleClerk, 1},
		{casefile.RoleInvestigator, 2},
		{casefile.RoleMediator, 1},
		{casefile.RoleManager, 1},
		{casefile.RoleLeader, 1},
	},
	casefile.UnitProcuratorate: {
		{casefile.RoleClerk, 1}, {casefile.RoleInvestigator, 2}, {casefile.RoleManager, 1}, {casefile.RoleLeader, 1},
	},
	casefile.UnitDiscipline: {
		{casefile.RoleClerk, 2}, {casefile.RoleInvestigator, 2}, {casefile.RoleManager, 1}, {casefile.RoleLeader, 1},
	},
	casefile.UnitCourt: {
		{casefile.RoleClerk, 1}, {casefile.RoleMediator, 2}, {casefile.RoleManager, 1}, {casefile.RoleLeader, 1},
	},
	casefile.UnitArbitration:     {{casefile.RoleClerk, 1}, {casefile.RoleMediator, 1}, {casefile.RoleManager, 1}},
	casefile.UnitReconsideration: {{casefile.RoleClerk, 1}, {casefile.RoleInvestigator, 2}, {casefile.RoleManager, 1}},
	casefile.UnitNotary:          {{casefile.RoleClerk, 1}, {casefile.RoleManager, 1}},
	casefile.UnitLegalAid:        {{casefile.RoleClerk, 1}, {casefile.RoleManager, 1}},
	casefile.UnitLawFirm:         {{casefile.RoleClerk, 1}, {casefile.RoleMediator, 1}, {casefile.RoleManager, 1}},
	casefile.UnitAppraisal:       {{casefile.RoleClerk, 1}, {casefile.RoleManager, 1}},
	casefile.UnitAssessor:        {{casefile.RoleAssessor, 2}, {casefile.RoleManager, 1}},
	casefile.UnitTownshipGovernment: {
		{casefile.RoleClerk, 1}, {casefile.RoleInvestigator, 1}, {casefile.RoleManager, 1}, {casefile.RoleLeader, 1},
	},
	casefile.UnitMediationCommittee: {{casefile.RoleMediator, 2}, {casefile.RoleManager, 1}},
	casefile.UnitIndustryCommittee:  {{casefile.RoleClerk, 1}, {casefile.RoleMediator, 2}, {casefile.RoleManager, 1}},
	casefile.UnitGridStation:        {{casefile.RoleGridWorker, 2}},
}

// morePosts are those of single units: the staff offices of the city's and the county's
// centre, and the machine clients.
var morePosts = map[string][]post{
	"u-5304-center": {{casefile.RoleAnalyst, 1}, {casefile.RoleAuditor, 1}, {casefile.RoleAdmin, 1}, {casefile.RoleIntegration, 1}},
	"u-530402-center": {
		{casefile.RoleClerk, 1},
		{casefile.RoleMediator, 1},
		{casefile.RoleSupervisor, 1},
		{casefile.RoleAnalyst, 1},
		{casefile.RoleAuditor, 1},
		{casefile.RoleAdmin, 1},
	},
	"u-530402-court": {{casefile.RoleIntegration, 1}},
	"u-53-center":    {{casefile.RoleAnalyst, 1}, {casefile.RoleAuditor, 1}, {casefile.RoleAdmin, 1}},
}

// addUnit adds a unit and fills its posts.
func (s *developmentSet) addUnit(unit casefile.Unit) {
	s.Units = append(s.Units, unit)
	given := map[casefile.Role]int{}
	for _, list := range [][]post{posts[unit.Kind], morePosts[unit.ID]} {
		for _, post := range list {
			if unit.ID == DevelopmentVacancy && post.role == casefile.RoleManager {
				continue
			}
			for range post.number {
				given[post.role]++
				s.addPerson(unit, post.role, given[post.role])
			}
		}
	}
}

func (s *developmentSet) addPerson(unit casefile.Unit, role casefile.Role, number int) {
	slug := strings.ReplaceAll(strings.ToLower(string(role)), "_", "-")
	person := casefile.Person{
		ID:    fmt.Sprintf("p%s-%s-%d", strings.TrimPrefix(unit.ID, "u"), slug, number),
		Roles: []casefile.RoleAt{{Role: role, UnitID: unit.ID}},
	}
	if role == casefile.RoleIntegration {
		person.Name = unit.Name + "业务系统"
	} else {
		person.Name = s.inventName()
	}
	if person.ID == DevelopmentTwoRoles {
		person.Roles = append(person.Roles, casefile.RoleAt{Role: casefile.RoleMediator, UnitID: unit.ID})
	}
	s.People = append(s.People, person)
}

var (
	surnames  = strings.Fields("王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程")
	forenames = strings.Fields("伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚 建华 桂英 志强 秀兰 文斌 " +
		"玉梅 海燕 国庆 春梅 红梅 晓东 立新 丽华 云峰 家明 淑珍 永福")
)

// inventName pairs surnames and forenames, whose numbers (31 and 37) have no common
// divisor, so that names repeat only after all pairs.
func (s *developmentSet) inventName() string {
	name := surnames[s.named%len(surnames)] + forenames[s.named%len(forenames)]
	s.named++
	return name
}
