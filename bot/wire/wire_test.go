package wire_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"duban/bot"
	"duban/bot/wire"
)

// TestDo: what was never written is a refusal that may be tried again; what broke off
// after the writing is unknown; no error shows the address, which may be a secret.
func TestDo(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/cut":
			panic(http.ErrAbortHandler)
		case "/long":
			_, _ = w.Write([]byte(strings.Repeat("x", 11))) // the test reads what arrives
		default:
			w.WriteHeader(http.StatusTeapot)
			_, _ = w.Write([]byte("0123456789"))
		}
	}))
	defer server.Close()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	do := func(address string) (wire.Reply, error) {
		req, err := http.NewRequest(http.MethodPost, address+"?session=topsecret", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		return wire.Do(t.Context(), server.Client(), "op", req, 10, time.Minute)
	}
	if r, err := do(server.URL); err != nil || r.Status != http.StatusTeapot || string(r.Body) != "0123456789" {
		t.Errorf("%d %q, %v", r.Status, r.Body, err)
	}
	var no *bot.Refusal
	_, err := do(gone.URL)
	if !errors.As(err, &no) || !no.Retry || no.Code != wire.CodeUnsent || errors.Is(err, wire.ErrUnknown) {
		t.Errorf("nobody listens: %v", err)
	}
	if strings.Contains(err.Error(), "topsecret") {
		t.Errorf("the address stands in %q", err)
	}
	for path, want := range map[string]error{"/cut": wire.ErrUnknown, "/long": wire.ErrTooLarge} {
		_, err := do(server.URL + path)
		if !errors.Is(err, wire.ErrUnknown) || !errors.Is(err, want) {
			t.Errorf("%s: %v", path, err)
		}
		if strings.Contains(err.Error(), "topsecret") {
			t.Errorf("the address stands in %q", err)
		}
	}
}
