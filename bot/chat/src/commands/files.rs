//! Files: what was executed and decided on some days.

use countersign_cards::{
    command::{Days, Format},
    export,
};
use countersign_domain::calendar::market_date;

use super::{Told, reads::begin};
use crate::{
    reply::{File, Reply},
    talk::{Asker, Talk},
};

impl Talk {
    pub(super) async fn export(&self, asker: &Asker, format: Format, days: Days) -> Told {
        let today = market_date(self.desk.now());
        let (from, to) = match days {
            Days::Of(period) => (begin(period, today), None),
            Days::Between(from, to) => (Some(from), Some(to)),
        };
        let export = self.desk.export(asker.press(), from, to).await?;
        let text = match format {
            Format::Csv => export::csv(&export),
            Format::Json => export::json(&export),
        };
        let name = format!("{}.{}", export::file_name(&export), format.word());
        let about = export::about(&export, &self.locale);
        Ok(Reply::File(File {
            name,
            bytes: text.into_bytes(),
            about,
        }))
    }
}
