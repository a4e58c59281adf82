package console

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"

	"duban/bot"
)

// shown is a file that came with a message of the bot. The journal keeps its name only.
type shown struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Picture bool   `json:"picture,omitempty"`
}

// kept is the content of a file, and the message it came with.
type kept struct {
	file  shown
	data  []byte
	entry *entry
}

// shelf holds the newest files, at most maxFiles bytes together. The Console's mu guards it.
type shelf struct {
	byID map[string]*kept
	line []*kept // oldest first
	size int
}

// checkFiles refuses what could never be shown.
func checkFiles(list []bot.Attachment) error {
	size := 0
	for _, a := range list {
		if strings.TrimSpace(a.Name) == "" || len(a.Data) == 0 {
			return refusal("badFile", "a file needs a name and content")
		}
		size += len(a.Data)
	}
	if size > maxFiles {
		return refusal("tooLarge", fmt.Sprintf("the files have %d bytes, the limit is %d", size, maxFiles))
	}
	return nil
}

// named gives each file of a message an id that cannot be guessed.
func named(list []bot.Attachment) []shown {
	var out []shown
	for _, a := range list {
		out = append(out, shown{ID: rand.Text(), Name: path.Base(a.Name), Picture: a.Picture && pictureType(a.Data) != ""})
	}
	return out
}

// put keeps the files of a message that is in the transcript and lets go of the oldest
// beyond the bound; it returns the messages that lost one. Checked files always fit.
func (s *shelf) put(e *entry, list []bot.Attachment) (lost []*entry) {
	for i, a := range list {
		k := &kept{file: e.Files[i], data: bytes.Clone(a.Data), entry: e}
		if s.byID == nil {
			s.byID = map[string]*kept{}
		}
		s.byID[k.file.ID] = k
		s.line = append(s.line, k)
		s.size += len(k.data)
	}
	for s.size > maxFiles {
		lost = append(lost, s.line[0].entry)
		s.drop(s.line[0].file.ID)
	}
	return lost
}

// drop lets go of a file; one that is gone already is no matter.
func (s *shelf) drop(id string) {
	k := s.byID[id]
	if k == nil {
		return
	}
	delete(s.byID, id)
	s.size -= len(k.data)
	for i := range s.line {
		if s.line[i] == k {
			s.line = append(s.line[:i:i], s.line[i+1:]...)
			return
		}
	}
}

// pictureType is the type of a picture that a page may show, "" for anything else.
func pictureType(data []byte) string {
	switch t := http.DetectContentType(data); t {
	case "image/png", "image/jpeg", "image/gif":
		return t
	}
	return ""
}

// getFile serves a file of the bot: a picture to be shown, anything else to be saved.
func (c *Console) getFile(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	k := c.shelf.byID[r.PathValue("id")]
	c.mu.Unlock()
	if k == nil {
		http.Error(w, "文件已过期。", http.StatusGone)
		return
	}
	how, kind := "attachment", "application/octet-stream"
	if k.file.Picture {
		how, kind = "inline", pictureType(k.data)
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", mime.FormatMediaType(how, map[string]string{"filename": k.file.Name}))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(k.data))
}

// fileView is a file as the page gets it.
type fileView struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Picture bool   `json:"picture,omitempty"`
	Size    string `json:"size,omitempty"`
	Gone    bool   `json:"gone,omitempty"` // it was let go of, or the program has been started again
}

func (c *Console) files(e *entry) []fileView {
	var out []fileView
	for _, f := range e.Files {
		v := fileView{ID: f.ID, Name: f.Name, Picture: f.Picture}
		if k := c.shelf.byID[f.ID]; k != nil {
			v.Size = fmt.Sprintf("%d KB", (len(k.data)+1023)/1024)
		} else {
			v.Gone = true
		}
		out = append(out, v)
	}
	return out
}
