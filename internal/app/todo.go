package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"duban/bot"
	"duban/bot/dingtalk"
	"duban/handlers"
)

var _ handlers.Todos = (*platform)(nil)

// CreateTodo puts an entry into a person's DingTalk to-do list, in the person's own name.
func (p *platform) CreateTodo(ctx context.Context, t handlers.Todo) (string, error) {
	who, err := p.unionID(ctx, t.Staff)
	if err != nil {
		return "", err
	}
	return p.ding.CreateTodo(ctx, dingtalk.Todo{
		Source: p.source(t.Key), Creator: who, Executors: []string{who}, Subject: t.Subject, Description: t.Text, Due: t.Due, URL: p.todo,
	})
}

// FindTodo is the entry with the key in a person's list.
func (p *platform) FindTodo(ctx context.Context, staff, key string) (string, error) {
	who, err := p.unionID(ctx, staff)
	if err != nil {
		return "", err
	}
	id, _, err := p.ding.FindTodo(ctx, who, p.source(key))
	return id, err
}

// source is a key as DingTalk has it: of this office alone, and safe in a path.
func (p *platform) source(key string) string {
	sum := sha256.Sum256([]byte(p.tenant + "\n" + key))
	return "duban-" + hex.EncodeToString(sum[:16])
}

// MarkTodo marks an entry as done or as open again.
func (p *platform) MarkTodo(ctx context.Context, staff, id string, done bool) error {
	who, err := p.unionID(ctx, staff)
	if err != nil {
		return err
	}
	return p.ding.MarkTodo(ctx, who, id, []string{who}, done)
}

// unionID is the name by which DingTalk's to-dos know a person.
func (p *platform) unionID(ctx context.Context, staff string) (string, error) {
	if p.ding == nil {
		return "", &bot.Refusal{Op: "todo", Code: "platform", Msg: "only DingTalk has to-dos"}
	}
	who, err := p.ding.User(ctx, staff)
	if err != nil {
		return "", fmt.Errorf("app: person of a to-do: %w", err)
	}
	if who.UnionID == "" {
		return "", &bot.Refusal{Op: "todo", Code: "unionid", Msg: "DingTalk gives no union id of the person"}
	}
	return who.UnionID, nil
}
