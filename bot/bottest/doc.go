// Package bottest is a fake DingTalk over real HTTP and websockets: people and groups
// who write to a bot, the callback or the Stream connections by which it hears of it,
// and the webhooks and server API by which it answers. It follows the documented wire to the field, with JSON types of
// its own, so that a slip in bot/dingtalk cannot hide behind the same slip here.
//
// Tests and the rehearse command use it; nothing else may. It does not import
// bot/dingtalk, and its clock is the caller's: sessions, tokens and rate limits end
// when that clock says so. What Stream mode does in time (pings, redelivery, the ends
// of connections) is done in Tick, which whoever moves the clock calls.
package bottest
