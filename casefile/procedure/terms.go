package procedure

// The closed lists of the catalogue. The values that cases know too are those of casefile's
// terms and of the GraphQL contract; what users read for each is in labels_table.go.

// CaseKind is what a case is about.
type CaseKind string

// The kinds.
const (
	KindDispute  CaseKind = "DISPUTE"
	KindPetition CaseKind = "PETITION"
)

// PetitionType is what a petitioner asks.
type PetitionType string

// The petition types.
const (
	Suggestion PetitionType = "SUGGESTION"
	Accusation PetitionType = "ACCUSATION"
	Appeal     PetitionType = "APPEAL"
)

// MediationType is the mediating body's branch of mediation.
type MediationType string

// The mediation types.
const (
	MediationPeoples        MediationType = "PEOPLES"
	MediationJudicial       MediationType = "JUDICIAL"
	MediationAdministrative MediationType = "ADMINISTRATIVE"
	MediationCommercial     MediationType = "COMMERCIAL"
	MediationLawyer         MediationType = "LAWYER"
)

// UnitKind is what the mediating body or the handling unit is.
type UnitKind string

// The kinds of units.
const (
	BodyGridStation        UnitKind = "GRID_STATION"
	BodyMediationCommittee UnitKind = "MEDIATION_COMMITTEE"
	BodyIndustryCommittee  UnitKind = "INDUSTRY_COMMITTEE"
	BodyCenter             UnitKind = "CENTER"
	BodyPetitionOffice     UnitKind = "PETITION_OFFICE"
	BodyJusticeOffice      UnitKind = "JUSTICE_OFFICE"
	BodyCourt              UnitKind = "COURT"
	BodyArbitration        UnitKind = "ARBITRATION"
	BodyReconsideration    UnitKind = "RECONSIDERATION"
	BodyNotary             UnitKind = "NOTARY"
	BodyLegalAid           UnitKind = "LEGAL_AID"
	BodyLawFirm            UnitKind = "LAW_FIRM"
	BodyAppraisal          UnitKind = "APPRAISAL"
	BodyPublicSecurity     UnitKind = "PUBLIC_SECURITY"
	BodyProcuratorate      UnitKind = "PROCURATORATE"
	BodyDiscipline         UnitKind = "DISCIPLINE"
	BodyBureau             UnitKind = "BUREAU"
	BodyTownshipGovernment UnitKind = "TOWNSHIP_GOVERNMENT"
	BodyLeadingBody        UnitKind = "LEADING_BODY"
	BodyAssessor           UnitKind = "ASSESSOR"
)

// CourtStage is where a court's case stood when the court entrusted the mediation.
type CourtStage string

// The court stages.
const (
	CourtPreFiling     CourtStage = "PRE_FILING"
	CourtFiledOrdinary CourtStage = "FILED_ORDINARY"
	CourtFiledSummary  CourtStage = "FILED_SUMMARY"
	CourtEnforcement   CourtStage = "ENFORCEMENT"
)

// LegalRoute is the way that an appeal takes (信访工作条例 art 31).
type LegalRoute string

// The routes.
const (
	RouteLitigation              LegalRoute = "LITIGATION"
	RouteArbitration             LegalRoute = "ARBITRATION"
	RoutePartyAppeal             LegalRoute = "PARTY_APPEAL"
	RouteAdministrativeProcedure LegalRoute = "ADMINISTRATIVE_PROCEDURE"
	RouteStatutoryDuty           LegalRoute = "STATUTORY_DUTY"
	RoutePetitionProcedure       LegalRoute = "PETITION_PROCEDURE"
)

// ConsentMode is what a mediation needs from its parties before it may go on.
type ConsentMode string

// The consent modes.
const (
	ConsentNotRefused   ConsentMode = "NOT_REFUSED"
	ConsentBothAgree    ConsentMode = "BOTH_AGREE"
	ConsentJointWritten ConsentMode = "JOINT_WRITTEN"
)

// Channel is a legal way that a case is referred to.
type Channel string

// The channels.
const (
	ChannelCourt                         Channel = "COURT"
	ChannelLabourArbitration             Channel = "LABOUR_ARBITRATION"
	ChannelCommercialArbitration         Channel = "COMMERCIAL_ARBITRATION"
	ChannelLandArbitration               Channel = "LAND_ARBITRATION"
	ChannelAdministrativeReconsideration Channel = "ADMINISTRATIVE_RECONSIDERATION"
	ChannelAdministrativeAdjudication    Channel = "ADMINISTRATIVE_ADJUDICATION"
	ChannelAdministrativeAction          Channel = "ADMINISTRATIVE_ACTION"
	ChannelLabourInspection              Channel = "LABOUR_INSPECTION"
	ChannelNotary                        Channel = "NOTARY"
	ChannelLegalAid                      Channel = "LEGAL_AID"
	ChannelLawyer                        Channel = "LAWYER"
	ChannelAppraisal                     Channel = "APPRAISAL"
	ChannelPublicSecurity                Channel = "PUBLIC_SECURITY"
	ChannelProcuratorate                 Channel = "PROCURATORATE"
	ChannelDiscipline                    Channel = "DISCIPLINE"
	ChannelPartyAppeal                   Channel = "PARTY_APPEAL"
	ChannelRelief                        Channel = "RELIEF"
	ChannelPsychological                 Channel = "PSYCHOLOGICAL"
)

// Matter is what a dispute is about, as far as a procedure of its own follows from it.
type Matter string

// The matters.
const (
	MatterMedical          Matter = "MEDICAL"
	MatterLabour           Matter = "LABOUR"
	MatterTraffic          Matter = "TRAFFIC"
	MatterConsumer         Matter = "CONSUMER"
	MatterContractedLand   Matter = "CONTRACTED_LAND"
	MatterLand             Matter = "LAND"
	MatterProperty         Matter = "PROPERTY"
	MatterFamily           Matter = "FAMILY"
	MatterDomesticViolence Matter = "DOMESTIC_VIOLENCE"
)

// Unit is the unit of a length.
type Unit string

// The units.
const (
	CalendarDays Unit = "CALENDAR_DAYS"
	WorkingDays  Unit = "WORKING_DAYS"
	Months       Unit = "MONTHS"
	Hours        Unit = "HOURS"
)

// LimitUnit is what a limit that is no time counts.
type LimitUnit string

// The limit units.
const (
	Persons        LimitUnit = "PERSONS"
	PersonsPerSide LimitUnit = "PERSONS_PER_SIDE"
)

// Owner is whose clock a step is.
type Owner string

// The owners.
const (
	OwnerOffice     Owner = "OFFICE"
	OwnerCitizen    Owner = "CITIZEN"
	OwnerOtherOrgan Owner = "OTHER_ORGAN"
)

// Approver is who may grant an extension.
type Approver string

// The approvers.
const (
	ApproverUnitHead       Approver = "UNIT_HEAD"
	ApproverCourtPresident Approver = "COURT_PRESIDENT"
	ApproverSuperiorOrgan  Approver = "SUPERIOR_ORGAN"
	ApproverPartiesAgree   Approver = "PARTIES_AGREE"
)

// Pause is a reason whose time a clock does not count.
type Pause string

// The pauses.
const (
	PauseAppraisal           Pause = "APPRAISAL"
	PauseHearing             Pause = "HEARING"
	PauseSupplement          Pause = "SUPPLEMENT"
	PausePartiesAgree        Pause = "PARTIES_AGREE"
	PauseSuspension          Pause = "SUSPENSION"
	PauseForceMajeure        Pause = "FORCE_MAJEURE"
	PauseFactCheck           Pause = "FACT_CHECK"
	PauseObstacle            Pause = "OBSTACLE"
	PauseLimitationSuspended Pause = "LIMITATION_SUSPENDED"
)

// Restart is a reason that starts a clock anew.
type Restart string

// The restarts.
const (
	RestartLimitationInterrupted Restart = "LIMITATION_INTERRUPTED"
)

// Effect is what the expiry of a step means.
type Effect string

// The effects.
const (
	EffectNoneStated        Effect = "NONE_STATED"
	EffectEscalate          Effect = "ESCALATE"
	EffectAccountability    Effect = "ACCOUNTABILITY"
	EffectRightLapses       Effect = "RIGHT_LAPSES"
	EffectDeemedFailed      Effect = "DEEMED_FAILED"
	EffectTreatedAsAccepted Effect = "TREATED_AS_ACCEPTED"
	EffectDeemedWithdrawn   Effect = "DEEMED_WITHDRAWN"
	EffectMediationEnds     Effect = "MEDIATION_ENDS"
	EffectConvertToOrdinary Effect = "CONVERT_TO_ORDINARY"
	EffectReturnForFiling   Effect = "RETURN_FOR_FILING"
	EffectReturnToTrial     Effect = "RETURN_TO_TRIAL"
	EffectReassign          Effect = "REASSIGN"
	EffectNotAdmitted       Effect = "NOT_ADMITTED"
	EffectMaySue            Effect = "MAY_SUE"
	EffectMayAppeal         Effect = "MAY_APPEAL"
	EffectMayArbitrate      Effect = "MAY_ARBITRATE"
	EffectTakesEffect       Effect = "TAKES_EFFECT"
	EffectBinding           Effect = "BINDING"
	EffectPenalty           Effect = "PENALTY"
	EffectNoPenalty         Effect = "NO_PENALTY"
	EffectNotified          Effect = "NOTIFIED"
	EffectReported          Effect = "REPORTED"
	EffectBearsConsequences Effect = "BEARS_CONSEQUENCES"
	EffectRecordsOpened     Effect = "RECORDS_OPENED"
	EffectWaitingEnds       Effect = "WAITING_ENDS"
	EffectOrderEnds         Effect = "ORDER_ENDS"
	EffectClosesUnanswered  Effect = "CLOSES_UNANSWERED"
)

// Event is a legal act or fact that starts a clock or meets it.
type Event string

// The events.
const (
	EventNotStated                    Event = "NOT_STATED"
	EventReceived                     Event = "RECEIVED"
	EventForwardedMatterReceived      Event = "FORWARDED_MATTER_RECEIVED"
	EventApplicationReceived          Event = "APPLICATION_RECEIVED"
	EventComplaintReceived            Event = "COMPLAINT_RECEIVED"
	EventEntrustmentReceived          Event = "ENTRUSTMENT_RECEIVED"
	EventObjectionReceived            Event = "OBJECTION_RECEIVED"
	EventApplicationCopyReceived      Event = "APPLICATION_COPY_RECEIVED"
	EventApplicationAccepted          Event = "APPLICATION_ACCEPTED"
	EventAccepted                     Event = "ACCEPTED"
	EventAcceptanceNotice             Event = "ACCEPTANCE_NOTICE"
	EventForwarded                    Event = "FORWARDED"
	EventObjectionRaised              Event = "OBJECTION_RAISED"
	EventCompetenceDecided            Event = "COMPETENCE_DECIDED"
	EventNotAdmittedNotice            Event = "NOT_ADMITTED_NOTICE"
	EventTransferred                  Event = "TRANSFERRED"
	EventDecisionIssued               Event = "DECISION_ISSUED"
	EventWrittenReplyReceived         Event = "WRITTEN_REPLY_RECEIVED"
	EventReviewRequested              Event = "REVIEW_REQUESTED"
	EventReviewRequestReceived        Event = "REVIEW_REQUEST_RECEIVED"
	EventReviewOpinionIssued          Event = "REVIEW_OPINION_ISSUED"
	EventReviewReplyReceived          Event = "REVIEW_REPLY_RECEIVED"
	EventReReviewRequested            Event = "RE_REVIEW_REQUESTED"
	EventReReviewRequestReceived      Event = "RE_REVIEW_REQUEST_RECEIVED"
	EventReReviewOpinionIssued        Event = "RE_REVIEW_OPINION_ISSUED"
	EventPeriodBegan                  Event = "PERIOD_BEGAN"
	EventAssessed                     Event = "ASSESSED"
	EventReceptionHeld                Event = "RECEPTION_HELD"
	EventResolvedOrStabilised         Event = "RESOLVED_OR_STABILISED"
	EventPackageProposed              Event = "PACKAGE_PROPOSED"
	EventPackageDecided               Event = "PACKAGE_DECIDED"
	EventPackageOpened                Event = "PACKAGE_OPENED"
	EventPackagePlanned               Event = "PACKAGE_PLANNED"
	EventPackageReviewed              Event = "PACKAGE_REVIEWED"
	EventPackageChased                Event = "PACKAGE_CHASED"
	EventReported                     Event = "REPORTED"
	EventPartyRefused                 Event = "PARTY_REFUSED"
	EventDangerFound                  Event = "DANGER_FOUND"
	EventPoliceReported               Event = "POLICE_REPORTED"
	EventMediationApplied             Event = "MEDIATION_APPLIED"
	EventMediationStarted             Event = "MEDIATION_STARTED"
	EventMediationConcluded           Event = "MEDIATION_CONCLUDED"
	EventMediationEnded               Event = "MEDIATION_ENDED"
	EventFirstMediationEnded          Event = "FIRST_MEDIATION_ENDED"
	EventMediationFailedOrUnperformed Event = "MEDIATION_FAILED_OR_UNPERFORMED"
	EventMediatorChosen               Event = "MEDIATOR_CHOSEN"
	EventAllSignedAndSealed           Event = "ALL_SIGNED_AND_SEALED"
	EventAgreementReached             Event = "AGREEMENT_REACHED"
	EventAgreementEffective           Event = "AGREEMENT_EFFECTIVE"
	EventAgreementPerformed           Event = "AGREEMENT_PERFORMED"
	EventPartyAskedInWriting          Event = "PARTY_ASKED_IN_WRITING"
	EventPartyAsked                   Event = "PARTY_ASKED"
	EventSessionHeld                  Event = "SESSION_HELD"
	EventSessionNotified              Event = "SESSION_NOTIFIED"
	EventSessionChangeAsked           Event = "SESSION_CHANGE_ASKED"
	EventClosureVerified              Event = "CLOSURE_VERIFIED"
	EventFollowedUp                   Event = "FOLLOWED_UP"
	EventWithdrawalConfirmed          Event = "WITHDRAWAL_CONFIRMED"
	EventWithdrawalUndone             Event = "WITHDRAWAL_UNDONE"
	EventRetaliationReported          Event = "RETALIATION_REPORTED"
	EventRetaliationAnswered          Event = "RETALIATION_ANSWERED"
	EventConsumerTold                 Event = "CONSUMER_TOLD"
	EventConfirmationApplied          Event = "CONFIRMATION_APPLIED"
	EventCourtAccepted                Event = "COURT_ACCEPTED"
	EventCourtRuled                   Event = "COURT_RULED"
	EventRulingReceived               Event = "RULING_RECEIVED"
	EventCaseFiled                    Event = "CASE_FILED"
	EventKnew                         Event = "KNEW"
	EventActMade                      Event = "ACT_MADE"
	EventAnnulmentApplied             Event = "ANNULMENT_APPLIED"
	EventPerformancePeriodEnded       Event = "PERFORMANCE_PERIOD_ENDED"
	EventEnforcementApplied           Event = "ENFORCEMENT_APPLIED"
	EventDeath                        Event = "DEATH"
	EventAutopsyDone                  Event = "AUTOPSY_DONE"
	EventRemainsReleased              Event = "REMAINS_RELEASED"
	EventEvidenceSealed               Event = "EVIDENCE_SEALED"
	EventAppraisalAccepted            Event = "APPRAISAL_ACCEPTED"
	EventEntrustmentEffective         Event = "ENTRUSTMENT_EFFECTIVE"
	EventAppraisalIssued              Event = "APPRAISAL_ISSUED"
	EventArbitrationApplied           Event = "ARBITRATION_APPLIED"
	EventArbitrationAccepted          Event = "ARBITRATION_ACCEPTED"
	EventAwardMade                    Event = "AWARD_MADE"
	EventAwardReceived                Event = "AWARD_RECEIVED"
	EventSuitFiled                    Event = "SUIT_FILED"
	EventSetAsideApplied              Event = "SET_ASIDE_APPLIED"
	EventHearingHeld                  Event = "HEARING_HELD"
	EventHearingNotified              Event = "HEARING_NOTIFIED"
	EventAnswered                     Event = "ANSWERED"
	EventPenaltyDecided               Event = "PENALTY_DECIDED"
	EventSceneSurveyed                Event = "SCENE_SURVEYED"
	EventCertificateIssued            Event = "CERTIFICATE_ISSUED"
	EventCertificateReceived          Event = "CERTIFICATE_RECEIVED"
	EventFuneralEnded                 Event = "FUNERAL_ENDED"
	EventTreatmentEnded               Event = "TREATMENT_ENDED"
	EventDisabilityAssessed           Event = "DISABILITY_ASSESSED"
	EventLossFixed                    Event = "LOSS_FIXED"
	EventNotified                     Event = "NOTIFIED"
	EventOrderMade                    Event = "ORDER_MADE"
	EventOrderEnded                   Event = "ORDER_ENDED"
	EventApplicationWithdrawn         Event = "APPLICATION_WITHDRAWN"
	EventWaitingPeriodEnded           Event = "WAITING_PERIOD_ENDED"
	EventCertificateAsked             Event = "CERTIFICATE_ASKED"
	EventMaterialsSignedFor           Event = "MATERIALS_SIGNED_FOR"
	EventPlatformConfirmed            Event = "PLATFORM_CONFIRMED"
	EventTakingConfirmed              Event = "TAKING_CONFIRMED"
	EventJudgmentGiven                Event = "JUDGMENT_GIVEN"
	EventJudgmentServed               Event = "JUDGMENT_SERVED"
	EventAppealed                     Event = "APPEALED"
	EventDecisionReceived             Event = "DECISION_RECEIVED"
	EventReconsiderationApplied       Event = "RECONSIDERATION_APPLIED"
	EventReconsiderationAccepted      Event = "RECONSIDERATION_ACCEPTED"
	EventReconsiderationDecided       Event = "RECONSIDERATION_DECIDED"
	EventSupplementAsked              Event = "SUPPLEMENT_ASKED"
	EventSupplied                     Event = "SUPPLIED"
	EventAidDecided                   Event = "AID_DECIDED"
	EventAidAssigned                  Event = "AID_ASSIGNED"
	EventObjectionDecided             Event = "OBJECTION_DECIDED"
	EventDispatched                   Event = "DISPATCHED"
	EventDispatchReplied              Event = "DISPATCH_REPLIED"
	EventSupervisionOrdered           Event = "SUPERVISION_ORDERED"
	EventSupervisionAcknowledged      Event = "SUPERVISION_ACKNOWLEDGED"
	EventSupervisionReplied           Event = "SUPERVISION_REPLIED"
	EventUrgencyFlagged               Event = "URGENCY_FLAGGED"
	EventUrgencyReported              Event = "URGENCY_REPORTED"
	EventHarmSuspected                Event = "HARM_SUSPECTED"
)
