//! The keyboard: keys, and raw mode.

use std::io::IsTerminal;

use countersign_cards::Action;

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Say yes to the ticket on top.
    Confirm,
    /// Say no to it.
    Reject,
    /// Put it aside for a minute.
    Snooze,
    /// Show its whole card.
    Why,
    /// Bring the next one to the top.
    Next,
    /// Show positions.
    Positions,
    /// Take no entries.
    Halt,
    /// Trade again.
    Resume,
    /// Stop the program.
    Quit,
}

impl Key {
    /// The key of a character.
    pub const fn of(letter: char) -> Option<Self> {
        Some(match letter {
            'c' => Self::Confirm,
            'r' => Self::Reject,
            's' => Self::Snooze,
            'w' => Self::Why,
            'n' => Self::Next,
            'p' => Self::Positions,
            'h' => Self::Halt,
            'u' => Self::Resume,
            'q' => Self::Quit,
            _ => return None,
        })
    }

    /// True for what the button of a card asks for and a key as well. The rest is pressed on another
    /// surface.
    pub const fn presses(action: Action) -> bool {
        matches!(
            action,
            Action::Confirm(..)
                | Action::Decline(..)
                | Action::Snooze(_)
                | Action::Why(_)
                | Action::Halt(_)
                | Action::Resume(_)
        )
    }
}

/// Raw mode for as long as it lives, so that a key counts without Enter.
pub struct RawMode(bool);

impl RawMode {
    /// Turns it on when both ends are a terminal.
    pub fn on() -> Self {
        let both = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
        Self(both && crossterm::terminal::enable_raw_mode().is_ok())
    }
}

impl Drop for RawMode {
    fn drop(&mut self) {
        if self.0 {
            let _ = crossterm::terminal::disable_raw_mode();
        }
    }
}

/// Whether anybody could press a key: a person at a terminal, or whoever writes into a pipe. A null
/// device presses nothing.
#[cfg(unix)]
pub fn are_read() -> bool {
    use rustix::fs::{FileType, fstat};
    let input = std::io::stdin();
    let kind = fstat(&input).map(|found| FileType::from_raw_mode(found.st_mode));
    input.is_terminal() || kind.is_ok_and(|kind| kind != FileType::CharacterDevice)
}

/// Whether anybody could press a key: not asked on this system.
#[cfg(not(unix))]
pub fn are_read() -> bool {
    true
}

/// The keys pressed, or `None` once for Ctrl-C in raw mode; from a pipe, the letters of its lines.
/// A thread of its own reads them: terminals cannot be read without blocking.
pub fn keys() -> tokio::sync::mpsc::UnboundedReceiver<Option<Key>> {
    let (sender, receiver) = tokio::sync::mpsc::unbounded_channel();
    std::thread::spawn(move || {
        if std::io::stdin().is_terminal() {
            read_events(&sender);
        } else {
            read_lines(&sender);
        }
    });
    receiver
}

fn read_lines(sender: &tokio::sync::mpsc::UnboundedSender<Option<Key>>) {
    for line in std::io::stdin().lines().map_while(Result::ok) {
        for key in line.chars().filter_map(Key::of) {
            if sender.send(Some(key)).is_err() {
                return;
            }
        }
    }
}

fn read_events(sender: &tokio::sync::mpsc::UnboundedSender<Option<Key>>) {
    use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers, read};
    while let Ok(event) = read() {
        let Event::Key(pressed) = event else {
            continue;
        };
        if pressed.kind != KeyEventKind::Press {
            continue;
        }
        let interrupt = pressed.modifiers.contains(KeyModifiers::CONTROL);
        let sent = match pressed.code {
            KeyCode::Char('c') if interrupt => sender.send(None),
            KeyCode::Char(letter) => match Key::of(letter) {
                Some(key) => sender.send(Some(key)),
                None => Ok(()),
            },
            _ => Ok(()),
        };
        if sent.is_err() {
            return;
        }
    }
}
