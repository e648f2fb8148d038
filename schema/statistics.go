package schema

func (b *builder) statisticsTypes() {
	b.object("Statistics", "A table of counts and indicators over what the viewer may count.",
		get("asOf", "DateTime!", "When it was counted.", func(s *Statistics) any { return s.AsOf }),
		get("ruleVersion", "String!", "The version of the counting rules.", func(s *Statistics) any { return s.RuleVersion }),
		get("rows", "[StatisticsRow!]!", "One row for each group; a single row where nothing is grouped.", func(s *Statistics) any { return s.Rows }),
	)
	b.object("StatisticsRow", "The figures of one group.",
		get("key", "[String!]!", "The group's values, in the order of groupBy.", func(r StatisticsRow) any { return r.Key }),
		get("label", "String!", "The group as users know it.", func(r StatisticsRow) any { return r.Label }),
		get("division", "Division", "The group's division, where rows are grouped by division.", func(r StatisticsRow) any { return orNull(string(r.Division)) }),
		get("counts", "CountRow!", "The counts.", func(r StatisticsRow) any { return r.Counts }),
		get("indicators", "[Indicator!]!", "All indicators, in one order. Those of packages are 0 of 0 where kind or category is asked for.",
			func(r StatisticsRow) any { return r.Indicators }),
		get("durations", "[StageDuration!]!", "What the cases spent in each stage that they have left, the stages in the order of the law's steps.",
			func(r StatisticsRow) any { return r.Durations }),
	)
	b.object("StageDuration", "How long the cases of a row stood in a stage that they have left, over all their stays there.",
		get("stage", "CaseStage!", "The stage.", func(d StageDuration) any { return string(d.Stage) }),
		get("medianDays", "Float", "中位数 · The middle one of the cases' days, or the mean of the two in the middle.", func(d StageDuration) any { return d.Median }),
		get("p90Days", "Float", "九成天数 · The days within which nine of ten cases left the stage.", func(d StageDuration) any { return d.P90 }),
		get("n", "Long!", "How many cases left the stage.", func(d StageDuration) any { return d.N }),
	)
	b.object("CountRow", "The counts of one group.",
		get("registered", "Long!", "登记 · Cases registered.", func(c CountRow) any { return c.Registered }),
		get("concluded", "Long!", "办结 · Cases concluded.", func(c CountRow) any { return c.Concluded }),
		get("closed", "Long!", "归档 · Cases closed.", func(c CountRow) any { return c.Closed }),
		get("open", "Long!", "在办 · Cases still open.", func(c CountRow) any { return c.Open }),
		get("overdue", "Long!", "超期 · Open cases with a missed deadline.", func(c CountRow) any { return c.Overdue }),
		get("deferred", "Long!", "缓办 · Cases that are put off by leave.", func(c CountRow) any { return c.Deferred }),
		get("people", "Long!", "人数 · People behind the cases.", func(c CountRow) any { return c.People }),
		get("agreedAmount", "Long!", "协议金额 · Agreed amounts, in fen.", func(c CountRow) any { return c.AgreedAmount }),
	)
	b.object("Indicator", "Numerator, denominator and rate; never only a rate.",
		get("code", "IndicatorCode!", "Which indicator.", func(i Indicator) any { return i.Code }),
		get("label", "String!", "Its name, in the language of Accept-Language.", func(i Indicator) any { return i.Label }),
		get("definition", "String!", "What is counted over what, in the language of Accept-Language.", func(i Indicator) any { return i.Definition }),
		get("numerator", "Long!", "How many fulfil it.", func(i Indicator) any { return i.Numerator }),
		get("denominator", "Long!", "Of how many.", func(i Indicator) any { return i.Denominator }),
		get("rate", "Float", "Numerator over denominator; null where the denominator is 0.", func(i Indicator) any { return i.Rate() }),
	)
}
