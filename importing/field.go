package importing

// Field is what a column holds. Its value is the name by which a mapping file calls it.
type Field string

// The fields. The first four are required; a row with Reply and RepliedAt is an answered
// petition, one with neither is open.
const (
	FieldNumber       Field = "external_id"  // the issuing system's number of the petition
	FieldSubmittedAt  Field = "submitted_at" // when the office received it
	FieldTitle        Field = "title"
	FieldBody         Field = "body"
	FieldReply        Field = "reply"
	FieldRepliedAt    Field = "replied_at"
	FieldRegion       Field = "region"       // a place that the mapping file knows as a division
	FieldCategory     Field = "category"     // a category's code or label
	FieldType         Field = "type"         // suggestion, accusation or appeal
	FieldSource       Field = "source"       // the channel
	FieldSatisfaction Field = "satisfaction" // 1 (worst) to 5, or in words
	FieldName         Field = "submitter"
	FieldPhone        Field = "phone"
	FieldIDNumber     Field = "id_number"
	FieldAddress      Field = "address"
	// FieldIgnored is what a mapping file calls a column that is to be left out.
	FieldIgnored Field = "ignore"
)

var requiredFields = []Field{FieldNumber, FieldSubmittedAt, FieldTitle, FieldBody}

// builtInHeaders lists, for each field, the headers that offices use for it, the usual
// Chinese one first. They are compared after plainHeader.
var builtInHeaders = map[Field][]string{
	FieldNumber: {
		"留言编号", "信访编号", "信访件编号", "登记编号", "受理编号", "工单编号", "工单号", "来信编号", "事项编号", "案件编号", "编号",
		"external id", "number", "petition number", "petition id", "ticket", "ticket number", "case number", "id",
	},
	FieldSubmittedAt: {
		"留言时间", "信访时间", "信访日期", "登记时间", "登记日期", "来信时间", "来信日期", "来访时间", "来访日期", "来电时间", "提交时间", "收到时间", "收件时间", "反映时间", "诉求时间",
		"submitted at", "submitted", "received at", "received", "date received", "registered at", "created at",
	},
	FieldTitle: {
		"留言主题", "信访主题", "主题", "标题", "事由", "诉求标题", "工单标题", "信访事由", "问题标题",
		"title", "subject",
	},
	FieldBody: {
		"留言详情", "留言内容", "信访内容", "内容", "诉求内容", "反映内容", "反映问题", "反映事项", "主要诉求", "工单内容", "详情", "问题描述", "内容摘要", "信访事项",
		"body", "narrative", "content", "details", "description", "text", "message",
	},
	FieldReply: {
		"答复意见", "答复内容", "答复", "回复意见", "回复内容", "回复", "办理结果", "处理结果", "处理意见", "办结意见", "办理意见",
		"reply", "answer", "response", "official reply",
	},
	FieldRepliedAt: {
		"答复时间", "答复日期", "回复时间", "回复日期", "办结时间", "办结日期", "办理时间",
		"replied at", "replied", "answered at", "concluded at", "date answered",
	},
	FieldRegion: {
		"地区", "区域", "属地", "所属区域", "所在地区", "问题属地", "涉事地", "行政区划", "事发地",
		"region", "area", "district", "division",
	},
	FieldCategory: {
		"一级标签", "类别", "分类", "信访类别", "问题类别", "内容分类", "诉求类别", "留言类别",
		"category", "label",
	},
	FieldType: {
		"信访目的", "信访类型", "事项类型", "诉求类型",
		"type", "petition type", "kind",
	},
	FieldSource: {
		"信访形式", "信访渠道", "来源", "渠道", "诉求来源", "来件方式",
		"source", "channel",
	},
	FieldSatisfaction: {
		"满意度", "满意度评价", "评价", "办理结果满意度", "群众评价", "满意度评分",
		"satisfaction", "rating", "score",
	},
	FieldName: {
		"留言用户", "留言人", "信访人", "信访人姓名", "姓名", "来信人", "来访人", "诉求人", "反映人", "投诉人",
		"submitter", "name", "petitioner", "petitioner name",
	},
	FieldPhone: {
		"联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "电话号码",
		"phone", "telephone", "mobile", "phone number",
	},
	FieldIDNumber: {
		"身份证号", "身份证号码", "证件号码", "证件号",
		"id number", "identity number", "id card",
	},
	FieldAddress: {
		"住址", "地址", "联系地址", "居住地址", "家庭住址", "现住址",
		"address", "home address",
	},
}

// Fields lists all fields in the order in which documentation tells them.
func Fields() []Field {
	return []Field{
		FieldNumber, FieldSubmittedAt, FieldTitle, FieldBody, FieldReply, FieldRepliedAt, FieldRegion,
		FieldCategory, FieldType, FieldSource, FieldSatisfaction, FieldName, FieldPhone, FieldIDNumber, FieldAddress,
	}
}

// Headers lists the headers that are recognised for the field without a mapping file.
func (f Field) Headers() []string { return append([]string(nil), builtInHeaders[f]...) }

func (f Field) known() bool { return builtInHeaders[f] != nil || f == FieldIgnored }
