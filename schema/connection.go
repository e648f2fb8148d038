package schema

import "context"

func (b *builder) connections() {
	b.object("PageInfo", "Where a page stands in its list.",
		get("hasNextPage", "Boolean!", "More comes after the page.", func(c *Connection) any { return c.HasNext }),
		get("hasPreviousPage", "Boolean!", "More comes before the page.", func(c *Connection) any { return c.HasPrevious }),
		get("startCursor", "String", "The cursor of the first edge.", func(c *Connection) any {
			if len(c.Edges) == 0 {
				return nil
			}
			return c.Edges[0].Cursor
		}),
		get("endCursor", "String", "The cursor of the last edge.", func(c *Connection) any {
			if len(c.Edges) == 0 {
				return nil
			}
			return c.Edges[len(c.Edges)-1].Cursor
		}),
	)
	for _, name := range []string{"Case", "Task", "Deadline", "SupervisionOrder", "Unit", "Event", "Package"} {
		fields := []field{
			get("edges", "["+name+"Edge!]!", "The elements of the page.", func(c *Connection) any { return c.Edges }),
			get("pageInfo", "PageInfo!", "Where the page stands in the list.", func(c *Connection) any { return c }),
		}
		if name != "Event" {
			fields = append(fields, load("totalCount", "Int", "How many there are in all; null where there are more than 10,000.",
				func(_ context.Context, c *Connection) (any, error) {
					if c.Total == nil {
						return nil, nil
					}
					return c.Total, nil
				}))
		}
		b.object(name+"Connection", "One page of a list.", fields...)
		b.object(name+"Edge", "An element of a list.",
			get("cursor", "String!", "Continues the list after this element.", func(e Edge) any { return e.Cursor }),
			get("node", name, "The element.", func(e Edge) any { return e.Node }),
		)
	}
}
