import { Ctx, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../context';
import { Viewer } from './viewer.type';

@Resolver()
export class ViewerResolver {
  @Query(() => Viewer, { description: 'Who asks.' })
  viewer(@Ctx() { actor }: RequestContext): Viewer {
    return new Viewer(actor);
  }
}
