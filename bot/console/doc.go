// Package console is the platform for trying the bot: a chat page in the browser with
// a private chat for each sample person, groups, and a clock to move. What people type
// there goes in through the same Taker as DingTalk's messages, what the bot sends comes
// out through the same bot.Platform. It must not decide anything, and it trusts whoever
// can open the page with every sample person's identity: so it answers only to loopback
// host names unless told otherwise, and its caller listens on loopback.
package console
