//! One table of commands: both platforms offer the same, and each command asks for the role that the
//! desk asks for.

use std::collections::BTreeSet;

use countersign_cards::{
    Locale,
    command::{Command, Kind, TABLE},
};
use countersign_desk::press::Verb;
use countersign_domain::operator::Role;

// R27
#[test]
fn both_platforms_offer_the_same_commands_in_the_same_words() {
    let english = Locale::english();
    let telegram: BTreeSet<(String, String)> =
        countersign_telegram::commands(Some(Role::Admin), &english)
            .into_iter()
            .map(|it| (it.command, it.description))
            .collect();
    let discord = countersign_discord::registered();
    let discord: BTreeSet<(String, String)> = discord
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| {
            let text = |key: &str| it[key].as_str().expect("a text").to_owned();
            (text("name"), text("description"))
        })
        .collect();
    assert_eq!(telegram, discord);
    assert_eq!(telegram.len(), Command::ALL.len());
}

// R27
#[test]
fn a_command_asks_for_no_less_than_the_desk_does() {
    let needs = |name: &str| {
        let found = Verb::ALL.into_iter().find(|verb| verb.name() == name);
        found.map(Verb::needs)
    };
    let mut strangers = Vec::new();
    for spec in &TABLE {
        let choices = spec.arguments.iter().filter_map(|it| match it.kind {
            Kind::Choice(choices) | Kind::IdOr(_, choices) => Some(choices),
            _ => None,
        });
        let mut verbs = vec![(spec.verb, spec.needs)];
        for choice in choices.flatten() {
            verbs.push((choice.verb, choice.needs.or(spec.needs)));
        }
        for (verb, offered) in verbs {
            let Some(verb) = verb else { continue };
            match needs(verb) {
                Some(needs) => assert!(
                    offered >= Some(needs),
                    "/{} offers {verb} to {offered:?}, and the desk asks for {needs:?}",
                    spec.command.name()
                ),
                None => strangers.push((spec.command.name(), verb)),
            }
        }
    }
    assert_eq!(strangers, [], "verbs that the desk does not have");
}

#[test]
fn discord_completes_every_argument_of_which_there_is_something_to_offer() {
    let discord = countersign_discord::registered();
    for spec in &TABLE {
        let mut commands = discord.as_array().expect("a list").iter();
        let command = commands.find(|it| it["name"] == spec.command.name());
        let options = &command.expect("it is registered")["options"];
        for (place, argument) in spec.arguments.iter().enumerate() {
            let flagged = options[place]["autocomplete"] == true;
            let (command, name) = (spec.command.name(), argument.name);
            assert_eq!(flagged, argument.completes(), "/{command} {name}");
        }
    }
}
