package casefile

import (
	"fmt"
	"slices"
)

// The most of each that one case takes, so that a case stays small enough to be carried
// whole. A crowd is represented by five people at most and counted in the headcount.
const (
	maxParties         = 60
	maxRepresentatives = 10
	maxClaims          = 40
	maxExternalIDs     = 20
	// maxGroupRepresentatives is 信访工作条例 art 20.
	maxGroupRepresentatives = 5
)

// rolesFor are the party roles that a kind of case has.
func rolesFor(kind Kind, petition PetitionType) []PartyRole {
	switch {
	case kind == Dispute:
		return []PartyRole{PartyApplicant, PartyRespondent, PartyThird}
	case petition == Accusation:
		return []PartyRole{PartyPetitioner, PartyAccused, PartyThird}
	}
	return []PartyRole{PartyPetitioner, PartyResponsibleUnit, PartyThird}
}

// neededRoles must each be played by somebody.
func neededRoles(kind Kind, petition PetitionType) []PartyRole {
	switch {
	case kind == Dispute:
		return []PartyRole{PartyApplicant, PartyRespondent}
	case petition == Accusation:
		return []PartyRole{PartyPetitioner, PartyAccused}
	}
	return []PartyRole{PartyPetitioner}
}

// checkParties looks at each given party, at index i of the input.
func (d *deciding) checkParties(kind Kind, petition PetitionType, parties []Party) *Refusal {
	if refusal := checkCount(len(parties), maxParties, at("parties")); refusal != nil {
		return refusal
	}
	seen := map[string]bool{}
	for i, party := range parties {
		field := at("parties", i)
		if party.ID == "" {
			return required(within(field, "id"))
		}
		if refusal := checkCode(party.ID, 64, within(field, "id")); refusal != nil {
			return refusal
		}
		if seen[party.ID] {
			return refuse(RefusedConflict, within(field, "id"),
				fmt.Sprintf("party id %s is given twice", shown(party.ID)),
				fmt.Sprintf("当事人编号 %s 重复", shown(party.ID)))
		}
		seen[party.ID] = true
		if refusal := d.checkParty(kind, petition, party, field); refusal != nil {
			return refusal
		}
	}
	return nil
}

func (d *deciding) checkParty(kind Kind, petition PetitionType, party Party, field []string) *Refusal {
	if refusal := first(
		checkTerm("PartyRole", party.Role, true, within(field, "role")),
		checkTerm("PartyKind", party.Kind, true, within(field, "kind")),
	); refusal != nil {
		return refusal
	}
	if roles := rolesFor(kind, petition); !slices.Contains(roles, party.Role) {
		return refuse(RefusedInvalid, within(field, "role"),
			fmt.Sprintf("role %s doesn't fit this kind of case; it has %s", party.Role, terms("PartyRole", roles, English)),
			fmt.Sprintf("当事人角色“%s”不适用于此类案件，应为%s",
				Label("PartyRole", string(party.Role), Chinese), terms("PartyRole", roles, Chinese)))
	}
	if refusal := first(d.checkPartyIdentity(party, field), checkOutsider(party, field)); refusal != nil {
		return refusal
	}
	return first(checkRepresentatives(party, field), d.checkMandates(party, field))
}

func (d *deciding) checkPartyIdentity(party Party, field []string) *Refusal {
	if party.Anonymous {
		if party.Content != "" || party.Named || party.PersonID != "" || party.UnitID != "" {
			return refuse(RefusedInvalid, within(field, "anonymous"),
				"an anonymous party has no name, number, person or unit", "匿名当事人不应填写身份信息")
		}
		return nil
	}
	if party.PersonID != "" {
		if _, ok := d.rules.Directory.Person(party.PersonID); !ok {
			return unknownPerson(party.PersonID, within(field, "personId"))
		}
	}
	if party.UnitID != "" {
		if _, ok := d.rules.Directory.Unit(party.UnitID); !ok {
			return unknownUnit(party.UnitID, within(field, "unitId"))
		}
	}
	if party.PersonID == "" && party.UnitID == "" && (!party.Named || party.Content == "") {
		return refuse(RefusedRequired, within(field, "name"),
			"a party is named, or marked as anonymous", "当事人应填写姓名（名称），或注明匿名")
	}
	return nil
}

// checkMandates wants each mandate to be an attached document of the case; one that is only
// being registered has those that come with it. A mandate that came over with a merged case
// goes on.
func (d *deciding) checkMandates(party Party, field []string) *Refusal {
	for i, id := range party.Mandates {
		if slices.ContainsFunc(d.state.Parties, func(p Party) bool { return slices.Contains(p.Mandates, id) }) {
			continue
		}
		if refusal := d.checkAttached(id, within(field, "representatives", i, "mandateDocumentId")); refusal != nil {
			return refusal
		}
	}
	return nil
}

func checkRepresentatives(party Party, field []string) *Refusal {
	if refusal := checkCount(len(party.Representatives), maxRepresentatives, within(field, "representatives")); refusal != nil {
		return refusal
	}
	for i, kind := range party.Representatives {
		if refusal := checkTerm("RepresentativeKind", kind, true, within(field, "representatives", i, "kind")); refusal != nil {
			return refusal
		}
	}
	if !party.Minor {
		return nil
	}
	if party.Kind != NaturalPerson {
		return refuse(RefusedInvalid, within(field, "minor"),
			"only a natural person is a minor", "只有自然人可以是未成年人")
	}
	if !slices.Contains(party.Representatives, RepresentativeGuardian) {
		return refuse(RefusedRequired, within(field, "representatives"),
			"a minor needs a GUARDIAN (Civil Code, art. 23)", "未成年人应由监护人代理（《民法典》第二十三条）")
	}
	return nil
}

// checkPartiesTogether looks at all parties of the case as they would be.
func (d *deciding) checkPartiesTogether(kind Kind, petition PetitionType, parties []Party) *Refusal {
	if len(parties) == 0 {
		return required(at("parties"))
	}
	if refusal := checkCount(len(parties), maxParties, at("parties")); refusal != nil {
		return refusal
	}
	for _, role := range neededRoles(kind, petition) {
		if !slices.ContainsFunc(parties, func(p Party) bool { return p.Role == role }) {
			return refuse(RefusedRequired, at("parties"),
				fmt.Sprintf("the case needs a party in the role %s", role),
				fmt.Sprintf("案件缺少%s", Label("PartyRole", string(role), Chinese)))
		}
	}
	group := 0
	for _, party := range parties {
		for _, kind := range party.Representatives {
			if kind == RepresentativeGroup {
				group++
			}
		}
	}
	if group > maxGroupRepresentatives {
		return refuse(RefusedInvalid, at("parties"),
			fmt.Sprintf("%d group representatives are named; at most %d may come (Regulations on Petition Work, art. 20)", group, maxGroupRepresentatives),
			fmt.Sprintf("推选的代表有%d人，不得超过%d人（《信访工作条例》第二十条）", group, maxGroupRepresentatives))
	}
	return nil
}

// terms writes enum values for a refusal.
func terms[T ~string](enum string, values []T, lang Language) string {
	names := make([]string, len(values))
	for i, value := range values {
		names[i] = string(value)
		if lang == Chinese {
			names[i] = Label(enum, string(value), Chinese)
		}
	}
	return enumerate(names, lang)
}

func unknownPerson(id string, field []string) *Refusal {
	return refuse(RefusedUnknownPerson, field,
		fmt.Sprintf("no person has the id %s", shown(id)), fmt.Sprintf("没有编号为 %s 的人员", shown(id)))
}

func unknownUnit(id string, field []string) *Refusal {
	return refuse(RefusedUnknownUnit, field,
		fmt.Sprintf("no unit has the id %s", shown(id)), fmt.Sprintf("没有编号为 %s 的单位", shown(id)))
}

// knownParty returns the case's party of that id, given as partyId.
func (d *deciding) knownParty(id string) (*Party, *Refusal) {
	if id == "" {
		return nil, required(at("partyId"))
	}
	if party := d.state.party(id); party != nil {
		return party, nil
	}
	return nil, refuse(RefusedUnknownParty, at("partyId"),
		fmt.Sprintf("the case has no party %s", shown(id)), fmt.Sprintf("本案没有当事人 %s", shown(id)))
}
