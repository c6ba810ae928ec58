//! The people of a world, each known by the same name on every surface.

use countersign_domain::{
    ids::OperatorId,
    operator::{Identity, Operator, Role, Surface},
};

/// Ana and Bo trade, Cy looks on, Dee administers. Nobody else is on the allow-list.
pub const PEOPLE: [(&str, Role); 4] = [
    ("ana", Role::Trader),
    ("bo", Role::Trader),
    ("cy", Role::Viewer),
    ("dee", Role::Admin),
];

/// The operators of a desk, with ids that are its own and stay with their names.
pub(crate) fn operators(desk: u128, people: &[(&'static str, Role)]) -> Vec<Operator> {
    let place = |name: &str| PEOPLE.iter().position(|(known, _)| *known == name);
    let one = |(index, (name, role)): (usize, &(&str, Role))| Operator {
        id: OperatorId::from_bits((desk << 8) + place(name).unwrap_or(100 + index) as u128 + 1),
        name: (*name).to_owned(),
        role: *role,
        identities: Surface::ALL
            .into_iter()
            .map(|surface| identity(surface, name))
            .collect(),
    };
    people.iter().enumerate().map(one).collect()
}

/// A person as a surface knows them.
pub fn identity(surface: Surface, name: &str) -> Identity {
    Identity {
        surface,
        user: name.to_owned(),
    }
}
