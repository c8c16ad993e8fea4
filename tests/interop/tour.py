#!/usr/bin/env python3
# tour.py BASE_URL [API_KEY]
#
# Google's own Python SDK on a tour of the emulator: every method that the Gemini API serves over REST, with and without
# asyncio, its answers looked into. What Google's client makes of an answer is what the service would have to send.
#
# Wants a fresh emulator. One line a step, how many passed at the end, and 0 as its status when all did.
import asyncio
import base64
import datetime
import enum
import io
import json
import os
import sys
import tempfile
import time
import traceback
import typing
import warnings

warnings.simplefilter('ignore')

import pydantic
from google import genai
from google.genai import errors, types

args = [a for a in sys.argv[1:] if not a.startswith('--')]
base = args[0].rstrip('/')
key = args[1] if len(args) > 1 else 'test-key'
version = 'v1beta'
model = 'gemini-2.5-flash'
folder = tempfile.mkdtemp(prefix='genai-interop-')

passed, failed = 0, []


def fresh(api_key=key, **http):
    return genai.Client(api_key=api_key, http_options=types.HttpOptions(base_url=base, api_version=http.pop('api_version', version), **http))


client = fresh()



def note(name, problem):
    global passed
    if problem is None:
        passed += 1
        print(f'ok    {name}')
    else:
        failed.append(name)
        print(f'FAIL  {name}: {problem}')


def step(name):
    """Runs the function below it at once."""

    def run(function):
        problem, result = None, None
        try:
            result = asyncio.run(function()) if asyncio.iscoroutinefunction(function) else function()
        except Exception as error:  # noqa: BLE001
            at = traceback.extract_tb(error.__traceback__)
            line = next((f.lineno for f in reversed(at) if f.filename == __file__), 0)
            problem = f'{type(error).__name__} at line {line}: {str(error)[:300]}'
        note(name, problem)
        return result

    return run


def equal(have, want):
    assert have == want, f'have {have!r}, want {want!r}'


def refused(call, code, status=None, message=None, kind=None):
    try:
        call()
    except errors.APIError as error:
        equal(error.code, code)
        if status is not None:
            equal(error.status, status)
        assert error.message, 'no message'
        if message is not None:
            assert message in error.message, error.message
        assert isinstance(error, kind or (errors.ClientError if code < 500 else errors.ServerError))
        return error
    raise AssertionError('was not refused')


def recent(when):
    if isinstance(when, str):
        when = datetime.datetime.fromisoformat(when.replace('Z', '+00:00'))
    assert isinstance(when, datetime.datetime), repr(when)
    assert when.tzinfo is not None
    assert abs((datetime.datetime.now(datetime.timezone.utc) - when).total_seconds()) < 120, when


def finished(operation, looks=10):
    for _ in range(looks):
        if operation.done:
            return operation
        operation = client.operations.get(operation)
    assert operation.done, operation
    return operation


def no_extra(value, path=''):
    """Every field of an answer is one that the SDK has: nothing in the wire's objects is unknown to it."""
    if isinstance(value, pydantic.BaseModel):
        assert not value.model_extra, f'{path}: {value.model_extra}'
        for name in type(value).model_fields:
            no_extra(getattr(value, name), f'{path}.{name}')
    elif isinstance(value, (list, tuple)):
        for at, one in enumerate(value):
            no_extra(one, f'{path}[{at}]')
    elif isinstance(value, dict):
        for name, one in value.items():
            no_extra(one, f'{path}.{name}')


def real_enum(value):
    """An enumeration value that this SDK knows."""
    assert isinstance(value, enum.Enum) and value in list(type(value)), repr(value)


def usage_adds_up(usage):
    equal(usage.total_token_count, (usage.prompt_token_count or 0) + (usage.candidates_token_count or 0) + (usage.thoughts_token_count or 0) + (usage.tool_use_prompt_token_count or 0))


# ---------------------------------------------------------------- models.generate_content


@step('generate_content: text, finish, usage, ids, headers')
def _():
    r = client.models.generate_content(model=model, contents='good morning')
    no_extra(r)
    assert 'good morning' in r.text
    equal(len(r.candidates), 1)
    equal(r.candidates[0].finish_reason, types.FinishReason.STOP)
    equal(r.candidates[0].content.role, 'model')
    equal(r.model_version, model)
    assert r.response_id
    usage_adds_up(r.usage_metadata)
    equal(r.usage_metadata.prompt_tokens_details[0].modality, types.MediaModality.TEXT)
    equal(r.usage_metadata.prompt_tokens_details[0].token_count, r.usage_metadata.prompt_token_count)
    assert r.sdk_http_response.headers['content-type'].startswith('application/json')
    assert r.function_calls is None and r.executable_code is None and r.code_execution_result is None


@step('generate_content: every config field of the Gemini API is taken')
def _():
    r = client.models.generate_content(
        model=model,
        contents=types.Content(role='user', parts=[types.Part(text='everything')]),
        config=types.GenerateContentConfig(
            system_instruction=['be', 'kind'],
            temperature=0.0,
            top_p=0.9,
            top_k=40,
            candidate_count=1,
            max_output_tokens=100,
            stop_sequences=['@@'],
            presence_penalty=0.1,
            frequency_penalty=-0.1,
            seed=7,
            response_mime_type='text/plain',
            safety_settings=[types.SafetySetting(category=c, threshold=types.HarmBlockThreshold.BLOCK_ONLY_HIGH) for c in (types.HarmCategory.HARM_CATEGORY_HATE_SPEECH, types.HarmCategory.HARM_CATEGORY_DANGEROUS_CONTENT, types.HarmCategory.HARM_CATEGORY_HARASSMENT, types.HarmCategory.HARM_CATEGORY_SEXUALLY_EXPLICIT)],
            response_modalities=['TEXT'],
            media_resolution=types.MediaResolution.MEDIA_RESOLUTION_LOW,
            speech_config=types.SpeechConfig(language_code='en-US', voice_config=types.VoiceConfig(prebuilt_voice_config=types.PrebuiltVoiceConfig(voice_name='Kore'))),
            thinking_config=types.ThinkingConfig(include_thoughts=False, thinking_budget=0),
            image_config=types.ImageConfig(aspect_ratio='1:1'),
            enable_enhanced_civic_answers=True,
            service_tier=types.ServiceTier.STANDARD if hasattr(types.ServiceTier, 'STANDARD') else None,
            store=False,
            labels=None,
            tools=[
                types.Tool(google_search=types.GoogleSearch()),
                types.Tool(url_context=types.UrlContext()),
                types.Tool(code_execution=types.ToolCodeExecution()),
                types.Tool(google_maps=types.GoogleMaps()),
            ],
            tool_config=types.ToolConfig(function_calling_config=types.FunctionCallingConfig(mode='NONE'), retrieval_config=types.RetrievalConfig(language_code='en', lat_lng=types.LatLng(latitude=1.5, longitude=-2.5))),
        ),
    )
    assert 'everything' in r.text and 'be' in r.text


@step('generate_content: two candidates')
def _():
    r = client.models.generate_content(model=model, contents='two', config={'candidate_count': 2})
    equal([c.index for c in r.candidates], [0, 1])
    equal({c.finish_reason for c in r.candidates}, {types.FinishReason.STOP})


@step('generate_content: max_output_tokens, stop_sequences')
def _():
    r = client.models.generate_content(model=model, contents='one two three four', config={'max_output_tokens': 3})
    equal(r.candidates[0].finish_reason, types.FinishReason.MAX_TOKENS)
    equal(r.usage_metadata.candidates_token_count, 3)
    r = client.models.generate_content(model=model, contents='one two three four', config={'stop_sequences': ['three']})
    assert r.text.endswith('two ') and 'three' not in r.text, r.text
    equal(r.candidates[0].finish_reason, types.FinishReason.STOP)


@step('generate_content: thoughts')
def _():
    r = client.models.generate_content(model=model, contents='think', config={'thinking_config': {'include_thoughts': True, 'thinking_budget': -1}})
    equal([bool(p.thought) for p in r.candidates[0].content.parts], [True, False])
    assert r.usage_metadata.thoughts_token_count > 0
    usage_adds_up(r.usage_metadata)


@step('generate_content: logprobs')
def _():
    r = client.models.generate_content(model=model, contents='logs', config={'response_logprobs': True, 'logprobs': 2})
    equal(len(r.candidates[0].logprobs_result.chosen_candidates), r.usage_metadata.candidates_token_count)
    assert r.candidates[0].avg_logprobs is not None


@step('generate_content: speech')
def _():
    r = client.models.generate_content(model='gemini-2.5-flash-preview-tts', contents='say it', config={'response_modalities': ['AUDIO'], 'speech_config': 'Kore'})
    blob = r.candidates[0].content.parts[0].inline_data
    assert blob.mime_type.startswith('audio/') and len(blob.data) > 0


@step('generate_content: image out')
def _():
    r = client.models.generate_content(model='gemini-2.5-flash-image', contents='paint', config={'response_modalities': ['TEXT', 'IMAGE']})
    images = [p.inline_data for p in r.candidates[0].content.parts if p.inline_data]
    equal(images[0].mime_type, 'image/png')
    equal(images[0].data[:8], b'\x89PNG\r\n\x1a\n')


@step('generate_content: bytes, image, file and lists in')
def _():
    r = client.models.generate_content(model=model, contents=['look', types.Part.from_bytes(data=b'\xfb\xff\xfe\x00', mime_type='image/png'), types.Part.from_uri(file_uri='https://example.com/a.pdf', mime_type='application/pdf')])
    assert '2 attachments' in r.text
    assert r.usage_metadata.prompt_token_count > 500


@step('generate_content: code execution')
def _():
    r = client.models.generate_content(model=model, contents='run code: 1 + 1', config={'tools': [{'code_execution': {}}]})
    assert r.executable_code and r.code_execution_result


@step('generate_content: google_search gives grounding')
def _():
    r = client.models.generate_content(model=model, contents='who won', config={'tools': [{'google_search': {}}]})
    assert r.candidates[0].grounding_metadata.web_search_queries


# ---------------------------------------------------------------- schemas


class Level(enum.Enum):
    EASY = 'easy'
    HARD = 'hard'


class Step_(pydantic.BaseModel):
    text: str
    minutes: int = pydantic.Field(ge=2, le=30)


class Recipe(pydantic.BaseModel):
    name: str = pydantic.Field(description='its name', min_length=3)
    level: Level
    steps: list[Step_] = pydantic.Field(min_length=2)
    calories: typing.Optional[int] = None
    vegan: bool
    score: float = pydantic.Field(ge=0.5, le=0.75)
    kind: typing.Literal['soup', 'salad']
    made: datetime.datetime
    either: typing.Union[int, str]


@step('response_schema: a pydantic model, parsed')
def _():
    r = client.models.generate_content(model=model, contents='a recipe for Tomato soup', config={'response_mime_type': 'application/json', 'response_schema': Recipe})
    assert isinstance(r.parsed, Recipe), r.text
    assert len(r.parsed.steps) >= 2 and isinstance(r.parsed.level, Level)


@step('response_schema: list of a model, of plain types')
def _():
    r = client.models.generate_content(model=model, contents='recipes', config={'response_mime_type': 'application/json', 'response_schema': list[Recipe]})
    assert isinstance(r.parsed, list) and isinstance(r.parsed[0], Recipe)
    r = client.models.generate_content(model=model, contents='numbers', config={'response_mime_type': 'application/json', 'response_schema': list[int]})
    assert isinstance(r.parsed[0], int), r.parsed


@step('response_schema: an enum as text')
def _():
    r = client.models.generate_content(model=model, contents='which', config={'response_mime_type': 'text/x.enum', 'response_schema': Level})
    equal(r.text, 'easy')
    equal(r.parsed, Level.EASY)


@step('response_json_schema: $defs, refs, anyOf')
def _():
    schema = Recipe.model_json_schema()
    r = client.models.generate_content(model=model, contents='a recipe', config={'response_mime_type': 'application/json', 'response_json_schema': schema})
    Recipe.model_validate_json(r.text)


@step('response_json_schema: a model that holds itself')
def _():
    class Node(pydantic.BaseModel):
        name: str
        children: list['Node'] = []

    r = client.models.generate_content(model=model, contents='a tree', config={'response_mime_type': 'application/json', 'response_json_schema': Node.model_json_schema()})
    Node.model_validate_json(r.text)


@step('response_schema: types.Schema with bounds as strings')
def _():
    schema = types.Schema(type='ARRAY', min_items=2, max_items=3, items=types.Schema(type='STRING', min_length=4, max_length=6))
    r = client.models.generate_content(model=model, contents='words a b', config={'response_mime_type': 'application/json', 'response_schema': schema})
    said = json.loads(r.text)
    assert 2 <= len(said) <= 3 and all(4 <= len(w) <= 6 for w in said), said


@step('response_schema: a pattern')
def _():
    r = client.models.generate_content(model=model, contents='a plate', config={'response_mime_type': 'application/json', 'response_json_schema': {'type': 'string', 'pattern': '^[A-Z]{2}-[0-9]{3}$'}})
    import re

    assert re.fullmatch('[A-Z]{2}-[0-9]{3}', json.loads(r.text)), r.text


# ---------------------------------------------------------------- streams


@step('generate_content_stream: chunks, last usage, one id')
def _():
    chunks = list(client.models.generate_content_stream(model=model, contents='one two three four five six'))
    assert len(chunks) > 2
    for chunk in chunks:
        no_extra(chunk)
    assert 'one two three four five six' in ''.join(c.text or '' for c in chunks)
    equal(len({c.response_id for c in chunks}), 1)
    equal([c.candidates[0].finish_reason for c in chunks[:-1]], [None] * (len(chunks) - 1))
    equal(chunks[-1].candidates[0].finish_reason, types.FinishReason.STOP)
    usage_adds_up(chunks[-1].usage_metadata)
    equal({c.model_version for c in chunks}, {model})
    assert chunks[0].sdk_http_response.headers['content-type'].startswith('text/event-stream')


@step('generate_content_stream: refused before its first chunk')
def _():
    refused(lambda: list(client.models.generate_content_stream(model=model, contents='x', config={'temperature': 3})), 400, 'INVALID_ARGUMENT')
    refused(lambda: list(client.models.generate_content_stream(model='nothing', contents='x')), 404, 'NOT_FOUND')


# ---------------------------------------------------------------- functions

WEATHER = types.FunctionDeclaration(name='weather', description='d', parameters=types.Schema(type='OBJECT', properties={'city': types.Schema(type='STRING'), 'days': types.Schema(type='INTEGER', minimum=2)}, required=['city']))


@step('functions: a call, its id and signature, an answer')
def _():
    config = types.GenerateContentConfig(tools=[types.Tool(function_declarations=[WEATHER])], tool_config=types.ToolConfig(function_calling_config=types.FunctionCallingConfig(mode='AUTO')))
    r = client.models.generate_content(model=model, contents='the weather in Rome', config=config)
    call = r.function_calls[0]
    equal(call.name, 'weather')
    assert call.id and isinstance(call.args['city'], str) and call.args['days'] >= 2
    equal(r.candidates[0].finish_reason, types.FinishReason.STOP)
    part = r.candidates[0].content.parts[0]
    assert isinstance(part.thought_signature, bytes) and part.thought_signature
    assert r.text is None
    again = client.models.generate_content(
        model=model,
        contents=[types.Content(role='user', parts=[types.Part(text='the weather in Rome')]), r.candidates[0].content, types.Content(role='user', parts=[types.Part(function_response=types.FunctionResponse(id=call.id, name=call.name, response={'sun': True, 'n': 5}))])],
        config=config,
    )
    assert 'weather' in again.text and 'sun' in again.text


@step('functions: a call counts as output')
def _():
    r = client.models.generate_content(model=model, contents='the weather in Rome', config={'tools': [types.Tool(function_declarations=[WEATHER])]})
    assert r.usage_metadata.candidates_token_count > 0


@step('functions: ANY with allowed names, NONE, VALIDATED')
def _():
    other = types.FunctionDeclaration(name='other', description='d')
    for mode, allowed, want in (('ANY', ['other'], 'other'), ('VALIDATED', None, 'weather')):
        r = client.models.generate_content(model=model, contents='x', config={'tools': [types.Tool(function_declarations=[WEATHER, other])], 'tool_config': {'function_calling_config': {'mode': mode, 'allowed_function_names': allowed}}})
        equal(r.function_calls[0].name, want)
    r = client.models.generate_content(model=model, contents='x', config={'tools': [types.Tool(function_declarations=[WEATHER])], 'tool_config': {'function_calling_config': {'mode': 'NONE'}}})
    assert not r.function_calls and r.text


def get_weather(city: str, days: int = 1) -> dict:
    """The weather.

    Args:
      city: the city
      days: how many
    """
    get_weather.seen.append((city, days))
    return {'sunny': True, 'city': city}


get_weather.seen = []


@step('functions: called automatically, also in streams')
def _():
    r = client.models.generate_content(model=model, contents='get_weather of Rome', config={'tools': [get_weather]})
    assert 'sunny' in r.text, r.text
    equal(len(get_weather.seen), 1)
    equal([c.role for c in r.automatic_function_calling_history], ['user', 'model', 'user'])
    text = ''.join(c.text or '' for c in client.models.generate_content_stream(model=model, contents='get_weather of Oslo', config={'tools': [get_weather]}))
    assert 'sunny' in text
    equal(len(get_weather.seen), 2)


@step('functions: automatic calls end at their limit')
def _():
    get_weather.seen.clear()
    r = client.models.generate_content(model=model, contents='get_weather', config={'tools': [get_weather], 'tool_config': {'function_calling_config': {'mode': 'ANY'}}, 'automatic_function_calling': {'maximum_remote_calls': 3}})
    assert r.function_calls and len(get_weather.seen) >= 2


# ---------------------------------------------------------------- chats


@step('chats: history, streams')
def _():
    chat = client.chats.create(model=model, config={'system_instruction': 'be brief'}, history=[types.UserContent('hi'), types.ModelContent('hello')])
    assert 'turn 2' in chat.send_message('a').text
    assert 'turn 3' in ''.join(c.text or '' for c in chat.send_message_stream('b'))
    history = chat.get_history(curated=True)  # where this SDK keeps each chunk of a stream as a turn of its own
    equal([c.role for c in history[:5]], ['user', 'model', 'user', 'model', 'user'])
    equal(len(chat.get_history()), len(history))


@step('chats: functions')
def _():
    get_weather.seen.clear()
    chat = client.chats.create(model=model, config={'tools': [get_weather]})
    assert 'sunny' in chat.send_message('get_weather in Rome').text
    equal(len(chat.get_history()), 4)


# ---------------------------------------------------------------- tokens, embeddings


@step('count_tokens')
def _():
    r = client.models.count_tokens(model=model, contents=['one two', types.Part.from_bytes(data=b'x', mime_type='image/png')])
    no_extra(r)
    assert r.total_tokens > 250 and r.cached_content_token_count is None


@step('embed_content: each of a list, its size, its usage')
def _():
    r = client.models.embed_content(model='gemini-embedding-001', contents=['cats and dogs', 'dogs and cats', 'prices'], config={'output_dimensionality': 64, 'task_type': 'SEMANTIC_SIMILARITY', 'title': None})
    equal([len(e.values) for e in r.embeddings], [64] * 3)
    dot = lambda a, b: sum(x * y for x, y in zip(a.values, b.values))
    assert dot(r.embeddings[0], r.embeddings[1]) > 0.9 > dot(r.embeddings[0], r.embeddings[2])
    no_extra(r)


@step('embed_content: its natural size')
def _():
    equal(len(client.models.embed_content(model='gemini-embedding-001', contents='x').embeddings[0].values), 3072)


@step('embed_content: the second family makes one of several')
def _():
    r = client.models.embed_content(model='gemini-embedding-2', contents=['cats', types.Part.from_bytes(data=b'x', mime_type='image/png')])
    equal(len(r.embeddings), 1)


@step('embed_content: refused')
def _():
    refused(lambda: client.models.embed_content(model='gemini-embedding-001', contents='x', config={'output_dimensionality': 100000}), 400, 'INVALID_ARGUMENT')


# ---------------------------------------------------------------- models


@step('models.list: pages, and what they say')
def _():
    pager = client.models.list(config={'page_size': 2})
    equal(len(pager.page), 2)
    first = [m.name for m in pager.page]
    pager.next_page()
    assert not set(first) & {m.name for m in pager.page}
    models = list(client.models.list(config={'page_size': 3}))
    assert len(models) > 4 and len({m.name for m in models}) == len(models)
    for one in models:
        assert one.name.startswith('models/') and one.supported_actions and one.input_token_limit > 0, one


@step('models.get')
def _():
    got = client.models.get(model=model)
    no_extra(got)
    equal(got.name, 'models/' + model)
    assert 'generateContent' in got.supported_actions
    refused(lambda: client.models.get(model='nothing'), 404, 'NOT_FOUND')


@step('models.get: thinking')
def _():
    assert client.models.get(model=model).thinking is True


@step('models.get: every model that generates is also found')
def _():
    client.models.generate_content(model='gemini-2.0-flash', contents='x')
    client.models.get(model='gemini-2.0-flash')


def in_older_sdks(call):
    """Runs it, unless this version of the SDK has it for another platform alone."""
    try:
        return call()
    except ValueError as error:
        assert 'only supported' in str(error), error


@step('generate_images, where the SDK has it (2.x)')
def _():
    r = in_older_sdks(lambda: client.models.generate_images(model='imagen-4.0-generate-001', prompt='a cat', config={'number_of_images': 2, 'include_safety_attributes': True}))
    if r:
        equal([i.image.mime_type for i in r.generated_images], ['image/png'] * 2)
        assert r.positive_prompt_safety_attributes.scores


@step('generate_videos, where the SDK has it (2.x)')
def _():
    operation = in_older_sdks(lambda: client.models.generate_videos(model='veo-3.1-generate-preview', source=types.GenerateVideosSource(prompt='a cat'), config={'number_of_videos': 2}))
    if operation:
        video = finished(operation).response.generated_videos[1].video
        video.uri = video.uri.replace('http:', 'https:')  # this SDK reads names out of https addresses alone
        assert b'an emulated video' in client.files.download(file=video)


# ---------------------------------------------------------------- files

text_path = os.path.join(folder, 'animals.txt')
with open(text_path, 'w', encoding='utf-8') as out:
    out.write('The zebra has black and white stripes. The heron stands in shallow water.')


@step('files.upload: a path')
def file():
    made = client.files.upload(file=text_path, config={'display_name': 'Animals – à la carte'})
    no_extra(made)
    equal(made.mime_type, 'text/plain')
    equal(made.display_name, 'Animals – à la carte')
    equal(made.size_bytes, os.path.getsize(text_path))
    equal(made.state, types.FileState.ACTIVE)
    equal(made.source, types.FileSource.UPLOADED)
    recent(made.create_time)
    recent(made.update_time)
    assert 47 < (made.expiration_time - made.create_time).total_seconds() / 3600 < 49
    assert made.uri.endswith(f'/{version}/{made.name}')
    assert made.download_uri is None and made.error is None
    return made


@step('files.upload: says the hash of its bytes')
def _():
    assert client.files.get(name=file.name).sha256_hash


@step('files.upload: bytes, a name of its own')
def _():
    made = client.files.upload(file=io.BytesIO(b'\0' * 20_000_000), config={'name': 'my-clip', 'mime_type': 'video/mp4'})
    equal(made.name, 'files/my-clip')
    equal(made.size_bytes, 20_000_000)
    equal(made.state, types.FileState.PROCESSING)
    for _ in range(5):
        got = client.files.get(name='my-clip')
        if got.state == types.FileState.ACTIVE:
            break
    equal(got.state, types.FileState.ACTIVE)
    assert got.video_metadata
    error = refused(lambda: client.files.upload(file=io.BytesIO(b'x'), config={'name': 'my-clip', 'mime_type': 'text/plain'}), 409, 'ALREADY_EXISTS')
    assert 'exist' in error.message


@step('files.upload: exactly a chunk, two chunks, nothing')
def _():
    for size in (8 * 1024 * 1024, 16 * 1024 * 1024, 0):
        equal(client.files.upload(file=io.BytesIO(b'x' * size), config={'mime_type': 'text/plain'}).size_bytes or 0, size)


@step('files.upload: a bad name is refused')
def _():
    refused(lambda: client.files.upload(file=io.BytesIO(b'x'), config={'name': 'Bad_Name!', 'mime_type': 'text/plain'}), 400, 'INVALID_ARGUMENT', 'ame must')


@step('files.list')
def _():
    names = [f.name for f in client.files.list(config={'page_size': 2})]
    assert file.name in names and 'files/my-clip' in names and len(set(names)) == len(names)


@step('files.get, delete, refusals')
def _():
    equal(client.files.get(name=file.name), client.files.get(name=file.name.removeprefix('files/')))
    client.files.delete(name='files/my-clip')
    refused(lambda: client.files.get(name='my-clip'), 403, 'PERMISSION_DENIED')
    refused(lambda: client.files.delete(name='my-clip'), 403, 'PERMISSION_DENIED')


@step('files.download: an upload is refused, here and there')
def _():
    try:
        client.files.download(file=file)
        raise AssertionError('the SDK took it')
    except ValueError:
        pass
    refused(lambda: client.files.download(file=file.name), 400, 'INVALID_ARGUMENT')


@step('files.register_files')
def _():
    import google.auth.credentials

    class Fixed(google.auth.credentials.Credentials):
        def __init__(self):
            super().__init__()
            self.token = 'token'

        def refresh(self, request):
            pass

    r = client.files.register_files(auth=Fixed(), uris=['gs://bucket/a.pdf', 'gs://bucket/b.txt'])
    equal([f.uri for f in r.files], ['gs://bucket/a.pdf', 'gs://bucket/b.txt'])
    equal(r.files[0].source, types.FileSource.REGISTERED)
    no_extra(r)


@step('generate_content: a file, and one that is not ready')
def _():
    assert '1 attachment' in client.models.generate_content(model=model, contents=['look', file]).text
    slow = client.files.upload(file=io.BytesIO(b'x'), config={'mime_type': 'video/mp4'})
    refused(lambda: client.models.generate_content(model=model, contents=['look', slow]), 400, 'FAILED_PRECONDITION')


# ---------------------------------------------------------------- caches


@step('caches.create')
def cache():
    made = client.caches.create(model=model, config=types.CreateCachedContentConfig(contents=['a very long text', file], system_instruction='be brief', ttl='600s', display_name='Long', tools=[types.Tool(function_declarations=[WEATHER])], tool_config=types.ToolConfig(function_calling_config=types.FunctionCallingConfig(mode='AUTO'))))
    no_extra(made)
    equal(made.model, 'models/' + model)
    equal(made.display_name, 'Long')
    recent(made.create_time)
    assert 595 < (made.expire_time - made.create_time).total_seconds() < 605
    assert made.usage_metadata.total_token_count > 0
    return made


@step('caches.get, list, update by ttl and by time')
def _():
    equal(client.caches.get(name=cache.name).display_name, 'Long')
    assert cache.name in [c.name for c in client.caches.list(config={'page_size': 1})]
    later = client.caches.update(name=cache.name, config={'ttl': '7200s'})
    assert later.expire_time > cache.expire_time and later.update_time >= cache.update_time
    when = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=123000) + datetime.timedelta(hours=5)
    equal(client.caches.update(name=cache.name, config=types.UpdateCachedContentConfig(expire_time=when)).expire_time, when)


@step('caches.update: nothing changes nothing')
def _():
    before = client.caches.get(name=cache.name).expire_time
    equal(client.caches.update(name=cache.name, config={}).expire_time, before)


@step('generate_content: a cache counts')
def _():
    r = client.models.generate_content(model=model, contents='hi', config={'cached_content': cache.name})
    equal(r.usage_metadata.cached_content_token_count, cache.usage_metadata.total_token_count)
    assert r.usage_metadata.prompt_token_count > r.usage_metadata.cached_content_token_count
    refused(lambda: client.models.generate_content(model='gemini-2.5-pro', contents='hi', config={'cached_content': cache.name}), 400, 'INVALID_ARGUMENT')


@step('generate_content: a cache says which of its tokens are what')
def _():
    r = client.models.generate_content(model=model, contents='hi', config={'cached_content': cache.name})
    assert r.usage_metadata.cache_tokens_details


@step('generate_content: a cache with its own instruction or tools is refused')
def _():
    refused(lambda: client.models.generate_content(model=model, contents='hi', config={'cached_content': cache.name, 'system_instruction': 'no'}), 400, 'INVALID_ARGUMENT')


@step('generate_content: a cache brings its functions')
def _():
    r = client.models.generate_content(model=model, contents='weather', config={'cached_content': cache.name})
    equal(r.function_calls[0].name, 'weather')


@step('caches.create: both ttl and time, a time that is over')
def _():
    refused(lambda: client.caches.create(model='nothing', config={'contents': 'x'}), 404, 'NOT_FOUND')


@step('caches.create: a time that is over')
def _():
    refused(lambda: client.caches.create(model=model, config={'contents': 'x', 'expire_time': datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)}), 400, 'INVALID_ARGUMENT')


@step('caches.delete')
def _():
    client.caches.delete(name=cache.name)
    refused(lambda: client.caches.get(name=cache.name), 403, 'PERMISSION_DENIED')


# ---------------------------------------------------------------- file search stores


@step('file_search_stores.create, get, list')
def store():
    made = client.file_search_stores.create(config={'display_name': 'Zoo'})
    no_extra(made)
    recent(made.create_time)
    equal(client.file_search_stores.get(name=made.name).display_name, 'Zoo')
    assert made.name in [s.name for s in client.file_search_stores.list(config={'page_size': 1})]
    return made


@step('file_search_stores.upload_to_file_search_store')
def document():
    operation = client.file_search_stores.upload_to_file_search_store(
        file_search_store_name=store.name,
        file=text_path,
        config={'display_name': 'Animals', 'custom_metadata': [{'key': 'year', 'numeric_value': 2024}, {'key': 'tag', 'string_list_value': {'values': ['a', 'b']}}, {'key': 'who', 'string_value': 'me'}], 'chunking_config': {'white_space_config': {'max_tokens_per_chunk': 8, 'max_overlap_tokens': 1}}},
    )
    assert operation.name.startswith(store.name + '/') and not operation.done
    done = finished(operation)
    equal(done.response.parent, store.name)
    return done.response.document_name


@step('file_search_stores.upload: bytes, their media type')
def _():
    operation = client.file_search_stores.upload_to_file_search_store(file_search_store_name=store.name, file=io.BytesIO(b'lions roar'), config={'mime_type': 'text/plain', 'display_name': 'Lions'})
    assert finished(operation).response.document_name


@step('file_search_stores.import_file')
def _():
    done = finished(client.file_search_stores.import_file(file_search_store_name=store.name, file_name=file.name, config={'custom_metadata': [{'key': 'year', 'numeric_value': 1999}]}))
    equal(done.response.parent, store.name)
    assert done.response.document_name.startswith(store.name)


@step('file_search_stores: counts')
def _():
    got = client.file_search_stores.get(name=store.name)
    equal(got.active_documents_count, 3)
    assert got.size_bytes > 100 and not got.pending_documents_count and not got.failed_documents_count


@step('file_search_stores.documents.list, get')
def _():
    documents = list(client.file_search_stores.documents.list(parent=store.name, config={'page_size': 1}))
    equal(len(documents), 3)
    got = client.file_search_stores.documents.get(name=document)
    no_extra(got)
    equal(got.display_name, 'Animals')
    equal(got.state, types.DocumentState.STATE_ACTIVE)
    equal(got.mime_type, 'text/plain')
    equal(got.size_bytes, os.path.getsize(text_path))
    equal({m.key: m.numeric_value or m.string_value or m.string_list_value.values for m in got.custom_metadata}, {'year': 2024, 'tag': ['a', 'b'], 'who': 'me'})
    recent(got.create_time)


@step('generate_content: file search, its grounding')
def _():
    r = client.models.generate_content(model=model, contents='Where does the heron stand?', config={'tools': [{'file_search': {'file_search_store_names': [store.name], 'metadata_filter': 'year = 2024', 'top_k': 1}}]})
    assert 'heron' in r.text
    grounding = r.candidates[0].grounding_metadata
    no_extra(grounding)
    equal(grounding.grounding_chunks[0].retrieved_context.title, 'Animals')
    assert grounding.grounding_supports[0].segment.text in r.text


@step('file_search_stores: filters with OR, NOT, brackets and has')
def _():
    for filter in ('year = 1 OR year = 2024', '(year = 2024)', 'NOT year = 1', 'tag:"b"'):
        tool = types.Tool(file_search=types.FileSearch(file_search_store_names=[store.name], metadata_filter=filter))
        assert client.models.generate_content(model=model, contents='Where does the heron stand?', config={'tools': [tool]}).candidates[0].grounding_metadata, filter


@step('file_search_stores.documents.delete, delete: only by force when not empty')
def _():
    refused(lambda: client.file_search_stores.documents.delete(name=document), 400, 'FAILED_PRECONDITION')
    client.file_search_stores.documents.delete(name=document, config={'force': True})
    refused(lambda: client.file_search_stores.documents.get(name=document), 404, 'NOT_FOUND')
    refused(lambda: client.file_search_stores.delete(name=store.name), 400, 'FAILED_PRECONDITION')
    client.file_search_stores.delete(name=store.name, config={'force': True})
    refused(lambda: client.file_search_stores.get(name=store.name), 403, 'PERMISSION_DENIED')


@step('file_search_stores.download_media')
def _():
    made = client.file_search_stores.create(config={'display_name': 'Pictures', 'embedding_model': 'models/gemini-embedding-2'})
    done = finished(client.file_search_stores.upload_to_file_search_store(file_search_store_name=made.name, file=io.BytesIO(b'\x89PNG'), config={'mime_type': 'image/png'}))
    medium = made.name + '/media/' + done.response.document_name.rsplit('/', 1)[1]
    equal(client.file_search_stores.download_media(media_id=medium), b'\x89PNG')
    client.file_search_stores.delete(name=made.name, config={'force': True})


# ---------------------------------------------------------------- batches


def done_batch(name):
    for _ in range(10):
        batch = client.batches.get(name=name)
        real_enum(batch.state)
        if batch.done:
            return batch
    raise AssertionError(batch)


@step('batches: inline, all kinds of requests')
def inline_batch():
    made = client.batches.create(
        model=model,
        src=[
            {'contents': 'one', 'metadata': {'id': 'a'}},
            types.InlinedRequest(contents=[types.Content(role='user', parts=[types.Part(text='two')])], config=types.GenerateContentConfig(temperature=0.5, system_instruction='be kind', tools=[types.Tool(function_declarations=[WEATHER])])),
            {'contents': 'bad', 'config': {'temperature': 9}},
        ],
        config={'display_name': 'Three'},
    )
    no_extra(made)
    equal(made.display_name, 'Three')
    equal(made.state, types.JobState.JOB_STATE_PENDING)
    recent(made.create_time)
    batch = done_batch(made.name)
    equal(batch.state, types.JobState.JOB_STATE_SUCCEEDED)
    recent(batch.end_time)
    equal(batch.model, 'models/' + model)
    answers = batch.dest.inlined_responses
    equal(len(answers), 3)
    assert 'one' in answers[0].response.text and answers[0].error is None
    equal(answers[0].metadata, {'id': 'a'})
    equal(answers[1].response.function_calls[0].name, 'weather')
    assert answers[2].response is None and answers[2].error.message
    equal(answers[2].error.code, 3)
    return batch


@step('batches: how many failed')
def _():
    raw = client._api_client.request('get', inline_batch.name, {}, None)
    stats = json.loads(raw.body)['metadata']['batchStats']
    equal((stats['requestCount'], stats['successfulRequestCount'], stats['failedRequestCount']), ('3', '2', '1'))


@step('batches: a file')
def _():
    lines = [{'key': 'a', 'request': {'contents': [{'parts': [{'text': 'first'}], 'role': 'user'}]}}, {'key': 'b', 'request': {'contents': [{'parts': [{'text': 'second'}]}], 'generation_config': {'max_output_tokens': 2}}}]
    source = client.files.upload(file=io.BytesIO('\n'.join(json.dumps(l) for l in lines).encode()), config={'mime_type': 'jsonl', 'display_name': 'requests'})
    batch = done_batch(client.batches.create(model=model, src=source.name, config={'display_name': 'File'}).name)
    equal(batch.state, types.JobState.JOB_STATE_SUCCEEDED)
    data = client.files.download(file=batch.dest.file_name)
    answers = {a['key']: a for a in map(json.loads, data.decode().splitlines())}
    assert 'first' in answers['a']['response']['candidates'][0]['content']['parts'][0]['text']
    equal(answers['b']['response']['candidates'][0]['finishReason'], 'MAX_TOKENS')
    to = os.path.join(folder, 'answers.jsonl')
    client.files.download(file=batch.dest.file_name, destination=to)
    equal(open(to, 'rb').read(), data)


@step('batches: a file with a broken line')
def _():
    source = client.files.upload(file=io.BytesIO(b'{"key":"a","request":{"contents":[{"parts":[{"text":"x"}]}]}}\n{"key": oops}\n'), config={'mime_type': 'jsonl'})
    done_batch(client.batches.create(model=model, src=source.name).name)


@step('batches: embeddings')
def _():
    made = client.batches.create_embeddings(model='gemini-embedding-001', src={'inlined_requests': {'contents': ['a', 'b'], 'config': {'output_dimensionality': 8}}}, config={'display_name': 'E'})
    batch = done_batch(made.name)
    answers = batch.dest.inlined_embed_content_responses
    equal([len(a.response.embedding.values) for a in answers], [8, 8])


@step('batches.list, cancel, delete')
def _():
    names = [b.name for b in client.batches.list(config={'page_size': 2})]
    assert inline_batch.name in names and len(names) >= 3
    made = client.batches.create(model=model, src=[{'contents': 'x'}])
    client.batches.cancel(name=made.name)
    equal(client.batches.get(name=made.name).state, types.JobState.JOB_STATE_CANCELLED)
    client.batches.delete(name=made.name)
    refused(lambda: client.batches.get(name=made.name), 404, 'NOT_FOUND')


@step('batches: refused')
def _():
    refused(lambda: client.batches.create(model=model, src='files/nothing'), 403, 'PERMISSION_DENIED')
    refused(lambda: client.batches.create(model='nothing', src=[{'contents': 'x'}]), 404, 'NOT_FOUND')


# ---------------------------------------------------------------- tunings


@step('tunings, through raw creation: get, models.list, update, delete')
def _():
    body = {'baseModel': 'models/gemini-1.5-flash-001-tuning', 'displayName': 'Tuned', 'tuningTask': {'hyperparameters': {'epochCount': 2}, 'trainingData': {'examples': {'examples': [{'textInput': 'a', 'output': 'b'}]}}}}
    operation = json.loads(client._api_client.request('post', 'tunedModels', body, None).body)
    name = operation['metadata']['tunedModel']
    job = client.tunings.get(name=name)
    equal(job.state, types.JobState.JOB_STATE_RUNNING)
    for _ in range(4):
        job = client.tunings.get(name=name)
    equal(job.state, types.JobState.JOB_STATE_SUCCEEDED)
    equal(job.base_model, 'models/gemini-1.5-flash-001-tuning')
    recent(job.create_time)
    assert name in [m.name for m in client.models.list(config={'query_base': False})]
    equal(client.models.update(model=name, config={'display_name': 'Other', 'description': 'd'}).display_name, 'Other')
    assert name.removeprefix('tunedModels/')
    assert 'hi' in client.models.generate_content(model=name, contents='hi').text
    client.models.delete(model=name)
    refused(lambda: client.models.get(model=name), 404, 'NOT_FOUND')


@step('tunings.tune: this SDK leaves the examples out of what it sends')
def _():
    refused(lambda: client.tunings.tune(base_model='models/gemini-1.5-flash-001-tuning', training_dataset=types.TuningDataset(examples=[types.TuningExample(text_input='a', output='b')])), 400, 'INVALID_ARGUMENT')


# ---------------------------------------------------------------- auth tokens


@step('auth_tokens.create')
def _():
    alpha = fresh(api_version='v1alpha')
    when = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=30)
    token = alpha.auth_tokens.create(config={'uses': 1, 'expire_time': when, 'live_connect_constraints': {'model': model, 'config': {'response_modalities': ['AUDIO'], 'temperature': 0.5}}, 'lock_additional_fields': ['top_k']})
    assert token.name.startswith('auth_tokens/')
    no_extra(token)


# ---------------------------------------------------------------- errors, retries, timeouts


@step('errors: a wrong key, none, details')
def _():
    other = fresh('wrong')
    error = refused(lambda: other.models.generate_content(model=model, contents='x'), 400, 'INVALID_ARGUMENT', 'API key not valid')
    equal(error.details['error']['details'][0]['reason'], 'API_KEY_INVALID')
    refused(lambda: client.models.generate_content(model='nothing', contents='x'), 404, 'NOT_FOUND', 'is not found for API version v1beta')
    error = refused(lambda: client.models.generate_content(model=model, contents=[types.Content(role='narrator', parts=[types.Part(text='x')])]), 400, 'INVALID_ARGUMENT', 'valid role')
    equal(error.details['error']['details'][0]['@type'], 'type.googleapis.com/google.rpc.BadRequest')


@step('errors: a field that does not exist')
def _():
    refused(lambda: client.models.generate_content(model=model, contents='x', config={'http_options': {'extra_body': {'generationConfig': {'topq': 1}}}}), 400, 'INVALID_ARGUMENT', 'Unknown name "topq" at \'generation_config\'')


@step('errors: a path that does not exist')
def _():
    refused(lambda: client._api_client.request('get', 'nothing/here', {}, None), 404)


@step('errors: types that do not fit are 400, not 500')
def _():
    refused(lambda: client._api_client.request('post', 'files:register', {'uris': [1]}, types.HttpOptions(headers={'Authorization': 'Bearer x'})), 400, 'INVALID_ARGUMENT')


@step('errors: a bad schema is 400, not 500')
def _():
    refused(lambda: client.models.generate_content(model=model, contents='x', config={'response_mime_type': 'application/json', 'response_json_schema': {'type': 'array', 'items': {}, 'minItems': 'many'}}), 400, 'INVALID_ARGUMENT')


@step('http_options: extra_body, headers, a proto name in snake_case')
def _():
    r = client.models.generate_content(model=model, contents='one two three', config={'http_options': {'headers': {'x-mine': '1'}, 'extra_body': {'generation_config': {'max_output_tokens': 1}}}})
    equal(r.candidates[0].finish_reason, types.FinishReason.MAX_TOKENS)


@step('http_options: retries and timeouts are taken')
def _():
    patient = fresh(retry_options=types.HttpRetryOptions(attempts=3, initial_delay=0.01, max_delay=0.02, jitter=0), timeout=5000)
    assert 'x' in patient.models.generate_content(model=model, contents='x').text
    began = time.monotonic()
    refused(lambda: patient.models.generate_content(model='nothing', contents='x'), 404)
    assert time.monotonic() - began < 1


@step('v1 and v1alpha are served too')
def _():
    for one in ('v1', 'v1alpha'):
        other = fresh(api_version=one)
        assert 'x' in other.models.generate_content(model=model, contents='x').text
        made = other.files.upload(file=io.BytesIO(b'x'), config={'mime_type': 'text/plain'})
        assert f'/{one}/files/' in made.uri, made.uri
        assert '1 attachment' in other.models.generate_content(model=model, contents=['x', made]).text


# ---------------------------------------------------------------- interactions and their kin


def said(interaction):
    return ''.join(c.text for s in interaction.steps if s.type == 'model_output' for c in s.content if c.type == 'text')


@step('interactions.create: an answer, its usage')
def first():
    made = client.interactions.create(model=model, input='good morning', system_instruction='be kind', generation_config={'max_output_tokens': 60})
    equal(made.status, 'completed')
    assert 'good morning' in said(made), made
    equal(made.output_text, said(made))
    assert made.id and made.usage.total_tokens == made.usage.total_input_tokens + made.usage.total_output_tokens
    recent(made.created)
    recent(made.updated)
    equal(made.model, model)
    return made


@step('interactions: one after the other, with contents and steps')
def _():
    made = client.interactions.create(model=model, input=[{'type': 'text', 'text': 'again'}, {'type': 'image', 'data': base64.b64encode(b'x').decode(), 'mime_type': 'image/png'}], previous_interaction_id=first.id)
    assert 'turn 2' in said(made) and made.previous_interaction_id == first.id
    made = client.interactions.create(model=model, input=[{'type': 'user_input', 'content': [{'type': 'text', 'text': 'third'}]}], previous_interaction_id=made.id)
    assert 'turn 3' in said(made)


@step('interactions.get, with its input')
def _():
    got = client.interactions.get(first.id)
    equal((got.id, said(got)), (first.id, said(first)))
    assert client.interactions.get(first.id, include_input=True).input


@step('interactions: streams, typed events, resumed')
def _():
    kinds, text, first_event, made = [], '', None, None
    for event in client.interactions.create(model=model, input='streamed words of five', stream=True):
        assert type(event).__name__ not in ('UnknownInteractionSseEvent', 'Unknown'), event
        kinds.append(event.event_type)
        first_event = first_event or event.event_id
        if event.event_type == 'interaction.created':
            made = event.interaction.id
        if event.event_type == 'step.delta' and event.delta.type == 'text':
            text += event.delta.text
        if event.event_type == 'interaction.completed':
            equal(event.interaction.status, 'completed')
            assert event.interaction.usage.total_tokens > 0
    equal((kinds[0], kinds[-1]), ('interaction.created', 'interaction.completed'))
    assert 'step.start' in kinds and 'step.stop' in kinds and 'streamed words of five' in text
    rest = [e.event_type for e in client.interactions.get(made, stream=True, last_event_id=first_event)]
    equal(rest, kinds[1:])


@step('interactions: functions')
def _():
    tools = [{'type': 'function', 'name': 'weather', 'description': 'd', 'parameters': {'type': 'object', 'properties': {'city': {'type': 'string'}}}}]
    made = client.interactions.create(model=model, input='weather', tools=tools)
    equal(made.status, 'requires_action')
    call = made.steps[-1]
    equal((call.type, call.name), ('function_call', 'weather'))
    assert isinstance(call.arguments['city'], str) and call.id
    answered = client.interactions.create(model=model, previous_interaction_id=made.id, tools=tools, input=[{'type': 'function_result', 'name': call.name, 'call_id': call.id, 'result': {'sun': True}}])
    assert 'sun' in said(answered)


@step('interactions: tool_choice none calls nothing')
def _():
    tools = [{'type': 'function', 'name': 'weather', 'parameters': {'type': 'object', 'properties': {}}}]
    equal(client.interactions.create(model=model, input='weather', tools=tools, generation_config={'tool_choice': 'none'}).status, 'completed')


@step('interactions: response_format')
def _():
    made = client.interactions.create(model=model, input='a recipe', response_format={'type': 'text', 'mime_type': 'application/json', 'schema': {'type': 'object', 'properties': {'name': {'type': 'string'}}, 'required': ['name']}})
    assert isinstance(json.loads(said(made))['name'], str)


@step('interactions: in the background, cancel, delete')
def _():
    made = client.interactions.create(model=model, input='slow', background=True)
    equal(made.status, 'in_progress')
    equal(client.interactions.cancel(made.id).status, 'cancelled')
    client.interactions.delete(made.id)
    try:
        client.interactions.get(made.id)
        raise AssertionError('is still there')
    except Exception as error:  # noqa: BLE001
        equal(getattr(error, 'status_code', getattr(error, 'code', None)), 404)
    again = client.interactions.create(model=model, input='slow', background=True)
    for _ in range(5):
        again = client.interactions.get(again.id)
    equal(again.status, 'completed')


@step('interactions: an agent')
def _():
    made = client.interactions.create(agent='deep-research-pro-preview-12-2025', input='find out', background=True)
    equal(made.status, 'in_progress')
    equal(made.agent, 'deep-research-pro-preview-12-2025')


@step('interactions: refused')
def _():
    for call in (lambda: client.interactions.create(model='nothing', input='x'), lambda: client.interactions.get('nothing')):
        try:
            call()
            raise AssertionError('was not refused')
        except AssertionError:
            raise
        except Exception as error:  # noqa: BLE001
            equal(getattr(error, 'status_code', getattr(error, 'code', None)), 404)


@step('interactions: store=False leaves nothing')
def _():
    made = client.interactions.create(model=model, input='x', store=False)
    try:
        client.interactions.get(made.id)
        raise AssertionError('was kept')
    except AssertionError:
        raise
    except Exception:  # noqa: BLE001
        pass


@step('interactions.auth_tokens')
def _():
    made = client.interactions.auth_tokens.create(first.id)
    client.interactions.auth_tokens.delete(interaction_id=first.id, auth_token=made.auth_token.removeprefix('auth_tokens/'))


@step('interactions: errors carry a word as their code')
def _():
    try:
        client.interactions.get('nothing')
        raise AssertionError('was not refused')
    except AssertionError:
        raise
    except Exception as error:  # noqa: BLE001
        assert isinstance(error.body['error']['code'], str), error.body


@step('decisions.create')
def _():
    r = client.decisions.create(
        model='models/' + model,
        input=[{'type': 'text', 'text': 'the sky is green'}],
        questions={'is': {'type': 'noul', 'instructions': 'is it true?', 'criteria': {'true_description': 'it is'}}, 'which': {'type': 'choice', 'instructions': 'which?', 'criteria': {'yes': 'a', 'no': 'b'}}, 'how': {'type': 'score', 'instructions': 'how good?', 'criteria': ['bad', 'good']}},
    )
    equal({k: v.type for k, v in r.answers.items()}, {'is': 'noul', 'which': 'choice', 'how': 'score'})
    assert r.answers['which'].choice in ('yes', 'no') and 0 <= r.answers['is'].noul <= 1 and r.usage.total_tokens > 0


@step('webhooks')
def _():
    made = client.webhooks.create(uri='https://example.com/hook', subscribed_events=['batch.succeeded'], name='mine')
    assert made.id and made.new_signing_secret and made.state == 'enabled'
    recent(made.create_time)
    equal(client.webhooks.update(made.id, update_mask='state', state='disabled').state, 'disabled')
    got = client.webhooks.get(made.id)
    equal((got.uri, got.subscribed_events), ('https://example.com/hook', ['batch.succeeded']))
    assert not got.new_signing_secret
    client.webhooks.ping(made.id)
    assert client.webhooks.rotate_signing_secret(made.id).secret
    assert made.id in [w.id for w in client.webhooks.list(page_size=5).webhooks]
    client.webhooks.delete(made.id)


@step('agents')
def _():
    made = client.agents.create(id='mine', base_agent='antigravity-preview-09-2026', system_instruction='be brief')
    equal(client.agents.get('mine').base_agent, 'antigravity-preview-09-2026')
    assert 'mine' in [a.id for a in client.agents.list(page_size=5).agents]
    client.agents.delete(made.id)


@step('triggers')
def _():
    made = client.triggers.create(interaction={'agent': 'a', 'input': 'x'}, schedule='0 9 * * 1', time_zone='UTC')
    equal(client.triggers.update(made.id, status='paused').status, 'paused')
    equal(client.triggers.run(made.id).trigger_id, made.id)
    equal(len(client.triggers.list_executions(made.id).trigger_executions), 1)
    assert made.id in [t.id for t in client.triggers.list().triggers]
    client.triggers.delete(made.id)


@step('environments and their files')
def _():
    made = client.environments.create(sources=[{'type': 'inline', 'content': 'x', 'target': 'a.txt'}])
    up = client.environments.files.upload(path='data/a b.txt', file=io.BytesIO(b'hello'), environment=made.id, mime_type='text/plain')
    equal(client.environments.files.download(path='data/a b.txt', environment=made.id), b'hello')
    equal(len(client.environments.files.list(environment=made.id, path='data').files), 1)
    equal(client.environments.get(made.id).status, 'active')
    assert made.id in [e.id for e in client.environments.list().environments]
    client.environments.delete(made.id)


@step('credentials')
def _():
    made = client.credentials.create(type='bearer_token', id='api', token='secret')
    equal(made.type, 'bearer_token')
    client.credentials.update('api', type='bearer_token', token='other', update_mask='token')
    equal(client.credentials.get('api').id, 'api')
    equal(len(client.credentials.list().credentials), 1)
    client.credentials.delete('api')


@step('voices')
def _():
    made = client.voices.create(voice={'type': 'prompted', 'display_name': 'Deep', 'prompted': {'input': 'a deep voice'}})
    equal(client.voices.get(made.id).display_name, 'Deep')
    equal(len(client.voices.list(search='deep').voices), 1)
    client.voices.delete(made.id)


# ---------------------------------------------------------------- the same without waiting: client.aio


async def collected(stream):
    return [one async for one in await stream]


async def a_finished(aio, operation):
    for _ in range(10):
        if operation.done:
            return operation
        operation = await aio.operations.get(operation)
    raise AssertionError(operation)


@step('aio: models, chats')
async def _():
    aio = fresh().aio
    assert 'hi' in (await aio.models.generate_content(model=model, contents='hi')).text
    chunks = await collected(aio.models.generate_content_stream(model=model, contents='one two three four five'))
    assert len(chunks) > 2 and 'one two three' in ''.join(c.text or '' for c in chunks)
    equal((await aio.models.count_tokens(model=model, contents='a b c')).total_tokens, 3)
    equal(len((await aio.models.embed_content(model='gemini-embedding-001', contents=['a', 'b'])).embeddings), 2)
    equal((await aio.models.get(model=model)).name, 'models/' + model)
    assert len([m async for m in await aio.models.list(config={'page_size': 2})]) > 4
    chat = aio.chats.create(model=model)
    await chat.send_message('a')
    assert 'turn 2' in ''.join([c.text or '' for c in await collected(chat.send_message_stream('b'))])
    r = await aio.models.generate_content(model=model, contents='get_weather in Rome', config={'tools': [get_weather]})
    assert 'sunny' in r.text
    answers = await asyncio.gather(*(aio.models.generate_content(model=model, contents=f'n{i}') for i in range(20)))
    assert all(f'n{i}' in a.text for i, a in enumerate(answers))
    await aio.aclose()


@step('aio: files, caches, stores')
async def _():
    aio = fresh().aio
    made = await aio.files.upload(file=text_path)
    big = await aio.files.upload(file=io.BytesIO(b'x' * 9_000_000), config={'mime_type': 'text/plain'})
    equal(big.size_bytes, 9_000_000)
    assert made.name in [f.name async for f in await aio.files.list()]
    cached = await aio.caches.create(model=model, config={'contents': 'long', 'ttl': '60s'})
    await aio.caches.update(name=cached.name, config={'ttl': '90s'})
    assert cached.name in [c.name async for c in await aio.caches.list()]
    await aio.caches.delete(name=cached.name)
    zoo = await aio.file_search_stores.create(config={'display_name': 'Zoo'})
    operation = await aio.file_search_stores.upload_to_file_search_store(file_search_store_name=zoo.name, file=text_path)
    equal((await a_finished(aio, operation)).response.parent, zoo.name)
    operation = await aio.file_search_stores.import_file(file_search_store_name=zoo.name, file_name=made.name)
    assert (await a_finished(aio, operation)).response.document_name
    equal(len([d async for d in await aio.file_search_stores.documents.list(parent=zoo.name)]), 2)
    await aio.file_search_stores.delete(name=zoo.name, config={'force': True})
    await aio.files.delete(name=made.name)
    try:
        await aio.files.get(name=made.name)
        raise AssertionError('is still there')
    except errors.ClientError as error:
        equal((error.code, error.status), (403, 'PERMISSION_DENIED'))
    await aio.aclose()


@step('aio: batches, tokens')
async def _():
    aio = fresh().aio
    made = await aio.batches.create(model=model, src=[{'contents': 'x'}])
    for _ in range(5):
        made = await aio.batches.get(name=made.name)
    equal(made.state, types.JobState.JOB_STATE_SUCCEEDED)
    data = await aio.batches.list()
    assert made.name in [b.name async for b in data]
    await aio.batches.delete(name=made.name)
    assert (await fresh(api_version='v1alpha').aio.auth_tokens.create(config={'uses': 1})).name
    await aio.aclose()


@step('aio: interactions, webhooks')
async def _():
    aio = fresh().aio
    made = await aio.interactions.create(model=model, input='hi')
    assert 'hi' in said(made)
    kinds = [e.event_type async for e in await aio.interactions.create(model=model, input='hi', stream=True)]
    equal((kinds[0], kinds[-1]), ('interaction.created', 'interaction.completed'))
    await aio.interactions.delete(made.id)
    hook = await aio.webhooks.create(uri='https://example.com/hook', subscribed_events=['batch.succeeded'])
    await aio.webhooks.delete(hook.id)
    await aio.aclose()


@step('aio: an MCP session as a tool')
async def _():
    try:
        from mcp import ClientSession, StdioServerParameters
        from mcp.client.stdio import stdio_client
    except ImportError:
        return
    path = os.path.join(folder, 'server.py')
    with open(path, 'w', encoding='utf-8') as out:
        out.write('try:\n  from mcp.server.fastmcp import FastMCP as Server\nexcept ImportError:\n  from mcp.server import MCPServer as Server\ns = Server("s")\n@s.tool()\ndef add(a: int, b: int) -> int:\n  "adds"\n  return a + b\ns.run()\n')
    aio = fresh().aio
    async with stdio_client(StdioServerParameters(command=sys.executable, args=[path])) as (read, write):
        async with ClientSession(read, write) as session:
            await session.initialize()
            r = await aio.models.generate_content(model=model, contents='add 1 and 2', config={'tools': [session]})
            assert 'add gave' in r.text and '2' in r.text, r.text
    await aio.aclose()


print(f'{passed} of {passed + len(failed)} steps of the official Python SDK passed')
sys.exit(1 if failed else 0)
