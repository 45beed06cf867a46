/** A telephone number to read and, when it is clearly one number, to ring. */
export interface Phone {
  display: string;
  href?: string;
}

const NBSP = '\u00a0';
const EXTENSION = /^(.*[\d)])[\s,;]*(?:ext(?:ension|n)?\.?|x)\s*:?\s*(\d{1,6})$/is;
const AREA = /^(?:02\d|011\d|01\d1|0[3589]\d\d|0\d{4})/;

/**
 * A UK number without +44, a space after the area code and before the last four of a local part of more than six digits
 * (Ofcom's groups, NHS Common User Interface). Ten digits pass too: some numbers have ten, and a number a digit short is
 * better shown readable than hidden. Whatever is not clearly one number keeps its text and gets no link.
 */
export function readPhone(raw: string): Phone {
  const text = raw.trim();
  const found = EXTENSION.exec(text);
  const number = found?.[1] ?? text;
  const extension = found?.[2];
  const digits = number.replace(/^\(?(?:\+|00)44\)?[\s.-]*(?:\(0\)|0)?/, '0').replace(/[\s().\-\u2010-\u2013]/g, '');
  if (!/^0[1235789]\d{8,9}$/.test(digits)) return { display: text };

  const area = AREA.exec(digits)![0].length;
  const local = digits.slice(area);
  const parts = [digits.slice(0, area), ...(local.length > 6 ? [local.slice(0, -4), local.slice(-4)] : [local])];
  if (extension) parts.push('ext', extension);
  return { display: parts.join(NBSP), href: `tel:${digits}${extension ? `;ext=${extension}` : ''}` };
}
