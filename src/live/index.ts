/** What happens, told to those who listen while it happens. */
export { FellBehind, LiveFeed } from './live-feed';
