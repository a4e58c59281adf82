package dingtalk_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/bot/bottest"
	"duban/bot/dingtalk"
)

func TestUser(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.AddUser(bottest.User{ID: "u3", Name: "张敏", Title: "科长", Mobile: "13800000003", Departments: []int64{7, 8}, Inactive: true})
	p, err := r.client.User(t.Context(), "u3")
	want := dingtalk.Person{ID: "u3", UnionID: "uu3", Name: "张敏", Title: "科长", Mobile: "13800000003", Departments: []int64{7, 8}}
	if diff := cmp.Diff(want, p); diff != "" || err != nil {
		t.Fatal(diff, err)
	}
	if id, err := r.client.ByMobile(t.Context(), "13800000003"); err != nil || id != "u3" {
		t.Error(id, err)
	}
	for _, id := range []string{"nobody", "x9", ""} {
		_, err := r.client.User(t.Context(), id)
		if errors.Is(err, dingtalk.ErrNobody) != (id != "") || refusal(t, err).Retry {
			t.Errorf("%q: %v", id, err)
		}
	}
	for _, mobile := range []string{"13800000000", "123"} {
		if _, err := r.client.ByMobile(t.Context(), mobile); !errors.Is(err, dingtalk.ErrNobody) {
			t.Errorf("%q: %v", mobile, err)
		}
	}
	if _, err := r.client.Members(t.Context(), 99); refusal(t, err).Code != "60003" || errors.Is(err, dingtalk.ErrNobody) {
		t.Error(err)
	}
}

// organisation gives the rig a small county government.
func (r *rig) organisation() {
	for _, d := range []bottest.Department{{ID: 2, Name: "住建局"}, {ID: 3, Name: "水利局"}, {ID: 4, Parent: 2, Name: "工程科"}} {
		r.AddDepartment(d)
	}
	r.AddUser(bottest.User{ID: "u3", Name: "张敏", Departments: []int64{4}})
	r.AddUser(bottest.User{ID: "u4", Name: "陈光", Title: "局长", Departments: []int64{2, 3}})
}

// walk waits on the rig's clock.
func (r *rig) walk(calls int) dingtalk.Walk {
	return dingtalk.Walk{MaxCalls: calls, Pause: func(ctx context.Context, d time.Duration) error {
		r.clock.Advance(d)
		return ctx.Err()
	}}
}

func TestDirectory(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.organisation()
	d, err := r.client.Directory(t.Context(), r.walk(0))
	want := dingtalk.Directory{
		Departments: []dingtalk.Department{{ID: 2, Parent: 1, Name: "住建局", Path: "住建局"}, {ID: 3, Parent: 1, Name: "水利局", Path: "水利局"}, {ID: 4, Parent: 2, Name: "工程科", Path: "住建局/工程科"}},
		Entries: []dingtalk.Entry{
			{StaffID: "u1", UnionID: "uu1", Name: "沈建国"}, {StaffID: "u2", UnionID: "uu2", Name: "王芳"},
			{StaffID: "u4", UnionID: "uu4", Name: "陈光", Title: "局长", Department: "住建局", More: []string{"水利局"}},
			{StaffID: "u3", UnionID: "uu3", Name: "张敏", Department: "住建局/工程科"},
		},
		Whole: true,
	}
	if diff := cmp.Diff(want, d); diff != "" || err != nil {
		t.Fatal(diff, err)
	}
	if b := r.client.Budget(); b.Month != 0 {
		t.Error("people are free:", b)
	}
	below := r.walk(0)
	below.Root = 2
	part, err := r.client.Directory(t.Context(), below)
	if err != nil || !part.Whole || len(part.Departments) != 1 || part.Departments[0].Path != "工程科" {
		t.Error(part, err)
	}
}

// A big organisation is walked at our rate, and no further than the bound.
func TestDirectoryBounds(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.organisation()
	for i := range 60 {
		r.AddUser(bottest.User{ID: fmt.Sprintf("v%02d", i), Name: fmt.Sprint("人", i), Departments: []int64{3}})
	}
	start := r.clock.Now()
	d, err := r.client.Directory(t.Context(), r.walk(0))
	if err != nil || !d.Whole || len(d.Entries) != 64 {
		t.Fatal(len(d.Entries), d.Whole, err)
	}
	if took := r.clock.Now().Sub(start); took < 4*time.Second {
		t.Errorf("took %v", took)
	}
	for calls := range 12 {
		r.clock.Advance(time.Second)
		d, err := r.client.Directory(t.Context(), r.walk(calls+1))
		if err != nil || d.Whole || len(d.Entries) > calls {
			t.Error(calls, len(d.Entries), d.Whole, err)
		}
	}
}

func TestDirectoryTrouble(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.organisation()
	busy := bottest.Fault{Path: "/topapi/user/listid", Status: 200, Body: map[string]any{"errcode": 90018, "errmsg": "x"}, Times: 3}
	r.Fail(busy)
	if d, err := r.client.Directory(t.Context(), r.walk(0)); err != nil || !d.Whole {
		t.Error(d, err)
	}
	busy.Times = 4
	r.Fail(busy)
	if d, err := r.client.Directory(t.Context(), r.walk(0)); !refusal(t, err).Retry || d.Whole {
		t.Error(d, err)
	}
	r.SetScope(bottest.ScopeDepartments, false)
	if _, err := r.client.Directory(t.Context(), r.walk(0)); refusal(t, err).Retry {
		t.Error(err)
	}
	r.SetScope(bottest.ScopeDepartments, true)
	r.clock.Advance(10 * time.Minute)
	ctx, cancel := context.WithCancel(t.Context())
	w := r.walk(0)
	w.Pause = func(ctx context.Context, _ time.Duration) error { cancel(); return ctx.Err() }
	busy.Times = 1
	r.Fail(busy)
	if _, err := r.client.Directory(ctx, w); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
