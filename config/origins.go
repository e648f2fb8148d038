package config

import (
	"net/url"
	"slices"
	"strings"
)

// Origins are origins of web pages: "https://board.example.cn".
type Origins []string

// String writes the origins as they are read.
func (o Origins) String() string { return strings.Join(o, ",") }

// origins reads Origins; an empty text is none. A wildcard is not taken: whoever can be named is.
var origins = reader{"origins by commas, such as https://board.example.cn,https://big.screen:8443", func(text string) (any, error) {
	var list Origins
	for _, part := range strings.Split(text, ",") {
		part = strings.TrimSpace(part)
		if part == "" && len(text) == 0 {
			return list, nil
		}
		u, err := url.Parse(part)
		if err != nil {
			return nil, err
		}
		if (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || strings.Contains(u.Host, "*") || u.Scheme+"://"+u.Host != part || slices.Contains(list, part) {
			return nil, errUnexpected
		}
		list = append(list, part)
	}
	return list, nil
}}
