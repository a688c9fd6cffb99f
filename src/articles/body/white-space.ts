/** A line without text, and all that follow it. For text whose line breaks are `\n`. */
export const BLANK_LINE = /\n[ \t]*\n[ \t\n]*/;

// White space in the sense of HTML: a no-break space is none. Written out, as a pattern that is tied to the
// end takes time that grows with the square of a run of spaces, and trim() takes no-break spaces too.
export function trimStart(text: string): string {
  let start = 0;
  while (isSpace(text.charCodeAt(start))) start += 1;
  return start === 0 ? text : text.slice(start);
}

export function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return end === text.length ? text : text.slice(0, end);
}

export function collapse(text: string): string {
  // Not by a regular expression: it may keep a place to go back to for each of a million spaces, until there is no room.
  let collapsed = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (!isSpace(text.charCodeAt(at))) continue;
    let end = at + 1;
    while (end < text.length && isSpace(text.charCodeAt(end))) end++;
    if (end === at + 1 && text[at] === ' ') continue;
    collapsed += `${text.slice(from, at)} `;
    from = end;
    at = end - 1;
  }
  return from === 0 ? text : collapsed + text.slice(from);
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x09 || unit === 0x0d || unit === 0x0c;
}
