package config

import (
	"fmt"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

var tenantName = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// roles are the duties a member may be given.
var roles = []string{"staff", "contact", "head", "supervisor", "leader", "admin"}

// check returns every problem of the configuration, each with what to do.
func (c Config) check() []error {
	var out []error
	bad := func(format string, args ...any) { out = append(out, fmt.Errorf(format, args...)) }
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		bad("listen 应写成“地址:端口”，例如 127.0.0.1:8080，现为“%s”", c.Listen)
	}
	if !tenantName.MatchString(c.Tenant) {
		bad("tenant 只能用字母、数字、下划线和短横，最长64个字符，现为“%s”", c.Tenant)
	}
	if c.RedisURL == "" && c.DataDir == "" {
		bad("redis_url 和 data_dir 至少要设一个")
	}
	if !slices.Contains([]string{"debug", "info", "warn", "error"}, c.LogLevel) {
		bad("log_level 应为 debug、info、warn 或 error，现为“%s”", c.LogLevel)
	}
	ways := 0
	for _, on := range []bool{c.Console, c.DingTalk.Mode != "off", c.Zheng.AppKey != ""} {
		if on {
			ways++
		}
	}
	if ways != 1 {
		bad("钉钉、政务钉钉和网页对话须启用且只启用一个：钉钉设 dingtalk.mode 为 http 或 stream；政务钉钉设 zhengding.app_key、dingtalk.mode 设为 off；网页对话设 console 为 true、dingtalk.mode 设为 off")
	}
	if c.Console && len(c.Members) == 0 {
		bad("console 设为 true 时，须在 members 中列出人员")
	}
	out = append(out, c.DingTalk.check()...)
	out = append(out, c.Zheng.check()...)
	out = append(out, c.Remind.check()...)
	for name, units := range c.Groups {
		if strings.TrimSpace(name) == "" || len(units) == 0 {
			bad("groups 应写成“集合名: [单位, 单位]”，现有“%s”", name)
		}
	}
	if p := c.Lights.BehindPoints; p <= 0 || p > 100 {
		bad("lights.behind_points 应大于0、不超过100，现为“%g”", p)
	}
	out = append(out, c.Bulletin.check()...)
	out = append(out, c.Compare.check()...)
	out = append(out, c.LLM.check()...)
	out = append(out, c.people()...)
	return out
}

func (d DingTalk) check() []error {
	var out []error
	switch d.Mode {
	case "off":
		return nil
	case "http", "stream":
	default:
		return []error{fmt.Errorf("dingtalk.mode 应为 http、stream 或 off，现为“%s”", d.Mode)}
	}
	if (d.EventToken == "") != (d.EventAESKey == "") {
		out = append(out, fmt.Errorf("dingtalk.event_token 和 dingtalk.event_aes_key 须同时设置"))
	}
	if (d.CardRoute == "") != (d.CardSecret == "") {
		out = append(out, fmt.Errorf("dingtalk.card_route 和 dingtalk.card_secret 须同时设置"))
	}
	if !slices.Contains([]string{"off", "propose", "bind"}, d.Directory) {
		out = append(out, fmt.Errorf("dingtalk.directory 应为 off、propose 或 bind，现为“%s”", d.Directory))
	}
	if d.Todo && d.TodoURL == "" {
		out = append(out, fmt.Errorf("dingtalk.todo 启用时须设置 dingtalk.todo_url：钉钉要求待办带有网址"))
	}
	bases := map[string]string{"dingtalk.api_base": d.APIBase, "dingtalk.oapi_base": d.OAPIBase}
	if d.TodoURL != "" {
		bases["dingtalk.todo_url"] = d.TodoURL
	}
	for name, base := range bases {
		u, err := url.Parse(base)
		if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			out = append(out, fmt.Errorf("%s 应为网址，例如 https://api.dingtalk.com，现为“%s”", name, base))
		}
	}
	return out
}

func (z Zhengding) check() []error {
	if z.AppKey == "" {
		return nil
	}
	var out []error
	if z.AppSecret == "" || z.TenantID == "" {
		out = append(out, fmt.Errorf("设置了 zhengding.app_key 时，还须设置 zhengding.app_secret 和 zhengding.tenant_id"))
	}
	for name, base := range map[string]string{"zhengding.gateway": z.Gateway, "zhengding.robot_base": z.RobotBase} {
		if u, err := url.Parse(base); base != "" && (err != nil || u.Host == "") {
			out = append(out, fmt.Errorf("%s 应为网址，现为“%s”", name, base))
		}
	}
	if z.Inbound != "" && z.Inbound != "dingtalk" {
		out = append(out, fmt.Errorf("zhengding.inbound 应为 dingtalk 或留空，现为“%s”", z.Inbound))
	}
	return out
}

func (r Remind) check() []error {
	var out []error
	for name, list := range map[string][]int{"reminders.before": r.Before, "reminders.after": r.After} {
		for _, n := range list {
			if n < 0 || n > 366 {
				out = append(out, fmt.Errorf("%s 中的天数应在0到366之间，现有“%d”", name, n))
			}
		}
	}
	for name, list := range map[string][]int{"reminders.contact": r.Contact, "reminders.head": r.Head, "reminders.draft": r.Draft} {
		for _, n := range list {
			if !slices.Contains(r.After, n) {
				out = append(out, fmt.Errorf("%s 中的天数应列在 reminders.after 之中，现有“%d”", name, n))
			}
		}
	}
	open, errOpen := time.Parse("15:04", r.Open)
	shut, errShut := time.Parse("15:04", r.Close)
	if errOpen != nil || errShut != nil || !open.Before(shut) {
		out = append(out, fmt.Errorf("reminders.open 和 reminders.close 应为先后两个时间，例如 08:30 和 17:30，现为“%s”和“%s”", r.Open, r.Close))
	}
	if r.Near < 0 || r.Near > 366 {
		out = append(out, fmt.Errorf("reminders.near 应在0到366之间，现为“%d”", r.Near))
	}
	if !slices.Contains([]string{"none", "month", "quarter", "half"}, r.Report) {
		out = append(out, fmt.Errorf("reminders.report 应为 none、month、quarter 或 half，现为“%s”", r.Report))
	}
	if r.ReportDay < 1 || r.ReportDay > 31 {
		out = append(out, fmt.Errorf("reminders.report_day 应在1到31之间，现为“%d”", r.ReportDay))
	}
	if r.Instruct != "none" && r.Instruct != "13710" {
		out = append(out, fmt.Errorf("reminders.instruct 应为 none 或 13710，现为“%s”", r.Instruct))
	}
	if r.Budget < 1 || r.Budget > 10 {
		out = append(out, fmt.Errorf("reminders.budget 应在1到10之间，现为“%d”", r.Budget))
	}
	return out
}

func (b Bulletin) check() []error {
	var out []error
	for _, k := range []struct {
		name, value string
		allowed     []string
	}{
		{"every", b.Every, []string{"none", "month", "quarter"}}, {"number_by", b.NumberBy, []string{"year", "plan"}}, {"rooms", b.Rooms, []string{"units", "none"}},
	} {
		if !slices.Contains(k.allowed, k.value) {
			out = append(out, fmt.Errorf("bulletin.%s 应为 %s，现为“%s”", k.name, strings.Join(k.allowed, "、"), k.value))
		}
	}
	if b.Day < 1 || b.Day > 31 {
		out = append(out, fmt.Errorf("bulletin.day 应在1到31之间，现为“%d”", b.Day))
	}
	return out
}

func (l LLM) check() []error {
	if l.BaseURL == "" {
		return nil
	}
	var out []error
	if u, err := url.Parse(l.BaseURL); err != nil || u.Host == "" {
		out = append(out, fmt.Errorf("llm.base_url 应为网址，现为“%s”", l.BaseURL))
	}
	if l.Model == "" {
		out = append(out, fmt.Errorf("设置了 llm.base_url 时，还须设置 llm.model"))
	}
	if l.Timeout <= 0 || l.Timeout > 2*time.Minute {
		out = append(out, fmt.Errorf("llm.timeout 应在1秒到2分钟之间，现为“%s”", l.Timeout))
	}
	return out
}

func (c Config) people() []error {
	var out []error
	seen := map[string]bool{}
	for i, m := range c.Members {
		if strings.TrimSpace(m.ID) == "" {
			out = append(out, fmt.Errorf("members 第%d个缺少 id（钉钉员工 userid）", i+1))
		}
		if seen["m"+m.ID] {
			out = append(out, fmt.Errorf("members 中 id “%s”重复", m.ID))
		}
		seen["m"+m.ID] = true
		for _, r := range m.Roles {
			if !slices.Contains(roles, r) {
				out = append(out, fmt.Errorf("members 中 “%s” 的 roles 应为 %s，现有“%s”", m.ID, strings.Join(roles, "、"), r))
			}
		}
	}
	for i, r := range c.Rooms {
		if strings.TrimSpace(r.ID) == "" {
			out = append(out, fmt.Errorf("rooms 第%d个缺少 id（群会话 conversationId）", i+1))
		}
		if seen["r"+r.ID] {
			out = append(out, fmt.Errorf("rooms 中 id “%s”重复", r.ID))
		}
		seen["r"+r.ID] = true
	}
	return out
}
