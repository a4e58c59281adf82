package handlers

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/internal/wording"
	"duban/store/ledger"
)

var updateDocs = flag.Bool("update-docs", false, "rewrite docs/states.md")

// everyEvent lists the events in the order of the work.
var everyEvent = []ledger.EventKind{
	ledger.EventReport, ledger.EventCorrect, ledger.EventWithdraw, ledger.EventApply, ledger.EventAccept, ledger.EventReturn, ledger.EventReopen,
	ledger.EventExtend, ledger.EventExtendYes, ledger.EventExtendNo, ledger.EventPress, ledger.EventInstruct, ledger.EventSign, ledger.EventDecline,
	ledger.EventKeep, ledger.EventAssign, ledger.EventNeed, ledger.EventMet, ledger.EventPause, ledger.EventResume, ledger.EventCancel, ledger.EventStrike,
	ledger.EventFollowed, ledger.EventRhythm, ledger.EventRenumber,
}

// TestStatesDocument holds docs/states.md against the state table of the ledger.
func TestStatesDocument(t *testing.T) {
	var b strings.Builder
	b.WriteString("# 任务状态\n\n每个节点处于下列状态之一；“逾期”由系统按现时限计算，不是状态。表中为各状态下允许的操作，其余一律拒绝。本表由程序生成，测试保证与代码一致。\n\n| 状态 | 允许的操作 |\n| --- | --- |\n")
	for _, s := range ledger.States() {
		var words []string
		for _, k := range everyEvent {
			if ledger.Lawful(s, k) == nil {
				words = append(words, wording.Event(k))
			}
		}
		fmt.Fprintf(&b, "| %s | %s |\n", s, strings.Join(words, "、"))
	}
	b.WriteString("\n## 各单位承担的部分\n\n几个单位共同承担一项任务的，每个单位在每个节点各有一件。表中为各状态下会发生的事和之后的状态，空白的不会发生或予以拒绝；有未签收的催办、批示时，“办理中”显示为“待签收”。撤回的反馈不再计入，状态随之退回。\n\n| 操作 |")
	for _, s := range ledger.ShareStates() {
		fmt.Fprintf(&b, " %s |", s)
	}
	b.WriteString("\n| --- |" + strings.Repeat(" --- |", len(ledger.ShareStates())) + "\n")
	for _, m := range ledger.ShareMoves() {
		fmt.Fprintf(&b, "| %s |", m)
		for _, s := range ledger.ShareStates() {
			if to, err := ledger.MoveShare(s, m); err == nil {
				fmt.Fprintf(&b, " %s |", to)
			} else {
				b.WriteString("  |")
			}
		}
		b.WriteString("\n")
	}
	b.WriteString("\n规则：牵头单位的申请办结代表各单位，审核人会看到哪些单位尚未反馈完成；退回只恢复提出申请的单位；配合单位（有牵头单位时，其他责任单位同此）说“已完成”只记本单位的部分，本单位完成后不再催办。没有写明牵头单位的，任一责任单位都可申请办结。\n")
	b.WriteString("\n## 总则\n\n单位说“已完成”即申请办结，由另一人审核通过才算办结；谁提交的申请，谁不能审批；延期批准前仍按原时限计算；暂缓和撤销的任务不计入办结率；长期任务不设节点，不办结。\n")
	if *updateDocs {
		if err := os.WriteFile("../docs/states.md", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("../docs/states.md")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("docs/states.md is not what the code does; run go test ./handlers -run States -update-docs (-doc +code):\n%s", diff)
	}
}

// TestEveryEventHasAWord: the history shows each kind of event in words.
func TestEveryEventHasAWord(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range everyEvent {
		w := wording.Event(k)
		if w == string(k) || seen[w] {
			t.Errorf("event %s has the word %q", k, w)
		}
		seen[w] = true
	}
}

// TestPermits is the permission table, spelled out: duty × action.
func TestPermits(t *testing.T) {
	all := []action{seePlan, seeUnit, seeAll, feedBack, reportFor, decide, extend, press, manage, bind, operate, appoint}
	for duty, want := range map[ledger.Duty]string{
		ledger.DutyStaff:      "see plan,see unit,report",
		ledger.DutyContact:    "see plan,see unit,report",
		ledger.DutySupervisor: "see plan,see unit,see all,report,report for,decide,extend,press,manage,bind,operate",
		ledger.DutyLeader:     "see plan,see unit,see all,decide,extend,press",
		ledger.DutyAdmin:      "see plan,see unit,see all,report,report for,bind,operate,appoint",
		"":                    "",
	} {
		m := &ledger.Member{ID: "x", Duties: []ledger.Duty{duty}}
		var got []string
		for _, a := range all {
			if may(m, a) {
				got = append(got, string(a))
			}
		}
		if s := strings.Join(got, ","); s != want {
			t.Errorf("%q may %s, want %s", duty, s, want)
		}
	}
	if may(nil, seePlan) {
		t.Error("an unknown person may see the plan")
	}
	pendingOnly := &ledger.Member{ID: "y", Pending: []string{"市财政局"}}
	if s := scopeOf(pendingOnly, false, nil); s.all || len(s.units) > 0 {
		t.Error("a claim that waits gives sight")
	}
}
