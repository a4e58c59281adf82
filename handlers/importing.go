package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/internal/zh/secrecy"
	"duban/seeds"
	"duban/store/ledger"
)

// maxPlanFile bounds a plan file sent in chat, in bytes.
const maxPlanFile = 16 << 20

// Files fetches what people send along.
type Files interface {
	Download(ctx context.Context, code string, max int64) ([]byte, error)
}

// pendingPlan is the setting that holds a plan which waits for a yes.
func pendingPlan(staff string) string { return "import/" + staff }

// receiveFile takes a plan file from the office; reading it is owed, not done at once.
func (t *turn) receiveFile() (act, bool) {
	if t.m.File == nil || t.m.File.Code == "" || t.desk.o.Files == nil || t.m.Conversation.Group || !may(t.me, manage) {
		return act{}, false
	}
	if t.desk.o.Secrecy.MarkedHead(strings.TrimSuffix(t.m.File.Name, filepath.Ext(t.m.File.Name))) {
		return say("已拒绝接收", secrecy.Refusal), true
	}
	a := say("正在读取文件", fmt.Sprintf("已收到“%s”，正在读取，稍后列出结果请您确认。本系统"+secrecy.Notice+"。", wording.Escape(wording.Short(t.m.File.Name, 60))))
	a.notices = append(a.notices, ledger.Notice{
		Key: "import/" + t.m.ID, Kind: ledger.NoticeImport, To: target(t.m), Ask: t.m.File.Name + "\n" + t.m.File.Code,
		By: t.m.Sender.ID, Made: t.now, Due: t.now,
	})
	a.slow = true
	return a, true
}

// ComposeImport reads a plan file that the office has sent, keeps it for a yes and lists
// what it holds. Every way it can fail is a sentence to the sender.
func (d *Desk) ComposeImport(ctx context.Context, n ledger.Notice) (ledger.Body, bool, error) {
	name, code, _ := strings.Cut(n.Ask, "\n")
	title := func(text string) (ledger.Body, bool, error) {
		return ledger.Body{Title: "导入方案", Text: text}, true, nil
	}
	if d.o.Files == nil {
		return title("这里不能接收文件，请在后台用 duban import 导入。")
	}
	data, err := d.o.Files.Download(ctx, code, maxPlanFile)
	if err != nil {
		d.o.Log.Warn("file not fetched", "notice", n.Key, "err", err)
		return title("文件没有取到，可能已过期或过大（上限16MB）。请重新发送。")
	}
	p, err := seeds.Read(data, seeds.Options{Name: name, Secrecy: d.o.Secrecy})
	if err != nil {
		d.o.Log.Warn("plan file refused", "notice", n.Key, "bytes", len(data), "err", err)
		return title(refusal(err))
	}
	b, err := d.Fresh(ctx)
	if err != nil {
		return ledger.Body{}, false, err
	}
	r, err := Revise(b, p, Order{At: d.o.Now()})
	if err != nil {
		return title(wording.Escape(err.Error()) + "。")
	}
	text := previewText(p, r)
	if r.Empty() {
		return title(text + "\n\n与库中方案一致，无需导入。")
	}
	if err := d.keepPlan(ctx, n, p); err != nil {
		return ledger.Body{}, false, err
	}
	return ledger.Body{Title: "导入方案", Text: wording.Cut(text, pageBytes) + "\n\n确认导入请回复“确认”，不导入请回复“取消”。", Buttons: yesNo()}, true, nil
}

func refusal(err error) string {
	var no *seeds.FormatError
	if errors.As(err, &no) {
		return no.Message
	}
	return "文件无法读取，请另存为 .docx、.xlsx 或 .txt 后再发送。"
}

// keepPlan stores the plan and the question in the sender's own chat.
func (d *Desk) keepPlan(ctx context.Context, n ledger.Notice, p *ledger.Plan) error {
	rec, err := ledger.Put(ledger.RecordSetting, pendingPlan(n.By), p)
	if err != nil {
		return err
	}
	body, err := json.Marshal(pending{Asked: "确认导入方案？", Confirm: true, Mean: understand.Meaning{Intent: understand.Import}})
	if err != nil {
		return fmt.Errorf("handlers: encode question: %w", err)
	}
	now := d.o.Now()
	_, err = d.o.Ledger.Commit(ctx, ledger.Commit{
		Message: n.Key + "/kept", Puts: []ledger.Record{rec}, Now: now,
		Talk: &ledger.Talk{Key: "dm:" + n.By, Until: now.Add(6 * askFor), Body: body},
	})
	if err != nil {
		return fmt.Errorf("handlers: keep plan: %w", err)
	}
	return nil
}

// previewText says what a plan file holds, every doubtful point included.
func previewText(p *ledger.Plan, r Revision) string {
	var b strings.Builder
	fmt.Fprintf(&b, "《%s》%s\n\n- 任务%d项，条款%d条", wording.Escape(p.Title), wording.Escape(p.Number), len(p.Tasks), len(p.Clauses))
	if !p.Issued.IsZero() {
		fmt.Fprintf(&b, "\n- 成文日期：%s", p.Issued.Chinese())
	}
	if !r.First && !r.Diff.Empty() {
		b.WriteString("\n\n" + r.Text(10))
	}
	if len(p.Problems) == 0 {
		b.WriteString("\n\n没有需要核对的问题。")
		return b.String()
	}
	fmt.Fprintf(&b, "\n\n需要核对的问题%d个：\n", len(p.Problems))
	for i, x := range p.Problems {
		if i == 40 {
			fmt.Fprintf(&b, "- 其余%d个略，可在后台用 duban import --dry-run 查看\n", len(p.Problems)-i)
			break
		}
		fmt.Fprintf(&b, "- %s：%s", wording.Escape(x.Row), wording.Escape(x.Text))
		if x.Proposal != "" {
			b.WriteString("（" + wording.Escape(x.Proposal) + "）")
		}
		b.WriteString("\n")
	}
	return strings.TrimRight(b.String(), "\n")
}

// runImport carries out what a preview offered, after the yes to it.
func runImport(t *turn) (act, error) {
	raw := t.book.Settings[pendingPlan(t.m.Sender.ID)]
	if !t.confirmed || raw == nil {
		return say("请发送方案文件", "导入方案请在单聊中把文件（.docx、.xlsx、.txt、.csv）发给我，或在后台用 duban import 导入。"), nil
	}
	p := new(ledger.Plan)
	if err := json.Unmarshal(raw, p); err != nil {
		return act{}, fmt.Errorf("handlers: pending plan: %w", err)
	}
	r, err := Revise(t.book, p, Order{By: ledger.Actor{ID: t.me.ID, Name: t.me.Name}, At: t.now, Message: t.m.ID})
	if err != nil {
		return say("不能导入", wording.Escape(err.Error())+"。"), nil
	}
	a := say("已导入", fmt.Sprintf("已导入《%s》：%s", wording.Escape(p.Title), r.Done(p)))
	a.puts = append(r.Records, ledger.Record{Kind: ledger.RecordSetting, ID: pendingPlan(t.m.Sender.ID)})
	a.expects = append(r.Expects, t.book.Expect(ledger.RecordSetting, pendingPlan(t.m.Sender.ID)))
	a.events = r.Events
	t.noted(&a, r.Audit(p))
	a.notices = r.ChangeLists(t.book, p, t.now, t.desk.o.Hours.Next(t.now), t.m.Sender.ID)
	return a, nil
}
