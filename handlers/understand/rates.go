package understand

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// How surely a percentage is the present progress of the task.
const (
	notOurs = iota - 1 // it is none, or another's
	strange            // it may be of something else: that is asked
	loose              // nothing speaks against it
	worded             // a word says so
	newer              // it is set against an older one, or said to be of the whole
)

// rated is a percentage with what stands beside it in its clause. What belongs to the
// percentage before it is not in before.
type rated struct {
	n             number
	c             clause
	from          int // where before begins
	before, after string
}

// rates are tried in their order; the first that holds decides.
var rates = []struct {
	why   string
	level int
	holds func(*utterance, *rated) bool
}{
	{"a part of the city", notOurs, func(_ *utterance, r *rated) bool {
		return hasAnySuffix(strings.TrimRight(r.before, " :已约达到为了是才"), "县", "区", "乡", "镇", "街道", "市本级")
	}},
	{"an order about other tasks beside the report", notOurs, func(u *utterance, r *rated) bool { return u.reachesOver(r.n) }},
	{"a share of people or things", notOurs, func(_ *utterance, r *rated) bool {
		return hasAnyPrefix(strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(r.after, "以上"), "左右"), "的"), "人口", "群众", "居民", "市民", "企业", "单位", "部门", "乡镇", "村", "社区", "街道", "学校", "医院", "事项", "系统", "用户", "人员", "户", "窗口", "业务", "办件", "设备", "点位", "网点", "农户", "老人", "学生", "干部", "党员")
	}},
	{"a share of a thing", notOurs, func(_ *utterance, r *rated) bool {
		return hasAnyPrefix(r.after, "计提", "报销", "扣", "提取", "收取", "返还", "赔付", "预付款", "付款", "尾款", "货款", "进度款", "工程款", "保证金", "款") ||
			hasAnyPrefix(r.after, inTasks...) && !containsAny(last(r.before, 8), rateWords...) && !containsAny(last(r.before, 8), "完成", "做", "推进", "搞", "弄", "到", "达")
	}},
	{"what is left to do", notOurs, func(_ *utterance, r *rated) bool {
		m := unmade.FindStringSubmatch(r.after)
		return m != nil && (m[1] != "" || hasAnySuffix(r.before, "还有", "尚有", "仍有"))
	}},
	{"surely, not wholly", notOurs, func(_ *utterance, r *rated) bool {
		return r.n.value == 100 && hasAnyPrefix(r.after, "没问题", "没有问题", "能", "会", "可以", "确定", "肯定", "放心", "支持", "配合", "同意", "满意", "按时", "按期", "保证", "有把握", "没戏", "完不成")
	}},
	{"hearsay", notOurs, func(u *utterance, r *rated) bool {
		heard := u.hearsay(r.c, r.before)
		u.heard = u.heard || heard
		return heard
	}},
	{"of others, or how far off", notOurs, func(_ *utterance, r *rated) bool {
		return containsAny(r.before, "别的单位", "其他单位", "别的部门", "人家", "隔壁", "兄弟单位") || hasAnySuffix(r.before, "离", "距", "距离") ||
			containsAny(r.before, "离完", "距完", "距离完", "离目标", "距目标", "距离目标", "离收尾", "离结束", "离验收", "离终验") && containsAny(r.before, "还", "尚", "差")
	}},
	{"of a time to come", notOurs, func(u *utterance, r *rated) bool {
		return u.comesLater(r.c.start, r.n.start) && !containsAny(r.before, "已", "目前", "现在", "了")
	}},
	{"of a stranger, or said to be wrong", notOurs, func(u *utterance, r *rated) bool {
		return u.ofStranger(r.c, r.n.start) || hasAnySuffix(r.before, "不要按", "别按", "不按", "不能按") || hasAnySuffix(r.before, outsiders...) || hasAnyPrefix(r.after, "不对", "不准", "不实", "有误", "是错", "作废", "不算数", "不作数", "收回", "撤回")
	}},
	{"a step, not a level", notOurs, func(_ *utterance, r *rated) bool {
		return r.n.minus || hasAnySuffix(r.before, "差", "缺", "欠", "剩", "剩下", "少了", "加", "加了", "涨", "涨了", "多了", "往前推了", "往前走了", "上涨", "追加")
	}},
	{"of another measure, or of money", notOurs, func(u *utterance, r *rated) bool {
		return ofOther(r.before) || ofMoney(r.before) || r.from > r.c.start && u.risen(r.c, r.before)
	}},
	{"the level that it came down to", worded, func(_ *utterance, r *rated) bool { return lowered(r.before) }},
	{"a change, a share or a price", notOurs, func(_ *utterance, r *rated) bool {
		return containsAny(last(r.before, 6), "又推进", "又完成", "推进了", "新增", "又", "增长", "提高了", "提升了", "下降", "增加", "降低", "同比", "环比", "上升", "高出", "低于", "占比", "不到", "不足", "没到", "未到", "不是", "没有", "减少", "下浮", "上浮", "优惠", "压缩", "削减", "精简", "缩减", "节约", "节省", "利率", "利息", "让利", "涨价", "降价", "还差", "还剩", "剩余", "只剩", "相差", "只差")
	}},
	{"an older level", notOurs, func(_ *utterance, r *rated) bool {
		return hasAnySuffix(r.before, "(原", "原为", "原是", "原报", "(上次", "(上月", "(上周") || containsAny(r.before, "上次", "原来", "之前", "此前", "上周", "上月", "上个月", "昨天", "前期", "原先", "以前", "本来", "旧的", "去年") && !containsAny(r.before, "现在", "目前", "眼下", "已")
	}},
	{"an aim", notOurs, func(_ *utterance, r *rated) bool {
		return hasAnySuffix(strings.TrimRight(r.before, "是为达到应该在要: "), "序时进度", "时序进度", "时间进度") || containsAny(planned.Replace(r.before), "原定", "约定", "规定", "应完成", "应达", "按理", "照理", "理应", "按说", "须完成", "要完成", "需完成", "必须", "应当", "不低于", "目标", "预计", "争取", "力争", "计划", "要求", "应该达到", "确保", "预期", "下周", "下月", "下一步", "月底", "年底", "准备", "打算", "可以达到", "能达到", "能到", "可以到", "将达到", "希望") &&
			!containsAny(r.before, "已", "目前", "现在", "眼下") && !(strings.Contains(r.before, "完成") && strings.HasSuffix(r.before, "的"))
	}},
	{"what was reached within the task", notOurs, func(_ *utterance, r *rated) bool {
		return hasAnyPrefix(r.after, "全覆盖", "覆盖", "接入", "对接", "上线", "达标", "合格", "满意", "整改", "到位", "网办", "实现", "可办", "入库", "归集", "上网", "落地", "开通")
	}},
	{"a share of what follows", notOurs, func(_ *utterance, r *rated) bool {
		return strings.HasPrefix(r.after, "的") && !hasAnySuffix(r.before, "完成了", "完成") &&
			!(hasAnyPrefix(r.after, "的进度", "的任务", "的工作", "的量", "的目标", "的样子", "的进展", "的内容", "的建设") && (r.before != "" || hasAnyPrefix(r.after, "的进度", "的进展", "的样子")))
	}},
	{"the level that it came from", notOurs, func(_ *utterance, r *rated) bool {
		return (strings.Contains(r.before, "从") || strings.HasPrefix(r.before, "由") || strings.HasSuffix(r.before, "由")) && !containsAny(r.before, "到", "至")
	}},
	{"the level that it came to", newer, func(_ *utterance, r *rated) bool {
		return r.from > r.c.start && hasAnySuffix(r.before, "到", "至", "到了", "到现在", "→", ">", "变成", "变为")
	}},
	{"of the whole", newer, func(_ *utterance, r *rated) bool {
		return containsAny(r.before, "整体", "总体", "总进度", "综合进度", "平均下来", "平均起来", "综合下来", "综合起来", "综合看", "综合来看", "任务进度", "总的", "累计", "一共完成", "总共完成", "合计")
	}},
	{"of this period, beside the whole", notOurs, func(u *utterance, r *rated) bool {
		return containsAny(r.before, "本月", "本周", "今天", "这周", "当月", "这个月", "本季度", "今年") && len(u.nums) > 1 && strings.Contains(u.s, "累计")
	}},
	{"a share of something else", notOurs, func(u *utterance, r *rated) bool { return strings.HasSuffix(r.before, "的") && u.estranged(r) }},
	{"of one part of it", strange, func(_ *utterance, r *rated) bool { return parted.MatchString(r.before) }},
	{"of something else, perhaps", strange, (*utterance).estranged},
	{"of a stage", loose, func(u *utterance, r *rated) bool { return u.beside(r, progressFronts) }},
	{"the present level", newer, func(_ *utterance, r *rated) bool {
		return containsAny(r.before, "应该是", "应为", "改为", "改成", "更正为", "实际是", "其实是", "现在", "目前", "眼下", "更新为", "更新到")
	}},
	{"a word of progress before it", worded, func(_ *utterance, r *rated) bool {
		return containsAny(last(r.before, 8), rateWords...) || containsAny(last(r.before, 6), "完成", "总体", "整体", "做了", "搞了", "弄了", "干了", "推进")
	}},
}

// progressFronts may stand before the percentage of the task itself: words of progress and
// of saying so. stageFronts are those with the stages and things of any task, whose level
// may be told as its own.
var (
	stageFronts    = joinLists(progressFronts, stages, inTasks)
	progressFronts = joinLists(rateWords, rateLinks, doneSubjects, []string{
		"完成", "进展", "眼下", "往回调到", "调回", "软件的话", "硬件的话", "系统的话", "平台的话", "进度的话", "目前的话", "现在的话", "整体的话", "搞掂", "咗", "整得", "弄得", "估摸", "整了", "编目", "编好", "编完", "编了", "写好", "写完", "写了", "建好", "建成", "建完", "建了", "做好", "做完", "做成", "弄好", "弄完", "搞好", "搞完", "改好", "改完", "整好", "达", "估计", "估摸着", "做", "搞", "弄", "干", "累计", "总体", "大概", "合计", "左右", "推进", "目标", "实际", "提高", "提升", "超过", "超", "从", "由", "变成", "变为", "回退", "改", "调整", "更正", "更应",
		"说明", "截止", "数据", "仍", "还", "不对", "没变", "零", "好像", "感觉", "差不多", "将近", "快", "大致", "年度", "计划", "他们", "它", "今年", "如果", "怎么", "为什么", "什么", "显示", "帮", "替", "说", "想说", "呃", "上报", "报", "一律", "那个", "report", "http", "本月", "本周", "向", "您", "试运行", "运行", "年", "月", "号", "日",
	})
)

// planned are plans that are papers, no aims.
var planned = blankers("学习计划 工作计划 行动计划 实施计划 立法计划 培训计划 采购计划")

// stages are what the work of a task is made of.
var stages = []string{"开发", "建设", "改造", "编制", "起草", "调试", "部署", "整改", "绑定", "导入", "录入", "迁移", "对接", "联调", "研发", "设计", "修订", "征求意见", "摸底", "排查", "梳理", "归集", "推广", "发放", "工程", "形象", "项目", "硬件", "主体", "量", "人员", "清单", "报告", "初稿", "第", "个", "节点", "阶段", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}

// reachesOver reports whether words behind an older percentage want this one for other tasks:
// 进度70%，顺便把任务35改成100%.
func (u *utterance) reachesOver(n number) bool {
	from, other := 0, false
	for _, p := range u.nums {
		if p.end > n.start {
			break
		}
		if p.kind == numPercent {
			from, other = p.end, false
		}
		other = other || p.kind == numTask
	}
	between := u.s[from:n.start]
	return from > 0 && containsAny(between, "把", "将", "给", "让") && (other || containsAny(between, "其它", "其他", "别的", "所有", "全部", "剩下", "剩余", "其余", "都"))
}

// estranged reports whether more stands between the task and the percentage than what may
// be said of its progress.
func (u *utterance) estranged(r *rated) bool { return u.beside(r, stageFronts) }

// beside reports whether more than the allowed words stands between the task and the
// percentage.
func (u *utterance) beside(r *rated, allowed []string) bool {
	from := r.from
	for _, n := range u.nums {
		if n.kind == numTask && n.end <= r.n.start {
			from = max(from, n.end)
		}
	}
	if at := strings.LastIndex(u.s[from:r.n.start], "@"); at >= 0 { // somebody is mentioned
		if blank := strings.Index(u.s[from+at:r.n.start], " "); blank >= 0 {
			from += at + blank
		}
	}
	return hanCount(u.leftover(r.c, from, r.n.start, allowed)) >= 2
}

// parted names one part of a task beside others.
var parted = regexp.MustCompile(`[一二三四五六]期|其中|标段|第[一二三四五六]批|子系统|子项|子任务|单项|其他|有的`)

// unmade matches what is said behind a share that is not done yet.
var unmade = regexp.MustCompile(`^的?(?:任务|工作量|工作|内容)?(?:还|尚|仍|一直)?(?:没有|没|未)(完成|做|弄|办|搞|干|开展|实施|落实|建)?`)

// joinLists makes one list of several.
func joinLists(lists ...[]string) (out []string) {
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

// rate weighs how surely a percentage is the present progress, and keeps why it is not.
func (u *utterance) rate(n number) int {
	r := rated{n: n, c: u.clauseAt(n.from)}
	r.from = r.c.start
	for _, p := range u.nums {
		if p.kind == numPercent && p.end <= n.start && p.end > r.from {
			r.from = p.end
		}
	}
	if n.start > r.from {
		r.from = u.pass(u.pause(r.from, n.start), n.start)
	}
	r.before, r.after = u.s[r.from:max(n.start, r.from)], u.s[min(n.end, r.c.end):r.c.end]
	r.before = strings.ReplaceAll(r.before, "目标任务", "任务") // the office's word for the task, no aim
	if a, b := u.titlePiece(); b > a {
		r.before = strings.Replace(r.before, u.s[a:b], "任务", 1) // 立法计划 in a title is no plan
	}
	for i := range rates {
		if rule := &rates[i]; rule.holds(u, &r) {
			if rule.level <= strange {
				u.unrated = rule.why
			}
			return rule.level
		}
	}
	return loose
}

// comesLater reports whether a day or a time yet to begin stands in s[from:to].
func (u *utterance) comesLater(from, to int) bool {
	for _, d := range u.days {
		begin := d.to
		if dated(d.from) {
			begin = d.from
		}
		if d.start >= from && d.end <= to && begin.Compare(u.today()) > 0 && !containsAny(u.s[d.start:d.end], "今", "本", "这") {
			return true
		}
	}
	return false
}

// last returns the last n characters of s.
func last(s string, n int) string {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return s[i:]
}

// first returns the first n characters of s.
func first(s string, n int) string {
	i := 0
	for ; n > 0 && i < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return s[:i]
}
