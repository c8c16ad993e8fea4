// node openai_tour.mjs BASE_URL [google]
//
// OpenAI's JavaScript SDK on a tour of the emulator's /v1beta/openai/: completions, streams and their helper, tools,
// structured output, embeddings, images, models, errors. With `google`, the emulator behaves as Google's own endpoint.
import assert from 'node:assert/strict'
import OpenAI from 'openai'
import { VERSION } from 'openai/version'

const baseURL = process.argv[2].replace(/\/$/, '') + '/v1beta/openai/'
const asGoogle = process.argv[3] === 'google'
const model = 'gemini-2.5-flash'
const client = new OpenAI({ apiKey: 'test-key', baseURL, maxRetries: 0 })
const pixel = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='
const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
const weather = { type: 'function', function: { name: 'weather', description: 'The weather.', parameters: schema } }
const asks = (content, more = {}) => ({ model, messages: [{ role: 'user', content }], ...more })
let passed = 0
const failed = []

async function step(name, run) {
  try {
    await run()
    ++passed
    console.log(`ok    ${name}`)
  } catch (problem) {
    failed.push(name)
    console.log(`FAIL  ${name}: ${problem.stack ?? problem}`)
  }
}

await step('a completion', async () => {
  const made = await client.chat.completions.create(asks('Hello'))
  assert.ok(made.choices[0].message.content)
  assert.equal(made.choices[0].finish_reason, 'stop')
  assert.equal(made.usage.total_tokens, made.usage.prompt_tokens + made.usage.completion_tokens)
})

await step('parameters and parts', async () => {
  const made = await client.chat.completions.create(asks([{ type: 'text', text: 'And this?' }, { type: 'image_url', image_url: { url: pixel } }], { temperature: 0, top_p: 0.5, seed: 1, stop: 'x', n: 2, user: 'u' }))
  assert.equal(made.choices.length, 2)
  assert.equal((await client.chat.completions.create(asks('Tell me a long story', { max_completion_tokens: 3 }))).choices[0].finish_reason, 'length')
})

await step('a stream', async () => {
  let text = ''
  let usage
  for await (const chunk of await client.chat.completions.create(asks('Hello there, how are you?', { stream: true, stream_options: { include_usage: true } }))) {
    usage = chunk.usage ?? usage
    text += chunk.choices[0]?.delta?.content ?? ''
  }
  assert.ok(text && usage.total_tokens > 0)
})

await step('tools', async () => {
  const asked = asks('Weather in Rome?', { tools: [weather], tool_choice: 'required' })
  const call = (await client.chat.completions.create(asked)).choices[0].message
  assert.equal(call.tool_calls[0].function.name, 'weather')
  assert.ok('city' in JSON.parse(call.tool_calls[0].function.arguments))
  asked.messages.push(call, { role: 'tool', tool_call_id: call.tool_calls[0].id, content: '{"sky": "clear"}' })
  delete asked.tool_choice
  assert.ok((await client.chat.completions.create(asked)).choices[0].message.content)
})

await step('embeddings', async () => {
  const made = await client.embeddings.create({ model: 'gemini-embedding-001', input: ['a', 'b'] })
  const plain = await client.embeddings.create({ model: 'gemini-embedding-001', input: ['a', 'b'], encoding_format: 'float' })
  assert.equal(made.data.length, 2)
  made.data[1].embedding.forEach((value, i) => assert.ok(Math.abs(value - plain.data[1].embedding[i]) < 1e-5))
})

await step('images', async () => {
  assert.ok((await client.images.generate({ model: 'imagen-4.0-generate-001', prompt: 'a cat', size: '1024x1024' })).data[0].b64_json)
  assert.ok((await client.images.generate({ model: 'gemini-2.5-flash-image', prompt: 'a cat' })).data[0].b64_json)
})

await step('models', async () => {
  const ids = []
  for await (const one of client.models.list()) ids.push(one.id)
  assert.ok(ids.includes((asGoogle ? 'models/' : '') + model))
  assert.ok((await client.models.retrieve(model)).id.endsWith(model))
})

await step('errors', async () => {
  await assert.rejects(client.chat.completions.create(asks('x', { model: 'no-such-model' })), OpenAI.NotFoundError)
  await assert.rejects(client.chat.completions.create({ model, messages: [{ role: 'narrator', content: 'x' }] }), OpenAI.BadRequestError)
  await assert.rejects(new OpenAI({ apiKey: 'wrong', baseURL, maxRetries: 0 }).models.list(), OpenAI.BadRequestError)
})

if (asGoogle) {
  await step('calls without index', async () => {
    const choices = []
    for await (const chunk of await client.chat.completions.create(asks('Weather in Rome?', { tools: [weather], tool_choice: 'required', stream: true }))) choices.push(chunk.choices[0])
    assert.equal(choices[0].delta.tool_calls[0].index, undefined)
    assert.equal(choices.at(-1).finish_reason, 'stop')
  })
} else {
  await step('the helper for streams', async () => {
    const final = await client.chat.completions.stream(asks('Weather in Rome?', { tools: [weather], tool_choice: 'required' })).finalChatCompletion()
    assert.equal(final.choices[0].message.tool_calls[0].function.name, 'weather')
    assert.ok(await client.chat.completions.stream(asks('Hello')).finalContent())
  })

  await step('structured output', async () => {
    const made = await client.chat.completions.parse(asks('A city', { response_format: { type: 'json_schema', json_schema: { name: 'city', schema, strict: true } } }))
    assert.equal(typeof made.choices[0].message.parsed.city, 'string')
  })

  await step('the helper that runs tools', async () => {
    const asked = []
    const runner = client.chat.completions.runTools(asks('weather city=Rome', { tools: [{ type: 'function', function: { ...weather.function, function: given => (asked.push(given.city), 'sunny'), parse: JSON.parse } }] }))
    assert.ok(await runner.finalContent())
    assert.ok(asked.length > 0)
  })
}

console.log(`${passed} of ${passed + failed.length} steps of the openai SDK ${VERSION} for JavaScript passed`)
process.exit(failed.length ? 1 : 0)
