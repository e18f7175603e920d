import type { Viewer } from './viewer';

/**
 * The address of a file as this viewer opens it. One browser may hold both cookies, and a link cannot say by header which
 * of them is meant: every link to a file is made here.
 */
export const fileUrl = ({ kind }: Pick<Viewer, 'kind'>, path: string): string =>
  kind === 'staff' ? `${path}?as=staff` : path;
