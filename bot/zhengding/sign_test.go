package zhengding_test

import (
	"testing"
	"time"

	"duban/bot/zhengding"
)

const (
	vectorSecret = "demoZwSecret"
	vectorStamp  = "2024-01-11T15:35:00.000+08:00"
	vectorNonce  = "17049585000001234"
)

func TestSign(t *testing.T) {
	t.Parallel()
	notice := []zhengding.Param{
		{Key: "tenantId", Value: "50001"}, {Key: "receiverIds", Value: "1001"}, {Key: "organizationCodes", Value: ""},
		{Key: "msg", Value: `{"msgtype":"text","text":{"content":"hi"}}`}, {Key: "bizMsgId", Value: "b-1"},
	}
	for name, tt := range map[string]struct {
		method, path string
		params       []zhengding.Param
		want         string
	}{
		"no parameters": {"GET", "/gettoken.json", nil, "AyqiniX8UKG3WLmCjP9zu3HGO3p36m2GVTfG1qEM4Ck="},
		"all empty":     {"GET", "/gettoken.json", []zhengding.Param{{Key: "a"}}, "AyqiniX8UKG3WLmCjP9zu3HGO3p36m2GVTfG1qEM4Ck="},
		"notification":  {"POST", "/message/workNotification", notice, "xiM/bjgm7PY6fkgheVhZ8M85hlIZslmGP6StKeaSqMo="},
	} {
		if got := zhengding.Sign(vectorSecret, tt.method, vectorStamp, vectorNonce, tt.path, tt.params); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

// Keys sort without regard to case, repeated keys by value, however they are given.
func TestSignOrder(t *testing.T) {
	t.Parallel()
	sign := func(params ...zhengding.Param) string {
		return zhengding.Sign("s", "POST", vectorStamp, vectorNonce, "/x", params)
	}
	a, b1, b2, c := zhengding.Param{Key: "a", Value: "1"}, zhengding.Param{Key: "B", Value: "1"}, zhengding.Param{Key: "B", Value: "2"}, zhengding.Param{Key: "c", Value: "1"}
	want := sign(a, b1, b2, c)
	if got := sign(c, b2, a, b1); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := sign(a, b1, c); got == want {
		t.Error("a repeated key is not signed")
	}
}

func TestSignRobot(t *testing.T) {
	t.Parallel()
	secret := "SECdemo" + "0000000000000000000000000000000000000000000000000000000000"
	if got := zhengding.SignRobot(secret, "1700000000000"); got != "Xj9RSuJGKC2yHQNQQnzh5J0ueNaIwwruApIj36Uk1+I=" {
		t.Error(got)
	}
}

func TestVerify(t *testing.T) {
	t.Parallel()
	now := time.UnixMilli(1700000000000)
	for name, tt := range map[string]struct {
		secret, stamp, sign string
		want                bool
	}{
		"good":       {"demoAppSecret0001", "1700000000000", "DQ0a7VrFYYkmxhukkcCOs+sML+y6GDMoFzKihvKMieQ=", true},
		"other sign": {"demoAppSecret0001", "1700000000000", "EQ0a7VrFYYkmxhukkcCOs+sML+y6GDMoFzKihvKMieQ=", false},
		"no secret":  {"", "1700000000000", zhengding.SignRobot("", "1700000000000"), false},
		"an hour":    {"s", "1699996400000", zhengding.SignRobot("s", "1699996400000"), true},
		"too old":    {"s", "1699996399999", zhengding.SignRobot("s", "1699996399999"), false},
		"too new":    {"s", "1700003600001", zhengding.SignRobot("s", "1700003600001"), false},
		"plus sign":  {"s", "+1700000000000", zhengding.SignRobot("s", "+1700000000000"), false},
		"no number":  {"s", "now", zhengding.SignRobot("s", "now"), false},
		"empty":      {"s", "", zhengding.SignRobot("s", ""), false},
	} {
		if got := zhengding.Verify(tt.secret, tt.stamp, tt.sign, now); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
