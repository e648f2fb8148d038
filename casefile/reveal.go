package casefile

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// revealedFor is how long what was revealed may be read again: about one look at a file. No
// text sets it.
const revealedFor = 15 * time.Minute

// Revealable reports whether a party may be shown to somebody who doesn't work on the case:
// not where the party asked that their identity be withheld.
func (p Party) Revealable() bool { return !p.KeepIdentityConfidential }

// NarrativeRevealable reports whether the narrative may be shown to somebody who doesn't work on
// the case: it may name everybody, so not where any party's identity is withheld.
func (s State) NarrativeRevealable() bool {
	return !slices.ContainsFunc(s.Parties, func(p Party) bool { return !p.Revealable() })
}

// revealable refuses a case of which nothing is revealed: a sealed one is for named people, and
// those read it.
func revealable(state State, _ Directory) *Refusal {
	switch {
	case state.Confidentiality == ConfidentialitySealed:
		return refuse(RefusedJurisdiction, nil,
			"the case is sealed: nobody but those named in it is shown what it is about", "本案已密封，除指定人员外不向任何人展示内容")
	case !slices.ContainsFunc(state.Parties, Party.Revealable):
		return refuse(RefusedIncomplete, nil,
			"every party asked that their identity be withheld", "各当事人均要求对身份保密")
	}
	return nil
}

func (d *deciding) revealPersonalData(act RevealPersonalData) *Refusal {
	if refusal := requireValue(act.Purpose, "purpose"); refusal != nil {
		return refusal
	}
	look := PersonalDataRevealed{Purpose: act.Purpose, Until: Instant(d.rules.Now.Add(revealedFor)), Narrative: d.state.NarrativeRevealable()}
	for i, id := range act.Parties {
		party := d.state.party(id)
		switch {
		case party == nil:
			return refuse(RefusedUnknownParty, at("partyIds", strconv.Itoa(i)),
				fmt.Sprintf("the case has no party %s", shown(id)), fmt.Sprintf("本案没有当事人 %s", shown(id)))
		case !party.Revealable():
			return refuse(RefusedJurisdiction, at("partyIds", strconv.Itoa(i)),
				"this party asked that their identity be withheld; it is shown to nobody but those who work on the case",
				"该当事人要求对身份保密，只有办理本案的人员可以查看")
		case !slices.Contains(look.Parties, id):
			look.Parties = append(look.Parties, id)
		}
	}
	if len(act.Parties) == 0 {
		for _, party := range d.state.Parties {
			if party.Revealable() {
				look.Parties = append(look.Parties, party.ID)
			}
		}
	}
	d.emit(look)
	return nil
}
