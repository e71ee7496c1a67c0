import { z } from 'zod';

/** Text that is asked for: short, and nothing that only a terminal could show. */
const filter = z.string().regex(/^[^\p{Cc}]{1,64}$/u).optional();

const page = {
  /** From 1. */
  page: z.coerce.number<string>().int().min(1).max(1_000).default(1),
  /** Items on a page. */
  size: z.coerce.number<string>().int().min(1).max(100).default(50),
};

export const avatarQuery = z.object({ ...page, platform: z.enum(['open', 'aigc']).optional() });

export const voiceQuery = z.object({
  ...page,
  /** `clone` where the server's option `catalogue.clonedVoices` allows it. */
  type: z.enum(['akool', 'clone']).default('akool'),
  style: filter,
  gender: filter,
  age: filter,
  scenario: filter,
  name: filter,
  /** Only voices that stream, which is what a session needs, or only those that do not. */
  streams: z.enum(['true', 'false']).optional(),
});

export const languageQuery = z.object({});

export const knowledgeQuery = z.object({ ...page, name: filter });

export type AvatarQuery = z.output<typeof avatarQuery>;
export type VoiceQuery = z.output<typeof voiceQuery>;
export type KnowledgeQuery = z.output<typeof knowledgeQuery>;
