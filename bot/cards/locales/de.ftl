# Every sentence that a person reads, in German.
#
# Values arrive ready to read: amounts with their sign and unit, times with their zone, names
# without control characters. Numbers that choose a plural arrive as numbers.
# One word has one meaning, as CONTRIBUTING.md says under Style: a ticket is declined by a
# person or withdrawn by the desk, an order is denied by the desk or rejected by the broker.

### Words

mode-paper = PAPER
mode-live = LIVE

trading-active = aktiv
trading-reducing = nur Abbau
trading-halted = angehalten

order-submitted = unterwegs zum Broker
order-in-doubt = ungewiss
order-working = liegt beim Broker
order-replacing = Preis wird geändert
order-cancelling = wird storniert
order-filled = ausgeführt
order-cancelled = storniert
order-denied = vom Desk verweigert
order-rejected = vom Broker abgewiesen
order-lapsed = nie gesendet
order-unsent = nie angekommen

position-open = offen
position-closing = wird geschlossen
position-close-wanted = soll geschlossen werden
position-closed = geschlossen
position-broken = gestört

exit-profit-target = Gewinnziel
exit-stop-loss = Stop-Loss
exit-trailing-stop = Trailing-Stop
exit-time-stop = Zeit-Stop
exit-days-to-expiry = Tage bis Verfall
exit-expiry = letzte Handelsstunde
exit-assignment = Zuteilung
exit-human = von einer Person verlangt
exit-brake = automatische Bremse

closed-expired = verfallen
closed-assigned = zugeteilt
closed-exercised = ausgeübt
closed-outside = beim Broker geschlossen, nicht vom Desk

decline-risk = Zu viel auf dem Spiel
decline-price = Der Preis stimmt nicht
decline-timing = Der Zeitpunkt stimmt nicht
decline-idea = Die Idee überzeugt nicht
decline-other = Anderer Grund

omission-early-assignment = vorzeitige Zuteilung eines Short-Legs
omission-pin = ungewisse Zuteilung nahe dem Strike bei Verfall
omission-after-hours-gap = Kurssprung der Aktie nach Handelsschluss

limit-worst-loss-per-ticket = Größter Verlust je Ticket
limit-contracts-per-order = Kontrakte je Auftrag
limit-value-per-order = Wert je Auftrag
limit-open-positions = Offene Positionen
limit-exposure-per-underlying = Größter Verlust je Basiswert
limit-orders-per-minute = Einstiege je Minute
limit-orders-per-day = Einstiege je Tag
limit-daily-loss = Verlust heute
limit-quote-age = Alter des Kurses
limit-spread = Geld-Brief-Spanne eines Legs
limit-drift = Abweichung seit der Karte

role-viewer = Beobachter
role-trader = Trader
role-admin = Admin

surface-terminal = Terminal
surface-web = Webkonsole
surface-cli = Kommandozeile
surface-telegram = Telegram
surface-discord = Discord

source-synthetic = synthetischer Markt
source-replay = aufgezeichneter Tag
source-scripted = Preise nach Skript
source-live = Live-Feed

quote-missing = es gibt keinen Kurs
quote-stale = der Kurs ist veraltet
quote-future = der Kurs trägt eine Zeit in der Zukunft
quote-negative = ein Preis liegt unter null
quote-no-bid = es gibt kein Geld
quote-no-ask = es gibt keinen Brief
quote-crossed = Geld liegt über Brief
quote-wide = die Geld-Brief-Spanne ist zu weit

structure-long-call = Long Call
structure-long-put = Long Put
structure-bull-call-spread = Bull Call Spread
structure-bear-put-spread = Bear Put Spread
structure-bull-put-spread = Bull Put Spread
structure-bear-call-spread = Bear Call Spread

ticket-offered = angeboten
ticket-confirmed = bestätigt
ticket-declined = abgelehnt
ticket-expired = abgelaufen
ticket-withdrawn = zurückgezogen
ticket-lapsed = nie gesendet

veto-code-calendar = außerhalb der Handelszeit
veto-code-no-contract = kein Kontrakt passt
veto-code-liquidity = zu dünn gehandelt
veto-code-data-quality = Daten zweifelhaft
veto-code-duplicate = gleiche Idee schon offen
veto-code-limit = eine Grenze lässt keinen Raum
veto-code-trading = Desk nimmt keine Einstiege an
veto-code-not-scanned = inzwischen abgeschaltet
veto-code-news = Nachrichten stehen dagegen
veto-code-lapsed = zu spät geprüft

### Figures

span-seconds = { $seconds } s
span-minutes = { $minutes } min { $seconds } s
span-whole-minutes = { $minutes } min
span-hours = { $hours } h { $minutes } min
span-days = { $days } d { $hours } h

contracts = { $count ->
    [one] 1 Kontrakt
   *[other] { $count } Kontrakte
}
unit-beyond = mehr als { $most }
unit-positions = { $count ->
    [one] 1 Position
   *[other] { $count } Positionen
}
unit-entries = { $count ->
    [one] 1 Einstieg
   *[other] { $count } Einstiege
}
figure-unknown = unbekannt
never = nie
list-last = { $rest } und { $last }
sentences = { $first } { $second }

contract-call = { $root } { $expiry } { $strike } Call
contract-put = { $root } { $expiry } { $strike } Put
contract-shares = { $symbol }-Aktien
structure-name = { $underlying } { $kind } { $strikes }, { $expiry }

leg-buy = Kauf { $count } { $what }
leg-sell = Verkauf { $count } { $what }

bound-debit = höchstens { $price } je Aktie zahlen
bound-credit = mindestens { $price } je Aktie erhalten
bound-dollars-one = { $bound } ({ $each } je Kontrakt)
bound-dollars-many = { $bound } ({ $each } je Kontrakt, { $all } insgesamt)
net-debit = { $price } zahlen
net-credit = { $price } erhalten
traded-debit = { $price } je Aktie gezahlt
traded-credit = { $price } je Aktie erhalten

### Buttons

button-confirm = Bestätigen
button-reject = Ablehnen
button-edit = Ändern
button-edit-less = −1 Kontrakt
button-edit-more = +1 Kontrakt
button-edit-half = Hälfte
button-edit-tighter = Engeres Limit
button-edit-wider = Weiteres Limit
button-edit-terms = Beides schreiben
button-edit-back = ‹ Zurück
button-snooze = Zurückstellen
button-why = Warum
button-payoff = Ergebnis
button-cancel = Auftrag stornieren
button-cancel-rest = Rest stornieren
button-close = Schließen
button-hold = Ausstiege aussetzen
button-tighten = Stop nachziehen
button-hold-quarter = 15 min aussetzen
button-hold-hour = 1 h aussetzen
button-release = Ausstiege fortsetzen
button-exit-plan = Ausstiege ändern
button-halt = Anhalten
button-reduce = Nur Abbau
button-resume = Fortsetzen

button-old = Diese Karte ist alt, ihre Knöpfe wirken nicht mehr. Stattdessen auf der neuesten Karte drücken.
button-malformed = Dieser Knopf war nicht lesbar, es ist nichts geschehen. Auf der neuesten Karte erneut drücken.

### After a press

done-confirm = Das Ja ist festgehalten. Die Karte zeigt, was daraus wird.
done-decline = Einen Grund wählen, um dieses Ticket abzulehnen.
done-decline-for = Dieses Ticket ist abgelehnt: „{ $reason }“.
done-edit = Die Änderung ist festgehalten. Die neue Revision bestätigen, falls gewünscht.
done-back = Die Karte hat wieder ihre eigenen Knöpfe.
done-snooze = Zurückgestellt, nur in der eigenen Ansicht. Das Ticket läuft trotzdem zu seiner Zeit ab.
done-why = Hier steht, was dazu geführt hat.
done-cancel = Die Stornierung ist verlangt. Bis der Broker meldet, dass der Auftrag weg ist, kann er noch ausgeführt werden.
done-close = Der Ausstieg ist verlangt. Die Position ist geschlossen, wenn der Broker ihn ausgeführt hat.
done-hold = Die automatischen Ausstiege dieser Position sind ausgesetzt. Schließen bleibt möglich.
done-release = Die automatischen Ausstiege dieser Position laufen weiter.
done-exit-plan = Der Ausstiegsplan ist geändert.
done-revoke = Die Dauerfreigabe ist widerrufen.
done-halt = Der Desk ist angehalten: keine Einstiege, laufende Einstiege werden storniert, automatische Ausstiege laufen weiter.
done-reduce = Der Desk steht auf „nur Abbau“: er nimmt nur an, was Risiko abbaut.
done-resume = Der Desk ist wieder aktiv.
done-leave = Nichts wurde geändert.
done-tighten = Der Stop liegt jetzt näher. Die Karte zeigt, wo.
done-grant = Die Zustimmung ist festgehalten. Die Karte zeigt, ob noch eine nötig ist.
done-refuse = Die Überschreitung ist verweigert.
done-take-back = Die Überschreitung ist widerrufen.
done-page = Hier ist diese Seite.
done-ping = Der Druck ist zurückgekommen.

### Every card

banner = { $mode } · Konto { $account } · { $desk }
footer-ticket = Ticket { $ticket }, Revision { $revision }
footer-ticket-open = Ticket { $ticket }, Revision { $revision }, Stand { $time }
footer-position = Position { $position }, Ticket { $ticket }
footer-position-open = Position { $position }, Ticket { $ticket }, Stand { $time }
footer-board = Stand { $time }
footer-report = Geschrieben um { $time }
footer-alarm = Ausgelöst um { $time }

### Tickets

title-offered = Ticket angeboten: { $name }
title-out-of-time = Zeit des Tickets vorbei: { $name }
title-declined = Ticket abgelehnt: { $name }
title-expired = Ticket abgelaufen: { $name }
title-withdrawn = Ticket zurückgezogen: { $name }
title-lapsed = Ticket bestätigt, Auftrag nie gesendet: { $name }
title-confirmed = Ticket bestätigt: { $name }

lead-worst-loss = Größter Verlust { $worst }, Gebühren für beide Wege eingeschlossen.
lead-leaves-out = Nicht enthalten: { $items }.
lead-worst-loss-unused = Größter Verlust wäre { $worst } gewesen. Nichts wurde gekauft oder verkauft.
lead-worst-loss-unseen = Größter Verlust wäre { $worst } gewesen. Der Broker meldet weder Kauf noch Verkauf.

label-trade = Geschäft
label-limit = Limit
label-contracts = Kontrakte
label-max-gain = Größter Gewinn
label-breakeven = Gewinnschwelle
label-chance = Chance
label-fees = Gebühren
label-exits = Ausstiege
label-why = Warum
label-quote = Markt
label-decide-by = Entscheiden bis
label-yes = Ja bisher
label-confirmed-by = Bestätigt durch

gain-unbounded = unbegrenzt
payoff = Bei Verfall, nach Gebühren: { $points }
payoff-at = { $amount } bei { $price }
payoff-at-less = { $amount } bei { $price } oder darunter
payoff-at-more = { $amount } bei { $price } oder darüber
payoff-expiry = Bei Verfall, nach Gebühren
payoff-now = Jetzt
payoff-now-at = Jetzt { $amount }
payoff-deviation = Standardabweichung
payoff-price = Kurs { $price }
payoff-breakeven = Gewinnschwelle { $price }
payoff-gain = Größter Gewinn { $amount }
payoff-loss = Größter Verlust { $amount }
payoff-gain-unbounded = Unbegrenzter Gewinn
payoff-loss-unbounded = Unbegrenzter Verlust
payoff-most = Höchstens { $amount }
payoff-least = Mindestens { $amount }
breakeven = { $symbol } bei { $at } am Verfallstag, vor Gebühren
chance-estimated-legs = etwa { $percent } auf einen Gewinn am Verfallstag, geschätzt: was die Volatilität des Legs am nächsten am Geld besagt, { $vol }, keine Vorhersage
chance-estimated = etwa { $percent } auf einen Gewinn am Verfallstag, geschätzt: was die Volatilität besagt, keine Vorhersage
fees-both-ways = { $fees } für beide Wege
quote-seen = sofort { $natural }, zur Mitte { $mid }; { $age } alt ({ $time }), { $source }
quote-side = { $price } × { $size }

why-proposed = von einer Person vorgeschlagen
why-strategy = Strategie { $strategy }
expects-rise = { $strategy } erwartet, dass { $symbol } steigt, Stärke { $strength } von 1
expects-fall = { $strategy } erwartet, dass { $symbol } fällt, Stärke { $strength } von 1
expects-figures = { $what }: { $figures }
evidence-close = letzter Preis { $value }
evidence-ema-fast = schneller Durchschnitt { $value }
evidence-ema-slow = langsamer Durchschnitt { $value }
evidence-atr = mittlere Schwankung einer Kerze { $value }
evidence-gap = schneller minus langsamer Durchschnitt { $value } Schwankungen
evidence-slope = langsamer Durchschnitt bewegt um { $value } Schwankungen
evidence-rsi = Momentum { $value } von 100
evidence-bars = Kerzen gesehen { $value }
evidence-gaps = Kerzen fehlend { $value }
evidence-underlying = Basiswert { $value } in der Optionsformel
evidence-parity = Paritätspaare { $value }
evidence-days-left = { $value ->
    [one] 1 Tag bis Verfall
   *[other] { $value } Tage bis Verfall
}
evidence-iv = implizite Volatilität am Geld { $value }
evidence-iv-rank = Rang der impliziten Volatilität { $value } von 100
evidence-iv-rank-missing = Rang der impliziten Volatilität unbekannt, keine Historie
evidence-leg-delta = Leg { $leg } Delta { $value }
evidence-leg-iv = Leg { $leg } implizite Volatilität { $value }
evidence-other = { $name } { $value }

plan-target = bei { $profit } Gewinn ({ $percent } der Prämie)
plan-stop = bei { $loss } Verlust ({ $percent } der Prämie)
plan-trail = ab { $arm } Gewinn bei einem Rückgang um { $back } vom Höchststand
plan-time = um { $time }
plan-days = { $days ->
    [0] am letzten Handelstag
    [one] 1 Tag vor dem letzten Handelstag
   *[other] { $days } Tage vor dem letzten Handelstag
}
plan-last-hour = immer in der letzten Handelsstunde, Ende um { $time }
plan-last-hour-unknown = immer in der letzten Handelsstunde
plan-changed = Ziel { $target }, Stop { $stop }, Trailing { $trail }, Zeit { $time }, Tage { $days }
plan-trail-short = { $back } zurück ab { $arm }
plan-off = aus

note-second-person = Ein weiteres Ja ist nötig, von jemand anderem als den oben Genannten und denen, die vorgeschlagen oder geändert haben.
note-supersedes = Ersetzt Ticket { $ticket }.
note-out-of-time = Die Zeit ist vorbei, das Ticket kann nicht mehr bestätigt werden.
note-propose-again = Neu vorschlagen, falls noch gewünscht.
note-offered-again = Es wird auf einer neuen Karte wieder angeboten, bis seine Zeit vorbei ist. Dort „Bestätigen“ drücken, falls noch gewünscht.

yes-person = { $name } ({ $surface }), { $time }, Revision { $revision }
yes-standing = Dauerfreigabe { $standing } von { $name }, { $time }, Revision { $revision }
yes-unplaced = { $name }, { $time }, Revision { $revision }

ending-offered = Es ist noch angeboten.
ending-confirmed = Bestätigt durch { $who }.
ending-confirmed-unknown = Es wurde bestätigt.
ending-declined = Abgelehnt von { $name } um { $time }: „{ $reason }“.
ending-expired = Abgelaufen um { $time }. Niemand hat rechtzeitig entschieden.
ending-withdrawn = Vom Desk zurückgezogen um { $time }: { $reason }.
ending-lapsed = Aufgegeben um { $time }: { $reason }.
withdrawn-trading = der Desk steht auf „{ $state }“ und nimmt keine Einstiege an
lapse-too-late = der Auftrag konnte nicht binnen 2 s nach dem Ja gesendet werden
lapse-trading = der Desk stand auf „{ $state }“, bevor der Auftrag gesendet werden konnte
lapse-unreachable = der Broker war nicht erreichbar
lapse-never-arrived = der Broker hat den Auftrag nie gesehen
lapse-cancelled = eine Person hat den Auftrag vorher storniert

### Orders

title-order-submitted = Auftrag unterwegs: { $name }
title-order-in-doubt = Auftrag ungewiss: { $name }
title-order-working = Auftrag beim Broker: { $name }
title-order-replacing = Preis des Auftrags wird geändert: { $name }
title-order-cancelling = Auftrag wird storniert: { $name }
title-order-ended = Auftrag beendet, Ausführungen stehen aus: { $name }
title-order-cancelled = Auftrag storniert, nichts ausgeführt: { $name }
title-order-denied = Auftrag vom Desk verweigert: { $name }
title-order-rejected = Auftrag vom Broker abgewiesen: { $name }
title-order-lapsed = Auftrag nie gesendet: { $name }
title-order-unsent = Auftrag nie angekommen: { $name }

saying-submitted = Der Auftrag ist aufgeschrieben und unterwegs. Der Broker hat noch nicht geantwortet.
saying-in-doubt = Was aus dem Auftrag wurde, ist ungewiss: er wurde gesendet, und die Antwort ging verloren. { $lookups ->
    [0] Der Desk fragt beim Broker nach.
    [one] Der Desk hat einmal beim Broker nachgefragt und fragt weiter.
   *[other] Der Desk hat { $lookups }-mal beim Broker nachgefragt und fragt weiter.
} Nicht von Hand erneut senden.
saying-working = Der Auftrag liegt beim Broker.
saying-replacing = Der Broker soll den Preis ändern: { $bound }.
saying-cancelling = Die Stornierung ist verlangt. Bis der Broker meldet, dass der Auftrag weg ist, kann er noch ausgeführt werden.
saying-ended = Der Auftrag ist beim Broker beendet. Seine Ausführungen sind noch nicht gebucht; was gehandelt wurde, ist hier also nicht bekannt.
saying-cancelled = Der Auftrag ist storniert. Nichts wurde gekauft oder verkauft.
saying-denied = Die letzte Prüfung des Desks sagte nein, der Auftrag wurde also nie gesendet. Nichts wurde gekauft oder verkauft.
saying-rejected = Der Broker sagte nein. Nichts wurde gekauft oder verkauft.
saying-lapsed = Die Zeit des Auftrags war vorbei, bevor er gesendet werden konnte. Er wurde nie gesendet und wird es nie.
saying-unsent = Die Antwort ging verloren, und keine Nachfrage fand den Auftrag beim Broker. Er wird nicht erneut gesendet. Taucht er doch noch auf, storniert ihn der Desk und löst einen Alarm aus.

label-order = Auftrag
label-asks = Verlangt
label-filled = Ausgeführt
label-broker-name = Auftragsname
order-status = { $state } seit { $time }, Versuch { $attempt }
order-status-ended = { $state } um { $time }, Versuch { $attempt }
filled-known = { $filled }, soweit der Desk weiß
order-asks = { $now }, { $tif }
order-asks-walking = { $now }, darf bis { $bound } gehen, { $tif }
tif-day = gültig bis Handelsschluss
tif-ioc = was nicht sofort ausgeführt wird, wird storniert
filled-of = { $filled } von { $quantity ->
    [one] 1 Kontrakt
   *[other] { $quantity } Kontrakten
}
note-broker-said = Der Broker sagte: „{ $words }“

### Positions

title-open = Position offen: { $name }
title-open-entering = Position offen, Einstieg läuft noch: { $name }
title-open-cancelling = Position offen, Rest des Einstiegs wird storniert: { $name }
title-open-in-doubt = Position offen, Rest des Einstiegs ungewiss: { $name }
title-closing = Ausstieg unterwegs: { $name }
title-exit-in-doubt = Ausstieg ungewiss: { $name }
title-closed = Position geschlossen: { $name }
title-unclear = Position unklar: { $name }
title-broken = Position gestört, Legs auseinandergelaufen: { $name }

lead-at-stake = Größter Verlust { $worst } auf den Bestand.
lead-at-stake-diverged = Größter Verlust hat keine bekannte Schranke: die Legs sind auseinandergelaufen. Bestätigt war er mit { $worst } je Kontrakt.
lead-profit = Ergebnis { $profit }, nach { $fees } Gebühren.
lead-profit-unknown = Ergebnis unbekannt: nicht jedes Leg hat eine Bewertung.
lead-closed = Geschlossen um { $time }: { $by }.

label-held = Gehalten
label-entry = Einstieg
label-entry-order = Einstiegsauftrag
label-opened = Eröffnet
label-exit-plan = Ausstiegsplan
label-exit-reason = Ausstieg
label-exit-order = Ausstiegsauftrag
label-greeks = Griechen
label-worst-loss = Größter Verlust
label-held-for = Haltedauer
label-before-fees = Vor Gebühren
held-diverged = die Legs ergeben keine ganzen Kontrakte
entry-filled = ausgeführt { $filled }, { $paid } ({ $dollars })
entry-apart = kein ganzer Kontrakt ausgeführt
greeks = Delta { $delta }, Gamma { $gamma }, Theta { $theta }, Vega { $vega }
greek-per-dollar = { $value } je 1 $
greek-a-day = { $value } je Tag
greek-a-point = { $value } je Punkt

table-quotes = Kurse auf der Karte
table-legs = Legs
table-exits = Ausstiege
table-executions = Ausführungen
column-contract = Kontrakt
column-bid = Geld
column-ask = Brief
column-held = Gehalten
column-average = Schnitt
column-mark = Bewertung
column-age = Alter
column-open-profit = Offen
column-exit = Ausstieg
column-distance = Was noch fehlt
column-time = Zeit
column-executed = Ausgeführt
column-price = Preis
column-fee = Gebühr
mark-none = unbewertet

distance-now = jetzt fällig
distance-gain = noch { $dollars } Gewinn
distance-fall = ein Rückgang um { $dollars }
distance-at = { $time }, in { $left }
distance-days = { $days ->
    [one] 1 Tag
   *[other] { $days } Tage
}
distance-arms = aus bis { $profit } Gewinn ({ $percent } der Prämie)

executed-bought = gekauft: { $count } { $what }
executed-sold = verkauft: { $count } { $what }
executed-bust = vom Broker zurückgenommen: { $count } { $what }

note-broken = Eine Person muss nachsehen: die Legs mit dem Konto beim Broker vergleichen, dann „Schließen“ drücken oder beim Broker bereinigen.
note-unclear = Die Position gilt als geschlossen, doch nach ihren Ausführungen ist noch etwas im Bestand. Mit dem Konto beim Broker vergleichen.
note-held = { $name } setzt die automatischen Ausstiege aus bis { $until }. Bis dahin schließt nur eine Person diese Position.
note-unmarked = Ohne Bewertungen löst kein Preisausstieg aus. Ausstiege durch Zeit, Verfall, Bremse oder eine Person laufen weiter.
note-executions-skipped = { $count ->
    [one] 1 ältere Ausführung ist nicht gezeigt.
   *[other] { $count } ältere Ausführungen sind nicht gezeigt.
}

### Board

title-board = Desk: { $state }
meaning-active = nimmt Einstiege und Ausstiege an
meaning-reducing = nimmt nur an, was Risiko abbaut
meaning-halted = keine Einstiege; automatische Ausstiege laufen weiter
lead-board-at-stake = Größter Verlust { $worst }{ $count ->
    [0] : keine Position ist offen
    [one] {" "}bei 1 offenen Position
   *[other] {" "}bei { $count } offenen Positionen
}.
lead-board-profit = Heute { $taken } realisiert nach Gebühren, { $open } offen vor Gebühren.
lead-status-flattening = Alles wird geschlossen: Ausstiege gehen hinaus, bis nichts mehr gehalten wird.
lead-status-profit = Heute { $taken } realisiert nach Gebühren. Was offen ist, ist hier nicht bekannt: nur der Prozess, der den Desk führt, sieht den Markt.

label-trading = Handel
label-offered = Angeboten
label-next-scan = Nächster Scan
label-standing = Freigaben
label-overrides = Ausnahmen
label-overrides-used = Heute benutzt
label-monitor = Monitor
label-feed = Feed
label-outbox = Postausgang
label-broker = Broker
label-store = Speicher

offered-none = kein Ticket wartet auf eine Entscheidung
offered-some = { $count ->
    [one] Ticket { $tickets } wartet auf eine Entscheidung
   *[other] Tickets { $tickets } warten auf eine Entscheidung
}
standing = { $id } von { $name }: { $strategy }, { $symbol }; heute { $used } von { $count } genutzt; größter Verlust heute { $loss } von { $daily } genutzt, { $each } je Ticket; bis { $until }
standing-every-strategy = jede Strategie
standing-every-underlying = jeder Basiswert
override-asked = { $id } von { $name }: { $what }; { $grants }; bis { $until }
override-granted = { $id } von { $name }: { $what }; { $grants }; { $count ->
    [0] noch nicht genutzt
    [one] einmal genutzt
   *[other] { $count }-mal genutzt
}; bis { $until }
override-what = { $limit } bis { $value } statt { $bound }, { $term }
override-what-why = { $limit } bis { $value } statt { $bound }, { $term }, „{ $reason }“
override-term-once = für einen Einstieg
override-term-until = für jeden Einstieg
override-term-change = als neue Grenze
override-grants-none = noch nicht gewährt
override-grants = gewährt von { $names }
override-passed = mit Ausnahme { $id }, gewährt von { $names }: { $limit } { $value } statt { $bound }
override-used = { $time } Ticket { $ticket }, { $passed }
health-monitor = { $ticks ->
    [one] 1 Durchlauf
   *[other] { $ticks } Durchläufe
}, { $skipped } ausgelassen, zuletzt: { $last }
health-feed = { $kept } Zeilen genutzt, { $dropped } verworfen, neuester Kurs: { $newest }
health-outbox = { $waiting ->
    [0] nichts wartet auf Erledigung
    [one] 1 Aufgabe wartet auf Erledigung
   *[other] { $waiting } Aufgaben warten auf Erledigung
}
health-broker-up = antwortet
health-broker-down = antwortet nicht
health-store-up = schreibt
health-store-down = kann nicht schreiben; keine Einstiege mehr, Ausstiege laufen weiter

table-positions = Offene Positionen
table-limits = Grenzen
column-id = Id
column-position = Position
column-state = Stand
column-profit = Ergebnis
column-worst-loss = Größter Verlust
column-limit = Grenze
column-used = Genutzt
column-bound = Obergrenze

### Daily report

title-report = Tagesbericht, { $date }
lead-report = Ergebnis { $profit } realisiert, nach { $fees } Gebühren.
lead-report-open = Offen { $open } vor Gebühren bei { $count ->
    [one] 1 Position
   *[other] { $count } Positionen
}, größter Verlust { $worst }.
label-trades = Geschäfte
label-tickets = Tickets
trades-none = keine geschlossen
trades-some = { $count } geschlossen, { $won } mit Gewinn, { $lost } mit Verlust
tickets-none = keine
tickets-in-state = { $count } { $state }
table-trades = Geschlossene Geschäfte
table-not-traded = Nicht gehandelte Signale
column-closed = Geschlossen
column-by = Durch
column-underlying = Basiswert
column-reason = Grund
column-signals = Signale
note-missed = Der Job { $job } hat { $count ->
    [one] 1 Termin
   *[other] { $count } Termine
} verpasst, während nichts lief. Verpasste Termine werden nicht nachgeholt.

### Alarms

alarm-line = Alarm: { $title }. { $what }

alarm-exit-stuck-title = Ausstieg nicht ausgeführt
alarm-exit-stuck = Der Ausstieg aus Position { $position } ist alle { $steps } Preisstufen gegangen und nicht ausgeführt.
alarm-exit-stuck-advice = Die Kurse der Legs ansehen. Von Hand beim Broker schließen, falls es nicht warten kann.

alarm-late-order-title = Verlorener Auftrag aufgetaucht
alarm-late-order = Auftrag { $order } war aufgegeben und ist beim Broker aufgetaucht. Der Desk storniert ihn; was ausgeführt wurde, zählt.
alarm-late-order-advice = Die Karte beobachten, bis der Broker meldet, dass der Auftrag weg ist.

alarm-never-arrived-title = Ungewisser Auftrag nie angekommen
alarm-never-arrived = Auftrag { $order } wurde gesendet, die Antwort ging verloren, und keine Nachfrage fand ihn.
alarm-never-arrived-advice = Einmal die Auftragsliste des Brokers prüfen. Ein Einstieg wird nicht erneut gesendet.

alarm-overfilled-title = Mehr ausgeführt als verlangt
alarm-overfilled = Der Broker hat mehr ausgeführt, als Auftrag { $order } verlangte. Die Ausführungen sind gebucht, wie sie sind.
alarm-overfilled-advice = Vor jedem neuen Einstieg die Position mit dem Konto beim Broker vergleichen und beim Broker nachfragen.

alarm-legs-diverged-title = Legs auseinandergelaufen
alarm-legs-diverged = Die Legs von Position { $position } ergeben keine ganzen Kontrakte.
alarm-legs-diverged-advice = Die Karte und das Konto beim Broker ansehen, dann „Schließen“ drücken oder beim Broker bereinigen.

alarm-exit-rejected-title = Ausstieg vom Broker abgewiesen
alarm-exit-rejected = Der Broker hat den Ausstieg aus Position { $position } abgewiesen: „{ $said }“
alarm-exit-rejected-advice = Die Position wird noch gehalten. Weist der Broker weiter ab, von Hand beim Broker schließen.

alarm-mismatch-title = Desk und Broker sind uneins
alarm-mismatch = Der Broker meldet bei { $instrument } einen anderen Bestand, als der Desk zu halten glaubt.
alarm-mismatch-advice = Herausfinden, wer gehandelt hat. Den Desk fortsetzen, wenn beide übereinstimmen.

alarm-store-down-title = Speicher kann nicht schreiben
alarm-store-down = Der Speicher kann nicht schreiben: { $why }. Keine Einstiege mehr, Ausstiege laufen weiter.
alarm-store-down-advice = Plattenplatz schaffen oder die Datenbank wieder in Gang bringen.

alarm-broker-down-title = Broker nicht erreichbar
alarm-broker-down = Der Broker ist nicht erreichbar: { $why }. Der Desk versucht es weiter.
alarm-broker-down-advice = Offene Positionen direkt beim Broker beobachten, bis er hier antwortet.

alarm-crash-loop-title = Mehrmals nacheinander abgestürzt
alarm-crash-loop = Der Desk ist { $starts }-mal ohne sauberes Ende gestartet. Einstiege bleiben aus; Ausstiege laufen weiter.
alarm-crash-loop-advice = Das Log lesen, die Ursache beheben, dann den Desk fortsetzen.

alarm-unmarked-title = Position ohne Bewertung
alarm-unmarked = Position { $position } hat keine glaubhafte Bewertung, ihre Preisausstiege können also nicht auslösen.
alarm-unmarked-advice = Die Kurse der Legs ansehen. Ausstiege durch Zeit und Verfall laufen weiter; Schließen von Hand bleibt möglich.
alarm-room-lost-title = Ein Chat nimmt keine Karten an
alarm-room-lost = Im Chat { $chat } ({ $surface }) kann keine Karte gezeigt werden. Die Plattform sagt: { $said }.
alarm-room-lost-advice = Den Bot wieder in den Chat aufnehmen, ihm Schreiben, Ändern und Anheften erlauben und ein geschlossenes Thema wieder öffnen. Karten warten und werden jede Minute neu versucht; bis dahin anderswo entscheiden.
alarm-token-advice = Die Plattform kennt das Token des Bots nicht mehr: dort ein neues ausstellen lassen (BotFather bei Telegram, Developer Portal bei Discord), es dem Prozess in seiner Umgebung geben und ihn neu starten. Karten warten bis dahin; so lange anderswo entscheiden.
alarm-deaf-title = Klicks kommen nicht an
alarm-deaf = Was auf { $surface } gedrückt und geschrieben wird, erreicht diesen Prozess nicht: { $said }.
unheard-passed-over = dort wartet etwas, und kein Aufruf bekommt es
unheard-conflict = ein anderer Prozess hört mit demselben Token zu
unheard-elsewhere = ein anderer Prozess lässt es anderswohin schicken oder hört selbst zu
unheard-stuck = dort wartet etwas ({ $waiting }), was die Plattform nicht zustellen kann: { $said }
unheard-token = das Token ist ungültig
unheard-limited = es gab zu viele Aufrufe, und der nächste wartet { $seconds } s
unheard-silent = kein Aufruf wird rechtzeitig beantwortet
unheard-garbled = die Antworten sind nicht zu lesen
unheard-unconnected = das Gateway ist nicht verbunden
unheard-nothing-back = das Gateway ist verbunden und sagt nichts von dem, was gepostet wird
unheard-spent = heute ist keine Verbindung mehr frei; die nächste wird in { $seconds } s begonnen
unheard-broke = was dort zuhört, bricht immer wieder ab; es wird jedes Mal neu begonnen, und das Protokoll sagt, warum
unheard-unreadable = etwas, das ankam, war nicht zu lesen
alarm-deaf-advice = Nachsehen, ob die Plattform läuft, ob ein anderer Prozess mit dem Token des Bots zuhört und ob das Token stimmt. Bis dahin anderswo drücken.
card-plain = Diese Karte kann hier nicht gezeigt werden, wie sie ist. Anderswo ansehen; hier kann nichts gedrückt werden.
alarm-card-refused-title = Eine Karte konnte nicht gezeigt werden
alarm-card-refused = Der Chat { $chat } ({ $surface }) hat eine Karte auch in der einfachsten Form abgelehnt; dort kann noch eine ältere mit ihren Knöpfen stehen. Die Plattform meldet: { $said }.
alarm-card-refused-advice = Auf die anderen Oberflächen verlassen: Ein Knopf einer alten Karte entscheidet nichts. Denen melden, die dieses Programm pflegen.
alarm-forged-title = Gefälschte Aufrufe
alarm-forged = Jemand anderes als { $surface } hat die Adresse für Knopfdrücke aufgerufen: { $count } Mal binnen einer Minute. Alles wurde abgelehnt, nichts wurde ausgeführt.
alarm-forged-advice = Nichts muss sofort geschehen. Hält es an: im Protokoll des Proxys nachsehen, wer das ist, und ihn aussperren.
digest-title = Während es still war
digest-lead = Was von { $from } bis { $until } lautlos blieb. Kritisches wurde sofort gemeldet.
digest-count = { $count }
digest-line = { $time }: { $what }
digest-more = { $count ->
    [one] 1 weiteres kam davor.
   *[other] { $count } weitere kamen davor.
}
digest-offers = Angebotene Tickets
digest-trades = Geöffnete und geschlossene Positionen
digest-overrides = Erbetene Ausnahmen
digest-reports = Berichte
digest-warnings = Warnungen
digest-alarms = Alarme

stop-flatten-title = Alles wird geschlossen
stop-brake-title = Automatische Bremse
stop-reduce-title = Handel nur noch zum Abbau
stop-halt-title = Handel angehalten
stop-why-loss = Der Tag verlor { $lost } von höchstens { $bound }. Der Desk hat von selbst gebremst.
stop-why-mismatch = Der Broker hält etwas anderes, als der Desk glaubt. Der Desk hat von selbst gebremst.
stop-why-asked = { $who } hat es verlangt: „{ $reason }“
stop-trading = vorher { $from }, jetzt { $to }
stop-today = { $all } nach Gebühren: { $taken } realisiert, { $open } offen
stop-today-taken = { $taken } realisiert nach Gebühren; was offen ist, kennt der Prozess nicht, der entschieden hat
stop-positions = { $count ->
    [0] keine
   *[other] { $count }; ihre Ausstiege laufen von selbst weiter
}
stop-positions-closing = { $count ->
    [0] keine
   *[other] { $count }; jede wird geschlossen, und wieder, bis nichts mehr gehalten wird
}
stop-cancelled = { $orders ->
    [one] 1 laufender Einstieg
   *[other] { $orders } laufende Einstiege
}, { $tickets ->
    [one] 1 angebotenes Ticket
   *[other] { $tickets } angebotene Tickets
}
stop-reset = Ein Admin: /resume GRUND in einem Chat oder an der Konsole; ohne Chat am Rechner des Desks: countersign desk resume GRUND
stop-then = Neue Tickets werden angeboten und Einstiege wieder angenommen. Was gestrichen oder zurückgezogen wurde, kommt nicht wieder.
stop-then-flatten = Neue Tickets werden angeboten und Einstiege wieder angenommen, und was dann noch gehalten wird, wird nicht weiter geschlossen. Was geschlossen oder gestrichen wurde, kommt nicht wieder.
stop-then-loss = Neue Tickets werden angeboten und Einstiege wieder angenommen; solange der Tagesverlust an der Grenze oder darüber liegt, bremst der Desk sofort wieder. Was gestrichen oder zurückgezogen wurde, kommt nicht wieder.
stop-then-mismatch = Neue Tickets werden angeboten und Einstiege wieder angenommen, auch wenn der Unterschied noch besteht: Er wird einmal gemeldet. Was gestrichen oder zurückgezogen wurde, kommt nicht wieder.
stop-advice = Ausstiege hält das nie auf. Kein Einstieg geht hinaus, bis jemand den Handel wieder aufnimmt.
label-stop-today = Heute
label-stop-bound = Grenze des Tagesverlusts
label-stop-positions = Offene Positionen
label-stop-cancelled = Gestrichen
label-stop-instance = Prozess
label-stop-reset = Wieder handeln
label-stop-then = Was das bewirkt
alert-called = { $name }: Seit { $waited } hat niemand darauf geantwortet.
alert-called-room = Seit { $waited } hat niemand darauf geantwortet.
alert-seen = { $who } kümmert sich seit { $time } darum.
alert-answered = { $who } hat um { $time } darauf reagiert.
alert-over = Die Ursache war um { $time } weg.
alert-crowded = Seit { $time } warten neuere Alarme an seiner Stelle: Wegen dieses Alarms wird niemand mehr gerufen.
button-acknowledge = Ich kümmere mich
chat-answered-already = Jemand hat vorher auf diesen Alarm geantwortet, oder er ist vorbei; die Karte sagt es.
done-acknowledge = Vermerkt: Die Karte zeigt, wer sich kümmert, und niemand sonst wird gerufen.
fact-alarm-called = Niemand hat auf den Alarm „{ $title }“ geantwortet: Er ging weiter an { $name }.
fact-alarm-called-room = Niemand hat auf den Alarm „{ $title }“ geantwortet: Er ging weiter in einen anderen Raum.
fact-alarm-seen = { $who } kümmert sich um den Alarm „{ $title }“.
fact-alarm-answered = { $who } hat auf den Alarm „{ $title }“ reagiert.
fact-alarm-over = Die Ursache des Alarms „{ $title }“ ist weg.
fact-alarm-crowded = Es warten so viele Alarme, dass wegen „{ $title }“ niemand mehr gerufen wird.
note-late = { $minutes } min zu spät gemeldet: Vorher konnte es hier nicht gezeigt werden.
fact-room-moved = Der Chat { $from } ({ $surface }) hat jetzt die Nummer { $to }; Karten werden dort gezeigt.
fact-manners = { $whose }, ab jetzt: { $what } { $to }.
fact-watch-added = { $symbol } wird ab jetzt beobachtet.
fact-watch-removed = { $symbol } wird nicht mehr beobachtet.
fact-strategy-on = Die Strategie { $name } löst wieder Signale aus.
fact-strategy-off = Die Strategie { $name } ist abgeschaltet und löst keine Signale aus.
manners-room = { $surface }-Chat { $chat }
manners-own = Eigene Einstellungen
manners-quiet = Ruhezeit
manners-language = Sprache


### Refusals

refusal-stranger = Nicht auf der Operatorenliste dieses Desks. Einen Admin um Aufnahme als { $needs } bitten.
refusal-role = Dafür ist die Rolle { $needs } nötig, vorhanden ist { $has }. Jemanden mit dieser Rolle bitten.
refusal-unknown-ticket = Dieses Ticket gibt es auf diesem Desk nicht. Die Übersicht führt die angebotenen auf.
refusal-unknown-position = Diese Position gibt es auf diesem Desk nicht. Die Übersicht führt die offenen auf.
refusal-unknown-order = Diesen Auftrag gibt es auf diesem Desk nicht. Die Karte des Tickets zeigt seinen Auftrag.
refusal-unknown-standing = Diese Dauerfreigabe gibt es auf diesem Desk nicht. Die Übersicht führt die geltenden auf.
refusal-unknown-override = Diese Ausnahme gibt es auf diesem Desk nicht. Die Übersicht führt die erbetenen und die geltenden auf.
refusal-stale-card = Diese Karte ist alt: jetzt gilt Revision { $current }. Es ist nichts geschehen. Die neueste Karte lesen und dort drücken.
refusal-decided = { $ending } Der Knopfdruck hat nichts geändert.
refusal-expired = Dieses Ticket ist um { $time } abgelaufen. Nichts wurde gesendet. Neu vorschlagen, falls noch gewünscht.
refusal-trading-active = Der Desk ist schon aktiv. Es gibt nichts zu ändern.
refusal-trading-reducing = Der Desk steht auf „nur Abbau“ und nimmt nur an, was Risiko abbaut. Ein Admin kann ihn fortsetzen.
refusal-trading-halted = Der Desk ist angehalten und nimmt keine Einstiege an. Ein Admin kann ihn fortsetzen.
refusal-limits = Die Grenzen lassen keinen Raum. Nichts wurde gesendet.
refusal-no-quote = Für { $instrument } gibt es keinen verlässlichen Preis: { $fault }. Nichts wurde gesendet. Erneut drücken, wenn der Kurs gut ist.
refusal-repriced = { $breach }. Nichts wurde gesendet. Revision { $revision } zeigt den neuen Preis: diese bestätigen, falls noch gewünscht.
refusal-market-closed = Der Markt ist geschlossen und öffnet um { $time }. Dann erneut drücken.
refusal-too-late = Handelsschluss ist um { $time }, zu bald für ein neues Ticket. Am nächsten Handelstag neu vorschlagen.
refusal-market-closed-for-good = Der Markt ist geschlossen, und der Kalender kennt keinen nächsten Handelstag.
refusal-not-second-person = Eine zweite Person muss ja sagen: nicht die, die dieses Ticket vorgeschlagen oder geändert hat, und keine, die schon ja gesagt hat.
refusal-order-in-doubt = Was aus dem Auftrag wurde, ist ungewiss; er kann jetzt also nicht geändert werden. Warten, bis der Broker geantwortet hat.
refusal-order-live = Das geht nicht beim jetzigen Stand des Auftrags ({ $state }). Die Karte ansehen und erneut drücken, wenn sich das geändert hat.
refusal-order-ended = An diesem Auftrag ist nichts mehr zu ändern ({ $state }).
refusal-stop-stands = Der Stop steht schon bei einem Verlust von { $stop } der Prämie, darum ist nichts noch einmal geschehen. Die neueste Karte zeigt ihn.
refusal-stale-position = Die Position hat sich geändert, seit diese Karte gezeichnet wurde, darum ist nichts geschehen. Die neueste Karte ansehen und dort drücken.
refusal-position-open = Die Position ist offen, und kein Ausstieg ist unterwegs. „Schließen“ drücken, um einen zu senden.
refusal-position-closing = Ein Ausstieg ist schon unterwegs ({ $reason }). Warten, bis er beendet ist.
refusal-position-closed = Die Position ist seit { $time } geschlossen ({ $by }). Es bleibt nichts zu tun.
refusal-position-broken = Die Legs dieser Position sind auseinandergelaufen. Mit dem Konto beim Broker vergleichen, dann „Schließen“ drücken.
refusal-adjusted = { $contract } wurde nach einer Kapitalmaßnahme angepasst und kann nicht eröffnet werden. Einen Standardkontrakt wählen.
refusal-paper-only = Das darf nur ein Paper-Konto. Einen Desk am Paper-Broker benutzen.
refusal-store-unavailable = Der Speicher kann nicht schreiben, daher wird kein Einstieg angenommen; Ausstiege laufen weiter. Erneut drücken, wenn die Übersicht zeigt, dass er schreibt.
refusal-broker-unavailable = Der Broker antwortet nicht, über das Konto lässt sich also nichts sagen. Gleich noch einmal fragen.
refusal-not-ours = Ein anderer Prozess hält diesen Desk. Auf dessen Oberflächen drücken.
refusal-type = Dieses Ticket könnte { $loss } verlieren; zum Ja gehört daher die Zahl seiner Kontrakte, von der Karte abgetippt. Nichts wurde gesendet. Im Chat oder in der Webkonsole bestätigen: beide fragen danach.
refusal-type-wrong = Dieses Ticket könnte { $loss } verlieren, und { $typed } ist nicht die Zahl seiner Kontrakte. Nichts wurde gesendet. Die Karte lesen und die Zahl tippen, die sie zeigt.

link-unknown = Dieser Code gilt nicht. Auf einer Oberfläche, die einen kennt, einen neuen verlangen oder einen Admin darum bitten.
link-used = Dieser Code wurde schon benutzt und gilt einmal. Einen neuen verlangen.
link-expired = Dieser Code ist um { $time } abgelaufen. Einen neuen verlangen; er gilt fünf Minuten.
link-same-surface = Dieser Code wurde auf dieser Oberfläche verlangt. Auf der anderen eingeben, die einen noch nicht kennt.
link-linked = Hier schon bekannt, es gibt also nichts zu verknüpfen.
link-too-many = Zu viele Codes waren falsch. Der nächste wird ab { $time } geprüft.

people-unknown-operator = Diesen Operator gibt es auf diesem Desk nicht.
people-unknown-identity = Dort ist niemand von diesem Desk bekannt.
people-last-admin = Von den Admins, die die Konfiguration nennt, ist nur noch dieser einer; im Chat lässt sich das also nicht ändern. Zuerst in der Konfiguration einen anderen nennen.
people-last-identity = Nur hier ist diese Person bekannt. Zuerst einen anderen Ort verknüpfen, oder einen Admin um die Streichung bitten.
people-name = Ein Name hat 1 bis 64 sichtbare Zeichen und keine Leerzeichen an den Enden.
people-name-taken = Ein anderer Operator hat diesen Namen. Einen unterscheidbaren wählen.

notice-critical = Kritisches wird immer mit Ton gemeldet. Es lässt sich nicht stummschalten.
notice-last-room = Das ist der letzte Chat, der wartende Tickets zeigt. Sie zuerst anderswo zeigen lassen.
notice-unknown = Diese Meldung gibt es nicht. Es gibt: { $names }.
notice-hours = Eine Ruhezeit braucht ein Ende, das nicht ihr Anfang ist, etwa 22:00 bis 07:00.
notice-zone = Diese Zeitzone gibt es nicht. Eine wie Europe/Berlin oder America/New_York nennen.
notice-room = Karten dieses Desks werden in diesem Chat nicht gezeigt, hier ist also nichts einzustellen. Den Bereich me benutzen.
notice-no-private = Wie laut Karten gemeldet werden, gilt für Chats. Dieser Desk zeigt Ihnen privat keine: Das tut er in Ihrem eigenen Telegram-Chat mit dem Bot, sobald er in telegram.chats steht. Für diesen Chat stellt es ein Admin mit dem Bereich chat ein.
scan-unknown = Der Feed hat nichts zu { $symbol }, darum lässt es sich nicht beobachten. Die Schreibweise prüfen.
scan-silent = Der Feed antwortet nicht, darum weiß niemand, ob er { $symbol } hat. Nichts wurde geändert; in einer Minute noch einmal fragen.
scan-full = Die Beobachtungsliste enthält { $most } Basiswerte, mehr gehen nicht. Erst einen entfernen.
scan-strategy = Es gibt keine Strategie mit diesem Namen. Es gibt: { $names }.

tap-unknown = Dieser Knopf ist alt und tut nichts. Von vorn beginnen.
tap-used = Das wurde schon gedrückt und zählt einmal. Nichts ist ein zweites Mal geschehen.
tap-late = Der zweite Knopfdruck musste bis { $time } kommen. Es ist nichts geschehen. Von vorn beginnen.
tap-changed = Seit der Frage hat sich etwas geändert. Es ist nichts geschehen. Ansehen und neu verlangen.
tap-another = Gefragt wurde jemand anderes. Es ist nichts geschehen. Selbst danach fragen.

invalid-contracts = Kontrakte müssen eine ganze Zahl von 1 bis 1 Million sein.
invalid-limit = Das Limit muss ein Preis in ganzen Preisschritten sein, innerhalb dessen, was die Struktur kosten kann.
invalid-structure = Diese Legs ergeben keine Struktur, die der Desk handelt. Eine einzelne Long-Option oder einen vertikalen Spread mit einem Verfall nehmen.
invalid-time = Die Zeit muss in der Zukunft liegen und im hier Erlaubten.
invalid-strategy = Es gibt keine Strategie mit diesem Namen. Eine Karte nennt die, von der ihr Signal kam; leer lassen für jede.
invalid-reason = Einen Grund mit 1 bis 200 Zeichen angeben.
invalid-contract = Dieser Kontrakt ist unbekannt oder verfallen. Einen wählen, der jetzt gelistet ist.

standing-fault-per-day = Tickets je Tag müssen 1 oder mehr sein.
standing-fault-ticket = Größter Verlust je Ticket kann nicht { $given } sein: möglich ist mehr als null und höchstens { $most }, die Grenze des Desks.
standing-fault-day = Größter Verlust je Tag kann nicht { $given } sein: möglich ist mindestens { $least }, der größte Verlust je Ticket.
standing-fault-underlying = { $symbol } steht nicht auf der Watchlist des Desks. Einen Basiswert nennen, der dort steht, oder keinen für jeden.
override-fault-hard = { $limit } ist eine harte Grenze: niemand überschreitet sie, und nur die Konfiguration lockert sie.
override-fault-value = Das ist kein Wert für diese Grenze ({ $limit }): er muss über null liegen und ganz sein, wo gezählt wird.
override-fault-not-above = { $limit }: { $given } liegt schon innerhalb der Grenze von { $bound }. Es gibt nichts zu lockern.
override-fault-too-far = { $limit } kann nicht auf { $given } steigen: möglich ist { $most }. Mehr verlangt eine Änderung der Konfiguration.
override-fault-own = Wer darum bittet, kann es nicht selbst gewähren; andere müssen es tun.
override-fault-same = Diese Zustimmung zählt schon. Jetzt muss eine andere Person zustimmen.
override-decided-asked = Sie wartet darauf, gewährt zu werden.
override-decided-granted = Sie gilt schon, { $grants }. Widerrufen, falls sie nicht gelten soll.
override-decided-used = Sie wurde um { $time } genutzt und ist vorbei.
override-decided-lapsed = Ihre Zeit ist um { $time } abgelaufen. Erneut darum bitten, falls sie noch nötig ist.
override-decided-refused = { $name } hat sie um { $time } abgelehnt.
override-decided-revoked = { $name } hat sie um { $time } widerrufen.
override-decided-revoked-by-desk = Der Desk hat sie um { $time } widerrufen: ihre Grenze wurde enger, oder jemand dahinter hat das Recht verloren.
plan-fault-target = Das Gewinnziel kann nicht { $given } der Prämie sein: möglich sind 1{"\u00A0"}% bis { $most }.
plan-fault-stop = Der Stop kann kein Verlust von { $given } der Prämie sein: möglich sind 1{"\u00A0"}% bis { $most }.
plan-fault-arm = Der Trailing-Stop kann nicht ab einem Gewinn von { $given } der Prämie folgen: möglich sind 1{"\u00A0"}% bis { $most }.
plan-fault-give-back = Der Trailing-Stop kann nicht auf einen Rückgang um { $given } der Prämie warten: möglich sind 1{"\u00A0"}% bis { $most }, also bis zu dem Gewinn, ab dem er folgt.
plan-fault-time = Der Zeit-Stop kann nicht { $given } sein: möglich ist eine Zeit nach { $after }.
plan-fault-time-between = Der Zeit-Stop kann nicht { $given } sein: möglich ist eine Zeit nach { $after } und vor { $before }, dem Ende des Handels in seinen Kontrakten.

### Limits

breach-worst-loss-per-ticket = Größter Verlust je Ticket wäre { $value } (Grenze { $bound })
breach-contracts-per-order = Der Auftrag hätte { $value } (Grenze { $bound })
breach-value-per-order = Wert des Auftrags wäre { $value } (Grenze { $bound })
breach-open-positions = Das ergäbe { $value }, laufende Einstiege mitgezählt (Grenze { $bound })
breach-exposure-per-underlying = Größter Verlust auf diesen Basiswert wäre { $value } (Grenze { $bound })
breach-orders-per-minute = Das ergäbe { $value } in 60 s (Grenze { $bound })
breach-orders-per-day = Das ergäbe heute { $value } (Grenze { $bound })
breach-daily-loss = Der Verlust heute beträgt { $value } (Grenze { $bound })
breach-quote-age = Der Kurs ist { $value } alt (Grenze { $bound })
breach-spread = Die weiteste Geld-Brief-Spanne beträgt { $value } ihrer Mitte (Grenze { $bound })
breach-drift = Der Preis lief um { $value } der Prämie gegen die Karte (Grenze { $bound })

breach-alone = { $breach }.
breach-remedy = { $breach }; { $remedy }.
breach-passes = möglich: { $passes }
wait-too-big = nicht einmal ein Kontrakt ist möglich
wait-position = warten, bis eine geschlossen ist
wait-exposure = warten, bis eine Position darauf geschlossen ist
wait-minute = eine Minute warten
wait-day = bis zum nächsten Tag in New York ist kein Einstieg möglich
wait-quote = auf einen frischen Kurs warten
wait-spread = warten, bis sie enger wird
wait-drift = den neuen Preis ansehen

### Vetoes

veto-late = Handelsschluss ist in { $minutes } min, zu bald für eine neue Position.
veto-closed = Der Markt ist geschlossen.
veto-no-contract = Kein Kontrakt passt, { $seen ->
    [one] 1 angesehen
   *[other] { $seen } angesehen
}. Gesucht: { $lacking }.
veto-liquidity = { $contract } wird zu dünn gehandelt: { $fault }.
veto-data-quality = Den Zahlen ist nicht zu trauen: { $fault }.
veto-duplicate-ticket = Ticket { $ticket } zur gleichen Idee besteht schon.
veto-duplicate-position = Eine Position zur gleichen Idee ist schon offen.
veto-trading = Der Desk steht auf „{ $state }“ und nimmt keine Einstiege an.
veto-not-scanned = Die Strategie wurde abgeschaltet oder der Basiswert von der Beobachtungsliste genommen, während danach gesehen wurde.

### Events

event-line = { $time } · { $who } · { $what }
actor-operator = { $name } ({ $surface })
actor-stranger = jemand, der nicht auf der Liste steht ({ $user }, { $surface })
actor-desk = Desk
actor-strategy = Strategie { $name }
actor-broker = Broker

fact-desk-configured = Geltende Einstellungen: { $mode }, größter Verlust { $worst } je Ticket, Verlust { $daily } je Tag, { $positions ->
    [one] 1 offene Position
   *[other] { $positions } offene Positionen
}, { $contracts ->
    [one] 1 Kontrakt
   *[other] { $contracts } Kontrakte
} je Auftrag.
fact-operator-set = { $name } hat jetzt die Rolle { $role }.
fact-operator-set-removed = { $name } darf nicht mehr eingreifen.
fact-link-asked = Ein Verknüpfungscode wurde verlangt, er gilt bis { $until }.
fact-operator-invited = { $name } wurde mit der Rolle { $role } eingeladen; der Code gilt bis { $until }.
fact-operator-linked = { $name } ist jetzt auch als { $user } ({ $surface }) bekannt.
fact-operator-unlinked = { $name } ist nicht mehr als { $user } ({ $surface }) bekannt.
fact-trading-changed = Handel jetzt „{ $to }“: { $cause }, „{ $reason }“.
fact-trading-changed-bare = Handel jetzt „{ $to }“: { $cause }.
fact-trading-stays = Handel weiter „{ $to }“: { $cause }, „{ $reason }“.
fact-trading-stays-bare = Handel weiter „{ $to }“: { $cause }.
trading-event-started = der Prozess ist gestartet
trading-event-recovered = die Wiederherstellung fand alles in Ordnung
trading-event-brake-mismatch = eine automatische Bremse, der Broker hält etwas anderes
trading-event-brake-loss = eine automatische Bremse, der Tag verlor { $lost } von höchstens { $bound }
trading-event-asked = eine Person hat es verlangt
fact-standing-signed = Dauerfreigabe { $standing } unterzeichnet von { $name }: { $strategy }, { $symbol }, { $count ->
    [one] 1 Ticket
   *[other] { $count } Tickets
} je Tag, größter Verlust { $each } je Ticket und { $daily } je Tag, bis { $until }.
fact-standing-revoked = Dauerfreigabe { $standing } widerrufen.
fact-override-asked = Ausnahme { $id } erbeten: { $what }; bis { $until }.
fact-override-granted = Ausnahme { $id } gewährt: { $what }.
fact-override-granted-partly = Ausnahme { $id } hat eine Zustimmung. { $count ->
    [one] Es fehlt noch eine
   *[other] Es fehlen noch { $count }
}, von einer anderen Person.
fact-override-refused = Ausnahme { $id } abgelehnt.
fact-override-revoked = Ausnahme { $id } widerrufen.
fact-override-lapsed = Ausnahme { $id } ist vorbei: ihre Zeit ist abgelaufen.
fact-override-used = Ticket { $ticket } hat eine Grenze überschritten { $passed }.
fact-limit-changed = { $limit } ist jetzt { $after } statt { $before }.
fact-desk-configured-kept = { $configured } So belassen, wie Menschen sie gesetzt haben: { $limits }.
fact-strangers-unheard = Wer nicht auf der Operatorenliste steht, fragt zu oft: { $count ->
        [one] eine weitere Anfrage wurde verwehrt und nur gezählt.
       *[other] { $count } weitere Anfragen wurden verwehrt und nur gezählt.
    }
fact-refused = Verwehrt ({ $verb }): { $why }
fact-mismatch = Desk und Broker sind bei { $instrument } uneins: der Desk hält { $ours }, der Broker meldet { $broker }.

fact-signal-raised = Signal { $signal }: { $what }.
fact-signal-vetoed = Signal { $signal } abgelehnt durch Veto. { $why }
fact-signal-lapsed = Signal { $signal } wurde nicht rechtzeitig geprüft.
fact-ticket-offered = Ticket { $ticket } angeboten: { $name }, { $contracts }, { $bound }, größter Verlust { $worst }, bis { $until }.
fact-ticket-revised = Ticket { $ticket } steht bei Revision { $revision }: { $contracts }, { $bound }, größter Verlust { $worst }.
fact-said-yes = Ticket { $ticket } hat ein Ja zu Revision { $revision }. Ein weiteres ist nötig.
fact-ticket-confirmed = Ticket { $ticket } bestätigt bei Revision { $revision }, gesehen: { $quote }.
fact-ticket-confirmed-standing = Ticket { $ticket } bestätigt bei Revision { $revision } durch Dauerfreigabe { $standing } von { $name }, gesehen: { $quote }.
fact-ticket-declined = Ticket { $ticket } abgelehnt: „{ $reason }“.
fact-ticket-expired = Ticket { $ticket } abgelaufen. Niemand hat rechtzeitig entschieden.
fact-ticket-withdrawn = Ticket { $ticket } zurückgezogen: { $reason }.
fact-ticket-lapsed = Ticket { $ticket } wurde bestätigt, sein Auftrag nie gesendet: { $reason }.
fact-ticket-snoozed = Ticket { $ticket } zurückgestellt bis { $until }, nur in der eigenen Ansicht.

fact-order-entry = Auftrag { $order } zu Ticket { $ticket } ist aufgeschrieben: { $units }, { $bound }.
fact-order-exit = Ausstiegsauftrag { $order } zu Position { $position } ist aufgeschrieben ({ $reason }): { $units }, { $bound }.
fact-order-moved = Auftrag { $order }, Versuch { $attempt }: { $what }; neuer Stand: { $state }.
fact-order-stays = Auftrag { $order }, Versuch { $attempt }: { $what }.
order-event-denied = die letzte Prüfung des Desks sagte nein
order-event-lapsed = seine Zeit war vorbei, bevor er gesendet wurde
order-event-answer-lost = er wurde gesendet, und keine Antwort kam
order-event-never-arrived = keine Nachfrage fand etwas
order-event-sent-again = er wird unter gleichem Namen erneut gesendet
order-event-accepted = der Broker hat ihn
order-event-rejected = der Broker sagte nein
order-event-gone = er ist beim Broker beendet
order-event-cancel-sent = seine Stornierung ist verlangt
order-event-replace-sent = ein anderer Preis ist verlangt
order-event-replaced = der neue Preis gilt, { $bound }
order-event-replace-refused = der Broker wollte den Preis nicht ändern
order-event-filled-to = { $count ->
    [one] 1 Kontrakt bisher ausgeführt
   *[other] { $count } Kontrakte bisher ausgeführt
}
fact-bought = Gekauft: { $count } { $what } zu { $price }, Gebühr { $fee }, Position { $position }.
fact-sold = Verkauft: { $count } { $what } zu { $price }, Gebühr { $fee }, Position { $position }.
fact-busted = Der Broker hat Ausführung { $execution } zurückgenommen.

fact-position-opened = Position { $position } eröffnet aus Ticket { $ticket }.
fact-position-moved = Neuer Stand von Position { $position }: { $to }.
now-closing = wird geschlossen ({ $reason })
fact-exit-decided = Ausstieg aus Position { $position } beschlossen ({ $reason }): offenes Ergebnis { $profit }, bisher bestes { $best }, nach Bewertungen { $marks }.
fact-position-closed = Position { $position } geschlossen ({ $by }): Ergebnis { $profit }, nach { $fees } Gebühren.
fact-exit-plan-changed = Ausstiegsplan von Position { $position } geändert: vorher { $before }; jetzt { $after }.
fact-exits-held = Automatische Ausstiege von Position { $position } sind ausgesetzt bis { $until }.
fact-exits-released = Automatische Ausstiege von Position { $position } laufen weiter.

### Commands

command-help = Was man fragen kann, oder wie ein Befehl benutzt wird
command-status = Wie der Desk steht: Zustand, Einsatz, G/V heute, Grenzen
command-board = Stellt die Tafel des Desks in diesen Chat
command-positions = Was gehalten wird, mit G/V und nächstem Ausstieg
command-position = Eine Position mit Legs, Ausstiegen und Griechen
command-pnl = Gewinn und Verlust von heute, dieser Woche, diesem Monat oder insgesamt
command-account = Guthaben, Kaufkraft und was gehalten wird
command-greeks = Griechen einer Position oder von allem, was gehalten wird
command-tickets = Neueste Tickets und ihr Stand
command-ticket = Die Karte eines Tickets
command-why = Was zu einem Ticket geführt hat und was daraus wurde
command-signals = Neueste Signale und was daraus wurde
command-signal = Ein Signal mit Zahlen und Einwänden
command-whynot = Warum zu einem Basiswert nichts angeboten wird
command-orders = Laufende und zuletzt beendete Aufträge
command-history = Neueste Ereignisse in Worten
command-quote = Preis eines Basiswerts jetzt
command-chain = Optionen eines Basiswerts um seinen Preis
command-report = Bericht eines Tages
command-close = Schließt eine Position, die im Gewinn, die nächstens verfallenden oder alle; fragt nach
command-cancel = Storniert, was von einem Auftrag nicht ausgeführt ist
command-hold = Setzt die automatischen Ausstiege einer Position eine Zeit lang aus oder fort
command-exitplan = Ändert den Ausstiegsplan einer Position; Ungenanntes bleibt
command-propose = Schlägt ein eigenes Ticket vor; es braucht noch ein Ja
command-scan = Sieht jetzt nach dem Markt, neben dem Zeitplan
command-watchlist = Zeigt, was beobachtet wird, oder ändert es
command-strategies = Zeigt die Strategien oder schaltet eine ein oder aus
command-limits = Zeigt jede Grenze mit ihrer Nutzung oder ändert eine
command-override = Bittet um Überschreiten einer Grenze oder entscheidet darüber
command-overrides = Erbetene und gewährte Überschreitungen
command-approve = Zeigt Dauerfreigaben, zeichnet oder widerruft eine
command-pause = Nimmt kein neues Risiko; anderes Wort für reduce
command-reduce = Nimmt nur an, was Risiko abbaut
command-halt = Nimmt keine Einstiege an, storniert laufende; Ausstiege laufen weiter
command-panic = Hält den Desk an und schließt alles; fragt nach
command-resume = Nimmt wieder Einstiege an
command-audit = Was das Protokoll enthält und ob seine Kette heil ist
command-export = Schickt eine Datei der Geschäfte
command-settings = Wie man selbst oder dieser Chat benachrichtigt wird: Ton, Ruhezeit, Sprache
command-link = Verbindet die eigene Person hier mit der auf einer anderen Plattform
command-whoami = Wer man für den Desk ist und was man darf
command-perms = Zeigt, wer was darf, gibt und nimmt Rollen
command-ping = Ob ein Druck zurückkommt und wie schnell
command-version = Welche Version läuft

argument-command = Der Befehl
argument-symbol = Basiswert, etwa SPY
argument-position = Position, mit Kennung oder deren Ende
argument-ticket = Ticket, mit Kennung oder deren Ende
argument-order = Auftrag, mit Kennung oder deren Ende
argument-signal = Signal, mit Kennung oder deren Ende
argument-override = Überschreitung, mit Kennung oder deren Ende
argument-standing = Dauerfreigabe, mit Kennung oder deren Ende
argument-subject = Ticket, Auftrag oder Position mit Kennung oder deren Ende, eine Person, oder today
argument-what = Position, oder profitable, expiring oder all
argument-reason = Grund, fürs Protokoll
argument-expiry = Verfall, etwa 2026-12-18
argument-period = Zeitraum bis jetzt
argument-days = Welche Tage: 2026-01-01..2026-03-31, oder ein Zeitraum bis jetzt
argument-day = Tag, etwa 2026-11-20
argument-for = Wie lange, etwa 30m oder 2h; off setzt die Ausstiege fort
argument-plan = Änderungen, etwa target 50 stop 35 trail 25/15 time 15:45 days 7; oder off
argument-idea = Das Geschäft, etwa buy 2 SPY 2026-12-18 600c limit 3.20
argument-format = Art der Datei
argument-code = Code von der anderen Plattform; ohne ihn gibt es einen neuen
argument-action = Was geschehen soll
argument-strategy = Strategie, mit ihrem Namen
argument-limit = Grenze
argument-value = Neuer Höchstwert in der Einheit der Grenze: 500, 4, 10s, 1250bps
argument-lasting = once, wie lange (2h) oder bis wann in New York (15:45)
argument-per-day = Tickets je Tag
argument-loss-per-ticket = Größter Verlust je Ticket, Dollar
argument-loss-per-day = Größter Verlust je Tag, Dollar
argument-approve-for = Wie lange, etwa 8h oder 3d
argument-notice = Art der Nachricht
argument-volume = Wie laut
argument-from = Ab wann, etwa 22:00; off für keine Ruhezeit
argument-to = Bis wann, etwa 07:00
argument-zone = Zeitzone, etwa Europe/Berlin
argument-language = Sprache
argument-scope = Für einen selbst oder für diesen Chat
argument-person = Person, wie diese Plattform oder der Desk sie nennt
argument-role = Rolle

choice-profitable = Alle im Gewinn
choice-expiring = Alle, die nächstens verfallen
choice-all = Alle
choice-day = Heute
choice-week = Diese Woche
choice-month = Dieser Monat
choice-all-time = Gesamte Zeit
choice-csv = CSV
choice-json = JSON
choice-release = Ausstiege fortsetzen
choice-show = Zeigen
choice-add = Hinzufügen
choice-remove = Entfernen
choice-on = Einschalten
choice-off = Ausschalten
choice-set = Setzen
choice-ask = Darum bitten
choice-grant = Gewähren
choice-refuse = Verweigern
choice-revoke = Widerrufen
choice-sign = Eine zeichnen
choice-notify = Nachrichten
choice-quiet = Ruhezeit
choice-language = Sprache
choice-grant-role = Rolle geben
choice-revoke-role = Rolle nehmen
choice-once = Für ein Mal
choice-loud = Mit Ton
choice-silent = Ohne Ton
choice-muted = Gar nicht
choice-me = Für mich
choice-chat = Für diesen Chat
choice-english = Englisch
choice-german = Deutsch
choice-no-quiet = Keine Ruhezeit

unread-unknown = Es gibt keinen Befehl „{ $typed }“. Alle Befehle zeigt /help.
unread-unknown-near = Es gibt keinen Befehl „{ $typed }“. War /{ $nearest } gemeint?
unread-missing = Es fehlt noch: { $what }. Zum Beispiel: { $example }
unread-choose = Es fehlt noch: { $what }. Auswählen oder schreiben, zum Beispiel: { $example }
unread-wrong = „{ $typed }“ war nicht verständlich. { $fault } Zum Beispiel: { $example }
unread-too-much = „{ $typed }“ ist dort zu viel, es ist nichts geschehen. Zum Beispiel: { $example }

fault-choice = Eines davon wählen: { $words }.
fault-choice-near = War „{ $nearest }“ gemeint?
fault-command = Alle Befehle zeigt /help.
fault-long = Höchstens 200 Zeichen werden aufbewahrt; bitte kürzer sagen.
fault-symbol = Ein Symbol hat 1 bis 8 Buchstaben, Ziffern, Punkte oder Striche.
fault-id = Eine Kennung hat 26 Buchstaben und Ziffern; die letzten 4 oder mehr genügen.
fault-id-or = Eine Kennung angeben, von der die letzten 4 oder mehr Zeichen genügen, oder eines davon: { $words }.
fault-name = Ein Name hat 1 bis 40 Buchstaben, Ziffern, Punkte, Striche oder Unterstriche.
fault-person = Der Name einer Person hat 1 bis 64 Zeichen.
fault-code = Ein Code hat 4 bis 32 Buchstaben, Ziffern oder Striche.
fault-zone = Eine Zeitzone schreibt man wie Europe/Berlin.
fault-number = Eine ganze Zahl von { $least } bis { $most } angeben.
fault-dollars = Dollar über null und höchstens 1.000.000.000 angeben, wie 250 oder 99,50.
fault-span = Eine Dauer mit Einheit angeben, wie 45s, 30m, 2h oder 3d, höchstens 366 Tage.
fault-span-or = Eine Dauer mit Einheit angeben, wie 30m oder 2h, oder eines davon: { $words }.
fault-lasting = Eine Dauer mit Einheit angeben, wie 2h, eine Uhrzeit von heute wie 15:45, oder eines davon: { $words }.
fault-day = Einen Tag als Jahr, Monat und Tag angeben, wie 2026-12-18.
fault-stretch = Einen Tag angeben wie 2026-12-18, zwei mit Punkten dazwischen wie 2026-01-01..2026-03-31, oder eines davon: { $words }.
fault-clock = Eine Uhrzeit wie 15:45 angeben.
fault-clock-or = Eine Uhrzeit wie 22:00 angeben, oder eines davon: { $words }.
fault-side = Ein Geschäft beginnt mit buy oder sell.
fault-count = Kontrakte sind eine ganze Zahl von 1 bis 1.000.000.
fault-strike = Strikes mit c für Calls oder p für Puts angeben, wie 600c oder 600/605c.
fault-price = Das Wort limit und einen Preis je Aktie über null angeben, wie limit 3,20.
fault-structure = Der Desk handelt eine einzelne gekaufte Option oder einen vertikalen Spread aus zwei Strikes und einem Verfall.
fault-buys-credit = Dieser Spread nimmt Geld ein, er wird also verkauft: sell schreiben und den verkauften Strike zuerst.
fault-sells-debit = Das kostet Geld oder hat kein zweites Leg, es wird also gekauft: buy schreiben und den gekauften Strike zuerst.
fault-part = Die Teile eines Ausstiegsplans sind target, stop, trail, time und days, oder off für alle.
fault-part-value = Jeder Teil eines Ausstiegsplans steht einmal, mit seiner Zahl oder off dahinter.
fault-percent = Eine ganze Prozentzahl von 1 bis 1.000 angeben.
fault-trail = Ein Trailing-Stop hat zwei Prozentzahlen: ab welchem Gewinn und wie viel zurück, wie 25/15.
fault-days = Tage vor dem Verfall sind eine ganze Zahl von 0 bis 365.
fault-share = Einen Anteil in Prozent oder Basispunkten angeben, wie 12,5% oder 1250bps.
fault-seconds = Ganze Sekunden angeben, wie 10s.
typed-unclear = Punkt oder Komma mit drei Ziffern dahinter kann Tausender oder Dezimalstellen trennen, und nichts wird geraten. Tausender ohne Zeichen schreiben, wie 1234, und Dezimalstellen mit einer Ziffer mehr oder weniger, wie 1,23.
fault-whole = Eine ganze Zahl angeben.

### Answers

title-help = Was man fragen kann
title-version = Countersign { $version }
title-ping = Ping
title-positions = { $count ->
    [one] 1 Position
   *[other] { $count } Positionen
}
title-profit = G/V insgesamt
title-profit-since = G/V seit { $day }
title-account = Konto
title-greeks = Griechen
title-signals = Neueste Signale
title-signal = Signal { $id } zu { $symbol }
title-tickets = Neueste Tickets
title-orders = Aufträge
title-history = Was geschah
refusal-unknown-subject = Nichts hier hat diese Kennung oder diesen Namen, oder mehreres hat sie. Die ganze Kennung angeben, oder den Namen, wie /perms ihn zeigt.
title-audit = Protokoll
note-audit-cut = Ältere Ereignisse fehlen hier. Der Befehl audit verify prüft das ganze Protokoll.
audit-whole = Die Kette ist heil bis zum Ereignis { $rows }.
audit-broken = Die Kette ist an der Zeile { $row } gebrochen: sie wurde geändert, entfernt oder verschoben.
audit-cut = Das Protokoll endet nach { $rows } Zeilen, vor dem Ende, das festgehalten wurde: Zeilen wurden abgeschnitten.
title-why = Warum: { $name }
title-quote = { $symbol } jetzt
title-chain = { $symbol }-Optionen mit Verfall { $expiry }
title-watchlist = Beobachtet: { $count ->
    [one] 1 Basiswert
   *[other] { $count } Basiswerte
}
title-strategies = Strategien
title-whynot = Warum zu { $symbol } nichts angeboten wird
title-limits = Grenzen und ihre Nutzung
title-limit-change = Änderung einer Grenze: { $limit }
title-approvals = { $count ->
    [one] 1 Dauerfreigabe
   *[other] { $count } Dauerfreigaben
}
title-whoami = Die eigene Person
title-perms = { $count ->
    [one] 1 Person darf handeln
   *[other] { $count } Personen dürfen handeln
}

lead-greeks = Delta und Gamma je Dollar des Basiswerts, Theta je Tag, Vega je Volatilitätspunkt.
lead-quote = { $mid } zur Mitte, { $age } alt.
lead-no-quote = Es gibt jetzt keinen Kurs.
lead-limits-full = Eine Grenze ist ausgeschöpft: sie lässt keinen weiteren Einstieg zu.
lead-limits-near = Eine Grenze ist fast ausgeschöpft.
lead-limit-looser = Sie wird lockerer und folgt daher der Regel einer Überschreitung.
lead-limit-tighter = Sie wird enger.
lead-limit-same = Sie bleibt, wie sie ist.
note-limit-hard = Kein Chat macht diese Grenze wieder weiter. Am Rechner des Desks setzt „countersign desk reset-limits“ jede Grenze auf das, was die Konfiguration sagt.
note-limit-question = Ändern? Eine engere Grenze gilt sofort, eine weitere, wenn genügend andere Admins sie gewährt haben. Die Antwort gilt 30 s.
lead-whoami = Angemeldet als { $name }, { $role }.
lead-stranger = Der Desk kennt diese Person hier nicht. Auf einer Plattform, die sie kennt, /link senden oder einen Admin bitten.

note-help = /help mit einem Befehl zeigt, wie er benutzt wird.
note-ping = Den Knopf drücken, um zu sehen, ob ein Druck zurückkommt.
note-pong = Der Druck kam zurück. Eine Antwort braucht { $took } ms zur Plattform und zurück.
note-nothing-held = Nichts wird gehalten.
note-no-orders = Es gab noch keinen Auftrag.
note-nothing-watched = Nichts wird beobachtet.
note-as-configured = Alles wie konfiguriert; niemand hat etwas hinzugefügt oder entfernt.
note-no-strategies = Es gibt keine Strategie.
note-no-chain = Es gibt keine Optionen mit diesem Verfall.
note-strikes = { $count ->
    [one] 1 weiter entfernter Strike ist ausgelassen.
   *[other] { $count } weiter entfernte Strikes sind ausgelassen.
}
note-not-looked = Noch hat nichts danach gesehen. Der nächste Scan tut es, falls der Basiswert beobachtet wird.
note-nobody = Niemand darf auf diesem Desk handeln.

label-role = Braucht
label-example = Beispiel
label-up = Läuft seit
label-open-profit = Offener G/V
label-raised = Ausgelöst
label-outcome = Was daraus wurde
label-source = Herkunft
label-before = Jetzt
label-after = Dann
label-known-on = Bekannt auf
label-you-here = Hier

table-commands = Befehle
table-arguments = Was er nimmt
table-greeks = Griechen
table-signals = Signale
table-tickets = Tickets
table-orders = Aufträge
table-events = Ereignisse, New Yorker Zeit
table-events-there = Ereignisse, Zeit in { $zone }
table-chain = Geld/Brief um den Preis
table-strategies = Strategien
table-perms = Personen
table-notices = Meldungen
title-settings = So wird gemeldet
column-notice = Meldung
column-severity = Gewicht
column-here = Hier
column-mine = Eigene
label-quiet-here = Ruhezeit hier
label-quiet-mine = Eigene Ruhezeit
label-language = Sprache der Antworten
note-quiet-now = Hier ist gerade Ruhezeit: Nur Kritisches hat einen Ton.
note-settings = Eigene Einstellungen gelten im eigenen privaten Chat. Zeiten stehen in der Zeitzone der Ruhezeit, ohne eine in der von New York. Kritisches hat immer einen Ton.
severity-routine = Routine
severity-important = wichtig
severity-critical = kritisch
volume-loud = laut
volume-silent = lautlos
volume-off = aus
quiet-never = keine
quiet-hours = { $from } bis { $until }, { $zone }
language-en = English
language-de = Deutsch

column-command = Befehl
column-about = Was er tut
column-argument = Teil
column-delta = Delta
column-gamma = Gamma
column-theta = Theta
column-vega = Vega
column-outcome = Ausgang
column-ticket = Ticket
column-order = Auftrag
column-filled = Ausgeführt
column-event = Ereignis
column-call = Call
column-strike = Strike
column-put = Put
column-strategy = Strategie
column-tickets = Tickets
column-person = Person
column-role = Rolle
column-known-on = Bekannt auf

role-anybody = nichts
argument-choices = { $what }: { $words }
row-total = Alle
outcome-raised = noch nicht geprüft
outcome-ticketed = Ticket { $ticket }
purpose-entry = Einstieg
event-told = { $who }: { $what }
state-on = an
state-off = aus
look = { $time }, { $strategy }: { $what }
look-quiet = nichts bemerkt ({ $reason }): { $figures }.
look-quiet-bare = nichts bemerkt ({ $reason }).
look-no-data = der Feed hatte keine Antwort: „{ $words }“
look-raised = ein Signal wurde ausgelöst und noch nicht geprüft.
look-ticketed = ein Signal wurde ausgelöst und als Ticket { $ticket } angeboten.
look-off = abgeschaltet von { $who }; sie löst keine Signale aus, bis jemand sie einschaltet.
look-unwatched = { $symbol } steht nicht auf der Beobachtungsliste, darum sieht kein Scan danach. /watchlist add { $symbol } nimmt es auf.
look-removed = { $symbol } wird nicht beobachtet: { $who } hat es von der Beobachtungsliste genommen, { $time }. /watchlist add { $symbol } nimmt es wieder auf.
watched-added = { $symbol }: nicht konfiguriert, hinzugefügt von { $who }, { $time }
watched-removed = { $symbol }: konfiguriert, entfernt von { $who }, { $time }
strategy-off = { $name }: abgeschaltet von { $who }, { $time }. Offene Tickets und Positionen bleiben, wie sie sind, und Ausstiege laufen weiter.
quiet-closed = der Markt ist geschlossen
quiet-too-late = die Sitzung endet zu bald
quiet-too-early = noch zu wenige Kerzen in dieser Sitzung
quiet-gaps = zu viele Kerzen fehlen
quiet-stale = die neueste Kerze ist zu alt
quiet-still = der Preis bewegt sich nicht
quiet-no-trend = kein Trend: beide Durchschnitte liegen nah beieinander
quiet-against-slope = der langsame Durchschnitt geht nicht mit dem Trend
quiet-not-confirmed = das Momentum bestätigt den Trend nicht
quiet-weak = alles trifft zu, aber zu schwach
you-here = { $user } ({ $surface })
button-ping = Drücken
button-revoke-one = { $id } widerrufen

### Terminal

terminal-keys = Tasten: c bestätigen · r ablehnen · s 1 min zurückstellen · w warum · n nächstes Ticket · p Positionen · h anhalten · u fortsetzen · q beenden
terminal-console = Webkonsole: { $url } (dieser Link öffnet sie einmal)
terminal-begun = Desk { $name } läuft.
terminal-nothing = Kein Ticket wartet auf eine Entscheidung.
terminal-flattened = Der Desk ist angehalten, und die Ausstiege aller Positionen sind verlangt. Eine Position ist geschlossen, wenn der Broker ihren Ausstieg ausgeführt hat.
terminal-limits-reset = Jede Grenze ist so, wie die Konfiguration sie beim letzten Start nannte.
terminal-nobody-runs = Kein Prozess führt diesen Desk: bis einer gestartet ist, geht nichts zum Broker, und nichts Verlangtes geschieht.
terminal-own-time = Eine Demo oder ein Replay führte diesen Desk: seine Zeit ist nicht die der Maschine. Sie steht bei { $at }.
terminal-left-out = { $lines ->
    [one] (Hier fehlt 1 Zeile: niemand las mit. Das Ereignisprotokoll hat alles.)
   *[other] (Hier fehlen { $lines } Zeilen: niemand las mit. Das Ereignisprotokoll hat alles.)
}
terminal-draining = Wird beendet: keine neuen Einstiege, Fälliges wird zu Ende gebracht. Ctrl-C noch einmal drücken, um sofort zu beenden.
terminal-left = Beendet mit { $positions ->
    [0] keiner offenen Position
    [one] 1 offenen Position
   *[other] { $positions } offenen Positionen
} und { $orders ->
    [0] keinem laufenden Auftrag
    [one] 1 laufenden Auftrag
   *[other] { $orders } laufenden Aufträgen
}.

### Web console

console-name = Countersign
console-skip = Zum Inhalt
console-menu = Seiten
console-menu-desk = Desk
console-menu-propose = Vorschlagen
console-menu-standing = Freigaben
console-menu-history = Verlauf
console-menu-health = Zustand
console-keys = Tasten
console-key-next = Nächste Karte
console-key-previous = Vorige Karte
console-key-confirm = Bestätigen
console-key-reject = Ablehnen
console-key-edit = Ändern
console-key-snooze = Zurückstellen
console-key-close = Schließen
console-key-why = Warum
console-key-help = Diese Liste
console-done-reading = Fertig
console-dismiss = Ausblenden
console-back = Zurück zum Desk
console-back-form = Zurück zum Formular
console-reconnecting = Verbindung wird wiederhergestellt. Das Gezeigte kann alt sein.
console-ticket = Ticket

console-open-title = Konsole öffnen
console-open-how = Das Terminal, in dem countersign läuft, zeigt einen Link, der diese Konsole einmal öffnet. Den Link öffnen oder sein Token hier einfügen.
console-open-token = Token
console-open = Öffnen

console-fault-locked = Diese Konsole ist gesperrt
console-fault-nothing-here = Hier ist nichts
console-fault-not-done = Nichts geschehen
console-fault-host = Das ist keine Adresse der Konsole. Den Link öffnen, den das Terminal zeigt.
console-fault-origin = Das kam von einer anderen Seite, es ist also nichts geschehen. Auf einer Seite der Konsole selbst drücken.
console-fault-session = Dieser Browser hat hier keine Sitzung, oder sie ist beendet. Im Terminal nachsehen, in dem countersign läuft: der neueste Link dort öffnet diese Konsole.
console-fault-token = Dieser Link öffnet nichts: er wurde benutzt, oder ein neuerer hat ihn ersetzt. Im Terminal nachsehen, in dem countersign läuft: der neueste Link dort öffnet diese Konsole.
console-fault-seal = Dieses Formular passt nicht zu dem, was die Seite jetzt zeigt, es ist also nichts geschehen. Zurück zum Desk gehen und dort drücken.
console-fault-replayed = Dieses Formular wurde schon gesendet und zählt einmal. Nichts ist ein zweites Mal geschehen. Der Desk zeigt, was daraus wurde.
console-fault-too-late = Der zweite Knopfdruck muss binnen 30 s kommen. Es ist nichts geschehen. Zurückgehen und neu beginnen.
console-fault-form = Dieses Formular war nicht lesbar, es ist also nichts geschehen. Zurück zum Desk gehen und dort drücken.
console-fault-too-large = Dieses Formular ist größer als jedes von hier, es ist also nichts geschehen.
console-fault-not-found = Diese Seite gibt es nicht. Der Desk hat Links zu allen, die es gibt.
console-fault-no-session = An diesem Tag war kein Handel, es gibt also keinen Bericht darüber.
console-fault-method = Diese Seite lässt sich so nicht aufrufen. Zurück zum Desk gehen und dort drücken.
console-fault-store = Der Speicher ist jetzt nicht lesbar. Ausstiege laufen weiter. Gleich noch einmal versuchen.
console-fault-slow = Der Desk hat nicht rechtzeitig geantwortet. Das Verlangte kann noch geschehen: vor dem nächsten Knopfdruck den Desk ansehen.
console-fault-crowded = Zu viele Seiten sind offen. Einige schließen und noch einmal versuchen.

console-said-yes = Das Ja ist festgehalten. Noch eine Person muss ja sagen.

console-trouble = Der Desk ist jetzt nicht lesbar. Das Gezeigte ist alt; Ausstiege laufen weiter.
console-state-active = Aktiv
console-state-reducing = Nur Abbau
console-state-halted = Angehalten
console-account = Konto
console-state = Handel
console-today = Heute
console-today-of = { $taken } realisiert, { $open } offen
console-next-scan = Nächster Scan
console-no-scan = keiner geplant
console-clock = Zeit des Desks
console-tickets = Offene Tickets
console-tickets-none = Kein Ticket wartet auf eine Entscheidung. Ein neues erscheint hier von selbst.
console-positions = Positionen
console-positions-none = Nichts wird gehalten.
console-feed = Ereignisse
console-feed-none = Noch ist nichts geschehen.
console-time-left = Restzeit
console-press-lost = Ob dieser Knopfdruck ankam, ist nicht bekannt. Vor dem nächsten Knopfdruck die Karte ansehen.
console-alarms = Alarme
console-orders = Einstiege unterwegs
console-limits = Grenzen
console-limit-of = { $used } / { $bound }
console-controls = Desk
console-flatten = Glattstellen
console-reduce = Nur Abbau
console-halt = Anhalten
console-resume = Fortsetzen
console-approvals = Dauerfreigaben
console-approvals-none = Keine. Jedes Ticket braucht einen Knopfdruck.
console-approvals-more = Eine unterzeichnen
console-revoke = Widerrufen
console-health-well = Alle Teile in Ordnung
console-health-look = Zustand ansehen
console-health = Zustand
console-snoozed = Zurückgestellt bis { $time }
console-edit-send = Neue Revision anlegen
console-snooze-30 = 30 s
console-snooze-60 = 60 s
console-snooze-end = Bis zum Ablauf
console-field-contracts = Kontrakte
console-field-typed = Zum Bestätigen die Kontrakte tippen
console-field-pay = Höchstens zahlen, je Aktie
console-field-receive = Mindestens erhalten, je Aktie
console-rail-stop = Stop { $at }
console-rail-target = Ziel { $at }
console-order-late = Auftrag { $order } besteht beim Broker, sein Ticket aber nicht mehr.

console-ask-close-title = Diese Position schließen?
console-ask-close-how = Ein Ausstieg geht sofort hinaus und beginnt bei der letzten glaubhaften Bewertung. Geschlossen ist sie, wenn der Broker ihn ausgeführt hat.
console-ask-close = Jetzt schließen
console-ask-hold-title = Ausstiege dieser Position aussetzen?
console-ask-hold-how = Bis dahin löst kein automatischer Ausstieg dieser Position aus, was der Preis auch tut. Schließen von Hand bleibt möglich, ebenso die Ausstiege früher fortzusetzen.
console-ask-hold = Ausstiege aussetzen
console-ask-plan-title = Ausstiege dieser Position ändern
console-ask-plan-how = Ein leeres Feld schaltet diesen Ausstieg aus. Die letzte Handelsstunde lässt sich nicht ausschalten. Prozente sind solche der Prämie.
console-ask-plan = Ausstiege ändern
console-ask-reduce-title = Desk auf „nur Abbau“ stellen?
console-ask-reduce-how = Angebotene Tickets werden zurückgezogen, laufende Einstiege storniert. Der Desk nimmt nur an, was Risiko abbaut, bis eine Person ihn fortsetzt.
console-ask-halt-title = Desk anhalten?
console-ask-halt-how = Angebotene Tickets werden zurückgezogen, laufende Einstiege storniert. Automatische Ausstiege laufen weiter. Der Desk nimmt keine Einstiege an, bis eine Person ihn fortsetzt.
console-ask-resume-title = Desk fortsetzen?
console-ask-resume-how = Der Desk nimmt wieder Einstiege an. Zurückgezogene Tickets kommen nicht wieder.
console-ask-flatten-title = Desk glattstellen?
console-ask-flatten-how = Der Desk hält an, laufende Einstiege werden storniert, und für jede offene Position geht ein Ausstieg hinaus. Es wird noch einmal nachgefragt.
console-ask-flatten-now-title = Jetzt jede Position schließen?
console-ask-flatten-now = Jetzt glattstellen
console-ask-flatten-count = { $count ->
    [0] Nichts wird gehalten. Der Desk hält an.
    [one] 1 offene Position wird geschlossen.
   *[other] { $count } offene Positionen werden geschlossen.
}
console-ask-revoke-title = Diese Dauerfreigabe widerrufen?
console-ask-time = Restzeit für den zweiten Knopfdruck
console-ask-leave = Lassen
console-go-on = Weiter
console-field-reason = Grund, fürs Protokoll
console-field-minutes = Minuten, höchstens { $most }
console-field-target = Gewinnziel, Prozent
console-field-stop = Stop-Loss, Prozent
console-field-arm = Trailing-Stop folgt ab einem Gewinn von, Prozent
console-field-give-back = und schließt nach einem Rückgang um, Prozent
console-field-time = Zeit-Stop, New York
console-field-days = Tage vor Verfall
console-done-flatten = Der Desk ist angehalten, und für jede offene Position ist ein Ausstieg verlangt. Jede ist geschlossen, wenn der Broker ihn ausgeführt hat.
console-done-propose = Das Ticket ist angeboten. Es braucht noch ein Ja.
console-done-sign = Die Dauerfreigabe ist unterzeichnet. Sie gilt ab dem nächsten Ticket.

console-propose = Ticket vorschlagen
console-propose-how = Eine einzelne Long-Option oder ein vertikaler Spread mit einem Verfall. Es wird angeboten wie jedes andere Ticket und braucht noch ein Ja.
console-propose-leg = Leg { $number }
console-propose-symbol = Optionssymbol
console-propose-symbol-how = Wurzel, Verfall als Jahr, Monat und Tag, C oder P, Strike in Tausendsteln: SPY 240119C00475000.
console-propose-side = Seite
console-propose-buy = Kauf
console-propose-sell = Verkauf
console-propose-leg-two-how = Leer lassen für eine einzelne Option.
console-propose-limit = Limit je Aktie
console-propose-limit-how = Was höchstens zu zahlen ist oder bei einem Credit Spread mindestens zu erhalten.
console-propose-exits = Ausstiege
console-propose-send = Anbieten

console-standing-how = Eine Dauerfreigabe sagt von selbst ja, innerhalb ihrer Schranken, bis sie endet oder widerrufen wird. Sie ruht, solange der Desk nicht aktiv ist.
console-standing-sign = Dauerfreigabe unterzeichnen
console-standing-send = Unterzeichnen
console-field-strategy = Strategie, leer für jede
console-field-underlying = Basiswert, leer für jeden
console-field-per-day = Tickets je Tag
console-field-loss-ticket = Größter Verlust je Ticket, Dollar
console-field-loss-day = Größter Verlust je Tag, Dollar
console-field-hours = Stunden ab jetzt, höchstens { $most }

console-history = Verlauf
console-history-tickets = Letzte Tickets
console-history-signals = Letzte Signale
console-history-no-tickets = Noch wurde kein Ticket angeboten.
console-history-no-signals = Noch wurde kein Signal gemeldet.
console-column-offered = Angeboten
console-column-ticket = Ticket
console-column-worst = Größter Verlust
console-column-state = Stand
console-column-profit = Ergebnis
console-column-raised = Gemeldet
console-column-signal = Signal
console-column-outcome = Was daraus wurde
console-outcome-raised = Noch nicht geprüft.
console-outcome-ticketed = Als Ticket angeboten
console-outcome-lapsed = Die Zeit war vorbei, bevor es geprüft wurde.

console-why = Warum
console-trail = Was geschah
console-trail-cut = Ältere Ereignisse stehen im Prüfprotokoll.
console-yes = Wer ja sagte und was dabei zu sehen war
console-states = Stände der Aufträge
console-column-time = Zeit
console-column-order = Auftrag
console-column-attempt = Versuch
console-column-asked = Verlangt
console-exit = Ausstieg
console-entry = Einstieg

console-fault-percent = Ein Prozentsatz muss eine ganze Zahl von 1 bis 1000 sein, oder leer, um diesen Ausstieg auszuschalten.
console-fault-trail = Ein Trailing-Stop braucht beide Prozentsätze oder keinen.
console-fault-days = Tage vor Verfall müssen eine ganze Zahl von 0 bis 365 sein, oder leer.
console-fault-time = Eine Zeit muss wie 2026-11-18T15:45 aussehen, oder leer sein.
console-fault-symbol = Das ist kein Optionssymbol. Schreibweise: SPY 240119C00475000.
console-fault-side = Ein Leg wird gekauft oder verkauft.
console-fault-dollars = Ein Betrag muss in Dollar sein, über null und höchstens 1 Milliarde, wie 250 oder 99,50.
console-fault-count = Tickets je Tag müssen eine ganze Zahl von 1 bis 1 Million sein.
console-fault-minutes = Minuten müssen eine ganze Zahl von 1 bis { $most } sein.
console-fault-hours = Stunden müssen eine ganze Zahl von 1 bis { $most } sein.
console-fault-word = Der Name einer Strategie hat 1 bis 40 Buchstaben, Ziffern, Punkte, Binde- oder Unterstriche.
console-fault-underlying = Ein Symbol hat 1 bis 8 Großbuchstaben, Ziffern, Punkte oder Bindestriche.
console-fault-reason-list = Einen der Gründe wählen, die die Karte nennt.
console-keys-on = Tasten sind an
console-account-title = Konto { $account }
console-cash = Barbestand
console-buying-power = Kaufkraft
console-held-open = Offene Positionen
console-scan = Markt jetzt ansehen
console-scan-how = Jeder Basiswert der Watchlist wird einmal angesehen, neben dem Zeitplan.
console-reconcile = Jetzt mit dem Broker vergleichen
console-reconcile-how = Was der Desk hält, wird mit dem verglichen, was der Broker meldet. Eine Abweichung zählt, wenn sie zweimal gesehen wurde.
console-done-scan = { $raised ->
    [0] Angesehen: { $looked ->
        [one] 1 Basiswert
       *[other] { $looked } Basiswerte
    }. Kein Signal wurde gemeldet.
    [one] Angesehen: { $looked ->
        [one] 1 Basiswert
       *[other] { $looked } Basiswerte
    }. 1 Signal wurde gemeldet. Die Ereignisse zeigen, was daraus wurde.
   *[other] Angesehen: { $looked } Basiswerte. { $raised } Signale wurden gemeldet. Die Ereignisse zeigen, was daraus wurde.
}
console-done-reconcile = Mit dem Broker verglichen. Eine Abweichung stünde bei den Alarmen und Ereignissen.
console-history-reports = Tagesberichte
console-history-files = Dateien
console-history-files-how = Eine Zeile für jede Ausführung und jede Entscheidung, in UTC, für eine Tabelle oder ein Programm.

# --- what chat platforms say
chat-time-left = Höchstens noch { $span } zum Entscheiden.
chat-decline-why = Warum nicht? Mit der Auswahl wird das Ticket abgelehnt.
chat-not-here = Dieser Chat gehört zu keinem Desk hier, darum ist nichts geschehen. Ein Administrator kann seine Nummer in die Konfiguration aufnehmen.
chat-second-copy = Das ist eine zweite Kopie einer Karte, darum ist nichts geschehen, und ihre Knöpfe gelten nicht mehr. Auf der anderen Kopie drücken.
chat-repeated = Dieser Knopfdruck war schon angekommen, darum ist nichts noch einmal geschehen. Die Karte zeigt, was daraus wurde.
chat-busy = In diesem Chat wartet zu viel darauf, gesagt zu werden. In einer Minute noch einmal drücken.
chat-form-one = Diese Nachricht damit beantworten.
chat-form-several = Diese Nachricht damit beantworten, in dieser Reihenfolge, mit einem Leerzeichen dazwischen.
chat-form-entry = • { $label } (jetzt { $value })
chat-field-plan = Änderungen; Weggelassenes bleibt
chat-close-question = { $name } jetzt bei { $profit } schließen? Die Antwort gilt 30 s lang.
chat-close-question-unmarked = { $name } jetzt schließen? Was es wert ist, weiß gerade niemand. Die Antwort gilt 30 s lang.
chat-leave = So lassen
chat-none-in-profit = Von keiner offenen Position ist bekannt, dass sie im Gewinn liegt, darum ist nichts zu schließen.
chat-none-expiring = Keine offene Position verfällt am laufenden oder, nach Handelsschluss, am nächsten Handelstag, darum ist nichts zu schließen.
chat-none-open = Keine Position ist offen, darum ist nichts zu schließen.
chat-close-many-question = { $count ->
    [one] Diese Position jetzt schließen? Die Antwort gilt 30 s lang.
   *[other] Diese { $count } Positionen jetzt schließen? Die Antwort gilt 30 s lang.
}
chat-halt-question = Den Desk anhalten? Keine Einstiege, laufende werden storniert, Ausstiege laufen weiter; nur ein Admin nimmt den Handel wieder auf. Die Antwort gilt 30 s lang.
chat-flatten-question = { $count ->
    [0] Den Desk anhalten und alles schließen? Gerade wird nichts gehalten. Die Antwort gilt 30 s lang.
    [one] Den Desk anhalten und seine eine Position schließen? Die Antwort gilt 30 s lang.
   *[other] Den Desk anhalten und alle { $count } Positionen schließen? Die Antwort gilt 30 s lang.
}
chat-yes = Ja, jetzt
chat-no-reason = Im Chat ohne Angabe eines Grundes verlangt
done-second = Verlangt. Die Karten sagen, was der Broker tut.
chat-page-before = ‹ Seite { $number } von { $of }
chat-page-after = Seite { $number } von { $of } ›
chat-no-chain = Zu { $symbol } hat die Datenquelle für diesen Tag keine Optionen.
chat-limit-set = Die Grenze ist geändert und gilt ab jetzt.
chat-override-asked = Verlangt. Ein anderer Admin muss es gewähren: /overrides zeigt es mit seinen Knöpfen.
chat-link-code = Der Code ist { $code }. Innerhalb von 5 Minuten, bis { $until }, dort /link { $code } schreiben, wo man noch nicht bekannt ist. Er gilt einmal; niemandem zeigen.
chat-linked = Verknüpft. Ab jetzt hier bekannt, mit derselben Rolle; /whoami zeigt sie.
chat-invited = Der Code für { $name } ist { $code }. Wer vor { $until } /link { $code } schreibt, ist ab dann { $name }. Er gilt einmal.
chat-granted = Die Rolle ist geändert, auch für offene Karten.
chat-removed = Handeln ist nicht mehr erlaubt, auch nicht auf offenen Karten.
chat-manners-set = Eingestellt. /settings zeigt, wie jetzt gemeldet wird.
chat-watch-added = { $symbol } wird ab dem nächsten Scan beobachtet. /scan sieht jetzt nach.
chat-watch-removed = { $symbol } wird nicht mehr beobachtet. Tickets und Positionen darauf bleiben, wie sie sind.
chat-strategy-on = Die Strategie { $name } löst wieder Signale aus, ab dem nächsten Scan.
chat-strategy-off = Die Strategie { $name } löst ab jetzt keine Signale aus. Ihre offenen Tickets und Positionen bleiben, wie sie sind, und Ausstiege laufen weiter.
chat-watched-already = { $symbol } wird schon beobachtet, darum wurde nichts geändert.
chat-not-watched = { $symbol } steht nicht auf der Beobachtungsliste, darum wurde nichts geändert.
chat-strategy-is-on = Die Strategie { $name } ist schon eingeschaltet, darum wurde nichts geändert.
chat-strategy-is-off = Die Strategie { $name } ist schon abgeschaltet, darum wurde nichts geändert.
chat-write-to-me = Das ist nur für Sie. Einen privaten Chat mit mir öffnen, auf Start drücken und dort fragen.
chat-not-taken = Das ist nur für Sie und konnte gerade nicht gesendet werden. Gleich noch einmal fragen.
chat-sent-in-private = Nur an Sie gesendet.
title-overrides = Ausnahmen
title-override-asked = Ausnahme erbeten: { $limit }
title-override-granted = Ausnahme gewährt: { $limit }
title-override-used = Ausnahme verbraucht: { $limit }
title-override-lapsed = Ausnahme abgelaufen: { $limit }
title-override-refused = Ausnahme abgelehnt: { $limit }
title-override-revoked = Ausnahme widerrufen: { $limit }
title-loosening-asked = Höheres Limit erbeten: { $limit }
title-loosening-done = Limit erhöht: { $limit }
label-override-asked-by = Erbeten von
label-override-granted-by = Gewährt von
label-override-until = Bis
label-override-uses = Benutzt
override-hand = { $name }, { $time }
override-uses = { $count ->
    [0] noch nicht
    [one] einmal
   *[other] { $count }-mal
}
note-override-missing = { $count ->
    [one] Noch ein Admin, ein anderer als { $name }, muss sie gewähren.
   *[other] Sie geht um mehr als die Hälfte über das Limit hinaus: { $count } andere Admins als { $name } müssen sie gewähren.
}
button-take-back = Widerrufen
footer-override = Ausnahme { $id }
note-no-overrides = Nichts ist verlangt, und keine Ausnahme gilt.
button-grant = Gewähren
button-refuse = Ablehnen
refusal-unknown-signal = Ein solches Signal gibt es nicht, oder mehrere enden so. /signals zeigt sie.
export-about = Konto { $account }: { $fills ->
    [one] eine Ausführung
   *[other] { $fills } Ausführungen
} und { $decisions ->
    [one] eine Entscheidung
   *[other] { $decisions } Entscheidungen
}. Zeiten in UTC, Beträge in Dollar, Gewinne nach Durchschnittskosten vor Gebühren: keine Steuerberatung.
export-too-large = Die Datei hätte { $size } MB, und mehr als { $most } MB lassen sich hier nicht senden. Weniger Tage verlangen oder sie mit countersign desk export schreiben.

### Nachrichten

label-news = Nachrichten
news-pass = nichts steht dagegen
news-warn = sie warnen
news-shrink = ihretwegen weniger Kontrakte
news-veto = sie stehen dagegen
news-verdict = { $verdict } ({ $stories ->
    [one] 1 Meldung
   *[other] { $stories } Meldungen
}, Ton { $tone } von ±1)
news-no-stories = Keine Meldung zählt zurzeit.
news-read-by = Gelesen von { $who }.
news-scorer = { $name } { $version } ({ $hash })
news-scorer-lexicon = einer Wortliste, Version { $version } ({ $hash }); kein Modell
news-headline = „{ $headline }“ ({ $publisher }, vor { $age }): { $read }, { $category }, Wirkung { $impact }
news-publishers = { $publisher } und { $others ->
    [one] 1 weiterer
   *[other] { $others } weitere
}
news-unread = nicht gelesen ({ $why })
news-set-aside = Ein Admin hat beiseitegelegt, was dagegen stünde: { $names }.
news-reason-story = „{ $headline }“: { $category }, Wirkung { $impact }, zählt bis { $until }.
news-reason-tone = Der Ton von { $stories ->
    [one] 1 Meldung
   *[other] { $stories } Meldungen
} ist { $score } von ±1 und steht gegen das Geschäft.
news-reason-scheduled = { $name } steht am { $day } an.
news-reason-scheduled-at = { $name } steht am { $day } um { $time } an.
news-missing-since = Seit { $time } war keine Nachrichtenquelle zu hören.
news-missing-never = Noch war keine Nachrichtenquelle zu hören.
news-missing-model = { $stories ->
    [one] 1 Meldung, die zählen würde, konnte nicht gelesen werden
   *[other] { $stories } Meldungen, die zählen würden, konnten nicht gelesen werden
}: { $why }.
news-abstained-no-model = es gibt kein Modell
news-abstained-late = das Modell war zu langsam
news-abstained-unusable = die Antwort des Modells war keine
news-abstained-empty = es blieb nichts zu lesen
news-category-earnings = Geschäftszahlen
news-category-guidance = Ausblick
news-category-clinical = Klinik und Zulassung
news-category-merger = Übernahme
news-category-legal = Recht
news-category-analyst = Analyst
news-category-personnel = Personal
news-category-capital = Kapital
news-category-halt = Handelsstopp
news-category-bankruptcy = Insolvenz
news-category-macro = Konjunktur
news-category-company = Unternehmen
news-category-market = Markt
news-category-general = Allgemeines
news-impact-low = gering
news-impact-medium = mittel
news-impact-high = hoch
news-lead = Nachrichten: { $reason }
veto-news = Die Nachrichten stehen dagegen. { $reasons }
withdrawn-news = die Nachrichten stehen dagegen. { $reasons }
lapse-news = die Nachrichten standen dann dagegen. { $reasons }
refusal-news = Nicht bestätigt: Die Nachrichten stehen dagegen, und das Ticket ist zurückgezogen. { $reasons }
news-behind = { $story }; sie zählt bis { $until }.
news-reasons-more = { $count ->
    [one] Und 1 weiterer Grund.
   *[other] Und { $count } weitere Gründe.
}
news-heard = { $story }; { $did }
news-did-nothing = nichts geschah
news-did-warn = das Ticket warnt davor
news-did-shrink = weniger Kontrakte
news-did-withdraw = das Ticket wurde zurückgezogen
news-did-unsent = der Einstieg wurde nicht gesendet
news-did-alarm = ein Alarm wurde ausgelöst
news-did-pass = { $who } ließ das Veto nicht gelten („{ $reason }“)
news-does-veto = Veto bis { $until }
news-does-shrink = weniger Kontrakte bis { $until }
news-does-warn = warnt bis { $until }
news-does-pass = Veto bis { $until }, gilt aber nicht
news-passing = { $name } zu { $symbol } gilt bis { $until } nicht, wie { $who } will: „{ $reason }“
news-passing-more = { $count ->
    [one] 1 weiteres Veto gilt nicht.
   *[other] { $count } weitere Vetos gelten nicht.
}
news-more = Und { $count } weitere; die Konsole zeigt sie.
news-more-than = Und mehr als { $count } weitere; die Konsole zeigt die neuesten.
news-nobody-reads = Zurzeit liest niemand die Meldungen.
news-read-by-native = Gelesen von { $who }, ausgeführt von { $name } ({ $file }).
news-read-by-built-in = Gelesen von { $who }, ausgeführt vom Programm selbst in reinem Rust.
table-news-deeds = Was ihretwegen geschah
news-deed-vetoed = { $symbol }: { $times ->
    [one] ein Signal von { $strategy } wurde nicht angeboten.
   *[other] { $times } Signale von { $strategy } wurden nicht angeboten.
} { $reasons }
news-deed-warned = { $symbol }: Ticket { $ticket } warnt. { $reasons }
news-deed-shrunk = { $symbol }: Ticket { $ticket } hat weniger Kontrakte. { $reasons }
news-deed-withdrawn = { $symbol }: Ticket { $ticket } wurde zurückgezogen. { $reasons }
news-deed-unsent = { $symbol }: der Einstieg von Ticket { $ticket } wurde nicht gesendet. { $reasons }
note-news-quiet = { $count ->
    [one] Noch 1 Meldung war zu hören und änderte nichts.
   *[other] Noch { $count } Meldungen waren zu hören und änderten nichts.
}
note-not-rolled = Die Position wurde geschlossen und nicht gerollt: Ihr Ausstiegsplan will das Ende, und was an ihre Stelle tritt, ist ein eigenes Ticket.
whynot-earlier = { $time }, { $strategy }, { $way }: { $what }
whynot-more = { $count ->
    [one] 1 weiteres Signal davor wurde kein Ticket; /signals zählt sie auf.
   *[other] { $count } weitere Signale davor wurden kein Ticket; /signals zählt sie auf.
}
way-bullish = für einen Anstieg
way-bearish = für einen Rückgang
fact-story-judged = { $story }
fact-offer-warned = Die Nachrichten warnen: { $reasons }
fact-offer-shrunk = Wegen der Nachrichten weniger Kontrakte: { $reasons }
fact-ticket-warned = Die Nachrichten warnen vor Ticket { $ticket }: { $reasons }
fact-news-let-pass = Das Veto { $name } der Nachrichten zu { $symbol } gilt bis { $until } nicht: „{ $reason }“
fact-news-let-pass-ended = Das Veto { $name } der Nachrichten zu { $symbol } gilt wieder: „{ $reason }“
alarm-news-title = Nachricht zu einer Position
alarm-news = { $symbol } (Position { $position }): „{ $headline }“ ({ $publisher }): { $category }, Wirkung hoch.
alarm-news-advice = Ausstiege laufen wie geplant weiter, was immer die Nachrichten sagen. Schließen, den Stop nachziehen oder so behalten.
button-keep = Behalten
title-news = Nachrichten
title-news-on = Nachrichten zu { $symbol }
note-news-off = Dieser Desk liest keine Nachrichten: Keine Quelle ist eingerichtet.
label-news-bullish = Für einen Anstieg
label-news-bearish = Für einen Rückgang
news-named = { $reason } ({ $name })
news-source = Quelle { $name }: vor { $age } gehört, { $taken } aufgenommen, { $dropped } ausgelassen.
news-source-never = Quelle { $name } war noch nicht zu hören.
news-source-fault = Quelle { $name } hat seit { $since } nichts zu sagen: { $fault }
chat-against = { $symbol }: { $reason }
chat-let-pass = Erledigt: Bis { $until } ist dieses Veto eine Warnung. Was vorher zurückgezogen wurde, bleibt es.
chat-let-pass-ended = Erledigt: Dieses Veto gilt wieder.
command-news = Meldungen, wie sie gelesen wurden und was sie bedeuten
command-letpass = Ein Veto der Nachrichten eine Weile nicht gelten lassen
argument-veto = Veto, mit seinem Namen aus /news
argument-pass-for = Wie lange, oder off
fault-veto = Der Name eines Vetos steht in /news hinter seinem Grund, etwa tone oder story:01K9….

### Die Seite der Nachrichten in der Konsole

console-menu-news = Nachrichten
console-news-everybody = alle
console-news-ago = vor { $age }
console-news-moments = wenigen Sekunden
console-news-told-by = { $count } Quellen
console-news-tone = Ton { $score }
console-news-impact = Wirkung { $impact }
console-news-idle = bewirkt nichts
console-news-against-bullish = { $symbol }, für einen Anstieg
console-news-against-bearish = { $symbol }, für einen Rückgang
console-news-against-all = { $symbol }
console-news-until = bis { $until }
console-news-open = solange es so ist
console-news-fault = seit { $since }: { $fault }
console-news-never = noch nicht
console-news-now = jetzt
console-news-budget = { $used } von { $of } heute
console-news-vetoes = Vetos, die gelten
console-news-no-vetoes = Keine. Nichts in den Nachrichten steht gegen ein Geschäft.
console-news-passing = Was nicht gelten soll
console-news-stories = Meldungen, neueste zuerst
console-news-no-stories = Noch war keine zu hören.
console-news-cut = Ältere Meldungen sind aufbewahrt und stehen nicht hier.
console-news-sources = Quellen
console-news-filter = Symbol; leer für alle
console-news-show = Zeigen
console-column-source = Quelle
console-column-heard = Gehört
console-column-next = Nächste Abfrage
console-column-taken = Aufgenommen
console-column-dropped = Ausgelassen
console-column-budget = Abfragen
console-pass = Nicht gelten lassen
console-count-again = Wieder gelten lassen
console-ask-pass-title = Dieses Veto nicht gelten lassen?
console-ask-pass-how = Bis dahin ist es eine Warnung. Was vorher zurückgezogen wurde, bleibt es. Name und Grund werden aufgeschrieben.
console-ask-count-title = Dieses Veto wieder gelten lassen?
console-ask-count-how = Die Regel gilt sofort wieder. Name und Grund werden aufgeschrieben.
news-dropped-empty = leer
news-dropped-undated = ohne Datum
news-dropped-future = aus der Zukunft
news-dropped-stale = zu alt
news-dropped-repeated = schon gehört
news-dropped-untagged = zu nichts Beobachtetem
news-dropped-unreadable = unlesbar
