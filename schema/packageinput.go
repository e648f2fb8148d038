package schema

import (
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
)

// PackageInput is the one input of a mutation on leadership packages.
type PackageInput interface {
	// MutationID is the idempotency key.
	MutationID() string
	// OnPackage is what the input says about the package it acts on; the zero value where it
	// makes one.
	OnPackage() PackageCommand
}

// PackageCommand holds the fields that every input acting on a package has.
type PackageCommand struct {
	ClientMutationID string    `json:"clientMutationId"`
	PackageID        string    `json:"packageId"`
	ExpectedVersion  *int      `json:"expectedVersion,omitempty"`
	EffectiveAt      time.Time `json:"effectiveAt,omitzero"`
	BackdatingReason string    `json:"backdatingReason,omitempty"`
}

// MutationID implements PackageInput.
func (c PackageCommand) MutationID() string { return c.ClientMutationID }

// OnPackage implements PackageInput.
func (c PackageCommand) OnPackage() PackageCommand { return c }

// The inputs of the mutations on packages.
type (
	// OpenPackageInput makes a package, by openPackage or proposePackage.
	OpenPackageInput struct {
		ClientMutationID  string                 `json:"clientMutationId"`
		LeaderID          string                 `json:"leaderId"`
		ResponsibleUnitID string                 `json:"responsibleUnitId"`
		Title             string                 `json:"title"`
		Reason            string                 `json:"reason"`
		CaseIDs           []string               `json:"caseIds"`
		Level             casefile.DivisionLevel `json:"level"`
		TeamIDs           []string               `json:"teamIds,omitempty"`
		DueBy             string                 `json:"dueBy,omitempty"`
	}
	// PackageReasonInput approves or declines what is proposed.
	PackageReasonInput struct {
		PackageCommand
		Reason string `json:"reason,omitempty"`
	}
	// PackageCaseInput adds or removes a case.
	PackageCaseInput struct {
		PackageCommand
		CaseID string `json:"caseId"`
		Reason string `json:"reason,omitempty"`
	}
	// MilestoneInput is one milestone of a plan.
	MilestoneInput struct {
		Title string `json:"title"`
		DueOn string `json:"dueOn"`
	}
	// SetPackagePlanInput sets the plan.
	SetPackagePlanInput struct {
		PackageCommand
		Milestones []MilestoneInput `json:"milestones"`
	}
	// PackageAskedInput is what came of asking a petitioner.
	PackageAskedInput struct {
		Result       casefile.FollowUpResult `json:"result"`
		Satisfaction *int                    `json:"satisfaction,omitempty"`
		Method       casefile.FollowUpMethod `json:"method"`
		Comment      string                  `json:"comment,omitempty"`
	}
	// PackageMemberInput is what a review says of one case.
	PackageMemberInput struct {
		CaseID  string             `json:"caseId"`
		Outcome casefile.Outcome   `json:"outcome,omitempty"`
		Asked   *PackageAskedInput `json:"asked,omitempty"`
	}
	// RecordPackageReviewInput records a review.
	RecordPackageReviewInput struct {
		PackageCommand
		Progress       string               `json:"progress"`
		Help           string               `json:"help,omitempty"`
		Explanation    string               `json:"explanation,omitempty"`
		Contact        string               `json:"contact,omitempty"`
		MilestonesDone []string             `json:"milestonesDone,omitempty"`
		Members        []PackageMemberInput `json:"members,omitempty"`
	}
	// HandOverPackageInput names another leader.
	HandOverPackageInput struct {
		PackageCommand
		LeaderID string   `json:"leaderId"`
		TeamIDs  []string `json:"teamIds,omitempty"`
		Reason   string   `json:"reason"`
	}
	// ConcludePackageInput proposes an end.
	ConcludePackageInput struct {
		PackageCommand
		Outcome leadership.Outcome `json:"outcome"`
		Summary string             `json:"summary"`
	}
)

// MutationID implements PackageInput.
func (o OpenPackageInput) MutationID() string { return o.ClientMutationID }

// OnPackage implements PackageInput: there is no package yet.
func (o OpenPackageInput) OnPackage() PackageCommand { return PackageCommand{} }

// PackagesArgs are the arguments of Query.leadershipPackages.
type PackagesArgs struct {
	PageArgs
	Filter PackageFilter `json:"filter"`
}

// PackageFilter narrows a list of packages; what is empty narrows nothing.
type PackageFilter struct {
	LeaderID string              `json:"leaderId"`
	Status   []leadership.Status `json:"status"`
	Division casefile.Division   `json:"division"`
	Overdue  *bool               `json:"overdue"`
}

// PackagePayload answers every mutation on a leadership package.
type PackagePayload struct {
	// Package is the package as it now is, or nil where there is none to show.
	Package          *Package
	UserErrors       []UserError
	ClientMutationID string
}

// SupervisionOfPackageInput is the input of acknowledgePackageSupervision and
// replyPackageSupervision.
type SupervisionOfPackageInput struct {
	PackageCommand
	OrderID string `json:"orderId"`
	Reply   string `json:"reply,omitempty"`
}

// ClosePackageSupervisionInput is the input of closePackageSupervision.
type ClosePackageSupervisionInput struct {
	PackageCommand
	OrderID string                     `json:"orderId"`
	Status  casefile.SupervisionStatus `json:"status"`
	Reason  string                     `json:"reason,omitempty"`
}
