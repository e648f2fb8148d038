package importing

import (
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/width"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/category"
)

// maxNumberRunes bounds an issuing system's number.
const maxNumberRunes = 100

// earliest is the first day that a petition can bear.
var earliest = time.Date(1949, time.October, 1, 0, 0, 0, 0, casefile.Shanghai)

// defaults is what holds for rows that say nothing themselves.
type defaults struct {
	division casefile.Division
	category string
	mapping  Mapping
}

// checkedRow reads one row of a table and gathers what is wrong with it.
type checkedRow struct {
	table    *table
	line     line
	problems []problem
}

// readPetition checks a row. Where it returns problems the petition is not to be used.
func (t *table) readPetition(row line, d defaults, now time.Time) (petition, []problem) {
	if row.fault != nil {
		return petition{}, []problem{{row: row.number, column: -1, fault: *row.fault}}
	}
	r := &checkedRow{table: t, line: row}
	p := petition{
		row:          row.number,
		number:       r.number(),
		title:        r.text(FieldTitle, casefile.TextTitle, true),
		body:         r.text(FieldBody, casefile.TextNarrative, true),
		reply:        r.text(FieldReply, casefile.TextReply, false),
		division:     d.division,
		category:     r.category(d),
		petitionType: r.petitionType(d.mapping),
		source:       r.source(d.mapping),
		satisfaction: r.satisfaction(),
		person:       r.person(),
	}
	if division, ok := d.mapping.Divisions[cleanLine(t.cell(row, FieldRegion))]; ok {
		p.division = division
	}
	if cleanLine(t.cell(row, FieldSubmittedAt)) == "" {
		r.refuse(FieldSubmittedAt, faultEmpty)
	}
	submitted := r.moment(FieldSubmittedAt, now)
	replied := r.moment(FieldRepliedAt, now)
	p.submittedAt, p.repliedAt = submitted.at, replied.at
	r.checkReply(p, &p.repliedAt, submitted, replied)
	return p, r.problems
}

// checkReply checks how petition and reply go together.
func (r *checkedRow) checkReply(p petition, repliedAt *time.Time, submitted, replied moment) {
	repliedCell := cleanLine(r.table.cell(r.line, FieldRepliedAt))
	switch {
	case p.reply == "" && repliedCell != "":
		r.refuse(FieldReply, faultNoReply)
	case p.reply != "" && repliedCell == "":
		r.refuse(FieldRepliedAt, faultNoReplyTime)
	case submitted.at.IsZero() || replied.at.IsZero() || !replied.at.Before(submitted.at):
		// Not answered, already refused, or in order.
	case replied.dayOnly && sameDay(replied.at, submitted.at):
		// Answered on the day it came in, at a time that nobody wrote down.
		*repliedAt = submitted.at
	default:
		r.refuse(FieldRepliedAt, faultOrder)
	}
}

func sameDay(a, b time.Time) bool {
	ay, am, ad := a.In(casefile.Shanghai).Date()
	by, bm, bd := b.In(casefile.Shanghai).Date()
	return ay == by && am == bm && ad == bd
}

// refuse notes a fault of the row's cell for a field.
func (r *checkedRow) refuse(field Field, why fault) {
	r.problems = append(r.problems, r.table.problemAt(r.line, field, why))
}

// problemAt describes a fault for the report. Of personal data it shows only the mask.
func (t *table) problemAt(row line, field Field, why fault) problem {
	p := problem{row: row.number, column: -1, header: string(field), fault: why}
	column, ok := t.at[field]
	if !ok {
		return p
	}
	p.column, p.header, p.value = column, t.headers[column], cleanLine(t.cell(row, field))
	switch field {
	case FieldName:
		p.value = casefile.MaskName(p.value)
	case FieldPhone:
		p.value = casefile.MaskPhone(p.value)
	case FieldIDNumber:
		p.value = casefile.MaskIDNumber(p.value)
	case FieldAddress:
		p.value = casefile.MaskAddress(p.value)
	}
	return p
}

// formulaErrors are what a spreadsheet shows where a formula failed.
var formulaErrors = map[string]bool{
	"#N/A": true, "#REF!": true, "#NAME?": true, "#VALUE!": true, "#DIV/0!": true, "#NULL!": true, "#NUM!": true,
}

// readable refuses what a wrong encoding left behind.
func (r *checkedRow) readable(field Field, value string) bool {
	switch {
	case strings.ContainsRune(value, utf8.RuneError):
		r.refuse(field, faultUnreadable)
	case formulaErrors[value]:
		r.refuse(field, faultFormula)
	default:
		return true
	}
	return false
}

func (r *checkedRow) number() string {
	value := plainNumber(cleanLine(r.table.cell(r.line, FieldNumber)))
	switch {
	case !r.readable(FieldNumber, value):
	case value == "":
		r.refuse(FieldNumber, faultEmpty)
	case utf8.RuneCountInString(value) > maxNumberRunes:
		r.refuse(FieldNumber, faultNumber)
	}
	return value
}

func (r *checkedRow) text(field Field, kind casefile.TextKind, required bool) string {
	value := cleanText(r.table.cell(r.line, field))
	if field == FieldTitle {
		value = cleanLine(value)
	}
	if !r.readable(field, value) {
		return value
	}
	if value == "" && required {
		r.refuse(field, faultEmpty)
	} else if refusal := casefile.CheckText(kind, []string{string(field)}, value, required); refusal != nil {
		r.refuse(field, faultRefused(refusal))
	}
	return value
}

// moment reads a date; it is zero where the cell is empty or was refused.
func (r *checkedRow) moment(field Field, now time.Time) moment {
	cell := cleanLine(r.table.cell(r.line, field))
	if cell == "" {
		return moment{}
	}
	read, ok := r.table.dateCell(cell)
	if !ok {
		read, ok = parseMoment(cell)
	}
	switch {
	case !ok:
		r.refuse(field, faultDate)
	case read.at.After(now):
		r.refuse(field, faultFuture)
	case read.at.Before(earliest):
		r.refuse(field, faultTooEarly)
	default:
		return read
	}
	return moment{}
}

func (r *checkedRow) category(d defaults) string {
	label := cleanLine(r.table.cell(r.line, FieldCategory))
	if label == "" {
		return d.category
	}
	if code, ok := d.mapping.Categories[label]; ok {
		label = code
	}
	found, ok := category.FindByLabel(category.Petition, label)
	if !ok {
		r.refuse(FieldCategory, faultCategory)
	}
	return found.Code
}

func (r *checkedRow) petitionType(mapping Mapping) casefile.PetitionType {
	word := cleanLine(r.table.cell(r.line, FieldType))
	if word == "" {
		if mapping.Type != "" {
			return mapping.Type
		}
		return casefile.Appeal
	}
	if value, ok := mapping.Types[word]; ok {
		return value
	}
	value, ok := typeWords[plainHeader(word)]
	if !ok {
		r.refuse(FieldType, faultType)
	}
	return value
}

func (r *checkedRow) source(mapping Mapping) casefile.Source {
	word := cleanLine(r.table.cell(r.line, FieldSource))
	if word == "" {
		if mapping.Source != "" {
			return mapping.Source
		}
		return casefile.SourceOther
	}
	if value, ok := mapping.Sources[word]; ok {
		return value
	}
	value, ok := sourceWords[plainHeader(word)]
	if !ok {
		r.refuse(FieldSource, faultSource)
	}
	return value
}

func (r *checkedRow) satisfaction() *int {
	cell := strings.TrimSuffix(width.Fold.String(cleanLine(r.table.cell(r.line, FieldSatisfaction))), "分")
	score, ok := satisfactionWords[cell]
	if !ok {
		r.refuse(FieldSatisfaction, faultRating)
	}
	if score == 0 {
		return nil
	}
	return &score
}

func (r *checkedRow) person() casefile.PartyContent {
	cell := func(field Field) string {
		value := cleanLine(r.table.cell(r.line, field))
		r.readable(field, value)
		return value
	}
	person := casefile.PartyContent{
		Name:     cell(FieldName),
		Phone:    plainNumber(cell(FieldPhone)),
		IDNumber: strings.ToUpper(plainNumber(cell(FieldIDNumber))),
		Address:  cell(FieldAddress),
	}
	if !known(person) {
		return person
	}
	if refusal := casefile.CheckPartyContent([]string{"party"}, person); refusal != nil {
		r.refuse(partyField(refusal.Field), faultRefused(refusal))
	}
	return person
}

// known tells whether a row says anything about who petitioned.
func known(person casefile.PartyContent) bool {
	return person.Name != "" || person.Phone != "" || person.IDNumber != "" || person.Address != ""
}

// partyField finds the column that a refusal of a party's content speaks of.
func partyField(path []string) Field {
	for _, name := range path {
		switch name {
		case "phone":
			return FieldPhone
		case "idNumber", "idType":
			return FieldIDNumber
		case "address":
			return FieldAddress
		}
	}
	return FieldName
}
