package app

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"duban/internal/wording"
	"duban/store/ledger"
)

// blockedSetting keeps what DingTalk refuses until somebody mends it, for duban doctor.
const blockedSetting = "dingtalk/blocked"

// block is a dingtalk.Block as it is kept.
type block struct {
	API   string    `json:"api,omitempty"`
	Why   string    `json:"why"`
	Since time.Time `json:"since"`
}

// blocks lists what DingTalk refuses this process now.
func (o *office) blocks() []block {
	if o.ding == nil {
		return nil
	}
	var out []block
	for _, x := range o.ding.Blocked() {
		out = append(out, block{x.API, x.Why.Error(), x.Since})
	}
	return out
}

// blockedOf is what the store knows to be refused. What cannot be read counts as nothing.
func blockedOf(b *ledger.Book) []block {
	var out []block
	if raw := b.Settings[blockedSetting]; raw != nil && json.Unmarshal(raw, &out) != nil {
		return nil
	}
	return out
}

// keepBlocks writes what is refused now over what an earlier time has left.
func (o *office) keepBlocks(ctx context.Context, list []block) error {
	return change(ctx, o.desk.Fresh, o.engine, o.now, func(b *ledger.Book) (ledger.Commit, error) {
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
	return fmt.Sprintf("告警：钉钉自%s起拒绝%s，原因：%s。待发的消息已保留，恢复后自动补发", wording.Moment(b.Since), apiName(b.API), hint(b.Why))
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
