/** What the scripted register does with one resource's requests. */
export interface Script {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  /** Waits until the test releases the resource. */
  readonly hold?: boolean;
  /** Closes the socket without an answer. */
  readonly drop?: boolean;
  /** Closes the socket half-way through the body, whose length was given, or which is sent in chunks. */
  readonly cut?: boolean | 'in chunks';
  /** The script for the request after this one. Without it, the same again. */
  readonly then?: Script;
}

/** The script for each resource. */
export type Scripts = Partial<Record<'CareTeam' | 'AuditEvent' | 'PatientFlag', Script>>;

/** One request as it arrived. */
export interface LoggedRequest {
  readonly resource: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  aborted: boolean;
}
