package api

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
)

// mediaType is a kind of file that a case takes.
type mediaType struct {
	name string
	// extension is that of a file that is downloaded.
	extension string
	// begins says whether a file may begin with these bytes; a file that can't be what it is
	// said to be is not taken.
	begins func(head []byte) bool
}

// sniffed is how much of a file is looked at.
const sniffed = 512

// mediaTypes are what a mediation centre has to keep: papers, pictures, recordings. Nothing in
// the list runs where it is opened, and nothing is ever given out otherwise than as a file.
var mediaTypes = []mediaType{
	{"application/pdf", ".pdf", magic("%PDF-")},
	{"application/ofd", ".ofd", zipped}, // GB/T 33190
	{"application/msword", ".doc", compound},
	{"application/vnd.ms-excel", ".xls", compound},
	{"application/vnd.ms-powerpoint", ".ppt", compound},
	{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", zipped},
	{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", zipped},
	{"application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx", zipped},
	{"application/vnd.oasis.opendocument.text", ".odt", zipped},
	{"text/plain", ".txt", plainText},
	{"image/jpeg", ".jpg", magic("\xff\xd8\xff")},
	{"image/png", ".png", magic("\x89PNG\r\n\x1a\n")},
	{"image/gif", ".gif", magic("GIF87a", "GIF89a")},
	{"image/webp", ".webp", riff("WEBP")},
	{"image/tiff", ".tif", magic("II*\x00", "MM\x00*")},
	{"image/bmp", ".bmp", magic("BM")},
	{"image/heic", ".heic", boxed("heic", "heix", "heim", "heis", "mif1", "msf1", "hevc", "hevx")},
	{"audio/mpeg", ".mp3", func(head []byte) bool { return magic("ID3")(head) || synced(head) }},
	{"audio/wav", ".wav", riff("WAVE")},
	{"audio/amr", ".amr", magic("#!AMR")},
	{"audio/aac", ".aac", synced},
	{"audio/mp4", ".m4a", boxed()},
	{"audio/ogg", ".ogg", magic("OggS")},
	{"video/mp4", ".mp4", boxed()},
	{"video/quicktime", ".mov", boxed()},
	{"video/3gpp", ".3gp", boxed("3gp4", "3gp5", "3gp6", "3gp7", "3ge6", "3gg6", "mp42", "isom")},
	{"video/webm", ".webm", magic("\x1a\x45\xdf\xa3")},
}

var (
	zipped   = magic("PK\x03\x04")
	compound = magic("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
)

func mediaTypeNamed(name string) (mediaType, bool) {
	i := slices.IndexFunc(mediaTypes, func(m mediaType) bool { return m.name == name })
	if i < 0 {
		return mediaType{}, false
	}
	return mediaTypes[i], true
}

func mediaTypeNames() string {
	names := make([]string, len(mediaTypes))
	for i, m := range mediaTypes {
		names[i] = m.name
	}
	return strings.Join(names, ", ")
}

func magic(beginnings ...string) func([]byte) bool {
	return func(head []byte) bool {
		return slices.ContainsFunc(beginnings, func(b string) bool { return bytes.HasPrefix(head, []byte(b)) })
	}
}

func riff(form string) func([]byte) bool {
	return func(head []byte) bool {
		return len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == form
	}
}

// boxed is a file of ISO 14496-12 boxes, the first of which names one of the brands, or any.
func boxed(brands ...string) func([]byte) bool {
	return func(head []byte) bool {
		return len(head) >= 12 && string(head[4:8]) == "ftyp" && (len(brands) == 0 || slices.Contains(brands, string(head[8:12])))
	}
}

// synced begins with the frame of an MPEG recording.
func synced(head []byte) bool { return len(head) >= 2 && head[0] == 0xff && head[1]&0xe0 == 0xe0 }

// plainText holds no zero byte and isn't what a browser would take for a page or a picture.
// Texts of Chinese offices come as UTF-8 and as GB 18030.
func plainText(head []byte) bool {
	if bytes.IndexByte(head, 0) >= 0 {
		return false
	}
	kind := http.DetectContentType(head)
	return strings.HasPrefix(kind, "text/plain") || kind == "application/octet-stream"
}
