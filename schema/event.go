package schema

import (
	"context"
	"strconv"

	"github.com/tiaochu/tiaochu/casefile/leadership"
)

func (b *builder) eventTypes() {
	s := b.service
	b.node("Event", "One fact of a case's record: append-only, numbered without gaps, chained by hash.",
		get("id", "ID!", "The opaque id of the event.", func(e *Event) any {
			if e.Package != nil {
				return SubID("PackageEvent", e.Package.State.ID, strconv.Itoa(e.Seq))
			}
			return SubID("Event", e.Case.State.ID, strconv.Itoa(e.Seq))
		}),
		get("seq", "Int!", "Its number in the record of its case or package, from 1.", func(e *Event) any { return e.Seq }),
		get("type", "String!", "What happened, in one word (\"CaseAccepted\").", func(e *Event) any {
			if e.Package != nil {
				return leadership.Event{Body: e.OfPackage}.Type()
			}
			return e.Type()
		}),
		get("at", "DateTime!", "When the system took it.", func(e *Event) any { return e.At }),
		get("effectiveAt", "DateTime!", "Its legal date.", func(e *Event) any { return e.EffectiveAt }),
		load("actor", "Person", "Who acted; null where time alone brought it about.",
			func(ctx context.Context, e *Event) (any, error) { return s.Person(ctx, e.Actor.PersonID) }),
		get("actorRole", "Role", "The role in which they acted; null where time alone brought it about.", func(e *Event) any {
			if e.Actor.PersonID == "" {
				return nil
			}
			return string(e.Actor.Role)
		}),
		load("actorUnit", "Unit", "The unit for which they acted.",
			func(ctx context.Context, e *Event) (any, error) { return s.Unit(ctx, e.Actor.UnitID) }),
		ask("text", "String!", "One sentence that tells it, without personal data of the parties.", []argument{languageArgument()},
			func(ctx context.Context, e *Event, args languageArgs) (any, error) {
				return s.Sentence(ctx, e, args.Language), nil
			}),
		load("texts", "[EventText!]", "What was written with it: reasons, findings, minutes, opinions.",
			func(ctx context.Context, e *Event) (any, error) { return s.EventTexts(ctx, e), nil }),
		get("case", "Case", "The case; null where it is a package's event.", func(e *Event) any { return present(e.Case) }),
		get("leadershipPackage", "Package", "包案 · The package; null where it is a case's event.", func(e *Event) any { return present(e.Package) }),
		get("cursor", "String!", "The feed's cursor after it.", func(e *Event) any { return e.Cursor }),
		get("hash", "String!", "SHA-256 over the hash before it and the event.", func(e *Event) any { return e.Hash }),
	)
	b.object("EventText", "One text that an event carries.",
		get("field", "String!", "Where it stands in the event (\"reason\", \"claims.0.facts\").", func(t EventText) any { return t.Field }),
		get("text", "String", "The text; masked unless the viewer works on the case, null where it was erased.", func(t EventText) any { return orNull(t.Text) }),
		get("masked", "Boolean!", "The text is masked.", func(t EventText) any { return t.Masked }),
	)
}
