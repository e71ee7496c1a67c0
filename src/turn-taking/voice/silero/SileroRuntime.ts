/** The parts of onnxruntime-web that are used; the application brings it along. */
export interface SileroRuntime {
  readonly Tensor: {
    new (type: 'float32', data: Float32Array, dims: readonly number[]): SileroTensor;
    new (type: 'int64', data: BigInt64Array, dims: readonly number[]): SileroTensor;
  };
  readonly InferenceSession: {
    create(address: string): Promise<SileroSession>;
    create(bytes: Uint8Array): Promise<SileroSession>;
  };
}

export interface SileroTensor {
  readonly data: unknown;
}

/** A loaded model. */
export interface SileroSession {
  readonly inputNames: readonly string[];
  run(feeds: Record<string, SileroTensor>): Promise<Readonly<Record<string, SileroTensor>>>;
  release(): Promise<void>;
}
