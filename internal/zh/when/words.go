package when

import (
	"slices"
	"strings"

	"duban/store/ledger"
)

// undated types a text without any date: open, or review where a time is meant.
func (c *scan) undated() ledger.Deadline {
	s := strings.Trim(c.s, " .。,;、!?()-—/")
	if s == "" {
		return ledger.Deadline{Kind: ledger.DeadlineOpen}
	}
	if slices.Contains(doneCells, s) {
		return ledger.Deadline{Kind: ledger.DeadlineDone}
	}
	for _, w := range reviewWords {
		if strings.Contains(s, w) && !upper(s) && !strings.Contains(s, "不限") {
			return ledger.Deadline{Kind: ledger.DeadlineReview, Note: "“" + w + "”的日期需人工确认"}
		}
	}
	if strings.HasPrefix(s, "年前") {
		return ledger.Deadline{Kind: ledger.DeadlineReview, Note: "“年前”指元旦前还是春节前，需人工确认"}
	}
	if c.names {
		return ledger.Deadline{Kind: ledger.DeadlineOpen}
	}
	for _, w := range openWords {
		if strings.Contains(s, w) {
			return ledger.Deadline{Kind: ledger.DeadlineOpen}
		}
	}
	if len(s) <= 120 && event(s) {
		return ledger.Deadline{Kind: ledger.DeadlineReview, Note: "时间取决于其他事项，需人工确认"}
	}
	if slices.Contains(noneWords, s) {
		return ledger.Deadline{Kind: ledger.DeadlineOpen}
	}
	return ledger.Deadline{Kind: ledger.DeadlineOpen, Note: "未读出日期，按长期任务处理，请核对"}
}

// noneWords are whole cells that say that there is no time.
var noneWords = []string{"无", "暂无", "略", "不涉及", "无要求", "全程", "每时每刻", "平时"}

// upper reports whether the time is left to a higher level (执行上级规定).
func upper(s string) bool {
	return strings.Contains(s, "上级") || strings.Contains(s, "国家") || strings.Contains(s, "省")
}

// doneCells are whole cells that say that the matter is finished.
var doneCells = []string{
	"完成", "办结", "完毕", "已办", "已结", "办毕", "整改完成", "整改完毕", "整改到位", "已整改", "已落实", "已销号", "销号", "√", "✓", "✔", "已办完", "done", "已解决",
	"已全部完成", "完成整改", "全部完成", "已完成",
}

// reviewWords mean a time that neither the phrase nor the day of issue gives.
var reviewWords = []string{
	"待定", "另行通知", "另行确定", "另定", "合同约定", "合同工期", "合同期", "约定时间", "约定期限", "规定时限", "规定时间", "规定期限", "法定时限", "法定期限",
	"限期", "农历", "正月", "腊月", "冬月", "汛期", "汛前", "汛后", "两会", "党代会", "人代会", "暑期", "寒假", "暑假", "采暖季", "供暖季", "采暖期", "供暖期", "取暖季", "春耕", "秋收",
	"三夏", "三秋", "入冬", "入汛", "入夏", "开学", "高考", "今冬", "今春", "今夏", "今秋", "春季", "夏季", "秋季", "冬季", "节前", "本世纪", "周年", "换届",
	"防火期", "工期", "建设期", "建设周期", "枯水期", "丰水期", "旅游旺季", "学期", "学年", "春夏", "秋冬", "雨季", "封冻", "新中国成立", "建党", "建国", "时限内",
}

// openWords say that there is no date, even where 前 or 后 stands in the text.
var openWords = []string{
	"按", "根据", "执行", "依据", "依照", "结合", "条件成熟", "时机成熟", "条件具备", "条件允许", "适时", "视情", "长期", "常态", "持续", "同步", "立即", "立行", "即知即改",
	"尽快", "尽早", "及时", "随时", "定期", "日常", "经常", "目前", "当前", "今后", "逐步", "稳步", "分步", "分批", "近期", "后续", "提前", "前期", "先后", "全过程", "实时", "动态", "马上",
	"边查边改", "贯穿", "始终", "永久", "一直", "不断", "滚动", "应急", "必要时", "需要时", "不限", "事前", "事后", "前瞻", "前列", "无明确",
}

// event reports whether the text sets its time by an event: 上线前, 验收合格后.
func event(s string) bool {
	for _, e := range []struct{ word, notBefore, notAfter string }{
		{"前", "目当提此日从靠空面生眼先超朝往", "期瞻沿列景置提端后移进往台"}, {"后", "今然最落先售前滞此其善背幕随", "续期勤备半台方"},
		{"期间", "", ""}, {"之日", "", ""},
	} {
		k := strings.Index(s, e.word)
		if k <= 0 {
			continue
		}
		c := scan{s: s}
		if !strings.ContainsRune(e.notBefore, c.prev(k)) && !(k+3 < len(s) && c.follows(k+len(e.word), e.notAfter)) {
			return true
		}
	}
	return false
}

// pending drops the mentions of clauses that are finished (已于5月完成) and reports
// whether there were such clauses.
func (c *scan) pending(ms []mention) ([]mention, bool) {
	if !strings.Contains(c.s, "已") && !strings.Contains(c.s, "完") {
		return ms, false
	}
	done := false
	var out []mention
	next := 0
	for start := 0; start <= len(c.s); {
		end := len(c.s)
		if k := strings.IndexAny(c.s[start:], ",;。\n("); k >= 0 {
			end = start + k
		}
		finished := isDone(c.s[start:end])
		done = done || finished
		for next < len(ms) && ms[next].start < max(end, start+1) {
			if !finished {
				out = append(out, ms[next])
			}
			next++
		}
		start = end + 1
		if end < len(c.s) && c.s[end] >= 0x80 {
			start = end + len("。")
		}
	}
	out = append(out, ms[min(next, len(ms)):]...)
	lookBack := !slices.ContainsFunc(out, func(m mention) bool {
		return m.cycle != "" || m.bound != boundNone || m.p.bad != "" || m.p.to.After(c.ref) || m.p.to.IsZero()
	})
	if c.remark() || done && lookBack {
		return nil, true // 已完成(2018年6月)
	}
	return out, done
}

// remark reports whether a remark in brackets closes the matter: 2018年6月(已完成).
func (c *scan) remark() bool {
	k := strings.IndexByte(c.s, '(')
	if k <= 0 {
		return false
	}
	inner, rest, ok := strings.Cut(c.s[k+1:], ")")
	return ok && strings.Trim(rest, "。,;") == "" && isDone(inner)
}

// doneVerbs finish a matter wherever 已 stands before them, closeVerbs only at the end
// of the clause.
var (
	doneVerbs  = []string{"完成", "办结", "完结", "办毕", "整改到位", "整改完", "销号", "落实到位", "结案", "竣工", "建成", "完工"}
	closeVerbs = []string{"出台", "印发", "上线", "开通", "投用", "使用", "验收", "挂牌", "成立", "达标", "落实", "解决", "关停", "拆除", "取缔", "整改", "清零", "交付", "通车", "实现", "到位", "办理", "运行", "启用", "发布"}
)

func isDone(clause string) bool {
	clause = strings.Trim(clause, " .。!)")
	if slices.Contains(doneCells, clause) {
		return true
	}
	k := strings.Index(clause, "已")
	if k < 0 {
		return false
	}
	rest := clause[k+len("已"):]
	for _, w := range []string{"%", "部分", "基本", "近", "未", "百分之", "超过", "一半"} {
		if strings.Contains(rest, w) {
			return false
		}
	}
	for _, v := range doneVerbs {
		if n := strings.Index(rest, v); n >= 0 && n <= 60 {
			return true
		}
	}
	return endsWith(rest, closeVerbs...)
}
