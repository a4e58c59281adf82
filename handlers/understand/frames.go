package understand

import (
	"regexp"
	"strings"
)

// frame is how words are put that would mean something else if they were simply said:
// in play, as an example, between quotation marks, as a fear. It is looked for before the
// rows, since within it nothing is reported or ordered.
type frame struct {
	intent Intent
	why    string
	ask    string
	holds  func(*utterance) bool
}

var frames = []frame{
	{Help, "words are mentioned, not said", "", (*utterance).mentions},
	{Clarify, "said in play, as a test or as an example", "好的，没有记录。要报送的，请直接发送，例如“任务20 进度60%”。", (*utterance).unmeant},
	{Clarify, "a case that may come, not how it is", "您说的是假设的情况，没有记录。实际进展请直接报，例如“任务20 进度60%”。", (*utterance).supposes},
	{Clarify, "a sentence that was broken off", "这句话好像没有说完，没有记录。请接着说，例如“任务20 进度60%，正在招标”。", (*utterance).unsaidHalf},
	{Clarify, "a complaint", "打扰了。不想再收提醒，请回复“静音 任务20”；时限有困难，请回复“任务20延期到11月30日”。", (*utterance).complains},
	{Clarify, "said by somebody else", "这是别人说的，没有记录。请核实后再报，例如“任务20 进度60%”。", (*utterance).passesOn},
	{Clarify, "asks what would follow", "考核和问责的规定请咨询督查室。要查任务或报进展，请直接说，例如“任务20”“任务20 进度60%”。", (*utterance).asksAfter},
	{Clarify, "asks whether to do it", "要办的话，请直接说，例如“催办 任务20”“任务20延期到11月30日”。", (*utterance).asksWhether},
	{Help, "asks for the formalities of an order", "", (*utterance).asksFormalities},
	{Clarify, "asks after the own binding", "换单位请回复“绑定 单位名称”，不再联络请回复“解绑”。", (*utterance).asksBinding},
	{Clarify, "denies a unit that is not the own", "您登记的不是这个单位。要更换，请回复“绑定 单位名称”，例如“绑定 市财政局”。", (*utterance).deniesUnit},
	{Cancel, "denies the unit asked about", "", (*utterance).deniesAsked},
	{Clarify, "names a unit that is not the own", "请问您是哪个单位？例如“绑定 市财政局”。", (*utterance).deniesUnbound},
	{Clarify, "a unit that is not in the plan", "方案里没有找到这个单位，请写方案中的单位全称，例如“绑定 市财政局”。", (*utterance).unlisted},
	{Clarify, "a picture without words", "图片里的内容没有记录。请用文字写明进展，例如“任务20 已完成招标，进度60%”。", (*utterance).pictured},
	{Clarify, "a bare number under a task", "请问是进度吗？请写成“进度60%”这样的形式。", (*utterance).bareLevel},
	{Clarify, "a supporting unit is to be added", "在聊天里只能更换牵头单位，例如“任务20转给市财政局”。增加配合单位，请导入修订后的方案。", (*utterance).addsSupport},
	{Clarify, "another unit is wished for, not named", "请问转给哪个单位？请写明任务和单位，例如“任务20转给市财政局”。", (*utterance).wishesUnit},
}

// framed reads the words by their frame; false when they stand in none.
func (u *utterance) framed() (Meaning, bool) {
	for i := range frames {
		if f := &frames[i]; f.holds(u) {
			return Meaning{Intent: f.intent, Score: 1, Margin: 1, Why: f.why, Ask: f.ask}, true
		}
	}
	return Meaning{}, false
}

// speech is a piece between quotation marks.
var speech = regexp.MustCompile(`[“"「『'‘][^“”"「」『』'‘’]{2,40}[”"」』'’]`)

// mentions reports whether what is said of a task stands between quotation marks, and the
// words around them ask about it: 发“任务28已完成”就行了吗.
func (u *utterance) mentions() bool {
	if !u.asks || !strings.ContainsAny(u.s, "“\"「『'‘") {
		return false
	}
	around := speech.ReplaceAllString(u.s, "")
	if around == u.s || containsAny(around, "任务", "谁") {
		return false
	}
	inside := u.percent != nil || u.claim != claimNone || len(u.refs) > 0
	return inside && containsAny(around, "这句话", "这句", "这样", "这么", "格式", "写法", "说法", "什么意思", "怎么写", "怎么报", "怎么发", "发", "回复", "回", "输入", "打", "填")
}

// The words that take back what stands beside them before it counts.
var (
	playful = compile(`^(?:(?:测试|试试|试验)(?:一下|一句|消息|测试|看|下)?[,，:。! ]|试试看|开个?玩笑|举个?例|打个?比方|比方说|比如说?[任,，:]|例如|假设|假如说|随便说说|示例|演示一下|教(?:大家|你们?|各位|一下)+[,，: ]|示范(?:一下)?[,，: ])`)
	example = compile(`^(?:比如说?|例如|譬如|好比|比方|诸如|不要写成|别写成|不能写成|应写成|要写成|写成|格式[是为:]?)[^“"「『]{0,6}[“"「『]`)
	// shownHow shows how to report: 报进度就写“任务20 50%”就行.
	shownHow = compile(`(?:写|发|填|回|打|输)[^“"「『]{0,4}[“"「『][^”"」』]{2,40}[”"」』](?:这样)?(?:就行|就可以|即可|就好|就是|就成|这样$)`)
	unsaid   = []string{"别当真", "别记", "不要记", "不用记", "别录", "不要录入", "这条是测试", "这是测试", "只是测试", "是演示", "只是举例", "是举例", "开玩笑", "逗你", "闹着玩", "说着玩"}
)

// unmeant reports whether the words say of themselves that they are not meant.
func (u *utterance) unmeant() bool {
	return hasAnyPrefix(u.s, "测", "试", "开", "举", "打", "比", "例", "假", "随", "示", "演", "教") && u.matches(playful, u.s) && !u.asks || u.matches(example, u.s) || u.matches(shownHow, u.s) || containsAny(u.s, unsaid...) && !containsAny(u.s, "别记错", "别忘", "别记反")
}

var (
	supposing = []string{"万一", "如果", "要是", "假如", "一旦", "逾期", "超期", "延期", "完不成", "做不完", "弄不完", "没完成", "不报", "没报"}
	sequel    = []string{"会不会", "会怎", "怎么办", "咋办", "什么后果", "啥后果", "有什么影响", "要不要紧", "有没有影响", "有影响吗", "会扣", "会影响", "会被", "会通报"}
	sanctions = []string{"扣分", "问责", "处罚", "处分", "考核", "通报", "挨批", "批评", "后果", "影响", "追责", "约谈"}
)

// ifTask may stand in front of a word that supposes.
var ifTask = compile(`^(?:请问|那|那么)?[ ,]*(?:(?:任务|第|#)? ?[0-9]{1,4} ?(?:号|项|条)?(?:任务)?)?[ ,]*(?:如果|要是|假如|假设|万一|若是|倘若|一旦|假使|若[^干])`)

// ifs reports whether the words begin with a case that may come.
func (u *utterance) ifs() bool { return u.matches(ifTask, u.s) }

// supposes reports whether the level or the end that is named is only of such a case.
func (u *utterance) supposes() bool {
	return !u.asks && len(u.clauses) > 0 && u.ifs() && (u.percentIn(u.clauses[0]) || u.claim == claimDone || u.claim == claimClose)
}

// passesOn reports whether the level or the end that is named is somebody else's word, to
// which the speaker adds nothing.
func (u *utterance) passesOn() bool {
	return !u.asks && (u.percent != nil || u.claim == claimDone || u.claim == claimClose) && u.matches(othersSay, u.s) && !containsAny(u.s, "我", "俺", "咱", "本单位", "但", "实际", "其实", "不过", "目前", "现在", "经核实", "属实", "确实")
}

// asksAfter reports whether it is asked what a failure would lead to.
func (u *utterance) asksAfter() bool {
	if u.howThen() {
		return false
	}
	return u.asks && u.percent == nil && containsAny(u.s, supposing...) && containsAny(u.s, sequel...) && (containsAny(u.s, sanctions...) || containsAny(u.s, "会怎", "怎么办", "咋办") && containsAny(u.s, "万一", "如果", "要是", "假如")) && !containsAny(u.s, "哪些", "谁", "哪家", "几项", "几个")
}

// whether asks for advice about an order.
var whether = compile(`(?:要不要|该不该|用不用|需不需要|是否需要|有没有必要|有必要)(?:再|去|先|给)?(?:催|督办|延期|转|退回|办结|销号|提醒)`)

func (u *utterance) asksWhether() bool { return u.asks && u.percent == nil && u.matches(whether, u.s) }

// asksFormalities reports whether it is asked what an order takes, or who may give it.
func (u *utterance) asksFormalities() bool {
	return u.asks && u.percent == nil && containsAny(u.s, "延期", "办结", "转办", "退回", "解绑", "销号", "展期") && (containsAny(u.s, "什么手续", "哪些手续", "啥手续", "什么流程", "啥流程", "什么条件", "什么权限", "有权", "什么情况下", "哪些材料", "什么材料", "啥材料") || containsAny(u.s, "了还能", "后还能", "了能不能", "了可以"))
}

// binding asks what one is bound to, or what unbinding leads to.
var binding = compile(`(?:我|我们)?(?:现在|目前|之前)?绑(?:定)?的(?:单位)?(?:是|对|没错|有没有错)|解绑(?:了|后|之后|以后)(?:还|会|能|就)`)

func (u *utterance) asksBinding() bool {
	return u.asks && len(u.refs) == 0 && !strings.Contains(u.s, "群") && u.matches(binding, u.s)
}

// notOf matches a speaker who does not belong to what follows.
var notOf = compile(`^(?:我|我们|俺|本人|咱们?)(?:又|也|可|早就|早|已经|已|现在|都)*不是`)

// deniesUnit reports whether the speaker denies to belong to another unit than the own one.
func (u *utterance) deniesUnit() bool {
	if u.asks || len(u.units) != 1 {
		return false
	}
	m := notOf.FindString(u.s)
	return m != "" && u.ctx.Unit != "" && u.units[0].name != u.ctx.Unit && u.units[0].start <= len(m)+len("我们") && len(u.clauses) == 1 && u.movedTo() == ""
}

// deniesAsked reports whether somebody says no to the unit to be bound to: 我不是…的.
func (u *utterance) deniesAsked() bool {
	return strings.Contains(u.ctx.Asked, "绑定") && !u.asks && len(u.clauses) == 1 && len(u.units) == 1 && u.matches(notOf, u.s) && strings.Contains(u.ctx.Asked, u.units[0].name)
}

// deniesUnbound reports whether somebody who is not yet bound only says where not to belong.
func (u *utterance) deniesUnbound() bool {
	return !u.ctx.Bound && !u.asks && len(u.clauses) == 1 && len(u.units) == 1 && u.matches(notOf, u.s)
}

// stranger matches how somebody names a unit, here one that the plan does not have.
var stranger = compile(`^(?:您好|你好)?[,，]?(?:我|我们|本人|俺|咱)(?:是|在|来自)(?:市|县|区)?\p{Han}{1,6}(?:局|委|办|中心|院|厅|公司|集团|街道|镇|乡|政府)(?:的|$)`)

// unlisted reports whether somebody not yet bound names a unit that the plan does not have.
func (u *utterance) unlisted() bool {
	return !u.ctx.Bound && len(u.units) == 0 && len(u.quoted) == 0 && u.matches(stranger, u.s)
}

// pictureOnly matches what some clients put for a picture.
var pictureOnly = compile(`^\[(?:图片|照片|语音|文件|视频)\]$`)

func (u *utterance) pictured() bool { return len(u.quoted) > 0 && u.matches(pictureOnly, u.s) }

// levelOnly matches a number that may be a level, and no more.
var levelOnly = compile(`^\d{1,3}(?:以上|以下|上下|不到|多)$`)

func (u *utterance) bareLevel() bool {
	return len(u.quoted) == 1 && u.ctx.Asked == "" && u.matches(levelOnly, bareWords(u.s))
}

// support matches a unit that is to assist: 加一个配合单位.
var support = compile(`(?:加|增加|添加|补|再加|新增|加上)(?:一个|一家|个|家)?(?:配合|协办|协助)(?:单位|部门)`)

func (u *utterance) addsSupport() bool {
	return u.leads() && u.about() && u.percent == nil && u.matches(support, u.s) && !u.howTo()
}

// otherUnit matches a wish for another unit that is not named.
var otherUnit = compile(`换(?:个|一家|一个|家|别的|其他|掉)?(?:牵头|责任|承办|负责|主办)?(?:单位|部门|人|家)(?:来?(?:做|办|负责|牵头|承办|干|接)|行不行|吧|可以|$)|换个?(?:牵头|责任|承办)(?:单位|部门)|(?:交给|转给|换给|派给|分给|给)(?:别的|其他|别家|另外的)(?:单位|部门|人|局)`)

func (u *utterance) wishesUnit() bool {
	return len(u.units) == 0 && u.about() && u.percent == nil && containsAny(u.s, "换", "给") && u.matches(otherUnit, bareWords(u.s)) && !u.howTo()
}

// notMeant matches what the speaker says not to be after, before saying what is meant:
// 我不是要延期，我是问….
var notMeant = regexp.MustCompile(`^(?:请问)?(?:我|我们|俺|咱们?)?(?:又|也|其实|可|真)?(?:不是|并不是|并非|没有|没)(?:说|是)?(?:在|要|想|想要|打算|来|为了)*(?:申请|让|说)?(?:你|您|任务\d{1,3})?(?:延期|办结|催|转办|转|退回|解绑|静音|关提醒|结案|销号|绑定|撤回|取消|报)[^,，。;；!?\n]{0,8}[,，。;；! ]`)

// cutDenied leaves out what the speaker says not to be after.
func (u *utterance) cutDenied() {
	if !containsAny(first(u.s, 8), "不是", "没", "并") {
		return
	}
	m := notMeant.FindString(u.s)
	if m == "" || !containsAny(m, "要", "想", "说", "来", "打算", "为了", "不是", "并非") || hanCount(u.s[len(m):]) < 4 {
		return
	}
	if u.runs != nil {
		u.runs = u.runs[runeLen(m):]
	}
	u.s = u.s[len(m):]
}
