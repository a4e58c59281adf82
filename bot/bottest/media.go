package bottest

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
)

// Permissions beside that of the robot. The fake's app has them all until SetScope
// takes one away.
const (
	ScopeCards       = "Card.Instance.Write"
	ScopeStreaming   = "Card.Streaming.Write"
	ScopeDing        = "Premium.Ding.Write"
	ScopeTodo        = "Todo.Todo.Write"
	ScopeMembers     = "qyapi_get_member"
	ScopeDepartments = "qyapi_get_department_list"
)

// office is what the app keeps at DingTalk beside messages; Fake.mu guards it.
type office struct {
	media       map[string]Media
	departments map[int64]Department
	dings       []*DingNote
	dingQuota   int // -1 is endless
	todos       map[string]*TodoNote
	cards       map[string]*CardNote
	routes      map[string]cardRoute
	templates   map[string]bool // nil: every template is known
	pressLimit  time.Duration
	events      *subscription // nil: nobody has subscribed
}

func newOffice() office {
	return office{
		media: map[string]Media{}, departments: map[int64]Department{}, dingQuota: -1, todos: map[string]*TodoNote{},
		cards: map[string]*CardNote{}, routes: map[string]cardRoute{}, pressLimit: PressLimit,
	}
}

// officeRoutes are the calls about media, people, DING, to-dos and cards.
func officeRoutes(method, path string) route {
	switch method + " " + path {
	case "POST /media/upload":
		return guardedOld("", path, false, (*Fake).upload)
	case "POST /topapi/v2/user/get":
		return guardedOld(ScopeMembers, path, true, (*Fake).userGet)
	case "POST /topapi/v2/user/getbymobile":
		return guardedOld(ScopeMembers, path, true, (*Fake).userByMobile)
	case "POST /topapi/user/getbyunionid":
		return guardedOld(ScopeMembers, path, true, (*Fake).userByUnionID)
	case "POST /topapi/v2/department/listsub":
		return guardedOld(ScopeDepartments, path, true, (*Fake).departmentSub)
	case "POST /topapi/user/listid":
		return guardedOld(ScopeMembers, path, true, (*Fake).departmentUsers)
	case "POST /v1.0/robot/ding/send":
		return guardedBy(ScopeDing, path, (*Fake).dingSend)
	case "POST /v1.0/robot/ding/recall":
		return guardedBy(ScopeDing, path, (*Fake).dingRecall)
	case "POST /v1.0/card/instances/createAndDeliver":
		return guardedBy(ScopeCards, path, (*Fake).cardCreateAndDeliver)
	case "POST /v1.0/card/instances":
		return guardedBy(ScopeCards, path, (*Fake).cardCreate)
	case "POST /v1.0/card/instances/deliver":
		return guardedBy(ScopeCards, path, (*Fake).cardDeliver)
	case "PUT /v1.0/card/instances":
		return guardedBy(ScopeCards, method+" "+path, (*Fake).cardUpdate)
	case "PUT /v1.0/card/streaming":
		return guardedBy(ScopeStreaming, path, (*Fake).cardStream)
	case "POST /v1.0/card/callbacks/register":
		return guardedBy(ScopeCards, path, (*Fake).cardRegister)
	}
	return todoRoute(method, path)
}

// guardedOld puts token, permission and rate before a call of the old API, whose
// refusals are HTTP 200. Free calls do not count for the month.
func guardedOld(scope, path string, free bool, next route) route {
	return func(f *Fake, c call) answer {
		given := c.query.Get("access_token")
		switch {
		case given == "":
			return ok(oapiError{41001, "缺少access_token"})
		case !f.valid(given):
			return ok(oapiError{40014, "不合法的access_token"})
		case scope != "" && !f.granted(scope):
			return ok(map[string]any{
				"errcode": 88, "sub_code": "60011", "sub_msg": "没有调用该接口的权限", "request_id": f.id("FAKE-%08d"),
				"errmsg": "ding talk error[subcode=60011,submsg=没有调用该接口的权限]",
			})
		case f.busy(path):
			return ok(oapiError{90018, "您的服务器调用钉钉开放平台所有接口的请求都被暂时禁用了"})
		case !free && f.month == 0:
			return ok(oapiError{90020, "api count limit"})
		}
		if !free && f.month > 0 {
			f.month--
		}
		return next(f, c)
	}
}

// Media is one uploaded picture or file.
type Media struct {
	ID   string
	Kind string // image, voice, video or file
	Name string
	Data []byte
}

// Media gives what was uploaded under an id.
func (f *Fake) Media(id string) (Media, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	m, found := f.office.media[id]
	m.Data = bytes.Clone(m.Data)
	return m, found
}

// mediaLimit is what a kind may be: its extensions and its bytes; 0 is no kind.
func mediaLimit(kind string) (extensions string, size int) {
	switch kind {
	case "image":
		return "jpg gif png bmp", 20 << 20
	case "voice":
		return "amr mp3 wav", 2 << 20
	case "video":
		return "mp4", 20 << 20
	case "file":
		return "doc docx xls xlsx ppt pptx zip pdf rar", 20 << 20
	}
	return "", 0
}

func (f *Fake) upload(c call) answer {
	m, no := readUpload(c)
	if no != (oapiError{}) {
		return ok(no)
	}
	m.ID = f.id("@lFake%08d")
	f.office.media[m.ID] = m
	return ok(map[string]any{"errcode": 0, "errmsg": "ok", "media_id": m.ID, "created_at": f.opt.Now().UnixMilli(), "type": m.Kind})
}

func readUpload(c call) (Media, oapiError) {
	missing := oapiError{40035, "缺少参数 media"}
	kind, params, err := mime.ParseMediaType(c.header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		return Media{}, oapiError{43004, "无效的HTTP HEADER Content-Type"}
	}
	form, err := multipart.NewReader(bytes.NewReader(c.body), params["boundary"]).ReadForm(maxRequest)
	if err != nil || len(form.File["media"]) != 1 || len(form.Value["type"]) != 1 {
		return Media{}, missing
	}
	head := form.File["media"][0]
	in, err := head.Open()
	if err != nil {
		return Media{}, missing
	}
	defer func() { _ = in.Close() }() // it lies in memory
	m := Media{Kind: form.Value["type"][0], Name: head.Filename}
	if m.Data, err = io.ReadAll(in); err != nil || len(m.Data) == 0 {
		return Media{}, missing
	}
	extensions, size := mediaLimit(m.Kind)
	ext := strings.ToLower(strings.TrimPrefix(path.Ext(m.Name), "."))
	switch {
	case size == 0 || !slices.Contains(strings.Fields(extensions), ext):
		return Media{}, oapiError{40004, "不合法的媒体文件类型"}
	case len(m.Data) > size:
		return Media{}, oapiError{40009, "不合法的媒体文件大小"}
	}
	return m, oapiError{}
}

// showMedia fills in what a picture or file message shows, or gives the code of its
// refusal.
func (f *Fake) showMedia(msgKey string, v map[string]string, n *Note) (code string) {
	const invalid = "invalidParameter.msgParam.invalid"
	switch msgKey {
	case "sampleImageMsg":
		n.Media = v["photoURL"]
		if id := n.Media; strings.HasPrefix(id, "@") && f.office.media[id].Kind != "image" {
			return invalid
		}
	case "sampleFile":
		n.Media, n.File = v["mediaId"], v["fileName"]
		types := strings.Fields("xlsx pdf zip rar doc docx")
		if f.office.media[n.Media].Kind != "file" || !slices.Contains(types, v["fileType"]) {
			return invalid
		}
	case "sampleAudio":
		if n.Media = v["mediaId"]; f.office.media[n.Media].Kind != "voice" {
			return invalid
		}
	case "sampleVideo":
		n.Media = v["videoMediaId"]
		if f.office.media[n.Media].Kind != "video" || f.office.media[v["picMediaId"]].Kind != "image" || v["videoType"] != "mp4" {
			return invalid
		}
	}
	return ""
}

// badRequest is the new API's usual no.
func (f *Fake) badRequest(code, message string) answer {
	return answer{http.StatusBadRequest, f.apiError(code, message)}
}
