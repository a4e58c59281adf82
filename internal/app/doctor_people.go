package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"duban/bot/dingtalk"
	"duban/config"
	"duban/handlers/report"
	"duban/internal/zh/units"
	"duban/store/ledger"
)

// Bounds of a look through the organisation: what is found within them is listed.
const (
	peopleCalls = 600
	peopleTime  = 45 * time.Second
	peopleShown = 5 // of each unit
)

// proposePeople lists who in DingTalk's organisation would fit a unit of the plan and is
// bound to none yet. It changes nothing: a person is bound by the office's own yes.
func proposePeople(ctx context.Context, e Env, cfg config.Config, b *ledger.Book) []finding {
	client, err := dingClient(cfg, e.Now, quiet())
	if err != nil {
		return []finding{{"注意", "通讯录无法读取：" + err.Error()}}
	}
	defer client.Close()
	ctx, cancel := context.WithTimeout(ctx, peopleTime)
	defer cancel()
	found, err := client.Directory(ctx, dingtalk.Walk{MaxCalls: peopleCalls, Pause: func(ctx context.Context, d time.Duration) error { return pauseBy(e, ctx, d) }})
	var out []finding
	switch {
	case err != nil && !errors.Is(err, context.DeadlineExceeded):
		out = append(out, finding{"注意", "通讯录没有读完，请核对应用的通讯录权限：" + err.Error()})
	case err != nil || !found.Whole:
		out = append(out, finding{"注意", fmt.Sprintf("通讯录较大，只看了前%d人", len(found.Entries))})
	}
	return append(out, proposals(found, b)...)
}

// proposals are the lines for each unit, in the plan's order, then the doubtful people.
func proposals(found dingtalk.Directory, b *ledger.Book) []finding {
	names := unitNames(b)
	free := func(staff string) bool { return b.Members[staff] == nil || len(b.Members[staff].Units) == 0 }
	sure, unsure := found.Bind(units.NewDirectory(names, b.Aliases))
	fits := map[string][]string{}
	for _, p := range sure {
		if free(p.StaffID) {
			fits[p.Unit] = append(fits[p.Unit], report.Plain(p.Name)+"("+p.StaffID+")")
		}
	}
	var out []finding
	for _, u := range names {
		if list := fits[u]; len(list) > 0 {
			out = append(out, finding{"建议", "可绑定“" + u + "”：" + few(list)})
		}
	}
	var doubtful []string
	for _, p := range unsure {
		if free(p.StaffID) {
			doubtful = append(doubtful, fmt.Sprintf("%s(%s，%s，或为%s)", report.Plain(p.Name), p.StaffID, report.Plain(p.Department), strings.Join(p.Units[:min(3, len(p.Units))], "、")))
		}
	}
	if len(doubtful) > 0 {
		out = append(out, finding{"建议", "单位需人工确认：" + few(doubtful)})
	}
	if len(out) == 0 {
		return []finding{{"正常", fmt.Sprintf("通讯录中的%d人没有可新绑定的", len(found.Entries))}}
	}
	return append(out, finding{"建议", "以上只是建议，未做任何改动；绑定请写入 members，或由本人发送“绑定 单位名称”"})
}

// few names the first of a list and counts the rest.
func few(list []string) string {
	if len(list) <= peopleShown {
		return strings.Join(list, "、")
	}
	return fmt.Sprintf("%s等%d人", strings.Join(list[:peopleShown], "、"), len(list))
}
