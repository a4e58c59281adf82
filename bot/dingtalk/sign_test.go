package dingtalk

import (
	"strconv"
	"strings"
	"testing"
	"time"
)

const (
	testSecret = "demoAppSecret0001"
	testStamp  = "1700000000000"
	testSign   = "DQ0a7VrFYYkmxhukkcCOs+sML+y6GDMoFzKihvKMieQ="
)

var testNow = time.UnixMilli(1700000000000)

func TestSignVectors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ secret, want string }{
		{testSecret, testSign},
		{"SECdemo" + strings.Repeat("0", 58), "Xj9RSuJGKC2yHQNQQnzh5J0ueNaIwwruApIj36Uk1+I="},
	} {
		if got := Sign(tt.secret, testStamp); got != tt.want {
			t.Errorf("Sign(%q) = %s, want %s", tt.secret, got, tt.want)
		}
	}
}

func TestVerify(t *testing.T) {
	t.Parallel()
	at := func(d time.Duration) string { return strconv.FormatInt(testNow.Add(d).UnixMilli(), 10) }
	signed := func(stamp string) [3]string { return [3]string{testSecret, stamp, Sign(testSecret, stamp)} }
	for name, tt := range map[string]struct {
		in   [3]string // secret, stamp, sign
		want bool
	}{
		"vector":             {[3]string{testSecret, testStamp, testSign}, true},
		"an hour old":        {signed(at(-time.Hour)), true},
		"older":              {signed(at(-time.Hour - time.Millisecond)), false},
		"an hour ahead":      {signed(at(time.Hour)), true},
		"further ahead":      {signed(at(time.Hour + time.Millisecond)), false},
		"two hours old":      {signed(at(-2 * time.Hour)), false},
		"empty secret":       {[3]string{"", testStamp, Sign("", testStamp)}, false},
		"other secret":       {[3]string{"other", testStamp, testSign}, false},
		"other stamp":        {[3]string{testSecret, at(1 * time.Second), testSign}, false},
		"no sign":            {[3]string{testSecret, testStamp, ""}, false},
		"no stamp":           {[3]string{testSecret, "", testSign}, false},
		"cut sign":           {[3]string{testSecret, testStamp, testSign[:43]}, false},
		"url-encoded":        {[3]string{testSecret, testStamp, strings.ReplaceAll(testSign, "+", "%2B")}, false},
		"case":               {[3]string{testSecret, testStamp, strings.ToLower(testSign)}, false},
		"other spelling":     {[3]string{testSecret, testStamp, testSign[:42] + "R="}, false},
		"stamp with sign":    {signed("+" + testStamp), false},
		"negative stamp":     {signed("-" + testStamp), false},
		"seconds":            {signed("1700000000"), false},
		"stamp not a number": {signed("17000000000x0"), false},
		"endless stamp":      {signed(strings.Repeat("9", 400)), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := Verify(tt.in[0], tt.in[1], tt.in[2], testNow); got != tt.want {
				t.Errorf("Verify = %v, want %v", got, tt.want)
			}
		})
	}
}

func TestVerifierIsReusable(t *testing.T) {
	t.Parallel()
	v := newVerifier(testSecret)
	for range 3 {
		if !v.verify(testStamp, testSign, testNow) {
			t.Fatal("good signature refused")
		}
		if v.verify(testStamp, strings.Repeat("A", 43)+"=", testNow) {
			t.Fatal("bad signature taken")
		}
	}
}

func FuzzVerify(f *testing.F) {
	f.Add(testStamp, testSign)
	f.Add("", "")
	f.Add("9223372036854775808", strings.Repeat("=", 44))
	v := newVerifier(testSecret)
	f.Fuzz(func(t *testing.T, stamp, sign string) {
		if v.verify(stamp, sign, testNow) && Sign(testSecret, stamp) != sign {
			t.Fatalf("took %q for %q", sign, stamp)
		}
	})
}
