package casefile

import (
	"reflect"
	"time"
)

// Elsewhere names a text, or what holds texts, under another case's key. What an event says
// of it belongs to that case.
type Elsewhere string

// Merger is a younger case that this one takes in.
type Merger struct {
	ID     string `json:"id"` // unique within the case ("J5")
	CaseID string `json:"caseId"`
	Number string `json:"number,omitempty"`
	By     Actor  `json:"by"`
	// Reason is why, as a text of the other case.
	Reason Elsewhere    `json:"reason"`
	Status MergerStatus `json:"status"`
}

// MergerStatus is how far a merger has come.
type MergerStatus string

// The statuses of a merger: the other case is asked; it waits for its second person and its
// notice; everything has come over. A merger that failed is none.
const (
	MergerAsked    MergerStatus = "ASKED"
	MergerUnderWay MergerStatus = "UNDER_WAY"
	MergerDone     MergerStatus = "DONE"
)

// MergerStanding is what a case that goes on tells the one that is to join it.
type MergerStanding struct {
	CaseID       string       `json:"caseId"`
	Number       string       `json:"number,omitempty"` // empty where it is sealed
	Kind         Kind         `json:"kind"`
	PetitionType PetitionType `json:"petitionType,omitempty"`
	Sealed       bool         `json:"sealed,omitempty"`
	Accepted     bool         `json:"accepted,omitempty"`
	RegisteredAt time.Time    `json:"registeredAt"`
	PackageID    string       `json:"packageId,omitempty"`
}

// mergedEnd is the merger that a proposed end belongs to.
type mergedEnd struct {
	MergerID string `json:"mergerId"`
	CaseID   string `json:"caseId"`
	Number   string `json:"number,omitempty"`
}

// unmerged is a merger that came to nothing here, until the other case knows.
type unmerged struct {
	mergedEnd
	Why   string `json:"why"`
	WhyZH string `json:"whyZh"`
}

// CaseContent is what a merged case holds and the one that goes on takes over. Texts stay
// where they are, under the merged case's key.
type CaseContent struct {
	CaseID      string       `json:"caseId"`
	Number      string       `json:"number,omitempty"`
	Parties     []Party      `json:"parties,omitempty"`
	Claims      []Claim      `json:"claims,omitempty"`
	ExternalIDs []ExternalID `json:"externalIds,omitempty"`
	Exclusions  []Exclusion  `json:"exclusions,omitempty"`
	// Clocks are the office's statutory clocks whose act is still owed.
	Clocks          []Deadline      `json:"clocks,omitempty"`
	HandledBy       []string        `json:"handledBy,omitempty"`
	Confidentiality Confidentiality `json:"confidentiality"`
	Urgent          bool            `json:"urgent,omitempty"`
	// UrgentSince and UrgentBy say since when it cannot wait and who said so; UrgentOwed that
	// nobody has reported yet what was done. Zero in old records.
	UrgentSince time.Time `json:"urgentSince,omitzero"`
	UrgentBy    string    `json:"urgentBy,omitempty"`
	UrgentOwed  bool      `json:"urgentOwed,omitempty"`
	// Repeats are the links of matters that were brought again, in either direction.
	Repeats []Link `json:"repeats,omitempty"`
	// SuspectedHarms are those that the police have still to be told of.
	SuspectedHarms []SuspectedHarm `json:"suspectedHarms,omitempty"`
}

// merger returns the merger of that id, or nil.
func (s State) merger(id string) *Merger {
	for i := range s.Mergers {
		if s.Mergers[i].ID == id {
			return &s.Mergers[i]
		}
	}
	return nil
}

// merging reports whether a merger is under way into this case.
func (s State) merging() bool {
	for _, m := range s.Mergers {
		if m.Status != MergerDone {
			return true
		}
	}
	return false
}

// AllExternalIDs are the numbers in other systems of the case and of those merged into it.
func (s State) AllExternalIDs() []ExternalID {
	all := s.ExternalIDs
	for _, content := range s.TakenOver {
		for _, id := range content.ExternalIDs {
			all = appended(all, id)
		}
	}
	return all
}

// TakenOver is what the record keeps of a case that was merged into this one.
type TakenOver struct {
	CaseID      string       `json:"caseId"`
	ExternalIDs []ExternalID `json:"externalIds,omitempty"`
}

func (s State) standingForMerger() MergerStanding {
	return MergerStanding{
		CaseID: s.ID, Number: s.numberOutside(), Kind: s.Kind, PetitionType: s.PetitionType,
		Sealed: s.Confidentiality == ConfidentialitySealed, Accepted: !s.AcceptedAt.IsZero(),
		RegisteredAt: s.RegisteredAt, PackageID: s.PackageID,
	}
}

// content is what the case hands over when it has been merged.
func (s State) content() CaseContent {
	content := CaseContent{
		CaseID: s.ID, Number: s.numberOutside(), ExternalIDs: s.AllExternalIDs(), Exclusions: s.Exclusions,
		HandledBy: s.HandledBy, Confidentiality: s.Confidentiality, Urgent: s.Urgent,
	}
	content.SuspectedHarms = s.unreportedHarms()
	for _, link := range s.Links {
		if link.Kind == LinkRepeat {
			content.Repeats = append(content.Repeats, link)
		}
	}
	if u := s.Urgency; u.inForce() {
		content.UrgentSince, content.UrgentBy, content.UrgentOwed = u.Since, u.FlaggedBy, u.owed()
	}
	if s.HandlerID != "" {
		content.HandledBy = withPerson(content.HandledBy, s.HandlerID)
	}
	for _, party := range s.Parties {
		if party.From == "" && party.Content != "" {
			party.From = Elsewhere(s.ID)
		}
		content.Parties = append(content.Parties, party)
	}
	for _, claim := range s.Claims {
		if claim.From == "" {
			claim.From = Elsewhere(s.ID)
		}
		content.Claims = append(content.Claims, claim)
	}
	for _, clock := range s.Deadlines {
		if clock.Round == s.Round && clock.Of == "" && clock.Statutory && clock.OfOffice() && clock.Unmet() {
			content.Clocks = append(content.Clocks, clock)
		}
	}
	return content
}

var elsewhereType = reflect.TypeFor[Elsewhere]()

// StandsElsewhere reports whether a struct says of itself that its texts stand under another
// case's key.
func StandsElsewhere(v reflect.Value) bool {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if field.Type == elsewhereType && field.Name == "From" && v.Field(i).Len() > 0 {
			return true
		}
	}
	return false
}
