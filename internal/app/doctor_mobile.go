package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"duban/bot/dingtalk"
	"duban/bot/zhengding"
	"duban/config"
)

// lookUp finds the ids of people by their mobile numbers, as members wants them. It
// changes nothing.
func (c *doctorCmd) lookUp(ctx context.Context, e Env, cfg config.Config) []finding {
	find, end, err := finder(cfg, e)
	if err != nil {
		return []finding{{"注意", "不能按手机号查人：" + err.Error()}}
	}
	defer end()
	var out []finding
	for _, number := range c.Mobile {
		switch id, err := find(ctx, number); {
		case errors.Is(err, dingtalk.ErrNobody), errors.Is(err, zhengding.ErrNobody):
			out = append(out, finding{"注意", masked(number) + "查不到人，请核对号码和应用的通讯录可见范围"})
		case err != nil:
			out = append(out, finding{"注意", masked(number) + "没有查到：" + err.Error()})
		default:
			out = append(out, finding{"建议", fmt.Sprintf("%s 的人员编号是 %s，请填入 members 的 id", masked(number), id)})
		}
	}
	return out
}

// finder is the configured platform's way to find a person.
func finder(cfg config.Config, e Env) (find func(context.Context, string) (string, error), end func(), err error) {
	switch {
	case cfg.Zheng.AppKey != "":
		z, err := zhengClient(cfg, e.Now, quiet())
		if err != nil {
			return nil, nil, err
		}
		return z.AccountByMobile, z.Close, nil
	case cfg.DingTalk.Mode != "off" && cfg.DingTalk.ClientID != "":
		d, err := dingClient(cfg, e.Now, quiet())
		if err != nil {
			return nil, nil, err
		}
		return d.ByMobile, d.Close, nil
	}
	return nil, nil, errors.New("没有配置钉钉或政务钉钉")
}

// masked is a mobile number as a screen may show it.
func masked(number string) string {
	if len(number) < 8 {
		return strings.Repeat("*", len(number))
	}
	return number[:3] + "****" + number[len(number)-4:]
}
