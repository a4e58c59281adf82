package seeds

import (
	"strings"
	"unicode/utf8"

	"duban/internal/zh"
)

// kind is what a column, or a label before a colon, holds.
type kind uint8

const (
	kindNone     kind = iota
	kindNo            // 序号
	kindCategory      // 类别, 工程
	kindTitle         // 重点任务
	kindDetail        // 工作措施, 目标要求
	kindOwner         // 责任单位
	kindLead          // 牵头单位
	kindSupport       // 配合单位
	kindVerify        // 督导单位
	kindPerson        // 责任领导
	kindTime          // 完成时限
	kindStart         // 开始时间
	kindPeriod        // 一季度, 1月: targets by period, read as steps
	kindNote          // 备注, 进展情况
	kindGiven         // 交办日期: the day from which the row's periods count
	kindUnit          // a unit's own column, with marks below
)

// The words of header cells and labels, folded and without blanks. An exact word
// decides; else the first rule of headerRules whose words all occur.
var headerWords = map[kind][]string{
	kindNo: {"提案号", "建议号", "案号", "件号", "序号", "编号", "号", "序", "项次", "项目序号", "任务序号", "任务编号", "项目编号", "no", "no.", "#"},
	kindCategory: {"类别", "类型", "分类", "工程", "领域", "板块", "专项", "章节", "一级指标", "任务类别", "项目类别", "重点领域", "所属工程", "工作类别", "事项类别",
		"工程名称", "行动", "方面", "工作板块", "工作领域", "大类", "任务分类", "项目类型", "工作分类", "任务来源", "来源", "文件依据", "条款", "对应条款", "指标", "考核指标", "指标名称", "评价指标", "监测指标",
		"考核项目"},
	kindTitle: {"任务", "事项", "内容", "项目", "问题", "举措", "任务名称", "重点任务", "工作任务", "主要任务", "工作内容", "工作事项", "重点工作", "项目名称", "任务内容",
		"整改问题", "存在问题", "反馈问题", "问题清单", "改革任务", "目标任务", "具体任务", "建设内容", "重点事项", "工作项目", "工作举措", "主要举措", "具体举措", "工作要点",
		"任务清单", "督查事项", "督办事项", "实事项目", "主要内容", "重点项目", "任务事项", "任务描述", "工作名称", "问题描述", "具体问题", "主要问题", "重点任务名称",
		"具体内容", "任务分解", "工作重点", "改革事项", "交办事项", "承办事项", "决策事项", "议定事项", "二级指标", "三级指标", "任务要求", "具体事项", "名称", "责任事项", "工作安排",
		"重点举措", "任务举措", "任务措施", "任务细化", "细化任务", "分解任务", "整改任务", "整改事项", "反馈意见", "民生实事", "实事内容", "标题", "提案标题", "建议标题", "提案题目", "案由", "提案内容", "建议内容", "诉求内容", "主要诉求", "反映问题", "批示内容", "批示事项", "办理事项", "交办内容", "指标名称", "考核指标", "指标内容", "审议意见", "牵头任务", "牵头事项", "牵头工作", "主办事项", "意见建议", "巡察意见", "督察意见", "项目内容", "工作清单"},
	kindDetail: {"整改措施", "办理措施", "工作措施", "工作目标", "目标要求", "工作要求", "具体措施", "整改目标", "主要措施", "预期成果", "成果形式", "年度目标", "工作标准", "完成标准",
		"主要指标", "目标", "措施", "要求", "标准", "成果", "工作成果", "推进措施", "落实措施", "验收标准", "量化目标", "具体要求", "年度任务", "整改要求", "整改内容",
		"目标值", "阶段目标", "预期目标", "成效", "考核标准", "工作思路", "建设规模", "总投资", "阶段性目标", "销号标准", "整改标准", "具体目标", "任务目标", "整改结果", "年度工作目标"},
	kindOwner: {"责任", "责任单位", "责任部门", "承办单位", "落实单位", "实施单位", "责任主体", "主管部门", "负责单位", "责任科室", "承办部门", "负责部门", "责任处室", "实施主体",
		"整改责任单位", "完成单位", "主管单位", "责任科(室)", "单位", "部门", "主要责任单位", "责任(牵头)单位", "牵头(责任)单位", "责任单位(部门)", "责任分工", "分工", "承办科室",
		"整改单位", "整改主体", "业主单位", "项目业主", "建设单位", "责任处(科)室", "办理单位", "落实部门", "实施部门", "责任机构"},
	kindLead: {"牵头", "主办", "牵头单位", "牵头部门", "主办单位", "牵头责任单位", "主办部门", "牵头科室", "牵头处室", "主要责任部门", "主责单位", "主责部门", "第一责任单位",
		"牵头责任部门", "主体责任单位", "牵头负责单位", "主要牵头单位"},
	kindSupport: {"配合", "协办", "配合单位", "协办单位", "协同单位", "参与单位", "配合部门", "协作单位", "协助单位", "参加单位", "协同部门", "协办部门", "配合科室", "参与部门",
		"成员单位", "配合责任单位", "共同责任单位", "支持单位", "联动单位", "会办单位", "会办部门", "会办"},
	kindVerify: {"督导单位", "督办单位", "督查单位", "验收单位", "监督单位", "督导部门", "督办部门", "销号单位", "验收部门", "监管单位", "督促单位", "督导责任单位", "考核单位", "督导"},
	kindPerson: {"组长", "专班组长", "召集人", "责任领导", "责任人", "分管领导", "牵头领导", "负责人", "牵头负责领导", "包联领导", "主要负责人", "牵头市领导", "分管市领导", "挂钩领导", "包抓领导", "联系领导",
		"市领导", "县领导", "区领导", "牵头人", "整改责任人", "具体责任人", "督导领导", "市级领导", "县级领导", "区级领导", "责任县领导", "责任市领导", "分管负责人", "挂联领导"},
	kindTime: {"时限", "时间", "期限", "时间要求", "完成时限", "完成时间", "整改时限", "时间节点", "办结时限", "时间安排", "时限要求", "计划完成时间", "完成期限", "整改期限",
		"时间进度", "工作时限", "进度安排", "起止时间", "完成日期", "整改时间", "办理时限", "实施时间", "计划时间", "节点", "推进时间", "进度要求", "完成节点", "截止时间", "截止日期", "建设期限",
		"实施期限", "建设年限", "建设时间", "整改完成时限", "整改完成时间", "任务时限", "预计完成时间", "拟完成时间", "完成时限要求", "时间计划", "工期", "实施年限", "起止年限", "建设周期", "节点要求", "计划进度",
		"完成", "办结", "竣工", "办结时间", "落实时限", "实施时限", "目标时限", "完成时点", "时间表"},
	kindStart:  {"启动", "开始", "开工", "开始时间", "启动时间", "开工时间", "起始时间", "开始日期"},
	kindPeriod: {"一季度", "二季度", "三季度", "四季度", "上半年", "下半年"},
	kindNote: {"备注", "进展情况", "完成情况", "整改情况", "联系人", "联系电话", "落实情况", "工作进展", "进度", "目前进展", "当前进展", "推进情况", "整改进展", "联络员", "电话", "说明", "存在困难",
		"配合任务", "配合事项", "配合工作", "协办事项", "是否完成", "状态", "办理情况", "完成率", "得分", "分值", "权重", "销号情况", "附注", "目前状态", "进展", "整改完成情况"},
}

// givenWords are the headings of the day on which a row was handed out.
var givenWords = []string{"交办日期", "交办时间", "下达日期", "下达时间", "立项日期", "立项时间", "收文日期", "收文时间", "受理日期", "受理时间", "转办日期", "转办时间", "派发日期", "派发时间", "派单日期", "派单时间", "批示日期", "批示时间", "登记日期", "登记时间"}

// headerRules decide about words that headerWords does not list.
var headerRules = []struct {
	kind kind
	any  []string
}{
	{kindOwner, []string{"单位、责任人", "单位、负责人", "单位(人", "部门、责任人", "科室、责任人", "科室、负责人", "处室、责任人", "股室、责任人", "机构、责任人"}},
	{kindPerson, []string{"责任人、联系", "责任人、电话", "负责人、联系", "负责人、电话", "责任人(联系", "责任人(电话", "负责人(联系", "负责人(电话"}},
	{kindNote, []string{"批示领导", "签批领导", "批示人", "交办领导", "交办人", "提案人", "领衔", "来文", "来信", "反映人", "诉求人", "投诉人"}},
	{kindNote, []string{"方式", "频次", "形式", "渠道"}},
	{kindNote, []string{"进展", "情况", "备注", "联系", "实际"}},
	{kindPeriod, []string{"季度", "月份"}},
	{kindVerify, []string{"督导", "督办", "督查", "验收", "监督"}},
	{kindPerson, []string{"领导", "责任人", "负责人"}},
	{kindStart, []string{"开始", "启动"}},
	{kindGiven, givenWords},
	{kindTime, []string{"时限", "时间", "期限", "日期"}},
	{kindSupport, []string{"配合", "协办", "协同", "参与", "会办"}},
	{kindOwner, []string{"责任(牵头)", "责任单位(", "责任部门("}},
	{kindLead, []string{"牵头", "主办"}},
	{kindOwner, []string{"责任单位", "责任部门", "承办", "责任科室", "责任主体", "落实单位", "实施单位"}},
	{kindDetail, []string{"措施", "目标", "要求", "标准", "成果"}},
	{kindCategory, []string{"类别", "领域", "工程", "来源", "出处"}},
	{kindTitle, []string{"任务", "事项", "工作内容", "项目名称", "问题"}},
	{kindDetail, []string{"内容", "计划", "步骤", "做法"}},
}

// headerIndex turns headerWords around. It is built on use: a few hundred words.
func headerIndex() map[string]kind {
	out := make(map[string]kind, 400)
	for k, words := range headerWords {
		for _, w := range words {
			out[squeeze(w)] = k
		}
	}
	return out
}

// squeeze is the form in which header words and labels are compared.
func squeeze(s string) string {
	s = strings.ToLower(zh.Fold(s))
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\n', '\t', ':', '*', '“', '”':
			return -1
		case '〔':
			return '('
		case '〕':
			return ')'
		case '/', '及', '和', '、':
			return '、'
		}
		return r
	}, s)
}

// headings recognises header words.
type headings struct{ index map[string]kind }

func newHeadings() headings { return headings{headerIndex()} }

// of returns what a header cell announces, or kindNone.
func (h headings) of(text string) kind {
	w := squeeze(text)
	base, _, _ := strings.Cut(w, "(")
	if w == "" || utf8.RuneCountInString(base) > 16 || utf8.RuneCountInString(w) > 36 {
		return kindNone
	}
	if k, ok := h.index[w]; ok {
		return k
	}
	if strings.ContainsAny(w, "。,;.") && !strings.HasPrefix(w, "no") {
		return kindNone
	}
	if strings.HasSuffix(base, "编号") || strings.HasSuffix(base, "序号") { // 问题编号, 信访件编号
		return kindNo
	}
	if isPeriodHeading(text) {
		return kindPeriod
	}
	for _, rule := range headerRules {
		for _, word := range rule.any {
			if strings.Contains(w, word) && utf8.RuneCountInString(base) <= 10 {
				return rule.kind
			}
		}
	}
	if k, ok := h.index[base]; ok {
		return k
	}
	return kindNone
}

// exact is of without the rules: the word itself must be known, as in glued
// headers where any piece of prose would match a rule.
func (h headings) exact(word string) kind { return h.index[word] }

// isOwner reports whether the kind names units or persons.
func (k kind) isOwner() bool {
	return k == kindOwner || k == kindLead || k == kindSupport || k == kindVerify || k == kindPerson
}

// field is the column name under which the owner language knows the kind.
func (k kind) field() string {
	switch k {
	case kindLead:
		return "牵头单位"
	case kindSupport:
		return "配合单位"
	case kindVerify:
		return "督导单位"
	case kindPerson:
		return "责任领导"
	}
	return "责任单位"
}
