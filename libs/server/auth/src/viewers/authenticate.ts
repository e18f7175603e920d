import passport from 'passport';

/**
 * Runs one passport strategy over a request, outside of routes: what it found, or undefined where it found nothing.
 * Nothing is kept in passport's own sessions.
 */
export function authenticate<T extends object>(strategy: string, request: object): Promise<T | undefined> {
  return new Promise((done, fail) => {
    const answered = (failure: unknown, found: T | false | null | undefined) =>
      failure ? fail(failure) : done(found || undefined);
    passport.authenticate(strategy, { session: false }, answered)(request, {}, fail);
  });
}
