/** What the scripted register does with one resource's requests. */
export interface Script {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is when a string, as JSON otherwise. */
  readonly body?: unknown;
  /** Wait until the test releases the resource. */
  readonly hold?: boolean;
  /** Close the socket without an answer. */
  readonly drop?: boolean;
  /** Close the socket half-way through the body, whose length was said; or which comes in chunks. */
  readonly cut?: boolean | 'in chunks';
  /** What the request after this one is answered with; without it, the same. */
  readonly then?: Script;
}

/** What it does with each resource's. */
export type Scripts = Partial<Record<'CareTeam' | 'AuditEvent' | 'PatientFlag', Script>>;

/** One request as it arrived. */
export interface LoggedRequest {
  readonly resource: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  aborted: boolean;
}
