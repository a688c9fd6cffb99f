/** Stats: how much the newsroom publishes, for its dashboards. */
export { StatsResolver } from './stats.resolver';
export { StatsService } from './stats.service';
