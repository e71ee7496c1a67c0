import { z } from 'zod';
import type { AkoolCallOptions } from './AkoolClientOptions.js';
import type { AkoolCall } from './createCall.js';
import { answerOf, anyAnswer, optionalText, pageAnswer, pageInput, texts, type AkoolPage, type AkoolPageInput } from './page.js';
import { readInput } from './readInput.js';

/** A file that the vendor fetches: PDF, DOC, DOCX, TXT, MD, JSON, XML or CSV. */
export interface AkoolDocument {
  readonly name: string;
  readonly url: string;
  /** At most 104,857,600; all together 524,288,000. */
  readonly sizeBytes: number;
}

/** What an avatar knows and how it behaves. */
export interface AkoolKnowledge {
  readonly id: string;
  readonly name: string | null;
  /** What it says first. */
  readonly prologue: string | null;
  readonly prompt: string | null;
  readonly documents: readonly AkoolDocument[];
  readonly urls: readonly string[];
}

export interface KnowledgeInput {
  /** At most 100 characters. */
  readonly name?: string;
  /** At most 2,000 characters. */
  readonly prologue?: string;
  /** At most 10,000 characters. */
  readonly prompt?: string;
  readonly documents?: readonly AkoolDocument[];
  readonly urls?: readonly string[];
}

export interface AkoolKnowledgeBases {
  list(input?: AkoolPageInput & { readonly name?: string; readonly from?: number }, options?: AkoolCallOptions): Promise<AkoolPage<AkoolKnowledge>>;
  create(input: KnowledgeInput, options?: AkoolCallOptions): Promise<AkoolKnowledge>;
  detail(id: string, options?: AkoolCallOptions): Promise<AkoolKnowledge>;
  /** What is left out stays as it is. */
  update(id: string, input: KnowledgeInput, options?: AkoolCallOptions): Promise<void>;
  delete(id: string, options?: AkoolCallOptions): Promise<void>;
}

const BASE = '/api/open/v4/knowledge';
const MAX_FILE_BYTES = 104_857_600;
const MAX_TOTAL_BYTES = 524_288_000;
const FILE_NAME = /\.(pdf|docx?|txt|md|json|xml|csv)$/i;

const document = z
  .object({ name: z.string().catch(''), url: z.string(), size: z.coerce.number().catch(0) })
  .transform(({ name, url, size }): AkoolDocument => ({ name, url, sizeBytes: size }));

const knowledge = z
  .object({
    _id: z.string().min(1),
    name: optionalText,
    prologue: optionalText,
    prompt: optionalText,
    docs: z.array(document).nullish(),
    urls: texts,
  })
  .transform((data): AkoolKnowledge => ({
    id: data._id,
    name: data.name,
    prologue: data.prologue,
    prompt: data.prompt,
    documents: data.docs ?? [],
    urls: data.urls,
  }));

const knowledgeAnswer = answerOf(knowledge);
const knowledgePage = pageAnswer(knowledge);

const input = z.strictObject({
  name: z.string().min(1).max(100).optional(),
  prologue: z.string().max(2_000).optional(),
  prompt: z.string().max(10_000).optional(),
  documents: z
    .array(
      z.strictObject({
        name: z.string().regex(FILE_NAME, 'a PDF, DOC, DOCX, TXT, MD, JSON, XML or CSV file'),
        url: z.url(),
        sizeBytes: z.int().min(0).max(MAX_FILE_BYTES),
      }),
    )
    .refine((files) => files.reduce((sum, file) => sum + file.sizeBytes, 0) <= MAX_TOTAL_BYTES, 'at most 500 MB in all')
    .optional(),
  urls: z.array(z.url()).optional(),
});
const listInput = pageInput.extend({ name: z.string().min(1).optional(), from: z.int().optional() });
const id = z.string().min(1);

function bodyOf({ documents, ...rest }: KnowledgeInput): Readonly<Record<string, unknown>> {
  return { ...rest, docs: documents?.map(({ name, url, sizeBytes }) => ({ name, url, size: sizeBytes })) };
}

/** The part of the API that is about knowledge bases. */
export function createKnowledge(call: AkoolCall): AkoolKnowledgeBases {
  const readId = (value: string) => readInput(id, value, 'The knowledge id');
  return {
    async list(wanted = {}, options) {
      const query = readInput(listInput, wanted, 'The list of knowledge');
      return call({ method: 'GET', path: `${BASE}/list`, query, answer: knowledgePage }, options);
    },
    async create(wanted, options) {
      const body = bodyOf(readInput(input, wanted, 'The knowledge'));
      return call({ method: 'POST', path: `${BASE}/create`, body, answer: knowledgeAnswer }, options);
    },
    async detail(knowledgeId, options) {
      return call({ method: 'GET', path: `${BASE}/detail`, query: { id: readId(knowledgeId) }, answer: knowledgeAnswer }, options);
    },
    async update(knowledgeId, wanted, options) {
      const body = { id: readId(knowledgeId), ...bodyOf(readInput(input, wanted, 'The knowledge')) };
      await call({ method: 'POST', path: `${BASE}/update`, body, answer: anyAnswer }, options);
    },
    async delete(knowledgeId, options) {
      await call({ method: 'DELETE', path: `${BASE}/delete`, body: { id: readId(knowledgeId) }, answer: anyAnswer }, options);
    },
  };
}
