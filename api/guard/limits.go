package guard

import "cmp"

// Limits bound what one document may ask for. A field left zero takes its default, so the
// zero value is the recommended setting.
type Limits struct {
	MaxBytes       int // bytes of query text; 128 KiB
	MaxTokens      int // lexical tokens; 4,000
	MaxDepth       int // nesting of brackets of any kind in the text; 24
	MaxDefinitions int // operations and fragments; 80
	MaxFragments   int // named fragments; 60
	MaxSpreads     int // fragment spreads and inline fragments; 300
	MaxDirectives  int // uses of directives; 60
	MaxAliases     int // aliases; 60
	MaxExpanded    int // selections once every fragment is written out; 5,000
	MaxMerged      int // fields merged under one response name; 64
	MaxRootFields  int // fields at the root of the operation; 20
	MaxFieldDepth  int // nesting of fields, fragments written out, introspection apart; 16

	// MaxIntrospectionLists is how often lists of an introspected schema may be nested in
	// each other (fields of a type of a field …); 2.
	MaxIntrospectionLists int

	// MaxCost bounds the estimated number of values an operation makes the executor
	// produce; 50,000. A field costs 1, or its weight; what is under a list counts once for
	// each expected element.
	MaxCost int
	// MaxEventCost is MaxCost for a subscription, whose operation is executed for every event;
	// 2,000.
	MaxEventCost int
	// DefaultPage is the page expected of a connection asked for without first or last,
	// unless the schema has a default; 20. MaxPage is the most that is expected; 100.
	DefaultPage, MaxPage int
	// ListSize is how many elements a list without a page size is expected to have; 10.
	ListSize int
	// Weights is the cost of single fields, by "Type.field", where it is not 1; and of fields
	// of inputs ("CaseFilter.text"), which cost nothing else, where one is given.
	Weights map[string]int

	MaxErrors int // errors in one answer; 20

	CacheDocuments int // valid documents kept; 1,000
	CacheBytes     int // estimated bytes of what is kept; 64 MiB
}

func (l Limits) withDefaults() Limits {
	l.MaxBytes = cmp.Or(l.MaxBytes, 128<<10)
	l.MaxTokens = cmp.Or(l.MaxTokens, 4_000)
	l.MaxDepth = cmp.Or(l.MaxDepth, 24)
	l.MaxDefinitions = cmp.Or(l.MaxDefinitions, 80)
	l.MaxFragments = cmp.Or(l.MaxFragments, 60)
	l.MaxSpreads = cmp.Or(l.MaxSpreads, 300)
	l.MaxDirectives = cmp.Or(l.MaxDirectives, 60)
	l.MaxAliases = cmp.Or(l.MaxAliases, 60)
	l.MaxExpanded = cmp.Or(l.MaxExpanded, 5_000)
	l.MaxMerged = cmp.Or(l.MaxMerged, 64)
	l.MaxRootFields = cmp.Or(l.MaxRootFields, 20)
	l.MaxFieldDepth = cmp.Or(l.MaxFieldDepth, 16)
	l.MaxIntrospectionLists = cmp.Or(l.MaxIntrospectionLists, 2)
	l.MaxCost = cmp.Or(l.MaxCost, 50_000)
	l.MaxEventCost = cmp.Or(l.MaxEventCost, 2_000)
	l.DefaultPage = cmp.Or(l.DefaultPage, 20)
	l.MaxPage = cmp.Or(l.MaxPage, 100)
	l.ListSize = cmp.Or(l.ListSize, 10)
	l.MaxErrors = cmp.Or(l.MaxErrors, 20)
	l.CacheDocuments = cmp.Or(l.CacheDocuments, 1_000)
	l.CacheBytes = cmp.Or(l.CacheBytes, 64<<20)
	return l
}
