"""Run with `python -m unittest discover -s jobs/training`."""

import unittest

from news.cases import RAW
from news.cleaning import cleaned, unescaped


class Cleaning(unittest.TestCase):
    def test_html_is_unescaped_twice_and_not_three_times(self):
        self.assertEqual(cleaned("A &amp; B"), "A & B")
        self.assertEqual(cleaned("A &amp;amp; B"), "A & B")
        self.assertEqual(cleaned("A &amp;amp;amp; B"), "A &amp; B")

    def test_an_entity_ends_with_a_semicolon_and_is_known(self):
        for text in ("AT&T", "S&P 500", "A &Amp; B", "A &unknown; B", "A &amp B", "&#0;", "&#xD800;", "&#1114112;"):
            self.assertEqual(unescaped(text), text)

    def test_addresses_go_with_all_that_is_glued_to_them(self):
        self.assertEqual(cleaned("Acme slides https://a.example/x, then rises"), "Acme slides then rises")
        self.assertEqual(cleaned("HTTP://A.EXAMPLE www.b.example pic.twitter.com/c"), "")

    def test_quotes_dashes_and_dots_are_plain(self):
        self.assertEqual(cleaned("\u201cAcme\u2019s\u201d \u2014 plan\u2026"), "\"Acme's\" - plan...")

    def test_white_space_is_one_space_and_invisible_characters_are_gone(self):
        self.assertEqual(cleaned(" a\u00a0\t\u3000b\u200b\ufe0fc\n\x00 "), "a bc")

    def test_a_cleaned_text_stays_as_it_is(self):
        for raw in RAW:
            if "&amp;amp;" not in raw and "&#x26;" not in raw:
                self.assertEqual(cleaned(cleaned(raw)), cleaned(raw), raw)

    def test_there_are_cases_enough_and_none_twice(self):
        self.assertGreaterEqual(len(set(RAW)), 40)
        self.assertEqual(len(set(RAW)), len(RAW))


if __name__ == "__main__":
    unittest.main()
