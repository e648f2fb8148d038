package procedure

import "strings"

// matters map the codes of dispute categories to matters; a code covers those below it.
var matters = map[string]Matter{
	"D-MEDICAL":                MatterMedical,
	"D-LABOUR":                 MatterLabour,
	"D-TRAFFIC":                MatterTraffic,
	"D-CONSUMER":               MatterConsumer,
	"D-FOREST-LAND":            MatterLand,
	"D-FOREST-LAND-CONTRACTED": MatterContractedLand,
	"D-PROPERTY":               MatterProperty,
	"D-FAMILY":                 MatterFamily,
	"D-FAMILY-VIOLENCE":        MatterDomesticViolence,
}

// MatterOf is the matter of a dispute category ("D-LABOUR-WAGES" is LABOUR); empty where no
// procedure of its own follows from the category.
func MatterOf(category string) Matter {
	for code := category; code != ""; {
		if matter, ok := matters[code]; ok {
			return matter
		}
		cut := strings.LastIndexByte(code, '-')
		if cut < 0 {
			return ""
		}
		code = code[:cut]
	}
	return ""
}
