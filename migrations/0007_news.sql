-- News: the stories that a desk heard, how they were read and judged, and where each source stands.

create table stories (
    desk_id text not null references desks (id),
    id text not null,
    cluster_id text not null,
    source text not null,
    publisher text not null,
    headline text not null,
    category text not null,
    impact text not null,
    published_at bigint not null,
    heard_at bigint not null,
    counts bigint not null,
    body text not null,
    primary key (desk_id, id)
);
create index stories_counting on stories (desk_id, id) where counts = 1;
create index stories_newest on stories (desk_id, published_at, id);

-- What each is about; a story about nothing in particular has no row.
create table story_underlyings (
    desk_id text not null,
    underlying text not null,
    published_at bigint not null,
    story_id text not null,
    primary key (desk_id, underlying, published_at, story_id)
);

create table news_sources (
    desk_id text not null references desks (id),
    name text not null,
    heard_at bigint,
    body text not null,
    primary key (desk_id, name)
);
