import { describe, expect, it } from 'vitest';
import { watchAutoplay, type AutoplaySource } from '../../../src/channel/agora/watchAutoplay.js';

describe('watchAutoplay', () => {
  it.each([[[0, 1, 2]], [[2, 1, 0]], [[1, 0, 2]], [[1, 2, 0]]])('gives the place back to the page, whoever of three rooms leaves first: %j', (order) => {
    const heard: string[] = [];
    const own = () => void heard.push('page');
    const sdk: AutoplaySource = { onAutoplayFailed: own };
    const stops = ['a', 'b', 'c'].map((name) => watchAutoplay(sdk, () => void heard.push(name)));
    sdk.onAutoplayFailed?.();
    expect(heard).toEqual(['page', 'a', 'b', 'c']);
    for (const index of order) stops[index]?.();
    expect(sdk.onAutoplayFailed).toBe(own);
    sdk.onAutoplayFailed?.();
    expect(heard).toEqual(['page', 'a', 'b', 'c', 'page']);
  });

  it('no longer calls a room that was left, while another is still there', () => {
    const heard: string[] = [];
    const sdk: AutoplaySource = {};
    const stop = watchAutoplay(sdk, () => void heard.push('a'));
    watchAutoplay(sdk, () => void heard.push('b'));
    stop();
    sdk.onAutoplayFailed?.();
    expect(heard).toEqual(['b']);
  });

  it('leaves alone what the page has set since, and passes the event on through it', () => {
    const heard: string[] = [];
    const sdk: AutoplaySource = {};
    const stopFirst = watchAutoplay(sdk, () => void heard.push('a'));
    const below = sdk.onAutoplayFailed;
    const page = () => {
      heard.push('page');
      below?.();
    };
    sdk.onAutoplayFailed = page;
    const stopSecond = watchAutoplay(sdk, () => void heard.push('b'));
    sdk.onAutoplayFailed?.();
    expect(heard).toEqual(['page', 'a', 'b']);
    stopFirst();
    stopSecond();
    expect(sdk.onAutoplayFailed).toBe(page);
  });
});
