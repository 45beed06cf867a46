/** CPF01: the file as a whole cannot be read. The message says what to do and repeats nothing of the file. */
export class CorruptFile extends Error {
  override readonly name = 'CorruptFile';
}

/** An upload as far as the whole file goes; its records are still to be checked one by one. */
export interface ReadFile {
  /** Absent when a CSV file says nothing of the authority. */
  localAuthority: AuthorityDetails | undefined;
  records: readonly unknown[];
}

export interface AuthorityDetails {
  name: string;
  officeHoursPhone: string | null;
  emergencyDutyPhone: string;
}

/** More than any authority has; without a limit a file of nothing but commas would be answered with gigabytes. */
export const MOST_RECORDS = 200_000;
