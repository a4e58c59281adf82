package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"duban/bot"
	"duban/bot/dingtalk"
	"duban/config"
	"duban/handlers"
	"duban/store"
	"duban/store/ledger"
)

type doctorCmd struct {
	Config  string `short:"c" default:"duban.yaml" placeholder:"文件" help:"配置文件"`
	Offline bool   `help:"不连接钉钉"`
	People  bool   `help:"在钉钉通讯录中查找可绑定各单位的人员，只列建议，不做改动"`

	Mobile []string `placeholder:"手机号" help:"按手机号查人员编号（钉钉的 userid、政务钉钉的 accountId），多个用逗号分开"`
}

// finding is one line of the check-up.
type finding struct {
	mark string // 正常, 注意, 错误
	text string
}

// Run checks everything an operator would otherwise find out too late.
func (c *doctorCmd) Run(ctx context.Context, e Env) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	var out []finding
	cfg, err := load(e, c.Config)
	if err != nil {
		for _, line := range strings.Split(err.Error(), "\n") {
			out = append(out, finding{"错误", line})
		}
		return findings(e.Stdout, out)
	}
	out = append(out, finding{"正常", "配置可以使用"})
	if err := ready(cfg); err != nil {
		out = append(out, finding{"错误", err.Error()})
	}
	if _, err := rulesOf(cfg); err != nil {
		out = append(out, finding{"错误", "提醒规则有误：" + err.Error()})
	}
	out = append(out, checkCalendar(cfg, e.Now())...)
	if cfg.DingTalk.Mode != "off" && cfg.Zheng.AppKey == "" && !c.Offline && cfg.DingTalk.ClientID != "" {
		out = append(out, checkDingTalk(ctx, cfg, e.Now))
	}
	if len(c.Mobile) > 0 && !c.Offline {
		out = append(out, c.lookUp(ctx, e, cfg)...)
	}
	if cfg.LLM.BaseURL != "" && !c.Offline {
		out = append(out, checkModel(ctx, cfg))
	}
	log := logger(e, cfg.LogLevel)
	engine, err := openStore(ctx, cfg, log)
	if err != nil {
		return findings(e.Stdout, append(out, finding{"错误", err.Error()}))
	}
	defer closeStore(engine, log)
	out = append(out, checkStore(ctx, engine)...)
	desk, err := handlers.NewDesk(ctx, handlers.Options{Ledger: engine, Now: e.Now, Log: log})
	if err != nil {
		out = append(out, finding{"错误", "数据无法读取：" + err.Error()})
		return findings(e.Stdout, out)
	}
	book, err := desk.Fresh(ctx)
	if err != nil {
		return err
	}
	if book, err = asServed(book, cfg, e.Now); err != nil {
		return err
	}
	out = append(out, checkBook(book, cfg)...)
	if cfg.DingTalk.Mode != "off" {
		out = append(out, checkCalls(callsOf(book).Budget(cfg.DingTalk.MonthlyCalls, e.Now())))
	}
	for _, x := range blockedOf(book, e.Now()) {
		out = append(out, finding{"注意", x.words()})
	}
	if c.People && !c.Offline && cfg.DingTalk.Mode != "off" && book.Plan != nil {
		out = append(out, proposePeople(ctx, e, cfg, book)...)
	}
	return findings(e.Stdout, out)
}

// asServed is the state that a start of the bot would make: what the configuration binds
// beforehand is in it. Nothing is written.
func asServed(b *ledger.Book, cfg config.Config, now func() time.Time) (*ledger.Book, error) {
	o := office{cfg: cfg, now: now}
	list, err := o.bound(b)
	if err != nil {
		return nil, err
	}
	recs := make([]ledger.Record, len(list))
	for i, x := range list {
		recs[i] = x.record
		recs[i].Rev = b.Rev + 1
	}
	return b.Apply(ledger.Delta{Rev: b.Rev + 1, Records: recs})
}

func findings(w io.Writer, list []finding) error {
	bad := 0
	for _, f := range list {
		if f.mark == "错误" {
			bad++
		}
		if _, err := fmt.Fprintf(w, "[%s] %s\n", f.mark, f.text); err != nil {
			return err
		}
	}
	if bad > 0 {
		return fmt.Errorf("体检发现%d个错误，请按提示处理", bad)
	}
	_, err := fmt.Fprintln(w, "体检完成，没有错误。")
	return err
}

func checkCalendar(cfg config.Config, now time.Time) []finding {
	cal, err := holidays(cfg.Holidays)
	if err != nil {
		return []finding{{"错误", err.Error()}}
	}
	o := office{cal: cal}
	var out []finding
	for _, w := range o.calendarWarnings(now) {
		out = append(out, finding{"注意", w})
	}
	if len(out) == 0 {
		out = append(out, finding{"正常", fmt.Sprintf("节假日表包含%d年", now.Year())})
	}
	return out
}

func checkDingTalk(ctx context.Context, cfg config.Config, now func() time.Time) finding {
	client, err := dingtalk.NewClient(dingtalk.ClientOptions{
		ClientID: cfg.DingTalk.ClientID, Secret: cfg.DingTalk.ClientSecret.Reveal(), RobotCode: robotCode(cfg),
		APIBase: cfg.DingTalk.APIBase, OAPIBase: cfg.DingTalk.OAPIBase, Now: now, Log: quiet(),
	})
	if err == nil {
		err = client.Check(ctx)
	}
	var no *bot.Refusal
	switch {
	case err == nil:
		return finding{"正常", "钉钉可以连通，应用凭证有效"}
	case errors.As(err, &no):
		return finding{"错误", "钉钉拒绝了应用凭证，请核对 client_id 和 client_secret：" + no.Code}
	}
	return finding{"错误", "无法连接钉钉，请检查网络和 dingtalk.api_base：" + err.Error()}
}

// checkCalls tells how much of the month's calls is used up.
func checkCalls(u dingtalk.Budget) finding {
	mark := "正常"
	if u.Exhausted || u.Limit > 0 && u.Month*10 >= u.Limit*9 {
		mark = "注意"
	}
	return finding{mark, callsLine(u)}
}

func checkModel(ctx context.Context, cfg config.Config) finding {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimRight(cfg.LLM.BaseURL, "/")+"/models", nil)
	if err != nil {
		return finding{"错误", "llm.base_url 有误：" + err.Error()}
	}
	if key := cfg.LLM.APIKey.Reveal(); key != "" {
		req.Header.Set("Authorization", "Bearer "+key)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return finding{"注意", "模型服务无法连接，汇总将使用固定格式：" + err.Error()}
	}
	defer res.Body.Close()
	if res.StatusCode == http.StatusUnauthorized || res.StatusCode == http.StatusForbidden {
		return finding{"注意", "模型服务不接受密钥，请核对 llm.api_key；汇总将使用固定格式"}
	}
	return finding{"正常", "模型服务可以连通"}
}

func checkStore(ctx context.Context, engine store.Engine) []finding {
	if err := engine.Ping(ctx); err != nil {
		return []finding{{"错误", "存储没有应答：" + err.Error()}}
	}
	how, err := engine.Persistence(ctx)
	if err != nil {
		return []finding{{"注意", "无法查看存储的持久化设置：" + err.Error()}}
	}
	out := []finding{checkKept(how)}
	if waiting, dead, err := engine.Depth(ctx); err == nil && dead > 0 {
		out = append(out, finding{"注意", fmt.Sprintf("有%d条消息未能送达，%d条等待发送", dead, waiting)})
	}
	return out
}
