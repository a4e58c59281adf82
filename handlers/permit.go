package handlers

import (
	"slices"

	"duban/store/ledger"
)

// action is something that needs leave.
type action string

// The actions of the permission table.
const (
	seePlan   action = "see plan"   // what the circulated document says: titles, units, deadlines, clauses
	seeUnit   action = "see unit"   // progress of one's own unit (in a group: of the units bound to it)
	seeAll    action = "see all"    // progress of all units
	feedBack  action = "report"     // 反馈, 更正, 撤回, 申请办结 for one's own unit
	reportFor action = "report for" // the same on behalf of another unit, marked 代报
	decide    action = "decide"     // 审核通过, 退回
	bind      action = "bind"       // accept a self-claim, bind a room
	extend    action = "extend"     // 批准延期
	press     action = "press"      // 催办, 批示
	manage    action = "manage"     // 转办, 暂缓, 撤销, 恢复, 销号, 报送周期, 别名
	operate   action = "operate"    // the bot's own state and configuration
	trace     action = "trace"      // who has read what the bot sent, and taking it back
	appoint   action = "appoint"    // give and take the duties of the office: 督查员, 领导, 管理员
)

// permits is the whole permission table: which duty may do what. What does not
// stand here is refused. Places narrow it further: a group never shows more than the
// units bound to it may see, whoever asks.
var permits = map[ledger.Duty][]action{
	ledger.DutyStaff:      {seePlan, seeUnit, feedBack},
	ledger.DutyContact:    {seePlan, seeUnit, feedBack},
	ledger.DutyHead:       {seePlan, seeUnit, feedBack},
	ledger.DutySupervisor: {seePlan, seeUnit, seeAll, feedBack, reportFor, decide, extend, press, manage, bind, operate, trace},
	ledger.DutyLeader:     {seePlan, seeUnit, seeAll, decide, extend, press},
	ledger.DutyAdmin:      {seePlan, seeUnit, seeAll, feedBack, reportFor, bind, operate, trace, appoint},
}

// may reports whether one of the member's duties allows the action. Nobody known may
// do nothing.
func may(m *ledger.Member, a action) bool {
	if m == nil {
		return false
	}
	return slices.ContainsFunc(m.Duties, func(d ledger.Duty) bool { return slices.Contains(permits[d], a) })
}

// scope is what one turn may see of the units' progress.
type scope struct {
	all   bool
	units []string
}

func (s scope) sees(t *ledger.Task) bool {
	return s.all || slices.ContainsFunc(s.units, t.OwnedBy)
}

func (s scope) seesUnit(unit string) bool { return s.all || slices.Contains(s.units, unit) }

// scopeOf narrows what the speaker may see to what the place may see.
func scopeOf(m *ledger.Member, group bool, room *ledger.Room) scope {
	switch {
	case group && room == nil:
		return scope{}
	case group && (m == nil || len(m.Duties) == 0):
		return scope{}
	case group:
		return scope{units: room.Units}
	case may(m, seeAll):
		return scope{all: true}
	case may(m, seeUnit):
		return scope{units: m.Units}
	}
	return scope{}
}
