import type { Plugin } from 'vite';

/** Of Storybook's renderer. `.storybook/main.ts` gives them to its pages; tests have to be told themselves. */
export const rendererOptions = { strictMode: true } as const;

/**
 * Has the stories of a Vitest project rendered under StrictMode. A decorator would not do: React runs effects twice only where
 * StrictMode is the first thing of what is mounted. The renderer reads the global when it is loaded, so it stands in the page itself.
 */
export function strictStories(): Plugin {
  const children = `globalThis.FRAMEWORK_OPTIONS = ${JSON.stringify(rendererOptions)};`;
  return { name: 'visavis:strict-stories', transformIndexHtml: () => [{ tag: 'script', children, injectTo: 'head-prepend' }] };
}
