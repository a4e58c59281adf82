package bottest

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// EventLimit is how long DingTalk waits for the answer to an event.
const EventLimit = 1500 * time.Millisecond

// EventKeys are the token and the AES key (43 characters) of an event subscription.
type EventKeys struct{ Token, AESKey string }

// EventPush is one event over HTTP.
type EventPush struct {
	To     string // the bot's address for events
	Keys   EventKeys
	Fields map[string]any // PascalCase, as in EventType

	Owner     string        // default the app key
	Raw       []byte        // this body instead
	BadSign   bool          // sign with another token
	PlainSign bool          // name the query's field signature, not msg_signature
	Age       time.Duration // of the timestamp; negative lies ahead
	Pad       int           // block size of the padding: 32 unless 16
}

// ErrEventAnswer: the bot did not answer the event as it must; it counts as failed.
var ErrEventAnswer = errors.New("bottest: event not answered with an encrypted success")

// PushEvent pushes an event, encrypted and signed, and returns the status of the
// answer. The error wraps ErrEventAnswer unless the answer is right.
func (f *Fake) PushEvent(ctx context.Context, p EventPush) (status int, err error) {
	seal, err := newSeal(p.Keys, or(p.Owner, f.opt.AppKey))
	if err != nil {
		return 0, err
	}
	msg, err := json.Marshal(p.Fields)
	if err != nil {
		return 0, fmt.Errorf("bottest: event: %w", err)
	}
	f.mu.Lock()
	noise := f.id("%016d")
	f.mu.Unlock()
	if p.Pad == 0 {
		p.Pad = 32
	}
	encrypted := seal.close(noise, msg, p.Pad)
	stamp, nonce := strconv.FormatInt(f.opt.Now().Add(-p.Age).UnixMilli(), 10), "n"+noise[8:]
	q := url.Values{"timestamp": {stamp}, "nonce": {nonce}}
	name, token := "msg_signature", p.Keys.Token
	if p.PlainSign {
		name = "signature"
	}
	if p.BadSign {
		token += "x"
	}
	q.Set(name, eventSign(token, stamp, nonce, encrypted))
	body := p.Raw
	if body == nil {
		if body, err = json.Marshal(map[string]string{"encrypt": encrypted}); err != nil {
			return 0, fmt.Errorf("bottest: event: %w", err)
		}
	}
	ctx, cancel := context.WithTimeout(ctx, EventLimit)
	defer cancel()
	status, reply, err := f.postEvent(ctx, p.To+"?"+q.Encode(), body)
	if err != nil {
		return status, err
	}
	return status, seal.answered(p.Keys.Token, reply)
}

func (f *Fake) postEvent(ctx context.Context, to string, body []byte) (int, []byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return 0, nil, fmt.Errorf("bottest: event: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := f.client.Do(req)
	if err != nil {
		return 0, nil, fmt.Errorf("%w: %w", ErrEventAnswer, err)
	}
	defer func() { _ = resp.Body.Close() }() // the answer has been read, or its reading has failed
	reply, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%w: status %d", ErrEventAnswer, resp.StatusCode)
	}
	return resp.StatusCode, reply, err
}

func eventSign(parts ...string) string {
	slices.Sort(parts)
	sum := sha1.Sum([]byte(strings.Join(parts, "")))
	return hex.EncodeToString(sum[:])
}

// seal encrypts for one owner.
type seal struct {
	key   []byte
	owner string
	block cipher.Block
}

func newSeal(k EventKeys, owner string) (seal, error) {
	key, err := base64.StdEncoding.DecodeString(k.AESKey + "=")
	if err != nil {
		return seal{}, fmt.Errorf("bottest: event key: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return seal{}, fmt.Errorf("bottest: event key: %w", err)
	}
	return seal{key, owner, block}, nil
}

// close seals a message behind sixteen bytes of noise.
func (s seal) close(noise string, msg []byte, padTo int) string {
	plain := []byte(noise)
	plain = binary.BigEndian.AppendUint32(plain, uint32(len(msg)))
	plain = append(append(plain, msg...), s.owner...)
	pad := padTo - len(plain)%padTo
	plain = append(plain, bytes.Repeat([]byte{byte(pad)}, pad)...)
	cipher.NewCBCEncrypter(s.block, s.key[:16]).CryptBlocks(plain, plain)
	return base64.StdEncoding.EncodeToString(plain)
}

// answered checks the answer: signed, and "success" inside.
func (s seal) answered(token string, reply []byte) error {
	var in struct {
		Sign    string `json:"msg_signature"`
		Stamp   string `json:"timeStamp"`
		Nonce   string `json:"nonce"`
		Encrypt string `json:"encrypt"`
	}
	if err := json.Unmarshal(reply, &in); err != nil {
		return fmt.Errorf("%w: %w", ErrEventAnswer, err)
	}
	data, err := base64.StdEncoding.DecodeString(in.Encrypt)
	if err != nil || len(data) < 32 || len(data)%16 != 0 || in.Sign != eventSign(token, in.Stamp, in.Nonce, in.Encrypt) {
		return fmt.Errorf("%w: unsigned", ErrEventAnswer)
	}
	cipher.NewCBCDecrypter(s.block, s.key[:16]).CryptBlocks(data, data)
	pad := int(data[len(data)-1])
	want := binary.BigEndian.AppendUint32(nil, uint32(len("success")))
	if pad < 1 || pad > 32 || pad > len(data)-16 || string(data[16:len(data)-pad]) != string(want)+"success"+s.owner {
		return fmt.Errorf("%w: no success inside", ErrEventAnswer)
	}
	return nil
}
