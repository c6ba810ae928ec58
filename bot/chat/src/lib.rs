//! What every chat platform shares: who asks, what they get, and the next form.
