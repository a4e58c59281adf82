package understand

import (
	"regexp"
	"strings"
)

// things are what a task is about: what happens to them does not happen to the task.
var things = []string{"经费", "预算", "尾款", "货款", "工期", "供货", "需求", "代码", "功能", "场地", "人手", "骨干", "资料", "材料", "设备", "数据", "文件", "合同", "方案", "资金", "图纸", "档案", "账号", "手续", "权限", "证书", "款项", "接口", "软件", "图斑", "样本", "线索", "案卷", "卷宗", "申请表"}

// events of a task may move without it.
var events = []string{"会议", "仪式", "论坛", "活动", "考核", "督查", "巡察", "面试", "开班", "评审", "签订", "签约", "验收", "开标", "招标", "投标", "采购", "交付", "交货", "到货", "发货", "付款", "上线", "测试", "安装", "培训", "考试", "检查", "施工", "服务器", "系统", "平台", "机房", "网络", "页面", "界面", "版本", "数据库", "合作", "谈判"}

// outsiders are people of a task who are neither the speaker nor the bot.
var outsiders = []string{"供应商", "厂家", "厂商", "施工", "承建", "中标", "对方", "乙方", "甲方", "监理", "开发商", "公司", "运营商", "合作方", "专家", "客户", "企业", "外包", "物业", "用户", "群众", "老百姓", "居民", "业主", "家长", "患者", "旅客"}

// superiors and third persons decide by themselves; what they do is told.
var superiors = []string{"领导", "局长", "主任", "书记", "市长", "县长", "区长", "处长", "科长", "秘书长", "上级", "省里", "市里", "部里", "他", "她", "他们", "人家", "老板", "那边"}

// inTasks is all that may stand in a task without being it.
var inTasks = append(append(append([]string{}, things...), events...), outsiders...)

// counters are the measure words of things; months and days measure time.
var counters = compile(`^[余多]?(?:个(?:[^月工星小季]|$)|家|万|亿|条|人|台|套|份|户|批|件|名|篇|场|张|座|辆|幢)`)

// counts reports whether the words count something (导入历史数据20万条): they tell, and
// order or look up nothing.
func (u *utterance) counts() bool { return u.countsIn(clause{end: len(u.s)}) }

func (u *utterance) countsIn(c clause) bool {
	for _, n := range u.nums {
		if n.kind == numQuantity && n.value > 1 && n.start >= c.start && n.end <= c.end && n.end-n.start < 12 && u.matches(counters, u.s[n.to:]) &&
			!hasAnySuffix(u.s[:n.from], "最近", "近", "这", "上", "前", "后", "第", "哪", "倒数") && !hasAnyPrefix(u.s[n.to:], "个任务", "条任务", "件事") {
			return true
		}
	}
	return false
}

// ended matches a verb in the perfect with what it was done to: 查看了现场.
var ended = regexp.MustCompile(`\p{Han}了[^吗没吧呢啊嘛么的,，。?!]{2,}`)

// perfect reports whether the clause tells what was done.
func perfect(c clause) bool {
	return !c.asks && ended.MatchString(c.text) && !strings.Contains(c.text, "为了") && !strings.Contains(c.text, "了解") && !strings.Contains(c.text, "算了") && !strings.Contains(c.text, "除了")
}
