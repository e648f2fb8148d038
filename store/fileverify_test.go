package store

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestADamagedFileIsKnownByNameAndFoundByVerify(t *testing.T) {
	t.Parallel()
	for damage, is := range map[string]struct {
		found   string
		chunk   int
		opening bool // seen before the first byte
	}{
		"update file_chunks set ciphertext = set_byte(ciphertext, 20, (get_byte(ciphertext, 20) + 1) % 256) where number = 1": {FileDamaged, 1, false},
		"delete from file_chunks where number = 1":                                                                  {FileDamaged, 1, false},
		"update file_chunks set ciphertext = substr(ciphertext, 1, 20) where number = 2":                            {FileDamaged, 2, false},
		"update file_chunks c set ciphertext = o.ciphertext from file_chunks o where c.number = 0 and o.number = 1": {FileDamaged, 0, false},
		"update files set size = size - 1":                                                                          {FileDamaged, -1, true},
		"update files set media_type = 'text/html'":                                                                 {FileDamaged, -1, true},
		"delete from files": {FileMissing, 0, true},
	} {
		t.Run(damage, func(t *testing.T) {
			t.Parallel()
			s := openStore(t)
			command := register(t, s)
			stored := putFile(t, s, newFile(command.CaseID, "key"), someBytes(2*chunkSize+9))
			attach(t, s, command.CaseID, stored)
			findings, err := s.Verify(t.Context(), VerifyOptions{})
			require.NoError(t, err)
			require.Empty(t, findings)

			_, err = s.pool.Exec(t.Context(), damage)
			require.NoError(t, err)
			findings, err = s.Verify(t.Context(), VerifyOptions{})
			require.NoError(t, err)
			require.Equal(t, []Finding{{CaseID: command.CaseID, What: is.found, Detail: "document " + stored.ID}}, findings)
			if is.found == FileMissing {
				return
			}
			var broken *DamagedFileError
			if is.opening {
				_, err = s.OpenFile(t.Context(), stored.FileRef)
			} else {
				_, err = readFile(t, s, stored.FileRef)
			}
			require.ErrorAs(t, err, &broken)
			require.Equal(t, DamagedFileError{command.CaseID, stored.ID, is.chunk}, *broken)
		})
	}
}
