import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseServeArguments, SERVE_FLAGS } from '../../../src/cli/serve/serveArguments.js';

const FOLDER = fileURLToPath(new URL('../../../deploy', import.meta.url));
const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(yaml|conf|env|mjs)$|Dockerfile$/.test(name));
const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');
const numberIn = (name: string, pattern: RegExp): number => Number(pattern.exec(read(name))?.[1]);

describe('the files of deploy/', () => {
  it('give serve arguments that it has', () => {
    for (const name of ['compose.yaml', 'compose.emulator.yaml', 'kubernetes/visavis.yaml']) {
      const flags = [...read(name).matchAll(/^ *- --([a-z-]+)=(\S+)/gm)];
      expect(flags.length, name).toBeGreaterThan(3);
      for (const [, flag = ''] of flags) expect(Object.keys(SERVE_FLAGS), name).toContain(flag);
      const argv = flags.map(([, flag = '', value = '']) => `--${flag}=${value}`);
      expect(() => parseServeArguments(argv), name).not.toThrow();
    }
  });

  it('leave an instance the time that it takes to stop', () => {
    const drainSeconds = (name: string): number => numberIn(name, /--drain-seconds=(\d+)/);
    expect(numberIn('compose.yaml', /stop_grace_period: (\d+)s/)).toBeGreaterThan(drainSeconds('compose.yaml'));
    const preStopSeconds = numberIn('kubernetes/visavis.yaml', /command: \[sleep, '(\d+)'\]/);
    expect(numberIn('kubernetes/visavis.yaml', /terminationGracePeriodSeconds: (\d+)/)).toBeGreaterThan(drainSeconds('kubernetes/visavis.yaml') + preStopSeconds);
  });

  it('let no proxy end what the server still holds, and none write to what it has closed', () => {
    const source = (path: string): string => readFileSync(fileURLToPath(new URL(`../../../src/${path}`, import.meta.url)), 'utf8');
    const keepAliveMs = Number(/keepAliveMs = ([\d_]+)/.exec(source('cli/serve/createFront.ts'))?.[1]?.replaceAll('_', ''));
    const maxIdleMs = Number(/check\('maxIdleMs', ([\d_]+)\)/.exec(source('server/resolveServerOptions.ts'))?.[1]?.replaceAll('_', ''));
    expect(numberIn('nginx.conf', /keepalive_timeout (\d+)s/) * 1_000).toBeLessThan(keepAliveMs);
    for (const [name, pattern] of [['nginx.conf', /location = \/api\/avatar\/relay \{[^}]*proxy_read_timeout (\d+)s/], ['kubernetes/ingress.yaml', /proxy-read-timeout: '(\d+)'/]] as const)
      expect(numberIn(name, pattern) * 1_000, name).toBeGreaterThan(maxIdleMs);
  });

  it('hold no secret, and ask for every one that must be there', () => {
    for (const name of files) {
      // Names of variables stand alone, or with a place to fill in.
      for (const [line] of read(name).matchAll(/^.*(?:SECRET|TOKEN|API_KEY|CERTIFICATE|PASSWORD)\w*[=:] *\S.*$/gm)) expect(line, name).toMatch(/\$\{|openssl|…|^ *#|\$\(/);
    }
    for (const variable of ['VISAVIS_SECRET', 'VISAVIS_OPERATOR_TOKEN', 'APP_ORIGIN']) expect(read('compose.yaml')).toContain(`\${${variable}:?`);
  });

  it('run as a user of no rights', () => {
    const stages = read('Dockerfile').split(/^FROM /m);
    expect(stages.at(-1)).toMatch(/^USER node$/m);
    expect(read('kubernetes/visavis.yaml')).toContain('runAsNonRoot: true');
  });
});
