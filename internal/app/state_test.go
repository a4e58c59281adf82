package app

import (
	"strings"
	"testing"
	"time"
)

// The alarm of a missed run says since when; a mark in the future blames the clock.
func TestLateWords(t *testing.T) {
	now := time.Date(2018, 9, 27, 11, 0, 0, 0, time.FixedZone("CST", 8*60*60))
	if got := lateWords(now.AddDate(0, 0, -2), now); !strings.HasPrefix(got, "告警：2018年9月25日 11:00起") {
		t.Error(got)
	}
	if got := lateWords(now.AddDate(0, 0, 7), now); !strings.Contains(got, "2018年10月4日") || !strings.Contains(got, "时钟") {
		t.Error(got)
	}
}

// What a platform's refusal means names the permission that it asks for.
func TestHints(t *testing.T) {
	for why, want := range map[string]string{
		"group: refused with Forbidden.AccessDenied.AccessTokenPermissionDenied: no [qyapi_robot_sendmsg]":         "权限管理中开通 qyapi_robot_sendmsg",
		"ding: refused with Forbidden.AccessDenied.AccessTokenPermissionDenied: no [Premium.Ding.Write other.one]": "权限管理中开通 Premium.Ding.Write、other.one",
		"ding: refused with Forbidden.AccessDenied.AccessTokenPermissionDenied: no":                                "权限管理中开通",
		"ding: refused with ding.serverquota.insufficient: x":                                                      "DING额度不足",
	} {
		if got := known(why); !strings.Contains(got, want) || strings.HasSuffix(got, " ") {
			t.Errorf("%s: %q", why, got)
		}
	}
}
