package casefile

import (
	"regexp"
	"strings"
)

// fieldWords are the input fields and mutations as a clerk knows them. Refusals name them in
// Chinese messages; which input field of the API is meant stands in Refusal.Field.
var fieldWords = map[string]string{
	"addClaims": "新增诉求", "address": "住址", "agreedAmount": "协议金额", "agreement": "协议内容", "amount": "金额",
	"anonymous": "匿名", "backdatingReason": "补录原因", "caseId": "案件", "category": "类别", "claim": "诉求",
	"claims": "诉求", "concludedAt": "办结日期", "confidentiality": "密级", "consent": "意愿", "courtStage": "诉讼阶段",
	"division": "区划", "documentId": "文书", "documents": "材料", "dueOn": "履行日期", "effectiveAt": "办理日期", "acceptedAt": "受理日期",
	"expectedVersion": "案件版本", "explanation": "说明", "externalIds": "外部编号", "facts": "事实", "finding": "调查情况",
	"goTo": "告知的去处", "headcount": "人数", "heldAt": "调解日期", "how": "方式", "id": "编号", "idNumber": "证件号码",
	"idType": "证件类型", "kind": "种类", "language": "语言", "legalBasis": "法律依据", "mandateDocumentId": "授权文书",
	"mediatorId": "调解员", "method": "方式", "minor": "未成年人标识", "minutes": "调解笔录", "missedByUnitId": "漏报单位",
	"mode": "调解形式", "name": "姓名（名称）", "narrative": "事由", "needs": "特殊需要", "number": "编号", "occurredAt": "发生日期",
	"occurrenceAddress": "发生地点", "occurrenceDivision": "发生地区划", "outcome": "结果", "outsider": "非本系统人员标识",
	"parties": "当事人", "party": "当事人", "partyId": "当事人", "path": "处理途径", "performance": "履行内容",
	"personId": "人员", "petitionType": "信访事项类型", "phone": "电话", "place": "地点", "procedure": "适用程序",
	"reason": "理由", "reasons": "理由", "receiptDocumentId": "送达回证", "receivedAt": "收到日期", "reply": "答复",
	"reportedByPersonId": "上报人", "representatives": "代表人或代理人", "request": "撤回申请", "result": "回访结果",
	"risk": "风险等级", "role": "当事人角色", "route": "办理途径", "satisfaction": "满意度", "scale": "规模", "sealedAt": "盖章日期",
	"scheduledFor": "约定时间", "servedAt": "送达日期", "sessionId": "调解场次", "signedAt": "签署日期", "source": "来源",
	"sourceUnitId": "来源单位", "summary": "办理情况", "system": "来源系统", "text": "内容", "title": "标题",
	"otherCaseId": "另一案件", "approved": "审批意见",
	"referralId": "导入事项", "channel": "法律途径", "organ": "接收机关", "reference": "受理编号", "blocking": "暂停其他办理标识",
	"dispatchId": "派单", "instruction": "办理要求", "lead": "主办标识", "replyBy": "回复期限", "units": "派单单位",
	"deadlineId": "时限", "length": "长度", "unit": "单位", "until": "预计结束日",
	"newMediatorId": "新调解员", "chosenByPartyIds": "选择调解员的当事人", "jointRequest": "一致书面申请", "report": "情况报告",
	"documentIds": "文书", "recommendationId": "调解建议",
	"performanceId": "协议事项", "note": "备注", "mediationId": "调解", "appliedAt": "申请日期", "courtUnitId": "人民法院",
	"comment": "意见", "toOutside": "平台以外的机关", "toUnitId": "接收单位", "type": "类型", "unitId": "单位", "what": "履行内容",

	"orderId": "督办单", "status": "处理结果",
	"measures": "处置情况", "flagUrgent": "列为重大紧急", "acknowledgeUrgent": "签收紧急信息", "reportUrgent": "报送紧急信息", "liftUrgent": "解除重大紧急",
	"suspicion": "疑似侵害情形", "notDueReason": "无须报案的理由", "reportedAt": "报案时间", "recordPoliceReport": "登记报案",
	"acknowledgePackageSupervision": "签收包案督办", "replyPackageSupervision": "反馈包案督办", "closePackageSupervision": "处理包案督办",
	"acknowledgeSupervision": "签收督办", "replySupervision": "反馈督办", "closeSupervision": "处理督办",

	"acceptCase": "受理", "addNote": "备注", "amendCase": "更正登记", "assignCase": "指定承办人", "handOverWork": "移交工作", "fromPersonId": "移交人", "toPersonId": "接收人",
	"concludeInvestigation": "终结调查", "concludeMediation": "终结调解", "declineCase": "不予受理",
	"issueDecision": "出具处理意见", "openMediation": "启动调解", "recordConsent": "记录调解意愿", "recordFollowUp": "回访",
	"recordInvestigation": "记录调查", "recordService": "记录送达", "recordSession": "记录调解", "rejectClosure": "不同意终结",
	"reopenCase": "重新启动", "requestClosure": "申请结案", "scheduleSession": "安排调解", "transferCase": "转送",
	"verifyClosure": "同意终结", "withdrawCase": "撤回", "suspendClock": "中止计算", "resumeClock": "恢复计算",
	"recuseMediator": "调解员回避", "returnToCourt": "退回人民法院", "issueRecommendation": "发出调解建议", "replyRecommendation": "答复调解建议",
	"recordPerformance": "登记履行", "recordConfirmation": "登记司法确认",
	"dispatchCase": "派单", "replyDispatch": "回复派单", "returnDispatch": "退回派单", "raiseCase": "向上请办",
	"requestExtension": "申请延长", "decideExtension": "审批延长",
	"objectTransfer": "转送异议", "answerObjection": "答复转送异议", "decideCompetence": "指定受理", "agreed": "是否同意", "earlierCaseNumber": "原案件编号",
	"referCase": "导入法律途径", "acknowledgeReferral": "签收导入事项", "returnReferral": "退回导入事项",
	"recordReferralResult": "登记导入结果",
	"requestReview":        "请求复查", "issueReviewOpinion": "出具复查意见", "requestReReview": "请求复核",
	"issueReReviewOpinion": "出具复核意见", "newGrounds": "新的事实和理由", "lateReason": "逾期原因",
	"linkCases": "关联案件", "deferCase": "缓办", "decideDeferral": "审批缓办", "takeUpCase": "恢复办理",
	"newCaseId": "拆出案件", "received": "收到情况", "recordSampleFinding": "记录抽查结论", "mergeCase": "并案", "splitCase": "拆分",
	"attachDocument":     "附上材料",
	"revealPersonalData": "查看个人信息", "partyIds": "当事人", "purpose": "用途",
	"reportRetaliation": "反映打击报复", "answerRetaliation": "答复打击报复反映",
}

// word is a word in Latin letters with the blanks around it, or something quoted, which is
// left as it is.
var word = regexp.MustCompile(`"[^"]*"| ?[A-Za-z0-9_.-]+ ?`)

// inChinese puts a Chinese message's field names into the words that its readers know.
func inChinese(message string) string {
	return word.ReplaceAllStringFunc(message, func(found string) string {
		if label, known := fieldWords[strings.Trim(found, " ")]; known {
			return label
		}
		return found
	})
}
