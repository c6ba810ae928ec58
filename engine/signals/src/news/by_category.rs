//! One value for each category.

use countersign_domain::news::Category;
use serde::{Deserialize, Serialize};

/// One value for each category.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(
    default,
    deny_unknown_fields,
    bound(deserialize = "T: Deserialize<'de>, ByCategory<T>: Default")
)]
#[expect(missing_docs, reason = "each is what the category of its name says")]
pub struct ByCategory<T> {
    pub earnings: T,
    pub guidance: T,
    pub clinical: T,
    pub merger: T,
    pub legal: T,
    pub analyst: T,
    pub personnel: T,
    pub capital: T,
    pub halt: T,
    pub bankruptcy: T,
    #[serde(rename = "macro")]
    pub economy: T,
    pub company: T,
    pub market: T,
    pub general: T,
}

impl<T> ByCategory<T> {
    /// The value of one category.
    pub const fn of(&self, category: Category) -> &T {
        match category {
            Category::Earnings => &self.earnings,
            Category::Guidance => &self.guidance,
            Category::Clinical => &self.clinical,
            Category::Merger => &self.merger,
            Category::Legal => &self.legal,
            Category::Analyst => &self.analyst,
            Category::Personnel => &self.personnel,
            Category::Capital => &self.capital,
            Category::Halt => &self.halt,
            Category::Bankruptcy => &self.bankruptcy,
            Category::Macro => &self.economy,
            Category::Company => &self.company,
            Category::Market => &self.market,
            Category::General => &self.general,
        }
    }

    /// Every value with its category.
    pub fn each(&self) -> impl Iterator<Item = (Category, &T)> {
        Category::ALL.into_iter().map(|one| (one, self.of(one)))
    }
}
