package store

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
	"pgregory.net/rapid"
)

var roomy = UnattachedFiles{Count: 100, Bytes: 1 << 30}

// someBytes are the same for the same size, and nothing that repeats.
func someBytes(size int) []byte {
	body := make([]byte, size)
	source := rand.NewChaCha8([32]byte{byte(size), byte(size >> 8), byte(size >> 16)})
	_, _ = source.Read(body)
	return body
}

func newFile(caseID, key string) NewFile {
	return NewFile{CaseID: caseID, PersonID: "p-1", RequestKey: key, MediaType: "application/pdf"}
}

func putFile(t testing.TB, s *Store, f NewFile, body []byte) File {
	t.Helper()
	stored, err := s.PutFile(t.Context(), f, roomy, bytes.NewReader(body))
	require.NoError(t, err)
	return stored
}

func readFile(t testing.TB, s *Store, ref FileRef) ([]byte, error) {
	t.Helper()
	opened, err := s.OpenFile(t.Context(), ref)
	require.NoError(t, err)
	require.NotNil(t, opened)
	read, err := io.ReadAll(opened)
	require.Equal(t, err, opened.Err())
	return read, err
}

func TestAFileComesBackByteForByte(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	caseID := uuid.NewString()
	for _, size := range []int{1, chunkSize - 1, chunkSize, chunkSize + 1, 3*chunkSize + 17} {
		body := someBytes(size)
		stored := putFile(t, s, newFile(caseID, fmt.Sprint(size)), body)
		sum := sha256.Sum256(body)
		require.Equal(t, sum[:], stored.SHA256)
		require.Equal(t, int64(size), stored.Size)
		read, err := readFile(t, s, stored.FileRef)
		require.NoError(t, err)
		require.True(t, bytes.Equal(body, read), size)
		var pieces int
		require.NoError(t, s.pool.QueryRow(t.Context(), "select count(*) from file_chunks where file_id = $1", stored.ID).Scan(&pieces))
		require.Equal(t, chunks(int64(size)), pieces)
		known, err := s.File(t.Context(), stored.FileRef)
		require.NoError(t, err)
		require.Equal(t, stored, *known)
	}
	absent, err := s.OpenFile(t.Context(), FileRef{uuid.NewString(), uuid.NewString()})
	require.NoError(t, err)
	require.Nil(t, absent)
}

func TestAnyRangeOfAFileIsThatSliceOfIt(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	body := someBytes(2*chunkSize + 4711)
	stored := putFile(t, s, newFile(uuid.NewString(), "key"), body)
	opened, err := s.OpenFile(t.Context(), stored.FileRef)
	require.NoError(t, err)
	place := 0
	rapid.Check(t, func(t *rapid.T) {
		edge := rapid.SampledFrom([]int{0, chunkSize, 2 * chunkSize, len(body)}).Draw(t, "edge")
		from := max(0, edge+rapid.IntRange(-3000, 3000).Draw(t, "away"))
		switch rapid.SampledFrom([]int{io.SeekStart, io.SeekCurrent, io.SeekEnd}).Draw(t, "whence") {
		case io.SeekStart:
			_, err = opened.Seek(int64(from), io.SeekStart)
		case io.SeekCurrent:
			_, err = opened.Seek(int64(from-place), io.SeekCurrent)
		case io.SeekEnd:
			_, err = opened.Seek(int64(from-len(body)), io.SeekEnd)
		}
		require.NoError(t, err)
		length := rapid.IntRange(0, 2*chunkSize).Draw(t, "length")
		read, err := io.ReadAll(io.LimitReader(opened, int64(length)))
		require.NoError(t, err)
		want := body[min(from, len(body)):min(from+length, len(body))]
		require.True(t, bytes.Equal(want, read), "%d bytes from %d", length, from)
		place = from + len(read)
	})
	_, err = opened.Seek(-1, io.SeekStart)
	require.Error(t, err)
	require.NoError(t, opened.Err())
}

func TestTheSameRequestStoresOneFile(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	caseID := uuid.NewString()
	body := someBytes(chunkSize + 5)
	first := putFile(t, s, newFile(caseID, "key"), body)
	require.Equal(t, first, putFile(t, s, newFile(caseID, "key"), body))
	for name, again := range map[string]NewFile{"body": newFile(caseID, "key"), "type": {CaseID: caseID, PersonID: "p-1", RequestKey: "key", MediaType: "image/png"}} {
		other := body
		if name == "body" {
			other = body[1:]
		}
		_, err := s.PutFile(t.Context(), again, roomy, bytes.NewReader(other))
		var conflict *FileConflictError
		require.ErrorAs(t, err, &conflict, name)
		require.Equal(t, first.ID, conflict.FileID)
	}
	require.NotEqual(t, first.ID, putFile(t, s, newFile(caseID, "another key"), body).ID)
	require.Equal(t, 2, count(t, s, "files"), "nothing is left of the repeats")
	found, err := s.FileOfRequest(t.Context(), caseID, "key")
	require.NoError(t, err)
	require.Equal(t, first, *found)
}

func TestAnUploadThatBreaksOffLeavesNothing(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	for _, broken := range []error{errors.New("the client is gone"), io.ErrUnexpectedEOF} {
		body := io.MultiReader(bytes.NewReader(someBytes(2*chunkSize+3)), iotest.ErrReader(broken))
		_, err := s.PutFile(t.Context(), newFile(uuid.NewString(), "key"), roomy, body)
		require.ErrorIs(t, err, broken)
	}
	otherwise := newFile(uuid.NewString(), "key")
	otherwise.SHA256 = make([]byte, 32)
	_, err := s.PutFile(t.Context(), otherwise, roomy, bytes.NewReader(someBytes(10)))
	var mismatch *DigestMismatchError
	require.ErrorAs(t, err, &mismatch)
	require.Zero(t, count(t, s, "files"))
	require.Zero(t, count(t, s, "file_chunks"))
}

func TestNobodyUploadsWithoutEndWhatTheyDoNotAttach(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	for i, bound := range []UnattachedFiles{{Count: 2, Bytes: 1 << 30}, {Count: 100, Bytes: 2000}} {
		person, caseID := fmt.Sprint("p-", i), uuid.NewString()
		put := func(n int) error {
			f := newFile(caseID, fmt.Sprint(n))
			f.PersonID = person
			_, err := s.PutFile(t.Context(), f, bound, bytes.NewReader(someBytes(1000+n)))
			return err
		}
		require.NoError(t, put(0))
		require.NoError(t, put(1))
		require.NoError(t, put(1), "a repeat is never one too many")
		var tooMany *TooManyFilesError
		require.ErrorAs(t, put(2), &tooMany)
	}
}

func TestWhatNobodyAttachesIsSweptAfterADay(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	command := register(t, s)
	kept := putFile(t, s, newFile(command.CaseID, "kept"), someBytes(10))
	attach(t, s, command.CaseID, kept)
	stray := putFile(t, s, newFile(command.CaseID, "stray"), someBytes(chunkSize+1))
	swept, err := s.SweepFiles(t.Context(), time.Now().Add(-time.Hour), time.Now().Add(-time.Hour))
	require.NoError(t, err)
	require.Zero(t, swept)
	_, err = s.pool.Exec(t.Context(), "insert into files (case_id, id, person_id, request_key, media_type) values ($1, $2, 'p', 'k', 't')",
		command.CaseID, uuid.NewString())
	require.NoError(t, err)
	swept, err = s.SweepFiles(t.Context(), time.Now().Add(-time.Hour), time.Now().Add(time.Hour))
	require.NoError(t, err)
	require.Equal(t, int64(1), swept, "an upload that a crash broke off")
	swept, err = s.SweepFiles(t.Context(), time.Now().Add(time.Hour), time.Now().Add(time.Hour))
	require.NoError(t, err)
	require.Equal(t, int64(1), swept)
	gone, err := s.File(t.Context(), stray.FileRef)
	require.NoError(t, err)
	require.Nil(t, gone)
	require.Equal(t, 1, count(t, s, "file_chunks"))
}

// attach puts a stored file into the record of its case.
func attach(t testing.TB, s *Store, caseID string, f File) {
	t.Helper()
	requireAdded(t, s, stateOf(t, s, caseID).Version, attaching(t, s, caseID, f))
}

func attaching(t testing.TB, s *Store, caseID string, f File) casefile.Command {
	t.Helper()
	return casefile.Command{
		CaseID: caseID, RequestKey: "attach-" + f.ID, InputDigest: "digest", RequestID: "test", Actor: actor(t, casefile.RoleClerk, county),
		Act: casefile.AttachDocument{
			DocumentID: f.ID, Title: putTexts(t, s, caseID, "现场照片")[0], MediaType: f.MediaType, Size: f.Size, Tag: f.Tag,
		},
	}
}

func TestAnEventAttachesOnlyTheFileThatWasLookedAt(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	command := register(t, s)
	stored := putFile(t, s, newFile(command.CaseID, "key"), someBytes(10))
	other := putFile(t, s, newFile(uuid.NewString(), "key"), someBytes(10))
	version := stateOf(t, s, command.CaseID).Version
	another := stored
	another.Tag = other.Tag
	for _, wrong := range []File{other, another, {FileRef: FileRef{command.CaseID, uuid.NewString()}, MediaType: "t", Size: 1, Tag: stored.Tag}} {
		_, err := s.Append(t.Context(), version, attaching(t, s, command.CaseID, wrong), noon)
		var unknown *UnknownTextError
		require.ErrorAs(t, err, &unknown)
	}
	require.Equal(t, version, stateOf(t, s, command.CaseID).Version)
	attach(t, s, command.CaseID, stored)
	require.Equal(t, stored.ID, stateOf(t, s, command.CaseID).Documents[0].ID)
}

func TestAnErasedCaseHasNoFilesAndTakesNone(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	command := register(t, s)
	stored := putFile(t, s, newFile(command.CaseID, "key"), someBytes(chunkSize+1))
	attach(t, s, command.CaseID, stored)
	opened, err := s.OpenFile(t.Context(), stored.FileRef)
	require.NoError(t, err)
	require.NoError(t, s.EraseTexts(t.Context(), command.CaseID))

	_, err = io.ReadAll(opened)
	require.Error(t, err, "also for whoever is reading it")
	gone, err := s.OpenFile(t.Context(), stored.FileRef)
	require.NoError(t, err)
	require.Nil(t, gone)
	require.Zero(t, count(t, s, "file_chunks"))
	_, err = s.PutFile(t.Context(), newFile(command.CaseID, "later"), roomy, bytes.NewReader(someBytes(10)))
	var erased *ErasedError
	require.ErrorAs(t, err, &erased)
	findings, err := s.Verify(t.Context(), VerifyOptions{})
	require.NoError(t, err)
	require.Empty(t, findings, "what was erased on purpose is no damage")
}

func TestAnErasureDuringAnUploadEndsIt(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	caseID := uuid.NewString()
	erasing := readerFunc(func([]byte) (int, error) { return 0, errors.Join(s.EraseTexts(t.Context(), caseID), io.EOF) })
	_, err := s.PutFile(t.Context(), newFile(caseID, "key"), roomy, io.MultiReader(bytes.NewReader(someBytes(chunkSize)), erasing, bytes.NewReader([]byte{1})))
	var erased *ErasedError
	require.ErrorAs(t, err, &erased)
	require.Zero(t, count(t, s, "files"))
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestNothingOfAFileStandsInTheClear(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	command := register(t, s)
	body := bytes.Repeat([]byte("调解协议书 李明 11010519491231002X "), 20_000)
	stored := putFile(t, s, newFile(command.CaseID, "key"), body)
	attach(t, s, command.CaseID, stored)
	dump := dumpAll(t, s)
	require.Contains(t, dump, stored.ID, "the dump must really hold the rows")
	require.NotContains(t, dump, fmt.Sprintf("%x", "11010519491231002X"))
	require.NotContains(t, dump, fmt.Sprintf("%x", stored.SHA256), "nor what would tell whether the case has a known file")
}
