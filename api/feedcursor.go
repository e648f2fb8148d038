package api

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/tiaochu/tiaochu/store"
)

// markLength is how much of an event's hash its cursor carries.
const markLength = 12

// feedCursor is Event.cursor: where a reader of the feed goes on after an event.
func (s *service) feedCursor(place store.FeedCursor, hash string) string {
	var room [64]byte
	mark := append(strconv.AppendUint(room[:0], place.Transaction, 10), '/')
	mark = append(strconv.AppendInt(mark, place.Position, 10), '/')
	mark = append(mark, hash[:min(len(hash), markLength)]...)
	return cursorText("feed", strconv.Itoa(s.store.FeedEpoch()), string(mark))
}

// CursorExpiredError says that a cursor of the feed is of no use any more: the record was
// restored from a backup.
type CursorExpiredError struct{}

func (e *CursorExpiredError) Error() string {
	return "the cursor has expired, the record was restored: read anew what you show, and subscribe without it"
}

// feedPlace reads the argument after of the feed. Nil is from now on, and empty before the
// first event.
func (s *service) feedPlace(ctx context.Context, after *string) (*store.FeedCursor, error) {
	switch {
	case after == nil:
		return nil, nil
	case *after == "":
		return &store.FeedCursor{}, nil
	}
	cursor, err := cursorOf("feed", "after", after)
	if err != nil {
		return nil, err
	}
	var mark store.FeedMark
	_, errEpoch := fmt.Sscanf(cursor.Key, "%d", &mark.Epoch)
	_, errMark := fmt.Sscanf(cursor.ID, "%d/%d/%s", &mark.Transaction, &mark.Position, &mark.Hash)
	if errEpoch != nil || errMark != nil {
		return nil, &BadInputError{"after", "not a cursor that an event of this feed carried"}
	}
	place, err := s.store.ResumeFeed(ctx, mark)
	switch {
	case errors.Is(err, store.ErrFeedExpired):
		return nil, &CursorExpiredError{}
	case err != nil:
		return nil, unavailable(err)
	}
	return &place, nil
}
