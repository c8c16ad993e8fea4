// node gateway_tour.mjs GATEWAY_URL
//
// The official SDKs for JavaScript, Google's and OpenAI's, on a tour of examples/gateway_server.cpp: groups, streams,
// functions, structured output, embeddings, keys, budgets, errors.
import assert from 'node:assert/strict'
import { GoogleGenAI } from '@google/genai'
import OpenAI from 'openai'

const url = process.argv[2]
const google = key => new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: url } })
const openai = key => new OpenAI({ apiKey: key, baseURL: url + '/v1/', maxRetries: 0 })
const ai = google('sk-rich')
const other = openai('sk-rich')
const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
const tally = { google: [0, 0], openai: [0, 0] }

async function step(sdk, name, run) {
  ++tally[sdk][1]
  try {
    await run()
    ++tally[sdk][0]
    console.log(`ok    ${sdk}: ${name}`)
  } catch (problem) {
    console.log(`FAIL  ${sdk}: ${name}: ${problem.stack ?? problem}`)
  }
}
const refused = async (promise, status) => assert.equal((await promise.then(() => ({}), error => error)).status, status)

await step('google', 'an answer of a group, and of a model by its name', async () => {
  const made = await ai.models.generateContent({ model: 'fast', contents: 'Hello' })
  assert.ok(made.text.includes('Hello'))
  assert.equal(made.modelVersion, 'gemini-2.5-flash')
  assert.ok(made.usageMetadata.totalTokenCount > 0)
  assert.equal((await ai.models.generateContent({ model: 'gemini-2.5-pro', contents: 'x' })).modelVersion, 'gemini-2.5-pro')
})
await step('google', 'a stream', async () => {
  let text = ''
  let chunks = 0
  for await (const chunk of await ai.models.generateContentStream({ model: 'fast', contents: 'Hello there, how are you?' })) {
    text += chunk.text ?? ''
    ++chunks
  }
  assert.ok(chunks > 1 && text.includes('Hello there'))
})
await step('google', 'a chat, with functions', async () => {
  const chat = ai.chats.create({ model: 'fast', config: { tools: [{ functionDeclarations: [{ name: 'weather', parametersJsonSchema: schema }] }] } })
  const asked = await chat.sendMessage({ message: 'weather city=Rome' })
  assert.equal(asked.functionCalls[0].name, 'weather')
  const told = await chat.sendMessage({ message: [{ functionResponse: { name: 'weather', response: { sky: 'clear' } } }] })
  assert.ok(told.text)
})
await step('google', 'structured output, tokens and embeddings', async () => {
  const made = await ai.models.generateContent({ model: 'good', contents: 'A city', config: { responseMimeType: 'application/json', responseJsonSchema: schema } })
  assert.equal(typeof JSON.parse(made.text).city, 'string')
  assert.ok((await ai.models.countTokens({ model: 'fast', contents: 'Hello' })).totalTokens > 0)
  assert.ok((await ai.models.embedContent({ model: 'gemini-embedding-001', contents: 'Hello' })).embeddings[0].values.length > 0)
})
await step('google', 'keys, unknown groups, budgets', async () => {
  await refused(google('sk-nobody').models.generateContent({ model: 'fast', contents: 'x' }), 401)
  await refused(ai.models.generateContent({ model: 'nothing', contents: 'x' }), 400)
  await refused(google('sk-poor').models.generateContent({ model: 'fast', contents: 'x' }), 429)
})

const asks = (content, more = {}) => ({ model: 'fast', messages: [{ role: 'user', content }], ...more })
const weather = { type: 'function', function: { name: 'weather', description: 'The weather.', parameters: schema } }
await step('openai', 'a completion', async () => {
  const made = await other.chat.completions.create(asks('Hello'))
  assert.ok(made.choices[0].message.content.includes('Hello'))
  assert.equal(made.usage.total_tokens, made.usage.prompt_tokens + made.usage.completion_tokens)
})
await step('openai', 'a stream, and its helper', async () => {
  let text = ''
  for await (const chunk of await other.chat.completions.create(asks('Hello there', { stream: true }))) text += chunk.choices[0]?.delta?.content ?? ''
  assert.ok(text.includes('Hello there'))
  assert.ok(await other.chat.completions.stream(asks('Hello', { model: 'good' })).finalContent())
})
await step('openai', 'tools', async () => {
  const call = (await other.chat.completions.create(asks('weather city=Rome', { tools: [weather], tool_choice: 'required' }))).choices[0].message
  assert.equal(JSON.parse(call.tool_calls[0].function.arguments).city, 'Rome')
})
await step('openai', 'structured output, embeddings and models', async () => {
  const made = await other.chat.completions.parse(asks('A city', { response_format: { type: 'json_schema', json_schema: { name: 'city', schema, strict: true } } }))
  assert.equal(typeof made.choices[0].message.parsed.city, 'string')
  assert.ok((await other.embeddings.create({ model: 'gemini-embedding-001', input: 'Hello' })).data[0].embedding.length > 0)
  const ids = []
  for await (const one of other.models.list()) ids.push(one.id)
  assert.ok(ids.includes('fast') && ids.includes('good'))
})
await step('openai', 'keys, unknown groups, budgets', async () => {
  await assert.rejects(openai('sk-nobody').chat.completions.create(asks('x')), OpenAI.AuthenticationError)
  await assert.rejects(other.chat.completions.create(asks('x', { model: 'nothing' })), OpenAI.BadRequestError)
  await assert.rejects(openai('sk-poor').chat.completions.create(asks('x')), OpenAI.RateLimitError)
  const spent = await (await fetch(url + '/spend', { headers: { 'x-goog-api-key': 'sk-rich' } })).json()
  assert.ok(spent.dollars > 0 && spent.attempts > 10)
})

for (const [sdk, [passed, all]] of Object.entries(tally)) console.log(`${passed} of ${all} steps of the official ${sdk} SDK passed`)
process.exit(Object.values(tally).every(([passed, all]) => passed === all) ? 0 : 1)
