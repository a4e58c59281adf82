// Package dingtalk speaks DingTalk's wire: the signed HTTP doors and the Stream
// connections by which robot messages, card presses and events come in, and the client
// that sends by session webhook, group robot and server API, uploads and fetches files,
// recalls, looks people up, and makes cards, DINGs and to-dos. What comes in leaves as
// bot.Message; what goes out comes as bot.Outgoing. The package decides nothing about
// what a message means, and never writes a secret or a session webhook to the log. Its
// state is lost with the process: tokens, rate windows, the count of calls, the ids of
// uploads, and the latest cards that were settled or could not be shown.
package dingtalk
