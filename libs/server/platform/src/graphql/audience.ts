import {
  type CanActivate,
  type ExecutionContext,
  Injectable,
  SetMetadata,
  createParamDecorator,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import { Forbidden, NotFound, Unauthenticated } from '../refusal';
import { type Audience, type KeyScope, type Permission, type Viewer, viewerOf } from '../viewer';

const AUDIENCE = 'kvartal:audience';
const NEEDS = 'kvartal:needs';

/** Who may call it: on a resolver's class, or on one method. What has none answers nobody. */
export const For = (...audiences: Audience[]) => SetMetadata(AUDIENCE, audiences);

/**
 * The permission (staff) or scope (key) it takes. For staff it is looked up in the organisation that the call names in
 * `organizationId`, at the top of its arguments or of its `input`.
 */
export const Needs = (need: Permission | KeyScope) => SetMetadata(NEEDS, need);

/** The viewer, as a parameter of a resolver. */
export const CurrentViewer = createParamDecorator((_: unknown, context: ExecutionContext) =>
  viewerOf(requestOf(context)),
);

export function requestOf(context: ExecutionContext): object {
  if (context.getType<string>() !== 'graphql') return context.switchToHttp().getRequest<object>();
  return GqlExecutionContext.create(context).getContext<{ req: object }>().req;
}

function organizationNamed(context: ExecutionContext): string | undefined {
  const args: { organizationId?: string; input?: { organizationId?: string } } =
    context.getType<string>() === 'graphql'
      ? GqlExecutionContext.create(context).getArgs()
      : context.switchToHttp().getRequest<{ params: Record<string, string> }>().params;
  return args.organizationId ?? args.input?.organizationId;
}

/** Whether this viewer may; throws what the outside is told otherwise. */
export function admit(
  viewer: Viewer,
  audiences: readonly Audience[],
  need: string | undefined,
  organizationId: string | undefined,
): void {
  if (audiences.includes('anyone')) return;
  if (viewer.kind === 'nobody') throw new Unauthenticated();
  if (!audiences.includes(viewer.kind)) throw new Forbidden();
  if (viewer.kind === 'staff' && organizationId !== undefined) {
    const membership = viewer.memberships.find((one) => one.organizationId === organizationId);
    if (!membership) throw new NotFound();
    if (need && !membership.permissions.some((one) => one === need)) throw new Forbidden();
  } else if (viewer.kind === 'staff' && need) throw new Forbidden();
  if (viewer.kind === 'key' && !viewer.scopes.some((one) => one === need)) throw new Forbidden();
}

/** Stands before every root field and every route of the product. */
@Injectable()
export class AudienceGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const at = [context.getHandler(), context.getClass()];
    const audiences = this.reflector.getAllAndOverride<Audience[] | undefined>(AUDIENCE, at) ?? [];
    const need = this.reflector.getAllAndOverride<string | undefined>(NEEDS, at);
    // the questions of a balancer and of Prometheus are answered before anybody is asked who it is
    if (audiences.includes('anyone')) return true;
    admit(viewerOf(requestOf(context)), audiences, need, organizationNamed(context));
    return true;
  }
}
