package procedure

import (
	"slices"
	"strings"
)

// Excludes are the matters that a procedure is not for, and where that is written.
type Excludes struct {
	// Categories are codes of the category lists; a code covers those below it.
	Categories []string `json:"categories,omitempty"`
	// Routes are the legal ways of an appeal (信访工作条例 art 31).
	Routes   []LegalRoute `json:"routes,omitempty"`
	Citation Citation     `json:"citation"`
}

// Category reports whether the procedure is not for a category; false where it excludes
// nothing.
func (e *Excludes) Category(code string) bool {
	return e != nil && slices.ContainsFunc(e.Categories, func(excluded string) bool {
		return code == excluded || strings.HasPrefix(code, excluded+"-")
	})
}

// Route reports whether the procedure is not for an appeal that takes a legal way.
func (e *Excludes) Route(route LegalRoute) bool { return e != nil && slices.Contains(e.Routes, route) }

// check says what is wrong with what is excluded. Whether a category exists is held by a
// test: this package knows no category list.
func (e *Excludes) check(wrong complain) {
	if e == nil {
		return
	}
	if len(e.Categories)+len(e.Routes) == 0 {
		wrong("excludes: names nothing")
	}
	for i, code := range e.Categories {
		if code == "" || slices.Contains(e.Categories[:i], code) {
			wrong("excludes: category %q is empty or there twice", code)
		}
	}
	for i, route := range e.Routes {
		if !has("LegalRoute", route) || slices.Contains(e.Routes[:i], route) {
			wrong("excludes: route %q is not known or there twice", route)
		}
	}
	e.Citation.check("excludes: ", wrong)
}
