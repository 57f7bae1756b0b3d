// The script of the official OpenAI client for JavaScript. Argument: the base URL.
import OpenAI from 'openai';
import { ERRORS, QUESTION, SCHEMA, failure, finish, step } from './transcript.mjs';

const client = new OpenAI({ baseURL: process.argv[2] + '/v1', apiKey: 'sk-script', maxRetries: 0 });
const asking = (model, more = {}) => ({
  model,
  messages: [{ role: 'user', content: QUESTION }],
  ...more,
});

await step('chat', async () => client.chat.completions.create(asking('chat')));

await step('stream', async () => {
  const chunks = [];
  const stream = await client.chat.completions.create(
    asking('stream', { stream: true, stream_options: { include_usage: true } }),
  );
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
});

await step('tools', async () => {
  const tools = [
    {
      type: 'function',
      function: { name: 'depth', parameters: { type: 'object', properties: { at: { type: 'string' } } } },
    },
  ];
  const first = await client.chat.completions.create(asking('tools', { tools }));
  const message = first.choices[0].message;
  const results = message.tool_calls.map((call) => ({
    role: 'tool',
    tool_call_id: call.id,
    content: JSON.stringify({ asked: JSON.parse(call.function.arguments).at }),
  }));
  const second = await client.chat.completions.create({
    model: 'tools',
    tools,
    messages: [{ role: 'user', content: QUESTION }, message, ...results],
  });
  return [first, second];
});

await step('structured', async () => {
  const completion = await client.chat.completions.parse(
    asking('structured', {
      response_format: { type: 'json_schema', json_schema: { name: 'berth', strict: true, schema: SCHEMA } },
    }),
  );
  return JSON.parse(completion.choices[0].message.content);
});

await step('errors', async () => {
  const seen = {};
  for (const status of ERRORS) {
    seen[status] = await failure(
      () => client.chat.completions.create(asking('error-' + status)),
      (error) => ({
        type: error.constructor.name,
        status: error.status,
        message: error.message,
        code: error.code,
        request: error.requestID,
        retryAfter: error.headers.get('retry-after'),
        remaining: error.headers.get('x-ratelimit-remaining-requests'),
      }),
    );
  }
  return seen;
});

await step('abort', async () => {
  const stream = await client.chat.completions.create(asking('endless', { stream: true }));
  let chunks = 0;
  for await (const chunk of stream) {
    chunks += chunk.choices.length;
    if (chunks === 3) stream.controller.abort();
  }
  return chunks;
});

await step('retries', async () => {
  const completion = await client.chat.completions.create(asking('flaky'), { maxRetries: 2 });
  return completion.choices[0].message.content;
});

await step('models', async () => {
  const ids = [];
  for await (const model of client.models.list()) ids.push(model.id);
  return ids;
});

await step('embeddings', async () => {
  const seen = {};
  for (const format of ['float', 'base64']) {
    const answer = await client.embeddings.create({ model: 'embed', input: ['a', 'b'], encoding_format: format });
    seen[format] = answer.data;
  }
  seen.unasked = (await client.embeddings.create({ model: 'embed', input: 'a' })).data;
  return seen;
});

await step('responses', async () => {
  const whole = await client.responses.create({ model: 'respond', input: QUESTION });
  const events = [];
  for await (const event of await client.responses.create({ model: 'respond', input: QUESTION, stream: true })) {
    events.push(event);
  }
  return [whole.output_text, events];
});

finish();
