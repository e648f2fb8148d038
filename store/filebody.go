package store

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"strconv"
)

// chunkSize is how many bytes of a file are encrypted and held in memory at once.
const chunkSize = 256 << 10

// DamagedFileError says that the body of a file is not what was stored: a piece of it is
// missing, was altered, or belongs elsewhere.
type DamagedFileError struct {
	CaseID, FileID string
	// Chunk is the number of the piece, from 0 on; -1 where it is the file as a whole.
	Chunk int
}

// Error implements error.
func (e *DamagedFileError) Error() string {
	if e.Chunk < 0 {
		return fmt.Sprintf("case %s: file %s is damaged", e.CaseID, e.FileID)
	}
	return fmt.Sprintf("case %s: piece %d of file %s is damaged or missing", e.CaseID, e.Chunk, e.FileID)
}

// chunks is how many pieces a file of a size has.
func chunks(size int64) int { return int((size + chunkSize - 1) / chunkSize) }

// boundChunk ties a piece to its place: moved to another case, file or number it doesn't open.
func boundChunk(caseID, fileID string, number int) []byte {
	return binary.BigEndian.AppendUint64([]byte("file\n"+caseID+"\n"+fileID+"\n"), uint64(number))
}

// boundFile ties what is known of a whole file to it.
func boundFile(caseID, fileID, mediaType string, size int64) []byte {
	return []byte("file\n" + caseID + "\n" + fileID + "\n" + mediaType + "\n" + strconv.FormatInt(size, 10))
}

// digests are the two sums of a body, made while it passes.
type digests struct{ sha256, tag hash.Hash }

func (k *caseKey) digests() digests { return digests{sha256.New(), hmac.New(sha256.New, k.fileTag)} }

func (d digests) add(plain []byte) {
	d.sha256.Write(plain)
	d.tag.Write(plain)
}
