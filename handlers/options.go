package handlers

import (
	"context"
	"log/slog"
	"time"

	"duban/internal/wording"
	"duban/internal/zh/secrecy"
	"duban/store/ledger"
)

// Options are what a desk is built from.
type Options struct {
	Ledger    Ledger
	Post      Post
	Hours     Hours
	Suggester Suggester // nil: no guesses at what was meant
	Files     Files     // nil: files are not taken in chat
	Worder    Worder    // nil: summaries are worded by rules only

	Writers map[string]FileWriter // by form; a form without one is not sent in chat
	Todos   Todos                 // nil: people's to-do lists are left alone
	Dings   Dings                 // nil: the platform has no DING
	Cards   Cards                 // nil: buttons are not on cards that can show an outcome
	Traces  Traces                // nil: the platform neither tells who has read nor takes back
	Now     func() time.Time
	Log     *slog.Logger
	Bot     string // how the bot is called in a chat: 督办助手
	Note    string // a line under figures: 以书面报送为准; "": none
	Rules   Rules
	State   func(ctx context.Context) string            // the bot's own state in words, for 状态
	Alert   func() string                               // what whoever operates the bot should know now, in Markdown, for the next answer; "": nothing. Nil: never
	Config  func() []string                             // the configuration in force without secrets, a line a key, for 当前配置
	Feed    func(subject string, generation int) string // address of a person's or a unit's calendar; nil: off
	Light   ledger.LightRules                           // thresholds of the levels; the plan says when it was issued
	Lights  wording.Lights                              // the office's own words and colours
	Rhythm  Rhythm
	Follow  bool // instructions are followed up as 13710 wants without saying so
	Issues  Issues

	Comparison ledger.Comparison // whether units may be compared, and which, unless set otherwise in chat

	Imprint ledger.Imprint // what the office says about itself: who signs, the head of bulletins
	// Hint says in words what a platform's refusal means and what to do; "" when it
	// cannot tell. Nil cannot either.
	Hint    func(err error) string
	Secrecy *secrecy.Gate // refuses what is marked as secret; nil: the list alone
}
