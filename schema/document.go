package schema

import (
	"cmp"
	"context"

	"github.com/tiaochu/tiaochu/casefile"
)

// FilesPath is where the API takes files and gives out documents.
const FilesPath = "/files"

// Key is the document's own id within the case.
func (d *Document) Key() string {
	if d.Attached != nil {
		return d.Attached.ID
	}
	return d.ID
}

// GlobalID is the document's opaque id.
func (d *Document) GlobalID() string { return SubID("Document", d.Case.State.ID, d.Key()) }

// FiledUnder is the case under whose key an attached file stands.
func (d *Document) FiledUnder() string { return cmp.Or(string(d.From), d.Case.State.ID) }

// DocumentWithin finds a notice or an attached file by its own id within a case; nil for none.
func DocumentWithin(c *Case, id string) *Document {
	for _, n := range c.State.Notices {
		if n.ID == id {
			return &Document{Case: c, Notice: n}
		}
	}
	return AttachedTo(c, id)
}

// AttachedTo finds an attached file by its own id within a case; nil for none.
func AttachedTo(c *Case, id string) *Document {
	for i := range c.State.Documents {
		if c.State.Documents[i].ID == id {
			return &Document{Case: c, Attached: &c.State.Documents[i]}
		}
	}
	return nil
}

// DocumentsOf lists the notices of a case and the files that were attached to it itself.
func DocumentsOf(c *Case) []*Document {
	documents := each(c.State.Notices, func(n casefile.Notice) *Document { return &Document{Case: c, Notice: n} })
	for i := range c.State.Documents {
		documents = append(documents, &Document{Case: c, Attached: &c.State.Documents[i]})
	}
	return documents
}

func documentOrNull(d *Document) any {
	if d == nil {
		return nil
	}
	return d
}

func (b *builder) documentTypes() {
	s := b.service
	b.node("Document", "文书材料 · A notice of the case, generated from its record, or a file that was attached to it.",
		get("id", "ID!", "The opaque id of the document.", func(d *Document) any { return d.GlobalID() }),
		load("title", "String!", "What it is called; of an attached file masked unless the viewer works on the case, and empty once it was erased.",
			func(ctx context.Context, d *Document) (any, error) {
				if d.Attached == nil {
					return NoticeTitle(d.Kind, casefile.Chinese), nil
				}
				return s.DocumentTitle(ctx, d), nil
			}),
		load("mediaType", "String!", "What its body is (\"application/pdf\").", func(_ context.Context, d *Document) (any, error) {
			if d.Attached == nil {
				return NoticeMediaType, nil
			}
			return d.Attached.MediaType, nil
		}),
		load("size", "Long!", "How many bytes its body has; of a notice, in the language of Accept-Language.",
			func(ctx context.Context, d *Document) (any, error) { return s.DocumentSize(ctx, d) }),
		load("sha256", "String", "SHA-256 of an attached file, in hex; null unless the viewer works on the case, and of a notice.",
			func(ctx context.Context, d *Document) (any, error) { return s.DocumentSHA256(ctx, d), nil }),
		get("url", "String", "Where its body is read, under the API's own address and with the same bearer token; null unless the viewer works on the case.",
			func(d *Document) any {
				if !d.Case.WorksOn {
					return nil
				}
				return FilesPath + "/" + d.GlobalID()
			}),
		get("attachedAt", "DateTime", "When the file was attached; null for a notice.", func(d *Document) any {
			if d.Attached == nil {
				return nil
			}
			return d.Attached.AttachedAt
		}),
		load("attachedBy", "Person", "Who attached the file; null for a notice.", func(ctx context.Context, d *Document) (any, error) {
			if d.Attached == nil {
				return nil, nil
			}
			return s.Person(ctx, d.Attached.AttachedBy)
		}),
		get("noticeKind", "NoticeKind", "What a notice tells; null for an attached file.", func(d *Document) any { return d.Kind }),
		get("issuedAt", "DateTime", "When a notice was issued; null for an attached file.", func(d *Document) any { return d.IssuedAt }),
		ask("remedy", "String", "救济途径 · The remedy, the organ and the last day, from the clocks; null where no text gives one, and for an attached file.",
			[]argument{languageArgument()}, func(ctx context.Context, d *Document, args languageArgs) (any, error) {
				if d.Attached != nil {
					return nil, nil
				}
				text, err := s.Remedy(ctx, d, args.Language)
				return orNull(text), err
			}),
		load("reason", "String", "理由 · Why: of a decline, a transfer, a withdrawal, a merger or an extension; masked unless the viewer works on the case.",
			func(ctx context.Context, d *Document) (any, error) {
				if d.Reason == "" {
					return nil, nil
				}
				return s.TextOf(ctx, d.Case.State.ID, d.Reason), nil
			}),
		get("served", "Boolean", "已送达 · Every party has been served. A notice to nobody counts as served. Null for an attached file.", func(d *Document) any {
			if d.Attached != nil {
				return nil
			}
			return d.Served()
		}),
		get("services", "[NoticeService!]", "送达 · On whom a notice was served, how and when.", func(d *Document) any {
			return each(d.Notice.Service, func(one casefile.Service) served { return served{d.Case, one} })
		}),
		load("recipients", "[Party!]", "Those to be served.", func(ctx context.Context, d *Document) (any, error) {
			return recipients(ctx, s, d), nil
		}),
	)
	b.object("NoticeService", "送达 · One service of a notice.",
		load("party", "Party", "The party served.",
			func(ctx context.Context, v served) (any, error) { return s.PartyOf(ctx, v.Case, v.PartyID), nil }),
		get("method", "ServiceMethod!", "How it was served.", func(v served) any { return v.Method }),
		get("servedAt", "DateTime!", "The day of service.", func(v served) any { return v.ServedAt }),
		get("receipt", "Document", "送达回证 · The attached receipt.", func(v served) any {
			return documentOrNull(AttachedTo(v.Case, v.ReceiptDocumentID))
		}),
	)
}

// NoticeMediaType is what a notice's body is read as.
const NoticeMediaType = "text/plain; charset=utf-8"

func recipients(ctx context.Context, s Service, d *Document) Later {
	return partiesNamed(ctx, s, d.Case, d.Notice.Parties)
}
