/** What can go wrong, with the fault of the sandbox register that causes it (demo/register/faults.ts). */
export const failures: readonly (readonly [name: string, fault: string])[] = [
  ['Busy', 'status-503'],
  ['Busy for this caller', 'status-429'],
  ['Fault of its own', 'status-500'],
  ['Gateway waited in vain', 'status-504'],
  ['Request refused', 'status-400'],
  ['Session over', 'status-401'],
  ['Not allowed to this role', 'status-403'],
  ['Never answers', 'hang'],
  ['Answers after 4 seconds', 'delay-4000'],
  ['Connection lost before the register', 'drop'],
  ['Connection reset', 'reset'],
  ['Connection lost before the answer', 'drop-before-headers'],
  ['Connection lost within the headers', 'drop-within-headers'],
  ['Connection lost after the headers', 'drop-after-headers'],
  ['Connection lost half-way', 'half-body'],
  ['Unreadable answer', 'malformed'],
  ['Network sign-in page', 'html'],
  ['Someone else’s answer', 'wrong-patient'],
  ['Incomplete answer', 'next-link'],
  ['Answer with a warning', 'outcome'],
  ['Plans without names, dates or numbers', 'bare'],
  ['Earlier visits fail', 'visits-500'],
  ['Earlier visits lost half-way', 'visits-half-body'],
  ['Earlier visits of someone else', 'visits-wrong-patient'],
  ['Earlier visits come after 4 seconds', 'visits-delay-4000'],
];

/** The register's address, with or without a fault. */
export const baseUrlWith = (fault: string): string =>
  fault === '' ? '/cpis/FHIR/R4' : `/faults/${fault}/cpis/FHIR/R4`;
