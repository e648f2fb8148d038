package store

import (
	"fmt"
	"io"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// BenchmarkFile stores and reads 20 MiB. B/op is all that passes through memory, 256 KiB at a time.
func BenchmarkFile(b *testing.B) {
	s := openStore(b)
	body := someBytes(20 << 20)
	caseID := uuid.NewString()
	n := 0
	b.Run("store", func(b *testing.B) {
		b.SetBytes(int64(len(body)))
		b.ReportAllocs()
		for b.Loop() {
			n++
			putFile(b, s, newFile(caseID, fmt.Sprint(n)), body)
		}
	})
	stored := putFile(b, s, newFile(caseID, "read"), body)
	b.Run("read", func(b *testing.B) {
		b.SetBytes(int64(len(body)))
		b.ReportAllocs()
		for b.Loop() {
			opened, err := s.OpenFile(b.Context(), stored.FileRef)
			require.NoError(b, err)
			_, err = io.Copy(io.Discard, opened)
			require.NoError(b, err)
		}
	})
}
