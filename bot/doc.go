// Package bot is the door's own words: what a message is, what goes out, and the
// intake that takes each message once, within bounds, and acknowledges it only when
// that is safe. Platforms (dingtalk, zhengding, console) stand in sub-packages and
// turn their wire into these types. It does not know what a task is.
package bot
