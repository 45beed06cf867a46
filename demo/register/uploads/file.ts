/** CPF01: the whole file cannot be read. The message says what to do and repeats nothing from the file. */
export class CorruptFile extends Error {
  override readonly name = 'CorruptFile';
}

/** An upload that could be read as a file. Its records are still to be checked one by one. */
export interface ReadFile {
  /** Absent when a CSV file says nothing about the authority. */
  localAuthority: AuthorityDetails | undefined;
  records: readonly unknown[];
}

export interface AuthorityDetails {
  name: string;
  officeHoursPhone: string | null;
  emergencyDutyPhone: string;
}

/** More than any authority has. Without a limit, a file of nothing but commas would be answered with gigabytes. */
export const MOST_RECORDS = 200_000;
