package dingtalk

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// ErrEvent: an event push that cannot be read or was not made with our keys.
var ErrEvent = errors.New("dingtalk: event not readable")

const (
	eventNoise = 16 // random bytes before the message
	eventBlock = 32 // padding of what we send; DingTalk's own libraries use 16 and 32
	aesKeyLen  = 43 // of the key's text
)

// EventKeys encrypt and sign event pushes and their answers.
type EventKeys struct {
	token string
	key   []byte
	owner string
}

// NewEventKeys checks the keys as they stand in the console: a token, an AES key of 43
// characters and the owner, which is the app's client id for an internal app.
func NewEventKeys(token, aesKey, owner string) (*EventKeys, error) {
	if token == "" || owner == "" || len(aesKey) != aesKeyLen {
		return nil, errors.New("dingtalk: events need a token, an AES key of 43 characters and an owner")
	}
	key, err := base64.StdEncoding.DecodeString(aesKey + "=")
	if err != nil {
		return nil, errors.New("dingtalk: the AES key of events is no Base64") // err would quote the key
	}
	return &EventKeys{token: token, key: key, owner: owner}, nil
}

// Sign is hex SHA-1 over the sorted parts, as DingTalk has it.
func (k *EventKeys) Sign(stamp, nonce, encrypted string) string {
	parts := []string{k.token, stamp, nonce, encrypted}
	slices.Sort(parts)
	sum := sha1.Sum([]byte(strings.Join(parts, "")))
	return hex.EncodeToString(sum[:])
}

// Verify reports whether the signature is that of the parts.
func (k *EventKeys) Verify(sign, stamp, nonce, encrypted string) bool {
	return hmac.Equal([]byte(k.Sign(stamp, nonce, encrypted)), []byte(sign))
}

// Encrypt seals msg; random gives the bytes before it.
func (k *EventKeys) Encrypt(msg []byte, random io.Reader) (string, error) {
	plain := make([]byte, eventNoise, eventNoise+4+len(msg)+len(k.owner)+eventBlock)
	if _, err := io.ReadFull(random, plain); err != nil {
		return "", fmt.Errorf("dingtalk: event: %w", err)
	}
	plain = binary.BigEndian.AppendUint32(plain, uint32(len(msg)))
	plain = append(plain, msg...)
	plain = append(plain, k.owner...)
	pad := eventBlock - len(plain)%eventBlock
	for range pad {
		plain = append(plain, byte(pad))
	}
	block, err := aes.NewCipher(k.key)
	if err != nil {
		return "", fmt.Errorf("dingtalk: event: %w", err)
	}
	cipher.NewCBCEncrypter(block, k.key[:aes.BlockSize]).CryptBlocks(plain, plain)
	return base64.StdEncoding.EncodeToString(plain), nil
}

// Decrypt opens what Encrypt or DingTalk sealed. errors.Is(err, ErrEvent) for all else.
// Its errors tell a stranger nothing when the signature was verified before.
func (k *EventKeys) Decrypt(encrypted string) ([]byte, error) {
	data, err := base64.StdEncoding.DecodeString(encrypted)
	if err != nil || len(data) == 0 || len(data)%aes.BlockSize != 0 {
		return nil, fmt.Errorf("%w: no whole blocks", ErrEvent)
	}
	block, err := aes.NewCipher(k.key)
	if err != nil {
		return nil, fmt.Errorf("dingtalk: event: %w", err)
	}
	cipher.NewCBCDecrypter(block, k.key[:aes.BlockSize]).CryptBlocks(data, data)
	pad := int(data[len(data)-1])
	if pad < 1 || pad > eventBlock || pad > len(data) {
		return nil, fmt.Errorf("%w: padding", ErrEvent)
	}
	for _, b := range data[len(data)-pad:] {
		if int(b) != pad {
			return nil, fmt.Errorf("%w: padding", ErrEvent)
		}
	}
	data = data[:len(data)-pad]
	if len(data) < eventNoise+4 {
		return nil, fmt.Errorf("%w: too short", ErrEvent)
	}
	n := uint64(binary.BigEndian.Uint32(data[eventNoise:]))
	rest := data[eventNoise+4:]
	if n > uint64(len(rest)) {
		return nil, fmt.Errorf("%w: length", ErrEvent)
	}
	if string(rest[n:]) != k.owner {
		return nil, fmt.Errorf("%w: meant for another app", ErrEvent)
	}
	return rest[:n], nil
}
