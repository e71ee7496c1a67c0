import { createSessionRing } from '../../../src/session/log/createSessionRing.js';
import { redactSecrets } from '../../../src/session/log/redactSecrets.js';
import { replayLog } from '../../../src/session/log/replayLog.js';
import { writeSessionLog } from '../../../src/session/log/writeSessionLog.js';
import { SESSION_ALPHABET } from '../../model/sessionAlphabet.js';
import { expectThat, orRefusal, type FuzzTarget } from '../FuzzTarget.js';
import type { Random } from '../mutators/createRandom.js';
import { mutateJson } from '../mutators/mutateJson.js';
import { oddText } from '../mutators/oddText.js';

/** Logs of sessions, as somebody sends them: they are replayed or refused. */
export const sessionLog: FuzzTarget = {
  share: 1,
  fuzz(random) {
    const genuine = JSON.stringify(anyLog(random));
    const text = random.chance(0.1) ? genuine : mutateJson(random, [genuine]);
    const replay = orRefusal(['message-invalid'], text, () => replayLog(text));
    expectThat(text !== genuine || replay?.matches === true, 'A genuine log does not become the same states', text);
    const words = `${oddText(random)} ${random.pick(['token=abc', 'Bearer x', 'https://u@h/p?q', 'authorization: Basic dXNlcjpwYXNzd29yZDEyMzQ=', '\\"key\\":\\"x', 'key%3Dx', 'cookie: a; b', 'https%3A%2F%2Fh', 'key is abc1', ''])}${oddText(random)}`;
    expectThat(redactSecrets(redactSecrets(words)) === redactSecrets(words), 'It matters how often a text is cleaned', words);
    return { input: text.length, output: replay?.steps.length ?? 0 };
  },
};

function anyLog(random: Random) {
  const ring = createSessionRing({ maxAttempts: 3 });
  for (let events = random.below(12); events > 0; events--) ring.record(random.pick(SESSION_ALPHABET));
  return writeSessionLog(ring.read(), { logText: random.chance(0.8) });
}
