package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// partyToken is what a value said of a party leaves in the blind index.
type partyToken struct {
	kind  casefile.PartyTrait
	token []byte
}

// tokenSize in bytes: short enough for a small index, long enough that no two values of a
// province meet.
const tokenSize = 16

// partyTokens are the tokens of a party's content; none for any other text.
func (k MasterKey) partyTokens(t Text) []partyToken {
	if t.Kind != casefile.TextParty {
		return nil
	}
	var content casefile.PartyContent
	if err := json.Unmarshal([]byte(t.Value), &content); err != nil {
		return nil
	}
	var tokens []partyToken
	add := func(kind casefile.PartyTrait, value string) {
		if value = plainest(value); value != "" {
			tokens = append(tokens, partyToken{kind, mac(k.index, []byte(kind), []byte(value))[:tokenSize]})
		}
	}
	add(casefile.TraitName, content.Name)
	add(casefile.TraitPhone, strings.TrimPrefix(plainest(content.Phone), "86"))
	add(casefile.TraitIDNumber, content.IDNumber)
	return tokens
}

// plainest is a value without what people write differently: blanks, signs, the width and
// the case of letters.
func plainest(value string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' { // full width
			r -= '！' - '!'
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, value)
}

// queuePartyTokens queues the index entries of texts that the same batch stores.
func queuePartyTokens(batch *pgx.Batch, caseID string, master MasterKey, texts []Text) {
	var ids, kinds []string
	var tokens [][]byte
	for _, t := range texts {
		for _, found := range master.partyTokens(t) {
			ids, kinds, tokens = append(ids, string(t.ID)), append(kinds, string(found.kind)), append(tokens, found.token)
		}
	}
	if len(ids) == 0 {
		return
	}
	batch.Queue(`
		insert into party_tokens (case_id, text_id, kind, token)
		select c.case_id, c.id, t.kind, t.token
		from unnest($2::uuid[], $3::text[], $4::bytea[]) as t (text_id, kind, token)
		join contents c on c.case_id = $1 and c.id = t.text_id
		on conflict do nothing`, caseID, ids, kinds, tokens)
}

// LikeCase is a case that names a party of another one.
type LikeCase struct {
	CaseRow
	// Traits are what the two cases say the same of their parties.
	Traits []casefile.PartyTrait
}

// The bounds of a search: of each value the newest cases that have it, of them all the
// newest.
const (
	casesOfAValue = 200
	likeCases     = 100
)

// CasesOfSameParties finds the cases, of those that the viewer sees, that name a party of a
// case: by name, phone or identity number. Common values are searched among their newest
// cases only.
func (s *Store) CasesOfSameParties(ctx context.Context, viewer Viewer, caseID string) ([]LikeCase, error) {
	if !validUUID(caseID) {
		return nil, nil
	}
	args := &arguments{values: []any{caseID}}
	query := fmt.Sprintf(`
		with mine as (select distinct kind, token from party_tokens where case_id = $1), shared as (
			select f.case_id, array_agg(distinct m.kind) as kinds from mine m cross join lateral (
				select t.case_id from party_tokens t join cases o on o.id = t.case_id
				where t.token = m.token and t.case_id <> $1 order by o.registered_at desc limit %d) f
			group by f.case_id)
		select %s, s.kinds from shared s join cases c on c.id = s.case_id
		where %s order by c.registered_at desc, c.id limit %d`,
		casesOfAValue, caseColumns, viewer.sees(nil, args), likeCases)
	rows, err := s.pool.Query(ctx, query, args.values...)
	if err != nil {
		return nil, fmt.Errorf("find cases of the same parties: %w", err)
	}
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (LikeCase, error) {
		var like LikeCase
		var err error
		like.CaseRow, err = scanCase(row, &like.Traits)
		return like, err
	})
	if err != nil {
		return nil, fmt.Errorf("find cases of the same parties: %w", err)
	}
	return found, nil
}
