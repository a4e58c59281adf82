package llm

import (
	"cmp"
	_ "embed" // the words that claim nothing
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

//go:embed vocabulary.txt
var vocabulary string

// item is a piece of a sentence that the check knows the meaning of.
type item struct {
	kind  string // see lexers
	text  string
	set   string   // class word: which set; days: over, left, today
	n     int      // count, days
	tasks []string // task numbers; of a source, whose it is
	src   *source
	d     day
	used  bool // a count or percentage that a class has taken
	far   bool // day of a month without the day
	last  day  // of a week or a month: its last day, d being the first
	frac  *fraction
}

// The kinds of items.
const (
	isWord   = "word"   // claims nothing
	isMark   = "mark"   // punctuation inside a clause
	isStop   = "stop"   // end of a clause
	isGroup  = "group"  // task numbers
	isSource = "source" // text of the facts
	isCite   = "cite"   // 〔任务20·7月25日反馈〕
	isDate   = "date"
	isCount  = "count"
	isDays   = "days"
	isWithin = "within" // 30天内
	isShare  = "share"  // percentage
	isClass  = "class"
	isNone   = "none" // 无, 没有
	isAll    = "all"  // 全部, 均
	isEach   = "each" // 分别
	isReport = "report"
	isAct    = "act"  // what somebody is asked to do
	isRest   = "rest" // 其余2项
	isMost   = "most" // 最长
)

// setOf maps the words for a set of tasks to the set.
var setOf = map[string]string{
	"已办结": setClose, "办结": setClose, "已完成": setClose, "销号": setClose, "已销号": setClose, "完成率": setClose, "办结率": setClose,
	"待审核": "待审核", "待审": "待审核", "待验收": "待审核", "申请办结": "待审核", "已申请办结": "待审核", "申请办结待审核": "待审核", "正待审核": "待审核", "正在审核": "待审核", "审核中": "待审核", "正在等待审核": "待审核", "等待审核": "待审核", "完成": setClose, "存在的问题": setLook, "已申请办结待审核": "待审核",
	"逾期": "逾期", "已逾期": "逾期", "超期": "逾期", "已超期": "逾期", "逾期未办结": "逾期", "逾期未完成": "逾期", "已到期": "逾期", "超时限": "逾期", "逾期率": "逾期",
	"滞后": "滞后", "进度滞后": "滞后", "进展滞后": "滞后", "落后": "滞后", "进度落后": "滞后", "推进滞后": "滞后",
	"临期": "临期", "临近时限": "临期", "临近期限": "临期", "临近到期": "临期",
	"正常": "正常", "正常推进": "正常", "推进正常": "正常", "进度正常": "正常", "进展正常": "正常", "按期推进": "正常", "有序推进": "正常", "正常办理": "正常", "正常进行": "正常", "稳步推进": "正常",
	"长期": "长期", "长期任务": "长期", "长期坚持": "长期", "长期推进": "长期",
	"未办结": setOpen, "尚未办结": setOpen, "未完成": setOpen, "尚未完成": setOpen, "未销号": setOpen,
	"有进展": setMoved, "有新进展": setMoved, "有新的进展": setMoved, "取得进展": setMoved, "取得新进展": setMoved, "有更新": setMoved, "进展": setMoved, "新进展": setMoved, "有动态": setMoved,
	"即将到期": setSoon, "将到期": setSoon, "将要到期": setSoon, "近期到期": setSoon, "快到期": setSoon, "陆续到期": setSoon, "将陆续到期": setSoon,
	"问题": setLook, "有问题": setLook, "存在问题": setLook, "反映的问题": setLook, "存在困难": setLook,
	"需要协调": setLook, "需协调": setLook,
	"加快": setPush, "加快推进": setPush, "加快办理": setPush, "抓紧": setPush, "抓紧推进": setPush, "抓紧办理": setPush, "尽快": setPush, "督促": setPush, "催办": setPush, "尽快办结": setPush, "尽快完成": setPush, "抓紧办结": setPush, "抓紧完成": setPush,
	"确保按期完成": setPush, "确保按时完成": setPush, "确保按期办结": setPush, "确保按时办结": setPush, "确保如期完成": setPush,
}

// acts are things that somebody is asked to do; told as done, they would be news.
var acts = strings.Fields("协调 统筹 研究 支持 帮助 跟踪 跟踪督办 持续跟踪 督导 调度 重视 解决 落实 落实责任 压实责任 压实 明确 约谈 审核 配合 参与 组织 做好 抓好 开展 加强 强化 进行 给予 予以 加以 提前安排 提前谋划 倒排工期 提醒 注意 办理 及时反馈 按时反馈 尽快反馈 统筹协调 协调解决 研究解决 沟通 对接 结合 会同 共同")

var reports = strings.Fields("反馈 反馈称 反馈显示 报告 报告称 填报 上报 报送 单位反馈 责任单位反馈 反馈为")

// plainWords is the vocabulary with what each word is, the longest first.
var plainWords = lexicon()

type entry struct{ text, kind, set string }

func lexicon() []entry {
	var out []entry
	for t, s := range setOf {
		out = append(out, entry{t, isClass, s})
	}
	add := func(kind string, words []string) {
		for _, w := range words {
			out = append(out, entry{text: w, kind: kind})
		}
	}
	add(isWord, strings.Fields(vocabulary))
	add(isAct, acts)
	add(isReport, reports)
	add(isNone, strings.Fields("无 没有 零 暂无 未 尚无 未出现 未发生 不存在 尚未出现 暂未出现 未发现"))
	add(isAll, strings.Fields("全部 均 都 所有 各项 全数 一律 每项 均已 都已 皆"))
	add(isMost, slices.Concat(highest, lowest, first, latest))
	add(isEach, strings.Fields("分别 分别为 分别是 分别占 各占"))
	seen := map[string]bool{} // a word that also claims something is listed as that only
	slices.SortStableFunc(out, func(a, b entry) int {
		if n := len(b.text) - len(a.text); n != 0 {
			return n
		}
		return cmp.Or(strings.Compare(a.text, b.text), strings.Compare(a.kind, b.kind))
	})
	return slices.DeleteFunc(out, func(e entry) bool {
		twice := seen[e.text]
		seen[e.text] = true
		return twice
	})
}

var (
	citeForm   = regexp.MustCompile(`^\[任务(\d+)[·.](?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?:反馈|更新|审核|退回|恢复|进展)\]`)
	overForm   = regexp.MustCompile(`^(?:已)?(?:逾期|超期|超时限|超过时限)(?:已)?(?:达)?(\d+)[天日]`)
	leftForm   = regexp.MustCompile(`^(?:还剩|剩余|尚余|仅剩|距(?:离)?(?:到期|时限|截止)(?:还有|还剩|仅剩)?)(\d+)[天日]|^还有(\d+)[天日](?:就)?(?:到期|届满)|^(\d+)[天日](?:之)?后到期`)
	lookForm   = regexp.MustCompile(`^(?:需要|仍需|需|提请|请|建议)?(?:(?:市|分管|有关)?领导(?:予以|给予|继续|持续)?(?:重点|高度|密切)?(?:关注|重视|协调解决|协调推进|协调)|(?:予以|给予|继续|持续)?(?:重点|高度|密切)?关注)`)
	todayForm  = regexp.MustCompile(`^(?:今天|今日|当天|当日)到期`)
	withinForm = regexp.MustCompile(`^(?:未来|今后)?(\d+)[天日](?:之|以)?内(?:将|即将|要)?|^(?:未来|今后)(\d+)[天日](?:将|即将|要)?`)
	dayOnly    = regexp.MustCompile(`^(\d{1,2})日`) // 7月21日至27日
	againForm  = regexp.MustCompile(`^(\d+)天`)     // 分别逾期12天、7天
	pastForm   = regexp.MustCompile(`^(?:最近|近|过去)(\d+)[天日](?:内|来)?`)
	countForm  = regexp.MustCompile(`^(\d+)(?:项|个|件|条)(?:重点|督办|督办的|该类)?(?:任务|事项)?`)
	shareForm  = regexp.MustCompile(`^(\d+(?:\.\d+)?)%`)
	monthForm  = regexp.MustCompile(`^(?:(\d{4})年)?(\d{1,2})月(?:份)?`)
	listMark   = regexp.MustCompile(`^(?:\(?[一二三四五六七八九十]{1,2}(?:是|、|\))|[-•·])\s*`)
)

// lex cuts a sentence into items; what it does not know is a lie.
func (k *known) lex(s string) ([]item, error) {
	var out []item
	if m := listMark.FindString(s); m != "" {
		s = s[len(m):]
	}
	for s != "" {
		it, n := k.next(s)
		if m := dayOnly.FindStringSubmatch(s); m != nil && ranged(out) {
			it, n = item{kind: isDate, d: day{m: out[len(out)-2].d.m, d: atoi(m[1])}}, len(m[0])
		}
		if n == 0 {
			return nil, &Lie{"unknown", firstRunes(s, 12)}
		}
		it.text = s[:n]
		if it.kind == isStop || it.text == ":" { // numbering may follow: 一是…，二是…
			n += len(listMark.FindString(s[n:]))
		}
		out = append(out, it)
		s = s[n:]
	}
	return out, nil
}

// ranged reports whether the items end in a date and 至, so that a bare day may follow.
func ranged(items []item) bool {
	n := len(items)
	return n > 1 && items[n-2].kind == isDate && slices.Contains(ranges, items[n-1].text)
}

func firstRunes(s string, n int) string {
	r := []rune(s)
	return string(r[:min(n, len(r))])
}

// next is the item at the head of s and its length; 0 when there is none.
func (k *known) next(s string) (item, int) {
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r >= firstToken && int(r-firstToken) < len(k.sources):
		src := &k.sources[r-firstToken]
		return item{kind: isSource, src: src}, size
	case strings.ContainsRune(",;", r):
		return item{kind: isStop}, size
	case strings.ContainsRune(" 、:()“”‘’《》「」·—…–【】\"'-", r):
		return item{kind: isMark}, size
	}
	if f, n := readFraction(s); n > 0 {
		return item{kind: isShare, frac: &f}, n
	}
	if it, n := readRest(s); n > 0 {
		return it, n
	}
	if it, n := k.span(s); n > 0 {
		return it, n
	}
	if it, n := figure(s); n > 0 {
		return it, n
	}
	if it, n := k.group(s); n > 0 {
		return it, n
	}
	if m := lookForm.FindString(s); m != "" {
		return item{kind: isClass, set: setLook}, len(m)
	}
	for _, e := range plainWords {
		if strings.HasPrefix(s, e.text) {
			return item{kind: e.kind, set: e.set}, len(e.text)
		}
	}
	return k.part(s)
}

// figureHeads are the first characters of all forms of figures.
const figureHeads = "[0123456789已逾超还剩尚仅距今当未最近过"

// figure reads a date, a count, a number of days or a percentage.
func figure(s string) (item, int) {
	if r, _ := utf8.DecodeRuneInString(s); !strings.ContainsRune(figureHeads, r) {
		return item{}, 0 // most of a text is none; spare it the patterns
	}
	if m := citeForm.FindStringSubmatch(s); m != nil {
		return item{kind: isCite, tasks: []string{m[1]}, d: day{atoi(m[2]), atoi(m[3]), atoi(m[4])}}, len(m[0])
	}
	if m := overForm.FindStringSubmatch(s); m != nil {
		return item{kind: isDays, set: "over", n: atoi(m[1])}, len(m[0])
	}
	if m := leftForm.FindStringSubmatch(s); m != nil {
		return item{kind: isDays, set: "left", n: atoi(m[1] + m[2] + m[3])}, len(m[0])
	}
	if m := todayForm.FindString(s); m != "" {
		return item{kind: isDays, set: "today"}, len(m)
	}
	if d, n, ok := dayOf(s); ok {
		return item{kind: isDate, d: d}, n
	}
	if m := withinForm.FindStringSubmatch(s); m != nil {
		return item{kind: isWithin, n: atoi(m[1] + m[2])}, len(m[0])
	}
	if m := pastForm.FindStringSubmatch(s); m != nil {
		return item{kind: isWithin, set: "past", n: atoi(m[1])}, len(m[0])
	}
	if m := againForm.FindStringSubmatch(s); m != nil {
		return item{kind: isDays, set: "again", n: atoi(m[1])}, len(m[0])
	}
	if m := countForm.FindStringSubmatch(s); m != nil {
		return item{kind: isCount, n: atoi(m[1])}, len(m[0])
	}
	if m := shareForm.FindStringSubmatch(s); m != nil {
		return item{kind: isShare}, len(m[0])
	}
	if m := monthForm.FindStringSubmatch(s); m != nil {
		return item{kind: isDate, d: day{y: atoi(m[1]), m: atoi(m[2])}, far: true}, len(m[0])
	}
	return item{}, 0
}
