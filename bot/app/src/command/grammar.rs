//! What may be written on the command line: [`Cli`], with settings behind each command.

use clap::{Arg, ArgMatches, Command, CommandFactory as _, Error, FromArgMatches as _};

use super::Cli;

/// The name of the argument that takes settings.
const SET: &str = "set";

/// What may be written.
pub(super) fn command() -> Command {
    let command = Cli::command();
    let setting = command.get_arguments().find(|arg| arg.get_id() == SET);
    match setting.cloned() {
        Some(setting) => settable(command, &setting),
        None => command,
    }
}

/// The command with settings behind each command under it that has no `--set` of its own. One that has asks
/// for a file there; were settings global, whichever came last would count as both.
fn settable(mut command: Command, setting: &Arg) -> Command {
    let under = command.get_subcommands().map(|it| it.get_name().to_owned());
    for name in under.collect::<Vec<_>>() {
        command = command.mut_subcommand(name, |under| {
            let own = under.get_arguments().any(|arg| arg.get_long() == Some(SET));
            let under = if own { under } else { under.arg(setting) };
            settable(under, setting)
        });
    }
    command
}

/// What was written, the settings from left to right.
pub(super) fn read(found: &mut ArgMatches) -> Result<Cli, Error> {
    let set = settings(found);
    let cli = Cli::from_arg_matches_mut(found)?;
    Ok(Cli { set, ..cli })
}

fn settings(found: &ArgMatches) -> Vec<String> {
    let here = found.try_get_many::<String>(SET).ok().flatten();
    let mut all: Vec<String> = here.into_iter().flatten().cloned().collect();
    if let Some((_, under)) = found.subcommand() {
        all.extend(settings(under));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Command, models, veto},
        *,
    };

    fn read(line: &str) -> Result<Cli, clap::Error> {
        let words = std::iter::once("countersign").chain(line.split_whitespace());
        super::read(&mut command().try_get_matches_from(words)?)
    }

    fn file(cli: &Cli) -> &str {
        match &cli.command {
            Some(Command::Models {
                command: models::ModelsCommand::Eval(args),
            }) => &args.file,
            Some(Command::Veto {
                command: veto::VetoCommand::Eval(args),
            }) => &args.file,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_grammar_makes_sense() {
        command().debug_assert();
    }

    #[test]
    fn settings_may_stand_before_and_behind_each_command() {
        let cli = read("--set a=1 desk --set b=2 status --set c=3").unwrap();
        assert_eq!(cli.set, ["a=1", "b=2", "c=3"]);
        assert_eq!(read("run").unwrap().set, [""; 0]);
        assert_eq!(read("--set a=1").unwrap().set, ["a=1"]);
    }

    #[test]
    fn the_set_that_is_measured_is_no_setting() {
        for line in [
            "models eval --set set.csv",
            "veto eval --set set.csv",
            "veto eval --set a=b.csv",
        ] {
            let cli = read(line).unwrap();
            assert!(line.ends_with(file(&cli)), "{line}: {cli:?}");
            assert_eq!(cli.set, [""; 0], "{line}");
        }
        for line in [
            "--set a=1 models eval --set set.csv",
            "models --set a=1 eval --set set.csv",
            "veto --set a=1 eval --set set.csv",
        ] {
            let cli = read(line).unwrap();
            assert_eq!(
                (file(&cli), &cli.set[..]),
                ("set.csv", &["a=1".to_owned()][..])
            );
        }
        let told = read("--set a=1 models eval").unwrap_err().to_string();
        assert!(told.contains("--set <FILE>"), "{told}");
    }

    #[test]
    fn the_help_of_a_command_says_which_set_it_takes() {
        let help = |path: [&str; 2]| {
            let mut command = super::command();
            for name in path {
                command = command.find_subcommand(name).unwrap().clone();
            }
            command.render_long_help().to_string()
        };
        for path in [["models", "eval"], ["veto", "eval"]] {
            let help = help(path);
            assert!(help.contains("--set <FILE>"), "{help}");
            assert!(!help.contains("--set <KEY=VALUE>"), "{help}");
        }
        assert!(help(["models", "show"]).contains("--set <KEY=VALUE>"));
    }
}
