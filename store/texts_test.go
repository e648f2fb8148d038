package store

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/store/storetest"
)

func TestTextsOfManyCasesComeBackTogether(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	var refs []TextRef
	want := map[casefile.TextID]string{}
	for n := range 5 {
		caseID := uuid.NewString()
		for _, value := range []string{"", "短", strings.Repeat("长", 20_000), "line\nbreak\ttab"} {
			value = fmt.Sprint(n, value)
			id := putTexts(t, s, caseID, value)[0]
			refs, want[id] = append(refs, TextRef{caseID, id}), value
		}
	}
	refs = append(refs, TextRef{uuid.NewString(), NewTextID()}, TextRef{refs[0].CaseID, refs[5].ID}, TextRef{"nonsense", "x"})
	got, err := s.Texts(t.Context(), refs)
	require.NoError(t, err)
	require.Equal(t, want, got)
}

func TestNoTextStandsInTheClearAnywhere(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	command := register(t, s)
	requireAdded(t, s, stateOf(t, s, command.CaseID).Version, noting(t, s, command.CaseID, 7))
	_, err := s.InputDigest(t.Context(), command.CaseID, []byte(secretTitle))
	require.NoError(t, err)
	dump := dumpAll(t, s)
	require.Contains(t, dump, command.CaseID, "the dump must really hold the rows")
	require.Contains(t, dump, "530402-D-2026-000001")
	for _, secret := range []string{secretTitle, secretNarrative, secretName, secretPhone, "第7次电话联系"} {
		require.NotContains(t, dump, secret)
		require.NotContains(t, dump, fmt.Sprintf("%x", secret), "nor as bytes")
	}
}

// dumpAll is every row of every table as text, bytea in hex.
func dumpAll(t testing.TB, s *Store) string {
	t.Helper()
	rows, err := s.pool.Query(t.Context(), "select table_name from information_schema.tables where table_schema = 'public'")
	require.NoError(t, err)
	tables, err := collectStrings(rows)
	require.NoError(t, err)
	require.Greater(t, len(tables), 15)
	var dump bytes.Buffer
	for _, table := range tables {
		rows, err := s.pool.Query(t.Context(), "select r::text from "+pgx.Identifier{table}.Sanitize()+" r")
		require.NoError(t, err)
		lines, err := collectStrings(rows)
		require.NoError(t, err)
		dump.WriteString(strings.Join(lines, "\n") + "\n")
	}
	return dump.String()
}

func TestATextMovedElsewhereOrTouchedDoesNotOpen(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]string{
		"its ciphertext":    "update contents set ciphertext = set_byte(ciphertext, 20, (get_byte(ciphertext, 20) + 1) % 256)",
		"its tag":           "update contents set tag = set_byte(tag, 3, (get_byte(tag, 3) + 1) % 256)",
		"its kind":          "update contents set kind = 'TITLE'",
		"another text's id": "update contents set ciphertext = (select ciphertext from contents c where c.id <> contents.id)",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openStore(t)
			caseID := uuid.NewString()
			ids := putTexts(t, s, caseID, "甲的陈述甲的陈述", "乙的陈述乙的陈述")
			_, err := s.pool.Exec(t.Context(), damage)
			require.NoError(t, err)
			_, err = s.Texts(t.Context(), []TextRef{{caseID, ids[0]}})
			require.ErrorIs(t, err, errTampered)
		})
	}
}

func TestProcessesThatStoreTheFirstTextsAtOnceAgreeOnAKey(t *testing.T) {
	t.Parallel()
	url, key := storetest.Database(t), FileKeySource(filepath.Join(t.TempDir(), "key"))
	var stores []*Store
	for range 4 {
		s, err := Open(t.Context(), Options{URL: url, Keys: key})
		require.NoError(t, err)
		t.Cleanup(s.Close)
		stores = append(stores, s)
	}
	for range 10 {
		caseID := uuid.NewString()
		refs := make([]TextRef, len(stores))
		var wg sync.WaitGroup
		for i, s := range stores {
			refs[i] = TextRef{caseID, NewTextID()}
			wg.Go(func() {
				if err := s.PutTexts(t.Context(), caseID, []Text{{refs[i].ID, "NOTE", fmt.Sprint("第", i)}}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		for _, s := range stores {
			texts, err := s.Texts(t.Context(), refs)
			require.NoError(t, err)
			require.Len(t, texts, len(stores))
		}
	}
}

func TestErasedTextsAreAbsentAndStayAway(t *testing.T) {
	t.Parallel()
	url, key := storetest.Database(t), FileKeySource(filepath.Join(t.TempDir(), "key"))
	erasing, other := openAt(t, url, key), openAt(t, url, key)
	caseID := uuid.NewString()
	id := putTexts(t, erasing, caseID, "要删除的内容")[0]
	putTexts(t, other, caseID, "另一进程已缓存密钥")
	require.NoError(t, erasing.EraseTexts(t.Context(), caseID))
	for _, s := range []*Store{erasing, other} {
		texts, err := s.Texts(t.Context(), []TextRef{{caseID, id}})
		require.NoError(t, err)
		require.Empty(t, texts)
		err = s.PutTexts(t.Context(), caseID, []Text{{NewTextID(), "NOTE", "新内容"}})
		var erased *ErasedError
		require.ErrorAs(t, err, &erased)
	}
	require.Zero(t, count(t, erasing, "contents"))
}

func openAt(t testing.TB, url string, key KeySource) *Store {
	t.Helper()
	s, err := Open(t.Context(), Options{URL: url, Keys: key})
	require.NoError(t, err)
	t.Cleanup(s.Close)
	return s
}

func TestOnlyTextsThatNoEventNamesAreSwept(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	command := register(t, s)
	orphan := uuid.NewString()
	putTexts(t, s, orphan, "没有登记的内容")
	unsent := putTexts(t, s, command.CaseID, "没有提交的备注")[0]

	swept, err := s.SweepTexts(t.Context(), time.Now().Add(-time.Hour))
	require.NoError(t, err)
	require.Zero(t, swept, "they are young")
	swept, err = s.SweepTexts(t.Context(), time.Now().Add(time.Hour))
	require.NoError(t, err)
	require.EqualValues(t, 2, swept)

	state := stateOf(t, s, command.CaseID)
	texts, err := s.Texts(t.Context(), []TextRef{{command.CaseID, state.Title}, {command.CaseID, state.Narrative}, {command.CaseID, unsent}})
	require.NoError(t, err)
	require.Equal(t, map[casefile.TextID]string{state.Title: secretTitle, state.Narrative: secretNarrative}, texts)
	require.Equal(t, 1, count(t, s, "case_keys"), "the key of the case that never came to be goes too")
	// A process that still holds that key may go on: the case gets a new one.
	again := putTexts(t, s, orphan, "再次登记")[0]
	texts, err = s.Texts(t.Context(), []TextRef{{orphan, again}})
	require.NoError(t, err)
	require.Equal(t, "再次登记", texts[again])
}

func TestEqualInputsOfACaseHaveOneDigestAndOtherCasesAnother(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	first, second := uuid.NewString(), uuid.NewString()
	digest := func(caseID, input string) string {
		d, err := s.InputDigest(t.Context(), caseID, []byte(input))
		require.NoError(t, err)
		require.Len(t, d, 64)
		return d
	}
	once := digest(first, "a")
	require.Equal(t, once, digest(first, "a"))
	require.NotEqual(t, digest(first, "a"), digest(first, "b"))
	require.NotEqual(t, digest(first, "a"), digest(second, "a"))
}

func TestAnotherMasterKeyIsNoticedAtTheStart(t *testing.T) {
	t.Parallel()
	url, folder := storetest.Database(t), t.TempDir()
	right := filepath.Join(folder, "master.key")
	putTexts(t, openAt(t, url, FileKeySource(right)), uuid.NewString(), "内容")

	_, err := Open(t.Context(), Options{URL: url, Keys: FileKeySource(filepath.Join(folder, "none.key"))})
	var unknown *UnknownMasterKeyError
	require.ErrorAs(t, err, &unknown)
	require.ErrorContains(t, err, "put that key back")
	require.NoFileExists(t, filepath.Join(folder, "none.key"), "a new key would hide the loss")

	wrong := filepath.Join(folder, "wrong.key")
	require.NoError(t, os.WriteFile(wrong, bytes.Repeat([]byte{7}, MasterKeySize), 0o600))
	_, err = Open(t.Context(), Options{URL: url, Keys: FileKeySource(wrong)})
	require.ErrorAs(t, err, &unknown)
	require.ErrorContains(t, err, "put the right key back")
}

func TestAMasterKeyFileIsMadeOnceAndMustBeWholeAndPrivate(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "master.key")
	ids := make(chan string, 16)
	var wg sync.WaitGroup
	for range cap(ids) {
		wg.Go(func() {
			key, err := FileKeySource(path).Current(t.Context())
			if err != nil {
				t.Error(err)
			}
			ids <- key.ID
		})
	}
	wg.Wait()
	close(ids)
	first := <-ids
	for id := range ids {
		require.Equal(t, first, id)
	}
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.EqualValues(t, 0o600, info.Mode().Perm())
	require.EqualValues(t, MasterKeySize, info.Size())
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, entries, 1, "no half-made key is left")

	require.NoError(t, os.Chmod(path, 0o640))
	_, err = FileKeySource(path).Current(t.Context())
	require.ErrorContains(t, err, "can be read by others")
	require.NoError(t, os.Chmod(path, 0o600))
	require.NoError(t, os.Truncate(path, 31))
	_, err = FileKeySource(path).Current(t.Context())
	require.ErrorContains(t, err, "damaged")
}
