package dingtalk

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"

	"duban/bot"
	"duban/bot/wire"
)

const (
	opDownload   = "download"
	pathDownload = "/v1.0/robot/messageFiles/download"
)

// Download fetches what a person sent along (bot.File.Code), at most max bytes of it.
// A *bot.Refusal says whether asking again can help; codes end after a while, and a
// file that is too large stays so.
func (c *Client) Download(ctx context.Context, code string, max int64) ([]byte, error) {
	ask := struct {
		Code  string `json:"downloadCode"`
		Robot string `json:"robotCode"`
	}{code, c.opt.RobotCode}
	var got struct {
		URL string `json:"downloadUrl"`
	}
	if err := c.invoke(ctx, opDownload, pathDownload, ask, &got); err != nil {
		return nil, notDelivered(opDownload, err)
	}
	if !c.fetchable(got.URL) {
		return nil, &bot.Refusal{Op: opDownload, Code: codeHost, Msg: "the file's address is not a public one"}
	}
	req, err := http.NewRequest(http.MethodGet, got.URL, http.NoBody)
	if err != nil {
		return nil, &bot.Refusal{Op: opDownload, Code: codeHost, Msg: "the file's address cannot be used"}
	}
	r, err := wire.Do(ctx, c.http, opDownload, req, max, fileTimeout)
	switch {
	case errors.Is(err, wire.ErrTooLarge):
		return nil, &bot.Refusal{Op: opDownload, Code: codeLong, Msg: "the file is too large"}
	case err != nil:
		return nil, notDelivered(opDownload, err)
	case r.Status != http.StatusOK:
		return nil, notDelivered(opDownload, apiRefusal(opDownload, r))
	}
	return r.Body, nil
}

// fetchable wants a web address that is not in our own network, unless it is a
// configured base. Names are looked at again when dialled, see newTransport.
func (c *Client) fetchable(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil {
		return false
	}
	o, ok := origin(u)
	if !ok || c.trusted[o] {
		return ok
	}
	ip, err := netip.ParseAddr(u.Hostname())
	if err != nil {
		return u.Hostname() != "localhost"
	}
	return refusePrivate("tcp", net.JoinHostPort(ip.String(), "443"), nil) == nil
}
