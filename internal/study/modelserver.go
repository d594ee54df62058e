package study

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"recount"
	"recount/internal/quotes"
)

// AssistOptions name the server that is asked.
type AssistOptions struct {
	Endpoint string        // http://127.0.0.1:11434, with or without /v1
	Model    string        // as the server calls it
	Remote   bool          // an address that is not of this machine is allowed
	Timeout  time.Duration // for one article
}

// mostResponse is the size of the largest response, in bytes: a reply and what
// stands around it, its characters written as JSON escapes.
const mostResponse = 8 * quotes.MostAssist

// mostTokens ends a reply that would never end.
const mostTokens = 8192

// A client asks one server.
type client struct {
	AssistOptions
	url  *url.URL
	http *http.Client
}

// newClient checks the address before anything is sent. Whether it is an
// address of this machine is checked again when the connection is made, on the
// address that a name led to.
func newClient(o AssistOptions) (*client, error) {
	u, err := url.Parse(o.Endpoint)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, recount.WithHint(fmt.Errorf("%w: the endpoint is no address of a server", recount.ErrInvalid), "write it like http://127.0.0.1:11434")
	}
	if !o.Remote && !local(u.Hostname()) {
		return nil, recount.WithHint(fmt.Errorf("%w: %s is not this machine, and the text of the articles would be sent there", recount.ErrRefused, u.Hostname()),
			"run a server on this machine, or give --remote if the articles may leave it")
	}
	if strings.TrimSpace(o.Model) == "" {
		return nil, recount.WithHint(fmt.Errorf("%w: no model is named", recount.ErrInvalid), "give --model the name that the server lists")
	}
	u.Path = strings.TrimSuffix(strings.TrimRight(u.Path, "/"), "/v1") + "/v1/chat/completions"
	u.RawPath = ""
	d := &net.Dialer{Control: func(_, address string, _ syscall.RawConn) error {
		if at, err := netip.ParseAddrPort(address); !o.Remote && (err != nil || !at.Addr().Unmap().IsLoopback()) {
			return fmt.Errorf("%w: the name leads to another machine", recount.ErrRefused)
		}
		return nil
	}}
	return &client{o, u, &http.Client{
		// Neither a proxy nor a redirect may carry the text elsewhere.
		Transport:     &http.Transport{Proxy: nil, DialContext: d.DialContext},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

func local(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

type request struct {
	Model       string    `json:"model"`
	Messages    []message `json:"messages"`
	Temperature int       `json:"temperature"`
	Seed        int       `json:"seed"`
	MaxTokens   int       `json:"max_tokens"`
	Stream      bool      `json:"stream"`
}

type response struct {
	Choices []struct {
		Message struct {
			Content string `json:"content"`
		} `json:"message"`
		FinishReason string `json:"finish_reason"`
	} `json:"choices"`
}

// ask returns what the model replies. The body of a failure is not shown: it
// may repeat the article. Where no article can be answered, fatal is true.
func (c *client) ask(ctx context.Context, system, user string) (reply string, fatal bool, err error) {
	body, err := json.Marshal(request{Model: c.Model, Messages: []message{{"system", system}, {"user", user}}, MaxTokens: mostTokens})
	if err != nil {
		return "", true, err
	}
	limited, stop := context.WithTimeout(ctx, c.Timeout)
	defer stop()
	req, err := http.NewRequestWithContext(limited, http.MethodPost, c.url.String(), bytes.NewReader(body))
	if err != nil {
		return "", true, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	res, err := c.http.Do(req)
	if err != nil {
		return "", c.fatal(ctx, err), c.plain(ctx, err)
	}
	defer res.Body.Close()
	switch {
	case res.StatusCode == http.StatusUnauthorized, res.StatusCode == http.StatusForbidden, res.StatusCode == http.StatusNotFound:
		return "", true, recount.WithHint(fmt.Errorf("the server answers %d %s", res.StatusCode, http.StatusText(res.StatusCode)),
			"look whether the endpoint is one of an OpenAI-compatible server and the model one that it lists")
	case res.StatusCode >= 300 && res.StatusCode < 400:
		return "", true, recount.WithHint(fmt.Errorf("%w: the server sends recount on to another address", recount.ErrRefused), "give the address where the model really is")
	case res.StatusCode != http.StatusOK:
		return "", false, fmt.Errorf("the server answers %d %s", res.StatusCode, http.StatusText(res.StatusCode))
	}
	data, err := io.ReadAll(io.LimitReader(res.Body, mostResponse+1))
	if err != nil {
		return "", c.fatal(ctx, err), c.plain(ctx, err)
	}
	if len(data) > mostResponse {
		return "", false, fmt.Errorf("%w: the response is longer than %d kB", recount.ErrRefused, mostResponse>>10)
	}
	var x response
	if json.Unmarshal(data, &x) != nil || len(x.Choices) == 0 {
		return "", false, fmt.Errorf("%w: the response is not one of an OpenAI-compatible server", recount.ErrInvalid)
	}
	if x.Choices[0].FinishReason == "length" {
		return "", false, fmt.Errorf("%w: the reply was cut off before its end", recount.ErrInvalid)
	}
	return x.Choices[0].Message.Content, false, nil
}

// fatal reports whether no article would be answered: recount was stopped, or
// there is no server.
func (c *client) fatal(ctx context.Context, err error) bool {
	var op *net.OpError
	return ctx.Err() != nil || errors.As(err, &op) && op.Op == "dial"
}

// plain says what went wrong without the library's repetition of the address.
func (c *client) plain(ctx context.Context, err error) error {
	var op *net.OpError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, recount.ErrRefused):
		return recount.WithHint(fmt.Errorf("%s: %w: it leads to another machine", c.url.Host, recount.ErrRefused), "give --remote if the articles may leave this machine")
	case errors.As(err, &op) && op.Op == "dial":
		return recount.WithHint(fmt.Errorf("%w: nobody answers at %s", recount.ErrNotFound, c.url.Host), "start the server, or look at --endpoint")
	case errors.Is(err, context.DeadlineExceeded):
		return recount.WithHint(fmt.Errorf("no reply within %s", c.Timeout), "give it longer with --timeout, or take a smaller model")
	}
	return errors.New("the connection broke off")
}
