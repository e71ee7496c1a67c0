import { cleanup, render, screen } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { Avatar, AvatarProvider, defaultLabels, type AvatarLabels } from '../../src/index.js';
import { direction, labelLanguages, labelsFor, loadLabels, pseudoLabels, type LabelLanguage } from '../../src/labels.js';
import { englishTools } from '../../src/react/labels/DevtoolsLabels.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';

/** Words that a language has in common with English. Each was looked at; what is not here and equal has been forgotten. */
const SHARED: Partial<Record<LabelLanguage, readonly string[]>> = {
  de: ['avatar', 'failureDetails'],
  es: ['avatar'],
  fr: ['avatar', 'controls', 'roles.assistant', 'widget'],
  'pt-BR': ['avatar'],
};

afterEach(cleanup);

const translated = labelLanguages.filter((language) => language !== 'en');

/** What every function says for a few values, and every text, by path. The developer tools are English everywhere. */
function readWords(words: object): Map<string, { readonly text: string; readonly given: unknown }> {
  const read = new Map<string, { text: string; given: unknown }>();
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'string') read.set(path, { text: value, given: undefined });
    else if (typeof value === 'function') for (const given of valuesFor(path)) read.set(`${path}(${given})`, { text: String(Reflect.apply(value, undefined, [given])), given });
    else if (typeof value === 'object' && value !== null) for (const [name, child] of Object.entries(value)) visit(child, path === '' ? name : `${path}.${name}`);
  };
  visit(Object.fromEntries(Object.entries(words).filter(([name]) => !(name in englishTools))), '');
  return read;
}

function valuesFor(path: string): readonly (string | number)[] {
  if (/endsSoon/.test(path)) return [0, 1, 2, 5, 11, 30, 49, 50, 60, 89, 90, 120, 300, 720, 6000];
  if (/listFound|unnamedDevice/.test(path)) return [1, 2, 3, 7, 11, 42, 100, 103];
  if (/timeLeft|timeElapsed/.test(path)) return ['4:59', '1:02:03'];
  return /^(voicePlay|voiceStop)/.test(path) ? ['Ava'] : ['Ava', ''];
}

describe.each(translated)('the words of %s', (language) => {
  it('are as many as those of English', async () => {
    expect([...readWords(await loadLabels(language)).keys()]).toEqual([...readWords(defaultLabels).keys()]);
  });

  it('are their own but for those that both languages share', async () => {
    const english = readWords(defaultLabels);
    const same = [...readWords(await loadLabels(language))].filter(([path, { text }]) => text === english.get(path)?.text).map(([path]) => path);
    expect(same.toSorted()).toEqual([...(SHARED[language] ?? [])].toSorted());
  });

  it('leave nothing empty, and no space where none belongs', async () => {
    for (const [path, { text }] of readWords(await loadLabels(language))) {
      expect(text, path).not.toBe('');
      expect(text, path).toBe(text.trim());
      expect(text, path).not.toMatch(/ {2}|[^\S \u00a0]| [,.!)]|\( |undefined|null|\[object/);
    }
  });

  it('hold every name and time that they are given', async () => {
    for (const [path, { text, given }] of readWords(await loadLabels(language))) {
      if (typeof given === 'string') expect(text, path).toContain(given);
    }
  });

  it('say numbers as digits, or in words where the language does', async () => {
    const labels = await loadLabels(language);
    for (const count of [3, 7, 11, 42, 100]) {
      expect(labels.listFound(count)).toContain(`${count}`);
      expect(labels.unnamedDevice(count)).toContain(`${count}`);
    }
    for (const seconds of [5, 11, 30, 49]) expect(labels.endsSoon(seconds)).toContain(`${seconds}`);
    for (const minutes of [3, 5, 12, 100]) expect(labels.endsSoon(minutes * 60)).toContain(`${minutes}`);
    for (const [one, other] of [[60, 120], [60, 1], [120, 2]] as const) expect(labels.endsSoon(one)).not.toBe(labels.endsSoon(other));
  });

  it('pair their direction marks', async () => {
    for (const [path, { text }] of readWords(await loadLabels(language))) {
      const opened = [...text.matchAll(/[\u2066-\u2068]/g)].length;
      expect([...text.matchAll(/\u2069/g)].length, path).toBe(opened);
      expect(text, path).not.toMatch(/[\u200e\u200f\u202a-\u202e]/);
      if (language !== 'ar') expect(opened, path).toBe(0);
    }
  });

  it('say on an avatar what it does', async () => {
    const labels = await loadLabels(language);
    render(
      <StrictMode>
        <AvatarProvider session={createScriptedSession({ state: { status: 'idle' } })} labels={labels}>
          <Avatar />
        </AvatarProvider>
      </StrictMode>,
    );
    expect(screen.getByRole('button', { name: labels.start }).textContent).toContain(labels.start);
    expect(screen.getByRole('status').textContent).toContain(labels.status.idle);
  });
});

describe('Arabic', () => {
  it('isolates every Latin word, so that it does not move what is around it', async () => {
    for (const [path, { text }] of readWords(await loadLabels('ar'))) {
      expect(text.replaceAll(/\u2068[^\u2069]*\u2069/g, ''), path).not.toMatch(/[A-Za-z]/);
    }
  });

  it('has a form for one, for two, for 3 to 10, for 11 to 99 and for hundreds', async () => {
    const { endsSoon, listFound } = await loadLabels('ar');
    expect([60, 120, 300, 900, 6000].map(endsSoon)).toEqual(['تنتهي خلال دقيقة واحدة', 'تنتهي خلال دقيقتين', 'تنتهي خلال 5 دقائق', 'تنتهي خلال 15 دقيقة', 'تنتهي خلال 100 دقيقة']);
    expect([0, 1, 2, 103].map(listFound)).toEqual(['لم يُعثر على نتائج', 'عُثر على نتيجة واحدة', 'عُثر على نتيجتين', 'عُثر على 103 نتائج']);
  });
});

describe('choosing a language', () => {
  it.each([
    ['en-GB', 'en'],
    ['de-AT', 'de'],
    ['fr-CA', 'fr'],
    ['es-419', 'es'],
    ['pt', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['zh', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['zh-SG', 'zh-Hans'],
    ['zh-TW', 'zh-Hant'],
    ['zh_TW', 'zh-Hant'],
    ['zh-HK', 'zh-Hant'],
    ['zh-Hant-HK', 'zh-Hant'],
    ['zh-Hans-HK', 'zh-Hans'],
    ['yue', 'zh-Hant'],
    ['JA-jp', 'ja'],
    ['ar-EG', 'ar'],
    ['ja-JP-u-ca-japanese', 'ja'],
    ['sw', 'en'],
    ['', 'en'],
    ['*', 'en'],
    ['not a tag', 'en'],
  ])('for %s takes %s', (tag, language) => {
    expect(labelsFor(tag).language).toBe(language);
  });

  it('takes the first of several that there are words in', () => {
    expect(labelsFor(['sw-KE', 'fr-BE', 'de']).language).toBe('fr');
    expect(labelsFor([]).language).toBe('en');
  });

  it('tells which way the words run, which is not always how the wanted language does', () => {
    expect(labelsFor('ar')).toEqual({ language: 'ar', direction: 'rtl' });
    expect(labelsFor('he')).toEqual({ language: 'en', direction: 'ltr' });
    expect(['ar', 'ar-EG', 'he', 'fa', 'ur-PK', 'az-Arab'].map(direction)).toEqual(Array(6).fill('rtl'));
    expect(['en', 'ja', 'az', 'ar-Latn', '', '?'].map(direction)).toEqual(Array(6).fill('ltr'));
  });
});

describe('loading words', () => {
  it('gives the same object each time, and English as built in', async () => {
    expect(await loadLabels('de-CH')).toBe(await loadLabels(['xx', 'de']));
    expect(await loadLabels('en-US')).toBe(defaultLabels);
  });

  it('ends with an abort when nobody waits any more', async () => {
    await expect(loadLabels('de', { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    const leaving = new AbortController();
    const loading = loadLabels('de', { signal: leaving.signal });
    leaving.abort();
    await expect(loading).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('the pseudo-language', () => {
  it('brackets, accents and lengthens every word, and says the numbers', () => {
    const labels: AvatarLabels = pseudoLabels();
    const english = readWords(defaultLabels);
    for (const [path, { text }] of readWords(labels)) {
      const plain = english.get(path)?.text ?? '';
      expect(text, path).toMatch(/^\[.*\]$/);
      expect(text.length, path).toBeGreaterThanOrEqual(Math.ceil(plain.length * 1.4));
      expect(text, path).not.toContain(plain);
    }
    expect(labels.listFound(7)).toContain('7');
    expect(Object.keys(labels)).toEqual(Object.keys(defaultLabels));
  });
});
