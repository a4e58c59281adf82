package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"syscall"
	"time"
)

// serveHTTP serves on the listener until ctx ends, then lets requests under way
// finish.
func serveHTTP(ctx context.Context, l net.Listener, h http.Handler) error {
	s := &http.Server{
		Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10, BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	done := make(chan error, 1)
	go func() { done <- s.Serve(l) }()
	select {
	case err := <-done:
		return fmt.Errorf("网页服务意外停止：%w", err)
	case <-ctx.Done():
	}
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainFor)
	defer cancel()
	if err := s.Shutdown(closing); err != nil { // a page may hold its socket open: cut it
		if err := s.Close(); err != nil {
			return fmt.Errorf("网页服务未能关闭：%w", err)
		}
	}
	if err := <-done; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// listen opens the address, with an error that says what to do.
func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		if errors.Is(err, syscall.EADDRINUSE) {
			return nil, fmt.Errorf("地址 %s 已被占用，请停止占用它的程序，或换一个端口：%w", addr, err)
		}
		return nil, fmt.Errorf("地址 %s 无法监听，请核对地址和端口（1到65535）：%w", addr, err)
	}
	return l, nil
}
