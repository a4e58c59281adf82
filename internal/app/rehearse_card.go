package app

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"duban/bot/bottest"
)

// press presses a button of the newest message that has it, and prints what a card then
// shows.
func (r *rehearsal) press(ctx context.Context, user, button string, look []bottest.Note) error {
	for _, n := range slices.Backward(look) {
		if slices.ContainsFunc(n.Buttons, func(b bottest.Button) bool { return b.Label == button }) {
			_, err := r.fake.Press(ctx, user, n, button)
			return err
		}
		if !slices.Contains(r.buttons(n.Card), button) {
			continue
		}
		done, err := r.fake.PressCard(ctx, bottest.CardPressing{User: user, Track: n.Card, Button: button})
		if err != nil {
			return err
		}
		if done.Error != "" {
			fmt.Fprintf(r.out, "\n  %s看到：卡片没有响应（%s）\n", r.nameOf(user), done.Error)
			return nil
		}
		if c, _ := r.fake.Card(n.Card); c.Seen(user)["status"] != "" {
			fmt.Fprintf(r.out, "\n  卡片显示：%s\n", c.Seen(user)["status"])
		}
		return nil
	}
	return fmt.Errorf("看到的消息里没有按钮“%s”", button)
}

// buttons are the labels that a card has now.
func (r *rehearsal) buttons(track string) []string {
	c, ok := r.fake.Card(track)
	var list []struct {
		Text string `json:"text"`
	}
	if !ok || json.Unmarshal([]byte(c.Params["buttons"]), &list) != nil {
		return nil
	}
	out := make([]string, len(list))
	for i, b := range list {
		out[i] = b.Text
	}
	return out
}

// onCard is what a card shows beside its text.
func (r *rehearsal) onCard(track string) string {
	list := r.buttons(track)
	if len(list) == 0 {
		return ""
	}
	return "\n\n[卡片按钮] " + strings.Join(list, "　")
}

// showTodos prints the to-dos that are new, done or open again.
func (r *rehearsal) showTodos() {
	if r.todos == nil {
		r.todos = map[string]string{}
	}
	for _, t := range r.fake.Todos() {
		state := "新待办"
		if slices.Contains(slices.Collect(maps.Values(t.Done)), true) {
			state = "待办已完成"
		}
		if was, known := r.todos[t.ID]; was == state {
			continue
		} else if known && state == "新待办" {
			state = "待办重新打开"
		}
		r.todos[t.ID] = strings.Replace(state, "待办重新打开", "新待办", 1)
		var names []string
		for _, id := range t.Executors {
			names = append(names, r.nameOf(strings.TrimPrefix(id, bottest.UnionID(""))))
		}
		fmt.Fprintf(r.out, "\n  %s的钉钉待办（%s）：%s\n", strings.Join(names, "、"), state, t.Subject)
	}
}
