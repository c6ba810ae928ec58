# Every sentence that a person reads, in English.
#
# Values arrive ready to read: amounts with their sign and unit, times with their zone, names
# without control characters. Numbers that choose a plural arrive as numbers.
# One word has one meaning, as CONTRIBUTING.md says under Style: a ticket is declined by a
# person or withdrawn by the desk, an order is denied by the desk or rejected by the broker.

### Words

mode-paper = PAPER
mode-live = LIVE

trading-active = active
trading-reducing = reducing
trading-halted = halted

order-submitted = on its way to the broker
order-in-doubt = in doubt
order-working = working at the broker
order-replacing = changing its price
order-cancelling = being cancelled
order-filled = filled
order-cancelled = cancelled
order-denied = denied by the desk
order-rejected = rejected by the broker
order-lapsed = never sent
order-unsent = never arrived

position-open = open
position-closing = closing
position-close-wanted = to be closed
position-closed = closed
position-broken = broken

exit-profit-target = profit target
exit-stop-loss = stop loss
exit-trailing-stop = trailing stop
exit-time-stop = time stop
exit-days-to-expiry = days to expiry
exit-expiry = last trading hour
exit-assignment = assignment
exit-human = asked for by a person
exit-brake = automatic brake

closed-expired = expired
closed-assigned = assigned
closed-exercised = exercised
closed-outside = closed at the broker, not by the desk

decline-risk = Too much at stake
decline-price = The price is not right
decline-timing = The timing is not right
decline-idea = The idea does not convince
decline-other = Another reason

omission-early-assignment = early assignment of a short leg
omission-pin = assignment in doubt near the strike at expiry
omission-after-hours-gap = a gap in the shares after hours

limit-worst-loss-per-ticket = Worst loss per ticket
limit-contracts-per-order = Contracts per order
limit-value-per-order = Value per order
limit-open-positions = Open positions
limit-exposure-per-underlying = Worst loss per underlying
limit-orders-per-minute = Entries per minute
limit-orders-per-day = Entries per day
limit-daily-loss = Loss today
limit-quote-age = Quote age
limit-spread = Spread of a leg
limit-drift = Drift since the card

role-viewer = viewer
role-trader = trader
role-admin = admin

surface-terminal = terminal
surface-web = web console
surface-cli = command line
surface-telegram = Telegram
surface-discord = Discord

source-synthetic = synthetic market
source-replay = recorded day
source-scripted = scripted prices
source-live = live feed

quote-missing = there is no quote
quote-stale = the quote is stale
quote-future = the quote is dated in the future
quote-negative = a price is below zero
quote-no-bid = nobody bids
quote-no-ask = nobody offers
quote-crossed = the bid is above the ask
quote-wide = the spread is too wide

structure-long-call = long call
structure-long-put = long put
structure-bull-call-spread = bull call spread
structure-bear-put-spread = bear put spread
structure-bull-put-spread = bull put spread
structure-bear-call-spread = bear call spread

ticket-offered = offered
ticket-confirmed = confirmed
ticket-declined = declined
ticket-expired = expired
ticket-withdrawn = withdrawn
ticket-lapsed = never sent

veto-code-calendar = outside trading hours
veto-code-no-contract = no contract fits
veto-code-liquidity = too thinly traded
veto-code-data-quality = data in doubt
veto-code-duplicate = same idea open already
veto-code-limit = a limit leaves no room
veto-code-trading = desk takes no entries
veto-code-not-scanned = switched off meanwhile
veto-code-news = news stands against it
veto-code-lapsed = screened too late

### Figures

span-seconds = { $seconds } s
span-minutes = { $minutes } min { $seconds } s
span-whole-minutes = { $minutes } min
span-hours = { $hours } h { $minutes } min
span-days = { $days } d { $hours } h

contracts = { $count ->
    [one] 1 contract
   *[other] { $count } contracts
}
unit-beyond = more than { $most }
unit-positions = { $count ->
    [one] 1 position
   *[other] { $count } positions
}
unit-entries = { $count ->
    [one] 1 entry
   *[other] { $count } entries
}
figure-unknown = unknown
never = never
list-last = { $rest } and { $last }
sentences = { $first } { $second }

contract-call = { $root } { $expiry } { $strike } call
contract-put = { $root } { $expiry } { $strike } put
contract-shares = { $symbol } shares
structure-name = { $underlying } { $kind } { $strikes }, { $expiry }

leg-buy = Buy { $count } { $what }
leg-sell = Sell { $count } { $what }

bound-debit = pay at most { $price } per share
bound-credit = receive at least { $price } per share
bound-dollars-one = { $bound } ({ $each } per contract)
bound-dollars-many = { $bound } ({ $each } per contract, { $all } in all)
net-debit = pay { $price }
net-credit = receive { $price }
traded-debit = paid { $price } per share
traded-credit = received { $price } per share

### Buttons

button-confirm = Confirm
button-reject = Reject
button-edit = Edit
button-edit-less = −1 contract
button-edit-more = +1 contract
button-edit-half = Half
button-edit-tighter = Tighter limit
button-edit-wider = Wider limit
button-edit-terms = Write both
button-edit-back = ‹ Back
button-snooze = Snooze
button-why = Why
button-payoff = Payoff
button-cancel = Cancel order
button-cancel-rest = Cancel the rest
button-close = Close
button-hold = Hold exits
button-tighten = Tighten stop
button-hold-quarter = Hold 15 min
button-hold-hour = Hold 1 h
button-release = Let exits go on
button-exit-plan = Change exits
button-halt = Halt
button-reduce = Reduce
button-resume = Resume

button-old = This card is old and its buttons no longer work. Press on the newest card instead.
button-malformed = That button could not be read, so nothing was done. Press again on the newest card.

### After a press

done-confirm = Your yes is recorded. The card shows what becomes of it.
done-decline = Choose a reason to decline this ticket.
done-decline-for = You declined this ticket: “{ $reason }”.
done-edit = The change is recorded. Confirm the new revision if you want it.
done-back = The card has its own buttons again.
done-snooze = Put aside for you. It still expires at its time.
done-why = Here is what led to it.
done-cancel = The cancellation is asked for. Until the broker says that it is gone, it can still be filled.
done-close = The exit is asked for. The position is closed when the broker has filled it.
done-hold = The automatic exits of this position are held. You can still close it.
done-release = The automatic exits of this position go on.
done-exit-plan = The exit plan is changed.
done-revoke = The standing approval is revoked.
done-halt = The desk is halted: no entries, working entries are being cancelled, automatic exits go on.
done-reduce = The desk is reducing: it takes only what shrinks risk.
done-resume = The desk is active again.
done-leave = Nothing was changed.
done-tighten = The stop is nearer now. The card shows where.
done-grant = Your grant is recorded. The card shows whether another one is needed.
done-refuse = The override is refused.
done-take-back = The override is revoked.
done-page = Here is that page.
done-ping = The press came back.

### Every card

banner = { $mode } · account { $account } · { $desk }
footer-ticket = Ticket { $ticket }, revision { $revision }
footer-ticket-open = Ticket { $ticket }, revision { $revision }, as of { $time }
footer-position = Position { $position }, ticket { $ticket }
footer-position-open = Position { $position }, ticket { $ticket }, as of { $time }
footer-board = As of { $time }
footer-report = Written at { $time }
footer-alarm = Raised at { $time }

### Tickets

title-offered = Ticket offered: { $name }
title-out-of-time = Ticket out of time: { $name }
title-declined = Ticket declined: { $name }
title-expired = Ticket expired: { $name }
title-withdrawn = Ticket withdrawn: { $name }
title-lapsed = Ticket confirmed, order never sent: { $name }
title-confirmed = Ticket confirmed: { $name }

lead-worst-loss = Worst loss { $worst }, fees of both ways included.
lead-leaves-out = It leaves out { $items }.
lead-worst-loss-unused = Worst loss would have been { $worst }. Nothing was bought or sold.
lead-worst-loss-unseen = Worst loss would have been { $worst }. The broker reports nothing bought or sold.

label-trade = Trade
label-limit = Limit
label-contracts = Contracts
label-max-gain = Most to gain
label-breakeven = Breakeven
label-chance = Chance
label-fees = Fees
label-exits = Exits
label-why = Why
label-quote = Market
label-decide-by = Decide by
label-yes = Yes so far
label-confirmed-by = Confirmed by

gain-unbounded = no bound
payoff = At expiry, after fees: { $points }
payoff-at = { $amount } at { $price }
payoff-at-less = { $amount } at { $price } or less
payoff-at-more = { $amount } at { $price } or more
payoff-expiry = At expiry, after fees
payoff-now = Now
payoff-now-at = Now { $amount }
payoff-deviation = One standard deviation
payoff-price = Price { $price }
payoff-breakeven = Breakeven { $price }
payoff-gain = Most to gain { $amount }
payoff-loss = Most to lose { $amount }
payoff-gain-unbounded = Unlimited gain
payoff-loss-unbounded = Unlimited loss
payoff-most = At most { $amount }
payoff-least = At least { $amount }
breakeven = { $symbol } at { $at } at expiry, before fees
chance-estimated-legs = about a { $percent } chance of a profit at expiry, an estimate: what the volatility of the leg nearest the money implies, { $vol }, no forecast
chance-estimated = about a { $percent } chance of a profit at expiry, an estimate: what the volatility implies, no forecast
fees-both-ways = { $fees } for both ways
quote-seen = { $natural } at once, { $mid } halfway; { $age } old ({ $time }), { $source }
quote-side = { $price } × { $size }

why-proposed = proposed by a person
why-strategy = strategy { $strategy }
expects-rise = { $strategy } expects { $symbol } to rise, strength { $strength } of 1
expects-fall = { $strategy } expects { $symbol } to fall, strength { $strength } of 1
expects-figures = { $what }: { $figures }
evidence-close = last price { $value }
evidence-ema-fast = fast average { $value }
evidence-ema-slow = slow average { $value }
evidence-atr = average range of a bar { $value }
evidence-gap = fast less slow average { $value } ranges
evidence-slope = slow average moved { $value } ranges
evidence-rsi = momentum { $value } of 100
evidence-bars = bars seen { $value }
evidence-gaps = bars missing { $value }
evidence-underlying = underlying { $value } in the option formula
evidence-parity = parity pairs { $value }
evidence-days-left = { $value ->
    [one] 1 day to expiry
   *[other] { $value } days to expiry
}
evidence-iv = implied volatility at the money { $value }
evidence-iv-rank = implied volatility rank { $value } of 100
evidence-iv-rank-missing = implied volatility rank unknown, no history
evidence-leg-delta = leg { $leg } delta { $value }
evidence-leg-iv = leg { $leg } implied volatility { $value }
evidence-other = { $name } { $value }

plan-target = profit of { $profit } ({ $percent } of the premium)
plan-stop = loss of { $loss } ({ $percent } of the premium)
plan-trail = once { $arm } in profit, a fall of { $back } from the best
plan-time = at { $time }
plan-days = { $days ->
    [0] on the last trading day
    [one] 1 day before the last trading day
   *[other] { $days } days before the last trading day
}
plan-last-hour = always in the last trading hour, which ends at { $time }
plan-last-hour-unknown = always in the last trading hour
plan-changed = target { $target }, stop { $stop }, trail { $trail }, time { $time }, days { $days }
plan-trail-short = { $back } back from { $arm }
plan-off = off

note-second-person = One more yes is needed, from another person than those above, the proposer and the editor.
note-supersedes = Replaces ticket { $ticket }.
note-out-of-time = Its time has passed and it can no longer be confirmed.
note-propose-again = Propose it again if you still want it.
note-offered-again = It is offered again on a new card until its time is over. Press Confirm there if you still want it.

yes-person = { $name } ({ $surface }), { $time }, revision { $revision }
yes-standing = standing approval { $standing } of { $name }, { $time }, revision { $revision }
yes-unplaced = { $name }, { $time }, revision { $revision }

ending-offered = It is still offered.
ending-confirmed = Confirmed by { $who }.
ending-confirmed-unknown = It was confirmed.
ending-declined = Declined by { $name } at { $time }: “{ $reason }”.
ending-expired = Expired at { $time }. Nobody decided in time.
ending-withdrawn = Withdrawn by the desk at { $time }: { $reason }.
ending-lapsed = Given up at { $time }: { $reason }.
withdrawn-trading = the desk is { $state } and takes no entries
lapse-too-late = it could not be sent within 2 s of the yes
lapse-trading = the desk was { $state } before it could be sent
lapse-unreachable = the broker could not be reached
lapse-never-arrived = the broker never saw it
lapse-cancelled = a person cancelled it first

### Orders

title-order-submitted = Order on its way: { $name }
title-order-in-doubt = Order in doubt: { $name }
title-order-working = Order working: { $name }
title-order-replacing = Order changing its price: { $name }
title-order-cancelling = Order being cancelled: { $name }
title-order-ended = Order ended, executions awaited: { $name }
title-order-cancelled = Order cancelled, nothing filled: { $name }
title-order-denied = Order denied by the desk: { $name }
title-order-rejected = Order rejected by the broker: { $name }
title-order-lapsed = Order never sent: { $name }
title-order-unsent = Order never arrived: { $name }

saying-submitted = The order is written down and on its way. The broker has not answered yet.
saying-in-doubt = It is unknown what became of the order: it was sent and the answer was lost. { $lookups ->
    [0] The desk is asking the broker.
    [one] The desk has asked the broker once and goes on asking.
   *[other] The desk has asked the broker { $lookups } times and goes on asking.
} Do not send it again by hand.
saying-working = The order is at the broker.
saying-replacing = The broker is asked to change the price: { $bound }.
saying-cancelling = Its cancellation is asked for. Until the broker says that it is gone, it can still be filled.
saying-ended = The order has ended at the broker. Its executions are not booked yet, so what was traded is not known here.
saying-cancelled = The order is cancelled. Nothing was bought or sold.
saying-denied = The desk's last check said no, so the order was never sent. Nothing was bought or sold.
saying-rejected = The broker said no. Nothing was bought or sold.
saying-lapsed = Its time had passed before it could be sent. It was never sent and never will be.
saying-unsent = Its answer was lost, and no lookup found it at the broker. It will not be sent again. Should it turn up after all, the desk cancels it and raises an alarm.

label-order = Order
label-asks = Asks
label-filled = Filled
label-broker-name = Order name
order-status = { $state } since { $time }, attempt { $attempt }
order-status-ended = { $state } at { $time }, attempt { $attempt }
filled-known = { $filled } that the desk knows of
order-asks = { $now }, { $tif }
order-asks-walking = { $now }, may walk to { $bound }, { $tif }
tif-day = good until the session ends
tif-ioc = what does not fill at once is cancelled
filled-of = { $filled } of { $quantity ->
    [one] 1 contract
   *[other] { $quantity } contracts
}
note-broker-said = The broker said: “{ $words }”

### Positions

title-open = Position open: { $name }
title-open-entering = Position open, entry still working: { $name }
title-open-cancelling = Position open, rest of the entry being cancelled: { $name }
title-open-in-doubt = Position open, rest of the entry in doubt: { $name }
title-closing = Exit on its way: { $name }
title-exit-in-doubt = Exit in doubt: { $name }
title-closed = Position closed: { $name }
title-unclear = Position unclear: { $name }
title-broken = Position broken, legs diverged: { $name }

lead-at-stake = Worst loss { $worst } on what is held.
lead-at-stake-diverged = Worst loss has no known bound: the legs have come apart. It was confirmed at { $worst } per contract.
lead-profit = P&L { $profit }, after { $fees } of fees.
lead-profit-unknown = P&L unknown: not every leg has a mark.
lead-closed = Closed at { $time }: { $by }.

label-held = Held
label-entry = Entry
label-entry-order = Entry order
label-opened = Opened
label-exit-plan = Exit plan
label-exit-reason = Exit
label-exit-order = Exit order
label-greeks = Greeks
label-worst-loss = Worst loss
label-held-for = Held for
label-before-fees = Before fees
held-diverged = the legs make up no whole contracts
entry-filled = filled { $filled }, { $paid } ({ $dollars })
entry-apart = filled no whole contract
greeks = delta { $delta }, gamma { $gamma }, theta { $theta }, vega { $vega }
greek-per-dollar = { $value } per $1
greek-a-day = { $value } a day
greek-a-point = { $value } a point

table-quotes = Quotes on the card
table-legs = Legs
table-exits = Exits
table-executions = Executions
column-contract = Contract
column-bid = Bid
column-ask = Ask
column-held = Held
column-average = Average
column-mark = Mark
column-age = Age
column-open-profit = Open P&L
column-exit = Exit
column-distance = What is left
column-time = Time
column-executed = Executed
column-price = Price
column-fee = Fee
mark-none = no mark

distance-now = due now
distance-gain = { $dollars } more profit
distance-fall = a fall of { $dollars }
distance-at = { $time }, in { $left }
distance-days = { $days ->
    [one] 1 day
   *[other] { $days } days
}
distance-arms = off until { $profit } in profit ({ $percent } of the premium)

executed-bought = bought { $count } { $what }
executed-sold = sold { $count } { $what }
executed-bust = taken back by the broker: { $count } { $what }

note-broken = A person has to look: compare the legs with the broker's account, then press Close or mend it at the broker.
note-unclear = The position is marked closed, yet its executions leave something held. Compare it with the broker's account.
note-held = { $name } holds the automatic exits until { $until }. Until then only a person closes this position.
note-unmarked = No price exit fires without marks. Exits by time, expiry, brake or a person go on.
note-executions-skipped = { $count ->
    [one] 1 older execution is not shown.
   *[other] { $count } older executions are not shown.
}

### Board

title-board = Desk { $state }
meaning-active = takes entries and exits
meaning-reducing = takes only what shrinks risk
meaning-halted = no entries; automatic exits go on
lead-board-at-stake = Worst loss { $worst }{ $count ->
    [0] : no position is open
    [one] {" "}over 1 open position
   *[other] {" "}over { $count } open positions
}.
lead-board-profit = Today { $taken } taken after fees, { $open } open before fees.
lead-status-flattening = Everything is being closed: exits go out until nothing is held.
lead-status-profit = Today { $taken } taken after fees. What is open is not known here: only the process that runs the desk sees the market.

label-trading = Trading
label-offered = Offered
label-next-scan = Next scan
label-standing = Approvals
label-overrides = Overrides
label-overrides-used = Used today
label-monitor = Monitor
label-feed = Feed
label-outbox = Outbox
label-broker = Broker
label-store = Store

offered-none = no ticket waits for a decision
offered-some = { $count ->
    [one] ticket { $tickets } waits for a decision
   *[other] tickets { $tickets } wait for a decision
}
standing = { $id } of { $name }: { $strategy }, { $symbol }; { $used } of { $count } used today; worst loss { $loss } of { $daily } used today, { $each } per ticket; until { $until }
standing-every-strategy = every strategy
standing-every-underlying = every underlying
override-asked = { $id } of { $name }: { $what }; { $grants }; until { $until }
override-granted = { $id } of { $name }: { $what }; { $grants }; { $count ->
    [0] not used yet
    [one] used once
   *[other] used { $count } times
}; until { $until }
override-what = { $limit } up to { $value } instead of { $bound }, { $term }
override-what-why = { $limit } up to { $value } instead of { $bound }, { $term }, “{ $reason }”
override-term-once = for one entry
override-term-until = for every entry
override-term-change = as the new limit
override-grants-none = not granted yet
override-grants = granted by { $names }
override-passed = with override { $id }, granted by { $names }: { $limit } { $value } instead of { $bound }
override-used = { $time } ticket { $ticket }, { $passed }
health-monitor = { $ticks ->
    [one] 1 tick
   *[other] { $ticks } ticks
}, { $skipped } skipped, last { $last }
health-feed = { $kept } rows used, { $dropped } dropped, newest quote { $newest }
health-outbox = { $waiting ->
    [0] nothing waits to be done
    [one] 1 effect waits to be done
   *[other] { $waiting } effects wait to be done
}
health-broker-up = answers
health-broker-down = does not answer
health-store-up = commits
health-store-down = cannot commit; entries stop, exits go on

table-positions = Open positions
table-limits = Limits
column-id = Id
column-position = Position
column-state = State
column-profit = P&L
column-worst-loss = Worst loss
column-limit = Limit
column-used = Used
column-bound = Ceiling

### Daily report

title-report = Daily report, { $date }
lead-report = P&L { $profit } taken, after { $fees } of fees.
lead-report-open = Open { $open } before fees over { $count ->
    [one] 1 position
   *[other] { $count } positions
}, worst loss { $worst }.
label-trades = Trades
label-tickets = Tickets
trades-none = none closed
trades-some = { $count } closed, { $won } with a gain, { $lost } with a loss
tickets-none = none
tickets-in-state = { $count } { $state }
table-trades = Trades closed
table-not-traded = Signals not traded
column-closed = Closed
column-by = By
column-underlying = Underlying
column-reason = Reason
column-signals = Signals
note-missed = The job { $job } missed { $count ->
    [one] 1 slot
   *[other] { $count } slots
} while nothing ran. Missed slots are not caught up.

### Alarms

alarm-line = Alarm: { $title }. { $what }

alarm-exit-stuck-title = Exit not filled
alarm-exit-stuck = The exit of position { $position } has walked all { $steps } price steps and is not filled.
alarm-exit-stuck-advice = Look at the quotes of its legs. Close it at the broker by hand if you cannot wait.

alarm-late-order-title = Lost order turned up
alarm-late-order = Order { $order } was given up and has turned up at the broker. The desk is cancelling it; what it filled counts.
alarm-late-order-advice = Watch its card until the broker says that it is gone.

alarm-never-arrived-title = Order in doubt never arrived
alarm-never-arrived = Order { $order } was sent, its answer was lost, and no lookup found it.
alarm-never-arrived-advice = Check the broker's own list of orders once. An entry is not sent again.

alarm-overfilled-title = Filled more than ordered
alarm-overfilled = The broker executed more than order { $order } asked for. The executions are booked as they are.
alarm-overfilled-advice = Compare the position with the broker's account before any new entry, and ask the broker.

alarm-legs-diverged-title = Legs diverged
alarm-legs-diverged = The legs of position { $position } make up no whole contracts.
alarm-legs-diverged-advice = Look at its card and at the broker's account, then press Close or mend it at the broker.

alarm-exit-rejected-title = Exit rejected by the broker
alarm-exit-rejected = The broker rejected the exit of position { $position }: “{ $said }”
alarm-exit-rejected-advice = The position is still held. If the broker goes on refusing, close it at the broker by hand.

alarm-mismatch-title = Desk and broker disagree
alarm-mismatch = The broker's holding of { $instrument } is not what the desk thinks it holds.
alarm-mismatch-advice = Find out who traded it. Resume the desk when both agree.

alarm-store-down-title = Store cannot commit
alarm-store-down = The store cannot commit: { $why }. Entries stop, exits go on.
alarm-store-down-advice = Free disk space or bring the database back.

alarm-broker-down-title = Broker cannot be reached
alarm-broker-down = The broker cannot be reached: { $why }. The desk keeps trying.
alarm-broker-down-advice = Watch open positions at the broker itself until it answers here.

alarm-crash-loop-title = Crashed several times in a row
alarm-crash-loop = The desk started { $starts } times without a clean end. Entries stay off; exits go on.
alarm-crash-loop-advice = Read the log, mend the cause, then resume the desk.

alarm-unmarked-title = Position without a mark
alarm-unmarked = Position { $position } has no believable mark, so its price exits cannot fire.
alarm-unmarked-advice = Look at the quotes of its legs. Exits by time and expiry go on; you can close it yourself.
alarm-room-lost-title = A chat takes no cards
alarm-room-lost = No card can be shown in the { $surface } chat { $chat }. The platform says: { $said }.
alarm-room-lost-advice = Add the bot to the chat again, let it write, edit and pin there, and open its topic where that is closed. Cards wait, and are tried every minute; until then decide on another surface.
alarm-token-advice = The platform no longer knows the bot's token: have it make a new one (BotFather on Telegram, the Developer Portal on Discord), give it to the process in its environment and start that again. Cards wait until then; decide on another surface.
alarm-deaf-title = Presses are not heard
alarm-deaf = What people press and write on { $surface } does not reach this process: { $said }.
unheard-passed-over = updates wait there, and no call is given any
unheard-conflict = another process listens with the same token
unheard-elsewhere = another process has them sent elsewhere, or listens itself
unheard-stuck = updates wait ({ $waiting }) that the platform cannot post: { $said }
unheard-token = the token is not valid
unheard-limited = too many calls were made, and the next one waits { $seconds } s
unheard-silent = no call is answered in time
unheard-garbled = the answers cannot be read
unheard-unconnected = the gateway is not connected
unheard-nothing-back = the gateway is connected, and tells nothing of what is posted
unheard-spent = no connections are left today; the next one is begun in { $seconds } s
unheard-broke = what listens there breaks again and again; it is begun anew each time, and the log says why
unheard-unreadable = something that was heard could not be read
alarm-deaf-advice = See whether the platform works, whether another process listens with the bot's token, and whether the token is right. Until then press on another surface.
card-plain = This card cannot be shown here as it is. Look at it on another surface; nothing can be pressed here.
alarm-card-refused-title = A card could not be shown
alarm-card-refused = The { $surface } chat { $chat } refused a card, also in its plainest form, so an older one may still stand there with its buttons. The platform says: { $said }.
alarm-card-refused-advice = Trust the other surfaces: a button of an old card decides nothing. Say it to whoever maintains this program.
alarm-forged-title = Forged posts
alarm-forged = Somebody who is not { $surface } posted to the address for its presses: { $count } posts within a minute. All were refused and nothing was done.
alarm-forged-advice = Nothing has to be done at once. If it goes on, look in the log of your proxy at who posts there, and shut them out.
digest-title = While it was quiet
digest-lead = What made no sound from { $from } to { $until }. What is critical was told at once.
digest-count = { $count }
digest-line = { $time }: { $what }
digest-more = { $count ->
    [one] 1 more came before these.
   *[other] { $count } more came before these.
}
digest-offers = Tickets offered
digest-trades = Positions opened and closed
digest-overrides = Overrides asked for
digest-reports = Reports
digest-warnings = Warnings
digest-alarms = Alarms

stop-flatten-title = Everything is being closed
stop-brake-title = Automatic brake
stop-reduce-title = Trading reduced
stop-halt-title = Trading halted
stop-why-loss = The day lost { $lost } of at most { $bound }. The desk braked by itself.
stop-why-mismatch = The broker holds something else than the desk thinks. The desk braked by itself.
stop-why-asked = { $who } asked for it: “{ $reason }”
stop-trading = { $from } before, { $to } now
stop-today = { $all } after fees: { $taken } taken, { $open } open
stop-today-taken = { $taken } taken after fees; what is open is not known to the process that decided
stop-positions = { $count ->
    [0] none
   *[other] { $count }; their exits go on by themselves
}
stop-positions-closing = { $count ->
    [0] none
   *[other] { $count }; each is closed, and closed again until nothing is held
}
stop-cancelled = { $orders ->
    [one] 1 working entry
   *[other] { $orders } working entries
}, { $tickets ->
    [one] 1 offered ticket
   *[other] { $tickets } offered tickets
}
stop-reset = An admin: /resume REASON in a chat or on the console; with every chat down, on the desk's machine: countersign desk resume REASON
stop-then = New tickets are offered and entries are taken again. What was cancelled or withdrawn does not come back.
stop-then-flatten = New tickets are offered and entries are taken again, and what is still held then is not closed any further. What was closed or cancelled does not come back.
stop-then-loss = New tickets are offered and entries are taken again; while the day's loss stands at the limit or beyond, the desk brakes again at once. What was cancelled or withdrawn does not come back.
stop-then-mismatch = New tickets are offered and entries are taken again, also where the gap is still there: it is told once. What was cancelled or withdrawn does not come back.
stop-advice = Exits are never held by this. No entry goes out until somebody resumes.
label-stop-today = Today
label-stop-bound = Day's loss limit
label-stop-positions = Open positions
label-stop-cancelled = Cancelled
label-stop-instance = Process
label-stop-reset = To trade again
label-stop-then = What that does
alert-called = { $name }: nobody has answered this for { $waited }.
alert-called-room = Nobody has answered this for { $waited }.
alert-seen = { $who } has it in hand since { $time }.
alert-answered = { $who } answered it at { $time }.
alert-over = Its cause was gone at { $time }.
alert-crowded = Newer alarms wait in its place since { $time }: nobody is called for this one any more.
button-acknowledge = I have it
chat-answered-already = Somebody answered this alarm before you, or it is over; its card says which.
done-acknowledge = You have it in hand: the card says so, and nobody else is called.
fact-alarm-called = Nobody answered the alarm “{ $title }”: it went on to { $name }.
fact-alarm-called-room = Nobody answered the alarm “{ $title }”: it went on to another room.
fact-alarm-seen = { $who } has the alarm “{ $title }” in hand.
fact-alarm-answered = { $who } answered the alarm “{ $title }”.
fact-alarm-over = The cause of the alarm “{ $title }” is gone.
fact-alarm-crowded = So many alarms wait that nobody is called for “{ $title }” any more.
note-late = Told { $minutes } min late: it could not be shown here before.
fact-room-moved = The { $surface } chat { $from } has the number { $to } now; cards are shown there.
fact-manners = { $whose }, from now on: { $what } { $to }.
fact-watch-added = { $symbol } is watched from now on.
fact-watch-removed = { $symbol } is no longer watched.
fact-strategy-on = The strategy { $name } raises signals again.
fact-strategy-off = The strategy { $name } is switched off and raises no signals.
manners-room = { $surface } chat { $chat }
manners-own = Their own settings
manners-quiet = quiet hours
manners-language = language


### Refusals

refusal-stranger = You are not on this desk's list of operators. Ask an admin to add you as { $needs }.
refusal-role = This needs the role { $needs }, and yours is { $has }. Ask somebody who has it.
refusal-unknown-ticket = There is no such ticket on this desk. The board lists those that are offered.
refusal-unknown-position = There is no such position on this desk. The board lists those that are open.
refusal-unknown-order = There is no such order on this desk. The ticket's card shows its order.
refusal-unknown-standing = There is no such standing approval on this desk. The board lists those that are live.
refusal-unknown-override = There is no such override on this desk. The board lists those that are asked for and those that hold.
refusal-stale-card = This card is old: revision { $current } stands now. Nothing was done. Read the newest card and press there.
refusal-decided = { $ending } Your press changed nothing.
refusal-expired = This ticket expired at { $time }. Nothing was sent. Propose it again if you still want it.
refusal-trading-active = The desk is active already. There is nothing to change.
refusal-trading-reducing = The desk is reducing and takes only what shrinks risk. An admin can resume it.
refusal-trading-halted = The desk is halted and takes no entries. An admin can resume it.
refusal-limits = The limits leave no room. Nothing was sent.
refusal-no-quote = There is no price to rest on for { $instrument }: { $fault }. Nothing was sent. Press again when the quote is good.
refusal-repriced = { $breach }. Nothing was sent. Revision { $revision } shows the new price: confirm that one if you still want it.
refusal-market-closed = The market is closed and opens at { $time }. Press again then.
refusal-too-late = The session ends at { $time }, too soon for a new ticket. Propose it again in the next session.
refusal-market-closed-for-good = The market is closed, and the calendar knows of no next session.
refusal-not-second-person = A second person has to say yes: not the one who proposed or edited this ticket, nor one who said yes already.
refusal-order-in-doubt = It is unknown what became of the order, so it cannot be changed now. Wait until the broker has answered.
refusal-order-live = This cannot be done while the order is { $state }. Look at its card and press again when that has changed.
refusal-order-ended = Nothing is left to change at this order ({ $state }).
refusal-stop-stands = The stop stands at a loss of { $stop } of the premium already, so nothing was done again. The newest card shows it.
refusal-stale-position = The position has changed since this card was drawn, so nothing was done. Look at the newest card and press there.
refusal-position-open = The position is open and no exit is on its way. Press Close to send one.
refusal-position-closing = An exit is on its way already ({ $reason }). Wait until it has ended.
refusal-position-closed = The position is closed since { $time } ({ $by }). There is nothing left to do.
refusal-position-broken = The legs of this position have diverged. Compare them with the broker's account, then press Close.
refusal-adjusted = { $contract } was adjusted after a corporate action and cannot be opened. Choose a standard contract.
refusal-paper-only = Only a paper account may do this. Use a desk on the paper broker.
refusal-store-unavailable = The store cannot commit, so no entry is taken; exits go on. Press again when the board shows that it commits.
refusal-broker-unavailable = The broker does not answer, so nothing can be said about the account. Ask again in a moment.
refusal-not-ours = Another process holds this desk. Press on the surfaces of that one.
refusal-type = This ticket could lose { $loss }, so a yes needs its number of contracts, typed from the card. Nothing was sent. Confirm in a chat or on the web console: both ask for it.
refusal-type-wrong = This ticket could lose { $loss }, and { $typed } is not its number of contracts. Nothing was sent. Read the card and type the number that it shows.

link-unknown = This code does not count. Ask for a new one on a surface where you are known, or ask an admin for one.
link-used = This code was used before and counts once. Ask for a new one.
link-expired = This code expired at { $time }. Ask for a new one; it counts for five minutes.
link-same-surface = This code was asked for on this surface. Enter it on the other one, where you are not known yet.
link-linked = You are known here already, so there is nothing to link.
link-too-many = Too many codes were wrong. The next one is looked at from { $time } on.

people-unknown-operator = There is no such operator on this desk.
people-unknown-identity = Nobody on this desk is known there.
people-last-admin = Of the admins that the configuration names, this is the last who is one, so chat cannot change that. Name another one in the configuration first.
people-last-identity = This is the only place where they are known. Link another one first, or ask an admin to remove them.
people-name = A name has 1 to 64 visible characters and no spaces at its ends.
people-name-taken = Another operator has this name. Choose one that tells them apart.

notice-critical = What is critical is always told with a sound. It can not be muted.
notice-last-room = This is the last chat that shows tickets which wait for a decision. Show them elsewhere before they go here.
notice-unknown = There is no such notification. There are: { $names }.
notice-hours = Quiet hours need an end that is not their beginning, such as 22:00 to 07:00.
notice-zone = There is no such time zone. Name one like Europe/Berlin or America/New_York.
notice-room = Cards of this desk are not shown in this chat, so there is nothing to set for it. Use the scope me.
notice-no-private = How loudly cards are told is set for chats. This desk shows you none in private: it does so in your own Telegram chat with the bot, once that stands in telegram.chats. An admin sets this chat with the scope chat.
scan-unknown = The feed has nothing on { $symbol }, so it can not be watched. Look at how it is spelled.
scan-silent = The feed does not answer, so nobody can say whether it has { $symbol }. Nothing was changed; ask again in a minute.
scan-full = The watchlist holds { $most } symbols, as many as it can. Take one off first.
scan-strategy = There is no strategy of that name. There is: { $names }.

tap-unknown = This button is old and does nothing. Ask again from the beginning.
tap-used = This was pressed before and counts once. Nothing was done a second time.
tap-late = The second press had to come by { $time }. Nothing was done. Ask again from the beginning.
tap-changed = This changed since you were asked. Nothing was done. Look at it and ask again.
tap-another = Somebody else was asked this. Nothing was done. Ask for it yourself.

invalid-contracts = Contracts must be a whole number from 1 to 1,000,000.
invalid-limit = The limit must be a price in whole increments, within what the structure can cost.
invalid-structure = These legs make no structure that the desk trades. Use a single long option or a vertical spread of one expiry.
invalid-time = The time must lie ahead and within what is allowed here.
invalid-strategy = There is no strategy of that name. A card names the one that raised its signal; leave it empty for every one.
invalid-reason = Give a reason of 1 to 200 characters.
invalid-contract = That contract is unknown or has expired. Choose one that is listed now.

standing-fault-per-day = Tickets per day must be 1 or more.
standing-fault-ticket = Worst loss per ticket cannot be { $given }: above zero and at most { $most }, the desk's limit, would pass.
standing-fault-day = Worst loss per day cannot be { $given }: at least { $least }, the worst loss per ticket, would pass.
standing-fault-underlying = { $symbol } is not on the desk's watchlist. Name an underlying that is, or none for every one.
override-fault-hard = { $limit } is a hard limit: nobody passes it, and only the configuration loosens it.
override-fault-value = That is no value for this limit ({ $limit }): it has to be above zero, and whole where things are counted.
override-fault-not-above = { $limit }: { $given } is within the limit of { $bound } already. There is nothing to loosen.
override-fault-too-far = { $limit } cannot go to { $given }: { $most } would pass. More than that takes a change of the configuration.
override-fault-own = You asked for this, so others have to grant it.
override-fault-same = You granted this already. Now another person has to.
override-decided-asked = It waits to be granted.
override-decided-granted = It holds already, { $grants }. Revoke it if it should not.
override-decided-used = It was used at { $time } and is over.
override-decided-lapsed = Its time passed at { $time }. Ask again if it is still needed.
override-decided-refused = { $name } refused it at { $time }.
override-decided-revoked = { $name } revoked it at { $time }.
override-decided-revoked-by-desk = The desk revoked it at { $time }: its limit was tightened, or somebody behind it lost the right.
plan-fault-target = The profit target cannot be { $given } of the premium: 1% to { $most } would pass.
plan-fault-stop = The stop cannot be a loss of { $given } of the premium: 1% to { $most } would pass.
plan-fault-arm = The trailing stop cannot follow from a profit of { $given } of the premium: 1% to { $most } would pass.
plan-fault-give-back = The trailing stop cannot wait for a fall of { $given } of the premium: 1% to { $most }, the profit that it follows from, would pass.
plan-fault-time = The time stop cannot be { $given }: a time after { $after } would pass.
plan-fault-time-between = The time stop cannot be { $given }: a time after { $after } and before { $before }, when trading in its contracts ends, would pass.

### Limits

breach-worst-loss-per-ticket = Worst loss per ticket would be { $value }; the limit is { $bound }
breach-contracts-per-order = The order would have { $value }; the limit is { $bound }
breach-value-per-order = Value of the order would be { $value }; the limit is { $bound }
breach-open-positions = It would make { $value }, working entries included; the limit is { $bound }
breach-exposure-per-underlying = Worst loss on this underlying would be { $value }; the limit is { $bound }
breach-orders-per-minute = It would make { $value } in 60 s; the limit is { $bound }
breach-orders-per-day = It would make { $value } today; the limit is { $bound }
breach-daily-loss = The loss today is { $value }; the limit is { $bound }
breach-quote-age = The quote is { $value } old; the limit is { $bound }
breach-spread = The widest spread is { $value } of its mid; the limit is { $bound }
breach-drift = The price moved { $value } of the premium against the card; the limit is { $bound }

breach-alone = { $breach }.
breach-remedy = { $breach }; { $remedy }.
breach-passes = { $passes } would pass
wait-too-big = not even one contract would pass
wait-position = wait until one is closed
wait-exposure = wait until a position on it is closed
wait-minute = wait a minute
wait-day = no entry passes before the next New York day
wait-quote = wait for a fresh quote
wait-spread = wait until it narrows
wait-drift = look at the new price

### Vetoes

veto-late = The session ends in { $minutes } min, too soon for a new position.
veto-closed = The market is closed.
veto-no-contract = No contract fits, { $seen ->
    [one] 1 looked at
   *[other] { $seen } looked at
}. Wanted: { $lacking }.
veto-liquidity = { $contract } trades too thinly: { $fault }.
veto-data-quality = The figures cannot be trusted: { $fault }.
veto-duplicate-ticket = Ticket { $ticket } on the same idea stands already.
veto-duplicate-position = A position on the same idea is open already.
veto-trading = The desk is { $state } and takes no entries.
veto-not-scanned = The strategy was switched off, or the underlying taken off the watchlist, while it was looked at.

### Events

event-line = { $time } · { $who } · { $what }
actor-operator = { $name } ({ $surface })
actor-stranger = somebody not on the list ({ $user }, { $surface })
actor-desk = desk
actor-strategy = strategy { $name }
actor-broker = broker

fact-desk-configured = Settings in force: { $mode }, worst loss { $worst } per ticket, loss { $daily } per day, { $positions ->
    [one] 1 open position
   *[other] { $positions } open positions
}, { $contracts ->
    [one] 1 contract
   *[other] { $contracts } contracts
} per order.
fact-operator-set = { $name } is { $role } now.
fact-operator-set-removed = { $name } may no longer act.
fact-link-asked = A link code was asked for, good until { $until }.
fact-operator-invited = { $name } was invited as { $role }; the code is good until { $until }.
fact-operator-linked = { $name } is known as { $user } ({ $surface }) as well.
fact-operator-unlinked = { $name } is no longer known as { $user } ({ $surface }).
fact-trading-changed = Trading is { $to } now: { $cause }, “{ $reason }”.
fact-trading-changed-bare = Trading is { $to } now: { $cause }.
fact-trading-stays = Trading stays { $to }: { $cause }, “{ $reason }”.
fact-trading-stays-bare = Trading stays { $to }: { $cause }.
trading-event-started = the process started
trading-event-recovered = recovery found everything in order
trading-event-brake-mismatch = an automatic brake, the broker holds something else
trading-event-brake-loss = an automatic brake, the day lost { $lost } of at most { $bound }
trading-event-asked = a person asked
fact-standing-signed = Standing approval { $standing } signed by { $name }: { $strategy }, { $symbol }, { $count ->
    [one] 1 ticket
   *[other] { $count } tickets
} a day, worst loss { $each } per ticket and { $daily } per day, until { $until }.
fact-standing-revoked = Standing approval { $standing } revoked.
fact-override-asked = Override { $id } asked for: { $what }; until { $until }.
fact-override-granted = Override { $id } granted: { $what }.
fact-override-granted-partly = Override { $id } has a grant. { $count ->
    [one] One more is needed
   *[other] { $count } more are needed
}, from another person.
fact-override-refused = Override { $id } refused.
fact-override-revoked = Override { $id } revoked.
fact-override-lapsed = Override { $id } is over: its time passed.
fact-override-used = Ticket { $ticket } passed a limit { $passed }.
fact-limit-changed = { $limit } is { $after } now instead of { $before }.
fact-desk-configured-kept = { $configured } Kept as people set them: { $limits }.
fact-strangers-unheard = People who are not on the list of operators ask too often: { $count ->
        [one] one more ask was refused and only counted.
       *[other] { $count } more asks were refused and only counted.
    }
fact-refused = Refused ({ $verb }): { $why }
fact-mismatch = Desk and broker disagree on { $instrument }: the desk holds { $ours }, the broker says { $broker }.

fact-signal-raised = Signal { $signal }: { $what }.
fact-signal-vetoed = Signal { $signal } vetoed. { $why }
fact-signal-lapsed = Signal { $signal } was not screened in time.
fact-ticket-offered = Ticket { $ticket } offered: { $name }, { $contracts }, { $bound }, worst loss { $worst }, until { $until }.
fact-ticket-revised = Ticket { $ticket } is at revision { $revision }: { $contracts }, { $bound }, worst loss { $worst }.
fact-said-yes = Ticket { $ticket } has a yes to revision { $revision }. One more is needed.
fact-ticket-confirmed = Ticket { $ticket } confirmed at revision { $revision }, seeing: { $quote }.
fact-ticket-confirmed-standing = Ticket { $ticket } confirmed at revision { $revision } by standing approval { $standing } of { $name }, seeing: { $quote }.
fact-ticket-declined = Ticket { $ticket } declined: “{ $reason }”.
fact-ticket-expired = Ticket { $ticket } expired. Nobody decided in time.
fact-ticket-withdrawn = Ticket { $ticket } withdrawn: { $reason }.
fact-ticket-lapsed = Ticket { $ticket } was confirmed and its order never sent: { $reason }.
fact-ticket-snoozed = Ticket { $ticket } put aside until { $until }, for this viewer alone.

fact-order-entry = Order { $order } for ticket { $ticket } is written down: { $units }, { $bound }.
fact-order-exit = Exit order { $order } for position { $position } is written down ({ $reason }): { $units }, { $bound }.
fact-order-moved = Order { $order }, attempt { $attempt }: { $what }; now { $state }.
fact-order-stays = Order { $order }, attempt { $attempt }: { $what }.
order-event-denied = the desk's last check said no
order-event-lapsed = its time passed before it was sent
order-event-answer-lost = it was sent and no answer came
order-event-never-arrived = every lookup found nothing
order-event-sent-again = it is sent again under the same name
order-event-accepted = the broker has it
order-event-rejected = the broker said no
order-event-gone = it ended at the broker
order-event-cancel-sent = its cancellation is asked for
order-event-replace-sent = another price is asked for
order-event-replaced = the new price stands, { $bound }
order-event-replace-refused = the broker would not change its price
order-event-filled-to = { $count ->
    [one] 1 contract filled so far
   *[other] { $count } contracts filled so far
}
fact-bought = Bought { $count } { $what } at { $price }, fee { $fee }, position { $position }.
fact-sold = Sold { $count } { $what } at { $price }, fee { $fee }, position { $position }.
fact-busted = The broker took execution { $execution } back.

fact-position-opened = Position { $position } opened from ticket { $ticket }.
fact-position-moved = Position { $position } is { $to } now.
now-closing = closing ({ $reason })
fact-exit-decided = Exit of position { $position } decided ({ $reason }): open profit { $profit }, best so far { $best }, on marks { $marks }.
fact-position-closed = Position { $position } closed ({ $by }): P&L { $profit }, after { $fees } of fees.
fact-exit-plan-changed = Exit plan of position { $position } changed from { $before } to { $after }.
fact-exits-held = Automatic exits of position { $position } are held until { $until }.
fact-exits-released = Automatic exits of position { $position } go on.

### Commands

command-help = What there is to ask for, or how one command is used
command-status = How the desk stands: state, money at stake, today's P&L, limits
command-board = Puts the desk's board up in this chat
command-positions = What is held, with P&L and the nearest exit
command-position = One position with its legs, exits and Greeks
command-pnl = Profit and loss of today, this week, this month or all time
command-account = Cash, buying power and what is held
command-greeks = Greeks of one position, or of everything that is held
command-tickets = Newest tickets and where they stand
command-ticket = One ticket's card
command-why = What led to a ticket and what became of it
command-signals = Newest signals and what became of them
command-signal = One signal with its figures and vetoes
command-whynot = Why nothing is offered on an underlying
command-orders = Orders that live and the newest that ended
command-history = Newest events in words
command-quote = Price of an underlying now
command-chain = Options of an underlying around its price
command-report = Report of a day
command-close = Closes a position, those in profit, those that expire next, or all; asks once more
command-cancel = Cancels what is unfilled of an order
command-hold = Holds a position's automatic exits for a while, or lets them go on
command-exitplan = Changes a position's exit plan; what is not named stays
command-propose = Proposes a ticket of your own; it still needs a yes
command-scan = Looks at the market now, beside the timetable
command-watchlist = Shows what is watched, or changes it
command-strategies = Shows the strategies, or switches one on or off
command-limits = Shows every limit with its use, or changes one
command-override = Asks for a passing of a limit, or decides about one
command-overrides = Overrides that are asked for or granted
command-approve = Shows standing approvals, signs one, or revokes one
command-pause = Takes no new risk; another word for reduce
command-reduce = Takes only what shrinks risk
command-halt = Takes no entries and cancels working ones; exits go on
command-panic = Halts the desk and closes everything; asks once more
command-resume = Takes entries again
command-audit = What the audit log holds, and whether its chain is whole
command-export = Sends a file of trades
command-settings = How you or this chat are told things: sound, quiet hours, language
command-link = Links you on this chat platform to you on another one
command-whoami = Who you are to the desk, and what you may do
command-perms = Shows who may do what, or gives and takes roles
command-ping = Whether a press comes back, and how fast
command-version = Which version runs

argument-command = The command
argument-symbol = Underlying, such as SPY
argument-position = Position, by its id or the end of it
argument-ticket = Ticket, by its id or the end of it
argument-order = Order, by its id or the end of it
argument-signal = Signal, by its id or the end of it
argument-override = Override, by its id or the end of it
argument-standing = Standing approval, by its id or the end of it
argument-subject = Ticket, order or position by its id or the end of it, a person, or today
argument-what = Position, or profitable, expiring or all
argument-reason = Reason, for the record
argument-expiry = Expiry, such as 2026-12-18
argument-period = Period until now
argument-days = Which days: 2026-01-01..2026-03-31, or a period until now
argument-day = Day, such as 2026-11-20
argument-for = For how long, such as 30m or 2h; off lets the exits go on
argument-plan = Changes, such as target 50 stop 35 trail 25/15 time 15:45 days 7; or off
argument-idea = The trade, such as buy 2 SPY 2026-12-18 600c limit 3.20
argument-format = Kind of file
argument-code = Code that the other platform gave; none asks for a new one
argument-action = What to do
argument-strategy = Strategy, by its name
argument-limit = Limit
argument-value = New ceiling, in the limit's unit: 500, 4, 10s, 12.5%
argument-lasting = once, for how long (2h), or until what time in New York (15:45)
argument-per-day = Tickets per day
argument-loss-per-ticket = Worst loss per ticket, dollars
argument-loss-per-day = Worst loss per day, dollars
argument-approve-for = For how long, such as 8h or 3d
argument-notice = Kind of notification
argument-volume = How loudly
argument-from = From when, such as 22:00; off for no quiet hours
argument-to = Until when, such as 07:00
argument-zone = Time zone, such as Europe/Berlin
argument-language = Language
argument-scope = For you, or for this chat
argument-person = Person, as this platform or the desk calls them
argument-role = Role

choice-profitable = All in profit
choice-expiring = All that expire next
choice-all = All
choice-day = Today
choice-week = This week
choice-month = This month
choice-all-time = All time
choice-csv = CSV
choice-json = JSON
choice-release = Let the exits go on
choice-show = Show
choice-add = Add
choice-remove = Remove
choice-on = Switch on
choice-off = Switch off
choice-set = Set
choice-ask = Ask for one
choice-grant = Grant
choice-refuse = Refuse
choice-revoke = Revoke
choice-sign = Sign one
choice-notify = Notifications
choice-quiet = Quiet hours
choice-language = Language
choice-grant-role = Give a role
choice-revoke-role = Take the role away
choice-once = For one use
choice-loud = With a sound
choice-silent = Without a sound
choice-muted = Not at all
choice-me = For me
choice-chat = For this chat
choice-english = English
choice-german = German
choice-no-quiet = No quiet hours

unread-unknown = There is no command “{ $typed }”. Send /help to see all there are.
unread-unknown-near = There is no command “{ $typed }”. Did you mean /{ $nearest }?
unread-missing = Still needed: { $what }. For example: { $example }
unread-choose = Still needed: { $what }. Choose one, or write it, as in: { $example }
unread-wrong = “{ $typed }” was not understood. { $fault } For example: { $example }
unread-too-much = “{ $typed }” is too much there, so nothing was done. For example: { $example }

fault-choice = Choose one of: { $words }.
fault-choice-near = Did you mean “{ $nearest }”?
fault-command = Send /help to see all commands.
fault-long = At most 200 characters are kept; say it in fewer.
fault-symbol = A symbol has 1 to 8 letters, digits, dots or dashes.
fault-id = An id has 26 letters and digits; its last 4 or more are enough.
fault-id-or = Give an id, of which the last 4 or more characters are enough, or one of: { $words }.
fault-name = A name has 1 to 40 letters, digits, dots, dashes or underscores.
fault-person = A person's name has 1 to 64 characters.
fault-code = A code has 4 to 32 letters, digits or dashes.
fault-zone = A time zone is written like Europe/Berlin.
fault-number = Give a whole number from { $least } to { $most }.
fault-dollars = Give dollars above zero and at most 1,000,000,000, like 250 or 99.50.
fault-span = Give a time with its unit, like 45s, 30m, 2h or 3d, at most 366 days.
fault-span-or = Give a time with its unit, like 30m or 2h, or one of: { $words }.
fault-lasting = Give a time with its unit, like 2h, a time of today like 15:45, or one of: { $words }.
fault-day = Give a day as year, month and day, like 2026-12-18.
fault-stretch = Give a day like 2026-12-18, two with dots between them like 2026-01-01..2026-03-31, or one of: { $words }.
fault-clock = Give a time like 15:45.
fault-clock-or = Give a time like 22:00, or one of: { $words }.
fault-side = A trade begins with buy or sell.
fault-count = Contracts are a whole number from 1 to 1,000,000.
fault-strike = Give strikes with c for calls or p for puts, like 600c or 600/605c.
fault-price = Say the word limit and a price per share above zero, like limit 3.20.
fault-structure = The desk trades a single bought option, or a vertical spread of two strikes and one expiry.
fault-buys-credit = This spread receives money, so it is sold: write sell and the strike that you sell first.
fault-sells-debit = This pays money or has no second leg, so it is bought: write buy and the strike that you buy first.
fault-part = The parts of an exit plan are target, stop, trail, time and days, or off for all.
fault-part-value = Each part of an exit plan stands once, with its figure or off behind it.
fault-percent = Give a whole percentage from 1 to 1,000.
fault-trail = A trailing stop has two percentages: from which profit, and how much back, like 25/15.
fault-days = Days before expiry are a whole number from 0 to 365.
fault-share = Give a share in percent or basis points, like 12.5% or 1250bps.
fault-seconds = Give whole seconds, like 10s.
typed-unclear = A point or a comma with three digits behind it could part thousands or decimals, and nothing is guessed. Write thousands without a mark, like 1234, and decimals with one digit more or less, like 1.23.
fault-whole = Give a whole number.

### Answers

title-help = What there is to ask for
title-version = Countersign { $version }
title-ping = Ping
title-positions = { $count ->
    [one] 1 position
   *[other] { $count } positions
}
title-profit = P&L of all time
title-profit-since = P&L since { $day }
title-account = Account
title-greeks = Greeks
title-signals = Newest signals
title-signal = Signal { $id } on { $symbol }
title-tickets = Newest tickets
title-orders = Orders
title-history = What happened
refusal-unknown-subject = Nothing here has that id or name, or more than one has. Give the whole id, or the name as /perms shows it.
title-audit = Audit log
note-audit-cut = Older events are left out. The command audit verify checks the whole log.
audit-whole = The chain is intact up to event { $rows }.
audit-broken = The chain is broken at row { $row }: it was edited, removed or moved.
audit-cut = The log ends after { $rows } rows, before the head that was committed: rows were cut off.
title-why = Why: { $name }
title-quote = { $symbol } now
title-chain = { $symbol } options of { $expiry }
title-watchlist = Watched: { $count ->
    [one] 1 underlying
   *[other] { $count } underlyings
}
title-strategies = Strategies
title-whynot = Why nothing is offered on { $symbol }
title-limits = Limits and their use
title-limit-change = Change of a limit: { $limit }
title-approvals = { $count ->
    [one] 1 standing approval
   *[other] { $count } standing approvals
}
title-whoami = Who you are
title-perms = { $count ->
    [one] 1 person may act
   *[other] { $count } people may act
}

lead-greeks = Delta and gamma per dollar of the underlying, theta per day, vega per volatility point.
lead-quote = { $mid } halfway, { $age } old.
lead-no-quote = There is no quote now.
lead-limits-full = A limit is used up: it lets no further entry pass.
lead-limits-near = A limit is nearly used up.
lead-limit-looser = It becomes looser, so it follows the rule of an override.
lead-limit-tighter = It becomes tighter.
lead-limit-same = It stays as it is.
note-limit-hard = No chat makes this limit looser again. On the desk's machine, “countersign desk reset-limits” sets every limit to what the configuration says.
note-limit-question = Change it? A tighter limit holds at once, a wider one when enough other admins have granted it. The answer counts for 30 s.
lead-whoami = You are { $name }, { $role }.
lead-stranger = The desk does not know you here. Send /link on a platform where it does, or ask an admin.

note-help = Send /help with a command to see how it is used.
note-ping = Press the button to see whether a press comes back.
note-pong = The press came back. An answer takes { $took } ms to the platform and back.
note-nothing-held = Nothing is held.
note-no-orders = There was no order yet.
note-nothing-watched = Nothing is watched.
note-as-configured = All as configured; nobody has added or taken off anything.
note-no-strategies = There is no strategy.
note-no-chain = There are no options of that expiry.
note-strikes = { $count ->
    [one] 1 strike further away is left out.
   *[other] { $count } strikes further away are left out.
}
note-not-looked = Nothing looked at it yet. The next scan does if it is watched.
note-nobody = Nobody may act on this desk.

label-role = Needs
label-example = Example
label-up = Running for
label-open-profit = Open P&L
label-raised = Raised
label-outcome = What became of it
label-source = From
label-before = Now
label-after = Then
label-known-on = Known on
label-you-here = Here

table-commands = Commands
table-arguments = What it takes
table-greeks = Greeks
table-signals = Signals
table-tickets = Tickets
table-orders = Orders
table-events = Events, New York time
table-events-there = Events, time in { $zone }
table-chain = Bid/ask around the price
table-strategies = Strategies
table-perms = People
table-notices = Notifications
title-settings = How you are told
column-notice = Notification
column-severity = Severity
column-here = Here
column-mine = Mine
label-quiet-here = Quiet hours here
label-quiet-mine = My quiet hours
label-language = Language of answers
note-quiet-now = It is quiet here now: only what is critical makes a sound.
note-settings = My settings hold in my private chat. Times are told in the time zone of the quiet hours, and without any in New York's. What is critical always makes a sound.
severity-routine = routine
severity-important = important
severity-critical = critical
volume-loud = loud
volume-silent = silent
volume-off = off
quiet-never = none
quiet-hours = { $from } to { $until }, { $zone }
language-en = English
language-de = Deutsch

column-command = Command
column-about = What it does
column-argument = Part
column-delta = Delta
column-gamma = Gamma
column-theta = Theta
column-vega = Vega
column-outcome = Outcome
column-ticket = Ticket
column-order = Order
column-filled = Filled
column-event = Event
column-call = Call
column-strike = Strike
column-put = Put
column-strategy = Strategy
column-tickets = Tickets
column-person = Person
column-role = Role
column-known-on = Known on

role-anybody = nothing
argument-choices = { $what }: { $words }
row-total = All
outcome-raised = not screened yet
outcome-ticketed = ticket { $ticket }
purpose-entry = entry
event-told = { $who }: { $what }
state-on = on
state-off = off
look = { $time }, { $strategy }: { $what }
look-quiet = nothing noticed ({ $reason }): { $figures }.
look-quiet-bare = nothing noticed ({ $reason }).
look-no-data = the feed had no answer: “{ $words }”
look-raised = a signal was raised and not screened yet.
look-ticketed = a signal was raised and offered as ticket { $ticket }.
look-off = switched off by { $who }; it raises no signals until somebody switches it on.
look-unwatched = { $symbol } is not on the watchlist, so no scan looks at it. /watchlist add { $symbol } puts it there.
look-removed = { $symbol } is not watched: { $who } took it off the watchlist, { $time }. /watchlist add { $symbol } puts it back.
watched-added = { $symbol }: not configured, added by { $who }, { $time }
watched-removed = { $symbol }: configured, taken off by { $who }, { $time }
strategy-off = { $name }: switched off by { $who }, { $time }. Open tickets and positions stay as they are, and exits go on.
quiet-closed = the market is closed
quiet-too-late = the session ends too soon
quiet-too-early = too few bars in this session yet
quiet-gaps = too many bars are missing
quiet-stale = the newest bar is too old
quiet-still = the price does not move
quiet-no-trend = no trend: both averages are close
quiet-against-slope = the slow average does not go with the trend
quiet-not-confirmed = momentum does not confirm the trend
quiet-weak = everything holds, too weakly
you-here = { $user } ({ $surface })
button-ping = Press
button-revoke-one = Revoke { $id }

### Terminal

terminal-keys = Keys: c confirm · r reject · s snooze 1 min · w why · n next ticket · p positions · h halt · u resume · q quit
terminal-console = Web console: { $url } (this link opens it once)
terminal-begun = Desk { $name } is up.
terminal-nothing = No ticket waits for a decision.
terminal-flattened = The desk is halted and the exits of all positions are asked for. A position is closed when the broker has filled its exit.
terminal-limits-reset = Every limit is what the configuration said at the last start.
terminal-nobody-runs = No process runs this desk: until one is started, nothing goes to the broker, and nothing that was asked for happens.
terminal-own-time = A demo or a replay ran this desk: its time is not the machine's. It stands at { $at }.
terminal-left-out = { $lines ->
    [one] (1 line was left out here: nobody was reading. The event log has everything.)
   *[other] ({ $lines } lines were left out here: nobody was reading. The event log has everything.)
}
terminal-draining = Stopping: no new entries, what is due is finished. Press Ctrl-C again to stop at once.
terminal-left = Stopped with { $positions ->
    [0] no open position
    [one] 1 open position
   *[other] { $positions } open positions
} and { $orders ->
    [0] no live order
    [one] 1 live order
   *[other] { $orders } live orders
}.

### Web console

console-name = Countersign
console-skip = Skip to the page
console-menu = Pages
console-menu-desk = Desk
console-menu-propose = Propose
console-menu-standing = Approvals
console-menu-history = History
console-menu-health = Health
console-keys = Keys
console-key-next = Next card
console-key-previous = Card before
console-key-confirm = Confirm
console-key-reject = Reject
console-key-edit = Edit
console-key-snooze = Snooze
console-key-close = Close
console-key-why = Why
console-key-help = This list
console-done-reading = Done
console-dismiss = Dismiss
console-back = Back to the desk
console-back-form = Back to the form
console-reconnecting = Reconnecting. What you see may be old.
console-ticket = Ticket

console-open-title = Open the console
console-open-how = The terminal that runs countersign shows a link that opens this console once. Open that link, or paste its token here.
console-open-token = Token
console-open = Open

console-fault-locked = This console is locked
console-fault-nothing-here = Nothing here
console-fault-not-done = Not done
console-fault-host = This is not an address of the console. Open the link that the terminal shows.
console-fault-origin = Another page sent this, so nothing was done. Press on a page of the console itself.
console-fault-session = This browser has no session here, or its session ended. Look at the terminal that runs countersign: the newest link there opens this console.
console-fault-token = This link opens nothing: it was used, or a newer one took its place. Look at the terminal that runs countersign: the newest link there opens this console.
console-fault-seal = This form is not for what the page shows now, so nothing was done. Go back to the desk and press there.
console-fault-replayed = This form was sent before and counts once. Nothing was done a second time. The desk shows what came of it.
console-fault-too-late = The second press has to come within 30 s. Nothing was done. Go back and start again.
console-fault-form = This form could not be read, so nothing was done. Go back to the desk and press there.
console-fault-too-large = This form is larger than any of ours, so nothing was done.
console-fault-not-found = There is no such page. The desk has links to all that there are.
console-fault-no-session = There was no session on that day, so there is no report of it.
console-fault-method = This page cannot be asked for in this way. Go back to the desk and press there.
console-fault-store = The store cannot be read now. Exits go on. Try again in a moment.
console-fault-slow = The desk did not answer in time. It may still do what was asked: look at the desk before you press again.
console-fault-crowded = Too many pages are open. Close some and try again.

console-said-yes = Your yes is recorded. One more person has to say yes.

console-trouble = The desk cannot be read now. What you see is old; exits go on.
console-state-active = Active
console-state-reducing = Reducing
console-state-halted = Halted
console-account = Account
console-state = Trading
console-today = Today
console-today-of = { $taken } taken, { $open } open
console-next-scan = Next scan
console-no-scan = none planned
console-clock = Desk time
console-tickets = Open tickets
console-tickets-none = No ticket waits for a decision. A new one shows here by itself.
console-positions = Positions
console-positions-none = Nothing is held.
console-feed = Events
console-feed-none = Nothing has happened yet.
console-time-left = Time left
console-press-lost = It is not known whether that press arrived. Look at the card before you press again.
console-alarms = Alarms
console-orders = Entries on their way
console-limits = Limits
console-limit-of = { $used } of { $bound }
console-controls = Desk
console-flatten = Flatten
console-reduce = Reduce
console-halt = Halt
console-resume = Resume
console-approvals = Standing approvals
console-approvals-none = None. Every ticket needs a press.
console-approvals-more = Sign one
console-revoke = Revoke
console-health-well = All parts well
console-health-look = Look at health
console-health = Health
console-snoozed = Put aside until { $time }
console-edit-send = Make a new revision
console-snooze-30 = 30 s
console-snooze-60 = 60 s
console-snooze-end = Until it expires
console-field-contracts = Contracts
console-field-typed = Type the contracts to confirm
console-field-pay = Pay at most, per share
console-field-receive = Receive at least, per share
console-rail-stop = stop { $at }
console-rail-target = target { $at }
console-order-late = Order { $order } lives at the broker though its ticket does not.

console-ask-close-title = Close this position?
console-ask-close-how = An exit goes out at once and walks from the last believed mark. It is closed when the broker has filled it.
console-ask-close = Close it now
console-ask-hold-title = Hold this position's exits?
console-ask-hold-how = Until then no automatic exit of this position fires, whatever the price does. You can close it yourself, or let its exits go on earlier.
console-ask-hold = Hold its exits
console-ask-plan-title = Change this position's exits
console-ask-plan-how = An empty field switches that exit off. The last trading hour cannot be switched off. Percentages are of the premium.
console-ask-plan = Change its exits
console-ask-reduce-title = Reduce the desk?
console-ask-reduce-how = Offered tickets are withdrawn and working entries cancelled. The desk takes only what shrinks risk until a person resumes it.
console-ask-halt-title = Halt the desk?
console-ask-halt-how = Offered tickets are withdrawn and working entries cancelled. Automatic exits go on. The desk takes no entries until a person resumes it.
console-ask-resume-title = Resume the desk?
console-ask-resume-how = The desk takes entries again. Tickets that were withdrawn do not come back.
console-ask-flatten-title = Flatten the desk?
console-ask-flatten-how = The desk halts, working entries are cancelled, and an exit goes out for every open position. You will be asked once more.
console-ask-flatten-now-title = Close every position now?
console-ask-flatten-now = Flatten now
console-ask-flatten-count = { $count ->
    [0] Nothing is held. The desk halts.
    [one] 1 open position is closed.
   *[other] { $count } open positions are closed.
}
console-ask-revoke-title = Revoke this standing approval?
console-ask-time = Time left for the second press
console-ask-leave = Leave it
console-go-on = Go on
console-field-reason = Reason, for the record
console-field-minutes = Minutes, at most { $most }
console-field-target = Profit target, percent
console-field-stop = Stop loss, percent
console-field-arm = Trailing stop follows from a profit of, percent
console-field-give-back = and closes after a fall of, percent
console-field-time = Time stop, New York
console-field-days = Days before expiry
console-done-flatten = The desk is halted and an exit is asked for on every open position. Each is closed when the broker has filled it.
console-done-propose = Your ticket is offered. It still needs a yes.
console-done-sign = The standing approval is signed. It is used from the next ticket on.

console-propose = Propose a ticket
console-propose-how = A single long option, or a vertical spread of one expiry. It is offered like any other ticket and still needs a yes.
console-propose-leg = Leg { $number }
console-propose-symbol = Option symbol
console-propose-symbol-how = Root, expiry as year, month and day, C or P, strike in thousandths: SPY 240119C00475000.
console-propose-side = Side
console-propose-buy = Buy
console-propose-sell = Sell
console-propose-leg-two-how = Leave it empty for a single option.
console-propose-limit = Limit per share
console-propose-limit-how = What to pay at most, or for a credit spread to receive at least.
console-propose-exits = Exits
console-propose-send = Offer it

console-standing-how = A standing approval says yes by itself, within its bounds, until it ends or is revoked. It sleeps unless the desk is active.
console-standing-sign = Sign a standing approval
console-standing-send = Sign it
console-field-strategy = Strategy, empty for every one
console-field-underlying = Underlying, empty for every one
console-field-per-day = Tickets per day
console-field-loss-ticket = Worst loss per ticket, dollars
console-field-loss-day = Worst loss per day, dollars
console-field-hours = Hours from now, at most { $most }

console-history = History
console-history-tickets = Recent tickets
console-history-signals = Recent signals
console-history-no-tickets = No ticket was offered yet.
console-history-no-signals = No signal was raised yet.
console-column-offered = Offered
console-column-ticket = Ticket
console-column-worst = Worst loss
console-column-state = State
console-column-profit = P&L
console-column-raised = Raised
console-column-signal = Signal
console-column-outcome = What became of it
console-outcome-raised = Not screened yet.
console-outcome-ticketed = Offered as ticket
console-outcome-lapsed = Its time passed before it was screened.

console-why = Why
console-trail = What happened
console-trail-cut = Older events are in the audit log.
console-yes = Who said yes, seeing what
console-states = Order states
console-column-time = Time
console-column-order = Order
console-column-attempt = Attempt
console-column-asked = Asked
console-exit = Exit
console-entry = Entry

console-fault-percent = A percentage must be a whole number from 1 to 1,000, or empty to switch that exit off.
console-fault-trail = A trailing stop needs both percentages, or neither.
console-fault-days = Days before expiry must be a whole number from 0 to 365, or empty.
console-fault-time = A time must be like 2026-11-18T15:45, or empty.
console-fault-symbol = That is not an option symbol. Write it like SPY 240119C00475000.
console-fault-side = A leg is bought or sold.
console-fault-dollars = An amount must be in dollars, above zero and at most 1,000,000,000, like 250 or 99.50.
console-fault-count = Tickets per day must be a whole number from 1 to 1,000,000.
console-fault-minutes = Minutes must be a whole number from 1 to { $most }.
console-fault-hours = Hours must be a whole number from 1 to { $most }.
console-fault-word = A strategy's name has 1 to 40 letters, digits, dots, dashes or underscores.
console-fault-underlying = A symbol has 1 to 8 capital letters, digits, dots or dashes.
console-fault-reason-list = Choose one of the reasons that the card names.
console-keys-on = Keys are on
console-account-title = Account { $account }
console-cash = Cash
console-buying-power = Buying power
console-held-open = Open positions
console-scan = Look at the market now
console-scan-how = Every underlying of the watchlist is looked at once, beside the timetable.
console-reconcile = Compare with the broker now
console-reconcile-how = What the desk holds is compared with what the broker says. A gap counts when it was seen twice.
console-done-scan = { $raised ->
    [0] Looked at { $looked ->
        [one] 1 underlying
       *[other] { $looked } underlyings
    }: no signal was raised.
    [one] Looked at { $looked ->
        [one] 1 underlying
       *[other] { $looked } underlyings
    }: 1 signal was raised. The events tell what became of it.
   *[other] Looked at { $looked } underlyings: { $raised } signals were raised. The events tell what became of them.
}
console-done-reconcile = Compared with the broker. A gap would stand among the alarms and events.
console-history-reports = Daily reports
console-history-files = Files
console-history-files-how = A row for each execution and each decision, in UTC, for a spreadsheet or a program.

# --- what chat platforms say
chat-time-left = At most { $span } left to decide.
chat-decline-why = Why not? Choose one; with the choice the ticket is declined.
chat-not-here = This chat belongs to no desk here, so nothing was done. An administrator can add its number to the configuration.
chat-second-copy = This is a second copy of a card, so nothing was done and its buttons are void. Press on the other copy.
chat-repeated = This press had been taken in before, so nothing was done again. The card shows what it came to.
chat-busy = Too much waits to be told in this chat. Press again in a minute.
chat-form-one = Answer this message with it.
chat-form-several = Answer this message with these, in this order, a blank between them.
chat-form-entry = • { $label } (now { $value })
chat-field-plan = Changes; what you leave out stays
chat-close-question = Close { $name } now, at { $profit }? The answer counts for 30 s.
chat-close-question-unmarked = Close { $name } now? Nobody knows what it is worth at the moment. The answer counts for 30 s.
chat-leave = Leave it
chat-none-in-profit = No open position is known to be in profit, so there is nothing to close.
chat-none-expiring = No open position expires in this session or, after its end, in the next one, so there is nothing to close.
chat-none-open = No position is open, so there is nothing to close.
chat-close-many-question = { $count ->
    [one] Close this position now? The answer counts for 30 s.
   *[other] Close these { $count } positions now? The answer counts for 30 s.
}
chat-halt-question = Halt the desk? No entries, working entries are cancelled, exits go on; only an admin resumes. The answer counts for 30 s.
chat-flatten-question = { $count ->
    [0] Halt the desk and close everything? Nothing is held now. The answer counts for 30 s.
    [one] Halt the desk and close its one position? The answer counts for 30 s.
   *[other] Halt the desk and close all { $count } positions? The answer counts for 30 s.
}
chat-yes = Yes, now
chat-no-reason = Asked for in a chat, without a reason
done-second = Asked for. The cards tell what the broker does.
chat-page-before = ‹ Page { $number } of { $of }
chat-page-after = Page { $number } of { $of } ›
chat-no-chain = The feed has no options on { $symbol } for that day.
chat-limit-set = The limit is changed and holds from now on.
chat-override-asked = Asked for. An admin other than you has to grant it: /overrides shows it with its buttons.
chat-link-code = Your code is { $code }. Within 5 minutes, until { $until }, write /link { $code } where you are not known yet. It counts once; show it to nobody.
chat-linked = Linked. From now on you are known here, with your role; /whoami shows it.
chat-invited = The code for { $name } is { $code }. Whoever writes /link { $code } before { $until } is { $name } from then on. It counts once.
chat-granted = The role has changed, also on cards that are open.
chat-removed = They may no longer act, on open cards either.
chat-manners-set = Set. /settings shows how you are told now.
chat-watch-added = { $symbol } is watched from the next scan on. /scan looks now.
chat-watch-removed = { $symbol } is no longer watched. Tickets and positions on it stay as they are.
chat-strategy-on = The strategy { $name } raises signals again, from the next scan on.
chat-strategy-off = The strategy { $name } raises no signals from now on. Its open tickets and positions stay as they are, and exits go on.
chat-watched-already = { $symbol } is watched already, so nothing was changed.
chat-not-watched = { $symbol } is not on the watchlist, so nothing was changed.
chat-strategy-is-on = The strategy { $name } is on already, so nothing was changed.
chat-strategy-is-off = The strategy { $name } is off already, so nothing was changed.
chat-write-to-me = That is for you alone. Open a private chat with me, press Start, and ask there.
chat-not-taken = That is for you alone, and it could not be sent just now. Ask again in a moment.
chat-sent-in-private = Sent to you alone.
title-overrides = Overrides
title-override-asked = Override asked for: { $limit }
title-override-granted = Override granted: { $limit }
title-override-used = Override used: { $limit }
title-override-lapsed = Override over: { $limit }
title-override-refused = Override refused: { $limit }
title-override-revoked = Override revoked: { $limit }
title-loosening-asked = Looser limit asked for: { $limit }
title-loosening-done = Limit loosened: { $limit }
label-override-asked-by = Asked by
label-override-granted-by = Granted by
label-override-until = Until
label-override-uses = Used
override-hand = { $name }, { $time }
override-uses = { $count ->
    [0] not yet
    [one] once
   *[other] { $count } times
}
note-override-missing = { $count ->
    [one] One more admin, other than { $name }, has to grant it.
   *[other] It goes more than half beyond the limit: { $count } admins other than { $name } have to grant it.
}
button-take-back = Revoke
footer-override = Override { $id }
note-no-overrides = Nothing is asked for and no override holds.
button-grant = Grant
button-refuse = Refuse
refusal-unknown-signal = There is no such signal, or more than one ends so. /signals lists them.
export-about = Account { $account }: { $fills ->
    [one] one execution
   *[other] { $fills } executions
} and { $decisions ->
    [one] one decision
   *[other] { $decisions } decisions
}. Times are UTC, amounts are dollars, and profit is by average cost before fees: no tax advice.
export-too-large = The file would have { $size } MB, and { $most } MB is the most that can be sent here. Ask for fewer days, or write it with countersign desk export.

### News

label-news = News
news-pass = nothing stands against it
news-warn = it warns
news-shrink = fewer contracts because of it
news-veto = it stands against the trade
news-verdict = { $verdict } ({ $stories ->
    [one] 1 story
   *[other] { $stories } stories
}, tone { $tone } of ±1)
news-no-stories = No story counts now.
news-read-by = Read by { $who }.
news-scorer = { $name } { $version } ({ $hash })
news-scorer-lexicon = a list of words, version { $version } ({ $hash }); no model
news-headline = “{ $headline }” ({ $publisher }, { $age } ago): { $read }, { $category }, { $impact } impact
news-publishers = { $publisher } and { $others ->
    [one] 1 other
   *[other] { $others } others
}
news-unread = not read ({ $why })
news-set-aside = An admin set aside what would stand against it: { $names }.
news-reason-story = “{ $headline }”: { $category }, { $impact } impact, counts until { $until }.
news-reason-tone = The tone of { $stories ->
    [one] 1 story
   *[other] { $stories } stories
} is { $score } of ±1 and stands against the trade.
news-reason-scheduled = { $name } is due on { $day }.
news-reason-scheduled-at = { $name } is due on { $day } at { $time }.
news-missing-since = No source of news was heard since { $time }.
news-missing-never = No source of news was heard yet.
news-missing-model = { $stories ->
    [one] 1 story
   *[other] { $stories } stories
} that would count could not be read: { $why }.
news-abstained-no-model = there is no model
news-abstained-late = the model was too slow
news-abstained-unusable = the model's answer was none
news-abstained-empty = nothing was left to read
news-category-earnings = earnings
news-category-guidance = guidance
news-category-clinical = clinical
news-category-merger = merger
news-category-legal = legal
news-category-analyst = analyst
news-category-personnel = personnel
news-category-capital = capital
news-category-halt = halt
news-category-bankruptcy = bankruptcy
news-category-macro = economy
news-category-company = company
news-category-market = market
news-category-general = general
news-impact-low = low
news-impact-medium = medium
news-impact-high = high
news-lead = News: { $reason }
veto-news = The news stands against it. { $reasons }
withdrawn-news = the news stands against it. { $reasons }
lapse-news = the news came to stand against it. { $reasons }
refusal-news = Not confirmed: the news stands against it, and the ticket is withdrawn. { $reasons }
news-behind = { $story }; it counts until { $until }.
news-reasons-more = { $count ->
    [one] And 1 more reason.
   *[other] And { $count } more reasons.
}
news-heard = { $story }; { $did }
news-did-nothing = nothing was done
news-did-warn = the ticket warns of it
news-did-shrink = fewer contracts
news-did-withdraw = the ticket was taken back
news-did-unsent = the entry was not sent
news-did-alarm = an alarm was raised
news-did-pass = { $who } let its veto pass (“{ $reason }”)
news-does-veto = vetoes until { $until }
news-does-shrink = means fewer contracts until { $until }
news-does-warn = warns until { $until }
news-does-pass = its veto until { $until } is let pass
news-passing = { $name } on { $symbol } is let pass until { $until } by { $who }: “{ $reason }”
news-passing-more = { $count ->
    [one] 1 more veto is let pass.
   *[other] { $count } more vetoes are let pass.
}
news-more = And { $count } more; the console shows them.
news-more-than = And more than { $count } more; the console shows the newest.
news-nobody-reads = Nobody reads the stories now.
news-read-by-native = Read by { $who }, run by { $name } ({ $file }).
news-read-by-built-in = Read by { $who }, run by the engine in pure Rust that is part of the program.
table-news-deeds = What was done because of it
news-deed-vetoed = { $symbol }: { $times ->
    [one] a signal of { $strategy } was not offered.
   *[other] { $times } signals of { $strategy } were not offered.
} { $reasons }
news-deed-warned = { $symbol }: ticket { $ticket } warns. { $reasons }
news-deed-shrunk = { $symbol }: ticket { $ticket } has fewer contracts. { $reasons }
news-deed-withdrawn = { $symbol }: ticket { $ticket } was taken back. { $reasons }
news-deed-unsent = { $symbol }: the entry of ticket { $ticket } was not sent. { $reasons }
note-news-quiet = { $count ->
    [one] 1 more story was heard and changed nothing.
   *[other] { $count } more stories were heard and changed nothing.
}
note-not-rolled = It was closed and not rolled: its exit plan asks for the end, and what comes in its place is a ticket of its own.
whynot-earlier = { $time }, { $strategy }, { $way }: { $what }
whynot-more = { $count ->
    [one] 1 more signal did not become a ticket before; /signals lists them.
   *[other] { $count } more signals did not become tickets before; /signals lists them.
}
way-bullish = for a rise
way-bearish = for a fall
fact-story-judged = { $story }
fact-offer-warned = The news warns: { $reasons }
fact-offer-shrunk = Fewer contracts because of the news: { $reasons }
fact-ticket-warned = The news warns of ticket { $ticket }: { $reasons }
fact-news-let-pass = Veto { $name } of the news on { $symbol } is let pass until { $until }: “{ $reason }”
fact-news-let-pass-ended = Veto { $name } of the news on { $symbol } is let pass no longer: “{ $reason }”
alarm-news-title = News on what you hold
alarm-news = { $symbol } (position { $position }): “{ $headline }” ({ $publisher }): { $category }, high impact.
alarm-news-advice = Exits go on as planned whatever the news says. Close it, bring its stop nearer, or keep it as it is.
button-keep = Keep
title-news = News
title-news-on = News on { $symbol }
note-news-off = This desk reads no news: no source is configured.
label-news-bullish = For a rise
label-news-bearish = For a fall
news-named = { $reason } ({ $name })
news-source = Source { $name }: heard { $age } ago, { $taken } taken in, { $dropped } left out.
news-source-never = Source { $name } was not heard yet.
news-source-fault = Source { $name } has nothing to tell since { $since }: { $fault }
chat-against = { $symbol }: { $reason }
chat-let-pass = Done: until { $until } that veto is a warning. What was withdrawn before stays withdrawn.
chat-let-pass-ended = Done: that veto counts again.
command-news = Stories, how they were read, and what they mean
command-letpass = Let one veto of the news pass for a while
argument-veto = Veto, by its name in /news
argument-pass-for = For how long, or off
fault-veto = A veto's name stands behind its reason in /news, such as tone or story:01K9….

### The console's page of news

console-menu-news = News
console-news-everybody = everybody
console-news-ago = { $age } ago
console-news-moments = moments
console-news-told-by = told by { $count }
console-news-tone = tone { $score }
console-news-impact = { $impact } impact
console-news-idle = does nothing
console-news-against-bullish = { $symbol }, for a rise
console-news-against-bearish = { $symbol }, for a fall
console-news-against-all = { $symbol }
console-news-until = until { $until }
console-news-open = while it is so
console-news-fault = since { $since }: { $fault }
console-news-never = not yet
console-news-now = now
console-news-budget = { $used } of { $of } today
console-news-vetoes = Vetoes that stand
console-news-no-vetoes = None. Nothing in the news stands against a trade.
console-news-passing = Let pass
console-news-stories = Stories, newest first
console-news-no-stories = None was heard yet.
console-news-cut = Older stories are kept and not shown here.
console-news-sources = Sources
console-news-filter = Symbol; empty for all
console-news-show = Show
console-column-source = Source
console-column-heard = Heard
console-column-next = Asked next
console-column-taken = Taken in
console-column-dropped = Left out
console-column-budget = Requests
console-pass = Let it pass
console-count-again = Let it count again
console-ask-pass-title = Let this veto pass?
console-ask-pass-how = Until then it is a warning. What was withdrawn before stays withdrawn. Your name and your reason are written down.
console-ask-count-title = Let this veto count again?
console-ask-count-how = Its rule holds again at once. Your name and your reason are written down.
news-dropped-empty = empty
news-dropped-undated = undated
news-dropped-future = from the future
news-dropped-stale = too old
news-dropped-repeated = told before
news-dropped-untagged = about nothing watched
news-dropped-unreadable = unreadable
