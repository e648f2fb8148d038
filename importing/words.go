package importing

import "github.com/tiaochu/tiaochu/casefile"

// The words that offices use for the values of closed lists, compared after plainHeader.

var petitionTypes = map[casefile.PetitionType]bool{
	casefile.Suggestion: true, casefile.Accusation: true, casefile.Appeal: true,
}

var typeWords = map[string]casefile.PetitionType{
	"suggestion": casefile.Suggestion, "建议": casefile.Suggestion, "意见": casefile.Suggestion,
	"建议意见": casefile.Suggestion, "意见建议": casefile.Suggestion,
	"accusation": casefile.Accusation, "检举": casefile.Accusation, "控告": casefile.Accusation,
	"举报": casefile.Accusation, "检举控告": casefile.Accusation, "揭发控告": casefile.Accusation,
	"appeal": casefile.Appeal, "申诉": casefile.Appeal, "求决": casefile.Appeal, "申诉求决": casefile.Appeal,
}

var sources = map[casefile.Source]bool{
	casefile.SourceGridWorker: true, casefile.SourceWalkIn: true, casefile.SourceHotline12345: true,
	casefile.SourceOnline: true, casefile.SourceApp: true, casefile.SourcePhone: true,
	casefile.SourceLetter: true, casefile.SourceFax: true, casefile.SourceLeaderReception: true,
	casefile.SourceCourtEntrusted: true, casefile.SourcePoliceTransfer: true,
	casefile.SourceProcuratorateTransfer: true, casefile.SourceSuperiorAssigned: true,
	casefile.SourcePatrol: true, casefile.SourceScreening: true, casefile.SourceMonitoring: true,
	casefile.SourceOther: true,
}

var sourceWords = func() map[string]casefile.Source {
	words := map[string]casefile.Source{
		"来信": casefile.SourceLetter, "信件": casefile.SourceLetter, "书信": casefile.SourceLetter,
		"来访": casefile.SourceWalkIn, "走访": casefile.SourceWalkIn, "窗口": casefile.SourceWalkIn,
		"网上": casefile.SourceOnline, "网信": casefile.SourceOnline, "网上信访": casefile.SourceOnline,
		"网络": casefile.SourceOnline, "留言": casefile.SourceOnline, "留言板": casefile.SourceOnline, "网站": casefile.SourceOnline,
		"来电": casefile.SourcePhone, "电话": casefile.SourcePhone, "热线": casefile.SourceHotline12345,
		"12345": casefile.SourceHotline12345, "12345热线": casefile.SourceHotline12345,
		"传真": casefile.SourceFax, "手机": casefile.SourceApp, "微信": casefile.SourceApp, "领导接访": casefile.SourceLeaderReception,
		"上级交办": casefile.SourceSuperiorAssigned, "网格员": casefile.SourceGridWorker, "其他": casefile.SourceOther,
	}
	for source := range sources {
		words[plainHeader(string(source))] = source
	}
	return words
}()

// satisfactionWords gives the score of each usual answer; 0 is no answer.
var satisfactionWords = map[string]int{
	"1": 1, "2": 2, "3": 3, "4": 4, "5": 5,
	"非常满意": 5, "很满意": 5, "满意": 4, "比较满意": 4, "基本满意": 3, "一般": 3,
	"不满意": 2, "非常不满意": 1, "很不满意": 1,
	"": 0, "未评价": 0, "未评": 0, "无": 0, "-": 0, "--": 0, "/": 0,
}
