package app

import (
	"context"

	"duban/bot/dingtalk"
	"duban/handlers"
)

// dinger is a platform that may have DING.
type dinger interface {
	handlers.Dings
	dings() bool
}

var _ dinger = (*platform)(nil)

// dings reports whether the platform has DING: only DingTalk does.
func (p *platform) dings() bool { return p.ding != nil }

// Ding sends a DING inside the app: SMS and phone calls cost the organisation money and
// are not sent.
func (p *platform) Ding(ctx context.Context, staff []string, text string) (map[string]string, error) {
	got, err := p.ding.Ding(ctx, staff, text, dingtalk.DingApp)
	return got.Failed, err
}
