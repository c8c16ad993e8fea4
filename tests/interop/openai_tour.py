#!/usr/bin/env python3
# openai_tour.py BASE_URL [google]
#
# OpenAI's Python SDK on a tour of the emulator's /v1beta/openai/: completions, streams and their helper, tools, structured
# output, embeddings, images, models, errors, asyncio. With `google`, the emulator behaves as Google's own endpoint.
import asyncio
import json
import sys

import openai
from pydantic import BaseModel

base = sys.argv[1].rstrip('/') + '/v1beta/openai/'
as_google = sys.argv[2:] == ['google']
model = 'gemini-2.5-flash'
client = openai.OpenAI(api_key='test-key', base_url=base, max_retries=0)
passed, failed = 0, []
pixel = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='
weather = {'type': 'function', 'function': {'name': 'weather', 'description': 'The weather.', 'parameters': {
    'type': 'object', 'properties': {'city': {'type': 'string'}}, 'required': ['city']}}}


def step(name):
    """Runs the function below it at once."""

    def run(function):
        global passed
        try:
            result = function()
            if asyncio.iscoroutine(result):
                asyncio.run(result)
            passed += 1
            print(f'ok    {name}')
        except Exception as problem:
            failed.append(name)
            print(f'FAIL  {name}: {type(problem).__name__}: {problem}')

    return run


def asks(text, **more):
    return {'model': model, 'messages': [{'role': 'user', 'content': text}], **more}


def refusal(kind, function):
    try:
        function()
    except kind as error:
        return error
    raise AssertionError(f'no {kind.__name__}')


@step('a completion')
def _():
    made = client.chat.completions.create(**asks('Hello'))
    assert made.choices[0].message.content and made.choices[0].finish_reason == 'stop'
    assert made.usage.total_tokens == made.usage.prompt_tokens + made.usage.completion_tokens


@step('parameters')
def _():
    made = client.chat.completions.create(**asks('Hello there', temperature=0, top_p=0.5, max_tokens=5, seed=1, stop=['x'], n=2, user='u', metadata={'a': 'b'}))
    assert len(made.choices) == 2
    made = client.chat.completions.create(**asks('Tell me a long story', max_completion_tokens=3))
    assert made.choices[0].finish_reason == 'length'


@step('system, developer and several turns')
def _():
    made = client.chat.completions.create(model=model, messages=[
        {'role': 'system', 'content': 'Be brief.'}, {'role': 'developer', 'content': 'Be kind.'},
        {'role': 'user', 'content': 'Hello'}, {'role': 'assistant', 'content': 'Hi.'},
        {'role': 'user', 'content': [{'type': 'text', 'text': 'And this?'}, {'type': 'image_url', 'image_url': {'url': pixel}}]}])
    assert made.choices[0].message.content


@step('a stream')
def _():
    text, usage = '', None
    for chunk in client.chat.completions.create(**asks('Hello there, how are you?', stream=True, stream_options={'include_usage': True})):
        usage = chunk.usage or usage
        text += chunk.choices[0].delta.content or '' if chunk.choices else ''
    assert text and usage.total_tokens > 0


@step('tools')
def _():
    asked = asks('Weather in Rome?', tools=[weather], tool_choice='required')
    call = client.chat.completions.create(**asked).choices[0].message
    assert call.tool_calls[0].function.name == 'weather' and call.content is None
    assert 'city' in json.loads(call.tool_calls[0].function.arguments)
    asked['messages'] += [call, {'role': 'tool', 'tool_call_id': call.tool_calls[0].id, 'content': '{"sky": "clear"}'}]
    del asked['tool_choice']
    assert client.chat.completions.create(**asked).choices[0].message.content


@step('embeddings')
def _():
    made = client.embeddings.create(model='gemini-embedding-001', input=['a', 'b'])  # asks for base64
    plain = client.embeddings.create(model='gemini-embedding-001', input=['a', 'b'], encoding_format='float')
    assert len(made.data) == 2 and len(made.data[0].embedding) == len(plain.data[0].embedding)
    assert all(abs(a - b) < 1e-5 for a, b in zip(made.data[1].embedding, plain.data[1].embedding))
    assert len(client.embeddings.create(model='gemini-embedding-001', input='a', dimensions=64).data[0].embedding) == 64


@step('images')
def _():
    assert client.images.generate(model='imagen-4.0-generate-001', prompt='a cat', n=2, size='1024x1024', response_format='b64_json').data[1].b64_json
    assert client.images.generate(model='gemini-2.5-flash-image', prompt='a cat').data[0].b64_json


@step('models')
def _():
    ids = [one.id for one in client.models.list()]
    assert ('models/' if as_google else '') + model in ids, ids[:3]
    assert client.models.retrieve(model).id.endswith(model)


@step('reasoning')
def _():
    thinking = {'google': {'thinking_config': {'include_thoughts': True}}}
    said = client.chat.completions.create(**asks('Think.', extra_body={'extra_body': thinking})).choices[0].message
    if as_google:
        assert said.content.startswith('<thought>'), said
    else:
        assert said.model_extra['reasoning_content'], said
    assert client.chat.completions.create(**asks('Think.', reasoning_effort='low')).choices[0].message.content


@step('errors')
def _():
    error = refusal(openai.NotFoundError, lambda: client.chat.completions.create(model='no-such-model', messages=[{'role': 'user', 'content': 'x'}]))
    assert as_google or 'not found' in error.message
    refusal(openai.BadRequestError, lambda: client.chat.completions.create(model=model, messages=[{'role': 'narrator', 'content': 'x'}]))
    refusal(openai.BadRequestError, lambda: openai.OpenAI(api_key='wrong', base_url=base, max_retries=0).models.list())


@step('asyncio')
async def _():
    aio = openai.AsyncOpenAI(api_key='test-key', base_url=base, max_retries=0)
    made = await asyncio.gather(*[aio.chat.completions.create(**asks(f'Hello {i}')) for i in range(4)])
    assert all(one.choices[0].message.content for one in made)
    stream = await aio.chat.completions.create(**asks('Hello', stream=True))
    assert ''.join([chunk.choices[0].delta.content or '' async for chunk in stream])
    await aio.close()


if as_google:
    @step('calls without index')
    def _():
        deltas = [chunk.choices[0] for chunk in client.chat.completions.create(**asks('Weather in Rome?', tools=[weather], tool_choice='required', stream=True))]
        call = deltas[0].delta.tool_calls[0]
        assert call.index is None and call.function.name == 'weather' and deltas[-1].finish_reason == 'stop'
else:
    @step('the helper for streams')
    def _():
        with client.chat.completions.stream(**asks('Weather in Rome?', tools=[weather], tool_choice='required')) as stream:
            final = stream.get_final_completion()
        assert final.choices[0].message.tool_calls[0].function.name == 'weather'
        with client.chat.completions.stream(**asks('Hello')) as stream:
            kinds = {event.type for event in stream}
        assert {'chunk', 'content.delta', 'content.done'} <= kinds, kinds

    @step('structured output')
    def _():
        class City(BaseModel):
            name: str
            people: int
        made = client.chat.completions.parse(**asks('A city'), response_format=City)
        assert isinstance(made.choices[0].message.parsed, City)
        plain = client.chat.completions.create(**asks('A city', response_format={'type': 'json_object'}))
        json.loads(plain.choices[0].message.content)

print(f'{passed} of {passed + len(failed)} steps of the openai SDK {openai.__version__} for Python passed')
sys.exit(1 if failed else 0)
