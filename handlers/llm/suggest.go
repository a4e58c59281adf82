package llm

import (
	"context"
	_ "embed" // the instructions
	"strings"
	"unicode/utf8"

	"duban/internal/zh"
)

//go:embed suggest.txt
var suggestPrompt string

// SuggestVersion names the instructions in the log; it changes with suggest.txt.
const SuggestVersion = "suggest-1"

// maxSuggestion is the length of a suggestion in characters; a command is short.
const maxSuggestion = 60

// Suggest asks the model which of the bot's own commands a person may have meant, and
// returns the words of that command for the person to send, or "" when there is none.
// It never carries anything out. Figures that the person did not say are an error, and
// so is everything that is no short single line.
func (c *Client) Suggest(ctx context.Context, text string, commands []string) (string, error) {
	if c.o.Enabled != nil && !c.o.Enabled() {
		return "", ErrOff
	}
	data, err := c.gate(map[string]any{"text": text, "commands": commands})
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, c.o.Timeout, ErrSlow)
	defer cancel()
	if err := c.line.enter(ctx); err != nil {
		return "", err
	}
	defer c.line.leave()
	if !c.meter.left(ctx, c.o.DailyTokens) {
		return "", ErrBudget
	}
	words, tokens, err := c.ask(ctx, suggestPrompt, data)
	if err == nil {
		words, err = command(words, text)
	}
	c.meter.add(ctx, tokens, err != nil)
	c.o.Log.Info("model asked", "model", c.o.Model, "prompt", SuggestVersion, "tokens", tokens, "used", err == nil && words != "")
	return words, err
}

// command holds a suggestion against what was said.
func command(words, text string) (string, error) {
	words = strings.Trim(strings.TrimSpace(words), "“”\"'。")
	if words == "无" || words == "" {
		return "", nil
	}
	if utf8.RuneCountInString(words) > maxSuggestion || strings.ContainsAny(words, "\n<>[]()@`") || strings.Contains(words, "://") {
		return "", &Lie{Kind: "form", What: "suggestion"}
	}
	said := map[string]bool{}
	for _, n := range digits.FindAllString(zh.Fold(text), -1) {
		said[n] = true
	}
	for _, n := range digits.FindAllString(zh.Fold(words), -1) {
		if !said[n] {
			return "", &Lie{Kind: "number", What: n}
		}
	}
	return words, nil
}
