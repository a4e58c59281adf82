package console

import (
	"net/http"
	"strconv"
)

func (c *Console) getState(*http.Request) (any, error) {
	now := c.opt.Clock.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	s := state{
		Epoch: c.feed.epoch, Seq: c.feed.seq, Bot: c.opt.Bot, Clock: c.clockView(now),
		Intro: c.opt.Intro, Suggest: c.opt.Suggest, MaxText: maxText,
	}
	for _, p := range c.opt.People {
		s.People = append(s.People, person(p))
	}
	for _, ch := range c.chats {
		s.Chats = append(s.Chats, c.summary(ch))
	}
	return s, nil
}

// getOlder answers ?chat=&before= with the messages of a conversation before a number.
func (c *Console) getOlder(r *http.Request) (any, error) {
	q := r.URL.Query()
	var before int64
	if s := q.Get("before"); s != "" {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return nil, complain(http.StatusBadRequest, "请求格式不对。")
		}
		before = n
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	ch, err := c.find(q.Get("chat"))
	if err != nil {
		return nil, err
	}
	entries, more := ch.page(before)
	out := pageOf{Messages: []*bubble{}, More: more}
	for _, e := range entries {
		out.Messages = append(out.Messages, c.bubble(e, e.v))
	}
	return out, nil
}

func (c *Console) postRead(r *http.Request) (any, error) {
	var req readLine
	if err := decode(r, &req); err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	ch, err := c.find(req.Chat)
	if err != nil {
		return nil, err
	}
	if c.closed {
		return nil, ErrClosed
	}
	return struct{}{}, c.markRead(ch, req.N)
}

// find looks a conversation up. The caller holds mu.
func (c *Console) find(id string) (*chat, error) {
	ch := c.byID[id]
	if ch == nil {
		return nil, complain(http.StatusNotFound, "没有这个会话，请刷新页面。")
	}
	return ch, nil
}
