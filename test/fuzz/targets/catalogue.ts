import { parseCatalogueAvatar } from '../../../src/catalogue/CatalogueAvatar.js';
import { parseCatalogueKnowledge } from '../../../src/catalogue/CatalogueKnowledge.js';
import { parseCatalogueLanguage } from '../../../src/catalogue/CatalogueLanguage.js';
import { nextPageOf, parsePage, type CataloguePage } from '../../../src/catalogue/CataloguePage.js';
import { parseCatalogueVoice } from '../../../src/catalogue/CatalogueVoice.js';
import { parseOwnSession } from '../../../src/catalogue/OwnSession.js';
import { expectThat, orRefusal, type FuzzTarget } from '../FuzzTarget.js';
import { mutateJson } from '../mutators/mutateJson.js';

const SEEDS = [
  '{"items":[{"avatarId":"ava","name":"Ava","gender":"Female","origin":"own","status":"ready","usable":true,"voiceId":null,"url":"https://a.example/a.mp4","thumbnailUrl":null}],"total":1,"page":1,"size":50}',
  '{"items":[{"voiceId":"v","name":"V","gender":null,"age":null,"style":[],"scenario":[],"language":"en","previewUrl":"https://a.example/v.mp3","streams":true,"origin":"own"}],"total":null,"page":1,"size":50}',
  '{"items":[{"code":"en","name":"English","url":null}],"total":1,"page":1,"size":50}',
  '{"items":[{"sessionId":"s","service":"dve","avatarId":null,"startedAt":1,"knowledgeId":"k","id":"k","name":"K","documents":1,"addresses":0}],"total":1,"page":1,"size":50}',
];
const PARSERS: readonly ((value: unknown) => CataloguePage<unknown>)[] = [parseCatalogueAvatar, parseCatalogueKnowledge, parseCatalogueLanguage, parseCatalogueVoice, parseOwnSession].map((parse) => (value: unknown) => parsePage<unknown>(value, parse));

/** What a page may choose from, as the server lists it. */
export const catalogue: FuzzTarget = {
  share: 6,
  fuzz(random) {
    const text = mutateJson(random, SEEDS);
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      return { input: text.length, output: 0 };
    }
    let output = 0;
    for (const parse of PARSERS) {
      const page = orRefusal(['request-failed'], text, () => parse(json));
      if (!page) continue;
      const next = nextPageOf(page);
      expectThat(next === null || Number.isSafeInteger(next), 'The next page is none', text);
      const written = JSON.stringify(page);
      expectThat(!/"(?:url|thumbnailUrl|previewUrl)":"(?!https?:)/i.test(written), 'An address is none of the web', text);
      output += written.length;
    }
    return { input: text.length, output };
  },
};
