export { createAvatarSession, type AvatarSessionOptions } from './session/createAvatarSession.js';
export type { AvatarSession, SessionEventMap, Speech, SpeakOptions, SpeakResult, StartOptions } from './session/AvatarSession.js';
export { replayLog, type ReplayStep, type SessionReplay } from './session/log/replayLog.js';
export type { ExportLogOptions, Logged, LoggedError, SessionLog, SessionLogEntry } from './session/log/SessionLog.js';
export type { SessionState, SessionStatus, SoundStatus } from './session/state.js';
export { emptyLatency, type LatencySpread, type SessionLatency, type TurnMetric, type TurnMetrics } from './session/latency/TurnMetrics.js';
export type { TurnTakingOption, TurnTakingOptions } from './session/turns/TurnTakingOptions.js';
export { akoolStreaming, type AkoolStreamingOptions } from './services/akool-streaming/akoolStreaming.js';
export { dve, type DveOptions } from './services/dve/dve.js';
export type { VoiceConnectOptions, VoiceConnection, VoiceImage, VoiceService, VoiceServiceEvent } from './services/service.js';
export { akoolLive, type AkoolLiveOptions } from './services/akool-live/akoolLive.js';
export { akoolChatRoom, type AkoolChatRoomOptions } from './services/akool-live/akoolChatRoom.js';
export type { HostedOptions } from './services/akool-live/hostedSettings.js';
export { AKOOL_LIVE_ACTIONS, AKOOL_LIVE_EXPRESSIONS } from './services/akool-live/messages.js';
export { createLiveMessenger, type LiveMessenger, type LiveMessengerEvent, type LiveMessengerOptions, type LiveSendOptions } from './services/akool-live/createLiveMessenger.js';
export type { LiveText } from './services/akool-live/createReassembler.js';
export type { AkoolLiveCommand, AkoolLiveParamsData, AkoolLiveTurnDetection } from './services/akool-live/messages.js';
export { encodeChatRoomQuestion, parseChatRoomAnswer, type ChatRoomAnswer, type ChatRoomQuestion } from './services/akool-live/chatRoom.js';
export type {
  AvatarConnection,
  AvatarConnectOptions,
  AvatarGesture,
  AvatarParams,
  AvatarRoom,
  AvatarRoomEvent,
  AvatarService,
  AvatarServiceEvent,
  ConnectionInfo,
  PcmFormat,
  SpeechLine,
} from './services/service.js';
export type { LeaseState } from './grant/lease.js';
export type { Channel, ChannelConnection, ChannelEvent, ChannelJoinOptions, ChannelStats, RemoteAudio, RemoteVideo } from './channel/channel.js';
export { createMicrophone, type MicrophoneOptions } from './audio/createMicrophone.js';
export type { AudioBypass } from './audio/AudioBypass.js';
export type { MicrophoneGate } from './audio/MicrophoneGate.js';
export type { PlaybackFeed } from './audio/PlaybackFeed.js';
export type { AudioFrame, AudioStream } from './audio/AudioStream.js';
export type { VoiceTap } from './audio/VoiceTap.js';
export type { MicrophoneState, MicrophoneStatus } from './audio/microphoneState.js';
export { createPlayback, type PlaybackOptions } from './audio/createPlayback.js';
export type { Playback, PlaybackJitter } from './audio/Playback.js';
export type { PlaybackState, PlaybackStatus } from './audio/playbackState.js';
export { createTurnDetectorHost, type TurnDetectorHost, type TurnDetectorHostOptions, type TurnEvent } from './audio/createTurnDetectorHost.js';
export { createTurnDetector, type TurnDetector, type TurnFrame } from './turn-taking/detector/createTurnDetector.js';
export type { TurnDetectorOptions, TurnRules } from './turn-taking/detector/TurnDetectorOptions.js';
export type { CutEvent, DuckEvent, LabelEvent, MisfireEvent, ReleaseEvent, SpeechEndEvent, SpeechStartEvent, TurnDetectorEvent, TurnMode } from './turn-taking/detector/TurnDetectorEvent.js';
export type { SourceAddress } from './turn-taking/detector/loadSource.js';
export { AvatarError, type AvatarErrorContext, type AvatarErrorReason } from './errors/AvatarError.js';
export type { GrantFunction, GrantOption, GrantRequest } from './grant/createGrantSource.js';
export type { GrantRoute } from './grant/createRouteCall.js';
export type { AvatarGrant, ChannelGrant, Grant, VoiceGrant } from './grant/grant.js';
export { createCatalogueClient, type CatalogueCallOptions, type CatalogueClient, type CatalogueClientOptions } from './catalogue/createCatalogueClient.js';
export type { AvatarsQuery, CatalogueAvatar } from './catalogue/CatalogueAvatar.js';
export type { CatalogueKnowledge, KnowledgeQuery } from './catalogue/CatalogueKnowledge.js';
export type { CatalogueLanguage } from './catalogue/CatalogueLanguage.js';
export type { CataloguePage, PageQuery } from './catalogue/CataloguePage.js';
export type { CatalogueVoice, VoicesQuery } from './catalogue/CatalogueVoice.js';
export type { OwnSession } from './catalogue/OwnSession.js';
export { parseGrant } from './grant/parseGrant.js';
export { systemClock, type Clock } from './clock/clock.js';
export { createSentenceCutter, type SentenceCutter, type SentenceCutterOptions, type SentenceLimits } from './turn-taking/createSentenceCutter.js';
export { createAudioConsumer, type AudioConsumer, type AudioConsumerOptions } from './turn-taking/createAudioConsumer.js';
export { createSpeechPacer, type SpeechPacer, type SpeechPacerOptions } from './turn-taking/createSpeechPacer.js';
export { pipeline, type PipelineMessage, type PipelineOptions, type PipelineTurn } from './services/pipeline/pipeline.js';
export type { Streamed } from './streams/readItems.js';
export { readTextStream } from './services/pipeline/readTextStream.js';
export { readPcmStream } from './services/pipeline/readPcmStream.js';
export { createPcmTrack, type PcmTrack, type PcmTrackOptions } from './audio/createPcmTrack.js';
export { encodePicture, type EncodePictureOptions } from './picture/encodePicture.js';
export type { EncodedPicture } from './picture/EncodedPicture.js';
export type { PictureSource } from './picture/PictureSource.js';
export { createPictureTrack, type DrawFrame, type PictureTrack, type PictureTrackOptions } from './picture/createPictureTrack.js';
export { createVad, type Vad, type VadGeneration, type VadOptions, type VadResult } from './turn-taking/vad/createVad.js';
export { createVadManager, type VadManager, type VadSpeaker } from './turn-taking/vad/createVadManager.js';
export { createVadDump, type VadDump, type VadDumpOptions } from './turn-taking/vad/createVadDump.js';
export { VAD_STATE, type VadState } from './turn-taking/vad/VadState.js';
export { defaultVadConfig, type VadConfig } from './turn-taking/vad/VadConfig.js';
export type { VoiceLabel } from './turn-taking/voice/VoiceLabel.js';
export type { CreateVoiceSource, VoiceProbabilitySource, VoiceSourceOptions } from './turn-taking/voice/VoiceProbabilitySource.js';
export { createEchoGate, type EchoGate, type EchoVerdict } from './turn-taking/echo/createEchoGate.js';
export { createBargeInDetector, type BargeInDetector, type BargeInEvent, type BargeInOptions, type BargeInResult } from './turn-taking/echo/createBargeInDetector.js';
export { createVoiceActivity, type VoiceActivity, type VoiceActivityOptions } from './turn-taking/voice/createVoiceActivity.js';
export type { VadProfile, VadProfileOptions } from './turn-taking/voice/resolveVadProfile.js';
export { spectral } from './turn-taking/voice/spectral/createSpectralSource.js';
export { spectralUntil, type SpectralUntilOptions } from './turn-taking/voice/spectralUntil.js';
export { rnnoise } from './turn-taking/voice/rnnoise/rnnoise.js';
export type { RnnoiseOptions } from './turn-taking/voice/rnnoise/loadRnnoise.js';
export { silero, type SileroOptions } from './turn-taking/voice/silero/silero.js';
export type { SileroRuntime } from './turn-taking/voice/silero/SileroRuntime.js';
