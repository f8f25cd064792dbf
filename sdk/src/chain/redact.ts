/** Anything shorter isn't told apart from ordinary words; providers' keys have 16 characters and more. */
const MIN_SECRET = 6;
const MIN_PASSWORD = 4;
/** What stands in paths beside the key, and in sentences that have to stay understandable. */
const PLAIN = ["archive", "mainnet", "testnet", "ethereum", "sepolia"];
const URLS = /(?:https?|wss?):(?:\\?\/){2}(?:[^\s"<>\\]|\\\/)+/gi;
// Control characters, the bytes that some terminals take for them, and the marks that turn the direction of writing.
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g;

/** A URL without what may be an access key: its scheme, host and port. */
export function withoutSecrets(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : "the node";
}

/**
 * A text in which every http(s) and ws(s) URL is cut to its origin, so that it can be printed. Numbers, addresses and
 * hashes stay.
 * @param secrets Further strings to remove, such as {@link secretsOf} a URL that the text may quote in part
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  const cut = text.replace(URLS, originOf);
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, "…"), cut);
}

/**
 * What of a URL may be an access key: credentials, the path and its parts, values of the query. Each as it is written and
 * as it is meant. Short parts, such as `v2`, and plain numbers aren't secrets.
 */
export function secretsOf(url: string): string[] {
  if (!URL.canParse(url)) return [];
  const { username, password, pathname, search } = new URL(url);
  const credentials = credentialsOf(url);
  const written = [pathname + search, pathname, username, ...pathname.split("/"), ...search.split(/[?&=]/)];
  const joined = credentials === undefined ? [] : [credentials, base64(credentials)];
  const parts = [...written, ...written.map(decoded), ...joined];
  const secrets = parts.filter((part) => part.length >= MIN_SECRET && !/^\/?\d+$/.test(part) && !PLAIN.includes(part));
  const passwords = [password, decoded(password)].filter((part) => part.length >= MIN_PASSWORD);
  // The longest first: a part must not be replaced before the whole is looked for.
  return [...new Set([...secrets, ...passwords])].sort((a, b) => b.length - a.length);
}

/** User and password of a URL, as HTTP's basic authentication joins them. */
export function credentialsOf(url: string): string | undefined {
  const { username, password } = new URL(url);
  return username === "" && password === "" ? undefined : `${decoded(username)}:${decoded(password)}`;
}

/** Base64 of a text's UTF-8. */
export function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/**
 * A text of a stranger on one line, without what a terminal would obey.
 * @param length How many characters to show at most
 */
export function shortened(text: string, length: number): string {
  const line = text
    .slice(0, length * 4)
    .replace(CONTROL, " ")
    .trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

function originOf(url: string): string {
  const bare = url.replaceAll("\\/", "/").replace(/[)\]}.,;:'`]+$/, "");
  return URL.canParse(bare) ? new URL(bare).origin : `${bare.slice(0, bare.indexOf(":"))}://…`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
