//! News on cards: what was read, by whom, and what it means.

use countersign_cards::{Language, Locale, answer, event, veto};
use countersign_domain::{
    event::{Alarm, Event, Fact, NewsOnHeld},
    exit::ExitReason,
    ids::{Revision, StoryId},
    news::{
        Abstention, Action, Category, Decision, Impact, Judged, Missing, Opinion, Reading, Reason,
        Scheduled, Scorer, Story, Topic,
    },
    operator::Actor,
    refusal::Refusal,
    signal::{Direction, Veto},
    ticket::{TicketState, WithdrawReason},
    view::{
        AlertView, Deed, ModelEngine, NewsDeed, NewsSourceView, NewsView, PassView, ReaderView,
        StoryView, TrailView, View,
    },
};
use insta::assert_snapshot;
use jiff::{Timestamp, civil::date};

use crate::desk::{DESK, POSITION, at, card, drawn, header, offered, symbol, ticket, view};

const STORY: StoryId = StoryId::from_bits(77);

fn scorer() -> Scorer {
    Scorer {
        name: "embedded".to_owned(),
        version: "1.0.0".to_owned(),
        sha256: "0123456789abcdef".repeat(4),
    }
}

fn story(headline: &str, score: f64, published: Timestamp) -> Judged {
    Judged {
        story: Story {
            id: STORY,
            source: "wire".to_owned(),
            headline: headline.to_owned(),
            publisher: "Wire".to_owned(),
            link: None,
            published_at: published,
            heard_at: published,
            underlyings: vec![symbol()],
            cluster: STORY,
        },
        reading: Reading::Read(Opinion {
            bearish: (-score).max(0.0),
            neutral: 1.0 - score.abs(),
            bullish: score.max(0.0),
            topics: vec![(Topic::Legal, 0.97)],
            by: scorer(),
            took_ms: 4.8,
        }),
        category: Category::Legal,
        impact: Impact::High,
        publishers: 3,
    }
}

fn lawsuit(action: Action) -> Reason {
    Reason::Story {
        story: STORY,
        category: Category::Legal,
        impact: Impact::High,
        headline: "GOOG sued over *search* <b>deals</b>".to_owned(),
        action,
        until: at(16, 0, 0),
    }
}

fn decision(action: Action) -> Decision {
    Decision {
        action,
        reasons: vec![lawsuit(action)],
        stories: vec![story(
            "GOOG sued over *search* <b>deals</b>",
            -0.82,
            at(10, 20, 0),
        )],
        looked_at: 4,
        tone: Some(-0.41),
        by: Some(scorer()),
        heard_at: Some(at(10, 30, 0)),
        ..Decision::default()
    }
}

fn english() -> Locale {
    Locale::english()
}

fn german() -> Locale {
    Locale::of(Language::German)
}

#[test]
fn an_offer_says_what_the_news_has_against_it_before_anything_else() {
    let mut shown = view(offered(), at(10, 32, 0));
    shown.ticket.news = Some(Box::new(decision(Action::Shrink)));
    let card = card(shown);
    let lead: Vec<_> = card.lead.iter().map(|it| it.text.clone()).collect();
    assert_snapshot!(lead.join("\n"), @r"
    Worst loss $255.20, fees of both ways included.
    It leaves out early assignment of a short leg, assignment in doubt near the strike at expiry and a gap in the shares after hours.
    News: “GOOG sued over *search* <b>deals</b>”: legal, high impact, counts until 16:00:00 EST.
    ");
    let news = card.fields.iter().find(|it| it.label == "News");
    assert_snapshot!(news.expect("the field").value, @r"
    fewer contracts because of it (4 stories, tone −0.41 of ±1)
    “GOOG sued over *search* <b>deals</b>” (Wire and 2 others, 12 min 0 s ago): −0.82, legal, high impact
    Read by embedded 1.0.0 (01234567).
    ");
}

#[test]
fn an_offer_in_the_feed_says_what_the_news_has_against_it() {
    let said = |action, locale: &Locale| {
        let mut ticket = ticket(offered());
        ticket.news = Some(Box::new(decision(action)));
        let fact = Fact::TicketOffered(Box::new(ticket));
        event::fact(&fact, at(10, 32, 0), locale)
    };
    let quiet = said(Action::Pass, &english());
    let more = |action, locale: &Locale| said(action, locale).split_off(quiet.len());
    assert_snapshot!(more(Action::Warn, &english()), @" The news warns: “GOOG sued over *search* <b>deals</b>”: legal, high impact, counts until 16:00:00 EST.");
    assert_snapshot!(more(Action::Shrink, &english()), @" Fewer contracts because of the news: “GOOG sued over *search* <b>deals</b>”: legal, high impact, counts until 16:00:00 EST.");
    let german = said(Action::Warn, &german());
    assert!(german.contains("Die Nachrichten warnen: "), "{german}");
}

#[test]
fn a_quiet_day_is_said_in_one_line() {
    let mut shown = view(offered(), at(10, 32, 0));
    shown.ticket.news = Some(Box::default());
    let card = card(shown);
    let news = card.fields.iter().find(|it| it.label == "News");
    assert_snapshot!(news.expect("the field").value, @r"
    nothing stands against it
    No story counts now.
    ");
}

#[test]
fn every_reason_is_a_sentence_in_both_languages() {
    let reasons = vec![
        lawsuit(Action::Veto),
        Reason::Tone {
            score: -0.62,
            stories: 5,
            action: Action::Veto,
        },
        Reason::Scheduled {
            what: Scheduled {
                underlying: Some(symbol()),
                category: Category::Earnings,
                name: "GOOG results".to_owned(),
                on: date(2015, 12, 24),
                at: None,
            },
            action: Action::Veto,
        },
        Reason::Missing {
            what: Missing::News { since: None },
            action: Action::Veto,
        },
        Reason::Missing {
            what: Missing::News {
                since: Some(at(9, 40, 0)),
            },
            action: Action::Veto,
        },
        Reason::Missing {
            what: Missing::Model {
                why: Abstention::NoModel,
                stories: 2,
            },
            action: Action::Veto,
        },
    ];
    let all = Veto::News(reasons);
    assert_snapshot!(veto(&all, at(10, 32, 0), &english()), @"The news stands against it. “GOOG sued over *search* <b>deals</b>”: legal, high impact, counts until 16:00:00 EST. The tone of 5 stories is −0.62 of ±1 and stands against the trade. GOOG results is due on Dec 24. No source of news was heard yet. No source of news was heard since 09:40:00 EST. 2 stories that would count could not be read: there is no model.");
    assert_snapshot!(veto(&all, at(10, 32, 0), &german()), @"Die Nachrichten stehen dagegen. „GOOG sued over *search* <b>deals</b>“: Recht, Wirkung hoch, zählt bis 16:00:00 EST. Der Ton von 5 Meldungen ist −0,62 von ±1 und steht gegen das Geschäft. GOOG results steht am 24.12. an. Noch war keine Nachrichtenquelle zu hören. Seit 09:40:00 EST war keine Nachrichtenquelle zu hören. 2 Meldungen, die zählen würden, konnten nicht gelesen werden: es gibt kein Modell.");
}

#[test]
fn a_ticket_that_the_news_took_back_says_so_with_the_headline() {
    let mut shown = view(offered(), at(10, 33, 0));
    shown.ticket.state = TicketState::Withdrawn {
        reason: WithdrawReason::News(vec![lawsuit(Action::Veto)]),
        at: at(10, 33, 0),
    };
    let card = card(shown);
    assert_snapshot!(card.text(), @r"
    PAPER · account PA-1 · Main desk
    Ticket withdrawn: GOOG bull call spread 750/755, Dec 24, 2015

    Worst loss would have been $255.20. Nothing was bought or sold.
    Withdrawn by the desk at 10:33:00 EST: the news stands against it. “GOOG sued
    over *search* <b>deals</b>”: legal, high impact, counts until 16:00:00 EST.

    Trade         Buy 2 GOOG Dec 24, 2015 750 call
                  Sell 2 GOOG Dec 24, 2015 755 call
    Limit         pay at most $1.25 per share ($125.00 per contract, $250.00 in all)
    Contracts     2
    Most to gain  +$744.80
    Breakeven     GOOG at $751.25 at expiry, before fees
    Fees          $5.20 for both ways

    Ticket 01A77QC460B8Y93NSBWG4FC1PW, revision 1
    ");
}

#[test]
fn a_press_that_the_news_forbids_is_told_why() {
    let refusal = Refusal::News(vec![lawsuit(Action::Veto)]);
    let told = countersign_cards::refusal(&refusal, at(10, 33, 0), &english());
    assert_snapshot!(told, @"Not confirmed: the news stands against it, and the ticket is withdrawn. “GOOG sued over *search* <b>deals</b>”: legal, high impact, counts until 16:00:00 EST.");
}

#[test]
fn news_on_what_is_held_asks_close_tighten_or_keep() {
    let alarm = Alarm::News(Box::new(NewsOnHeld {
        position: POSITION,
        underlying: symbol(),
        story: STORY,
        category: Category::Legal,
        headline: "GOOG sued over *search* <b>deals</b>".to_owned(),
        publisher: "Wire".to_owned(),
        stop: Revision(20_040),
    }));
    let header = header(at(10, 45, 0));
    let view = View::Alarm {
        alert: Some(Box::new(AlertView {
            desk: DESK,
            number: 3,
            end: None,
            called: None,
        })),
        header,
        alarm,
        at: at(10, 45, 0),
    };
    assert_snapshot!(drawn(&view).text(), @r"
    PAPER · account PA-1 · Main desk
    News on what you hold

    GOOG (position …4FC3VF): “GOOG sued over *search* <b>deals</b>” (Wire): legal,
    high impact.

    Exits go on as planned whatever the news says. Close it, bring its stop nearer,
    or keep it as it is.

    [Close] [Tighten stop] [Keep]

    Raised at 10:45:00 EST
    ");
}

/// A source that tells, and one that does not.
fn sources() -> Vec<NewsSourceView> {
    vec![
        NewsSourceView {
            name: "wire".to_owned(),
            heard_at: Some(at(10, 31, 30)),
            fault: None,
            taken: 12,
            dropped: vec![("stale".to_owned(), 4), ("repeated".to_owned(), 3)],
            ..NewsSourceView::default()
        },
        NewsSourceView {
            name: "regulator".to_owned(),
            heard_at: None,
            fault: Some((
                "news source unreachable: timed out".to_owned(),
                at(10, 2, 0),
            )),
            ..NewsSourceView::default()
        },
    ]
}

/// The answer to `/news GOOG`: one story vetoes, one could not be read.
fn asked() -> NewsView {
    let mut unread = story("GOOG opens an office in Lyon", 0.0, at(9, 58, 0));
    unread.reading = Reading::Abstained(Abstention::Late);
    unread.category = Category::Company;
    unread.impact = Impact::Low;
    unread.publishers = 1;
    let sued = story("GOOG sued over *search* <b>deals</b>", -0.82, at(10, 20, 0));
    let view = |judged, action, until| StoryView {
        judged,
        action,
        until,
        passes: false,
    };
    NewsView {
        header: header(at(10, 32, 0)),
        about: Some(symbol()),
        reads: true,
        stories: vec![
            view(sued, Action::Veto, Some(at(16, 0, 0))),
            view(unread, Action::Pass, None),
        ],
        cut: false,
        decisions: vec![
            (Direction::Bullish, decision(Action::Veto)),
            (Direction::Bearish, decision(Action::Warn)),
        ],
        against: Vec::new(),
        passing: vec![PassView {
            name: "scheduled:macro:2015-12-16".to_owned(),
            underlying: symbol(),
            by: "Dee".to_owned(),
            reason: "everybody knows".to_owned(),
            at: at(10, 5, 0),
            until: at(12, 5, 0),
        }],
        deeds: vec![NewsDeed {
            at: at(10, 31, 0),
            times: 3,
            underlying: symbol(),
            deed: Deed::Vetoed("trend".to_owned()),
            reasons: vec![lawsuit(Action::Veto)],
        }],
        sources: sources(),
        reader: Some(ReaderView {
            scorer: scorer(),
            engine: Some(ModelEngine::Native {
                name: "ONNX Runtime".to_owned(),
                file: "/opt/libonnxruntime.so".to_owned(),
            }),
        }),
    }
}

#[test]
fn the_answer_to_news_stays_short_and_says_how_much_is_left_out() {
    let mut view = asked();
    let one = view.stories[1].clone();
    view.stories = vec![one; 50];
    view.cut = true;
    view.passing = vec![view.passing[0].clone(); 7];
    view.deeds = vec![view.deeds[0].clone(); 20];
    for (_, decision) in &mut view.decisions {
        decision.reasons = vec![lawsuit(Action::Veto); 9];
    }
    let told = answer::news(&view, &english()).text();
    assert_eq!(told.matches("office in Lyon").count(), 8);
    assert_eq!(told.matches("by Dee").count(), 5);
    assert_eq!(told.matches("were not offered").count(), 5);
    for said in [
        "And more than 42 more",
        "2 more vetoes are let pass",
        "And 5 more reasons",
    ] {
        assert!(told.contains(said), "{said} is not in {told}");
    }
    assert!(told.chars().count() < 6_000, "{}", told.chars().count());
}

#[test]
fn a_position_that_its_plan_ended_was_not_rolled_and_why_says_so() {
    let why = |reason| {
        let view = TrailView {
            header: header(at(10, 45, 0)),
            ticket: crate::desk::ticket(offered()),
            signal: None,
            events: vec![Event {
                at: at(10, 40, 0),
                actor: Actor::Desk,
                press: None,
                fact: Fact::ExitDecided {
                    position: POSITION,
                    reason,
                    marks: Vec::new(),
                    open_profit: None,
                    high_water: crate::desk::usd("0"),
                },
            }],
            quiet: 0,
            cut: false,
        };
        answer::why(&view, &english()).text().contains("not rolled")
    };
    assert!(why(ExitReason::DaysToExpiry));
    assert!(why(ExitReason::Expiry));
    assert!(!why(ExitReason::ProfitTarget));
    assert!(!why(ExitReason::Human));
}

#[test]
fn the_answer_to_news_names_every_reason_so_that_an_admin_can_name_it_too() {
    let view = asked();
    assert_snapshot!(answer::news(&view, &english()).text(), @r"
    PAPER · account PA-1 · Main desk
    News on GOOG

    For a rise  it stands against the trade (4 stories, tone −0.41 of ±1)
                “GOOG sued over *search* <b>deals</b>”: legal, high impact, counts
                until 16:00:00 EST. (story:0000000000000000000000002D)
    For a fall  it warns (4 stories, tone −0.41 of ±1)
                “GOOG sued over *search* <b>deals</b>”: legal, high impact, counts
                until 16:00:00 EST. (story:0000000000000000000000002D)

    What was done because of it
      Time   Event
      10:31  GOOG: 3 signals of trend were not offered. “GOOG sued over *search*
             <b>deals</b>”: legal, high impact, counts until 16:00:00 EST.

    scheduled:macro:2015-12-16 on GOOG is let pass until 12:05:00 EST by Dee:
    “everybody knows”
    “GOOG sued over *search* <b>deals</b>” (Wire and 2 others, 12 min 0 s ago):
    −0.82, legal, high impact; vetoes until 16:00:00 EST
    “GOOG opens an office in Lyon” (Wire, 34 min 0 s ago): not read (the model was
    too slow), company, low impact
    Read by embedded 1.0.0 (01234567), run by ONNX Runtime (/opt/libonnxruntime.so).
    Source wire: heard 30 s ago, 12 taken in, 7 left out.
    Source regulator has nothing to tell since 10:02:00 EST: news source
    unreachable: timed out

    As of 10:32:00 EST
    ");
    assert_snapshot!(answer::news(&view, &german()).text(), @r"
    PAPER · Konto PA-1 · Main desk
    Nachrichten zu GOOG

    Für einen Anstieg   sie stehen dagegen (4 Meldungen, Ton −0,41 von ±1)
                        „GOOG sued over *search* <b>deals</b>“: Recht, Wirkung hoch,
                        zählt bis 16:00:00 EST. (story:0000000000000000000000002D)
    Für einen Rückgang  sie warnen (4 Meldungen, Ton −0,41 von ±1)
                        „GOOG sued over *search* <b>deals</b>“: Recht, Wirkung hoch,
                        zählt bis 16:00:00 EST. (story:0000000000000000000000002D)

    Was ihretwegen geschah
      Zeit   Ereignis
      10:31  GOOG: 3 Signale von trend wurden nicht angeboten. „GOOG sued over
             *search* <b>deals</b>“: Recht, Wirkung hoch, zählt bis 16:00:00 EST.

    scheduled:macro:2015-12-16 zu GOOG gilt bis 12:05:00 EST nicht, wie Dee will:
    „everybody knows“
    „GOOG sued over *search* <b>deals</b>“ (Wire und 2 weitere, vor 12 min 0 s):
    −0,82, Recht, Wirkung hoch; Veto bis 16:00:00 EST
    „GOOG opens an office in Lyon“ (Wire, vor 34 min 0 s): nicht gelesen (das Modell
    war zu langsam), Unternehmen, Wirkung gering
    Gelesen von embedded 1.0.0 (01234567), ausgeführt von ONNX Runtime
    (/opt/libonnxruntime.so).
    Quelle wire: vor 30 s gehört, 12 aufgenommen, 7 ausgelassen.
    Quelle regulator hat seit 10:02:00 EST nichts zu sagen: news source unreachable:
    timed out

    Stand 10:32:00 EST
    ");
}
