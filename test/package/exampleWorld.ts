/**
 * What the `@example`s take for granted: the application around them. Not a declaration file, since these names must not be known to
 * anything else.
 */
export const EXAMPLE_WORLD = `
type Client = typeof import('visavis/client');
declare const session: import('visavis/client').AvatarSession;
declare const channel: import('visavis/client').ChannelConnection;
declare const connection: import('visavis/client').VoiceConnection & import('visavis/client').ChannelConnection;
declare const avatar: import('visavis/client').AvatarConnection & import('visavis/client').Playback;
declare const playback: import('visavis/client').Playback;
declare const player: import('visavis/client').Playback;
declare const microphone: import('visavis/client').AudioStream;
declare const vad: import('visavis/client').Vad;
declare const label: import('visavis/client').VoiceLabel;
declare const options: import('visavis/server').AvatarServerOptions;
declare const rest: import('visavis/server').AvatarServerOptions;
declare const server: import('node:http').Server;
declare const app: import('express').Express;
declare const queryClient: import('@tanstack/react-query').QueryClient;
declare const error: import('visavis/client').AvatarError | null;
declare const module: Parameters<Client['rnnoise']>[0]['module'];
declare const wasm: string;
declare const bar: { readonly current: HTMLElement | null };
declare const button: HTMLButtonElement;
declare const link: HTMLAnchorElement;
declare const fileInput: HTMLInputElement;
declare const meter: { set(level: number): void };
declare const recogniser: { push(samples: Int16Array): void };
declare const socket: WebSocket;
declare const microphoneTrack: MediaStreamTrack;
declare const firstSlide: HTMLCanvasElement;
declare const nextSlide: HTMLCanvasElement;
declare const frame: Int16Array;
declare const microphoneFrame: Int16Array;
declare const playedFrame: Int16Array;
declare const samples: Int16Array;
declare const speech: Int16Array;
declare const reference: Int16Array;
declare const sequence: number;
declare const timeMs: number;
declare const page: number;
declare const appId: string;
declare const avatarId: string;
declare const avatars: readonly import('visavis/client').CatalogueAvatar[];
declare const previewUrl: string;
interface ImportMeta { readonly env: { readonly DEV: boolean } }
declare const cookie: string;
declare const sessionId: string;
declare const token: string;
declare const voiceId: string;
declare function setAvatarId(id: string): void;
declare function setVoiceId(id: string): void;
declare function load(): Promise<void>;
declare function log(value: unknown): void;
declare function toast(text: string): void;
declare function show(...values: unknown[]): void;
declare function showMicrophoneHelp(): void;
declare function upload(samples: Int16Array): void;
declare function report(...values: unknown[]): void;
declare function recognise(samples: Int16Array | Float32Array): void;
declare function interrupt(samples: Int16Array): void;
declare function userOf(request: Request): Promise<import('visavis/server').Subject>;
declare function render(element: import('react').ReactElement): void;
declare function act(change: () => void): void;
declare function NetworkQuality(): null;
declare module 'visavis/styles.css' {}
declare module 'visavis/avatar.css' {}
declare module 'agora-extension-ai-denoiser' { export const AIDenoiserExtension: import('visavis/agora').AiDenoiserModule['AIDenoiserExtension']; }
declare module 'agora-rtm' { const rtm: import('visavis/agora').AgoraRtmModule['default']; export default rtm; }
declare module '@jitsi/rnnoise-wasm/dist/rnnoise.js' { const load: (options: object) => Promise<unknown>; export default load; }
declare module '@jitsi/rnnoise-wasm/dist/rnnoise.wasm?url' { const url: string; export default url; }
`;
