package schema

import "context"

func (b *builder) partyTypes() {
	s := b.service
	b.node("Party", "当事人 · Somebody's part in a case. What is personal is masked unless the viewer works on the case.",
		get("id", "ID!", "The opaque id of the party.", func(p *Party) any { return SubID("Party", p.CaseID, p.ID) }),
		get("role", "PartyRole!", "The part they play.", func(p *Party) any { return p.Role }),
		get("kind", "PartyKind!", "Their legal nature.", func(p *Party) any { return p.Kind }),
		get("name", "String", "姓名 · Their name; null where nobody knows it or it is withheld.", func(p *Party) any { return orNull(p.Name) }),
		get("idNumber", "String", "证件号码 · Their identity number.", func(p *Party) any { return orNull(p.IDNumber) }),
		get("phone", "String", "电话 · Their phone number.", func(p *Party) any { return orNull(p.Phone) }),
		get("address", "String", "住址 · Their address.", func(p *Party) any { return orNull(p.Address) }),
		load("unit", "Unit", "The unit, where the party is one of the system's.",
			func(ctx context.Context, p *Party) (any, error) { return s.Unit(ctx, p.UnitID) }),
		load("person", "Person", "The person, where the party works in the system.",
			func(ctx context.Context, p *Party) (any, error) { return s.Person(ctx, p.PersonID) }),
		get("masked", "Boolean!", "What is personal is masked or left out. A masked value is never accepted as input.", func(p *Party) any { return p.Masked }),
		get("anonymous", "Boolean!", "匿名 · Nobody knows who they are.", func(p *Party) any { return p.Anonymous }),
		get("keepIdentityConfidential", "Boolean!", "要求保密 · They asked that their identity be withheld.", func(p *Party) any { return p.KeepIdentityConfidential }),
		get("outsider", "Boolean!", "非本系统人员 · Of an accused party: nobody of ours, as the head of the receiving office confirmed.", func(p *Party) any { return p.Outsider }),
		get("minor", "Boolean!", "未成年人 · They are a minor.", func(p *Party) any { return p.Minor }),
		get("representatives", "[Representative!]", "Who speaks for them.", func(p *Party) any { return p.Represented }),
	)
	b.object("Representative", "代理人 · Somebody who speaks for a party.",
		get("kind", "RepresentativeKind!", "Why they speak for the party.", func(r Representative) any { return r.Kind }),
		get("name", "String", "Their name.", func(r Representative) any { return orNull(r.Name) }),
		get("phone", "String", "Their phone number.", func(r Representative) any { return orNull(r.Phone) }),
		get("mandate", "Document", "授权文书 · The attached document by which they speak.", func(r Representative) any { return documentOrNull(r.Mandate) }),
		get("masked", "Boolean!", "Name and phone are masked or left out.", func(r Representative) any { return r.Masked }),
	)
}
