//! What is asked twice: see [`crate::twice`].

use countersign_domain::{
    ids::{PositionId, TapId},
    people::TapFault,
    refusal::{Answer, Refusal},
};

use super::Desk;
use crate::{
    press::{Press, permit},
    seen::Seen,
    twice::{Asked, SecondTap, Subject, TAP_LIFE, Tap},
    verbs::twice::{AskTwice, PressAgain},
    work::Done,
};

impl Desk {
    /// The first press of a destructive ask; nothing happens before the second one.
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; no second press is waited for.
    pub async fn ask_twice(&self, press: Press, subject: Subject) -> Answer<Asked> {
        let nonce = TapId::from_bits(self.ports.ids.next());
        let until = self.now() + TAP_LIFE;
        let work = AskTwice {
            desk: self.id,
            press,
            nonce,
            subject,
            until,
        };
        match self.verb(work.clone()).await {
            Err(Refusal::StoreUnavailable) => self.ask_without_store(&work)?,
            answer => answer.map(|_| ())?,
        }
        Ok(Asked { nonce, until })
    }

    /// Asks whether a position is to be closed.
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; no second press is waited for.
    pub async fn ask_close(&self, press: Press, position: PositionId) -> Answer<Asked> {
        self.ask_twice(press, Subject::close(position)).await
    }

    /// Closes a position: the second press.
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; the position is as it was.
    pub async fn close_now(
        &self,
        press: Press,
        position: PositionId,
        nonce: TapId,
    ) -> Answer<Done> {
        let subject = Subject::close(position);
        self.second_tap(press, SecondTap { subject, nonce }).await
    }

    /// The second press, by a button that says what it is about.
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; nothing was done. [`Refusal::SecondTap`]: ask once more from the beginning.
    pub async fn second_tap(&self, press: Press, tap: SecondTap) -> Answer<Done> {
        self.press_again(press, tap.nonce, Some(tap.subject)).await
    }

    /// The second press, by a button that carries the nonce alone: what it is about was said with the
    /// first one.
    ///
    /// # Errors
    ///
    /// As [`Desk::second_tap`].
    pub async fn second_press(&self, press: Press, nonce: TapId) -> Answer<Done> {
        self.press_again(press, nonce, None).await
    }

    async fn press_again(
        &self,
        press: Press,
        nonce: TapId,
        subject: Option<Subject>,
    ) -> Answer<Done> {
        let Ok(seen) = self.seen().await else {
            return self.again_without_store(&press, nonce, subject).await;
        };
        let unwritten = self.memory().taps.get(&nonce).cloned();
        let known = Tap::known(&seen, nonce, unwritten.as_ref());
        let exits = match subject.as_ref().or(known.as_ref().map(|tap| &tap.subject)) {
            Some(about) => self.exits_of(&seen, about),
            None => Vec::new(),
        };
        let asked = self.verb(PressAgain {
            desk: self.id,
            press: press.clone(),
            nonce,
            subject: subject.clone(),
            unwritten,
            exits,
            around: self.around(&seen),
            longest: self.longest_override(),
        });
        match asked.await {
            Err(Refusal::StoreUnavailable) => {
                self.again_without_store(&press, nonce, subject).await
            }
            answer => answer,
        }
    }

    fn exits_of(&self, seen: &Seen, subject: &Subject) -> Vec<crate::orders::exit::Ingredients> {
        let named = subject.positions();
        let whole = subject.desk().is_some();
        let wanted = seen.positions.values();
        let wanted = wanted.filter(|it| !it.state.is_closed());
        wanted
            .filter(|it| whole || named.contains(&it.id))
            .map(|it| self.ingredients(it))
            .collect()
    }

    /// The first press while nothing can be written: this process remembers it.
    fn ask_without_store(&self, work: &AskTwice) -> Answer<()> {
        let last = self.memory().last.clone();
        let seen = last.ok_or(Refusal::StoreUnavailable)?;
        let operator = permit(&seen, &work.press, work.subject.verb())?;
        work.subject.check(&seen)?;
        let tap = work.tap(&operator, &seen);
        let now = self.now();
        let mut memory = self.memory();
        memory.taps.retain(|_, tap| now < tap.until);
        memory.taps.insert(tap.id, tap);
        Ok(())
    }

    /// The second press while nothing can be written: positions are closed all the same.
    async fn again_without_store(
        &self,
        press: &Press,
        nonce: TapId,
        subject: Option<Subject>,
    ) -> Answer<Done> {
        let tap = self.take_tap(press, nonce, subject)?;
        let named = tap.subject.positions();
        match &tap.subject {
            Subject::Halt { .. } | Subject::Limit { .. } => Err(Refusal::StoreUnavailable),
            Subject::Close(_) | Subject::Flatten { .. } => {
                let whole = tap.subject.desk().is_some();
                let wanted = |id| whole || named.contains(&id);
                self.close_without_store(press, tap.subject.verb(), |one| wanted(one.id))
                    .await
            }
        }
    }

    /// The first press as this process knows it, used up.
    fn take_tap(&self, press: &Press, nonce: TapId, subject: Option<Subject>) -> Answer<Tap> {
        let now = self.now();
        let mut memory = self.memory();
        let seen = memory.last.clone().ok_or(Refusal::StoreUnavailable)?;
        let tap = Tap::known(&seen, nonce, memory.taps.get(&nonce));
        let tap = tap.filter(|tap| subject.is_none_or(|it| it == tap.subject));
        let tap = tap.ok_or(Refusal::SecondTap(TapFault::Unknown))?;
        let operator = permit(&seen, press, tap.subject.verb())?;
        tap.check(operator.id, &seen, now)?;
        memory.taps.retain(|_, tap| now < tap.until);
        memory.taps.insert(nonce, tap.used());
        Ok(tap)
    }
}
