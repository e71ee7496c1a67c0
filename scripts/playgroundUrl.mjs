import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 150;

/**
 * @param {string} url
 * @param {AbortSignal} signal
 * @returns {Promise<Response>} the first answer that is a success
 */
export async function waitForAnswer(url, signal) {
  for (;;) {
    signal.throwIfAborted();
    const response = await fetch(url, { signal }).catch(() => undefined);
    if (response?.ok) return response;
    await delay(POLL_MS, undefined, { signal });
  }
}

/**
 * Waits until Storybook serves its stories.
 * @param {string} storybookUrl
 * @param {AbortSignal} signal
 * @returns {Promise<string>} the page of the first story
 */
export async function firstStoryUrl(storybookUrl, signal) {
  await waitForAnswer(`${storybookUrl}/iframe.html`, signal);
  const response = await waitForAnswer(`${storybookUrl}/index.json`, signal);
  const index = /** @type {{ entries: Record<string, { id: string, type: string }> }} */ (await response.json());
  const story = Object.values(index.entries).find(({ type }) => type === 'story');
  if (!story) throw new Error('Storybook has no story to show.');
  return `${storybookUrl}/?path=/story/${story.id}`;
}
