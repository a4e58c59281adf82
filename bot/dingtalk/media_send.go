package dingtalk

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"path"
	"slices"

	"duban/bot"
)

// maxAttachments bounds what one message may carry.
const maxAttachments = 10

// attach uploads what a message carries and makes the messages that show it. Nothing
// has been delivered when it fails.
func (c *Client) attach(ctx context.Context, list []bot.Attachment) ([]apiMessage, error) {
	if len(list) == 0 {
		return nil, nil
	}
	if c.opt.ClientID == "" {
		return nil, &bot.Refusal{Op: opUpload, Code: codeRoute, Msg: "files need an app, a webhook takes none"}
	}
	if len(list) > maxAttachments {
		return nil, &bot.Refusal{Op: opUpload, Code: codeBad, Msg: fmt.Sprintf("%d files, the limit is %d", len(list), maxAttachments)}
	}
	for _, a := range list { // all are looked at before the first is uploaded
		if err := checkAttachment(a); err != nil {
			return nil, err
		}
	}
	messages := make([]apiMessage, 0, len(list))
	for _, a := range list {
		m, err := c.attachment(ctx, a)
		if err != nil {
			return nil, err
		}
		messages = append(messages, m)
	}
	return messages, nil
}

func checkAttachment(a bot.Attachment) error {
	if !a.Picture && !slices.Contains(sendTypes(), extension(a.Name)) {
		return &bot.Refusal{Op: opUpload, Code: CodeMediaType, Msg: "no file message of this extension: " + cut(extension(a.Name), maxName)}
	}
	return checkMedia(mediaKind(a), a.Name, a.Data)
}

func mediaKind(a bot.Attachment) string {
	if a.Picture {
		return MediaImage
	}
	return MediaFile
}

func attachmentSum(a bot.Attachment) [sha256.Size]byte {
	return mediaSum(mediaKind(a), mediaName(a.Name), a.Data)
}

// attachment uploads one and makes its message.
func (c *Client) attachment(ctx context.Context, a bot.Attachment) (apiMessage, error) {
	kind, m, param := mediaKind(a), apiMessage{key: "sampleFile"}, map[string]string{}
	if a.Picture {
		m.key = "sampleImageMsg"
	}
	known := c.media.get(attachmentSum(a)) != ""
	id, err := c.Upload(ctx, kind, a.Name, a.Data)
	if err != nil {
		return m, err
	}
	if a.Picture {
		param["photoURL"] = id
	} else {
		param["mediaId"], param["fileName"], param["fileType"] = id, path.Base(a.Name), extension(a.Name)
	}
	b, err := encode(param)
	if err != nil {
		return m, fmt.Errorf("dingtalk: upload: %w", err)
	}
	m.param, m.media, m.known = string(b), id, known
	return m, nil
}

// sendFiles sends what is attached after the words, if there were any. A media id of an
// earlier upload that DingTalk refuses is replaced once: it may have forgotten it.
func (c *Client) sendFiles(ctx context.Context, out bot.Outgoing, files []apiMessage) (string, error) {
	sums := make([]string, len(out.Attachments))
	for i, a := range out.Attachments {
		sum := attachmentSum(a)
		sums[i] = string(sum[:])
	}
	return c.pages(out.ID, partSum(out.ID, opUpload, sums...), len(files), func(i int) (string, error) {
		ref, err := c.sendFile(ctx, out, files[i])
		if no := (*bot.Refusal)(nil); !errors.As(err, &no) || no.Retryable() {
			return ref, err
		}
		c.media.forget(files[i].media) // the id may be why
		if !files[i].known {
			return ref, err
		}
		m, failed := c.attachment(ctx, out.Attachments[i])
		if failed != nil {
			return "", failed
		}
		return c.sendFile(ctx, out, m)
	})
}

func (c *Client) sendFile(ctx context.Context, out bot.Outgoing, m apiMessage) (string, error) {
	if out.Room != "" {
		r, err := c.sendAPI(ctx, opGroup, pathGroup, sendRequest{
			RobotCode: c.opt.RobotCode, Conversation: out.Room, MsgKey: m.key, MsgParam: m.param,
		})
		return string(r.QueryKey), err
	}
	r, err := c.sendBatch(ctx, m, []string{out.Member})
	if err == nil {
		err = r.failure(out.Member)
	}
	return string(r.QueryKey), err
}
