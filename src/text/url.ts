/** Whether a text is a URL of one of the schemes, such as `https`, with a host. */
export function isUrl(text: string, schemes: readonly string[]): boolean {
  const url = URL.parse(text);
  return (
    url !== null &&
    url.host !== "" &&
    // URL drops blanks and line breaks in silence; Lago would not.
    !/[\s\p{Cc}]/u.test(text) &&
    schemes.some((scheme) => text.startsWith(`${scheme}://`))
  );
}

/** Whether the host of a URL is this machine by itself: `localhost`, 127.0.0.0/8 or `[::1]`. */
export function isLoopback(url: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(URL.parse(url)?.hostname ?? "");
}
