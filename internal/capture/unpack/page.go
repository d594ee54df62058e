package unpack

import (
	"bytes"
	"net/http"
	"strings"

	"recount/internal/capture/unpack/warc"
)

// declaredNoPage returns why a payload of the declared type is no page, "" if
// it may be one; settled says that its bytes need not be asked.
func declaredNoPage(declared string) (reason string, settled bool) {
	kind := warc.MediaType(declared)
	major, minor, _ := strings.Cut(kind, "/")
	switch {
	case major == "image":
		return "a picture", true
	case major == "font" || strings.Contains(minor, "font"):
		return "a font", true
	case major == "audio" || major == "video" || minor == "x-mpegurl" || minor == "vnd.apple.mpegurl" || minor == "dash+xml" || minor == "x-shockwave-flash":
		return "sound or film", true
	case minor == "css":
		return "a style sheet", true
	case strings.HasSuffix(minor, "javascript") || minor == "ecmascript" || minor == "wasm":
		return "a script", true
	case strings.HasSuffix(minor, "json") || minor == "x-protobuf" || minor == "manifest" || minor == "json5":
		return "data for a script", true
	case kind == "application/xhtml+xml", kind == "message/rfc822", kind == "multipart/related":
		return "", true
	case minor == "xml" || strings.HasSuffix(minor, "+xml"):
		return "a feed, a site map or other XML", true
	case kind == "text/html", kind == "text/plain", kind == "application/pdf", kind == "application/rtf", kind == "text/rtf", kind == "text/vtt", kind == "text/markdown",
		kind == "application/msword", strings.HasPrefix(minor, "vnd.openxmlformats"), strings.HasPrefix(minor, "vnd.oasis.opendocument"):
		return "", true
	}
	return "", false
}

// seenNoPage is declaredNoPage by the bytes of a payload.
func seenNoPage(payload []byte) string {
	seen := http.DetectContentType(payload)
	if strings.HasPrefix(seen, "text/") && !strings.HasPrefix(seen, "text/xml") || seen == "application/pdf" || bytes.HasPrefix(payload, []byte("{\\rtf")) {
		return ""
	}
	return "of a type that is no page"
}
