-- People across surfaces: what the configuration last said of them, codes that link, guesses that did
-- not, and second presses that are waited for.

-- Operators as the configuration last named them. Those of before came from there alone.
create table configured_operators (
    desk_id text not null references desks (id),
    id text not null,
    body text not null,
    primary key (desk_id, id)
);
insert into configured_operators (desk_id, id, body)
select desk_id, id, body from operators;

-- A code itself is nowhere: hash = sha256 over desk, line feed and code, as lower-case hex.
create table link_codes (
    desk_id text not null references desks (id),
    hash text not null,
    operator_id text not null,
    until bigint not null,
    is_used bigint not null,
    body text not null,
    primary key (desk_id, hash)
);

create table wrong_codes (
    desk_id text not null references desks (id),
    surface text not null,
    user_id text not null,
    body text not null,
    primary key (desk_id, surface, user_id)
);

create table second_taps (
    desk_id text not null references desks (id),
    id text not null,
    operator_id text not null,
    until bigint not null,
    is_used bigint not null,
    body text not null,
    primary key (desk_id, id)
);
