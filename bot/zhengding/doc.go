// Package zhengding speaks to 政务钉钉 (专有钉钉, 浙政钉): the gateway with its HMAC-signed
// calls, work notifications to people, group robots, the look-up of people, and, only
// where configured, a door for robot messages. What goes out comes as bot.Outgoing,
// what comes in leaves as bot.Message. It decides nothing about what a message means,
// keeps no state but tokens and its own limits, and never writes a secret or a webhook
// address to a log or an error. It shares nothing with bot/dingtalk: the two platforms
// have a name in common, not a wire.
//
// Verified against published clients and the platform's own words: the signature, the
// token, the double envelope, work notifications with their limits, the look-ups, and
// the group robot, which is the public DingTalk's on another host.
//
// Not verified, and therefore behind Options:
//   - which code refuses a repeated bizMsgId (DuplicateCodes), which ones mean "later"
//     (BusyCodes), and which HTTP statuses come with which errors;
//   - whether a token is given for the signature alone (TokenByForm);
//   - how Markdown in a work notification is drawn by a given client (PlainNotices);
//   - whether ten minutes must lie between any two work notifications (MinGap);
//   - whether IP and MAC of the caller are wanted (SendIPMAC);
//   - what a group robot takes in atUserIds: the account id is sent;
//   - robot messages coming in, their fields and their signature: see Door. It is made
//     only when a scheme is named, and a capture from the deployment should come first.
//
// Files, buttons that speak, recalling from a group and Stream have no evidence here
// and are not attempted.
package zhengding
