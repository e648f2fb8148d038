package api

import (
	"context"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
)

func (s *service) Remedy(ctx context.Context, d *schema.Document, language casefile.Language) (string, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return "", err
	}
	return casefile.NoticeText(d.Case.State, d.Notice, q.people, language), nil
}
