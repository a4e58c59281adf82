package handlers

// told is the alert that a person has been told, and in the answer to which message.
type told struct{ text, message string }

// alert is what is added to an answer to whoever operates the bot: once each person and
// alert, in the private chat.
func (t *turn) alert() string {
	if t.desk.o.Alert == nil || t.m.Conversation.Group || !may(t.me, operate) {
		return ""
	}
	text := t.desk.o.Alert()
	if text == "" {
		t.desk.told.Delete(t.me.ID)
		return ""
	}
	if was, ok := t.desk.told.Load(t.me.ID); ok && was.(told).text == text && was.(told).message != t.m.ID {
		return ""
	}
	t.desk.told.Store(t.me.ID, told{text, t.m.ID})
	return "\n\n" + text
}
