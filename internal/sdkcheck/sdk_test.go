package sdkcheck

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/bot/bottest"
)

const room = "cidRoomA=="

// bench is a fake with people, and a time limit: the SDKs are no part of ours.
type bench struct {
	*bottest.Fake
	clock *bottest.Clock
	ctx   context.Context
	sdk   string
}

func newBench(t *testing.T) *bench {
	t.Helper()
	sdk := os.Getenv("TEST_SDK_DIR")
	if sdk == "" {
		t.Skip("TEST_SDK_DIR is not set: run internal/sdkcheck/install.sh FOLDER and name the folder there")
	}
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("node is not installed:", err)
	}
	if _, err := os.Stat(filepath.Join(sdk, "node_modules", "dingtalk-stream", "package.json")); err != nil {
		t.Skip("the SDKs are not installed, see install.sh:", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	b := &bench{clock: bottest.NewClock(time.UnixMilli(1700000000000)), ctx: ctx, sdk: sdk}
	var err error
	if b.Fake, err = bottest.New(bottest.Options{Now: b.clock.Now, Mode: bottest.ByStream, Timeout: 20 * time.Second}); err != nil {
		t.Fatal(err)
	}
	b.AddUser(bottest.User{ID: "u1", Name: "沈建国"})
	b.AddGroup(bottest.Group{ID: room, Title: "吴兴专班", Members: []string{"u1"}})
	t.Cleanup(func() {
		cancel()
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// script is a running script.
type script struct {
	t     *testing.T
	cmd   *exec.Cmd
	in    io.Closer
	lines *bufio.Scanner
	errs  bytes.Buffer
}

// run starts a script with the fake's addresses. The caller ends it.
func (b *bench) run(t *testing.T, name string) *script {
	t.Helper()
	s := &script{t: t, cmd: exec.CommandContext(b.ctx, "node", name)}
	s.cmd.Env = append(os.Environ(),
		"SDK_DIR="+b.sdk, "FAKE_URL="+b.URL(), "FAKE_HOST="+strings.TrimPrefix(b.URL(), "http://"),
		"CLIENT_ID="+b.AppKey(), "CLIENT_SECRET="+b.AppSecret(), "GROUP="+room, "PERSON=u1", "NO_PROXY=*", "no_proxy=*")
	s.cmd.Stderr = &s.errs
	var err error
	if s.in, err = s.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s.lines = bufio.NewScanner(out)
	return s
}

// next reads the next line that the script tells.
func (s *script) next(into any) {
	s.t.Helper()
	if !s.lines.Scan() {
		s.end()
		s.t.Fatalf("nothing more is told: %v\n%s", s.lines.Err(), s.errs.Bytes())
	}
	if err := json.Unmarshal(s.lines.Bytes(), into); err != nil {
		s.t.Fatalf("%s: %v", s.lines.Bytes(), err)
	}
}

// end ends the script and waits for it.
func (s *script) end() {
	s.t.Helper()
	_ = s.in.Close() // it may have ended by itself
	if err := s.cmd.Wait(); err != nil {
		s.t.Errorf("%v\n%s", err, s.errs.Bytes())
	}
}

// told is a line of stream.mjs.
type told struct {
	What, From, ID, Card, Type, Status, Error string
	Actions                                   []string
	Params, Data                              map[string]any
	Reply                                     struct {
		Code int `json:"errcode"`
	}
}

func (s *script) told(what string) told {
	s.t.Helper()
	var line told
	if s.next(&line); line.What != what {
		s.t.Fatalf("told %+v, want a %s\n%s", line, what, s.errs.Bytes())
	}
	return line
}

// The Stream SDK connects, takes a message and answers it, takes the press of a card's
// button and an event, echoes pings, and comes back after a farewell.
func TestStreamSDK(t *testing.T) {
	b := newBench(t)
	s := b.run(t, "stream.mjs")
	defer s.end()
	one := func(l []*bottest.Link) bool { return len(l) == 1 }
	first, err := b.WaitLinks(b.ctx, one)
	if err != nil {
		t.Fatalf("not connected: %v\n%s", err, s.errs.Bytes())
	}
	b.talk(t, s, "20号任务已完成")

	state, err := b.Callback(b.ctx, bottest.TopicCard, []byte(`{"type":"actionCallback","outTrackId":"trk-9","userId":"u1",`+
		`"content":"{\"cardPrivateData\":{\"actionIds\":[\"ok\"],\"params\":{\"say\":\"收到\"}}}"}`))
	if err != nil || state.Code != 200 || !strings.Contains(string(state.Data), `"state":"已确认"`) {
		t.Errorf("press: %d %s, %v", state.Code, state.Data, err)
	}
	if p := s.told("press"); p.Card != "trk-9" || p.From != "u1" || !cmp.Equal(p.Actions, []string{"ok"}) || p.Params["say"] != "收到" {
		t.Errorf("press: %+v", p)
	}

	later, err := b.Event(b.ctx, "chat_update_title", []byte(`{"title":"新专班","openConversationId":"`+room+`"}`))
	if err != nil || !strings.Contains(string(later.Data), `"LATER"`) || b.Unanswered() != 1 {
		t.Errorf("event: %s, %v, %d unanswered", later.Data, err, b.Unanswered())
	}
	if e := s.told("event"); e.Type != "chat_update_title" || e.ID == "" || e.Data["title"] != "新专班" {
		t.Errorf("event: %+v", e)
	}
	b.clock.Advance(bottest.RedeliverIn - bottest.PingEvery)
	b.Tick() // a ping, which must be echoed before the next tick
	b.talk(t, s, "在吗")
	b.clock.Advance(bottest.PingEvery)
	b.Tick()
	if e := s.told("event"); e.Status != "SUCCESS" {
		t.Errorf("event: %+v", e)
	}
	b.talk(t, s, "还在吗")
	if n := b.Unanswered(); n != 0 {
		t.Errorf("%d unanswered", n)
	}

	first[0].Disconnect("connection is expired")
	b.clock.Advance(bottest.Farewell)
	b.Tick()
	back := func(l []*bottest.Link) bool { return len(l) == 1 && l[0] != first[0] }
	if _, err := b.WaitLinks(b.ctx, back); err != nil {
		t.Fatalf("not back: %v\n%s", err, s.errs.Bytes())
	}
	b.talk(t, s, "又见面了")
	if strays := b.Strays(); len(strays) > 0 {
		t.Errorf("answers that fit nothing: %q", strays)
	}
}

// talk says something in the room and wants it answered and acknowledged.
func (b *bench) talk(t *testing.T, s *script, words string) {
	t.Helper()
	before := len(b.Seen(room))
	d, err := b.SayGroup(b.ctx, "u1", room, words, true)
	if err != nil || d.Status != 200 {
		t.Fatalf("%+v, %v\n%s", d, err, s.errs.Bytes())
	}
	if m := s.told("message"); m.ID != d.MsgID || m.From != "u1" || m.Reply.Code != 0 {
		t.Errorf("message: %+v", m)
	}
	seen := b.Seen(room)[before:]
	if len(seen) != 1 || seen[0].Text != "收到："+words+" @u1" || seen[0].Via != "session" || !cmp.Equal(seen[0].At, []string{"u1"}) {
		t.Errorf("the room saw %+v", seen)
	}
}

// The server API's SDK gets a token, sends to a group and to a person, asks who has
// read and takes back, and is told the errors by their codes; then it sends a card,
// whose button the Stream SDK takes.
func TestServerSDK(t *testing.T) {
	b := newBench(t)
	api := b.run(t, "api.mjs")
	var got struct {
		ExpireIn    int
		WrongSecret string
		Group       string
		WrongToken  string
		Person      struct {
			ProcessQueryKey    string
			InvalidStaffIDList []string `json:"invalidStaffIdList"`
		}
		Read     []struct{ UserID, ReadStatus string }
		Recalled []string
		Card     struct {
			Success bool
			Result  struct {
				OutTrackID     string `json:"outTrackId"`
				DeliverResults []struct {
					Success bool
					SpaceID string `json:"spaceId"`
				} `json:"deliverResults"`
			}
		}
	}
	api.next(&got)
	api.end()
	group, person := b.Seen(room), b.SeenBy("u1")
	if got.ExpireIn != 7200 || got.WrongSecret != "invalidClientIdOrSecret" || got.WrongToken != "InvalidAuthentication" {
		t.Errorf("%+v", got)
	}
	if len(group) == 0 || group[0].Ref != got.Group || group[0].Title != "提醒" || group[0].Via != "group" {
		t.Errorf("%+v, the room saw %+v", got, group)
	}
	if len(person) != 1 || person[0].Ref != got.Person.ProcessQueryKey || !person[0].Recalled ||
		!cmp.Equal(got.Person.InvalidStaffIDList, []string{"nobody"}) || !cmp.Equal(got.Recalled, []string{person[0].Ref}) {
		t.Errorf("%+v, the person saw %+v", got, person)
	}
	if len(got.Read) != 1 || got.Read[0].UserID != "u1" || got.Read[0].ReadStatus != "UNREAD" {
		t.Errorf("read: %+v", got.Read)
	}
	if r := got.Card.Result; !got.Card.Success || r.OutTrackID != "trk-0001" || len(r.DeliverResults) != 1 || !r.DeliverResults[0].Success {
		t.Errorf("card: %+v", got.Card)
	}

	s := b.run(t, "stream.mjs")
	defer s.end()
	if _, err := b.WaitLinks(b.ctx, func(l []*bottest.Link) bool { return len(l) == 1 }); err != nil {
		t.Fatal(err)
	}
	done, err := b.PressCard(b.ctx, bottest.CardPressing{User: "u1", Track: "trk-0001", Button: "确认"})
	if err != nil || done.Error != "" || done.Status != 200 {
		t.Fatalf("%+v, %v", done, err)
	}
	if p := s.told("press"); p.Card != "trk-0001" || p.Params["say"] != "收到" {
		t.Errorf("press: %+v", p)
	}
	if c, _ := b.Card("trk-0001"); c.Params["state"] != "已确认" || c.Params["title"] != "提醒" {
		t.Errorf("the card shows %+v", c)
	}
}
