package importing

import (
	"encoding/json"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// petition is one row, checked.
type petition struct {
	row          int
	number       string
	submittedAt  time.Time
	title, body  string
	reply        string
	repliedAt    time.Time
	division     casefile.Division
	category     string
	petitionType casefile.PetitionType
	source       casefile.Source
	satisfaction *int
	person       casefile.PartyContent
}

// answered tells a petition that becomes a closed case from one that is still open.
func (p petition) answered() bool { return p.reply != "" }

// canonical is what makes two rows the same petition: what was said, by whom, when, and the
// answer. How it is filed (division, category, type, source) is left out, since that comes
// partly from the command line and from columns which another export may not have; and so
// are blanks, which exports differ in.
func (p petition) canonical() ([]byte, error) {
	return json.Marshal(struct {
		Number       string    `json:"number"`
		SubmittedAt  time.Time `json:"submittedAt"`
		Title        string    `json:"title"`
		Body         string    `json:"body"`
		Reply        string    `json:"reply,omitempty"`
		RepliedAt    time.Time `json:"repliedAt,omitzero"`
		Satisfaction *int      `json:"satisfaction,omitempty"`
		Name         string    `json:"name,omitempty"`
	}{
		p.number, casefile.Instant(p.submittedAt), sameText(p.title), sameText(p.body),
		sameText(p.reply), casefile.Instant(p.repliedAt), p.satisfaction, sameText(p.person.Name),
	})
}

// text is one text of a petition that is kept encrypted, apart from the command.
type text struct {
	id    casefile.TextID
	kind  casefile.TextKind
	value string
}

// filing is what an import adds to every row.
type filing struct {
	system string
	actor  casefile.Actor
	runID  string
	caseID func(system, number string) string
}

// command turns a petition into the command that records it and the texts that the command
// refers to. The digest of its input is still missing: it needs the case's key.
func (f filing) command(p petition) (casefile.Command, []text, error) {
	var texts []text
	keep := func(kind casefile.TextKind, value string) casefile.TextID {
		id := newTextID()
		texts = append(texts, text{id, kind, value})
		return id
	}
	party := casefile.Party{ID: "P1", Role: casefile.PartyPetitioner, Kind: casefile.NaturalPerson}
	if !known(p.person) {
		party.Anonymous = true
	} else {
		content, err := json.Marshal(p.person)
		if err != nil {
			return casefile.Command{}, nil, err
		}
		party.Content = keep(casefile.TextParty, string(content))
		party.Named = p.person.Name != ""
		party.OutOfReach = p.person.Phone == "" && p.person.Address == ""
	}
	register := casefile.RegisterCase{
		Kind:         casefile.Petition,
		PetitionType: p.petitionType,
		Source:       p.source,
		ExternalIDs:  []casefile.ExternalID{{System: f.system, Number: p.number}},
		Division:     p.division,
		Category:     p.category,
		Title:        keep(casefile.TextTitle, p.title),
		Narrative:    keep(casefile.TextNarrative, p.body),
		Parties:      []casefile.Party{party},
		ReceivedAt:   casefile.Instant(p.submittedAt),
	}
	var act casefile.Act = register
	if p.answered() {
		act = casefile.ImportEnded{
			Register:     register,
			AcceptedAt:   casefile.Instant(p.submittedAt),
			ConcludedAt:  casefile.Instant(p.repliedAt),
			Reply:        keep(casefile.TextReply, p.reply),
			Satisfaction: p.satisfaction,
		}
	}
	return casefile.Command{
		CaseID:           f.caseID(f.system, p.number),
		RequestKey:       requestKey(f.system, p.number),
		RequestID:        f.runID,
		Actor:            f.actor,
		EffectiveAt:      casefile.Instant(p.submittedAt),
		BackdatingReason: keep(casefile.TextReason, "自 "+f.system+" 导入 / imported from "+f.system),
		Act:              act,
	}, texts, nil
}
