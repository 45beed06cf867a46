/** A telephone number to read and, when it is clearly one number, to ring. */
export interface Phone {
  /** The number to show, without its extension; the text as received when it is not clearly one number. */
  display: string;
  extension?: string;
  href?: string;
}

/** Invisible marks: of direction, of zero width, soft hyphens. */
const UNSEEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
/** Characters that group digits but are not part of the number. */
const BETWEEN = /[\s().\-\u2010-\u2015\u2212]/g;
const EXTENSION = /^(.*[\d)])[\s,;]*(?:ext(?:ension|n)?\.?|x)\s*(?:[:=]\s*)?(\d{1,6})$/is;
/** Area codes (Ofcom): the ten of six digits first. */
const AREA = /^(?:01387[3]|01524[2]|01539[4-7]|01697[347]|01768[347]|01946[7]|02\d|011\d|01\d1|0[3589]\d\d|0\d{4})/;

/**
 * A UK number without +44, with a space after the area code and before the last four of a local part of more than six
 * digits (Ofcom's groups, NHS Common User Interface). Ten digits pass too: some numbers have ten, and a number one
 * digit short is better shown readable than hidden. Anything that is not clearly one number keeps its text and gets no
 * link.
 */
export function readPhone(raw: string): Phone {
  const text = raw.trim();
  const plain = text
    .replace(UNSEEN, '')
    .replace(/^\s*tel:/i, '')
    .trim();
  const found = EXTENSION.exec(plain);
  const number = found?.[1] ?? plain;
  const extension = found?.[2];
  const digits = number.replace(BETWEEN, '').replace(/^(?:\+|00)440?/, '0');
  if (!/^0[1235789]\d{8,9}$/.test(digits)) return { display: text };

  const area = AREA.exec(digits)![0].length;
  const local = digits.slice(area);
  const parts = [digits.slice(0, area), ...(local.length > 6 ? [local.slice(0, -4), local.slice(-4)] : [local])];
  return {
    display: parts.join(' '),
    ...(extension !== undefined && { extension }),
    href: `tel:${digits}${extension === undefined ? '' : `;ext=${extension}`}`,
  };
}
