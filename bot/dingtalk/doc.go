// Package dingtalk speaks DingTalk's wire: the signed HTTP door and the Stream
// connections by which robot messages, card presses and events come in, and the client
// that sends by session webhook, group robot and server API. What comes in leaves as bot.Message; what goes out comes as
// bot.Outgoing. The package decides nothing about what a message means, keeps no
// state but tokens and rate windows, and never writes a secret or a session webhook
// to the log.
package dingtalk
