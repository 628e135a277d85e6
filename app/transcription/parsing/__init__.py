"""Parsers of printed Chinese: numerals, figures with qualifier and unit, periods, and glossary terms."""
