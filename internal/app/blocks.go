package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"duban/internal/wording"
	"duban/store/ledger"
)

// blockedSetting keeps what the platform refuses until somebody mends it, for duban doctor.
const blockedSetting = "dingtalk/blocked"

// block is a dingtalk.Block as it is kept.
type block struct {
	API   string    `json:"api,omitempty"`
	Why   string    `json:"why"`
	Since time.Time `json:"since"`
	Zheng bool      `json:"zheng,omitempty"` // 政务钉钉 refuses it
	By    string    `json:"by,omitempty"`    // the process that is refused
	Seen  time.Time `json:"seen,omitzero"`   // when it still was; each process says so again in time
}

const (
	// blockStale is how long a word of a process counts that says nothing more.
	blockStale = 30 * time.Minute
	// blockAgain is how often a process says that it is still refused.
	blockAgain = 10 * time.Minute
)

// blocks lists what the platform refuses this process now.
func (o *office) blocks() []block {
	var out []block
	if o.zheng != nil {
		if x, is := o.zheng.Blocked(); is {
			out = append(out, block{Why: x.Why.Error(), Since: x.Since, Zheng: true})
		}
	}
	if o.ding != nil {
		for _, x := range o.ding.Blocked() {
			out = append(out, block{API: x.API, Why: x.Why.Error(), Since: x.Since})
		}
	}
	return out
}

// blockedOf is what the store knows to be refused, each refusal once. What cannot be read
// counts as nothing.
func blockedOf(b *ledger.Book, now time.Time) []block {
	var out []block
	for _, x := range keptBlocks(b, now) {
		if !slices.ContainsFunc(out, func(o block) bool { return o.API == x.API && o.Why == x.Why }) {
			out = append(out, x)
		}
	}
	return out
}

// keptBlocks are those of all processes that still say so.
func keptBlocks(b *ledger.Book, now time.Time) []block {
	var out []block
	if raw := b.Settings[blockedSetting]; raw != nil && json.Unmarshal(raw, &out) != nil {
		return nil
	}
	return slices.DeleteFunc(out, func(x block) bool { return !x.Seen.IsZero() && now.Sub(x.Seen) > blockStale })
}

// blockKeeper keeps in the store what this process is refused, beside what the others are.
type blockKeeper struct {
	o    *office
	name string
	kept []block // as they were last written, without By and Seen
	at   time.Time
}

// begin takes over a store: what an earlier process of its only user has left is over.
func (k *blockKeeper) begin(ctx context.Context) error {
	return k.write(ctx, nil, k.o.cfg.RedisURL == "")
}

// run writes what has changed, once a span until ctx ends.
func (k *blockKeeper) run(ctx context.Context) error {
	for k.o.env.Wait(ctx, callsEvery) {
		list, now := k.o.blocks(), k.o.now()
		if slices.Equal(list, k.kept) && (len(list) == 0 || now.Sub(k.at) < blockAgain) {
			continue
		}
		if err := k.write(ctx, list, false); err == nil {
			k.kept, k.at = list, now
		} else if ctx.Err() == nil {
			k.o.log.Warn("what the platform refuses is not in the store; tried again", "err", err)
		}
	}
	return nil
}

// end takes back what this process has said: who does not run is not refused.
func (k *blockKeeper) end(ctx context.Context) error {
	if len(k.kept) == 0 {
		return nil
	}
	return k.write(ctx, nil, false)
}

// write puts the process's own list in the place of its last one, or of all.
func (k *blockKeeper) write(ctx context.Context, own []block, alone bool) error {
	o := k.o
	return change(ctx, o.desk.Fresh, o.engine, o.now, func(b *ledger.Book) (ledger.Commit, error) {
		var list []block
		if !alone {
			list = slices.DeleteFunc(keptBlocks(b, o.now()), func(x block) bool { return x.By == k.name })
		}
		for _, x := range own {
			x.By, x.Seen = k.name, o.now()
			list = append(list, x)
		}
		c := ledger.Commit{Expects: []ledger.Expect{b.Expect(ledger.RecordSetting, blockedSetting)}}
		switch {
		case len(list) > 0:
			rec, err := ledger.Put(ledger.RecordSetting, blockedSetting, list)
			c.Puts = []ledger.Record{rec}
			return c, err
		case b.Settings[blockedSetting] != nil:
			c.Puts = []ledger.Record{{Kind: ledger.RecordSetting, ID: blockedSetting}}
		}
		return c, nil
	})
}

// alert is what whoever operates the bot should know now; "" is nothing.
func (o *office) alert() string {
	var lines []string
	for _, x := range o.blocks() {
		lines = append(lines, x.words())
	}
	return strings.Join(lines, "\n\n")
}

// words say what is refused, since when, why, and that nothing is lost.
func (b block) words() string {
	who := "钉钉"
	if b.Zheng {
		who = "政务钉钉"
	}
	return fmt.Sprintf("告警：%s自%s起拒绝%s，原因：%s。待发的消息已保留，恢复后自动补发", who, wording.Moment(b.Since), apiName(b.API), hint(b.Why))
}

// apiNames say in words what an API is for, by the beginning of its path.
var apiNames = [][2]string{
	{"/v1.0/robot/groupMessages/send", "发送群消息"},
	{"/v1.0/robot/oToMessages/batchSend", "发送单聊消息"},
	{"/v1.0/robot/messageFiles", "下载聊天文件"},
	{"/v1.0/robot/ding", "发送DING"},
	{"/v1.0/card", "互动卡片"},
	{"/v1.0/todo", "写入待办"},
	{"/media/upload", "上传文件"},
	{"/topapi", "查询通讯录"},
}

func apiName(api string) string {
	_, path, ok := strings.Cut(api, " ") // a path with ids in it has its method in front
	if !ok {
		path = api
	}
	for _, n := range apiNames {
		if strings.HasPrefix(path, n[0]) {
			return n[1]
		}
	}
	if api == "" {
		return "全部接口调用"
	}
	return "部分接口调用"
}
