// Writes docs/session-states.md from an exploration of the session's reducer.
import { writeFile } from 'node:fs/promises';
import { runnerImport } from 'vite';

const { module } = await runnerImport('./test/model/drawStates.ts');
const { drawStates } = /** @type {typeof import('../test/model/drawStates.js')} */ (module);
await writeFile(new URL('../docs/session-states.md', import.meta.url), drawStates());
