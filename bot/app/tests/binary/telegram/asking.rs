//! Asking by command: the same words for everybody, and each gets what their role allows.

use countersign_fakes::telegram::{MediaKind, Message};

use super::stage::{Stage, labels, quit};

impl Stage {
    /// What the bot answers to that message.
    pub(crate) async fn answer_to(&self, chat: i64, message: i64) -> Message {
        let is = |it: &&Message| it.reply_to == Some(message);
        self.fake
            .until(chat, |chat| chat.seen().rev().find(is).cloned())
            .await
    }
}

// R27, R28
#[tokio::test(flavor = "multi_thread")]
async fn commands_are_answered_by_role_and_strangers_learn_nothing() {
    let stage = Stage::new().await;
    let program = stage.demo(&[]);
    stage.card().await;

    let asked = stage.ana.sends(stage.group, "/positions");
    let answer = stage.answer_to(stage.group, asked).await;
    assert!(answer.text().contains("PAPER"), "{}", answer.text());

    let asked = stage.bo.sends(stage.group, "/limits");
    let answer = stage.answer_to(stage.group, asked).await;
    assert!(answer.text().contains("Worst loss"), "{}", answer.text());
    let asked = stage.bo.sends(stage.group, "/halt news");
    let answer = stage.answer_to(stage.group, asked).await;
    assert!(answer.text().contains("trader"), "{}", answer.text());

    let asked = stage.mallory.sends(stage.group, "/account");
    let answer = stage.answer_to(stage.group, asked).await;
    assert!(!answer.text().contains("100,000"), "{}", answer.text());
    assert!(
        answer.text().contains("list of operators"),
        "{}",
        answer.text()
    );

    let asked = stage.ana.sends(stage.group, "/postions");
    let answer = stage.answer_to(stage.group, asked).await;
    assert!(answer.text().contains("/positions"), "{}", answer.text());
    quit(program);
    stage.well_behaved();
}

// R27
#[tokio::test(flavor = "multi_thread")]
async fn what_is_scanned_is_changed_in_the_chat_and_a_file_is_sent_to_who_asked_alone() {
    let stage = Stage::new().await;
    let program = stage.demo(&[]);
    stage.card().await;
    let private = stage.fake.private(&stage.ana);
    for (who, command, said) in [
        (&stage.bo, "/watchlist remove AAPL", "role admin"),
        (
            &stage.ana,
            "/watchlist add ZZZZ",
            "feed has nothing on ZZZZ",
        ),
        (
            &stage.ana,
            "/watchlist remove AAPL",
            "AAPL is no longer watched",
        ),
        (&stage.ana, "/watchlist remove AAPL", "not on the watchlist"),
        (
            &stage.ana,
            "/watchlist",
            "AAPL: configured, taken off by Ana (Telegram)",
        ),
        (
            &stage.ana,
            "/whynot AAPL",
            "AAPL is not watched: Ana (Telegram)",
        ),
        (
            &stage.ana,
            "/watchlist add AAPL",
            "AAPL is watched from the next scan on",
        ),
        (
            &stage.ana,
            "/strategies off Trend",
            "trend raises no signals",
        ),
        (
            &stage.ana,
            "/strategies",
            "trend: switched off by Ana (Telegram)",
        ),
        (&stage.ana, "/strategies off none", "There is: trend"),
        (&stage.bo, "/export csv", "role trader"),
        (&stage.ana, "/export csv", "Sent to you alone"),
    ] {
        let asked = who.sends(stage.group, command);
        let answer = stage.answer_to(stage.group, asked).await;
        assert!(answer.text().contains(said), "{command}: {}", answer.text());
    }
    let sent = stage
        .fake
        .until(private, |chat| chat.with_text("Account demo").cloned())
        .await;
    let media = sent.content.media.expect("a document");
    assert_eq!(media.kind, MediaKind::Document);
    let name = media.name.expect("its name");
    assert!(
        name.starts_with("countersign-demo-") && name.rsplit('.').next() == Some("csv"),
        "{name}"
    );
    assert!(media.bytes.starts_with(b"time_utc,kind,account,"));
    quit(program);
    stage.well_behaved();
}

// R30
#[tokio::test(flavor = "multi_thread")]
async fn a_halt_is_asked_once_more_and_only_who_asked_may_say_yes() {
    let stage = Stage::new().await;
    let program = stage.demo(&[]);
    stage.card().await;
    let asked = stage.ana.sends(stage.group, "/halt the news are odd");
    let question = stage.answer_to(stage.group, asked).await;
    assert_eq!(labels(&question).len(), 2, "{:?}", labels(&question));
    let press = stage.bo.presses(stage.group, question.id, "✖ Yes, now");
    assert!(stage.fake.until_answered(&press).await.alert);
    let press = stage.ana.presses(stage.group, question.id, "✖ Yes, now");
    let answer = stage.fake.until_answered(&press).await;
    assert!(!answer.alert, "{}", answer.text);
    let asked = stage.ana.sends(stage.group, "/status");
    let answer = stage.answer_to(stage.group, asked).await;
    assert!(answer.text().contains("Desk halted"), "{}", answer.text());
    quit(program);
    stage.well_behaved();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_asked_for_in_private_links_a_second_account_of_the_same_person() {
    let stage = Stage::new().await;
    let program = stage.demo(&[]);
    stage.card().await;
    let asked = stage.ana.sends(stage.group, "/link");
    let answer = stage.answer_to(stage.group, asked).await;
    assert!(answer.text().contains("private chat"), "{}", answer.text());

    let private = stage.fake.private(&stage.ana);
    stage.ana.sends(private, "/link");
    let told = stage
        .fake
        .until(private, |chat| chat.with_text("Your code is").cloned())
        .await;
    let code = told.text().split("Your code is ").nth(1).expect("a code");
    let code: String = code.chars().take(8).collect();
    let asked = stage.mallory.sends(stage.group, &format!("/link {code}"));
    let answer = stage.answer_to(stage.group, asked).await;
    assert!(!answer.text().contains(&code), "{}", answer.text());
    quit(program);
    stage.well_behaved();
}

// R31
#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_needs_more_offers_what_there_is_and_a_press_runs_it() {
    let stage = Stage::new().await;
    let program = stage.demo(&["--set", "trade.ticket_seconds=600"]);
    let card = stage.card().await;
    let ticket = super::stage::data(&card, "Why");
    let ticket = ticket.split(':').nth(2).expect("an id");

    let asked = stage.ana.sends(stage.group, "/quote");
    let question = stage.answer_to(stage.group, asked).await;
    assert!(
        question.text().contains("Still needed"),
        "{}",
        question.text()
    );
    assert_eq!(super::stage::data(&question, "AAPL"), "v1:ask:quote+AAPL:0");
    // Who is on no list gets nothing by pressing either.
    let press = stage.mallory.presses(stage.group, question.id, "AAPL");
    assert!(stage.fake.until_answered(&press).await.alert);
    let press = stage.bo.presses(stage.group, question.id, "AAPL");
    assert!(!stage.fake.until_answered(&press).await.alert);
    let quote = stage
        .until(question.id, |it| it.text().contains("PAPER"))
        .await;
    assert!(
        quote.text().contains("AAPL"),
        "it takes the question's place: {}",
        quote.text()
    );

    let asked = stage.bo.sends(stage.group, "/ticket");
    let question = stage.answer_to(stage.group, asked).await;
    let data = super::stage::data(&question, &ticket[ticket.len() - 6..]);
    assert_eq!(
        data,
        format!("v1:ask:ticket+{ticket}:0"),
        "an id, and no place in the list"
    );

    // One question after another, up to what has to be written.
    let asked = stage.ana.sends(stage.group, "/limits set");
    let question = stage.answer_to(stage.group, asked).await;
    assert!(labels(&question).len() > 10, "{:?}", labels(&question));
    let asked = stage.bo.sends(stage.group, "/override");
    let question = stage.answer_to(stage.group, asked).await;
    assert!(
        !labels(&question).iter().any(|it| it == "Grant"),
        "{:?}",
        labels(&question)
    );
    let asked = stage.mallory.sends(stage.group, "/quote");
    let answer = stage.answer_to(stage.group, asked).await;
    assert_eq!(
        labels(&answer),
        Vec::<String>::new(),
        "strangers are offered nothing"
    );
    quit(program);
    stage.well_behaved();
}
