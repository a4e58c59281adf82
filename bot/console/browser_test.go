package console

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duban/bot"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// patience bounds the wait for what the page must come to show: a machine may be busy.
const patience = time.Minute

// browser starts a headless Chromium with a profile of its own, or skips the test.
func browser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("short: the page is not tried in a browser")
	}
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("no chromium or google-chrome here: the page is not tried in a browser")
	}
	opts := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()),
		chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
	}
	for _, name := range []string{"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync", "disable-dev-shm-usage"} {
		opts = append(opts, chromedp.Flag(name, true))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*patience)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

// tab drives the page; every step that does not work ends the test with its name.
type tab struct {
	t   *testing.T
	ctx context.Context
}

func (b tab) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatalf("%s: %v", what, err)
	}
}

// until waits for a JavaScript expression to become true.
func (b tab) until(expression string) {
	b.t.Helper()
	_, err := chromedp.Run(b.ctx, chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(patience)))
	if err != nil {
		text, _ := chromedp.Run(b.ctx, chromedp.Text("body")) // only helps to see what is wrong
		b.t.Fatalf("waiting for %s: %v; the page shows:\n%s", expression, err, text)
	}
}

// hidden waits until an element takes no room.
func (b tab) hidden(selector string) {
	b.t.Helper()
	b.until(fmt.Sprintf(`document.querySelector(%q).getClientRects().length === 0`, selector))
}

// shows waits for n bubbles, the last of which contains text.
func (b tab) shows(n int, text string) {
	b.t.Helper()
	b.until(fmt.Sprintf(`(() => { const m = document.querySelectorAll("#log .msg"); return m.length === %d && m[m.length-1].innerText.includes(%q); })()`, n, text))
}

// echo answers every message where it was said.
func echo(d *desk) func(context.Context, bot.Message) error {
	return func(ctx context.Context, m bot.Message) error {
		text := "收到**" + m.Text + "**"
		if m.Quote != nil {
			text += "（引用了" + m.Quote.Text + "）"
		}
		_, err := d.Send(ctx, bot.Outgoing{
			ID: "re-" + m.ID, Room: m.Conversation.ID, Title: "回执", Markdown: text,
			Buttons: []bot.Button{{Label: "看汇总", Say: "汇总"}},
		})
		return err
	}
}

func browserDesk(t *testing.T, o Options) (*desk, tab) {
	t.Helper()
	ctx := browser(t)
	d := newDesk(t, o)
	d.taker.take = echo(d)
	b := tab{t, ctx}
	b.do("open the page", chromedp.EmulateViewport(1280, 800), chromedp.Navigate(d.srv.URL+"/console/"), chromedp.WaitVisible(".row.open"))
	return d, b
}

func TestBrowserTalks(t *testing.T) {
	d, b := browserDesk(t, options(""))
	b.do("write", chromedp.SendKeys("#text", "我的任务"+kb.Enter))
	b.shows(2, "收到我的任务")
	b.do("look", chromedp.WaitVisible(".msg.me .said"), chromedp.WaitVisible(".msg.them .md strong"))
	b.until(`document.querySelector("#text").value === ""`)

	b.do("quote with the keyboard", chromedp.KeyEvent(kb.ArrowUp), chromedp.WaitVisible("#quote"))
	b.do("close the quote", chromedp.KeyEvent(kb.Escape), chromedp.WaitNotVisible("#quote"))
	b.do("quote with the mouse", chromedp.Click(".msg.them .do-quote"), chromedp.WaitVisible("#quote"),
		chromedp.SendKeys("#text", "进度60%"+kb.Enter))
	b.shows(4, "引用了收到我的任务")
	b.do("see the quote", chromedp.WaitVisible(".msg.me .quoted"), chromedp.WaitNotVisible("#quote"))
	if q := d.taker.messages()[1].Quote; q == nil || !q.FromBot || q.Text != "收到**我的任务**" {
		t.Errorf("quote = %+v", q)
	}

	b.do("press a button", chromedp.Click(".msg:last-child .buttons button"))
	b.shows(6, "收到汇总")
	b.do("two lines", chromedp.SendKeys("#text", "甲"),
		chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierShift)),
		chromedp.SendKeys("#text", "<b>乙</b>"+kb.Enter))
	b.shows(8, "收到甲")
	if got := d.taker.messages()[3].Text; got != "甲\n<b>乙</b>" {
		t.Errorf("two lines arrive as %q", got)
	}
	b.until(`document.querySelectorAll("#log .said b").length === 0`)
}

func TestBrowserGroupUnreadAndClock(t *testing.T) {
	o := options("")
	o.Clock.(*fakeClock).next = start.Add(3 * day)
	d, b := browserDesk(t, o)
	d.clock.onMove = func(ctx context.Context) {
		if _, err := d.Send(ctx, bot.Outgoing{ID: "n1", Room: "cid-1", Title: "督办提醒", Markdown: "### 提醒", At: []string{"wang"}}); err != nil {
			t.Error(err)
		}
	}
	b.do("to the next nudge", chromedp.Click("[data-do=nudge]"), chromedp.WaitVisible(".badge"))
	b.until(`document.querySelector("#now").textContent === "2018年7月5日 星期四 09:00"`)
	b.until(`document.querySelector("[data-chat=cid-1]").innerText.includes("[@王华]") && document.title.startsWith("(1)")`)
	b.do("the day before", chromedp.SetValue("#date", "2018-07-01"), chromedp.Click("[data-do=date]"), chromedp.WaitVisible("#toast"))
	b.until(`document.querySelector("#toast").textContent.includes("只能向后调")`)

	b.do("to the text", chromedp.Focus("#text"))
	for range 4 { // go up with the keyboard, wherever the group stands in the list
		open, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`decodeURIComponent(location.hash)`))
		if err != nil {
			t.Fatal(err)
		}
		if open == "#cid-1" {
			break
		}
		b.do("up", chromedp.KeyEvent(kb.ArrowUp, chromedp.KeyModifiers(chromedp.ModifierAlt)))
		b.until(fmt.Sprintf(`decodeURIComponent(location.hash) !== %q`, open))
	}
	b.shows(1, "提醒")
	b.do("it is read", chromedp.WaitNotPresent(".badge"))
	b.do("speak as Wang without a mention", chromedp.SendKeys("#as", "王"), chromedp.Click("#mention"),
		chromedp.SendKeys("#text", "大家看看"+kb.Enter))
	b.shows(2, "它看不到这条")
	b.do("speak to the bot", chromedp.Click("#mention"), chromedp.SendKeys("#text", "逾期"+kb.Enter))
	b.shows(4, "收到逾期")
	if got := d.taker.messages(); len(got) != 1 || got[0].Sender.ID != "wang" || !got[0].Mentioned {
		t.Errorf("taken: %+v", got)
	}
}

func TestBrowserNarrowScreen(t *testing.T) {
	_, b := browserDesk(t, options(""))
	b.do("on a phone", chromedp.EmulateViewport(360, 740, chromedp.EmulateMobile, chromedp.EmulateTouch),
		chromedp.Evaluate[chromedp.Void](`location.hash = ""`))
	b.hidden("#text")
	b.do("open a chat", chromedp.Click("[data-chat=dm-wang]"), chromedp.WaitVisible("#text"))
	b.hidden("#list")
	b.until(`document.documentElement.scrollWidth <= 360`)
	b.do("a chip", chromedp.Click(".chip"))
	b.shows(2, "收到我的任务")
	b.until(`document.documentElement.scrollWidth <= 360`)
	b.hidden("#clock-panel")
	b.do("the clock unfolds", chromedp.Click("#clock-toggle"), chromedp.Click("[data-do=day]"))
	b.until(`document.querySelector("#now").textContent.startsWith("2018年7月3日")`)
	b.do("and back", chromedp.Click("#back"), chromedp.WaitVisible("#list"))
}

// The page comes back by itself after the program was started again, with everything
// that was said, and goes on.
func TestBrowserSurvivesARestart(t *testing.T) {
	o := options(filepath.Join(t.TempDir(), "console.jsonl"))
	d, b := browserDesk(t, o)
	b.do("write", chromedp.SendKeys("#text", "一"+kb.Enter))
	b.shows(2, "收到一")
	addr := d.srv.Listener.Addr().String()
	d.stop()
	b.do("the page says so", chromedp.WaitVisible("#banner"))
	again := newDeskAt(t, o, addr)
	again.taker.take = echo(again)
	again.send(bot.Outgoing{ID: "n1", Member: "zhang", Markdown: "重启后"})
	b.shows(3, "重启后")
	b.do("write again", chromedp.WaitNotVisible("#banner"), chromedp.SendKeys("#text", "二"+kb.Enter))
	b.shows(5, "收到二")
	refs, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`[...document.querySelectorAll("#log .msg")].map((m) => m.innerText.replace(/\s+/g, "")).join("|")`))
	if err != nil || strings.Count(refs, "收到一") != 1 {
		t.Errorf("after the restart the page shows %q, %v", refs, err)
	}
}

// A colour is shown, and what is dressed up as one is text.
func TestBrowserColour(t *testing.T) {
	d, b := browserDesk(t, options(""))
	d.send(bot.Outgoing{ID: "n1", Member: "zhang", Title: "提醒", Markdown: "- <font color=#c00000>逾期</font> 任务28\n\n<font color=red onmouseover=alert(1)>甲</font>"})
	b.shows(1, "逾期")
	b.until(`getComputedStyle(document.querySelector("#log .md font")).color === "rgb(192, 0, 0)"`)
	b.until(`document.querySelectorAll("#log .md font").length === 1 && document.querySelector("#log .md").innerText.includes("onmouseover=alert(1)")`)
}
