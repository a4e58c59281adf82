package dingtalk

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"

	"duban/bot"
	"duban/bot/wire"
)

// Kinds of media for Upload.
const (
	MediaImage = "image"
	MediaFile  = "file"
)

// MaxMedia is the largest picture or file that DingTalk takes, in bytes.
const MaxMedia = 20 << 20

// Codes of refusals of media; nothing was called and trying again cannot help.
const (
	CodeMediaType  = "media.type"  // an extension or a content that DingTalk does not take
	CodeMediaSize  = "media.size"  // more than MaxMedia
	CodeMediaEmpty = "media.empty" // nothing in it
)

const (
	opUpload   = "upload"
	pathUpload = "/media/upload"
)

// mediaTypes are the extensions that may be uploaded.
func mediaTypes(kind string) []string {
	if kind == MediaImage {
		return []string{"jpg", "jpeg", "gif", "png", "bmp"}
	}
	return []string{"doc", "docx", "xls", "xlsx", "ppt", "pptx", "zip", "pdf", "rar"}
}

// sendTypes are the extensions that a file message may have; they are fewer than those
// that may be uploaded.
func sendTypes() []string { return []string{"xlsx", "pdf", "zip", "rar", "doc", "docx"} }

// Upload stores a picture or a file and returns its media id, which is good for any
// number of messages. What DingTalk would not take is refused without a call; the same
// content is uploaded once in a while only. Nothing is delivered by it, so every error
// but a ctx's end is a *bot.Refusal.
func (c *Client) Upload(ctx context.Context, kind, name string, data []byte) (mediaID string, err error) {
	name = mediaName(name)
	if no := checkMedia(kind, name, data); no != nil {
		return "", no
	}
	sum := mediaSum(kind, name, data)
	if id := c.media.get(sum); id != "" {
		return id, nil
	}
	body, contentType, err := form(kind, name, data)
	if err != nil {
		return "", fmt.Errorf("dingtalk: upload: %w", err)
	}
	r, err := c.oapi(ctx, oapiCall{op: opUpload, path: pathUpload, contentType: contentType, body: body, limit: fileTimeout})
	if err != nil {
		return "", notDelivered(opUpload, err)
	}
	got := object[struct {
		ID loose `json:"media_id"`
	}](json.RawMessage(r.Body))
	if got.ID == "" {
		return "", &bot.Refusal{Op: opUpload, Code: wire.CodeUnsent, Msg: "reply without a media id", Retry: true, After: wire.AfterBusy}
	}
	c.media.put(sum, string(got.ID))
	return string(got.ID), nil
}

// mediaName is the name under which a file is uploaded: without its folder.
func mediaName(name string) string { return path.Base(strings.ReplaceAll(name, `\`, "/")) }

func checkMedia(kind, name string, data []byte) error {
	no := func(code, msg string) error { return &bot.Refusal{Op: opUpload, Code: code, Msg: msg} }
	switch {
	case kind != MediaImage && kind != MediaFile:
		return no(CodeMediaType, "unknown kind of media")
	case len(data) == 0:
		return no(CodeMediaEmpty, "nothing to upload")
	case len(data) > MaxMedia:
		return no(CodeMediaSize, fmt.Sprintf("%d bytes, the limit is %d", len(data), MaxMedia))
	case !slices.Contains(mediaTypes(kind), extension(name)):
		return no(CodeMediaType, "extension not taken: "+cut(extension(name), maxName))
	case kind == MediaImage && !strings.HasPrefix(http.DetectContentType(data), "image/"):
		return no(CodeMediaType, "content is no picture")
	}
	return nil
}

func extension(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
}

// mediaSum is the same for the same content under the same name.
func mediaSum(kind, name string, data []byte) (sum [sha256.Size]byte) {
	h := sha256.New()
	for _, part := range [][]byte{[]byte(kind), {0}, []byte(name), {0}, data} {
		h.Write(part) // a hash never fails
	}
	h.Sum(sum[:0])
	return sum
}

// form is the multipart body of an upload.
func form(kind, name string, data []byte) (body []byte, contentType string, err error) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	if err := w.WriteField("type", kind); err != nil {
		return nil, "", err
	}
	part, err := w.CreateFormFile("media", name)
	if err != nil {
		return nil, "", err
	}
	if _, err := part.Write(data); err != nil {
		return nil, "", err
	}
	if err := w.Close(); err != nil {
		return nil, "", err
	}
	return b.Bytes(), w.FormDataContentType(), nil
}

// mediaIDs remembers what was uploaded lately, so that a second try of a message, and
// one report for many people, cost no second upload.
type mediaIDs struct {
	mu    sync.Mutex
	ids   map[[sha256.Size]byte]string
	order [][sha256.Size]byte // oldest first
}

const keptMedia = 64

func newMediaIDs() *mediaIDs { return &mediaIDs{ids: map[[sha256.Size]byte]string{}} }

func (m *mediaIDs) get(sum [sha256.Size]byte) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.ids[sum]
}

func (m *mediaIDs) put(sum [sha256.Size]byte, id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, known := m.ids[sum]; !known {
		m.order = append(m.order, sum)
	}
	m.ids[sum] = id
	if len(m.order) > keptMedia {
		delete(m.ids, m.order[0])
		m.order = m.order[1:]
	}
}

// forget is for an id that DingTalk no longer knows.
func (m *mediaIDs) forget(id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.order = slices.DeleteFunc(m.order, func(sum [sha256.Size]byte) bool {
		if m.ids[sum] != id {
			return false
		}
		delete(m.ids, sum)
		return true
	})
}
