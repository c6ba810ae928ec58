use super::*;

fn shown(source: &str) -> String {
    let now = Timestamp::from_second(1_000).expect("a time");
    read(source, now).into_string()
}

#[test]
fn what_is_escaped_is_shown_as_it_is() {
    assert_eq!(shown(r"\*\*SPY\*\* \# \<t:1:R>"), "**SPY** # &lt;t:1:R&gt;");
}

#[test]
fn what_is_not_escaped_looks_wrong() {
    assert_eq!(
        shown("5*3*2 `x`"),
        r#"5<span class="italic">3</span>2 <code>x</code>"#
    );
    assert_eq!(shown("# loud"), r#"<span class="heading">loud</span>"#);
}

#[test]
fn a_block_keeps_its_columns_and_ends_its_line() {
    assert_eq!(
        shown("**A**\n```\na  b\n```\nc"),
        "<span class=\"bold\">A</span><pre>a  b</pre>c"
    );
}

#[test]
fn a_time_is_told_from_now() {
    assert_eq!(shown("⏳ <t:1120:R>"), "⏳ <time>in 2 minutes</time>");
    assert_eq!(shown("<t:999:R>"), "<time>1 second ago</time>");
}

#[test]
fn a_mark_without_its_end_is_only_a_letter() {
    assert_eq!(shown("2 * 3 ** 4"), "2 * 3 ** 4");
}
