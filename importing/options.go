package importing

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/category"
	"github.com/tiaochu/tiaochu/progress"
)

// Options say what to import, as what, and where to.
type Options struct {
	// Path is the xlsx or csv file.
	Path string
	// Division is where rows belong whose region no mapping knows.
	Division casefile.Division
	// Category is the code for rows without a category of their own; empty for the list's
	// "other".
	Category string
	// Mapping is what the office's own words mean.
	Mapping Mapping
	// System is the registered issuing system whose numbers the file holds.
	System string
	// Actor is who imports.
	Actor casefile.Actor
	// RunID marks every event of this run in the audit trail.
	RunID string
	// Report is the csv file for refused rows; empty for none.
	Report string
	// DryRun checks everything and writes nothing but the report.
	DryRun bool
	// Workers bounds how many rows are written at the same time; 0 is DefaultWorkers.
	Workers int

	Record    Record
	Commander Commander
	// Check asks the rules about a command on a case that doesn't exist yet; nil asks nothing.
	Check func(casefile.Command) *casefile.Refusal
	// Retry says whether an error of the Commander is a passing one, and how long to wait at
	// least before sending again; nil takes every error as final.
	Retry func(error) (after time.Duration, passing bool)
	// Patience is how long one command is sent again before the import gives up; 0 is five
	// minutes.
	Patience time.Duration
	// CaseID derives a case's id from the issuing system and number; nil is the function CaseID.
	CaseID func(system, number string) string
	// Now is the office's clock; nil is time.Now.
	Now func() time.Time
	// Progress is told about every finished row; nil tells nobody.
	Progress progress.Progress
}

// DefaultWorkers is how many rows are written at the same time where nothing else is asked.
const DefaultWorkers = 8

// endedBatch is how many ended petitions one transaction records: small, since a long
// transaction holds the feed back for all readers.
const endedBatch = 50

// ErrOptions is wrapped by what is wrong with the options before any row was read.
var ErrOptions = errors.New("can't import")

func (o *Options) complete() error {
	if o.Workers == 0 {
		o.Workers = DefaultWorkers
	}
	if o.Patience == 0 {
		o.Patience = 5 * time.Minute
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.CaseID == nil {
		o.CaseID = casefile.CaseIDOfNumber
	}
	if o.Progress == nil {
		o.Progress = progress.None()
	}
	switch {
	case o.Workers < 0:
		return fmt.Errorf("%w: %d workers", ErrOptions, o.Workers)
	case !o.Division.Valid():
		return fmt.Errorf("%w: division %q is not a code of 2, 4, 6, 9, 12 or 15 digits", ErrOptions, o.Division)
	case o.System == "":
		return fmt.Errorf("%w: no issuing system is named", ErrOptions)
	}
	if o.Category == "" {
		other, ok := category.FindByLabel(category.Petition, "其他")
		if !ok {
			return fmt.Errorf("%w: the petition list has no category 其他; name one", ErrOptions)
		}
		o.Category = other.Code
	}
	if _, ok := category.Find(category.Petition, o.Category); !ok {
		return fmt.Errorf("%w: no petition category has the code %q", ErrOptions, o.Category)
	}
	for label, code := range o.Mapping.Categories {
		if _, ok := category.FindByLabel(category.Petition, code); !ok {
			return fmt.Errorf("%w: the mapping of category %q names %q, which is no petition category", ErrOptions, label, code)
		}
	}
	return nil
}

// Summary is what an import did.
type Summary struct {
	// Rows counts the rows read below the header, blank ones aside.
	Rows int
	// Closed and Open count the new cases.
	Closed, Open int
	// Existing counts the rows whose case was there already, or which repeat a row before.
	Existing int
	// Refused counts the rows that were not imported; Report is the file that lists them.
	Refused int
	Report  string
	// Ignored lists the headers that no field was found for.
	Ignored []string
	DryRun  bool
	Elapsed time.Duration
}

// New counts the new cases.
func (s Summary) New() int { return s.Closed + s.Open }

// WriteTo writes the summary in Chinese and English.
func (s Summary) WriteTo(w io.Writer) (int64, error) {
	var zh, en string
	if s.DryRun {
		zh, en = "试运行，未写入。", "Dry run, nothing was written. "
	}
	text := fmt.Sprintf("%s读取 %d 行：新建 %d 件（办结 %d，在办 %d），已存在 %d，拒绝 %d，用时 %.1f 秒\n",
		zh, s.Rows, s.New(), s.Closed, s.Open, s.Existing, s.Refused, s.Elapsed.Seconds())
	text += fmt.Sprintf("%s%d rows read: %d new (%d closed, %d open), %d already there, %d refused, %.1f s\n",
		en, s.Rows, s.New(), s.Closed, s.Open, s.Existing, s.Refused, s.Elapsed.Seconds())
	for _, header := range s.Ignored {
		text += fmt.Sprintf("未使用的列 ignored column: %s\n", header)
	}
	if s.Report != "" {
		text += fmt.Sprintf("拒绝的行见 refused rows: %s\n", s.Report)
	}
	n, err := io.WriteString(w, text)
	return int64(n), err
}
