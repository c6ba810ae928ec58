//! What happened to the list of operators.

use countersign_domain::{
    event::Fact,
    operator::{Identity, Operator},
};

use crate::{pen::Pen, people::verbatim, say, words};

pub(super) fn sentence(pen: &Pen<'_>, fact: &Fact) -> String {
    let locale = pen.locale;
    match fact {
        Fact::OperatorSet { operator, removed } => set(pen, operator, *removed),
        Fact::LinkAsked { until } => say!(locale, "fact-link-asked", until = pen.time(*until)),
        Fact::OperatorInvited {
            name, role, until, ..
        } => say!(
            locale,
            "fact-operator-invited",
            name = verbatim(name),
            role = words::role(*role, locale),
            until = pen.time(*until)
        ),
        Fact::OperatorLinked { name, identity, .. } => {
            known(pen, "fact-operator-linked", name, identity)
        }
        Fact::OperatorUnlinked { name, identity, .. } => {
            known(pen, "fact-operator-unlinked", name, identity)
        }
        _ => String::new(),
    }
}

fn set(pen: &Pen<'_>, operator: &Operator, removed: bool) -> String {
    let name = verbatim(&operator.name);
    if removed {
        say!(pen.locale, "fact-operator-set-removed", name = name)
    } else {
        let role = words::role(operator.role, pen.locale);
        say!(pen.locale, "fact-operator-set", name = name, role = role)
    }
}

fn known(pen: &Pen<'_>, key: &str, name: &str, identity: &Identity) -> String {
    say!(
        pen.locale,
        key,
        name = verbatim(name),
        user = verbatim(&identity.user),
        surface = words::surface(identity.surface, pen.locale)
    )
}
