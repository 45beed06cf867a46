import { readFileSync } from 'node:fs';

export type Variables = Readonly<Record<string, string | undefined>>;

/** Reads variables, or the files that they name (`NAME_FILE`), and collects every mistake. Never repeats a value. */
export class Environment {
  readonly mistakes: string[] = [];
  readonly #variables: Variables;

  constructor(variables: Variables) {
    this.#variables = variables;
  }

  mistake(name: string, advice: string): void {
    this.mistakes.push(`${name} ${advice}`);
  }

  optional(name: string): string | undefined {
    const [value, file] = [name, `${name}_FILE`].map((one) => this.#variables[one] ?? '');
    if (value !== '' && file !== '') this.mistake(name, `and ${name}_FILE are both there: give one`);
    if (file === undefined || file === '') return value === '' ? undefined : value;
    try {
      // Editors end the last line with a newline.
      const text = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
      return text === '' ? undefined : text;
    } catch {
      this.mistake(`${name}_FILE`, 'names a file that cannot be read');
      return undefined;
    }
  }

  /** Empty when it is missing. That is noted as a mistake. */
  required(name: string, advice: string): string {
    const value = this.optional(name);
    if (value === undefined && !this.mistakes.some((mistake) => mistake.startsWith(`${name}_FILE `)))
      this.mistake(name, `is missing: ${advice}`);
    return value ?? '';
  }

  /** A required value of a given form. A missing value is not checked for its form too. */
  formed(name: string, advice: string, form: (value: string) => boolean, fallback?: string): string {
    const value = fallback === undefined ? this.required(name, advice) : (this.optional(name) ?? fallback);
    if (value !== '' && !form(value)) this.mistake(name, `must be ${advice}`);
    return value;
  }

  number(name: string, fallback: number, least: number, most: number, whole = true): number {
    const text = this.optional(name) ?? String(fallback);
    const value = Number(text);
    if (text.trim() === '' || !(value >= least && value <= most) || (whole && !Number.isInteger(value))) {
      this.mistake(name, `must be a ${whole ? 'whole ' : ''}number from ${least} to ${most}`);
      return fallback;
    }
    return value;
  }

  choice<T extends string>(name: string, fallback: T, ...others: readonly T[]): T {
    const value = this.optional(name) ?? fallback;
    const found = [fallback, ...others].find((one) => one === value);
    if (found === undefined) this.mistake(name, `must be ${[fallback, ...others].join(' or ')}`);
    return found ?? fallback;
  }

  list(name: string, fallback: readonly string[], form: RegExp, advice: string): readonly string[] {
    const values =
      this.optional(name)
        ?.split(/[\s,]+/)
        .filter((value) => value !== '') ?? fallback;
    if (values.length === 0 || values.some((value) => !form.test(value))) this.mistake(name, `must be ${advice}`);
    return values;
  }
}
