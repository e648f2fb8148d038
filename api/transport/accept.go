package transport

import (
	"mime"
	"strconv"
	"strings"
)

// The two media types of answers. With the first the status says whether the request could
// be executed; with the second it is 200 for everything that was well formed.
const (
	mediaResponse = "application/graphql-response+json"
	mediaJSON     = "application/json"
)

// negotiate picks the media type of the answer, or "" where none is acceptable. Without an
// Accept header, or for a wildcard, it is application/json, as for clients of old.
func negotiate(accept []string) string {
	header := strings.Join(accept, ",")
	if strings.TrimSpace(header) == "" {
		return mediaJSON
	}
	best, bestQuality := "", 0.0
	for _, part := range strings.Split(header, ",") {
		media, params, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		quality := 1.0
		if q, ok := params["q"]; ok {
			if quality, err = strconv.ParseFloat(q, 64); err != nil {
				continue
			}
		}
		if charset, ok := params["charset"]; ok && !isUTF8(charset) {
			continue
		}
		switch media {
		case mediaResponse, mediaJSON:
		case "*/*", "application/*":
			media = mediaJSON
		default:
			continue
		}
		// Of equals the first wins, but the newer type before the older.
		if quality > bestQuality || quality == bestQuality && quality > 0 && media == mediaResponse {
			best, bestQuality = media, quality
		}
	}
	return best
}

func isUTF8(charset string) bool {
	return strings.EqualFold(charset, "utf-8") || strings.EqualFold(charset, "utf8")
}
