/** Whether a browser or a cache has it already, as RFC 9110, section 13.1.2, compares tags: weakly. */
export function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const bare = withoutWeakness(etag);
  return header.split(',').some((each) => {
    const tag = each.trim();
    return tag === '*' || withoutWeakness(tag) === bare;
  });
}

function withoutWeakness(tag: string): string {
  return tag.startsWith('W/') ? tag.slice('W/'.length) : tag;
}
