// tour BASE_URL [API_KEY]
//
// Google's own Go SDK on a tour of the emulator: every method that the Gemini API serves over REST, its answers looked
// into. What Google's client makes of an answer is what the service would have to send.
//
// Wants a fresh emulator. One line a step, how many passed at the end, and 0 as its status when all did.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime/debug"
	"strings"
	"time"

	"cloud.google.com/go/auth"
	"google.golang.org/genai"
	"google.golang.org/genai/interactions/models/agents"
	"google.golang.org/genai/interactions/models/apierrors"
	"google.golang.org/genai/interactions/models/credentials"
	"google.golang.org/genai/interactions/models/interactions"
	"google.golang.org/genai/interactions/models/operations"
	"google.golang.org/genai/interactions/models/voices"
	"google.golang.org/genai/interactions/models/webhooks"
)

const model = "gemini-2.5-flash"

var (
	base   string
	key    = "test-key"
	passed int
	failed []string
	ctx    = context.Background()
	client *genai.Client
)

type problem string

// need ends the step unless ok.
func need(ok bool, format string, a ...any) {
	if !ok {
		panic(problem(fmt.Sprintf(format, a...)))
	}
}
func equal(have, want any) { need(reflect.DeepEqual(have, want), "have %#v, want %#v", have, want) }
func got[T any](value T, err error) T {
	need(err == nil, "%v", err)
	return value
}
func done(err error)    { need(err == nil, "%v", err) }
func ptr[T any](v T) *T { return &v }
func refused(err error, code int, status string) genai.APIError {
	var api genai.APIError
	need(err != nil, "was not refused")
	need(errors.As(err, &api), "%T: %v", err, err)
	equal(api.Code, code)
	if status != "" {
		equal(api.Status, status)
	}
	need(api.Message != "", "no message")
	return api
}
func recent(when time.Time) {
	need(math.Abs(time.Since(when).Seconds()) < 120, "not recent: %v", when)
}

func step(name string, run func()) {
	why := func() (why string) {
		defer func() {
			if p := recover(); p != nil {
				why = fmt.Sprint(p)
				if _, mine := p.(problem); !mine {
					why += "\n" + string(debug.Stack())
				} else {
					for _, at := range regexp.MustCompile(`main\.go:\d+`).FindAllString(string(debug.Stack()), -1) {
						why += " " + at
					}
				}
			}
		}()
		run()
		return ""
	}()
	switch {
	case why == "":
		passed++
		fmt.Printf("ok    %s\n", name)
	default:
		failed = append(failed, name)
		fmt.Printf("FAIL  %s: %.600s\n", name, why)
	}
}

func fresh(apiKey, version string) *genai.Client {
	return got(genai.NewClient(ctx, &genai.ClientConfig{APIKey: apiKey, Backend: genai.BackendGeminiAPI, HTTPOptions: genai.HTTPOptions{BaseURL: base, APIVersion: version}}))
}

func all[T any](next func(func(*T, error) bool)) []*T {
	var items []*T
	for item, err := range next {
		done(err)
		items = append(items, item)
	}
	return items
}

func usageAddsUp(u *genai.GenerateContentResponseUsageMetadata) {
	equal(u.TotalTokenCount, u.PromptTokenCount+u.CandidatesTokenCount+u.ThoughtsTokenCount+u.ToolUsePromptTokenCount)
}

var weather = &genai.FunctionDeclaration{
	Name: "weather", Description: "d",
	Parameters: &genai.Schema{Type: genai.TypeObject, Properties: map[string]*genai.Schema{"city": {Type: genai.TypeString}, "days": {Type: genai.TypeInteger, Minimum: ptr(2.0)}}, Required: []string{"city"}},
}

func main() {
	args := os.Args[1:]
	if len(args) == 0 {
		fmt.Fprintln(os.Stderr, "tour BASE_URL [API_KEY]")
		os.Exit(2)
	}
	base = strings.TrimSuffix(args[0], "/")
	if len(args) > 1 {
		key = args[1]
	}
	log.SetOutput(io.Discard) // the SDK's notes on what is experimental
	client = fresh(key, "")
	folder := got(os.MkdirTemp("", "genai-interop-"))
	defer os.RemoveAll(folder)

	generation()
	schemas()
	functions()
	numbers()
	modelsTour()
	file := filesTour(folder)
	cachesTour(file)
	storesTour(file, folder)
	batchesTour()
	tuningsTour()
	restTour()
	interactionsTour()
	siblings()

	fmt.Printf("%d of %d steps of the official Go SDK passed\n", passed, passed+len(failed))
	if len(failed) > 0 {
		os.Exit(1)
	}
}

func generation() {
	step("GenerateContent: text, finish, usage, ids, headers", func() {
		r := got(client.Models.GenerateContent(ctx, model, genai.Text("good morning"), nil))
		need(strings.Contains(r.Text(), "good morning"), "%s", r.Text())
		equal(len(r.Candidates), 1)
		equal(r.Candidates[0].FinishReason, genai.FinishReasonStop)
		equal(r.Candidates[0].Content.Role, genai.RoleModel)
		equal(r.ModelVersion, model)
		need(r.ResponseID != "", "no id")
		usageAddsUp(r.UsageMetadata)
		equal(r.UsageMetadata.PromptTokensDetails[0].Modality, genai.MediaModalityText)
		need(strings.HasPrefix(r.SDKHTTPResponse.Headers.Get("Content-Type"), "application/json"), "%v", r.SDKHTTPResponse.Headers)
	})
	step("GenerateContent: every config field of the Gemini API is taken", func() {
		r := got(client.Models.GenerateContent(ctx, model, genai.Text("everything"), &genai.GenerateContentConfig{
			SystemInstruction: genai.NewContentFromText("be kind", genai.RoleUser), Temperature: ptr(float32(0)), TopP: ptr(float32(0.9)), TopK: ptr(float32(40)),
			CandidateCount: 1, MaxOutputTokens: 100, StopSequences: []string{"@@"}, PresencePenalty: ptr(float32(0.5)), FrequencyPenalty: ptr(float32(-0.5)), Seed: ptr(int32(7)),
			ResponseMIMEType: "text/plain", ResponseModalities: []string{"TEXT"}, MediaResolution: genai.MediaResolutionLow,
			SafetySettings: []*genai.SafetySetting{{Category: genai.HarmCategoryHateSpeech, Threshold: genai.HarmBlockThresholdBlockOnlyHigh}, {Category: genai.HarmCategoryHarassment, Threshold: genai.HarmBlockThresholdOff}},
			SpeechConfig:   &genai.SpeechConfig{LanguageCode: "en-US", VoiceConfig: &genai.VoiceConfig{PrebuiltVoiceConfig: &genai.PrebuiltVoiceConfig{VoiceName: "Kore"}}},
			ThinkingConfig: &genai.ThinkingConfig{ThinkingBudget: ptr(int32(0))}, ImageConfig: &genai.ImageConfig{AspectRatio: "1:1"}, EnableEnhancedCivicAnswers: ptr(true), Store: ptr(false),
			Tools:      []*genai.Tool{{GoogleSearch: &genai.GoogleSearch{}}, {URLContext: &genai.URLContext{}}, {CodeExecution: &genai.ToolCodeExecution{}}, {GoogleMaps: &genai.GoogleMaps{}}},
			ToolConfig: &genai.ToolConfig{FunctionCallingConfig: &genai.FunctionCallingConfig{Mode: genai.FunctionCallingConfigModeNone}, RetrievalConfig: &genai.RetrievalConfig{LanguageCode: "en", LatLng: &genai.LatLng{Latitude: ptr(1.5), Longitude: ptr(-2.5)}}},
		}))
		need(strings.Contains(r.Text(), "everything") && strings.Contains(r.Text(), "be kind"), "%s", r.Text())
	})
	step("GenerateContent: candidates, limits, stops, thoughts", func() {
		r := got(client.Models.GenerateContent(ctx, model, genai.Text("two"), &genai.GenerateContentConfig{CandidateCount: 2}))
		equal(len(r.Candidates), 2)
		equal(r.Candidates[1].Index, int32(1))
		r = got(client.Models.GenerateContent(ctx, model, genai.Text("one two three"), &genai.GenerateContentConfig{MaxOutputTokens: 3}))
		equal(r.Candidates[0].FinishReason, genai.FinishReasonMaxTokens)
		equal(r.UsageMetadata.CandidatesTokenCount, int32(3))
		r = got(client.Models.GenerateContent(ctx, model, genai.Text("one two three"), &genai.GenerateContentConfig{StopSequences: []string{"three"}}))
		need(strings.HasSuffix(r.Text(), "two "), "%s", r.Text())
		r = got(client.Models.GenerateContent(ctx, model, genai.Text("think"), &genai.GenerateContentConfig{ThinkingConfig: &genai.ThinkingConfig{IncludeThoughts: true, ThinkingLevel: genai.ThinkingLevelLow}}))
		need(r.Candidates[0].Content.Parts[0].Thought && r.UsageMetadata.ThoughtsTokenCount > 0, "no thoughts")
		usageAddsUp(r.UsageMetadata)
	})
	step("GenerateContent: bytes in, image out", func() {
		r := got(client.Models.GenerateContent(ctx, model, []*genai.Content{genai.NewContentFromParts([]*genai.Part{genai.NewPartFromText("look"), genai.NewPartFromBytes([]byte{0xfb, 0xff, 0xfe, 0}, "image/png"), genai.NewPartFromURI("https://example.com/a.pdf", "application/pdf")}, genai.RoleUser)}, nil))
		need(strings.Contains(r.Text(), "2 attachments"), "%s", r.Text())
		r = got(client.Models.GenerateContent(ctx, "gemini-2.5-flash-image", genai.Text("paint"), &genai.GenerateContentConfig{ResponseModalities: []string{"TEXT", "IMAGE"}}))
		found := false
		for _, p := range r.Candidates[0].Content.Parts {
			found = found || p.InlineData != nil && bytes.HasPrefix(p.InlineData.Data, []byte("\x89PNG\r\n\x1a\n")) && p.InlineData.MIMEType == "image/png"
		}
		need(found, "no image")
	})
	step("GenerateContent: speech", func() {
		r := got(client.Models.GenerateContent(ctx, "gemini-2.5-flash-preview-tts", genai.Text("say it"), &genai.GenerateContentConfig{ResponseModalities: []string{"AUDIO"}}))
		need(r.Candidates[0].Content.Parts[0].InlineData != nil, "no audio")
	})
	step("GenerateContentStream: chunks, last usage, one id", func() {
		var chunks []*genai.GenerateContentResponse
		text := ""
		for chunk, err := range client.Models.GenerateContentStream(ctx, model, genai.Text("one two three four five six"), nil) {
			done(err)
			chunks = append(chunks, chunk)
			text += chunk.Text()
		}
		need(len(chunks) > 2 && strings.Contains(text, "one two three four five six"), "%d %s", len(chunks), text)
		last := chunks[len(chunks)-1]
		equal(last.Candidates[0].FinishReason, genai.FinishReasonStop)
		usageAddsUp(last.UsageMetadata)
		for _, c := range chunks {
			equal(c.ResponseID, last.ResponseID)
		}
		equal(chunks[0].Candidates[0].FinishReason, genai.FinishReason(""))
	})
	step("GenerateContentStream: refused, left in the middle", func() {
		for _, err := range client.Models.GenerateContentStream(ctx, "nothing", genai.Text("x"), nil) {
			refused(err, 404, "NOT_FOUND")
		}
		for range client.Models.GenerateContentStream(ctx, model, genai.Text("one two three four five six"), nil) {
			break
		}
		got(client.Models.GenerateContent(ctx, model, genai.Text("x"), nil))
	})
	step("Chats: history, streams", func() {
		chat := got(client.Chats.Create(ctx, model, &genai.GenerateContentConfig{}, []*genai.Content{genai.NewContentFromText("hi", genai.RoleUser), genai.NewContentFromText("hello", genai.RoleModel)}))
		r := got(chat.SendMessage(ctx, genai.Part{Text: "a"}))
		need(strings.Contains(r.Text(), "turn 2"), "%s", r.Text())
		text := ""
		for chunk, err := range chat.SendMessageStream(ctx, genai.Part{Text: "b"}) {
			done(err)
			text += chunk.Text()
		}
		need(strings.Contains(text, "turn 3"), "%s", text)
		need(len(chat.History(true)) >= 6, "%d", len(chat.History(true)))
	})
}

func schemas() {
	step("ResponseSchema: types, bounds, orders, enums, any of", func() {
		r := got(client.Models.GenerateContent(ctx, model, genai.Text("a recipe for Soup"), &genai.GenerateContentConfig{ResponseMIMEType: "application/json", ResponseSchema: &genai.Schema{
			Type: genai.TypeObject, Required: []string{"name", "steps", "kind", "score", "either"}, PropertyOrdering: []string{"name", "kind", "steps", "score", "either"},
			Properties: map[string]*genai.Schema{
				"name":   {Type: genai.TypeString, MinLength: ptr(int64(6)), MaxLength: ptr(int64(8))},
				"kind":   {Type: genai.TypeString, Enum: []string{"soup", "salad"}, Format: "enum"},
				"steps":  {Type: genai.TypeArray, MinItems: ptr(int64(2)), MaxItems: ptr(int64(3)), Items: &genai.Schema{Type: genai.TypeInteger, Minimum: ptr(5.0), Maximum: ptr(6.0)}},
				"score":  {Type: genai.TypeNumber, Nullable: ptr(true)},
				"either": {AnyOf: []*genai.Schema{{Type: genai.TypeInteger}, {Type: genai.TypeString}}},
			}}}))
		var said struct {
			Name, Kind string
			Steps      []int
			Score      *float64
			Either     any
		}
		done(json.Unmarshal([]byte(r.Text()), &said))
		need(len(said.Name) >= 6 && len(said.Name) <= 8 && said.Kind == "soup" && len(said.Steps) >= 2 && said.Steps[0] >= 5 && said.Either != nil, "%s", r.Text())
	})
	step("ResponseSchema: the order of properties is kept", func() {
		r := got(client.Models.GenerateContent(ctx, model, genai.Text("x"), &genai.GenerateContentConfig{ResponseMIMEType: "application/json", ResponseSchema: &genai.Schema{
			Type: genai.TypeObject, PropertyOrdering: []string{"z", "a"}, Required: []string{"z", "a"}, Properties: map[string]*genai.Schema{"a": {Type: genai.TypeString}, "z": {Type: genai.TypeString}}}}))
		need(strings.Index(r.Text(), `"z"`) < strings.Index(r.Text(), `"a"`), "%s", r.Text())
	})
	step("ResponseJsonSchema: $defs, refs", func() {
		var schema any
		done(json.Unmarshal([]byte(`{"$defs":{"N":{"type":"object","properties":{"name":{"type":"string"},"next":{"anyOf":[{"$ref":"#/$defs/N"},{"type":"null"}]}},"required":["name","next"]}},"$ref":"#/$defs/N"}`), &schema))
		r := got(client.Models.GenerateContent(ctx, model, genai.Text("a tree"), &genai.GenerateContentConfig{ResponseMIMEType: "application/json", ResponseJsonSchema: schema}))
		var said map[string]any
		done(json.Unmarshal([]byte(r.Text()), &said))
		need(said["name"] != nil, "%s", r.Text())
	})
}

func functions() {
	step("functions: a call, its id and signature, an answer", func() {
		config := &genai.GenerateContentConfig{Tools: []*genai.Tool{{FunctionDeclarations: []*genai.FunctionDeclaration{weather}}}}
		r := got(client.Models.GenerateContent(ctx, model, genai.Text("the weather in Rome"), config))
		calls := r.FunctionCalls()
		equal(len(calls), 1)
		equal(calls[0].Name, "weather")
		need(calls[0].ID != "" && calls[0].Args["city"] != nil && calls[0].Args["days"].(float64) >= 2, "%v", calls[0])
		need(len(r.Candidates[0].Content.Parts[0].ThoughtSignature) > 0, "no signature")
		answer := genai.NewPartFromFunctionResponse(calls[0].Name, map[string]any{"sun": true})
		answer.FunctionResponse.ID = calls[0].ID
		again := got(client.Models.GenerateContent(ctx, model, []*genai.Content{genai.Text("the weather in Rome")[0], r.Candidates[0].Content, genai.NewContentFromParts([]*genai.Part{answer}, genai.RoleUser)}, config))
		need(strings.Contains(again.Text(), "sun"), "%s", again.Text())
	})
	step("functions: ANY, NONE, JSON schemas", func() {
		other := &genai.FunctionDeclaration{Name: "other", Description: "d", ParametersJsonSchema: map[string]any{"type": "object", "properties": map[string]any{"n": map[string]any{"type": "integer", "minimum": 3}}}}
		tools := []*genai.Tool{{FunctionDeclarations: []*genai.FunctionDeclaration{weather, other}}}
		r := got(client.Models.GenerateContent(ctx, model, genai.Text("x"), &genai.GenerateContentConfig{Tools: tools, ToolConfig: &genai.ToolConfig{FunctionCallingConfig: &genai.FunctionCallingConfig{Mode: genai.FunctionCallingConfigModeAny, AllowedFunctionNames: []string{"other"}}}}))
		equal(r.FunctionCalls()[0].Name, "other")
		equal(r.FunctionCalls()[0].Args["n"], 3.0)
		r = got(client.Models.GenerateContent(ctx, model, genai.Text("x"), &genai.GenerateContentConfig{Tools: tools, ToolConfig: &genai.ToolConfig{FunctionCallingConfig: &genai.FunctionCallingConfig{Mode: genai.FunctionCallingConfigModeNone}}}))
		need(len(r.FunctionCalls()) == 0 && r.Text() != "", "called")
	})
}

func numbers() {
	step("CountTokens, EmbedContent", func() {
		count := got(client.Models.CountTokens(ctx, model, genai.Text("one two three"), nil))
		equal(count.TotalTokens, int32(3))
		r := got(client.Models.EmbedContent(ctx, "gemini-embedding-001", append(genai.Text("cats"), genai.Text("dogs")...), &genai.EmbedContentConfig{OutputDimensionality: ptr(int32(16)), TaskType: "RETRIEVAL_DOCUMENT", Title: "t"}))
		equal(len(r.Embeddings), 2)
		equal(len(r.Embeddings[0].Values), 16)
	})
	step("EmbedContent: its natural size", func() {
		equal(len(got(client.Models.EmbedContent(ctx, "gemini-embedding-001", genai.Text("x"), nil)).Embeddings[0].Values), 3072)
	})
}

func modelsTour() {
	step("Models.Get, List, All", func() {
		one := got(client.Models.Get(ctx, model, nil))
		equal(one.Name, "models/"+model)
		need(one.InputTokenLimit > 0 && len(one.SupportedActions) > 0, "%v", one)
		page := got(client.Models.List(ctx, &genai.ListModelsConfig{PageSize: 2}))
		equal(len(page.Items), 2)
		next := got(page.Next(ctx))
		need(next.Items[0].Name != page.Items[0].Name, "the same page")
		models := all(client.Models.All(ctx))
		need(len(models) > 4, "%d", len(models))
		_, err := client.Models.Get(ctx, "nothing", nil)
		refused(err, 404, "NOT_FOUND")
	})
	step("Models.GenerateImages", func() {
		r, err := client.Models.GenerateImages(ctx, "imagen-4.0-generate-001", "a cat", &genai.GenerateImagesConfig{NumberOfImages: 2})
		if err != nil && strings.Contains(err.Error(), "only supported") {
			return // this version of the SDK has it for the other platform alone
		}
		done(err)
		equal(len(r.GeneratedImages), 2)
	})
	step("Models.GenerateVideos, Operations.GetVideosOperation, Files.Download", func() {
		operation, err := client.Models.GenerateVideosFromSource(ctx, "veo-3.1-generate-preview", &genai.GenerateVideosSource{Prompt: "a cat"}, &genai.GenerateVideosConfig{NumberOfVideos: 2})
		if err != nil && strings.Contains(err.Error(), "only supported") {
			return
		}
		done(err)
		for i := 0; i < 10 && !operation.Done; i++ {
			operation = got(client.Operations.GetVideosOperation(ctx, operation, nil))
		}
		equal(len(operation.Response.GeneratedVideos), 2)
		data := got(client.Files.Download(ctx, genai.NewDownloadURIFromGeneratedVideo(operation.Response.GeneratedVideos[0]), nil))
		need(bytes.Contains(data, []byte("an emulated video")), "%q", data)
	})
}

func filesTour(folder string) *genai.File {
	var file *genai.File
	path := filepath.Join(folder, "animals.txt")
	done(os.WriteFile(path, []byte("The zebra has black and white stripes. The heron stands in shallow water."), 0o644))
	step("Files.UploadFromPath", func() {
		file = got(client.Files.UploadFromPath(ctx, path, &genai.UploadFileConfig{DisplayName: "Animals – à la carte"}))
		need(strings.HasPrefix(file.MIMEType, "text/plain"), "%s", file.MIMEType)
		equal(file.DisplayName, "Animals – à la carte")
		equal(*file.SizeBytes, int64(73))
		equal(file.State, genai.FileStateActive)
		equal(file.Source, genai.FileSourceUploaded)
		recent(file.CreateTime)
		hours := file.ExpirationTime.Sub(file.CreateTime).Hours()
		need(hours > 47 && hours < 49, "%f", hours)
		need(strings.HasSuffix(file.URI, "/v1beta/"+file.Name), "%s", file.URI)
	})
	step("Files: the hash of its bytes", func() {
		need(got(client.Files.Get(ctx, file.Name, nil)).Sha256Hash != "", "none")
	})
	step("Files.Upload: readers of all sizes, a name", func() {
		for _, size := range []int{0, 1, 8 * 1024 * 1024, 8*1024*1024 + 1, 16 * 1024 * 1024} {
			made := got(client.Files.Upload(ctx, bytes.NewReader(make([]byte, size)), &genai.UploadFileConfig{MIMEType: "text/plain"}))
			need(made.SizeBytes != nil && *made.SizeBytes == int64(size), "%d: %v", size, made.SizeBytes)
		}
		made := got(client.Files.Upload(ctx, io.LimitReader(zeros{}, 9_000_000), &genai.UploadFileConfig{MIMEType: "video/mp4", Name: "my-clip"}))
		equal(made.Name, "files/my-clip")
		equal(made.State, genai.FileStateProcessing)
		got(client.Files.Get(ctx, "my-clip", nil))
		equal(got(client.Files.Get(ctx, "files/my-clip", nil)).State, genai.FileStateActive)
		_, err := client.Files.Upload(ctx, strings.NewReader("x"), &genai.UploadFileConfig{MIMEType: "text/plain", Name: "my-clip"})
		need(err != nil && strings.Contains(err.Error(), "409") && strings.Contains(err.Error(), "ALREADY_EXISTS"), "%v", err) // no APIError in this SDK
	})
	step("Files.List, All, Delete", func() {
		names := map[string]bool{}
		for _, one := range all(client.Files.All(ctx)) {
			names[one.Name] = true
		}
		need(names[file.Name] && names["files/my-clip"], "%v", names)
		page := got(client.Files.List(ctx, &genai.ListFilesConfig{PageSize: 1}))
		need(len(page.Items) == 1 && page.NextPageToken != "", "%v", page)
		got(client.Files.Delete(ctx, "my-clip", nil))
		_, err := client.Files.Get(ctx, "my-clip", nil)
		refused(err, 403, "PERMISSION_DENIED")
	})
	step("Files.Download: an upload is refused", func() {
		_, err := client.Files.Download(ctx, genai.NewDownloadURIFromFile(file), nil)
		need(err != nil, "was not refused")
	})
	step("Files.RegisterFiles", func() {
		creds := auth.NewCredentials(&auth.CredentialsOptions{TokenProvider: fixed{}})
		r := got(client.Files.RegisterFiles(ctx, []string{"gs://bucket/a.pdf"}, creds, nil))
		equal(r.Files[0].URI, "gs://bucket/a.pdf")
		equal(r.Files[0].Source, genai.FileSourceRegistered)
	})
	step("GenerateContent: a file", func() {
		r := got(client.Models.GenerateContent(ctx, model, []*genai.Content{genai.NewContentFromParts([]*genai.Part{genai.NewPartFromText("look"), genai.NewPartFromURI(file.URI, file.MIMEType)}, genai.RoleUser)}, nil))
		need(strings.Contains(r.Text(), "1 attachment"), "%s", r.Text())
	})
	return file
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

type fixed struct{}

func (fixed) Token(context.Context) (*auth.Token, error) {
	return &auth.Token{Value: "token", Type: "Bearer", Expiry: time.Now().Add(time.Hour)}, nil
}

func cachesTour(file *genai.File) {
	step("Caches.Create, Get, Update, List, All, Delete", func() {
		cache := got(client.Caches.Create(ctx, model, &genai.CreateCachedContentConfig{Contents: genai.Text("a very long text"), SystemInstruction: genai.NewContentFromText("be brief", genai.RoleUser), TTL: 600 * time.Second, DisplayName: "Long",
			Tools: []*genai.Tool{{FunctionDeclarations: []*genai.FunctionDeclaration{weather}}}}))
		equal(cache.Model, "models/"+model)
		equal(cache.DisplayName, "Long")
		recent(cache.CreateTime)
		span := cache.ExpireTime.Sub(cache.CreateTime).Seconds()
		need(span > 595 && span < 605, "%f", span)
		need(cache.UsageMetadata.TotalTokenCount > 0, "no tokens")
		equal(got(client.Caches.Get(ctx, cache.Name, nil)).DisplayName, "Long")
		later := got(client.Caches.Update(ctx, cache.Name, &genai.UpdateCachedContentConfig{TTL: 90*time.Minute + 500*time.Millisecond}))
		need(later.ExpireTime.After(cache.ExpireTime), "%v", later.ExpireTime)
		when := time.Now().Add(5 * time.Hour).UTC().Truncate(time.Millisecond)
		need(got(client.Caches.Update(ctx, cache.Name, &genai.UpdateCachedContentConfig{ExpireTime: when})).ExpireTime.Equal(when), "another time")
		found := false
		for _, one := range all(client.Caches.All(ctx)) {
			found = found || one.Name == cache.Name
		}
		need(found, "not listed")
		r := got(client.Models.GenerateContent(ctx, model, genai.Text("hi"), &genai.GenerateContentConfig{CachedContent: cache.Name}))
		equal(r.UsageMetadata.CachedContentTokenCount, cache.UsageMetadata.TotalTokenCount)
		got(client.Caches.Delete(ctx, cache.Name, nil))
		_, err := client.Caches.Get(ctx, cache.Name, nil)
		refused(err, 403, "PERMISSION_DENIED")
	})
	step("GenerateContent: a cache with another instruction is refused", func() {
		cache := got(client.Caches.Create(ctx, model, &genai.CreateCachedContentConfig{Contents: genai.Text("long")}))
		_, err := client.Models.GenerateContent(ctx, model, genai.Text("hi"), &genai.GenerateContentConfig{CachedContent: cache.Name, SystemInstruction: genai.NewContentFromText("no", genai.RoleUser)})
		refused(err, 400, "INVALID_ARGUMENT")
	})
}

func storesTour(file *genai.File, folder string) {
	var store *genai.FileSearchStore
	step("FileSearchStores.Create, Get, List", func() {
		store = got(client.FileSearchStores.Create(ctx, &genai.CreateFileSearchStoreConfig{DisplayName: "Zoo"}))
		recent(store.CreateTime)
		equal(got(client.FileSearchStores.Get(ctx, store.Name, nil)).DisplayName, "Zoo")
		need(len(all(client.FileSearchStores.All(ctx))) > 0, "none")
	})
	document := ""
	step("FileSearchStores.UploadToFileSearchStoreFromPath, Operations", func() {
		operation := got(client.FileSearchStores.UploadToFileSearchStoreFromPath(ctx, filepath.Join(folder, "animals.txt"), store.Name, &genai.UploadToFileSearchStoreConfig{
			DisplayName: "Animals", CustomMetadata: []*genai.CustomMetadata{{Key: "year", NumericValue: ptr(float32(2024))}, {Key: "tag", StringListValue: &genai.StringList{Values: []string{"a", "b"}}}},
			ChunkingConfig: &genai.ChunkingConfig{WhiteSpaceConfig: &genai.WhiteSpaceConfig{MaxTokensPerChunk: ptr(int32(8)), MaxOverlapTokens: ptr(int32(1))}}}))
		need(!operation.Done, "done at once")
		for i := 0; i < 10 && !operation.Done; i++ {
			operation = got(client.Operations.GetUploadToFileSearchStoreOperation(ctx, operation, nil))
		}
		equal(operation.Response.Parent, store.Name)
		document = operation.Response.DocumentName
	})
	step("FileSearchStores.ImportFile, Operations", func() {
		operation := got(client.FileSearchStores.ImportFile(ctx, store.Name, file.Name, &genai.ImportFileConfig{CustomMetadata: []*genai.CustomMetadata{{Key: "year", NumericValue: ptr(float32(1999))}}}))
		for i := 0; i < 10 && !operation.Done; i++ {
			operation = got(client.Operations.GetImportFileOperation(ctx, operation, nil))
		}
		need(operation.Response != nil && strings.HasPrefix(operation.Response.DocumentName, store.Name), "%v", operation)
	})
	step("FileSearchStores.Documents, counts", func() {
		equal(len(all(client.FileSearchStores.Documents.All(ctx, store.Name))), 2)
		one := got(client.FileSearchStores.Documents.Get(ctx, document, nil))
		equal(one.State, genai.DocumentState("STATE_ACTIVE"))
		equal(one.DisplayName, "Animals")
		recent(one.CreateTime)
		got := got(client.FileSearchStores.Get(ctx, store.Name, nil))
		need(got.ActiveDocumentsCount == 2 && got.SizeBytes > 100, "%v", got)
	})
	step("GenerateContent: file search", func() {
		r := got(client.Models.GenerateContent(ctx, model, genai.Text("Where does the heron stand?"), &genai.GenerateContentConfig{Tools: []*genai.Tool{{FileSearch: &genai.FileSearch{FileSearchStoreNames: []string{store.Name}, MetadataFilter: "year = 2024", TopK: ptr(int32(1))}}}}))
		grounding := r.Candidates[0].GroundingMetadata
		need(grounding != nil && grounding.GroundingChunks[0].RetrievedContext.Title == "Animals", "%v", grounding)
	})
	step("FileSearchStores.Delete, Documents.Delete: force", func() {
		done(client.FileSearchStores.Documents.Delete(ctx, document, &genai.DeleteDocumentConfig{Force: ptr(true)}))
		refused(client.FileSearchStores.Delete(ctx, store.Name, nil), 400, "FAILED_PRECONDITION")
		done(client.FileSearchStores.Delete(ctx, store.Name, &genai.DeleteFileSearchStoreConfig{Force: ptr(true)}))
		_, err := client.FileSearchStores.Get(ctx, store.Name, nil)
		refused(err, 403, "PERMISSION_DENIED")
	})
	step("FileSearchStores.DownloadMedia", func() {
		made := got(client.FileSearchStores.Create(ctx, &genai.CreateFileSearchStoreConfig{DisplayName: "Pictures"}))
		operation := got(client.FileSearchStores.UploadToFileSearchStore(ctx, strings.NewReader("\x89PNG"), made.Name, &genai.UploadToFileSearchStoreConfig{MIMEType: "image/png"}))
		for i := 0; i < 10 && !operation.Done; i++ {
			operation = got(client.Operations.GetUploadToFileSearchStoreOperation(ctx, operation, nil))
		}
		name := operation.Response.DocumentName
		data := got(client.FileSearchStores.DownloadMedia(ctx, made.Name+"/media/"+name[strings.LastIndex(name, "/")+1:], nil))
		equal(data, []byte("\x89PNG"))
	})
}

func finished(name string) *genai.BatchJob {
	var job *genai.BatchJob
	for i := 0; i < 10; i++ {
		job = got(client.Batches.Get(ctx, name, nil))
		if job.State != genai.JobStatePending && job.State != genai.JobStateRunning {
			break
		}
	}
	equal(job.State, genai.JobStateSucceeded)
	return job
}

func batchesTour() {
	step("Batches: inline", func() {
		made := got(client.Batches.Create(ctx, model, &genai.BatchJobSource{InlinedRequests: []*genai.InlinedRequest{
			{Contents: genai.Text("one"), Metadata: map[string]string{"id": "a"}},
			{Contents: genai.Text("two"), Config: &genai.GenerateContentConfig{SystemInstruction: genai.NewContentFromText("kind", genai.RoleUser), Tools: []*genai.Tool{{FunctionDeclarations: []*genai.FunctionDeclaration{weather}}}}},
			{Contents: genai.Text("bad"), Config: &genai.GenerateContentConfig{Temperature: ptr(float32(9))}},
		}}, &genai.CreateBatchJobConfig{DisplayName: "Three"}))
		equal(made.DisplayName, "Three")
		equal(made.State, genai.JobStatePending)
		recent(made.CreateTime)
		job := finished(made.Name)
		recent(job.EndTime)
		equal(job.Model, "models/"+model)
		equal(len(job.Dest.InlinedResponses), 3)
		need(strings.Contains(job.Dest.InlinedResponses[0].Response.Text(), "one"), "no answer")
		equal(job.Dest.InlinedResponses[0].Metadata["id"], "a")
		equal(job.Dest.InlinedResponses[1].Response.FunctionCalls()[0].Name, "weather")
		need(job.Dest.InlinedResponses[2].Error != nil && *job.Dest.InlinedResponses[2].Error.Code == 3, "no error")
	})
	step("Batches: a file", func() {
		source := got(client.Files.Upload(ctx, strings.NewReader(`{"key":"a","request":{"contents":[{"parts":[{"text":"first"}]}]}}`+"\n"+`{"key":"b","request":{"contents":[{"parts":[{"text":"second"}]}]}}`), &genai.UploadFileConfig{MIMEType: "jsonl"}))
		made := got(client.Batches.Create(ctx, model, &genai.BatchJobSource{FileName: source.Name}, nil))
		job := finished(made.Name)
		data := got(client.Files.Download(ctx, genai.NewDownloadURIFromFile(&genai.File{DownloadURI: got(client.Files.Get(ctx, job.Dest.FileName, nil)).DownloadURI}), nil))
		need(bytes.Count(data, []byte(`"candidates"`)) == 2, "%s", data)
	})
	step("Batches: a file as the documentation writes it, with generation_config", func() {
		source := got(client.Files.Upload(ctx, strings.NewReader(`{"key":"a","request":{"contents":[{"parts":[{"text":"first"}]}],"generation_config":{"temperature":0.7}}}`), &genai.UploadFileConfig{MIMEType: "jsonl"}))
		job := finished(got(client.Batches.Create(ctx, model, &genai.BatchJobSource{FileName: source.Name}, nil)).Name)
		data := got(client.Files.Download(ctx, genai.NewDownloadURIFromFile(&genai.File{DownloadURI: got(client.Files.Get(ctx, job.Dest.FileName, nil)).DownloadURI}), nil))
		need(bytes.Contains(data, []byte(`"candidates"`)), "%s", data)
	})
	step("Batches: embeddings", func() {
		made := got(client.Batches.CreateEmbeddings(ctx, ptr("gemini-embedding-001"), &genai.EmbeddingsBatchJobSource{InlinedRequests: &genai.EmbedContentBatch{Contents: append(genai.Text("a"), genai.Text("b")...), Config: &genai.EmbedContentConfig{OutputDimensionality: ptr(int32(8))}}}, nil))
		job := finished(made.Name)
		equal(len(job.Dest.InlinedEmbedContentResponses), 2)
		equal(len(job.Dest.InlinedEmbedContentResponses[0].Response.Embedding.Values), 8)
	})
	step("Batches: List, Cancel, Delete", func() {
		made := got(client.Batches.Create(ctx, model, &genai.BatchJobSource{InlinedRequests: []*genai.InlinedRequest{{Contents: genai.Text("x")}}}, nil))
		found := false
		for _, one := range all(client.Batches.All(ctx)) {
			found = found || one.Name == made.Name
		}
		need(found, "not listed")
		done(client.Batches.Cancel(ctx, made.Name, nil))
		equal(got(client.Batches.Get(ctx, made.Name, nil)).State, genai.JobStateCancelled)
		got(client.Batches.Delete(ctx, made.Name, nil))
		_, err := client.Batches.Get(ctx, made.Name, nil)
		refused(err, 404, "NOT_FOUND")
	})
}

func restTour() {
	step("AuthTokens.Create", func() {
		alpha := fresh(key, "v1alpha")
		token := got(alpha.AuthTokens.Create(ctx, &genai.CreateAuthTokenConfig{Uses: ptr(int32(1)), ExpireTime: time.Now().Add(time.Hour), NewSessionExpireTime: time.Now().Add(time.Minute),
			LiveConnectConstraints: &genai.LiveConnectConstraints{Model: model, Config: &genai.LiveConnectConfig{ResponseModalities: []genai.Modality{genai.ModalityAudio}}}, LockAdditionalFields: []string{"topK"}}))
		need(strings.HasPrefix(token.Name, "auth_tokens/"), "%v", token)
	})
	step("Errors: a wrong key, details, unknown paths", func() {
		_, err := fresh("wrong", "").Models.GenerateContent(ctx, model, genai.Text("x"), nil)
		api := refused(err, 400, "INVALID_ARGUMENT")
		equal(api.Details[0]["reason"], "API_KEY_INVALID")
		_, err = client.Models.GenerateContent(ctx, model, genai.Text("x"), &genai.GenerateContentConfig{Temperature: ptr(float32(3))})
		refused(err, 400, "INVALID_ARGUMENT")
		_, err = fresh(key, "v1beta/nothing").Models.GenerateContent(ctx, model, genai.Text("x"), nil)
		need(err != nil, "no error")
	})
	step("HTTPOptions: headers, extra body, time limits, retries", func() {
		r := got(client.Models.GenerateContent(ctx, model, genai.Text("one two three"), &genai.GenerateContentConfig{HTTPOptions: &genai.HTTPOptions{Timeout: ptr(5 * time.Second), ExtraBody: map[string]any{"generationConfig": map[string]any{"maxOutputTokens": 1}}, RetryOptions: &genai.HTTPRetryOptions{Attempts: ptr(int32(2))}}}))
		equal(r.Candidates[0].FinishReason, genai.FinishReasonMaxTokens)
	})
	step("v1 and v1alpha are served too", func() {
		for _, version := range []string{"v1", "v1alpha"} {
			got(fresh(key, version).Models.GenerateContent(ctx, model, genai.Text("x"), nil))
		}
	})
}

func post(path string, body any) map[string]any {
	text := got(json.Marshal(body))
	request := got(http.NewRequestWithContext(ctx, http.MethodPost, base+path, bytes.NewReader(text)))
	request.Header.Set("x-goog-api-key", key)
	response := got(http.DefaultClient.Do(request))
	defer response.Body.Close()
	equal(response.StatusCode, 200)
	var made map[string]any
	done(json.NewDecoder(response.Body).Decode(&made))
	return made
}

func tuningsTour() {
	step("Tunings.Get, Models.List, Update, Delete of a tuned model", func() {
		operation := post("/v1beta/tunedModels", map[string]any{"baseModel": "models/gemini-1.5-flash-001-tuning", "displayName": "Tuned", "tuningTask": map[string]any{"trainingData": map[string]any{"examples": map[string]any{"examples": []any{map[string]any{"textInput": "a", "output": "b"}}}}}})
		name := operation["metadata"].(map[string]any)["tunedModel"].(string)
		equal(got(client.Tunings.Get(ctx, name, nil)).State, genai.JobStateRunning)
		got(client.Tunings.Get(ctx, name, nil))
		job := got(client.Tunings.Get(ctx, name, nil))
		equal(job.State, genai.JobStateSucceeded)
		recent(job.CreateTime)
		found := false
		for _, one := range got(client.Models.List(ctx, &genai.ListModelsConfig{QueryBase: ptr(false)})).Items {
			found = found || one.Name == name
		}
		need(found, "not listed")
		equal(got(client.Models.Update(ctx, name, &genai.UpdateModelConfig{DisplayName: "Other"})).DisplayName, "Other")
		need(strings.Contains(got(client.Models.GenerateContent(ctx, name, genai.Text("hi"), nil)).Text(), "hi"), "no answer")
		got(client.Models.Delete(ctx, name, nil))
		_, err := client.Models.Get(ctx, name, nil)
		refused(err, 404, "NOT_FOUND")
	})
	step("Tunings.Tune: this SDK leaves the examples out of what it sends", func() {
		_, err := client.Tunings.Tune(ctx, "models/gemini-1.5-flash-001-tuning", &genai.TuningDataset{Examples: []*genai.TuningExample{{TextInput: "a", Output: "b"}}}, &genai.CreateTuningJobConfig{TunedModelDisplayName: "T"})
		refused(err, 400, "INVALID_ARGUMENT")
	})
}

func create(m interactions.CreateModelInteraction) *operations.CreateInteractionResponse {
	return got(client.Interactions.Create(ctx, operations.CreateInteractionRequest{Body: operations.NewCreateInteractionRequestBody(m)}))
}

func interactionsTour() {
	input := func(text string) *interactions.InteractionsInput { return ptr(interactions.NewInteractionsInput(text)) }
	first := ""
	step("Interactions.Create, Get: an answer, its usage", func() {
		made := create(interactions.CreateModelInteraction{Model: model, Input: input("good morning"), SystemInstruction: ptr("be kind")}).Interaction
		equal(string(made.Status), "completed")
		need(made.OutputText != nil && strings.Contains(*made.OutputText, "good morning"), "%v", made.OutputText)
		need(made.Usage != nil && *made.Usage.TotalTokens == *made.Usage.TotalInputTokens+*made.Usage.TotalOutputTokens, "%v", made.Usage)
		first = *made.ID
		again := got(client.Interactions.Get(ctx, operations.GetInteractionByIDRequest{ID: first})).Interaction
		equal(*again.OutputText, *made.OutputText)
		next := create(interactions.CreateModelInteraction{Model: model, Input: input("again"), PreviousInteractionID: &first}).Interaction
		need(strings.Contains(*next.OutputText, "turn 2"), "%s", *next.OutputText)
	})
	step("Interactions.Create as a stream, resumed", func() {
		stream := create(interactions.CreateModelInteraction{Model: model, Input: input("streamed words of five"), Stream: ptr(true)}).InteractionSSEStreamEvent
		defer stream.Close()
		text, count := "", 0
		var firstEvent, id string
		for stream.Next() {
			event := stream.Value()
			count++
			if created := event.GetDataInteractionCreated(); created != nil {
				id = created.Interaction.ID
				firstEvent = *created.EventID
			}
			if delta := event.GetDataStepDelta(); delta != nil {
				if one := delta.GetDeltaText(); one != nil {
					text += one.GetText()
				}
			}
		}
		done(stream.Err())
		need(strings.Contains(text, "streamed words of five") && id != "" && count > 4, "%d %s", count, text)
		rest := got(client.Interactions.Get(ctx, operations.GetInteractionByIDRequest{ID: id, Stream: ptr(true), LastEventID: &firstEvent})).InteractionSSEStreamEvent
		defer rest.Close()
		seen := 0
		for rest.Next() {
			seen++
		}
		done(rest.Err())
		equal(seen, count-1)
	})
	step("Interactions: functions", func() {
		tool := interactions.NewTool(interactions.Function{Name: ptr("weather"), Description: ptr("d"), Parameters: map[string]any{"type": "object", "properties": map[string]any{"city": map[string]any{"type": "string"}}}})
		made := create(interactions.CreateModelInteraction{Model: model, Input: input("weather"), Tools: []interactions.Tool{tool}}).Interaction
		equal(string(made.Status), "requires_action")
		call := made.Steps[len(made.Steps)-1].FunctionCallStep
		need(call != nil && call.Name == "weather" && call.Arguments["city"] != nil, "%v", made.Steps)
	})
	step("Interactions.Cancel, Delete", func() {
		made := create(interactions.CreateModelInteraction{Model: model, Input: input("slow"), Background: ptr(true)}).Interaction
		equal(string(made.Status), "in_progress")
		equal(string(got(client.Interactions.Cancel(ctx, operations.CancelInteractionByIDRequest{ID: *made.ID})).Interaction.Status), "cancelled")
		got(client.Interactions.Delete(ctx, operations.DeleteInteractionRequest{ID: *made.ID}))
	})
	step("Interactions: refusals as this SDK declares them", func() {
		_, err := client.Interactions.Get(ctx, operations.GetInteractionByIDRequest{ID: "nothing"})
		var refusal *apierrors.GetInteractionByIDClientError
		need(errors.As(err, &refusal), "%T: %v", err, err)
		equal(refusal.HTTPMeta.Response.StatusCode, 404)
	})
}

func siblings() {
	step("Webhooks", func() {
		made := got(client.Webhooks.Create(ctx, operations.CreateWebhookRequest{Body: webhooks.WebhookInput{URI: "https://example.com/hook", SubscribedEvents: []webhooks.WebhookSubscribedEvent{"batch.succeeded"}}})).Webhook
		need(made.NewSigningSecret != nil && made.State != nil && *made.State == "enabled", "%v", made)
		recent(*made.CreateTime)
		changed := got(client.Webhooks.Update(ctx, operations.UpdateWebhookRequest{ID: *made.ID, UpdateMask: ptr("state"), Body: webhooks.WebhookUpdate{State: ptr(webhooks.WebhookUpdateState("disabled"))}})).Webhook
		equal(string(*changed.State), "disabled")
		got(client.Webhooks.Ping(ctx, operations.PingWebhookRequest{ID: *made.ID}))
		got(client.Webhooks.RotateSigningSecret(ctx, operations.RotateSigningSecretRequest{ID: *made.ID}))
		need(len(got(client.Webhooks.List(ctx, operations.ListWebhooksRequest{})).WebhookListResponse.Webhooks) > 0, "none")
		got(client.Webhooks.Delete(ctx, operations.DeleteWebhookRequest{ID: *made.ID}))
	})
	step("Agents", func() {
		made := got(client.Agents.Create(ctx, operations.CreateAgentRequest{Body: agents.Agent{ID: ptr("mine"), BaseAgent: ptr("antigravity-preview-09-2026")}})).Agent
		equal(*made.ID, "mine")
		equal(*got(client.Agents.Get(ctx, operations.GetAgentRequest{ID: "mine"})).Agent.BaseAgent, "antigravity-preview-09-2026")
		need(len(got(client.Agents.List(ctx, operations.ListAgentsRequest{})).AgentListResponse.Agents) > 0, "none")
		got(client.Agents.Delete(ctx, operations.DeleteAgentRequest{ID: "mine"}))
	})
	step("Credentials", func() {
		made := got(client.Credentials.Create(ctx, operations.CreateCredentialRequest{Body: credentials.NewCredentialCreateParams(credentials.HTTPBearerConfig{ID: "api", Token: "secret"})})).Credential
		equal(string(*made.Type), "bearer_token")
		need(len(got(client.Credentials.List(ctx, operations.ListCredentialsRequest{})).CredentialListResponse.Credentials) > 0, "none")
		got(client.Credentials.Get(ctx, operations.GetCredentialRequest{ID: "api"}))
		got(client.Credentials.Delete(ctx, operations.DeleteCredentialRequest{ID: "api"}))
	})
	step("Voices", func() {
		made := got(client.Voices.Create(ctx, operations.CreateVoiceRequest{Body: voices.CreateVoiceRequest{Voice: voices.VoiceInput{DisplayName: ptr("Deep"), Type: voices.VoiceType("prompted"), Prompted: &voices.PromptedVoice{Input: "a deep voice"}}}})).Voice
		equal(*got(client.Voices.Get(ctx, operations.GetVoiceRequest{ID: *made.ID})).Voice.DisplayName, "Deep")
		need(len(got(client.Voices.List(ctx, operations.ListVoicesRequest{Search: ptr("deep")})).ListVoicesResponse.Voices) > 0, "none")
		got(client.Voices.Delete(ctx, operations.DeleteVoiceRequest{ID: *made.ID}))
	})
	step("Environments and their files", func() {
		made := got(client.Environments.CreateEnvironment(ctx, operations.CreateEnvironmentRequest{})).Environment
		got(client.Environments.Files.UploadBytes(ctx, made.ID, "data/a b.txt", []byte("hello")))
		equal(got(client.Environments.Files.Download(ctx, made.ID, "data/a b.txt")), []byte("hello"))
		got(client.Environments.DeleteEnvironment(ctx, operations.DeleteEnvironmentRequest{ID: made.ID}))
	})
}
