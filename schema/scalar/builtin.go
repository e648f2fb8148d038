package scalar

import "github.com/graphql-go/graphql"

// init has graphql-go's own String and ID write a text as it is: they copy each by fmt.Sprintf,
// and an answer has thousands. The library compares them by their place in memory, so they are
// changed where they are, before anything is served.
func init() {
	writeTextsAsTheyAre(graphql.String)
	writeTextsAsTheyAre(graphql.ID)
}

func writeTextsAsTheyAre(builtin *graphql.Scalar) {
	library := *builtin
	*builtin = *graphql.NewScalar(graphql.ScalarConfig{
		Name: library.Name(), Description: library.Description(),
		Serialize: func(value any) any {
			if _, isText := value.(string); isText {
				return value
			}
			return library.Serialize(value)
		},
		ParseValue: library.ParseValue, ParseLiteral: library.ParseLiteral,
	})
}
