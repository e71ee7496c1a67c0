import { run } from './run.mjs';

/**
 * Asks the registry for known vulnerabilities: any of them fails where it would be shipped, from "high" on where it is in a tool.
 * Exit codes: 0 nothing found, 1 found, 2 the registry gave no answer, so that nothing is known.
 */
const QUESTIONS = [
  { about: 'what is shipped', args: ['--omit=dev', '--audit-level=low'] },
  { about: 'tools', args: ['--audit-level=high'] },
];

for (const { about, args } of QUESTIONS) {
  const { exitCode, output } = await run('npm', ['audit', '--json', '--loglevel=silent', ...args]);
  const answer = readAnswer(output);
  if (answer.vulnerabilities === undefined) {
    console.error(`Not audited (${about}): the registry gave no answer to npm audit${answer.message ? `: ${answer.message}` : '.'}`);
    console.error('Nothing is known of vulnerabilities, neither good nor bad. Ask a registry that answers: npm run audit --registry=URL');
    process.exitCode = 2;
    break;
  }
  const found = Object.entries(answer.vulnerabilities).map(([name, { severity }]) => `${name} (${severity})`);
  console.log(`${about}: ${found.length === 0 ? 'no known vulnerability' : found.join(', ')}`);
  if (exitCode !== 0) process.exitCode = 1;
}

/**
 * @param {string} output
 * @returns {{ vulnerabilities?: Readonly<Record<string, { severity: string }>>, message?: string }}
 */
function readAnswer(output) {
  const start = output.indexOf('{');
  try {
    return JSON.parse(output.slice(start, output.lastIndexOf('}') + 1));
  } catch {
    return { message: output.trim().split('\n')[0] ?? '' };
  }
}
