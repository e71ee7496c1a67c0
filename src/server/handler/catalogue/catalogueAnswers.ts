import { z } from 'zod';
import type { AkoolAvatar } from '../../akool-live/createAvatars.js';
import type { AkoolKnowledge } from '../../akool-live/createKnowledge.js';
import type { AkoolLanguage, AkoolVoice } from '../../akool-live/createVoices.js';

const text = z.string().nullable();
const webUrl = z.string().nullable().meta({ description: 'An http: or https: address.' });

export const catalogueAvatar = z.object({
  avatarId: z.string(),
  name: text,
  gender: text,
  origin: z.enum(['official', 'own', 'unknown']),
  status: z.enum(['queueing', 'processing', 'ready', 'failed', 'unknown']),
  usable: z.boolean().meta({ description: 'True when a session can be had with it.' }),
  voiceId: text,
  url: webUrl,
  thumbnailUrl: webUrl,
});

export const catalogueVoice = z.object({
  voiceId: z.string(),
  name: text,
  gender: text,
  language: text,
  locale: text,
  previewUrl: webUrl,
  streams: z.boolean().meta({ description: 'True when a session can speak with it.' }),
  styles: z.array(z.string()),
  scenarios: z.array(z.string()),
  ages: z.array(z.string()),
});

export const catalogueLanguage = z.object({ code: z.string(), name: z.string(), flagUrl: webUrl });

export const catalogueKnowledge = z.object({ id: z.string(), name: text });

const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    total: z.int().nullable().meta({ description: 'On all pages; null when the vendor does not say.' }),
    page: z.int(),
    size: z.int(),
  });

export const avatarPage = pageOf(catalogueAvatar);
export const voicePage = pageOf(catalogueVoice);
export const knowledgePage = pageOf(catalogueKnowledge);
export const languageList = z.object({ items: z.array(catalogueLanguage) });

export type CatalogueAvatar = z.infer<typeof catalogueAvatar>;
export type CatalogueVoice = z.infer<typeof catalogueVoice>;
export type CatalogueLanguage = z.infer<typeof catalogueLanguage>;
export type CatalogueKnowledge = z.infer<typeof catalogueKnowledge>;

/** A page puts addresses into `src` and `href`: only what can be fetched from the web. */
function webUrlOf(url: string | null): string | null {
  return url !== null && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : null;
}

// Field by field, so that what the vendor's answers hold besides stays here.

export function toCatalogueAvatar({ avatarId, name, gender, origin, status, usable, voiceId, url, thumbnailUrl }: AkoolAvatar): CatalogueAvatar {
  return { avatarId, name, gender, origin, status, usable, voiceId, url: webUrlOf(url), thumbnailUrl: webUrlOf(thumbnailUrl) };
}

export function toCatalogueVoice({ voiceId, name, gender, language, locale, previewUrl, streams, styles, scenarios, ages }: AkoolVoice): CatalogueVoice {
  return { voiceId, name, gender, language, locale, previewUrl: webUrlOf(previewUrl), streams, styles: [...styles], scenarios: [...scenarios], ages: [...ages] };
}

export function toCatalogueLanguage({ code, name, url }: AkoolLanguage): CatalogueLanguage {
  return { code, name, flagUrl: webUrlOf(url) };
}

export function toCatalogueKnowledge({ id, name }: AkoolKnowledge): CatalogueKnowledge {
  return { id, name };
}
