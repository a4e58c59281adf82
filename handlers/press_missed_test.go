package handlers_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/store/ledger"
)

// What a person presses with is formal, and an answer is not; whoever pressed learns which
// group or person did not get it.
func TestPressMissed(t *testing.T) {
	r := newRig(t, nil)
	formal := map[bool]int{}
	var press ledger.Notice
	if _, err := r.say("王慧", "催办 任务28", nil); err != nil {
		t.Fatal(err)
	}
	for _, n := range r.sent {
		if formal[n.Formal]++; n.Formal {
			press = n
		}
		if n.Formal != (n.To.Room != "") {
			t.Errorf("%s to %s is formal: %v", n.Key, n.To.Key(), n.Formal)
		}
	}
	if formal[true] == 0 {
		t.Fatal("nothing formal went out")
	}
	got := r.desk.PressMissed(press, errors.New("E_FUNNY"))
	want := "2018年7月2日 09:00发出的“催办 任务28”未能确认送达群“数字化转型工作群”（市大数据中心）：平台一直没有接收这条消息。\n\n对方可能尚不知情，请用电话等方式另行通知。"
	if diff := cmp.Diff(want, got.Text); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
