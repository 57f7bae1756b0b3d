// The script of the Vercel AI SDK. Argument: the base URL.
import { createOpenAI } from '@ai-sdk/openai';
import { Output, embedMany, generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';
import { ERRORS, QUESTION, SCHEMA, failure, finish, step } from './transcript.mjs';

const openai = createOpenAI({ baseURL: process.argv[2] + '/v1', apiKey: 'sk-script' });
const asking = (model, more = {}) => ({ model: openai.chat(model), prompt: QUESTION, maxRetries: 0, ...more });
const essence = ({ text, finishReason, usage }) => ({ text, finishReason, usage });

await step('chat', async () => essence(await generateText(asking('chat'))));

await step('stream', async () => {
  const result = streamText(asking('stream'));
  const deltas = [];
  for await (const delta of result.textStream) deltas.push(delta);
  return [deltas, await result.finishReason, await result.usage];
});

await step('tools', async () => {
  const result = await generateText(
    asking('tools', {
      stopWhen: stepCountIs(3),
      tools: {
        depth: tool({
          inputSchema: jsonSchema({ type: 'object', properties: { at: { type: 'string' } } }),
          execute: async ({ at }) => ({ asked: at }),
        }),
      },
    }),
  );
  return result.steps.map(({ text, toolCalls, toolResults, finishReason }) => ({
    text,
    calls: toolCalls.map(({ toolCallId, toolName, input }) => ({ toolCallId, toolName, input })),
    results: toolResults.map(({ output }) => output),
    finishReason,
  }));
});

await step('structured', async () => {
  const { output } = await generateText(
    asking('structured', { output: Output.object({ schema: jsonSchema(SCHEMA) }) }),
  );
  return output;
});

await step('errors', async () => {
  const seen = {};
  for (const status of ERRORS) {
    seen[status] = await failure(
      () => generateText(asking('error-' + status)),
      (error) => ({
        type: error.name,
        status: error.statusCode,
        message: error.message,
        retryable: error.isRetryable,
        body: error.responseBody,
        retryAfter: error.responseHeaders['retry-after'],
        remaining: error.responseHeaders['x-ratelimit-remaining-requests'],
      }),
    );
  }
  return seen;
});

await step('abort', async () => {
  const controller = new AbortController();
  const result = streamText(asking('endless', { abortSignal: controller.signal, onError: () => {} }));
  let deltas = 0;
  const end = await failure(
    async () => {
      for await (const part of result.fullStream) {
        if (part.type === 'text-delta' && ++deltas === 3) controller.abort();
        if (part.type === 'abort') throw new Error('aborted');
      }
    },
    (error) => error.message,
  );
  return [deltas >= 3, end];
});

await step('retries', async () => (await generateText(asking('flaky', { maxRetries: 2 }))).text);

await step('embeddings', async () => {
  const { embeddings, usage } = await embedMany({ model: openai.embedding('embed'), values: ['a', 'b'] });
  return { float: embeddings, usage };
});

await step('responses', async () => {
  const model = openai.responses('respond');
  const whole = await generateText({ model, prompt: QUESTION, maxRetries: 0 });
  const stream = streamText({ model, prompt: QUESTION, maxRetries: 0 });
  const deltas = [];
  for await (const delta of stream.textStream) deltas.push(delta);
  return [whole.text, whole.usage, deltas];
});

finish();
