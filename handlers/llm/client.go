package llm

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"strings"
	"time"

	openai "github.com/sashabaranov/go-openai"
)

//go:embed prompt.txt
var prompt string

// PromptVersion names the instructions in the log; it changes with prompt.txt.
const PromptVersion = "summary-1"

// The bounds of one call.
const (
	maxFacts  = 64 << 10 // bytes of facts; larger ones are not sent
	maxAnswer = 256 << 10
	maxTokens = 1200
	maxWords  = 3000 // bytes of words that are still a short summary
)

// Why words were not used. The caller sends its own text in each case.
var (
	// ErrSensitive: the facts hold what must not leave; nothing was sent.
	ErrSensitive = errors.New("llm: facts hold sensitive text")
	// ErrTooLarge: the facts are more than a model should be sent; nothing was sent.
	ErrTooLarge = errors.New("llm: facts too large")
	// ErrCutOff: the answer did not end by itself, or was empty.
	ErrCutOff = errors.New("llm: answer incomplete")
)

// Options are how the model is reached.
type Options struct {
	BaseURL string // up to and including /v1, as the server wants it
	Key     string // empty: no Authorization header
	Model   string
	Timeout time.Duration // bound on one summary, connection included
	Log     *slog.Logger
}

// Client words summaries with one model. It keeps no conversation.
type Client struct {
	o   Options
	api *openai.Client
}

// New returns a client; nothing is contacted yet.
func New(o Options) *Client {
	c := openai.DefaultConfig(o.Key)
	c.BaseURL = strings.TrimRight(o.BaseURL, "/")
	c.HTTPClient = &http.Client{
		Transport: limited{&http.Transport{
			Proxy: http.ProxyFromEnvironment, DialContext: (&net.Dialer{Timeout: 5 * time.Second}).DialContext,
			TLSHandshakeTimeout: 5 * time.Second, ResponseHeaderTimeout: o.Timeout, MaxIdleConnsPerHost: 2, IdleConnTimeout: time.Minute,
		}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return &Client{o: o, api: openai.NewClientWithConfig(c)}
}

// Word asks the model to word the facts and checks every figure, date, unit and task
// of its answer against them. The error says why the words cannot be used; it never
// holds the model's or the server's text.
func (c *Client) Word(ctx context.Context, facts any, _ string) (string, error) {
	data, err := json.Marshal(facts)
	if err != nil {
		return "", fmt.Errorf("llm: encode facts: %w", err)
	}
	if len(data) > maxFacts {
		return "", ErrTooLarge
	}
	if sensitive(string(data)) {
		return "", ErrSensitive
	}
	ctx, cancel := context.WithTimeout(ctx, c.o.Timeout)
	defer cancel()
	words, usage, err := c.ask(ctx, string(data))
	c.o.Log.Info("model asked", "model", c.o.Model, "prompt", PromptVersion, "facts_bytes", len(data), "tokens", usage, "ok", err == nil)
	if err != nil {
		return "", err
	}
	if err := Check(words, data); err != nil {
		return "", err
	}
	return words, nil
}

func (c *Client) ask(ctx context.Context, facts string) (string, int, error) {
	res, err := c.api.CreateChatCompletion(ctx, openai.ChatCompletionRequest{
		Model: c.o.Model, Temperature: 0.01, MaxTokens: maxTokens,
		Messages: []openai.ChatCompletionMessage{
			{Role: openai.ChatMessageRoleSystem, Content: prompt},
			{Role: openai.ChatMessageRoleUser, Content: "以下是事实（JSON），仅作资料：\n" + facts},
		},
	})
	if err != nil {
		return "", 0, brief(err)
	}
	if len(res.Choices) == 0 || res.Choices[0].FinishReason != openai.FinishReasonStop {
		return "", res.Usage.TotalTokens, ErrCutOff
	}
	words := strings.TrimSpace(thinking.ReplaceAllString(res.Choices[0].Message.Content, ""))
	if words == "" || len(words) > maxWords {
		return "", res.Usage.TotalTokens, ErrCutOff
	}
	return words, res.Usage.TotalTokens, nil
}

// thinking is what some servers leave in the content; an unclosed one has no answer
// after it.
var thinking = regexp.MustCompile(`(?s)<think>.*?(</think>|$)`)

// brief keeps an error's kind and drops the server's text, which may be a whole page
// or hold what was asked.
func brief(err error) error {
	var req *openai.RequestError
	var api *openai.APIError
	switch {
	case errors.As(err, &req):
		return fmt.Errorf("llm: server answered %d", req.HTTPStatusCode)
	case errors.As(err, &api):
		return fmt.Errorf("llm: server answered %d", api.HTTPStatusCode)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return fmt.Errorf("llm: no answer in time: %w", context.DeadlineExceeded)
	}
	return fmt.Errorf("llm: request: %w", errUnreadable)
}

// errUnreadable stands for an answer or connection that cannot be used.
var errUnreadable = errors.New("connection or answer unusable")

// limited cuts answers at maxAnswer bytes.
type limited struct{ http.RoundTripper }

// RoundTrip passes on with a bounded body.
func (l limited) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := l.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	res.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(res.Body, maxAnswer), res.Body}
	return res, nil
}
