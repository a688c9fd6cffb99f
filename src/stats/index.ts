/** Stats: how much the newsroom publishes, for its dashboards. */
export { StatsBucketResolver, StatsResolver } from './stats.resolver';
export { StatsService } from './stats.service';
