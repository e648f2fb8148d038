package casefile

// The closed lists of domain terms. Their values are the names of the GraphQL contract,
// of the stored events and of the columns; their labels in Chinese and English are in
// labels.go.

// Kind is what a case is about: a dispute (矛盾纠纷) or a petition (信访事项).
type Kind string

// The kinds.
const (
	Dispute  Kind = "DISPUTE"
	Petition Kind = "PETITION"
)

// PetitionType is what a petitioner asks (信访工作条例 arts 29-31).
type PetitionType string

// The petition types.
const (
	Suggestion PetitionType = "SUGGESTION"
	Accusation PetitionType = "ACCUSATION"
	Appeal     PetitionType = "APPEAL"
)

// Stage is where a case stands.
type Stage string

// The stages; from NOT_ACCEPTED on they, and CLOSED, are ends.
const (
	StageAcceptance    Stage = "ACCEPTANCE"
	StageInvestigation Stage = "INVESTIGATION"
	StageMediation     Stage = "MEDIATION"
	StageDecision      Stage = "DECISION"
	StageReferral      Stage = "REFERRAL"
	StageVerification  Stage = "VERIFICATION"
	StageEvaluation    Stage = "EVALUATION"
	StageReview        Stage = "REVIEW"
	StageReReview      Stage = "RE_REVIEW"
	StageClosed        Stage = "CLOSED"
	StageNotAccepted   Stage = "NOT_ACCEPTED"
	StageTransferred   Stage = "TRANSFERRED"
	StageWithdrawn     Stage = "WITHDRAWN"
	StageMerged        Stage = "MERGED"
)

// Open reports whether a case in this stage still wants something done.
func (s Stage) Open() bool {
	switch s {
	case StageClosed, StageNotAccepted, StageTransferred, StageWithdrawn, StageMerged, "":
		return false
	}
	return true
}

// Outcome is how a case was concluded (办结).
type Outcome string

// The outcomes.
const (
	OutcomeAgreementWritten Outcome = "AGREEMENT_WRITTEN"
	OutcomeAgreementOral    Outcome = "AGREEMENT_ORAL"
	OutcomeMediationFailed  Outcome = "MEDIATION_FAILED"
	OutcomeRefused          Outcome = "REFUSED"
	OutcomeReferred         Outcome = "REFERRED"
	OutcomeSettledByParties Outcome = "SETTLED_BY_PARTIES"
	OutcomeWithdrawn        Outcome = "WITHDRAWN"
	OutcomeUnfounded        Outcome = "UNFOUNDED"
	OutcomeSupported        Outcome = "SUPPORTED"
	OutcomePartlySupported  Outcome = "PARTLY_SUPPORTED"
	OutcomeNotSupported     Outcome = "NOT_SUPPORTED"
	OutcomeExplained        Outcome = "EXPLAINED"
	OutcomeMediated         Outcome = "MEDIATED"
	OutcomeAdopted          Outcome = "ADOPTED"
	OutcomePartlyAdopted    Outcome = "PARTLY_ADOPTED"
	OutcomeNotAdopted       Outcome = "NOT_ADOPTED"
)

// Source is the channel by which a case reached the office.
type Source string

// The sources.
const (
	SourceGridWorker            Source = "GRID_WORKER"
	SourceWalkIn                Source = "WALK_IN"
	SourceHotline12345          Source = "HOTLINE_12345"
	SourceOnline                Source = "ONLINE"
	SourceApp                   Source = "APP"
	SourcePhone                 Source = "PHONE"
	SourceLetter                Source = "LETTER"
	SourceFax                   Source = "FAX"
	SourceLeaderReception       Source = "LEADER_RECEPTION"
	SourceCourtEntrusted        Source = "COURT_ENTRUSTED"
	SourcePoliceTransfer        Source = "POLICE_TRANSFER"
	SourceProcuratorateTransfer Source = "PROCURATORATE_TRANSFER"
	SourceSuperiorAssigned      Source = "SUPERIOR_ASSIGNED"
	SourcePatrol                Source = "PATROL"
	SourceScreening             Source = "SCREENING"
	SourceMonitoring            Source = "MONITORING"
	SourceOther                 Source = "OTHER"
)

// Confidentiality is who may see a case at all (domain: who may see and do what).
type Confidentiality string

// The grades, from the widest to the narrowest circle.
const (
	ConfidentialityNormal     Confidentiality = "NORMAL"
	ConfidentialityRestricted Confidentiality = "RESTRICTED"
	ConfidentialitySealed     Confidentiality = "SEALED"
)

// Risk is the assessed danger that a conflict turns violent or spreads.
type Risk string

// The risk levels.
const (
	RiskLow    Risk = "LOW"
	RiskMedium Risk = "MEDIUM"
	RiskHigh   Risk = "HIGH"
)

// Scale is how many people stand behind a case (GB/T 31000 规模).
type Scale string

// The scales.
const (
	ScaleIndividual Scale = "INDIVIDUAL"
	ScaleGroup      Scale = "GROUP"
	ScaleMajorGroup Scale = "MAJOR_GROUP"
)

// UrgencyGround is how it came that a case cannot wait (重大紧急).
type UrgencyGround string

// The grounds: somebody said so, the registration did, the risk was assessed as high, or a
// case that was merged into this one was urgent, or the one that this was split from.
const (
	UrgentFlagged    UrgencyGround = "FLAGGED"
	UrgentRegistered UrgencyGround = "REGISTERED"
	UrgentHighRisk   UrgencyGround = "HIGH_RISK"
	UrgentMerged     UrgencyGround = "MERGED"
	UrgentSplit      UrgencyGround = "SPLIT"
)

// UrgencyRecipient is as what a unit is told of an urgent case.
type UrgencyRecipient string

// The recipients.
const (
	ToldResponsible    UrgencyRecipient = "RESPONSIBLE_UNIT"
	ToldLeader         UrgencyRecipient = "LEADER"
	ToldPetitionOffice UrgencyRecipient = "PETITION_OFFICE"
	ToldLevelAbove     UrgencyRecipient = "LEVEL_ABOVE"
)

// Suspicion is harm that the police must know of.
type Suspicion string

// The suspicions (未成年人保护法 art 11, 反家庭暴力法 art 14).
const (
	SuspectedHarmToChild      Suspicion = "HARM_TO_CHILD"
	SuspectedDomesticViolence Suspicion = "DOMESTIC_VIOLENCE"
)

// CourtStage is where a court's case stood when it entrusted the mediation.
type CourtStage string

// The court stages.
const (
	CourtPreFiling     CourtStage = "PRE_FILING"
	CourtFiledOrdinary CourtStage = "FILED_ORDINARY"
	CourtFiledSummary  CourtStage = "FILED_SUMMARY"
	CourtEnforcement   CourtStage = "ENFORCEMENT"
)

// LegalRoute is the way an appeal takes under 信访工作条例 art 31.
type LegalRoute string

// The routes; only PETITION_PROCEDURE runs the petition's own 60-day clock.
const (
	RouteLitigation              LegalRoute = "LITIGATION"
	RouteArbitration             LegalRoute = "ARBITRATION"
	RoutePartyAppeal             LegalRoute = "PARTY_APPEAL"
	RouteAdministrativeProcedure LegalRoute = "ADMINISTRATIVE_PROCEDURE"
	RouteStatutoryDuty           LegalRoute = "STATUTORY_DUTY"
	RoutePetitionProcedure       LegalRoute = "PETITION_PROCEDURE"
)

// DeclineReason is why a case is not accepted.
type DeclineReason string

// The decline reasons.
const (
	DeclineNotCompetent       DeclineReason = "NOT_COMPETENT"
	DeclineInOtherProcedure   DeclineReason = "IN_OTHER_PROCEDURE"
	DeclineRepeatedInTime     DeclineReason = "REPEATED_IN_TIME"
	DeclineFinalAfterReReview DeclineReason = "FINAL_AFTER_RE_REVIEW"
	DeclineOther              DeclineReason = "OTHER"
)

// MediationType is the mediating body's branch of mediation (三调对接).
type MediationType string

// The mediation types.
const (
	MediationPeoples        MediationType = "PEOPLES"
	MediationJudicial       MediationType = "JUDICIAL"
	MediationAdministrative MediationType = "ADMINISTRATIVE"
	MediationCommercial     MediationType = "COMMERCIAL"
	MediationLawyer         MediationType = "LAWYER"
)

// ConsentMode is what a mediation needs from its parties before it may go on.
type ConsentMode string

// The consent modes: people's mediation goes on unless refused (人民调解法 art 17).
const (
	ConsentNotRefused   ConsentMode = "NOT_REFUSED"
	ConsentBothAgree    ConsentMode = "BOTH_AGREE"
	ConsentJointWritten ConsentMode = "JOINT_WRITTEN"
)

// Consent is what a party said to a mediation.
type Consent string

// The consents.
const (
	ConsentGiven     Consent = "GIVEN"
	ConsentRefused   Consent = "REFUSED"
	ConsentWithdrawn Consent = "WITHDRAWN"
)

// SessionMode is how a mediation session is held.
type SessionMode string

// The session modes.
const (
	SessionOnSite SessionMode = "ON_SITE"
	SessionRemote SessionMode = "REMOTE"
)

// MediationOutcome is how a mediation ended.
type MediationOutcome string

// The mediation outcomes.
const (
	MediationAgreementWritten MediationOutcome = "AGREEMENT_WRITTEN"
	MediationAgreementOral    MediationOutcome = "AGREEMENT_ORAL"
	MediationFailed           MediationOutcome = "FAILED"
	MediationRefused          MediationOutcome = "REFUSED"
	MediationWithdrawn        MediationOutcome = "WITHDRAWN"
	MediationDeemedFailed     MediationOutcome = "DEEMED_FAILED"
)

// PerformanceSource is who performed what an agreement promises.
type PerformanceSource string

// The sources of performance.
const (
	PerformedByParty     PerformanceSource = "PARTY"
	PerformedByInsurance PerformanceSource = "LIABILITY_INSURANCE"
	PerformedByFund      PerformanceSource = "MUTUAL_FUND"
)

// ConfirmationResult is how far the judicial confirmation of an agreement has come.
type ConfirmationResult string

// The results of confirmation.
const (
	ConfirmationApplied   ConfirmationResult = "APPLIED"
	ConfirmationConfirmed ConfirmationResult = "CONFIRMED"
	ConfirmationRejected  ConfirmationResult = "REJECTED"
)

// DecisionOutcome is the result for one claim (信访工作条例 arts 29, 32).
type DecisionOutcome string

// The decision outcomes: the first three for an appeal, the others for a suggestion.
const (
	DecisionSupported     DecisionOutcome = "SUPPORTED"
	DecisionNotSupported  DecisionOutcome = "NOT_SUPPORTED"
	DecisionExplained     DecisionOutcome = "EXPLAINED"
	DecisionAdopted       DecisionOutcome = "ADOPTED"
	DecisionPartlyAdopted DecisionOutcome = "PARTLY_ADOPTED"
	DecisionNotAdopted    DecisionOutcome = "NOT_ADOPTED"
)

// ReviewOutcome is what a review or re-review came to (信访工作条例 arts 35, 36).
type ReviewOutcome string

// The review outcomes; by REDO the unit that decided handles the matter anew.
const (
	ReviewUpheld      ReviewOutcome = "UPHELD"
	ReviewChanged     ReviewOutcome = "CHANGED"
	ReviewRedo        ReviewOutcome = "REDO"
	ReviewNotAdmitted ReviewOutcome = "NOT_ADMITTED"
)

// InvestigationPath is what the investigation's conclusion chooses.
type InvestigationPath string

// The paths.
const (
	PathMediation InvestigationPath = "MEDIATION"
	PathDecision  InvestigationPath = "DECISION"
	PathReferral  InvestigationPath = "REFERRAL"
	PathClose     InvestigationPath = "CLOSE"
)

// PartyRole is the part somebody plays in a case.
type PartyRole string

// The party roles.
const (
	PartyApplicant       PartyRole = "APPLICANT"
	PartyRespondent      PartyRole = "RESPONDENT"
	PartyPetitioner      PartyRole = "PETITIONER"
	PartyAccused         PartyRole = "ACCUSED"
	PartyResponsibleUnit PartyRole = "RESPONSIBLE_UNIT"
	PartyThird           PartyRole = "THIRD_PARTY"
)

// PartyKind is the legal nature of a party.
type PartyKind string

// The party kinds.
const (
	NaturalPerson  PartyKind = "NATURAL_PERSON"
	LegalPerson    PartyKind = "LEGAL_PERSON"
	Unincorporated PartyKind = "UNINCORPORATED"
	StateOrgan     PartyKind = "STATE_ORGAN"
)

// RepresentativeKind is why somebody speaks for a party.
type RepresentativeKind string

// The representative kinds.
const (
	RepresentativeGuardian       RepresentativeKind = "GUARDIAN"
	RepresentativeAgent          RepresentativeKind = "AGENT"
	RepresentativeGroup          RepresentativeKind = "GROUP_REPRESENTATIVE"
	RepresentativeLegalAidLawyer RepresentativeKind = "LEGAL_AID_LAWYER"
)

// ServiceMethod is how a notice was served (送达).
type ServiceMethod string

// The service methods.
const (
	ServedInPerson      ServiceMethod = "IN_PERSON"
	ServedByPost        ServiceMethod = "POST"
	ServedElectronic    ServiceMethod = "ELECTRONIC"
	ServedLeftAtAddress ServiceMethod = "LEFT_AT_ADDRESS"
	ServedPublicNotice  ServiceMethod = "PUBLIC_NOTICE"
)

// FollowUpResult is what came of asking a party afterwards (回访).
type FollowUpResult string

// The follow-up results.
const (
	FollowUpAnswered    FollowUpResult = "ANSWERED"
	FollowUpUnreachable FollowUpResult = "UNREACHABLE"
	FollowUpDeclined    FollowUpResult = "DECLINED"
	FollowUpDefaulted   FollowUpResult = "DEFAULTED"
)

// FollowUpMethod is how a party was asked.
type FollowUpMethod string

// The follow-up methods.
const (
	FollowUpOnSite  FollowUpMethod = "ON_SITE"
	FollowUpPhone   FollowUpMethod = "PHONE"
	FollowUpMessage FollowUpMethod = "MESSAGE"
	FollowUpOnline  FollowUpMethod = "ONLINE"
	FollowUpLetter  FollowUpMethod = "LETTER"
)

// SupervisionStatus is where a supervision order (督办) stands.
type SupervisionStatus string

// The supervision statuses.
const (
	SupervisionOpen         SupervisionStatus = "OPEN"
	SupervisionAcknowledged SupervisionStatus = "ACKNOWLEDGED"
	SupervisionReplied      SupervisionStatus = "REPLIED"
	SupervisionSatisfied    SupervisionStatus = "SATISFIED"
	SupervisionReturned     SupervisionStatus = "RETURNED"
	SupervisionTakenOver    SupervisionStatus = "TAKEN_OVER"
	SupervisionEscalated    SupervisionStatus = "ESCALATED"
)

// Open reports whether an order still wants something of its addressee.
func (s SupervisionStatus) Open() bool {
	return s == SupervisionOpen || s == SupervisionAcknowledged || s == SupervisionReplied || s == SupervisionReturned
}

// SampleFinding is what the level above found when it looked at a closed case again.
type SampleFinding string

// The findings.
const (
	SampleCorrect      SampleFinding = "CORRECT"
	SampleFalseClosure SampleFinding = "FALSE_CLOSURE"
	SampleDuplicate    SampleFinding = "DUPLICATE"
)

// RetaliationFinding is what came of a report of retaliation (打击报复).
type RetaliationFinding string

// The findings about a report of retaliation.
const (
	RetaliationConfirmed    RetaliationFinding = "CONFIRMED"
	RetaliationNotConfirmed RetaliationFinding = "NOT_CONFIRMED"
	RetaliationToDiscipline RetaliationFinding = "TRANSFERRED_TO_DISCIPLINE"
)

// LinkKind is how one case is tied to another: this one, told of the other.
type LinkKind string

// The kinds of link.
const (
	LinkRelated    LinkKind = "RELATED"
	LinkDuplicate  LinkKind = "DUPLICATE"
	LinkRepeat     LinkKind = "REPEAT"
	LinkSplitFrom  LinkKind = "SPLIT_FROM"
	LinkMergedInto LinkKind = "MERGED_INTO"
	LinkMissedBy   LinkKind = "MISSED_BY"
)

// ReferralChannel is the legal way that a matter is referred to.
type ReferralChannel string

// The channels.
const (
	ChannelCourt                         ReferralChannel = "COURT"
	ChannelLabourArbitration             ReferralChannel = "LABOUR_ARBITRATION"
	ChannelCommercialArbitration         ReferralChannel = "COMMERCIAL_ARBITRATION"
	ChannelLandArbitration               ReferralChannel = "LAND_ARBITRATION"
	ChannelAdministrativeReconsideration ReferralChannel = "ADMINISTRATIVE_RECONSIDERATION"
	ChannelAdministrativeAdjudication    ReferralChannel = "ADMINISTRATIVE_ADJUDICATION"
	ChannelAdministrativeAction          ReferralChannel = "ADMINISTRATIVE_ACTION"
	ChannelLabourInspection              ReferralChannel = "LABOUR_INSPECTION"
	ChannelNotary                        ReferralChannel = "NOTARY"
	ChannelLegalAid                      ReferralChannel = "LEGAL_AID"
	ChannelLawyer                        ReferralChannel = "LAWYER"
	ChannelAppraisal                     ReferralChannel = "APPRAISAL"
	ChannelPublicSecurity                ReferralChannel = "PUBLIC_SECURITY"
	ChannelProcuratorate                 ReferralChannel = "PROCURATORATE"
	ChannelDiscipline                    ReferralChannel = "DISCIPLINE"
	ChannelPartyAppeal                   ReferralChannel = "PARTY_APPEAL"
	ChannelRelief                        ReferralChannel = "RELIEF"
	ChannelPsychological                 ReferralChannel = "PSYCHOLOGICAL"
)

// ReferralStatus is where a referral stands.
type ReferralStatus string

// The referral statuses. RETURNED is also what was taken back.
const (
	ReferralSent         ReferralStatus = "SENT"
	ReferralAcknowledged ReferralStatus = "ACKNOWLEDGED"
	ReferralReturned     ReferralStatus = "RETURNED"
	ReferralCompleted    ReferralStatus = "COMPLETED"
)

// DispatchStatus is where a dispatch (派单) stands.
type DispatchStatus string

// The dispatch statuses. RETURNED is also what was taken back.
const (
	DispatchSent     DispatchStatus = "SENT"
	DispatchAnswered DispatchStatus = "REPLIED"
	DispatchReturned DispatchStatus = "RETURNED"
	DispatchOverdue  DispatchStatus = "OVERDUE"
)

// DeadlineStatus is where a deadline stands.
type DeadlineStatus string

// The deadline statuses.
const (
	ClockRunning   DeadlineStatus = "RUNNING"
	ClockPaused    DeadlineStatus = "PAUSED"
	ClockMet       DeadlineStatus = "MET"
	ClockMissed    DeadlineStatus = "MISSED"
	ClockCancelled DeadlineStatus = "CANCELLED"
)

// DayUnit is the unit in which a deadline's length is counted.
type DayUnit string

// The day units.
const (
	CalendarDays DayUnit = "CALENDAR_DAYS"
	WorkingDays  DayUnit = "WORKING_DAYS"
	Months       DayUnit = "MONTHS"
	Hours        DayUnit = "HOURS"
)

// UnitKind is what an organisation is.
type UnitKind string

// The unit kinds.
const (
	UnitGridStation        UnitKind = "GRID_STATION"
	UnitMediationCommittee UnitKind = "MEDIATION_COMMITTEE"
	UnitIndustryCommittee  UnitKind = "INDUSTRY_COMMITTEE"
	UnitCenter             UnitKind = "CENTER"
	UnitPetitionOffice     UnitKind = "PETITION_OFFICE"
	UnitJusticeOffice      UnitKind = "JUSTICE_OFFICE"
	UnitCourt              UnitKind = "COURT"
	UnitArbitration        UnitKind = "ARBITRATION"
	UnitReconsideration    UnitKind = "RECONSIDERATION"
	UnitNotary             UnitKind = "NOTARY"
	UnitLegalAid           UnitKind = "LEGAL_AID"
	UnitLawFirm            UnitKind = "LAW_FIRM"
	UnitAppraisal          UnitKind = "APPRAISAL"
	UnitPublicSecurity     UnitKind = "PUBLIC_SECURITY"
	UnitProcuratorate      UnitKind = "PROCURATORATE"
	UnitDiscipline         UnitKind = "DISCIPLINE"
	UnitBureau             UnitKind = "BUREAU"
	UnitTownshipGovernment UnitKind = "TOWNSHIP_GOVERNMENT"
	UnitLeadingBody        UnitKind = "LEADING_BODY"
	UnitAssessor           UnitKind = "ASSESSOR"
)

// Role is what a person does at a unit.
type Role string

// The roles. SYSTEM is no person's: it marks what time alone brought about.
const (
	RoleGridWorker   Role = "GRID_WORKER"
	RoleClerk        Role = "CLERK"
	RoleInvestigator Role = "INVESTIGATOR"
	RoleMediator     Role = "MEDIATOR"
	RoleManager      Role = "MANAGER"
	RoleLeader       Role = "LEADER"
	RoleSupervisor   Role = "SUPERVISOR"
	RoleAssessor     Role = "ASSESSOR"
	RoleAnalyst      Role = "ANALYST"
	RoleAuditor      Role = "AUDITOR"
	RoleAdmin        Role = "ADMIN"
	RoleIntegration  Role = "INTEGRATION"
	RoleSystem       Role = "SYSTEM"
)

// AuditKind is what an entry of the audit trail tells: a look, or a change of units, people or work.
type AuditKind string

// The kinds of entries of the audit trail.
const (
	AuditPersonalDataRevealed AuditKind = "PERSONAL_DATA_REVEALED"
	AuditDocumentRead         AuditKind = "DOCUMENT_READ"
	AuditPersonSaved          AuditKind = "PERSON_SAVED"
	AuditUnitSaved            AuditKind = "UNIT_SAVED"
	AuditRoleGranted          AuditKind = "ROLE_GRANTED"
	AuditRoleRevoked          AuditKind = "ROLE_REVOKED"
	AuditRolesFromSignIn      AuditKind = "ROLES_FROM_SIGN_IN"
	AuditAbsenceSet           AuditKind = "ABSENCE_SET"
	AuditWorkHandedOver       AuditKind = "WORK_HANDED_OVER"
	AuditTrailRead            AuditKind = "TRAIL_READ"
)
