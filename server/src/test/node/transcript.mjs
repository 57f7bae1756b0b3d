// What a client library has seen, step by step; written to standard output as JSON.
const steps = {};

export async function step(name, observe) {
  steps[name] = await observe();
}

/** What a failing call looks like to an application. */
export async function failure(call, describe) {
  try {
    await call();
    return 'no error';
  } catch (error) {
    return describe(error);
  }
}

export function finish() {
  process.stdout.write(JSON.stringify(steps));
}

export const QUESTION = 'How is the cooling loop of the Kestrel rig closed?';
export const ERRORS = [400, 401, 429, 500];
export const SCHEMA = {
  type: 'object',
  properties: { berth: { type: 'integer' }, note: { type: 'string' } },
  required: ['berth', 'note'],
  additionalProperties: false,
};
