-- The tables with PostgreSQL's own types, for people and their reports: dollars as numeric, times
-- as timestamptz. The program does not read these. SQLite notes the version and skips the text.

create function dollars(micros bigint) returns numeric
language sql immutable parallel safe
return (micros::numeric / 1000000)::numeric(20, 6);

create function instant(micros bigint) returns timestamptz
language sql immutable parallel safe
return timestamptz '1970-01-01 00:00:00+00' + micros * interval '1 microsecond';

create view typed_signals as
select desk_id, id, strategy, underlying, direction, state,
    instant(raised_at) as raised_at, instant(good_until) as good_until, body::jsonb as body
from signals;

create view typed_tickets as
select desk_id, id, revision, signal_id, order_id, strategy, underlying, direction, structure,
    contracts, dollars(limit_price) as limit_price, dollars(worst_loss) as worst_loss,
    dollars(max_gain) as max_gain, state, instant(offered_at) as offered_at,
    instant(expires_at) as expires_at, body::jsonb as body
from tickets;

create view typed_orders as
select desk_id, id, purpose, ticket_id, position_id, client_order_id, broker_id, attempt, quantity,
    filled, dollars(limit_price) as limit_price, dollars(bound_price) as bound_price, tif, state,
    is_live = 1 as is_live, instant(created_at) as created_at, instant(changed_at) as changed_at,
    body::jsonb as body
from orders;

create view typed_positions as
select desk_id, id, ticket_id, entry_id, underlying, structure, entered,
    dollars(entry_net) as entry_net, dollars(realised) as realised, dollars(fees) as fees,
    dollars(worst_loss_per_unit) as worst_loss_per_unit, state, is_open = 1 as is_open,
    instant(opened_at) as opened_at, instant(closed_at) as closed_at, body::jsonb as body
from positions;

create view typed_executions as
select desk_id, id, order_id, position_id, instrument, side, quantity, dollars(price) as price,
    dollars(fee) as fee, instant(at) as at, is_bust = 1 as is_bust, body::jsonb as body
from executions;

create view typed_standing as
select desk_id, id, signer_id, strategy, underlying, per_day,
    dollars(worst_loss_per_ticket) as worst_loss_per_ticket,
    dollars(worst_loss_per_day) as worst_loss_per_day, instant(good_until) as good_until,
    instant(signed_at) as signed_at, instant(revoked_at) as revoked_at, body::jsonb as body
from standing;

create view typed_day_totals as
select desk_id, day::date as day, entries, dollars(realised) as realised, dollars(fees) as fees
from day_totals;

create view typed_events as
select desk_id, seq, idx, instant(at) as at, actor, kind, subject, body::jsonb as body, hash
from events;

create view typed_history as
select desk_id, position_id, instant(at) as at, dollars(unrealised) as unrealised,
    dollars(realised) as realised
from history;
