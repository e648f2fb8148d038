package schema

import "context"

func (b *builder) connections() {
	b.object("PageInfo", "Where a page stands in its list.",
		get("hasNextPage", "Boolean!", "More comes after the page.", func(c *Connection) any { return c.HasNext }),
		get("hasPreviousPage", "Boolean!", "More comes before the page.", func(c *Connection) any { return c.HasPrevious }),
		get("startCursor", "String", "The cursor of the first edge; of a partial page, the place that the search came to.", func(c *Connection) any {
			if c.Reached != "" && c.Backward {
				return c.Reached
			}
			if len(c.Edges) == 0 {
				return nil
			}
			return c.Edges[0].Cursor
		}),
		get("endCursor", "String", "The cursor of the last edge; of a partial page, the place that the search came to.", func(c *Connection) any {
			if c.Reached != "" && !c.Backward {
				return c.Reached
			}
			if len(c.Edges) == 0 {
				return nil
			}
			return c.Edges[len(c.Edges)-1].Cursor
		}),
	)
	for _, name := range []string{"Case", "Task", "Deadline", "SupervisionOrder", "Unit", "Event", "Package", "AuditEntry"} {
		fields := []field{
			get("edges", "["+name+"Edge!]!", "The elements of the page.", func(c *Connection) any { return c.Edges }),
			get("pageInfo", "PageInfo!", "Where the page stands in the list.", func(c *Connection) any { return c }),
		}
		if name != "Event" {
			fields = append(fields, load("totalCount", "Int", "How many there are in all; null where there are more than 10,000, and for a search of texts.",
				func(_ context.Context, c *Connection) (any, error) {
					if c.Total == nil {
						return nil, nil
					}
					return c.Total, nil
				}))
		}
		if name == "Case" {
			fields = append(fields, get("partial", "Boolean!",
				"A search of texts has looked at as many cases as one request may before the page was full: there may be more, from the page's cursor on.",
				func(c *Connection) any { return c.Reached != "" }))
		}
		b.object(name+"Connection", "One page of a list.", fields...)
		b.object(name+"Edge", "An element of a list.",
			get("cursor", "String!", "Continues the list after this element.", func(e Edge) any { return e.Cursor }),
			get("node", name, "The element.", func(e Edge) any { return e.Node }),
		)
	}
}
