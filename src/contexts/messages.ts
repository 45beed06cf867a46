import { idOf, own } from './guards.js';
import { addedBy, replacedBy } from './message-context.js';
import { isFollowed, type AttendanceOptions, type PatientContext } from './patient-context.js';
import type { Follower } from './tag.js';

export interface MessageOptions extends AttendanceOptions {
  /**
   * The handle that the EPR gave this page at launch (`messaging_handle` in the address, or
   * `smart_web_messaging_handle` in the token's answer); messages with any other do nothing.
   */
  readonly messagingHandle: string;
}

/** An answer in SMART Web Messaging's envelope. */
export interface Reply {
  readonly messageId: string;
  readonly responseToMessageId: string;
  readonly payload: object;
}

/** Without a handle every page at an allowed origin could say who is open. */
export function checkHandle({ messagingHandle }: MessageOptions): void {
  if (idOf(messagingHandle) === '') throw new Error('messagingHandle is missing');
}

let messages = 0;
/** A new id for each message of this page. */
export const nextMessageId = (): string => `cp-is-${++messages}`;

const problems = {
  forbidden: 'messagingHandle is another than the one that this page was given',
  invalid: 'No one NHS number that can be used: the banner says so',
  'not-supported': 'This page shows the CP-IS banner for the patient in context, and does nothing else',
};

/**
 * Acts on one message of an EPR, and returns the answer. Anything that is not a message of this protocol gets none, and
 * nor does an answer: two pages would otherwise answer each other for ever.
 */
export function answer(message: unknown, follower: Follower, options: MessageOptions): Reply | undefined {
  const responseToMessageId = idOf(own(message, 'messageId'));
  const type = idOf(own(message, 'messageType'));
  if (responseToMessageId === '' || type === '') return undefined;
  const reply = (payload: object): Reply => ({ messageId: nextMessageId(), responseToMessageId, payload });
  const problem = (code: keyof typeof problems): Reply => {
    const issue = [{ severity: 'error', code, diagnostics: problems[code] }];
    return reply({ status: 'error', outcome: { resourceType: 'OperationOutcome', issue } });
  };
  const followed = (context: PatientContext | undefined): boolean => {
    follower.follow(context);
    return isFollowed(context);
  };

  if (own(message, 'messagingHandle') !== options.messagingHandle) return problem('forbidden');
  const payload = own(message, 'payload');
  switch (type) {
    case 'status.handshake':
      return reply({ application: { name: 'cp-is-banner' }, capabilities: {} });
    case 'sdc.configure':
      // It names servers for forms: nothing here uses or keeps them.
      return reply({ status: 'success' });
    case 'sdc.configureContext':
      return followed(replacedBy(payload, options)) ? reply({ status: 'success' }) : problem('invalid');
    case 'sdc.displayQuestionnaire': {
      const context = addedBy(payload, follower, options);
      // The patient is taken, but no form is shown, and the answer must not say that it was.
      return problem(context === follower.current || followed(context) ? 'not-supported' : 'invalid');
    }
    default:
      return problem('not-supported');
  }
}
