package importing

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// decodeText returns the file's text as UTF-8. A byte-order mark tells UTF-8 and UTF-16; a
// file without one is UTF-8 if all of it is valid, and GB18030 (which GBK and GB 2312 are
// part of) otherwise.
func decodeText(file *os.File) (io.Reader, error) {
	mark := make([]byte, 3)
	n, err := io.ReadFull(file, mark)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, err
	}
	mark = mark[:n]
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(mark, []byte("\xef\xbb\xbf")):
		_, err := file.Seek(3, io.SeekStart)
		return file, err
	case bytes.HasPrefix(mark, []byte("\xff\xfe")), bytes.HasPrefix(mark, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(file), nil
	}
	valid, err := validUTF8(file)
	if err != nil {
		return nil, fmt.Errorf("tell the encoding: %w", err)
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	if valid {
		return file, nil
	}
	return simplifiedchinese.GB18030.NewDecoder().Reader(file), nil
}

func validUTF8(source io.Reader) (bool, error) {
	reader := bufio.NewReaderSize(source, 1<<16)
	for {
		r, size, err := reader.ReadRune()
		if errors.Is(err, io.EOF) {
			return true, nil
		}
		if err != nil {
			return false, err
		}
		if r == utf8.RuneError && size == 1 {
			return false, nil
		}
	}
}
