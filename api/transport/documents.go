package transport

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"github.com/tiaochu/tiaochu/api/guard"
)

// Codes of requests that name their document instead of sending it.
const (
	// CodePersistedQueryNotFound asks a client of automatic persisted queries to send the text.
	CodePersistedQueryNotFound = "PERSISTED_QUERY_NOT_FOUND"
	// CodeDocumentNotTrusted refuses a document that the operator has not loaded.
	CodeDocumentNotTrusted = "DOCUMENT_NOT_TRUSTED"
)

// Document is one that the operator trusts. An ID that looks like a SHA-256, with or without
// "sha256:" before it, must be that of the text.
type Document struct {
	ID, Text string
	File     string // where it came from, for errors
}

// posed is a request with what it may name instead of its query.
type posed struct {
	guard.Request
	documentID string
	sha256     string // of extensions.persistedQuery
}

// documents are the texts that requests may name.
type documents struct {
	only    bool
	byID    map[string]string
	trusted map[string]string // by the SHA-256 of the text

	mu        sync.Mutex
	automatic *simplelru.LRU[string, string] // by the same, what clients have sent
	bytes     int
}

const (
	mostAutomatic      = 10_000
	mostAutomaticBytes = 16 << 20
)

var digestID = regexp.MustCompile(`^(sha256:)?([0-9a-f]{64})$`)

func newDocuments(loaded []Document, only bool, g *guard.Guard) (*documents, error) {
	d := &documents{only: only, byID: map[string]string{}, trusted: map[string]string{}}
	var err error
	if d.automatic, err = simplelru.NewLRU(mostAutomatic, func(_, text string) { d.bytes -= len(text) }); err != nil {
		return nil, err
	}
	for _, one := range loaded {
		refused := func(reason string) error {
			return fmt.Errorf("trusted document %s of %s: %s", one.ID, one.File, reason)
		}
		digest := digestOfText(one.Text)
		if found := digestID.FindStringSubmatch(one.ID); found != nil && found[2] != digest {
			return nil, refused("its text has the SHA-256 " + digest)
		}
		if known, twice := d.byID[one.ID]; twice && known != one.Text {
			return nil, refused("another text has this id")
		}
		if errs := g.Validate(one.Text); errs != nil {
			return nil, refused(errs[0].Message)
		}
		d.byID[one.ID], d.trusted[digest] = one.Text, one.Text
	}
	return d, nil
}

func digestOfText(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// resolve gives a request its text.
func (d *documents) resolve(a posed) (guard.Request, *guard.Error) {
	request := a.Request
	switch {
	case a.documentID != "":
		if request.Query = d.named(a.documentID); request.Query == "" {
			return request, notFound()
		}
	case a.sha256 != "" && request.Query == "":
		if request.Query = d.ofDigest(a.sha256); request.Query == "" {
			return request, notFound()
		}
	case a.sha256 != "" && digestOfText(request.Query) != a.sha256:
		mismatch := guard.NewError(guard.CodeBadUserInput, "provided sha does not match query")
		return request, &mismatch
	}
	if d.only && d.trusted[digestOfText(request.Query)] == "" {
		refused := guard.NewError(CodeDocumentNotTrusted, "only trusted documents are answered here: send a documentId that the operator has loaded")
		return request, &refused
	}
	return request, nil
}

func notFound() *guard.Error {
	e := guard.NewError(CodePersistedQueryNotFound, "PersistedQueryNotFound")
	return &e
}

func (d *documents) named(id string) string {
	if text := d.byID[id]; text != "" {
		return text
	}
	digest, _ := strings.CutPrefix(id, "sha256:")
	return d.trusted[digest]
}

func (d *documents) ofDigest(digest string) string {
	if text := d.trusted[digest]; text != "" || d.only {
		return text
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	text, _ := d.automatic.Get(digest)
	return text
}

// keep remembers a text that a client sent with its digest, once it has passed the guard.
func (d *documents) keep(a posed) {
	if a.sha256 == "" || a.Query == "" || d.only {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.automatic.Contains(a.sha256) {
		return
	}
	d.bytes += len(a.Query)
	d.automatic.Add(a.sha256, strings.Clone(a.Query))
	for d.bytes > mostAutomaticBytes {
		d.automatic.RemoveOldest()
	}
}

// persistedQuery is the digest of Apollo's extension, or "" where it is not given.
func persistedQuery(extensions map[string]any) (string, *httpError) {
	given, ok := extensions["persistedQuery"]
	if !ok || given == nil {
		return "", nil
	}
	query, _ := given.(map[string]any)
	digest, _ := query["sha256Hash"].(string)
	if fmt.Sprint(query["version"]) != "1" || len(digest) != 64 || !digestID.MatchString(digest) {
		return "", badRequest("extensions.persistedQuery must have version 1 and a sha256Hash of 64 hexadecimal digits")
	}
	return digest, nil
}
