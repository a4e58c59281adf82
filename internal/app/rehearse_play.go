package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"duban/bot/bottest"
)

// errScript says how a line of a script is written.
var errScript = errors.New("应写成“姓名> 内容”“姓名@群名> 内容”“姓名@群名 引用> 内容”“姓名@群名 按> 按钮”“时间> 2018-08-31 09:00”或“过> 7天”")

// play carries out one line and prints what people then see.
func (r *rehearsal) play(ctx context.Context, line string) error {
	if line == "" || strings.HasPrefix(line, "#") {
		return nil
	}
	who, text, ok := strings.Cut(line, ">")
	if !ok {
		return errScript
	}
	who, text = strings.TrimSpace(who), strings.TrimSpace(text)
	fmt.Fprintf(r.out, "\n— %s —\n%s\n", r.clock.Now().Format("2006年1月2日 15:04"), line)
	var err error
	switch who {
	case "时间":
		t, bad := time.ParseInLocation("2006-01-02 15:04", text, r.env.Now().Location())
		if bad != nil {
			return errScript
		}
		err = r.moveTo(ctx, t)
	case "过":
		var n int
		if _, bad := fmt.Sscanf(text, "%d天", &n); bad != nil {
			return errScript
		}
		err = r.moveTo(ctx, r.clock.Now().AddDate(0, 0, n))
	default:
		err = r.say(ctx, who, text)
	}
	if err != nil {
		return err
	}
	return r.show(ctx)
}

func (r *rehearsal) say(ctx context.Context, who, text string) error {
	who, pressing := strings.CutSuffix(who, "按")
	who, quoting := strings.CutSuffix(who, "引用")
	name, group, inGroup := strings.Cut(strings.TrimSpace(who), "@")
	s := bottest.Saying{User: r.names[name], Text: text}
	if s.User == "" || inGroup && r.names[group] == "" {
		return fmt.Errorf("没有这个人或群，请核对配置中的姓名和群名")
	}
	look := r.fake.SeenBy(s.User)
	if inGroup {
		s.Group, s.At = r.names[group], true
		look = r.fake.Seen(s.Group)
	}
	if pressing {
		return r.press(ctx, s.User, text, look)
	}
	if quoting {
		if len(look) == 0 {
			return fmt.Errorf("还没有可以引用的消息")
		}
		s.Quote = bottest.QuoteOf(look[len(look)-1])
	}
	d, err := r.fake.Say(ctx, s)
	if err != nil {
		return err
	}
	if d.Status != http.StatusOK {
		return fmt.Errorf("机器人没有接收这条消息（状态%d）", d.Status)
	}
	return nil
}

// moveTo goes forward slot by slot, as the demo's clock does.
func (r *rehearsal) moveTo(ctx context.Context, t time.Time) error {
	if !t.After(r.clock.Now()) {
		return fmt.Errorf("时间只能向后调")
	}
	for range maxSteps {
		next := r.office.planner.Next(r.clock.Now())
		last := next.IsZero() || next.After(t)
		if last {
			next = t
		}
		r.clock.Set(next)
		if _, err := r.office.planner.RunOnce(ctx, next); err != nil {
			return err
		}
		if err := r.empty(ctx); err != nil || last {
			return err
		}
	}
	return fmt.Errorf("一次调得太远，请分几次调")
}

// empty sends all that is due, until the bot has nothing more to do at this moment.
func (r *rehearsal) empty(ctx context.Context) error {
	for range maxSteps {
		for r.office.busy() {
			if !r.env.Wait(ctx, time.Millisecond) {
				return ctx.Err()
			}
		}
		seen := len(r.fake.All())
		done, err := r.office.senders[0].RunOnce(ctx, r.clock.Now())
		if err != nil || done.Total() == 0 && !r.office.busy() && seen == len(r.fake.All()) {
			return err
		}
	}
	return nil
}

// show prints what people have newly seen, once nothing more comes.
func (r *rehearsal) show(ctx context.Context) error {
	if err := r.empty(ctx); err != nil {
		return err
	}
	notes := r.fake.All()
	for _, n := range notes[r.shown:] {
		where := r.nameOf(n.User)
		if n.Group != "" {
			where = "群“" + r.nameOf(n.Group) + "”"
		}
		text := n.Raw
		if n.Media != "" {
			text = "[文件] " + n.File
			if m, ok := r.fake.Media(n.Media); ok && n.File == "" {
				text = "[图片] " + m.Name
			}
		}
		text += r.onCard(n.Card)
		fmt.Fprintf(r.out, "\n  %s看到：\n%s\n", where, indent(text))
	}
	r.shown = len(notes)
	dings := r.fake.Dings()
	for _, d := range dings[r.dings:] {
		var names []string
		for _, id := range d.Users {
			names = append(names, r.nameOf(id))
		}
		fmt.Fprintf(r.out, "\n  %s收到DING：\n%s\n", strings.Join(names, "、"), indent(d.Text))
	}
	r.dings = len(dings)
	r.showTodos()
	return nil
}

func (r *rehearsal) nameOf(id string) string {
	for name, x := range r.names {
		if x == id {
			return name
		}
	}
	return id
}

func indent(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight("    "+l, " ") // two blanks at the end are a line break in Markdown
	}
	return strings.Join(lines, "\n")
}
