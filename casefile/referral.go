package casefile

import (
	"slices"
	"time"
)

// Referral (导入法律途径) shows the matter to the organ that the law has for it, beside the
// work on the case or instead of it.
type Referral struct {
	ID      string          `json:"id"` // unique within the case ("R1")
	Channel ReferralChannel `json:"channel"`
	// UnitID is the receiving unit; empty for an organ outside the platform, which Organ
	// names where that was said.
	UnitID string `json:"unitId,omitempty"`
	Organ  TextID `json:"organ,omitempty"`
	// Blocking holds everything else: the case stands in REFERRAL while it is open, and goes
	// back to FromStage with it.
	Blocking  bool           `json:"blocking,omitempty"`
	FromStage Stage          `json:"fromStage"`
	Status    ReferralStatus `json:"status"`
	Reason    TextID         `json:"reason"`
	SentAt    time.Time      `json:"sentAt"`
	By        string         `json:"by"`
	Round     int            `json:"round"`
	// Procedure is the receiving organ's own, in the version that began on ProcedureFrom;
	// empty where the catalogue has none.
	Procedure     string `json:"procedure,omitempty"`
	ProcedureFrom string `json:"procedureFrom,omitempty"`
	// Reference is the number under which the organ has the matter.
	Reference      string    `json:"reference,omitempty"`
	AcknowledgedAt time.Time `json:"acknowledgedAt,omitzero"`
	Result         TextID    `json:"result,omitempty"`
	CompletedAt    time.Time `json:"completedAt,omitzero"`
	// ReturnReason is why it came back; TakenBack, that the sender took it back or the case
	// ended meanwhile.
	ReturnReason TextID    `json:"returnReason,omitempty"`
	ReturnedAt   time.Time `json:"returnedAt,omitzero"`
	TakenBack    bool      `json:"takenBack,omitempty"`
}

// Open reports whether the organ still has the matter.
func (r Referral) Open() bool { return r.Status == ReferralSent || r.Status == ReferralAcknowledged }

// maxReferrals keeps a case small enough to be carried whole.
const maxReferrals = 40

// referralUnits are the kinds of unit that a channel leads to.
var referralUnits = map[ReferralChannel][]UnitKind{
	ChannelCourt:                         {UnitCourt},
	ChannelLabourArbitration:             {UnitArbitration},
	ChannelCommercialArbitration:         {UnitArbitration},
	ChannelLandArbitration:               {UnitArbitration},
	ChannelAdministrativeReconsideration: {UnitReconsideration},
	ChannelAdministrativeAdjudication:    {UnitBureau, UnitTownshipGovernment},
	ChannelAdministrativeAction:          {UnitCourt},
	ChannelLabourInspection:              {UnitBureau},
	ChannelNotary:                        {UnitNotary},
	ChannelLegalAid:                      {UnitLegalAid},
	ChannelLawyer:                        {UnitLawFirm},
	ChannelAppraisal:                     {UnitAppraisal},
	ChannelPublicSecurity:                {UnitPublicSecurity},
	ChannelProcuratorate:                 {UnitProcuratorate},
	ChannelDiscipline:                    {UnitDiscipline},
	ChannelPartyAppeal:                   {UnitDiscipline, UnitBureau},
	ChannelRelief:                        {UnitBureau, UnitTownshipGovernment, UnitCourt, UnitProcuratorate, UnitPublicSecurity},
	ChannelPsychological:                 {UnitBureau, UnitCenter},
}

// referralRoles act for a receiving unit, machine clients among them.
var referralRoles = []Role{RoleClerk, RoleManager, RoleLeader, RoleInvestigator, RoleIntegration}

func (s State) referral(id string) *Referral {
	for i := range s.Referrals {
		if s.Referrals[i].ID == id {
			return &s.Referrals[i]
		}
	}
	return nil
}

// openReferrals lists the referrals that are still out.
func (s State) openReferrals() []Referral {
	return slices.DeleteFunc(slices.Clone(s.Referrals), func(r Referral) bool { return !r.Open() })
}

// blockingReferral returns the open referral that holds everything else, or nil.
func (s State) blockingReferral() *Referral {
	for i := range s.Referrals {
		if s.Referrals[i].Blocking && s.Referrals[i].Open() {
			return &s.Referrals[i]
		}
	}
	return nil
}

// referredTo lists the units that a referral brought to the case and did not take from it.
func (s State) referredTo() []string {
	var units []string
	for _, r := range s.Referrals {
		if r.UnitID != "" && r.Round == s.Round && r.Status != ReferralReturned && !slices.Contains(units, r.UnitID) {
			units = append(units, r.UnitID)
		}
	}
	return units
}

// mayRecord reports whether somebody may record what became of a referral: the people of the
// receiving unit, and for an organ outside the platform those who sent it.
func (s State) mayRecord(r Referral, actor Actor) bool {
	if r.UnitID != "" {
		return r.UnitID == actor.UnitID && slices.Contains(referralRoles, actor.Role)
	}
	return s.isSender(actor)
}

// isSender reports whether somebody belongs to those who send referrals of this case.
func (s State) isSender(actor Actor) bool {
	return actor.is(s.HandlerID) ||
		s.ResponsibleUnitID == actor.UnitID && slices.Contains(dispatchRoles, actor.Role)
}

func (s *State) changeReferral(id string, change func(*Referral)) {
	s.Referrals = slices.Clone(s.Referrals)
	for i := range s.Referrals {
		if s.Referrals[i].ID == id {
			change(&s.Referrals[i])
		}
	}
}

// recallReferrals takes back what is still out when the case ends without its result.
func (s *State) recallReferrals(date time.Time) {
	for _, r := range s.openReferrals() {
		s.changeReferral(r.ID, func(r *Referral) {
			r.Status, r.ReturnedAt, r.TakenBack = ReferralReturned, date, true
		})
	}
}

// leaveReferral brings the case back to where a blocking referral took it from. The
// investigation has then taken the legal way; where that answered nothing, it goes on for
// another path.
func (s *State) leaveReferral(r Referral, answered bool, date time.Time) {
	if !r.Blocking || s.Stage != StageReferral {
		return
	}
	switch {
	case r.FromStage != StageInvestigation:
	case answered:
		s.Path = PathReferral
	default:
		s.Facts, s.Path = "", ""
	}
	s.enter(r.FromStage, date)
}
