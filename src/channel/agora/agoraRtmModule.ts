/**
 * What is touched of agora-rtm, member by member: its files are under Agora's own licence, and it brings a second copy of the SDK
 * along, so visavis does not install it.
 * @see https://www.npmjs.com/package/agora-rtm 2.3.0
 */
export interface AgoraRtmModule {
  readonly default: { readonly RTM: new (appId: string, userId: string, config?: AgoraRtmConfig) => RtmClient };
}

export interface AgoraRtmConfig {
  /** Seconds after which somebody who has gone silent counts as gone. */
  readonly presenceTimeout?: number;
  readonly useStringUserId?: boolean;
  readonly encryptionMode?: 'NONE' | 'AES_128_GCM' | 'AES_256_GCM';
  readonly cipherKey?: string;
  /** 32 bytes. */
  readonly salt?: Uint8Array;
  readonly logUpload?: boolean;
}

export interface AgoraRtmSubscription {
  /** Default true. */
  readonly withMessage?: boolean;
  /** Default false. */
  readonly withPresence?: boolean;
  /** Default false. */
  readonly withMetadata?: boolean;
  /** Default false. */
  readonly withLock?: boolean;
  /** Subscribes without telling the others. Default false. */
  readonly beQuiet?: boolean;
}

export interface RtmClient {
  login(options: { token: string }): Promise<unknown>;
  logout(): Promise<unknown>;
  subscribe(channel: string, options: AgoraRtmSubscription): Promise<unknown>;
  unsubscribe(channel: string): Promise<unknown>;
  publish(target: string, message: string | Uint8Array, options: { channelType: 'MESSAGE' | 'USER'; customType?: string }): Promise<unknown>;
  renewToken(token: string): Promise<unknown>;
  readonly presence: {
    getOnlineUsers(channel: string, channelType: 'MESSAGE', options?: { page?: string }): Promise<{ readonly occupants: readonly { readonly userId: string; readonly states: Readonly<Record<string, string>> }[]; readonly nextPage: string }>;
    setState(channel: string, channelType: 'MESSAGE', state: Record<string, string>): Promise<unknown>;
  };
  // One by one: the vendor's own, which knows more events, does not fit a single one over the names of ours.
  addEventListener(event: 'message', listener: RtmEvents['message']): void;
  addEventListener(event: 'presence', listener: RtmEvents['presence']): void;
  addEventListener(event: 'linkState', listener: RtmEvents['linkState']): void;
  addEventListener(event: 'tokenPrivilegeWillExpire', listener: RtmEvents['tokenPrivilegeWillExpire']): void;
  removeEventListener(event: 'message', listener: RtmEvents['message']): void;
  removeEventListener(event: 'presence', listener: RtmEvents['presence']): void;
  removeEventListener(event: 'linkState', listener: RtmEvents['linkState']): void;
  removeEventListener(event: 'tokenPrivilegeWillExpire', listener: RtmEvents['tokenPrivilegeWillExpire']): void;
}

export interface RtmEvents {
  message: (event: { readonly channelType: string; readonly channelName: string; readonly publisher: string; readonly message: string | Uint8Array; readonly customType: string }) => void;
  presence: (event: { readonly eventType: string; readonly channelName: string; readonly publisher: string; readonly stateChanged: Readonly<Record<string, string>> }) => void;
  /** `status` in older versions. */
  linkState: (event: { readonly currentState: string; readonly reasonCode: string }) => void;
  tokenPrivilegeWillExpire: (channelName: string) => void;
}
