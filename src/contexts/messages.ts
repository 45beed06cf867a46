import { at, idOf, listOf, own } from './guards.js';
import { isFollowed, patientContext, type AttendanceOptions, type PatientContext } from './patient-context.js';
import type { Follower } from './tag.js';

export interface MessageOptions extends AttendanceOptions {
  /** The handle that the EPR gave this page at launch (`smart_messaging_handle`); messages with another do nothing. */
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

let answers = 0;

/**
 * Does what one message of an EPR says, and gives the answer. What is no message of this protocol, an answer to one
 * included, is not answered: two pages would otherwise answer each other for ever.
 */
export function answer(message: unknown, follower: Follower, options: MessageOptions): Reply | undefined {
  const responseToMessageId = idOf(own(message, 'messageId'));
  const type = idOf(own(message, 'messageType'));
  if (responseToMessageId === '' || type === '') return undefined;
  const reply = (payload: object): Reply => ({ messageId: `cp-is-${++answers}`, responseToMessageId, payload });
  const problem = (code: string): Reply =>
    reply({ status: 'error', outcome: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code }] } });

  if (own(message, 'messagingHandle') !== options.messagingHandle) return problem('forbidden');
  switch (type) {
    case 'status.handshake':
      return reply({});
    case 'sdc.configureContext': {
      const context = contextOf(own(message, 'payload'), options);
      follower.follow(context);
      return isFollowed(context)
        ? reply({ status: 'success', outcome: { resourceType: 'OperationOutcome', issue: [] } })
        : problem('invalid');
    }
    default:
      return problem('not-supported');
  }
}

/** The SDC draft's `payload.context`; some hosts put its fields straight in `payload`. */
function contextOf(payload: unknown, options: AttendanceOptions): PatientContext | undefined {
  const context = own(payload, 'context') ?? payload;
  const launched = (name: string): unknown =>
    listOf(own(context, 'launchContext')).find((each) => own(each, 'name') === name);
  return patientContext(
    at(launched('patient'), 'contentResource') ?? own(context, 'subject'),
    at(launched('encounter'), 'contentResource') ?? own(context, 'encounter'),
    options,
  );
}
