package understand

import (
	"strings"
	"unicode/utf8"
)

// claim is what a text says about being finished.
type claim uint8

const (
	claimNone    claim = iota
	claimDone          // it says that the task is finished
	claimPartial       // a step, a share, almost
	claimDenied        // not finished
	claimFuture        // will be, can be, should be
	claimDoubt         // somebody says, maybe, if
	claimAsked         // is it finished?
	claimClose         // asks to have it closed (申请办结, 标记为完成)
)

// doneWords say that something is finished. Longer ones first.
var doneWords = []string{"正式结项", "已结项", "已经结项", "结项了", "顺利结项", "通过结项", "结项完成", "正式结题", "已结题", "结题了", "已落实到位", "已经落实到位", "全部落实到位", "都落实到位", "已落实完", "已落实", "已经落实", "全部落实", "都落实", "完活", "已办结", "办结", "结案", "搞定", "搞掂", "搞完", "搞好", "做完", "办完", "弄完", "弄好", "做好", "办好", "办妥", "办成", "弄妥", "完工", "完结", "完事", "竣工", "销号", "销账", "落实到位", "落实完", "整完", "整好", "忙完", "干完", "编完", "写完", "建完", "建成", "建好", "收官", "齐活", "妥了", "结束了", "完毕", "完成", "弄停当", "收工", "了结", "交差", "结了", "清零", "见底", "finished", "done", "completed", "complete", "完了", "好了", "全完", "大功告成", "告成", "画上句号", "画了句号", "画句号", "杀青", "ok了", "ok啦", "搞撑", "搞归一", "弄归一", "做晒", "搞晒", "办晒", "搞清爽", "弄清爽", "办清"}

// closing asks outright to have the task closed.
var closing = []string{"完可以交差", "完能交差", "完可以收工", "完了可以交差", "申请办结", "申请销号", "申请结案", "请予销号", "请办结", "请予办结", "标记为完成", "标记完成", "标为完成", "标成完成", "记为完成", "记完成", "设为完成", "设成完成", "改为已完成", "改成已完成", "改为完成", "改成完成", "点击完成", "点一下完成", "点个完成", "提请办结", "可以销号", "可以办结", "可以结案", "可以结了", "可以画句号", "可以画上句号", "可以收尾了", "可以关闭了", "可以销账", "能销号了", "标记为已完成", "标记成完成", "标记已完成", "置为完成", "打勾", "算完成吧", "算它完成", "办结吧", "结案吧", "销号吧", "给销了", "给结了", "申报办结", "提交办结", "更新为已完成", "状态改完成", "状态改为已办结", "改为已办结", "改成已办结", "标记为已办结", "标记办结", "设为已完成", "标为已完成", "mark as done", "mark done", "打钩", "做办结", "作办结", "作完成处理"}

// innocent words hold 要, 会, 能, 将, 未, 快 or 没 without denying or promising.
var innocent = blankers("总算是 比计划提前 比原计划提前 比预计提前 比预期提前 较计划提前 较原计划提前 早于计划 早于原计划 早于预期 比计划早 比原计划早 比预计早 比预期早 比计划快 当前 当日 当天 当月 当时 当年 当中 当地 适当 相当 恰当 重要 要求 要点 纪要 会议 会签 会审 会商 大会 委员会 常务会 功能 智能 职能 性能 能力 加快 快速 快捷 等级 等电子 等单位 等部门 等市级 未来 没问题 不错 不少 对应 应用 响应 供应 相应 适应 社会 协调会 推进会 调度会 部署会 启动会 评审会 专题会 座谈会 论证会 培训会 会计 可视 不动产 不见面 无差别 最多跑一次 没有遗留 没活了 没活儿了 没啥活 没什么活 没事了 没啥事 没尾巴 没有尾巴 不留尾巴 无尾巴 没别的了 计划印发了 计划下发了 计划发布了 计划通过了 没有问题 没有发现 没有异议 没有其他 没有出现 没有意见 没有任何 没任何问题 没啥问题 没什么问题 没有什么问题 没有啥问题 没毛病 没有拖 没有耽误 没耽误 没拖 没有逾期 没有超期 没有延期 无逾期 没逾期 无一 没有困难 没困难 无困难 没有障碍 没有发生 未发生 未出现 未发现 无遗留 无问题 没出 一次性 准确 标准 水准 批准 机会 刚才 人才 不好意思 分别 级别 特别 类别 区别 个别 识别 别的 尽管 总结了 团结了 集结了 凝结了 缔结了 聘请 请示 邀请 需求 催收 让利 等等 隔离 距离 会展 能源 节能 可靠 可研 可行性 应急 反应 不断 不仅 不但 未成年 没关系 无线 无人 快报 快递 将来 会同 会上 会后 开会 晚会")

// blankers maps every listed word to blanks of the same size.
func blankers(words string) *strings.Replacer {
	var pairs []string
	for w := range strings.FieldsSeq(words) {
		pairs = append(pairs, w, strings.Repeat("〇", runeLen(w)))
	}
	return strings.NewReplacer(pairs...)
}

var (
	denies   = []string{"没", "未", "尚", "不算", "无法", "不能", "难以", "谈不上", "不曾", "离", "距", "不是", "并非", "别", "莫", "勿", "唔", "冇", "弗", "勿曾", "不要", "无", "还差", "不敢说", "不敢讲", "不能说", "算不上", "称不上", "说不上", "不想", "不该", "不应", "不可", "不准", "不许", "不得", "不宜", "不予", "not"}
	hedges   = []string{"立项", "个人", "差一点", "差点", "差些", "险些", "子任务", "子系统", "子平台", "子模块", "子项", "分项", "其中", "基本", "差不多", "快", "大部分", "大体", "大致", "接近", "几乎", "初步", "主体", "阶段", "部分", "一半", "多数", "大半", "眼看", "我们这", "我这", "单位这", "局这", "这边", "这块", "这头", "中心这", "我方", "我们负责", "一期", "第一期", "初稿", "框架", "算是", "勉强", "将近", "绝大", "大头", "总体上", "总的", "半数", "多半", "八九", "七七八八", "主要", "almost", "mostly", "近乎", "前期"}
	promises = []string{"就该", "早该", "本该", "也该", "原该", "就算", "才算", "后就", "后请", "后才", "完就", "完才", "预计", "争取", "力争", "计划", "打算", "准备", "可以", "能", "会", "将", "要", "有望", "确保", "保证", "尽", "抓紧", "目标", "希望", "请", "务必", "必须", "应", "需", "等", "待", "直到", "才", "拟", "马上", "立马", "就快", "可望", "即将", "下周", "下月", "下个月", "明年", "有信心", "承诺", "努力", "will", "should", "by ", "催", "让", "叫", "督促", "推动", "加紧", "赶紧", "赶快", "早日", "早点", "快点", "直至"}
	doubts   = []string{"恭喜", "祝贺", "如果", "要是", "若", "假如", "一旦", "万一", "听说", "据说", "以为", "好像", "应该", "可能", "大概", "估计", "似乎", "也许", "说是", "他们说", "不知", "不清楚", "不确定", "假设", "只要", "倘若", "的话", "貌似", "怕是", "恐怕", "说任务", "说我们", "告诉我", "问我", "问任务", "有人说", "反映", "据悉", "说已", "说都", "说完", "除非", "虽然", "当", "if ", "maybe"}
	// firmDoubts leave open whether it will be at all.
	firmDoubts = []string{"如果", "要是", "若", "假如", "一旦", "听说", "据说", "以为", "好像", "似乎", "不知", "不清楚", "不确定"}
	afterNoun  = []string{"撤", "取消", "推翻", "收回", "改回", "汇报材料", "汇报稿", "报告写", "报告已", "报告还", "报告正", "报告在", "总结", "请示", "资料", "建议", "意见", "设想", "思路", "节点", "形式", "依据", "证明", "率", "情况", "时间", "时限", "日期", "期限", "后", "前", "之", "度", "时", "比例", "的任务", "的有", "的是", "的事", "的几", "的都", "的单位", "质量", "标准", "过程", "情形", "状态", "状况", "数", "量", "得怎", "得如", "得咋", "得好", "不了", "不掉", "不成", "件", "的那", "的数", "的项", "的百分", "得最", "最", "没", "人", "方", "通知", "单", "材料", "手续", "申请", "的"}
	contrasts  = []string{"后补", "再补", "天补", "周补", "但", "不过", "可是", "只是", "就差", "只差", "还差", "还剩", "就剩", "只剩", "剩点", "就等", "只等", "除了", "剩下", "尚", "还没", "未", "没有", "没", "待", "还需", "还要", "还有", "仍", "下一步", "接下来", "就缺", "还缺", "等市", "等着", "然后等", "需要", "正在", "还在", "后续", "其余", "其他", "另外", "剩余", "可惜", "然而", "坏了", "赶不上", "来不及", "出问题", "故障", "失败", "崩了", "预计", "争取", "准备", "计划", "下周", "下月", "下个月"}
)

// judge weighs every done word and sums up; the most careful reading wins.
func (u *utterance) judge() claim {
	if u.closes {
		return claimClose
	}
	s := innocent.Replace(u.s)
	sum := claimNone
	close := false
	for _, w := range closing {
		if i := strings.Index(u.s, w); i >= 0 {
			close = true
			c := u.clauseAt(i)
			if c.asks {
				return claimAsked
			}
			if u.futureBefore(c.start, i) || strings.HasSuffix(s[c.start:i], "后") || containsAny(strings.ReplaceAll(s[c.start:i], "再次", ""), "准备", "打算", "计划", "拟", "预计", "争取", "力争", "过几天", "以后", "之后", "再", "才能", "才可以", "就可以", "快") {
				sum = claimFuture
				continue
			}
			if containsAny(s[c.start:i], "没", "不要", "别", "不能", "未", "不可", "不应", "如果", "等", "怎么", "不该") {
				return claimDenied
			}
			sum = claimClose
		}
	}
	for i := 0; i < len(s); {
		w := doneAt(s[i:])
		if w == "" {
			i++
			continue
		}
		v := u.weigh(s, i, w)
		if sum != claimClose || v == claimAsked || v == claimDoubt {
			sum = careful(sum, v)
		}
		i += len(w)
	}
	if (sum == claimDone || sum == claimClose) && (u.contrast(s) || u.doubt || u.percent != nil && *u.percent < 100) {
		return claimPartial
	}
	if sum == claimDoubt && containsAny(s, "实际", "其实", "事实上") && u.contrast(s) {
		return claimDenied // 以为完成了，其实还差一截
	}
	if close && sum == claimDone {
		return claimClose
	}
	return sum
}

// doneByFirst holds the done words by their first character, in their order.
var doneByFirst = func() map[rune][]string {
	m := map[rune][]string{}
	for _, w := range doneWords {
		r, _ := utf8.DecodeRuneInString(w)
		m[r] = append(m[r], w)
	}
	return m
}()

func doneAt(s string) string {
	if s[0] < 'a' || s[0] > 'z' && s[0] < 0xc0 {
		return "" // no letter, or inside a character
	}
	r, _ := utf8.DecodeRuneInString(s)
	for _, w := range doneByFirst[r] {
		if strings.HasPrefix(s, w) {
			return w
		}
	}
	return ""
}

// careful keeps the reading that closes least.
func careful(a, b claim) claim {
	rank := [...]int{claimNone: 0, claimPartial: 1, claimDone: 2, claimClose: 3, claimFuture: 4, claimDenied: 5, claimDoubt: 6, claimAsked: 7}
	if rank[b] > rank[a] {
		return b
	}
	return a
}

// weigh judges one done word w at i.
func (u *utterance) weigh(s string, i int, w string) claim {
	c := u.clauseAt(i)
	before, after := s[c.start:i], s[min(i+len(w), c.end):c.end]
	if hasAnyPrefix(after, afterNoun...) && !hasAnyPrefix(after, "材料已", "前面") && !(after == "的" && u.named() && (u.pastBefore(c.start, i) || containsAny(before, "早", "已", "就"))) {
		if hasAnyPrefix(after, "不了", "不掉", "不成") {
			return claimDenied
		}
		return claimNone
	}
	if hasAnyPrefix(u.s[i+len(w):], "没问题", "没有问题", "不成问题", "没啥问题", "没什么问题") && !strings.HasSuffix(w, "了") && !containsAny(before, "已", "都", "早") {
		return claimFuture // 按时完成没问题 is a promise
	}
	near := last(before, 12)
	switch {
	case c.asks:
		return claimAsked
	case containsAny(before, "应该", "可能", "大概", "估计") && !containsAny(before, firmDoubts...) && (u.futureBefore(c.start, i) || hasAnySuffix(before, "能", "会", "可以", "能够", "就能", "就会")):
		return claimFuture // 应该下周能完成 is a forecast, not hearsay
	case containsAny(before, doubts...), u.hearsay(c, before), containsAny(after, "告诉我", "通知我", "叫我", "喊我", "回复我", "跟我说", "提醒我", "回我", "再说", "再报", "再看", "再来", "就告诉", "就通知", "就好", "就行", "就可以", "多好", "才行", "才好", "该有多", "的话"):
		return claimDoubt
	case hasAnySuffix(before, "被", "误", "错", "假"):
		return claimDoubt // done by somebody else, or by mistake
	case strings.HasSuffix(before, "不") || containsAny(near, denies...):
		return claimDenied
	case containsAny(u.s[c.start:i], "别的", "其他", "其余", "剩下", "今天的", "昨天的", "本周的", "这周的", "上周的", "本月的", "这个月的", "上月的", "上个月的", "本季度的", "季度的", "上半年的"), w == "收工" && containsAny(before, "今天", "下班"):
		return claimPartial // of other tasks, or of a day's work
	case containsAny(before, hedges...) && !containsAny(last(before, 4), "全部"):
		return claimPartial
	case closingVerb(w) && len(u.units) == 0 && !hasAnySuffix(before, "将", "后请", "后再请") && containsAny(near, "请", "把", "申请", "麻烦", "帮", "给", "可以", "将") && !containsAny(near, "尽", "预计", "争取", "抓紧", "力争", "计划", "准备", "确保", "要", "能", "会") && !u.futureBefore(c.start, i):
		return claimClose
	case !strings.HasPrefix(after, "了") && !strings.HasSuffix(w, "了") && !containsAny(before, "已", "都", "全部") && hasAnySuffix(strings.TrimRight(before, " 能会"), "月中", "月初", "年中", "上旬", "中旬", "下旬", "节前", "节后", "年前", "年后", "春节", "周末", "期间", "月中旬", "这两天", "这几天", "这一两天", "近期", "近日", "月内", "年内", "周内", "这两天就", "这几天就", "近期就"):
		return claimFuture // 月中完成 sets a time
	case containsAny(near, promises...) && !containsAny(last(before, 3), "已"), u.futureBefore(c.start, i):
		return claimFuture
	}
	for _, n := range u.nums {
		if n.kind == numPercent && n.value < 100 && n.start >= c.start && n.end <= c.end {
			return claimPartial
		}
	}
	if strings.HasPrefix(w, "结") && hasAnySuffix(before, "账", "款", "钱", "费") || w == "好了" && hasAnySuffix(before, "写", "编", "拟", "备", "改", "签", "谈", "定", "装", "配", "修", "搭", "印", "订") {
		return claimPartial // 报告写好了: a step
	}
	rest := u.object(c, i+len(w), after)
	if rest != "" || u.subject(c, i) != "" {
		return claimPartial
	}
	return claimDone
}

// closingVerb reports whether the word names the act of closing itself.
func closingVerb(w string) bool {
	switch w {
	case "办结", "结案", "销号", "销账", "了结":
		return true
	}
	return false
}

// futureBefore reports whether a later day stands in front of the word.
func (u *utterance) futureBefore(from, to int) bool {
	for _, d := range u.days {
		if d.start < from || d.end > to || !dated(d.to) || d.to.Compare(u.today()) <= 0 {
			continue
		}
		if strings.Contains(u.s[d.start:d.end], "月") && isDigit(u.s[d.start]) && strings.Contains(u.s[d.end:], "了") && d.to.Compare(u.today().AddDays(90)) > 0 {
			continue // 7月份就完成了, said in October
		}
		if strings.HasPrefix(u.s[d.start:], "今年的") && containsAny(u.s[d.end:to], "活", "工作", "任务", "事") {
			continue // 今年的活全部做完了
		}
		return true
	}
	return false
}

// pastBefore reports whether an earlier day stands in front of the word.
func (u *utterance) pastBefore(from, to int) bool {
	for _, d := range u.days {
		if d.start >= from && d.end <= to && dated(d.to) && d.to.Compare(u.today()) < 0 {
			return true
		}
	}
	return false
}

// contrast reports whether the text takes back or qualifies what it said was finished.
func (u *utterance) contrast(s string) bool {
	for _, c := range u.clauses {
		text := s[c.start:c.end]
		if u.matches(whyChased, text) || doneIn(text) && !containsAny(text, "但", "就差", "只差", "除了", "就等", "只等", "可是", "不过", "还差", "还剩", "就剩", "只剩", "剩点") || u.ofOthers(c.text) {
			continue
		}
		if containsAny(text, contrasts...) {
			return true
		}
	}
	return false
}

// theOthers begins a clause on other tasks.
var theOthers = compile(`^(?:其余|其他|其它|别的|剩下|剩余|另外)的?(?:[那这]?[几两二三四五六七八九十0-9]+(?:项|条|个任务)|任务|事项|都|也|均|还[在没未]|[在没未]|下周|下月|过|按|预计|继续|抓紧|陆续)`)

// ofOthers reports whether a clause under a list speaks of the other tasks of it than the
// one that is named: 31那条做完了，其余的还在弄.
func (u *utterance) ofOthers(text string) bool {
	return u.quotes && u.named() && u.matches(theOthers, text) && !containsAny(text, "还有", "还要", "还需", "还得", "验收")
}

func doneIn(s string) bool { return containsAny(s, doneWords...) }
