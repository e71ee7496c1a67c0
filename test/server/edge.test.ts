import { fileURLToPath } from 'node:url';
import { rolldown, type OutputChunk } from 'rolldown';
import { expect, it } from 'vitest';

it('the server entry imports nothing of Node until the relay or the Node listener is used', async () => {
  const bundle = await rolldown({ input: fileURLToPath(new URL('../../src/server.ts', import.meta.url)), platform: 'neutral', external: /^(?![./])/ });
  const { output } = await bundle.generate({ format: 'es' });
  await bundle.close();
  const chunks = new Map(output.filter((part): part is OutputChunk => part.type === 'chunk').map((chunk) => [chunk.fileName, chunk]));

  const imported = new Set<string>();
  const visit = (name: string): void => {
    if (imported.has(name)) return;
    imported.add(name);
    chunks.get(name)?.imports.forEach(visit);
  };
  for (const chunk of chunks.values()) if (chunk.isEntry) visit(chunk.fileName);

  const packages = [...imported].filter((name) => !chunks.has(name)).sort();
  expect(packages).toEqual(['@opentelemetry/api', 'hono', 'hono/cors', 'jose', 'zod']);
});
