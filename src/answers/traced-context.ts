import { nothingRead, type RequestContext } from '../context';
import type { Footprint } from './footprint';
import { traced, tracedComments } from './traced-reads';

/**
 * The context of a request whose answer may be kept: what is read through it is noted. Where it comes from, who asks,
 * and whatever nobody traces has the footprint refuse as soon as it is looked at. The instant is no secret: what it
 * decides has dates, which the agenda of articles knows, or which are noted where they are read.
 */
export class TracedContext implements RequestContext {
  private memo = nothingRead();

  constructor(
    private readonly inner: RequestContext,
    private readonly footprint: Footprint,
  ) {}

  get now() {
    return this.inner.now;
  }

  get actor() {
    this.footprint.refuse();
    return this.inner.actor;
  }

  get client() {
    this.footprint.refuse();
    return this.inner.client;
  }

  get requestId() {
    this.footprint.refuse();
    return this.inner.requestId;
  }

  get services() {
    this.footprint.refuse();
    return this.inner.services;
  }

  get articles() {
    this.inner.goOn();
    this.memo.articles ??= traced('articles', this.inner.articles, this.footprint);
    return this.memo.articles;
  }

  get authors() {
    this.inner.goOn();
    this.memo.authors ??= traced('authors', this.inner.authors, this.footprint);
    return this.memo.authors;
  }

  get categories() {
    this.inner.goOn();
    this.memo.categories ??= traced('categories', this.inner.categories, this.footprint);
    return this.memo.categories;
  }

  get collections() {
    this.inner.goOn();
    this.memo.collections ??= traced('collections', this.inner.collections, this.footprint);
    return this.memo.collections;
  }

  get comments() {
    this.inner.goOn();
    this.memo.comments ??= tracedComments(this.inner.comments, this.footprint, this.inner.now);
    return this.memo.comments;
  }

  get images() {
    this.inner.goOn();
    this.memo.images ??= traced('images', this.inner.images, this.footprint);
    return this.memo.images;
  }

  get topics() {
    this.inner.goOn();
    this.memo.topics ??= traced('topics', this.inner.topics, this.footprint);
    return this.memo.topics;
  }

  get relations() {
    this.inner.goOn();
    this.memo.relations ??= traced('relations', this.inner.relations, this.footprint);
    return this.memo.relations;
  }

  get search() {
    this.inner.goOn();
    this.memo.search ??= traced('search', this.inner.search, this.footprint);
    return this.memo.search;
  }

  /** Only who has changed something forgets. */
  goOn(): void {
    this.inner.goOn();
  }

  forget(): void {
    this.footprint.refuse();
    this.memo = nothingRead();
    this.inner.forget();
  }
}
