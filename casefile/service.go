package casefile

import (
	"fmt"
	"slices"
	"time"
)

// recordService (送达) records that a notice reached a party. The last service of a written
// opinion concludes the case; that of an end's notice completes a verified end.
func (d *deciding) recordService(act RecordService) *Refusal {
	if act.DocumentID == "" {
		return required(at("documentId"))
	}
	if act.ServedAt.IsZero() {
		return required(at("servedAt"))
	}
	if refusal := first(
		checkTerm("ServiceMethod", act.Method, true, at("method")),
		checkCode(act.ReceiptDocumentID, 64, at("receiptDocumentId")),
		d.checkAttached(act.ReceiptDocumentID, at("receiptDocumentId")),
	); refusal != nil {
		return refusal
	}
	notice := d.state.notice(act.DocumentID)
	if notice == nil || notice.Void {
		return refuse(RefusedUnknownDocument, at("documentId"),
			fmt.Sprintf("the case has no notice %s to be served", shown(act.DocumentID)),
			fmt.Sprintf("本案没有待送达的文书 %s", shown(act.DocumentID)))
	}
	if _, refusal := d.knownParty(act.PartyID); refusal != nil {
		return refusal
	}
	if !slices.Contains(notice.Parties, act.PartyID) {
		return refuse(RefusedInvalid, at("partyId"),
			fmt.Sprintf("notice %s is not for party %s", notice.ID, act.PartyID),
			fmt.Sprintf("文书 %s 的送达对象不含当事人 %s", notice.ID, act.PartyID))
	}
	if notice.ServedOn(act.PartyID) {
		return refuse(RefusedAlreadyDone, at("partyId"),
			fmt.Sprintf("notice %s has been served on party %s", notice.ID, act.PartyID),
			fmt.Sprintf("文书 %s 已送达当事人 %s", notice.ID, act.PartyID))
	}
	d.emit(NoticeServed{
		NoticeID: notice.ID, PartyID: act.PartyID, Method: act.Method, ReceiptDocumentID: act.ReceiptDocumentID,
	})
	d.startWindow(*notice, act.PartyID)
	d.afterService(*d.state.notice(notice.ID))
	return nil
}

func (d *deciding) afterService(notice Notice) {
	if !notice.Served() {
		return
	}
	if pending := d.state.Pending; pending != nil && pending.NoticeID == notice.ID && pending.Verified {
		d.end(later(pending.VerifiedAt, notice.lastServed()))
		return
	}
	if open := d.state.openReview(); open != nil && open.NoticeID == notice.ID {
		d.concludeReview(*open, notice.lastServed())
		return
	}
	n := len(d.state.Decisions)
	if n == 0 || d.state.Stage != StageDecision || d.state.Outcome != "" {
		return
	}
	if last := d.state.Decisions[n-1]; last.NoticeID == notice.ID {
		d.conclude(decidedOutcome(last.Claims), notice.lastServed())
	}
}

// lastServed is when the last of the parties was served, which is what counts for all.
func (n Notice) lastServed() time.Time {
	last := n.IssuedAt
	for _, service := range n.Service {
		last = later(last, service.ServedAt)
	}
	return last
}
