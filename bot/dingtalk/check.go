package dingtalk

import "context"

// Check asks for an access token: nil means that the platform answers and takes the
// app's credentials. A *bot.Refusal is its no.
func (c *Client) Check(ctx context.Context) error {
	_, err := c.tokens.get(ctx)
	return err
}
