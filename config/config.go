// Package config reads duban.yaml, lays the environment over it and checks the
// whole, reporting every problem at once. In go a file and an environment handed in by
// main; out comes a Config that is complete and consistent. It reads nothing behind
// main's back, and a Config prints itself without its secrets.
package config

import (
	"log/slog"
	"time"
)

// Config is the whole configuration. Every key can also be set as environment
// variable DUBAN_ + its path in capitals; a secret also as …_FILE, the name of a file
// that holds it.
type Config struct {
	Listen   string              `yaml:"listen" env:"LISTEN"`       // address of the HTTP server
	DataDir  string              `yaml:"data_dir" env:"DATA_DIR"`   // embedded engine, used when redis_url is empty
	RedisURL Secret              `yaml:"redis_url" env:"REDIS_URL"` // redis://, rediss://, redis+sentinel://, redis+cluster://
	Tenant   string              `yaml:"tenant" env:"TENANT"`       // name under which all keys stand
	Plan     string              `yaml:"plan" env:"PLAN"`           // imported at start when there is no plan; empty: the Huzhou plan
	Bot      string              `yaml:"bot" env:"BOT"`             // how the bot is called in a chat
	Office   string              `yaml:"office" env:"OFFICE"`       // the office that signs
	Holidays string              `yaml:"holidays" env:"HOLIDAYS"`   // JSON file that adds years to the working-day calendar
	Console  bool                `yaml:"console" env:"CONSOLE"`     // serve /console/ beside DingTalk
	LogLevel string              `yaml:"log_level" env:"LOG_LEVEL"` // debug, info, warn, error
	DingTalk DingTalk            `yaml:"dingtalk" envPrefix:"DINGTALK_"`
	Zheng    Zhengding           `yaml:"zhengding" envPrefix:"ZHENGDING_"`
	Remind   Remind              `yaml:"reminders" envPrefix:"REMINDERS_"`
	Lights   Lights              `yaml:"lights" envPrefix:"LIGHTS_"`
	Report   Report              `yaml:"report" envPrefix:"REPORT_"`
	Bulletin Bulletin            `yaml:"bulletin" envPrefix:"BULLETIN_"`
	Compare  Compare             `yaml:"compare" envPrefix:"COMPARE_"`
	LLM      LLM                 `yaml:"llm" envPrefix:"LLM_"`
	Secrecy  Secrecy             `yaml:"secrecy" envPrefix:"SECRECY_"`
	Members  []Member            `yaml:"members" env:"-"`
	Rooms    []Room              `yaml:"rooms" env:"-"`
	Aliases  map[string][]string `yaml:"aliases" env:"-"` // short name of a unit → its names in the plan
	Groups   map[string][]string `yaml:"groups" env:"-"`  // collective name in the plan → the units it stands for
}

// DingTalk is the connection to DingTalk.
type DingTalk struct {
	Mode         string `yaml:"mode" env:"MODE"` // http, stream, off
	ClientID     string `yaml:"client_id" env:"CLIENT_ID"`
	ClientSecret Secret `yaml:"client_secret" env:"CLIENT_SECRET"`
	RobotCode    string `yaml:"robot_code" env:"ROBOT_CODE"` // empty: the client id
	APIBase      string `yaml:"api_base" env:"API_BASE"`
	OAPIBase     string `yaml:"oapi_base" env:"OAPI_BASE"`
	CardTemplate string `yaml:"card_template" env:"CARD_TEMPLATE"` // interactive cards; empty: plain buttons
	CardRoute    string `yaml:"card_route" env:"CARD_ROUTE"`       // of the HTTP card callback; empty: by Stream
	CardSecret   Secret `yaml:"card_secret" env:"CARD_SECRET"`     // its apiSecret
	EventToken   Secret `yaml:"event_token" env:"EVENT_TOKEN"`     // of the HTTP event subscription
	EventAESKey  Secret `yaml:"event_aes_key" env:"EVENT_AES_KEY"`
	MonthlyCalls int    `yaml:"monthly_calls" env:"MONTHLY_CALLS"` // the organisation's limit, for 状态
	Directory    string `yaml:"directory" env:"DIRECTORY"`         // off, propose, bind: what becomes of people whose department is a unit
	Todo         bool   `yaml:"todo" env:"TODO"`                   // mirror 催办 into the contacts' to-do lists
	TodoURL      string `yaml:"todo_url" env:"TODO_URL"`           // where such a to-do leads
}

// Zhengding is the connection to 政务钉钉 / 专有钉钉; an empty AppKey turns it off.
type Zhengding struct {
	Gateway   string        `yaml:"gateway" env:"GATEWAY"`
	AppKey    string        `yaml:"app_key" env:"APP_KEY"`
	AppSecret Secret        `yaml:"app_secret" env:"APP_SECRET"`
	TenantID  string        `yaml:"tenant_id" env:"TENANT_ID"`
	RobotBase string        `yaml:"robot_base" env:"ROBOT_BASE"` // empty: the gateway
	Inbound   string        `yaml:"inbound" env:"INBOUND"`       // dingtalk: robot callbacks signed as on DingTalk; empty: none
	MinGap    time.Duration `yaml:"min_gap" env:"MIN_GAP"`       // between work notifications
}

// Remind is when and how reminders are sent.
type Remind struct {
	Cron   string `yaml:"cron" env:"CRON"`     // slots, five fields, Asia/Shanghai; only working days fire
	Before []int  `yaml:"before" env:"BEFORE"` // days before the deadline
	After  []int  `yaml:"after" env:"AFTER"`   // working days after it
	Weekly bool   `yaml:"weekly" env:"WEEKLY"` // go on once a week after the last stage
	Open   string `yaml:"open" env:"OPEN"`     // working hours, HH:MM
	Close  string `yaml:"close" env:"CLOSE"`
	Near   int    `yaml:"near" env:"NEAR"` // days left that count as 临期

	// Steps of After that go further up. Not written: those of the built-in ones that
	// stand in After; an empty list: none.
	Contact []int `yaml:"contact" env:"CONTACT"` // to the lead unit's contacts; built in: 1, 3
	Head    []int `yaml:"head" env:"HEAD"`       // to its head; built in: 3
	Draft   []int `yaml:"draft" env:"DRAFT"`     // a draft 催办通知 to the supervision office; built in: 5

	Report    string `yaml:"report" env:"REPORT"`         // none, month, quarter, half: how often units report
	ReportDay int    `yaml:"report_day" env:"REPORT_DAY"` // of the period's last month
	Instruct  string `yaml:"instruct" env:"INSTRUCT"`     // none, 13710: how a leader's instruction is followed up unless it says so itself
	Budget    int    `yaml:"budget" env:"BUDGET"`         // most messages a day for one room or person
}

// Lights are the thresholds, words and colours in which the office sees a task's state.
// The words and colours are checked by whoever uses them.
type Lights struct {
	BehindPoints float64          `yaml:"behind_points" env:"BEHIND_POINTS"` // percentage points behind the time elapsed that count as 滞后
	Levels       map[string]Light `yaml:"levels" env:"-"`                    // by level: normal, near, behind, overdue, pending, closed, standing, paused, cancelled
}

// Light is how one level is shown.
type Light struct {
	Word   string `yaml:"word"`
	Mark   string `yaml:"mark"`   // before the word in a chat; empty: the built-in one
	Colour string `yaml:"colour"` // RRGGBB, in Excel and pictures; empty: the built-in one
}

// Report is the masthead of bulletins and the calendar feed.
type Report struct {
	Organ        string   `yaml:"organ" env:"ORGAN"`               // 机关名称
	Series       string   `yaml:"series" env:"SERIES"`             // 刊名
	Addressees   string   `yaml:"addressees" env:"ADDRESSEES"`     // 主送
	Basis        string   `yaml:"basis" env:"BASIS"`               // 依据
	Requirements []string `yaml:"requirements" env:"REQUIREMENTS"` // 下一步工作要求
	Note         string   `yaml:"note" env:"NOTE"`                 // line under all figures, such as 以书面报送为准
	BaseURL      string   `yaml:"base_url" env:"BASE_URL"`         // address under which people reach this server
	FeedSecret   Secret   `yaml:"feed_secret" env:"FEED_SECRET"`   // empty: no calendar feed
}

// Bulletin is how bulletins (通报) are drafted by the clock, numbered and made known.
type Bulletin struct {
	Every    string `yaml:"every" env:"EVERY"`         // none, month, quarter: how often a draft is made
	Day      int    `yaml:"day" env:"DAY"`             // of the month after the period
	NumberBy string `yaml:"number_by" env:"NUMBER_BY"` // year, plan: where numbers begin anew
	Rooms    string `yaml:"rooms" env:"ROOMS"`         // units, none: who gets the short text when one is published
}

// Compare is whether units may be set side by side in chat, and which with which. What
// the office sets in chat goes before it.
type Compare struct {
	On     bool           `yaml:"on" env:"ON"`
	Groups []CompareGroup `yaml:"groups" env:"-"`
}

// CompareGroup is a group of units that are alike enough to be compared.
type CompareGroup struct {
	Name  string   `yaml:"name"`
	Units []string `yaml:"units"`
}

// LLM is the model that may word summaries; an empty BaseURL turns it off.
type LLM struct {
	BaseURL string        `yaml:"base_url" env:"BASE_URL"` // ends in /v1 for most servers
	APIKey  Secret        `yaml:"api_key" env:"API_KEY"`
	Model   string        `yaml:"model" env:"MODEL"`
	Timeout time.Duration `yaml:"timeout" env:"TIMEOUT"`
	Daily   int           `yaml:"daily_tokens" env:"DAILY_TOKENS"` // budget of a Beijing day; 0: none
}

// Secrecy is what an office adds to the list of markings (密级标志) that are refused.
type Secrecy struct {
	Words    []string `yaml:"words" env:"WORDS"`       // further words that are refused
	Harmless []string `yaml:"harmless" env:"HARMLESS"` // words that are let in, whatever stands in them
}

// Member binds a person beforehand.
type Member struct {
	ID    string   `yaml:"id"`
	Name  string   `yaml:"name"`
	Units []string `yaml:"units"`
	Roles []string `yaml:"roles"` // staff, contact, head, supervisor, leader, admin
}

// Room binds a group chat beforehand.
type Room struct {
	ID      string   `yaml:"id"`
	Title   string   `yaml:"title"`
	Units   []string `yaml:"units"`
	Webhook Secret   `yaml:"webhook"` // group robot address, for mentions in nudges
	Secret  Secret   `yaml:"secret"`
}

// Secret is text that never prints.
type Secret string

// String hides the secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "******"
}

// GoString hides the secret from %#v.
func (s Secret) GoString() string { return s.String() }

// LogValue hides the secret from slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalYAML hides the secret when the effective configuration is shown.
func (s Secret) MarshalYAML() (any, error) { return s.String(), nil }

// Reveal returns the secret itself, for the one who needs it.
func (s Secret) Reveal() string { return string(s) }

// Default is the configuration when nothing is set.
func Default() Config {
	return Config{
		Listen: "127.0.0.1:8080", DataDir: "./data", Tenant: "default", Bot: "督办助手", Office: "督查室", LogLevel: "info",
		DingTalk: DingTalk{Mode: "http", Directory: "off", APIBase: "https://api.dingtalk.com", OAPIBase: "https://oapi.dingtalk.com"},
		Zheng:    Zhengding{Gateway: "https://openplatform.dg-work.cn"},
		Remind: Remind{
			Cron: "0 9 * * *", Before: []int{30, 15, 7, 3, 1, 0}, After: []int{1, 3, 5}, Weekly: true, Open: "08:30", Close: "17:30", Near: 7,
			Report: "none", ReportDay: 25, Instruct: "none", Budget: 3,
		},
		Lights:   Lights{BehindPoints: 10},
		Bulletin: Bulletin{Every: "none", Day: 5, NumberBy: "year", Rooms: "units"},
		LLM:      LLM{Timeout: 30 * time.Second},
	}
}
