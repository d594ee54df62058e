package workbench

import (
	"encoding/json"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"recount"
	"recount/internal/pattern"
)

// OpenAPI describes the API in the form of OpenAPI 3.1, out of the list of
// routes and the types that they send and take.
func OpenAPI() ([]byte, error) {
	schemas := map[string]any{}
	paths := map[string]map[string]any{}
	for i := range api {
		rt := &api[i]
		path := "/api/v1" + rt.path
		op := map[string]any{"summary": rt.about, "operationId": operation(rt), "x-needs": rt.needs}
		params := []any{}
		for _, m := range inPath.FindAllStringSubmatch(rt.path, -1) {
			params = append(params, map[string]any{"name": m[1], "in": "path", "required": true, "schema": map[string]any{"type": "string"}})
		}
		for _, q := range rt.query {
			params = append(params, map[string]any{"name": q.name, "in": "query", "description": q.about, "schema": map[string]any{"type": "string"}})
		}
		if rt.method != http.MethodGet {
			params = append(params, map[string]any{"name": headerSign, "in": "header", "required": true, "description": "the id of the study that is meant, which GET /session gives; 1 where no study is open, and for what changes nothing", "schema": map[string]any{"type": "string"}})
		}
		if len(params) > 0 {
			op["parameters"] = params
		}
		if rt.in != nil {
			op["requestBody"] = map[string]any{"required": true, "content": content("application/json", schemaOf(reflect.TypeOf(rt.in), schemas))}
		} else if rt.path == "/handouts" {
			op["requestBody"] = map[string]any{"required": true, "content": content("multipart/form-data", map[string]any{"type": "object", "properties": map[string]any{
				"file": map[string]any{"type": "string", "format": "binary"}}})}
		} else if rt.path == "/uploads" {
			op["requestBody"] = map[string]any{"required": true, "content": content("multipart/form-data", map[string]any{"type": "object", "properties": map[string]any{
				"file": map[string]any{"type": "array", "items": map[string]any{"type": "string", "format": "binary"}}, "search": map[string]any{"type": "string", "description": "the name of the search that they came from"}}})}
		}
		media := "application/json"
		if rt.path == "/events" {
			media = "text/event-stream"
		}
		done := content("application/octet-stream", map[string]any{"type": "string", "format": "binary"}) // a file
		if rt.out != nil {
			done = content(media, schemaOf(reflect.TypeOf(rt.out), schemas))
		}
		op["responses"] = map[string]any{
			"200":     map[string]any{"description": "done", "content": done},
			"default": map[string]any{"description": "it could not be done: 400 wrong, 403 not allowed, 404 not there, 409 conflict, 413 too large, 503 try again", "content": content("application/json", schemaOf(reflect.TypeFor[problem](), schemas))},
		}
		if paths[path] == nil {
			paths[path] = map[string]any{}
		}
		paths[path][strings.ToLower(rt.method)] = op
	}
	return json.MarshalIndent(map[string]any{
		"openapi": "3.1.0",
		"info": map[string]any{"title": "recount", "version": recount.Version,
			"description": "A study in the browser. Spans are half-open ranges of code points of an article's text, probabilities whole thousandths, days ISO dates cut to their precision. Lists come in pages: give next as after."},
		"paths":      paths,
		"components": map[string]any{"schemas": schemas},
	}, "", " ")
}

var inPath = pattern.New(`\{(\w+)\}`)

// operation names a route: get_articles_key.
func operation(rt *route) string {
	return strings.Trim(strings.ToLower(rt.method)+regexp.MustCompile(`\W+`).ReplaceAllString(rt.path, "_"), "_")
}

func content(media string, schema any) map[string]any {
	return map[string]any{media: map[string]any{"schema": schema}}
}

// schemaOf describes a type; structs are described once, by their name.
func schemaOf(t reflect.Type, schemas map[string]any) map[string]any {
	switch t.Kind() {
	case reflect.Pointer:
		of := schemaOf(t.Elem(), schemas)
		return map[string]any{"anyOf": []any{of, map[string]any{"type": "null"}}}
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": schemaOf(t.Elem(), schemas)}
	case reflect.Array:
		return map[string]any{"type": "array", "items": schemaOf(t.Elem(), schemas), "minItems": t.Len(), "maxItems": t.Len()}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": schemaOf(t.Elem(), schemas)}
	case reflect.Struct:
		name := t.Name()
		if _, known := schemas[name]; !known {
			schemas[name] = nil // of a type that holds itself
			props, required := map[string]any{}, []string{}
			fields(t, func(f reflect.StructField) {
				name, rest, _ := strings.Cut(f.Tag.Get("json"), ",")
				p := schemaOf(f.Type, schemas)
				if d := f.Tag.Get("doc"); d != "" {
					p["description"] = d
				}
				if e, ok := f.Tag.Lookup("enum"); ok {
					p["enum"] = strings.Split(e, ",")
				}
				props[name] = p
				if !strings.Contains(rest, "omitempty") {
					required = append(required, name)
				}
			})
			slices.Sort(required)
			schemas[name] = map[string]any{"type": "object", "properties": props, "required": required, "additionalProperties": false}
		}
		return map[string]any{"$ref": "#/components/schemas/" + name}
	}
	panic("openapi: no schema for " + t.String()) // a type of this package that nobody can send
}

// fields calls f for each field that is sent, those of embedded structs among
// them.
func fields(t reflect.Type, f func(reflect.StructField)) {
	for i := range t.NumField() {
		x := t.Field(i)
		if x.Anonymous && x.Tag.Get("json") == "" {
			fields(x.Type, f)
			continue
		}
		f(x)
	}
}

func (s *Server) openapi(c *call) (any, error) {
	b, err := OpenAPI()
	if err != nil {
		return nil, err
	}
	c.w.Header().Set("Content-Type", "application/json")
	_, _ = c.w.Write(b)
	return nil, errAnswered
}
