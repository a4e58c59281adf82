package understand

// The intents of the set-up: who is who, which group is whose, and what was changed.
const (
	People     Intent = "people"      // 人员名单
	Rooms      Intent = "rooms"       // 群名单
	ShowConfig Intent = "show_config" // 当前配置
	SetupLog   Intent = "setup_log"   // 设置记录
	GiveDuty   Intent = "give_duty"   // 设置 赵蕾 为联络员: Name, Query is the duty
	TakeDuty   Intent = "take_duty"   // 取消 赵蕾 的联络员
	Remove     Intent = "remove"      // 移除人员 赵蕾
	UnbindRoom Intent = "unbind_room" // 解绑本群 [单位]
	DropAlias  Intent = "drop_alias"  // 删除别名 数据局
	ModelOff   Intent = "model_off"   // 停用智能汇总
	ModelOn    Intent = "model_on"    // 启用智能汇总
)

// setupAsks are its fixed questions.
var setupAsks = map[string]Intent{
	"人员": People, "人员名单": People, "联络员名单": People, "人员列表": People, "查看人员": People,
	"群名单": Rooms, "群列表": Rooms, "绑定的群": Rooms, "已绑定的群": Rooms, "查看群": Rooms,
	"当前配置": ShowConfig, "查看配置": ShowConfig, "配置": ShowConfig, "有效配置": ShowConfig,
	"设置记录": SetupLog, "操作记录": SetupLog, "设置台账": SetupLog, "台账 设置": SetupLog, "审计记录": SetupLog,
	"别名": Alias, "别名列表": Alias, "查看别名": Alias,
	"停用智能汇总": ModelOff, "关闭智能汇总": ModelOff, "停用模型": ModelOff, "关闭模型": ModelOff, "停用大模型": ModelOff, "关闭大模型": ModelOff, "停用ai": ModelOff, "关闭ai": ModelOff,
	"启用智能汇总": ModelOn, "开启智能汇总": ModelOn, "恢复智能汇总": ModelOn, "启用模型": ModelOn, "启用大模型": ModelOn, "启用ai": ModelOn,
	"绑定本群": BindRoom, "解绑本群": UnbindRoom,
}

const dutyWords = `(单位成员|联络员|负责人|督查员|领导|管理员)`

var (
	giveDuty   = compile(`^(?:设置|设定|指定|任命|设)[\s:]*([\p{Han}·]{2,4}?)[\s]*(?:为|成|当|作为)[\s]*` + dutyWords + `$`)
	takeDuty   = compile(`^(?:取消|免去|解除)[\s:]*([\p{Han}·]{2,4}?)[\s]*的?` + dutyWords + `(?:身份|权限|职责)?$`)
	removeForm = compile(`^(?:移除|删除|注销)人员[\s:]*([\p{Han}·]{2,4})$`)
	dropAlias  = compile(`^(?:删除|取消|去掉)别名[\s:]*(\S{1,20})$`)
	unbindRoom = compile(`^(?:解绑本群|本群解绑|取消绑定本群|解除本群绑定)[\s:的]*(\S{2,40})$`)
)

// setup reads an order or a question about the set-up. Its forms are whole sentences, so
// that a report with such a word in it is none.
func (u *utterance) setup(s string) (Meaning, bool) {
	m := Meaning{Score: 1, Margin: 1, Why: "fixed form"}
	if i, ok := setupAsks[s]; ok {
		m.Intent = i
		return m, true
	}
	if got := u.find(giveDuty, s); got != nil {
		m.Intent, m.Name, m.Query = GiveDuty, got[1], got[2]
		return m, true
	}
	if got := u.find(takeDuty, s); got != nil {
		m.Intent, m.Name, m.Query = TakeDuty, got[1], got[2]
		return m, true
	}
	if got := u.find(removeForm, s); got != nil {
		m.Intent, m.Name = Remove, got[1]
		return m, true
	}
	if got := u.find(dropAlias, s); got != nil {
		m.Intent, m.Name = DropAlias, got[1]
		return m, true
	}
	if got := u.find(unbindRoom, s); got != nil {
		m.Intent = UnbindRoom
		m.Unit, _ = u.lex.Unit(got[1])
		return m, m.Unit != ""
	}
	return Meaning{}, false
}
