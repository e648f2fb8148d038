package scalar_test

import (
	"testing"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/schema/scalar"
)

func TestTheLibrarysTextsAreWrittenAsTheyAreWithoutCopying(t *testing.T) {
	for _, builtin := range []*graphql.Scalar{graphql.String, graphql.ID} {
		text := "张三"
		require.Equal(t, "张三", builtin.Serialize(text), builtin.Name())
		require.Equal(t, "张三", builtin.Serialize(&text), builtin.Name())
		require.Nil(t, builtin.Serialize((*string)(nil)), builtin.Name())
		require.Equal(t, "7", builtin.Serialize(7), builtin.Name())
		require.Equal(t, "5304", builtin.Serialize(code("5304")), builtin.Name())
		require.Equal(t, "a", builtin.ParseValue("a"), builtin.Name())
		require.Equal(t, "a", builtin.ParseLiteral(&ast.StringValue{Value: "a"}), builtin.Name())
		require.Nil(t, builtin.ParseLiteral(&ast.FloatValue{Value: "1.5"}), builtin.Name())
		require.NotEmpty(t, builtin.Description(), builtin.Name())
		var boxed any = text
		require.Zero(t, testing.AllocsPerRun(100, func() { boxed = builtin.Serialize(boxed) }), builtin.Name())
	}
	require.Equal(t, "String", graphql.String.Name())
	require.Equal(t, "ID", graphql.ID.Name())
	require.NotNil(t, scalar.Long)
}
