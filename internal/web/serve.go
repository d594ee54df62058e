package web

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"recount"
	"recount/internal/web/workbench"
)

const (
	headerTime = 10 * time.Second // to read the head of a request
	idleTime   = 2 * time.Minute
	stopTime   = 300 * time.Millisecond // for answers under way when it stops: a signal leaves little time, and the study is closed after it
	maxHeader  = 64 << 10               // bytes
)

// Serve answers on addr ("127.0.0.1:8080", "localhost:0") until ctx is done,
// then lets answers under way finish. It calls ready with the address to open
// once it listens. An address that other machines can reach is refused unless
// o allows it.
func Serve(ctx context.Context, addr string, h http.Handler, o Options, ready func(url string)) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return recount.WithHint(fmt.Errorf("serve %s: %w: %v", addr, recount.ErrInvalid, err), "write the address as 127.0.0.1:8080")
	}
	if !o.AllowRemote && !workbench.Loopback(host) {
		return remote(addr)
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	var wrong *net.AddrError
	if errors.As(err, &wrong) {
		return recount.WithHint(fmt.Errorf("serve %s: %w: %s", addr, recount.ErrInvalid, wrong.Err), "ports go from 0, which is any that is free, to 65535")
	}
	if err != nil {
		return recount.WithHint(fmt.Errorf("serve: %w", err), "something else may use this port: choose another one, or 0 for any that is free")
	}
	// A name may lead elsewhere than it says.
	if a, ok := l.Addr().(*net.TCPAddr); !o.AllowRemote && (!ok || !a.IP.IsLoopback()) {
		l.Close()
		return remote(addr)
	}
	srv := &http.Server{Handler: h, ReadHeaderTimeout: headerTime, ReadTimeout: headerTime, IdleTimeout: idleTime, MaxHeaderBytes: maxHeader}
	if o.Stopping != nil {
		srv.RegisterOnShutdown(o.Stopping)
	}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	if ready != nil {
		ready("http://" + l.Addr().String() + "/")
	}
	select {
	case err = <-done:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	if err := srv.Shutdown(stop); err != nil {
		srv.Close()
	}
	if err := <-done; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

func remote(addr string) error {
	return recount.WithHint(fmt.Errorf("serve %s: %w: other machines could read the report, and it names people", addr, recount.ErrRefused),
		"listen on 127.0.0.1, or allow other machines on purpose")
}
