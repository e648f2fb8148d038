package store

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// textTokens are the tokens of some texts in their plainest form: one for each two characters
// that stand side by side, each once, in order. They are 16 bits, so that several pairs share
// one: the index stays small, and a token alone doesn't say which pair it is.
func (k MasterKey) textTokens(plain []string) []int16 {
	h := hmac.New(sha256.New, k.search)
	seen := map[string]bool{}
	var tokens []int16
	var sum [sha256.Size]byte
	for _, text := range plain {
		for i, r := range text {
			first := utf8.RuneLen(r)
			_, second := utf8.DecodeRuneInString(text[i+first:])
			pair := text[i : i+first+second]
			if second == 0 || seen[pair] {
				continue
			}
			seen[pair] = true
			h.Reset()
			h.Write([]byte(pair))
			tokens = append(tokens, int16(binary.BigEndian.Uint16(h.Sum(sum[:0]))))
		}
	}
	slices.Sort(tokens)
	return slices.Compact(tokens)
}

// tokenList writes tokens as an array of Postgres.
func tokenList(tokens []int16) string {
	var b strings.Builder
	b.WriteByte('{')
	for i, token := range tokens {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Itoa(int(token)))
	}
	b.WriteByte('}')
	return b.String()
}

// queueTextTokens queues the index entries of texts that the same batch stores.
func queueTextTokens(batch *pgx.Batch, caseID string, master MasterKey, texts []Text) {
	var ids, tokens []string
	for _, t := range texts {
		if found := master.textTokens(t.searched()); len(found) > 0 {
			ids, tokens = append(ids, string(t.ID)), append(tokens, tokenList(found))
		}
	}
	if len(ids) == 0 {
		return
	}
	batch.Queue(`
		insert into text_tokens (case_id, text_id, tokens)
		select c.case_id, c.id, t.tokens::smallint[]
		from unnest($2::uuid[], $3::text[]) as t (text_id, tokens)
		join contents c on c.case_id = $1 and c.id = t.text_id
		on conflict do nothing`, caseID, ids, tokens)
}

// searchedTexts are the texts of a case that a search looks in, those under the keys of merged
// cases included.
func searchedTexts(s casefile.State) []TextRef {
	var refs []TextRef
	add := func(from casefile.Elsewhere, id casefile.TextID) {
		switch {
		case id == "":
		case from != "":
			refs = append(refs, TextRef{string(from), id})
		default:
			refs = append(refs, TextRef{s.ID, id})
		}
	}
	add("", s.Title)
	add("", s.Narrative)
	for _, party := range s.Parties {
		add(party.From, party.Content)
	}
	return refs
}

// dropTokens queues the removal of index entries of texts that were amended: what a case no
// longer says is no longer found.
func dropTokens(batch *pgx.Batch, entries []*entry) {
	var cases, texts []string
	for _, e := range entries {
		if !e.before.Exists() {
			continue
		}
		kept := searchedTexts(e.after)
		for _, ref := range searchedTexts(e.before) {
			if ref.CaseID == e.command.CaseID && !slices.Contains(kept, ref) {
				cases, texts = append(cases, ref.CaseID), append(texts, string(ref.ID))
			}
		}
	}
	if len(texts) > 0 {
		batch.Queue(`delete from text_tokens t using unnest($1::uuid[], $2::uuid[]) as g (case_id, text_id)
			where t.case_id = g.case_id and t.text_id = g.text_id`, cases, texts)
	}
}

type borrowedRow struct {
	CaseID   string `json:"case_id"`
	LenderID string `json:"lender_id"`
}

// foldBorrowed lists the merged cases whose texts a search of this one looks in too.
func foldBorrowed(s casefile.State) []borrowedRow {
	var rows []borrowedRow
	for _, ref := range searchedTexts(s) {
		if ref.CaseID != s.ID {
			rows = append(rows, borrowedRow{s.ID, ref.CaseID})
		}
	}
	return distinct(rows)
}

// rewriteTokens makes the index of some cases, which the caller has locked, what their texts
// give, and takes them off the backlog.
func (s *Store) rewriteTokens(ctx context.Context, tx pgx.Tx, states []casefile.State) error {
	var ids []string
	var refs []TextRef
	for _, state := range states {
		ids = append(ids, state.ID)
		for _, ref := range searchedTexts(state) {
			if ref.CaseID == state.ID {
				refs = append(refs, ref)
			}
		}
	}
	expected, err := s.expectedTokens(ctx, tx, refs)
	if err != nil {
		return err
	}
	var cases, texts, tokens []string
	for ref, list := range expected {
		cases, texts, tokens = append(cases, ref.CaseID), append(texts, string(ref.ID)), append(tokens, list)
	}
	batch := &pgx.Batch{}
	// What no event names yet belongs to a command under way.
	batch.Queue(`delete from text_tokens t using contents c
		where t.case_id = any($1::uuid[]) and c.case_id = t.case_id and c.id = t.text_id and c.referenced_at is not null`, ids)
	batch.Queue(`insert into text_tokens (case_id, text_id, tokens)
		select case_id, text_id, tokens::smallint[] from unnest($1::uuid[], $2::uuid[], $3::text[]) as t (case_id, text_id, tokens)
		on conflict (case_id, text_id) do update set tokens = excluded.tokens`, cases, texts, tokens)
	batch.Queue("delete from text_backlog where case_id = any($1::uuid[])", ids)
	return tx.SendBatch(ctx, batch).Close()
}

// expectedTokens are the tokens that stored texts give, as Postgres writes them; a text that
// was erased, or gives none, is absent.
func (s *Store) expectedTokens(ctx context.Context, db querier, refs []TextRef) (map[TextRef]string, error) {
	master, err := s.keys.Current(ctx)
	if err != nil {
		return nil, err
	}
	expected := make(map[TextRef]string, len(refs))
	err = s.eachText(ctx, db, refs, func(caseID string, t Text) error {
		if tokens := master.textTokens(t.searched()); len(tokens) > 0 {
			expected[TextRef{caseID, t.ID}] = tokenList(tokens)
		}
		return nil
	})
	return expected, err
}
