/** Which of our apps speaks; the API reads the matching cookie. */
export type App = 'cabinet' | 'backoffice';

/** Where the page stands: which app, under which address, of which portal. */
export interface Place {
  app: App;
  /** What every address of the app begins with, with a slash at both ends. */
  base: string;
  /** Of the portal, where the address names it; else the host name decides. */
  slug: string | undefined;
}

/**
 * Reads the place from the page's address: `/o/<slug>/…` names the portal, and `root` is where the app stands
 * below it ('/' the cabinet, '/s/' the back-office).
 */
export function placeOf(app: App, path: string, root = '/'): Place {
  const slug = /^\/o\/([a-z0-9-]+)(?:\/|$)/.exec(path)?.[1];
  return { app, slug, base: slug ? `/o/${slug}${root}` : root };
}

/** Headers that tell the API who speaks. The first one is also what no foreign form can send. */
export function headersOf({ app, slug }: Place): Record<string, string> {
  return { 'x-kvartal-app': app, ...(slug ? { 'x-kvartal-portal': slug } : {}) };
}
